//! Runs of the engine in the stripped society: a model, a regime, histories, and many independent
//! replications at once.

use rayon::prelude::*;

use super::Refusal;
use crate::model::hazards::candidates::{Candidate, WEEKS_PER_YEAR};
use crate::model::hazards::natural::NaturalHistory;
use crate::model::record::RunRecord;
use crate::model::run::Run;
use crate::model::{History, Model, Regime};

/// A model and what a policy makes of it, ready for replications.
pub struct Laboratory {
    /// The society, made ready.
    pub model: Model,
    /// The policy's regime; its plain fields may be changed before a run.
    pub regime: Regime,
}

impl Laboratory {
    /// What could happen in a replication of so many years.
    pub fn history(&self, seed: u64, replication: u32, years: u32) -> History {
        self.model
            .history(seed, replication, years * WEEKS_PER_YEAR)
    }

    /// A history in which just the stated dangers are met: a time in years for each. A threshold below
    /// zero makes an accident or a danger of a county certain; natural dangers always occur and need
    /// their footprints in `natural`.
    pub fn stated(
        &self,
        seed: u64,
        years: u32,
        timed: Vec<(f64, Candidate)>,
        natural: NaturalHistory,
    ) -> History {
        History::gather(&self.model, seed, 0, years * WEEKS_PER_YEAR, timed, natural)
    }

    /// Runs the regime through a history of so many years, from its own rest, without burn-in.
    ///
    /// # Errors
    /// If a self-check of the run fails.
    pub fn run(&self, history: &History, years: u32) -> Result<RunRecord, Refusal> {
        self.run_under(&self.regime, history, years)
    }

    /// The same under another regime.
    ///
    /// # Errors
    /// If a self-check of the run fails.
    pub fn run_under(
        &self,
        regime: &Regime,
        history: &History,
        years: u32,
    ) -> Result<RunRecord, Refusal> {
        let start = self.model.burn_in(regime, history, 0);
        sound(self.model.run(regime, history, &start, 0, years))
    }

    /// Begins a run of the regime through a history, to be lived week by week, from its own rest.
    pub fn begin<'a>(&'a self, history: &'a History) -> Run<'a> {
        let state = self.model.burn_in(&self.regime, history, 0);
        Run::new(&self.model, &self.regime, history, state, 0, true)
    }

    /// Runs `replications` histories of so many years, in parallel; what `read` takes from each record
    /// comes back in the order of replications, whatever the number of threads.
    ///
    /// # Errors
    /// If a self-check of a run fails.
    pub fn replications<T: Send>(
        &self,
        seed: u64,
        replications: u64,
        years: u32,
        read: impl Fn(&RunRecord) -> T + Sync,
    ) -> Result<Vec<T>, Refusal> {
        each(replications, |replication| {
            let history = self.history(seed, replication, years);
            Ok(read(&self.run(&history, years)?))
        })
    }

    /// `n` years in runs of [`YEARS`], one value for each; see [`Laboratory::replications`].
    ///
    /// # Errors
    /// If a self-check of a run fails.
    pub fn years<T: Send>(
        &self,
        seed: u64,
        n: u64,
        read: impl Fn(&RunRecord) -> Vec<T> + Sync,
    ) -> Result<Vec<T>, Refusal> {
        let runs = n.div_ceil(u64::from(YEARS));
        let mut years: Vec<T> = self
            .replications(seed, runs, YEARS, read)?
            .into_iter()
            .flatten()
            .collect();
        years.truncate(n as usize);
        Ok(years)
    }
}

/// A record whose self-checks pass.
///
/// # Errors
/// If one of them fails.
pub fn sound(record: RunRecord) -> Result<RunRecord, Refusal> {
    if record.checks.pass() {
        Ok(record)
    } else {
        Err(Refusal::SelfCheck(format!("{:?}", record.checks)))
    }
}

/// Years of one run where years are independent of each other.
pub const YEARS: u32 = 50;

/// Calls `work` for replications 0…n in parallel; the results are in the order of replications.
///
/// # Errors
/// The first error in that order.
pub fn each<T: Send>(
    n: u64,
    work: impl Fn(u32) -> Result<T, Refusal> + Send + Sync,
) -> Result<Vec<T>, Refusal> {
    let results: Vec<Result<T, Refusal>> = (0..n as u32).into_par_iter().map(work).collect();
    results.into_iter().collect()
}
