//! What the levers of a policy cost the public, beside the money of the nine functions: their unit prices are
//! facts of the society (`government.lever_price_yuan_per_head`).

use super::avoidance::Ceiling;
use super::{responsibility, sharing};
use crate::model::world::World;
use crate::scenario::policy::Policy;
use crate::scenario::society::Society;
use crate::vocabulary::{BudgetFunction, SizeClass, Table, Trade};

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
        + price.consequence_ceiling * workers_cut(policy, society, world)
        + price.digital_supervision * policy.remedy.digital_supervision
        + coordination;
    let on_the_spot = price.vulnerable_protection * avoidance.vulnerable_protection
        + price.village_call * intervention.village_call_share
        + price.source_removal * intervention.source_removal
        + price.shelter_places * intervention.shelter_places
        + price.after_action * intervention.after_action_depth
        + price.volunteers * policy.responsibility.volunteers_mobilised
        + price.responder_protection * policy.sharing.responders.protection
        + training_by_place(policy, society, world);
    Table::from_fn(|function| match function {
        BudgetFunction::Inspect => supervision,
        BudgetFunction::Train => on_the_spot,
        BudgetFunction::Respond => {
            price.containment * intervention.containment_multiplier
                + price.stocks * intervention.stocks
        }
        _ => 0.0,
    })
}

/// How far a ceiling on consequence cuts the most that can die, mean over all workers.
fn workers_cut(policy: &Policy, society: &Society, world: &World) -> f64 {
    let ceiling = Ceiling {
        deaths: policy.avoidance.consequence_ceiling_deaths,
        kept: 1.0,
    };
    let cells = &world.cells;
    let places = cells
        .workers
        .iter()
        .zip(cells.trade.iter().zip(&cells.size));
    let cut =
        |trade: Trade, size: SizeClass| ceiling.cut(society.trades[trade].sizes[size].deaths_cap);
    let workers: f64 = cells.workers.iter().sum();
    places
        .map(|(workers, (trade, size))| workers * cut(*trade, *size))
        .sum::<f64>()
        / workers.max(1.0)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::mechanisms::responsibility_of;
    use crate::model::world::build::build;
    use crate::scenario::{Overrides, load_experiment};

    /// Where a policy keeps a lever.
    type Lever = fn(&mut Policy) -> &mut f64;

    /// One more of a lever costs its price.
    #[test]
    fn a_lever_costs_its_price() {
        let checked = load_experiment("seminar-county", &Overrides::default()).unwrap();
        let (society, tables) = (&checked.society.society, &checked.society.tables);
        let world = build(society, tables, 1000);
        let baseline = &checked.baseline;
        let custom = &tables.responsibility;
        let owned = responsibility_of(&baseline.policy, &baseline.matrix, society, custom);
        let cost = |policy: &Policy| {
            let all = lever_cost(policy, &owned, society, &world);
            all.values().iter().sum::<f64>()
        };
        let price = &society.government.lever_price_yuan_per_head;
        let levers: [(Lever, f64); 13] = [
            (
                |p| &mut p.avoidance.risk_based_inspection,
                price.risk_rating,
            ),
            (|p| &mut p.avoidance.siting_distance, price.siting_distance),
            (|p| &mut p.avoidance.crowd_limit, price.crowd_limit),
            (
                |p| &mut p.avoidance.stability_assessment,
                price.stability_assessment,
            ),
            (
                |p| &mut p.avoidance.food_supervision,
                price.food_supervision,
            ),
            (
                |p| &mut p.remedy.digital_supervision,
                price.digital_supervision,
            ),
            (
                |p| &mut p.intervention.village_call_share,
                price.village_call,
            ),
            (|p| &mut p.intervention.source_removal, price.source_removal),
            (|p| &mut p.intervention.shelter_places, price.shelter_places),
            (
                |p| &mut p.intervention.after_action_depth,
                price.after_action,
            ),
            (
                |p| &mut p.responsibility.volunteers_mobilised,
                price.volunteers,
            ),
            (
                |p| &mut p.sharing.responders.protection,
                price.responder_protection,
            ),
            (
                |p| &mut p.intervention.containment_multiplier,
                price.containment,
            ),
        ];
        let usual = cost(&baseline.policy);
        for (number, (lever, price)) in levers.into_iter().enumerate() {
            let mut policy = baseline.policy.clone();
            *lever(&mut policy) += 1.0;
            let found = cost(&policy) - usual;
            assert!((found - price).abs() < 1e-9, "{number}: {found}, {price}");
        }
    }
}
