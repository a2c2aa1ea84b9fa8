//! Relocation of plant 产业转移: where the danger of plant goes that moves from richer to poorer provinces.
//!
//! *Construction.* A slot is a plant, and its place is a state. Moving plant changes no candidate, no
//! majorant and no rate: an accident of a sending province's slot happens, with the probability that
//! the plant which caused it has moved, among the trade's establishments of the receiving provinces
//! (by workers, by marks of the event itself). So the same danger follows the plant, the receivers'
//! rescue meets it, and their people die; nobody moves with it, and no danger is added or lost.
//! Provinces whose mean income is above `relocation_income_ratio` × the society's send; the others receive.

use crate::model::hazards::alias::Alias;
use crate::model::state::TRADES;
use crate::model::world::World;
use crate::vocabulary::{Table, Trade, Vocabulary};

/// Who sends plant, and where it goes.
#[derive(Clone, Debug)]
pub struct Relocation {
    /// Whether a province sends old plant away.
    pub sends: Vec<bool>,
    /// Workers of the sending provinces by trade.
    pub workers_sending: Table<Trade, f64>,
    /// Share of a trade's moved plant that each province receives; nothing where nobody receives.
    pub received: Table<Trade, Vec<f64>>,
    /// Counties of the trade in receiving provinces, and how to pick one by its workers.
    counties: Table<Trade, (Vec<u32>, Alias)>,
}

impl Relocation {
    /// Who sends and who receives in a world.
    pub fn new(world: &World, income_ratio: f64) -> Self {
        let sends: Vec<bool> = world
            .provinces
            .iter()
            .map(|province| {
                let rows = || province.counties.rows();
                let people = |c: usize| f64::from(world.counties.population[c]);
                let income: f64 = rows()
                    .map(|c| world.counties.income_yuan[c] * people(c))
                    .sum();
                let heads: f64 = rows().map(people).sum();
                income > income_ratio * world.mean_income_yuan * heads
            })
            .collect();
        let mut workers_sending: Table<Trade, f64> = Table::default();
        let mut workers: Table<Trade, Vec<f64>> =
            Table::from_fn(|_| vec![0.0; world.counties.len()]);
        for (cell, number) in world.cells.workers.iter().enumerate() {
            let (county, trade) = (world.cells.county[cell] as usize, world.cells.trade[cell]);
            if sends[usize::from(world.counties.province[county])] {
                workers_sending[trade] += number;
            } else {
                workers[trade][county] += number;
            }
        }
        Relocation {
            received: workers.map(|_, by_county| shares(world, by_county)),
            counties: workers.map(|_, by_county| {
                let rows = || (0..by_county.len()).filter(|c| by_county[*c] > 0.0);
                let weights: Vec<f64> = rows().map(|c| by_county[c]).collect();
                (rows().map(|c| c as u32).collect(), Alias::new(&weights))
            }),
            sends,
            workers_sending,
        }
    }

    /// The county that received the plant behind an accident: with probability `moved`, by two uniforms;
    /// `None` = it still stands where it stood.
    pub fn place(&self, trade: Trade, province: usize, moved: f64, u: [f64; 2]) -> Option<u32> {
        let (counties, weights) = &self.counties[trade];
        if !self.sends[province] || u[0] >= moved || counties.is_empty() {
            return None;
        }
        counties.get(weights.pick(u[1])).copied()
    }

    /// Accidents of a trade, by province and trade, once the share `moved` of the senders' happens at the receivers':
    /// the sum stays.
    pub fn moved(&self, trade: Trade, moved: f64, accidents: &mut [[f64; TRADES]]) {
        let received = &self.received[trade];
        if received.iter().all(|share| *share <= 0.0) {
            return;
        }
        let own = trade.number();
        let mut gone = 0.0;
        for (accidents, sends) in accidents.iter_mut().zip(&self.sends) {
            if *sends {
                gone += moved * accidents[own];
                accidents[own] *= 1.0 - moved;
            }
        }
        for (accidents, share) in accidents.iter_mut().zip(received) {
            accidents[own] += gone * share;
        }
    }
}

/// Shares of provinces in a sum over counties.
fn shares(world: &World, by_county: &[f64]) -> Vec<f64> {
    let total: f64 = by_county.iter().sum();
    let of = |rows: std::ops::Range<usize>| by_county[rows].iter().sum::<f64>();
    world
        .provinces
        .iter()
        .map(|p| {
            if total > 0.0 {
                of(p.counties.rows()) / total
            } else {
                0.0
            }
        })
        .collect()
}
