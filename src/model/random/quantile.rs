//! Counts and normal numbers by inversion of one uniform, and the distributions behind them.

use std::array;
use std::f64::consts::FRAC_1_SQRT_2;

use libm::{erfc, floor, sqrt};

use crate::model::lanes::Numbers;
use crate::model::transcendental::{exp, exp_each, log};

/// What rounding may add to a probability of nothing, and more.
const ROUNDING: f64 = 1e-9;

/// Count with mean `mean` at probability `u`: the Poisson quantile, monotone in both.
///
/// Summation of the distribution up to a mean of 400; above it the Cornish–Fisher expansion to the
/// skewness term (error below one unit in 10⁴ there).
pub fn poisson_quantile(mean: f64, u: f64) -> u32 {
    poisson(mean, || exp(-mean), u)
}

/// Counts of means abreast, each at its own probability, as [`poisson_quantile`] gives them.
pub fn poisson_quantiles(means: &Numbers<f64>, u: &Numbers<f64>) -> Numbers<u32> {
    let none = exp_each(&means.map(|mean| -mean));
    array::from_fn(|lane| poisson(means[lane], || none[lane], u[lane]))
}

/// [`poisson_quantile`], with the probability of nothing, e^−mean, where it is needed.
fn poisson(mean: f64, none: impl FnOnce() -> f64, u: f64) -> u32 {
    if mean <= 0.0 {
        return 0;
    }
    if mean > 400.0 {
        let z = normal_quantile(u);
        return floor((mean + sqrt(mean) * z + (z * z - 1.0) / 6.0 + 0.5).max(0.0)) as u32;
    }
    // The probability of nothing, e^−mean, is at least 1 − mean.
    if u < 1.0 - mean - ROUNDING {
        return 0;
    }
    let below = at_most(mean, none()).take_while(|at_most| *at_most < u);
    below.count() as u32
}

/// Probabilities of at most so many, from none on, as they are summed up.
pub(super) fn at_most(mean: f64, none: f64) -> impl Iterator<Item = f64> {
    let (mut probability, mut cumulative) = (none, none);
    let further = INVERSES[1..].iter().map(move |inverse| {
        probability *= mean * inverse;
        cumulative += probability;
        cumulative
    });
    std::iter::once(none).chain(further)
}

/// Most that is counted: far beyond what a mean of 400 lets expect.
const MOST: usize = 2000;

/// One through whole numbers: the quotient of two successive probabilities is the mean through a number, and machines
/// divide slowly.
static INVERSES: [f64; MOST] = {
    let mut inverses = [0.0; MOST];
    let mut number = 1;
    while number < MOST {
        inverses[number] = 1.0 / number as f64;
        number += 1;
    }
    inverses
};

/// Number of successes in `n` trials of probability `p` at `u`: the binomial quantile, monotone in all.
pub fn binomial_quantile(n: u32, p: f64, u: f64) -> u32 {
    if n == 0 || p <= 0.0 {
        return 0;
    }
    if p >= 1.0 {
        return n;
    }
    if p > 0.5 {
        return n - binomial_quantile(n, 1.0 - p, 1.0 - u);
    }
    let mean = f64::from(n) * p;
    if mean > 400.0 {
        let sd = sqrt(mean * (1.0 - p));
        let z = normal_quantile(u);
        let skew = (1.0 - 2.0 * p) / sd;
        let value = mean + sd * (z + skew * (z * z - 1.0) / 6.0) + 0.5;
        return floor(value.clamp(0.0, f64::from(n))) as u32;
    }
    // The probability of none, (1 − p)ⁿ, is at least 1 − np.
    if u < 1.0 - mean - ROUNDING {
        return 0;
    }
    if n == 1 {
        return u32::from(u > 1.0 - p);
    }
    let odds = p / (1.0 - p);
    let mut probability = exp(f64::from(n) * log(1.0 - p));
    let mut cumulative = probability;
    let mut count = 0;
    while cumulative < u && count < n {
        probability *= odds * f64::from(n - count) / f64::from(count + 1);
        count += 1;
        cumulative += probability;
    }
    count
}

/// Whole number at `mean` with the uniform deciding the fraction: floor or ceiling, mean exact.
pub fn dithered(mean: f64, u: f64) -> u64 {
    floor(mean.max(0.0) + u) as u64
}

/// Quantile of the standard normal distribution (Wichura 1988, algorithm AS 241, PPND16;
/// relative error about 10⁻¹⁶).
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(r, &CENTRE_TOP, &CENTRE_BOTTOM);
    }
    let r = sqrt(-log(if q < 0.0 { p } else { 1.0 - p }));
    let value = if r <= 5.0 {
        ratio(r - 1.6, &MIDDLE_TOP, &MIDDLE_BOTTOM)
    } else {
        ratio(r - 5.0, &TAIL_TOP, &TAIL_BOTTOM)
    };
    if q < 0.0 { -value } else { value }
}

/// Distribution function of the standard normal.
pub fn normal_probability(x: f64) -> f64 {
    0.5 * erfc(-x * FRAC_1_SQRT_2)
}

fn ratio(r: f64, top: &[f64; 8], bottom: &[f64; 8]) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, a| sum * r + a);
    horner(top) / horner(bottom)
}

const CENTRE_TOP: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const CENTRE_BOTTOM: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_545,
];
const MIDDLE_TOP: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const MIDDLE_BOTTOM: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const TAIL_TOP: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const TAIL_BOTTOM: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use libm::lgamma;
    use proptest::prelude::*;

    use super::*;
    use crate::model::random::{Purpose, Stream};

    /// Probability of exactly `k` successes in `n` trials.
    fn binomial_probability(n: u32, k: u32, p: f64) -> f64 {
        let (n, k) = (f64::from(n), f64::from(k));
        exp(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0)
            + k * log(p)
            + (n - k) * log(1.0 - p))
    }

    #[test]
    fn normal_quantile_inverts_the_distribution() {
        for p in [1e-12, 1e-6, 0.01, 0.025, 0.3, 0.5, 0.77, 0.975, 0.999_999] {
            assert!(
                (normal_probability(normal_quantile(p)) / p - 1.0).abs() < 1e-9,
                "{p}"
            );
        }
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-12);
    }

    /// Beyond a mean of 400 the quantile is a normal one with the skewness of the law: off by one at most.
    #[test]
    fn binomial_quantile_of_many_is_near_the_exact_one() {
        for (n, p) in [(10_000, 0.1), (1_000_000, 0.001), (5_000, 0.45)] {
            for u in [0.001, 0.1, 0.5, 0.9, 0.999] {
                let (mut exact, mut cumulative) = (0, binomial_probability(n, 0, p));
                while cumulative < u {
                    exact += 1;
                    cumulative += binomial_probability(n, exact, p);
                }
                let found = binomial_quantile(n, p, u);
                assert!(found.abs_diff(exact) <= 1, "{n} {p} {u}: {found}, {exact}");
            }
        }
    }

    #[test]
    fn poisson_mean_and_variance_hold() {
        let stream = Stream::new(1, 0, Purpose::SmallHarm);
        for mean in [0.3, 4.0, 60.0, 900.0] {
            let n = 20_000;
            let draws: Vec<f64> = (0..n)
                .map(|i| f64::from(poisson_quantile(mean, stream.uniform(i, 0, 0))))
                .collect();
            let average = draws.iter().sum::<f64>() / n as f64;
            let variance = draws
                .iter()
                .map(|x| (x - average) * (x - average))
                .sum::<f64>()
                / n as f64;
            assert!(
                (average - mean).abs() < 4.0 * sqrt(mean / n as f64),
                "mean {mean}: {average}"
            );
            assert!(
                (variance / mean - 1.0).abs() < 0.06,
                "mean {mean}: variance {variance}"
            );
        }
    }

    proptest! {
        #[test]
        fn counts_are_monotone_in_their_parameters(n in 0_u32..3000, p in 0.0..1.0_f64, more in 0.0..0.2_f64, u in 0.0001..0.9999_f64) {
            let few = binomial_quantile(n, p, u);
            prop_assert!(few <= binomial_quantile(n, (p + more).min(1.0), u).saturating_add(1));
            prop_assert!(few <= n);
            let mean = f64::from(n) * p / 10.0;
            prop_assert!(poisson_quantile(mean, u) <= poisson_quantile(mean * (1.0 + more), u));
        }

        #[test]
        fn binomial_quantile_is_where_the_distribution_passes_u(n in 1_u32..60, p in 0.01..0.99_f64, u in 0.001..0.999_f64) {
            let k = binomial_quantile(n, p, u);
            let below: f64 = (0..k).map(|j| binomial_probability(n, j, p)).sum();
            prop_assert!(below < u + 1e-9);
            prop_assert!(below + binomial_probability(n, k, p) > u - 1e-9);
        }
    }
}
