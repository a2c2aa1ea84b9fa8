//! The model: pure, without files, clock, printing or the order of threads.

pub mod hazards;
pub mod random;
pub mod record;
pub mod world;
