//! Inputs: as written → checked. Society, policy and experiment; their tables, schema and lint.

pub mod experiment;
pub mod policy;
pub mod society;
pub mod tables;
