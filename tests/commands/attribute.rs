//! `attribute`: the parts of a policy sum to its difference from the baseline as `compare` tells it, in the
//! files, on the terminal and in the chart; what is equal in both policies is not run; what it refuses.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program must fail"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Output;

use crate::program::program;
use crate::said::{Row, printed, rows};
use tempfile::TempDir;

/// Small and quick.
const SIZE: [&str; 8] = [
    "--years",
    "1",
    "--replications",
    "2",
    "--people-per-agent",
    "1000",
    "--quiet",
    "--out",
];

fn riskweave(arguments: &[&str]) -> Output {
    program()
        .env("COLUMNS", "120")
        .args(arguments)
        .output()
        .unwrap()
}

/// What `attribute` in the seminar city prints, with its files in a folder; it must succeed.
fn attribute(arguments: &[&str], folder: &Path) -> String {
    let folder = folder.to_str().unwrap();
    let output = riskweave(
        &[
            &["attribute", "seminar-county"],
            arguments,
            &SIZE,
            &[folder],
        ]
        .concat(),
    );
    printed(output)
}

/// A decimal number in units of its last digit.
fn units(text: &str) -> i128 {
    text.replace('.', "").parse().unwrap()
}

fn measures(rows: &[Row]) -> BTreeSet<&str> {
    rows.iter().map(|row| row["measure"].as_str()).collect()
}

/// Requires that the parts of each measure sum to the difference, digit by digit.
fn require_sums(rows: &[Row]) {
    assert_eq!(measures(rows).len(), 6);
    for measure in measures(rows) {
        let of = |row: &&Row| row["measure"] == measure;
        let (whole, parts): (Vec<&Row>, Vec<&Row>) = rows
            .iter()
            .filter(of)
            .partition(|row| row["part"] == "difference");
        let decimals = |row: &Row| row["value"].split_once('.').map_or(0, |(_, d)| d.len());
        assert!(
            parts
                .iter()
                .all(|part| decimals(part) == decimals(whole[0]))
        );
        let sum: i128 = parts.iter().map(|part| units(&part["value"])).sum();
        assert_eq!(sum, units(&whole[0]["value"]), "{measure}");
    }
}

#[test]
fn six_mechanisms_sum_to_the_difference_that_compare_tells() {
    let root = TempDir::new().unwrap();
    let (own, compared) = (root.path().join("own"), root.path().join("compared"));
    let text = attribute(&["--policy", "network"], &own);
    for part in [
        "risk criteria",
        "64 combinations",
        "sum = difference",
        "Interactions",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let found = rows(&own, "attribution.csv");
    require_sums(&found);
    assert_eq!(found.len(), 6 * 8);

    let folder = compared.to_str().unwrap();
    let options = [
        "compare",
        "seminar-county",
        "--policy",
        "network",
        "--no-charts",
    ];
    let output = riskweave(&[&options[..], &SIZE, &[folder]].concat());
    assert!(output.status.success());
    let summary = rows(&compared, "summary.csv");
    let coalitions = rows(&own, "coalitions.csv");
    assert_eq!(coalitions.len(), 64 * 6);
    let all = "criteria+avoidance+intervention+remedy+responsibility+sharing";
    for measure in measures(&found) {
        let level = |coalition: &str| {
            let own = |row: &&Row| row["coalition"] == coalition && row["measure"] == measure;
            coalitions.iter().find(own).unwrap()["mean"].clone()
        };
        let told = |policy: &str| {
            let own = |row: &&Row| {
                row["policy"] == policy
                    && row["measure"] == measure
                    && row["by"] == "all"
                    && row["category"] == "all"
            };
            summary.iter().find(own).unwrap().clone()
        };
        assert_eq!(level("none"), told("current-2020")["mean"], "{measure}");
        assert_eq!(level(all), told("network")["mean"], "{measure}");
        let difference: f64 = told("network")["difference"].parse().unwrap();
        let whole = |row: &&Row| row["measure"] == measure && row["part"] == "difference";
        let whole: f64 = found.iter().find(whole).unwrap()["value"].parse().unwrap();
        assert!(
            (whole - difference).abs() <= 1e-9 * difference.abs(),
            "{measure}"
        );
    }
    assert_eq!(rows(&own, "interactions.csv").len(), 15 * 6);
    let identity = |folder: &Path| -> serde_json::Value {
        let text = fs::read_to_string(folder.join("manifest.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    assert_eq!(identity(&own)["hash"], identity(&compared)["hash"]);
    let outputs = identity(&own)["outputs"].as_array().unwrap().len();
    assert_eq!(outputs, 4 + 3, "four tables and the chart in three formats");

    let again = root.path().join("again");
    attribute(&["--policy", "network", "--threads", "1"], &again);
    for file in [
        "attribution.csv",
        "interactions.csv",
        "coalitions.csv",
        "charts/attribution.svg",
    ] {
        let bytes = |folder: &Path| fs::read(folder.join(file)).unwrap();
        assert!(bytes(&own) == bytes(&again), "{file} depends on threads");
    }
}

#[test]
fn mechanisms_in_which_both_policies_agree_are_not_run() {
    let root = TempDir::new().unwrap();
    let policy = "current-2020[remedy.quality_target=0.6; sharing.relief.share_ordinary=0.3]";
    let text = attribute(&["--policy", policy, "--no-charts"], root.path());
    assert!(
        text.contains("4 combinations") && text.contains("The same in both"),
        "{text}"
    );
    let found = rows(root.path(), "attribution.csv");
    require_sums(&found);
    let same: Vec<&Row> = found
        .iter()
        .filter(|row| row["resolved"] == "same in both")
        .collect();
    assert_eq!(same.len(), 5 * 6);
    assert!(same.iter().all(|row| units(&row["value"]) == 0));
    assert_eq!(rows(root.path(), "coalitions.csv").len(), 4 * 6);
    assert!(!root.path().join("charts").exists());
}

#[test]
fn layers_of_sharing_in_chinese() {
    let root = TempDir::new().unwrap();
    let arguments = ["--policy", "layered-sharing", "--layers", "--lang", "zh"];
    let text = attribute(&arguments, root.path());
    for part in [
        "各层分担有多大作用",
        "居民与农业保险",
        "合计 = 两者之差",
        "结果目录：",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let raw = fs::read_to_string(root.path().join("attribution.csv")).unwrap();
    assert!(raw.starts_with("\u{feff}指标,指标名称"), "{raw}");
    assert!(root.path().join("charts/attribution.png").exists());

    let each = root.path().join("each");
    let policy = "current-2020[sharing.pool.limit_yuan=2e11; sharing.charity.share_famous=0.1; budget.plan_yuan_per_head.train=30]";
    attribute(&["--policy", policy, "--layers=each"], &each);
    let found = rows(&each, "attribution.csv");
    require_sums(&found);
    let run: BTreeSet<&str> = found
        .iter()
        .filter(|row| row["resolved"] != "same in both")
        .map(|row| row["part"].as_str())
        .collect();
    assert_eq!(
        run,
        BTreeSet::from(["pool", "charity", "rest", "difference"])
    );
}

#[test]
fn against_neutral_the_sum_is_the_policy_less_itself_with_every_mechanism_off() {
    let root = TempDir::new().unwrap();
    let policy = "current-2020[avoidance.refusal_share=0.2]";
    let off = "policy.criteria.enabled=false";
    let arguments = [
        "--policy",
        policy,
        "--against",
        "neutral",
        "--set",
        off,
        "--no-charts",
    ];
    let text = attribute(&arguments, root.path());
    assert!(text.contains("with every mechanism off"), "{text}");
    let found = rows(root.path(), "attribution.csv");
    require_sums(&found);
    let of = |part: &str| found.iter().find(|row| row["part"] == part).unwrap();
    assert_eq!(of("criteria")["resolved"], "same in both");
    assert_ne!(of("avoidance")["resolved"], "same in both");
}

#[test]
fn what_cannot_be_attributed_is_refused_with_what_to_do() {
    let root = TempDir::new().unwrap();
    let folder = root.path().to_str().unwrap();
    fs::write(root.path().join("manifest.json"), "{}").unwrap();
    let cases: [(&[&str], &str); 6] = [
        (
            &["seminar-county", "--policy", "current-2020"],
            "choose another --policy",
        ),
        (&["campaign-or-routine"], "choose with --policy"),
        (
            &["seminar-county", "--policy", "networc"],
            "Did you mean `network`",
        ),
        (
            &["seminar-county", "--set", "policy.remedy=1"],
            "policy.remedy",
        ),
        (&["seminar-county", "--out", folder], "--force"),
        (&["seminar-county", "--replications", "1"], "2..=65535"),
    ];
    for (arguments, expected) in cases {
        let output = riskweave(&[&["attribute"], arguments].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    let output = riskweave(&["attribute", "campaign-or-routine", "--lang", "zh"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("用 --policy 选一项来分解"), "{said}");
}

#[test]
fn help_tells_examples_in_both_languages() {
    for (language, heading) in [("en", "Examples:"), ("zh", "示例：")] {
        let output = riskweave(&["attribute", "--help", "--lang", language]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(
            text.contains(heading) && text.contains("--against"),
            "{text}"
        );
        assert!(
            text.contains("riskweave attribute --against neutral"),
            "{text}"
        );
    }
}
