//! Enterprise agents whose review is due, and what each of them works out for itself: some abreast, and in
//! parallel where there are many.

use std::array;
use std::ops::Range;

use rayon::prelude::*;

use super::Run;
use crate::model::Model;
use crate::model::lanes::{ABREAST, Abreast};
use crate::model::stages::pressure;
use crate::vocabulary::{Table, Trade};

/// Agents that are asked together: enough for threads to be worth waking, few enough for what they answer to stay
/// in the last cache.
const TOGETHER: usize = 1 << 17;
/// The same of those who look at nobody else: what they answer stays in a nearer cache.
const TOGETHER_ALONE: usize = 1 << 14;
/// Agents that are not worth dividing among threads: some ten microseconds of work.
const UNDIVIDED: usize = 1 << 10;

/// Enterprise agents abreast. Where there are too few, the last of them fills the row.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The agents.
    pub agents: Abreast<usize>,
    /// How many of them are in the row for themselves.
    pub count: usize,
}

/// Facts of the enterprises of a row.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Numbers of their classes.
    pub class: Abreast<u8>,
    /// Numbers of their trades.
    pub trade: Abreast<u8>,
    /// Provinces.
    pub province: Abreast<u16>,
    /// Establishments that each stands for.
    pub establishments: Abreast<f64>,
    /// Workers of all of them.
    pub workers: Abreast<f64>,
}

impl Facts {
    /// Figures of their trades.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub fn of_trade(&self, of_trades: &Table<Trade, f64>) -> Abreast<f64> {
        let mut found = [0.0; ABREAST];
        for (found, trade) in found.iter_mut().zip(&self.trade) {
            *found = of_trades.values()[usize::from(*trade)];
        }
        found
    }
}

impl Row {
    /// A row from an agent on, none of it from `end` on.
    fn new(first: usize, end: usize) -> Self {
        Row {
            agents: array::from_fn(|lane| (first + lane).min(end - 1)),
            count: (end - first).min(ABREAST),
        }
    }

    /// Agents that are in the row for themselves.
    pub fn own(&self) -> Range<usize> {
        self.agents[0]..self.agents[0] + self.count
    }

    /// One agent, of which alone what is worked out of the row holds.
    pub fn alone(agent: usize) -> Self {
        Row {
            agents: [agent; ABREAST],
            count: 1,
        }
    }

    /// Their values in a column; beside them, where they do not fill the row, are any.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub fn load<T: Copy>(&self, column: &[T]) -> Abreast<T> {
        let whole = column.get(self.agents[0]..).and_then(<[T]>::first_chunk);
        match whole {
            Some(values) => *values,
            None => self.agents.map(|agent| column[agent]),
        }
    }

    /// What stages need to know of them, as [`Row::load`] reads it.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub fn facts(&self, model: &Model) -> Facts {
        let facts = &model.facts;
        Facts {
            class: self.load(&facts.class),
            trade: self.load(&facts.trade),
            province: self.load(&facts.province),
            establishments: self.load(&facts.establishments),
            workers: self.load(&facts.workers),
        }
    }

    /// Lanes of its own that lie side by side and have something in common: neighbours mostly do.
    pub fn stretches<K: PartialEq>(
        &self,
        of: impl Fn(usize) -> K,
    ) -> impl Iterator<Item = Range<usize>> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let first = next;
            (first < self.count).then(|| {
                let others = (first..self.count).find(|lane| of(*lane) != of(first));
                next = others.unwrap_or(self.count);
                first..next
            })
        })
    }

    /// Writes their values into a column.
    pub fn store<T: Copy>(&self, values: &Abreast<T>, column: &mut [T]) {
        column[self.own()].copy_from_slice(&values[..self.count]);
    }
}

impl Run<'_> {
    /// The enterprise agents whose review is due.
    pub fn due_enterprises(&self) -> Range<usize> {
        pressure::block(self.model.world.enterprises.len(), self.state.week)
    }

    /// Lets every row of enterprise agents that are due `work` something out from the state as it is, and `keep` it,
    /// in the agents' order. Those who are asked together see the state before any of them; how many threads
    /// there are changes nothing, nor with whom an agent is abreast.
    pub fn each_due<Found: Send>(
        &mut self,
        work: impl Fn(&Self, &Row) -> Found + Sync,
        keep: impl FnMut(&mut Self, &Row, &Found),
    ) {
        self.in_parts((TOGETHER, ABREAST), work, keep);
    }

    /// The same of `work` that looks at no enterprise outside its row, so that what is kept of others changes nothing.
    pub fn each_due_alone<Found: Send>(
        &mut self,
        work: impl Fn(&Self, &Row) -> Found + Sync,
        keep: impl FnMut(&mut Self, &Row, &Found),
    ) {
        self.in_parts((TOGETHER_ALONE, 2 * UNDIVIDED - 1), work, keep);
    }

    /// Agents `together` at a time; up to `row_by_row` of them are kept each row before the next works, for which no
    /// list is needed.
    fn in_parts<Found: Send>(
        &mut self,
        (together, row_by_row): (usize, usize),
        work: impl Fn(&Self, &Row) -> Found + Sync,
        mut keep: impl FnMut(&mut Self, &Row, &Found),
    ) {
        let due = self.due_enterprises();
        for start in due.clone().step_by(together) {
            let part = start..due.end.min(start + together);
            if part.len() > row_by_row {
                self.in_turn(part, &work, &mut keep);
                continue;
            }
            for row in rows(&part) {
                let found = work(self, &row);
                keep(self, &row, &found);
            }
        }
    }

    /// Lets all rows of a part work, then keeps what they found.
    fn in_turn<Found: Send>(
        &mut self,
        part: Range<usize>,
        work: &(impl Fn(&Self, &Row) -> Found + Sync),
        keep: &mut impl FnMut(&mut Self, &Row, &Found),
    ) {
        let run = &*self;
        let found: Vec<Found> = if part.len() >= 2 * UNDIVIDED {
            let numbers = (0..part.len().div_ceil(ABREAST)).into_par_iter();
            let numbers = numbers.with_min_len(UNDIVIDED / ABREAST);
            numbers
                .map(|number| work(run, &Row::new(part.start + number * ABREAST, part.end)))
                .collect()
        } else {
            rows(&part).map(|row| work(run, &row)).collect()
        };
        for (row, found) in rows(&part).zip(&found) {
            keep(self, &row, found);
        }
    }
}

/// The rows of a part.
fn rows(part: &Range<usize>) -> impl Iterator<Item = Row> + use<> {
    let end = part.end;
    part.clone()
        .step_by(ABREAST)
        .map(move |first| Row::new(first, end))
}
