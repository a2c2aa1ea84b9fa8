//! Whether checkpoints fit on the disk: asked before any work is done.

use std::fs;
use std::path::Path;

use super::Failure;
use super::compare::Job;
use super::numbers::bytes as size;
use crate::experiment::memory::{Memory, Room};
use crate::fault_injection;
use crate::output::replications::FOLDER;
use crate::output::replications::checkpoint::UNFINISHED;
use crate::scenario::CheckedExperiment;
use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// What checkpoints take of the disk, and what there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Checkpoints {
    every: u32,
    room: Room,
    /// Room for what is kept (bytes): free, or taken by what is kept already. Unknown where the system does not say.
    available: Option<u64>,
}

impl Checkpoints {
    /// Of a job; `None` if it makes none.
    pub(super) fn of(checked: &CheckedExperiment, job: &Job) -> Option<Self> {
        let every = job.checkpoint_every?;
        let mut asked = checked.clone();
        let replications = &mut asked.experiment.replications;
        let most = job.until.as_ref().and_then(|until| until.looks.last());
        *replications = most.copied().unwrap_or(*replications);
        if let Some(shard) = job.shard {
            *replications = shard.replications(*replications).len() as u32;
        }
        let folder = &job.files.folder;
        Some(Checkpoints {
            every,
            room: Memory::of(&asked).room(job.threads),
            available: free_bytes(folder).map(|free| {
                free + kept_bytes(&folder.join(FOLDER))
                    + kept_bytes(&folder.join(FOLDER).join(UNFINISHED))
            }),
        })
    }

    /// How often, how large, and what there is: one line.
    pub(super) fn text(&self, language: Language) -> String {
        let (every, one) = (self.every, size(self.room.checkpoint));
        let (number, all) = (self.room.at_once, size(self.room.bytes));
        let free = match self.available {
            Some(bytes) => size(bytes),
            None => language.pick("未知", "unknown").to_owned(),
        };
        say!(
            language,
            "检查点：每 {every} 周一个，每个至多约 {one}，同时至多 {number} 个；连同已完成的模拟至多占用磁盘 {all}，可用 {free}\n",
            "checkpoints: every {every} weeks, each at most about {one}, at most {number} at once; with finished replications at most {all} of the disk, of which {free} are there\n"
        )
    }

    /// Refuses what does not fit.
    fn fit(&self, folder: &Path, language: Language) -> Result<(), Failure> {
        let Some(available) = self.available.filter(|bytes| *bytes < self.room.bytes) else {
            return Ok(());
        };
        let (one, number, needed) = (
            size(self.room.checkpoint),
            self.room.at_once,
            size(self.room.bytes),
        );
        let (folder, available) = (folder.display(), size(available));
        Err(Failure::Usage(say!(
            language,
            "磁盘空间不够：检查点每个约 {one}、同时至多 {number} 个，连同已完成的模拟约需 {needed}，{folder} 所在磁盘只有 {available}。请用 --out 另选磁盘，减少 --threads，加大 --people-per-agent，或不用 --checkpoint-every",
            "not enough room on the disk: checkpoints of about {one}, at most {number} at once, take about {needed} with the finished replications, and {available} are there for {folder}. Choose another disk with --out, fewer --threads or a larger --people-per-agent, or leave out --checkpoint-every"
        )))
    }
}

/// Refuses a job whose checkpoints do not fit.
///
/// # Errors
/// With what to do about it.
pub(super) fn fit(
    checked: &CheckedExperiment,
    job: &Job,
    language: Language,
) -> Result<(), Failure> {
    let room = Checkpoints::of(checked, job);
    room.map_or(Ok(()), |room| room.fit(&job.files.folder, language))
}

/// Bytes of the files in a folder; none where there is no such folder.
fn kept_bytes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let lengths = entries.filter_map(|entry| Some(entry.metadata().ok()?.len()));
    lengths.sum()
}

/// Room that is free for the user where a folder is or will be (bytes); unknown where the system does not say.
fn free_bytes(folder: &Path) -> Option<u64> {
    fault_injection::disk().or_else(|| {
        let whole = std::path::absolute(folder).ok()?;
        free_of(whole.ancestors().find(|path| path.exists())?)
    })
}

#[cfg(unix)]
fn free_of(path: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(path).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(not(unix))]
fn free_of(_: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkpoints(available: Option<u64>) -> Checkpoints {
        Checkpoints {
            every: 52,
            room: Room {
                checkpoint: 7_100_000_000,
                at_once: 2,
                bytes: 14_500_000_000,
            },
            available,
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_with_what_to_do() {
        let folder = Path::new("output/x");
        for language in [Language::Chinese, Language::English] {
            assert!(checkpoints(None).fit(folder, language).is_ok());
            let just = checkpoints(Some(14_500_000_000));
            assert!(just.fit(folder, language).is_ok());
            let Err(Failure::Usage(text)) = checkpoints(Some(14_499_999_999)).fit(folder, language)
            else {
                panic!("fits");
            };
            for part in [
                "7.10 GB",
                "14.5 GB",
                "output/x",
                "--out",
                "--checkpoint-every",
            ] {
                assert!(text.contains(part), "{text}");
            }
            let text = just.text(language);
            assert!(text.contains("52") && text.contains("7.10 GB"), "{text}");
        }
    }

    #[test]
    fn room_is_counted_where_the_folder_will_be() {
        let root = tempfile::tempdir().unwrap();
        let inner = root.path().join("not/yet/there");
        assert!(cfg!(not(unix)) || free_bytes(&inner).is_some_and(|bytes| bytes > 0));
        fs::write(root.path().join("a"), "12345").unwrap();
        assert_eq!((kept_bytes(root.path()), kept_bytes(&inner)), (5, 0));
    }
}
