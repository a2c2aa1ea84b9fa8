//! Harm of outbreaks, poisonings and social incidents.

use crate::model::hazards::candidates::CountySource;
use crate::model::hazards::health;
use crate::model::hazards::health::{Outbreak, Place};
use crate::model::random::{binomial_quantile, dithered};
use crate::model::run::Run;
use crate::model::stages::intervene::mark;
use crate::model::stages::{Event, Harm, Response};

/// An outbreak begins; its cases come in the weeks that follow.
pub(super) fn outbreak(
    run: &mut Run,
    event: &Event,
    source: CountySource,
    response: &Response,
) -> Harm {
    let health = &run.model.society.health;
    let pandemic = source == CountySource::Pandemic;
    let u = run.streams.county.uniform(event.identity, 0, mark::FATAL);
    let reproduction = if pandemic {
        health.pandemic_reproduction
    } else {
        health::cluster_reproduction(
            health.cluster_reproduction_median,
            health.cluster_reproduction_sigma_log,
            health.cluster_reproduction_max,
            u,
        )
    };
    let healthy = run
        .alive(event.county as usize)
        .saturating_sub(run.state.counties.infected[event.county as usize]);
    let index = response.potential.min(healthy);
    run.state.counties.infected[event.county as usize] += index;
    let place = Place {
        county: event.county,
        susceptible: healthy - index,
        infected: index,
    };
    run.state.outbreaks.push(Outbreak {
        identity: event.identity,
        parent: event.parent,
        generation: event.generation,
        reproduction,
        onset_week: run.state.week,
        places: vec![place],
        cases: u64::from(index),
        pandemic,
    });
    Harm {
        injuries: index,
        magnitude: f64::from(index),
        counties: 1,
        known: true,
        ..Harm::default()
    }
}

/// A poisoning: cases and deaths at once.
pub(super) fn poisoning(
    run: &mut Run,
    event: &Event,
    source: CountySource,
    response: &Response,
) -> Harm {
    let health = &run.model.society.health;
    let fatality = if source == CountySource::HomeMeal {
        health.home_meal_fatality
    } else {
        health.canteen_fatality
    };
    let u = run.streams.county.uniform(event.identity, 0, mark::DEATHS);
    let deaths = binomial_quantile(response.potential, fatality, u);
    let injuries = response.potential - deaths;
    known_harm(run, event, response, deaths, injuries)
}

/// A social incident: deaths and people involved.
pub(super) fn incident(
    run: &mut Run,
    event: &Event,
    source: CountySource,
    response: &Response,
) -> Harm {
    let social = &run.model.society.social;
    let u = run.streams.county.uniform(event.identity, 0, mark::DEATHS);
    let saved =
        social.rescuable_share * (response.saved_at_scene + response.saved_by_teams).min(1.0);
    let deaths = if source == CountySource::Dispute {
        u32::from(u < social.dispute_death_probability)
    } else {
        binomial_quantile(response.potential, 1.0 - saved, u)
    };
    let hurt = f64::from(deaths) * social.injured_per_death;
    let injuries = dithered(
        hurt,
        run.streams
            .county
            .uniform(event.identity, 0, mark::THIRD_PARTY),
    ) as u32;
    let harm = known_harm(run, event, response, deaths, injuries);
    if source != CountySource::Dispute {
        run.rescued(event, response, response.potential - deaths);
    }
    harm
}

/// Harm that is known and reported in full, with its dead buried.
fn known_harm(
    run: &mut Run,
    event: &Event,
    response: &Response,
    deaths: u32,
    injuries: u32,
) -> Harm {
    let mut harm = Harm {
        magnitude: f64::from(response.potential),
        deaths,
        reported: deaths,
        injuries,
        known: true,
        counties: 1,
        ..Harm::default()
    };
    run.bury(
        event.identity,
        event.kind,
        event.county,
        deaths,
        &mut harm.deaths_by_fifth,
    );
    harm
}
