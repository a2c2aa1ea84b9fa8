//! Tests of the ladder of accidents.

use proptest::prelude::*;

use super::*;
use crate::model::record::Checks;
use crate::model::settlement::capital::Fund;
use crate::model::settlement::fixtures::{all, arrangements, none};
use crate::scenario::policy::LiabilityRule;
use crate::vocabulary::Vocabulary;

/// One worker (100,000) and one other (110,000) dead, treatment 10,000 each, earnings 2,000 each,
/// property 8,000, own damage 20,000.
fn claim() -> AccidentClaim {
    AccidentClaim {
        owner: Some(Owner::CountySector),
        workers_dead: 1,
        third_parties_dead: 1,
        worker_treatment: 10_000,
        worker_earnings: 2_000,
        third_party_treatment: 10_000,
        third_party_earnings: 2_000,
        third_party_property: 8_000,
        own_damage: 20_000,
        negligent: true,
        assets_liquid: 1_000_000,
        fine: 5_000,
        ..AccidentClaim::default()
    }
}

fn books(terms: &Arrangement) -> Books {
    Books::new(terms, Fund::unlimited(), Fund::default())
}

#[test]
fn without_sharing_victims_and_enterprise_keep_their_own() {
    let terms = none();
    let terms = Arrangement {
        statutory: all().statutory,
        ..terms
    };
    let mut terms = terms;
    terms.statutory.work_injury_coverage = 0.0;
    terms.statutory.medical = 0.0;
    let outcome = settle_accident(&terms, &claim(), &mut books(&terms));
    assert_eq!(outcome.totals.uncompensated, 242_000);
    assert_eq!(outcome.totals.enterprises, 20_000);
    assert_eq!(outcome.totals.direct, 262_000);
}

#[test]
fn the_ladder_by_hand() {
    let terms = all();
    let mut books = books(&terms);
    let claim = AccidentClaim {
        liability_insured: true,
        property_insured: true,
        ..claim()
    };
    let outcome = settle_accident(&terms, &claim, &mut books);
    // 0.4 × 100,000 and 0.4 × 0.9 × 10,000.
    assert_eq!(outcome.work_injury, 43_600);
    // Owed: all of the workers' rest 68,400, half of the others' 130,000; cover 2 × 40,000.
    assert_eq!(outcome.liability_cover, 80_000);
    assert_eq!(outcome.injurer_paid, 68_400 + 65_000 - 80_000);
    assert_eq!((outcome.debt_unpaid, outcome.fine_paid), (0, 5_000));
    // Own damage: min(0.8, 0.5) × 20,000 insured.
    assert_eq!(outcome.own_damage_kept, 10_000);
    // Others' 65,000 unpaid, of which treatment 5,000, 0.6 of it medical insurance.
    assert_eq!(outcome.totals.uncompensated, 62_000);
    assert_eq!(outcome.unpaid_by_fifth, [12_400; 5]);
    assert_eq!(books.accounts.transfer[Bearer::County.number()], 5_000);
    assert_eq!(books.ledger.open_events, 0);
}

#[test]
fn victims_come_before_fines_and_a_poor_injurer_is_judgement_proof() {
    let terms = all();
    let poor = AccidentClaim {
        assets_liquid: 30_000,
        ..claim()
    };
    let outcome = settle_accident(&terms, &poor, &mut books(&terms));
    // 20,000 own damage first, 10,000 for victims, nothing for the fine.
    assert_eq!((outcome.injurer_paid, outcome.fine_paid), (10_000, 0));
    assert_eq!(outcome.debt_unpaid, 68_400 + 65_000 - 10_000);
}

#[test]
fn negligence_needs_negligence_but_the_statutory_duty_does_not() {
    let mut terms = all();
    terms.liability.rule = LiabilityRule::Negligence;
    let careful = AccidentClaim {
        negligent: false,
        ..claim()
    };
    let outcome = settle_accident(&terms, &careful, &mut books(&terms));
    assert_eq!(outcome.injurer_paid, 68_400);
    terms.statutory.work_injury_coverage = 0.0;
    let outcome = settle_accident(&terms, &careful, &mut books(&terms));
    assert_eq!(outcome.injurer_paid, 0);
}

#[test]
fn insurers_pay_as_far_as_their_capital_goes() {
    let terms = all();
    let mut books = Books::new(&terms, Fund::new(50_000), Fund::default());
    let claim = AccidentClaim {
        liability_insured: true,
        assets_liquid: 0,
        ..claim()
    };
    let outcome = settle_accident(&terms, &claim, &mut books);
    assert_eq!(
        (outcome.liability_cover, books.insurers.unpaid),
        (50_000, 30_000)
    );
    assert!(books.insurers.ruined);
    assert_eq!(books.ledger.open_events, 0);
}

fn claims() -> impl Strategy<Value = AccidentClaim> {
    (
        (
            0_u32..40,
            0_u32..10,
            prop::array::uniform7(0_i64..500_000),
            0_i64..2_000_000,
        ),
        (
            any::<bool>(),
            any::<bool>(),
            any::<bool>(),
            prop::array::uniform5(0_i64..9),
        ),
    )
        .prop_map(
            |((workers, others, money, assets), (negligent, liability, property, fifths))| {
                AccidentClaim {
                    owner: None,
                    workers_dead: workers,
                    third_parties_dead: others,
                    worker_treatment: money[0],
                    worker_earnings: money[1],
                    third_party_treatment: money[2],
                    third_party_earnings: money[3],
                    third_party_property: money[4],
                    own_damage: money[5],
                    fine: money[6],
                    assets_liquid: assets,
                    negligent,
                    liability_insured: liability,
                    property_insured: property,
                    fifth_weights: fifths,
                    third_party_insured: 0.0,
                }
            },
        )
}

proptest! {
    #[test]
    fn every_accident_closes_to_the_fen(terms in arrangements(), claim in claims(), capital in 0_i64..400_000) {
        let mut books = Books::new(&terms, Fund::new(capital), Fund::default());
        let outcome = settle_accident(&terms, &claim, &mut books);
        prop_assert_eq!(outcome.unpaid_by_fifth.iter().sum::<Fen>(), outcome.totals.uncompensated);
        prop_assert_eq!(outcome.injurer_paid + outcome.own_damage_kept, outcome.totals.enterprises);
        let solvent = (claim.assets_liquid - outcome.own_damage_kept).max(0);
        prop_assert!(outcome.injurer_paid + outcome.fine_paid <= solvent);
        prop_assert_eq!(books.insurers.capital + outcome.totals.insured, capital);
        let mut checks = Checks::default();
        books.check(&mut checks);
        prop_assert!(checks.pass());
    }
}

/// Half of third parties hold cover of 0.9 above a deductible of 10.
fn covered(recourse: bool) -> (Arrangement, AccidentClaim) {
    let mut terms = all();
    terms.covers.household = 0.9;
    terms.covers.after_accidents = true;
    terms.covers.recourse = recourse;
    let claim = AccidentClaim {
        third_party_insured: 0.5,
        ..claim()
    };
    (terms, claim)
}

#[test]
fn own_cover_pays_on_what_the_injurer_leaves() {
    let (terms, claim) = covered(false);
    let outcome = settle_accident(&terms, &claim, &mut books(&terms));
    // 4,000 of 8,000 left, 2,000 of it insured: 0.9 × 1,995. Before it, victims kept 62,000.
    assert_eq!((outcome.own_cover, outcome.recovered), (1_796, 0));
    assert_eq!(outcome.totals.uncompensated, 62_000 - 1_796);
    assert_eq!(outcome.totals.insured, 1_796);
}

#[test]
fn with_recourse_own_cover_pays_first_and_takes_over_what_victims_no_longer_lack() {
    let (terms, claim) = covered(true);
    let outcome = settle_accident(&terms, &claim, &mut books(&terms));
    // 0.9 × 3,995 due; of the 2,000 owed on insured property the victims keep the 404 that they still lack.
    assert_eq!((outcome.recovered, outcome.own_cover), (1_596, 2_000));
    assert_eq!(outcome.injurer_paid, 68_400 + 65_000);
    assert_eq!(outcome.totals.uncompensated, 62_000 - 2_000);
}

#[test]
fn victims_come_before_the_insurer_that_paid_them() {
    let (terms, claim) = covered(true);
    let poor = AccidentClaim {
        assets_liquid: 30_000,
        ..claim
    };
    let outcome = settle_accident(&terms, &poor, &mut books(&terms));
    assert_eq!((outcome.injurer_paid, outcome.recovered), (10_000, 0));
    assert_eq!(outcome.own_cover, 3_596);
}

proptest! {
    #[test]
    fn own_cover_helps_victims_and_costs_the_injurer_nothing(
        terms in arrangements(),
        claim in claims(),
        insured in 0.0..=1.0_f64,
        recourse in any::<bool>(),
    ) {
        let claim = AccidentClaim { third_party_insured: insured, ..claim };
        let mut asked = terms.clone();
        asked.covers.after_accidents = true;
        asked.covers.recourse = recourse;
        let without = settle_accident(&terms, &claim, &mut books(&terms));
        let mut books = books(&asked);
        let with = settle_accident(&asked, &claim, &mut books);
        prop_assert!(with.totals.uncompensated <= without.totals.uncompensated);
        prop_assert_eq!(with.injurer_paid, without.injurer_paid);
        prop_assert!(with.own_cover >= 0 && with.recovered >= 0);
        prop_assert!(with.own_cover + with.recovered <= claim.third_party_property);
        let mut checks = Checks::default();
        books.check(&mut checks);
        prop_assert!(checks.pass());
    }
}
