//! Policy files.

use super::{Case, case};

const HEAD: &str = "extends = \"current-2020\"\nname_zh = \"甲\"\nname_en = \"a\"\n";

fn policy(name: &'static str, more: &str) -> Case {
    case(
        name,
        &[
            "check",
            "@/p.toml",
            "--kind",
            "policy",
            "--society",
            "seminar-county",
        ],
    )
    .file("p.toml", format!("{HEAD}{more}"))
}

/// A policy with a matrix of its own.
fn matrix(name: &'static str, rows: &str) -> Case {
    policy(name, "[responsibility]\nmatrix = \"m.csv\"\n")
        .file("m.csv", format!("category,phase,owner,share,lead\n{rows}"))
}

#[expect(clippy::too_many_lines, reason = "one flat table")]
pub(crate) fn cases() -> Vec<Case> {
    vec![
        policy(
            "policy: unknown lever near a known one",
            "[criteria]\nwieght_on_life = 1\n",
        )
        .says(&["p.toml:5:", "weight_on_life"]),
        policy(
            "policy: unknown mechanism",
            "[critera]\nweight_on_life = 1\n",
        )
        .says(&["p.toml:4:", "criteria"]),
        policy(
            "policy: share above one",
            "[sharing.property]\nsubsidy = 1.5\n",
        )
        .says(&["p.toml:5:"]),
        policy(
            "policy: share in percent",
            "[remedy]\nrectification_share = 90\n",
        )
        .says(&["p.toml:5:"]),
        policy(
            "policy: negative days",
            "[sharing.relief]\ndays_to_payment = -3\n",
        )
        .says(&["p.toml:5:"]),
        policy(
            "policy: infinite days",
            "[sharing.relief]\ndays_to_payment = inf\n",
        )
        .says(&["p.toml:5:"]),
        policy(
            "policy: yuan with a unit",
            "[sharing.safety_liability]\nlimit_yuan_per_death = \"120万元\"\n",
        )
        .says(&["p.toml:5:"]),
        policy("policy: yes for true", "[criteria]\nenabled = yes\n").says(&["p.toml:5:"]),
        policy("policy: one for true", "[criteria]\nenabled = 1\n").says(&["p.toml:5:"]),
        policy(
            "policy: unknown rule",
            "[responsibility]\nliability_rule = \"stict\"\n",
        )
        .says(&["p.toml:5:", "strict"]),
        policy(
            "policy: empty rule",
            "[responsibility]\nliability_rule = \"\"\n",
        )
        .says(&["p.toml:5:"]),
        policy("policy: a value where a table belongs", "criteria = 3\n").says(&["p.toml:4:"]),
        policy(
            "policy: a list of tables",
            "[[criteria]]\nweight_on_life = 1\n",
        )
        .says(&["p.toml:4:"]),
        policy(
            "policy: missing matrix",
            "[responsibility]\nmatrix = \"none.csv\"\n",
        )
        .says(&["p.toml:5:", "none.csv"]),
        policy(
            "policy: matrix is a list",
            "[responsibility]\nmatrix = [\"m.csv\"]\n",
        )
        .says(&["p.toml:5:"]),
        matrix(
            "matrix: unknown owner",
            "accident,prevent,county.sectr,0.5,1\n",
        )
        .says(&["m.csv:2:"]),
        matrix(
            "matrix: unknown phase",
            "accident,prevnt,county.sector,0.5,1\n",
        )
        .says(&["m.csv:2:"]),
        matrix(
            "matrix: share above one",
            "accident,prevent,county.sector,1.5,1\n",
        )
        .says(&["m.csv:2:"]),
        matrix(
            "matrix: share in percent",
            "accident,prevent,county.sector,50%,1\n",
        )
        .says(&["m.csv:2:"]),
        matrix(
            "matrix: two leads",
            "accident,prevent,county.sector,0.5,1\naccident,prevent,county.emergency,0.5,1\n",
        )
        .says(&["m.csv:"]),
        matrix(
            "matrix: row twice",
            "accident,prevent,county.sector,0.5,1\naccident,prevent,county.sector,0.5,0\n",
        )
        .says(&["m.csv:3:"]),
        matrix("matrix: no rows", "").says(&["m.csv:1:"]),
        policy(
            "matrix: empty file",
            "[responsibility]\nmatrix = \"m.csv\"\n",
        )
        .file("m.csv", "")
        .says(&["m.csv:1:"]),
        policy("matrix: GBK", "[responsibility]\nmatrix = \"m.csv\"\n")
            .file("m.csv", b"category\n\xd6\xd0\n".to_vec())
            .says(&["m.csv:2", "UTF-8"]),
        policy(
            "policy: lint accepts without a reason",
            "[lint.accept]\ngap = \"\"\n",
        )
        .says(&["p.toml:5:"]),
        policy(
            "policy: lint accepts what there is not",
            "[lint.accept]\nxyzzy = \"because\"\n",
        )
        .says(&["p.toml:5:"]),
        policy("policy: lint accepts a number", "[lint.accept]\ngap = 3\n").says(&["p.toml:5:"]),
        case("policy: missing file", &["check", "@/none.toml"]).says(&["none.toml"]),
        case("policy: file below a file", &["check", "@/p.toml/q.toml"])
            .file("p.toml", HEAD)
            .says(&["q.toml"]),
        case("policy: name near a known one", &["check", "netwrok"]).says(&["netwrok", "network"]),
        case("policy: empty name", &["check", ""]).says(&["``"]),
        case("policy: name with a line break", &["check", "net\nwork"]).says(&["network"]),
        case(
            "policy: built-in that is not there",
            &["check", "builtin:policies/none.toml"],
        )
        .says(&["none.toml"]),
        case(
            "policy: out of the built-ins",
            &["check", "builtin:../../etc/passwd", "--kind", "policy"],
        )
        .says(&["etc/passwd"]),
    ]
}
