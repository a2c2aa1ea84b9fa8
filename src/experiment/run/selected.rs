//! Some of the replications of an engine, as if they were all.

use super::{Engine, Failure, Schedule, execute};

/// An engine whose replication i is the i-th of a list.
struct Selected<'a, E> {
    engine: &'a E,
    replications: &'a [u32],
}

impl<E: Engine> Engine for Selected<'_, E> {
    type Start = E::Start;
    type Record = E::Record;

    fn prepare(&self, position: u32) -> Self::Start {
        self.engine.prepare(self.replications[position as usize])
    }

    fn run(&self, start: &Self::Start, policy: usize) -> Self::Record {
        self.engine.run(start, policy)
    }

    fn run_last(&self, start: Self::Start, policy: usize) -> Self::Record {
        self.engine.run_last(start, policy)
    }
}

/// Runs the replications of a list (from 0, rising), each under so many policies, on so many threads;
/// otherwise as [`execute`].
pub fn execute_those<E: Engine, Error>(
    engine: &E,
    replications: &[u32],
    (policies, threads): (usize, usize),
    watch: &(dyn Fn() + Sync),
    mut consume: impl FnMut(u32, Vec<E::Record>) -> Result<(), Error>,
) -> Result<Vec<Failure>, Error> {
    let schedule = Schedule {
        replications: 0..u32::try_from(replications.len()).unwrap_or(u32::MAX),
        policies,
        threads,
    };
    let own = |position: u32| replications[position as usize];
    let selected = Selected {
        engine,
        replications,
    };
    let failures = execute(&selected, schedule, watch, |position, records| {
        consume(own(position), records)
    })?;
    let named = failures.into_iter().map(|failure| Failure {
        replication: own(failure.replication),
        ..failure
    });
    Ok(named.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Its record is the replication; one breaks off.
    struct Numbered;

    impl Engine for Numbered {
        type Start = u32;
        type Record = (u32, usize);
        fn prepare(&self, replication: u32) -> u32 {
            assert!(replication != 11, "eleven");
            replication
        }
        fn run(&self, start: &u32, policy: usize) -> (u32, usize) {
            (*start, policy)
        }
    }

    #[test]
    fn those_of_a_list_are_run_under_their_own_numbers() {
        let list = [2, 5, 8, 11, 14];
        let mut seen = Vec::new();
        let failures = execute_those(&Numbered, &list, (2, 3), &|| (), |replication, records| {
            seen.push(replication);
            assert_eq!(records, [(replication, 0), (replication, 1)]);
            Ok::<(), ()>(())
        });
        assert_eq!(seen, [2, 5, 8, 14]);
        let failures = failures.unwrap();
        assert_eq!((failures.len(), failures[0].replication), (1, 11));
        assert_eq!(failures[0].message, "eleven");
    }
}
