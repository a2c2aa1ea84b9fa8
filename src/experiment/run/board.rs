//! The board that workers share: which replications are under way and what is left to do.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Engine, Failure, Schedule};

/// How long a worker without a task waits before it looks whether the others left it something.
const PATIENCE: Duration = Duration::from_millis(1);

/// A replication between its preparation and its hand-over.
struct Active<S, R> {
    /// Dropped when the last policy takes it: it is the bulkiest part.
    start: Option<Arc<S>>,
    prepared: bool,
    next_policy: usize,
    records: Vec<Option<R>>,
    failure: Option<Failure>,
    running: usize,
}

impl<S, R> Active<S, R> {
    fn has_work(&self, policies: usize) -> bool {
        self.start.is_some() && self.failure.is_none() && self.next_policy < policies
    }

    fn finished(&self) -> bool {
        self.running == 0 && (self.failure.is_some() || self.records.iter().all(Option::is_some))
    }
}

struct State<S, R> {
    next_replication: u32,
    handed_on: u32,
    stopped: bool,
    active: BTreeMap<u32, Active<S, R>>,
}

pub(super) struct Board<S, R> {
    schedule: Schedule,
    state: Mutex<State<S, R>>,
    changed: Condvar,
}

enum Task<S> {
    Prepare(u32),
    Run(u32, usize, Arc<S>),
}

impl<S: Send + Sync, R: Send> Board<S, R> {
    pub(super) fn new(schedule: Schedule) -> Self {
        let state = State {
            next_replication: schedule.replications.start,
            handed_on: schedule.replications.start,
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
    fn lock(&self) -> MutexGuard<'_, State<S, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State<S, R>>) -> MutexGuard<'a, State<S, R>> {
        self.changed
            .wait(state)
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    /// What a worker does from first to last.
    pub(super) fn work<E: Engine<Start = S, Record = R>>(
        &self,
        engine: &E,
        watch: &(dyn Fn() + Sync),
    ) {
        while let Some(task) = self.take() {
            match task {
                Task::Prepare(replication) => {
                    let start = guarded(|| engine.prepare(replication));
                    self.prepared(replication, start);
                }
                Task::Run(replication, policy, start) => {
                    let record = guarded(|| match Arc::try_unwrap(start) {
                        Ok(last) => engine.run_last(last, policy),
                        Err(shared) => engine.run(&shared, policy),
                    });
                    self.ran(replication, policy, record);
                    watch();
                }
            }
        }
    }

    /// The next task: a policy of the oldest replication that has any left, else a new replication; waits while there
    /// may be more, lending a hand to those who work, and returns `None` at the end.
    fn take(&self) -> Option<Task<S>> {
        let policies = self.schedule.policies;
        let ahead = u32::try_from(self.schedule.threads.max(1)).unwrap_or(u32::MAX);
        let mut state = self.lock();
        loop {
            if state.stopped {
                return None;
            }
            let oldest = state
                .active
                .iter()
                .find(|(_, active)| active.has_work(policies))
                .map(|(replication, _)| *replication);
            if let Some(task) = oldest.and_then(|replication| state.take_policy(replication)) {
                return Some(task);
            }
            let all_taken = state.next_replication >= self.schedule.replications.end;
            if !all_taken && state.next_replication <= state.handed_on.saturating_add(ahead) {
                return Some(Task::Prepare(state.begin(policies)));
            }
            if all_taken && state.active.values().all(|active| active.prepared) {
                return None;
            }
            state = self.lend_a_hand(state);
        }
    }

    /// Does what others have left for any thread to do, else waits a little.
    fn lend_a_hand<'a>(
        &'a self,
        state: MutexGuard<'a, State<S, R>>,
    ) -> MutexGuard<'a, State<S, R>> {
        drop(state);
        let done = rayon::yield_now();
        let state = self.lock();
        if done == Some(rayon::Yield::Executed) {
            return state;
        }
        let waited = self.changed.wait_timeout(state, PATIENCE);
        waited.unwrap_or_else(PoisonError::into_inner).0
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

    fn ran(&self, replication: u32, policy: usize, record: Result<R, String>) {
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
    pub(super) fn collect(&self, replication: u32) -> Result<Vec<R>, Failure> {
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

impl<S, R> State<S, R> {
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
