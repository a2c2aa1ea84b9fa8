//! Limit cases of rescue, warning and spread.

use crate::verify::Case;

/// The cases.
pub const CASES: &[Case] = &[];
