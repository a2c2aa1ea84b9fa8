//! Replications × policies in parallel, handed on strictly in order.
//!
//! Workers share one board. A worker goes on with the replication it prepared; when that has no
//! policy left it takes the next replication, and when there is none it helps the oldest one that
//! still has policies to run. The history and the burn-in of a replication are made once and shared
//! by its policies. No replication starts more than a few ahead of the one that is handed on next, so
//! memory is bounded by the number of threads and does not grow with replications. What is handed on
//! depends neither on the number of threads nor on who finished first.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::model::record::RunRecord;

/// What can run a replication: its shared beginning, then each policy from there.
pub trait Engine: Sync {
    /// What the policies of one replication share: the history and the state after the burn-in.
    type Start: Send + Sync;

    /// Draws the history of a replication (from 0) and runs its burn-in.
    fn prepare(&self, replication: u32) -> Self::Start;

    /// Runs one policy (position in the plan) from the shared start.
    fn run(&self, start: &Self::Start, policy: usize) -> RunRecord;
}

/// How much work there is and how many hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Replications.
    pub replications: u32,
    /// Policies of each.
    pub policies: usize,
    /// Worker threads (at least one).
    pub threads: usize,
}

/// A replication that could not be finished; the others are not touched by it.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    mut consume: impl FnMut(u32, Vec<RunRecord>) -> Result<(), Error>,
) -> Result<Vec<Failure>, Error> {
    let board = Board::new(schedule);
    std::thread::scope(|scope| {
        for _ in 0..schedule.threads.max(1) {
            scope.spawn(|| board.work(engine, watch));
        }
        let mut failures = Vec::new();
        for replication in 0..schedule.replications {
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

/// A replication between its preparation and its hand-over.
struct Active<S> {
    /// Dropped when the last policy takes it: it is the bulkiest part.
    start: Option<Arc<S>>,
    prepared: bool,
    next_policy: usize,
    records: Vec<Option<RunRecord>>,
    failure: Option<Failure>,
    running: usize,
}

impl<S> Active<S> {
    fn has_work(&self, policies: usize) -> bool {
        self.start.is_some() && self.failure.is_none() && self.next_policy < policies
    }

    fn finished(&self) -> bool {
        self.running == 0 && (self.failure.is_some() || self.records.iter().all(Option::is_some))
    }
}

struct State<S> {
    next_replication: u32,
    handed_on: u32,
    stopped: bool,
    active: BTreeMap<u32, Active<S>>,
}

struct Board<S> {
    schedule: Schedule,
    state: Mutex<State<S>>,
    changed: Condvar,
}

enum Task<S> {
    Prepare(u32),
    Run(u32, usize, Arc<S>),
}

impl<S: Send + Sync> Board<S> {
    fn new(schedule: Schedule) -> Self {
        let state = State {
            next_replication: 0,
            handed_on: 0,
            stopped: false,
            active: BTreeMap::new(),
        };
        Board {
            schedule,
            state: Mutex::new(state),
            changed: Condvar::new(),
        }
    }

    /// The state; a panic of a worker cannot leave it half-changed, since none happens under the lock.
    fn lock(&self) -> MutexGuard<'_, State<S>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State<S>>) -> MutexGuard<'a, State<S>> {
        self.changed
            .wait(state)
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    fn work<E: Engine<Start = S>>(&self, engine: &E, watch: &(dyn Fn() + Sync)) {
        let mut own = None;
        while let Some(task) = self.take(own) {
            match task {
                Task::Prepare(replication) => {
                    own = Some(replication);
                    let start = guarded(|| engine.prepare(replication));
                    self.prepared(replication, start);
                }
                Task::Run(replication, policy, start) => {
                    own = Some(replication);
                    let record = guarded(|| engine.run(&start, policy));
                    drop(start);
                    self.ran(replication, policy, record);
                    watch();
                }
            }
        }
    }

    /// The next task: the own replication, else a new one, else the oldest with work; waits while
    /// there may be more and returns `None` at the end.
    fn take(&self, own: Option<u32>) -> Option<Task<S>> {
        let policies = self.schedule.policies;
        let ahead = u32::try_from(self.schedule.threads.max(1)).unwrap_or(u32::MAX);
        let mut state = self.lock();
        loop {
            if state.stopped {
                return None;
            }
            let mine = own.filter(|r| state.active.get(r).is_some_and(|a| a.has_work(policies)));
            let all_taken = state.next_replication >= self.schedule.replications;
            if mine.is_none()
                && !all_taken
                && state.next_replication <= state.handed_on.saturating_add(ahead)
            {
                return Some(Task::Prepare(state.begin(policies)));
            }
            let chosen = mine.or_else(|| {
                state
                    .active
                    .iter()
                    .find(|(_, a)| a.has_work(policies))
                    .map(|(r, _)| *r)
            });
            if let Some(task) = chosen.and_then(|replication| state.take_policy(replication)) {
                return Some(task);
            }
            if all_taken && state.active.values().all(|active| active.prepared) {
                return None;
            }
            state = self.wait(state);
        }
    }

    fn prepared(&self, replication: u32, start: Result<S, String>) {
        let mut state = self.lock();
        if let Some(active) = state.active.get_mut(&replication) {
            active.running -= 1;
            match start {
                Ok(start) => {
                    active.prepared = true;
                    active.start = Some(Arc::new(start));
                }
                Err(message) => {
                    active.failure = Some(Failure {
                        replication,
                        policy: None,
                        message,
                    });
                }
            }
        }
        self.changed.notify_all();
    }

    fn ran(&self, replication: u32, policy: usize, record: Result<RunRecord, String>) {
        let mut state = self.lock();
        if let Some(active) = state.active.get_mut(&replication) {
            active.running -= 1;
            match record {
                Ok(record) => active.records[policy] = Some(record),
                Err(message) => {
                    let failure = Failure {
                        replication,
                        policy: Some(policy),
                        message,
                    };
                    active.failure.get_or_insert(failure);
                }
            }
        }
        self.changed.notify_all();
    }

    /// Waits for a replication and removes it from the board.
    fn collect(&self, replication: u32) -> Result<Vec<RunRecord>, Failure> {
        let mut state = self.lock();
        while !state.active.get(&replication).is_some_and(Active::finished) {
            state = self.wait(state);
        }
        let done = state.active.remove(&replication);
        state.handed_on = replication + 1;
        drop(state);
        self.changed.notify_all();
        let Some(done) = done else {
            return Ok(Vec::new());
        };
        match done.failure {
            Some(failure) => Err(failure),
            None => Ok(done.records.into_iter().flatten().collect()),
        }
    }
}

impl<S> State<S> {
    fn begin(&mut self, policies: usize) -> u32 {
        let replication = self.next_replication;
        self.next_replication += 1;
        let records = (0..policies).map(|_| None).collect();
        let active = Active {
            start: None,
            prepared: false,
            next_policy: 0,
            records,
            failure: None,
            running: 1,
        };
        self.active.insert(replication, active);
        replication
    }

    fn take_policy(&mut self, replication: u32) -> Option<Task<S>> {
        let active = self.active.get_mut(&replication)?;
        let start = active.start.take()?;
        let policy = active.next_policy;
        active.next_policy += 1;
        if active.next_policy < active.records.len() {
            active.start = Some(Arc::clone(&start));
        }
        active.running += 1;
        Some(Task::Run(replication, policy, start))
    }
}

/// Runs and turns a panic into its message.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| message_of(&*panic))
}

fn message_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "panic".to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

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
            RunRecord {
                weeks: vec![vec![f64::from(*start), policy as f64]],
                ..Default::default()
            }
        }
    }

    fn order(engine: &Fake, threads: usize) -> (Vec<(u32, usize)>, Vec<Failure>) {
        let schedule = Schedule {
            replications: 23,
            policies: 3,
            threads,
        };
        let mut seen = Vec::new();
        let failures = execute(engine, schedule, &|| (), |replication, records| {
            engine.alive.fetch_sub(1, Ordering::SeqCst);
            for record in &records {
                assert_eq!(record.weeks[0][0], f64::from(replication));
                seen.push((replication, record.weeks[0][1] as usize));
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
            assert_eq!(order(&engine, threads), (expected.clone(), Vec::new()));
            assert_eq!(engine.prepared.load(Ordering::SeqCst), 23);
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
            let (seen, failures) = order(&engine, 3);
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
            replications: 1000,
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
