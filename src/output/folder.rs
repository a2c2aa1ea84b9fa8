//! The folder of a run: checked before the work, made only when everything else is in order.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::OutputError;
use super::file::PartialFile;

/// Checks that a run may write into a folder, without making anything.
pub fn check(folder: &Path, force: bool) -> Result<(), OutputError> {
    if !folder.exists() {
        return check_parent(folder);
    }
    if !folder.is_dir() {
        return Err(OutputError::NotFolder {
            path: folder.to_owned(),
        });
    }
    let entries = fs::read_dir(folder).map_err(|error| OutputError::io(folder, error))?;
    let mut results = entries
        .flatten()
        .filter(|entry| !is_left_over(&entry.file_name()));
    if !force && results.next().is_some() {
        return Err(OutputError::Exists {
            path: folder.to_owned(),
        });
    }
    Ok(())
}

/// Whether a name is that of a temporary file of a run that was broken off.
fn is_left_over(name: &OsStr) -> bool {
    name.to_str()
        .is_some_and(|name| name.starts_with('.') && name.ends_with(".partial"))
}

/// The nearest folder that exists must be one, and not be read-only.
fn check_parent(folder: &Path) -> Result<(), OutputError> {
    let above = folder.ancestors().skip(1).find(|path| path.exists());
    let parent = above.map_or_else(|| PathBuf::from("."), Path::to_owned);
    let metadata = fs::metadata(&parent).map_err(|error| OutputError::io(&parent, error))?;
    if !metadata.is_dir() {
        return Err(OutputError::NotFolder { path: parent });
    }
    if metadata.permissions().readonly() {
        let refused = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        return Err(OutputError::io(&parent, refused));
    }
    Ok(())
}

/// Makes the folder and tries to write into it, before the work begins.
pub fn make(folder: &Path, force: bool) -> Result<(), OutputError> {
    check(folder, force)?;
    fs::create_dir_all(folder).map_err(|error| OutputError::io(folder, error))?;
    PartialFile::create(folder, "probe").map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten_without_force_and_nothing_made_by_a_check() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a/b");
        check(&folder, false).unwrap();
        assert!(!root.path().join("a").exists());
        make(&folder, false).unwrap();
        make(&folder, false).unwrap();
        fs::write(folder.join(".runs.parquet.partial"), "").unwrap();
        make(&folder, false).unwrap();
        fs::write(folder.join("manifest.json"), "{}").unwrap();
        assert!(matches!(
            check(&folder, false),
            Err(OutputError::Exists { .. })
        ));
        check(&folder, true).unwrap();
        let file = folder.join("manifest.json");
        assert!(matches!(
            check(&file, true),
            Err(OutputError::NotFolder { .. })
        ));
        assert!(matches!(
            check(&file.join("x"), true),
            Err(OutputError::NotFolder { .. })
        ));
    }
}
