//! Citizens against the equations, and each compiled version against the others.

use multiversion::multiversion;

use super::*;
use crate::model::random::normal_quantile;
use crate::model::world::sample::society;

#[test]
fn logarithms_of_the_scales_are_right() {
    for (value, logarithm) in [
        (INCOME_LEAST_YUAN, LN_INCOME_LEAST),
        (INCOME_RATIO, LN_INCOME_RATIO),
        (WEALTH_LEAST_YUAN, LN_WEALTH_LEAST),
        (WEALTH_RATIO, LN_WEALTH_RATIO),
    ] {
        assert!(
            (log(value) - logarithm).abs() < 1e-15 * (1.0 + logarithm),
            "{value}"
        );
    }
}

/// A county of the sample with all ages, both places and all fifths.
fn county(law: &Citizens) -> County<'_> {
    let income = CountyIncome {
        urban: 0.6,
        median: [0.02, -0.6],
        sigma: [0.58, 0.62],
    };
    County {
        law,
        ages: [0.18, 0.86],
        employed: 0.7,
        income,
        cuts: income.cuts(),
        log_mean: log(30_000.0),
        log_poor: log(32_000.0 * POOR_LINE),
        log_wealth_years: log(4.0),
        centre: Centre {
            log_income: log(25_000.0),
            aged: 0.14,
        },
        frailty: 1.1,
    }
}

fn law() -> Citizens {
    let (mut society, _) = society();
    society.citizens.wealth_income_correlation = 0.5;
    society.citizens.wealth_sigma_log = 1.2;
    society.citizens
}

fn stream() -> Stream {
    Stream::new(7, 0, Purpose::CitizensAtStart)
}

/// The citizens of a county as `fill` writes them.
fn filled(county: u64, count: u32, fill: impl Fn(&Terms, &Curves, &mut Rows<'_>)) -> CitizenFacts {
    let law = law();
    let terms = self::county(&law).terms(stream(), county as usize);
    let mut counties = Counties::default();
    counties.citizens.push(Span {
        start: 0,
        end: count,
    });
    let mut facts = CitizenFacts::empty(count as usize);
    for mut rows in Rows::of_counties(&mut facts, &counties) {
        fill(&terms, &Curves::new(), &mut rows);
    }
    facts
}

/// A uniform of 32 bits, and the two of 16 bits in a word.
fn uniforms(word: u32) -> (f64, [f64; 2]) {
    let half = |bits: u32| (f64::from(bits) + 0.5) / 65_536.0;
    let whole = (f64::from(word) + 0.5) / 4_294_967_296.0;
    (whole, [half(word >> 16), half(word & 0xFFFF)])
}

#[test]
fn citizens_are_those_of_the_equations() {
    const COUNTY: u64 = 3;
    let law = &law();
    let own = county(law);
    let facts = filled(COUNTY, 30_000, draw::fill);
    let near = |code: f64, exact: f64| (code - exact).abs() < 0.502;
    for number in 0..facts.len() {
        let block = |mark: u32| stream().block(COUNTY << 32 | number as u64, 0, mark);
        let [
            [age, place, rank, first],
            [own_frailty, home, wealth, mood],
            [coping, early, late, _],
        ] = [block(0), block(1), block(2)];
        let u = uniforms(age).0;
        let age = usize::from(u >= own.ages[0]) + usize::from(u >= own.ages[1]);
        let adult = age == AgeGroup::Adult as usize;
        let [town, employed] = uniforms(place).1;
        let place = if town < own.income.urban {
            TOWN
        } else {
            COUNTRY
        };
        let rank = normal_quantile(uniforms(rank).0);
        let relative = own.income.median[place] + own.income.sigma[place] * rank;
        let log_income = own.log_mean + relative;
        let person = facts.person[number];
        let fifth = usize::from(person >> 2 & 7);
        assert_eq!(usize::from(person & 3), age);
        assert_eq!(person >> 5 & 1 == 1, place == TOWN);
        assert_eq!(person >> 6 == 1, adult && employed < 0.7);
        if own.cuts.iter().all(|cut| (relative - cut).abs() > 1e-5) {
            assert_eq!(
                fifth,
                own.cuts.iter().filter(|cut| relative > **cut).count()
            );
        }
        let income = (log_income - LN_INCOME_LEAST) / LN_INCOME_RATIO;
        assert!(near(
            f64::from(facts.income[number]),
            income.clamp(0.0, 255.0)
        ));
        let [disabled, chronic] = uniforms(own_frailty).1;
        let [alone, old_house] = uniforms(home).1;
        let frail = own.frailty * FRAILTY[age];
        let homes = if place == TOWN {
            [law.alone_share_town, law.old_house_share_town]
        } else {
            [law.alone_share_country, law.old_house_share_country]
        };
        let flags = u8::from(disabled < law.disabled_share * frail)
            | u8::from(chronic < law.chronic_share * frail) << 1
            | u8::from(alone < homes[0]) << 2
            | u8::from(old_house < homes[1]) << 3;
        assert_eq!(facts.vulnerability[number] & 15, flags);
        if (log_income - own.log_poor).abs() > 1e-5 {
            let poor = facts.vulnerability[number] >> 4 == 1;
            assert_eq!(poor, log_income < own.log_poor);
        }
        let median = own.log_mean + own.income.median[place] + own.log_wealth_years;
        let departure = 0.5 * rank + sqrt(0.75) * normal_quantile(uniforms(wealth).0);
        let wealth = (median + 1.2 * departure - LN_WEALTH_LEAST) / LN_WEALTH_RATIO;
        let expected = if wealth < 0.0 { 0.0 } else { 1.0 + wealth };
        let code = f64::from(facts.wealth[number]);
        assert!(near(code, expected.min(255.0)) || wealth.abs() < 1e-3);
        let [trained, insured] = uniforms(first).1;
        let trained = adult && trained < law.first_responder_share / (0.86 - 0.18);
        let chance = law.preparedness_initial.values()[fifth];
        let [[a, b], [c, d]] = [uniforms(early).1, uniforms(late).1];
        let measures = [a, b, c, d];
        let taken: u8 = (0..4).map(|k| u8::from(measures[k] < chance) << k).sum();
        let covered = insured < law.insured_initial.values()[fifth];
        let expected = taken | u8::from(covered) << 4 | u8::from(trained) << 5;
        assert_eq!(facts.measures[number], expected);
        let [threat, grievance] = uniforms(mood).1;
        let threat = (CODES_PER_SD * normal_quantile(threat)).clamp(-127.0, 127.0);
        assert!(near(f64::from(facts.threat[number]), threat));
        let [income, aged, training] = COPING_TERMS;
        let appraisal = law.coping_mean
            + law.coping_sd * normal_quantile(uniforms(coping).0)
            + income * (log_income - own.centre.log_income)
            + aged * (f64::from(u8::from(age == 2)) - own.centre.aged)
            + training * (f64::from(u8::from(trained)) - law.first_responder_share);
        let coping = (appraisal.clamp(0.0, 1.0) - law.coping_mean) / law.coping_sd;
        let coping = (CODES_PER_SD * coping).clamp(-127.0, 127.0);
        assert!(near(f64::from(facts.coping[number]), coping));
        let ratio = GRIEVANCE_RATIO[usize::from(fifth > 0)];
        let grievance = (-log(grievance) * law.grievance_mean * ratio).min(1.0);
        assert!(near(f64::from(facts.grievance[number]), 255.0 * grievance));
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn fill_with_avx2(terms: &Terms, curves: &Curves, rows: &mut Rows<'_>) {
    draw::fill_plainly(terms, curves, rows);
}

#[test]
fn every_compiled_version_gives_the_same_bytes() {
    for count in [1, 64, 65, 1000] {
        let plainly = filled(9, count, draw::fill_plainly);
        let with_avx2 = filled(9, count, fill_with_avx2);
        let widest = filled(9, count, draw::fill);
        let longer = filled(9, count + 7, draw::fill);
        let head = |column: &[u8]| column[..count as usize].to_vec();
        for other in [&with_avx2, &widest] {
            assert_eq!(plainly, *other);
        }
        assert_eq!(plainly.person, head(&longer.person));
        assert_eq!(plainly.grievance, head(&longer.grievance));
    }
}
