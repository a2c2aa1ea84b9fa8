//! The model: pure, without files, clock, printing or the order of threads.

pub mod random;
pub mod record;
pub mod settlement;
pub mod world;
