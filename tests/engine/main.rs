//! The whole engine: the same bytes for any number of threads, balances that close, common dangers, and figures
//! that do not hang on how many agents stand for the people.

#[path = "../common/mod.rs"]
mod common;

mod determinism;
mod invariants;
mod pairing;
mod scale;
