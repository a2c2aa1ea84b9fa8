//! Bad inputs of every kind: each is refused with exit status 2, told with its place and a remedy in both languages,
//! and none panics. The table is in the other files, one for each kind of input.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files must fail"
)]

mod command_line;
mod experiments;
mod losses;
mod policies;
mod results;
mod sizes;
mod societies;
mod tables;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use riskweave::cli::{self, Context};
use riskweave::scenario::problem::Style;
use riskweave::vocabulary::Language;
use tempfile::TempDir;

/// Exit status of wrong input or usage.
const REFUSED: u8 = 2;

/// What stands in a file.
enum Content {
    Bytes(Vec<u8>),
    /// So many bytes that take no room on the disk.
    Hole(u64),
    Folder,
}

/// One bad input.
struct Case {
    name: &'static str,
    files: Vec<(&'static str, Content)>,
    arguments: Vec<String>,
    /// What every language says: the place, the name, the value.
    says: Vec<&'static str>,
    /// The remedy in Chinese and English, where it does not follow the word.
    remedy: [&'static str; 2],
}

/// A case with the arguments of its command; `@` stands for the folder of its files.
fn case(name: &'static str, arguments: &[&str]) -> Case {
    Case {
        name,
        files: Vec::new(),
        arguments: arguments.iter().map(|&word| word.to_owned()).collect(),
        says: Vec::new(),
        remedy: ["办法", "remedy:"],
    }
}

impl Case {
    fn file(mut self, name: &'static str, text: impl Into<Vec<u8>>) -> Self {
        self.files.push((name, Content::Bytes(text.into())));
        self
    }

    fn hole(mut self, name: &'static str, bytes: u64) -> Self {
        self.files.push((name, Content::Hole(bytes)));
        self
    }

    fn folder(mut self, name: &'static str) -> Self {
        self.files.push((name, Content::Folder));
        self
    }

    fn says(mut self, words: &[&'static str]) -> Self {
        self.says.extend(words);
        self
    }

    fn remedy(mut self, zh: &'static str, en: &'static str) -> Self {
        self.remedy = [zh, en];
        self
    }

    fn make(&self, folder: &Path) {
        for (name, content) in &self.files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match content {
                Content::Bytes(bytes) => fs::write(path, bytes).unwrap(),
                Content::Hole(bytes) => fs::File::create(path).unwrap().set_len(*bytes).unwrap(),
                Content::Folder => fs::create_dir_all(path).unwrap(),
            }
        }
    }

    /// Exit status and what is said on standard output and error; `None` after a panic.
    fn run(&self, folder: &Path, language: Language) -> Option<(u8, String, String)> {
        let place = folder.display().to_string();
        let words = self.arguments.iter().map(|word| word.replace('@', &place));
        let words = ["riskweave".to_owned()]
            .into_iter()
            .chain(words)
            .chain(["--lang".to_owned(), language.code().to_owned()]);
        let words: Vec<OsString> = words.map(OsString::from).collect();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut context = Context {
            language,
            style: Style::Plain,
            out: &mut out,
            err: &mut err,
        };
        let status = catch_unwind(AssertUnwindSafe(|| cli::run(&words, &mut context))).ok()?;
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Some((status, text(out), text(err)))
    }

    /// What is wrong with how it is refused.
    fn faults(&self) -> Vec<String> {
        let folder = TempDir::new().unwrap();
        self.make(folder.path());
        let mut faults = Vec::new();
        for (language, remedy) in [Language::Chinese, Language::English]
            .into_iter()
            .zip(self.remedy)
        {
            let code = language.code();
            let Some((status, out, said)) = self.run(folder.path(), language) else {
                faults.push(format!("{code}: panics"));
                continue;
            };
            if status != REFUSED {
                faults.push(format!("{code}: exit status {status}"));
            }
            if !out.is_empty() {
                faults.push(format!("{code}: writes results: {out}"));
            }
            let missing = self.says.iter().filter(|word| !said.contains(**word));
            faults.extend(missing.map(|word| format!("{code}: does not say `{word}`")));
            if !said.contains(remedy) {
                faults.push(format!("{code}: no remedy `{remedy}`"));
            }
            if language == Language::Chinese && !said.chars().any(is_chinese) {
                faults.push("zh: no Chinese".to_owned());
            }
            if !faults.is_empty() {
                faults.push(said);
            }
        }
        faults
    }
}

fn is_chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

fn cases() -> Vec<Case> {
    let all = [
        societies::cases(),
        policies::cases(),
        experiments::cases(),
        tables::cases(),
        losses::cases(),
        results::cases(),
        command_line::cases(),
        sizes::cases(),
    ];
    all.into_iter().flatten().collect()
}

#[test]
fn every_bad_input_is_told_with_its_place_and_a_remedy_in_both_languages() {
    let mut report = String::new();
    for case in cases() {
        let faults = case.faults();
        if !faults.is_empty() {
            let arguments = case.arguments.join(" ");
            report = format!(
                "{report}――― {} ({arguments})\n{}\n",
                case.name,
                faults.join("\n")
            );
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn there_are_a_hundred_bad_inputs_and_each_has_a_place_to_say() {
    let all = cases();
    assert!(all.len() >= 100, "{} bad inputs", all.len());
    let names: BTreeSet<&str> = all.iter().map(|case| case.name).collect();
    assert_eq!(names.len(), all.len(), "two cases have one name");
    for case in &all {
        assert!(!case.says.is_empty(), "{} names no place", case.name);
    }
}
