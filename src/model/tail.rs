//! The tail of natural losses: many years of natural dangers alone, from the states of a run.
//!
//! A run of ten years sees ten natural years; a loss that comes once in a hundred needs thousands. So each
//! year of each replication is asked what else nature could have brought: from the state in which the year
//! begins – what people have prepared and insured, works, trained people, heed of warnings, what insurers
//! and the pool have left – other natural years are drawn from the same generator, met, and settled by
//! the policy's own layers. Years are numbered over all replications; the numbers decide both the dangers,
//! which are the same under every policy, and the state, so that a longer tail only adds years.
//!
//! Within such a year warnings heeded, victims, yearly limits and funds change as they do in a run. Citizens,
//! enterprises and stocks stand still, and no other danger is met: accidents that nature sets off, too, are
//! left out. Nothing of it comes back into the run.

use serde::{Deserialize, Serialize};

use crate::model::hazards::candidates::WEEKS_PER_YEAR;
use crate::model::hazards::natural::NaturalYears;
use crate::model::record::{Checks, RunRecord, TailRecord};
use crate::model::run::Run;
use crate::model::stages::{
    Event, impact::impact, intervene::intervene, occur::root, settle::settle,
};
use crate::model::state::State;
use crate::model::{History, Model, Regime};

/// Set in the replication number of a tail's histories, which no replication of a run has.
const TAIL: u32 = 1 << 31;
/// Class of natural events in an identity, above the number of the year and that of the event within it.
const NATURAL: u64 = 2 << 40;
/// Bits of the number of an event within its year.
const EVENT_BITS: u32 = 16;

/// The part of a tail that falls to the run of one replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TailShare {
    /// Natural years of all replications together.
    pub years: u32,
    /// Replications of the experiment.
    pub replications: u32,
}

impl TailShare {
    /// The natural years that begin where a year (of the `horizon`) of a replication begins: the number of
    /// each among all, and its number among those of the replication.
    ///
    /// Year i begins in the state of slot i mod (replications · horizon), slots being counted year by year,
    /// replication by replication.
    pub fn numbers(
        self,
        replication: u32,
        year: u32,
        horizon: u32,
    ) -> impl Iterator<Item = [u32; 2]> {
        let slots = u64::from(self.replications) * u64::from(horizon);
        let slot = u64::from(replication) * u64::from(horizon) + u64::from(year);
        // Replications that a wanted precision adds later have no part in it.
        let part = if replication < self.replications {
            self.years
        } else {
            0
        };
        let rounds = 0..part.div_ceil(slots.clamp(1, u64::from(u32::MAX)) as u32);
        rounds
            .map(move |round| {
                [
                    u64::from(round) * slots + slot,
                    u64::from(round * horizon + year),
                ]
            })
            .take_while(move |[number, _]| *number < u64::from(self.years))
            .map(|numbers| numbers.map(|number| number as u32))
    }
}

/// The tail of one run under way.
pub(super) struct Tail<'a> {
    model: &'a Model,
    regime: &'a Regime,
    natural: NaturalYears<'a>,
    share: TailShare,
    seed: u64,
    replication: u32,
    gathered: Gathered,
}

/// What a tail has gathered so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Gathered {
    record: TailRecord,
    checks: Checks,
}

impl<'a> Tail<'a> {
    /// For the run of a policy through a history, with what it has gathered before.
    pub(super) fn new(
        model: &'a Model,
        regime: &'a Regime,
        history: &History,
        share: TailShare,
        gathered: Gathered,
    ) -> Self {
        Tail {
            natural: NaturalYears::new(&model.world, &model.society, &model.tables.exposure),
            seed: history.seed,
            replication: history.replication,
            gathered,
            model,
            regime,
            share,
        }
    }

    /// Lives through the natural years that begin where a year of the run (of `horizon`) begins.
    pub(super) fn begin_at(&mut self, start: &State, year: u32, horizon: u32) {
        let mut numbers = self.share.numbers(self.replication, year, horizon);
        let Some(mut next) = numbers.next() else {
            return;
        };
        let mut state = start.clone();
        loop {
            let [number, own] = next;
            state = self.year(number, own, state);
            let Some(after) = numbers.next() else {
                return;
            };
            next = after;
            again(&mut state, start);
        }
    }

    /// One natural year from a state; gives back what it leaves.
    fn year(&mut self, number: u32, own: u32, mut state: State) -> State {
        let replication = TAIL | self.replication;
        let natural = self.natural.year(self.seed, replication, own);
        let history = History::gather(
            self.model,
            self.seed,
            replication,
            WEEKS_PER_YEAR,
            Vec::new(),
            natural,
        );
        state.week = 0;
        let mut run = Run::new(self.model, self.regime, &history, state, 0, true);
        meet(&mut run, own);
        run.close_year();
        let (record, state) = run.finish_with_state();
        self.gathered.checks.join(&record.checks);
        self.keep(number, record);
        state
    }

    fn keep(&mut self, number: u32, record: RunRecord) {
        let tail = &mut self.gathered.record;
        let position = tail.years.len() as u32;
        tail.numbers.push(number);
        tail.years.extend(record.years);
        let rows = record.ledger.into_iter();
        tail.ledger.extend(rows.map(|mut row| {
            row.year = position;
            row
        }));
    }

    /// What it has gathered so far.
    pub(super) fn gathered(&self) -> &Gathered {
        &self.gathered
    }

    /// Puts the years into the record of the run, with what its self-checks found.
    pub(super) fn finish(self, record: &mut RunRecord) {
        record.checks.join(&self.gathered.checks);
        record.tail = self.gathered.record;
    }
}

/// Meets every danger of a year in order of time; what it sets off is left out.
fn meet(run: &mut Run, year: u32) {
    let history = run.history;
    run.common_factors();
    run.scratch.relative_take_up = run.relative_take_up();
    let first = NATURAL | u64::from(year) << EVENT_BITS;
    for (candidate, second) in history.candidates.iter().zip(&history.seconds) {
        run.state.week = history.natural.events[candidate.source as usize].week;
        let event = Event {
            identity: first | u64::from(candidate.number),
            ..root(run, candidate, *second)
        };
        let response = intervene(run, &event);
        let harm = impact(run, &event, &response);
        settle(run, &event, &response, &harm);
        run.scratch.queue.clear();
    }
    run.state.week = WEEKS_PER_YEAR;
}

/// Puts back what a natural year changed in a state.
fn again(state: &mut State, start: &State) {
    state.counties.clone_from(&start.counties);
    state.damages.clone_from(&start.damages);
    state.books.insurers = start.books.insurers;
    state.books.pool = start.books.pool;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thirty natural years from three replications of four years: every year once, and in a replication every
    /// number of its own once.
    #[test]
    fn every_natural_year_begins_in_one_slot() {
        let share = TailShare {
            years: 30,
            replications: 3,
        };
        let (mut all, mut most) = (Vec::new(), 0);
        for replication in 0..3 {
            let years = (0..4).flat_map(|year| share.numbers(replication, year, 4));
            let (numbers, mut own): (Vec<u32>, Vec<u32>) = years.map(|[a, b]| (a, b)).unzip();
            own.sort_unstable();
            own.dedup();
            assert_eq!(own.len(), numbers.len());
            most = most.max(numbers.len());
            all.extend(numbers);
        }
        all.sort_unstable();
        assert_eq!(all, (0..30).collect::<Vec<u32>>());
        assert_eq!(most, 12);
        assert_eq!(share.numbers(3, 0, 4).count(), 0);
    }
}
