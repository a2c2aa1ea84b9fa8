//! Stage 8, recover: repair and reopening; function returns; outbreaks run their course.
//!
//! *Equations.* Functionality F = Π(1 − ℓ_i) over open damages, each ℓ falling exactly by e^{−1/τ} a
//! week. τ = (mix of the assets' recovery times)·(1 + s·min(1, d/d₀))·(1 + κ·unfunded share) + half the
//! delay of money that comes from outside. Public repair is executed at Q\[recover\].

use crate::model::transcendental::exp;

use crate::model::hazards::health;
use crate::model::random::{binomial_quantile, poisson_quantile};
use crate::model::record::Resource;
use crate::model::run::Run;
use crate::model::settlement::money::from_yuan;
use crate::model::settlement::natural::{StrikeLoss, StrikeOutcome};
use crate::model::settlement::person::{PersonClaim, PropertyLoss, settle_person};
use crate::model::state::OpenDamage;
use crate::vocabulary::{Asset, Category, Cause, Kind, NaturalKind, Phase, Vocabulary};

/// Below this lost share a damage counts as repaired.
const REPAIRED: f32 = 1e-5;

/// A week of recovery.
pub fn recover(run: &mut Run) {
    outbreaks(run);
    function(run);
}

/// Functionality of every county, and what its loss costs in output.
fn function(run: &mut Run) {
    let model = run.model;
    let state = &mut run.state;
    state.counties.functionality.fill(1.0);
    for damage in &mut state.damages {
        state.counties.functionality[damage.county as usize] *= f64::from(1.0 - damage.lost);
        damage.lost *= damage.decay;
    }
    state.damages.retain(|damage| damage.lost > REPAIRED);
    let mut lost_people = 0.0;
    let mut lost_output = 0.0;
    for (county, f) in state.counties.functionality.iter().enumerate() {
        let lost = 1.0 - f;
        lost_people += lost * f64::from(model.world.counties.population[county]);
        lost_output += lost * model.world.counties.gdp_yuan[county];
    }
    let output = lost_output * model.society.recovery.lost_output_share / 52.0;
    run.record.function(lost_people / 52.0, output);
    run.record.resource(Resource::LostOutput, output);
}

/// Lost function and time constant of one strike: the damage that opens.
pub fn damage(
    run: &Run,
    kind: NaturalKind,
    strike: &StrikeLoss,
    outcome: &StrikeOutcome,
) -> (OpenDamage, f64) {
    let model = run.model;
    let facts = &model.society.recovery;
    let sum = |values: &[i64; 5]| values.iter().sum::<i64>() as f64;
    let (housing, goods, crops) = (sum(&strike.housing), sum(&strike.goods), sum(&strike.crops));
    let (enterprise, public) = (strike.enterprise as f64, strike.infrastructure as f64);
    let total = (housing + goods + crops + enterprise + public).max(1.0);
    let slow = model.society.hazards[kind].recovery_weeks;
    let repair = run.regime.effects.executed[Category::Natural][Phase::Recover].max(0.05);
    let mix = ((housing + enterprise) * slow
        + goods * facts.goods_weeks
        + crops * facts.crops_weeks
        + public * facts.infrastructure_weeks / repair)
        / total;
    let stock: f64 = Asset::ALL
        .iter()
        .map(|a| model.world.counties.stock_yuan[strike.county as usize][*a])
        .sum();
    let ratio = (total / 100.0 / stock.max(1.0)).min(0.95);
    let private = (housing + goods + crops).max(1.0);
    let external = ((outcome.insured + outcome.relief + outcome.aid) as f64 / private).min(1.0);
    let unfunded = (1.0 - external) * (1.0 - facts.own_funds_share);
    let delay_weeks = outcome.mean_days_to_payment() / 7.0 * external
        + run.regime.effects.responsibility.recovery_hours[Category::Natural] / 168.0;
    let severe = 1.0 + facts.severity_slowdown * (ratio / facts.severity_reference).min(1.0);
    let tau = mix * severe * (1.0 + facts.money_gap_slowdown * unfunded) + 0.5 * delay_weeks;
    let lost = 1.0 - exp(-facts.functional_loss_factor * ratio);
    let decay = exp(-1.0 / tau.max(0.1));
    (
        OpenDamage {
            county: strike.county,
            lost: lost as f32,
            decay: decay as f32,
        },
        tau,
    )
}

/// One week of every outbreak: infections, recoveries, deaths, money.
fn outbreaks(run: &mut Run) {
    let mut outbreaks = std::mem::take(&mut run.state.outbreaks);
    for outbreak in &mut outbreaks {
        let (cases, deaths, county) = advance(run, outbreak);
        if cases > 0 || deaths > 0 {
            pay(run, county, cases);
        }
    }
    outbreaks.retain(|outbreak| outbreak.places.iter().any(|place| place.infected > 0));
    run.state.outbreaks = outbreaks;
}

/// Advances the places of one outbreak; returns new cases, deaths and the county of onset.
fn advance(run: &mut Run, outbreak: &mut health::Outbreak) -> (u32, u32, u32) {
    let facts = &run.model.society.health;
    let removed_share = health::removed_share(facts.generation_days);
    let reproduction = outbreak.reproduction * contacts(run, outbreak.onset_week);
    let origin = outbreak.places[0].county;
    let (mut all_cases, mut all_deaths) = (0, 0);
    let mut elsewhere = 0;
    for place in &mut outbreak.places {
        if place.infected == 0 {
            continue;
        }
        let week = run.state.week;
        let people = run.model.world.counties.population[place.county as usize];
        let uniforms =
            health::uniforms(run.streams.outbreak, outbreak.identity, week, place.county);
        let (cases, removed) = health::week(place, people, reproduction, removed_share, uniforms);
        let more =
            run.streams
                .outbreak
                .pair(outbreak.identity ^ u64::from(place.county) << 20, week, 1);
        let away = binomial_quantile(cases, 1.0 - facts.stay_share, more[0]);
        let here = cases - away;
        elsewhere += away;
        let fatality = facts.infection_fatality * run.model.fatality_by_age[place.county as usize];
        let deaths = binomial_quantile(removed, fatality, more[1]);
        place.susceptible -= here;
        place.infected = place.infected + here - removed;
        let infected = &mut run.state.counties.infected[place.county as usize];
        *infected = (*infected + here).saturating_sub(removed);
        let mut fifths = [0; 5];
        run.bury_of(
            outbreak.identity ^ u64::from(week) << 32,
            Kind::RespiratoryOutbreak,
            place.county,
            deaths,
            &mut fifths,
        );
        all_cases += cases;
        all_deaths += deaths;
    }
    outbreak.cases += u64::from(all_cases);
    spread(run, outbreak, elsewhere);
    (all_cases, all_deaths, origin)
}

/// Contacts relative to no response: full effect from the second week on, relative to the baseline.
fn contacts(run: &Run, onset_week: u32) -> f64 {
    let cut = run.model.society.health.contact_cut_by_response;
    if run.state.week <= onset_week {
        return 1.0;
    }
    let executed = run.regime.effects.executed[Category::Health][Phase::Respond];
    (1.0 - (cut * executed).min(0.95)) / (1.0 - cut)
}

/// Infections away from home: in a county of the same province, a neighbouring one, or the capital.
fn spread(run: &mut Run, outbreak: &mut health::Outbreak, cases: u32) {
    let model = run.model;
    let origin = outbreak.places[0].county;
    let province = &model.world.provinces[model.world.counties.province[origin as usize] as usize];
    let facts = &model.society.health;
    let away = (1.0 - facts.stay_share).max(1e-9);
    for case in 0..cases {
        let pair =
            run.streams
                .outbreak
                .pair(outbreak.identity ^ u64::from(case) << 36, run.state.week, 2);
        let near = facts.neighbour_share / away;
        let capital = facts.capital_share / away;
        let within = province.counties;
        let county = if pair[0] < near {
            within.start + (pair[1] * within.len() as f64) as u32
        } else if pair[0] < near + capital {
            province.capital
        } else {
            model.people.pick(pair[1]) as u32
        };
        let healthy = run
            .alive(county as usize)
            .saturating_sub(run.state.counties.infected[county as usize]);
        if healthy == 0 {
            continue;
        }
        run.state.counties.infected[county as usize] += 1;
        match outbreak
            .places
            .iter_mut()
            .find(|place| place.county == county)
        {
            Some(place) if place.susceptible > 0 => {
                place.susceptible -= 1;
                place.infected += 1;
            }
            Some(_) => run.state.counties.infected[county as usize] -= 1,
            None => outbreak.places.push(health::Place {
                county,
                susceptible: healthy - 1,
                infected: 1,
            }),
        }
    }
}

/// Treatment and lost earnings of an outbreak's later cases.
fn pay(run: &mut Run, county: u32, cases: u32) {
    let facts = &run.model.society.health;
    let people = f64::from(cases);
    let claim = PersonClaim {
        category: Category::Health,
        cause: Cause::Infection,
        owner: run.regime.effects.responsibility.lead[Category::Health][Phase::Respond],
        municipality: run.municipal(county),
        treatment: from_yuan(people * facts.severe_share * facts.treatment_yuan_per_case),
        earnings: from_yuan(people * facts.earnings_yuan_per_case),
        property: PropertyLoss::default(),
        deaths_consoled: 0,
        fifth_weights: [0; 5],
    };
    let outcome = settle_person(&run.regime.arrangement, &claim, &mut run.state.books);
    let province = run.model.world.counties.province[county as usize];
    run.record.outbreak_week(province, cases, &outcome.totals);
}

/// False alarms of a week: county-weeks with an alarm and no danger; heed falls.
pub fn false_alarms(run: &mut Run) {
    let model = run.model;
    let natural = &model.society.natural;
    let counties = model.world.counties.len();
    let back = 1.0 - exp(-std::f64::consts::LN_2 / (52.0 * natural.heed_half_life_years));
    for heeds in &mut run.state.counties.heed {
        for heed in heeds {
            *heed += ((1.0 - f64::from(*heed)) * back) as f32;
        }
    }
    for kind in NaturalKind::ALL.iter().copied() {
        let warning = run.regime.effects.intervention.warning[kind];
        let mean = counties as f64 * natural.non_events_per_county_week * warning.false_alarm;
        let entity = u64::from(run.state.week) << 8 | kind.number() as u64;
        let count = poisson_quantile(mean, run.streams.false_alarm.uniform(entity, 0, 0));
        for alarm in 0..count {
            let u = run.streams.false_alarm.uniform(entity, alarm + 1, 0);
            let county = ((u * counties as f64) as usize).min(counties - 1);
            let heed = &mut run.state.counties.heed[county][kind.number()];
            *heed = (*heed * (1.0 - natural.heed_loss_per_false_alarm as f32)).max(0.5);
        }
        run.record.false_alarms(u64::from(count));
    }
}
