//! What a strike does at the initial state of a society: damage, deaths, affected and relocated.
//!
//! These are the figures under the baseline's works, warning, rescue and preparedness; a policy acts
//! on them by the ratio of its effects to the baseline's.

use libm::sqrt;

use super::footprint::Strike;
use crate::model::transcendental::{exp, pow};
use crate::model::world::{Counties, World, group};
use crate::scenario::society::Society;
use crate::vocabulary::{AgeGroup, Asset, NaturalKind, Quintile, Table};

/// Greatest share of a stock that one event destroys.
const GREATEST_DAMAGE: f64 = 0.9;
/// Greatest share of a county's people that one event kills.
const GREATEST_DEATHS: f64 = 0.2;
/// Greatest share of a county's people that one event relocates.
const GREATEST_RELOCATED: f64 = 0.6;

/// How much more the counties suffer than a county at the national mean, from income, age and place.
#[derive(Clone, Debug)]
pub struct Vulnerability {
    /// Factor on damage: (income/mean)^−elasticity.
    pub damage: Vec<f64>,
    /// Factor on deaths: (income/mean)^−elasticity × aged × rural.
    pub deaths: Vec<f64>,
}

impl Vulnerability {
    /// Computes the factors of all counties.
    ///
    /// The aged factor is (1 + (r−1)·a)/(1 + (r−1)·ā) for the share a of people of 65 and over (ā in
    /// the nation) who die r times as often as others; the rural factor is the same with the share of
    /// people in the country. Both are one at the national mean.
    pub fn new(world: &World, society: &Society) -> Self {
        let counties = &world.counties;
        let law = &society.natural;
        let relative = |c: usize| counties.income_yuan[c] / world.mean_income_yuan;
        let aged = contrast(counties, law.aged_death_ratio, |c| aged_share(counties, c));
        let rural = contrast(counties, law.rural_death_ratio, |c| 1.0 - counties.urban[c]);
        Vulnerability {
            damage: (0..counties.len())
                .map(|c| pow(relative(c), -law.income_elasticity_loss))
                .collect(),
            deaths: (0..counties.len())
                .map(|c| pow(relative(c), -law.income_elasticity_death) * aged[c] * rural[c])
                .collect(),
        }
    }
}

/// Share of a county's people aged 65 and over.
fn aged_share(counties: &Counties, county: usize) -> f64 {
    let people = &counties.people[county];
    let aged: u32 = [
        Quintile::Poorest,
        Quintile::Second,
        Quintile::Middle,
        Quintile::Fourth,
        Quintile::Richest,
    ]
    .iter()
    .map(|&fifth| people[group(AgeGroup::Aged, fifth)])
    .sum();
    f64::from(aged) / f64::from(counties.population[county]).max(1.0)
}

/// Relative rate of each county when a share of its people has `ratio` times the rate of others.
fn contrast(counties: &Counties, ratio: f64, share: impl Fn(usize) -> f64) -> Vec<f64> {
    let (mut people, mut with) = (0.0, 0.0);
    for c in 0..counties.len() {
        let n = f64::from(counties.population[c]);
        people += n;
        with += n * share(c);
    }
    let mean = 1.0 + (ratio - 1.0) * with / f64::max(people, 1.0);
    (0..counties.len())
        .map(|c| (1.0 + (ratio - 1.0) * share(c)) / mean)
        .collect()
}

/// Damage to each type of asset of the county struck (yuan):
/// stock × g × (income/mean)^−elasticity × damage ratio of the type, at most 0.9 of the stock.
pub fn base_damage(
    world: &World,
    society: &Society,
    vulnerability: &Vulnerability,
    kind: NaturalKind,
    strike: &Strike,
) -> Table<Asset, f64> {
    let county = strike.county as usize;
    let stock = &world.counties.stock_yuan[county];
    let ratio = &society.hazards[kind].damage_ratio;
    let severity = f64::from(strike.damage) * vulnerability.damage[county];
    Table::from_fn(|asset| stock[asset] * (severity * ratio[asset]).min(GREATEST_DAMAGE))
}

/// Deaths per head of the county struck, at most 0.2.
///
/// g^exponent × scale × event factor × county factors; an earthquake's dependence on intensity is
/// its own: ceiling/(1 + exp(−(I − mid)/width)), with the scale of the kind on top.
pub fn base_death_rate(
    society: &Society,
    vulnerability: &Vulnerability,
    kind: NaturalKind,
    strike: &Strike,
    death_factor: f64,
) -> f64 {
    let hazard = &society.hazards[kind];
    let profile = if hazard.spread.is_some() {
        pow(f64::from(strike.damage), hazard.death_exponent)
    } else {
        let law = &society.earthquake;
        let above = f64::from(strike.intensity) - law.death_mid_intensity;
        law.death_ceiling / (1.0 + exp(-above / law.death_width))
    };
    let factors = death_factor * vulnerability.deaths[strike.county as usize];
    (hazard.death_rate_scale * profile * factors).min(GREATEST_DEATHS)
}

/// Profile of people affected by intensity: 0.05 + 0.5 (1 − e^{−(I−1)/3}); an earthquake's is
/// 1 − e^{−(I−5.9)/2.5}.
fn affected_profile(society: &Society, kind: NaturalKind, intensity: f64) -> f64 {
    if society.hazards[kind].spread.is_some() {
        0.05 + 0.5 * (1.0 - exp(-(intensity - 1.0) / 3.0))
    } else {
        1.0 - exp(-(intensity - 5.9) / 2.5)
    }
}

/// Share of the county's people who are affected: profile × scale, at most all.
pub fn affected_share(society: &Society, kind: NaturalKind, strike: &Strike) -> f64 {
    let profile = affected_profile(society, kind, f64::from(strike.intensity));
    (profile * society.hazards[kind].affected_scale).clamp(0.0, 1.0)
}

/// Share of the county's people who are relocated in an emergency: profile × √g × scale, at most 0.6.
pub fn relocated_share(society: &Society, kind: NaturalKind, strike: &Strike) -> f64 {
    let profile = affected_profile(society, kind, f64::from(strike.intensity));
    let scale = society.hazards[kind].relocated_scale;
    (profile * sqrt(f64::from(strike.damage)) * scale).clamp(0.0, GREATEST_RELOCATED)
}

/// What a strike does to people at the initial state: the same for every policy, so computed once.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StrikeShares {
    /// Share of people affected.
    pub affected: f64,
    /// Share of people relocated.
    pub relocated: f64,
    /// Deaths per head.
    pub death_rate: f64,
}

impl StrikeShares {
    /// Shares of one strike of an event with this death factor.
    pub fn new(
        society: &Society,
        vulnerability: &Vulnerability,
        kind: NaturalKind,
        strike: &Strike,
        death_factor: f64,
    ) -> Self {
        StrikeShares {
            affected: affected_share(society, kind, strike),
            relocated: relocated_share(society, kind, strike),
            death_rate: base_death_rate(society, vulnerability, kind, strike, death_factor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::world::build::build;
    use crate::model::world::sample::society;
    use crate::vocabulary::Vocabulary;

    fn sample() -> (World, Society, Vulnerability) {
        let (society, tables) = society();
        let world = build(&society, &tables, 10_000);
        let vulnerability = Vulnerability::new(&world, &society);
        (world, society, vulnerability)
    }

    #[test]
    fn damage_is_the_product_of_its_factors() {
        let (world, society, vulnerability) = sample();
        let strike = Strike {
            county: 3,
            intensity: 4.0,
            damage: 0.25,
        };
        let damage = base_damage(
            &world,
            &society,
            &vulnerability,
            NaturalKind::Flood,
            &strike,
        );
        let relative = world.counties.income_yuan[3] / world.mean_income_yuan;
        for &asset in Asset::ALL {
            let by_hand = world.counties.stock_yuan[3][asset] * 0.25 * pow(relative, -0.25) * 0.3;
            assert!((damage[asset] - by_hand).abs() <= 1e-9 * by_hand);
        }
    }

    #[test]
    fn nothing_loses_more_than_the_caps() {
        let (world, mut society, vulnerability) = sample();
        for hazard in society.hazards.values_mut() {
            hazard.damage_ratio.values_mut().fill(50.0);
            hazard.death_rate_scale = 100.0;
            hazard.affected_scale = 100.0;
            hazard.relocated_scale = 100.0;
        }
        let strike = Strike {
            county: 0,
            intensity: 10.0,
            damage: 0.9,
        };
        for &kind in NaturalKind::ALL {
            let damage = base_damage(&world, &society, &vulnerability, kind, &strike);
            for (asset, stock) in world.counties.stock_yuan[0].iter() {
                assert!((damage[asset] / stock - 0.9).abs() < 1e-12);
            }
            assert_eq!(
                base_death_rate(&society, &vulnerability, kind, &strike, 9.0),
                0.2
            );
            assert_eq!(affected_share(&society, kind, &strike), 1.0);
            assert_eq!(relocated_share(&society, kind, &strike), 0.6);
        }
    }

    #[test]
    fn harm_grows_with_intensity() {
        let (_, society, vulnerability) = sample();
        for &kind in NaturalKind::ALL {
            let weak = Strike {
                county: 1,
                intensity: 6.5,
                damage: 0.1,
            };
            let strong = Strike {
                county: 1,
                intensity: 9.5,
                damage: 0.4,
            };
            let deaths = |s: &Strike| base_death_rate(&society, &vulnerability, kind, s, 1.0);
            assert!(deaths(&strong) > deaths(&weak));
            assert!(
                affected_share(&society, kind, &strong) > affected_share(&society, kind, &weak)
            );
            assert!(
                relocated_share(&society, kind, &strong) > relocated_share(&society, kind, &weak)
            );
        }
    }

    #[test]
    fn poor_and_rural_counties_die_more() {
        let (world, _, vulnerability) = sample();
        let counties = &world.counties;
        let mean: f64 = (0..counties.len())
            .map(|c| f64::from(counties.population[c]) * vulnerability.deaths[c])
            .sum::<f64>()
            / world.population as f64;
        assert!((0.8..1.3).contains(&mean), "{mean}");
        for a in 0..counties.len() {
            for b in 0..counties.len() {
                let poorer = counties.income_yuan[a] < counties.income_yuan[b];
                if poorer && counties.urban[a] < counties.urban[b] {
                    // Ages differ by rounding of whole people only.
                    assert!(vulnerability.deaths[a] > vulnerability.deaths[b] * 0.999);
                }
            }
        }
    }
}
