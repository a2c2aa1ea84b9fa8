//! The list of embedded files against the disk. `RISKWEAVE_REMINT=1` writes the list anew.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::scenario::builtin_files::FILES;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(&path, found);
        } else if path
            .extension()
            .is_some_and(|ending| ending == "toml" || ending == "csv")
        {
            found.push(path);
        }
    }
}

fn on_disk() -> Vec<String> {
    let root = Path::new(ROOT).join("scenarios");
    let mut found = Vec::new();
    for folder in ["societies", "policies", "experiments", "targets"] {
        below(&root.join(folder), &mut found);
    }
    let mut names: Vec<String> = found
        .iter()
        .map(|path| {
            path.strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/")
        })
        .collect();
    names.sort();
    names
}

#[test]
fn every_file_on_disk_is_embedded() {
    let names = on_disk();
    if crate::scenario::schema::remint() {
        let mut text = String::from(
            "//! The embedded files, sorted. Made by `RISKWEAVE_REMINT=1 cargo test embedded`; a test holds it against the disk.\n\n\
             macro_rules! files {\n    ($($path:literal,)+) => {\n        &[$(($path, include_str!(concat!(\"../../scenarios/\", $path))),)+]\n    };\n}\n\n\
             /// Path below `scenarios/` and text.\npub(crate) const FILES: &[(&str, &str)] = files![\n",
        );
        for name in &names {
            writeln!(text, "    \"{name}\",").unwrap();
        }
        text.push_str("];\n");
        fs::write(Path::new(ROOT).join("src/scenario/builtin_files.rs"), text).unwrap();
    }
    let embedded: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
    assert_eq!(
        embedded, names,
        "RISKWEAVE_REMINT=1 cargo test embedded writes the list anew"
    );
}
