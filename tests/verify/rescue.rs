//! `riskweave verify`: the cases of rescue, spread and recovery in small, at odd values, and refused.

use crate::quick;
use riskweave::verify::{Effort, Quantity, case, cases, run};

/// Cases of rescue, spread and recovery: size of a quick run, quantities.
const RESCUE: [(&str, u64, &[&str]); 10] = [
    ("epidemic", 200, &["final_size", "probability_major"]),
    (
        "cascade",
        5000,
        &[
            "mean_size",
            "variance_size",
            "probability_size",
            "share_cut",
        ],
    ),
    ("threshold-crowd", 2_000_000, &["final_share"]),
    (
        "queue",
        100_000,
        &[
            "probability_wait",
            "mean_wait_hours",
            "probability_wait_longer",
        ],
    ),
    (
        "signal-detection",
        10_000,
        &["hit_rate", "false_alarm_rate", "best_criterion"],
    ),
    ("rescue-survival", 10_000, &["survival"]),
    (
        "first-responders",
        20_000,
        &["saved", "saved_by_teams_only"],
    ),
    (
        "recovery",
        1,
        &["resilience_loss", "weeks_to_90", "weeks_to_99"],
    ),
    ("overlap", 1, &["resilience_loss", "lowest_function"]),
    (
        "overlapping-repairs",
        20_000,
        &["mean_functionality", "mean_in_repair"],
    ),
];

#[test]
fn rescue_and_recovery_pass_in_small() {
    for (name, many, quantities) in RESCUE {
        let found = quick(name, &[], many);
        let names: Vec<&str> = found.iter().map(|q| q.name.as_str()).collect();
        assert_eq!(names, quantities, "{name}");
        assert!(found.iter().all(Quantity::pass), "{name}: {found:#?}");
    }
    assert_eq!(cases().count(), 31);
}

#[test]
fn other_values_of_rescue_and_recovery_pass() {
    let settings: [(&str, u64, &[&str]); 14] = [
        ("epidemic", 300, &["reproduction=3", "removal_per_step=0.3"]),
        (
            "epidemic",
            200,
            &["initial_infected=5", "removal_per_step=4"],
        ),
        (
            "cascade",
            5000,
            &["reproduction=0", "max_generations=3", "size=1"],
        ),
        ("cascade", 5000, &["reproduction=0.9", "max_generations=1"]),
        ("threshold-crowd", 2, &["sd=0.2", "people=100000"]),
        ("threshold-crowd", 2, &["mean=1.5", "people=10000"]),
        ("queue", 2, &["servers=7", "arrivals_per_hour=2"]),
        (
            "signal-detection",
            10_000,
            &["sensitivity=0.5", "criterion=-1", "prior=0.7"],
        ),
        ("rescue-survival", 10_000, &["hours=0"]),
        (
            "first-responders",
            20_000,
            &["trapped=3", "shape=0.6", "responder_start_hours=20"],
        ),
        ("recovery", 1, &["loss=1", "time_constant_weeks=0.3"]),
        (
            "recovery",
            1,
            &["loss=0.05", "time_constant_weeks=3", "horizon_weeks=400"],
        ),
        (
            "overlap",
            1,
            &["first_loss=1", "second_loss=0.01", "gap_weeks=70"],
        ),
        (
            "overlapping-repairs",
            20_000,
            &["rate_per_year=12", "mean_repair_years=0.5", "loss_each=0.1"],
        ),
    ];
    for (name, many, settings) in settings {
        let found = quick(name, settings, many);
        assert!(
            found.iter().all(Quantity::pass),
            "{name} {settings:?}: {found:#?}"
        );
    }
}

#[test]
fn what_cannot_be_tested_is_refused() {
    for (name, setting) in [
        ("epidemic", "people=100"),
        ("epidemic", "initial_infected=5000"),
        ("threshold-crowd", "sd=0.1222"),
        ("queue", "arrivals_per_hour=1.95"),
        ("overlapping-repairs", "loss_each=1"),
        ("overlapping-repairs", "rate_per_year=0"),
        ("cascade", "max_generations=1.5"),
        ("recovery", "loss=1.2"),
        ("recovery", "loss=0"),
        ("signal-detection", "prior=1"),
        ("first-responders", "team_rate_per_hour=0"),
    ] {
        let settings = match (name, setting) {
            ("overlapping-repairs", "loss_each=1") => vec![
                setting.to_owned(),
                "rate_per_year=20".to_owned(),
                "mean_repair_years=1".to_owned(),
            ],
            _ => vec![setting.to_owned()],
        };
        let outcome = run(case(name).unwrap(), &settings, &Effort::default());
        assert!(outcome.is_err(), "{name} {setting}");
    }
}
