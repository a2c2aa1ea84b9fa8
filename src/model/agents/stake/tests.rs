//! The stake by hand-computed numbers.

use super::*;
use crate::model::world::sample::society;

/// A society in which an accident costs `harm` to others and nothing else, and a firm has `assets`.
fn bare(harm: f64, assets: f64) -> Society {
    let mut society = society().0;
    society.enterprise.nonfatal_harm_yuan = harm;
    society.enterprise.sanction_not_money_yuan = 0.0;
    society.enterprise.asset_sigma_log = 0.0;
    society.enterprise.uninsured_claim_share = 0.1;
    society.government.fine_imposed_share = 0.0;
    society.reporting.moral_conceal = 1e3;
    society.reporting.moral_understate = 1e3;
    society.accident.suspension_weeks = Table::default();
    let trade = &mut society.trades[Trade::Chemicals];
    trade.fatal_share = 0.0;
    trade.own_damage_yuan_per_accident = 0.0;
    trade.sizes[SizeClass::Small].assets_liquid_median_yuan = assets;
    society
}

fn terms(liability_share: f64) -> Terms {
    Terms {
        climate: Climate {
            severity: 1.0,
            exposure: 1.0,
            aggravation: 1.0,
        },
        liability_share,
        excused_share: 0.0,
        statutory_duty: false,
        take_up: Table::default(),
        experience_rating: 0.0,
        limit_per_death: f64::INFINITY,
        employer_share: 1.0,
        ceiling: Ceiling {
            deaths: u32::MAX,
            kept: 1.0,
        },
    }
}

fn of(society: &Society, terms: &Terms) -> Stake {
    stake(society, terms, Trade::Chemicals, SizeClass::Small)
}

fn near(found: f64, right: f64) {
    assert!(
        (found - right).abs() < 1e-9 * right.abs().max(1.0),
        "{found} for {right}"
    );
}

#[test]
fn the_judgment_proof_firm_pays_its_assets() {
    near(of(&bare(100.0, 1e9), &terms(0.7)).at_fault, 70.0);
    near(of(&bare(100.0, 40.0), &terms(1.0)).at_fault, 40.0);
}

/// Expectation of the minimum: assets 40·e^{σz} at z = −1.28 … 1.28 and σ = 1 against 100 give
/// (11.1215 + 23.7808 + 40 + 67.2811 + 100)/5 = 48.4367, not min(E A, 100).
#[test]
fn the_minimum_is_taken_before_the_mean() {
    let mut society = bare(100.0, 40.0);
    society.enterprise.asset_sigma_log = 1.0;
    let found = of(&society, &terms(1.0)).at_fault;
    assert!((found - 48.4367).abs() < 1e-3, "{found}");
}

/// D = (1 − k + εk)·H, k = 0.8·0.9: 28 without, 64 with half of it charged back.
#[test]
fn cover_and_experience_rating() {
    let society = bare(100.0, 1e9);
    let mut terms = terms(1.0);
    terms.take_up = Table::from_fn(|_| 0.8);
    near(of(&society, &terms).at_fault, 28.0);
    terms.experience_rating = 0.5;
    near(of(&society, &terms).at_fault, 64.0);
}

/// A firm of 5 is ruined by its excess of 10: nobody is left to be charged, unless the record lives on.
#[test]
fn a_ruined_firm_is_rated_only_if_its_record_lives_on() {
    let mut society = bare(100.0, 5.0);
    let mut terms = terms(1.0);
    terms.take_up = Table::from_fn(|_| 1.0);
    terms.experience_rating = 0.5;
    society.enterprise.rating_after_ruin_share = 0.0;
    near(of(&society, &terms).at_fault, 5.0);
    society.enterprise.rating_after_ruin_share = 1.0;
    near(of(&society, &terms).at_fault, 50.0);
}

/// Due care frees of what is owed to others; of what is owed to workers only where that needs fault.
#[test]
fn due_care_frees_as_far_as_it_is_trusted() {
    let mut society = bare(100.0, 1e9);
    let mut terms = terms(1.0);
    terms.excused_share = 0.75;
    let stake = of(&society, &terms);
    near(stake.at_fault, 100.0);
    near(stake.with_due_care, 25.0);
    society.trades[Trade::Chemicals].third_party_share = 0.2;
    terms.statutory_duty = true;
    near(
        of(&society, &terms).with_due_care,
        100.0 - 0.75 * 0.2 * 100.0,
    );
}

/// Whoever conceals and is never found pays nothing: with a moral cost of ln 4 a fifth do.
#[test]
fn what_is_concealed_costs_only_if_it_comes_out() {
    let mut society = bare(100.0, 1e9);
    society.government.sanction_scale = Table::default();
    society.reporting.exposure_per_witness = 0.0;
    society.reporting.moral_conceal = crate::model::transcendental::log(4.0);
    near(of(&society, &terms(1.0)).at_fault, 80.0);
}
