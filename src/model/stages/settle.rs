//! Stage 7, settle: every fen of loss finds its final bearer, and the event is written down.

use crate::model::random::normal_quantile;
use crate::model::record::{EventRow, Resource};
use crate::model::run::Run;
use crate::model::settlement::accident::{AccidentClaim, settle_accident};
use crate::model::settlement::ledger::EventTotals;
use crate::model::settlement::money::from_yuan;
use crate::model::settlement::natural::{NaturalEvent, settle_natural};
use crate::model::settlement::person::{PersonClaim, PropertyLoss, settle_person};
use crate::model::stages::intervene::mark;
use crate::model::stages::{Event, Harm, Response, Source};
use crate::model::transcendental::exp;
use crate::vocabulary::{Category, Cause, Grade, Kind};

/// Settles an event and records it.
pub fn settle(run: &mut Run, event: &Event, response: &Response, harm: &Harm) {
    let totals = match event.source {
        Source::Footprint(number) => natural(run, number as usize, response),
        Source::Enterprise(agent) => accident(run, event, agent as usize, response, harm),
        Source::County(_) => person(run, event, response, harm),
    };
    let lesson_province = run.model.world.counties.province[event.county as usize];
    let mut response = *response;
    response.children += run.remember(event, harm);
    run.record
        .event(run.model, event, &response, harm, &totals, lesson_province);
    write(run, event, &response, harm, &totals);
}

fn natural(run: &mut Run, number: usize, response: &Response) -> EventTotals {
    let event = NaturalEvent {
        kind: run.history.natural.events[number].kind,
        owner: response.failed.and_then(|(_, owner)| owner),
    };
    let strikes = std::mem::take(&mut run.scratch.strikes);
    let mut outcomes = std::mem::take(&mut run.scratch.outcomes);
    let totals = settle_natural(
        &run.regime.arrangement,
        &event,
        &strikes,
        &mut run.state.books,
        &mut outcomes,
    );
    run.record
        .damage_natural(&strikes, &outcomes, &run.regime.arrangement);
    run.open_damages(event.kind, &strikes, &outcomes);
    run.scratch.strikes = strikes;
    run.scratch.outcomes = outcomes;
    totals
}

fn accident(
    run: &mut Run,
    event: &Event,
    agent: usize,
    response: &Response,
    harm: &Harm,
) -> EventTotals {
    let model = run.model;
    let facts = model.enterprise(agent);
    let society = &model.society;
    let trade = &society.trades[facts.trade];
    let marks = run.streams.accident;
    let uniform = |purpose| marks.uniform(event.identity, 0, purpose);
    let sigma = society.accident.own_damage_sigma_log;
    let spread = exp(sigma * normal_quantile(uniform(mark::DAMAGE)) - 0.5 * sigma * sigma);
    let own = trade.own_damage_yuan_per_accident
        * (1.0 + society.accident.own_damage_per_death * f64::from(harm.deaths))
        * spread;
    let own = own
        .min(trade.plant_value_yuan_per_worker * facts.workers / facts.establishments * 3.0 + 1e5);
    let median = trade.sizes[facts.size].assets_liquid_median_yuan;
    let assets =
        median * exp(society.enterprise.asset_sigma_log * normal_quantile(uniform(mark::ASSETS)));
    let injured = f64::from(harm.injuries);
    let third = trade.third_party_share;
    let treatment = injured * society.natural.treatment_yuan_per_injury;
    let earnings = injured * society.natural.earnings_lost_yuan_per_injury;
    run.record
        .resource(Resource::Treatment, treatment + earnings);
    let grade = Grade::of_deaths(harm.reported.max(1));
    let severity = run.regime.firm_severity;
    let fine = if harm.known && harm.reported > 0 {
        let aggravated = if harm.exposed {
            society.government.fine_concealment_yuan
        } else {
            0.0
        };
        society.government.fine_accident_yuan[grade]
            * society.government.fine_imposed_share
            * (0.5 + 0.5 * severity)
            + aggravated
    } else {
        0.0
    };
    let claim = AccidentClaim {
        owner: response.failed.and_then(|(_, owner)| owner),
        workers_dead: harm.deaths - harm.third_party_deaths,
        third_parties_dead: harm.third_party_deaths,
        worker_treatment: from_yuan(treatment * (1.0 - third)),
        worker_earnings: from_yuan(earnings * (1.0 - third)),
        third_party_treatment: from_yuan(treatment * third),
        third_party_earnings: from_yuan(earnings * third),
        third_party_property: from_yuan(
            society.accident.property_share_of_third_party * own * third,
        ),
        own_damage: from_yuan(own),
        negligent: f64::from(run.state.enterprises.care[agent]) < society.enterprise.care_standard,
        liability_insured: uniform(mark::COVERED)
            < run.regime.effects.sharing.liability_take_up[facts.trade],
        property_insured: uniform(mark::PROPERTY)
            < run.regime.policy.sharing.enterprise_property.take_up,
        assets_liquid: from_yuan(assets),
        fine: from_yuan(fine),
        fifth_weights: harm.deaths_by_fifth.map(i64::from),
    };
    let outcome = settle_accident(&run.regime.arrangement, &claim, &mut run.state.books);
    run.record.damage_accident(
        own,
        society.accident.property_share_of_third_party * own * third,
    );
    let weeks = society.accident.suspension_weeks[grade];
    if harm.known && harm.deaths > 0 {
        let output = trade.value_added_yuan_per_worker_year * facts.workers / facts.establishments;
        run.record
            .resource(Resource::LostOutput, output * weeks / 52.0);
    }
    run.grieve(event.county, outcome.unpaid_by_fifth.iter().sum());
    outcome.totals
}

/// Health and social events; an outbreak's later cases are settled as they come.
fn person(run: &mut Run, event: &Event, response: &Response, harm: &Harm) -> EventTotals {
    let society = &run.model.society;
    let category = event.kind.category();
    let (treatment, earnings) = match category {
        Category::Health => {
            let severe = if event.kind == Kind::FoodborneOutbreak {
                1.0
            } else {
                society.health.severe_share
            };
            (
                society.health.treatment_yuan_per_case * severe,
                society.health.earnings_yuan_per_case,
            )
        }
        _ => (
            society.natural.treatment_yuan_per_injury,
            society.natural.earnings_lost_yuan_per_injury,
        ),
    };
    let people = f64::from(harm.injuries);
    run.record
        .resource(Resource::Treatment, people * (treatment + earnings));
    let destroyed = if event.kind == Kind::EscalatedDispute {
        harm.magnitude * society.social.dispute_loss_yuan_per_person
    } else {
        0.0
    };
    let property = PropertyLoss::by_weights(from_yuan(destroyed), &DISPUTE_OWNERS);
    run.record
        .damage_dispute(property.residents, property.enterprises, property.public);
    let claim = PersonClaim {
        category,
        cause: if category == Category::Health {
            Cause::Infection
        } else {
            Cause::Person
        },
        owner: response.failed.and_then(|(_, owner)| owner),
        municipality: run.municipal(event.county),
        treatment: from_yuan(people * treatment),
        earnings: from_yuan(people * earnings),
        property,
        deaths_consoled: if category == Category::Social {
            harm.deaths
        } else {
            0
        },
        fifth_weights: harm.deaths_by_fifth.map(i64::from),
    };
    let outcome = settle_person(&run.regime.arrangement, &claim, &mut run.state.books);
    run.grieve(event.county, outcome.unpaid_by_fifth.iter().sum());
    outcome.totals
}

/// Whose property a dispute destroys: residents', enterprises', public (assumption).
const DISPUTE_OWNERS: [i64; 3] = [20, 50, 30];

fn write(run: &mut Run, event: &Event, response: &Response, harm: &Harm, totals: &EventTotals) {
    let row = EventRow {
        week: run.horizon_week(),
        event: event.identity,
        parent: event.parent,
        generation: event.generation,
        kind: event.kind,
        province: u32::from(run.model.world.counties.province[event.county as usize]),
        magnitude: harm.magnitude,
        warned_share: harm.warned_share,
        hours_to_reach: response.hours,
        contained: response.contained,
        deaths: u64::from(harm.deaths),
        deaths_reported: u64::from(harm.reported),
        injuries: u64::from(harm.injuries),
        counties: harm.counties,
        loss_fen: totals.direct,
        insured_fen: totals.insured + totals.social_insurance,
        public_fen: totals.public,
        uncompensated_fen: totals.uncompensated,
        failed_owner: response.failed.and_then(|(_, owner)| owner),
    };
    run.record.row(row);
}
