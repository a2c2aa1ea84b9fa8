//! Values on the command line.

use super::{Case, case};

/// A comparison that would run if nothing were wrong with it.
fn compare(name: &'static str, more: &[&str]) -> Case {
    let all = [
        &["compare", "seminar-county", "--out", "@/o", "--dry-run"][..],
        more,
    ]
    .concat();
    case(name, &all)
}

fn set(name: &'static str, setting: &str) -> Case {
    compare(name, &["--set", setting])
}

fn until(name: &'static str, goal: &str) -> Case {
    compare(name, &["--until", goal])
}

/// A value that the parser of the command line refuses.
fn parsed(name: &'static str, arguments: &[&str]) -> Case {
    case(name, arguments).remedy("办法", "--help")
}

#[expect(clippy::too_many_lines, reason = "one flat table")]
pub(crate) fn cases() -> Vec<Case> {
    vec![
        set("set: no value", "experiment.years").says(&["--set:1:"]),
        set("set: nothing", "").says(&["--set"]),
        set("set: only a sign", "=").says(&["--set:1:"]),
        set("set: no key", "=3").says(&["--set:1:"]),
        set("set: empty value", "experiment.years=").says(&["--set:1:"]),
        set("set: unknown kind", "polcy.criteria.enabled=true").says(&["--set:1:"]),
        set("set: kind alone", "policy=3").says(&["--set:1:"]),
        set(
            "set: unknown lever near a known one",
            "policy.criteria.weight_on_lif=1",
        )
        .says(&["--set:1:", "weight_on_life"]),
        set("set: a table", "policy.criteria=3").says(&["--set:1:"]),
        set(
            "set: unknown lever in a table",
            "policy.criteria={weight_on_lif=1}",
        )
        .says(&["--set:1:"]),
        set(
            "set: word for a number",
            "policy.criteria.weight_on_life=much",
        )
        .says(&["--set:1:"]),
        set("set: not a number", "policy.criteria.weight_on_life=nan").says(&["--set:1:"]),
        set("set: out of range", "policy.sharing.property.subsidy=2").says(&["--set:1:"]),
        set(
            "set: unknown choice",
            "policy.responsibility.liability_rule=sometimes",
        )
        .says(&["--set:1:", "strict"]),
        set("set: full-width equals sign", "experiment.years＝3").says(&["--set:1:"]),
        set("set: missing table", "society.tables.provinces=/none/r.csv").says(&["/none/r.csv"]),
        set("set: list left open", "experiment.policies=[\"network\"").says(&["--set:1:"]),
        until("until: nothing", "")
            .remedy("写", "write")
            .says(&["--until"]),
        until("until: no sign", "deaths network")
            .remedy("写", "write")
            .says(&["deaths network"]),
        until("until: no percentage", "deaths network < 5")
            .remedy("如 5%", "such as 5%")
            .says(&["5"]),
        until("until: percentage of zero", "deaths network < 0%")
            .remedy("如 5%", "such as 5%")
            .says(&["0%"]),
        until("until: negative percentage", "deaths network < -5%")
            .remedy("如 5%", "such as 5%")
            .says(&["-5%"]),
        until("until: percentage not a number", "deaths network < nan%")
            .remedy("如 5%", "such as 5%")
            .says(&["nan%"]),
        until("until: unknown measure", "deth network < 5%")
            .remedy("columns.csv", "columns.csv")
            .says(&["deth", "deaths"]),
        until("until: unknown policy", "deaths netwrok < 5%")
            .remedy("可选", "one of")
            .says(&["netwrok", "network"]),
        until("until: the baseline itself", "deaths current-2020 < 5%")
            .remedy("可选", "one of")
            .says(&["current-2020"]),
        compare(
            "until: fewer at most than at first",
            &[
                "--until",
                "deaths network < 5%",
                "--replications",
                "8",
                "--max-replications",
                "4",
            ],
        )
        .remedy("加大", "raise it")
        .says(&["--max-replications"]),
        compare("--policy: unknown", &["--policy", "netwrok"]).says(&["netwrok", "network"]),
        compare("--policy: missing file", &["--policy", "@/none.toml"]).says(&["none.toml"]),
        compare(
            "--policy: bracket left open",
            &["--policy", "network[remedy.quality_target=0.6"],
        )
        .says(&["network["]),
        compare("--region: unknown province", &["--region", "临兰市"])
            .remedy("可选", "Choose one of")
            .says(&["临兰市"]),
        compare("shard: beyond its number", &["--shard", "3/2"])
            .remedy("写", "write")
            .says(&["3/2"]),
        compare("shard: zero", &["--shard", "0/2"])
            .remedy("写", "write")
            .says(&["0/2"]),
        compare("shard: words", &["--shard", "first"])
            .remedy("写", "write")
            .says(&["first"]),
        compare(
            "shard: with until",
            &["--shard", "1/2", "--until", "deaths network < 5%"],
        )
        .remedy("--until", "--until")
        .says(&["--shard"]),
        parsed("years: zero", &["compare", "--years", "0"]).says(&["--years", "0"]),
        parsed("years: negative", &["compare", "--years=-1"]).says(&["--years", "-1"]),
        parsed("years: a word", &["compare", "--years", "ten"]).says(&["--years", "ten"]),
        parsed("years: half", &["compare", "--years", "0.5"]).says(&["--years", "0.5"]),
        parsed(
            "replications: too many",
            &["compare", "--replications", "100000000"],
        )
        .says(&["--replications"]),
        parsed("threads: none", &["compare", "--threads", "0"]).says(&["--threads"]),
        parsed(
            "threads: a billion",
            &["compare", "--threads", "1000000000"],
        )
        .says(&["--threads"]),
        parsed("seed: negative", &["compare", "--seed=-1"]).says(&["--seed"]),
        parsed(
            "people per agent: none",
            &["compare", "--people-per-agent", "0"],
        )
        .says(&["--people-per-agent"]),
        parsed("format: unknown", &["compare", "--format", "xls"]).says(&["xls", "parquet"]),
        parsed("events: unknown", &["compare", "--events", "some"]).says(&["some", "notable"]),
        parsed(
            "option: unknown, near a known one",
            &["compare", "--replication", "3"],
        )
        .says(&["--replication"]),
        parsed("option: value missing", &["compare", "--years"]).says(&["--years"]),
        parsed(
            "option: twice",
            &["compare", "--years", "1", "--years", "2"],
        )
        .says(&["--years"]),
        parsed(
            "options: resume and force",
            &["compare", "--resume", "--force"],
        )
        .says(&["--resume"]),
        parsed("command: unknown, near a known one", &["compar"]).says(&["compar", "compare"]),
        parsed("command: two experiments", &["compare", "a", "b"]).says(&["b"]),
        case("run: no policy", &["run", "seminar-county"])
            .remedy("--policy", "--policy")
            .says(&["riskweave run --policy network"]),
        case(
            "run: unknown society",
            &["run", "seminar-contry", "--policy", "network"],
        )
        .says(&["seminar-county"]),
        case(
            "explain: no money",
            &[
                "explain",
                "--policy",
                "network",
                "--loss",
                "much",
                "--on",
                "enterprise:chemicals",
            ],
        )
        .remedy("500万元", "e.g.")
        .says(&["much"]),
        case(
            "explain: unknown trade",
            &[
                "explain",
                "--policy",
                "network",
                "--loss",
                "5",
                "--on",
                "enterprise:chemcals",
            ],
        )
        .remedy("chemicals", "chemicals")
        .says(&["chemcals"]),
        case(
            "explain: negative loss",
            &[
                "explain",
                "--policy",
                "network",
                "--loss=-5",
                "--on",
                "enterprise:chemicals",
            ],
        )
        .remedy("500万元", "e.g.")
        .says(&["-5"]),
        case("verify: unknown case", &["verify", "ruined"])
            .remedy("是否想写", "Did you mean")
            .says(&["ruined"]),
        case(
            "verify: word for a number",
            &[
                "verify",
                "compound-poisson-lognormal",
                "--set",
                "sigma=much",
            ],
        )
        .remedy("数", "number")
        .says(&["sigma"]),
        case(
            "verify: unknown parameter",
            &["verify", "compound-poisson-lognormal", "--set", "sgma=1"],
        )
        .remedy("sigma", "sigma")
        .says(&["sgma"]),
        case(
            "attribute: unknown policy",
            &[
                "attribute",
                "seminar-county",
                "--policy",
                "netwrok",
                "--dry-run",
            ],
        )
        .says(&["netwrok", "network"]),
        case(
            "sensitivity: unknown parameter",
            &[
                "sensitivity",
                "seminar-county",
                "--parameters",
                "enterprise.care_kapa",
                "--dry-run",
            ],
        )
        .remedy("care_kappa", "care_kappa")
        .says(&["care_kapa"]),
        case(
            "prices: unknown lever",
            &["prices", "seminar-county", "--lever", "remdy"],
        )
        .remedy("remedy", "remedy")
        .says(&["remdy"]),
        case(
            "new: a file in no folder",
            &["new", "policy", "@/none/p.toml"],
        )
        .remedy("检查", "Check")
        .says(&["none"]),
        case(
            "new: a province that is not there",
            &["new", "society", "@/s.toml", "--province", "山西东"],
        )
        .remedy("可选", "one of")
        .says(&["山西东"]),
        case("schema: unknown kind", &["schema", "polcy"])
            .remedy("办法", "--help")
            .says(&["polcy", "policy"]),
    ]
}
