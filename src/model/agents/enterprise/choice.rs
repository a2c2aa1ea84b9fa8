//! What enterprises weigh when they choose their care, and what they choose: sixteen abreast, figure by figure, so
//! that each line of arithmetic is a few vector instructions (equations in the head of [`super`]).

use std::array;

use multiversion::multiversion;

use super::rational_care;
use crate::model::agents::stake::Stake;
use crate::model::lanes::{ABREAST, Abreast};
use crate::model::transcendental::{exp, exps, logs};
use crate::scenario::society::Enterprise;

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

/// The choices of enterprises abreast, each figure as in [`Choice`].
#[derive(Clone, Copy, Debug)]
pub struct Choices {
    /// Accidents a worker-year that care can reach, as perceived.
    pub exposure: Abreast<f64>,
    /// What an accident costs (yuan) where the firm is at fault.
    pub at_fault: Abreast<f64>,
    /// The same where due care excuses it (yuan).
    pub with_due_care: Abreast<f64>,
    /// Price of care in deciding (yuan per worker-year and unit of e).
    pub price_of_care: Abreast<f64>,
    /// Workers of an establishment.
    pub workers: Abreast<f64>,
    /// Fines a year below the standard (yuan).
    pub fines: Abreast<f64>,
    /// What care costs (yuan per worker-year and unit of e).
    pub cost_of_care: Abreast<f64>,
    /// Most care that can be afforded.
    pub most: Abreast<f64>,
}

/// Habits of enterprises abreast.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// Care without regard to the standard.
    pub care: Abreast<f64>,
    /// Stake that meeting the standard saves a year (yuan).
    pub saved: Abreast<f64>,
}

impl Choice {
    /// What a rational firm does ([`rational`]).
    pub fn rational(&self, rules: &Enterprise) -> Habit {
        rational(&Choices::alike(self), rules).of(0)
    }

    /// The care that a firm aims at ([`with_standard`]).
    pub fn with_standard(&self, habit: Habit, rules: &Enterprise) -> f64 {
        let habits = Habits::gathered(|_| habit);
        with_standard(&Choices::alike(self), &habits, rules)[0]
    }
}

impl Choices {
    /// Enterprises that all weigh the same.
    fn alike(own: &Choice) -> Self {
        Choices {
            exposure: [own.exposure; ABREAST],
            at_fault: [own.stake.at_fault; ABREAST],
            with_due_care: [own.stake.with_due_care; ABREAST],
            price_of_care: [own.price_of_care; ABREAST],
            workers: [own.workers; ABREAST],
            fines: [own.fines; ABREAST],
            cost_of_care: [own.cost_of_care; ABREAST],
            most: [own.most; ABREAST],
        }
    }

    /// The choice of one of them.
    pub fn of(&self, lane: usize) -> Choice {
        Choice {
            exposure: self.exposure[lane],
            stake: Stake {
                at_fault: self.at_fault[lane],
                with_due_care: self.with_due_care[lane],
            },
            price_of_care: self.price_of_care[lane],
            workers: self.workers[lane],
            fines: self.fines[lane],
            cost_of_care: self.cost_of_care[lane],
            most: self.most[lane],
        }
    }

    /// Where due care frees one of them of the debt, its care: no more than the standard, unless what is left asks
    /// for it.
    fn excused(&self, lane: usize, rules: &Enterprise) -> f64 {
        let best = rational_care(
            rules.care_kappa,
            self.exposure[lane],
            self.with_due_care[lane],
            self.price_of_care[lane],
            self.most[lane],
        );
        best.max(rules.care_standard)
    }
}

impl Habits {
    /// Of each enterprise of a row.
    pub fn gathered(of: impl Fn(usize) -> Habit) -> Self {
        let habits: Abreast<Habit> = array::from_fn(of);
        Habits {
            care: habits.map(|own| own.care),
            saved: habits.map(|own| own.saved),
        }
    }

    /// The habit of one of them.
    pub fn of(&self, lane: usize) -> Habit {
        Habit {
            care: self.care[lane],
            saved: self.saved[lane],
        }
    }
}

/// What rational firms do: the least of cost and expected payments, and the stake that meeting the standard would
/// save them.
pub fn rational(choices: &Choices, rules: &Enterprise) -> Habits {
    let kappa = rules.care_kappa;
    let at_standard = exp(-kappa * rules.care_standard);
    let mut habits = of_least_cost(choices, kappa, at_standard);
    for lane in 0..ABREAST {
        let frees = choices.at_fault[lane] > choices.with_due_care[lane];
        if frees && habits.care[lane] >= rules.care_standard {
            habits.care[lane] = choices.excused(lane, rules);
            habits.saved[lane] = 0.0;
        }
    }
    habits
}

/// Care of least cost, and the stake that the standard, at which `at_standard` of the rate is left, would save.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
#[expect(clippy::needless_range_loop, reason = "many columns at one lane")]
fn of_least_cost(own: &Choices, kappa: f64, at_standard: f64) -> Habits {
    let (mut arguments, mut bounded) = ([0.0; ABREAST], [0.0_f64; ABREAST]);
    for lane in 0..ABREAST {
        arguments[lane] = kappa * own.exposure[lane] * own.at_fault[lane] / own.price_of_care[lane];
        bounded[lane] = arguments[lane].max(1.0);
    }
    let logs = logs(&bounded);
    let (mut care, mut powers) = ([0.0; ABREAST], [0.0; ABREAST]);
    for lane in 0..ABREAST {
        let best = (logs[lane] / kappa).min(own.most[lane]);
        care[lane] = if arguments[lane] <= 1.0 { 0.0 } else { best };
        powers[lane] = -kappa * care[lane];
    }
    let left = exps(&powers);
    let mut saved = [0.0; ABREAST];
    for lane in 0..ABREAST {
        let averted = left[lane] - at_standard;
        let excused = own.at_fault[lane] - own.with_due_care[lane];
        saved[lane] = own.exposure[lane] * averted * own.at_fault[lane] * own.workers[lane]
            + own.exposure[lane] * at_standard * excused * own.workers[lane];
    }
    Habits { care, saved }
}

/// The care aimed at: the habit, or the standard where a firm complies.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
#[expect(clippy::needless_range_loop, reason = "many columns at one lane")]
pub fn with_standard(own: &Choices, habits: &Habits, rules: &Enterprise) -> Abreast<f64> {
    let (mut cost, mut benefit) = ([0.0; ABREAST], [0.0; ABREAST]);
    for lane in 0..ABREAST {
        let missing = rules.care_standard - habits.care[lane];
        cost[lane] =
            own.cost_of_care[lane] * own.workers[lane] * missing.max(0.0) * rules.standard_discount;
        let saved = if missing > 0.0 {
            habits.saved[lane]
        } else {
            0.0
        };
        benefit[lane] = own.fines[lane] + saved;
    }
    let share = complying(&benefit, &cost, rules.compliance_slope);
    let mut aimed = [0.0; ABREAST];
    for lane in 0..ABREAST {
        let care = habits.care[lane];
        let towards = care + share[lane] * (rules.care_standard - care);
        aimed[lane] = if care >= rules.care_standard {
            care
        } else {
            towards
        };
    }
    aimed
}

/// Share of firms that meet a standard: logistic(slope·ln(benefit/cost)) = 1/(1 + (cost/benefit)^slope).
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
#[expect(clippy::needless_range_loop, reason = "two columns at one lane")]
pub(super) fn complying(benefit: &Abreast<f64>, cost: &Abreast<f64>, slope: f64) -> Abreast<f64> {
    let mut ratio = [0.0; ABREAST];
    for lane in 0..ABREAST {
        ratio[lane] = (cost[lane] + 1.0) / (benefit[lane] + 1.0);
    }
    let mut powers = logs(&ratio);
    for power in &mut powers {
        *power *= slope;
    }
    let mut share = exps(&powers);
    for share in &mut share {
        *share = 1.0 / (1.0 + *share);
    }
    share
}
