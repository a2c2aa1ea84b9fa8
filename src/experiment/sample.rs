//! What stays in memory of the runs: figures, yearly sums, national functionality, self-checks.
//!
//! Per run about 320 figures and, per year, 55 + 2 × provinces sums, 8 bytes each, with 4 bytes a
//! week of functionality: 1,000 replications of 10 years under 8 policies with 31 provinces take about
//! 110 MB. Everything bulkier is written to files as the runs finish.

use super::exceedance::Years;
use super::fatalities::Fatalities;
use super::plan::Plan;
use crate::measures::regional::{RegionalMeasure, regional};
use crate::measures::{Facts, Figure, Subject, figures, subjects, yuan};
use crate::model::record::{Checks, RunRecord, Series};
use crate::vocabulary::{Bearer, Cause, Table};

/// The runs of every policy, replication by replication.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What the figures are of.
    pub subjects: Vec<Subject>,
    /// One for each policy, in the plan's order.
    pub policies: Vec<PolicySample>,
    /// Replications that finished (from 0), in order.
    pub replications: Vec<u32>,
    facts: Facts,
}

/// The runs of one policy.
#[derive(Clone, Debug, Default)]
pub struct PolicySample {
    /// For each subject, one value a replication.
    pub figures: Vec<Vec<f64>>,
    /// Yearly sums and largest events, for exceedance curves.
    pub years: Years,
    /// The same of the natural years besides those of the runs; empty unless a tail was asked for.
    pub tail: Years,
    /// Events by the number of their dead.
    pub fatalities: Fatalities,
    /// Loss by who caused it and who finally bears it, one value a replication (yuan a year).
    pub caused: Table<Cause, Table<Bearer, Vec<f64>>>,
    /// For each week, the society's functionality of each replication.
    pub functionality: Vec<Vec<f32>>,
    /// Sum of the recovery curves, by weeks since a strike.
    pub recovery_sum: Vec<f64>,
    /// For each province and measure, one value a replication.
    pub regions: Vec<Table<RegionalMeasure, Vec<f64>>>,
    /// Self-checks of the runs.
    pub checked: SelfChecks,
}

/// Self-checks of the runs of one policy.
#[derive(Clone, Debug, Default)]
pub struct SelfChecks {
    /// Added up over the runs.
    pub sum: Checks,
    /// Replications (from 0) whose self-check failed.
    pub failed: Vec<u32>,
    /// Candidates offered and accepted.
    pub candidates: [u64; 2],
}

impl Sample {
    /// An empty sample for a plan.
    pub fn new(plan: &Plan) -> Self {
        let subjects = subjects();
        let policy = PolicySample {
            figures: vec![Vec::new(); subjects.len()],
            years: Years::new(plan.provinces.len()),
            tail: Years::new(plan.provinces.len()),
            regions: vec![Table::default(); plan.provinces.len()],
            ..PolicySample::default()
        };
        Sample {
            policies: vec![policy; plan.policies.len()],
            subjects,
            replications: Vec::new(),
            facts: plan.facts.clone(),
        }
    }

    /// Takes in one replication: the records of all policies, in the plan's order. Returns the
    /// figures of each, for the file of runs.
    pub fn add(&mut self, replication: u32, records: &[RunRecord]) -> Vec<Vec<Figure>> {
        self.replications.push(replication);
        let facts = &self.facts;
        self.policies
            .iter_mut()
            .zip(records)
            .map(|(policy, record)| policy.add(replication, record, facts))
            .collect()
    }

    /// The values of a subject under a policy, one a replication.
    pub fn values(&self, policy: usize, subject: Subject) -> Option<&[f64]> {
        let index = self.subjects.iter().position(|other| *other == subject)?;
        self.policies
            .get(policy)
            .map(|policy| policy.figures[index].as_slice())
    }

    /// Natural years of the tail; 0 = none was asked for.
    pub fn tail_years(&self) -> usize {
        self.policies.first().map_or(0, |policy| policy.tail.len())
    }

    /// The self-checks of each policy, with its key.
    pub fn checked<'a>(&'a self, plan: &'a Plan) -> Vec<(&'a str, &'a SelfChecks)> {
        let keys = plan.policies.iter().map(|policy| policy.key.as_str());
        keys.zip(self.policies.iter().map(|policy| &policy.checked))
            .collect()
    }

    /// Whether every self-check of every run passed.
    pub fn checks_pass(&self) -> bool {
        self.policies
            .iter()
            .all(|policy| policy.checked.failed.is_empty())
    }
}

impl PolicySample {
    fn add(&mut self, replication: u32, record: &RunRecord, facts: &Facts) -> Vec<Figure> {
        let figures = figures(record, facts);
        for (values, figure) in self.figures.iter_mut().zip(&figures) {
            values.push(figure.value);
        }
        self.years.add(&record.years, &record.ledger);
        self.tail.add(&record.tail.years, &record.tail.ledger);
        self.fatalities.add(record);
        self.add_caused(record);
        self.add_functionality(record);
        self.add_regions(record);
        let offered = [record.whole.candidates, record.whole.accepted];
        self.checked.add(replication, &record.checks, offered);
        figures
    }

    fn add_caused(&mut self, record: &RunRecord) {
        let years = record.years.len().max(1) as f64;
        let mut fen: Table<Cause, Table<Bearer, i64>> = Table::default();
        for row in &record.ledger {
            fen[row.cause][row.bearer] += row.amount_fen;
        }
        for (cause, bearers) in fen.iter() {
            for (bearer, amount) in bearers.iter() {
                self.caused[cause][bearer].push(yuan(*amount) / years);
            }
        }
    }

    fn add_regions(&mut self, record: &RunRecord) {
        for (province, values) in self.regions.iter_mut().enumerate() {
            for (measure, value) in regional(record, province).iter() {
                values[measure].push(*value);
            }
        }
    }

    fn add_functionality(&mut self, record: &RunRecord) {
        let weeks = record.series(Series::Functionality);
        self.functionality
            .resize(weeks.len().max(self.functionality.len()), Vec::new());
        for (values, level) in self.functionality.iter_mut().zip(weeks) {
            values.push(*level as f32);
        }
        let curve = &record.whole.recovery_curve;
        self.recovery_sum
            .resize(curve.len().max(self.recovery_sum.len()), 0.0);
        for (sum, value) in self.recovery_sum.iter_mut().zip(curve) {
            *sum += value;
        }
    }
}

impl SelfChecks {
    /// Takes in one run: its checks, and the candidates offered and accepted.
    pub fn add(&mut self, replication: u32, checks: &Checks, candidates: [u64; 2]) {
        self.sum_up(checks, candidates);
        if !checks.pass() {
            self.failed.push(replication);
        }
    }

    /// Takes in all runs of a later part, whose replications count from `first`.
    pub fn join(&mut self, later: &SelfChecks, first: u32) {
        self.sum_up(&later.sum, later.candidates);
        let failed = later.failed.iter().map(|replication| first + replication);
        self.failed.extend(failed);
    }

    fn sum_up(&mut self, checks: &Checks, candidates: [u64; 2]) {
        for (all, own) in self.candidates.iter_mut().zip(candidates) {
            *all += own;
        }
        let sum = &mut self.sum;
        sum.join(checks);
        sum.cut_generations += checks.cut_generations;
    }
}
