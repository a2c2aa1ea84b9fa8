//! Limit cases of layers, pools and ruin.

use crate::verify::Case;

/// The cases.
pub const CASES: &[Case] = &[];
