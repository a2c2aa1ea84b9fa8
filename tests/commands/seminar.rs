//! `seminar`: the page holds what a direct run gives, byte for byte the same on any number of threads, and
//! stays small; what the command refuses; what `compare` says of it.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program must fail"
)]

use std::path::Path;
use std::process::Output;

use crate::common::sound;
use crate::made::{HISTORIES, YEARS, data, made, make, rows};
use crate::program::program;
use riskweave::experiment::run::Engine;
use riskweave::experiment::seminar::MEASURES;
use riskweave::experiment::simulator::Simulator;
use riskweave::measures::{Subject, figures};
use riskweave::scenario::{CheckedExperiment, CheckedPolicy, Overrides, cards, load_experiment};
use serde_json::Value;
use tempfile::TempDir;

/// The greatest page that a user can ask for (bytes).
const LARGEST: usize = 6_000_000;
/// Histories that a user can ask for.
const MOST_HISTORIES: usize = 400;

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// Bytes of a text in Base64.
fn decoded(text: &str) -> Vec<u8> {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let value = |digit: u8| digits.iter().position(|other| *other == digit).unwrap() as u32;
    let plain: Vec<u8> = text.trim_end_matches('=').bytes().collect();
    let chunk = |four: &[u8]| {
        let bits = four.iter().enumerate().fold(0, |bits, (place, digit)| {
            bits | value(*digit) << (18 - 6 * place)
        });
        bits.to_be_bytes()[1..four.len()].to_vec()
    };
    plain.chunks(4).flat_map(chunk).collect()
}

fn numbers(text: &Value) -> Vec<f32> {
    let bytes = decoded(text.as_str().unwrap());
    let four = bytes.chunks_exact(4);
    four.map(|four| f32::from_le_bytes(four.try_into().unwrap()))
        .collect()
}

/// One history of a policy, run by itself beside the baseline.
fn directly(checked: &CheckedExperiment, policy: CheckedPolicy, history: u32) -> Vec<f64> {
    let alone = CheckedExperiment {
        policies: vec![checked.baseline.clone(), policy],
        ..checked.clone()
    };
    let simulator = Simulator::new(&alone);
    let record = simulator.run(&simulator.prepare(history), 1);
    let all = figures(&record, &simulator.facts(&alone));
    let value = |measure| {
        let subject = Subject::whole(measure);
        all.iter()
            .find(|figure| figure.subject == subject)
            .unwrap()
            .value
    };
    MEASURES.map(value).to_vec()
}

#[test]
fn the_page_holds_what_a_direct_run_gives() {
    let data = data(made());
    for society in data["societies"].as_array().unwrap() {
        let key = society["key"].as_str().unwrap();
        let overrides = Overrides {
            policies: vec!["network".to_owned()],
            years: Some(YEARS),
            replications: Some(HISTORIES),
            ..Overrides::default()
        };
        let checked = sound(load_experiment(key, &overrides));
        let of_society = Overrides {
            policies: Vec::new(),
            ..overrides
        };
        let hands = sound(cards::policies(&checked.experiment.society, &of_society));
        let values = numbers(&society["values"]);
        let n = HISTORIES as usize;
        assert_eq!(values.len(), (64 + 144) * MEASURES.len() * n);
        for (combination, policy) in [(63, &checked.policies[1]), (64 + 37, &hands[37])] {
            let found = directly(&checked, policy.clone(), 2);
            for (measure, expected) in found.iter().enumerate() {
                let held = f64::from(values[(combination * MEASURES.len() + measure) * n + 2]);
                let near = (held - expected).abs() <= 1e-6 * expected.abs();
                assert!(
                    near || held.is_nan() && expected.is_nan(),
                    "{key} {combination} {measure}: {held} {expected}"
                );
            }
        }
    }
}

#[test]
fn the_bytes_do_not_depend_on_threads_and_combinations_are_all_told() {
    let other = TempDir::new().unwrap();
    make(other.path(), "1");
    for file in ["seminar.html", "combinations.csv"] {
        let [one, two] =
            [made(), other.path()].map(|folder| std::fs::read(folder.join(file)).unwrap());
        assert!(one == two, "{file}");
    }
    let rows = rows(made());
    assert_eq!(rows.len(), 2 * (64 + 144) * MEASURES.len());
    let present = rows.iter().filter(|row| row["combination"] == "none");
    assert!(
        present
            .clone()
            .all(|row| row["resolved"] == "equal within 1e-6")
    );
    assert_eq!(present.count(), 2 * MEASURES.len());
    assert!(rows.iter().any(|row| row["resolved"] == "yes"));
}

#[test]
fn the_page_stays_small_for_as_many_histories_as_a_user_may_ask() {
    let bytes = std::fs::metadata(made().join("seminar.html"))
        .unwrap()
        .len() as usize;
    // Four bytes a number, a third more as text.
    let history = 2 * (64 + 144) * MEASURES.len() * 4 * 4 / 3;
    let more = MOST_HISTORIES - HISTORIES as usize;
    assert!(bytes + more * history < LARGEST, "{bytes}");
    let refused = run(&["seminar", "--replications", "401"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn the_manifest_tells_what_was_run_and_hashes_the_files() {
    let text = std::fs::read_to_string(made().join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(manifest["self_checks_passed"], true);
    let runs = manifest["runs"].as_array().unwrap();
    let page = data(made());
    for (run, society) in runs.iter().zip(page["societies"].as_array().unwrap()) {
        assert_eq!(run["identity"], society["identity"]);
        assert_eq!(run["self_checks"].as_array().unwrap().len(), 64 + 144);
    }
    let files = manifest["outputs"].as_array().unwrap();
    let names: Vec<&str> = files
        .iter()
        .map(|file| file["file"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["seminar.html", "combinations.csv", "columns.csv"]);
}

#[test]
fn nothing_is_overwritten_and_compare_tells_of_the_page() {
    let folder = made().to_str().unwrap();
    let refused = run(&["seminar", "--out", folder]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("--force"), "{said}");
    let out = TempDir::new().unwrap();
    let small = [
        "--years",
        "1",
        "--replications",
        "2",
        "--no-charts",
        "--quiet",
        "--out",
    ];
    let compared = [
        &["compare", "seminar-city"],
        &small[..],
        &[path(out.path())],
    ]
    .concat();
    let printed = String::from_utf8(run(&compared).stdout).unwrap();
    assert!(
        printed
            .trim_end()
            .lines()
            .last()
            .unwrap()
            .ends_with("riskweave seminar"),
        "{printed}"
    );
}

fn path(folder: &Path) -> &str {
    folder.to_str().unwrap()
}
