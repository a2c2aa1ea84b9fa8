//! Replications that are kept: those that are there are read, the others run and kept.

use std::sync::Arc;

use super::job::Job;
use crate::cli::interrupt::{self, UnderWay};
use crate::cli::progress::Progress;
use crate::experiment::Plan;
use crate::experiment::run::{Engine, Failure, InTurn, Turns, execute_those};
use crate::model::record::RunRecord;
use crate::output::OutputError;
use crate::output::folder::{self, Claim};
use crate::output::replications::identity::Identity;
use crate::output::replications::keeper::Keeper;
use crate::output::replications::{self, Found, Replication, checkpoint};

/// The kept replications of a job.
pub(super) struct Store<'a> {
    found: Found,
    keeper: Option<Keeper>,
    identity: &'a Identity,
    policies: usize,
    threads: usize,
    /// Workers, and who writes and keeps, together use no more threads than are asked for.
    turns: Arc<Turns>,
    under_way: Option<UnderWay>,
}

impl<'a> Store<'a> {
    /// Opens the folder of replications within that of the results, which exists; of a merged job those of its shards.
    pub(super) fn open(job: &'a Job, plan: &Plan) -> Result<Self, OutputError> {
        let mut store = Store {
            found: Found::default(),
            keeper: None,
            identity: &job.identity,
            policies: plan.policies.len(),
            threads: job.threads,
            turns: Arc::new(Turns::of_machine(job.threads)),
            under_way: None,
        };
        if let Some(merged) = &job.merged {
            store.found = merged.clone();
            return Ok(store);
        }
        let folder = &job.files.folder;
        if job.claim == Claim::Over {
            replications::remove(folder)?;
        }
        // A kill may have left large ones.
        folder::sweep(folder);
        let kept = replications::open(folder, &job.identity)?;
        store.found = Found::in_folder(folder)?;
        store.found.forget_broken();
        checkpoint::forget(&kept, |replication| store.found.has_finished(replication));
        let number = store.found.finished().count() as u32;
        let turns = Arc::clone(&store.turns);
        let keeper = Keeper::new(kept, *job.identity.digest(), number, turns);
        let again = interrupt::Again::of(job.claim);
        store.under_way = Some(interrupt::begin(folder.clone(), keeper.count(), again));
        store.keeper = Some(keeper);
        Ok(store)
    }

    /// So many replications are to be kept in the end.
    pub(super) fn want(&self, replications: u32) {
        if let Some(under_way) = &self.under_way {
            under_way.want(replications);
        }
    }

    /// Whether a replication (from 0) is there.
    pub(super) fn has(&self, replication: u32) -> bool {
        self.found.has_finished(replication)
    }

    /// Hands on replications (from 0, rising) in their order. Returns those that broke off.
    pub(super) fn hand_on<E: Engine<Record = RunRecord>>(
        &mut self,
        engine: &E,
        wanted: &[u32],
        progress: &Progress,
        mut consume: impl FnMut(u32, &[RunRecord]) -> Result<(), OutputError>,
    ) -> Result<Vec<Failure>, OutputError> {
        let (there, missing): (Vec<u32>, Vec<u32>) = wanted
            .iter()
            .partition(|replication| self.found.holds(**replication));
        let mut there = there.into_iter().peekable();
        let mut failures = Vec::new();
        let watch = || progress.advance();
        let (found, policies) = (&self.found, self.policies);
        let read = |replication: u32| {
            (0..policies).for_each(|_| watch());
            found.read(replication, policies, self.identity)
        };
        let turns = &self.turns;
        let mut take = |replication: u32, kept: &Replication| match kept {
            Ok(records) => {
                let _turn = turns.take();
                consume(replication, records)
            }
            Err(failure) => {
                failures.push(failure.clone());
                Ok(())
            }
        };
        let engine = &InTurn::new(engine, turns);
        let keeper = &mut self.keeper;
        let size = (policies, self.threads);
        let broken = execute_those(engine, &missing, size, &watch, |replication, records| {
            while let Some(before) = there.next_if(|before| *before < replication) {
                take(before, &read(before)?)?;
            }
            // It is safe before anybody works on it.
            let kept = Arc::new(Ok(records));
            if let Some(keeper) = keeper {
                keeper.keep(replication, Arc::clone(&kept))?;
            }
            take(replication, &kept)
        })?;
        there.try_for_each(|replication| take(replication, &read(replication)?))?;
        failures.extend(broken);
        failures.sort_by_key(|failure| failure.replication);
        Ok(failures)
    }

    /// Keeps why a replication broke off.
    pub(super) fn keep_failure(&mut self, failure: &Failure) -> Result<(), OutputError> {
        let kept = Arc::new(Err(failure.clone()));
        self.keeper
            .as_mut()
            .map_or(Ok(()), |keeper| keeper.keep(failure.replication, kept))
    }

    /// Waits until everything that was handed over is on the disk.
    pub(super) fn finish(&mut self) -> Result<(), OutputError> {
        self.keeper.as_mut().map_or(Ok(()), Keeper::finish)
    }
}
