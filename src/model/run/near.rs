//! What the next events will ask for is read some events ahead: memory that lies far apart comes for many at once, and
//! is still near when they are met.

use super::Run;
use crate::model::stages::Source;

/// Events that are looked ahead: what they ask for fits the nearest cache.
const AHEAD: usize = 64;

impl Run<'_> {
    /// Reads ahead where all that was read ahead is met. It changes nothing.
    pub(super) fn look_ahead(&mut self) {
        if self.scratch.ahead == 0 {
            self.scratch.ahead = AHEAD;
            self.bring_near();
        }
        self.scratch.ahead -= 1;
    }

    fn bring_near(&self) {
        let (state, world) = (&self.state, &self.model.world);
        let next = self.scratch.queue.iter().take(AHEAD);
        let read: u32 = next.fold(0, |read, event| {
            let county = event.county as usize;
            let own = match event.source {
                Source::Enterprise(agent) => {
                    let care = state.enterprises.care[agent as usize].to_bits();
                    care ^ self.model.enterprise(agent as usize).county
                }
                _ => 0,
            };
            read ^ own
                ^ state.counties.dead[county][0]
                ^ state.counties.insured[county][0]
                ^ world.counties.people[county][0]
                ^ self.model.agents_by_fifth[county][0]
        });
        std::hint::black_box(read);
    }
}
