//! When a run began and how long it took: for the manifest only.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::output::manifest::Circumstances;

/// A clock that runs since the beginning of the work.
pub(super) struct Clock {
    /// Beginning (seconds since 1970-01-01 UTC).
    pub(super) started_unix_seconds: u64,
    since: Instant,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the clock is for the manifest only"
)]
impl Clock {
    /// Starts.
    pub(super) fn start() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        Clock {
            started_unix_seconds: now.map_or(0, |time| time.as_secs()),
            since: Instant::now(),
        }
    }

    /// Seconds since the start.
    pub(super) fn seconds(&self) -> f64 {
        self.since.elapsed().as_secs_f64()
    }

    /// How the work was done, at its end: the resolved options of the command, worker threads and seconds of the runs.
    pub(super) fn circumstances(
        &self,
        options: Value,
        threads: usize,
        run_seconds: f64,
    ) -> Circumstances {
        Circumstances {
            arguments: std::env::args().skip(1).collect(),
            options,
            threads,
            started_unix_seconds: self.started_unix_seconds,
            run_seconds,
            total_seconds: self.seconds(),
        }
    }
}
