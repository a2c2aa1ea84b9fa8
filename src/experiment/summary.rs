//! The summary of an experiment: policy × figure, differences to the baseline, plan indicators.

use rayon::prelude::*;
use serde::Serialize;

use super::liability::Liabilities;
use super::plan::{Name, Plan};
use super::run::Failure;
use super::sample::Sample;
use super::statistics::{Difference, Estimate};
use super::warnings::{Warning, warnings};
use crate::measures::Subject;
use crate::measures::indicators::{Basis, Indicator, indicators, value};
use crate::scenario::experiment::Start;

/// Everything that the tables, charts and texts say in numbers.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// Key of the experiment.
    pub experiment: String,
    /// Name of the experiment.
    pub experiment_name: Name,
    /// Key of the society.
    pub society: String,
    /// Name of the society.
    pub society_name: Name,
    /// The run's short identity.
    pub identity: String,
    /// Years of the horizon.
    pub years: u32,
    /// From which state the policies start.
    pub start: Start,
    /// Replications that finished.
    pub replications: usize,
    /// Key of the baseline.
    pub baseline: String,
    /// Policies, in the plan's order.
    pub policies: Vec<PolicySummary>,
    /// What the user must know before reading on.
    pub warnings: Vec<Warning>,
    /// What governments are liable for: a file of its own.
    #[serde(skip)]
    pub liabilities: Liabilities,
}

/// One policy.
#[derive(Clone, Debug, Serialize)]
pub struct PolicySummary {
    /// Key.
    pub key: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Its figures.
    pub figures: Vec<FigureSummary>,
    /// Its plan indicators.
    pub indicators: Vec<IndicatorSummary>,
}

/// One figure of one policy.
#[derive(Clone, Debug, Serialize)]
pub struct FigureSummary {
    /// What it is of.
    pub subject: Subject,
    /// Mean, interval and spread.
    pub estimate: Estimate,
    /// Difference to the baseline; `None` for the baseline.
    pub difference: Option<Difference>,
}

/// One plan indicator of one policy.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorSummary {
    /// Key of the indicator.
    pub key: String,
    /// Unit (English).
    pub unit: String,
    /// As happened.
    pub happened: IndicatorEstimate,
    /// As reported, where that may differ.
    pub reported: Option<IndicatorEstimate>,
}

/// Value and chance of an indicator on one basis.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct IndicatorEstimate {
    /// Mean, interval and spread of the runs.
    pub estimate: Estimate,
    /// The greatest value that meets the target; `None` without a target.
    pub limit: Option<f64>,
    /// Share of the runs that meet the target.
    pub probability_of_target: Option<f64>,
}

impl Summary {
    /// Sums up a sample.
    pub fn of(plan: &Plan, sample: &Sample, failures: &[Failure]) -> Self {
        let of_policies = || -> Vec<PolicySummary> {
            let policies = (0..plan.policies.len()).into_par_iter();
            policies
                .map(|policy| policy_summary(plan, sample, policy))
                .collect()
        };
        let (policies, liabilities) = rayon::join(of_policies, || Liabilities::of(plan, sample));
        let warnings = warnings(plan, sample, &policies, failures);
        Summary {
            experiment: plan.key.clone(),
            experiment_name: plan.name.clone(),
            society: plan.society.clone(),
            society_name: plan.society_name.clone(),
            identity: plan.identity().to_owned(),
            years: plan.years,
            start: plan.start,
            replications: sample.replications.len(),
            baseline: plan.policies[plan.baseline].key.clone(),
            policies,
            warnings,
            liabilities,
        }
    }

    /// A figure of a policy (position in the plan).
    pub fn figure(&self, policy: usize, subject: Subject) -> Option<&FigureSummary> {
        self.policies.get(policy)?.figure(subject)
    }
}

impl PolicySummary {
    /// A figure of this policy.
    pub fn figure(&self, subject: Subject) -> Option<&FigureSummary> {
        self.figures.iter().find(|figure| figure.subject == subject)
    }

    /// Its name in a language.
    pub fn word(&self, language: crate::vocabulary::Language) -> &str {
        language.pick(&self.name_zh, &self.name_en)
    }
}

fn policy_summary(plan: &Plan, sample: &Sample, policy: usize) -> PolicySummary {
    let own = &sample.policies[policy].figures;
    let baseline = &sample.policies[plan.baseline].figures;
    let figures = sample
        .subjects
        .iter()
        .enumerate()
        .map(|(index, subject)| FigureSummary {
            subject: *subject,
            estimate: Estimate::of(&own[index]),
            difference: (policy != plan.baseline)
                .then(|| Difference::of(&own[index], &baseline[index])),
        })
        .collect();
    PolicySummary {
        key: plan.policies[policy].key.clone(),
        name_zh: plan.policies[policy].name.zh.clone(),
        name_en: plan.policies[policy].name.en.clone(),
        figures,
        indicators: indicators()
            .iter()
            .filter_map(|indicator| indicator_summary(plan, sample, policy, indicator))
            .collect(),
    }
}

fn indicator_summary(
    plan: &Plan,
    sample: &Sample,
    policy: usize,
    indicator: &Indicator,
) -> Option<IndicatorSummary> {
    let of = |policy, basis| indicator_values(plan, sample, policy, indicator, basis);
    let base = |basis| of(plan.baseline, basis).map(|values| Estimate::of(&values).mean);
    let estimate = |basis| -> Option<IndicatorEstimate> {
        let values = of(policy, basis)?;
        let limit = indicator.limit(base(basis)?);
        let share = |limit: f64| {
            values.iter().filter(|value| **value <= limit).count() as f64 / values.len() as f64
        };
        Some(IndicatorEstimate {
            estimate: Estimate::of(&values),
            limit,
            probability_of_target: limit.map(share),
        })
    };
    Some(IndicatorSummary {
        key: indicator.key.clone(),
        unit: indicator.unit_en.clone(),
        happened: estimate(Basis::True)?,
        reported: estimate(Basis::Reported),
    })
}

/// One value a replication.
fn indicator_values(
    plan: &Plan,
    sample: &Sample,
    policy: usize,
    indicator: &Indicator,
    basis: Basis,
) -> Option<Vec<f64>> {
    (0..sample.replications.len())
        .map(|replication| {
            let figure = |subject| {
                sample
                    .values(policy, subject)
                    .map_or(f64::NAN, |values| values[replication])
            };
            value(&indicator.key, basis, &plan.facts, &figure)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;
    use crate::measures::Measure;

    fn summary() -> Summary {
        let plan = synthetic::plan(&[0, 3], 12, 4);
        let sample = synthetic::sample(&plan, &[0, 3], 0..12);
        Summary::of(&plan, &sample, &[])
    }

    #[test]
    fn differences_are_paired_with_the_baseline() {
        let summary = summary();
        let deaths = Subject::whole(Measure::Deaths);
        let baseline = summary.figure(0, deaths).unwrap();
        let policy = summary.figure(1, deaths).unwrap();
        assert!(baseline.difference.is_none());
        let difference = policy.difference.unwrap();
        let means = policy.estimate.mean - baseline.estimate.mean;
        assert!((difference.mean - means).abs() < 1e-9 && difference.mean < 0.0);
    }

    #[test]
    fn indicators_have_chances_between_zero_and_one() {
        let summary = summary();
        for policy in &summary.policies {
            assert_eq!(policy.indicators.len(), 7);
            for indicator in &policy.indicators {
                let chance = indicator.happened.probability_of_target.unwrap();
                assert!((0.0..=1.0).contains(&chance), "{}", indicator.key);
            }
        }
        let affected = &summary.policies[0].indicators[5];
        assert_eq!(affected.happened.probability_of_target, Some(1.0));
    }
}
