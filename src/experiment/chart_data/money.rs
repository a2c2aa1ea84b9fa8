//! Whose money: losses by who caused them and who bears them, and the money cost by who pays it
//! against deaths.

use crate::experiment::plan::Plan;
use crate::experiment::sample::Sample;
use crate::experiment::statistics::{Difference, Estimate};
use crate::measures::payers::{Payer, payers};
use crate::measures::{Measure, Subject};
use crate::vocabulary::{Bearer, Cause, Table, Vocabulary};

/// Losses from one cause under one policy (yuan a year).
#[derive(Clone, Debug, PartialEq)]
pub struct Caused {
    /// Who or what caused them.
    pub cause: Cause,
    /// Policy (position in the plan).
    pub policy: usize,
    /// By who finally bears them.
    pub borne: Table<Bearer, Estimate>,
    /// All of them.
    pub total: Estimate,
}

/// Losses by cause and bearer, cause by cause, each under all policies.
pub fn caused(sample: &Sample) -> Vec<Caused> {
    let of = |cause: Cause, policy: usize| {
        let borne = &sample.policies[policy].caused[cause];
        let total: Vec<f64> = (0..sample.replications.len())
            .map(|run| borne.values().iter().map(|values| values[run]).sum())
            .collect();
        Caused {
            cause,
            policy,
            borne: borne.map(|_, values| Estimate::of(values)),
            total: Estimate::of(&total),
        }
    };
    let policies = 0..sample.policies.len();
    let causes = Cause::ALL.iter();
    causes
        .flat_map(|&cause| policies.clone().map(move |policy| of(cause, policy)))
        .collect()
}

/// What one policy costs in money and in lives.
#[derive(Clone, Debug, PartialEq)]
pub struct TradeOff {
    /// Policy (position in the plan).
    pub policy: usize,
    /// Deaths a year.
    pub deaths: Estimate,
    /// Money cost without lives (yuan a year).
    pub cost: Estimate,
    /// Mean money cost by who pays it (yuan a year).
    pub paid: Table<Payer, f64>,
    /// Whether another policy has fewer deaths and a lower cost, both resolved by the paired runs.
    pub beaten: bool,
}

/// Deaths and money cost of every policy.
pub fn trade_offs(plan: &Plan, sample: &Sample) -> Vec<TradeOff> {
    let values = |policy: usize, measure: Measure| {
        let subject = Subject::whole(measure);
        sample.values(policy, subject).unwrap_or_default()
    };
    let less = |one: usize, other: usize, measure: Measure| {
        let difference = Difference::of(values(one, measure), values(other, measure));
        difference.resolved && !difference.negligible && difference.mean < 0.0
    };
    let all = 0..plan.policies.len();
    let beats = |one: usize, other: usize| {
        [Measure::Deaths, Measure::MoneyCost]
            .iter()
            .all(|measure| less(one, other, *measure))
    };
    all.clone()
        .map(|policy| TradeOff {
            policy,
            deaths: Estimate::of(values(policy, Measure::Deaths)),
            cost: Estimate::of(values(policy, Measure::MoneyCost)),
            paid: paid(sample, policy),
            beaten: all.clone().any(|other| beats(other, policy)),
        })
        .collect()
}

/// Mean over the replications of what each pays.
fn paid(sample: &Sample, policy: usize) -> Table<Payer, f64> {
    let runs = sample.replications.len();
    let mut sum: Table<Payer, f64> = Table::default();
    for run in 0..runs {
        let figure = |subject| {
            let values = sample.values(policy, subject);
            values.map_or(f64::NAN, |values| values[run])
        };
        for (payer, yuan) in payers(figure).iter() {
            sum[payer] += yuan / runs as f64;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;
    use crate::measures::Part;

    fn sample(plan: &Plan, policies: &[usize]) -> Sample {
        synthetic::sample(plan, policies, 0..12)
    }

    #[test]
    fn causes_add_up_to_the_loss_of_each_bearer() {
        let plan = synthetic::plan(&[0, 2], 12, 3);
        let sample = sample(&plan, &[0, 2]);
        let all = caused(&sample);
        assert_eq!(all.len(), 2 * Cause::ALL.len());
        for &bearer in Bearer::ALL {
            let rows = all.iter().filter(|row| row.policy == 1);
            let sum: f64 = rows.map(|row| row.borne[bearer].mean).sum();
            let subject = Subject::of_part(Measure::LossBorne, Part::Bearer(bearer));
            let whole = Estimate::of(sample.values(1, subject).unwrap()).mean;
            assert!((sum - whole).abs() <= 1e-9 * whole.abs(), "{bearer:?}");
        }
    }

    #[test]
    fn what_each_pays_adds_up_to_the_cost() {
        let plan = synthetic::plan(&[0, 2], 12, 3);
        for row in trade_offs(&plan, &sample(&plan, &[0, 2])) {
            let sum: f64 = row.paid.values().iter().sum();
            assert!((sum / row.cost.mean - 1.0).abs() < 1e-9);
        }
    }

    /// Cheaper by 1 ± 0.1 and fewer dead by 2 ± 0.1 beats; cheaper by 1 ± 10 does not.
    #[test]
    fn who_is_better_in_both_and_resolved_beats() {
        let plan = synthetic::plan(&[0, 1], 12, 3);
        let mut sample = sample(&plan, &[0, 1]);
        for (spread, expected) in [(0.1, [true, false]), (10.0, [false, false])] {
            for (measure, less) in [(Measure::Deaths, 2.0), (Measure::MoneyCost, 1.0)] {
                let own = Subject::whole(measure);
                let index = sample.subjects.iter().position(|s| *s == own).unwrap();
                for run in 0..12 {
                    let sign = if run % 2 == 0 { spread } else { -spread };
                    sample.policies[0].figures[index][run] = 50.0 + run as f64;
                    sample.policies[1].figures[index][run] = 50.0 + run as f64 - less + sign;
                }
            }
            let rows = trade_offs(&plan, &sample);
            assert_eq!([rows[0].beaten, rows[1].beaten], expected);
        }
    }
}
