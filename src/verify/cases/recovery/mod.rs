//! Limit cases of recovery.

mod repairs;
mod single;
mod twice;

use crate::model::record::RunRecord;
use crate::verify::{Case, Parameter};

/// The cases.
pub const CASES: &[Case] = &[single::CASE, twice::CASE, repairs::CASE];

/// A share of function lost.
const fn loss(name: &'static str, default: f64) -> Parameter {
    Parameter::number(name, "share", default, [0.001, 1.0])
}

/// Function of the only province in each week, its mean over the week.
fn function(record: &RunRecord) -> impl Iterator<Item = f64> {
    let [function, ..] = record.province_series(0);
    function.iter().copied()
}
