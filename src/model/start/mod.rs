//! The start: every slow stock at its closed-form equilibrium under the baseline (or under a
//! policy, where the experiment starts it from its own), and the premiums
//! that follow from the candidates at that state.

mod catalogue;
mod equilibrium;
mod tariff;

pub use catalogue::describe_citizens;
pub use equilibrium::equilibrium;
pub use tariff::{price, small_harm};
