//! Enterprises: how much care they take, and what that makes of their rate of accidents.
//!
//! *Equations.* Rational care e* = clip(ln(κπλ_sM(1 − φ)·Π(1 − q_j)·D/c)/κ, 0, e_max), with M = f_b·f_τ·…
//! as the firm perceives it (half-life two years) and q_j the chance that neighbour j's accident would
//! have hit it anyhow. The share that meets the standard instead is logistic(s·ln(benefit/cost)),
//! benefit = visits × P(find) × fine + saved stake, where due care may save the debt to others as well
//! (negligence). Under the rule `habit` both own care and saved stake are those at rest under the
//! baseline; only the fines move. Care moves a share (inertia) of the way each quarter. Backlog b follows
//! exactly b∞ + (b − b∞)e^{−δh}, b∞ = g(1 − q)/δ; where visits have instants, each leaves the share
//! 1 − found·mended of it. Shavell 1980; Kunreuther & Heal 2003; Levine, Toffel & Johnson 2012 for the
//! effect of visits.

mod choice;
mod quarter;
mod rate;

use crate::model::transcendental::{exp, log};
use crate::scenario::society::{Enterprise, Society};

pub use choice::{Choice, Choices, Habit, Habits, rational, with_standard};
pub use quarter::{After, Before, Terms, after_quarter};
pub use rate::{Sources, rates_of};

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

/// Most care that a firm can afford: where its cost is a share of the margin, e_max at most.
pub fn affordable_care(rules: &Enterprise, value_added: f64, cost_of_care: f64) -> f64 {
    let margin = rules.closure_margin_share * value_added;
    (rules.care_share_of_margin * margin / cost_of_care).min(rules.care_max)
}

/// Probability that no neighbour's accident would have hit a firm within the horizon: Π(1 − q_j) with
/// 1 − q_j = exp(−contagion·λ_j·years), λ_j the accidents a year of neighbour j. Kunreuther & Heal 2003.
pub fn safe_from_neighbours(accidents_a_year: f64, contagion: f64, years: f64) -> f64 {
    exp(-contagion * accidents_a_year * years)
}

/// Exact backlog after `h` years in which visits at the instants `visits` (years from now, in order)
/// each leave the share `kept` of what is open.
pub fn backlog_with_visits(
    backlog: f64,
    growth: f64,
    removal: f64,
    h: f64,
    visits: impl Iterator<Item = f64>,
    kept: f64,
) -> f64 {
    let (mut now, mut open) = (0.0, backlog);
    for instant in visits.take_while(|instant| *instant < h) {
        open = kept * backlog_after(open, growth, removal, instant - now);
        now = instant;
    }
    backlog_after(open, growth, removal, h - now)
}

/// Exact relaxation of a stock over `h` years: growth against removal.
pub fn backlog_after(backlog: f64, growth: f64, removal: f64, h: f64) -> f64 {
    backlog_kept(backlog, [growth, removal], h, exp(-removal * h))
}

/// The same where the share e^{−removal·h} of what is open is `kept`.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
pub fn backlog_kept(backlog: f64, [growth, removal]: [f64; 2], h: f64, kept: f64) -> f64 {
    if removal <= 0.0 {
        return backlog + growth * h;
    }
    let target = growth / removal;
    target + (backlog - target) * kept
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
mod tests;
