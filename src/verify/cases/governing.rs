//! Limit cases of responsibility and backlogs.

use crate::verify::Case;

/// The cases.
pub const CASES: &[Case] = &[];
