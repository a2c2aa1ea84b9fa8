//! Outbreaks run their course: part of stage 8. One week of infections, recoveries, deaths and money.

use crate::model::hazards::health::{self, Outbreak, Place};
use crate::model::random::{binomial_quantile, dithered};
use crate::model::record::Resource;
use crate::model::run::Run;
use crate::model::settlement::money::from_yuan;
use crate::model::settlement::person::{PersonClaim, PropertyLoss, settle_person};
use crate::vocabulary::{Category, Cause, Kind, Phase};

/// Up to this many infections away from home in a week are placed one by one.
const PLACED_SINGLY: u32 = 200;

/// One week of every outbreak.
pub fn outbreaks(run: &mut Run) {
    let mut outbreaks = std::mem::take(&mut run.state.outbreaks);
    for outbreak in &mut outbreaks {
        advance(run, outbreak);
    }
    outbreaks.retain(|outbreak| outbreak.places.iter().any(|place| place.infected > 0));
    run.state.outbreaks = outbreaks;
}

/// Advances the places of one outbreak.
fn advance(run: &mut Run, outbreak: &mut Outbreak) {
    let reproduction = reproduction(run, outbreak);
    let mut away = std::mem::take(&mut run.scratch.away);
    away.clear();
    let mut deaths_in = std::mem::take(&mut run.scratch.outbreak_deaths);
    deaths_in.clear();
    let (mut cases, mut away_cases) = (0, 0);
    for place in outbreak
        .places
        .iter_mut()
        .filter(|place| place.infected > 0)
    {
        let week = advance_place(run, outbreak.identity, place, reproduction);
        cases += week.cases;
        if week.away > 0 {
            away_cases += week.away;
            away.push((place.county, week.away));
        }
        if week.deaths > 0 {
            deaths_in.push((place.county, week.deaths));
        }
    }
    bury_dead(run, outbreak.identity, &deaths_in);
    if away_cases <= PLACED_SINGLY {
        place_singly(run, outbreak, &away);
    } else {
        place_in_bulk(run, outbreak, &away);
    }
    outbreak.cases += u64::from(cases);
    if cases > 0 {
        pay(run, outbreak.places[0].county, cases);
    }
    run.scratch.away = away;
    run.scratch.outbreak_deaths = deaths_in;
}

/// What one week brings in one place (people).
struct PlaceWeek {
    /// New infections, here and away.
    cases: u32,
    /// Those of them away from home.
    away: u32,
    /// Deaths.
    deaths: u32,
}

/// Infections, recoveries and deaths of one place in the week.
fn advance_place(run: &mut Run, outbreak: u64, place: &mut Place, reproduction: f64) -> PlaceWeek {
    let facts = &run.model.society.health;
    let week = run.state.week;
    let people = run.model.world.counties.population[place.county as usize];
    let removed_share = health::removed_share(facts.generation_days);
    let entity = outbreak ^ u64::from(place.county) << 20;
    let uniforms = run.streams.outbreak.pair(entity, week, 0);
    let (cases, removed) = health::week(place, people, reproduction, removed_share, uniforms);
    let more = run.streams.outbreak.pair(entity, week, 1);
    let away = binomial_quantile(cases, 1.0 - facts.stay_share, more[0]);
    let deaths = binomial_quantile(removed, fatality(run, place.county), more[1]);
    let here = cases - away;
    place.susceptible -= here;
    place.infected = place.infected + here - removed;
    let infected = &mut run.state.counties.infected[place.county as usize];
    *infected = (*infected + here).saturating_sub(removed);
    PlaceWeek {
        cases,
        away,
        deaths,
    }
}

/// Takes the week's dead from the living of their counties.
fn bury_dead(run: &mut Run, outbreak: u64, deaths_in: &[(u32, u32)]) {
    let identity = outbreak ^ u64::from(run.state.week) << 32;
    for (county, deaths) in deaths_in {
        run.bury(
            identity,
            Kind::RespiratoryOutbreak,
            *county,
            *deaths,
            &mut [0; 5],
        );
    }
}

/// Reproduction number of the week. Contacts fall with the response from the second week on, relative
/// to the baseline's; a strain that does not sustain itself stays below one whatever the response.
fn reproduction(run: &Run, outbreak: &Outbreak) -> f64 {
    let facts = &run.model.society.health;
    let cut = facts.contact_cut_by_response;
    let executed = run.regime.effects.executed[Category::Health][Phase::Respond];
    let contacts = if run.state.week <= outbreak.onset_week {
        1.0
    } else {
        (1.0 - (cut * executed).min(0.95)) / (1.0 - cut)
    };
    let reproduction = outbreak.reproduction * contacts;
    if outbreak.pandemic {
        reproduction
    } else {
        reproduction.min(facts.cluster_reproduction_max)
    }
}

/// Fatality of an infection in a county: its ages, and whether the severely ill find a bed.
fn fatality(run: &Run, county: u32) -> f64 {
    let facts = &run.model.society.health;
    let county = county as usize;
    let severe = f64::from(run.state.counties.infected[county]) * facts.severe_share;
    let beds = run.model.world.counties.beds[county] * facts.beds_surge_share;
    let fatality = facts.infection_fatality
        * run.model.fatality_by_age[county]
        * health::overload(severe, beds);
    fatality.min(1.0)
}

/// Infections away from home, one by one: in the province, its capital, or anywhere by people.
fn place_singly(run: &mut Run, outbreak: &mut Outbreak, away: &[(u32, u32)]) {
    let model = run.model;
    let facts = &model.society.health;
    let abroad = (1.0 - facts.stay_share).max(1e-9);
    for (home, cases) in away {
        let province =
            &model.world.provinces[model.world.counties.province[*home as usize] as usize];
        for case in 0..*cases {
            let entity = outbreak.identity ^ u64::from(*home) << 20 ^ u64::from(case) << 44;
            let pair = run.streams.outbreak.pair(entity, run.state.week, 2);
            let near = facts.neighbour_share / abroad;
            let county = if pair[0] < near {
                province.counties.start + (pair[1] * province.counties.len() as f64) as u32
            } else if pair[0] < near + facts.capital_share / abroad {
                province.capital
            } else {
                model.people.pick(pair[1]) as u32
            };
            infect(run, outbreak, county, 1);
        }
    }
}

/// The same for many: expected numbers by county, rounded by a uniform so that the mean is exact.
fn place_in_bulk(run: &mut Run, outbreak: &mut Outbreak, away: &[(u32, u32)]) {
    let model = run.model;
    let facts = &model.society.health;
    let abroad = (1.0 - facts.stay_share).max(1e-9);
    let mut arriving = vec![0.0; model.world.provinces.len()];
    let mut anywhere = 0.0;
    for (home, cases) in away {
        let province = model.world.counties.province[*home as usize] as usize;
        let local = (facts.neighbour_share + facts.capital_share) / abroad;
        arriving[province] += f64::from(*cases) * local.min(1.0);
        anywhere += f64::from(*cases) * (1.0 - local).max(0.0);
    }
    for county in 0..model.world.counties.len() {
        let people = f64::from(model.world.counties.population[county]);
        let province = model.world.counties.province[county] as usize;
        let local =
            arriving[province] * people / model.world.provinces[province].population.max(1) as f64;
        let mean = local + anywhere * people / model.world.population.max(1) as f64;
        let entity = outbreak.identity ^ (county as u64) << 20;
        let cases = dithered(
            mean,
            run.streams.outbreak.uniform(entity, run.state.week, 6),
        );
        if cases > 0 {
            infect(run, outbreak, county as u32, cases as u32);
        }
    }
}

/// Infects people of a county, as far as there are healthy ones.
fn infect(run: &mut Run, outbreak: &mut Outbreak, county: u32, cases: u32) {
    let at = outbreak
        .places
        .iter()
        .position(|place| place.county == county)
        .unwrap_or_else(|| {
            let healthy = run
                .alive(county as usize)
                .saturating_sub(run.state.counties.infected[county as usize]);
            outbreak.places.push(Place {
                county,
                susceptible: healthy,
                infected: 0,
            });
            outbreak.places.len() - 1
        });
    let place = &mut outbreak.places[at];
    let infected = cases.min(place.susceptible);
    place.susceptible -= infected;
    place.infected += infected;
    run.state.counties.infected[county as usize] += infected;
}

/// Treatment and lost earnings of an outbreak's later cases.
fn pay(run: &mut Run, county: u32, cases: u32) {
    let facts = &run.model.society.health;
    let people = f64::from(cases);
    let treatment = people * facts.severe_share * facts.treatment_yuan_per_case;
    let earnings = people * facts.earnings_yuan_per_case;
    run.record
        .resource(Resource::Treatment, treatment + earnings);
    let claim = PersonClaim {
        category: Category::Health,
        cause: Cause::Infection,
        owner: run.regime.effects.responsibility.lead[Category::Health][Phase::Respond],
        municipality: run.municipal(county),
        treatment: from_yuan(treatment),
        earnings: from_yuan(earnings),
        property: PropertyLoss::default(),
        deaths_consoled: 0,
        fifth_weights: [0; 5],
    };
    let outcome = settle_person(&run.regime.arrangement, &claim, &mut run.state.books);
    let province = run.model.world.counties.province[county as usize];
    run.record.outbreak_week(province, cases, &outcome.totals);
}
