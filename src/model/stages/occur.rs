//! Stage 4, occur: the week's candidate dangers become events or not, by thinning.

use crate::model::hazards::accident;
use crate::model::hazards::candidates::{Candidate, Class, CountySource, POLICE_BOUND};
use crate::model::hazards::social::grievance_multiplier;
use crate::model::lanes::filled_up;
use crate::model::run::Run;
use crate::model::stages::intervene::mark;
use crate::model::stages::small_harm::small_harm;
use crate::model::stages::{Event, Source};
use crate::model::transcendental::{exp_each, pow};
use crate::vocabulary::{Category, Kind, Phase};

/// The events of the week that are roots, in order of time, into the run's queue.
pub fn occur(run: &mut Run) {
    let history = run.history;
    let candidates = history.week(run.state.week);
    prepare(run);
    run.scratch.queue.clear();
    run.scratch.relative_take_up = run.relative_take_up();
    run.scratch.ahead = 0;
    let seconds = history.seconds(run.state.week);
    let mut open = std::mem::take(&mut run.scratch.open);
    within_bounds(run, candidates, &mut open);
    happening(run, candidates, &mut open);
    for number in &open {
        let number = *number as usize;
        let event = root(run, &candidates[number], seconds[number]);
        run.scratch.queue.push_back(event);
    }
    run.scratch.open = open;
    run.record
        .candidates(candidates.len() as u64, run.scratch.queue.len() as u64);
    run.watch_majorants();
    small_harm(run);
}

/// Factors on the rates of the week: season and learning by province and trade.
fn prepare(run: &mut Run) {
    let society = &run.model.society;
    let season = accident::season_factor(run.week_of_year(), society.accident.season_amplitude);
    let bound = society.accident.learning_bound;
    for (factors, state) in run.scratch.week_factor.iter_mut().zip(&run.state.provinces) {
        let learnt = state.learning.map(|learning| -learning.min(bound));
        let left = exp_each(&filled_up(&learnt, 0.0));
        for (factor, left) in factors.iter_mut().zip(left) {
            *factor = season * left;
        }
    }
}

/// Places of the candidates that may happen: most accidents lie above all that the rate of their slot can be by its
/// bound. Without a branch, for nobody can foresee which.
fn within_bounds(run: &Run, candidates: &[Candidate], open: &mut Vec<u32>) {
    let factors = run.scratch.week_factor.as_flattened();
    let most = factors.iter().copied().fold(0.0, f64::max);
    let mut count = 0;
    open.resize(candidates.len(), 0);
    for (number, candidate) in candidates.iter().enumerate() {
        let ceiling = run.ceilings.of(candidate.source as usize);
        let below = f64::from(candidate.threshold) < most * ceiling;
        let other = candidate.class != Class::Accident;
        open[count] = number as u32;
        count += usize::from(below | other);
    }
    open.truncate(count);
}

/// Thinning: leaves those that happen, whose threshold lies below the rate of their slot now. Likewise without a branch:
/// rates lie far apart in memory, and are read for many at once.
fn happening(run: &Run, candidates: &[Candidate], open: &mut Vec<u32>) {
    let mut count = 0;
    for place in 0..open.len() {
        let number = open[place];
        open[count] = number;
        count += usize::from(happens(run, &candidates[number as usize]));
    }
    open.truncate(count);
}

fn happens(run: &Run, candidate: &Candidate) -> bool {
    let threshold = f64::from(candidate.threshold);
    match candidate.class {
        Class::Accident => {
            let agent = candidate.source as usize;
            let own = run.model.enterprise(agent);
            let factor = run.scratch.week_factor[usize::from(own.province)][own.trade as usize];
            threshold < f64::from(run.state.enterprises.rate[agent]) * factor
        }
        Class::Natural => true,
        Class::County(source) => threshold < county_factor(run, source, candidate.source as usize),
    }
}

/// Rate of a county's danger relative to the baseline's customary rate.
pub fn county_factor(run: &Run, source: CountySource, county: usize) -> f64 {
    let society = &run.model.society;
    let avoidance = &run.regime.effects.avoidance;
    let reference = &run.regime.reference.avoidance;
    let executed = run.regime.effects.executed[source.kind().category()][Phase::Prevent];
    match source {
        CountySource::Cluster | CountySource::Pandemic => {
            let angle = 2.0 * std::f64::consts::PI * f64::from(run.week_of_year()) / 52.0;
            1.0 + society.health.season_amplitude * libm::cos(angle)
        }
        CountySource::HomeMeal | CountySource::Canteen => {
            let effect = society.health.hygiene_supervision_effect;
            let now = 1.0 - effect * (avoidance.food_supervision * executed).min(1.0);
            now / (1.0 - effect * reference.food_supervision)
        }
        CountySource::Crush => {
            (1.0 - (1.0 - avoidance.crush_factor) * executed.min(1.0)) / reference.crush_factor
        }
        CountySource::Violence => {
            let capacity =
                run.regime.effects.intervention.response_capacity[Category::Social].max(1e-3);
            let police = pow(capacity, society.social.police_elasticity).min(POLICE_BOUND);
            let left = run.regime.effects.intervention.unrest_left;
            grievance(run, county, society.social.violence_grievance_elasticity) * police * left
        }
        CountySource::Dispute => {
            let assessed = 1.0 - (1.0 - avoidance.dispute_factor) * executed.min(1.0);
            let left = run.regime.effects.intervention.unrest_left;
            grievance(run, county, society.social.dispute_grievance_elasticity) * assessed * left
                / reference.dispute_factor
        }
    }
}

fn grievance(run: &Run, county: usize, elasticity: f64) -> f64 {
    let agents = run.model.world.counties.citizens[county].len().max(1) as f64;
    let mean = run.state.counties.grievance[county] as f64 / 255.0 / agents;
    let bound = run.model.society.social.grievance_multiplier_bound;
    grievance_multiplier(
        mean,
        run.model.grievance_at_start[county],
        elasticity,
        bound,
    )
}

/// County of an accident: the enterprise's own, or the one that received its old plant.
fn place(run: &Run, candidate: &Candidate, agent: usize) -> u32 {
    let model = run.model;
    let facts = model.enterprise(agent);
    let moved = run.scratch.relocated_risk[facts.trade];
    if moved <= 0.0 {
        return facts.county;
    }
    let marks = run
        .streams
        .accident
        .pair(candidate.identity(), 0, mark::RELOCATED / 2);
    model
        .relocation
        .place(facts.trade, usize::from(facts.province), moved, marks)
        .unwrap_or(facts.county)
}

/// The event that a candidate becomes.
pub fn root(run: &Run, candidate: &Candidate, second: u32) -> Event {
    let (kind, county, source) = match candidate.class {
        Class::Accident => {
            let agent = candidate.source as usize;
            let county = place(run, candidate, agent);
            (
                Kind::from(run.model.enterprises[agent].trade),
                county,
                Source::Enterprise(candidate.source),
            )
        }
        Class::Natural => {
            let event = &run.history.natural.events[candidate.source as usize];
            (
                Kind::from(event.kind),
                event.origin,
                Source::Footprint(candidate.source),
            )
        }
        Class::County(source) => (source.kind(), candidate.source, Source::County(source)),
    };
    debug_assert!(kind.category() != Category::Natural || matches!(source, Source::Footprint(_)));
    Event {
        identity: candidate.identity(),
        parent: 0,
        generation: 0,
        kind,
        county,
        source,
        second,
    }
}
