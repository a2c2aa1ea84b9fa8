//! Rescue of people who are hurt at once: when teams come, who is at the scene, whom they save, and whether
//! they contain the event.

use super::mark;
use crate::model::hazards::candidates::WEEKS_PER_YEAR;
use crate::model::mechanisms::intervention::batch_wait_hours;
use crate::model::mechanisms::rescue::{Digger, Lifetime, Saved, race, wait_for_team};
use crate::model::mechanisms::sharing::{Workplace, responder_at_scene, serves_the_public};
use crate::model::run::Run;
use crate::model::stages::{Event, Response};
use crate::model::transcendental::{exp, log};
use crate::scenario::society::TradeFacts;
use crate::vocabulary::{Category, Grade, SizeClass, Trade};

/// Hours of a model year of 52 weeks.
const HOURS_PER_YEAR: f64 = 8736.0;
/// Added to a number of teams before its fraction is cut off, against rounding errors.
const WHOLE_TEAM: f64 = 1e-9;

/// Hours until teams reach the casualties: detection, handover, travel, and the queue: of the batch, or
/// behind other routine calls. A routine call (fewer casualties than a larger accident) is dispatched at
/// once: only what a government must lead passes from hand to hand.
pub(super) fn rescue_hours(run: &mut Run, event: &Event, casualties: u32) -> f64 {
    let category = event.kind.category();
    let county = event.county;
    let rescue = &run.model.society.rescue;
    let effects = &run.regime.effects;
    let urban = run.model.world.counties.urban[county as usize];
    let capacity = effects.intervention.response_capacity[category].max(1e-3);
    let travel = (urban * rescue.travel_hours_town + (1.0 - urban) * rescue.travel_hours_country)
        / libm::sqrt(capacity);
    let teams = rescue.teams_per_county * capacity;
    let own = batch_wait_hours(casualties, teams, rescue.casualties_per_team_hour);
    // Neighbouring counties help after some hours; the queue then empties twice as fast.
    let queue = own.min(rescue.neighbour_help_hours + own / 2.0);
    if casualties < Grade::Larger.threshold() {
        return rescue.detect_hours + travel + queue + routine_wait(run, event);
    }
    rescue.detect_hours + effects.responsibility.handover_hours[category] + travel + queue
}

/// Wait of a routine call for a team of its county that earlier ones have bound (hours); none where calls
/// bind no team. The sick are for doctors.
fn routine_wait(run: &mut Run, event: &Event) -> f64 {
    let rescue = &run.model.society.rescue;
    let bound = rescue.hours_bound_per_call;
    if bound <= 0.0 || event.kind.category() == Category::Health {
        return 0.0;
    }
    let capacity = run.regime.effects.intervention.response_capacity[Category::Accident];
    let teams = rescue.teams_per_county * capacity;
    let u = run.marks.uniform(event.identity, 0, mark::SERVICE);
    let year = f64::from(run.state.week / WEEKS_PER_YEAR);
    let arrival = year * HOURS_PER_YEAR + f64::from(event.second) / 3600.0;
    let free = &mut run.state.counties.teams_free[event.county as usize];
    // A part of a team answers no call.
    free.resize((teams + WHOLE_TEAM).max(1.0) as usize, 0.0);
    wait_for_team(free, arrival, -bound * log(u))
}

/// Rescue of people hurt at once, and containment by delay.
pub(super) fn acute(
    run: &Run,
    event: &Event,
    place: Workplace,
    potential: u32,
    hours: f64,
) -> Response {
    let rescue = &run.model.society.rescue;
    let marks = &run.marks;
    let stocks = &run.state.stocks;
    let untrained = stocks
        .responders_by_place
        .untrained(run.scratch.responders, place);
    let helped = potential > 0
        && marks.uniform(event.identity, 0, mark::HELPED)
            < responder_at_scene(untrained, rescue.bystanders_reached);
    let within_reach = if helped {
        rescue.first_responder_effect
    } else {
        0.0
    };
    let saved = if potential == 0 {
        Saved::default()
    } else {
        saved(run, within_reach, hours)
    };
    Response {
        hours,
        helped,
        potential,
        contained: marks.uniform(event.identity, 0, mark::CONTAINED)
            < containment(run, event.kind.category(), hours),
        saved_at_scene: saved.at_scene,
        saved_by_teams: saved.by_teams,
        ..Response::default()
    }
}

/// Shares of the casualties whom people at the scene, who get at a part of them, and teams save that come after so many
/// hours.
fn saved(run: &Run, within_reach: f64, hours: f64) -> Saved {
    let rescue = &run.model.society.rescue;
    race(
        Lifetime {
            scale_hours: rescue.acute_weibull_scale_hours,
            shape: run.model.society.natural.weibull_shape,
        },
        within_reach,
        Digger {
            start_hours: rescue.scene_start_hours,
            mean_hours: rescue.scene_digging_hours,
        },
        Digger {
            start_hours: hours,
            mean_hours: rescue.team_digging_hours,
        },
    )
}

/// Where people work, as far as training is keyed to it: trades of compulsory liability cover are the
/// high-risk fields of the Work Safety Law; large establishments are the key units.
pub(super) fn workplace(trade: Trade, size: SizeClass, facts: &TradeFacts) -> Workplace {
    Workplace {
        high_risk: facts.safety_liability_compulsory,
        front_line: serves_the_public(trade),
        key_unit: size == SizeClass::Large,
    }
}

/// Probability that a team that arrives as late as here contains an event.
pub(super) fn containment(run: &Run, category: Category, hours: f64) -> f64 {
    let rescue = &run.model.society.rescue;
    let delay = (hours - rescue.detect_hours).max(0.0);
    run.regime.effects.intervention.containment_share[category]
        * exp(-delay / rescue.containment_hours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_society;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn large_establishments_are_the_key_units() {
        let society = load_society("seminar-county", &[]).unwrap().society;
        for size in SizeClass::ALL {
            let place = workplace(Trade::Fire, *size, &society.trades[Trade::Fire]);
            assert_eq!(place.key_unit, *size == SizeClass::Large);
        }
    }
}
