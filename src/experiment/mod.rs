//! Running many replications of several policies, and comparing them pair by pair.

pub mod attribution;
pub mod chart_data;
pub mod chosen;
pub mod cost;
pub mod exceedance;
pub mod explain;
pub mod fatalities;
pub mod liability;
pub mod memory;
pub mod plan;
pub mod precision;
pub mod prices;
pub mod province;
pub mod ranks;
pub mod regional;
pub mod robustness;
pub mod roots;
pub mod run;
pub mod sample;
pub mod seminar;
pub mod sensitivity;
pub mod settle;
pub mod simulator;
pub mod statistics;
pub mod story;
pub mod summary;
#[cfg(test)]
pub(crate) mod synthetic;
pub mod warnings;

pub use plan::{Name, Plan, PolicyPlan};
