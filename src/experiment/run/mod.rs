//! Replications × policies in parallel, handed on strictly in order.
//!
//! Workers share one board. A worker takes a policy of the oldest replication that has any left, so that
//! few are under way at once; where none has, it begins the next. The history and the burn-in of a
//! replication are made once and shared by its policies. No replication starts more than a few ahead of the
//! one that is handed on next, so memory is bounded by the number of threads and does not grow with
//! replications. The workers are threads of one pool, in which large societies also divide a week among
//! themselves: while every thread has a run of its own nobody is woken for that, and who has none – at the
//! beginning, at the end, where memory allows few runs – takes part in the others'. What is handed on depends
//! neither on the number of threads nor on who finished first.

mod board;
mod kept;
mod selected;
mod turns;

use std::ops::Range;

use board::Board;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde::{Deserialize, Serialize};

pub use kept::Kept;
pub use selected::execute_those;
pub use turns::{InTurn, Turn, Turns};

/// What can run a replication: its shared beginning, then each policy from there.
pub trait Engine: Sync {
    /// What the policies of one replication share: the history and the state after the burn-in.
    type Start: Send + Sync;
    /// What a run leaves.
    type Record: Send;

    /// Draws the history of a replication (from 0) and runs its burn-in.
    fn prepare(&self, replication: u32) -> Self::Start;

    /// Runs one policy (position in the plan) from the shared start.
    fn run(&self, start: &Self::Start, policy: usize) -> Self::Record;

    /// The same where nobody else needs the start any more, so that it need not be copied.
    fn run_last(&self, start: Self::Start, policy: usize) -> Self::Record {
        self.run(&start, policy)
    }
}

/// How much work there is and how many hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Replications (from 0).
    pub replications: Range<u32>,
    /// Policies of each.
    pub policies: usize,
    /// Worker threads (at least one).
    pub threads: usize,
}

/// A replication that could not be finished; the others are not touched by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Replication (from 0).
    pub replication: u32,
    /// Policy that failed; `None` = the shared beginning.
    pub policy: Option<usize>,
    /// What the program said.
    pub message: String,
}

/// Runs everything. `consume` receives each finished replication, in order, with the records of all
/// policies in the plan's order; its error stops the work and is returned. `watch` is called, by any
/// worker, after each run. Returns the replications that failed.
pub fn execute<E: Engine, Error>(
    engine: &E,
    schedule: Schedule,
    watch: &(dyn Fn() + Sync),
    mut consume: impl FnMut(u32, Vec<E::Record>) -> Result<(), Error>,
) -> Result<Vec<Failure>, Error> {
    let (threads, replications) = (schedule.threads.max(1), schedule.replications.clone());
    let board = Board::new(schedule);
    pool(threads).in_place_scope(|scope| {
        // One worker on each thread, begun by no other: a thread that waits for a part of a week takes up what others have
        // left to do, and a second worker on top of the first would wait for what lies below it.
        scope.spawn_broadcast(|_, thread| {
            if thread.index() < threads {
                board.work(engine, watch);
            }
        });
        let mut failures = Vec::new();
        for replication in replications {
            match board.collect(replication) {
                Ok(records) => {
                    if let Err(error) = consume(replication, records) {
                        board.stop();
                        return Err(error);
                    }
                }
                Err(failure) => failures.push(failure),
            }
        }
        Ok(failures)
    })
}

/// Threads for so many workers, and for as many as otherwise divide a week.
fn pool(workers: usize) -> ThreadPool {
    let threads = workers.max(rayon::current_num_threads());
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap_or_else(|error| panic!("the system gives no threads to work with: {error}"))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;
    use crate::model::record::RunRecord;

    /// An engine whose record names its coordinates; some replications are slow, one may fail.
    #[derive(Default)]
    struct Fake {
        fails_at: Option<(u32, Option<usize>)>,
        prepared: AtomicU32,
        alive: AtomicUsize,
        most_alive: AtomicUsize,
    }

    impl Engine for Fake {
        type Start = u32;
        type Record = RunRecord;
        fn prepare(&self, replication: u32) -> u32 {
            self.prepared.fetch_add(1, Ordering::SeqCst);
            assert!(self.fails_at != Some((replication, None)), "no start");
            let alive = self.alive.fetch_add(1, Ordering::SeqCst) + 1;
            self.most_alive.fetch_max(alive, Ordering::SeqCst);
            if replication.is_multiple_of(5) {
                std::thread::sleep(Duration::from_millis(15));
            }
            replication
        }
        fn run(&self, start: &u32, policy: usize) -> RunRecord {
            assert!(self.fails_at != Some((*start, Some(policy))), "no run");
            let mut record = RunRecord::default();
            record.weeks.push(&[f64::from(*start), policy as f64]);
            record
        }
    }

    fn order(
        engine: &Fake,
        replications: Range<u32>,
        threads: usize,
    ) -> (Vec<(u32, usize)>, Vec<Failure>) {
        let schedule = Schedule {
            replications,
            policies: 3,
            threads,
        };
        let mut seen = Vec::new();
        let failures = execute(engine, schedule, &|| (), |replication, records| {
            engine.alive.fetch_sub(1, Ordering::SeqCst);
            for record in &records {
                assert_eq!(record.weeks.column(0)[0], f64::from(replication));
                seen.push((replication, record.weeks.column(1)[0] as usize));
            }
            Ok::<(), ()>(())
        });
        (seen, failures.unwrap())
    }

    #[test]
    fn hands_on_in_order_for_any_number_of_threads() {
        let expected: Vec<_> = (0..23).flat_map(|r| (0..3).map(move |p| (r, p))).collect();
        for threads in [1, 2, 3, 8, 40] {
            let engine = Fake::default();
            assert_eq!(
                order(&engine, 0..23, threads),
                (expected.clone(), Vec::new())
            );
            assert_eq!(engine.prepared.load(Ordering::SeqCst), 23);
            assert!(engine.most_alive.load(Ordering::SeqCst) <= threads + 2);
        }
    }

    /// An engine that divides its preparation among threads, as weeks of a burn-in are.
    struct Dividing;

    impl Engine for Dividing {
        type Start = u32;
        type Record = u32;
        fn prepare(&self, replication: u32) -> u32 {
            let sleep = |milliseconds| std::thread::sleep(Duration::from_millis(milliseconds));
            rayon::join(|| sleep(1), || sleep(3));
            replication
        }
        fn run(&self, start: &u32, policy: usize) -> u32 {
            start + policy as u32
        }
    }

    #[test]
    fn a_worker_that_waits_for_a_part_begins_no_other_worker() {
        for _ in 0..60 {
            let schedule = Schedule {
                replications: 0..3,
                policies: 2,
                threads: 2,
            };
            let mut seen = Vec::new();
            let done = execute(&Dividing, schedule, &|| (), |_, records| {
                seen.push(records);
                Ok::<(), ()>(())
            });
            assert_eq!(done, Ok(Vec::new()));
            assert_eq!(seen, [[0, 1], [1, 2], [2, 3]]);
        }
    }

    #[test]
    fn goes_on_after_replications_that_are_done() {
        for (range, threads) in [(0..0, 2), (7..23, 1), (7..23, 8)] {
            let engine = Fake::default();
            let expected: Vec<_> = range
                .clone()
                .flat_map(|r| (0..3).map(move |p| (r, p)))
                .collect();
            assert_eq!(order(&engine, range, threads), (expected, Vec::new()));
            assert!(engine.most_alive.load(Ordering::SeqCst) <= threads + 2);
        }
    }

    #[test]
    fn a_panic_loses_only_its_replication() {
        for (policy, message) in [(None, "no start"), (Some(1), "no run")] {
            let engine = Fake {
                fails_at: Some((4, policy)),
                ..Default::default()
            };
            let (seen, failures) = order(&engine, 0..23, 3);
            assert_eq!(seen.len(), 22 * 3);
            assert!(seen.iter().all(|(replication, _)| *replication != 4));
            let expected = Failure {
                replication: 4,
                policy,
                message: message.to_owned(),
            };
            assert_eq!(failures, [expected]);
        }
    }

    #[test]
    fn an_error_of_the_consumer_stops_the_work() {
        let engine = Fake::default();
        let schedule = Schedule {
            replications: 0..1000,
            policies: 2,
            threads: 2,
        };
        let result = execute(&engine, schedule, &|| (), |replication, _| {
            if replication == 3 {
                Err("disk full")
            } else {
                Ok(())
            }
        });
        assert_eq!(result, Err("disk full"));
        assert!(engine.prepared.load(Ordering::SeqCst) < 20);
    }
}
