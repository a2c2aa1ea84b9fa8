//! Limit cases of losses: yearly sums, levels, layers, pool, ruin, pairing.

mod compound;
mod layers;
mod levels;
mod pairing;
mod pool;
mod ruin;
mod tail;

use crate::verify::{Case, Parameter, Refusal};

/// The cases.
pub const CASES: &[Case] = &[
    compound::LOGNORMAL,
    compound::PARETO,
    levels::RETURN_LEVEL,
    levels::EXCEEDANCE,
    tail::NATURAL_TAIL,
    layers::EXPONENTIAL,
    layers::LOGNORMAL,
    layers::PARETO,
    pool::STOP_LOSS,
    ruin::RUIN,
    pairing::PAIRING,
    pairing::THINNING,
];

/// Years simulated by default.
const YEARS: u64 = 100_000;

/// Losses a year.
const fn rate(default: f64) -> Parameter {
    Parameter::number("rate_per_year", "per year", default, [0.001, 1000.0])
}

/// Losses too rare for a level that the largest of a year exceeds once in a period (years).
fn too_rare(period: f64) -> Refusal {
    Refusal::rule(
        "period_years",
        period,
        "losses must be frequent enough to reach the level: rate_per_year must exceed −ln(1 − 1/period_years)",
        "损失必须足够频繁才能达到该水平：rate_per_year 应大于 −ln(1 − 1/period_years)",
    )
}

/// An amount of money above zero.
const fn money(name: &'static str, default: f64) -> Parameter {
    Parameter::number(name, "money", default, [1e-6, 1e9])
}

/// An amount of money that may be zero.
const fn money_from_zero(name: &'static str, default: f64) -> Parameter {
    Parameter::number(name, "money", default, [0.0, 1e9])
}

/// Parameters of a lognormal loss.
const fn mu(default: f64) -> Parameter {
    Parameter::number("mu", "log money", default, [-20.0, 20.0])
}

const fn sigma(default: f64) -> Parameter {
    Parameter::number("sigma", "log money", default, [0.01, 2.0])
}
