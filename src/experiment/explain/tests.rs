//! What must hold of every explanation, in the seminar city.

use super::*;
use crate::model::record::Fen;
use crate::scenario::{load_policy, load_society};
use crate::vocabulary::{Layer, Vocabulary};

/// A model and its baseline's regime.
fn seminar() -> (Model, Regime) {
    let society = load_society("seminar-county", &[]).expect("built in");
    let baseline = load_policy(&society.society.baseline, &society, &[]).expect("built in");
    let model = Model::new(society, 10_000);
    let regime = model.regime(&baseline, &baseline, true);
    (model, regime)
}

fn accident(deaths: u32) -> Struck {
    Struck::Accident {
        trade: Trade::Chemicals,
        size: SizeClass::Medium,
        deaths,
        injured: 0,
    }
}

fn asked(struck: Struck) -> Question {
    Question {
        loss: 500_000_000,
        struck,
        province: 0,
    }
}

#[test]
fn every_way_pays_the_whole_loss() {
    let (model, regime) = seminar();
    let natural = Asset::ALL.iter().map(|asset| Struck::Natural {
        asset: *asset,
        hazard: NaturalKind::Flood,
        intensity: 9.0,
    });
    for struck in natural.chain([accident(0)]) {
        let explained = explain(&model, &regime, &regime, &asked(struck));
        for way in &explained.ways {
            let paid: Fen = way.paid.iter().map(|paid| paid.fen).sum();
            assert_eq!(paid, 500_000_000, "{struck:?}");
        }
    }
}

#[test]
fn the_dead_are_a_loss_besides_at_the_statutory_tariffs() {
    let (model, regime) = seminar();
    let explained = explain(&model, &regime, &regime, &asked(accident(10)));
    let third = f64::from(10) * model.society.trades[Trade::Chemicals].third_party_share;
    let third = (third + 0.5) as Fen;
    let statutory = &regime.arrangement.statutory;
    let tariff = (10 - third) * statutory.worker_death + third * statutory.third_party_death;
    for way in &explained.ways {
        let paid: Fen = way.paid.iter().map(|paid| paid.fen).sum();
        assert_eq!(paid, 500_000_000 + tariff);
        assert!(way.fine > 0);
    }
    let insured = |way: &Way| {
        let paid = way.paid.iter();
        paid.filter(|paid| paid.layer == Layer::SafetyLiability)
            .map(|paid| paid.fen)
            .sum::<Fen>()
    };
    assert_eq!(explained.ways.len(), 2);
    assert!(insured(&explained.ways[0]) > 0 && insured(&explained.ways[1]) == 0);
}

#[test]
fn care_is_that_of_the_engine_and_falls_with_the_liability() {
    let (model, regime) = seminar();
    let of = |regime: &Regime, at_rest: &Regime| {
        let explained = explain(&model, at_rest, regime, &asked(accident(0)));
        explained.care.expect("the city has chemical plants")
    };
    let usual = of(&regime, &regime);
    let rules = &model.society.enterprise;
    assert_eq!(usual.rational, usual.choice.rational(rules).care);
    assert_eq!(usual.negligent, usual.aimed < rules.care_standard);
    let mut lenient = regime.clone();
    for stake in lenient.trades[Trade::Chemicals].stake.values_mut() {
        stake.at_fault *= 0.1;
        stake.with_due_care *= 0.1;
    }
    assert!(of(&lenient, &regime).rational < usual.rational);
}

#[test]
fn duties_are_those_of_the_matrix() {
    let (model, regime) = seminar();
    let explained = explain(&model, &regime, &regime, &asked(accident(0)));
    assert_eq!(explained.duties.phases.len(), 4);
    for duty in &explained.duties.phases {
        let shares = &regime.matrix.share[Category::Accident][duty.phase];
        assert!((duty.assigned() - shares.values().iter().sum::<f64>()).abs() < 1e-12);
        assert!(duty.owners.is_sorted_by(|one, next| one.1 >= next.1));
    }
}
