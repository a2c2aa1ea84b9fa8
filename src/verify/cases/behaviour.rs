//! Limit cases of enterprises.

use crate::verify::Case;

/// The cases.
pub const CASES: &[Case] = &[];
