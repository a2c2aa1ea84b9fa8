//! Limit cases of warning, rescue and spread.

mod cascade;
mod crowd;
mod detection;
mod epidemic;
mod queue;
mod responders;
mod scene;
mod survival;

use crate::verify::{Case, Parameter};

/// The cases.
pub const CASES: &[Case] = &[
    epidemic::CASE,
    cascade::CASE,
    crowd::CASE,
    queue::CASE,
    detection::CASE,
    survival::CASE,
    responders::CASE,
];

/// Shape of the survival of the trapped.
const fn shape(default: f64) -> Parameter {
    Parameter::number("shape", "exponent", default, [0.1, 10.0])
}

/// Scale of the survival of the trapped.
const fn scale(default: f64) -> Parameter {
    Parameter::number("scale_hours", "hours", default, [0.01, 10_000.0])
}
