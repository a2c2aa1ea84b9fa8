//! Checkpoints: unfinished replications as far as they have come, in a folder of their own beside the finished ones.
//!
//! One file a part (a policy in a replication, or the burn-in that its policies share) and week ([`mod@format`]). A new
//! one appears whole or not at all, and the older ones of its part go once it is on the disk; all of a replication go
//! once that is kept as a whole. A file of another run is refused before the work; one that is cut off or changed is
//! passed over with a warning, and an older one is taken, or the part is run afresh.

pub mod format;
pub mod shelf;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::fault::Fault;
use super::identity::Identity;
use super::{FOLDER, unreadable};
use crate::experiment::simulator::checkpointed::Part;
use crate::output::OutputError;

/// Name of the folder within that of the replications.
pub const UNFINISHED: &str = "checkpoints";
const ENDING: &str = "checkpoint";

/// Of what a checkpoint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Part of a replication.
    pub part: Part,
    /// Week of the history that comes next.
    pub week: u32,
}

impl Place {
    /// Name of its file: replication and policy from 1 (0: the shared burn-in), and the week.
    pub fn name(self) -> String {
        let [replication, policy] = self.numbers();
        format!("{replication:05}-{policy:03}-{:05}.{ENDING}", self.week)
    }

    /// What a name is of; nothing if it is no such name.
    pub fn named(file: &str) -> Option<Self> {
        let mut numbers = file
            .strip_suffix(ENDING)?
            .strip_suffix('.')?
            .split('-')
            .map(str::parse::<u32>);
        let mut next = || numbers.next().and_then(Result::ok);
        let (replication, policy, week) = (next()?.checked_sub(1)?, next()?, next()?);
        let policy = policy.checked_sub(1).map(|position| position as usize);
        let part = Part {
            replication,
            policy,
        };
        let place = Place { part, week };
        (place.name() == file).then_some(place)
    }

    /// Replication and policy from 1; 0 is the shared burn-in.
    fn numbers(self) -> [u32; 2] {
        let policy = self.part.policy.map_or(0, |position| position as u32 + 1);
        [self.part.replication + 1, policy]
    }
}

/// The checkpoints beside the replications of a folder, in order; none where there are none.
///
/// # Errors
/// If the system refuses.
pub fn in_replications(kept: &Path) -> io::Result<Vec<(Place, PathBuf)>> {
    let entries = match fs::read_dir(kept.join(UNFINISHED)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        if let Some(place) = name.and_then(Place::named) {
            found.push((place, path));
        }
    }
    found.sort();
    Ok(found)
}

/// Removes the checkpoints of replications that `goes` says, as far as the system lets it: one that is left is
/// never read, for its replication is kept.
pub fn forget(kept: &Path, goes: impl Fn(u32) -> bool) {
    for (place, path) in in_replications(kept).unwrap_or_default() {
        if goes(place.part.replication) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Checks that the checkpoints in the folder of a run are of this run. What is damaged is passed over: it is told when
/// it is to be used.
///
/// # Errors
/// If a whole one is of another run, format or part than it should be, or if the system refuses.
pub fn check(folder: &Path, identity: &Identity) -> Result<(), OutputError> {
    let kept = folder.join(FOLDER);
    let found = in_replications(&kept).map_err(|error| unreadable(&kept, &error))?;
    for (place, path) in found {
        let open = || File::open(&path).map_err(|error| unreadable(&path, &error));
        let Err(fault) = format::check(open()?, *identity.digest(), place) else {
            continue;
        };
        if let Fault::Unreadable(_) = fault {
            return Err(OutputError::Kept { path, fault });
        }
        // What the head says counts only if the file is as it was written.
        if format::is_whole(open()?).map_err(|error| unreadable(&path, &error))? {
            return Err(OutputError::Kept { path, fault });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
