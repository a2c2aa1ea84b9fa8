//! The start: every slow stock at its closed-form equilibrium under the baseline, and the premiums
//! that follow from the candidates at that state.

mod catalogue;
mod equilibrium;
mod tariff;

pub use catalogue::describe_citizens;
pub use equilibrium::equilibrium;
pub use tariff::{price, small_harm};
