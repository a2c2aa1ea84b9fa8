use multiversion::multiversion;

use super::constant_for;
use super::kernel::{self, Columns, Moods, Terms, review_plainly};
use super::moods::Fading;
use super::odds::{ROUNDED_OFF, met, share_of, slope, steps};
use super::tally::Changes;
use super::{ALARM_STEP, APPRAISAL_STEP, INSURED, MEASURES, fifth};
use crate::model::random::{Purpose, Stream};
use crate::model::transcendental::exp;

#[test]
fn constant_meets_its_share() {
    assert!((constant_for(0.5, 0.74)).abs() < 1e-9);
    let constant = constant_for(0.2, 0.0);
    assert!((1.0 / (1.0 + exp(-constant)) - 0.2).abs() < 1e-9);
    // Spread pulls the mean towards one half, so the constant lies further out.
    assert!(constant_for(0.2, 1.0) < constant);
}

/// Citizens of all kinds, by column.
#[derive(Clone, Debug, PartialEq)]
struct People {
    person: Vec<u8>,
    threat: Vec<i8>,
    coping: Vec<i8>,
    measures: Vec<u8>,
    alarm: Vec<u8>,
    trust: Vec<u8>,
    grievance: Vec<u8>,
}

impl People {
    fn new(count: usize) -> Self {
        let byte = |number: usize, salt: u64| {
            let mixed = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15 ^ salt);
            (mixed >> 40) as u8
        };
        let column = |salt: u64| (0..count).map(|n| byte(n, salt)).collect::<Vec<u8>>();
        let signed = |salt: u64| column(salt).iter().map(|b| b.cast_signed()).collect();
        let person = column(1)
            .iter()
            .map(|b| (b % 3) | ((b / 3 % 5) << 2))
            .collect();
        People {
            person,
            threat: signed(2),
            coping: signed(3),
            measures: column(4).iter().map(|b| b & 0b11_1111).collect(),
            alarm: column(5),
            trust: column(6),
            grievance: column(7),
        }
    }

    fn columns(&mut self) -> Columns<'_> {
        Columns {
            person: &self.person,
            threat: &self.threat,
            coping: &self.coping,
            measures: &mut self.measures,
            alarm: &mut self.alarm,
            trust: &mut self.trust,
            grievance: &mut self.grievance,
        }
    }
}

/// Coefficients of choice.
const BETA_THREAT: f64 = 0.4;
const BETA_COPING: f64 = 0.6;
/// β₀ of measures and of cover by fifth.
const MEASURE: [f64; 5] = [-1.5, -1.0, -0.6, -0.1, 0.3];
const COVER: [f64; 5] = [-2.5, -2.0, -1.5, -1.0, -0.4];

fn terms() -> Terms {
    let calm = BETA_THREAT * 128.0 * f64::from(ALARM_STEP);
    Terms {
        stream: Stream::new(3, 1, Purpose::Citizens),
        entity: 17 << 32,
        week: 5,
        measures_below: 614,
        cover_below: 700,
        sold: true,
        by_threat: slope(BETA_THREAT * APPRAISAL_STEP),
        by_alarm: slope(BETA_THREAT * f64::from(ALARM_STEP)),
        by_coping: slope(BETA_COPING * APPRAISAL_STEP),
        measure: MEASURE.map(|b| steps(b + calm, 3.0 * ROUNDED_OFF)),
        cover: COVER.map(|b| steps(b + calm, 2.0 * ROUNDED_OFF)),
        moods: Moods {
            struck: 40,
            alarm: Fading::new(0.885, 0.3),
            alarm_struck: Fading::new(0.885, 25.5),
            trust: Fading::new(0.961, 7.02),
            grievance: Fading::new(0.916, -1.7),
        },
    }
}

/// One citizen after another, as the equations say it.
fn one_by_one(terms: &Terms, first: usize, people: &mut People) -> Changes {
    let mut changes = Changes::default();
    for row in 0..people.person.len() {
        let number = first + row;
        let entity = terms.entity | (number / 4) as u64;
        let word = terms.stream.block(entity, terms.week, 0)[number % 4];
        let own = fifth(people.person[row]);
        let before = people.measures[row];
        let mut after = before;
        let asked = (word >> 18 & 0x3FF) as u16;
        if asked < terms.measures_below {
            let takes = met(word as u16, limit(terms, people, row, true));
            let measure = word >> 16 & 3;
            after = (before & !(1 << measure)) | u8::from(takes) << measure;
        } else if asked < terms.cover_below {
            let takes = terms.sold && met(word as u16, limit(terms, people, row, false));
            after = (before & !INSURED) | (u8::from(takes) * INSURED);
        }
        let taken = |bits: u8| (bits & MEASURES).count_ones() as i32;
        changes.prepared[own] += taken(after) - taken(before);
        let covered = |bits: u8| i32::from(bits & INSURED != 0);
        changes.insured[own] += covered(after) - covered(before);
        people.measures[row] = after;
        let [struck, of_alarm, of_trust, of_grievance] =
            word.wrapping_mul(0x9E37_79B1).to_le_bytes().map(u16::from);
        let moods = &terms.moods;
        let alarm = if struck < moods.struck {
            moods.alarm_struck
        } else {
            moods.alarm
        };
        people.alarm[row] = alarm.moved(people.alarm[row], of_alarm);
        let old = people.trust[row];
        people.trust[row] = moods.trust.moved(old, of_trust);
        changes.trust += i64::from(people.trust[row]) - i64::from(old);
        let old = people.grievance[row];
        people.grievance[row] = moods.grievance.moved(old, of_grievance);
        changes.grievance += i64::from(people.grievance[row]) - i64::from(old);
    }
    changes
}

/// The logit of a citizen in steps, held against that of real numbers: each byte may be rounded by a step.
fn limit(terms: &Terms, people: &People, row: usize, of_measure: bool) -> i16 {
    let own = fifth(people.person[row]);
    let [threat, coping] = [people.threat[row], people.coping[row]];
    let alarm = people.alarm[row];
    let able = if of_measure { BETA_COPING } else { 0.0 };
    let base = if of_measure { MEASURE } else { COVER };
    let exact = base[own]
        + BETA_THREAT
            * (f64::from(threat) * APPRAISAL_STEP + f64::from(alarm) * f64::from(ALARM_STEP))
        + able * f64::from(coping) * APPRAISAL_STEP;
    let base = if of_measure {
        terms.measure
    } else {
        terms.cover
    };
    let found = base[own]
        + share_of(threat, terms.by_threat)
        + share_of((alarm ^ 0x80).cast_signed(), terms.by_alarm)
        + if of_measure {
            share_of(coping, terms.by_coping)
        } else {
            0
        };
    let off = f64::from(found) - f64::from(steps(exact, 0.0));
    assert!(off.abs() < 4.0, "row {row}: {found} steps are {off} off");
    found
}

#[multiversion(targets("x86_64+avx2"))]
fn review_with_avx2(terms: &Terms, first: usize, columns: &mut Columns<'_>) -> Changes {
    review_plainly(terms, first, columns)
}

#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl"))]
fn review_with_avx512(terms: &Terms, first: usize, columns: &mut Columns<'_>) -> Changes {
    review_plainly(terms, first, columns)
}

#[test]
fn every_version_gives_the_bytes_of_the_equations() {
    for (first, count) in [
        (0, 1),
        (0, 64),
        (3, 61),
        (5, 200),
        (2, 1),
        (64, 128),
        (7, 1000),
        (1, 30_000),
    ] {
        for sold in [true, false] {
            let terms = Terms { sold, ..terms() };
            let mut expected = People::new(count);
            let changes = one_by_one(&terms, first, &mut expected);
            let plainly =
                |people: &mut People| review_plainly(&terms, first, &mut people.columns());
            let with_avx2 =
                |people: &mut People| review_with_avx2(&terms, first, &mut people.columns());
            let with_avx512 =
                |people: &mut People| review_with_avx512(&terms, first, &mut people.columns());
            let widest = |people: &mut People| kernel::review(&terms, first, &mut people.columns());
            let versions: [&dyn Fn(&mut People) -> Changes; 4] =
                [&plainly, &with_avx2, &with_avx512, &widest];
            for (number, version) in versions.into_iter().enumerate() {
                let mut people = People::new(count);
                assert_eq!(version(&mut people), changes, "version {number}");
                assert!(people == expected, "version {number}: {first}, {count}");
            }
        }
    }
}
