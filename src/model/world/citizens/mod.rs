//! Citizen agents: who they are, what they own, and how they stand at the start.
//!
//! Every draw is a function of (county, number in the county), so counties can be filled in any
//! order. The income of a person is lognormal in town and in country, with means whose ratio makes
//! the nation's town-to-country ratio come out as stated; a person's fifth is found against the
//! county's own law.

mod beginning;
mod quick;
mod rows;
#[cfg(test)]
mod tests;

use libm::{round, sqrt};
use rayon::prelude::*;

use super::income::{CountyIncome, IncomeLaw};
use super::{CitizenFacts, Counties, Span, group};
use crate::model::random::{Purpose, Stream, normal_quantile};
use crate::model::transcendental::log;
use crate::scenario::society::{Citizens, Society};
use crate::vocabulary::{AgeGroup, Quintile, Vocabulary};
pub(crate) use beginning::Beginning;
use quick::{Bounds, Quick};
use rows::Rows;

/// Least income that is coded (yuan a year) and the ratio between codes.
pub const INCOME_LEAST_YUAN: f64 = 1500.0;
/// Ratio between neighbouring income codes.
pub const INCOME_RATIO: f64 = 1.04;
/// Wealth of code 1 (yuan).
pub const WEALTH_LEAST_YUAN: f64 = 500.0;
/// Ratio between neighbouring wealth codes.
pub const WEALTH_RATIO: f64 = 1.05;
/// Codes of threat and coping to one standard deviation.
pub const CODES_PER_SD: f64 = 40.0;
/// ln 1500, ln 1.04, ln 500 and ln 1.05: the origins and steps of the two scales.
const LN_INCOME_LEAST: f64 = 7.313_220_387_090_301;
const LN_INCOME_RATIO: f64 = 0.039_220_713_153_281_33;
const LN_WEALTH_LEAST: f64 = 6.214_608_098_422_191;
const LN_WEALTH_RATIO: f64 = 0.048_790_164_169_432_05;
/// Poor: income below this share of the mean. About 3 % of people then are, as many as received the
/// minimum living allowance in 2020 (44 million).
const POOR_LINE: f64 = 0.15;
/// Disability and chronic illness of children and the aged relative to all people (assumption; six
/// in ten of the aged, a quarter of all people, are chronically ill).
const FRAILTY: [f64; 3] = [0.2, 0.95, 2.4];
/// Coping appraisal: change for each unit of ln(income/mean), at 65 and over, and if trained.
const COPING_TERMS: [f64; 3] = [0.05, -0.10, 0.15];
/// Standard deviation of trust at the start (that of a beta law with parameters 7 and 3).
const TRUST_SD: f64 = 0.14;
/// Pair of draws that holds coping and trust.
const TRUST_PAIR: u32 = 6;
/// Grievance in the poorest fifth relative to the mean, and in the others.
const GRIEVANCE_RATIO: [f64; 2] = [1.5, 0.875];

/// Fills the citizens of all counties, each county's span of them and the incomes of its fifths.
/// Counties are filled in parallel, each in its own rows.
pub(super) fn build(
    society: &Society,
    counties: &mut Counties,
    workers_of_county: &[f64],
    mean_income_yuan: f64,
    people_per_agent: u32,
) -> CitizenFacts {
    let mut end = 0;
    for &people in &counties.population {
        let start = end;
        end += agents_of(people, people_per_agent);
        counties.citizens.push(Span { start, end });
    }
    let mut facts = CitizenFacts::empty(end as usize);
    let law = IncomeLaw::new(&society.citizens, counties);
    let centre = Centre::new(counties, &law);
    let quick = Quick::new(&society.citizens);
    let filled: Vec<[f64; 5]> = Rows::of_counties(&mut facts, counties)
        .into_par_iter()
        .enumerate()
        .map(|(county, rows)| {
            let income = law.of_county(counties.urban[county]);
            let cuts = income.cuts();
            let fifths = income.fifths(&cuts);
            let maker = Maker {
                law: &society.citizens,
                stream: Stream::new(society.seed, 0, Purpose::CitizensAtStart),
                county: county as u64,
                ages: age_bounds(counties, county),
                employed: employed_share(counties, county, workers_of_county[county]),
                income,
                cuts,
                log_mean: log(counties.income_yuan[county].max(1.0)),
                log_poor: log(mean_income_yuan.max(1.0) * POOR_LINE),
                log_wealth_years: log(society.citizens.wealth_over_income_median_years.max(1e-9)),
                centre,
                frailty: frailty_scale(counties, county),
            };
            maker.fill(rows, &quick);
            fifths
        })
        .collect();
    counties.quintile_income = filled;
    facts
}

/// The draws of pair `pair` of a citizen.
fn draw(stream: Stream, county: u64, number: u32, pair: u32) -> [f64; 2] {
    stream.pair(county << 32 | u64::from(number), 0, pair)
}

/// National means about which coping appraisal is spread.
#[derive(Clone, Copy)]
struct Centre {
    /// Mean of ln(income in yuan).
    log_income: f64,
    /// Share of people aged 65 and over.
    aged: f64,
}

impl Centre {
    fn new(counties: &Counties, law: &IncomeLaw) -> Self {
        let (mut people, mut log_income, mut aged) = (0.0, 0.0, 0.0);
        for county in 0..counties.len() {
            let n = f64::from(counties.population[county]);
            let income = law.of_county(counties.urban[county]);
            let relative =
                income.urban * income.median[0] + (1.0 - income.urban) * income.median[1];
            people += n;
            log_income += n * (relative + log(counties.income_yuan[county].max(1.0)));
            aged += people_of_age(counties, county, AgeGroup::Aged);
        }
        let people = f64::max(people, 1.0);
        Centre {
            log_income: log_income / people,
            aged: aged / people,
        }
    }
}

/// Citizen agents of a county: one for each `people_per_agent` people, at least one if anybody lives there.
fn agents_of(population: u32, people_per_agent: u32) -> u32 {
    if population == 0 {
        return 0;
    }
    (round(f64::from(population) / f64::from(people_per_agent.max(1))) as u32).max(1)
}

/// People of an age group in a county.
fn people_of_age(counties: &Counties, county: usize, age: AgeGroup) -> f64 {
    Quintile::ALL
        .iter()
        .map(|&q| f64::from(counties.people[county][group(age, q)]))
        .sum()
}

/// Cumulative shares of children and adults.
fn age_bounds(counties: &Counties, county: usize) -> [f64; 2] {
    let n = f64::from(counties.population[county]).max(1.0);
    let children = people_of_age(counties, county, AgeGroup::Child) / n;
    [
        children,
        children + people_of_age(counties, county, AgeGroup::Adult) / n,
    ]
}

fn employed_share(counties: &Counties, county: usize, workers: f64) -> f64 {
    (workers / people_of_age(counties, county, AgeGroup::Adult).max(1.0)).min(1.0)
}

/// What [`FRAILTY`] must be divided by for the county's mean to be one.
fn frailty_scale(counties: &Counties, county: usize) -> f64 {
    let n = f64::from(counties.population[county]).max(1.0);
    let mean: f64 = AgeGroup::ALL
        .iter()
        .map(|&age| FRAILTY[age.number()] * people_of_age(counties, county, age) / n)
        .sum();
    1.0 / mean.max(1e-9)
}

/// All that the citizens of a county have in common.
struct Maker<'a> {
    law: &'a Citizens,
    stream: Stream,
    county: u64,
    ages: [f64; 2],
    employed: f64,
    income: CountyIncome,
    cuts: [f64; 4],
    log_mean: f64,
    /// ln(income) below which a person is poor.
    log_poor: f64,
    /// ln(median wealth over median income, years).
    log_wealth_years: f64,
    centre: Centre,
    frailty: f64,
}

/// A person's draws that the other columns depend on.
struct Person {
    age: AgeGroup,
    fifth: usize,
    town: bool,
    /// ln(income in yuan).
    log_income: f64,
    /// Departure of ln(income) from the median of the place, in standard deviations.
    rank: f64,
}

impl Maker<'_> {
    /// Writes all citizens of the county, most of them by look-up.
    fn fill(&self, mut rows: Rows<'_>, quick: &Quick) {
        let bounds = Bounds::of(self);
        quick.fill(self, &bounds, &mut rows);
    }

    /// Writes citizen `number` of the county: nine pairs of uniforms and a few normals.
    fn write(&self, rows: &mut Rows<'_>, number: usize) {
        let draw = |pair: u32| draw(self.stream, self.county, number as u32, pair);
        let [who, place] = draw(0);
        let [rank, employed] = draw(1);
        let person = self.person(who, place, rank);
        let adult = person.age == AgeGroup::Adult;
        let [trained, insured] = draw(2);
        let trained = adult && trained < self.trained_share();
        rows.person[number] = person.age as u8
            | (person.fifth as u8) << 2
            | u8::from(person.town) << 5
            | u8::from(adult && employed < self.employed) << 6;
        rows.vulnerability[number] = self.vulnerability(&person, draw(3), draw(4));
        rows.income[number] = code((person.log_income - LN_INCOME_LEAST) / LN_INCOME_RATIO);
        let [wealth, threat] = draw(5);
        rows.wealth[number] = self.wealth(&person, normal_quantile(wealth));
        let [coping, _] = draw(TRUST_PAIR);
        rows.threat[number] = signed_code(normal_quantile(threat));
        let coping = self.coping(&person, trained, normal_quantile(coping));
        rows.coping[number] = signed_code(coping);
        let chance = self.law.preparedness_initial.values()[person.fifth];
        let [a, b] = draw(7);
        let [c, d] = draw(8);
        let measures = [a, b, c, d]
            .iter()
            .enumerate()
            .map(|(k, &u)| u8::from(u < chance) << k)
            .sum::<u8>();
        let covered = insured < self.law.insured_initial.values()[person.fifth];
        rows.measures[number] = measures | u8::from(covered) << 4 | u8::from(trained) << 5;
        let [discontent, _] = draw(9);
        rows.grievance[number] = grievance(self.law, person.fifth, discontent);
    }

    /// First responders among adults, so that their share of all people is the stated one.
    fn trained_share(&self) -> f64 {
        self.law.first_responder_share / (self.ages[1] - self.ages[0]).max(1e-9)
    }

    fn person(&self, who: f64, place: f64, rank: f64) -> Person {
        let age = if who < self.ages[0] {
            AgeGroup::Child
        } else if who < self.ages[1] {
            AgeGroup::Adult
        } else {
            AgeGroup::Aged
        };
        self.person_of(age, place < self.income.urban, normal_quantile(rank))
    }

    /// A person of an age in town or in country, at a rank of income there (standard deviations).
    fn person_of(&self, age: AgeGroup, town: bool, rank: f64) -> Person {
        let index = usize::from(!town);
        let relative = self.income.median[index] + self.income.sigma[index] * rank;
        Person {
            age,
            fifth: self.cuts.iter().filter(|&&cut| relative > cut).count(),
            town,
            log_income: self.log_mean + relative,
            rank,
        }
    }

    /// Shares of the disabled and the chronically ill of an age.
    fn frail_shares(&self, age: AgeGroup) -> [f64; 2] {
        let frail = self.frailty * FRAILTY[age.number()];
        [
            self.law.disabled_share * frail,
            self.law.chronic_share * frail,
        ]
    }

    /// Shares of those who live alone and of those in old houses, in town or in country.
    fn home_shares(&self, town: bool) -> [f64; 2] {
        if town {
            [self.law.alone_share_town, self.law.old_house_share_town]
        } else {
            [
                self.law.alone_share_country,
                self.law.old_house_share_country,
            ]
        }
    }

    /// Flags of vulnerability, in the order of [`CitizenFacts::vulnerability`].
    fn vulnerability(&self, person: &Person, first: [f64; 2], second: [f64; 2]) -> u8 {
        let [disabled, chronic] = self.frail_shares(person.age);
        let [alone, old_house] = self.home_shares(person.town);
        u8::from(first[0] < disabled)
            | u8::from(first[1] < chronic) << 1
            | u8::from(second[0] < alone) << 2
            | u8::from(second[1] < old_house) << 3
            | u8::from(person.log_income < self.log_poor) << 4
    }

    /// Code of wealth: lognormal about `wealth_over_income_median_years` of the place's median
    /// income, correlated with the person's rank in it.
    fn wealth(&self, person: &Person, z: f64) -> u8 {
        let steps = self.wealth_steps(person, z);
        if steps < 0.0 {
            return 0;
        }
        code(1.0 + steps)
    }

    /// Steps of the code of wealth above the least; z is a standard normal number.
    fn wealth_steps(&self, person: &Person, z: f64) -> f64 {
        let rho = self.law.wealth_income_correlation;
        let median =
            self.log_mean + self.income.median[usize::from(!person.town)] + self.log_wealth_years;
        let departure = rho * person.rank + sqrt((1.0 - rho * rho).max(0.0)) * z;
        let x = median + self.law.wealth_sigma_log * departure;
        (x - LN_WEALTH_LEAST) / LN_WEALTH_RATIO
    }

    /// Coping appraisal in standard deviations from the mean; the appraisal itself lies in [0, 1].
    fn coping(&self, person: &Person, trained: bool, z: f64) -> f64 {
        let [income, aged, training] = COPING_TERMS;
        let is_aged = f64::from(u8::from(person.age == AgeGroup::Aged));
        let is_trained = f64::from(u8::from(trained));
        let value = self.law.coping_mean
            + self.law.coping_sd * z
            + income * (person.log_income - self.centre.log_income)
            + aged * (is_aged - self.centre.aged)
            + training * (is_trained - self.law.first_responder_share);
        (value.clamp(0.0, 1.0) - self.law.coping_mean) / self.law.coping_sd.max(1e-9)
    }
}

/// Code of grievance: exponential, capped at one, higher in the poorest fifth.
fn grievance(law: &Citizens, fifth: usize, u: f64) -> u8 {
    let ratio = GRIEVANCE_RATIO[usize::from(fifth > 0)];
    code(255.0 * (-log(u) * law.grievance_mean * ratio).min(1.0))
}

/// Nearest code from 0 to 255.
fn code(x: f64) -> u8 {
    round(x).clamp(0.0, 255.0) as u8
}

/// Nearest code of a value in standard deviations.
fn signed_code(sd: f64) -> i8 {
    round(sd * CODES_PER_SD).clamp(-127.0, 127.0) as i8
}
