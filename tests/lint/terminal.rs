//! What `check` says of findings, and what it refuses.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its own files must fail"
)]

use std::fs;
use std::path::Path;
use std::process::Output;

use super::{CORPUS, society_of};
use crate::program::program;

/// An experiment and a society are linted with the policies that they name.
#[test]
fn experiments_and_societies_are_linted_with_their_policies() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    let planted = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(CORPUS)
        .join("planted/gap.toml");
    let text = format!(
        "name_zh = \"我的\"\nname_en = \"mine\"\nsociety = \"seminar-city\"\npolicies = [{:?}, \"network\"]\n",
        planted.display().to_string()
    );
    fs::write(&path, text).unwrap();
    let path = path.display().to_string();
    let told = |arguments: &[&str]| {
        let output = riskweave(arguments);
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (status, text) = told(&["check", &path]);
    assert!(status == Some(0) && text.contains("warning[gap]"), "{text}");
    let (status, _) = told(&["check", &path, "--deny=gap"]);
    assert_eq!(status, Some(2));
    let (status, text) = told(&["check", "seminar-city", "--kind", "society"]);
    assert!(status == Some(0) && text.contains("current-2020"), "{text}");
}

fn riskweave(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// What `check` says to a policy of the corpus, warnings and above.
fn said(policy: &str, language: &str) -> String {
    let path = format!("{CORPUS}/planted/{policy}.toml");
    let society = society_of(Path::new(&path));
    let output = riskweave(&["check", &path, "--society", &society, "--lang", language]);
    let text = String::from_utf8(output.stdout).unwrap();
    let advice = ["  advice[", "  提示[", "    办法", "    remedy"];
    let lines = text
        .lines()
        .filter(|line| !advice.iter().any(|start| line.starts_with(start)));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn findings_are_told_in_both_languages() {
    let chosen = [
        "gap",
        "overlap",
        "two-departments",
        "two-handovers",
        "lead-without-duty",
        "everything-to-one",
        "staff-moved",
        "pool-share-zero",
        "pool-terms-alone",
        "pool-out-of-reach",
        "counterpart-out-of-reach",
        "switched-off",
        "works-without-floods",
        "coordination-of-nothing",
        "limit-without-suspension",
        "acceptance-of-nothing",
    ];
    let mut all = String::new();
    for policy in chosen {
        for language in ["zh", "en"] {
            all.extend([
                "――― ",
                policy,
                " (",
                language,
                ")\n",
                &said(policy, language),
            ]);
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn advice_is_told_in_short() {
    for language in ["zh", "en"] {
        let output = riskweave(&[
            "check",
            "current-2020",
            "--society",
            "seminar-county",
            "--lang",
            language,
        ]);
        let text = String::from_utf8(output.stdout).unwrap();
        let word = if language == "zh" {
            "提示[gap 缺位]"
        } else {
            "advice[gap]"
        };
        let short = text.lines().filter(|line| line.contains(word));
        assert!(
            short.clone().count() > 5
                && short
                    .clone()
                    .all(|line| line.contains("responsibility.csv:")),
            "{text}"
        );
    }
}

#[test]
fn what_is_denied_counts_as_an_error() {
    let code = |arguments: &[&str]| riskweave(arguments).status.code();
    let warned = format!("{CORPUS}/planted/gap.toml");
    let dead = format!("{CORPUS}/planted/pool-share-zero.toml");
    let accepted = format!("{CORPUS}/clean/accepted.toml");
    let in_city = |path, deny: &[&str]| {
        let arguments = ["check", path, "--society", "seminar-county"];
        code(&[&arguments[..], deny].concat())
    };
    assert_eq!(in_city(&warned, &[]), Some(0));
    assert_eq!(in_city(&warned, &["--deny"]), Some(2));
    assert_eq!(in_city(&warned, &["--deny=gap"]), Some(2));
    assert_eq!(in_city(&warned, &["--deny=overlap,dead-layer"]), Some(0));
    assert_eq!(in_city(&warned, &["--deny=gaps"]), Some(2));
    assert_eq!(in_city(&dead, &[]), Some(2));
    assert_eq!(in_city(&accepted, &["--deny"]), Some(0));
    assert_eq!(in_city("fiscal-backstop", &["--deny=advice"]), Some(2));
}

#[test]
fn a_denied_finding_is_told_with_its_line_and_the_end_says_how_many() {
    let path = format!("{CORPUS}/planted/gap.toml");
    let output = riskweave(&["check", &path, "--society", "seminar-county", "--deny"]);
    let (out, err) = (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    );
    assert!(
        out.contains("error[gap]") && out.contains("gap.csv:14:"),
        "{out}"
    );
    assert!(err.contains("1 finding counts as an error"), "{err}");
}

/// What is wrong with an acceptance is a problem of the file.
#[test]
fn faulty_acceptances_are_refused() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("p.toml");
    let text = "extends = \"current-2020\"\nname_zh = \"甲\"\nname_en = \"a\"\n[lint]\naccpt = 1\n[lint.accept]\ngaps = \"why\"\noverlap = \"\"\ndisconnect = true\n";
    fs::write(&path, text).unwrap();
    let mut all = String::new();
    for language in ["zh", "en"] {
        let output = program()
            .current_dir(folder.path())
            .args(["check", "p.toml", "--lang", language])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        all += &String::from_utf8(output.stderr).unwrap();
    }
    insta::assert_snapshot!(all);
}

/// An option is a line of its own, and its findings are the user's.
#[test]
fn an_option_is_linted_as_the_users_own() {
    let output = riskweave(&[
        "check",
        "layered-sharing",
        "--society",
        "seminar-county",
        "--set",
        "policy.sharing.pool.share=0",
    ]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(
        text.contains("error[dead-layer]") && text.contains("policy.sharing.pool.share=0"),
        "{text}"
    );
}
