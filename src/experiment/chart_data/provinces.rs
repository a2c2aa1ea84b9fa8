//! Loss per head of each province, and what a policy changes in it.

use crate::experiment::exceedance::{Exceeded, YearSubject};
use crate::experiment::plan::Plan;
use crate::experiment::sample::Sample;
use crate::experiment::statistics::{Difference, Estimate};

/// Direct loss of one province (yuan a head and year).
#[derive(Clone, Debug, PartialEq)]
pub struct ProvinceLoss {
    /// Province (position in the plan).
    pub province: usize,
    /// Under the baseline.
    pub baseline: Estimate,
    /// Of each policy of the plan to the baseline, paired by replication.
    pub differences: Vec<Difference>,
}

/// Losses of all provinces.
pub fn provinces(plan: &Plan, sample: &Sample) -> Vec<ProvinceLoss> {
    (0..plan.provinces.len())
        .map(|province| {
            let baseline = per_head(plan, sample, plan.baseline, province);
            let policies = 0..plan.policies.len();
            ProvinceLoss {
                province,
                differences: policies
                    .map(|p| Difference::of(&per_head(plan, sample, p, province), &baseline))
                    .collect(),
                baseline: Estimate::of(&baseline),
            }
        })
        .collect()
}

/// One value a replication: the mean of its years over the people of the province.
fn per_head(plan: &Plan, sample: &Sample, policy: usize, province: usize) -> Vec<f64> {
    let subject = YearSubject {
        exceeded: Exceeded::Direct,
        category: None,
        province: Some(province),
        level: None,
        largest: false,
    };
    let people = plan.province_people.get(province).copied();
    let people = people.unwrap_or(f64::NAN);
    let runs = &sample.policies[policy].years;
    let years = plan.years.max(1) as usize;
    let values = runs.of(subject).unwrap_or_default();
    values
        .chunks(years)
        .map(|run| run.iter().sum::<f64>() / run.len() as f64 / people)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;
    use crate::measures::yuan;

    #[test]
    fn heads_and_years_divide_the_loss() {
        let plan = synthetic::plan(&[0, 3], 4, 3);
        let mut sample = Sample::new(&plan);
        let mut fen = 0;
        for replication in 0..4 {
            let records = [0, 3].map(|policy| synthetic::record(replication, policy, 3));
            let years = records[0].years.iter();
            fen += years
                .flat_map(|year| year.provinces[1].direct_fen.values())
                .sum::<i64>();
            sample.add(replication, &records);
        }
        let all = provinces(&plan, &sample);
        assert_eq!((all.len(), all[1].province), (3, 1));
        let expected = yuan(fen) / 4.0 / 3.0 / 3e6;
        assert!(expected > 0.0 && (all[1].baseline.mean / expected - 1.0).abs() < 1e-12);
        assert!(all[1].differences[0].identical && all[1].differences[1].mean < 0.0);
    }
}
