//! The mini-governance rules on the engine's building blocks: columns of small integers in review order,
//! counter-based random numbers, blocks of sixty-four, kernels compiled for several vector widths.
//!
//! Perception is a byte, whose cells are 1/256, and preparedness is in 1/32,768; a citizen's noise of a week is sixteen
//! bits of a Philox word. A region has 1,000 citizens in 1,024 rows, of which the last ones are nobody: every block is
//! full. Weeks follow one another for the whole nation, as in the engine.

use multiversion::multiversion;
use rayon::prelude::*;
use riskweave::model::random::{Purpose, Stream, unit};
use riskweave::model::transcendental::log;

/// Weeks of a run.
pub(crate) const WEEKS: u32 = 52;
/// Citizens of a region.
pub(crate) const REGION: usize = 1000;
/// Rows that hold them: whole blocks.
const ROWS: usize = 1024;
/// Citizens of a struck region that are worked on together: a word each.
const LANES: usize = 64;
/// Citizens that are reviewed together: half a word each.
const PAIRS: usize = 2 * LANES;
/// Philox blocks that hold those words. (Fewer would be unrolled one by one rather than as vectors.)
const BLOCKS: usize = LANES / 4;
/// Probability that a region is struck in a week.
const HAZARD: f64 = 0.02;
/// One in the units of preparedness.
pub(crate) const ONE: f32 = 32_768.0;
/// The perception of nobody.
pub(crate) const NOBODY: u8 = 0;
/// Share of the way towards half its perception, in 1/65,536: 5 %.
const STEP: i16 = 3277;
/// Greatest noise of a week, in 1/65,536: 1 %.
const NOISE: i16 = 655;
/// Loss of those without preparedness at severity one, as a share of wealth.
const LOSS_AT_ONE: f32 = 0.1;
/// Probability of death of those without preparedness at severity one.
const DEATH_AT_ONE: f32 = 1e-4;

/// Words of a review are drawn at this mark, those of deaths at the other.
const REVIEW: u32 = 0;
const DEATH: u32 = 1;

/// Citizens by column; rows are grouped by region.
#[derive(Clone)]
pub(crate) struct Citizens {
    /// The cell of the perception of who lives, none of which is the first; [`NOBODY`] of who is dead or was never there.
    pub(crate) perception: Vec<u8>,
    pub(crate) preparedness: Vec<i16>,
    pub(crate) wealth_yuan: Vec<f32>,
    /// 1: insured.
    pub(crate) insured: Vec<u8>,
}

/// A hazard that struck.
#[derive(Clone, Copy)]
pub(crate) struct Hazard {
    pub(crate) week: u32,
    pub(crate) severity: f64,
}

/// Sums of a region over a run (yuan, people).
#[derive(Clone, Default)]
pub(crate) struct Totals {
    pub(crate) loss: f64,
    pub(crate) insurer: f64,
    pub(crate) government: f64,
    pub(crate) residents: f64,
    pub(crate) deaths: u32,
    pub(crate) hazards: Vec<Hazard>,
}

/// Random streams of a run.
#[derive(Clone, Copy)]
pub(crate) struct Streams {
    citizens: Stream,
    victims: Stream,
    hazards: Stream,
}

impl Streams {
    pub(crate) fn new(seed: u64) -> Self {
        Streams {
            citizens: Stream::new(seed, 0, Purpose::Citizens),
            victims: Stream::new(seed, 0, Purpose::Victims),
            hazards: Stream::new(seed, 0, Purpose::NaturalCandidates),
        }
    }
}

impl Citizens {
    /// Draws the citizens of so many regions: perception in 0.2–1, preparedness in 0.1–0.3, wealth in
    /// 50,000–150,000 yuan, three in ten insured.
    pub(crate) fn new(regions: usize, seed: u64) -> Self {
        let stream = Stream::new(seed, 0, Purpose::CitizensAtStart);
        let mut citizens = Citizens {
            perception: Vec::new(),
            preparedness: Vec::new(),
            wealth_yuan: Vec::new(),
            insured: Vec::new(),
        };
        let within = |u: f64, from: f64, to: f64| from + u * (to - from);
        let fixed = |share: f64| (share * f64::from(ONE)).round() as i16;
        for row in 0..regions * ROWS {
            let [a, b] = stream.pair(row as u64, 0, 0);
            let [c, d] = stream.pair(row as u64, 0, 1);
            let lives = row % ROWS < REGION;
            let perception = (within(a, 0.2, 1.0) * 256.0) as u8;
            citizens
                .perception
                .push(if lives { perception } else { NOBODY });
            citizens.preparedness.push(fixed(within(b, 0.1, 0.3)));
            citizens.wealth_yuan.push(within(c, 5e4, 15e4) as f32);
            citizens.insured.push(u8::from(d < 0.3));
        }
        citizens
    }

    pub(crate) fn regions(&self) -> usize {
        self.perception.len() / ROWS
    }

    /// Rows of a region's citizens.
    pub(crate) fn rows(region: usize) -> std::ops::Range<usize> {
        region * ROWS..region * ROWS + REGION
    }
}

/// Lives through a year; regions are divided among the threads of the pool, week by week.
pub(crate) fn year(citizens: &mut Citizens, streams: Streams) -> Vec<Totals> {
    let mut totals = vec![Totals::default(); citizens.regions()];
    let share = citizens
        .regions()
        .div_ceil(4 * rayon::current_num_threads());
    for week in 0..WEEKS {
        let rows = share * ROWS;
        let preparedness = citizens.preparedness.par_chunks_mut(rows);
        let perception = citizens.perception.par_chunks_mut(rows);
        let wealth = citizens.wealth_yuan.par_chunks(rows);
        let columns = preparedness.zip(perception);
        let money = wealth.zip(citizens.insured.par_chunks(rows));
        let parts = columns.zip(money).zip(totals.par_chunks_mut(share));
        let numbered = parts.enumerate();
        numbered.for_each(
            |(part, (((preparedness, perception), (wealth, insured)), totals))| {
                for (own, totals) in totals.iter_mut().enumerate() {
                    let rows = own * ROWS..(own + 1) * ROWS;
                    let mut region = Region {
                        number: part * share + own,
                        perception: &mut perception[rows.clone()],
                        preparedness: &mut preparedness[rows.clone()],
                        wealth_yuan: &wealth[rows.clone()],
                        insured: &insured[rows],
                    };
                    region.week(week, streams, totals);
                }
            },
        );
    }
    totals
}

/// The rows of one region.
struct Region<'a> {
    number: usize,
    perception: &'a mut [u8],
    preparedness: &'a mut [i16],
    wealth_yuan: &'a [f32],
    insured: &'a [u8],
}

impl Region<'_> {
    fn week(&mut self, week: u32, streams: Streams, totals: &mut Totals) {
        let base = (self.number as u64) << 32;
        review(
            (streams.citizens, base, week),
            self.perception,
            self.preparedness,
        );
        let words = streams.hazards.block(self.number as u64, week, 0);
        if unit(words[0], words[1]) >= HAZARD {
            return;
        }
        let severity = -log(unit(words[2], words[3]));
        totals.hazards.push(Hazard { week, severity });
        let struck = strike((streams.victims, base, week), severity as f32, self);
        let [insured, others] = struck.loss;
        totals.loss += insured + others;
        totals.insurer += 0.8 * insured;
        totals.government += 0.3 * others;
        totals.residents += 0.2 * insured + 0.7 * others;
        totals.deaths += struck.deaths;
    }
}

/// ⌊(a·b)/2¹⁶⌋: one instruction of vectors of sixteen bits.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn share_of(a: i16, b: i16) -> i16 {
    ((i32::from(a) * i32::from(b)) >> 16) as i16
}

/// What a week adds to a citizen's preparedness; nothing to that of nobody.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
pub(crate) fn moved(perception: u8, preparedness: i16, noise: i16) -> i16 {
    // The middle of the cell, halved.
    let aim = i16::from(perception) * 64 + 32;
    // Both are rounded down, by a half each in the mean.
    let moved = share_of(aim - preparedness, STEP) + share_of(noise, NOISE) + 1;
    if perception == NOBODY { 0 } else { moved }
}

/// Moves the preparedness of the living towards half their perception, with noise.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub(crate) fn review(
    (stream, base, week): (Stream, u64, u32),
    perception: &[u8],
    preparedness: &mut [i16],
) {
    let blocks = perception.as_chunks::<PAIRS>().0.iter();
    let rows = blocks.zip(preparedness.as_chunks_mut::<PAIRS>().0);
    for (number, (perception, preparedness)) in rows.enumerate() {
        let first = (number * BLOCKS) as u32;
        let words = stream.columns::<BLOCKS>(base, first, week, REVIEW);
        let mut noise = [0_i16; PAIRS];
        for (column, words) in words.iter().enumerate() {
            for (lane, word) in words.iter().enumerate() {
                noise[column * BLOCKS + lane] = *word as i16;
                noise[LANES + column * BLOCKS + lane] = (*word >> 16) as i16;
            }
        }
        for lane in 0..PAIRS {
            preparedness[lane] += moved(perception[lane], preparedness[lane], noise[lane]);
        }
    }
}

/// What a hazard does to a region.
struct Struck {
    /// Loss of the insured and of the others (yuan).
    loss: [f64; 2],
    deaths: u32,
}

/// Losses and deaths of a struck region.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn strike(
    (stream, base, week): (Stream, u64, u32),
    severity: f32,
    region: &mut Region<'_>,
) -> Struck {
    let mut loss = [0.0; 2];
    let mut deaths = 0;
    let scale = DEATH_AT_ONE * severity * 4_294_967_296.0;
    for (number, perception) in region
        .perception
        .as_chunks_mut::<LANES>()
        .0
        .iter_mut()
        .enumerate()
    {
        let rows = number * LANES..(number + 1) * LANES;
        let preparedness = &region.preparedness[rows.clone()];
        let wealth = &region.wealth_yuan[rows.clone()];
        let insured = &region.insured[rows];
        let first = (number * BLOCKS) as u32;
        let words = stream.columns::<BLOCKS>(base, first, week, DEATH);
        let mut of_insured = [0.0_f32; LANES];
        let mut of_others = [0.0_f32; LANES];
        let mut dead = [0_u8; LANES];
        for lane in 0..LANES {
            let word = words[lane / BLOCKS][lane % BLOCKS];
            let exposed = 1.0 - f32::from(preparedness[lane]) / ONE;
            let lives = perception[lane] != NOBODY;
            let lost = wealth[lane] * (LOSS_AT_ONE * severity * exposed).min(1.0);
            let lost = if lives { lost } else { 0.0 };
            of_insured[lane] = if insured[lane] == 1 { lost } else { 0.0 };
            of_others[lane] = if insured[lane] == 1 { 0.0 } else { lost };
            // Words of 31 bits: they are converted as signed numbers.
            let drawn = (word >> 1) as i32 as f32 * 2.0;
            dead[lane] = u8::from(lives) & u8::from(drawn < scale * exposed);
        }
        for lane in 0..LANES {
            perception[lane] = if dead[lane] == 1 {
                NOBODY
            } else {
                perception[lane]
            };
        }
        loss[0] += f64::from(sum(&of_insured));
        loss[1] += f64::from(sum(&of_others));
        deaths += dead.iter().map(|one| u32::from(*one)).sum::<u32>();
    }
    Struck { loss, deaths }
}

/// The sum of a block, in a fixed order that vectors can follow.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn sum(block: &[f32; LANES]) -> f32 {
    let mut sums = [0.0_f32; 16];
    for eight in block.as_chunks::<16>().0 {
        for (sum, value) in sums.iter_mut().zip(eight) {
            *sum += value;
        }
    }
    sums.iter().sum()
}
