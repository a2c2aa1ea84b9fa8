//! What every policy does to one province, paired by replication.

use super::plan::Plan;
use super::sample::Sample;
use super::statistics::{Difference, Estimate};
use crate::measures::regional::RegionalMeasure;
use crate::vocabulary::Table;

/// A figure of a province under a policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RegionalFigure {
    /// Mean of the replications.
    pub estimate: Estimate,
    /// Paired difference to the baseline; none for the baseline itself.
    pub difference: Option<Difference>,
}

/// The figures of a province (position) under each policy, in the plan's order.
pub fn regional(
    plan: &Plan,
    sample: &Sample,
    province: usize,
) -> Vec<Table<RegionalMeasure, RegionalFigure>> {
    let values = |policy: usize, measure| &sample.policies[policy].regions[province][measure];
    let figure = |policy: usize, measure| {
        let own = values(policy, measure);
        RegionalFigure {
            estimate: Estimate::of(own),
            difference: (policy != plan.baseline)
                .then(|| Difference::of(own, values(plan.baseline, measure))),
        }
    };
    (0..plan.policies.len())
        .map(|policy| Table::from_fn(|measure| figure(policy, measure)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;
    use crate::measures::yuan;

    #[test]
    fn a_province_has_its_own_years_and_its_paired_difference() {
        let plan = synthetic::plan(&[0, 3], 4, 3);
        let sample = synthetic::sample(&plan, &[0, 3], 0..4);
        let fen: i64 = (0..4)
            .flat_map(|replication| synthetic::record(replication, 0, 3).years)
            .map(|year| year.provinces[1].direct_fen.values().iter().sum::<i64>())
            .sum();
        let own = regional(&plan, &sample, 1);
        let loss = own[0][RegionalMeasure::DirectLoss];
        assert!((loss.estimate.mean / (yuan(fen) / 12.0) - 1.0).abs() < 1e-12);
        assert!(loss.difference.is_none());
        let deaths = own[1][RegionalMeasure::Deaths].difference.unwrap();
        let all = own[1][RegionalMeasure::Deaths].estimate.mean;
        let base = own[0][RegionalMeasure::Deaths].estimate.mean;
        assert!((deaths.mean - (all - base)).abs() < 1e-9 && deaths.n == 4);
    }
}
