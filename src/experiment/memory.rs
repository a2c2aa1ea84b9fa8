//! How much memory a plan takes, reckoned from its inputs before anything is built.
//!
//! Agents rule it: twelve bytes a citizen agent (eight of the world, four of a state) and some hundred and ten an
//! enterprise agent. A state is alive for every replication under way and, where several policies
//! start from it, once more for each run; a society once, or once for each worker.

use super::cost::people;
use crate::model::world::enterprises::agents_at_most;
use crate::scenario::CheckedExperiment;

/// Bytes of a citizen agent in the world, which all runs share.
const CITIZEN_FACTS: u64 = 8;
/// Bytes of a citizen agent in a state.
const CITIZEN_STATE: u64 = 4;
/// Bytes of an enterprise agent in the world.
const ENTERPRISE_FACTS: u64 = 84;
/// Bytes of an enterprise agent in a state; habits included.
const ENTERPRISE_STATE: u64 = 36;
/// Bytes of the program with its tables and fonts.
const PROGRAM: u64 = 60_000_000;
/// Bytes of what could happen in a replication, a person and year of its history.
const HISTORY_PER_PERSON_YEAR: f64 = 0.006;
/// Bytes of what a run writes down, a person and year: kept until its replication is handed on.
const RECORD_PER_PERSON_YEAR: f64 = 0.0022;

/// Bytes of a county in a checkpoint.
const CHECKPOINT_OF_COUNTY: u64 = 800;
/// Bytes of the books and sums of the whole society in a checkpoint.
const CHECKPOINT_OF_BOOKS: u64 = 200_000;

/// What lives at once while the runs of an experiment are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// What a run writes down waits until its replication is handed on.
    Records,
    /// A run leaves a few figures; what it wrote down is dropped at once.
    Figures,
    /// Likewise, and each worker has a society of its own, with all its replications.
    Societies,
}

/// Memory of an experiment's parts (bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// The program and the society, which all runs share.
    pub shared: u64,
    /// A state of the society.
    pub state: u64,
    /// What could happen in a replication.
    pub history: u64,
    /// What a run writes down.
    pub record: u64,
    counties: u64,
    replications: u64,
    policies: u64,
}

impl Memory {
    /// For an experiment.
    pub fn of(checked: &CheckedExperiment) -> Self {
        let experiment = &checked.experiment;
        let (society, tables) = (&checked.society.society, &checked.society.tables);
        let people = people(checked);
        let scale = experiment.people_per_agent.max(1);
        let counties: u64 = tables
            .provinces
            .iter()
            .map(|row| u64::from(row.counties))
            .sum();
        // Rounding gives every county one agent more at most.
        let citizens = people / u64::from(scale) + counties;
        let enterprises = agents_at_most(society, tables, scale);
        let years = f64::from(experiment.burn_in_years + experiment.years);
        let over_history = |bytes: f64| (bytes * people as f64 * years) as u64;
        Memory {
            shared: PROGRAM + CITIZEN_FACTS * citizens + ENTERPRISE_FACTS * enterprises,
            state: CITIZEN_STATE * citizens + ENTERPRISE_STATE * enterprises,
            history: over_history(HISTORY_PER_PERSON_YEAR),
            record: over_history(RECORD_PER_PERSON_YEAR),
            counties,
            replications: u64::from(experiment.replications.max(1)),
            policies: checked.policies.len().max(1) as u64,
        }
    }

    /// The experiment on so many worker threads (bytes).
    pub fn on(&self, keeping: Keeping, threads: usize) -> u64 {
        let threads = threads.max(1) as u64;
        if keeping == Keeping::Societies {
            let society = self.shared - PROGRAM + self.replications * (self.state + self.history);
            // One more waits for its turn.
            return PROGRAM + (threads + 1) * society + threads * (self.state + self.record);
        }
        let replications = self.replications.min(threads);
        let runs = (self.replications * self.policies).min(threads);
        // The last policy of a replication takes over the state that the others started from.
        let copies = if self.policies > 1 { runs } else { 0 };
        let waiting = match keeping {
            // One being used, and one being written down for a resume, besides those under way.
            Keeping::Records => self.policies * (replications + 2),
            _ => runs,
        };
        self.shared
            + (replications + copies) * self.state
            + replications * self.history
            + waiting * self.record
    }

    /// The most worker threads, up to `asked`, with which the experiment stays within `available` bytes;
    /// none if one is too many.
    pub fn threads_within(&self, keeping: Keeping, available: u64, asked: usize) -> Option<usize> {
        (1..=asked.max(1))
            .rev()
            .find(|threads| self.on(keeping, *threads) <= available)
    }
}

/// Room on the disk for unfinished replications that are laid down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// A checkpoint (bytes), at most.
    pub checkpoint: u64,
    /// Checkpoints that are there at once, at most.
    pub at_once: u64,
    /// All of them, with the replications that are finished (bytes), at most.
    pub bytes: u64,
}

impl Memory {
    /// What checkpoints take of the disk on so many worker threads: of each run under way the one that is there and
    /// the one that is written, and of each replication the burn-in that several policies share.
    pub fn room(&self, threads: usize) -> Room {
        let threads = threads.max(1) as u64;
        let runs = (self.replications * self.policies).min(threads);
        let shared = if self.policies > 1 {
            self.replications.min(threads)
        } else {
            0
        };
        let checkpoint =
            self.state + self.record + CHECKPOINT_OF_COUNTY * self.counties + CHECKPOINT_OF_BOOKS;
        let at_once = 2 * runs + shared;
        let records = self.policies * (self.replications + threads) * self.record;
        Room {
            checkpoint,
            at_once,
            bytes: at_once * checkpoint + records,
        }
    }
}

/// Memory that an experiment takes on so many worker threads (bytes).
pub fn plan_bytes(checked: &CheckedExperiment, keeping: Keeping, threads: usize) -> u64 {
    Memory::of(checked).on(keeping, threads)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overrides, without_file};

    fn memory(people_per_agent: u32, policies: &[&str]) -> Memory {
        let overrides = Overrides {
            policies: policies.iter().map(|&key| key.to_owned()).collect(),
            people_per_agent: Some(people_per_agent),
            replications: Some(3),
            years: Some(1),
            ..Overrides::default()
        };
        Memory::of(&without_file("china-2020", &overrides).unwrap())
    }

    #[test]
    fn everybody_takes_twelve_bytes_and_enterprises_at_most_four_gibibytes() {
        let memory = memory(1, &["current-2020"]);
        let citizens = 12.0 * 1.4098e9;
        let rest = memory.on(Keeping::Records, 1) as f64 - citizens;
        assert!(rest > 0.0 && rest < 4.3e9, "{rest}");
    }

    #[test]
    fn states_are_counted_once_a_replication_and_once_a_run() {
        let more = |memory: &Memory, keeping| memory.on(keeping, 2) - memory.on(keeping, 1);
        let one = memory(1000, &["current-2020"]);
        let second = one.state + one.history + one.record;
        assert_eq!(more(&one, Keeping::Records), second);
        let two = memory(1000, &["current-2020", "network"]);
        let second = 2 * two.state + two.history + 2 * two.record;
        assert_eq!(more(&two, Keeping::Records), second);
        assert_eq!(more(&two, Keeping::Figures), second - two.record);
        // Three replications keep no more than three starts; six runs no more than six copies.
        assert_eq!(two.on(Keeping::Records, 7), two.on(Keeping::Records, 6));
    }

    #[test]
    fn every_worker_has_a_society_and_one_more_waits() {
        let two = memory(1000, &["current-2020", "network"]);
        let society = two.shared - PROGRAM + 3 * (two.state + two.history);
        let one = two.on(Keeping::Societies, 1);
        assert_eq!(one, PROGRAM + 2 * society + two.state + two.record);
        let second = two.on(Keeping::Societies, 2) - one;
        assert_eq!(second, society + two.state + two.record);
    }

    #[test]
    fn a_run_lays_down_two_checkpoints_at_once_and_policies_share_another() {
        let one = memory(100, &["current-2020"]).room(2);
        assert!(one.at_once == 4 && one.checkpoint > 60_000_000, "{one:?}");
        let two = memory(100, &["current-2020", "network"]);
        assert_eq!(two.room(1).at_once, 3);
        assert_eq!(two.room(9).at_once, 2 * 6 + 3);
        let records = 2 * (3 + 1) * two.record;
        assert_eq!(two.room(1).bytes, 3 * one.checkpoint + records);
    }

    #[test]
    fn as_many_threads_as_fit() {
        let memory = memory(100, &["current-2020", "network"]);
        for keeping in [Keeping::Records, Keeping::Figures, Keeping::Societies] {
            let fits = |available| memory.threads_within(keeping, available, 8);
            assert_eq!(fits(memory.on(keeping, 2)), Some(2));
            assert_eq!(fits(memory.on(keeping, 8)), Some(8));
            assert_eq!(fits(memory.on(keeping, 1) - 1), None);
        }
    }
}
