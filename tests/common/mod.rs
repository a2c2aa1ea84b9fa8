//! What the tests of the whole program share: a society with its histories, ready for any policy,
//! and paired comparisons.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::expect_used,
    reason = "each test file is a program of its own and uses a part of this"
)]

pub mod chromium;
pub mod claims;

use riskweave::experiment::run::{Schedule, execute};
use riskweave::experiment::statistics::Difference;
use riskweave::experiment::{run::Engine, statistics};
use riskweave::model::record::{RunRecord, Series, YearRecord};
use riskweave::model::{Baseline, History, Model, Regime, State};
use riskweave::scenario::policy::Policy;
use riskweave::scenario::{
    CheckedExperiment, CheckedPolicy, Overrides, Problems, load_policy, without_file,
};

/// How large a laboratory is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Society.
    pub society: &'static str,
    /// People that a citizen agent stands for.
    pub people_per_agent: u32,
    /// Years after the burn-in.
    pub years: u32,
    /// Years of the burn-in.
    pub burn_in_years: u32,
    /// Replications.
    pub replications: u32,
}

/// The fictional city, small and quick.
pub const CITY: Size = Size {
    society: "seminar-county",
    people_per_agent: 100,
    years: 2,
    burn_in_years: 1,
    replications: 2,
};

/// The whole country with few, large agents.
pub const COUNTRY: Size = Size {
    society: "china-2020",
    people_per_agent: 10_000,
    years: 2,
    burn_in_years: 1,
    replications: 3,
};

/// A society with the histories and burn-ins of its replications: any policy can be tried in it.
pub struct Laboratory {
    /// The inputs; the baseline is the only policy.
    pub checked: CheckedExperiment,
    /// The model.
    pub model: &'static Model,
    /// The baseline's regime.
    pub baseline: Regime,
    /// What every policy lives through, from where.
    pub starts: Vec<(History, State)>,
    /// The baseline worked out, for the regimes of others.
    usual: Baseline<'static>,
    size: Size,
}

/// The resolved experiment of a size with the baseline alone.
pub fn experiment(size: Size) -> CheckedExperiment {
    let overrides = Overrides {
        policies: vec!["current-2020".to_owned()],
        years: Some(size.years),
        replications: Some(size.replications),
        people_per_agent: Some(size.people_per_agent),
        sets: vec![format!("experiment.burn_in_years={}", size.burn_in_years)],
        ..Overrides::default()
    };
    sound(without_file(size.society, &overrides))
}

/// What was loaded; the problems are told when there are any.
pub fn sound<T>(loaded: Result<T, Problems>) -> T {
    loaded.unwrap_or_else(|problems| panic!("{:#?}", problems.problems))
}

impl Laboratory {
    /// A laboratory of a shipped society.
    pub fn new(size: Size) -> Self {
        Self::of(experiment(size), size)
    }

    /// A laboratory of a society or a baseline that a test changed.
    pub fn changed(size: Size, change: impl FnOnce(&mut CheckedExperiment)) -> Self {
        let mut checked = experiment(size);
        change(&mut checked);
        Self::of(checked, size)
    }

    fn of(checked: CheckedExperiment, size: Size) -> Self {
        // Both stay for as long as the tests run: what is worked out of the baseline borrows from them.
        let model: &Model = Box::leak(Box::new(Model::new(
            checked.society.clone(),
            size.people_per_agent,
        )));
        let policy: &CheckedPolicy = Box::leak(Box::new(checked.baseline.clone()));
        let usual = model.baseline(policy);
        let baseline = usual.regime(policy, true);
        let (burn_in, weeks) = (
            size.burn_in_years * 52,
            (size.burn_in_years + size.years) * 52,
        );
        let starts = (0..size.replications)
            .map(|replication| {
                let history = model.history(checked.experiment.seed, replication, weeks);
                let state = model.burn_in(&baseline, &history, burn_in);
                (history, state)
            })
            .collect();
        Laboratory {
            checked,
            model,
            baseline,
            starts,
            usual,
            size,
        }
    }

    /// Weeks of the burn-in.
    pub fn burn_in_weeks(&self) -> u32 {
        self.size.burn_in_years * 52
    }

    /// A shipped policy in force here.
    pub fn shipped(&self, name: &str) -> CheckedPolicy {
        sound(load_policy(name, &self.checked.society, &[]))
    }

    /// The baseline with some levers moved.
    pub fn moved(&self, change: impl FnOnce(&mut Policy)) -> CheckedPolicy {
        let mut policy = self.checked.baseline.clone();
        "moved".clone_into(&mut policy.key);
        change(&mut policy.policy);
        policy
    }

    /// The regime of a policy under the equal budget.
    pub fn regime(&self, policy: &CheckedPolicy) -> Regime {
        self.usual.regime(policy, true)
    }

    /// All replications of a policy.
    pub fn run(&self, policy: &CheckedPolicy) -> Vec<RunRecord> {
        self.run_regime(&self.regime(policy))
    }

    /// All replications of the baseline with some levers moved.
    pub fn with(&self, change: impl FnOnce(&mut Policy)) -> Vec<RunRecord> {
        self.run(&self.moved(change))
    }

    /// All replications of a regime, on two threads.
    pub fn run_regime(&self, regime: &Regime) -> Vec<RunRecord> {
        let schedule = Schedule {
            replications: 0..self.size.replications,
            policies: 1,
            threads: 2,
        };
        let mut records = Vec::new();
        let engine = One {
            laboratory: self,
            regime,
        };
        let failures = execute(&engine, schedule, &|| (), |_, mut found| {
            records.append(&mut found);
            Ok::<(), ()>(())
        });
        assert_eq!(failures, Ok(Vec::new()));
        records
    }
}

/// One regime in all replications of a laboratory.
struct One<'a> {
    laboratory: &'a Laboratory,
    regime: &'a Regime,
}

impl Engine for One<'_> {
    type Start = usize;
    type Record = RunRecord;

    fn prepare(&self, replication: u32) -> usize {
        replication as usize
    }

    fn run(&self, start: &usize, _policy: usize) -> RunRecord {
        let Laboratory {
            model,
            starts,
            size,
            ..
        } = self.laboratory;
        let (history, state) = &starts[*start];
        model.run(
            self.regime,
            history,
            state,
            size.burn_in_years * 52,
            size.years,
        )
    }
}

/// Sum of a figure over the years of a run.
pub fn years(record: &RunRecord, figure: impl Fn(&YearRecord) -> f64) -> f64 {
    record.years.iter().map(figure).sum()
}

/// Mean of a weekly series.
pub fn mean(record: &RunRecord, series: Series) -> f64 {
    let weeks = record.series(series);
    weeks.iter().sum::<f64>() / weeks.len() as f64
}

/// A figure of a run: the sum of a figure of its years.
pub fn sum(figure: impl Fn(&YearRecord) -> f64) -> impl Fn(&RunRecord) -> f64 {
    move |record| years(record, &figure)
}

/// Differences of a figure, replication by replication, the second policy less the first.
pub fn paired(
    before: &[RunRecord],
    after: &[RunRecord],
    figure: impl Fn(&RunRecord) -> f64,
) -> Difference {
    let of = |records: &[RunRecord]| records.iter().map(&figure).collect::<Vec<_>>();
    statistics::Difference::of(&of(after), &of(before))
}
