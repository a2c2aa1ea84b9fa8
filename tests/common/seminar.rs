//! A small seminar page, made once by the program.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test program uses a part of this, and must fail where the page cannot be made"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// Years of its histories.
pub(crate) const YEARS: u32 = 1;
/// Its histories.
pub(crate) const HISTORIES: u32 = 8;

/// The folder with the page, on two threads.
pub(crate) fn made() -> &'static Path {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        make(folder.path(), "2");
        folder
    });
    folder.path()
}

/// Makes the page in a folder.
pub(crate) fn make(folder: &Path, threads: &str) {
    let (years, histories) = (YEARS.to_string(), HISTORIES.to_string());
    let output = Command::new(env!("CARGO_BIN_EXE_riskweave"))
        .env_remove("LC_ALL")
        .env("LANG", "C")
        .args([
            "seminar",
            "--quiet",
            "--years",
            &years,
            "--replications",
            &histories,
        ])
        .args(["--threads", threads, "--out"])
        .arg(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// What the page holds.
pub(crate) fn data(folder: &Path) -> Value {
    let page = std::fs::read_to_string(folder.join("seminar.html")).unwrap();
    let (_, rest) = page.split_once(r#"id="data">"#).unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    serde_json::from_str(json).unwrap()
}

/// Rows of the table of combinations by the names of its columns.
pub(crate) fn rows(folder: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder.join("combinations.csv")).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}
