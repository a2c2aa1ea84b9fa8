//! An experiment as meant: one society, several policies, horizon, replications and seed.
#![expect(
    missing_docs,
    reason = "each field is declared once, with both names and unit, in scenarios/parameters.csv"
)]

use serde::{Deserialize, Serialize};

use crate::vocabulary::NaturalKind;

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
    pub start: Start,
    pub forced_event: ForcedEvent,
}

/// From which state a policy starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// The state that the baseline leaves at the end of the burn-in.
    #[default]
    Baseline,
    /// The policy's own long-run state.
    OwnEquilibrium,
}

/// One natural event that is put into every history.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForcedEvent {
    pub kind: ForcedKind,
    /// Code, Chinese or English name.
    pub province: String,
    pub return_period_years: f64,
    /// Counted from the first week after the burn-in.
    pub week: u32,
}

/// Kind of the forced event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForcedKind {
    /// No forced event.
    #[default]
    None,
    #[serde(untagged)]
    Of(NaturalKind),
}

/// A grid of policies: the responsibility (and avoidance) tables of one list, the sharing tables of another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grid {
    pub allocation: Vec<String>,
    pub sharing: Vec<String>,
}
