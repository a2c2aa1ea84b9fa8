//! Where an input comes from: a built-in, a file or an option; and places in its text.

use std::fmt;
use std::fs;
use std::io::Read;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::scenario::builtin;
use crate::scenario::problem::{FileProblem, Problem};

/// Files above this are refused (bytes): an input of ours is a few hundred kilobytes.
pub const SIZE_LIMIT: u64 = 16 * 1024 * 1024;

/// What an origin looks like when it is written in a file: this, then a path below `scenarios/`.
pub const BUILTIN_PREFIX: &str = "builtin:";

/// Where a text was found; references in it are relative to that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file that ships inside the program; the path is relative to `scenarios/`.
    Builtin(String),
    /// A file of the user.
    File(PathBuf),
    /// An option of the command line; references are relative to the working directory.
    Option,
}

/// A text with its name and origin.
#[derive(PartialEq, Eq)]
pub struct Source {
    /// What messages call it.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// Where it was found.
    pub origin: Origin,
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Source").field(&self.name).finish()
    }
}

/// A stretch of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The text that is meant.
    pub source: Arc<Source>,
    /// Bytes of the text.
    pub span: Range<usize>,
}

impl Place {
    /// A stretch of a source.
    pub fn new(source: &Arc<Source>, span: Range<usize>) -> Self {
        Place {
            source: Arc::clone(source),
            span,
        }
    }
}

impl Source {
    /// The text of an option, for messages about it.
    pub fn option(name: &str, text: &str) -> Arc<Self> {
        Arc::new(Source {
            name: name.to_owned(),
            text: text.to_owned(),
            origin: Origin::Option,
        })
    }

    /// How another file can refer to this one from anywhere.
    pub fn reference(origin: &Origin) -> String {
        match origin {
            Origin::Builtin(path) => format!("{BUILTIN_PREFIX}{path}"),
            Origin::File(path) => std::path::absolute(path)
                .unwrap_or_else(|_| path.clone())
                .display()
                .to_string(),
            Origin::Option => String::new(),
        }
    }
}

/// Reads what a reference means, relative to the origin of the text in which it stands.
pub(crate) fn open(
    reference: &str,
    base: &Origin,
    place: Option<&Place>,
) -> Result<Arc<Source>, Problem> {
    if let Some(path) = reference.strip_prefix(BUILTIN_PREFIX) {
        return open_builtin(path, place);
    }
    match base {
        Origin::Builtin(from) => {
            let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
            open_builtin(&normal(&format!("{folder}/{reference}")), place)
        }
        Origin::File(from) => open_file(
            &from.parent().unwrap_or(Path::new("")).join(reference),
            place,
        ),
        Origin::Option => open_file(Path::new(reference), place),
    }
}

fn open_builtin(path: &str, place: Option<&Place>) -> Result<Arc<Source>, Problem> {
    match builtin::file(path) {
        Some(text) => Ok(Arc::new(Source {
            name: format!("{BUILTIN_PREFIX}{path}"),
            text: text.to_owned(),
            origin: Origin::Builtin(path.to_owned()),
        })),
        None => Err(FileProblem::Missing {
            path: format!("{BUILTIN_PREFIX}{path}"),
            place: place.cloned(),
        }
        .into()),
    }
}

fn open_file(path: &Path, place: Option<&Place>) -> Result<Arc<Source>, Problem> {
    let name = path.display().to_string();
    let fail = |error: &std::io::Error| -> Problem {
        let (path, place) = (name.clone(), place.cloned());
        match error.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
                FileProblem::Missing { path, place }
            }
            _ => FileProblem::Unreadable {
                path,
                detail: error.to_string(),
                place,
            },
        }
        .into()
    };
    let facts = fs::metadata(path).map_err(|error| fail(&error))?;
    if facts.is_dir() {
        return Err(FileProblem::Directory {
            path: name,
            place: place.cloned(),
        }
        .into());
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| fail(&error))?;
    // One byte beyond the limit tells a file that is too big, also where the length is unknown.
    file.take(SIZE_LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| fail(&error))?;
    if bytes.len() as u64 > SIZE_LIMIT {
        let bytes = facts.len().max(SIZE_LIMIT + 1);
        return Err(FileProblem::TooBig {
            path: name,
            bytes,
            place: place.cloned(),
        }
        .into());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let before = error.as_bytes().iter().take(offset);
        Problem::from(FileProblem::NotUtf8 {
            path: name.clone(),
            line: before.filter(|byte| **byte == b'\n').count() + 1,
            offset,
            place: place.cloned(),
        })
    })?;
    Ok(Arc::new(Source {
        name,
        text,
        origin: Origin::File(path.to_owned()),
    }))
}

/// A path without `.` and `..`, with forward slashes.
fn normal(path: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for component in Path::new(path).components() {
        match component {
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::ParentDir => {
                parts.pop();
            }
            _ => {}
        }
    }
    parts.join("/")
}

/// Whether a name has the form of a path: a folder separator, the ending `.toml`, or the built-in prefix.
pub fn looks_like_path(name: &str) -> bool {
    let ending = Path::new(name).extension();
    name.contains(['/', '\\'])
        || name.starts_with(BUILTIN_PREFIX)
        || ending.is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
}

/// Whether a name on the command line means a file rather than a built-in.
pub fn is_path(name: &str) -> bool {
    looks_like_path(name) || Path::new(name).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_references_stay_inside() {
        assert_eq!(normal("societies/../tables/./a.csv"), "tables/a.csv");
        assert_eq!(normal("../../a.csv"), "a.csv");
    }

    #[test]
    fn a_name_with_a_slash_or_ending_is_a_path() {
        assert!(is_path("a/b") && is_path("mine.toml") && is_path("mine.TOML"));
        assert!(!is_path("current-2020"));
    }
}
