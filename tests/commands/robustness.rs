//! `compare --parameter-sets`: what the sets of values say is the same for any number of threads, leaves the comparison
//! itself as it was, and is said to be missing where it is.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program must fail"
)]

use std::fs;
use std::path::Path;

use crate::program::program;
use crate::said::printed;
use riskweave::experiment::robustness::{Robustness, Verdict};
use tempfile::TempDir;

/// What a small comparison prints, with its files in a folder; it must succeed.
fn compare(arguments: &[&str], folder: &Path) -> String {
    let small = [
        "compare",
        "seminar-county",
        "--policy",
        "network",
        "--policy",
        "fiscal-backstop",
        "--years",
        "1",
        "--replications",
        "2",
        "--people-per-agent",
        "1000",
        "--no-charts",
        "--quiet",
        "--out",
        folder.to_str().unwrap(),
    ];
    let output = program()
        .env("COLUMNS", "120")
        .args([&small, arguments].concat())
        .output()
        .unwrap();
    printed(output)
}

fn manifest(folder: &Path) -> serde_json::Value {
    let text = fs::read_to_string(folder.join("manifest.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn sets_of_parameters_are_asked_after_the_comparison_and_leave_it_as_it_was() {
    let root = TempDir::new().unwrap();
    let folder = |name: &str| root.path().join(name);
    let (none, one, two) = (folder("none"), folder("one"), folder("two"));
    let text = compare(&[], &none);
    assert!(text.contains("not run (--parameter-sets 64)"), "{text}");
    assert!(!none.join("robustness.csv").exists());
    assert_eq!(
        manifest(&none)["circumstances"]["options"]["robustness"],
        "not run"
    );

    let text = compare(&["--parameter-sets", "6", "--threads", "1"], &one);
    for part in [
        "6 sets of values of 24 uncertain parameters",
        "% same sign",
        "best in",
        "enterprise.rule = rational (the society's own)",
        "enterprise.rule = habit",
        "government.rule = reactive_campaign",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let options = &manifest(&one)["circumstances"]["options"];
    assert_eq!(options["robustness"]["parameter_sets"], 6);
    let zh = compare(
        &["--parameter-sets", "6", "--threads", "2", "--lang", "zh"],
        &two,
    );
    for part in ["24 个不确定参数", "同号", "各行为规则下的最优政策"] {
        assert!(zh.contains(part), "{part}: {zh}");
    }
    let bytes = |folder: &Path, file: &str| fs::read(folder.join(file)).unwrap();
    assert!(bytes(&one, "robustness.json") == bytes(&two, "robustness.json"));
    for file in ["summary.csv", "runs.parquet"] {
        assert!(bytes(&none, file) == bytes(&one, file), "{file}");
    }

    let found: Robustness = serde_json::from_slice(&bytes(&one, "robustness.json")).unwrap();
    assert!(found.self_checks_passed);
    assert_eq!(
        (found.sets, found.parameters, found.replications),
        (6, 24, 2)
    );
    assert_eq!(found.rows.len(), 3 * 4);
    for measure in 0..4 {
        // In each set somebody is best, and whoever is has no regret there.
        let of = |policy: usize| &found.rows[4 * policy + measure];
        let best: f64 = (0..3).filter_map(|p| of(p).probability_of_being_best).sum();
        assert!(best >= 1.0 - 1e-9, "{best}");
        for policy in 0..3 {
            let row = of(policy);
            let (mean, greatest) = (row.mean_regret.unwrap(), row.greatest_regret.unwrap());
            assert!(mean >= 0.0 && mean <= greatest * (1.0 + 1e-9));
            if row.probability_of_being_best == Some(1.0) {
                assert!(greatest <= 1e-6 * greatest.max(1e9));
            }
        }
        assert_eq!(of(0).verdict, Verdict::Baseline);
        let policies: Vec<&str> = (0..3).map(|p| of(p).policy.as_str()).collect();
        assert_eq!(policies, ["current-2020", "fiscal-backstop", "network"]);
        assert_eq!((of(0).deciding.len(), of(2).deciding.len()), (0, 2));
    }
    let rules: Vec<(&str, bool)> = found
        .rules
        .iter()
        .map(|rule| (rule.choice.as_str(), rule.own))
        .collect();
    assert_eq!(
        rules,
        [
            ("rational", true),
            ("plan", true),
            ("habit", false),
            ("frozen", false),
            ("reactive_campaign", false)
        ]
    );
    assert_ne!(found.rules[0].rankings, found.rules[2].rankings);
    let csv = fs::read_to_string(one.join("robustness.csv")).unwrap();
    assert_eq!(csv.lines().count(), 1 + 12);
    assert!(csv.starts_with("policy,measure,"), "{csv}");
}
