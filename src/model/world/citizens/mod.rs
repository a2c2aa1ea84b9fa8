//! Citizen agents: who they are, what they own, and how they stand at the start.
//!
//! Every draw is a function of (county, number in the county), so counties can be filled in any
//! order. The income of a person is lognormal in town and in country, with means whose ratio makes
//! the nation's town-to-country ratio come out as stated; a person's fifth is found against the
//! county's own law.

mod beginning;
mod curve;
mod draw;
mod rows;
#[cfg(test)]
mod tests;

use libm::{round, sqrt};
use rayon::prelude::*;

use super::income::{CountyIncome, IncomeLaw};
use super::{CitizenFacts, Counties, Span, group};
use crate::model::random::{Purpose, Stream};
use crate::model::transcendental::log;
use crate::scenario::society::{Citizens, Society};
use crate::vocabulary::{AgeGroup, Quintile, Vocabulary};
pub(crate) use beginning::Beginning;
use draw::{Curves, Line, Terms};
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
    let curves = Curves::new();
    let filled: Vec<[f64; 5]> = Rows::of_counties(&mut facts, counties)
        .into_par_iter()
        .enumerate()
        .map(|(county, mut rows)| {
            let income = law.of_county(counties.urban[county]);
            let cuts = income.cuts();
            let fifths = income.fifths(&cuts);
            let own = County {
                law: &society.citizens,
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
            let stream = Stream::new(society.seed, 0, Purpose::CitizensAtStart);
            draw::fill(&own.terms(stream, county), &curves, &mut rows);
            fifths
        })
        .collect();
    counties.quintile_income = filled;
    facts
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

/// What the citizens of a county have in common, in shares and logarithms.
struct County<'a> {
    law: &'a Citizens,
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

impl County<'_> {
    /// The same in the arithmetic of words and codes.
    fn terms(&self, stream: Stream, county: usize) -> Terms {
        let law = self.law;
        // First responders among adults, so that their share of all people is the stated one.
        let trained = law.first_responder_share / (self.ages[1] - self.ages[0]).max(1e-9);
        let frail = |share: f64| FRAILTY.map(|ratio| of_half(share * self.frailty * ratio));
        let income_code = |log_income: f64| (log_income - LN_INCOME_LEAST) / LN_INCOME_RATIO;
        let by_fifth = |shares: &[f64]| std::array::from_fn(|fifth| of_half(shares[fifth]));
        let coping = self.coping();
        Terms {
            stream,
            entity: (county as u64) << 32,
            ages: [
                of_word(self.ages[0]),
                of_word(self.ages[1].max(self.ages[0])),
            ],
            town: of_half(self.income.urban),
            employed: of_half(self.employed),
            trained: of_half(trained),
            disabled: frail(law.disabled_share),
            chronic: frail(law.chronic_share),
            alone: [law.alone_share_country, law.alone_share_town].map(of_half),
            old_house: [law.old_house_share_country, law.old_house_share_town].map(of_half),
            measure: by_fifth(law.preparedness_initial.values()),
            insured: by_fifth(law.insured_initial.values()),
            income: [COUNTRY, TOWN].map(|place| Line {
                origin: income_code(self.log_mean + self.income.median[place]) as f32,
                slope: (self.income.sigma[place] / LN_INCOME_RATIO) as f32,
            }),
            cuts: self.cuts.map(|cut| income_code(self.log_mean + cut) as f32),
            poor: income_code(self.log_poor) as f32,
            wealth: [COUNTRY, TOWN].map(|place| self.wealth(place)),
            wealth_by_income: (law.wealth_income_correlation * law.wealth_sigma_log
                / LN_WEALTH_RATIO) as f32,
            coping: coping.line,
            coping_by: coping.terms,
            coping_ends: coping.ends,
            grievance: GRIEVANCE_RATIO.map(|ratio| (255.0 * law.grievance_mean * ratio) as f32),
        }
    }

    /// Steps of the code of wealth: lognormal about `wealth_over_income_median_years` of the place's median
    /// income, correlated with the person's rank in it.
    fn wealth(&self, place: usize) -> Line {
        let rho = self.law.wealth_income_correlation;
        let median = self.log_mean + self.income.median[place] + self.log_wealth_years;
        let own = self.law.wealth_sigma_log * sqrt((1.0 - rho * rho).max(0.0));
        Line {
            origin: ((median - LN_WEALTH_LEAST) / LN_WEALTH_RATIO) as f32,
            slope: (own / LN_WEALTH_RATIO) as f32,
        }
    }

    /// Coping appraisal: its mean, moved by income, age and training about their national means; the
    /// appraisal itself lies in \[0, 1\].
    fn coping(&self) -> Coping {
        let law = self.law;
        let [by_income, by_age, by_training] = COPING_TERMS;
        let codes = CODES_PER_SD / law.coping_sd.max(1e-9);
        let centre = by_income * (LN_INCOME_LEAST - self.centre.log_income)
            - by_age * self.centre.aged
            - by_training * law.first_responder_share;
        Coping {
            line: Line {
                origin: (codes * centre) as f32,
                slope: (codes * law.coping_sd) as f32,
            },
            terms: [by_income * LN_INCOME_RATIO, by_age, by_training]
                .map(|term| (codes * term) as f32),
            ends: [0.0, 1.0].map(|end| (codes * (end - law.coping_mean)) as f32),
        }
    }
}

/// Positions of the places in the law of income.
const TOWN: usize = 0;
const COUNTRY: usize = 1;

/// Coping appraisal in codes: of its own normal number, of its terms, and its ends.
struct Coping {
    line: Line,
    terms: [f32; 3],
    ends: [f32; 2],
}

/// A share of the values of a word.
fn of_word(share: f64) -> u32 {
    (share * 4_294_967_296.0).clamp(0.0, 4_294_967_295.0) as u32
}

/// A share of the values of half a word, to the nearest.
fn of_half(share: f64) -> u32 {
    round(share * 65_536.0).clamp(0.0, 65_536.0) as u32
}
