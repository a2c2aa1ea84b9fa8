//! Fitting named parameters of a society to public series by simulation, predicting years that were
//! held out, and measuring patterns that nobody fitted.
//!
//! Everything runs through the engine itself. The fit is a method of simulated moments (McFadden 1989;
//! Pakes & Pollard 1989) with common random numbers: candidates of accidents are drawn once, at the
//! highest rates that the search may reach, and thinned to each trial's rates, so that the objective
//! changes only where an event comes or goes. What it can and cannot tell stands in `docs/validation.md`.

pub mod drivers;
pub mod fit;
pub mod hindcast;
mod lab;
pub mod moments;
pub mod parameters;
pub mod patterns;
mod refusal;
pub mod regression;
pub mod report;
pub mod scores;
pub mod targets;

pub use lab::simulated;
pub use refusal::Refusal;

/// What happens while a calibration runs; told as it happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// One more run of the engine is finished.
    Run,
    /// One more set of values was judged: its number, and the weighted sum of squares.
    Judged(usize, f64),
}

/// Who listens to the progress, from any thread.
pub type Watch<'a> = &'a (dyn Fn(Step) + Sync);

/// How much is simulated.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Replications of each set of values.
    pub replications: u32,
    /// Years of a replication.
    pub years: u32,
    /// Years of burn-in.
    pub burn_in_years: u32,
    /// Seed of the dangers.
    pub seed: u64,
    /// People that a citizen agent stands for.
    pub people_per_agent: u32,
}
