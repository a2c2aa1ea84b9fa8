//! Citizens sixty-four at a time: the bytes of the equations without most of their arithmetic.
//!
//! What a single uniform decides is looked up by its leading bits, and worked out only where they leave
//! it open. A share is met by comparing whole numbers. Normal numbers are interpolated, and where the
//! error of that could change a byte, the citizen is written by the equations instead.

use multiversion::multiversion;

use super::rows::Rows;
use super::{
    CODES_PER_SD, LN_INCOME_LEAST, LN_INCOME_RATIO, Maker, Person, TRUST_PAIR, grievance,
    signed_code,
};
use crate::model::random::{Stream, normal_quantile, unit};
use crate::scenario::society::Citizens;
use crate::vocabulary::{AgeGroup, Vocabulary};

/// Citizens whose words are drawn together.
pub(super) const LANES: usize = 64;
/// Pairs of uniforms of a citizen.
const PAIRS: usize = 10;
/// Leading bits by which uniforms are looked up.
const BITS: u32 = 12;
/// Number of parts of the unit interval that they tell apart.
const PARTS: usize = 1 << BITS;
/// Parts at either end in which normal numbers are not interpolated (the outer 2.5 %).
const TAIL: usize = PARTS / 40;
/// More than the error of an interpolated normal number (h²z/8φ(z)² < 5·10⁻⁶ at the edge of the tail).
const ERROR: f64 = 1e-5;

/// Words of some citizens: by pair, word of the pair's block, and citizen.
type Words = [[[u32; LANES]; 4]; PAIRS];

/// Tables for the citizens of one society.
pub(super) struct Quick {
    /// Normal quantiles at the ends of the parts.
    quantiles: Vec<f64>,
    threat: Guide,
    /// Grievance in the poorest fifth, and in the others.
    grievance: [Guide; 2],
}

impl Quick {
    pub(super) fn new(law: &Citizens) -> Self {
        let end = |part: usize| (part as f64 / PARTS as f64).clamp(1e-9, 1.0 - 1e-9);
        Quick {
            quantiles: (0..=PARTS).map(|part| normal_quantile(end(part))).collect(),
            threat: Guide::new(threat),
            grievance: [0, 1].map(|fifth| Guide::new(|u| grievance(law, fifth, u))),
        }
    }

    /// Writes all citizens of a county.
    pub(super) fn fill(&self, maker: &Maker<'_>, bounds: &Bounds, rows: &mut Rows<'_>) {
        let mut words = Box::new([[[0; LANES]; 4]; PAIRS]);
        let count = rows.person.len();
        for first in (0..count).step_by(LANES) {
            draw(maker.stream, maker.county << 32, first as u32, &mut words);
            for lane in 0..LANES.min(count - first) {
                self.write(
                    maker,
                    bounds,
                    &Lane {
                        words: &words,
                        lane,
                    },
                    rows,
                    first + lane,
                );
            }
        }
    }

    /// Writes citizen `number`, as [`Maker::write`] does.
    fn write(
        &self,
        maker: &Maker<'_>,
        bounds: &Bounds,
        draws: &Lane<'_>,
        rows: &mut Rows<'_>,
        number: usize,
    ) {
        let who = draws.whole(0, 0);
        let age = usize::from(who >= bounds.children) + usize::from(who >= bounds.adults);
        let adult = age == AgeGroup::Adult as usize;
        let town = draws.whole(0, 1) < bounds.town;
        let person = maker.person_of(AgeGroup::ALL[age], town, self.normal(draws, 1, 0));
        let trained = adult & (draws.whole(2, 0) < bounds.trained);
        let coping = maker.coping(&person, trained, self.normal(draws, TRUST_PAIR as usize, 0));
        let coping = coping * CODES_PER_SD;
        let income = (person.log_income - LN_INCOME_LEAST) / LN_INCOME_RATIO;
        let wealth = maker.wealth_steps(&person, self.normal(draws, 5, 0));
        if bounds.is_near(maker, &person, income, wealth, coping) {
            maker.write(rows, number);
            return;
        }
        let employed = adult & (draws.whole(1, 1) < bounds.employed);
        rows.person[number] =
            age as u8 | (person.fifth as u8) << 2 | u8::from(town) << 5 | u8::from(employed) << 6;
        let home = bounds.home[usize::from(town)];
        rows.vulnerability[number] = draws.met(3, 0, bounds.frail[age][0])
            | draws.met(3, 1, bounds.frail[age][1]) << 1
            | draws.met(4, 0, home[0]) << 2
            | draws.met(4, 1, home[1]) << 3
            | u8::from(person.log_income < maker.log_poor) << 4;
        rows.income[number] = nearest(income);
        rows.wealth[number] = if wealth < 0.0 {
            0
        } else {
            nearest(1.0 + wealth)
        };
        rows.threat[number] = self.threat.of(draws.two_words(5, 1), threat).cast_signed();
        rows.coping[number] = nearest(coping.clamp(-127.0, 127.0) + 128.0)
            .wrapping_sub(128)
            .cast_signed();
        let chance = bounds.measure[person.fifth];
        rows.measures[number] = draws.met(7, 0, chance)
            | draws.met(7, 1, chance) << 1
            | draws.met(8, 0, chance) << 2
            | draws.met(8, 1, chance) << 3
            | draws.met(2, 1, bounds.insured[person.fifth]) << 4
            | u8::from(trained) << 5;
        let fifth = person.fifth;
        let guide = &self.grievance[usize::from(fifth > 0)];
        rows.grievance[number] =
            guide.of(draws.two_words(9, 0), |u| grievance(maker.law, fifth, u));
    }

    /// A normal number: interpolated, or exact in the tails.
    fn normal(&self, draws: &Lane<'_>, pair: usize, half: usize) -> f64 {
        let word = draws.words[pair][2 * half][draws.lane];
        let part = (word >> (32 - BITS)) as usize;
        if !(TAIL..PARTS - TAIL).contains(&part) {
            return normal_quantile(draws.uniform(pair, half));
        }
        let within = f64::from(word << BITS) / 4_294_967_296.0;
        let (low, high) = (self.quantiles[part], self.quantiles[part + 1]);
        low + (high - low) * within
    }
}

/// Code of threat, its sign bit included.
fn threat(u: f64) -> u8 {
    signed_code(normal_quantile(u)).cast_unsigned()
}

/// Nearest code, where no half is near.
fn nearest(x: f64) -> u8 {
    (x + 0.5).clamp(0.0, 255.0) as u8
}

/// The draws of one citizen.
struct Lane<'a> {
    words: &'a Words,
    lane: usize,
}

impl Lane<'_> {
    fn two_words(&self, pair: usize, half: usize) -> [u32; 2] {
        [0, 1].map(|word| self.words[pair][2 * half + word][self.lane])
    }

    /// The 53 bits of a uniform: the whole number k of (k + ½)/2⁵³.
    fn whole(&self, pair: usize, half: usize) -> u64 {
        let [high, low] = self.two_words(pair, half);
        (u64::from(high) << 21) ^ u64::from(low >> 11)
    }

    fn uniform(&self, pair: usize, half: usize) -> f64 {
        let [high, low] = self.two_words(pair, half);
        unit(high, low)
    }

    /// One if a uniform is below a bound.
    fn met(&self, pair: usize, half: usize, bound: u64) -> u8 {
        u8::from(self.whole(pair, half) < bound)
    }
}

/// A byte that one uniform decides, by the part that it lies in.
pub(super) struct Guide {
    /// The byte, or [`OPEN`] where the part holds several.
    entries: Vec<u16>,
}

/// A part that does not decide.
const OPEN: u16 = u16::MAX;

impl Guide {
    /// For a byte that never turns back as the uniform grows.
    pub(super) fn new(byte: impl Fn(f64) -> u8) -> Self {
        let parts = 0..PARTS as u32;
        let entry = |part: u32| {
            let least = part << (32 - BITS);
            let greatest = least | (u32::MAX >> BITS);
            let found = byte(unit(least, 0));
            if found == byte(unit(greatest, u32::MAX)) {
                u16::from(found)
            } else {
                OPEN
            }
        };
        Guide {
            entries: parts.map(entry).collect(),
        }
    }

    /// The byte of a uniform of two words.
    pub(super) fn of(&self, [high, low]: [u32; 2], byte: impl Fn(f64) -> u8) -> u8 {
        match self.entries[(high >> (32 - BITS)) as usize] {
            OPEN => byte(unit(high, low)),
            found => found as u8,
        }
    }
}

/// The shares of a county as bounds of the whole numbers of uniforms.
pub(super) struct Bounds {
    children: u64,
    adults: u64,
    town: u64,
    employed: u64,
    trained: u64,
    /// Disabled and chronically ill, by age.
    frail: Vec<[u64; 2]>,
    /// Alone and in old houses, in country and in town.
    home: [[u64; 2]; 2],
    /// A measure, by income fifth.
    measure: Vec<u64>,
    /// Cover, by income fifth.
    insured: Vec<u64>,
}

impl Bounds {
    pub(super) fn of(maker: &Maker<'_>) -> Self {
        let all = |shares: &[f64]| shares.iter().map(|share| bound(*share)).collect();
        let frail = |age: &AgeGroup| maker.frail_shares(*age).map(bound);
        Bounds {
            children: bound(maker.ages[0]),
            adults: bound(maker.ages[1]).max(bound(maker.ages[0])),
            town: bound(maker.income.urban),
            employed: bound(maker.employed),
            trained: bound(maker.trained_share()),
            frail: AgeGroup::ALL.iter().map(frail).collect(),
            home: [false, true].map(|town| maker.home_shares(town).map(bound)),
            measure: all(maker.law.preparedness_initial.values()),
            insured: all(maker.law.insured_initial.values()),
        }
    }

    /// Whether a citizen lies so near to where a byte changes that an interpolated number may not decide.
    #[expect(clippy::unused_self, reason = "reads as a question to the bounds")]
    fn is_near(
        &self,
        maker: &Maker<'_>,
        person: &Person,
        income: f64,
        wealth: f64,
        coping: f64,
    ) -> bool {
        let law = maker.law;
        let off = |x: f64, error: f64| (x - x.floor() - 0.5).abs() < error;
        let index = usize::from(!person.town);
        let sigma = maker.income.sigma[index];
        let error = sigma * ERROR + 1e-9;
        let relative = person.log_income - maker.log_mean;
        let at_a_cut = maker.cuts.iter().any(|cut| (relative - cut).abs() < error);
        let at_the_line = (person.log_income - maker.log_poor).abs() < error;
        let of_wealth = 2.0 * ERROR * law.wealth_sigma_log / super::LN_WEALTH_RATIO + 1e-9;
        let per_sd = CODES_PER_SD / law.coping_sd.max(1e-9);
        let of_coping = CODES_PER_SD * ERROR + per_sd * super::COPING_TERMS[0] * error + 1e-9;
        at_a_cut
            | at_the_line
            | off(income, error / LN_INCOME_RATIO)
            | off(wealth, of_wealth)
            | (wealth.abs() < of_wealth)
            | off(coping, of_coping)
    }
}

/// How many of the uniforms (k + ½)/2⁵³ lie below a share: by bisection, so that it is the comparison
/// of the uniforms themselves.
fn bound(share: f64) -> u64 {
    let below = |k: u64| unit((k >> 21) as u32, ((k & 0x1F_FFFF) << 11) as u32) < share;
    let (mut low, mut high) = (0_u64, 1 << 53);
    while low < high {
        let middle = u64::midpoint(low, high);
        if below(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// Draws all words of sixty-four citizens.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn draw(stream: Stream, base: u64, first: u32, words: &mut Words) {
    for (pair, words) in words.iter_mut().enumerate() {
        *words = stream.columns::<LANES>(base, first, 0, pair as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::super::code;
    use super::*;

    #[test]
    fn bounds_count_the_uniforms_below_a_share() {
        assert_eq!(bound(0.0), 0);
        assert_eq!(bound(-0.3), 0);
        assert_eq!(bound(0.5), 1 << 52);
        assert_eq!(bound(1.0), 1 << 53);
        // (k + ½)/2⁵³ < 3/2⁵³ for k = 0, 1, 2.
        assert_eq!(bound(3.0 / 9_007_199_254_740_992.0), 3);
    }

    #[test]
    fn guides_answer_where_a_part_holds_one_byte() {
        let guide = Guide::new(|u| code(100.0 * u));
        let open = guide.entries.iter().filter(|entry| **entry == OPEN).count();
        // A step lies within one part; four of them, at an eighth and so on, lie where two parts meet.
        assert!((96..=100).contains(&open), "{open}");
        assert_eq!(guide.entries[PARTS / 4], 25);
    }

    #[test]
    fn interpolated_normal_numbers_err_less_than_reckoned() {
        let quantiles: Vec<f64> = (TAIL..=PARTS - TAIL)
            .map(|part| normal_quantile(part as f64 / PARTS as f64))
            .collect();
        for (part, ends) in quantiles.windows(2).enumerate() {
            let middle = ((part + TAIL) as f64 + 0.5) / PARTS as f64;
            let error = f64::midpoint(ends[0], ends[1]) - normal_quantile(middle);
            assert!(error.abs() < 0.9 * ERROR, "part {part}: {error}");
        }
    }
}
