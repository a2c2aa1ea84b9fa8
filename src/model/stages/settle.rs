//! Stage 7, settle: every fen of loss finds its final bearer, and the event is written down.

use crate::model::EnterpriseView;
use crate::model::agents::stake::fine_severity;
use crate::model::hazards::accident::own_damage_multiple;
use crate::model::random::normal_quantile;
use crate::model::record::{EventRow, Report, Resource};
use crate::model::run::Run;
use crate::model::settlement::accident::{AccidentClaim, settle_accident};
use crate::model::settlement::ledger::EventTotals;
use crate::model::settlement::money::{Fen, from_yuan};
use crate::model::settlement::natural::{NaturalEvent, settle_natural};
use crate::model::settlement::person::{PersonClaim, PropertyLoss, settle_person};
use crate::model::stages::intervene::mark;
use crate::model::stages::{Event, Harm, Response, Source};
use crate::model::transcendental::exp;
use crate::scenario::society::{Government, Society, TradeFacts};
use crate::vocabulary::{Category, Cause, Grade, Kind};

/// Settles an event and records it.
pub fn settle(run: &mut Run, event: &Event, response: &Response, harm: &Harm) {
    run.accrue_premiums(event);
    let totals = match event.source {
        Source::Footprint(number) => natural(run, number as usize, response),
        Source::Enterprise(agent) => accident(run, event, agent as usize, response, harm),
        Source::County(_) => person(run, event, response, harm),
    };
    let lesson_province = run.model.world.counties.province[event.county as usize];
    let mut response = *response;
    response.children += run.remember(event, &response, harm);
    run.record
        .event(run.model, event, &response, harm, &totals, lesson_province);
    if moved_here(run, event) {
        run.record.moved(harm.deaths, totals.direct);
    }
    write(run, event, &response, harm, &totals);
}

/// Whether an accident happened where its plant had been relocated to.
fn moved_here(run: &Run, event: &Event) -> bool {
    let Source::Enterprise(agent) = event.source else {
        return false;
    };
    run.model.enterprise(agent as usize).county != event.county
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
    let society = &run.model.society;
    let facts = run.model.enterprise(agent);
    let trade = &society.trades[facts.trade];
    let (treatment, earnings) = costs_of_injured(society, harm);
    run.record
        .resource(Resource::Treatment, treatment + earnings);
    let own = own_damage(run, event, facts, harm);
    let property = third_party_property(society, trade, own);
    let means = means(run, event, agent);
    let claim = AccidentClaim {
        owner: response.failed.and_then(|(_, owner)| owner),
        fine: from_yuan(fine(run, harm)),
        negligent: means.negligent,
        liability_insured: means.liability_insured,
        property_insured: means.property_insured,
        assets_liquid: means.assets_liquid,
        third_party_insured: means.third_party_insured,
        ..harm_claimed(society, trade, harm, own)
    };
    let outcome = settle_accident(&run.regime.arrangement, &claim, &mut run.state.books);
    run.record.damage_accident(own, property);
    let weeks = society.accident.suspension_weeks[Grade::of_deaths(harm.reported.max(1))];
    if harm.known && harm.deaths > 0 {
        let output = trade.value_added_yuan_per_worker_year * facts.workers / facts.establishments;
        run.record
            .resource(Resource::LostOutput, output * weeks / 52.0);
        let workers = facts.workers / facts.establishments;
        run.lose_work(event.county, &[workers * weeks / 52.0]);
    }
    run.grieve(event.county, outcome.unpaid_by_fifth.iter().sum());
    outcome.totals
}

/// Whom and what an accident harmed, with this own damage (yuan): the claim but for what the enterprise
/// has to answer with.
pub fn harm_claimed(society: &Society, trade: &TradeFacts, harm: &Harm, own: f64) -> AccidentClaim {
    let (treatment, earnings) = costs_of_injured(society, harm);
    let third = trade.third_party_share;
    AccidentClaim {
        workers_dead: harm.deaths - harm.third_party_deaths,
        third_parties_dead: harm.third_party_deaths,
        worker_treatment: from_yuan(treatment * (1.0 - third)),
        worker_earnings: from_yuan(earnings * (1.0 - third)),
        third_party_treatment: from_yuan(treatment * third),
        third_party_earnings: from_yuan(earnings * third),
        third_party_property: from_yuan(third_party_property(society, trade, own)),
        own_damage: from_yuan(own),
        fifth_weights: harm.deaths_by_fifth.map(i64::from),
        ..AccidentClaim::default()
    }
}

/// Damage to third parties' property beside own damage (both yuan).
pub fn third_party_property(society: &Society, trade: &TradeFacts, own: f64) -> f64 {
    society.accident.property_share_of_third_party * own * trade.third_party_share
}

/// Treatment and lost earnings of the injured (yuan).
fn costs_of_injured(society: &Society, harm: &Harm) -> (f64, f64) {
    let injured = f64::from(harm.injuries);
    (
        injured * society.natural.treatment_yuan_per_injury,
        injured * society.natural.earnings_lost_yuan_per_injury,
    )
}

/// Damage to the enterprise's own plant (yuan): more with the dead; where there is a cap, at most three
/// times what an establishment's plant is worth, and 100,000.
fn own_damage(run: &Run, event: &Event, facts: &EnterpriseView, harm: &Harm) -> f64 {
    let rules = &run.model.society.accident;
    let trade = &run.model.society.trades[facts.trade];
    let uniform = run.marks.uniform(event.identity, 0, mark::DAMAGE);
    let spread = own_damage_multiple(rules, uniform);
    let damage = trade.own_damage_yuan_per_accident
        * (1.0 + rules.own_damage_per_death * f64::from(harm.deaths))
        * spread;
    if !rules.own_damage_capped {
        return damage;
    }
    damage.min(trade.plant_value_yuan_per_worker * facts.workers / facts.establishments * 3.0 + 1e5)
}

/// Fine for an accident that is known (yuan), with what concealment adds.
fn fine(run: &Run, harm: &Harm) -> f64 {
    if !harm.known || harm.reported == 0 {
        return 0.0;
    }
    let government = &run.model.society.government;
    let aggravated = if harm.exposed {
        government.fine_concealment_yuan
    } else {
        0.0
    };
    fine_imposed(government, run.regime.firm_severity, harm.reported) + aggravated
}

/// Fine for an accident with so many deaths reported (yuan): by its grade; none without a death.
pub fn fine_imposed(government: &Government, severity: f64, reported: u32) -> f64 {
    if reported == 0 {
        return 0.0;
    }
    government.fine_accident_yuan[Grade::of_deaths(reported)]
        * government.fine_imposed_share
        * fine_severity(government, severity)
}

/// What an enterprise has to answer with: its care, its covers, its assets (fen); and the share of those around it who
/// hold household cover.
struct Means {
    negligent: bool,
    liability_insured: bool,
    property_insured: bool,
    assets_liquid: Fen,
    third_party_insured: f64,
}

fn means(run: &Run, event: &Event, agent: usize) -> Means {
    let society = &run.model.society;
    let facts = run.model.enterprise(agent);
    let sharing = &run.regime.policy.sharing;
    let uniform = |purpose| run.marks.uniform(event.identity, 0, purpose);
    let median = society.trades[facts.trade].sizes[facts.size].assets_liquid_median_yuan;
    let assets =
        median * exp(society.enterprise.asset_sigma_log * normal_quantile(uniform(mark::ASSETS)));
    Means {
        negligent: f64::from(run.state.enterprises.care[agent]) < society.enterprise.care_standard,
        liability_insured: uniform(mark::COVERED)
            < run.regime.effects.sharing.liability_take_up[facts.trade],
        property_insured: uniform(mark::PROPERTY) < sharing.enterprise_property.take_up,
        assets_liquid: from_yuan(assets),
        third_party_insured: household_take_up(run, event.county as usize),
    }
}

/// Share of a county's people who hold household cover.
fn household_take_up(run: &Run, county: usize) -> f64 {
    let all: u32 = run.model.agents_by_fifth[county].iter().sum();
    let insured = run.state.counties.insured[county];
    let held: f64 = insured.iter().map(|count| f64::from(*count)).sum();
    held / f64::from(all.max(1))
}

/// Health and social events; an outbreak's later cases are settled as they come.
fn person(run: &mut Run, event: &Event, response: &Response, harm: &Harm) -> EventTotals {
    let society = &run.model.society;
    let category = event.kind.category();
    let (treatment, earnings) = costs_of_a_case(society, event.kind);
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
    let (cause, deaths_consoled) = match category {
        Category::Health => (Cause::Infection, 0),
        Category::Social => (Cause::Person, harm.deaths),
        _ => (Cause::Person, 0),
    };
    let claim = PersonClaim {
        category,
        cause,
        owner: response.failed.and_then(|(_, owner)| owner),
        municipality: run.municipal(event.county),
        treatment: from_yuan(people * treatment),
        earnings: from_yuan(people * earnings),
        property,
        deaths_consoled,
        fifth_weights: harm.deaths_by_fifth.map(i64::from),
    };
    let outcome = settle_person(&run.regime.arrangement, &claim, &mut run.state.books);
    run.grieve(event.county, outcome.unpaid_by_fifth.iter().sum());
    outcome.totals
}

/// Treatment and lost earnings of one who falls ill or is hurt (yuan).
fn costs_of_a_case(society: &Society, kind: Kind) -> (f64, f64) {
    if kind.category() != Category::Health {
        return (
            society.natural.treatment_yuan_per_injury,
            society.natural.earnings_lost_yuan_per_injury,
        );
    }
    let severe = if kind == Kind::FoodborneOutbreak {
        1.0
    } else {
        society.health.severe_share
    };
    (
        society.health.treatment_yuan_per_case * severe,
        society.health.earnings_yuan_per_case,
    )
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
        children: response.children,
        deaths: u64::from(harm.deaths),
        deaths_reported: u64::from(harm.reported),
        injuries: u64::from(harm.injuries),
        counties: harm.counties,
        loss_fen: totals.direct,
        borne_fen: totals.borne,
        failed_phase: response.failed.map(|(phase, _)| phase),
        failed_owner: response.failed.and_then(|(_, owner)| owner),
        neglected: response.neglected,
        lead_hours: lead_hours(run, event),
        helped: response.helped,
        below_standard: below_standard(run, event),
        report: report(event.kind.category(), response.late, harm),
    };
    run.record.row(&row);
}

/// Hours between the forecast of a natural danger and its onset.
fn lead_hours(run: &Run, event: &Event) -> f64 {
    let Source::Footprint(number) = event.source else {
        return 0.0;
    };
    let danger = &run.history.natural.events[number as usize];
    run.model.society.hazards[danger.kind].lead_time_hours * danger.lead_factor
}

/// Whether the enterprise took less care than the standard.
fn below_standard(run: &Run, event: &Event) -> bool {
    let Source::Enterprise(agent) = event.source else {
        return false;
    };
    let care = f64::from(run.state.enterprises.care[agent as usize]);
    care < run.model.society.enterprise.care_standard
}

/// How an accident with deaths was reported.
fn report(category: Category, late: bool, harm: &Harm) -> Report {
    match harm {
        harm if category != Category::Accident || harm.deaths == 0 => Report::NotApplicable,
        Harm { missed: true, .. } => Report::Missed,
        Harm { exposed: true, .. } => Report::Exposed,
        Harm { known: false, .. } => Report::Concealed,
        harm if harm.reported < harm.deaths => Report::Understated,
        _ if late => Report::Late,
        _ => Report::InFull,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_what_became_of_the_dead() {
        let harm = Harm {
            deaths: 4,
            reported: 4,
            known: true,
            ..Harm::default()
        };
        let of = |late, harm: &Harm| report(Category::Accident, late, harm);
        assert_eq!(of(false, &harm), Report::InFull);
        assert_eq!(of(true, &harm), Report::Late);
        let understated = Harm {
            reported: 2,
            ..harm.clone()
        };
        assert_eq!(of(true, &understated), Report::Understated);
        let hidden = Harm {
            reported: 0,
            known: false,
            ..harm.clone()
        };
        assert_eq!(of(false, &hidden), Report::Concealed);
        assert_eq!(
            of(
                false,
                &Harm {
                    missed: true,
                    ..hidden
                }
            ),
            Report::Missed
        );
        assert_eq!(
            of(
                false,
                &Harm {
                    exposed: true,
                    ..harm.clone()
                }
            ),
            Report::Exposed
        );
        assert_eq!(
            report(Category::Natural, true, &harm),
            Report::NotApplicable
        );
    }
}
