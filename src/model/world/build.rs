//! Builds the world from a society: synthetic counties, enterprises and citizens.

use super::regions::weighted_mean;
use super::{World, citizens, enterprises, geography, regions, stocks};
use crate::scenario::society::Society;
use crate::scenario::tables::SocietyTables;

/// Builds the world of a society.
///
/// All draws come from the society's own seed, apart from the dynamics. Counties and cells are the
/// same whatever `people_per_agent`; only the number of citizen and enterprise agents follows it.
pub fn build(society: &Society, tables: &SocietyTables, people_per_agent: u32) -> World {
    let (provinces, cities, mut counties) = regions::build(society, tables);
    geography::place(&mut counties, &provinces, society.seed);
    let people: Vec<f64> = counties.population.iter().map(|&n| f64::from(n)).collect();
    let mean_income_yuan = weighted_mean(&counties.income_yuan, &people);
    stocks::fill_stocks(&mut counties, &society.stocks, mean_income_yuan);
    stocks::fill_exposure(&mut counties, &provinces, &tables.exposure, society);
    let (cells, enterprises) =
        enterprises::build(society, tables, &provinces, &mut counties, people_per_agent);
    let mut workers = vec![0.0; counties.len()];
    for (county, n) in cells.county.iter().zip(&cells.workers) {
        workers[*county as usize] += n;
    }
    let citizens = citizens::build(
        society,
        &mut counties,
        &workers,
        mean_income_yuan,
        people_per_agent,
    );
    World {
        province_distance_km: geography::province_distances(&provinces),
        population: provinces.iter().map(|province| province.population).sum(),
        provinces,
        cities,
        counties,
        cells,
        enterprises,
        citizens,
        people_per_agent,
        mean_income_yuan,
    }
}
