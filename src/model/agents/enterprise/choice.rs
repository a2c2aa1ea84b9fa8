//! What enterprises weigh when they choose their care, and what they choose: a row abreast, figure by figure, so
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
fn of_least_cost(choices: &Choices, kappa: f64, at_standard: f64) -> Habits {
    least_cost_plainly(choices, kappa, at_standard)
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn least_cost_plainly(own: &Choices, kappa: f64, at_standard: f64) -> Habits {
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
pub fn with_standard(choices: &Choices, habits: &Habits, rules: &Enterprise) -> Abreast<f64> {
    with_standard_plainly(choices, habits, rules)
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn with_standard_plainly(own: &Choices, habits: &Habits, rules: &Enterprise) -> Abreast<f64> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::random::{Purpose, Stream};
    use crate::model::transcendental::pow;
    use crate::model::world::sample::society as sample_society;

    type Found = (Habits, Abreast<f64>);

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    fn both(own: &Choices, habits: &Habits, rules: &Enterprise) -> Found {
        let at_standard = exp(-rules.care_kappa * rules.care_standard);
        let least = least_cost_plainly(own, rules.care_kappa, at_standard);
        (least, with_standard_plainly(own, habits, rules))
    }

    #[multiversion(targets("x86_64+avx2"))]
    fn with_avx2(own: &Choices, habits: &Habits, rules: &Enterprise) -> Found {
        both(own, habits, rules)
    }

    #[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl"))]
    fn with_avx512(own: &Choices, habits: &Habits, rules: &Enterprise) -> Found {
        both(own, habits, rules)
    }

    /// What one firm does by the equations, whatever others do.
    fn alone(own: &Choice, habit: Habit, rules: &Enterprise) -> (Habit, f64) {
        let kappa = rules.care_kappa;
        let stake = own.stake.at_fault;
        let care = rational_care(kappa, own.exposure, stake, own.price_of_care, own.most);
        let at_standard = exp(-kappa * rules.care_standard);
        let averted = exp(-kappa * care) - at_standard;
        let excused = stake - own.stake.with_due_care;
        let saved = own.exposure * averted * stake * own.workers
            + own.exposure * at_standard * excused * own.workers;
        let missing = rules.care_standard - habit.care;
        if missing <= 0.0 {
            return (Habit { care, saved }, habit.care);
        }
        let cost = own.cost_of_care * own.workers * missing * rules.standard_discount;
        let benefit = own.fines + habit.saved;
        let odds = pow((cost + 1.0) / (benefit + 1.0), rules.compliance_slope);
        let aimed = habit.care + 1.0 / (1.0 + odds) * missing;
        (Habit { care, saved }, aimed)
    }

    /// Abreast as one by one, in the version that this machine chooses and in each that it has.
    #[test]
    fn choices_abreast_are_what_they_are_alone() {
        let rules = sample_society().0.enterprise;
        let stream = Stream::new(5, 0, Purpose::Enterprises);
        let drawn = |round: u64, mark: u32, most: f64| -> Abreast<f64> {
            array::from_fn(|lane| most * stream.uniform(round, lane as u32, mark))
        };
        let bits = |values: &Abreast<f64>| values.map(f64::to_bits);
        for round in 0..200 {
            let at_fault = drawn(round, 1, 2e6);
            let spared = drawn(round, 2, 1.0);
            let own = Choices {
                exposure: drawn(round, 0, 2e-2),
                at_fault,
                with_due_care: array::from_fn(|lane| at_fault[lane] * spared[lane]),
                price_of_care: drawn(round, 3, 4e3),
                workers: drawn(round, 4, 300.0),
                fines: drawn(round, 5, 1e5),
                cost_of_care: drawn(round, 6, 5e3),
                most: drawn(round, 7, 3.0),
            };
            let habits = Habits {
                care: drawn(round, 8, 2.0),
                saved: drawn(round, 9, 1e5),
            };
            let known: Abreast<(Habit, f64)> =
                array::from_fn(|lane| alone(&own.of(lane), habits.of(lane), &rules));
            let of = |figure: fn(&(Habit, f64)) -> f64| bits(&known.each_ref().map(figure));
            let chosen = both(&own, &habits, &rules);
            for (least, aimed) in [
                chosen,
                with_avx2(&own, &habits, &rules),
                with_avx512(&own, &habits, &rules),
            ] {
                assert_eq!(bits(&least.care), of(|(habit, _)| habit.care));
                assert_eq!(bits(&least.saved), of(|(habit, _)| habit.saved));
                assert_eq!(bits(&aimed), of(|(_, aimed)| *aimed));
            }
            assert_eq!(bits(&with_standard(&own, &habits, &rules)), bits(&chosen.1));
        }
    }
}
