//! The six mechanisms: each takes its levers (and what money and execution make of them) and returns
//! an effect; none reaches into the world. Here the six are put together, once for a policy.
//!
//! One writer for each quantity. Where two meet: rates multiply, probabilities combine as
//! 1 − Π(1 − p), exposure as Π(1 − a), hours add in series and race in parallel, capacities add.

pub mod avoidance;
pub mod criteria;
pub mod intervention;
pub mod lever_cost;
pub mod remedy;
pub mod rescue;
pub mod responsibility;
pub mod sharing;

use crate::model::world::World;
use crate::scenario::policy::{Matrix, Policy};
use crate::scenario::society::Society;
use crate::vocabulary::{BudgetFunction, Category, Mechanism, Phase, Table, Vocabulary};

/// Which mechanism writes which quantity: the table behind "one writer per quantity".
pub const WRITERS: &[(&str, Mechanism)] = &[
    ("decision weights", Mechanism::Criteria),
    ("limits and suspensions", Mechanism::Criteria),
    ("grassroots share of staff", Mechanism::Criteria),
    ("slot admitted", Mechanism::Avoidance),
    ("most that can die", Mechanism::Avoidance),
    ("weight of visits", Mechanism::Avoidance),
    ("exposure", Mechanism::Avoidance),
    ("warned", Mechanism::Intervention),
    ("hours", Mechanism::Intervention),
    ("containment", Mechanism::Intervention),
    ("learning", Mechanism::Intervention),
    (
        "hazards and disputes removed at early signs",
        Mechanism::Intervention,
    ),
    ("rescue gear and supplies", Mechanism::Intervention),
    ("backlog", Mechanism::Remedy),
    ("plant age", Mechanism::Remedy),
    ("regulation gap", Mechanism::Remedy),
    ("hazards found online", Mechanism::Remedy),
    ("protective works", Mechanism::Remedy),
    ("execution", Mechanism::Responsibility),
    ("handover hours", Mechanism::Responsibility),
    ("liability share", Mechanism::Responsibility),
    ("sanctions", Mechanism::Responsibility),
    ("effort of owners", Mechanism::Responsibility),
    ("hazards mended by listing", Mechanism::Responsibility),
    ("payments", Mechanism::Sharing),
    ("take-up", Mechanism::Sharing),
    ("private stake", Mechanism::Sharing),
    ("rescue capacity at the scene", Mechanism::Sharing),
];

/// Public safety money of a policy, yuan a head and year, by function, beside the customary amounts.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// What the policy plans to spend.
    pub planned: Table<BudgetFunction, f64>,
    /// What is customary.
    pub customary: Table<BudgetFunction, f64>,
    /// What levers cost above the baseline's: rating, calls, coordination, linkage … (below zero =
    /// less), by the function that it is spent with. It buys the levers, and nothing of the function.
    pub levers: Table<BudgetFunction, f64>,
    /// What may be spent: the same for every policy, unless the experiment says otherwise.
    pub appropriation: f64,
    /// Appropriation that is not planned: returned to taxpayers.
    pub returned: f64,
}

/// What is solved before a policy's money is split, yuan a head and year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Solved {
    /// Expected relief and public rebuilding.
    pub relief: f64,
    /// Expected public premiums and subsidies.
    pub subsidy: f64,
    /// What levers cost above the baseline's, by function.
    pub levers: Table<BudgetFunction, f64>,
}

impl Money {
    /// Splits the appropriation: relief, subsidy and the price of levers first (solved before the
    /// run), then the seven planned functions, scaled down where they do not fit. Without an
    /// appropriation the policy gets what it plans: so the baseline sets the equal budget. The weight
    /// on life multiplies the life-saving functions; their sum with the others stays what it was. A
    /// budget multiplier enlarges the appropriation and with it the plan; a share before events
    /// divides what is planned between the functions before events and response.
    pub fn split(
        society: &Society,
        policy: &Policy,
        solved: Solved,
        appropriation: Option<f64>,
    ) -> Self {
        let mut plan = weighted_plan(policy);
        let levers: f64 = solved.levers.values().iter().sum();
        let first = solved.relief + solved.subsidy + levers;
        let kept = 1.0 - policy.budget.returned_share;
        let own = (plan.values().iter().sum::<f64>() + first) / kept.max(0.01);
        let usual = appropriation.unwrap_or(own);
        let appropriation = usual * policy.budget.multiplier;
        let free = (appropriation * kept - first).max(0.0);
        if policy.budget.multiplier != 1.0 {
            extend(&mut plan, (appropriation - usual) * kept);
        }
        if policy.budget.share_before_events > 0.0 {
            divide(
                &mut plan,
                appropriation * policy.budget.share_before_events,
                free,
            );
        }
        let wanted: f64 = plan.values().iter().sum();
        let scale = if wanted > free { free / wanted } else { 1.0 };
        let planned = plan.map(|function, amount| match function {
            BudgetFunction::Relief => solved.relief,
            BudgetFunction::Subsidy => solved.subsidy,
            _ => amount * scale,
        });
        let spent: f64 = planned.values().iter().sum::<f64>() + levers;
        Money {
            planned,
            customary: society.government.budget_yuan_per_head.clone(),
            levers: solved.levers,
            appropriation,
            returned: appropriation - spent,
        }
    }

    /// Money of a function relative to custom.
    pub fn relative(&self, function: BudgetFunction) -> f64 {
        self.planned[function] / self.customary[function]
    }
}

/// The plan after the weight on life, with an unchanged sum.
fn weighted_plan(policy: &Policy) -> Table<BudgetFunction, f64> {
    let plan = &policy.budget.plan_yuan_per_head;
    let weight = |function| {
        if saves_lives(function) {
            policy.criteria.weight_on_life
        } else {
            1.0
        }
    };
    let as_planned: f64 = BudgetFunction::ALL.iter().map(|f| plan.get(*f)).sum();
    let weighted: f64 = BudgetFunction::ALL
        .iter()
        .map(|f| plan.get(*f) * weight(*f))
        .sum();
    let keep = if weighted > 0.0 {
        as_planned / weighted
    } else {
        1.0
    };
    Table::from_fn(|function| plan.get(function) * weight(function) * keep)
}

/// Adds money to a plan (or takes it away), each function by its share.
fn extend(plan: &mut Table<BudgetFunction, f64>, more: f64) {
    let wanted: f64 = plan.values().iter().sum();
    if wanted > 0.0 {
        let scale = ((wanted + more) / wanted).max(0.0);
        *plan = plan.map(|_, amount| amount * scale);
    }
}

/// Gives the functions that work before events `before` in all, each by its share, and response
/// what is left of `free`.
fn divide(plan: &mut Table<BudgetFunction, f64>, before: f64, free: f64) {
    let wanted: f64 = plan.values().iter().sum::<f64>() - plan[BudgetFunction::Respond];
    let scale = before.min(free) / wanted.max(f64::MIN_POSITIVE);
    *plan = plan.map(|function, amount| match function {
        BudgetFunction::Respond => (free - before).max(0.0),
        _ => amount * scale,
    });
}

/// Whether a function saves lives first, property second.
fn saves_lives(function: BudgetFunction) -> bool {
    !matches!(
        function,
        BudgetFunction::Works | BudgetFunction::Relief | BudgetFunction::Subsidy
    )
}

/// The effects of all six mechanisms of one policy.
#[derive(Clone, Debug)]
pub struct Effects {
    /// Risk criteria.
    pub criteria: criteria::Effect,
    /// Risk avoidance.
    pub avoidance: avoidance::Effect,
    /// Risk intervention.
    pub intervention: intervention::Effect,
    /// Root-cause remedy.
    pub remedy: remedy::Effect,
    /// Responsibility matching.
    pub responsibility: responsibility::Effect,
    /// Risk sharing.
    pub sharing: sharing::Effect,
    /// Execution relative to the baseline, over all provinces.
    pub executed: responsibility::Relative,
}

/// The responsibility part alone, which the others need first.
pub fn responsibility_of(
    policy: &Policy,
    matrix: &Matrix,
    society: &Society,
    custom: &Matrix,
) -> responsibility::Effect {
    responsibility::effect(
        &policy.responsibility,
        matrix,
        society,
        custom,
        policy.criteria.grassroots_share,
    )
}

/// Puts the six together.
pub fn combine(
    world: &World,
    society: &Society,
    policy: &Policy,
    baseline: &Policy,
    money: &Money,
    owned: responsibility::Effect,
    owned_at_baseline: &responsibility::Effect,
) -> Effects {
    let municipal = world
        .provinces
        .iter()
        .filter(|p| p.municipality)
        .map(|p| p.population)
        .sum::<u64>();
    let share = municipal as f64 / world.population.max(1) as f64;
    let executed = responsibility::relative(&owned, owned_at_baseline, share);
    let mut intervention = intervention::effect(&policy.intervention, society, money, &executed);
    // Capacities add: troops beside professional teams.
    intervention.response_capacity[Category::Natural] *= 1.0 + owned.military_capacity;
    Effects {
        criteria: criteria::effect(&policy.criteria),
        avoidance: avoidance::effect(
            &policy.avoidance,
            &society.social,
            executed[Category::Accident][Phase::Prevent],
        ),
        intervention,
        remedy: remedy::effect(&policy.remedy, society, money, &executed, &baseline.remedy),
        sharing: sharing::effect(
            &policy.sharing,
            society,
            money,
            baseline.sharing.safety_liability.prevention_fee_share,
        ),
        responsibility: owned,
        executed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_policy_in;

    /// Money of the baseline with an appropriation of 400 yuan a head; its seven functions plan 365.7.
    fn money(change: fn(&mut Policy)) -> Money {
        let (society, mut policy) = load_policy_in("seminar-county", "current-2020", &[]).unwrap();
        change(&mut policy.policy);
        let solved = Solved {
            relief: 10.0,
            ..Solved::default()
        };
        Money::split(&society.society, &policy.policy, solved, Some(400.0))
    }

    #[test]
    fn a_multiplier_enlarges_the_plan_by_what_it_adds_to_the_appropriation() {
        let (usual, more) = (money(|_| ()), money(|p| p.budget.multiplier = 1.2));
        assert_eq!((usual.appropriation, more.appropriation), (400.0, 480.0));
        assert!((usual.returned - 24.3).abs() < 1e-9 && (more.returned - 24.3).abs() < 1e-9);
        let works = more.planned[BudgetFunction::Works];
        assert!((works - 203.0 * 445.7 / 365.7).abs() < 1e-9, "{works}");
        // 0.5 × 400 − 10 of relief = 190 are left of a plan of 165.7 after the cut.
        let less = money(|p| p.budget.multiplier = 0.5);
        assert!((less.planned[BudgetFunction::Works] - 203.0 * 165.7 / 365.7).abs() < 1e-9);
        assert!((less.returned - 24.3).abs() < 1e-9);
        assert_eq!(money(|p| p.budget.multiplier = 1.0), usual);
    }

    #[test]
    fn a_share_before_events_divides_what_relief_leaves() {
        let divided = money(|p| p.budget.share_before_events = 0.2);
        let before = |money: &Money| {
            let all: f64 = money.planned.values().iter().sum();
            all - money.planned[BudgetFunction::Respond] - money.planned[BudgetFunction::Relief]
        };
        assert!((before(&divided) - 80.0).abs() < 1e-9);
        assert!((divided.planned[BudgetFunction::Respond] - 310.0).abs() < 1e-9);
        // 203 of the 265.7 yuan before events are for works.
        let works = divided.planned[BudgetFunction::Works];
        assert!((works - 80.0 * 203.0 / 265.7).abs() < 1e-9, "{works}");
        assert!(divided.returned.abs() < 1e-9);
        // More than there is: all of it, and nothing for response.
        let most = money(|p| {
            p.budget.share_before_events = 0.8;
            p.budget.multiplier = 0.5;
        });
        assert!((before(&most) - 160.0).abs() < 1e-9);
        assert!((most.planned[BudgetFunction::Respond] - 30.0).abs() < 1e-9);
    }

    #[test]
    fn every_quantity_has_one_writer_and_every_mechanism_writes() {
        for (i, (quantity, _)) in WRITERS.iter().enumerate() {
            assert!(
                WRITERS
                    .iter()
                    .skip(i + 1)
                    .all(|(other, _)| other != quantity),
                "{quantity} has two writers"
            );
        }
        for mechanism in Mechanism::ALL {
            assert!(
                WRITERS.iter().any(|(_, writer)| writer == mechanism),
                "{mechanism:?} writes nothing"
            );
        }
    }
}
