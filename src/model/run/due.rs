//! Enterprise agents whose review is due, and what each of them works out for itself: some abreast, and in
//! parallel where there are many.

use std::array;
use std::ops::Range;

use rayon::prelude::*;

use super::Run;
use crate::model::lanes::{ABREAST, Abreast};
use crate::model::stages::pressure;

/// Agents that are asked together: few enough for what they answer to stay in the cache.
const TOGETHER: usize = 1 << 14;
/// Agents that are not worth dividing among threads: a tenth of a millisecond of work.
const UNDIVIDED: usize = 1 << 10;

impl Run<'_> {
    /// The enterprise agents whose review is due.
    pub fn due_enterprises(&self) -> Range<usize> {
        pressure::block(self.model.world.enterprises.len(), self.state.week)
    }

    /// Lets every enterprise agent that is due `work` something out from the state as it is, and `keep` it, in
    /// the agents' order. Those who are asked together see the state before any of them; how many threads
    /// there are changes nothing, nor with whom an agent is abreast. Where there are too few to be abreast, the
    /// last of them fills the row.
    pub fn each_due<Found: Send>(
        &mut self,
        work: impl Fn(&Self, &Abreast<usize>) -> Abreast<Found> + Sync,
        mut keep: impl FnMut(&mut Self, usize, Found),
    ) {
        let due = self.due_enterprises();
        for start in due.clone().step_by(TOGETHER) {
            let agents = start..due.end.min(start + TOGETHER);
            let (run, last) = (&*self, agents.end - 1);
            let row = |number: usize| {
                let first = start + number * ABREAST;
                work(run, &array::from_fn(|lane| (first + lane).min(last)))
            };
            let rows = 0..agents.len().div_ceil(ABREAST);
            let found: Vec<Abreast<Found>> = if agents.len() > UNDIVIDED {
                let rows = rows.into_par_iter().with_min_len(UNDIVIDED / ABREAST);
                rows.map(row).collect()
            } else {
                rows.map(row).collect()
            };
            for (agent, found) in agents.zip(found.into_iter().flatten()) {
                keep(self, agent, found);
            }
        }
    }
}
