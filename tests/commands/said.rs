//! What a command says and writes.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program must fail"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::program::program;

/// A row of a table by the names of its columns.
pub(crate) type Row = BTreeMap<String, String>;

/// Exit status, standard output and standard error of a command in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = program()
        .current_dir(folder)
        .env("COLUMNS", "120")
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// A command that must end with a status; what it said.
pub(crate) fn ended(command: &mut Command, status: i32) -> String {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(status), "{printed}\n{said}");
    said
}

/// What a command printed; it must have succeeded and said nothing else.
pub(crate) fn printed(output: Output) -> String {
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.is_empty(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

/// Rows of a CSV file.
pub(crate) fn rows(folder: &Path, name: &str) -> Vec<Row> {
    let text = fs::read_to_string(folder.join(name)).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().unwrap().clone();
    let names = |row: csv::StringRecord| {
        let cells = row.iter().map(str::to_owned);
        header.iter().map(str::to_owned).zip(cells).collect()
    };
    reader.records().map(|row| names(row.unwrap())).collect()
}
