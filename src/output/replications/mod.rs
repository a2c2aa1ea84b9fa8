//! Finished replications that are kept while a run is under way, so that a run which was broken off goes on
//! and parts of a run that were made apart are put together.
//!
//! They stand in the folder [`FOLDER`] within that of the results: one file a replication ([`mod@format`]), which appears
//! whole or not at all, and [`identity`], which says of what run they are. What is read is never trusted: another
//! run, another version, a file that is cut off or changed are refused by name ([`fault`]). The folder goes when all
//! results are written. Unfinished ones may be there as far as they have come ([`checkpoint`]).

pub mod checkpoint;
pub mod checksum;
pub mod fault;
pub mod format;
pub mod identity;
pub mod keeper;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::OutputError;
use crate::experiment::run::Failure;
use crate::model::record::RunRecord;
use fault::Fault;
use identity::Identity;

/// Name of the folder within that of the results.
pub const FOLDER: &str = "replications";
/// Name under which it stands while it is removed.
const GOING: &str = ".replications.partial";

/// A replication: the records of all policies in the plan's order, or why it broke off.
pub type Replication = Result<Vec<RunRecord>, Failure>;

/// Files of replications, in one folder or several.
#[derive(Clone, Debug, Default)]
pub struct Found {
    finished: BTreeMap<u32, PathBuf>,
    broken: BTreeMap<u32, PathBuf>,
}

impl Found {
    /// What is kept in the folder of a run; nothing where there is no such folder. Names alone are read.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn in_folder(folder: &Path) -> Result<Self, OutputError> {
        let kept = folder.join(FOLDER);
        let mut found = Found::default();
        let entries = match fs::read_dir(&kept) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
            Err(error) => return Err(unreadable(&kept, &error)),
        };
        for entry in entries {
            let path = entry.map_err(|error| unreadable(&kept, &error))?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            match name.and_then(format::named) {
                Some((replication, true)) => found.finished.insert(replication, path),
                Some((replication, false)) => found.broken.insert(replication, path),
                None => None,
            };
        }
        Ok(found)
    }

    /// Replications (from 0) that finished, in order.
    pub fn finished(&self) -> impl Iterator<Item = u32> {
        self.finished.keys().copied()
    }

    /// Whether a replication finished.
    pub fn has_finished(&self, replication: u32) -> bool {
        self.finished.contains_key(&replication)
    }

    /// Whether a replication finished or broke off.
    pub fn holds(&self, replication: u32) -> bool {
        self.has_finished(replication) || self.broken.contains_key(&replication)
    }

    /// Of these replications alone.
    #[must_use]
    pub fn of(mut self, replications: &[u32]) -> Self {
        let wanted = |replication: &u32, _: &mut PathBuf| replications.contains(replication);
        self.finished.retain(wanted);
        self.broken.retain(wanted);
        self
    }

    /// Takes in what other folders hold.
    pub fn join(&mut self, other: Found) {
        self.finished.extend(other.finished);
        self.broken.extend(other.broken);
    }

    /// Forgets replications that broke off, so that they are tried again.
    pub fn forget_broken(&mut self) {
        self.broken.clear();
    }

    /// As if these had finished, in no folder.
    #[cfg(test)]
    pub(crate) fn of_finished(replications: &[u32]) -> Self {
        let finished = replications.iter().map(|one| (*one, PathBuf::new()));
        Found {
            finished: finished.collect(),
            ..Found::default()
        }
    }

    /// Reads a replication with so many policies.
    ///
    /// # Errors
    /// If its file is not what was kept of this run.
    pub fn read(
        &self,
        replication: u32,
        policies: usize,
        identity: &Identity,
    ) -> Result<Replication, OutputError> {
        let path = self.finished.get(&replication);
        let path = path.or_else(|| self.broken.get(&replication));
        let path = path.cloned().unwrap_or_default();
        let content = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
        let read = format::read(&content, identity.digest(), replication);
        let refused = |fault| OutputError::Kept {
            path: path.clone(),
            fault,
        };
        let read = read.map_err(refused)?;
        match &read {
            Ok(records) if records.len() != policies => Err(refused(Fault::Changed)),
            _ => Ok(read),
        }
    }
}

/// Makes the folder for a run, or checks that the one that is there is of the same run.
///
/// # Errors
/// If it is of another run, or cannot be written.
pub fn open(folder: &Path, identity: &Identity) -> Result<PathBuf, OutputError> {
    let kept = folder.join(FOLDER);
    check(folder, identity)?;
    fs::create_dir_all(&kept).map_err(|error| OutputError::io(&kept, error))?;
    identity.write(&kept)?;
    Ok(kept)
}

/// Checks that what is kept in the folder of a run, if anything, is of this run.
///
/// # Errors
/// If it is of another run.
pub fn check(folder: &Path, identity: &Identity) -> Result<(), OutputError> {
    let kept = folder.join(FOLDER);
    if Found::in_folder(folder)?.finished.is_empty() && !kept.join(identity::FILE).exists() {
        return Ok(());
    }
    let differences = Identity::read(&kept)?.differences(identity);
    if differences.is_empty() {
        return Ok(());
    }
    Err(OutputError::OtherRun {
        path: kept,
        differences,
    })
}

/// Removes the folder of a run whose results are written or begun afresh: at any instant it is there whole or not
/// there at all.
///
/// # Errors
/// If the system refuses.
pub fn remove(folder: &Path) -> Result<(), OutputError> {
    let (kept, going) = (folder.join(FOLDER), folder.join(GOING));
    for path in [&going, &kept] {
        if path == &kept && kept.exists() {
            fs::rename(&kept, &going).map_err(|error| OutputError::io(&kept, error))?;
        }
        if going.exists() {
            empty(&going)
                .and_then(|()| fs::remove_dir_all(&going))
                .map_err(|error| OutputError::io(&going, error))?;
        }
    }
    Ok(())
}

/// Removes the files of a folder, several at once: each waits for the system.
fn empty(folder: &Path) -> io::Result<()> {
    let files: Vec<_> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    files
        .into_par_iter()
        .try_for_each(|file| match file.file_type()? {
            kind if kind.is_dir() => Ok(()),
            _ => fs::remove_file(file.path()),
        })
}

fn unreadable(path: &Path, error: &io::Error) -> OutputError {
    OutputError::Kept {
        path: path.to_owned(),
        fault: Fault::Unreadable(error.to_string()),
    }
}

#[cfg(test)]
mod tests;
