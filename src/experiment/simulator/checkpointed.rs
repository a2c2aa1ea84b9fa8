//! A simulator whose unfinished replications are laid down at an interval of weeks, and go on from there.
//!
//! The burn-in that policies share is laid down as a part of its own; each policy from then on as another, and
//! as its record once it is finished. A part that is not there, or cannot be trusted, is run afresh, so what is laid
//! down changes how long the work takes and nothing else.

use super::Simulator;
use crate::experiment::run::Engine;
use crate::fault_injection;
use crate::model::journey::{Begun, LaidDown, UnderWay};
use crate::model::record::RunRecord;
use crate::model::settlement::ledger::Ledger;
use crate::model::{History, Model, State};
use crate::scenario::experiment::Start;

/// A part of a replication that is laid down by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Replication (from 0).
    pub replication: u32,
    /// Policy (position in the plan); `None` = the burn-in that all share.
    pub policy: Option<usize>,
}

/// How far a part has come, to be laid down.
#[derive(Clone, Copy, Debug)]
pub enum Reached<'a> {
    /// A week of the burn-in.
    BurnIn(UnderWay<'a>),
    /// A week of the years after it.
    Years(UnderWay<'a>),
    /// The end.
    Finished(&'a RunRecord),
}

/// How far a part had come when it was laid down.
#[derive(Clone, Debug)]
pub enum Resumed {
    /// A week of the burn-in.
    BurnIn(Box<LaidDown>),
    /// A week of the years after it.
    Years(Box<LaidDown>),
    /// The end.
    Finished(Box<RunRecord>),
}

/// Where parts are laid down. Errors are its own affair: the work goes on without.
pub trait Checkpoints: Sync {
    /// Weeks of the history between two checkpoints; `None` = none are made.
    fn every(&self) -> Option<u32>;
    /// Whether something is laid down of a part, whole or not.
    fn holds(&self, part: Part) -> bool;
    /// The newest of a part that is whole.
    fn newest(&self, part: Part) -> Option<Resumed>;
    /// Lays a part down, at a week of the history.
    fn lay_down(&self, part: Part, week: u32, reached: Reached<'_>);
}

/// No place: nothing is laid down.
#[derive(Clone, Copy, Debug)]
pub struct Nowhere;

impl Checkpoints for Nowhere {
    fn every(&self) -> Option<u32> {
        None
    }

    fn holds(&self, _: Part) -> bool {
        false
    }

    fn newest(&self, _: Part) -> Option<Resumed> {
        None
    }

    fn lay_down(&self, _: Part, _: u32, _: Reached<'_>) {}
}

/// A simulator with the place where its replications are laid down.
pub struct Checkpointed<'a, C> {
    /// The simulator.
    pub simulator: &'a Simulator,
    /// The place.
    pub checkpoints: C,
}

impl<C: Checkpoints> Engine for Checkpointed<'_, C> {
    /// The state is left out where no policy needs it: where all of them are under way.
    type Start = (History, Option<State>);
    type Record = RunRecord;

    fn prepare(&self, replication: u32) -> Self::Start {
        fault_injection::replication(replication, None);
        let history = self.simulator.history(replication);
        let under_way = |policy| {
            let policy = Some(policy);
            self.checkpoints.holds(Part {
                replication,
                policy,
            })
        };
        let own = self.simulator.start == Start::OwnEquilibrium;
        let needed = !own && !(0..self.simulator.regimes.len()).all(under_way);
        let mut state = needed.then(|| self.shared_burn_in(&history));
        if let Some(state) = &mut state {
            // Each policy begins with its own: this one need not be copied with the rest.
            state.books.ledger = Ledger::of_nothing();
        }
        (history, state)
    }

    fn run(&self, (history, state): &Self::Start, policy: usize) -> RunRecord {
        self.live(history, policy, || state.clone())
    }

    fn run_last(&self, (history, state): Self::Start, policy: usize) -> RunRecord {
        self.live(&history, policy, || state)
    }
}

impl<C: Checkpoints> Checkpointed<'_, C> {
    /// The state at the end of the burn-in that policies share.
    fn shared_burn_in(&self, history: &History) -> State {
        let part = Part {
            replication: history.replication,
            policy: None,
        };
        let laid_down = match self.checkpoints.newest(part) {
            Some(Resumed::BurnIn(laid_down)) => Some(*laid_down),
            _ => None,
        };
        self.burn_in(history, part, laid_down)
    }

    /// The state at the end of a burn-in: the baseline's for all, or a policy's own.
    fn burn_in(&self, history: &History, part: Part, laid_down: Option<LaidDown>) -> State {
        let simulator = self.simulator;
        let regime = match part.policy {
            Some(policy) => &simulator.regimes[policy],
            None => &simulator.baseline,
        };
        let weeks = simulator.burn_in_weeks;
        let mut watch =
            |under_way: &UnderWay<'_>| self.watch(part, under_way, Reached::BurnIn(*under_way));
        simulator
            .model
            .burn_in_from(regime, history, weeks, laid_down, &mut watch)
    }

    fn live(
        &self,
        history: &History,
        policy: usize,
        shared: impl FnOnce() -> Option<State>,
    ) -> RunRecord {
        let simulator = self.simulator;
        let part = Part {
            replication: history.replication,
            policy: Some(policy),
        };
        fault_injection::replication(part.replication, part.policy);
        let regime = &simulator.regimes[policy];
        let anew = |state| Begun::Anew(Box::new(state));
        let begun = match self.checkpoints.newest(part) {
            Some(Resumed::Finished(record)) => return *record,
            Some(Resumed::Years(laid_down)) => Begun::Before(laid_down),
            Some(Resumed::BurnIn(laid_down)) => anew(self.burn_in(history, part, Some(*laid_down))),
            None if simulator.start == Start::OwnEquilibrium => {
                anew(self.burn_in(history, part, None))
            }
            None => {
                let state = shared().unwrap_or_else(|| self.shared_burn_in(history));
                anew(Model::announced(regime, state))
            }
        };
        let length = (simulator.burn_in_weeks, simulator.years);
        let mut watch =
            |under_way: &UnderWay<'_>| self.watch(part, under_way, Reached::Years(*under_way));
        let record =
            simulator
                .model
                .live(regime, history, length, simulator.tail, begun, &mut watch);
        if self.checkpoints.every().is_some() {
            let reached = Reached::Finished(&record);
            self.checkpoints.lay_down(part, simulator.weeks(), reached);
        }
        record
    }

    /// Lays a part down where a checkpoint is due; at the end its record is laid down instead.
    fn watch(&self, part: Part, under_way: &UnderWay<'_>, reached: Reached<'_>) {
        let Some(every) = self.checkpoints.every() else {
            return;
        };
        let week = under_way.state.week;
        if week.is_multiple_of(every) && week < self.simulator.weeks() {
            self.checkpoints.lay_down(part, week, reached);
        }
    }
}
