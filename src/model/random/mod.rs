//! One pure function for every random number: Philox4x32-10 at a stated coordinate.
//!
//! A number is a function of (seed, replication, stream, entity, time, mark) and of nothing else, so
//! no draw moves another and every policy meets the same luck. The generator is Philox4x32-10
//! (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"); its published
//! known answers are a test. Uniforms are open at both ends: (k + ½)/2⁵³.
//!
//! Counts are drawn by inversion of one uniform, hence monotone in their parameter: more risk can
//! only add events and victims, never exchange them.

mod marks;
mod quantile;
mod table;

use multiversion::multiversion;

use crate::model::lanes::{NUMBERS, Numbers};

pub use marks::Marks;
pub use quantile::{
    binomial_quantile, dithered, normal_probability, normal_quantile, poisson_quantile,
    poisson_quantiles,
};
pub use table::PoissonTable;

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
    /// Instants of inspectors' visits.
    Visits = 25,
    /// Designs of sensitivity analyses: which values are tried.
    Designs = 40,
    /// Resampling for bootstrap intervals.
    Resampling = 41,
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
    rounds(counter, key)
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn rounds(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
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
        self.block_plainly(entity, time, mark)
    }

    /// [`Stream::block`], compiled for whatever the caller is compiled for.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    fn block_plainly(self, entity: u64, time: u32, mark: u32) -> [u32; 4] {
        rounds([entity as u32, (entity >> 32) as u32, time, mark], self.key)
    }

    /// Words of `BLOCKS` entities from `first` on above `base`, four an entity, as [`Stream::block`] gives
    /// them (`WORDS` = 4·`BLOCKS`); all at once, so that the machine can work on several entities
    /// together. To be called from code that is compiled for wide vectors.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "each version of the caller must compile it anew"
    )]
    pub fn words<const BLOCKS: usize, const WORDS: usize>(
        self,
        base: u64,
        first: u32,
        time: u32,
    ) -> [u32; WORDS] {
        let mut blocks = [[0_u64; 2]; BLOCKS];
        for (lane, pairs) in blocks.iter_mut().enumerate() {
            let entity = base | u64::from(first.wrapping_add(lane as u32));
            let [a, b, c, d] = self.block_plainly(entity, time, 0);
            // The rounds work in registers of 64 bits: two words in each are put together without leaving them.
            *pairs = [
                u64::from(a) | u64::from(b) << 32,
                u64::from(c) | u64::from(d) << 32,
            ];
        }
        let mut words = [0; WORDS];
        let (two, _) = words.as_chunks_mut::<2>();
        for (two, pair) in two.iter_mut().zip(blocks.as_flattened()) {
            *two = [*pair as u32, (*pair >> 32) as u32];
        }
        words
    }

    /// The same, with the first words of all entities first, then the second ones, and so on. An entity at a
    /// time: its counter stays in registers, and the loop becomes vector instructions.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "each version of the caller must compile it anew"
    )]
    pub fn columns<const BLOCKS: usize>(
        self,
        base: u64,
        first: u32,
        time: u32,
        mark: u32,
    ) -> [[u32; BLOCKS]; 4] {
        let mut columns = [[0; BLOCKS]; 4];
        let [a, b, c, d] = &mut columns;
        for lane in 0..BLOCKS {
            let entity = base | u64::from(first.wrapping_add(lane as u32));
            [a[lane], b[lane], c[lane], d[lane]] = self.block_plainly(entity, time, mark);
        }
        columns
    }

    /// Uniforms of entities side by side from `first` on above `base`: the two of a pair of marks, as
    /// [`Stream::pair`] gives them.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub fn pairs(self, base: u64, first: u32, time: u32, pair: u32) -> [Numbers<f64>; 2] {
        let [a, b, c, d] = self.columns::<NUMBERS>(base, first, time, pair);
        let mut uniforms = [[0.0; NUMBERS]; 2];
        for lane in 0..NUMBERS {
            uniforms[0][lane] = unit(a[lane], b[lane]);
            uniforms[1][lane] = unit(c[lane], d[lane]);
        }
        uniforms
    }

    /// The first two uniforms of each entity from `base` on at a time: marks 0 and 1.
    pub fn first_pairs(self, base: u64, time: u32) -> [Numbers<f64>; 2] {
        first_pairs(self, base, time)
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

#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn first_pairs(stream: Stream, base: u64, time: u32) -> [Numbers<f64>; 2] {
    stream.pairs(base, 0, time, 0)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_abreast_are_pairs_one_by_one() {
        #[multiversion(targets("x86_64+avx2"))]
        fn with_avx2(stream: Stream, base: u64, time: u32) -> [Numbers<f64>; 2] {
            stream.pairs(base, 0, time, 0)
        }
        let stream = Stream::new(4, 7, Purpose::SmallHarm);
        for (base, time) in [(0, 0), (30 << 8, 519), (9 << 32, u32::MAX)] {
            let known: Numbers<[f64; 2]> =
                std::array::from_fn(|lane| stream.pair(base | lane as u64, time, 0));
            for found in [
                stream.first_pairs(base, time),
                with_avx2(stream, base, time),
            ] {
                assert_eq!(found[0], known.map(|pair| pair[0]));
                assert_eq!(found[1], known.map(|pair| pair[1]));
            }
        }
    }

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
        let words: [u32; 64] = stream.words::<16, 64>(9 << 32, 11, 4);
        for (number, four) in words.chunks(4).enumerate() {
            assert_eq!(four, stream.block(9 << 32 | (11 + number as u64), 4, 0));
        }
        let columns = stream.columns::<5>(9 << 32, 11, 4, 7);
        for number in 0..5 {
            let four = columns.map(|column| column[number]);
            assert_eq!(four, stream.block(9 << 32 | (11 + number as u64), 4, 7));
        }
    }

    #[test]
    fn uniforms_are_open_at_both_ends() {
        assert!(unit(0, 0) > 0.0);
        assert!(unit(u32::MAX, u32::MAX) < 1.0);
    }
}
