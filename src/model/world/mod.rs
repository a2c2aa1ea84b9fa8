//! The world that does not change within a run: regions, people, enterprises and their exposure.
//!
//! Built once from a society ([`build`]) with the society's own seed; shared by every policy and
//! replication. All of it is plain columns in region order.

mod apportion;
pub mod build;
pub mod citizens;
pub(crate) mod enterprises;
pub mod geography;
mod income;
mod regions;
#[cfg(test)]
pub(crate) mod sample;
mod stocks;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::vocabulary::{AgeGroup, Asset, NaturalKind, Quintile, SizeClass, Table, Trade};

/// Number of age groups × income fifths in which people are counted.
pub const GROUPS: usize = 15;

/// The group number of an age group and an income fifth.
pub fn group(age: AgeGroup, quintile: Quintile) -> usize {
    age as usize * 5 + quintile as usize
}

/// A range of rows in another column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// First row.
    pub start: u32,
    /// One past the last row.
    pub end: u32,
}

impl Span {
    /// The rows as a range of `usize`.
    pub fn rows(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of rows.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// The static world.
#[derive(Clone, Debug)]
pub struct World {
    /// Provinces, in file order.
    pub provinces: Vec<Province>,
    /// Cities (prefecture-level units; a municipality has one that is itself), grouped by province.
    pub cities: Vec<City>,
    /// Counties, grouped by city.
    pub counties: Counties,
    /// Cells: county × trade × size class with at least one establishment, grouped by county.
    pub cells: Cells,
    /// Enterprise agents, grouped by cell.
    pub enterprises: EnterpriseFacts,
    /// Citizen agents, grouped by county.
    pub citizens: CitizenFacts,
    /// Shortest path along the neighbour graph (km), row-major provinces × provinces.
    pub province_distance_km: Vec<f64>,
    /// People that a citizen agent stands for.
    pub people_per_agent: u32,
    /// Mean disposable income a head (yuan a year).
    pub mean_income_yuan: f64,
    /// Residents of the whole society.
    pub population: u64,
}

/// A province.
#[derive(Clone, Debug)]
pub struct Province {
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Residents (people).
    pub population: u64,
    /// Gross domestic product (yuan a year).
    pub gdp_yuan: f64,
    /// Radius of a disk of the province's area (km).
    pub radius_km: f64,
    /// Whether its city owners are merged into it (no prefectures).
    pub municipality: bool,
    /// Neighbouring provinces.
    pub neighbours: Vec<u16>,
    /// Its cities.
    pub cities: Span,
    /// Its counties.
    pub counties: Span,
    /// County that holds the provincial capital.
    pub capital: u32,
}

/// A prefecture-level unit.
#[derive(Clone, Debug)]
pub struct City {
    /// Its province.
    pub province: u16,
    /// Its counties.
    pub counties: Span,
}

/// Columns of counties. Sums over a province equal the province's figures exactly (people) or to rounding (reals).
#[derive(Clone, Debug, Default)]
pub struct Counties {
    /// Province of each county.
    pub province: Vec<u16>,
    /// City of each county.
    pub city: Vec<u16>,
    /// Residents (people).
    pub population: Vec<u32>,
    /// People by group ([`group`]).
    pub people: Vec<[u32; GROUPS]>,
    /// Share of people in towns.
    pub urban: Vec<f64>,
    /// Disposable income a head (yuan a year).
    pub income_yuan: Vec<f64>,
    /// Income of each fifth relative to the county mean.
    pub quintile_income: Vec<[f64; 5]>,
    /// Gross domestic product (yuan a year).
    pub gdp_yuan: Vec<f64>,
    /// Value of each type of asset (yuan).
    pub stock_yuan: Vec<Table<Asset, f64>>,
    /// Position inside the province's disk (km).
    pub x_km: Vec<f64>,
    /// Position inside the province's disk (km).
    pub y_km: Vec<f64>,
    /// How much nearer the county lies to the outside than the province's centre (km).
    pub border_offset_km: Vec<f64>,
    /// Radius of a disk of the county's area (km).
    pub radius_km: Vec<f64>,
    /// Logarithm of susceptibility by hazard: exposure exponent × ln(provincial index) + terrain noise.
    pub log_exposure: Vec<Table<NaturalKind, f64>>,
    /// Hospital beds.
    pub beds: Vec<f64>,
    /// Whether the county holds a chemical park.
    pub park: Vec<bool>,
    /// Its cells.
    pub cells: Vec<Span>,
    /// Its citizen agents.
    pub citizens: Vec<Span>,
}

impl Counties {
    /// Number of counties.
    pub fn len(&self) -> usize {
        self.population.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.population.is_empty()
    }
}

/// Columns of cells: the slots of accidents.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    /// County.
    pub county: Vec<u32>,
    /// Trade.
    pub trade: Vec<Trade>,
    /// Size class.
    pub size: Vec<SizeClass>,
    /// Establishments in the cell (the same whatever `people_per_agent`).
    pub establishments: Vec<u32>,
    /// Workers in the cell (people).
    pub workers: Vec<f64>,
    /// Enterprise agents of the cell.
    pub enterprises: Vec<Span>,
}

/// Columns of enterprise agents: facts that do not change.
#[derive(Clone, Debug, Default)]
pub struct EnterpriseFacts {
    /// Cell of the agent.
    pub cell: Vec<u32>,
    /// Establishments the agent stands for (large ones always 1).
    pub establishments: Vec<u32>,
    /// Workers of all its establishments (people).
    pub workers: Vec<f64>,
    /// Workers of the cell's agents up to and including this one (people), for picking by size.
    pub cumulative_workers: Vec<f64>,
    /// Management quality at the start, 0..1.
    pub quality: Vec<f32>,
}

impl EnterpriseFacts {
    /// Number of agents.
    pub fn len(&self) -> usize {
        self.cell.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cell.is_empty()
    }

    /// Gives back the room that the columns grew into.
    fn fit(&mut self) {
        self.cell.shrink_to_fit();
        self.establishments.shrink_to_fit();
        self.workers.shrink_to_fit();
        self.cumulative_workers.shrink_to_fit();
        self.quality.shrink_to_fit();
    }
}

/// Columns of citizen agents: the facts, and the measures and the grievance at the start. With the four
/// bytes of a run's state a citizen takes twelve.
///
/// Layout of the bytes is documented in `docs/odd.md`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CitizenFacts {
    /// Bits 0–1 age group, bits 2–4 income fifth (0–4), bit 5 lives in town, bit 6 employed.
    pub person: Vec<u8>,
    /// Bit 0 disabled, 1 chronically ill, 2 lives alone or left behind, 3 old self-built house, 4 poor.
    pub vulnerability: Vec<u8>,
    /// Income a head: 1500·1.04^k yuan a year.
    pub income: Vec<u8>,
    /// Wealth: 0 = none, else 500·1.05^(k−1) yuan.
    pub wealth: Vec<u8>,
    /// Standing threat perception in 1/40 standard deviations, and coping in 1/40 standard deviations.
    pub threat: Vec<i8>,
    /// Coping appraisal in 1/40 standard deviations.
    pub coping: Vec<i8>,
    /// At the start: bits 0–3 protective measures taken, bit 4 household property insured, bit 5 trained
    /// first responder.
    pub measures: Vec<u8>,
    /// Grievance at the start, 0..1 in steps of 1/255.
    pub grievance: Vec<u8>,
}

impl CitizenFacts {
    /// Number of citizen agents.
    pub fn len(&self) -> usize {
        self.person.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.person.is_empty()
    }
}
