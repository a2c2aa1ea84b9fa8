//! What can be destroyed, and how susceptible a county is to each natural hazard.

use super::{Counties, Province};
use crate::model::random::{Purpose, Stream};
use crate::model::transcendental::{log, pow};
use crate::scenario::society::{Hazard, Society, Stocks};
use crate::scenario::tables::ExposureRow;
use crate::vocabulary::{Asset, NaturalKind, Table, Vocabulary};

/// Least value of a provincial hazard index, so that its logarithm exists.
const LEAST_INDEX: f64 = 0.01;
/// Public assets follow product and, less, people: gdp^0.7 people^0.3.
const INFRASTRUCTURE_GDP_EXPONENT: f64 = 0.7;

/// Value of the five types of asset in each county (yuan).
///
/// Housing and goods: a value a head, raised to the county's relative income; crops: a value for
/// each rural head; enterprises: a multiple of product; infrastructure: a national multiple of
/// product, spread over counties by gdp^0.7 people^0.3.
pub(super) fn fill_stocks(counties: &mut Counties, stocks: &Stocks, mean_income_yuan: f64) {
    let spread: Vec<f64> = (0..counties.len())
        .map(|c| {
            pow(counties.gdp_yuan[c], INFRASTRUCTURE_GDP_EXPONENT)
                * pow(
                    f64::from(counties.population[c]),
                    1.0 - INFRASTRUCTURE_GDP_EXPONENT,
                )
        })
        .collect();
    let gdp: f64 = counties.gdp_yuan.iter().sum();
    let public = stocks.infrastructure_per_gdp * gdp / spread.iter().sum::<f64>().max(1e-300);
    counties.stock_yuan = (0..counties.len())
        .map(|c| {
            let people = f64::from(counties.population[c]);
            let urban = counties.urban[c];
            let relative = counties.income_yuan[c] / mean_income_yuan;
            let home = urban * stocks.housing_town_yuan_per_head
                + (1.0 - urban) * stocks.housing_country_yuan_per_head;
            Table::from_fn(|asset| match asset {
                Asset::Housing => people * home * pow(relative, stocks.housing_income_elasticity),
                Asset::HouseholdGoods => {
                    people
                        * stocks.goods_yuan_per_head
                        * pow(relative, stocks.goods_income_elasticity)
                }
                Asset::CropsLivestock => people * (1.0 - urban) * stocks.crops_yuan_per_rural_head,
                Asset::Enterprise => stocks.enterprise_per_gdp * counties.gdp_yuan[c],
                Asset::Infrastructure => public * spread[c],
            })
        })
        .collect();
}

/// Logarithm of susceptibility by hazard: exposure exponent × ln(provincial index) + noise − sd²/2
/// (the noise has mean one in the level). An earthquake's column is the county's fixed departure
/// from the attenuation law, in degrees of intensity.
pub(super) fn fill_exposure(
    counties: &mut Counties,
    provinces: &[Province],
    exposure: &[ExposureRow],
    society: &Society,
) {
    let stream = Stream::new(society.seed, 0, Purpose::Counties);
    for (province, row) in provinces.iter().zip(exposure) {
        for county in province.counties.rows() {
            counties
                .log_exposure
                .push(Table::from_fn(|kind: NaturalKind| {
                    let z = stream.normal(county as u64, 2, kind.number() as u32);
                    susceptibility(&society.hazards[kind], row.index[kind], z)
                        .unwrap_or(society.earthquake.county_noise_sd * z)
                }));
        }
    }
}

/// The logarithm of susceptibility of a hazard that falls off with distance; none for another.
fn susceptibility(hazard: &Hazard, index: f64, z: f64) -> Option<f64> {
    hazard.spread.as_ref().map(|spread| {
        let sd = spread.county_noise_sd;
        spread.exposure_exponent * log(index.max(LEAST_INDEX)) + sd * z - 0.5 * sd * sd
    })
}
