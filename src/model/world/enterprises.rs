//! Cells (county × trade × size class) and the enterprise agents that stand for their establishments.
//!
//! A province's workers of a trade are split over size classes by the trade's shares, made into whole
//! establishments (workers / mean size), and these are spread over counties by systematic sampling:
//! each county gets the floor or the ceiling of its expectation. Sizes of large establishments are
//! heavy-tailed: truncated Pareto, its exponent set by the stated mean, least and greatest size (near
//! one, as Axtell 2001, "Zipf distribution of U.S. firm sizes", finds: 1.06), scaled so that the
//! province's workers are met. Cells do not depend on `people_per_agent`; only the number of agents
//! in them does.

use libm::round;
use rayon::prelude::*;

use super::apportion::{crossing, systematic};
use super::{Cells, Counties, EnterpriseFacts, Province, Span};
use crate::model::random::{Purpose, Stream};
use crate::model::transcendental::{exp, log, pow};
use crate::scenario::society::{SizeFacts, Society};
use crate::scenario::tables::SocietyTables;
use crate::vocabulary::{SizeClass, Table, Trade, Vocabulary};

/// Workers of a mining trade in a county that has mines, on average (assumption: the 2.7 million
/// coal miners of 2020 then work in some 600 counties, which is about the number of coal counties).
const WORKERS_PER_MINING_COUNTY: f64 = 4000.0;
/// Standard deviation of the logarithm of mining work between counties that have mines (assumption).
const MINING_SIGMA_LOG: f64 = 0.8;
/// Agents of a cell other than a large one: this over `people_per_agent`.
const AGENTS_PER_CELL_SCALE: f64 = 1000.0;
/// Bounds of management quality.
const QUALITY_BOUNDS: (f64, f64) = (0.02, 0.98);

/// Number of slots of a county: trades × size classes.
const SLOTS: usize = 9 * 4;
/// Times that keep draws of the stream of enterprises apart: mines, spread, sizes, quality.
const MINES: u32 = 0;
const SPREAD: u32 = 1;
const SIZES: u32 = 2;
const QUALITY: u32 = 3;

fn slot(trade: Trade, size: SizeClass) -> usize {
    trade.number() * SizeClass::ALL.len() + size.number()
}

/// Establishments of one slot in one county: how many, with how many workers, one by one if large.
#[derive(Clone, Debug, Default)]
struct SlotContent {
    establishments: u32,
    workers: f64,
    large: Vec<f64>,
}

/// Builds the cells and their agents, and writes each county's span of cells.
pub(super) fn build(
    society: &Society,
    tables: &SocietyTables,
    provinces: &[Province],
    counties: &mut Counties,
    people_per_agent: u32,
) -> (Cells, EnterpriseFacts) {
    let stream = Stream::new(society.seed, 0, Purpose::Enterprises);
    let mut content: Vec<SlotContent> = vec![SlotContent::default(); counties.len() * SLOTS];
    for (number, (province, workers)) in provinces.iter().zip(&tables.workers).enumerate() {
        for (trade, &total) in workers.iter() {
            let weights = county_weights(society, counties, province, trade, total, stream);
            for &size in SizeClass::ALL {
                let share = society.trades[trade].sizes[size].share_of_workers;
                let class = ClassOfProvince {
                    province: number as u64,
                    slot: slot(trade, size),
                    counties: province.counties,
                    workers: total * share,
                    large: size == SizeClass::Large,
                };
                fill_slots(&mut content, &class, &society.sizes, size, &weights, stream);
            }
        }
    }
    gather(society, counties, &content, people_per_agent, stream)
}

/// How a trade's workers of a province lean over its counties.
fn county_weights(
    society: &Society,
    counties: &Counties,
    province: &Province,
    trade: Trade,
    workers: f64,
    stream: Stream,
) -> Vec<f64> {
    let concentration = society.synthesis.chemical_park_concentration;
    let mut weights: Vec<f64> = province
        .counties
        .rows()
        .map(|c| {
            let townspeople = f64::from(counties.population[c]) * counties.urban[c];
            match trade {
                Trade::Chemicals if counties.park[c] => counties.gdp_yuan[c] * concentration,
                Trade::Chemicals
                | Trade::Manufacturing
                | Trade::Construction
                | Trade::RoadTransport
                | Trade::WaterTransport => counties.gdp_yuan[c],
                Trade::Fire | Trade::TownGas => townspeople,
                Trade::CoalMine | Trade::OtherMine => {
                    exp(MINING_SIGMA_LOG * stream.normal(c as u64, MINES, 2 * trade as u32))
                }
            }
        })
        .collect();
    if matches!(trade, Trade::CoalMine | Trade::OtherMine) {
        keep_mining_counties(&mut weights, province, trade, workers, stream);
    }
    if weights.iter().all(|&w| w <= 0.0) {
        // A province without product or people in towns still places its workers somewhere.
        weights.fill(1.0);
    }
    weights
}

/// Leaves mining to as many counties as its workers can fill, drawn at random.
fn keep_mining_counties(
    weights: &mut [f64],
    province: &Province,
    trade: Trade,
    workers: f64,
    stream: Stream,
) {
    let kept = (round(workers / WORKERS_PER_MINING_COUNTY) as usize).clamp(1, weights.len());
    let mut order: Vec<(f64, usize)> = province
        .counties
        .rows()
        .enumerate()
        .map(|(i, c)| (stream.uniform(c as u64, MINES, 2 * trade as u32 + 41), i))
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    for &(_, i) in &order[kept..] {
        weights[i] = 0.0;
    }
}

/// The workers of one size class of one trade in one province.
struct ClassOfProvince {
    province: u64,
    slot: usize,
    counties: Span,
    workers: f64,
    large: bool,
}

/// Spreads the establishments of a class over the counties of its province.
fn fill_slots(
    content: &mut [SlotContent],
    class: &ClassOfProvince,
    sizes: &Table<SizeClass, SizeFacts>,
    size: SizeClass,
    weights: &[f64],
    stream: Stream,
) {
    if class.workers <= 0.0 {
        return;
    }
    let facts = &sizes[size];
    let total = establishments_of(class.workers, facts);
    let entity = class.province * SLOTS as u64 + class.slot as u64;
    let parts = systematic(total, weights, stream.uniform(entity, SPREAD, 0));
    let mut sizes = if class.large {
        large_sizes(total as usize, class.workers, facts, entity, stream).into_iter()
    } else {
        Vec::new().into_iter()
    };
    for (county, establishments) in class.counties.rows().zip(parts) {
        if establishments == 0 {
            continue;
        }
        let here = &mut content[county * SLOTS + class.slot];
        here.establishments = establishments;
        here.large = sizes.by_ref().take(establishments as usize).collect();
        here.workers = if class.large {
            here.large.iter().sum()
        } else {
            class.workers * f64::from(establishments) / total as f64
        };
    }
}

/// Sizes of `n` large establishments with `workers` in all: truncated Pareto by stratified
/// quantiles (one in each n-th part, in random order), scaled to the sum.
///
/// Stratifying keeps the sum near its expectation, so scaling hardly moves a size.
fn large_sizes(n: usize, workers: f64, facts: &SizeFacts, entity: u64, stream: Stream) -> Vec<f64> {
    let alpha = tail_exponent(facts);
    let mut order: Vec<(f64, usize)> = (0..n)
        .map(|j| (stream.uniform(entity << 24 | j as u64, SIZES, 0), j))
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut sizes: Vec<f64> = order
        .iter()
        .map(|&(_, j)| {
            let within = stream.uniform(entity << 24 | j as u64, SIZES, 1);
            let u = (j as f64 + within) / n as f64;
            truncated_pareto(facts.workers_min, facts.workers_max, alpha, u)
        })
        .collect();
    let sum: f64 = sizes.iter().sum();
    for size in &mut sizes {
        *size *= workers / sum;
    }
    sizes
}

/// Exponent of the truncated Pareto law with the stated least, greatest and mean size, by bisection
/// (the mean falls as the exponent grows).
fn tail_exponent(facts: &SizeFacts) -> f64 {
    let ratio = facts.workers_max / facts.workers_min.max(1e-9);
    let mean = |alpha: f64| {
        let below_one = 1.0 - alpha;
        let moment = if below_one.abs() < 1e-9 {
            log(ratio)
        } else {
            (pow(ratio, below_one) - 1.0) / below_one
        };
        facts.workers_min * alpha * moment / (1.0 - pow(ratio, -alpha))
    };
    crossing(0.05, 20.0, |alpha| mean(alpha) > facts.workers_mean)
}

/// Quantile of the Pareto law on [least, greatest] with exponent `alpha`:
/// x = least · (1 − u (1 − (greatest/least)^−α))^(−1/α).
pub(crate) fn truncated_pareto(least: f64, greatest: f64, alpha: f64, u: f64) -> f64 {
    let least = least.max(1e-9);
    if greatest <= least {
        return least;
    }
    let cut = 1.0 - exp(-alpha * log(greatest / least));
    least * pow(1.0 - u * cut, -1.0 / alpha)
}

/// Writes the slots with establishments as cells and gives each its agents.
fn gather(
    society: &Society,
    counties: &mut Counties,
    content: &[SlotContent],
    people_per_agent: u32,
    stream: Stream,
) -> (Cells, EnterpriseFacts) {
    let mut cells = Cells::default();
    let mut facts = EnterpriseFacts::default();
    let per_cell = agents_per_cell(people_per_agent);
    for county in 0..counties.len() {
        let first = cells.county.len() as u32;
        for &trade in Trade::ALL {
            for &size in SizeClass::ALL {
                let key = county * SLOTS + slot(trade, size);
                let here = &content[key];
                if here.establishments == 0 {
                    continue;
                }
                let start = facts.len() as u32;
                add_agents(&mut facts, cells.county.len() as u32, here, per_cell);
                cells.county.push(county as u32);
                cells.trade.push(trade);
                cells.size.push(size);
                cells.establishments.push(here.establishments);
                cells.workers.push(here.workers);
                cells.enterprises.push(Span {
                    start,
                    end: facts.len() as u32,
                });
            }
        }
        counties.cells.push(Span {
            start: first,
            end: cells.county.len() as u32,
        });
    }
    facts.quality = qualities(&cells, society, stream);
    facts.fit();
    (cells, facts)
}

/// An upper bound of the enterprise agents of a society, before it is built: one for each large
/// establishment, else in every county as many as a cell holds, or as its province has establishments.
pub(crate) fn agents_at_most(
    society: &Society,
    tables: &SocietyTables,
    people_per_agent: u32,
) -> u64 {
    let per_cell = u64::from(agents_per_cell(people_per_agent));
    let mut agents = 0;
    for (province, workers) in tables.provinces.iter().zip(&tables.workers) {
        for (trade, total) in workers.iter() {
            for &size in SizeClass::ALL {
                let class = total * society.trades[trade].sizes[size].share_of_workers;
                let establishments = establishments_of(class, &society.sizes[size]);
                let most = u64::from(province.counties) * per_cell;
                agents += match size {
                    SizeClass::Large => establishments,
                    _ => establishments.min(most),
                };
            }
        }
    }
    agents
}

/// Establishments of a class with so many workers in a province.
fn establishments_of(workers: f64, facts: &SizeFacts) -> u64 {
    if workers <= 0.0 {
        return 0;
    }
    (round(workers / facts.workers_mean.max(1e-9)) as u64).max(1)
}

/// Agents of a cell that is not of large establishments, before its number of establishments caps it.
fn agents_per_cell(people_per_agent: u32) -> u32 {
    (round(AGENTS_PER_CELL_SCALE / f64::from(people_per_agent.max(1))) as u32).max(1)
}

/// Splits a cell into agents: one for each large establishment, else nearly equal shares of all.
fn add_agents(facts: &mut EnterpriseFacts, cell: u32, here: &SlotContent, per_cell: u32) {
    let mut cumulative = 0.0;
    let mut add = |establishments: u32, workers: f64| {
        cumulative += workers;
        facts.cell.push(cell);
        facts.establishments.push(establishments);
        facts.workers.push(workers);
        facts.cumulative_workers.push(cumulative);
    };
    if !here.large.is_empty() {
        here.large.iter().for_each(|&workers| add(1, workers));
        return;
    }
    let n = u64::from(here.establishments);
    let agents = u64::from(per_cell).min(n);
    for k in 0..agents {
        let establishments = ((k + 1) * n / agents - k * n / agents) as u32;
        add(
            establishments,
            here.workers * f64::from(establishments) / n as f64,
        );
    }
}

/// Management quality of the agents of all cells: normal, cut to [0.02, 0.98].
fn qualities(cells: &Cells, society: &Society, stream: Stream) -> Vec<f32> {
    let law = &society.enterprise;
    let (least, greatest) = QUALITY_BOUNDS;
    let of_cell = |cell: usize| {
        let place = cells.county[cell] as usize * SLOTS + slot(cells.trade[cell], cells.size[cell]);
        let agents = 0..cells.enterprises[cell].len() as u64;
        agents.map(move |agent| {
            let z = stream.normal((place as u64) << 24 | agent, QUALITY, 0);
            (law.quality_mean + law.quality_sd * z).clamp(least, greatest) as f32
        })
    };
    let all = (0..cells.county.len()).into_par_iter();
    all.flat_map_iter(of_cell).collect()
}
