//! The model as a function of its uncertain parameters: every row of a design is a society of its own, in
//! which both policies live through the same histories of dangers, drawn from the same streams for all rows.

use super::morris::{self, Effect};
use super::sobol::{self, Index};
use crate::experiment::chosen::Chosen;
use crate::experiment::run::{Engine, Failure, Schedule, execute};
use crate::experiment::sample::SelfChecks;
use crate::experiment::simulator::Simulator;
use crate::experiment::statistics::Difference;
use crate::measures::{Facts, Measure};
use crate::scenario::CheckedExperiment;

/// Headline measures: who is hurt, what is lost, who bears it, how long recovery takes.
pub const MEASURES: [Measure; 4] = [
    Measure::Deaths,
    Measure::DirectLoss,
    Measure::ResidentsShare,
    Measure::WeeksTo90,
];

/// What came of the rows of a design.
#[derive(Clone, Debug)]
pub struct Outcomes {
    /// For each row, policy and measure (in the order of [`MEASURES`]) one value a replication; none where
    /// the row broke off.
    pub rows: Vec<Option<Vec<Vec<Vec<f64>>>>>,
    /// Self-checks of each policy.
    pub checked: Vec<SelfChecks>,
    /// Rows that broke off, as replications.
    pub failures: Vec<Failure>,
}

impl Outcomes {
    /// The difference of the last policy to the first in a measure, for each row: its mean over the replications,
    /// paired; not a number where a row has none.
    pub fn differences(&self, measure: usize) -> Vec<f64> {
        let of = |row: &Option<Vec<Vec<Vec<f64>>>>| {
            row.as_ref()
                .map_or(f64::NAN, |row| difference(row, measure).mean)
        };
        self.rows.iter().map(of).collect()
    }

    /// The difference of a row in a measure.
    pub fn difference(&self, row: usize, measure: usize) -> Option<Difference> {
        let row = self.rows.get(row)?.as_ref()?;
        Some(difference(row, measure))
    }

    /// The mean difference of a policy to the first in a measure at a row, paired; not a number where
    /// there is none.
    pub fn difference_of(&self, row: usize, policy: usize, measure: usize) -> f64 {
        let values = self.rows.get(row).and_then(Option::as_ref);
        values.map_or(f64::NAN, |values| {
            Difference::of(&values[policy][measure], &values[0][measure]).mean
        })
    }

    /// Mean of a policy in a measure at a row.
    pub fn level(&self, row: usize, policy: usize, measure: usize) -> f64 {
        let values = self.rows[row].as_ref().map(|row| &row[policy][measure]);
        let known = values
            .into_iter()
            .flatten()
            .filter(|value| value.is_finite());
        let (sum, n) = known.fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
        sum / n
    }
}

fn difference(row: &[Vec<Vec<f64>>], measure: usize) -> Difference {
    Difference::of(&row[row.len() - 1][measure], &row[0][measure])
}

/// A society that is ready: its histories and burn-ins are made once for both policies.
struct Ready {
    simulator: Simulator,
    facts: Facts,
    starts: Vec<<Simulator as Engine>::Start>,
}

/// Rows of a design as an engine: a row stands where a replication does, a policy of a replication where
/// a policy does.
struct Rows<'a> {
    rows: &'a [CheckedExperiment],
}

impl Engine for Rows<'_> {
    type Start = Ready;
    type Record = Chosen;

    fn prepare(&self, row: u32) -> Ready {
        let checked = &self.rows[row as usize];
        let simulator = Simulator::new(checked);
        let replications = 0..checked.experiment.replications;
        Ready {
            facts: simulator.facts(checked),
            starts: replications.map(|r| simulator.prepare(r)).collect(),
            simulator,
        }
    }

    fn run(&self, ready: &Ready, number: usize) -> Chosen {
        let replications = ready.starts.len();
        let (policy, replication) = (number / replications, number % replications);
        let record = ready.simulator.run(&ready.starts[replication], policy);
        Chosen::of(&record, &ready.facts, &MEASURES)
    }
}

/// Runs every row: experiments with the same policies, years, replications and seed in different societies. `watch` is
/// called after each run, by any worker.
pub fn run(rows: &[CheckedExperiment], threads: usize, watch: &(dyn Fn() + Sync)) -> Outcomes {
    let first = rows.first();
    let policies = first.map_or(0, |row| row.policies.len());
    let replications = first.map_or(0, |row| row.experiment.replications as usize);
    let schedule = Schedule {
        replications: 0..rows.len() as u32,
        policies: policies * replications,
        threads,
    };
    let mut outcomes = Outcomes {
        rows: vec![None; rows.len()],
        checked: vec![SelfChecks::default(); policies],
        failures: Vec::new(),
    };
    let done = execute(&Rows { rows }, schedule, watch, |number, records| {
        let mut row = vec![vec![Vec::with_capacity(replications); MEASURES.len()]; policies];
        for (position, figures) in records.iter().enumerate() {
            let policy = position / replications.max(1);
            outcomes.checked[policy].add(number, &figures.checks, figures.candidates);
            for (values, value) in row[policy].iter_mut().zip(&figures.values) {
                values.push(*value);
            }
        }
        outcomes.rows[number as usize] = Some(row);
        Ok::<(), std::convert::Infallible>(())
    });
    let Ok(failures) = done;
    outcomes.failures = failures;
    outcomes
}

/// A screening: the effects of every factor on the difference, by measure.
#[derive(Clone, Debug)]
pub struct Screening {
    /// For each of [`MEASURES`], one effect a factor.
    pub effects: Vec<Vec<Effect>>,
    /// For each of [`MEASURES`], the share of rows in which the difference has the sign it has at the society's own
    /// values; not a number where it is none there.
    pub same_sign: Vec<f64>,
}

impl Screening {
    /// Of the outcomes of whole trajectories (places from 0 to 1); `own` are the differences at the society's own values.
    pub fn of(places: &[Vec<f64>], outcomes: &Outcomes, own: &[f64], seed: u64) -> Self {
        let differences: Vec<Vec<f64>> = (0..MEASURES.len())
            .map(|measure| outcomes.differences(measure))
            .collect();
        Screening {
            effects: differences
                .iter()
                .map(|differences| morris::effects(places, differences, seed))
                .collect(),
            same_sign: differences
                .iter()
                .zip(own)
                .map(|(differences, own)| same_sign(differences, *own))
                .collect(),
        }
    }

    /// Weight of each factor: its size beside the greatest of its measure, the mean of the measures in which
    /// anything moves.
    pub fn weights(&self) -> Vec<f64> {
        let factors = self.effects.first().map_or(0, Vec::len);
        let greatest = |effects: &[Effect]| {
            let sizes = effects.iter().map(|effect| effect.size.value);
            sizes.filter(|size| size.is_finite()).fold(0.0, f64::max)
        };
        let moving: Vec<(&Vec<Effect>, f64)> = self
            .effects
            .iter()
            .map(|effects| (effects, greatest(effects)))
            .filter(|(_, greatest)| *greatest > 0.0)
            .collect();
        let weight = |factor: usize| {
            let parts = moving
                .iter()
                .map(|(effects, greatest)| effects[factor].size.value / greatest);
            parts.sum::<f64>() / moving.len().max(1) as f64
        };
        (0..factors).map(weight).collect()
    }

    /// The factors, the weightiest first.
    pub fn order(&self) -> Vec<usize> {
        let weights = self.weights();
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]).then(a.cmp(b)));
        order
    }
}

/// Share of values with a sign; not a number where there is none to keep.
pub fn same_sign(values: &[f64], own: f64) -> f64 {
    let known: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    if own == 0.0 || !own.is_finite() {
        return f64::NAN;
    }
    let same = known.iter().filter(|value| **value * own > 0.0);
    same.count() as f64 / known.len() as f64
}

/// Shares of the variance of the difference, by measure and factor.
pub fn decomposition(factors: usize, outcomes: &Outcomes, seed: u64) -> Vec<Vec<Index>> {
    (0..MEASURES.len())
        .map(|measure| sobol::indices(factors, &outcomes.differences(measure), seed))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::sensitivity::design::trajectories;

    /// Outcomes in which the second policy is less than the first by what a function says, in every measure.
    fn outcomes(rows: &[Vec<f64>], f: impl Fn(&[f64]) -> f64) -> Outcomes {
        let row = |x: &Vec<f64>| {
            let policy = |level: f64| vec![vec![level, level + 2.0]; MEASURES.len()];
            Some(vec![policy(100.0), policy(100.0 - f(x))])
        };
        Outcomes {
            rows: rows.iter().map(row).collect(),
            checked: Vec::new(),
            failures: Vec::new(),
        }
    }

    #[test]
    fn differences_are_those_of_the_last_policy_to_the_first() {
        let mut found = outcomes(&[vec![1.0], vec![4.0]], |x| x[0]);
        assert_eq!(found.differences(0), [-1.0, -4.0]);
        assert_eq!(found.level(1, 1, 2), 97.0);
        assert_eq!(
            found.difference(1, 3).map(|d| (d.mean, d.n)),
            Some((-4.0, 2))
        );
        found.rows[0] = None;
        assert!(found.differences(0)[0].is_nan() && found.difference(0, 0).is_none());
    }

    #[test]
    fn the_weightiest_factor_comes_first_and_signs_are_counted() {
        let rows = trajectories(3, 5, 1);
        let found = outcomes(&rows, |x| 1.0 + 0.5 * x[0] + 8.0 * x[1] - 2.0 * x[2]);
        let screening = Screening::of(&rows, &found, &[-1.0; 4], 1);
        assert_eq!(screening.order(), [1, 2, 0]);
        let weights = screening.weights();
        assert!((weights[1] - 1.0).abs() < 1e-9 && (weights[2] - 0.25).abs() < 1e-9);
        let below = rows
            .iter()
            .filter(|x| 1.0 + 0.5 * x[0] + 8.0 * x[1] - 2.0 * x[2] > 0.0);
        let share = below.count() as f64 / rows.len() as f64;
        assert!((screening.same_sign[0] - share).abs() < 1e-12 && share < 1.0);
        assert!(same_sign(&[1.0], 0.0).is_nan());
    }

    #[test]
    fn variance_goes_to_what_moves() {
        let rows = crate::experiment::sensitivity::design::saltelli(2, 200, 1);
        let found = decomposition(2, &outcomes(&rows, |x| 3.0 * x[0] + x[1]), 1);
        let [first, second] = &found[0][..] else {
            panic!("two factors: {found:?}");
        };
        // Variances 9 : 1, and no interaction.
        assert!((first.total.value - 0.9).abs() < 0.25, "{first:?}");
        assert!((second.total.value - 0.1).abs() < 0.05, "{second:?}");
    }
}
