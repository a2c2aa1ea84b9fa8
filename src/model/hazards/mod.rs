//! The four categories of danger: onset, size and spread; the candidates; the cascade.

pub mod accident;
pub mod alias;
pub mod arrivals;
pub mod candidates;
pub mod cascade;
pub mod footprint;
pub mod forced;
pub mod harm;
pub mod health;
pub mod natural;
pub mod relocation;
pub mod social;
mod years;

pub use years::origin_weight;
