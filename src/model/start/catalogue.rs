//! What a catalogue of natural years tells about each county: alarm, loss to expect, wealth.

use crate::model::Model;
use crate::model::hazards::candidates::WEEKS;
use crate::model::hazards::harm;
use crate::model::hazards::natural::{self, NaturalHistory};
use crate::model::regime::half_life_stock;
use crate::model::transcendental::pow;
use crate::model::world::citizens::{WEALTH_LEAST_YUAN, WEALTH_RATIO};
use crate::vocabulary::{AgeGroup, NaturalKind, Table};

/// Replication number of the catalogue of natural years that prices premiums: none of a run's.
const CATALOGUE: u32 = u32::MAX;

/// Fills the model's columns about citizens at the start.
pub fn describe_citizens(model: &mut Model) {
    let world = &model.world;
    let columns = &world.citizens;
    let years = model.society.sharing.tariff_years.max(1);
    let catalogue = natural::history(
        world,
        &model.society,
        &model.tables.exposure,
        model.society.seed,
        CATALOGUE,
        years * WEEKS,
    );
    model.alarm_at_start = alarm(model, &catalogue, years);
    model.expected_loss_yuan = expected_loss(model, &catalogue, years);
    for county in 0..world.counties.len() {
        let mut agents = [0_u32; 5];
        let mut prepared = [0_u32; 5];
        let mut grievance = 0_u64;
        let (mut weak, mut wealth) = (0_u32, 0.0);
        for row in world.counties.citizens[county].rows() {
            let fifth = crate::model::agents::citizen::fifth(columns.person[row]);
            agents[fifth] += 1;
            prepared[fifth] += (columns.measures[row] & 0b1111).count_ones();
            grievance += u64::from(columns.grievance[row]);
            weak += u32::from(is_weak(columns.person[row], columns.vulnerability[row]));
            wealth += wealth_yuan(columns.wealth[row]);
        }
        let all: u32 = agents.iter().sum();
        model.vulnerable_weight.push(weight_of_weak(
            model.society.citizens.vulnerable_death_ratio,
            weak,
            all,
        ));
        model.wealth_yuan.push(wealth / f64::from(all.max(1)));
        let mut shares = [0.0; 5];
        for fifth in 0..5 {
            shares[fifth] = f64::from(prepared[fifth]) / (4.0 * f64::from(agents[fifth].max(1)));
        }
        model
            .prepared_at_start
            .push(f64::from(prepared.iter().sum::<u32>()) / (4.0 * f64::from(all.max(1))));
        model.prepared_at_start_by_fifth.push(shares);
        model.agents_by_fifth.push(agents);
        model
            .grievance_at_start
            .push((grievance as f64 / 255.0 / f64::from(all.max(1))).max(1e-4));
    }
    let agents = |county: usize| world_agents(model, county);
    let total: f64 = (0..model.wealth_yuan.len())
        .map(|c| model.wealth_yuan[c] * agents(c))
        .sum();
    model.mean_wealth_yuan = total / model.world.citizens.len().max(1) as f64;
    model.catalogue = catalogue;
}

fn world_agents(model: &Model, county: usize) -> f64 {
    model.world.counties.citizens[county].len() as f64
}

/// Whether a citizen is aged, disabled, alone or poor.
fn is_weak(person: u8, vulnerability: u8) -> bool {
    const AGED: u8 = AgeGroup::Aged as u8;
    const DISABLED_ALONE_POOR: u8 = 0b1_0101;
    person & 3 == AGED || vulnerability & DISABLED_ALONE_POOR != 0
}

/// Share of a county's natural deaths that falls on the weak, who die `ratio` times as often.
fn weight_of_weak(ratio: f64, weak: u32, all: u32) -> f64 {
    let share = f64::from(weak) / f64::from(all.max(1));
    share * ratio / (1.0 + share * (ratio - 1.0))
}

/// Wealth of a code (yuan).
fn wealth_yuan(code: u8) -> f64 {
    if code == 0 {
        0.0
    } else {
        WEALTH_LEAST_YUAN * pow(WEALTH_RATIO, f64::from(code) - 1.0)
    }
}

/// Alarm at rest: yearly pushes of threat × half-life/ln 2 (sd of perception).
fn alarm(model: &Model, catalogue: &NaturalHistory, years: u32) -> Vec<f32> {
    let facts = &model.society.citizens;
    let mut pushes = vec![0.0; model.world.counties.len()];
    for event in &catalogue.events {
        for strike in &catalogue.strikes[event.strikes.rows()] {
            let share = harm::affected_share(&model.society, event.kind, strike);
            pushes[strike.county as usize] +=
                share * facts.threat_jump_struck + (1.0 - share) * facts.threat_jump_county;
        }
    }
    let at_rest = |push: f64| {
        half_life_stock(push / f64::from(years), 1.0, facts.threat_half_life_years).min(3.0)
    };
    pushes
        .into_iter()
        .map(|push| at_rest(push) as f32)
        .collect()
}

/// Expected asset loss of each hazard at the initial state (yuan a year).
fn expected_loss(model: &Model, catalogue: &NaturalHistory, years: u32) -> Table<NaturalKind, f64> {
    let mut sums: Table<NaturalKind, f64> = Table::default();
    for event in &catalogue.events {
        for strike in &catalogue.strikes[event.strikes.rows()] {
            let damage = harm::base_damage(
                &model.world,
                &model.society,
                &model.vulnerability,
                event.kind,
                strike,
            );
            sums[event.kind] += damage.values().iter().sum::<f64>() / f64::from(years);
        }
    }
    sums
}
