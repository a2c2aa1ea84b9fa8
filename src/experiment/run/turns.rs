//! Turns: no more at work than there are threads to work with, whoever they are.
//!
//! Besides the workers there are those who write down what is finished and who lay it down for a later run. Each takes a
//! turn while it works; turns are given in the order in which they are asked for. Where they are long (a run of everybody
//! takes minutes) nobody waits for one beyond a few seconds: what is finished is to be safe soon. Where every processor is
//! to work nobody waits at all: the system lets no more work at once, and to wake each other for a turn takes time.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::Engine;

/// Who has waited for so long goes ahead without a turn.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
struct State {
    asked_for: u64,
    given_back: u64,
}

/// Turns for so many at once.
#[derive(Debug)]
pub struct Turns {
    at_once: u64,
    state: Mutex<State>,
    changed: Condvar,
}

/// A turn; it is given back when dropped.
#[derive(Debug)]
pub struct Turn<'a>(&'a Turns);

impl Turns {
    /// For so many threads, at least one, of this machine.
    pub fn of_machine(threads: usize) -> Self {
        let processors = thread::available_parallelism().map_or(usize::MAX, usize::from);
        let waits = threads < processors;
        Turns::new(if waits { threads } else { usize::MAX })
    }

    /// For so many at once, at least one.
    pub fn new(at_once: usize) -> Self {
        Turns {
            at_once: at_once.max(1) as u64,
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// Waits for a turn, a few seconds at most.
    pub fn take(&self) -> Turn<'_> {
        self.within(PATIENCE)
    }

    fn within(&self, patience: Duration) -> Turn<'_> {
        let mut state = self.lock();
        let own = state.asked_for;
        state.asked_for += 1;
        let waits = |state: &mut State| own >= state.given_back.saturating_add(self.at_once);
        drop(self.changed.wait_timeout_while(state, patience, waits));
        Turn(self)
    }

    /// The state; nobody panics under the lock.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.lock().given_back += 1;
        self.0.changed.notify_all();
    }
}

/// An engine that works in turns.
pub struct InTurn<'a, E> {
    engine: &'a E,
    turns: &'a Turns,
}

impl<'a, E> InTurn<'a, E> {
    /// An engine, in the turns of others.
    pub fn new(engine: &'a E, turns: &'a Turns) -> Self {
        InTurn { engine, turns }
    }
}

impl<E: Engine> Engine for InTurn<'_, E> {
    type Start = E::Start;
    type Record = E::Record;

    fn prepare(&self, replication: u32) -> Self::Start {
        let _turn = self.turns.take();
        self.engine.prepare(replication)
    }

    fn run(&self, start: &Self::Start, policy: usize) -> Self::Record {
        let _turn = self.turns.take();
        self.engine.run(start, policy)
    }

    fn run_last(&self, start: Self::Start, policy: usize) -> Self::Record {
        let _turn = self.turns.take();
        self.engine.run_last(start, policy)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn no_more_are_at_work_than_there_are_turns() {
        for at_once in [1, 2, 3] {
            let turns = Turns::new(at_once);
            let (working, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
            thread::scope(|scope| {
                for _ in 0..6 {
                    scope.spawn(|| {
                        for _ in 0..20 {
                            let turn = turns.take();
                            let now = working.fetch_add(1, Ordering::SeqCst) + 1;
                            most.fetch_max(now, Ordering::SeqCst);
                            thread::sleep(Duration::from_micros(200));
                            working.fetch_sub(1, Ordering::SeqCst);
                            drop(turn);
                        }
                    });
                }
            });
            assert_eq!(most.load(Ordering::SeqCst), at_once);
        }
    }

    #[test]
    fn turns_are_given_in_order() {
        let turns = Turns::new(1);
        let order = Mutex::new(Vec::new());
        let first = turns.take();
        thread::scope(|scope| {
            for number in 1..=3 {
                let (turns, order) = (&turns, &order);
                scope.spawn(move || {
                    let _turn = turns.take();
                    order.lock().unwrap().push(number);
                });
                while turns.lock().asked_for <= number {
                    thread::yield_now();
                }
            }
            drop(first);
        });
        assert_eq!(*order.lock().unwrap(), [1, 2, 3]);
    }

    #[test]
    fn nobody_waits_where_every_processor_is_to_work() {
        let processors = thread::available_parallelism().unwrap().get();
        let turns = Turns::of_machine(processors);
        let taken: Vec<_> = (0..2 * processors).map(|_| turns.take()).collect();
        assert_eq!(turns.lock().asked_for, 2 * processors as u64);
        drop(taken);
        if processors > 1 {
            assert_eq!(Turns::of_machine(1).at_once, 1);
        }
    }

    #[test]
    fn nobody_waits_for_ever() {
        let turns = Turns::new(1);
        let long = turns.take();
        let ahead = turns.within(Duration::from_millis(1));
        drop((ahead, long));
        let _free = turns.within(Duration::ZERO);
        assert_eq!(turns.lock().given_back, 2);
    }

    #[test]
    fn a_turn_outlives_no_panic() {
        let turns = Turns::new(1);
        let broken = thread::scope(|scope| {
            let work = scope.spawn(|| {
                let _turn = turns.take();
                panic!("broken");
            });
            work.join()
        });
        assert!(broken.is_err());
        drop(turns.take());
    }
}
