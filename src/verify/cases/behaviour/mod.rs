//! Limit cases of enterprises: care under liability, negligence, insurance; regulation beside liability;
//! neighbours; backlogs.

mod backlog;
mod care;
mod firm;
mod park;
mod regulation;

use crate::verify::{Case, Parameter};

pub use backlog::SCHEDULE;

/// The cases.
pub const CASES: &[Case] = &[
    care::STRICT_LIABILITY,
    care::NEGLIGENCE,
    regulation::CASE,
    care::MORAL_HAZARD,
    care::FLOOR,
    park::CASE,
    backlog::CASE,
];

/// A share or probability.
const fn share(name: &'static str, default: f64) -> Parameter {
    Parameter::number(name, "share", default, [0.0, 1.0])
}

const COST: Parameter = Parameter::number("care_cost", "money per unit of care", 1.0, [1e-3, 1e9]);
const EFFECTIVENESS: Parameter =
    Parameter::number("effectiveness", "per unit of care", 2.0, [1e-3, 100.0]);
const BASE_RATE: Parameter = Parameter::number("base_rate", "per year", 0.1, [1e-6, 100.0]);
const HARM: Parameter = Parameter::number("harm", "money", 100.0, [1e-6, 1e9]);

#[cfg(test)]
mod tests;
