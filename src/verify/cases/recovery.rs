//! Limit cases of recovery.

use crate::verify::Case;

/// The cases.
pub const CASES: &[Case] = &[];
