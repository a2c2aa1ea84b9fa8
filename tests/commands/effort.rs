//! How much work a comparison is: `--dry-run` says it and does nothing; `--until` goes on until a difference is known
//! as precisely as asked, and then has written what as many replications write.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program must fail"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::said::run;

const SMALL: [&str; 10] = [
    "compare",
    "seminar-county",
    "--policy",
    "network",
    "--years",
    "1",
    "--people-per-agent",
    "1000",
    "--no-charts",
    "--quiet",
];

/// What a small comparison prints, with its files in a folder.
fn compared(arguments: &[&str], folder: &Path) -> String {
    let out = ["--out", folder.to_str().unwrap()];
    let (status, text, said) = run(
        folder.parent().unwrap(),
        &[&SMALL, arguments, &out].concat(),
    );
    assert_eq!((status, said.as_str()), (Some(0), ""), "{text}");
    text
}

fn manifest(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("manifest.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The hashes of the files of a run; the report's own data also hold how it is repeated.
fn hashes(folder: &Path) -> BTreeMap<String, String> {
    let manifest = manifest(folder);
    let outputs = manifest["outputs"].as_array().unwrap().iter();
    let pair = |output: &Value| {
        let text = |key: &str| output[key].as_str().unwrap().to_owned();
        (text("file"), text("sha256"))
    };
    outputs
        .map(pair)
        .filter(|(file, _)| file != "report.json")
        .collect()
}

#[test]
fn going_on_until_a_difference_is_precise_ends_as_the_same_number_of_replications() {
    let root = TempDir::new().unwrap();
    let folder = |name: &str| root.path().join(name);
    let (until, fixed, never) = (folder("until"), folder("fixed"), folder("never"));
    // The half-width of three replications is several times that of 24.
    let goal = "work_safety_deaths network-current-2020 < 2%";
    let text = compared(&["--replications", "3", "--until", goal], &until);
    assert!(
        text.contains(&format!("Precision {goal}: 3 replications ± ")),
        "{text}"
    );
    let manifest = manifest(&until);
    let options = &manifest["circumstances"]["options"];
    let looks = options["until"]["looks"].as_array().unwrap();
    let last = looks.last().unwrap();
    assert_eq!(options["until"]["reached"], true, "{text}");
    assert!(looks.len() > 1, "{text}");
    assert!(last["half_width_shares"][0].as_f64().unwrap() < 0.02);
    let before = &looks[looks.len() - 2]["half_width_shares"][0];
    assert!(before.as_f64().unwrap() >= 0.02);
    let replications = last["replications"].to_string();
    assert_eq!(options["replications"].to_string(), replications);
    compared(&["--replications", &replications, "--threads", "1"], &fixed);
    assert_eq!(hashes(&until), hashes(&fixed));

    let goal = "死亡人数 network < 0.001%";
    let most = ["--replications", "2", "--max-replications", "5"];
    let text = compared(
        &[&["--until", goal, "--lang", "zh"], &most[..]].concat(),
        &never,
    );
    assert!(text.contains("未达到：5 次模拟后"), "{text}");
    assert!(text.contains("2 次 ±") && text.contains("4 次 ±"), "{text}");
}

#[test]
fn what_is_not_understood_is_told_before_anything_is_run() {
    let root = TempDir::new().unwrap();
    let folder = root.path().join("none");
    let refused = |arguments: &[&str]| {
        let out = ["--out", folder.to_str().unwrap()];
        let (status, text, said) = run(root.path(), &[&SMALL, arguments, &out].concat());
        assert_eq!((status, text.as_str()), (Some(2), ""));
        assert!(!folder.exists());
        said
    };
    for (goal, part) in [
        ("deaths", "MEASURE POLICY < PERCENT"),
        ("deahts network < 5%", "Did you mean `deaths`?"),
        ("deaths netwrok < 5%", "Choose one of: network"),
        ("deaths network < 0%", "no percentage above 0"),
    ] {
        let said = refused(&["--until", goal]);
        assert!(said.contains(part), "{said}");
    }
    let most = ["--until", "deaths network < 5%", "--max-replications", "2"];
    assert!(refused(&most).contains("less than the"));
    assert!(refused(&["--max-replications", "8"]).contains("--until"));
}

#[test]
fn a_dry_run_says_the_cost_and_leaves_nothing() {
    let root = TempDir::new().unwrap();
    let folder = root.path().join("none");
    let dry = |arguments: &[&str]| {
        let out = ["--out", folder.to_str().unwrap(), "--dry-run"];
        let (status, text, said) = run(root.path(), &[arguments, &out].concat());
        assert_eq!((status, said.as_str()), (Some(0), ""));
        assert!(!folder.exists());
        text
    };
    let until = [
        "--until",
        "deaths network < 5%",
        "--max-replications",
        "40",
        "--parameter-sets",
        "3",
    ];
    let text = dry(&[&SMALL[..], &until].concat());
    for part in [
        "2 policies × 20 replications = 40 runs; years of each: 1, after 2 of burn-in",
        "robustness: 3 sets of parameters, ",
        "at most 40 replications",
        "of memory",
        "(dry run: nothing was run)",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    let text = dry(&["attribute", "seminar-county", "--replications", "3"]);
    assert!(
        text.contains("64 policies × 3 replications = 192 runs"),
        "{text}"
    );
    let text = dry(&["seminar", "--replications", "4", "--lang", "zh"]);
    assert!(
        text.contains("(试算：未运行)") && text.contains("× 4 次 ="),
        "{text}"
    );
    let text = dry(&["run", "seminar-city", "--policy", "network"]);
    assert!(text.contains("results would go to"), "{text}");
}
