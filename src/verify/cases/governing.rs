//! Limit cases of responsibility: owners who wait for each other, and what each mechanism is worth.

mod attribution;
mod volunteer;

use crate::verify::Case;

pub use attribution::COALITIONS;

/// The cases.
pub const CASES: &[Case] = &[volunteer::CASE, attribution::CASE];
