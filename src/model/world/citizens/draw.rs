//! Citizens sixty-four at a time: twelve words each, then flags by comparing whole numbers, then codes by
//! numbers along curves.
//!
//! Plain loops over arrays of one length, compiled for several widths of vectors; every version gives the same
//! bytes. A word of 32 bits decides the age and each normal number of income, wealth and coping; sixteen bits
//! decide each flag, threat and grievance, so that shares are met to within 1/131,072.

#![expect(
    clippy::needless_range_loop,
    clippy::needless_bitwise_bool,
    reason = "a lane indexes many columns at once and is decided without branches; written so, loops become vector instructions"
)]

use multiversion::multiversion;

use super::CODES_PER_SD;
use super::curve::Curve;
use super::rows::Rows;
use crate::model::lanes::{LANES, chosen, whole};
use crate::model::random::Stream;
use crate::vocabulary::AgeGroup;

/// Blocks of four words that a citizen is drawn from.
const BLOCKS: usize = 3;

/// The curves that all citizens share.
pub(super) struct Curves {
    normal: &'static Curve,
    exponential: Curve,
}

impl Curves {
    pub(super) fn new() -> Self {
        Curves {
            normal: Curve::normal(),
            exponential: Curve::exponential(),
        }
    }
}

/// Code of a quantity: that at zero, and steps of the code for each unit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub(super) origin: f32,
    pub(super) slope: f32,
}

/// All that the citizens of a county have in common, in the arithmetic of words and codes. Shares of ages are in
/// 1/2³², others in 1/2¹⁶; of two places the country is first.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub(super) stream: Stream,
    /// The county, in the upper half of the entity.
    pub(super) entity: u64,
    /// Below the first a child, below the second an adult.
    pub(super) ages: [u32; 2],
    pub(super) town: u32,
    /// Of adults.
    pub(super) employed: u32,
    /// Of adults.
    pub(super) trained: u32,
    /// By age.
    pub(super) disabled: [u32; 3],
    /// By age.
    pub(super) chronic: [u32; 3],
    /// By place.
    pub(super) alone: [u32; 2],
    /// By place.
    pub(super) old_house: [u32; 2],
    /// A measure, by income fifth.
    pub(super) measure: [u32; 5],
    /// Household cover, by income fifth.
    pub(super) insured: [u32; 5],
    /// Code of income by place, of the normal number of income.
    pub(super) income: [Line; 2],
    /// Codes of income at which the fifths meet.
    pub(super) cuts: [f32; 4],
    /// Code of income below which a person is poor.
    pub(super) poor: f32,
    /// Steps of the code of wealth above the least by place, of its own normal number.
    pub(super) wealth: [Line; 2],
    /// Steps of the code of wealth for the normal number of income.
    pub(super) wealth_by_income: f32,
    /// Code of coping, of its own normal number …
    pub(super) coping: Line,
    /// … for a step of the code of income, at 65 and over, and if trained.
    pub(super) coping_by: [f32; 3],
    /// Codes of the least and of the greatest appraisal of coping.
    pub(super) coping_ends: [f32; 2],
    /// Steps of the code of grievance for an exponential number of mean one: the poorest fifth, the others.
    pub(super) grievance: [f32; 2],
}

/// The words of sixty-four citizens, by what they decide; two names share the halves of a word, the upper first.
struct Words {
    age: [u32; LANES],
    town_employed: [u32; LANES],
    income: [u32; LANES],
    trained_insured: [u32; LANES],
    disabled_chronic: [u32; LANES],
    alone_old_house: [u32; LANES],
    wealth: [u32; LANES],
    threat_grievance: [u32; LANES],
    coping: [u32; LANES],
    protection: [[u32; LANES]; 2],
}

/// Normal and exponential numbers of sixty-four citizens.
struct Numbers {
    income: [f32; LANES],
    wealth: [f32; LANES],
    coping: [f32; LANES],
    threat: [f32; LANES],
    grievance: [f32; LANES],
}

/// Who sixty-four citizens are.
struct Who {
    age: [u32; LANES],
    place: [u32; LANES],
    /// Code of income before it is rounded.
    income: [f32; LANES],
    fifth: [u32; LANES],
    /// Trained first responders.
    trained: [u32; LANES],
}

/// Writes all citizens of a county.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub(super) fn fill(terms: &Terms, curves: &Curves, rows: &mut Rows<'_>) {
    fill_plainly(terms, curves, rows);
}

/// [`fill`], compiled for whatever the caller is compiled for.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
pub(super) fn fill_plainly(terms: &Terms, curves: &Curves, rows: &mut Rows<'_>) {
    let count = rows.person.len();
    for first in (0..count).step_by(LANES) {
        let words = Words::draw(terms, first as u32);
        let numbers = Numbers::of(curves, &words);
        let who = Who::of(terms, &words, &numbers);
        let range = first..count.min(first + LANES);
        store(who.person(terms, &words), &mut rows.person[range.clone()]);
        store(
            who.vulnerability(terms, &words),
            &mut rows.vulnerability[range.clone()],
        );
        store(who.income.map(code), &mut rows.income[range.clone()]);
        store(who.wealth(terms, &numbers), &mut rows.wealth[range.clone()]);
        let threat = numbers
            .threat
            .map(|number| signed_code(CODES_PER_SD as f32 * number));
        store(threat, &mut rows.threat[range.clone()]);
        store(who.coping(terms, &numbers), &mut rows.coping[range.clone()]);
        store(
            who.measures(terms, &words),
            &mut rows.measures[range.clone()],
        );
        store(who.grievance(terms, &numbers), &mut rows.grievance[range]);
    }
}

/// Four words of sixty-four citizens. By itself: among the rest it has no registers left for its constants.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn columns(stream: Stream, entity: u64, first: u32, mark: u32) -> [[u32; LANES]; 4] {
    stream.columns::<LANES>(entity, first, 0, mark)
}

/// Writes a block where there are rows.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn store<T: Copy>(block: [T; LANES], rows: &mut [T]) {
    rows.copy_from_slice(&block[..rows.len()]);
}

impl Words {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every version")]
    fn draw(terms: &Terms, first: u32) -> Self {
        let of = |mark: u32| columns(terms.stream, terms.entity, first, mark);
        let blocks: [_; BLOCKS] = [of(0), of(1), of(2)];
        let [who, frailty, late] = blocks;
        let [age, town_employed, income, trained_insured] = who;
        let [disabled_chronic, alone_old_house, wealth, threat_grievance] = frailty;
        let [coping, early, other, _] = late;
        Words {
            age,
            town_employed,
            income,
            trained_insured,
            disabled_chronic,
            alone_old_house,
            wealth,
            threat_grievance,
            coping,
            protection: [early, other],
        }
    }
}

impl Numbers {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every version")]
    fn of(curves: &Curves, words: &Words) -> Self {
        let Curves {
            normal,
            exponential,
        } = curves;
        Numbers {
            income: normal.normals(&words.income),
            wealth: normal.normals(&words.wealth),
            coping: normal.normals(&words.coping),
            threat: normal.normals_of_upper(&words.threat_grievance),
            grievance: exponential.exponentials_of_lower(&words.threat_grievance),
        }
    }
}

impl Who {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every version")]
    fn of(terms: &Terms, words: &Words, numbers: &Numbers) -> Self {
        let mut who = Who {
            age: [0; LANES],
            place: [0; LANES],
            income: [0.0; LANES],
            fifth: [0; LANES],
            trained: [0; LANES],
        };
        for lane in 0..LANES {
            let age = words.age[lane];
            let age = u32::from(age >= terms.ages[0]) + u32::from(age >= terms.ages[1]);
            let place = u32::from(upper(words.town_employed[lane]) < terms.town);
            let line = chosen(&terms.income, place);
            let income = line.origin + line.slope * numbers.income[lane];
            let mut fifth = 0;
            for cut in terms.cuts {
                fifth += u32::from(income > cut);
            }
            let trained = upper(words.trained_insured[lane]) < terms.trained;
            who.trained[lane] = u32::from(trained & (age == ADULT));
            who.age[lane] = age;
            who.place[lane] = place;
            who.income[lane] = income;
            who.fifth[lane] = fifth;
        }
        who
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every version")]
    fn person(&self, terms: &Terms, words: &Words) -> [u8; LANES] {
        let mut bytes = [0; LANES];
        for lane in 0..LANES {
            let age = self.age[lane];
            let employed = lower(words.town_employed[lane]) < terms.employed;
            let employed = u32::from(employed & (age == ADULT));
            let byte = age | self.fifth[lane] << 2 | self.place[lane] << 5 | employed << 6;
            bytes[lane] = byte as u8;
        }
        bytes
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every version")]
    fn vulnerability(&self, terms: &Terms, words: &Words) -> [u8; LANES] {
        let mut bytes = [0; LANES];
        for lane in 0..LANES {
            let (age, place) = (self.age[lane], self.place[lane]);
            let (own, home) = (words.disabled_chronic[lane], words.alone_old_house[lane]);
            let disabled = u32::from(upper(own) < chosen(&terms.disabled, age));
            let chronic = u32::from(lower(own) < chosen(&terms.chronic, age));
            let alone = u32::from(upper(home) < chosen(&terms.alone, place));
            let old_house = u32::from(lower(home) < chosen(&terms.old_house, place));
            let poor = u32::from(self.income[lane] < terms.poor);
            let byte = disabled | chronic << 1 | alone << 2 | old_house << 3 | poor << 4;
            bytes[lane] = byte as u8;
        }
        bytes
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every version")]
    fn wealth(&self, terms: &Terms, numbers: &Numbers) -> [u8; LANES] {
        let mut bytes = [0; LANES];
        for lane in 0..LANES {
            let line = chosen(&terms.wealth, self.place[lane]);
            let steps = line.origin
                + line.slope * numbers.wealth[lane]
                + terms.wealth_by_income * numbers.income[lane];
            bytes[lane] = if steps < 0.0 { 0 } else { code(1.0 + steps) };
        }
        bytes
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every version")]
    fn measures(&self, terms: &Terms, words: &Words) -> [u8; LANES] {
        let mut bytes = [0; LANES];
        for lane in 0..LANES {
            let chance = chosen(&terms.measure, self.fifth[lane]);
            let [early, late] = [words.protection[0][lane], words.protection[1][lane]];
            let taken = u32::from(upper(early) < chance)
                | u32::from(lower(early) < chance) << 1
                | u32::from(upper(late) < chance) << 2
                | u32::from(lower(late) < chance) << 3;
            let cover = chosen(&terms.insured, self.fifth[lane]);
            let insured = u32::from(lower(words.trained_insured[lane]) < cover);
            bytes[lane] = (taken | insured << 4 | self.trained[lane] << 5) as u8;
        }
        bytes
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every version")]
    fn coping(&self, terms: &Terms, numbers: &Numbers) -> [i8; LANES] {
        let [by_income, by_age, by_training] = terms.coping_by;
        let [least, most] = terms.coping_ends;
        let mut codes = [0; LANES];
        for lane in 0..LANES {
            let aged = if self.age[lane] == AGED { by_age } else { 0.0 };
            let trained = self.trained[lane] as f32 * by_training;
            let own = terms.coping.origin + terms.coping.slope * numbers.coping[lane];
            let coping = own + by_income * self.income[lane] + aged + trained;
            codes[lane] = signed_code(coping.clamp(least, most));
        }
        codes
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every version")]
    fn grievance(&self, terms: &Terms, numbers: &Numbers) -> [u8; LANES] {
        let mut bytes = [0; LANES];
        for lane in 0..LANES {
            let [poorest, others] = terms.grievance;
            let mean = if self.fifth[lane] == 0 {
                poorest
            } else {
                others
            };
            bytes[lane] = code(mean * numbers.grievance[lane]);
        }
        bytes
    }
}

/// Number of the adults among the ages.
const ADULT: u32 = AgeGroup::Adult as u32;
/// Number of the aged among the ages.
const AGED: u32 = AgeGroup::Aged as u32;

#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn upper(word: u32) -> u32 {
    word >> 16
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn lower(word: u32) -> u32 {
    word & 0xFFFF
}

/// Nearest code from 0 to 255.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
pub(super) fn code(x: f32) -> u8 {
    whole(x.clamp(0.0, 255.0) + 0.5) as u8
}

/// Nearest code from −127 to 127.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn signed_code(x: f32) -> i8 {
    whole(x.clamp(-127.0, 127.0) + 128.5).wrapping_sub(128) as i8
}
