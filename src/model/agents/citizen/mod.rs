//! Citizens: protection, insurance, threat, trust and grievance.
//!
//! *Equations.* Protection motivation theory (Rogers 1975; Bamberg et al. 2017): at review a measure is
//! kept with probability 0.85 or drawn anew (one thing at a review: a measure, or cover) with logistic(β₀ + β_T·threat + β_C·coping + β_S·(share of
//! the county − share at start) − β_G·(expected relief − relief at start)). β₀ by income fifth is
//! solved so that the start is at rest. Cover is reconsidered by the same pattern, with price.
//! A draw compares the odds of u with those of the sum (`odds.rs`). The event part of threat jumps when struck
//! and halves in 1.5 years; bytes fade with dithered rounding, so that small values do not stick (`moods.rs`).

mod kernel;
mod moods;
mod odds;
mod review;
mod tally;
#[cfg(test)]
mod tests;

use crate::model::Model;
use crate::model::random::normal_quantile;
use crate::model::transcendental::{exp, log};
use crate::scenario::policy::Policy;
use crate::vocabulary::{Quintile, Table};

pub use review::{review, review_at};

/// Bit of household cover in the byte of measures.
pub const INSURED: u8 = 1 << 4;
/// Bits of the four protective measures.
pub const MEASURES: u8 = 0b1111;
/// Income fifth of a citizen from its byte.
pub fn fifth(person: u8) -> usize {
    ((person >> 2) & 7) as usize
}
/// Standard deviations of perception for one step of the alarm byte.
pub const ALARM_STEP: f32 = 3.0 / 255.0;
/// Standard deviations for one step of the threat and coping bytes.
const APPRAISAL_STEP: f64 = 1.0 / 40.0;

/// A policy as citizens meet it.
#[derive(Clone, Debug)]
pub struct Choices {
    /// β₀ of a protective measure by fifth.
    pub measure: [f64; 5],
    /// β₀ of household cover by fifth, with promotion and price.
    pub cover: [f64; 5],
    /// Whether household cover is sold.
    pub sold: bool,
    /// Take-up at the start, for which premiums are computed.
    pub expected_take_up: f64,
    /// Announced relief, against the baseline's.
    pub announced_relief: f64,
    /// The baseline's announced relief.
    pub customary_relief: f64,
}

impl Choices {
    /// Solves the constants of choice at the start of a society, and shifts them by a policy.
    pub fn new(model: &Model, policy: &Policy, baseline: &Policy) -> Self {
        let facts = &model.society.citizens;
        let spread = libm::sqrt(
            facts.beta_threat * facts.beta_threat + facts.beta_coping * facts.beta_coping,
        );
        let solve = |table: &Table<Quintile, f64>, spread: f64, shift: &dyn Fn(f64) -> f64| {
            let mut constants = [0.0; 5];
            for (constant, p) in constants.iter_mut().zip(table.values()) {
                *constant = constant_for(*p, spread) + shift(*p);
            }
            constants
        };
        let paid = |policy: &Policy| (1.0 - policy.sharing.property.subsidy).max(0.05);
        let price = log(paid(policy) / paid(baseline));
        let elasticity = facts.insurance_price_elasticity;
        let promotion = policy.sharing.property.promotion;
        let initial = facts.insured_initial.values();
        Choices {
            measure: solve(&facts.preparedness_initial, spread, &|_| 0.0),
            // Cover depends on threat alone: coping does not enter its draw.
            cover: solve(&facts.insured_initial, facts.beta_threat, &|p| {
                promotion + elasticity * price / (1.0 - p)
            }),
            sold: policy.sharing.property.coverage > 0.0,
            expected_take_up: initial.iter().sum::<f64>() / initial.len() as f64,
            announced_relief: policy.sharing.relief.share_ordinary,
            customary_relief: baseline.sharing.relief.share_ordinary,
        }
    }
}

/// β₀ at which the mean of logistic(β₀ + σZ) is `p` (bisection over a grid of quantiles of Z).
pub fn constant_for(p: f64, sigma: f64) -> f64 {
    const POINTS: usize = 41;
    let mean = |constant: f64| {
        let value = |k: usize| constant + sigma * normal_quantile((k as f64 + 0.5) / POINTS as f64);
        (0..POINTS)
            .map(|k| 1.0 / (1.0 + exp(-value(k))))
            .sum::<f64>()
            / POINTS as f64
    };
    let (mut low, mut high) = (-20.0, 20.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if mean(middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}
