//! The review of the citizens of one county, sixty-four at a time: words, decisions, moods.
//!
//! Plain loops over arrays of one length and of whole numbers, so that the compiler turns each into vector
//! instructions; it is compiled for several widths of them and the widest that the machine has is chosen when
//! the program runs. Every version gives the same bytes, and a citizen alone the same as among others.

use std::ops::Range;

use multiversion::multiversion;

use super::INSURED;
use super::moods::Fading;
use super::odds::{met, share_of};
use super::tally::{Changes, Tally};
use crate::model::lanes::{LANES, chosen};
use crate::model::random::Stream;

/// Philox blocks that hold their words.
const BLOCKS: usize = LANES / 4;
/// A person's byte of no income fifth: fills blocks that are not full.
const NOBODY: u8 = 7 << 2;
/// Marks the class of a fifth whose cover is reconsidered, or nothing: changes of nothing are zero.
const COVER: u8 = 8;

/// All that the review of a county's citizens depends on besides their own bytes. Logits are in the steps of
/// [`super::odds`].
#[derive(Clone, Debug)]
pub(super) struct Terms {
    /// Stream of reviews.
    pub(super) stream: Stream,
    /// The county, in the upper half of the entity.
    pub(super) entity: u64,
    /// Week.
    pub(super) week: u32,
    /// Below this a measure is reconsidered …
    pub(super) measures_below: u16,
    /// … below this household cover, above it nothing (of 2¹⁰).
    pub(super) cover_below: u16,
    /// Whether household cover is sold.
    pub(super) sold: bool,
    /// Slope of a logit by the byte of threat, …
    pub(super) by_threat: i16,
    /// … of alarm, from its middle on, …
    pub(super) by_alarm: i16,
    /// … and of coping.
    pub(super) by_coping: i16,
    /// Logit of a measure by income fifth, but for these bytes.
    pub(super) measure: [i16; 5],
    /// Logit of household cover by income fifth, but for threat and alarm.
    pub(super) cover: [i16; 5],
    /// How moods move.
    pub(super) moods: Moods,
}

/// How the bytes of a citizen's moods move in a quarter.
#[derive(Clone, Debug)]
pub(super) struct Moods {
    /// Share struck, of 256.
    pub(super) struck: u16,
    /// Alarm of those who are not struck.
    pub(super) alarm: Fading,
    /// Alarm of those struck.
    pub(super) alarm_struck: Fading,
    /// Trust.
    pub(super) trust: Fading,
    /// Grievance.
    pub(super) grievance: Fading,
}

/// Rows of citizens of one county, by column.
pub(super) struct Columns<'a> {
    pub(super) person: &'a [u8],
    pub(super) threat: &'a [i8],
    pub(super) coping: &'a [i8],
    pub(super) measures: &'a mut [u8],
    pub(super) alarm: &'a mut [u8],
    pub(super) trust: &'a mut [u8],
    pub(super) grievance: &'a mut [u8],
}

/// Citizens that are worked on together.
struct Block<'a> {
    person: &'a [u8; LANES],
    threat: &'a [i8; LANES],
    coping: &'a [i8; LANES],
    measures: &'a mut [u8; LANES],
    alarm: &'a mut [u8; LANES],
    trust: &'a mut [u8; LANES],
    grievance: &'a mut [u8; LANES],
}

/// Reviews citizens `first`, `first + 1`, … of a county: one word each, then decisions, then moods.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub(super) fn review(terms: &Terms, first: usize, columns: &mut Columns<'_>) -> Changes {
    review_plainly(terms, first, columns)
}

/// [`review`], compiled for whatever the caller is compiled for. Blocks begin at a citizen that is the first of four,
/// who share a Philox block.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "each version of the caller must compile it anew"
)]
pub(super) fn review_plainly(terms: &Terms, first: usize, columns: &mut Columns<'_>) -> Changes {
    let mut tally = Tally::new();
    let count = columns.person.len();
    let skipped = first % 4;
    let mut at = 0;
    if skipped > 0 {
        at = (LANES - skipped).min(count);
        review_part(terms, first - skipped, skipped, 0..at, columns, &mut tally);
    }
    while let Some(block) = columns.block(at) {
        review_block(terms, first + at, block, &mut tally);
        at += LANES;
    }
    if at < count {
        review_part(terms, first + at, 0, at..count, columns, &mut tally);
    }
    tally.changes()
}

impl Columns<'_> {
    /// A full block from a row on, if there are so many.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every version")]
    fn block(&mut self, at: usize) -> Option<Block<'_>> {
        Some(Block {
            person: self.person.get(at..)?.first_chunk()?,
            threat: self.threat.get(at..)?.first_chunk()?,
            coping: self.coping.get(at..)?.first_chunk()?,
            measures: self.measures.get_mut(at..)?.first_chunk_mut()?,
            alarm: self.alarm.get_mut(at..)?.first_chunk_mut()?,
            trust: self.trust.get_mut(at..)?.first_chunk_mut()?,
            grievance: self.grievance.get_mut(at..)?.first_chunk_mut()?,
        })
    }
}

/// Reviews rows that do not fill a block, after `skipped` lanes: in a block of their own, filled up with nobody.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn review_part(
    terms: &Terms,
    number: usize,
    skipped: usize,
    rows: Range<usize>,
    columns: &mut Columns<'_>,
    tally: &mut Tally,
) {
    let person = filled(&columns.person[rows.clone()], skipped, NOBODY);
    let mut measures = filled(&columns.measures[rows.clone()], skipped, 0);
    let mut alarm = filled(&columns.alarm[rows.clone()], skipped, 0);
    let trust_before = filled(&columns.trust[rows.clone()], skipped, 0);
    let grievance_before = filled(&columns.grievance[rows.clone()], skipped, 0);
    let (mut trust, mut grievance) = (trust_before, grievance_before);
    let block = Block {
        person: &person,
        threat: &filled(&columns.threat[rows.clone()], skipped, 0),
        coping: &filled(&columns.coping[rows.clone()], skipped, 0),
        measures: &mut measures,
        alarm: &mut alarm,
        trust: &mut trust,
        grievance: &mut grievance,
    };
    review_block(terms, number, block, tally);
    let lanes = skipped..skipped + rows.len();
    for lane in 0..LANES {
        // In bytes, as the moods are: so many lanes are compared at once.
        let nobody = (lane as u8) < lanes.start as u8 || lane as u8 >= lanes.end as u8;
        let counted = |after: u8, before: u8| {
            if nobody {
                i16::from(after) - i16::from(before)
            } else {
                0
            }
        };
        tally.trust[lane] -= counted(trust[lane], trust_before[lane]);
        tally.grievance[lane] -= counted(grievance[lane], grievance_before[lane]);
    }
    columns.measures[rows.clone()].copy_from_slice(&measures[lanes.clone()]);
    columns.alarm[rows.clone()].copy_from_slice(&alarm[lanes.clone()]);
    columns.trust[rows.clone()].copy_from_slice(&trust[lanes.clone()]);
    columns.grievance[rows].copy_from_slice(&grievance[lanes]);
}

/// A block that holds rows after `skipped` lanes.
fn filled<T: Copy>(rows: &[T], skipped: usize, filling: T) -> [T; LANES] {
    let mut block = [filling; LANES];
    block[skipped..skipped + rows.len()].copy_from_slice(rows);
    block
}

/// Reviews the block whose first citizen has this number in its county.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn review_block(terms: &Terms, number: usize, mut block: Block<'_>, tally: &mut Tally) {
    tally.begin_block();
    let first = (number / 4) as u32;
    let words = terms
        .stream
        .words::<BLOCKS, LANES>(terms.entity, first, terms.week);
    decide(terms, &halves(&words), &mut block, tally);
    let [low, high] = halves(&words.map(|word| word.wrapping_mul(0x9E37_79B1)));
    let moods = &terms.moods;
    worry(moods, &low, block.alarm);
    let dither = high.map(|half| half & 0xFF);
    drift(moods.trust, &dither, block.trust, &mut tally.trust);
    let dither = high.map(|half| half >> 8);
    let sums = &mut tally.grievance;
    drift(moods.grievance, &dither, block.grievance, sums);
}

/// Lower and upper halves of words.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn halves(words: &[u32; LANES]) -> [[u16; LANES]; 2] {
    [
        words.map(|word| word as u16),
        words.map(|word| (word >> 16) as u16),
    ]
}

/// What is reconsidered (bits 18–27 of the word; of measures, bits 16–17 say which), and whether the draw (bits 0–12)
/// meets β₀ by fifth + β_T·(threat + alarm), of a measure + β_C·coping.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn decide(terms: &Terms, halves: &[[u16; LANES]; 2], block: &mut Block<'_>, tally: &mut Tally) {
    let [low, high] = halves;
    let (mut bits, mut takes, mut class) = ([0_u8; LANES], [0_u8; LANES], [0_u8; LANES]);
    for lane in 0..LANES {
        // From its middle on, alarm is a byte with a sign.
        let alarm = (block.alarm[lane] ^ 0x80).cast_signed();
        let fear = share_of(block.threat[lane], terms.by_threat)
            .saturating_add(share_of(alarm, terms.by_alarm));
        let able = share_of(block.coping[lane], terms.by_coping);
        let fifth = u16::from(block.person[lane]) >> 2 & 7;
        let asked = high[lane] >> 2 & 0x3FF;
        let of_measure = asked < terms.measures_below;
        let measure = chosen(&terms.measure, fifth);
        let cover = chosen(&terms.cover, fifth);
        let limit = if of_measure { measure } else { cover };
        let limit = limit
            .saturating_add(fear)
            .saturating_add(if of_measure { able } else { 0 });
        let taken = (of_measure | terms.sold) && met(low[lane], limit);
        let odd = 1 + (high[lane] & 1);
        let measure = if high[lane] & 2 == 0 { odd } else { odd << 2 };
        let bit = if of_measure {
            measure
        } else {
            u16::from(INSURED)
        };
        bits[lane] = if asked < terms.cover_below {
            bit as u8
        } else {
            0
        };
        takes[lane] = if taken { 0xFF } else { 0 };
        class[lane] = fifth as u8 | if of_measure { 0 } else { COVER };
    }
    let mut change = [0_i8; LANES];
    for lane in 0..LANES {
        let before = block.measures[lane];
        let after = before & !bits[lane] | takes[lane] & bits[lane];
        let towards = if takes[lane] == 0 { -1 } else { 1 };
        change[lane] = if after == before { 0 } else { towards };
        block.measures[lane] = after;
    }
    for fifth in 0..5 {
        add_own(&class, fifth as u8, &change, &mut tally.prepared[fifth]);
        add_own(
            &class,
            fifth as u8 | COVER,
            &change,
            &mut tally.insured[fifth],
        );
    }
}

/// Adds the changes of a class, lane by lane.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn add_own(class: &[u8; LANES], own: u8, change: &[i8; LANES], sums: &mut [i8; LANES]) {
    for lane in 0..LANES {
        let own = if class[lane] == own { change[lane] } else { 0 };
        sums[lane] = sums[lane].wrapping_add(own);
    }
}

/// Moves alarm: a jump for those struck (byte 0 of the dither), a smaller one for the others.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn worry(moods: &Moods, dither: &[u16; LANES], alarm: &mut [u8; LANES]) {
    let (struck, others) = (moods.alarm_struck, moods.alarm);
    for lane in 0..LANES {
        let is_struck = dither[lane] & 0xFF < moods.struck;
        // Number by number: a choice between two of a struct does not become vector instructions.
        let own = Fading {
            kept: if is_struck { struck.kept } else { others.kept },
            up: if is_struck { struck.up } else { others.up },
            down: if is_struck { struck.down } else { others.down },
        };
        alarm[lane] = own.moved(alarm[lane], dither[lane] >> 8);
    }
}

/// Moves trust or grievance, and counts the changes of its sum.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn drift(fading: Fading, dither: &[u16; LANES], rows: &mut [u8; LANES], sums: &mut [i16; LANES]) {
    for lane in 0..LANES {
        let after = fading.moved(rows[lane], dither[lane]);
        sums[lane] += i16::from(after) - i16::from(rows[lane]);
        rows[lane] = after;
    }
}
