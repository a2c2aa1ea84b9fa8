//! The review of the citizens of one county, sixty-four at a time: words, decisions, moods.
//!
//! Plain loops over arrays of one length, so that the compiler turns each into vector instructions; it
//! is compiled for several widths of them and the widest that the machine has is chosen when the
//! program runs. No sum or product of real numbers is reordered by that: every version gives the same
//! bytes, and a citizen alone the same as among others.

use multiversion::multiversion;

use super::{ALARM_STEP, APPRAISAL_STEP, INSURED};
use crate::model::LOGIT_BITS;
use crate::model::lanes::{LANES, chosen};
use crate::model::random::Stream;

/// Philox blocks that hold their words.
const BLOCKS: usize = LANES / 4;
/// Entries of the table of logits.
pub(super) const LOGITS: usize = 1 << LOGIT_BITS;
/// A person's byte of no income fifth: fills blocks that are not full.
const NOBODY: u8 = 7 << 2;

/// All that the review of a county's citizens depends on besides their own bytes.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    /// Stream of reviews.
    pub(super) stream: Stream,
    /// The county, in the upper half of the entity.
    pub(super) entity: u64,
    /// Week.
    pub(super) week: u32,
    /// Below this a measure is reconsidered …
    pub(super) measures_below: u32,
    /// … below this household cover, above it nothing (of 2¹⁰).
    pub(super) cover_below: u32,
    /// Whether household cover is sold.
    pub(super) sold: bool,
    /// Effect of threat on the logit.
    pub(super) beta_threat: f32,
    /// Effect of coping on the logit.
    pub(super) beta_coping: f32,
    /// Logit of a measure by income fifth, but for threat and coping.
    pub(super) measure: [f32; 5],
    /// Logit of household cover by income fifth, but for threat.
    pub(super) cover: [f32; 5],
    /// Alarm at the start (sd of perception).
    pub(super) alarm_at_start: f32,
    /// How moods move.
    pub(super) moods: Moods,
}

/// How the bytes of a citizen's moods move in a quarter: value × kept + moved, in 1/65,536 of a step.
#[derive(Clone, Debug)]
pub(super) struct Moods {
    /// Share struck, of 256.
    pub(super) struck: u32,
    /// Alarm kept.
    pub(super) alarm_kept: i32,
    /// Jump of the alarm of those struck.
    pub(super) alarm_struck: i32,
    /// Jump of the alarm of the others.
    pub(super) alarm_others: i32,
    /// Trust kept.
    pub(super) trust_kept: i32,
    /// Trust moved.
    pub(super) trust_moved: i32,
    /// Grievance kept.
    pub(super) grievance_kept: i32,
    /// Grievance moved.
    pub(super) grievance_moved: i32,
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

/// What a review changes in the sums of a county.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Measures taken, by income fifth.
    pub(super) prepared: [i32; 5],
    /// Household covers, by income fifth.
    pub(super) insured: [i32; 5],
    /// Sum of the trust bytes.
    pub(super) trust: i64,
    /// Sum of the grievance bytes.
    pub(super) grievance: i64,
}

/// Reviews citizens `first`, `first + 1`, … of a county: one word each, then decisions, then moods.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub(super) fn review(
    terms: &Terms,
    logits: &[f32; LOGITS],
    first: usize,
    columns: &mut Columns<'_>,
) -> Changes {
    review_plainly(terms, logits, first, columns)
}

/// [`review`], compiled for whatever the caller is compiled for.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "each version of the caller must compile it anew"
)]
pub(super) fn review_plainly(
    terms: &Terms,
    logits: &[f32; LOGITS],
    first: usize,
    columns: &mut Columns<'_>,
) -> Changes {
    let mut changes = Changes::default();
    let count = columns.person.len();
    let (mut at, mut skipped) = (0, first % 4);
    while at < count {
        let taken = (LANES - skipped).min(count - at);
        let block = ((first + at) / 4) as u32;
        let words = terms
            .stream
            .words::<BLOCKS, LANES>(terms.entity, block, terms.week);
        let rows = at..at + taken;
        let person = load(&columns.person[rows.clone()], skipped, NOBODY);
        let threat = load(&columns.threat[rows.clone()], skipped, 0);
        let coping = load(&columns.coping[rows.clone()], skipped, 0);
        let mut alarm = load(&columns.alarm[rows.clone()], skipped, 0);
        let mut measures = load(&columns.measures[rows.clone()], skipped, 0);
        let limits = limits(terms, &words, &person, &threat, &coping, &alarm);
        let mut drawn = [0.0; LANES];
        look_up(logits, &words, &mut drawn);
        decide(
            terms,
            &words,
            &drawn,
            &limits,
            &mut measures,
            &person,
            &mut changes,
        );
        store(&measures, skipped, &mut columns.measures[rows.clone()]);
        let dither = words.map(|word| word.wrapping_mul(0x9E37_79B1));
        worry(&terms.moods, &dither, &mut alarm);
        store(&alarm, skipped, &mut columns.alarm[rows.clone()]);
        let moods = &terms.moods;
        let (kept, by) = (moods.trust_kept, moods.trust_moved);
        let trust = &mut columns.trust[rows.clone()];
        changes.trust += drift::<2>(trust, skipped, &dither, kept, by);
        let (kept, by) = (moods.grievance_kept, moods.grievance_moved);
        let grievance = &mut columns.grievance[rows];
        changes.grievance += drift::<3>(grievance, skipped, &dither, kept, by);
        at += taken;
        skipped = 0;
    }
    changes
}

/// A block of a column, filled up where there are no rows.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn load<T: Copy>(rows: &[T], skipped: usize, filling: T) -> [T; LANES] {
    if let Ok(full) = rows.try_into() {
        return full;
    }
    let mut block = [filling; LANES];
    block[skipped..skipped + rows.len()].copy_from_slice(rows);
    block
}

/// Writes a block back where there are rows.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn store(block: &[u8; LANES], skipped: usize, rows: &mut [u8]) {
    if let Ok(full) = <&mut [u8; LANES]>::try_from(&mut *rows) {
        *full = *block;
        return;
    }
    rows.copy_from_slice(&block[skipped..skipped + rows.len()]);
}

/// The sums that a draw's logit must stay under: β₀ by fifth + β_T·threat, of a measure + β_C·coping.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn limits(
    terms: &Terms,
    words: &[u32; LANES],
    person: &[u8; LANES],
    threat: &[i8; LANES],
    coping: &[i8; LANES],
    alarm: &[u8; LANES],
) -> [f32; LANES] {
    let mut limits = [0.0; LANES];
    for lane in 0..LANES {
        let alarm = f32::from(alarm[lane]) * ALARM_STEP - terms.alarm_at_start;
        let fear = terms.beta_threat * (f32::from(threat[lane]) * APPRAISAL_STEP + alarm);
        let able = terms.beta_coping * f32::from(coping[lane]) * APPRAISAL_STEP;
        let fifth = u32::from(person[lane]) >> 2 & 7;
        let measure = chosen(&terms.measure, fifth) + fear + able;
        let cover = chosen(&terms.cover, fifth) + fear;
        let of_measure = reconsidered(words[lane]) < terms.measures_below;
        limits[lane] = if of_measure { measure } else { cover };
    }
    limits
}

/// Bits 18–27 of a word: what is reconsidered.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn reconsidered(word: u32) -> u32 {
    word >> 18 & 0x3FF
}

/// Logits of the draws (bits 0–12 of a word). By itself, since vector look-ups are slower on many machines.
#[inline(never)]
fn look_up(logits: &[f32; LOGITS], words: &[u32; LANES], drawn: &mut [f32; LANES]) {
    for (logit, word) in drawn.iter_mut().zip(words) {
        *logit = logits[*word as usize & (LOGITS - 1)];
    }
}

/// Reconsiders a measure (bits 16–17 of the word: which), cover or nothing.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn decide(
    terms: &Terms,
    words: &[u32; LANES],
    drawn: &[f32; LANES],
    limits: &[f32; LANES],
    measures: &mut [u8; LANES],
    person: &[u8; LANES],
    changes: &mut Changes,
) {
    let mut prepared = [0_i8; LANES];
    let mut insured = [0_i8; LANES];
    for lane in 0..LANES {
        let asked = reconsidered(words[lane]);
        let of_measure = asked < terms.measures_below;
        let takes = drawn[lane] < limits[lane] && (of_measure | terms.sold);
        let measure = 1_u32 << (words[lane] >> 16 & 3);
        let bit = if of_measure {
            measure
        } else {
            u32::from(INSURED)
        };
        let bit = if asked < terms.cover_below {
            bit as u8
        } else {
            0
        };
        let before = measures[lane];
        let after = if takes { before | bit } else { before & !bit };
        let change = i8::from(after > before) - i8::from(after < before);
        prepared[lane] = if of_measure { change } else { 0 };
        insured[lane] = if of_measure { 0 } else { change };
        measures[lane] = after;
    }
    for fifth in 0..5 {
        changes.prepared[fifth] += sum_of_fifth(person, &prepared, fifth as u8);
        changes.insured[fifth] += sum_of_fifth(person, &insured, fifth as u8);
    }
}

/// Sum of the changes of an income fifth.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn sum_of_fifth(person: &[u8; LANES], change: &[i8; LANES], fifth: u8) -> i32 {
    let mut sum = 0;
    for lane in 0..LANES {
        let own = person[lane] >> 2 & 7 == fifth;
        sum += i32::from(if own { change[lane] } else { 0 });
    }
    sum
}

/// Moves alarm: a jump for those struck (byte 0 of the dither), a smaller one for the others.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn worry(moods: &Moods, dither: &[u32; LANES], alarm: &mut [u8; LANES]) {
    for lane in 0..LANES {
        let struck = dither[lane] & 0xFF < moods.struck;
        let jump = if struck {
            moods.alarm_struck
        } else {
            moods.alarm_others
        };
        alarm[lane] = moved(
            alarm[lane],
            moods.alarm_kept,
            jump,
            rounding::<1>(dither[lane]),
        );
    }
}

/// Moves trust or grievance; returns the change of its sum.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn drift<const BYTE: u32>(
    rows: &mut [u8],
    skipped: usize,
    dither: &[u32; LANES],
    kept: i32,
    by: i32,
) -> i64 {
    let before = sum(rows);
    let mut block = load(rows, skipped, 0);
    for lane in 0..LANES {
        block[lane] = moved(block[lane], kept, by, rounding::<BYTE>(dither[lane]));
    }
    store(&block, skipped, rows);
    i64::from(sum(rows)) - i64::from(before)
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn sum(rows: &[u8]) -> u32 {
    rows.iter().map(|byte| u32::from(*byte)).sum()
}

/// A byte of the dither as a part of a step.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn rounding<const BYTE: u32>(dither: u32) -> i32 {
    (dither >> (8 * BYTE) & 0xFF) as i32 * 256
}

/// (byte × kept + by + dither) in whole steps, within the byte: dithered rounding, so that small
/// values do not stick.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
pub(super) fn moved(byte: u8, kept: i32, by: i32, dither: i32) -> u8 {
    ((i32::from(byte) * kept + by + dither) >> 16).clamp(0, 255) as u8
}
