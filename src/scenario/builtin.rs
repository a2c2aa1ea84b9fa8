//! What ships inside the program: every file under `scenarios/`.

use std::path::Path;

use crate::scenario::InputKind;
use crate::scenario::builtin_files::FILES;
use crate::scenario::problem::Problems;
use crate::scenario::resolve::find;
use crate::scenario::source::{self, Origin};
use crate::scenario::written::{self, Raw};
use crate::vocabulary::Language;

/// The stripped society of the limit cases: loaded like any other, but no built-in that is listed.
const LIMIT_CASES: &[(&str, &str)] = &[
    (
        "limit-cases/stripped.toml",
        include_str!("../verify/stripped/stripped.toml"),
    ),
    (
        "limit-cases/nothing.toml",
        include_str!("../verify/stripped/nothing.toml"),
    ),
    (
        "limit-cases/provinces.csv",
        include_str!("../verify/stripped/provinces.csv"),
    ),
    (
        "limit-cases/neighbours.csv",
        include_str!("../verify/stripped/neighbours.csv"),
    ),
    (
        "limit-cases/exposure.csv",
        include_str!("../verify/stripped/exposure.csv"),
    ),
    (
        "limit-cases/workers.csv",
        include_str!("../verify/stripped/workers.csv"),
    ),
    (
        "limit-cases/responsibility.csv",
        include_str!("../verify/stripped/responsibility.csv"),
    ),
    (
        "limit-cases/cascade.csv",
        include_str!("../verify/stripped/cascade.csv"),
    ),
];

/// The text of a built-in file; the path is relative to `scenarios/`, or below `limit-cases/`.
pub fn file(path: &str) -> Option<&'static str> {
    FILES
        .iter()
        .chain(LIMIT_CASES)
        .find(|(name, _)| *name == path)
        .map(|(_, text)| *text)
}

/// Names of the built-ins of a kind, sorted.
pub fn list(kind: InputKind) -> Vec<&'static str> {
    let mut names: Vec<&str> = FILES
        .iter()
        .filter_map(|(path, _)| name_of(kind, path))
        .collect();
    names.sort_unstable();
    names
}

/// The text of a built-in, as its author wrote it.
pub fn text(kind: InputKind, name: &str) -> Option<&'static str> {
    file(&path(kind, name))
}

/// The name of a built-in in a language, as its file says it; else its key.
pub fn title(kind: InputKind, name: &str, language: Language) -> String {
    let key = format!("{}.{}", kind.key(), language.pick("name_zh", "name_en"));
    let source = find(kind, name, &Origin::Option, None).ok();
    let written = source.and_then(|source| written::read(kind, &source, &mut Problems::default()));
    let entry =
        written.and_then(|written| written.entries.into_iter().find(|entry| entry.key == key));
    match entry.map(|entry| entry.value) {
        Some(Raw::Text(text)) => text,
        _ => name.to_owned(),
    }
}

/// The text of an input, as its author wrote it, but with paths to other files that hold from anywhere:
/// a copy of a built-in in another folder means the same.
///
/// # Errors
/// If there is no such input or it is not TOML.
pub fn portable_text(kind: InputKind, name: &str) -> Result<String, Problems> {
    let source = find(kind, name, &Origin::Option, None)?;
    let mut problems = Problems::default();
    let written = written::read(kind, &source, &mut problems);
    let written = problems.unless_any(written)?;
    let mut text = source.text.clone();
    for entry in written.entries.iter().rev() {
        let names_file =
            entry.key.starts_with("society.tables.") || entry.key == "policy.responsibility.matrix";
        let (Raw::Text(path), true) = (&entry.value, names_file) else {
            continue;
        };
        if let (Origin::Builtin(_), Ok(file)) =
            (&source.origin, source::open(path, &source.origin, None))
        {
            let reference = toml::Value::from(source::Source::reference(&file.origin));
            text.replace_range(entry.value_place.span.clone(), &reference.to_string());
        }
    }
    Ok(text)
}

/// Path of a built-in, relative to `scenarios/`.
pub(crate) fn path(kind: InputKind, name: &str) -> String {
    format!("{}/{name}.toml", kind.folder())
}

fn name_of(kind: InputKind, path: &'static str) -> Option<&'static str> {
    let name = path.strip_prefix(kind.folder())?.strip_prefix('/')?;
    let toml = Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "toml");
    (toml && !name.contains('/')).then(|| name.trim_end_matches(".toml"))
}

#[cfg(test)]
#[path = "builtin_tests.rs"]
mod tests;
