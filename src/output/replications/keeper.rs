//! Writes replications as they finish, beside the work: who hands one over does not wait for the disk.

use std::fs;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Replication, checkpoint, format};
use crate::experiment::run::Turns;
use crate::output::OutputError;
use crate::output::file::PartialFile;

/// Replications that may wait for the disk besides the one that is written and the one that is handed over: none, for
/// those of a nation are large.
const WAITING: usize = 0;

/// Keeps replications in a folder. What was handed over is written before it is dropped.
pub struct Keeper {
    sender: Option<SyncSender<(u32, Arc<Replication>)>>,
    thread: Option<JoinHandle<Result<(), OutputError>>>,
    count: Arc<Count>,
}

impl Keeper {
    /// Into a folder that exists and holds so many replications of the run with this digest; it writes in the `turns` of
    /// those who work.
    pub fn new(folder: PathBuf, digest: [u8; 32], kept: u32, turns: Arc<Turns>) -> Self {
        let (sender, receiver) = sync_channel(WAITING);
        let count = Arc::new(Count::of(kept));
        let own = Arc::clone(&count);
        let thread = thread::spawn(move || write_all(&receiver, &folder, digest, (&own, &turns)));
        Keeper {
            sender: Some(sender),
            thread: Some(thread),
            count,
        }
    }

    /// Keeps a replication (from 0).
    ///
    /// # Errors
    /// If one handed over before could not be written.
    pub fn keep(&mut self, replication: u32, kept: Arc<Replication>) -> Result<(), OutputError> {
        self.count.admit();
        let sent = self
            .sender
            .as_ref()
            .is_some_and(|sender| sender.send((replication, kept)).is_ok());
        if sent { Ok(()) } else { self.finish() }
    }

    /// Waits until everything is written.
    ///
    /// # Errors
    /// If something could not be written.
    pub fn finish(&mut self) -> Result<(), OutputError> {
        self.sender = None;
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(result)) => result,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => Ok(()),
        }
    }

    /// How many are kept, for who watches from another thread.
    pub fn count(&self) -> Arc<Count> {
        Arc::clone(&self.count)
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // Whoever drops it unfinished reports an error of its own.
        let _ = self.finish();
    }
}

fn write_all(
    receiver: &Receiver<(u32, Arc<Replication>)>,
    folder: &std::path::Path,
    digest: [u8; 32],
    (count, turns): (&Count, &Turns),
) -> Result<(), OutputError> {
    for (replication, kept) in receiver {
        let turn = turns.take();
        let written = format::write(folder, &digest, replication, &kept);
        // Who waits for the disk needs no turn.
        drop(turn);
        let written = written.and_then(PartialFile::finish);
        if kept.is_ok() {
            // It may have broken off in an earlier attempt; it is then two files, of which this one is taken.
            let _ = fs::remove_file(folder.join(format::name(replication, false)));
        }
        let whole = written.is_ok() && kept.is_ok();
        if whole {
            checkpoint::forget(folder, |other| other == replication);
        }
        let finished = u32::from(whole);
        count.change(|state| {
            state.waiting -= 1;
            state.kept += finished;
        });
        written?;
    }
    Ok(())
}

#[derive(Debug)]
struct State {
    kept: u32,
    waiting: usize,
    closed: bool,
}

/// How many replications are kept and how many wait for the disk.
#[derive(Debug)]
pub struct Count {
    state: Mutex<State>,
    changed: Condvar,
}

impl Count {
    fn of(kept: u32) -> Self {
        Count {
            state: Mutex::new(State {
                kept,
                waiting: 0,
                closed: false,
            }),
            changed: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// One more waits for the disk; nobody is admitted any more once the count is closed.
    fn admit(&self) {
        let open = self.changed.wait_while(self.lock(), |state| state.closed);
        open.unwrap_or_else(PoisonError::into_inner).waiting += 1;
    }

    /// Replications that are kept, once none waits for the disk; after so long at the latest. From then on no more are
    /// admitted: the process is about to end.
    pub fn close(&self, patience: Duration) -> u32 {
        let waited = self
            .changed
            .wait_timeout_while(self.lock(), patience, |state| state.waiting > 0);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.closed = true;
        state.kept
    }
}
