//! The numbers that the charts of a comparison need, as plain values.

pub mod grid;
pub mod ladder;
pub mod money;
pub mod provinces;

use crate::experiment::exceedance::{Basis, Exceeded, Point, YearSubject, curves};
use crate::experiment::plan::Plan;
use crate::experiment::sample::Sample;
use crate::experiment::statistics::{Difference, Estimate, quantile};
use crate::measures::{Measure, Part, Subject};
use crate::vocabulary::{Bearer, Vocabulary};

/// Losses of one policy by who finally bears them (yuan a year).
#[derive(Clone, Debug, PartialEq)]
pub struct Losses {
    /// Policy (position in the plan).
    pub policy: usize,
    /// Mean of each bearer.
    pub bearers: Vec<(Bearer, f64)>,
    /// The whole loss with its interval.
    pub total: Estimate,
}

/// Losses by bearer, for each policy.
pub fn losses_by_bearer(sample: &Sample) -> Vec<Losses> {
    (0..sample.policies.len())
        .map(|policy| Losses {
            policy,
            bearers: Bearer::ALL
                .iter()
                .map(|&bearer| {
                    let subject = Subject::of_part(Measure::LossBorne, Part::Bearer(bearer));
                    (bearer, estimate(sample, policy, subject).mean)
                })
                .collect(),
            total: estimate(sample, policy, Subject::whole(Measure::LossBorne)),
        })
        .collect()
}

fn estimate(sample: &Sample, policy: usize, subject: Subject) -> Estimate {
    Estimate::of(sample.values(policy, subject).unwrap_or_default())
}

/// A paired difference of one policy to the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedDifference {
    /// Policy (position in the plan).
    pub policy: usize,
    /// What it is of.
    pub subject: Subject,
    /// The difference in the measure's unit.
    pub difference: Difference,
}

/// Paired differences of every policy but the baseline, for each subject.
pub fn paired_differences(
    plan: &Plan,
    sample: &Sample,
    subjects: &[Subject],
) -> Vec<PairedDifference> {
    let mut list = Vec::new();
    for &subject in subjects {
        let baseline = sample.values(plan.baseline, subject).unwrap_or_default();
        for policy in (0..sample.policies.len()).filter(|policy| *policy != plan.baseline) {
            let values = sample.values(policy, subject).unwrap_or_default();
            list.push(PairedDifference {
                policy,
                subject,
                difference: Difference::of(values, baseline),
            });
        }
    }
    list
}

/// Functionality of the society under one policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Functionality {
    /// Policy (position in the plan).
    pub policy: usize,
    /// Each week: [mean, 10 % quantile, 90 % quantile] over the replications.
    pub weeks: Vec<[f64; 3]>,
    /// Share of the function lost in a strike that is back, by weeks since the strike.
    pub recovery: Vec<f64>,
}

/// Functionality over time and the mean recovery curve, for each policy.
pub fn functionality(sample: &Sample) -> Vec<Functionality> {
    let replications = sample.replications.len() as f64;
    sample
        .policies
        .iter()
        .enumerate()
        .map(|(policy, runs)| Functionality {
            policy,
            weeks: runs
                .functionality
                .iter()
                .map(|values| mean_and_ribbon(values))
                .collect(),
            recovery: runs
                .recovery_sum
                .iter()
                .map(|sum| sum / replications)
                .collect(),
        })
        .collect()
}

fn mean_and_ribbon(values: &[f32]) -> [f64; 3] {
    let mut sorted: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
    sorted.sort_by(f64::total_cmp);
    let mean = sorted.iter().sum::<f64>() / sorted.len() as f64;
    [mean, quantile(&sorted, 0.1), quantile(&sorted, 0.9)]
}

/// One exceedance curve of one policy, the nation and all categories together.
#[derive(Clone, Debug, PartialEq)]
pub struct ExceedanceCurve {
    /// Policy (position in the plan).
    pub policy: usize,
    /// Kind of curve: OEP or AEP.
    pub basis: Basis,
    /// Points at the return periods of the table.
    pub points: Vec<Point>,
    /// All simulated years: (return period n/k of the k-th greatest, its value), greatest first.
    pub years: Vec<(f64, f64)>,
}

/// OEP and AEP curves of a measure, for each policy.
pub fn exceedance(sample: &Sample, exceeded: Exceeded) -> Vec<ExceedanceCurve> {
    let mut list = Vec::new();
    for (policy, runs) in sample.policies.iter().enumerate() {
        for (basis, largest) in [(Basis::Oep, true), (Basis::Aep, false)] {
            let subject = YearSubject {
                exceeded,
                category: None,
                province: None,
                level: None,
                largest,
            };
            let values = runs.years.of(subject).unwrap_or_default();
            let mut sorted = values.to_vec();
            sorted.sort_by(|a, b| b.total_cmp(a));
            let n = sorted.len() as f64;
            let years = sorted
                .iter()
                .enumerate()
                .map(|(k, value)| (n / (k + 1) as f64, *value))
                .collect();
            list.push(ExceedanceCurve {
                policy,
                basis,
                points: curves(values).0,
                years,
            });
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;

    fn sample(plan: &Plan, policies: &[usize]) -> Sample {
        synthetic::sample(plan, policies, 0..8)
    }

    #[test]
    fn bearers_add_up_to_the_total() {
        let plan = synthetic::plan(&[0, 2], 8, 3);
        for losses in losses_by_bearer(&sample(&plan, &[0, 2])) {
            let sum: f64 = losses.bearers.iter().map(|(_, mean)| mean).sum();
            assert!((sum / losses.total.mean - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn curves_fall_and_ribbons_hold_the_mean() {
        let plan = synthetic::plan(&[0, 2], 8, 3);
        let sample = sample(&plan, &[0, 2]);
        let subjects = [
            Measure::Deaths,
            Measure::DirectLoss,
            Measure::SocialCost,
            Measure::ResilienceLoss,
        ]
        .map(Subject::whole);
        let forest = paired_differences(&plan, &sample, &subjects);
        assert_eq!(forest.len(), 4);
        assert!(forest.iter().all(|row| row.policy == 1));
        for curve in exceedance(&sample, Exceeded::Direct) {
            assert_eq!(curve.years.len(), 24);
            assert!(curve.years.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        }
        for policy in functionality(&sample) {
            assert_eq!(policy.weeks.len(), 156);
            assert!(
                policy
                    .weeks
                    .iter()
                    .all(|[_, low, high]| low <= high && *high <= 1.0)
            );
            assert_eq!(policy.recovery.len(), 105);
        }
    }
}
