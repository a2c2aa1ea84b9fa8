//! What a catalogue of natural years tells about each county: alarm, loss to expect, wealth.

use std::ops::Range;

use rayon::prelude::*;

use crate::model::Model;
use crate::model::agents::citizen;
use crate::model::hazards::candidates::WEEKS_PER_YEAR;
use crate::model::hazards::harm;
use crate::model::hazards::natural::{self, NaturalHistory};
use crate::model::regime::half_life_stock;
use crate::model::transcendental::pow;
use crate::model::world::CitizenFacts;
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
        years * WEEKS_PER_YEAR,
    );
    model.alarm_at_start = alarm(model, &catalogue, years);
    model.expected_loss_yuan = expected_loss(model, &catalogue, years);
    let worth: Vec<f64> = (0..=u8::MAX).map(wealth_yuan).collect();
    let spans = world.counties.citizens.par_iter();
    let sums: Vec<CitizenSums> = spans
        .map(|span| CitizenSums::of(columns, span.rows(), &worth))
        .collect();
    for sums in &sums {
        let all = f64::from(sums.all().max(1));
        let ratio = model.society.citizens.vulnerable_death_ratio;
        model
            .vulnerable_weight
            .push(weight_of_weak(ratio, f64::from(sums.weak) / all));
        model.wealth_yuan.push(sums.wealth_yuan / all);
        model
            .prepared_at_start
            .push(f64::from(sums.prepared.iter().sum::<u32>()) / (4.0 * all));
        model
            .prepared_at_start_by_fifth
            .push(sums.prepared_by_fifth());
        model.agents_by_fifth.push(sums.agents);
        model
            .grievance_at_start
            .push((sums.grievance as f64 / 255.0 / all).max(1e-4));
    }
    let agents = |county: usize| model.world.counties.citizens[county].len() as f64;
    let total: f64 = (0..model.wealth_yuan.len())
        .map(|c| model.wealth_yuan[c] * agents(c))
        .sum();
    model.mean_wealth_yuan = total / model.world.citizens.len().max(1) as f64;
    model.catalogue = catalogue;
}

/// What the citizens of a county add up to.
#[derive(Default)]
struct CitizenSums {
    /// Agents by income fifth.
    agents: [u32; 5],
    /// Measures of preparedness they have taken (of four each), by income fifth.
    prepared: [u32; 5],
    /// Grievance (in 1/255).
    grievance: u64,
    /// The aged, disabled, lone or poor.
    weak: u32,
    wealth_yuan: f64,
}

impl CitizenSums {
    /// Of some rows, with what each code of wealth is worth (yuan).
    fn of(columns: &CitizenFacts, rows: Range<usize>, worth: &[f64]) -> Self {
        let mut sums = CitizenSums::default();
        for row in rows {
            let fifth = citizen::fifth(columns.person[row]);
            sums.agents[fifth] += 1;
            sums.prepared[fifth] += (columns.measures[row] & 0b1111).count_ones();
            sums.grievance += u64::from(columns.grievance[row]);
            sums.weak += u32::from(is_weak(columns.person[row], columns.vulnerability[row]));
            sums.wealth_yuan += worth[usize::from(columns.wealth[row])];
        }
        sums
    }

    fn all(&self) -> u32 {
        self.agents.iter().sum()
    }

    /// Share of all measures taken, by income fifth.
    fn prepared_by_fifth(&self) -> [f64; 5] {
        let mut shares = [0.0; 5];
        for (fifth, share) in shares.iter_mut().enumerate() {
            *share = f64::from(self.prepared[fifth]) / (4.0 * f64::from(self.agents[fifth].max(1)));
        }
        shares
    }
}

/// Whether a citizen is aged, disabled, alone or poor.
fn is_weak(person: u8, vulnerability: u8) -> bool {
    const AGED: u8 = AgeGroup::Aged as u8;
    const DISABLED_ALONE_POOR: u8 = 0b1_0101;
    person & 3 == AGED || vulnerability & DISABLED_ALONE_POOR != 0
}

/// Share of a county's natural deaths that falls on the weak, a share of its people who die `ratio`
/// times as often.
fn weight_of_weak(ratio: f64, share: f64) -> f64 {
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
