//! An experiment as meant: one society, several policies, horizon, replications and seed.
#![expect(
    missing_docs,
    reason = "each field is declared once, with both names and unit, in scenarios/parameters.csv"
)]

use serde::{Deserialize, Serialize};

/// Everything that an experiment file says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experiment {
    pub name_zh: String,
    pub name_en: String,
    pub society: String,
    /// Keys of policies, or paths of policy files.
    pub policies: Vec<String>,
    /// Cross every allocation with every sharing arrangement; empty = the list above.
    pub grid: Grid,
    pub years: u32,
    pub burn_in_years: u32,
    pub replications: u32,
    pub seed: u64,
    /// People that a citizen agent stands for.
    pub people_per_agent: u32,
    /// Whether every policy spends the same expected public money.
    pub equal_budget: bool,
}

/// A grid of policies: the responsibility (and avoidance) tables of one list, the sharing tables of another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grid {
    pub allocation: Vec<String>,
    pub sharing: Vec<String>,
}
