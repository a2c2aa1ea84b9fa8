//! A society as meant: the world as it is, every value present and within its range.
//!
//! Field names are the keys of the society file; unit, range, source and evidence grade of each
//! stand in the declaration table (`scenarios/parameters.csv`), which a test holds against these types.
#![expect(
    missing_docs,
    reason = "each field is declared once, with both names, unit and source, in scenarios/parameters.csv"
)]

mod actors;
mod dangers;
mod response;

use serde::{Deserialize, Serialize};

pub use actors::{
    Assessment, Citizens, Enterprise, EnterpriseRule, Government, GovernmentRule, HandoverFacts,
    Learning, LeverPrices, Reporting, Staff, VisitSchedule,
};
pub use dangers::{
    Accident, Cascade, DamageLaw, DisputeGrowth, Earthquake, Hazard, Health, Natural, SizeFacts,
    Social, Spread, TradeFacts, TradeSize,
};
pub use response::{Evaluation, OverlapWithinWeek, Recovery, Rescue, SharingFacts};

use crate::vocabulary::{
    Bearer, Level, NaturalKind, SizeClass, Table, Trade, Vocabulary, vocabulary,
};

/// Everything that a society file (with its tables) says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Society {
    pub name_zh: String,
    pub name_en: String,
    /// The policy under which the society is calibrated and burnt in.
    pub baseline: String,
    /// Seed of the initial society, apart from the dynamics.
    pub seed: u64,
    pub tables: TableFiles,
    pub synthesis: Synthesis,
    pub stocks: Stocks,
    pub natural: Natural,
    pub earthquake: Earthquake,
    pub hazards: Table<NaturalKind, Hazard>,
    pub trades: Table<Trade, TradeFacts>,
    pub sizes: Table<SizeClass, SizeFacts>,
    pub accident: Accident,
    pub enterprise: Enterprise,
    pub government: Government,
    pub reporting: Reporting,
    pub learning: Learning,
    pub rescue: Rescue,
    pub health: Health,
    pub social: Social,
    pub cascade: Cascade,
    pub citizens: Citizens,
    pub recovery: Recovery,
    pub sharing: SharingFacts,
    pub evaluation: Evaluation,
}

/// CSV tables beside the society file (paths relative to it).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableFiles {
    pub provinces: String,
    pub neighbours: String,
    pub exposure: String,
    /// Workers by province and trade.
    pub workers: String,
    /// The customary responsibility matrix.
    pub responsibility: String,
    /// Expected children of events.
    pub cascade: String,
    /// Facts of prefectures; empty = none, they are drawn.
    pub prefectures: String,
    /// Dated table of drivers for the hindcast; empty = none. The society itself stays stationary.
    pub drivers: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Synthesis {
    pub county_population_sigma_log: f64,
    pub county_income_sigma_log: f64,
    pub county_urban_sigma_logit: f64,
    pub county_urban_income_slope: f64,
    pub county_gdp_income_exponent: f64,
    /// Share of counties that have a chemical park.
    pub chemical_park_share: f64,
    /// How many times more chemical work a park county gets.
    pub chemical_park_concentration: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stocks {
    pub housing_town_yuan_per_head: f64,
    pub housing_country_yuan_per_head: f64,
    pub housing_income_elasticity: f64,
    pub goods_yuan_per_head: f64,
    pub goods_income_elasticity: f64,
    pub crops_yuan_per_rural_head: f64,
    pub enterprise_per_gdp: f64,
    pub infrastructure_per_gdp: f64,
    /// Share of public assets that a level owns; grassroots own none.
    pub public_owner_share: Table<Level, f64>,
}

vocabulary! {
    /// Places where a risk changes hands.
    Handover {
        PreventToWarn = "prevent_to_warn", "预防→预警", "prevent to warn";
        WarnToRespond = "warn_to_respond", "预警→处置", "warn to respond";
        RespondToRecover = "respond_to_recover", "处置→恢复", "respond to recover";
        AcrossRegion = "across_region", "跨地区", "across regions";
        AcrossSector = "across_sector", "跨部门", "across sectors";
    }
}

/// The level of government that a bearer is, if it is one.
pub fn level_of(bearer: Bearer) -> Option<Level> {
    match bearer {
        Bearer::Centre => Some(Level::Centre),
        Bearer::Province => Some(Level::Province),
        Bearer::City => Some(Level::City),
        Bearer::County => Some(Level::County),
        _ => None,
    }
}
