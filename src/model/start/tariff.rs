//! The premiums that follow from the candidates at the start.

use rayon::prelude::*;

use crate::model::Model;
use crate::model::hazards::candidates::WEEKS_PER_YEAR;
use crate::model::hazards::natural;
use crate::model::hazards::{accident, harm};
use crate::model::mechanisms::remedy::PlantAges;
use crate::model::regime::{Bare, equilibrium_backlog};
use crate::model::settlement::accident::AccidentClaim;
use crate::model::settlement::arrangement::Arrangement;
use crate::model::settlement::money::{from_yuan, split};
use crate::model::settlement::natural::{NaturalEvent, StrikeLoss};
use crate::model::settlement::person::{PersonClaim, PropertyLoss};
use crate::model::settlement::tariff::{Tariff, TariffBuilder};
use crate::model::stages::settle::third_party_property;
use crate::vocabulary::{Asset, Category, Cause, SizeClass, Trade, Vocabulary};

/// Premiums and expected public outlay of arrangements, each under the effects of its policy, from the catalogue at the
/// initial state. Threads divide the arrangements among them.
pub fn price(model: &Model, asked: &[(&Bare, &Arrangement)]) -> Vec<Tariff> {
    let at_once = asked.len().div_ceil(rayon::current_num_threads()).max(1);
    let parts = asked.par_chunks(at_once);
    let tariffs: Vec<Vec<Tariff>> = parts.map(|part| price_together(model, part)).collect();
    tariffs.into_iter().flatten().collect()
}

/// The same on one thread. What an event would destroy is worked out once, and met by all arrangements while it is at
/// hand: that of all years would fill most of a gigabyte.
fn price_together(model: &Model, asked: &[(&Bare, &Arrangement)]) -> Vec<Tariff> {
    let builders = asked
        .iter()
        .map(|(_, arrangement)| TariffBuilder::new(arrangement));
    let mut builders: Vec<TariffBuilder> = builders.collect();
    let catalogue = &model.catalogue;
    let mut events = catalogue.events.iter().peekable();
    let mut losses = Vec::new();
    for year in 1..=model.society.sharing.tariff_years.max(1) {
        while let Some(event) = events.next_if(|event| event.week < year * WEEKS_PER_YEAR) {
            let struck = &catalogue.strikes[event.strikes.rows()];
            losses.clear();
            losses.extend(
                struck
                    .iter()
                    .map(|strike| initial_loss(model, event, strike)),
            );
            let kind = event.kind;
            for builder in &mut builders {
                builder.natural_event(&NaturalEvent { kind, owner: None }, &losses);
            }
        }
        builders.iter_mut().for_each(TariffBuilder::end_year);
    }
    let asked = asked.iter().zip(builders);
    asked
        .map(|((bare, arrangement), builder)| with_others(model, bare, arrangement, builder))
        .collect()
}

/// Takes in what else is to be paid for besides natural years.
fn with_others(
    model: &Model,
    bare: &Bare,
    arrangement: &Arrangement,
    mut builder: TariffBuilder,
) -> Tariff {
    for trade in Trade::ALL.iter().copied() {
        let per_year = accidents(model, bare, trade, &mut builder);
        if arrangement.covers.after_accidents {
            builder.own_cover(&with_neighbours(model, trade), per_year);
        }
    }
    illness(model, &mut builder);
    builder.finish(model.world.population as f64)
}

/// Loss of one county at the initial state, where every factor of a policy is one.
fn initial_loss(
    model: &Model,
    event: &natural::NaturalEvent,
    strike: &natural::Strike,
) -> StrikeLoss {
    let county = strike.county as usize;
    let damage = harm::base_damage(
        &model.world,
        &model.society,
        &model.vulnerability,
        event.kind,
        strike,
    );
    let weights = &model.household_weights[county];
    let rate = harm::base_death_rate(
        &model.society,
        &model.vulnerability,
        event.kind,
        strike,
        event.death_factor,
    );
    let people = f64::from(model.world.counties.population[county]);
    let injured = rate * people * model.society.natural.injured_per_death;
    let treatment = from_yuan(injured * model.society.natural.treatment_yuan_per_injury);
    let earnings = from_yuan(injured * model.society.natural.earnings_lost_yuan_per_injury);
    let insured = &model.society.citizens.insured_initial;
    let mut insured_share = [0.0; 5];
    insured_share.copy_from_slice(insured.values());
    StrikeLoss {
        county: strike.county,
        province: model.world.counties.province[county],
        housing: split(from_yuan(damage[Asset::Housing]), &weights[0]),
        goods: split(from_yuan(damage[Asset::HouseholdGoods]), &weights[1]),
        crops: split(from_yuan(damage[Asset::CropsLivestock]), &weights[2]),
        enterprise: from_yuan(damage[Asset::Enterprise]),
        infrastructure: from_yuan(damage[Asset::Infrastructure]),
        bodily: split(treatment + earnings, &[1; 5]),
        treatment,
        insured_share,
        homes: model.homes_struck(
            county,
            harm::affected_share(&model.society, event.kind, strike),
        ),
        relative_income: model.relative_income[county],
        intensity: f64::from(strike.intensity),
        deaths: spread_evenly(rate * people),
        at_work_dead: (rate * people * model.society.natural.at_work_share + 0.5) as u32,
        ..StrikeLoss::default()
    }
}

/// Expected deaths over the income fifths, rounded in sum.
fn spread_evenly(deaths: f64) -> [u32; 5] {
    let total = (deaths + 0.5) as u32;
    std::array::from_fn(|fifth| (total + fifth as u32) / 5)
}

/// Expected accidents of a trade: a few points of severity, with and without cover; returns how many there
/// are a year.
fn accidents(model: &Model, bare: &Bare, trade: Trade, builder: &mut TariffBuilder) -> f64 {
    const POINTS: u32 = 12;
    let society = &model.society;
    let facts = &society.trades[trade];
    let backlog = equilibrium_backlog(
        society,
        bare,
        trade,
        facts.sizes[SizeClass::Small].visits_per_firm_year,
        0.5,
    );
    let rate = facts.base_rate_per_100k_worker_years / 1e5
        * accident::backlog_factor(
            backlog,
            facts.backlog_ceiling,
            society.accident.backlog_half_per_100_workers,
        )
        * PlantAges::stationary(&society.accident).rate_factor(&society.accident)
        * accident::care_factor(1.0, facts.care_out_of_reach, society.enterprise.care_kappa);
    let per_year = rate * model.workers[trade];
    for point in 0..POINTS {
        let u = (f64::from(point) + 0.5) / f64::from(POINTS);
        let fatal = u < facts.fatal_share;
        let cap = facts.sizes[SizeClass::Small].deaths_cap;
        for (cap, of_caps) in bare.effects.avoidance.ceiling.caps(cap) {
            let deaths = if fatal {
                accident::potential_deaths(u / facts.fatal_share, facts.deaths_tail_alpha, cap)
            } else {
                0
            };
            for insured in [true, false] {
                let take_up = bare.effects.sharing.liability_take_up[trade];
                let share = if insured { take_up } else { 1.0 - take_up };
                builder.accidents(
                    &typical(model, trade, deaths, insured),
                    of_caps * per_year * share / f64::from(POINTS),
                );
            }
        }
    }
    let small = per_year
        * facts.fatal_share
        * (1.0 - facts.third_party_share)
        * society.accident.small_injuries_per_worker_death;
    builder.accidents(&small_harm(model, 1.0), small);
    per_year
}

/// An accident that kills nobody, with what it destroys of third parties' property.
fn with_neighbours(model: &Model, trade: Trade) -> AccidentClaim {
    let society = &model.society;
    let facts = &society.trades[trade];
    let own =
        facts.own_damage_yuan_per_accident * accident::mean_own_damage_multiple(&society.accident);
    let insured = society.citizens.insured_initial.values();
    AccidentClaim {
        third_party_property: from_yuan(third_party_property(society, facts, own)),
        third_party_insured: insured.iter().sum::<f64>() / insured.len() as f64,
        ..typical(model, trade, 0, false)
    }
}

fn typical(model: &Model, trade: Trade, deaths: u32, insured: bool) -> AccidentClaim {
    let society = &model.society;
    let facts = &society.trades[trade];
    let third = (f64::from(deaths) * facts.third_party_share + 0.5) as u32;
    AccidentClaim {
        workers_dead: deaths - third,
        third_parties_dead: third,
        own_damage: from_yuan(
            facts.own_damage_yuan_per_accident
                * accident::mean_own_damage_multiple(&society.accident),
        ),
        negligent: true,
        liability_insured: insured,
        assets_liquid: from_yuan(facts.sizes[SizeClass::Small].assets_liquid_median_yuan),
        ..AccidentClaim::default()
    }
}

/// Injuries that are not followed one by one.
pub fn small_harm(model: &Model, injuries: f64) -> AccidentClaim {
    let accident = &model.society.accident;
    AccidentClaim {
        worker_treatment: from_yuan(injuries * accident.small_injury_treatment_yuan),
        worker_earnings: from_yuan(injuries * accident.small_injury_earnings_yuan),
        assets_liquid: i64::MAX / 8,
        ..AccidentClaim::default()
    }
}

/// Expected health events, for medical contributions.
fn illness(model: &Model, builder: &mut TariffBuilder) {
    let health = &model.society.health;
    let spread = 1.0 / (1.0 - health.cluster_reproduction_median.min(0.95));
    let cases = health.cluster_arrivals_per_year * f64::from(health.index_cases) * spread;
    let poisoned = health.home_meal_events_per_year * health.home_meal_cases_mean
        + health.canteen_events_per_year * health.canteen_cases_median;
    let claim = |treatment: f64| PersonClaim {
        category: Category::Health,
        cause: Cause::Infection,
        owner: None,
        municipality: false,
        treatment: from_yuan(treatment),
        earnings: 0,
        property: PropertyLoss::default(),
        deaths_consoled: 0,
        fifth_weights: [0; 5],
    };
    builder.persons(
        &claim(health.treatment_yuan_per_case * health.severe_share),
        cases,
    );
    builder.persons(&claim(health.treatment_yuan_per_case), poisoned);
}
