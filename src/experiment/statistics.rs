//! Means with t intervals, quantiles, and differences taken pair by pair.
//!
//! Values that are not numbers (a share without a denominator) are left out, in pairs both sides; the
//! number that remains is part of every result.

use std::sync::OnceLock;

use libm::ceil;
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Confidence of every interval.
pub const CONFIDENCE: f64 = 0.95;

/// Share of a level below which a difference is none: a millionth, the rounding of money.
pub const NEGLIGIBLE: f64 = 1e-6;

/// A mean with its interval and the spread of the runs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// Mean.
    pub mean: f64,
    /// Lower end of the 95 % t interval of the mean; not a number with fewer than two runs.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Standard deviation of the runs.
    pub standard_deviation: f64,
    /// Median of the runs.
    pub median: f64,
    /// 5 % quantile of the runs.
    pub q05: f64,
    /// 25 % quantile of the runs.
    pub q25: f64,
    /// 75 % quantile of the runs.
    pub q75: f64,
    /// 95 % quantile of the runs.
    pub q95: f64,
    /// Runs that carry a number.
    pub n: usize,
}

impl Estimate {
    /// Of the values of the runs.
    pub fn of(values: &[f64]) -> Self {
        let mut sorted: Vec<f64> = values
            .iter()
            .copied()
            .filter(|value| !value.is_nan())
            .collect();
        let moments = Moments::of(&sorted);
        let half = moments.half_width();
        sorted.sort_by(f64::total_cmp);
        Estimate {
            mean: moments.mean,
            low: moments.mean - half,
            high: moments.mean + half,
            standard_deviation: moments.variance.sqrt(),
            median: quantile(&sorted, 0.5),
            q05: quantile(&sorted, 0.05),
            q25: quantile(&sorted, 0.25),
            q75: quantile(&sorted, 0.75),
            q95: quantile(&sorted, 0.95),
            n: moments.n,
        }
    }

    /// Half the width of the interval.
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

/// A difference to the baseline, replication by replication.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Mean of the differences (policy − baseline).
    pub mean: f64,
    /// Lower end of the 95 % t interval; not a number with fewer than two pairs.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether the interval leaves zero out.
    pub resolved: bool,
    /// Whether every pair is equal.
    pub identical: bool,
    /// Whether no pair differs by more than a millionth of the baseline: rounding of money, or a
    /// budget held equal.
    pub negligible: bool,
    /// Correlation of the two policies over the replications.
    pub correlation: f64,
    /// Variance of the difference unpaired over paired: what pairing gains.
    pub variance_ratio: f64,
    /// Unpaired replications of each policy that would give the same interval.
    pub unpaired_replications: f64,
    /// Pairs.
    pub n: usize,
}

impl Difference {
    /// Of the values of a policy and of the baseline, in the same order of replications.
    pub fn of(policy: &[f64], baseline: &[f64]) -> Self {
        let pairs: Vec<(f64, f64)> = policy
            .iter()
            .zip(baseline)
            .map(|(a, b)| (*a, *b))
            .filter(|(a, b)| !a.is_nan() && !b.is_nan())
            .collect();
        let left: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
        let right: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
        let differences: Vec<f64> = pairs.iter().map(|(a, b)| a - b).collect();
        let moments = Moments::of(&differences);
        let half = moments.half_width();
        let (low, high) = (moments.mean - half, moments.mean + half);
        let unpaired = Moments::of(&left).variance + Moments::of(&right).variance;
        let variance_ratio = unpaired / moments.variance;
        Difference {
            mean: moments.mean,
            low,
            high,
            resolved: low > 0.0 || high < 0.0,
            identical: !differences.is_empty() && differences.iter().all(|d| *d == 0.0),
            negligible: is_negligible(&differences, &right),
            correlation: correlation(&left, &right),
            variance_ratio,
            unpaired_replications: ceil(moments.n as f64 * variance_ratio),
            n: moments.n,
        }
    }

    /// Half the width of the interval.
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

fn is_negligible(differences: &[f64], baseline: &[f64]) -> bool {
    let greatest = |values: &[f64]| {
        values
            .iter()
            .fold(0.0, |most: f64, value| most.max(value.abs()))
    };
    !differences.is_empty() && greatest(differences) <= NEGLIGIBLE * greatest(baseline)
}

/// Count, mean and sample variance.
#[derive(Clone, Copy, Debug)]
struct Moments {
    n: usize,
    mean: f64,
    variance: f64,
}

impl Moments {
    /// Two passes, in the order of the values.
    fn of(values: &[f64]) -> Self {
        let n = values.len();
        let mean = values.iter().sum::<f64>() / n as f64;
        let squares: f64 = values
            .iter()
            .map(|value| (value - mean) * (value - mean))
            .sum();
        let variance = if n > 1 {
            squares / (n - 1) as f64
        } else {
            f64::NAN
        };
        Moments { n, mean, variance }
    }

    fn half_width(self) -> f64 {
        t_quantile(self.n) * (self.variance / self.n as f64).sqrt()
    }
}

/// The t quantile of a two-sided 95 % interval for `n` values; not a number below two.
pub fn t_quantile(n: usize) -> f64 {
    if n < 2 {
        return f64::NAN;
    }
    let quantile = || student_quantile(n - 1, 0.5 + CONFIDENCE / 2.0);
    let known = KNOWN_QUANTILES.get(n);
    known.map_or_else(quantile, |known| *known.get_or_init(quantile))
}

/// Quantiles by the number of values: a summary asks for the same one in every row.
static KNOWN_QUANTILES: [OnceLock<f64>; 1 << 12] = [const { OnceLock::new() }; 1 << 12];

/// Quantile of Student's t law; not a number without a degree of freedom.
pub fn student_quantile(freedom: usize, probability: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom as f64).map_or(f64::NAN, |law| law.inverse_cdf(probability))
}

/// Quantile of sorted values, linear between order statistics (Hyndman & Fan 1996, type 7).
pub fn quantile(sorted: &[f64], probability: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let position = probability * last as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (position - below as f64) * (sorted[above] - sorted[below])
}

/// Value at risk of sorted values: the order statistic x_(⌈nα⌉).
pub fn value_at_risk(sorted: &[f64], probability: f64) -> f64 {
    let n = sorted.len();
    // A hair less, so that 0.55·100, which exceeds 55 in binary, is 55.
    let rank = ceil(n as f64 * probability - 1e-9) as usize;
    sorted
        .get(rank.clamp(1, n.max(1)) - 1)
        .copied()
        .unwrap_or(f64::NAN)
}

/// Tail value at risk of sorted values: VaR + Σ(x − VaR)⁺/(n(1 − α)), which is no plain mean of the tail
/// where nα is not whole (Rockafellar & Uryasev 2002, J. Banking & Finance 26:1443).
pub fn tail_value_at_risk(sorted: &[f64], probability: f64) -> f64 {
    let at = value_at_risk(sorted, probability);
    let beyond: f64 = sorted.iter().map(|x| (x - at).max(0.0)).sum();
    at + beyond / (sorted.len() as f64 * (1.0 - probability))
}

/// Pearson's correlation; not a number if either side does not vary.
pub fn correlation(left: &[f64], right: &[f64]) -> f64 {
    let (a, b) = (Moments::of(left), Moments::of(right));
    let products: f64 = left
        .iter()
        .zip(right)
        .map(|(x, y)| (x - a.mean) * (y - b.mean))
        .sum();
    let scale = (a.variance * b.variance).sqrt();
    if scale > 0.0 {
        products / ((a.n - 1) as f64 * scale)
    } else {
        f64::NAN
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn t_quantiles_are_those_of_the_tables() {
        for (n, expected) in [
            (2, 12.706),
            (3, 4.303),
            (11, 2.228),
            (31, 2.042),
            (1001, 1.962),
        ] {
            assert!(
                (t_quantile(n) - expected).abs() < 1e-3,
                "{n}: {}",
                t_quantile(n)
            );
        }
        assert!(t_quantile(1).is_nan());
    }

    #[test]
    fn a_known_interval() {
        let estimate = Estimate::of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]);
        assert_eq!(estimate.mean, 5.0);
        assert_eq!(estimate.median, 4.5);
        assert!((estimate.standard_deviation - 2.138_089_935).abs() < 1e-8);
        assert!((estimate.half_width() - 2.364_624_25 * 2.138_089_935 / 8f64.sqrt()).abs() < 1e-6);
    }

    #[test]
    fn pairing_resolves_what_unpaired_runs_cannot() {
        let baseline: Vec<f64> = (0..30).map(|i| f64::from(i * i % 17) * 100.0).collect();
        let policy: Vec<f64> = baseline
            .iter()
            .enumerate()
            .map(|(i, b)| b - 5.0 + (i % 3) as f64)
            .collect();
        let difference = Difference::of(&policy, &baseline);
        assert!((difference.mean + 4.0).abs() < 1e-12);
        assert!(difference.resolved && !difference.identical);
        assert!(difference.correlation > 0.999);
        assert!(difference.unpaired_replications > 1000.0 * difference.n as f64);
    }

    #[test]
    fn numbers_that_are_missing_are_left_out_in_pairs() {
        let difference = Difference::of(&[1.0, f64::NAN, 3.0], &[0.0, 5.0, f64::NAN]);
        assert_eq!((difference.n, difference.mean), (1, 1.0));
        assert!(!difference.resolved && difference.low.is_nan());
        assert_eq!(Estimate::of(&[f64::NAN]).n, 0);
    }

    #[test]
    fn a_paired_interval_by_hand() {
        let a = [12.1, 15.3, 9.8, 20.4, 11.7, 17.2, 13.9, 10.5];
        let b = [11.0, 13.9, 9.1, 18.2, 11.2, 15.0, 12.6, 10.1];
        let difference = Difference::of(&b, &a);
        for (found, expected) in [
            (difference.mean, -1.225),
            (difference.low, -1.810_641),
            (difference.high, -0.639_359),
            (1.0 / difference.variance_ratio, 0.022_398_64),
            (t_quantile(8), 2.364_624),
        ] {
            assert!((found - expected).abs() < 1e-6, "{found} for {expected}");
        }
    }

    #[test]
    fn value_at_risk_and_the_mean_beyond_by_hand() {
        let mut sample = [
            3.1, 0.4, 12.7, 1.9, 5.5, 0.8, 33.0, 2.2, 7.4, 1.1, 0.2, 19.6, 4.3, 2.8, 61.5, 0.9,
            8.8, 1.4, 3.7, 10.2,
        ];
        sample.sort_by(f64::total_cmp);
        assert_eq!(value_at_risk(&sample, 0.9), 19.6);
        assert!((tail_value_at_risk(&sample, 0.9) - 47.25).abs() < 1e-9);
        assert!((quantile(&sample, 0.9) - 20.94).abs() < 1e-9);
        assert_eq!(value_at_risk(&sample, 0.93), 33.0);
        assert!((tail_value_at_risk(&sample, 0.93) - 53.357_142_857).abs() < 1e-8);
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(value_at_risk(&hundred, 0.55), 55.0);
        assert!(value_at_risk(&[], 0.9).is_nan());
    }

    #[test]
    fn equal_policies_are_identical_and_not_resolved() {
        let difference = Difference::of(&[1.0, 2.0], &[1.0, 2.0]);
        assert!(difference.identical && difference.negligible && !difference.resolved);
        let rounded = Difference::of(&[1e9 + 1.0, 2e9], &[1e9, 2e9]);
        assert!(rounded.negligible && !rounded.identical);
        assert!(!Difference::of(&[1.0, 2.0], &[1.0, 2.1]).negligible);
    }

    proptest! {
        #[test]
        fn the_difference_of_means_is_the_mean_of_differences(
            pairs in prop::collection::vec((-1e6f64..1e6, -1e6f64..1e6), 2..50)
        ) {
            let left: Vec<f64> = pairs.iter().map(|p| p.0).collect();
            let right: Vec<f64> = pairs.iter().map(|p| p.1).collect();
            let difference = Difference::of(&left, &right);
            let means = Estimate::of(&left).mean - Estimate::of(&right).mean;
            prop_assert!((difference.mean - means).abs() < 1e-6);
            let back = Difference::of(&right, &left);
            prop_assert!((back.mean + difference.mean).abs() < 1e-9);
            prop_assert_eq!(back.resolved, difference.resolved);
        }

        #[test]
        fn quantiles_are_monotone_and_within(
            mut values in prop::collection::vec(-1e6f64..1e6, 1..50), p in 0.0f64..1.0, q in 0.0f64..1.0
        ) {
            values.sort_by(f64::total_cmp);
            let (low, high) = (quantile(&values, p.min(q)), quantile(&values, p.max(q)));
            prop_assert!(low <= high && values[0] <= low && high <= values[values.len() - 1]);
        }
    }
}
