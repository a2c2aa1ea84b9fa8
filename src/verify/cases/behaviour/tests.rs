//! The worked values of each case, and values at the ends of their ranges.

use crate::verify::{Effort, Quantity, case, run};

/// Each case with settings that must pass; none = its worked defaults.
const SETTINGS: [(&str, &[&str]); 42] = [
    ("care-strict-liability", &[]),
    ("care-negligence", &[]),
    ("regulation-and-liability", &[]),
    ("moral-hazard", &[]),
    ("care-floor", &[]),
    ("interdependent-security", &[]),
    ("backlog", &[]),
    ("care-strict-liability", &["assets=40"]),
    (
        "care-strict-liability",
        &[
            "care_cost=5",
            "effectiveness=0.8",
            "base_rate=0.02",
            "harm=5000",
            "assets=300",
        ],
    ),
    (
        "care-strict-liability",
        &["effectiveness=1", "base_rate=0.01", "harm=50", "assets=50"],
    ),
    ("care-strict-liability", &["assets=0"]),
    (
        "care-strict-liability",
        &[
            "care_cost=0.001",
            "base_rate=0.0001",
            "harm=1e9",
            "assets=1e12",
        ],
    ),
    ("care-negligence", &["standard=2.1", "assets=100"]),
    ("care-negligence", &["standard=1.3", "assets=30"]),
    ("care-negligence", &["standard=1.3", "assets=100"]),
    ("care-negligence", &["standard=0"]),
    ("care-negligence", &["care_cost=0.001"]),
    ("care-floor", &["multiplier=1000"]),
    ("care-negligence", &["standard=0.3", "assets=5"]),
    ("care-negligence", &["assets=0"]),
    ("care-negligence", &["standard=8", "harm=1e9", "assets=1e9"]),
    ("regulation-and-liability", &["assets=0.5"]),
    ("regulation-and-liability", &["suit_probability=1"]),
    ("regulation-and-liability", &["suit_probability=0"]),
    (
        "regulation-and-liability",
        &["suit_probability=0.55", "assets=2"],
    ),
    (
        "regulation-and-liability",
        &[
            "care_cost=50",
            "base_rate=0.2",
            "greatest_harm=900",
            "assets=300",
        ],
    ),
    (
        "regulation-and-liability",
        &["base_rate=0.1", "greatest_harm=1.5"],
    ),
    ("moral-hazard", &["experience_rating=0"]),
    (
        "moral-hazard",
        &[
            "insured_share=1",
            "deductible_share=0",
            "experience_rating=0",
        ],
    ),
    (
        "moral-hazard",
        &[
            "insured_share=1",
            "deductible_share=0",
            "experience_rating=1",
        ],
    ),
    ("moral-hazard", &["harm=3", "base_rate=0.1"]),
    ("care-floor", &["floor=0"]),
    ("care-floor", &["floor=0", "multiplier=3"]),
    ("care-floor", &["multiplier=3"]),
    ("care-floor", &["floor=1", "multiplier=0.2"]),
    (
        "interdependent-security",
        &["firms=2", "contagion_probability=0.3", "cost=85"],
    ),
    ("interdependent-security", &["cost=60"]),
    ("interdependent-security", &["firms=1", "cost=120"]),
    (
        "interdependent-security",
        &["firms=150", "contagion_probability=0.002", "cost=90"],
    ),
    ("backlog", &["schedule=fixed"]),
    (
        "backlog",
        &["schedule=fixed", "self_check_per_week=0", "found_share=1"],
    ),
    (
        "backlog",
        &[
            "growth_per_week=0.05",
            "self_check_per_week=0.05",
            "found_share=0.3",
            "inspection_interval_weeks=52",
            "schedule=fixed",
        ],
    ),
];

#[test]
fn worked_values_and_ends_of_ranges_pass() {
    let effort = Effort {
        scale: 0.25,
        ..Effort::default()
    };
    let mut failed: Vec<String> = Vec::new();
    for (name, settings) in SETTINGS {
        let settings: Vec<String> = settings.iter().map(|text| (*text).to_owned()).collect();
        match run(case(name).unwrap(), &settings, &effort) {
            Ok(outcome) => {
                let wrong: Vec<&Quantity> =
                    outcome.quantities.iter().filter(|q| !q.pass()).collect();
                if !wrong.is_empty() {
                    failed.push(format!("{name} {settings:?}: {wrong:#?}"));
                }
            }
            Err(refusal) => failed.push(format!("{name} {settings:?}: {refusal:?}")),
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn what_no_firm_or_backlog_can_be_is_refused() {
    for (name, settings) in [
        ("regulation-and-liability", ["least_harm=4"].as_slice()),
        ("backlog", &["self_check_per_week=0", "found_share=0"]),
        ("backlog", &["schedule=daily"]),
        ("interdependent-security", &["firms=2.5"]),
    ] {
        let settings: Vec<String> = settings.iter().map(|text| (*text).to_owned()).collect();
        assert!(
            run(case(name).unwrap(), &settings, &Effort::default()).is_err(),
            "{name}"
        );
    }
}
