//! Whether what a comparison says holds over the declared ranges of the uncertain parameters: how often each
//! difference keeps its sign, which parameters decide, how the ranking stands under each behavioural rule, and what a
//! choice may come to cost beside the best one.
//!
//! *Equations.* Rank correlation ρ of a parameter with a difference over the sets (Spearman 1904, American Journal of
//! Psychology 15:72–101). Regret of policy p in set s: how much worse its measure is than that of the best policy there
//! (Savage 1951, Journal of the American Statistical Association 46:55–67); a policy is best where no other is
//! better by more than a millionth.

use serde::{Deserialize, Serialize};

use super::plan::Name;
use super::ranks::rank_correlation;
use super::sensitivity::resample::{Interval, Resamples};
use super::sensitivity::study::{MEASURES, Outcomes, same_sign};
use super::sensitivity::{Factor, Grade};
use super::statistics::NEGLIGIBLE;
use crate::measures::{Better, Measure};
use crate::vocabulary::{Vocabulary, vocabulary};

/// Share of sets in which a robust difference keeps its sign.
pub const ROBUST: f64 = 0.9;
/// Parameters named as deciding.
const DECIDING: usize = 2;

vocabulary! {
    /// What the sets say of a difference.
    Verdict {
        Robust = "robust", "稳健", "robust";
        Depends = "depends on assumptions", "取决于假设", "depends on assumptions";
        Nothing = "no difference", "无差异", "no difference";
        Baseline = "baseline", "基准", "baseline";
    }
}

/// What the sets of values say of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Robustness {
    /// Sets of values (Latin hypercube over the ranges).
    pub sets: usize,
    /// Years of each, which may be fewer than the comparison's.
    pub years: u32,
    /// Replications of each, which may be fewer than the comparison's; all slots are in each.
    pub replications: u32,
    /// Parameters that were varied.
    pub parameters: usize,
    /// Uncertain parameters of the society.
    pub uncertain: usize,
    /// Whether every run of every set passed its self-checks.
    pub self_checks_passed: bool,
    /// One row for each policy (the baseline first) and measure.
    pub rows: Vec<Row>,
    /// Rankings under each behavioural rule, the society's own first.
    pub rules: Vec<Rule>,
}

/// A policy in a measure. Differences and regrets are in the unit of the measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Key of the policy.
    pub policy: String,
    /// Its name.
    pub policy_name: Name,
    /// Key of the measure.
    pub measure: String,
    /// Its name.
    pub measure_name: Name,
    /// Its unit.
    pub unit: Name,
    /// Difference to the baseline at the society's own values, in runs as short as those of the sets.
    pub difference: Option<f64>,
    /// Share of the sets in which the difference has the same sign.
    pub same_sign: Option<f64>,
    /// What that means.
    pub verdict: Verdict,
    /// Sets in which the measure has a value under the policy and the baseline.
    pub n: usize,
    /// The two parameters that decide most.
    pub deciding: Vec<Deciding>,
    /// Mean regret over the sets.
    pub mean_regret: Option<f64>,
    /// Greatest regret.
    pub greatest_regret: Option<f64>,
    /// Share of the sets in which no policy is better.
    pub probability_of_being_best: Option<f64>,
}

/// A parameter that decides a difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deciding {
    /// Name of the parameter, as `--parameters` takes it.
    pub parameter: String,
    /// The name in words.
    pub name: Name,
    /// What its value rests on.
    pub grade: Grade,
    /// Rank correlation with the difference, with its 95 % bootstrap interval.
    pub correlation: Interval,
}

/// Rankings under a behavioural rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The switch, such as `society.enterprise.rule`.
    pub parameter: String,
    /// Its value.
    pub choice: String,
    /// Whether it is the society's own.
    pub own: bool,
    /// One for each measure.
    pub rankings: Vec<Ranking>,
}

/// Policies in the order of a measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    /// Key of the measure.
    pub measure: String,
    /// Keys of the policies, the best first.
    pub policies: Vec<String>,
    /// Their differences to the baseline.
    pub differences: Vec<Option<f64>>,
}

/// A policy as rows name it.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Name,
}

/// What was run: outcomes of the society's own values, of the sets, and of the other rules.
pub struct Evidence<'a> {
    /// Policies, the baseline first.
    pub policies: &'a [Policy],
    /// The parameters.
    pub factors: &'a [Factor],
    /// Places from 0 to 1 of the sets.
    pub places: &'a [Vec<f64>],
    /// Outcomes: row 0 = the society's own values, then the sets, then the rules.
    pub outcomes: &'a Outcomes,
    /// Seed of the resampling.
    pub seed: u64,
}

impl Evidence<'_> {
    fn sets(&self) -> std::ops::Range<usize> {
        1..1 + self.places.len()
    }

    /// Every policy in every measure.
    pub fn rows(&self) -> Vec<Row> {
        let policies = 0..self.policies.len();
        policies
            .flat_map(|policy| (0..MEASURES.len()).map(move |measure| (policy, measure)))
            .map(|(policy, measure)| self.row(policy, measure))
            .collect()
    }

    fn row(&self, policy: usize, number: usize) -> Row {
        let (measure, own) = (MEASURES[number], &self.policies[policy]);
        let of = |row: usize| self.outcomes.difference_of(row, policy, number);
        let differences: Vec<f64> = self.sets().map(of).collect();
        let difference = if policy == 0 { f64::NAN } else { of(0) };
        let level = self.outcomes.level(0, 0, number);
        let nothing = difference.abs() <= NEGLIGIBLE * level.abs();
        let kept = same_sign(&differences, if nothing { 0.0 } else { difference });
        let verdict = if policy == 0 {
            Verdict::Baseline
        } else if !kept.is_finite() {
            Verdict::Nothing
        } else if kept >= ROBUST {
            Verdict::Robust
        } else {
            Verdict::Depends
        };
        let regrets = self.regrets(policy, number);
        Row {
            policy: own.key.clone(),
            policy_name: own.name.clone(),
            measure: measure.key().to_owned(),
            measure_name: named(measure.zh(), measure.en()),
            unit: named(measure.unit().zh(), measure.unit().en()),
            difference: known(difference),
            same_sign: known(kept),
            verdict,
            n: differences.iter().filter(|value| value.is_finite()).count(),
            deciding: if policy == 0 {
                Vec::new()
            } else {
                self.deciding(&differences)
            },
            mean_regret: known(regrets.iter().sum::<f64>() / regrets.len() as f64),
            greatest_regret: regrets.iter().copied().reduce(f64::max),
            probability_of_being_best: known(self.best_share(policy, number, regrets.len())),
        }
    }

    /// Levels of all policies in a set, lower being better; `None` where one is missing.
    fn levels(&self, row: usize, number: usize) -> Option<Vec<f64>> {
        let sign = sign(MEASURES[number]);
        let levels = 0..self.policies.len();
        let levels: Vec<f64> = levels
            .map(|policy| sign * self.outcomes.level(row, policy, number))
            .collect();
        levels
            .iter()
            .all(|level| level.is_finite())
            .then_some(levels)
    }

    /// How much worse a policy is than the best one, in each set.
    fn regrets(&self, policy: usize, number: usize) -> Vec<f64> {
        let regret = |row: usize| {
            let levels = self.levels(row, number)?;
            let best = levels.iter().copied().fold(f64::INFINITY, f64::min);
            Some(levels[policy] - best)
        };
        self.sets().filter_map(regret).collect()
    }

    fn best_share(&self, policy: usize, number: usize, n: usize) -> f64 {
        let is_best = |row: usize| {
            let levels = self.levels(row, number)?;
            let best = levels.iter().copied().fold(f64::INFINITY, f64::min);
            (levels[policy] - best <= NEGLIGIBLE * best.abs()).then_some(())
        };
        self.sets().filter_map(is_best).count() as f64 / n as f64
    }

    /// The parameters with the largest rank correlation with the differences.
    fn deciding(&self, differences: &[f64]) -> Vec<Deciding> {
        let known: Vec<usize> = (0..differences.len())
            .filter(|set| differences[*set].is_finite())
            .collect();
        let rank = |factor: usize, units: &[usize]| {
            let of = |values: &dyn Fn(usize) -> f64| -> Vec<f64> {
                units.iter().map(|unit| values(known[*unit])).collect()
            };
            let places = of(&|set| self.places[set][factor]);
            rank_correlation(&places, &of(&|set| differences[set]))
        };
        let all: Vec<usize> = (0..known.len()).collect();
        let mut order: Vec<(usize, f64)> = (0..self.factors.len())
            .map(|factor| (factor, rank(factor, &all).abs()))
            .filter(|(_, size)| size.is_finite())
            .collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let resamples = Resamples::new(known.len(), self.seed);
        let deciding = order.into_iter().take(DECIDING).map(|(number, _)| {
            let factor = &self.factors[number];
            Deciding {
                parameter: factor.name.clone(),
                name: factor.words.clone(),
                grade: factor.grade,
                correlation: resamples.interval(|units| rank(number, units)),
            }
        });
        deciding.collect()
    }

    /// Rankings in a row of outcomes.
    pub fn rankings(&self, row: usize) -> Vec<Ranking> {
        (0..MEASURES.len())
            .map(|number| self.ranking(row, number))
            .collect()
    }

    fn ranking(&self, row: usize, number: usize) -> Ranking {
        let measure = MEASURES[number];
        let level = |policy: usize| {
            let level = sign(measure) * self.outcomes.level(row, policy, number);
            if level.is_nan() { f64::INFINITY } else { level }
        };
        let mut order: Vec<usize> = (0..self.policies.len()).collect();
        order.sort_by(|a, b| level(*a).total_cmp(&level(*b)).then(a.cmp(b)));
        let difference = |policy: &usize| known(self.outcomes.difference_of(row, *policy, number));
        Ranking {
            measure: measure.key().to_owned(),
            differences: order.iter().map(difference).collect(),
            policies: order
                .iter()
                .map(|policy| self.policies[*policy].key.clone())
                .collect(),
        }
    }
}

/// Lower is better after multiplication by this.
fn sign(measure: Measure) -> f64 {
    if measure.better() == Better::Higher {
        -1.0
    } else {
        1.0
    }
}

fn named(zh: &str, en: &str) -> Name {
    Name {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

fn known(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::sensitivity::design::parameter_sets;
    use crate::experiment::sensitivity::factors::factors;
    use crate::scenario::load_society;

    fn policies() -> Vec<Policy> {
        let policy = |key: &str| Policy {
            key: key.to_owned(),
            name: Name::default(),
        };
        ["base", "good", "gamble"].map(policy).to_vec()
    }

    /// Base 100; good always 3 less; gamble 100 + 20·(x₁ − 0.4), which is better only where x₁ is low.
    fn outcomes(places: &[Vec<f64>]) -> Outcomes {
        let row = |x: &[f64]| {
            let levels = [100.0, 97.0, 100.0 + 20.0 * (x[1] - 0.4)];
            Some(
                levels
                    .map(|level| vec![vec![level]; MEASURES.len()])
                    .to_vec(),
            )
        };
        let own = vec![0.5, 0.2, 0.5];
        Outcomes {
            rows: [own].iter().chain(places).map(|x| row(x)).collect(),
            checked: Vec::new(),
            failures: Vec::new(),
        }
    }

    #[test]
    fn signs_regret_and_the_best_by_hand() {
        let society = load_society("seminar-county", &[]).unwrap().society;
        let names = [
            "enterprise.care_kappa",
            "enterprise.perceived_risk",
            "recovery.money_gap_slowdown",
        ];
        let factors = factors(&names.map(str::to_owned), &society).unwrap();
        let places = parameter_sets(3, 100, 4);
        let outcomes = outcomes(&places);
        let policies = policies();
        let evidence = Evidence {
            policies: &policies,
            factors: &factors,
            places: &places,
            outcomes: &outcomes,
            seed: 4,
        };
        let rows = evidence.rows();
        assert_eq!(rows.len(), 3 * MEASURES.len());
        let of = |policy: usize| &rows[policy * MEASURES.len()];
        assert_eq!((of(0).verdict, of(0).difference), (Verdict::Baseline, None));
        assert_eq!(
            (of(1).verdict, of(1).same_sign),
            (Verdict::Robust, Some(1.0))
        );
        // Below 0.4 in forty of a hundred equal parts; better than good below 0.25.
        let gamble = of(2);
        assert_eq!(gamble.verdict, Verdict::Depends);
        assert!((gamble.same_sign.unwrap() - 0.4).abs() < 1e-12);
        assert_eq!(gamble.deciding[0].parameter, "enterprise.perceived_risk");
        assert!((gamble.deciding[0].correlation.value - 1.0).abs() < 1e-9);
        assert!((gamble.probability_of_being_best.unwrap() - 0.25).abs() < 1e-12);
        assert!((of(1).probability_of_being_best.unwrap() - 0.75).abs() < 1e-12);
        // At x₁ near 1 the gamble is 15 worse than good; good at x₁ near 0 is 5 worse than the gamble.
        assert!((gamble.greatest_regret.unwrap() - 15.0).abs() < 0.2);
        assert!((of(1).greatest_regret.unwrap() - 5.0).abs() < 0.2);
        assert!((of(1).mean_regret.unwrap() - 0.25 * 2.5).abs() < 0.05);
        let ranking = evidence.ranking(0, 0);
        // x₁ is 0.2 at the society's own values.
        assert_eq!(ranking.policies, ["gamble", "good", "base"]);
        assert!((gamble.difference.unwrap() + 4.0).abs() < 1e-12);
        let text = serde_json::to_string(&rows).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Row>>(&text).unwrap(), rows);
    }
}
