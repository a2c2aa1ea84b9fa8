//! Enterprise agents whose review is due, and what each of them works out for itself: in parallel where there
//! are many.

use std::ops::Range;

use rayon::prelude::*;

use super::Run;
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
    /// there are changes nothing.
    pub fn each_due<Found: Send>(
        &mut self,
        work: impl Fn(&Self, usize) -> Found + Sync,
        mut keep: impl FnMut(&mut Self, usize, Found),
    ) {
        let due = self.due_enterprises();
        for start in due.clone().step_by(TOGETHER) {
            let agents = start..due.end.min(start + TOGETHER);
            let run = &*self;
            let found: Vec<Found> = if agents.len() > UNDIVIDED {
                let agents = agents.clone().into_par_iter();
                let agents = agents.with_min_len(UNDIVIDED);
                agents.map(|agent| work(run, agent)).collect()
            } else {
                agents.clone().map(|agent| work(run, agent)).collect()
            };
            for (agent, found) in agents.zip(found) {
                keep(self, agent, found);
            }
        }
    }
}
