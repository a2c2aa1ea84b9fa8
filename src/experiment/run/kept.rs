//! An engine of which only a part of each record is kept: where a replication has many policies, the bulk of
//! a record is dropped at once.

use super::Engine;

/// Any engine, with what is kept of the record of a policy (position in the plan).
pub struct Kept<'a, E, F> {
    /// The engine.
    pub engine: &'a E,
    /// What is kept.
    pub keep: F,
}

impl<E, F, R> Engine for Kept<'_, E, F>
where
    E: Engine,
    F: Fn(E::Record, usize) -> R + Sync,
    R: Send,
{
    type Start = E::Start;
    type Record = R;

    fn prepare(&self, replication: u32) -> Self::Start {
        self.engine.prepare(replication)
    }

    fn run(&self, start: &Self::Start, policy: usize) -> R {
        (self.keep)(self.engine.run(start, policy), policy)
    }

    fn run_last(&self, start: Self::Start, policy: usize) -> R {
        (self.keep)(self.engine.run_last(start, policy), policy)
    }
}
