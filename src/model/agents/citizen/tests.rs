use multiversion::multiversion;

use super::constant_for;
use super::kernel::{self, Changes, Columns, LOGITS, Moods, Terms, moved, review_plainly};
use super::{ALARM_STEP, APPRAISAL_STEP, INSURED, MEASURES, fifth};
use crate::model::random::{Purpose, Stream};
use crate::model::transcendental::{exp, log};

#[test]
fn constant_meets_its_share() {
    assert!((constant_for(0.5, 0.74)).abs() < 1e-9);
    let constant = constant_for(0.2, 0.0);
    assert!((1.0 / (1.0 + exp(-constant)) - 0.2).abs() < 1e-9);
    // Spread pulls the mean towards one half, so the constant lies further out.
    assert!(constant_for(0.2, 1.0) < constant);
}

#[test]
fn bytes_fade_without_sticking() {
    let mut byte = 100_u8;
    let kept = (0.97 * 65_536.0) as i32;
    let towards = (20.0 * 0.03 * 65_536.0) as i32;
    let mut sum = 0.0;
    for step in 0..20_000 {
        let dither = (step * 37 % 256) * 256;
        byte = moved(byte, kept, towards, dither);
        sum += f64::from(byte) / 20_000.0;
    }
    assert!((17..=23).contains(&byte), "{byte}");
    assert!((sum - 20.0).abs() < 0.5, "{sum}");
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

fn terms() -> Terms {
    Terms {
        stream: Stream::new(3, 1, Purpose::Citizens),
        entity: 17 << 32,
        week: 5,
        measures_below: 614,
        cover_below: 700,
        sold: true,
        beta_threat: 0.4,
        beta_coping: 0.6,
        measure: [-1.5, -1.0, -0.6, -0.1, 0.3],
        cover: [-2.5, -2.0, -1.5, -1.0, -0.4],
        alarm_at_start: 0.12,
        moods: Moods {
            struck: 40,
            alarm_kept: 58_000,
            alarm_struck: 1_671_168,
            alarm_others: 20_000,
            trust_kept: 63_000,
            trust_moved: 460_000,
            grievance_kept: 60_000,
            grievance_moved: 110_000,
        },
    }
}

#[expect(clippy::large_stack_arrays, reason = "32 kB, once a test")]
fn logits() -> Box<[f32; LOGITS]> {
    let mut table = Box::new([0.0; LOGITS]);
    for (k, logit) in table.iter_mut().enumerate() {
        let u = (k as f64 + 0.5) / LOGITS as f64;
        *logit = log(u / (1.0 - u)) as f32;
    }
    table
}

/// One citizen after another, as the equations say it.
fn one_by_one(terms: &Terms, first: usize, people: &mut People) -> Changes {
    let logits = logits();
    let mut changes = Changes::default();
    for row in 0..people.person.len() {
        let number = first + row;
        let entity = terms.entity | (number / 4) as u64;
        let word = terms.stream.block(entity, terms.week, 0)[number % 4];
        let own = fifth(people.person[row]);
        let alarm = f32::from(people.alarm[row]) * ALARM_STEP - terms.alarm_at_start;
        let fear = terms.beta_threat * (f32::from(people.threat[row]) * APPRAISAL_STEP + alarm);
        let logit = logits[(word & 0x1FFF) as usize];
        let before = people.measures[row];
        let mut after = before;
        let asked = word >> 18 & 0x3FF;
        if asked < terms.measures_below {
            let able = terms.beta_coping * f32::from(people.coping[row]) * APPRAISAL_STEP;
            let takes = logit < terms.measure[own] + fear + able;
            let measure = word >> 16 & 3;
            after = (before & !(1 << measure)) | u8::from(takes) << measure;
        } else if asked < terms.cover_below {
            let takes = terms.sold && logit < terms.cover[own] + fear;
            after = (before & !INSURED) | (u8::from(takes) * INSURED);
        }
        let taken = |bits: u8| (bits & MEASURES).count_ones() as i32;
        changes.prepared[own] += taken(after) - taken(before);
        let covered = |bits: u8| i32::from(bits & INSURED != 0);
        changes.insured[own] += covered(after) - covered(before);
        people.measures[row] = after;
        let bytes = word.wrapping_mul(0x9E37_79B1).to_le_bytes();
        let dither = |k: usize| i32::from(bytes[k]) * 256;
        let moods = &terms.moods;
        let struck = u32::from(bytes[0]) < moods.struck;
        let jump = if struck {
            moods.alarm_struck
        } else {
            moods.alarm_others
        };
        people.alarm[row] = moved(people.alarm[row], moods.alarm_kept, jump, dither(1));
        let old = people.trust[row];
        people.trust[row] = moved(old, moods.trust_kept, moods.trust_moved, dither(2));
        changes.trust += i64::from(people.trust[row]) - i64::from(old);
        let old = people.grievance[row];
        let (kept, by) = (moods.grievance_kept, moods.grievance_moved);
        people.grievance[row] = moved(old, kept, by, dither(3));
        changes.grievance += i64::from(people.grievance[row]) - i64::from(old);
    }
    changes
}

#[multiversion(targets("x86_64+avx2"))]
fn review_with_avx2(terms: &Terms, first: usize, columns: &mut Columns<'_>) -> Changes {
    review_plainly(terms, &logits(), first, columns)
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
    ] {
        for sold in [true, false] {
            let terms = Terms { sold, ..terms() };
            let mut expected = People::new(count);
            let changes = one_by_one(&terms, first, &mut expected);
            let plainly = |people: &mut People| {
                review_plainly(&terms, &logits(), first, &mut people.columns())
            };
            let with_avx2 =
                |people: &mut People| review_with_avx2(&terms, first, &mut people.columns());
            let widest = |people: &mut People| {
                kernel::review(&terms, &logits(), first, &mut people.columns())
            };
            let versions: [&dyn Fn(&mut People) -> Changes; 3] = [&plainly, &with_avx2, &widest];
            for (number, version) in versions.into_iter().enumerate() {
                let mut people = People::new(count);
                assert_eq!(version(&mut people), changes, "version {number}");
                assert!(people == expected, "version {number}: {first}, {count}");
            }
        }
    }
}
