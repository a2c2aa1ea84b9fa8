//! The checkpoints of a run under way: those that are there are read, new ones are written.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Place, UNFINISHED, format, in_replications};
use crate::experiment::simulator::checkpointed::{Checkpoints, Part, Reached, Resumed};
use crate::output::OutputError;
use crate::output::replications::FOLDER;
use crate::output::replications::fault::Fault;
use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// The checkpoints in the folder of a run. What goes wrong with one is told on standard error, and the work goes on.
#[derive(Debug)]
pub struct Shelf {
    kept: PathBuf,
    digest: [u8; 32],
    every: Option<u32>,
    policies: usize,
    language: Language,
    /// Whether there are none, and none are made: the system is not asked again and again.
    bare: bool,
}

impl Shelf {
    /// For a run with this digest and so many policies in a folder, with so many weeks between two checkpoints;
    /// `None`: those that are there are read, none are made.
    pub fn new(
        folder: &Path,
        digest: [u8; 32],
        every: Option<u32>,
        policies: usize,
        language: Language,
    ) -> Self {
        let kept = folder.join(FOLDER);
        Shelf {
            bare: every.is_none() && !kept.join(UNFINISHED).exists(),
            kept,
            digest,
            every,
            policies,
            language,
        }
    }

    /// The files of a part, the newest first.
    fn files(&self, part: Part) -> Vec<(Place, PathBuf)> {
        if self.bare {
            return Vec::new();
        }
        let mut found = in_replications(&self.kept).unwrap_or_default();
        found.retain(|(place, _)| place.part == part);
        found.reverse();
        found
    }

    /// Removes what a new checkpoint makes useless: older ones of its part, and the burn-in that policies share once
    /// all of them are under way.
    fn tidy(&self, place: Place) {
        let found = in_replications(&self.kept).unwrap_or_default();
        let Part { replication, .. } = place.part;
        let under_way = |policy| {
            let policy = Some(policy);
            let part = Part {
                replication,
                policy,
            };
            found.iter().any(|(other, _)| other.part == part)
        };
        let all = (0..self.policies).all(under_way);
        for (other, path) in &found {
            let older = other.part == place.part && other.week < place.week;
            let shared = other.part.replication == replication && other.part.policy.is_none();
            if older || shared && all {
                // One that is left is passed over for the newer one.
                let _ = fs::remove_file(path);
            }
        }
    }

    fn tell(&self, text: &str) {
        let warning = self.language.pick("警告：", "warning: ");
        // Nobody reads a closed standard error; the work goes on.
        let _ = writeln!(io::stderr(), "{warning}{text}");
    }

    fn tell_of_damage(&self, path: &Path, fault: &Fault) {
        let (path, fault) = (path.display(), fault.text(self.language));
        self.tell(&say!(
            self.language,
            "{path}：{fault}；不用这个检查点，从较早的检查点或从头运行",
            "{path}: {fault}; this checkpoint is passed over for an older one, or the run begins afresh"
        ));
    }

    fn tell_of_refusal(&self, error: &OutputError) {
        let error = error.word(self.language);
        self.tell(&say!(
            self.language,
            "检查点没有写成：{error}；运行继续，此前的检查点保留",
            "no checkpoint was made: {error}; the run goes on, and the checkpoint before is kept"
        ));
    }
}

impl Checkpoints for Shelf {
    fn every(&self) -> Option<u32> {
        self.every
    }

    fn holds(&self, part: Part) -> bool {
        !self.files(part).is_empty()
    }

    fn newest(&self, part: Part) -> Option<Resumed> {
        self.files(part).into_iter().find_map(|(place, path)| {
            let opened = File::open(&path).map_err(|error| Fault::Unreadable(error.to_string()));
            let read = opened.and_then(|file| format::read(file, &self.digest, place));
            match read {
                Ok(resumed) => Some(resumed),
                Err(fault) => {
                    self.tell_of_damage(&path, &fault);
                    None
                }
            }
        })
    }

    fn lay_down(&self, part: Part, week: u32, reached: Reached<'_>) {
        let place = Place { part, week };
        match format::write(&self.kept.join(UNFINISHED), &self.digest, place, reached) {
            Ok(_) => self.tidy(place),
            Err(error) => self.tell_of_refusal(&error),
        }
    }
}
