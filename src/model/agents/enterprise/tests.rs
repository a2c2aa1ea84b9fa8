//! Care, compliance and backlog by hand-computed numbers.

use super::choice::complying;
use super::*;
use crate::model::agents::stake::Stake;
use crate::model::lanes::ABREAST;
use crate::model::world::sample::society as sample_society;
use proptest::prelude::*;

/// A firm of ten workers with λ = 0.1, D = 100, c = k = 1 and no fines.
fn firm() -> Choice {
    Choice {
        exposure: 0.1,
        stake: Stake {
            at_fault: 100.0,
            with_due_care: 100.0,
        },
        price_of_care: 1.0,
        workers: 10.0,
        fines: 0.0,
        cost_of_care: 1.0,
        most: 9.0,
    }
}

/// κ = 2, a standard of 2 and firms that comply exactly where it pays.
fn rules() -> Enterprise {
    let mut rules = sample_society().0.enterprise;
    rules.care_kappa = 2.0;
    rules.care_standard = 2.0;
    rules.standard_discount = 1.0;
    rules.compliance_slope = 1e6;
    rules
}

/// e* = ln(2·0.1·100)/2 = 1.497866; the standard of 2 would save 0.1·(e^{−2e*} − e^{−4})·100·10 = 3.168
/// and cost 10·0.502134 = 5.021: breached.
#[test]
fn a_standard_that_is_too_high_is_breached() {
    let rational = firm().rational(&rules());
    assert!((rational.care - 1.497_866_136_8).abs() < 1e-9);
    assert!(
        (rational.saved - 3.168_436_1).abs() < 1e-6,
        "{}",
        rational.saved
    );
    assert_eq!(firm().with_standard(rational, &rules()), rational.care);
}

/// Fines of 2 a year tip it: 5.168 > 5.021.
#[test]
fn fines_make_it_comply() {
    let mut choice = firm();
    choice.fines = 2.0;
    let care = choice.with_standard(choice.rational(&rules()), &rules());
    assert!((care - 2.0).abs() < 1e-9, "{care}");
}

/// Where due care frees of the whole debt, a firm whose own care would be 1.498 stops at a standard of 1.3,
/// and one that breached 1.99 meets it: 10·1.99 < 10·(1.497866 + 0.5).
#[test]
fn due_care_that_frees_is_kept_to_the_letter() {
    let mut choice = firm();
    choice.stake.with_due_care = 0.0;
    let mut rules = rules();
    for (standard, care) in [(1.3, 1.3), (1.99, 1.99), (2.0, 1.497_866_136_8)] {
        rules.care_standard = standard;
        let aimed = choice.with_standard(choice.rational(&rules), &rules);
        assert!((aimed - care).abs() < 1e-9, "{standard}: {aimed}");
    }
}

#[test]
fn habit_answers_to_fines_alone() {
    let habit = Habit {
        care: 1.0,
        saved: 4.0,
    };
    let mut choice = firm();
    let mut rules = rules();
    rules.compliance_slope = 1.2;
    let before = choice.with_standard(habit, &rules);
    choice.stake.at_fault = 1e6;
    choice.exposure = 1.0;
    assert_eq!(choice.with_standard(habit, &rules), before);
    choice.fines = 6.0;
    // (10 + 1)/(10 + 1) = 1: half comply.
    assert!((choice.with_standard(habit, &rules) - 1.5).abs() < 1e-12);
}

/// Three neighbours of 0.02 accidents a year each over 5 years at 0.1: e^{−0.03}.
#[test]
fn neighbours_by_hand() {
    assert!((safe_from_neighbours(0.06, 0.1, 5.0) - exp(-0.03)).abs() < 1e-15);
    assert_eq!(safe_from_neighbours(0.06, 0.0, 5.0), 1.0);
}

/// 0.3 × 100,000 of margin pays for 3,000 a unit ten times over; a hundredth of it for 0.1 units.
#[test]
fn care_stops_at_its_share_of_the_margin() {
    let mut rules = rules();
    rules.closure_margin_share = 0.3;
    rules.care_share_of_margin = 1.0;
    assert_eq!(affordable_care(&rules, 100_000.0, 3000.0), rules.care_max);
    rules.care_share_of_margin = 0.01;
    assert!((affordable_care(&rules, 100_000.0, 3000.0) - 0.1).abs() < 1e-12);
}

/// Fixed visits every 13 weeks that find half (g = 0.1, s = 0.02 a week): 1.862962 before a visit.
#[test]
fn fixed_visits_by_hand() {
    let (growth, removal, h) = (5.2, 1.04, 0.25);
    let mut open = 0.0;
    for _ in 0..400 {
        open = backlog_with_visits(open, growth, removal, h, std::iter::once(0.0), 0.5);
    }
    assert!((open - 1.862_962).abs() < 1e-6, "{open}");
    let two = backlog_with_visits(4.0, 0.0, 0.0, 1.0, [0.2, 0.7].into_iter(), 0.5);
    assert_eq!(two, 1.0);
    assert_eq!(
        backlog_with_visits(4.0, 2.0, 0.0, 1.0, std::iter::empty(), 0.5),
        6.0
    );
}

/// Strict liability, D = H: e* = ln(κλ₀H/c)/κ (c = 1, κ = 2, λ₀ = 0.1, H = 100: 1.497866).
#[test]
fn rational_care_by_hand() {
    assert!((rational_care(2.0, 0.1, 100.0, 1.0, 9.0) - 1.497_866_136_8).abs() < 1e-9);
    assert_eq!(rational_care(1.0, 0.01, 50.0, 1.0, 9.0), 0.0);
    assert!((rational_care(2.0, 0.1, 20.0, 1.0, 9.0) - std::f64::consts::LN_2).abs() < 1e-9);
}

#[test]
fn price_and_care_are_inverse() {
    let price = price_of_care(1.0, 3e-4, 2e6, 1.0);
    assert!((rational_care(1.0, 3e-4, 2e6, price, 3.0) - 1.0).abs() < 1e-12);
}

#[test]
fn half_comply_where_benefit_meets_cost() {
    let complies = |benefit: f64| complying(&[benefit; ABREAST], &[500.0; ABREAST], 1.2)[0];
    assert!((complies(500.0) - 0.5).abs() < 1e-12);
    assert!(complies(5000.0) > 0.9);
}

proptest! {
    #[test]
    fn backlog_reaches_its_target(b in 0.0..30.0_f64, growth in 0.1..14.0_f64, removal in 0.1..20.0_f64) {
        let target = growth / removal;
        prop_assert!((backlog_after(target, growth, removal, 0.25) - target).abs() < 1e-9);
        prop_assert!((backlog_after(b, growth, removal, 1e3) - target).abs() < 1e-6);
        let once = backlog_after(b, growth, removal, 0.5);
        let twice = backlog_after(backlog_after(b, growth, removal, 0.25), growth, removal, 0.25);
        prop_assert!((once - twice).abs() < 1e-9);
    }
}
