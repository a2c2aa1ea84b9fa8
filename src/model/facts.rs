//! Facts of enterprise agents by column, for those who are looked at side by side.

use crate::model::EnterpriseView;

/// What stages ask of every enterprise agent, a column for each.
#[derive(Clone, Debug, Default)]
pub struct FactColumns {
    /// Numbers of their classes.
    pub class: Vec<u8>,
    /// Numbers of their trades.
    pub trade: Vec<u8>,
    /// Provinces.
    pub province: Vec<u16>,
    /// Establishments that each stands for.
    pub establishments: Vec<f64>,
    /// Workers of all of them.
    pub workers: Vec<f64>,
}

impl FactColumns {
    /// Of all agents.
    pub fn of(enterprises: &[EnterpriseView]) -> Self {
        FactColumns {
            class: enterprises.iter().map(|own| own.class() as u8).collect(),
            trade: enterprises.iter().map(|own| own.trade as u8).collect(),
            province: enterprises.iter().map(|own| own.province).collect(),
            establishments: enterprises.iter().map(|own| own.establishments).collect(),
            workers: enterprises.iter().map(|own| own.workers).collect(),
        }
    }
}
