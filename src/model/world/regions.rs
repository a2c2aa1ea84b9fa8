//! Provinces, cities and synthetic counties whose totals are the provinces' figures.
//!
//! Only provinces are observed; counties are drawn from lognormal laws and rescaled, so that people
//! sum exactly, and income, urban share and product are met as provincial (weighted) means or sums;
//! where prefectures are known, as those of each prefecture.

use super::apportion::{crossing, largest_remainder};
use super::{City, Counties, GROUPS, Province, Span};
use crate::model::random::{Purpose, Stream};
use crate::model::transcendental::{exp, log, pow};
use crate::scenario::prefectures::PrefectureRow;
use crate::scenario::society::{Society, Synthesis};
use crate::scenario::tables::{ProvinceRow, SocietyTables};

/// Marks of a county's draws in the stream of counties at time 0.
const POPULATION: u32 = 0;
const INCOME: u32 = 1;
const URBAN: u32 = 2;
const PARK: u32 = 4;

/// Provinces with their cities and counties, people and income; positions and stocks come later.
pub(super) fn build(
    society: &Society,
    tables: &SocietyTables,
) -> (Vec<Province>, Vec<City>, Counties) {
    let stream = Stream::new(society.seed, 0, Purpose::Counties);
    let mut provinces = Vec::with_capacity(tables.provinces.len());
    let mut cities = Vec::new();
    let mut counties = Counties::default();
    for (number, row) in tables.provinces.iter().enumerate() {
        let first_city = cities.len() as u32;
        let first_county = counties.len() as u32;
        let parts = parts_of(number, row, &tables.prefectures);
        for part in &parts {
            let start = counties.len() as u32;
            let end = start + part.counties.max(1);
            let span = Span { start, end };
            add_cities(&mut cities, &mut counties, number as u16, part, span);
            add_people(&mut counties, &society.synthesis, part, span, stream);
        }
        let span = Span {
            start: first_county,
            end: counties.len() as u32,
        };
        provinces.push(Province {
            name_zh: row.name_zh.clone(),
            name_en: row.name_en.clone(),
            population: parts.iter().map(|part| part.population).sum(),
            gdp_yuan: parts.iter().map(|part| part.gdp_yuan).sum(),
            radius_km: (row.area_km2 / std::f64::consts::PI).sqrt(),
            municipality: row.prefectures == 0,
            neighbours: neighbours_of(number, tables),
            cities: Span {
                start: first_city,
                end: cities.len() as u32,
            },
            counties: span,
            capital: largest_town(&counties, span),
        });
    }
    counties.park = parks(&counties, society.synthesis.chemical_park_share, stream);
    (provinces, cities, counties)
}

/// What a province is drawn from: its known prefectures, each one city, else itself as a whole.
fn parts_of(number: usize, row: &ProvinceRow, all: &[PrefectureRow]) -> Vec<ProvinceRow> {
    let known: Vec<ProvinceRow> = all
        .iter()
        .filter(|prefecture| prefecture.province == number)
        .map(|prefecture| ProvinceRow {
            population: prefecture.population,
            urban_share: prefecture.urban_share,
            gdp_yuan: prefecture.gdp_yuan,
            counties: prefecture.counties,
            income_yuan: prefecture.income_yuan,
            prefectures: 1,
            ..row.clone()
        })
        .collect();
    if known.is_empty() {
        vec![row.clone()]
    } else {
        known
    }
}

/// The provinces that share a border with one.
fn neighbours_of(province: usize, tables: &SocietyTables) -> Vec<u16> {
    let mut found: Vec<u16> = tables
        .neighbours
        .iter()
        .filter_map(|&(a, b)| {
            if a == province {
                Some(b as u16)
            } else if b == province {
                Some(a as u16)
            } else {
                None
            }
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Splits the counties evenly over the cities: at least one each; a municipality is one city.
fn add_cities(
    cities: &mut Vec<City>,
    counties: &mut Counties,
    province: u16,
    row: &ProvinceRow,
    span: Span,
) {
    let n = span.len();
    let m = (row.prefectures as usize).clamp(1, n);
    for j in 0..m {
        let start = span.start + (j * n / m) as u32;
        let end = span.start + ((j + 1) * n / m) as u32;
        for _ in start..end {
            counties.province.push(province);
            counties.city.push(cities.len() as u16);
        }
        cities.push(City {
            province,
            counties: Span { start, end },
        });
    }
}

/// Draws the counties of a province: people, income, urban share, product, groups and beds.
fn add_people(
    counties: &mut Counties,
    synthesis: &Synthesis,
    row: &ProvinceRow,
    span: Span,
    stream: Stream,
) {
    let normal = |mark: u32| -> Vec<f64> {
        span.rows()
            .map(|county| stream.normal(county as u64, 0, mark))
            .collect()
    };
    let sizes: Vec<f64> = normal(POPULATION)
        .iter()
        .map(|z| exp(synthesis.county_population_sigma_log * z))
        .collect();
    let people = largest_remainder(row.population, &sizes);
    let weights: Vec<f64> = people.iter().map(|&n| n as f64).collect();

    let mut income: Vec<f64> = normal(INCOME)
        .iter()
        .map(|z| exp(synthesis.county_income_sigma_log * z))
        .collect();
    let factor = row.income_yuan / weighted_mean(&income, &weights);
    rescale(&mut income, factor);

    let logits: Vec<f64> = normal(URBAN)
        .iter()
        .zip(&income)
        .map(|(z, y)| {
            synthesis.county_urban_sigma_logit * z
                + synthesis.county_urban_income_slope * log(y / row.income_yuan)
        })
        .collect();
    let urban = shares_with_mean(&logits, &weights, row.urban_share);

    let mut gdp: Vec<f64> = weights
        .iter()
        .zip(&income)
        .map(|(n, y)| n * pow(y / row.income_yuan, synthesis.county_gdp_income_exponent))
        .collect();
    let sum: f64 = gdp.iter().sum();
    rescale(&mut gdp, if sum > 0.0 { row.gdp_yuan / sum } else { 0.0 });

    counties.people.extend(groups_of(&people, row));
    counties.population.extend(people.iter().map(|&n| n as u32));
    counties
        .beds
        .extend(weights.iter().map(|n| n * row.beds_per_1000 / 1000.0));
    counties.income_yuan.extend(income);
    counties.urban.extend(urban);
    counties.gdp_yuan.extend(gdp);
}

fn rescale(values: &mut [f64], factor: f64) {
    for value in values {
        *value *= factor;
    }
}

/// Weighted mean; the plain mean when all weights are zero.
pub(super) fn weighted_mean(values: &[f64], weights: &[f64]) -> f64 {
    let sum: f64 = weights.iter().sum();
    if sum > 0.0 {
        values.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>() / sum
    } else {
        values.iter().sum::<f64>() / values.len().max(1) as f64
    }
}

/// Shares logistic(shift + logit) whose weighted mean is `mean`: the shift is found by bisection, so
/// every share stays within (0, 1) however uneven the counties are.
fn shares_with_mean(logits: &[f64], weights: &[f64], mean: f64) -> Vec<f64> {
    let shares = |shift: f64| -> Vec<f64> {
        logits
            .iter()
            .map(|x| 1.0 / (1.0 + exp(-(x + shift))))
            .collect()
    };
    if mean <= 0.0 || mean >= 1.0 {
        return vec![mean.clamp(0.0, 1.0); logits.len()];
    }
    shares(crossing(-60.0, 60.0, |shift| {
        weighted_mean(&shares(shift), weights) < mean
    }))
}

/// People by group in each county. Children and the aged of the province are shared over the
/// counties in proportion to people; each age group is split over the five income fifths as evenly
/// as whole numbers allow, the rest going round the fifths so that these stay level too.
fn groups_of(people: &[u64], row: &ProvinceRow) -> Vec<[u32; GROUPS]> {
    let mut before = [0_u64; 2];
    let mut so_far = 0_u64;
    people
        .iter()
        .map(|&n| {
            so_far += n;
            let up_to = |share: f64| libm::floor(so_far as f64 * share + 0.5) as u64;
            let reached = [up_to(row.child_share), up_to(row.aged_share)];
            let children = (reached[0] - before[0]).min(n);
            let aged = (reached[1] - before[1]).min(n - children);
            before = reached;
            split_over_fifths([children, n - children - aged, aged])
        })
        .collect()
}

fn split_over_fifths(ages: [u64; 3]) -> [u32; GROUPS] {
    let mut groups = [0_u32; GROUPS];
    let mut next = 0;
    for (age, &n) in ages.iter().enumerate() {
        for fifth in 0..5 {
            groups[age * 5 + fifth] = (n / 5) as u32;
        }
        for _ in 0..n % 5 {
            groups[age * 5 + next] += 1;
            next = (next + 1) % 5;
        }
    }
    groups
}

/// The county with most people in towns, which stands for the provincial capital.
fn largest_town(counties: &Counties, span: Span) -> u32 {
    let town = |c: usize| f64::from(counties.population[c]) * counties.urban[c];
    let mut best = span.start as usize;
    for c in span.rows() {
        if town(c) > town(best) {
            best = c;
        }
    }
    best as u32
}

/// Draws the counties with a chemical park: a stated share of all, without replacement, with chances
/// in proportion to product (Efraimidis & Spirakis 2006, largest ln(u)/weight).
fn parks(counties: &Counties, share: f64, stream: Stream) -> Vec<bool> {
    let n = counties.len();
    let mut keys: Vec<(f64, usize)> = (0..n)
        .map(|c| {
            let u = stream.uniform(c as u64, 0, PARK);
            (log(u) / counties.gdp_yuan[c].max(1.0), c)
        })
        .collect();
    keys.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let chosen = libm::round(share.clamp(0.0, 1.0) * n as f64) as usize;
    let mut park = vec![false; n];
    for &(_, c) in keys.iter().take(chosen) {
        park[c] = true;
    }
    park
}
