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

use std::array;

use crate::model::lanes::{ABREAST, Abreast};
use crate::model::transcendental::{exp, exp_each, log, log_each, pow_each};
use crate::scenario::society::{Enterprise, Society};

use super::stake::Stake;

/// Length of a review period (years): a quarter.
pub const QUARTER: f64 = 0.25;

/// Care that minimises c·e + rate·D: max(0, ln(κ·exposure·D/c)/κ), at most `most`.
pub fn rational_care(kappa: f64, exposure: f64, stake: f64, price: f64, most: f64) -> f64 {
    let argument = kappa * exposure * stake / price;
    care_at(argument, log(argument.max(1.0)), kappa, most)
}

/// The same of κπλD/c and its logarithm.
fn care_at(argument: f64, log: f64, kappa: f64, most: f64) -> f64 {
    if argument <= 1.0 {
        0.0
    } else {
        (log / kappa).min(most)
    }
}

/// Price of care at which care `target` is optimal: c = κ·exposure·D·e^{−κ·target}.
pub fn price_of_care(kappa: f64, exposure: f64, stake: f64, target: f64) -> f64 {
    kappa * exposure * stake * exp(-kappa * target)
}

/// Share of firms that meet a standard: logistic(slope·ln(benefit/cost)) = 1/(1 + (cost/benefit)^slope).
pub fn compliance(benefit: &Abreast<f64>, cost: &Abreast<f64>, slope: f64) -> Abreast<f64> {
    let ratio = array::from_fn(|lane| (cost[lane] + 1.0) / (benefit[lane] + 1.0));
    pow_each(&ratio, slope).map(|odds| 1.0 / (1.0 + odds))
}

/// What an enterprise weighs when it chooses its care.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Accidents a worker-year that care can reach, as the firm perceives them: πλ_sM(1 − φ)·Π(1 − q_j).
    pub exposure: f64,
    /// What an accident costs it (yuan).
    pub stake: Stake,
    /// Price of care in deciding (yuan per worker-year and unit of e).
    pub price_of_care: f64,
    /// Workers of an establishment.
    pub workers: f64,
    /// Fines that it reckons with a year below the standard (yuan).
    pub fines: f64,
    /// What care costs (yuan per worker-year and unit of e).
    pub cost_of_care: f64,
    /// Most care that it can afford, e_max at most.
    pub most: f64,
}

/// What an enterprise holds on to by habit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Habit {
    /// Care that it takes without regard to the standard.
    pub care: f64,
    /// Stake that meeting the standard saves a year (yuan).
    pub saved: f64,
}

impl Choice {
    /// What a rational firm does ([`rational`]).
    pub fn rational(&self, rules: &Enterprise) -> Habit {
        rational(&[*self; ABREAST], rules)[0]
    }

    /// The care that a firm aims at ([`with_standard`]).
    pub fn with_standard(&self, habit: Habit, rules: &Enterprise) -> f64 {
        with_standard(&[*self; ABREAST], &[habit; ABREAST], rules)[0]
    }

    /// What a firm does with its care of least cost (units of e), of which the rate is left in part (`left`; at the
    /// standard `at_standard`), and the stake that meeting the standard would save it.
    fn habit(&self, care: f64, left: f64, at_standard: f64, rules: &Enterprise) -> Habit {
        let excused = self.stake.at_fault - self.stake.with_due_care;
        if care >= rules.care_standard && excused > 0.0 {
            // Due care is free of debt: no more than the standard, unless what is left asks for it.
            let best = rational_care(
                rules.care_kappa,
                self.exposure,
                self.stake.with_due_care,
                self.price_of_care,
                self.most,
            );
            let care = best.max(rules.care_standard);
            return Habit { care, saved: 0.0 };
        }
        let averted = left - at_standard;
        let saved = self.exposure * averted * self.stake.at_fault * self.workers
            + self.exposure * at_standard * excused * self.workers;
        Habit { care, saved }
    }
}

/// What rational firms do: the least of cost and expected payments, and the stake that meeting the standard would
/// save them.
pub fn rational(choices: &Abreast<Choice>, rules: &Enterprise) -> Abreast<Habit> {
    let kappa = rules.care_kappa;
    let arguments = choices
        .each_ref()
        .map(|own| kappa * own.exposure * own.stake.at_fault / own.price_of_care);
    let logs = log_each(&arguments.map(|argument| argument.max(1.0)));
    let care: Abreast<f64> =
        array::from_fn(|lane| care_at(arguments[lane], logs[lane], kappa, choices[lane].most));
    let left = exp_each(&care.map(|care| -kappa * care));
    let at_standard = exp(-kappa * rules.care_standard);
    array::from_fn(|lane| choices[lane].habit(care[lane], left[lane], at_standard, rules))
}

/// The care aimed at: the habit, or the standard where a firm complies.
pub fn with_standard(
    choices: &Abreast<Choice>,
    habits: &Abreast<Habit>,
    rules: &Enterprise,
) -> Abreast<f64> {
    let missing = habits.map(|habit| rules.care_standard - habit.care);
    let cost = array::from_fn(|lane| {
        let own = &choices[lane];
        own.cost_of_care * own.workers * missing[lane].max(0.0) * rules.standard_discount
    });
    let benefit = array::from_fn(|lane| {
        let asked = missing[lane] > 0.0;
        choices[lane].fines + if asked { habits[lane].saved } else { 0.0 }
    });
    let share = compliance(&benefit, &cost, rules.compliance_slope);
    array::from_fn(|lane| {
        let care = habits[lane].care;
        if care >= rules.care_standard {
            care
        } else {
            care + share[lane] * missing[lane]
        }
    })
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
