//! Enterprises: how much care they take, and what that makes of their rate of accidents.
//!
//! *Equations.* Rational care e* = clip(ln(κπλ_sM(1 − φ)D/c)/κ, 0, e_max), with M = f_b·f_τ·… as the
//! firm perceives it (half-life two years). The share that meets the standard instead is
//! logistic(s·ln(benefit/cost)), benefit = visits × P(find) × fine + saved stake. Care moves a share
//! (inertia) of the way each quarter. Backlog b follows exactly b∞ + (b − b∞)e^{−δh}, b∞ = g(1 − q)/δ.
//! Shavell 1980; Levine, Toffel & Johnson 2012 for the effect of visits.

use crate::model::transcendental::{exp, log, pow};
use crate::scenario::society::Society;

/// Length of a review period (years): a quarter.
pub const QUARTER: f64 = 0.25;

/// Care that minimises c·e + rate·D: max(0, ln(κ·exposure·D/c)/κ), at most `most`.
pub fn rational_care(kappa: f64, exposure: f64, stake: f64, price: f64, most: f64) -> f64 {
    let argument = kappa * exposure * stake / price;
    if argument <= 1.0 {
        0.0
    } else {
        (log(argument) / kappa).min(most)
    }
}

/// Price of care at which care `target` is optimal: c = κ·exposure·D·e^{−κ·target}.
pub fn price_of_care(kappa: f64, exposure: f64, stake: f64, target: f64) -> f64 {
    kappa * exposure * stake * exp(-kappa * target)
}

/// Share of firms that meet a standard: logistic(slope·ln(benefit/cost)) = 1/(1 + (cost/benefit)^slope).
pub fn compliance(benefit: f64, cost: f64, slope: f64) -> f64 {
    1.0 / (1.0 + pow((cost + 1.0) / (benefit + 1.0), slope))
}

/// Exact relaxation of a stock over `h` years: growth against removal.
pub fn backlog_after(backlog: f64, growth: f64, removal: f64, h: f64) -> f64 {
    let target = growth / removal;
    target + (backlog - target) * exp(-removal * h)
}

/// Exact relaxation of remembered visits over `h` years: visits a year against forgetting.
pub fn remembered_after(remembered: f64, visits: f64, half_life: f64, h: f64) -> f64 {
    let forgetting = std::f64::consts::LN_2 / half_life;
    let target = visits / forgetting;
    target + (remembered - target) * exp(-forgetting * h)
}

/// Shares of a quarter that are the same for every enterprise.
#[derive(Clone, Copy, Debug)]
pub struct Quarterly {
    /// Share of the way to its target that management quality goes.
    pub growth: f64,
    /// Share of enterprises that entrants replace.
    pub turnover: f64,
    /// Share of remembered visits that is kept.
    pub memory_kept: f64,
    /// Remembered visits for one visit a year.
    pub memory_per_visit: f64,
    /// Share of the way that the perceived multiplier goes.
    pub perception: f64,
}

impl Quarterly {
    /// Computes the shares of a society.
    pub fn new(society: &Society) -> Self {
        let enterprise = &society.enterprise;
        let half_life = society.government.deterrence_half_life_years;
        Quarterly {
            growth: 1.0 - exp(-enterprise.capability_growth_per_year * QUARTER),
            turnover: 1.0 - exp(-enterprise.exit_rate_per_year * QUARTER),
            memory_kept: remembered_after(1.0, 0.0, half_life, QUARTER),
            memory_per_visit: remembered_after(0.0, 1.0, half_life, QUARTER),
            perception: 1.0
                - exp(-std::f64::consts::LN_2 * QUARTER / enterprise.perception_half_life_years),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Strict liability, D = H: e* = ln(κλ₀H/c)/κ (c = 1, κ = 2, λ₀ = 0.1, H = 100: 1.497866).
    #[test]
    fn rational_care_by_hand() {
        assert!((rational_care(2.0, 0.1, 100.0, 1.0, 9.0) - 1.497_866_136_8).abs() < 1e-9);
        assert_eq!(rational_care(1.0, 0.01, 50.0, 1.0, 9.0), 0.0);
        assert!((rational_care(2.0, 0.1, 20.0, 1.0, 9.0) - std::f64::consts::LN_2).abs() < 1e-9);
    }

    #[test]
    fn price_and_care_are_inverse() {
        let price = price_of_care(1.0, 3e-4, 2e6, 1.0);
        assert!((rational_care(1.0, 3e-4, 2e6, price, 3.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn half_comply_where_benefit_meets_cost() {
        assert!((compliance(500.0, 500.0, 1.2) - 0.5).abs() < 1e-12);
        assert!(compliance(5000.0, 500.0, 1.2) > 0.9);
    }

    proptest! {
        #[test]
        fn backlog_reaches_its_target(b in 0.0..30.0_f64, growth in 0.1..14.0_f64, removal in 0.1..20.0_f64) {
            let target = growth / removal;
            prop_assert!((backlog_after(target, growth, removal, 0.25) - target).abs() < 1e-9);
            prop_assert!((backlog_after(b, growth, removal, 1e3) - target).abs() < 1e-6);
            let once = backlog_after(b, growth, removal, 0.5);
            let twice = backlog_after(backlog_after(b, growth, removal, 0.25), growth, removal, 0.25);
            prop_assert!((once - twice).abs() < 1e-9);
        }
    }
}
