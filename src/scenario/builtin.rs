//! What ships inside the program: every file under `scenarios/`.

use std::path::Path;

use crate::scenario::InputKind;
use crate::scenario::builtin_files::FILES;

/// The text of a built-in file; the path is relative to `scenarios/`.
pub fn file(path: &str) -> Option<&'static str> {
    FILES
        .iter()
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
