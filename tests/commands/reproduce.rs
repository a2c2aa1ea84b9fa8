//! A finished run made again from its manifest: all the same, a file that was changed, another version, inputs that are
//! gone, a manifest that is damaged.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program must fail"
)]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::said::run;

const POLICY: &str = "extends = \"network\"\nname_zh = \"自拟\"\nname_en = \"own\"\n[remedy]\nquality_target = 0.6\n";
/// A small comparison with a policy of the user's own.
const SMALL: [&str; 12] = [
    "run",
    "seminar-county",
    "--policy",
    "own.toml",
    "--years",
    "1",
    "--replications",
    "2",
    "--people-per-agent",
    "2000",
    "--quiet",
    "--out",
];

/// A folder with a policy and the results of a run with more options, in `done`.
fn done(more: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("own.toml"), POLICY).unwrap();
    succeeds(folder.path(), &[&SMALL[..], &["done"], more].concat());
    folder
}

fn succeeds(folder: &Path, arguments: &[&str]) {
    let (status, text, said) = run(folder, arguments);
    assert_eq!(status, Some(0), "{arguments:?}\n{text}\n{said}");
}

/// Changes the manifest.
fn change(folder: &Path, change: impl FnOnce(&mut Value)) {
    let path = folder.join("done/manifest.json");
    let mut manifest: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut manifest);
    fs::write(path, manifest.to_string()).unwrap();
}

/// Exit status and all that is said of making it again in a language.
fn again(folder: &Path, language: &str, more: &[&str]) -> (Option<i32>, String) {
    let words = [
        "reproduce",
        "done/manifest.json",
        "--quiet",
        "--lang",
        language,
    ];
    let (status, text, said) = run(folder, &[&words[..], more].concat());
    (status, format!("{text}{said}"))
}

#[test]
fn a_run_is_made_again_byte_for_byte_and_leaves_nothing_behind() {
    let folder = done(&["--format", "csv", "--lang", "zh", "--tail", "20"]);
    for (language, word) in [
        ("en", "are the same, byte for byte"),
        ("zh", "个逐字节相同"),
    ] {
        let (status, said) = again(folder.path(), language, &["--threads", "1"]);
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains(word), "{said}");
        assert_eq!(
            fs::read_dir(folder.path().join("output")).unwrap().count(),
            0
        );
    }
    // What is made again can be made again from there, and its charts are drawn in the language of the run.
    let (status, said) = again(folder.path(), "en", &["--out", "second"]);
    assert_eq!(status, Some(0), "{said}");
    succeeds(folder.path(), &["reproduce", "second", "--quiet"]);
    let (status, said) = again(folder.path(), "en", &["--out", "second"]);
    assert_eq!(status, Some(2), "{said}");
    let (status, said) = again(folder.path(), "zh", &["--out", "done"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("另选一个"), "{said}");
}

#[test]
fn inputs_that_are_gone_are_taken_from_the_manifest() {
    let folder = done(&["--parameter-sets", "2"]);
    fs::remove_file(folder.path().join("own.toml")).unwrap();
    let (status, said) = again(folder.path(), "en", &[]);
    assert!(
        said.contains("the inputs kept in the manifest are used"),
        "{said}"
    );
    assert_eq!(status, Some(0), "{said}");
    let other = POLICY.replace("0.6", "0.7");
    fs::write(folder.path().join("own.toml"), other).unwrap();
    let (status, said) = again(folder.path(), "zh", &[]);
    assert!(said.contains("取用清单中保存的输入"), "{said}");
    assert_eq!(status, Some(0), "{said}");
}

#[test]
fn a_run_that_went_on_until_it_was_precise_is_made_again() {
    let folder = done(&[
        "--until",
        "direct_loss own < 90%",
        "--max-replications",
        "8",
        "--no-charts",
    ]);
    for gone in [false, true] {
        if gone {
            fs::remove_file(folder.path().join("own.toml")).unwrap();
        }
        let (status, said) = again(folder.path(), "en", &[]);
        assert_eq!(status, Some(0), "{said}");
    }
}

#[test]
fn a_file_that_was_changed_is_named_with_the_place() {
    let folder = done(&["--no-charts", "--format", "csv"]);
    let path = folder.path().join("done/summary.csv");
    let text = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[3] = lines[3].replacen(',', "x,", 1);
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    fs::remove_file(folder.path().join("done/ledger.csv")).unwrap();
    let (status, said) = again(folder.path(), "en", &[]);
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains("summary.csv: the file in the folder was changed"),
        "{said}"
    );
    assert!(said.contains("row 3, column policy"), "{said}");
    assert!(said.contains("1 of them are not in the folder"), "{said}");
    assert!(
        said.contains("files in the folder were changed afterwards"),
        "{said}"
    );
    let (status, said) = again(folder.path(), "zh", &["--force"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains("第 3 行") && said.contains("后来被改动"),
        "{said}"
    );
}

#[test]
fn another_version_is_said_and_what_it_gave_otherwise_too() {
    let folder = done(&["--no-charts", "--format", "csv"]);
    change(folder.path(), |manifest| {
        manifest["version"] = json!("0.0.9");
        manifest["outputs"][1]["sha256"] = json!("00");
        manifest["self_checks"][0]["open_events"] = json!(7);
    });
    let (status, said) = again(folder.path(), "en", &[]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("version 0.0.9 wrote the manifest"), "{said}");
    assert!(said.contains("comes out different"), "{said}");
    assert!(
        said.contains("self_checks.0.open_events: then 7, again 0"),
        "{said}"
    );
    assert!(
        said.contains("the version that wrote the manifest"),
        "{said}"
    );
    let (_, said) = again(folder.path(), "zh", &["--force"]);
    assert!(said.contains("0.0.9 版写出"), "{said}");
}

#[test]
fn a_damaged_manifest_is_refused_before_anything_runs() {
    let folder = done(&["--no-charts"]);
    let path = folder.path().join("done/manifest.json");
    let whole = fs::read_to_string(&path).unwrap();
    let refused = |language: &str| {
        let (status, said) = again(folder.path(), language, &[]);
        assert_eq!(status, Some(2), "{said}");
        assert!(!folder.path().join("output").exists());
        said
    };
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(refused("en").contains("this is no whole JSON"));
    assert!(refused("zh").contains("不是完整的 JSON"));
    fs::write(&path, &whole).unwrap();
    change(folder.path(), |manifest| {
        manifest["inputs"]["experiment"]["seed"] = json!(4);
    });
    assert!(refused("en").contains("changed after the run"));
    fs::write(&path, &whole).unwrap();
    change(folder.path(), |manifest| {
        manifest["circumstances"]["arguments"] = json!(["list"]);
    });
    assert!(refused("zh").contains("无法重新运行"));
}

#[test]
fn an_attribution_is_made_again_from_its_command() {
    let folder = TempDir::new().unwrap();
    let words = [
        "attribute",
        "seminar-county",
        "--policy",
        "network",
        "--layers",
        "--years",
        "1",
        "--replications",
        "2",
        "--people-per-agent",
        "5000",
        "--no-charts",
        "--quiet",
        "--out",
        "done",
    ];
    succeeds(folder.path(), &words);
    let (status, said) = again(folder.path(), "en", &[]);
    assert_eq!(status, Some(0), "{said}");
    assert!(
        said.contains("held against the manifest afterwards"),
        "{said}"
    );
}
