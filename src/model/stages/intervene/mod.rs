//! Stage 5, intervene: warned? reached in time? contained, or does it set off another?

mod rescue;

use crate::model::agents::reporting::slips;
use crate::model::hazards::accident;
use crate::model::hazards::candidates::CountySource;
use crate::model::hazards::cascade::{self, Parent};
use crate::model::hazards::natural::Strike;
use crate::model::hazards::{health, social};
use crate::model::mechanisms::intervention::team_hours;
use crate::model::mechanisms::rescue::race_after;
use crate::model::mechanisms::sharing::{Workplace, reached_locally};
use crate::model::run::Run;
use crate::model::stages::{Event, Response, Source};
use crate::scenario::society::{DisputeGrowth, Society};
use crate::scenario::tables::Trigger;
use crate::vocabulary::{Category, Kind, Owner, Phase};
use rescue::{acute, containment, rescue_hours, workplace};

/// Marks of an event, by purpose.
pub mod mark {
    /// Whether anybody can die.
    pub const FATAL: u32 = 0;
    /// Size.
    pub const SIZE: u32 = 1;
    /// Rescue at the scene.
    pub const HELPED: u32 = 2;
    /// Deaths.
    pub const DEATHS: u32 = 3;
    /// Containment.
    pub const CONTAINED: u32 = 4;
    /// Choice of report.
    pub const REPORT: u32 = 5;
    /// Exposure of what was concealed.
    pub const EXPOSED: u32 = 6;
    /// Third parties among the dead.
    pub const THIRD_PARTY: u32 = 7;
    /// Own damage.
    pub const DAMAGE: u32 = 8;
    /// Liability cover.
    pub const COVERED: u32 = 9;
    /// Liquid assets.
    pub const ASSETS: u32 = 10;
    /// Property cover.
    pub const PROPERTY: u32 = 11;
    /// Who owned the phase that failed.
    pub const OWNER: u32 = 12;
    /// Forecast of a natural danger.
    pub const FORECAST: u32 = 13;
    /// Whether the source was unregulated.
    pub const NOVEL: u32 = 15;
    /// Basis error of a parametric cover.
    pub const BASIS: u32 = 16;
    /// Whether a rescuer is hurt.
    pub const RESCUER: u32 = 17;
    /// Neighbours whom the distance of homes from plants spares.
    pub const DISTANCE: u32 = 18;
    /// Whether the plant behind an accident was relocated, and where to (an even mark with its successor).
    pub const RELOCATED: u32 = 20;
    /// Whether an accident is reported late.
    pub const LATE: u32 = 22;
    /// Whether everybody misses it.
    pub const MISSED: u32 = 23;
    /// How long a routine call binds its team.
    pub const SERVICE: u32 = 24;
    /// Threshold of a person in a crowd.
    pub const THRESHOLD: u32 = 25;
    /// Whether a source keeps the ceiling on what it can do.
    pub const CEILING: u32 = 26;
}

/// Meets an event: the warning, the hours, the rescue, the containment, and the children it sets off.
pub fn intervene(run: &mut Run, event: &Event) -> Response {
    let mut response = match event.source {
        Source::Footprint(number) => natural(run, event, number as usize),
        Source::Enterprise(agent) => accident(run, event, agent as usize),
        Source::County(source) => county(run, event, source),
    };
    if !response.contained {
        response.children = sets_off(run, event);
    }
    let (phase, owner, neglected) = failed_phase(run, event, &response);
    response.failed = Some((phase, owner));
    response.neglected = neglected;
    response
}

/// Natural danger: forecast, warned share, hours of the teams.
fn natural(run: &mut Run, event: &Event, number: usize) -> Response {
    let model = run.model;
    let danger = &run.history.natural.events[number];
    let hazard = &model.society.hazards[danger.kind];
    let effects = &run.regime.effects;
    let warning = effects.intervention.warning[danger.kind];
    let marks = run.streams.natural;
    let forecast = marks.uniform(event.identity, 0, mark::FORECAST) < warning.hit;
    let lost = effects.responsibility.message_loss[Category::Natural];
    let usual_loss = run.regime.reference.message_loss[Category::Natural];
    let kept = (1.0 - lost) / (1.0 - usual_loss).max(1e-9);
    let hours = hours_of_teams(run, number);
    let local = reached_locally(
        &model.society,
        run.state.stocks.responders,
        effects.intervention.rescue_gear,
        effects.responsibility.volunteer_reach,
    );
    let saved = race_after(&model.society.natural, hazard, local, hours);
    Response {
        forecast,
        warned_share: if forecast {
            (warning.reach * warning.compliance * kept).min(1.0)
        } else {
            0.0
        },
        hours,
        contained: marks.uniform(event.identity, 0, mark::CONTAINED)
            < containment(run, Category::Natural, hours),
        helped: true,
        saved_at_scene: saved.at_scene,
        saved_by_teams: saved.by_teams,
        ..Response::default()
    }
}

/// Hours until teams reach the struck: the hazard's, by the money for response, and what handovers take
/// beyond the usual.
fn hours_of_teams(run: &Run, number: usize) -> f64 {
    let society = &run.model.society;
    let hazard = &society.hazards[run.history.natural.events[number].kind];
    let (effects, usual) = (&run.regime.effects, &run.regime.reference);
    let owned = &effects.responsibility;
    let capacity = effects.intervention.response_capacity[Category::Natural];
    let crossing = if crosses_provinces(run, number) {
        owned.across_region_hours - usual.across_region_hours
    } else {
        0.0
    };
    let handover = owned.handover_hours[Category::Natural]
        - usual.handover_hours[Category::Natural]
        + crossing;
    let exponent = society.natural.response_money_exponent;
    (team_hours(hazard.team_hours, capacity, exponent) + handover).max(0.1)
}

/// Whether the footprint reaches another province than the origin's.
fn crosses_provinces(run: &Run, number: usize) -> bool {
    let provinces = &run.model.world.counties.province;
    let danger = &run.history.natural.events[number];
    let home = provinces[danger.origin as usize];
    run.history.natural.strikes[danger.strikes.rows()]
        .iter()
        .any(|strike| provinces[strike.county as usize] != home)
}

/// Accident: potential dead, hours, rescue at the scene and by teams, containment.
fn accident(run: &mut Run, event: &Event, agent: usize) -> Response {
    let model = run.model;
    let facts = model.enterprise(agent);
    let trade = &model.society.trades[facts.trade];
    let marks = &run.marks;
    let fatal = marks.uniform(event.identity, 0, mark::FATAL) < trade.fatal_share;
    let size = marks.uniform(event.identity, 0, mark::SIZE);
    let kept = marks.uniform(event.identity, 0, mark::CEILING);
    let ceiling = run.regime.effects.avoidance.ceiling;
    let cap = ceiling.cap(trade.sizes[facts.size].deaths_cap, kept);
    let potential = if fatal {
        accident::potential_deaths(size, trade.deaths_tail_alpha, cap)
    } else {
        0
    };
    let late = late(run, event);
    let mut hours = rescue_hours(run, event, potential);
    if late {
        hours += model.society.reporting.late_hours;
    }
    Response {
        late,
        ..acute(
            run,
            event,
            workplace(facts.trade, facts.size, trade),
            potential,
            hours,
        )
    }
}

/// Whether an accident is reported late, if it is reported.
fn late(run: &Run, event: &Event) -> bool {
    let owned = &run.regime.effects.responsibility;
    let share = slips(
        run.model.society.reporting.late_share,
        owned.exposure_multiplier,
    );
    let marks = &run.marks;
    share > 0.0 && marks.uniform(event.identity, 0, mark::LATE) < share
}

/// Health and social dangers.
fn county(run: &mut Run, event: &Event, source: CountySource) -> Response {
    let size = run.streams.county.uniform(event.identity, 0, mark::SIZE);
    let potential = if by_thresholds(&run.model.society, source) {
        crowd(run, event)
    } else {
        people_involved(&run.model.society, source, size)
    };
    let potential = if source == CountySource::Crush {
        let kept = run.streams.county.uniform(event.identity, 0, mark::CEILING);
        run.regime.effects.avoidance.ceiling.cap(potential, kept)
    } else {
        potential
    };
    let place = Workplace {
        front_line: matches!(source, CountySource::Crush | CountySource::Violence),
        ..Workplace::default()
    };
    let casualties = if event.kind.category() == Category::Social && source != CountySource::Dispute
    {
        potential
    } else {
        0
    };
    let hours = rescue_hours(run, event, casualties);
    Response {
        potential,
        ..acute(run, event, place, casualties, hours)
    }
}

/// Whether a danger is a dispute that grows by the thresholds of a crowd.
fn by_thresholds(society: &Society, source: CountySource) -> bool {
    source == CountySource::Dispute && society.social.dispute_growth == DisputeGrowth::Thresholds
}

/// People who join a dispute whose crowd have normal thresholds, drawn once for each by inversion.
fn crowd(run: &Run, event: &Event) -> u32 {
    let social = &run.model.society.social;
    let threshold = |person: u32| {
        let z = run
            .streams
            .county
            .normal(event.identity, person, mark::THRESHOLD);
        social.crowd_threshold_mean + social.crowd_threshold_sd * z
    };
    let mut thresholds: Vec<f64> = (1..=social.crowd_people).map(threshold).collect();
    thresholds.sort_by(f64::total_cmp);
    social::joined(&thresholds) as u32
}

/// Cases, casualties or participants of a health or social danger at the uniform `size`.
fn people_involved(society: &Society, source: CountySource, size: f64) -> u32 {
    let health = &society.health;
    let social = &society.social;
    match source {
        CountySource::Cluster | CountySource::Pandemic => health.index_cases,
        CountySource::HomeMeal => health::home_cases(health.home_meal_cases_mean, size),
        CountySource::Canteen => health::canteen_cases(
            health.canteen_cases_median,
            health.canteen_cases_sigma_log,
            size,
        ),
        CountySource::Crush => social::size(
            size,
            1.0,
            social.crush_deaths_alpha,
            f64::from(social.crush_deaths_cap),
        ),
        CountySource::Violence => social::size(
            size,
            1.0,
            social.violence_deaths_alpha,
            f64::from(social.violence_deaths_cap),
        ),
        CountySource::Dispute => social::size(
            size,
            social.dispute_size_min,
            social.dispute_size_alpha,
            social.dispute_size_cap,
        ),
    }
}

/// Puts the children of an uncontained event into the queue; how many.
fn sets_off(run: &mut Run, event: &Event) -> u32 {
    let model = run.model;
    let rows = &model.tables.cascade;
    let parent = Parent {
        identity: event.identity,
        generation: event.generation,
        kind: event.kind,
        county: event.county,
    };
    let before = run.scratch.children.len();
    let park = model.world.counties.park[event.county as usize];
    let near = |kind: Kind| {
        if park && kind == Kind::Chemicals {
            model.society.cascade.park_multiplier
        } else {
            1.0
        }
    };
    cascade::children(
        parent,
        Trigger::Event(event.kind),
        near,
        rows,
        run.streams.cascade,
        &mut run.scratch.children,
    );
    if let Source::Footprint(number) = event.source {
        footprint_children(run, parent, number as usize);
    }
    run.admit_children(before, event.second)
}

/// Plants hit by a natural event, each an exposed source.
fn footprint_children(run: &mut Run, parent: Parent, number: usize) {
    let model = run.model;
    let danger = &run.history.natural.events[number];
    let strikes = &run.history.natural.strikes[danger.strikes.rows()];
    let hit = |kind: Kind, strike: &Strike| {
        let plants = kind.trade().map(|trade| model.plants(strike.county, trade));
        plants.unwrap_or(0.0) * f64::from(strike.damage)
    };
    let sources = |kind: Kind| strikes.iter().map(|strike| hit(kind, strike)).sum::<f64>();
    let before = run.scratch.children.len();
    cascade::children(
        parent,
        Trigger::Footprint(parent.kind),
        sources,
        &model.tables.cascade,
        run.streams.cascade,
        &mut run.scratch.children,
    );
    for child in &mut run.scratch.children[before..] {
        let u = run.streams.cascade.uniform(child.identity, 1, 0) * sources(child.kind);
        let mut passed = 0.0;
        for strike in strikes {
            passed += hit(child.kind, strike);
            child.county = strike.county;
            if passed >= u {
                break;
            }
        }
    }
}

/// The phase that failed, and its owner: for a natural danger the warning if it was missed, else the
/// response; for the others prevention. Nobody where the mark falls into the gap of the cell. And whether
/// the duty was neglected: the execution of its cell, drawn for this event, owner by owner.
fn failed_phase(run: &Run, event: &Event, response: &Response) -> (Phase, Option<Owner>, bool) {
    let category = event.kind.category();
    let phase = match event.source {
        Source::Footprint(_) if !response.forecast => Phase::Warn,
        Source::Footprint(_) => Phase::Respond,
        _ => Phase::Prevent,
    };
    let marks = &run.marks;
    let novel = category == Category::Accident
        && marks.uniform(event.identity, 0, mark::NOVEL) < run.state.stocks.novel;
    let matrix = &run.regime.matrix;
    let shares = match &matrix.novel_share[phase] {
        Some(shares) if novel => shares,
        _ => &matrix.share[category][phase],
    };
    let owned: f64 = shares.values().iter().sum();
    let nobody = marks.uniform(event.identity, 0, mark::OWNER) >= owned;
    let owner = if nobody {
        None
    } else {
        matrix.lead[category][phase]
    };
    let owned = &run.regime.effects.responsibility;
    let class = usize::from(run.municipal(event.county));
    let duty = match phase {
        Phase::Prevent | Phase::Warn if novel => &owned.novel_duties[phase],
        _ => &owned.duties[class][category][phase],
    };
    let acted = duty.acts(|number| marks.uniform(event.identity, 1, number));
    (phase, owner, !acted)
}
