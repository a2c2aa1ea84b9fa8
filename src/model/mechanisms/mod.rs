//! The six mechanisms: each takes its levers (and what money and execution make of them) and returns
//! an effect; none reaches into the world. Here the six are put together, once for a policy.
//!
//! One writer for each quantity. Where two meet: rates multiply, probabilities combine as
//! 1 − Π(1 − p), exposure as Π(1 − a), hours add in series and race in parallel, capacities add.

pub mod avoidance;
pub mod criteria;
pub mod intervention;
pub mod remedy;
pub mod rescue;
pub mod responsibility;
pub mod sharing;

use crate::model::world::World;
use crate::scenario::policy::{Matrix, Policy};
use crate::scenario::society::Society;
use crate::vocabulary::{BudgetFunction, Category, Mechanism, SizeClass, Table, Vocabulary};

/// Which mechanism writes which quantity: the table behind "one writer per quantity".
pub const WRITERS: &[(&str, Mechanism)] = &[
    ("decision weights", Mechanism::Criteria),
    ("limits and suspensions", Mechanism::Criteria),
    ("grassroots share of staff", Mechanism::Criteria),
    ("slot admitted", Mechanism::Avoidance),
    ("weight of visits", Mechanism::Avoidance),
    ("exposure", Mechanism::Avoidance),
    ("warned", Mechanism::Intervention),
    ("hours", Mechanism::Intervention),
    ("containment", Mechanism::Intervention),
    ("learning", Mechanism::Intervention),
    ("backlog", Mechanism::Remedy),
    ("plant age", Mechanism::Remedy),
    ("regulation gap", Mechanism::Remedy),
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
    /// on life multiplies the life-saving functions; their sum with the others stays what it was.
    pub fn split(
        society: &Society,
        policy: &Policy,
        solved: Solved,
        appropriation: Option<f64>,
    ) -> Self {
        let plan = weighted_plan(policy);
        let wanted: f64 = plan.values().iter().sum();
        let levers: f64 = solved.levers.values().iter().sum();
        let first = solved.relief + solved.subsidy + levers;
        let own = (wanted + first) / (1.0 - policy.budget.returned_share).max(0.01);
        let appropriation = appropriation.unwrap_or(own);
        let free = (appropriation * (1.0 - policy.budget.returned_share) - first).max(0.0);
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

/// What the levers of a policy cost, yuan a head and year (before the baseline's is taken off), by the
/// function that it is spent with.
pub fn lever_cost(
    policy: &Policy,
    owned: &responsibility::Effect,
    society: &Society,
    world: &World,
) -> Table<BudgetFunction, f64> {
    let price = &society.government.lever_price_yuan_per_head;
    let avoidance = &policy.avoidance;
    let intervention = &policy.intervention;
    let coordination = owned.coordination_yuan_per_county_year * world.counties.len() as f64
        / world.population.max(1) as f64;
    let supervision = price.risk_rating * avoidance.risk_based_inspection
        + price.siting_distance * avoidance.siting_distance
        + price.crowd_limit * avoidance.crowd_limit
        + price.stability_assessment * avoidance.stability_assessment
        + price.food_supervision * avoidance.food_supervision
        + coordination;
    let on_the_spot = price.vulnerable_protection * avoidance.vulnerable_protection
        + price.village_call * intervention.village_call_share
        + price.after_action * intervention.after_action_depth
        + price.volunteers * policy.responsibility.volunteers_mobilised
        + price.responder_protection * policy.sharing.responders.protection
        + training_by_place(policy, society, world);
    Table::from_fn(|function| match function {
        BudgetFunction::Inspect => supervision,
        BudgetFunction::Train => on_the_spot,
        BudgetFunction::Respond => price.containment * intervention.containment_multiplier,
        _ => 0.0,
    })
}

/// Training of those who work in high-risk fields, at the front line of services and in key units, yuan a
/// head of all people and year.
fn training_by_place(policy: &Policy, society: &Society, world: &World) -> f64 {
    let trained = &policy.sharing.responders;
    let people = world
        .cells
        .workers
        .iter()
        .enumerate()
        .map(|(cell, workers)| {
            let trade = world.cells.trade[cell];
            let mut share = 0.0;
            if society.trades[trade].safety_liability_compulsory {
                share += trained.high_risk;
            }
            if sharing::serves_the_public(trade) {
                share += trained.front_line;
            }
            if world.cells.size[cell] == SizeClass::Large {
                share += trained.key_units;
            }
            workers * share
        });
    people.sum::<f64>() * society.rescue.responder_training_yuan_per_person_year
        / world.population.max(1) as f64
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
        avoidance: avoidance::effect(&policy.avoidance, &society.social),
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
