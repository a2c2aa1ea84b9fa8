//! The folder of a run: checked before the work, made only when everything else is in order.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::OutputError;
use super::file::PartialFile;
use super::replications::{self, Found, checkpoint};

/// Name of the file that says which part of a run a folder holds.
pub const SHARD: &str = "shard.json";

/// What a command means to do with a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Write into it where nothing is there.
    New,
    /// Write over what is there.
    Over,
    /// Go on with a run that was broken off, or begin it.
    GoOn,
    /// Keep a part of a run, and what is there of it.
    Part,
}

impl Claim {
    /// Of a command that only writes, over what is there if it is forced to.
    pub fn forced(force: bool) -> Self {
        if force { Claim::Over } else { Claim::New }
    }
}

/// A folder that no other run may write into until this is dropped, or the program ends in whatever way.
#[must_use = "once dropped, another run may write into the folder"]
#[derive(Debug)]
pub struct Held {
    _folder: Option<File>,
}

/// Keeps other runs out of a folder, where the system lets folders be locked.
///
/// # Errors
/// If a run that goes on holds it.
fn hold(folder: &Path) -> Result<Held, OutputError> {
    let opened = File::open(folder).ok();
    match opened.as_ref().map(File::try_lock) {
        Some(Err(TryLockError::WouldBlock)) => Err(OutputError::InUse {
            path: folder.to_owned(),
        }),
        _ => Ok(Held { _folder: opened }),
    }
}

/// Checks that a run may write into a folder, without making anything.
pub fn check(folder: &Path, force: bool) -> Result<(), OutputError> {
    check_for(folder, Claim::forced(force))
}

/// Checks that a run may do with a folder what it means to, without making anything.
pub fn check_for(folder: &Path, claim: Claim) -> Result<(), OutputError> {
    if !folder.exists() {
        return check_parent(folder);
    }
    let path = folder.to_owned();
    if !folder.is_dir() {
        return Err(OutputError::NotFolder { path });
    }
    hold(folder).map(drop)?;
    look(folder, claim)
}

/// Checks that what is in a folder lets a run do with it what it means to.
fn look(folder: &Path, claim: Claim) -> Result<(), OutputError> {
    let path = folder.to_owned();
    let entries = fs::read_dir(folder).map_err(|error| OutputError::io(folder, error))?;
    let names = entries.flatten().map(|entry| entry.file_name());
    let results: Vec<OsString> = names.filter(|name| !is_left_over(name)).collect();
    let holds = |name: &str| results.iter().any(|result| result == name);
    let unfinished = holds(replications::FOLDER);
    let of_part = |name: &OsString| name == replications::FOLDER || name == SHARD;
    match claim {
        Claim::Over => Ok(()),
        _ if results.is_empty() => Ok(()),
        Claim::GoOn if unfinished => Ok(()),
        Claim::Part if results.iter().all(of_part) => Ok(()),
        Claim::GoOn if holds("manifest.json") => {
            // A kill at the very end leaves a part of what was kept, which nobody reads any more.
            sweep(folder);
            Err(OutputError::Whole { path })
        }
        Claim::New if unfinished && !holds("manifest.json") => {
            let kept = Found::in_folder(folder)?.finished().count();
            let unfinished = checkpoint::in_replications(&folder.join(replications::FOLDER));
            let checkpoints = unfinished.map_or(0, |found| found.len());
            Err(OutputError::BrokenOff {
                path,
                kept,
                checkpoints,
            })
        }
        _ => Err(OutputError::Exists { path }),
    }
}

/// Removes the temporary files and folders of a run that is broken off, as far as the system lets it.
pub fn sweep(folder: &Path) {
    let kept = folder.join(replications::FOLDER);
    let places = [folder.to_owned(), kept.join(checkpoint::UNFINISHED), kept];
    let entries = places.iter().filter_map(|place| fs::read_dir(place).ok());
    for entry in entries.flat_map(Iterator::flatten) {
        if is_left_over(&entry.file_name()) {
            let path = entry.path();
            // They harm nobody, and there is nobody to tell.
            let _ = if path.is_dir() {
                fs::remove_dir_all(path)
            } else {
                fs::remove_file(path)
            };
        }
    }
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

/// Makes the folder, keeps other runs out of it and tries to write into it, before the work begins.
pub fn make(folder: &Path, force: bool) -> Result<Held, OutputError> {
    make_for(folder, Claim::forced(force))
}

/// The same for what a run means to do with it.
pub fn make_for(folder: &Path, claim: Claim) -> Result<Held, OutputError> {
    check_for(folder, claim)?;
    fs::create_dir_all(folder).map_err(|error| OutputError::io(folder, error))?;
    let held = hold(folder)?;
    // Another run may have come and gone since.
    look(folder, claim)?;
    PartialFile::create(folder, "probe")?;
    Ok(held)
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
        let held = make(&folder, false).unwrap();
        for force in [false, true] {
            assert!(matches!(
                make(&folder, force),
                Err(OutputError::InUse { .. })
            ));
        }
        drop(held);
        make(&folder, false).map(drop).unwrap();
        fs::write(folder.join(".runs.parquet.partial"), "").unwrap();
        make(&folder, false).map(drop).unwrap();
        fs::write(folder.join("manifest.json"), "{}").unwrap();
        assert!(matches!(
            check(&folder, false),
            Err(OutputError::Exists { .. })
        ));
        check(&folder, true).unwrap();
        fs::create_dir(folder.join(".replications.partial")).unwrap();
        assert!(matches!(
            check_for(&folder, Claim::GoOn),
            Err(OutputError::Whole { .. })
        ));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
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

    #[test]
    fn what_a_run_kept_is_gone_on_from_or_forced_away() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path();
        for claim in [Claim::New, Claim::GoOn, Claim::Part, Claim::Over] {
            check_for(folder, claim).unwrap();
        }
        fs::create_dir(folder.join(replications::FOLDER)).unwrap();
        fs::write(folder.join("replications/00003.replication"), "").unwrap();
        fs::write(folder.join("replications/.00004.replication.partial"), "").unwrap();
        let unfinished = folder.join("replications/checkpoints");
        fs::create_dir(&unfinished).unwrap();
        for name in [
            "00004-001-00052.checkpoint",
            ".00004-001-00104.checkpoint.partial",
        ] {
            fs::write(unfinished.join(name), "").unwrap();
        }
        let broken_off = check(folder, false);
        assert!(matches!(
            broken_off,
            Err(OutputError::BrokenOff {
                kept: 1,
                checkpoints: 1,
                ..
            })
        ));
        for claim in [Claim::GoOn, Claim::Part, Claim::Over] {
            check_for(folder, claim).unwrap();
        }
        fs::write(folder.join(".weekly.parquet.partial"), "").unwrap();
        fs::write(folder.join(SHARD), "{}").unwrap();
        check_for(folder, Claim::Part).unwrap();
        fs::write(folder.join("summary.csv"), "").unwrap();
        let refused = check_for(folder, Claim::Part);
        assert!(matches!(refused, Err(OutputError::Exists { .. })));
        sweep(folder);
        let left: Vec<_> = fs::read_dir(folder).unwrap().collect();
        assert_eq!(left.len(), 3);
        let left = |place: &Path| fs::read_dir(place).unwrap().count();
        assert_eq!(left(&unfinished), 1);
        assert_eq!(left(&folder.join("replications")), 2);
    }
}
