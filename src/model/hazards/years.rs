//! Common factors of a year and the arrivals of natural events within it.
//!
//! A wet year multiplies the rates of flood, typhoon, geological events and hail, and divides those
//! of drought and wildfire: W^e with mean one *for each exponent e*, so that no exponent moves the
//! mean. Wet years are also fiercer: ln S shifts with ln W. Typhoons have an activity factor besides.

use std::ops::Range;

use libm::round;

use crate::model::hazards::candidates::WEEKS_PER_YEAR;
use crate::model::random::{Purpose, Stream, normal_quantile, poisson_quantile};
use crate::model::transcendental::{exp, log, pow};
use crate::model::world::World;
use crate::model::world::enterprises::truncated_pareto;
use crate::scenario::society::{Earthquake, Hazard, Society};
use crate::scenario::tables::ExposureRow;
use crate::vocabulary::{NaturalKind, Table, Vocabulary};

/// Added to the counted landfalls, so that no province is wholly out of reach of typhoons.
const LEAST_LANDFALLS: f64 = 0.001;

/// A national event that could happen: when, where and how large.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) identity: u64,
    pub(super) week: u32,
    pub(super) time: f64,
    pub(super) kind: NaturalKind,
    pub(super) magnitude: f64,
    pub(super) origin: u32,
    pub(super) death_factor: f64,
    pub(super) lead_factor: f64,
    /// What the year adds to ln(intensity).
    pub(super) year_shift: f64,
}

/// What years have in common: standard normal marks of wetness and typhoon activity.
#[derive(Clone, Copy, Debug)]
pub(super) struct Year {
    wetness: f64,
    activity: f64,
}

impl Year {
    fn draw(stream: Stream, year: u32) -> Self {
        Year {
            wetness: stream.normal(0, year, 0),
            activity: stream.normal(0, year, 1),
        }
    }

    /// Factor on the yearly rate of a kind; mean one.
    fn rate_factor(self, kind: NaturalKind, society: &Society) -> f64 {
        let exponent = society.hazards[kind].wetness_exponent;
        let wet = mean_one(society.natural.wetness_sigma_log * exponent, self.wetness);
        if kind == NaturalKind::Typhoon {
            wet * mean_one(society.natural.typhoon_sigma_log, self.activity)
        } else {
            wet
        }
    }

    /// Shift of ln(intensity): only kinds that wet years favour are fiercer in them.
    fn intensity_shift(self, kind: NaturalKind, society: &Society) -> f64 {
        let sigma = society.natural.wetness_sigma_log;
        let exponent = society.hazards[kind].wetness_exponent.max(0.0);
        let log_wetness = sigma * self.wetness - 0.5 * sigma * sigma;
        society.natural.wetness_intensity_exponent * exponent * log_wetness
    }
}

/// Lognormal factor with mean one: exp(σz − σ²/2).
pub(super) fn mean_one(sigma: f64, z: f64) -> f64 {
    exp(sigma * z - 0.5 * sigma * sigma)
}

/// Draws every candidate of some years, unordered. More years only add.
pub(super) fn candidates(
    world: &World,
    society: &Society,
    exposure: &[ExposureRow],
    (seed, replication): (u64, u32),
    numbers: Range<u32>,
) -> Vec<Candidate> {
    let years = Stream::new(seed, replication, Purpose::Years);
    let arrivals = Arrivals {
        world,
        society,
        origins: Table::from_fn(|kind| {
            origin_weights(world, &society.hazards[kind], kind, exposure)
        }),
        draws: Stream::new(seed, replication, Purpose::NaturalCandidates),
        marks: Stream::new(seed, replication, Purpose::NaturalMarks),
    };
    let mut found = Vec::new();
    for number in numbers {
        let year = Year::draw(years, number);
        for &kind in NaturalKind::ALL {
            let rate = society.hazards[kind].events_per_year * year.rate_factor(kind, society);
            let u = years.uniform(1 + kind as u64, number, 0);
            for index in 0..poisson_quantile(rate, u) {
                let shift = year.intensity_shift(kind, society);
                found.push(arrivals.candidate(kind, number, index, shift));
            }
        }
    }
    found
}

/// All that the arrivals of a replication share.
struct Arrivals<'a> {
    world: &'a World,
    society: &'a Society,
    origins: Table<NaturalKind, Vec<f64>>,
    draws: Stream,
    marks: Stream,
}

impl Arrivals<'_> {
    fn candidate(&self, kind: NaturalKind, year: u32, index: u32, year_shift: f64) -> Candidate {
        let hazard = &self.society.hazards[kind];
        let entity = (kind as u64) << 32 | u64::from(index);
        let [season, within] = self.draws.pair(entity, year, 0);
        let [size, province] = self.draws.pair(entity, year, 1);
        let [county, _] = self.draws.pair(entity, year, 2);
        let [deaths, night] = self.marks.pair(entity, year, 0);
        let [lead, _] = self.marks.pair(entity, year, 1);
        let week = year * WEEKS_PER_YEAR + week_of_year(hazard, season);
        Candidate {
            identity: identity(kind, year, index),
            week,
            time: (f64::from(week) + within) / f64::from(WEEKS_PER_YEAR),
            kind,
            magnitude: magnitude(hazard, &self.society.earthquake, size),
            origin: self.origin(kind, province, county),
            death_factor: mean_one(hazard.death_event_sigma_log, normal_quantile(deaths))
                * if kind == NaturalKind::Earthquake {
                    night_factor(&self.society.earthquake, night)
                } else {
                    1.0
                },
            lead_factor: mean_one(
                self.society.natural.lead_time_sigma_log,
                normal_quantile(lead),
            ),
            year_shift,
        }
    }

    /// A province by its weight as an origin, then one of its counties, each with equal chance.
    fn origin(&self, kind: NaturalKind, province: f64, county: f64) -> u32 {
        let cumulative = &self.origins[kind];
        let found = cumulative.partition_point(|&reached| reached < province);
        let span = self.world.provinces[found.min(cumulative.len() - 1)].counties;
        span.start + ((county * span.len() as f64) as u32).min(span.len() as u32 - 1)
    }
}

/// Identity of a natural candidate: bits 0–27 index within kind and year, 28–51 year, 52–59 kind + 1.
fn identity(kind: NaturalKind, year: u32, index: u32) -> u64 {
    (kind as u64 + 1) << 52 | u64::from(year) << 28 | u64::from(index)
}

/// Week of the year from a uniform: normal about the peak, rounded, wrapped round the turn of the
/// year; every week alike when the season has no width.
fn week_of_year(hazard: &Hazard, u: f64) -> u32 {
    let weeks = f64::from(WEEKS_PER_YEAR);
    if hazard.season_sd_weeks <= 0.0 {
        return ((u * weeks) as u32).min(WEEKS_PER_YEAR - 1);
    }
    let week = round(hazard.season_peak_week + hazard.season_sd_weeks * normal_quantile(u));
    week.rem_euclid(weeks) as u32
}

/// Severity S (truncated Pareto) or, without a spread, magnitude M (Gutenberg–Richter, truncated):
/// M = M₀ − ln(1 − u(1 − e^{−β(M₁−M₀)}))/β, β = b ln 10.
fn magnitude(hazard: &Hazard, earthquake: &Earthquake, u: f64) -> f64 {
    if let Some(spread) = &hazard.spread {
        return truncated_pareto(
            spread.severity_min,
            spread.severity_max,
            spread.severity_alpha,
            u,
        );
    }
    let beta = earthquake.b_value * std::f64::consts::LN_10;
    let range = earthquake.magnitude_max - earthquake.magnitude_min;
    earthquake.magnitude_min - log(1.0 - u * (1.0 - exp(-beta * range))) / beta
}

/// Factor on the deaths of an earthquake by hour of day; mean one over day and night.
fn night_factor(earthquake: &Earthquake, u: f64) -> f64 {
    let (share, ratio) = (earthquake.night_share, earthquake.night_death_ratio);
    if u < share {
        ratio
    } else {
        (1.0 - share * ratio) / (1.0 - share)
    }
}

/// Weight of a province as the origin of a natural event: index^a · people^b · area^c (km²); for
/// typhoons the index is the number of landfalls.
pub fn origin_weight(
    hazard: &Hazard,
    kind: NaturalKind,
    people: f64,
    area_km2: f64,
    exposure: &ExposureRow,
) -> f64 {
    let index = if kind == NaturalKind::Typhoon {
        exposure.landfalls + LEAST_LANDFALLS
    } else {
        exposure.index[kind]
    };
    pow(index, hazard.origin_index_exponent)
        * pow(people, hazard.origin_population_exponent)
        * pow(area_km2, hazard.origin_area_exponent)
}

/// Cumulative chances of the provinces as origin, in proportion to their weights.
fn origin_weights(
    world: &World,
    hazard: &Hazard,
    kind: NaturalKind,
    exposure: &[ExposureRow],
) -> Vec<f64> {
    let weights: Vec<f64> = world
        .provinces
        .iter()
        .zip(exposure)
        .map(|(province, row)| {
            let area = std::f64::consts::PI * province.radius_km * province.radius_km;
            origin_weight(hazard, kind, province.population as f64, area, row)
        })
        .collect();
    let sum: f64 = weights.iter().sum();
    let equal = 1.0 / weights.len().max(1) as f64;
    let mut reached = 0.0;
    weights
        .iter()
        .map(|weight| {
            reached += if sum > 0.0 { weight / sum } else { equal };
            reached
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::world::build::build;
    use crate::model::world::sample::society;

    #[test]
    fn factors_have_mean_one_for_every_exponent() {
        let (society, _) = society();
        let stream = Stream::new(1, 0, Purpose::Years);
        for &kind in NaturalKind::ALL {
            let n = 20_000;
            let mean = (0..n)
                .map(|y| Year::draw(stream, y).rate_factor(kind, &society))
                .sum::<f64>()
                / f64::from(n);
            assert!((mean - 1.0).abs() < 0.01, "{kind:?}: {mean}");
        }
    }

    #[test]
    fn wet_years_bring_floods_and_dry_years_drought() {
        let (society, _) = society();
        let wet = Year {
            wetness: 1.0,
            activity: 0.0,
        };
        let dry = Year {
            wetness: -1.0,
            activity: 0.0,
        };
        let ratio = |kind| wet.rate_factor(kind, &society) / dry.rate_factor(kind, &society);
        assert!((ratio(NaturalKind::Flood) - exp(0.4)).abs() < 1e-12);
        assert!((ratio(NaturalKind::Drought) - exp(-0.4)).abs() < 1e-12);
        assert_eq!(ratio(NaturalKind::Earthquake), 1.0);
        assert!(wet.intensity_shift(NaturalKind::Flood, &society) > 0.0);
        assert_eq!(wet.intensity_shift(NaturalKind::Drought, &society), 0.0);
    }

    #[test]
    fn seasons_wrap_and_peak_where_stated() {
        let (mut society, _) = society();
        let hazard = &mut society.hazards[NaturalKind::Cold];
        let weeks: Vec<u32> = (0..1000)
            .map(|i| week_of_year(hazard, (f64::from(i) + 0.5) / 1000.0))
            .collect();
        assert!(weeks.iter().all(|&w| w < WEEKS_PER_YEAR));
        let near_turn = weeks.iter().filter(|&&w| !(15..43).contains(&w)).count();
        assert!(near_turn > 950, "{near_turn}");
        assert!(
            weeks.contains(&50),
            "the winter reaches into the end of the year"
        );
        hazard.season_sd_weeks = 0.0;
        assert_eq!(week_of_year(hazard, 0.999_999), 51);
        assert_eq!(week_of_year(hazard, 0.5), 26);
    }

    #[test]
    fn magnitudes_follow_gutenberg_and_richter() {
        let (society, _) = society();
        let hazard = &society.hazards[NaturalKind::Earthquake];
        let at = |u| magnitude(hazard, &society.earthquake, u);
        assert!((at(1e-12) - 5.3).abs() < 1e-9);
        assert!((at(1.0 - 1e-12) - 8.4).abs() < 1e-6);
        // One magnitude up is 10^b times rarer (truncation hardly matters here).
        let above = |m: f64| {
            let n = 200_000;
            (0..n)
                .filter(|&i| at((f64::from(i) + 0.5) / f64::from(n)) > m)
                .count() as f64
        };
        assert!((libm::log10(above(5.5) / above(6.5)) - 0.95).abs() < 0.02);
    }

    #[test]
    fn night_leaves_the_mean_alone() {
        let (society, _) = society();
        let e = &society.earthquake;
        let mean =
            e.night_share * night_factor(e, 0.0) + (1.0 - e.night_share) * night_factor(e, 1.0);
        assert!((mean - 1.0).abs() < 1e-12);
    }

    #[test]
    fn typhoons_arise_where_they_land() {
        let (society, tables) = society();
        let world = build(&society, &tables, 10_000);
        let found = candidates(&world, &society, &tables.exposure, (5, 0), 0..100);
        let typhoons: Vec<_> = found
            .iter()
            .filter(|c| c.kind == NaturalKind::Typhoon)
            .collect();
        // Landfalls 0, 1 and 2: about none, a third and two thirds.
        let of = |p: u16| {
            let here = typhoons
                .iter()
                .filter(|c| world.counties.province[c.origin as usize] == p);
            here.count() as f64 / typhoons.len() as f64
        };
        assert!(of(0) < 0.01 && (of(1) - 1.0 / 3.0).abs() < 0.05);
    }
}
