//! One pure function for every random number: Philox4x32-10 at a stated coordinate.
//!
//! A number is a function of (seed, replication, stream, entity, time, mark) and of nothing else, so
//! no draw moves another and every policy meets the same luck. The generator is Philox4x32-10
//! (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"); its published
//! known answers are a test. Uniforms are open at both ends: (k + ½)/2⁵³.
//!
//! Counts are drawn by inversion of one uniform, hence monotone in their parameter: more risk can
//! only add events and victims, never exchange them.

use libm::{floor, lgamma, sqrt};
use multiversion::multiversion;

use crate::model::transcendental::{exp, log};

/// What a random number is for. A change in one stream leaves every other alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Purpose {
    /// The initial society: counties.
    Counties = 1,
    /// The initial society: enterprises.
    Enterprises = 2,
    /// The initial society: citizens.
    CitizensAtStart = 3,
    /// Common factors of a year (wetness, typhoon activity).
    Years = 10,
    /// Arrival and slot of accident candidates.
    AccidentCandidates = 11,
    /// Marks of accidents.
    AccidentMarks = 12,
    /// Arrival, origin and magnitude of natural events.
    NaturalCandidates = 13,
    /// Marks of natural events.
    NaturalMarks = 14,
    /// Marks of one county in a natural event.
    StrikeMarks = 15,
    /// Arrival of health and social candidates.
    CountyCandidates = 16,
    /// Marks of health and social events.
    CountyMarks = 17,
    /// Spread of outbreaks.
    Outbreaks = 18,
    /// Children of cascades.
    Cascades = 19,
    /// Small harm of a cell.
    SmallHarm = 20,
    /// Victims of an event.
    Victims = 21,
    /// Reviews of citizens.
    Citizens = 22,
    /// False alarms.
    FalseAlarms = 23,
    /// Ties in splits of money.
    Splits = 24,
}

/// A stream of random numbers for one purpose in one replication.
#[derive(Clone, Copy, Debug)]
pub struct Stream {
    key: [u32; 2],
}

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const UNIT: f64 = 1.0 / 9_007_199_254_740_992.0;

/// Philox4x32-10: ten rounds of the counter under the key.
#[inline]
pub fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let mut c = counter;
    let mut k = key;
    for _ in 0..10 {
        let left = u64::from(MULTIPLIERS[0]) * u64::from(c[0]);
        let right = u64::from(MULTIPLIERS[1]) * u64::from(c[2]);
        c = [
            (right >> 32) as u32 ^ c[1] ^ k[0],
            right as u32,
            (left >> 32) as u32 ^ c[3] ^ k[1],
            left as u32,
        ];
        k = [k[0].wrapping_add(WEYL[0]), k[1].wrapping_add(WEYL[1])];
    }
    c
}

impl Stream {
    /// The stream of a purpose in a replication. Its 64-bit key is itself a Philox output, so
    /// streams of different seeds, replications and purposes do not share counters.
    pub fn new(seed: u64, replication: u32, purpose: Purpose) -> Self {
        let block = philox(
            [replication, purpose as u32, 0, 0x7269_736B],
            [seed as u32, (seed >> 32) as u32],
        );
        Stream {
            key: [block[0], block[1]],
        }
    }

    /// Four words at a coordinate.
    #[inline]
    pub fn block(self, entity: u64, time: u32, mark: u32) -> [u32; 4] {
        philox([entity as u32, (entity >> 32) as u32, time, mark], self.key)
    }

    /// Words of entities `first..first + words.len()/4` above `base`, four an entity, as [`Stream::block`]
    /// gives them; all at once, so that the machine can work on several entities together.
    pub fn fill(self, base: u64, first: u32, time: u32, words: &mut [u32]) {
        fill_words(self.key, base, first, time, words);
    }

    /// Two uniforms in (0, 1) at a coordinate: marks `2·pair` and `2·pair + 1`.
    #[inline]
    pub fn pair(self, entity: u64, time: u32, pair: u32) -> [f64; 2] {
        let w = self.block(entity, time, pair);
        [unit(w[0], w[1]), unit(w[2], w[3])]
    }

    /// A uniform in (0, 1) at a coordinate.
    #[inline]
    pub fn uniform(self, entity: u64, time: u32, mark: u32) -> f64 {
        self.pair(entity, time, mark / 2)[(mark % 2) as usize]
    }

    /// A standard normal at a coordinate.
    pub fn normal(self, entity: u64, time: u32, mark: u32) -> f64 {
        normal_quantile(self.uniform(entity, time, mark))
    }
}

/// Entities whose words are worked out together.
const LANES: usize = 16;

#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
#[expect(
    clippy::needless_range_loop,
    reason = "a lane indexes four columns at once; written so, the loop becomes vector instructions"
)]
fn fill_words(key: [u32; 2], base: u64, first: u32, time: u32, words: &mut [u32]) {
    let mut entity = first;
    for chunk in words.chunks_mut(4 * LANES) {
        let mut c = [[0_u32; LANES]; 4];
        for lane in 0..LANES {
            let at = base | u64::from(entity.wrapping_add(lane as u32));
            c[0][lane] = at as u32;
            c[1][lane] = (at >> 32) as u32;
            c[2][lane] = time;
        }
        let mut k = key;
        for _ in 0..10 {
            for lane in 0..LANES {
                let left = u64::from(MULTIPLIERS[0]) * u64::from(c[0][lane]);
                let right = u64::from(MULTIPLIERS[1]) * u64::from(c[2][lane]);
                c[0][lane] = (right >> 32) as u32 ^ c[1][lane] ^ k[0];
                c[1][lane] = right as u32;
                c[2][lane] = (left >> 32) as u32 ^ c[3][lane] ^ k[1];
                c[3][lane] = left as u32;
            }
            k = [k[0].wrapping_add(WEYL[0]), k[1].wrapping_add(WEYL[1])];
        }
        for (lane, four) in chunk.chunks_mut(4).enumerate() {
            for (word, column) in four.iter_mut().zip(&c) {
                *word = column[lane];
            }
        }
        entity = entity.wrapping_add(LANES as u32);
    }
}

/// A uniform in (0, 1) from 64 random bits: 53 of them, at the middle of their interval.
#[inline]
pub fn unit(high: u32, low: u32) -> f64 {
    let k = (u64::from(high) << 21) ^ u64::from(low >> 11);
    // At the very top k + ½ would round up to 2⁵³: the largest number below one stands there.
    ((k as f64 + 0.5) * UNIT).min(1.0 - f64::EPSILON / 2.0)
}

/// The identity of a child event: a 64-bit hash of parent, kind and number.
pub fn child_identity(parent: u64, kind: u32, number: u32) -> u64 {
    let block = philox(
        [parent as u32, (parent >> 32) as u32, kind, number],
        [0x6368_696C, 0x6472_656E],
    );
    // The top bit marks children, so they never meet the identities of candidates.
    (u64::from(block[0]) << 32 | u64::from(block[1])) | 1 << 63
}

/// Count with mean `mean` at probability `u`: the Poisson quantile, monotone in both.
///
/// Summation of the distribution up to a mean of 400; above it the Cornish–Fisher expansion to the
/// skewness term (error below one unit in 10⁴ there).
pub fn poisson_quantile(mean: f64, u: f64) -> u32 {
    if mean <= 0.0 {
        return 0;
    }
    if mean > 400.0 {
        let z = normal_quantile(u);
        return floor((mean + sqrt(mean) * z + (z * z - 1.0) / 6.0 + 0.5).max(0.0)) as u32;
    }
    let mut probability = exp(-mean);
    let mut cumulative = probability;
    let mut count = 0_u32;
    while cumulative < u && count < 2000 {
        count += 1;
        probability *= mean / f64::from(count);
        cumulative += probability;
    }
    count
}

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

/// Probability of exactly `k` successes in `n` trials; for tests and lint.
pub fn binomial_probability(n: u32, k: u32, p: f64) -> f64 {
    let (n, k) = (f64::from(n), f64::from(k));
    exp(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0)
        + k * log(p)
        + (n - k) * log(1.0 - p))
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
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
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
    use super::*;
    use proptest::prelude::*;

    /// Known answers of Random123 (file `kat_vectors`, philox 4x32 10 rounds).
    #[test]
    fn philox_gives_the_published_answers() {
        assert_eq!(
            philox([0; 4], [0; 2]),
            [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
        );
        assert_eq!(
            philox([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        assert_eq!(
            philox(
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0]
            ),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn words_together_are_words_one_by_one() {
        let stream = Stream::new(5, 2, Purpose::Citizens);
        let mut words = vec![0; 4 * 37];
        stream.fill(9 << 32, 11, 4, &mut words);
        for (number, four) in words.chunks(4).enumerate() {
            assert_eq!(four, stream.block(9 << 32 | (11 + number as u64), 4, 0));
        }
    }

    #[test]
    fn uniforms_are_open_at_both_ends() {
        assert!(unit(0, 0) > 0.0);
        assert!(unit(u32::MAX, u32::MAX) < 1.0);
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
