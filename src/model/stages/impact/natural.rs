//! Harm of a natural danger, county by county.

use crate::model::hazards::harm::{self, StrikeShares};
use crate::model::hazards::natural::Strike;
use crate::model::mechanisms::remedy::works_factor;
use crate::model::random::poisson_quantile;
use crate::model::record::Resource;
use crate::model::run::Run;
use crate::model::settlement::money::{from_yuan, split};
use crate::model::settlement::natural::StrikeLoss;
use crate::model::stages::intervene::mark;
use crate::model::stages::{Event, Harm, Response};
use crate::model::transcendental::{exp, log};
use crate::vocabulary::{Asset, NaturalKind, Table};

/// Factors of a policy on a natural event's harm, relative to the baseline at the initial state.
struct Factors {
    works_loss: f64,
    works_deaths: f64,
    rescue: f64,
    goods: f64,
}

pub(super) fn natural(run: &mut Run, event: &Event, number: usize, response: &Response) -> Harm {
    let model = run.model;
    let danger = run.history.natural.events[number];
    let strikes = &run.history.natural.strikes[danger.strikes.rows()];
    let factors = factors(run, danger.kind, danger.lead_factor, response);
    run.scratch.strikes.clear();
    let mut total = Harm {
        magnitude: danger.magnitude,
        known: true,
        ..Harm::default()
    };
    let mut warned = 0.0;
    let mut struck = 0.0;
    let shares = &run.history.shares[danger.strikes.rows()];
    for (strike, facts) in strikes.iter().zip(shares) {
        let county = strike.county as usize;
        let people = f64::from(model.world.counties.population[county]);
        let heed = f64::from(run.state.counties.heed[county][danger.kind as usize]);
        let share = (response.warned_share * heed).min(1.0);
        let affected = facts.affected;
        warned += affected * people * share;
        struck += affected * people;
        let deaths = strike_deaths(
            run,
            event,
            danger.kind,
            strike.county,
            facts.death_rate,
            share,
            &factors,
        );
        total.deaths += deaths;
        let loss = strike_loss(run, event, danger.kind, strike, affected, deaths, &factors);
        total.injuries +=
            (f64::from(deaths) * model.society.natural.injured_per_death + 0.5) as u32;
        for (sum, fifth) in total.deaths_by_fifth.iter_mut().zip(&loss.deaths) {
            *sum += fifth;
        }
        run.scratch.strikes.push(loss);
        people_struck(
            run,
            strike.county,
            danger.kind,
            facts,
            response.forecast,
            deaths,
        );
    }
    total.counties = strikes.len() as u32;
    total.reported = total.deaths;
    let savable = run.model.society.hazards[danger.kind].savable_share;
    run.record.rescued_natural(total.deaths, savable, response);
    total.warned_share = if struck > 0.0 { warned / struck } else { 0.0 };
    total
}

fn factors(run: &Run, kind: NaturalKind, lead_factor: f64, response: &Response) -> Factors {
    let natural = &run.model.society.natural;
    let hazard = &run.model.society.hazards[kind];
    let works = run.state.stocks.works;
    let savable = hazard.savable_share;
    let lost = 1.0 - response.saved_at_scene - response.saved_by_teams;
    let usually_lost = run.regime.reference.trapped_lost[kind];
    let lead = (hazard.lead_time_hours * lead_factor / 24.0).min(1.0);
    let saved = |share: f64| 1.0 - natural.goods_saved_per_day_of_warning * lead * share;
    Factors {
        works_loss: works_factor(works, hazard.works_effect, natural.works_floor),
        works_deaths: exp(-natural.works_death_ratio * hazard.works_effect * (works - 1.0)),
        rescue: 1.0 - savable + savable * lost / usually_lost.max(1e-9),
        goods: saved(response.warned_share) / saved(run.regime.reference.warned[kind]),
    }
}

/// Deaths of one county: Poisson quantile of its mark at the policy's mean.
fn strike_deaths(
    run: &Run,
    event: &Event,
    kind: NaturalKind,
    struck: u32,
    base_rate: f64,
    warned: f64,
    factors: &Factors,
) -> u32 {
    let model = run.model;
    let natural = &model.society.natural;
    let county = struck as usize;
    let hazard = &model.society.hazards[kind];
    let avoided = |share: f64| 1.0 - hazard.lethality_avoided * share;
    let prepared = |share: f64| 1.0 - natural.preparedness_deaths_avoided * share;
    let vulnerable = run.regime.effects.avoidance.vulnerable_factor
        / run.regime.reference.avoidance.vulnerable_factor;
    let exposed = model.vulnerable_weight[county];
    let rate = base_rate * factors.works_deaths * factors.rescue * avoided(warned)
        / avoided(run.regime.reference.warned[kind])
        * prepared(run.prepared_share(county))
        / prepared(model.prepared_at_start[county])
        * (1.0 - exposed + exposed * vulnerable);
    let alive = run.alive(county);
    let mean = rate.min(0.5) * f64::from(alive);
    let u = run
        .streams
        .strike
        .uniform(event.identity, struck, mark::DEATHS);
    poisson_quantile(mean, u).min(alive)
}

/// Loss of one county, in fen.
fn strike_loss(
    run: &mut Run,
    event: &Event,
    kind: NaturalKind,
    strike: &Strike,
    affected: f64,
    deaths: u32,
    factors: &Factors,
) -> StrikeLoss {
    let model = run.model;
    let county = strike.county as usize;
    let base = harm::base_damage(
        &model.world,
        &model.society,
        &model.vulnerability,
        kind,
        strike,
    );
    let mut loss = StrikeLoss {
        county: strike.county,
        province: model.world.counties.province[county],
        homes: model.homes_struck(county, affected),
        enterprise: from_yuan(base[Asset::Enterprise] * factors.works_loss),
        infrastructure: from_yuan(base[Asset::Infrastructure] * factors.works_loss),
        intensity: f64::from(strike.intensity),
        index_noise: run
            .streams
            .strike
            .normal(event.identity, strike.county, mark::BASIS),
        ..StrikeLoss::default()
    };
    household_loss(run, &base, factors, &mut loss);
    run.bury(
        event.identity,
        event.kind,
        strike.county,
        deaths,
        &mut loss.deaths,
    );
    bodily_loss(run, deaths, &mut loss);
    loss
}

/// Housing, goods and crops by income fifth; what people prepared since the start spares homes and goods.
fn household_loss(run: &Run, base: &Table<Asset, f64>, factors: &Factors, loss: &mut StrikeLoss) {
    let model = run.model;
    let natural = &model.society.natural;
    let county = loss.county as usize;
    let weights = &model.household_weights[county];
    let agents = &model.agents_by_fifth[county];
    let protect = |share: f64| 1.0 - natural.preparedness_loss_avoided * share;
    let housing = split(
        from_yuan(base[Asset::Housing] * factors.works_loss),
        &weights[0],
    );
    let goods = split(
        from_yuan(base[Asset::HouseholdGoods] * factors.works_loss * factors.goods),
        &weights[1],
    );
    loss.crops = split(
        from_yuan(base[Asset::CropsLivestock] * factors.works_loss),
        &weights[2],
    );
    for fifth in 0..5 {
        let have = agents[fifth].max(1) as f64;
        let now = f64::from(run.state.counties.prepared[county][fifth]) / (4.0 * have);
        let factor = protect(now) / protect(model.prepared_at_start_by_fifth[county][fifth]);
        loss.housing[fifth] = (housing[fifth] as f64 * factor) as i64;
        loss.goods[fifth] = (goods[fifth] as f64 * factor) as i64;
        loss.insured_share[fifth] = f64::from(run.state.counties.insured[county][fifth]) / have;
        loss.relative_income[fifth] = model.relative_income[county][fifth];
    }
}

/// The dead at work, and the treatment and lost earnings of the injured.
fn bodily_loss(run: &mut Run, deaths: u32, loss: &mut StrikeLoss) {
    let natural = &run.model.society.natural;
    loss.at_work_dead = (f64::from(deaths) * natural.at_work_share + 0.5) as u32;
    let injured = f64::from(deaths) * natural.injured_per_death;
    let treatment = injured * natural.treatment_yuan_per_injury;
    let earnings = injured * natural.earnings_lost_yuan_per_injury;
    run.record
        .resource(Resource::Treatment, treatment + earnings);
    loss.treatment = from_yuan(treatment);
    loss.bodily = split(loss.treatment + from_yuan(earnings), &[1; 5]);
}

/// Counts the people struck, and what it does to threat, heed and trust.
fn people_struck(
    run: &mut Run,
    struck: u32,
    kind: NaturalKind,
    facts: &StrikeShares,
    forecast: bool,
    deaths: u32,
) {
    let model = run.model;
    let county = struck as usize;
    let affected = facts.affected;
    let week = run.state.week;
    let people = f64::from(run.alive(county));
    run.record.struck(
        (affected * people) as u64,
        (facts.relocated * people) as u64,
        forecast,
    );
    let counties = &mut run.state.counties;
    counties
        .struck
        .add(week, struck, -log(1.0 - affected.min(0.99)) as f32);
    let heed = &mut counties.heed[county][kind as usize];
    if forecast {
        *heed = (*heed + model.society.natural.heed_gain_per_hit as f32 * (1.15 - *heed).max(0.0))
            .min(1.15);
    } else if deaths > 0 {
        let loss = model.society.citizens.trust_loss_per_missed_fatal_warning * affected;
        counties.trust_push.add(week, struck, -(loss as f32));
    }
}
