//! What is linked into the program: each crate is named in THIRD-PARTY.md and under a licence that deny.toml allows.
//! `cargo deny check` tells more, but is a tool of its own; this needs nothing that is not there.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its files must fail"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// A file at the root of the repository.
fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Name, version and licence of every crate that is linked into the program here.
fn linked() -> Vec<[String; 3]> {
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([
            "tree",
            "--locked",
            "--offline",
            "--edges",
            "normal,no-proc-macro",
        ])
        .args(["--prefix", "none", "--no-dedupe", "--format", "{p}|{l}"])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    let mut crates: Vec<[String; 3]> = text
        .lines()
        .filter_map(|line| {
            let (package, licence) = line.split_once('|')?;
            let mut words = package.split(' ');
            let name = words.next()?.to_owned();
            let version = words.next()?.trim_start_matches('v').to_owned();
            Some([name, version, licence.to_owned()])
        })
        .filter(|[name, ..]| name != env!("CARGO_PKG_NAME"))
        .collect();
    crates.sort();
    crates.dedup();
    crates
}

/// Licences that deny.toml allows.
fn allowed() -> Vec<String> {
    let rules: toml::Table = toml::from_str(&file("deny.toml")).unwrap();
    let list = rules["licenses"]["allow"].as_array().unwrap();
    list.iter()
        .map(|word| word.as_str().unwrap().to_owned())
        .collect()
}

/// Whether a licence expression leaves a choice that is allowed.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.replace(['(', ')'], " ").replace('/', " OR ");
    let one = |word: &str| allowed.iter().any(|own| own == word.trim());
    // `AND` binds more closely than `OR`.
    expression
        .split(" OR ")
        .any(|choice| choice.split(" AND ").all(one))
}

#[test]
fn every_linked_crate_is_named_with_a_licence_that_is_allowed() {
    let (crates, notices, allowed) = (linked(), file("THIRD-PARTY.md"), allowed());
    assert!(crates.len() > 50, "{} crates", crates.len());
    for [name, version, licence] in crates {
        assert!(
            notices.contains(&format!("| {name} {version} |")),
            "{name} {version} is not in THIRD-PARTY.md: run `python3 contrib/third-party.py`"
        );
        assert!(
            is_allowed(&licence, &allowed),
            "{name} {version}: {licence}"
        );
    }
}

#[test]
fn a_choice_of_licences_needs_one_that_is_allowed_whole() {
    let allowed = ["MIT", "Zlib"].map(str::to_owned);
    for sound in [
        "MIT",
        "GPL-3.0 OR MIT",
        "MIT/Apache-2.0",
        "MIT AND Zlib",
        "(MIT OR GPL-3.0) ",
    ] {
        assert!(is_allowed(sound, &allowed), "{sound}");
    }
    for faulty in ["GPL-3.0", "MIT AND GPL-3.0", "", "MITX"] {
        assert!(!is_allowed(faulty, &allowed), "{faulty}");
    }
}
