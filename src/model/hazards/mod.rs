//! Hazards: what could happen, the same for every policy.

pub mod footprint;
pub mod harm;
pub mod natural;
mod years;
