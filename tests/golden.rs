//! Golden runs: the hashes of the result files of small runs, so that no change of results goes unseen.
//!
//! A change that is meant is re-minted with its reason, which is kept in `tests/golden/README.md`, and said in the
//! changelog:
//!
//! ```text
//! RISKWEAVE_REMINT_REASON="what changes, and why" cargo test --test golden
//! ```

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program must fail"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "the reason for new golden runs is given in the environment"
)]

#[path = "common/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use program::program;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tempfile::TempDir;

/// Runs by name; each command runs in a folder of its own.
const RUNS: [(&str, &[&[&str]]); 3] = [
    (
        "seminar-county",
        &[&[
            "compare",
            "seminar-county",
            "--replications",
            "2",
            "--years",
            "1",
            "--people-per-agent",
            "1000",
        ]],
    ),
    (
        "seminar-city",
        &[&[
            "run",
            "seminar-city",
            "--policy",
            "layered-sharing",
            "--policy",
            "network[remedy.quality_target=0.7]",
            "--replications",
            "2",
            "--years",
            "2",
            "--people-per-agent",
            "500",
            "--seed",
            "7",
        ]],
    ),
    (
        "province",
        &[
            &["new", "society", "shandong.toml", "--province", "山东"],
            &[
                "run",
                "shandong.toml",
                "--policy",
                "network",
                "--replications",
                "1",
                "--years",
                "1",
                "--people-per-agent",
                "5000",
            ],
        ],
    ),
];
/// Options of every run: text tables, whose bytes no library of formats changes, and no pictures.
const OPTIONS: [&str; 6] = ["--no-charts", "--quiet", "--format", "csv", "--out", "out"];
/// Tables that say what columns mean, and are no results.
const WORDS: [&str; 1] = ["columns.csv"];

/// What a run came to.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Golden {
    /// Commands, without the options that all share.
    commands: Vec<Vec<String>>,
    /// Hash of the resolved inputs, from the manifest.
    inputs: String,
    /// Hash of each table.
    files: BTreeMap<String, String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn run(commands: &[&[&str]]) -> Golden {
    let place = TempDir::new().unwrap();
    let (last, before) = commands.split_last().unwrap();
    for (words, more) in before
        .iter()
        .map(|words| (words, &[][..]))
        .chain([(last, &OPTIONS[..])])
    {
        let output = program()
            .current_dir(place.path())
            .args(*words)
            .args(more)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{words:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let text = fs::read(place.path().join("out/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&text).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let outputs = manifest["outputs"].as_array().unwrap();
    let tables = outputs
        .iter()
        .map(|output| (text(&output["file"]), text(&output["sha256"])))
        .filter(|(file, _)| is_table(file));
    Golden {
        commands: commands
            .iter()
            .map(|words| words.iter().map(|&word| word.to_owned()).collect())
            .collect(),
        inputs: text(&manifest["hash"]),
        files: tables.collect(),
    }
}

/// Whether a file is a table of results.
fn is_table(file: &str) -> bool {
    let ending = Path::new(file).extension();
    ending.is_some_and(|ending| ending == "csv") && !WORDS.contains(&file)
}

/// In what a run differs from what it came to before.
fn differences(name: &str, then: Option<&Golden>, now: &Golden) -> Vec<String> {
    let Some(then) = then else {
        return vec![format!("{name}: never minted")];
    };
    let mut found = Vec::new();
    if then.inputs != now.inputs {
        found.push(format!("{name}: the resolved inputs"));
    }
    if then.commands != now.commands {
        found.push(format!("{name}: the commands"));
    }
    let all: BTreeMap<_, _> = then.files.iter().chain(&now.files).collect();
    let differing = all
        .keys()
        .filter(|file| then.files.get(**file) != now.files.get(**file));
    found.extend(differing.map(|file| format!("{name}: {file}")));
    found
}

fn minted(name: &str) -> Option<Golden> {
    let text = fs::read(folder().join(format!("{name}.json"))).ok()?;
    serde_json::from_slice(&text).ok()
}

#[test]
fn golden_runs_give_the_same_bytes() {
    let reason = std::env::var("RISKWEAVE_REMINT_REASON").unwrap_or_default();
    let reason = reason.trim();
    let mut changed = Vec::new();
    for (name, commands) in RUNS {
        let now = run(commands);
        let found = differences(name, minted(name).as_ref(), &now);
        if found.is_empty() {
            continue;
        }
        changed.extend(found);
        if !reason.is_empty() {
            let text = serde_json::to_string_pretty(&now).unwrap() + "\n";
            fs::write(folder().join(format!("{name}.json")), text).unwrap();
        }
    }
    if changed.is_empty() {
        return;
    }
    let list = changed.join("\n  ");
    assert!(
        !reason.is_empty(),
        "results change:\n  {list}\nIf this is meant: RISKWEAVE_REMINT_REASON=\"what changes, and why\" cargo test --test golden, \
         and say in CHANGELOG.md that results change."
    );
    let readme = folder().join("README.md");
    let log = fs::read_to_string(&readme).unwrap();
    fs::write(readme, format!("{log}- {reason}\n")).unwrap();
}

#[test]
fn a_run_that_differs_is_told_by_its_files() {
    let golden = |hash: &str| Golden {
        commands: Vec::new(),
        inputs: "a".to_owned(),
        files: [("summary.csv".to_owned(), hash.to_owned())].into(),
    };
    assert!(differences("x", Some(&golden("1")), &golden("1")).is_empty());
    assert_eq!(
        differences("x", Some(&golden("1")), &golden("2")),
        ["x: summary.csv"]
    );
    assert_eq!(differences("x", None, &golden("2")), ["x: never minted"]);
}

/// Every entry of the changelog says whether the same inputs and seed give other figures than before.
#[test]
fn every_entry_of_the_changelog_says_whether_results_change() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("CHANGELOG.md");
    let text = fs::read_to_string(path).unwrap();
    let entries: Vec<String> = text
        .split("\n- ")
        .skip(1)
        .map(|entry| entry.split("\n\n").next().unwrap().replace('\n', " "))
        .collect();
    assert!(!entries.is_empty());
    for entry in entries {
        let said = entry.to_lowercase();
        let says = ["changes results: yes", "changes results: no"];
        assert!(
            says.iter().any(|word| said.contains(word)),
            "an entry does not say `Changes results: yes` or `no`: {entry}"
        );
    }
}
