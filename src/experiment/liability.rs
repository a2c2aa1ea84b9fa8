//! What governments are liable for: the loss that the layers of a policy put on each level, expected in a
//! year and in years that come once in ten, fifty and a hundred.
//!
//! It is the public part of the loss account: relief, rebuilding of public assets, and aid of provinces to
//! others; what insurers or the pool cannot pay comes in as relief. Budgets, premiums and subsidies, and
//! consolation for the dead (a transfer) are no part of it.
//!
//! *Intervals.* Of an expected outlay, by Student's t over replications, or over the years of a tail; of a level,
//! by order statistics ([`super::exceedance`]). A difference to the baseline is of the same years: the mean by
//! paired t, a level by resampling the pairs of years (percentile bootstrap, Efron & Tibshirani 1993, ch. 13).

use rayon::prelude::*;

use super::exceedance::{Point, RETURN_PERIODS, YearSource, Years, curves};
use super::plan::Plan;
use super::sample::Sample;
use super::statistics::{CONFIDENCE, Difference, Estimate, quantile};
use crate::model::random::{Purpose, Stream};
use crate::vocabulary::{Level, Vocabulary};

/// Return periods of outlay (years).
pub const PERIODS: [u32; 3] = [10, 50, 100];
/// Levels that have a purse, from the centre down, and all of them together.
pub const LEVELS: [Option<Level>; 5] = [
    Some(Level::Centre),
    Some(Level::Province),
    Some(Level::City),
    Some(Level::County),
    None,
];
/// How often the years are drawn again.
const RESAMPLES: u32 = 1000;

/// The liabilities of every policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Liability {
    /// Which years they are of.
    pub source: YearSource,
    /// How many years.
    pub years: usize,
    /// For each policy, in the plan's order, one a level, in the order of [`LEVELS`].
    pub policies: Vec<Vec<Outlay>>,
}

/// Outlay of a level under a policy (yuan a year).
#[derive(Clone, Debug, PartialEq)]
pub struct Outlay {
    /// Level; `None` = all together.
    pub level: Option<Level>,
    /// Expected.
    pub expected: Amount,
    /// Once in so many years, in the order of [`PERIODS`].
    pub once_in: [Amount; 3],
}

/// An amount with its interval, and its difference to the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// Value, low, high; `None` = the years do not carry it.
    pub value: Option<[f64; 3]>,
    /// Policy less baseline; `None` for the baseline, and where either is not available.
    pub gap: Option<Gap>,
    /// Simulated years in the tail beyond it.
    pub years_in_tail: usize,
}

/// A difference to the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// The difference.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether the interval leaves zero out.
    pub resolved: bool,
    /// Whether no year differs by more than a millionth.
    pub none: bool,
}

impl Gap {
    /// The same in words of files.
    pub fn word(&self) -> &'static str {
        match self {
            Gap { none: true, .. } => "equal within 1e-6",
            Gap { resolved: true, .. } => "yes",
            Gap { .. } => "not resolved",
        }
    }
}

impl Outlay {
    /// Expected, then by return period.
    pub fn amounts(&self) -> [&Amount; 4] {
        let [ten, fifty, hundred] = &self.once_in;
        [&self.expected, ten, fifty, hundred]
    }
}

/// The liabilities by every source that has years.
#[derive(Clone, Debug, PartialEq)]
pub struct Liabilities {
    /// By the years of the runs, then by those of the tail if there are any.
    pub by_source: Vec<Liability>,
}

impl Liabilities {
    /// Of a sample.
    pub fn of(plan: &Plan, sample: &Sample) -> Self {
        let sources = YearSource::ALL.iter();
        let found = sources.map(|source| liability(plan, sample, *source));
        Liabilities {
            by_source: found.filter(|found| found.years > 0).collect(),
        }
    }

    /// Those that are spoken of: by the natural years of the tail if there is one, else by the years of the runs;
    /// nothing if there are no years at all.
    pub fn told(&self) -> Option<&Liability> {
        self.by_source.last()
    }
}

/// The liabilities by years of one source.
pub fn liability(plan: &Plan, sample: &Sample, source: YearSource) -> Liability {
    let years: Vec<&Years> = sample
        .policies
        .iter()
        .map(|policy| match source {
            YearSource::Run => &policy.years,
            YearSource::Tail => &policy.tail,
        })
        .collect();
    let length = match source {
        YearSource::Run => plan.years as usize,
        YearSource::Tail => 1,
    };
    let series = LEVELS.map(|level| -> Vec<&[f64]> {
        let public = years.iter().map(|years| years.public(level));
        public.collect()
    });
    let resampled = resampled(&series, plan.seed);
    let levels = LEVELS.iter().zip(&series).zip(&resampled);
    let levels: Vec<Vec<Outlay>> = levels
        .map(|((level, series), resampled)| of_level(plan, *level, series, resampled, length))
        .collect();
    Liability {
        source,
        years: years.first().map_or(0, |years| years.len()),
        policies: (0..years.len())
            .map(|policy| levels.iter().map(|own| own[policy].clone()).collect())
            .collect(),
    }
}

/// One level under every policy, with its draws; years stand together in groups of `length` that are not independent.
fn of_level(
    plan: &Plan,
    level: Option<Level>,
    series: &[&[f64]],
    resampled: &Resampled,
    length: usize,
) -> Vec<Outlay> {
    let baseline = series[plan.baseline];
    let pieces = |values: &[f64]| -> Vec<f64> {
        let mean = |piece: &[f64]| piece.iter().sum::<f64>() / piece.len() as f64;
        values.chunks(length.max(1)).map(mean).collect()
    };
    let outlay = |policy: usize| {
        let values = series[policy];
        let other = policy != plan.baseline;
        let paired = other.then(|| Difference::of(&pieces(values), &pieces(baseline)));
        let [own, base] = [values, baseline].map(levels);
        let level_at = |position: usize| Amount {
            value: own[position].value,
            years_in_tail: own[position].years_in_tail,
            gap: paired.and_then(|paired| {
                let [own, base] = [own[position].value?[0], base[position].value?[0]];
                let draws = &resampled[position];
                Some(gap(
                    own - base,
                    &differences(draws, policy, plan.baseline),
                    paired,
                ))
            }),
        };
        Outlay {
            level,
            expected: Amount {
                value: expected(&pieces(values)),
                years_in_tail: values.len(),
                gap: paired.map(|paired| Gap {
                    value: paired.mean,
                    low: paired.low,
                    high: paired.high,
                    resolved: paired.resolved,
                    none: paired.negligible,
                }),
            },
            once_in: [0, 1, 2].map(level_at),
        }
    };
    (0..series.len()).map(outlay).collect()
}

fn expected(values: &[f64]) -> Option<[f64; 3]> {
    let Estimate {
        mean, low, high, ..
    } = Estimate::of(values);
    (!values.is_empty()).then_some([mean, low, high])
}

/// The points of [`PERIODS`] on the curve of yearly sums.
fn levels(values: &[f64]) -> [Point; 3] {
    let (at, _) = curves(values);
    PERIODS.map(|period| {
        let position = RETURN_PERIODS.iter().position(|own| *own == period);
        at[position.unwrap_or(0)]
    })
}

/// Levels under each policy of one resample, in the order of the policies.
type Draw = Vec<f64>;

/// For each of [`PERIODS`], the draws.
type Resampled = [Vec<Draw>; 3];

fn differences(draws: &[Draw], policy: usize, baseline: usize) -> Vec<f64> {
    let of = |draw: &Draw| draw[policy] - draw[baseline];
    let mut found: Vec<f64> = draws.iter().map(of).collect();
    found.sort_by(f64::total_cmp);
    found
}

fn gap(value: f64, sorted: &[f64], paired: Difference) -> Gap {
    let beside = (1.0 - CONFIDENCE) / 2.0;
    let [low, high] = [beside, 1.0 - beside].map(|p| quantile(sorted, p));
    Gap {
        value,
        low,
        high,
        resolved: low > 0.0 || high < 0.0,
        none: paired.negligible,
    }
}

/// For each level of government, the outlay of every policy (`series`) in years drawn again with replacement, the same
/// years for all levels and policies.
fn resampled(series: &[Vec<&[f64]>; LEVELS.len()], seed: u64) -> Vec<Resampled> {
    let years = series[0].first().map_or(0, |values| values.len());
    if series[0].len() < 2 || years == 0 {
        return vec![[const { Vec::new() }; 3]; LEVELS.len()];
    }
    let orders = series
        .each_ref()
        .map(|own| -> Vec<Vec<u32>> { own.iter().map(|values| falling(values)).collect() });
    let stream = Stream::new(seed, 0, Purpose::Resampling);
    let draw = |number: u32| -> Vec<[Draw; 3]> {
        let mut held = vec![0_u32; years];
        for position in 0..years {
            let uniform = stream.uniform(u64::from(number), position as u32, 0);
            held[((uniform * years as f64) as usize).min(years - 1)] += 1;
        }
        let of_level = |(series, orders): (&Vec<&[f64]>, &Vec<Vec<u32>>)| {
            PERIODS.map(|period| {
                let policies = series.iter().zip(orders);
                policies
                    .map(|(values, order)| once_in(f64::from(period), values, order, &held))
                    .collect()
            })
        };
        series.iter().zip(&orders).map(of_level).collect()
    };
    let draws: Vec<Vec<[Draw; 3]>> = (0..RESAMPLES).into_par_iter().map(draw).collect();
    let of = |level: usize, period: usize| -> Vec<Draw> {
        let own = draws.iter().map(|draw| draw[level][period].clone());
        own.collect()
    };
    (0..LEVELS.len())
        .map(|level| [0, 1, 2].map(|period| of(level, period)))
        .collect()
}

/// Positions of the values, greatest first.
fn falling(values: &[f64]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    let at = |position: u32| values[position as usize];
    order.sort_by(|a, b| at(*b).total_cmp(&at(*a)).then(a.cmp(b)));
    order
}

/// The 1 − 1/T quantile (as [`quantile`]) of values of which each is held so many times; `order` has the
/// greatest first.
fn once_in(period: f64, values: &[f64], order: &[u32], held: &[u32]) -> f64 {
    let rank = (values.len() - 1) as f64 / period;
    let above = libm::floor(rank);
    let mut passed = 0.0;
    let mut first = None;
    for position in order {
        let position = *position as usize;
        passed += f64::from(held[position]);
        let value = values[position];
        if first.is_none() && passed > above {
            first = Some(value);
        }
        if let Some(first) = first.filter(|_| passed > above + 1.0) {
            return first - (rank - above) * (first - value);
        }
    }
    first.unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;

    #[test]
    fn values_held_once_each_have_their_own_quantile() {
        let values: Vec<f64> = (0..137).map(|i| f64::from(i * 37 % 137)).collect();
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let order = falling(&values);
        for period in [2.0, 10.0, 50.0, 100.0] {
            let found = once_in(period, &values, &order, &[1; 137]);
            assert!((found - quantile(&sorted, 1.0 - 1.0 / period)).abs() < 1e-9);
        }
        // Of 7, 7, 7, 1 the median lies at 7; of 7, 1, 1, 1 at 1.
        let of = |held: [u32; 4]| once_in(2.0, &[7.0, 1.0, 5.0, 3.0], &[0, 2, 3, 1], &held);
        assert_eq!([of([3, 1, 0, 0]), of([1, 3, 0, 0])], [7.0, 1.0]);
    }

    /// The synthetic public loss lies with counties alone.
    #[test]
    fn levels_add_up_and_differences_are_of_the_same_years() {
        let plan = synthetic::plan(&[0, 3], 200, 4);
        let sample = synthetic::sample(&plan, &[0, 3], 0..200);
        let found = liability(&plan, &sample, YearSource::Run);
        assert_eq!((found.years, found.policies.len()), (800, 2));
        let of = |policy: usize, level: usize| &found.policies[policy][level];
        assert_eq!(of(0, 0).expected.value.map(|value| value[0]), Some(0.0));
        let (county, all) = (of(1, 3), of(1, 4));
        for (own, sum) in county.amounts().into_iter().zip(all.amounts()) {
            // Categories are summed in another order.
            let [own, sum] = [own, sum].map(|amount| amount.value.unwrap()[0]);
            assert!((own / sum - 1.0).abs() < 1e-12);
        }
        assert!(of(0, 3).amounts().iter().all(|amount| amount.gap.is_none()));
        let gap = county.expected.gap.unwrap();
        let [own, base] = [1, 0].map(|policy| of(policy, 3).expected.value.unwrap());
        assert!((gap.value - (own[0] - base[0])).abs() < 1e-6 * base[0]);
        assert!(gap.low < gap.value && gap.value < gap.high && gap.high < 0.0 && gap.resolved);
        let ten = county.once_in[0];
        let gap = ten.gap.unwrap();
        assert!(gap.low <= gap.value && gap.value <= gap.high);
        assert_eq!(ten.years_in_tail, 80);
        assert!(of(1, 0).expected.gap.unwrap().none);
        assert_eq!(Liabilities::of(&plan, &sample).told(), Some(&found));
    }

    #[test]
    fn what_the_years_do_not_carry_is_not_available_and_has_no_difference() {
        let plan = synthetic::plan(&[0, 3], 5, 4);
        let sample = synthetic::sample(&plan, &[0, 3], 0..5);
        let found = liability(&plan, &sample, YearSource::Run);
        let hundred = found.policies[1][4].once_in[2];
        assert_eq!((hundred.value, hundred.gap), (None, None));
        let none = liability(&plan, &sample, YearSource::Tail);
        assert_eq!(none.years, 0);
        assert!(
            none.policies[1][4]
                .amounts()
                .iter()
                .all(|a| a.value.is_none())
        );
    }
}
