//! How far an event reaches: intensity in every county, the same for every policy.
//!
//! Hazards with a spread: ln I = ln S + year shift + susceptibility − d/D; a county is struck if
//! I > 1. Earthquakes: I = a M + c − k lg(max(0, d − L/6) + near) + county noise with the rupture
//! length lg L = slope · M + intercept (km); struck if I > 6. Distances follow the graph of
//! provinces, so whole provinces out of reach are skipped by their most susceptible county.

use std::ops::Range;

use libm::{log10, sqrt};

use crate::model::transcendental::{exp, log, pow};
use crate::model::world::World;
use crate::model::world::geography::{UNREACHABLE_KM, between_provinces_km, distance_km};
use crate::scenario::society::{Earthquake, Society, Spread};
use crate::vocabulary::{NaturalKind, Table};

/// Least ln(susceptibility) of the county where a local event arises: it is always struck.
const LOCAL_LEAST: f64 = 0.02;
/// Intensity (MMI) above which an earthquake does damage.
const EARTHQUAKE_THRESHOLD: f64 = 6.0;
/// Greatest intensity of an earthquake.
const EARTHQUAKE_GREATEST: f64 = 11.0;
/// Part of the rupture length within which distance does not count (a site is seldom at its end).
const RUPTURE_PART: f64 = 1.0 / 6.0;

/// A county struck by an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strike {
    /// County.
    pub county: u32,
    /// Intensity relative to the damage threshold, or degrees of intensity (MMI) of an earthquake.
    pub intensity: f32,
    /// Damage on the scale from 0 to 1, before works and income.
    pub damage: f32,
}

/// How intensity falls with distance.
enum Law {
    Spread { spread: Spread, local: bool },
    Earthquake(Earthquake),
}

/// A kind's law with the columns it needs.
struct Reach {
    law: Law,
    /// Susceptibility of each county (see `Counties::log_exposure`).
    susceptibility: Vec<f64>,
    /// Greatest susceptibility in each province.
    greatest: Vec<f64>,
}

/// The reach of every kind of natural hazard in a world.
pub struct Footprints<'a> {
    world: &'a World,
    reach: Table<NaturalKind, Reach>,
    /// Greatest border offset in each province (km).
    greatest_offset_km: Vec<f64>,
}

impl Law {
    /// What `size` (magnitude, or ln S with the year's shift) is at no distance and susceptibility 0.
    fn size(&self, magnitude: f64, year_shift: f64) -> f64 {
        match self {
            Law::Spread { .. } => log(magnitude) + year_shift,
            Law::Earthquake(_) => magnitude,
        }
    }

    /// How far above the threshold of damage a county is struck (ln I, or degrees above 6).
    #[inline]
    fn excess(&self, size: f64, susceptibility: f64, distance_km: f64) -> f64 {
        match self {
            Law::Spread { spread, .. } => size + susceptibility - distance_km / spread.decay_km,
            Law::Earthquake(law) => {
                intensity(law, size, distance_km) + susceptibility - EARTHQUAKE_THRESHOLD
            }
        }
    }

    /// Intensity and damage of a county from its excess.
    fn strike(&self, county: usize, excess: f64) -> Strike {
        let (intensity, damage) = match self {
            Law::Spread { spread, .. } => {
                let intensity = exp(excess);
                (intensity, spread_damage(spread, intensity))
            }
            Law::Earthquake(law) => {
                let intensity = (EARTHQUAKE_THRESHOLD + excess).min(EARTHQUAKE_GREATEST);
                (intensity, earthquake_damage(law, intensity))
            }
        };
        Strike {
            county: county as u32,
            intensity: intensity as f32,
            damage: damage as f32,
        }
    }
}

/// Intensity (MMI) of an earthquake of magnitude `magnitude` at a distance, on average ground.
pub fn intensity(law: &Earthquake, magnitude: f64, distance_km: f64) -> f64 {
    let rupture_km = exp(
        (law.rupture_log_slope * magnitude + law.rupture_log_intercept) * std::f64::consts::LN_10,
    );
    let from_rupture = (distance_km - RUPTURE_PART * rupture_km).max(0.0);
    law.intensity_per_magnitude * magnitude + law.intensity_constant
        - law.intensity_attenuation * log10(from_rupture + law.near_distance_km)
}

/// Damage g = 1 − exp(−((I − 1)/c)^p) of a hazard with a spread at intensity I.
pub fn spread_damage(spread: &Spread, intensity: f64) -> f64 {
    1.0 - exp(-pow(
        (intensity - 1.0).max(0.0) / spread.damage_scale,
        spread.damage_power,
    ))
}

/// Mean damage ratio of an earthquake at intensity I (MMI): ceiling/(1 + exp(−(I − mid)/width)).
pub fn earthquake_damage(law: &Earthquake, intensity: f64) -> f64 {
    law.damage_ceiling / (1.0 + exp(-(intensity - law.damage_mid_intensity) / law.damage_width))
}

impl<'a> Footprints<'a> {
    /// Gathers the columns of all kinds.
    pub fn new(world: &'a World, society: &Society) -> Self {
        let greatest = |values: &[f64]| -> Vec<f64> {
            let top = |rows: Range<usize>| {
                values[rows]
                    .iter()
                    .copied()
                    .fold(f64::NEG_INFINITY, f64::max)
            };
            world
                .provinces
                .iter()
                .map(|province| top(province.counties.rows()))
                .collect()
        };
        let reach = Table::from_fn(|kind: NaturalKind| {
            let susceptibility: Vec<f64> = world
                .counties
                .log_exposure
                .iter()
                .map(|row| row[kind])
                .collect();
            let law = match &society.hazards[kind].spread {
                Some(spread) => Law::Spread {
                    spread: spread.clone(),
                    local: is_local(kind),
                },
                None => Law::Earthquake(society.earthquake.clone()),
            };
            Reach {
                greatest: greatest(&susceptibility),
                susceptibility,
                law,
            }
        });
        Footprints {
            world,
            reach,
            greatest_offset_km: greatest(&world.counties.border_offset_km),
        }
    }

    /// Appends the strikes of an event, in order of county.
    pub fn strikes(
        &self,
        kind: NaturalKind,
        origin: u32,
        magnitude: f64,
        year_shift: f64,
        strikes: &mut Vec<Strike>,
    ) {
        let reach = &self.reach[kind];
        let size = reach.law.size(magnitude, year_shift);
        let home = usize::from(self.world.counties.province[origin as usize]);
        for province in 0..self.world.provinces.len() {
            if province == home {
                self.strike_home(reach, origin, size, strikes);
            } else {
                self.strike_abroad(reach, origin, size, province, strikes);
            }
        }
    }

    /// Counties of the province where the event arises.
    fn strike_home(&self, reach: &Reach, origin: u32, size: f64, strikes: &mut Vec<Strike>) {
        let counties = &self.world.counties;
        let i = origin as usize;
        let home = usize::from(counties.province[i]);
        let own_km = distance_km(self.world, origin, origin);
        for county in self.world.provinces[home].counties.rows() {
            let dx = counties.x_km[county] - counties.x_km[i];
            let dy = counties.y_km[county] - counties.y_km[i];
            let distance = sqrt(dx * dx + dy * dy).max(own_km);
            let mut excess = reach
                .law
                .excess(size, reach.susceptibility[county], distance);
            if county == i && matches!(reach.law, Law::Spread { local: true, .. }) {
                excess = excess.max(size + LOCAL_LEAST);
            }
            if excess > 0.0 {
                strikes.push(reach.law.strike(county, excess));
            }
        }
    }

    /// Counties of another province, if its most susceptible one could be reached at all.
    fn strike_abroad(
        &self,
        reach: &Reach,
        origin: u32,
        size: f64,
        province: usize,
        strikes: &mut Vec<Strike>,
    ) {
        let counties = &self.world.counties;
        let i = origin as usize;
        let home = usize::from(counties.province[i]);
        let path = self.world.province_distance_km[home * self.world.provinces.len() + province];
        if path >= UNREACHABLE_KM {
            return;
        }
        let offset = counties.border_offset_km[i];
        let nearest = between_provinces_km(path, offset, self.greatest_offset_km[province]);
        if reach.law.excess(size, reach.greatest[province], nearest) <= 0.0 {
            return;
        }
        for county in self.world.provinces[province].counties.rows() {
            let distance = between_provinces_km(path, offset, counties.border_offset_km[county]);
            let excess = reach
                .law
                .excess(size, reach.susceptibility[county], distance);
            if excess > 0.0 {
                strikes.push(reach.law.strike(county, excess));
            }
        }
    }
}

/// Kinds that arise in one place and always do some harm there.
fn is_local(kind: NaturalKind) -> bool {
    matches!(
        kind,
        NaturalKind::Geological | NaturalKind::HailWind | NaturalKind::Wildfire
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::world::build::build;
    use crate::model::world::sample::society;

    fn world_and_society() -> (World, Society) {
        let (society, tables) = society();
        (build(&society, &tables, 10_000), society)
    }

    #[test]
    fn skipping_provinces_changes_nothing() {
        let (world, society) = world_and_society();
        let footprints = Footprints::new(&world, &society);
        for (kind, magnitude) in [(NaturalKind::Flood, 9.0), (NaturalKind::Earthquake, 7.9)] {
            for origin in [0, 20, 80] {
                let mut strikes = Vec::new();
                footprints.strikes(kind, origin, magnitude, 0.1, &mut strikes);
                let reach = &footprints.reach[kind];
                let size = reach.law.size(magnitude, 0.1);
                let all: Vec<Strike> = (0..world.counties.len())
                    .filter_map(|county| {
                        let d = distance_km(&world, origin, county as u32);
                        let excess = reach.law.excess(size, reach.susceptibility[county], d);
                        (excess > 0.0).then(|| reach.law.strike(county, excess))
                    })
                    .collect();
                assert!(!all.is_empty());
                assert_eq!(strikes, all);
            }
        }
    }

    #[test]
    fn stronger_events_strike_more_counties_harder() {
        let (world, society) = world_and_society();
        let footprints = Footprints::new(&world, &society);
        for (kind, weak, strong) in [
            (NaturalKind::Flood, 3.0, 12.0),
            (NaturalKind::Earthquake, 6.5, 8.0),
        ] {
            let (mut few, mut many) = (Vec::new(), Vec::new());
            footprints.strikes(kind, 30, weak, 0.0, &mut few);
            footprints.strikes(kind, 30, strong, 0.0, &mut many);
            assert!(many.len() > few.len());
            for strike in &few {
                let harder = |other: &&Strike| {
                    other.county == strike.county
                        && other.damage > strike.damage
                        && other.intensity > strike.intensity
                };
                assert!(many.iter().any(|other| harder(&other)));
            }
        }
    }

    #[test]
    fn a_local_event_always_strikes_where_it_arises() {
        let (world, society) = world_and_society();
        let footprints = Footprints::new(&world, &society);
        for origin in 0..world.counties.len() as u32 {
            let mut strikes = Vec::new();
            footprints.strikes(NaturalKind::Geological, origin, 1.0, 0.0, &mut strikes);
            assert!(
                strikes
                    .iter()
                    .any(|strike| strike.county == origin && strike.damage > 0.0)
            );
        }
    }

    /// The attenuation law by hand: M 8, 50 km, rupture 10^(0.62·8 − 2.57) = 245.5 km.
    #[test]
    fn earthquake_intensity_agrees_with_the_law() {
        let (_, society) = world_and_society();
        let by_hand = 1.4 * 8.0 + 3.6 - 3.6 * log10(50.0 - 245.470_891 / 6.0 + 15.0);
        assert!((intensity(&society.earthquake, 8.0, 50.0) - by_hand).abs() < 1e-6);
        let near = intensity(&society.earthquake, 8.0, 10.0);
        assert!((near - (1.4 * 8.0 + 3.6 - 3.6 * log10(15.0))).abs() < 1e-9);
        assert!((earthquake_damage(&society.earthquake, 8.5) - 0.318_75).abs() < 1e-12);
    }
}
