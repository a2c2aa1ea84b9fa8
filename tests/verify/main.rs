//! `riskweave verify`: names as users type them, a quick run, JSON, wrong names and values, and the long
//! test of the stated level.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose program does not answer must fail"
)]

#[path = "../common/program.rs"]
mod program;
mod rescue;

use std::process::Output;

use program::program;
use riskweave::verify::{Effort, Quantity, case, cases, family_wise_level, run};
use serde_json::Value;

/// Cases of this file's own topic with their parameters and quantities.
const LOSSES: [(&str, &[&str], &[&str]); 11] = [
    (
        "compound-poisson-lognormal",
        &["rate_per_year", "mu", "sigma"],
        &["annual_mean", "annual_variance", "probability_no_loss"],
    ),
    (
        "compound-poisson-gpd",
        &["rate_per_year", "threshold", "scale", "shape"],
        &["annual_mean", "annual_variance", "probability_no_loss"],
    ),
    (
        "return-level",
        &[
            "rate_per_year",
            "threshold",
            "scale",
            "shape",
            "period_years",
        ],
        &[
            "events_above_level_per_period",
            "probability_year_above",
            "level_recurrence",
            "level_annual_maximum",
        ],
    ),
    (
        "oep-aep",
        &["rate_per_year", "mean_severity", "loss"],
        &["oep", "aep"],
    ),
    (
        "layer-exponential",
        &[
            "rate_per_year",
            "mean_severity",
            "deductible",
            "limit",
            "share",
        ],
        &["annual_layer", "annual_retained", "probability_attach"],
    ),
    (
        "layer-lognormal",
        &[
            "rate_per_year",
            "mu",
            "sigma",
            "deductible",
            "limit",
            "share",
        ],
        &["annual_layer", "annual_retained", "probability_attach"],
    ),
    (
        "layer-pareto",
        &[
            "rate_per_year",
            "alpha",
            "theta",
            "deductible",
            "limit",
            "share",
        ],
        &["annual_layer", "annual_retained", "probability_attach"],
    ),
    (
        "stop-loss-pool",
        &["rate_per_year", "mean_severity", "attachment", "limit"],
        &[
            "annual_pool",
            "annual_rest",
            "probability_attach",
            "probability_exhaust",
        ],
    ),
    (
        "ruin",
        &[
            "initial_capital",
            "loading",
            "mean_severity",
            "rate_per_year",
            "horizon_years",
        ],
        &["probability_ruin"],
    ),
    (
        "pairing",
        &["rate_a", "rate_b", "years"],
        &["correlation", "variance_ratio"],
    ),
    (
        "thinning",
        &["majorant", "rate_a", "rate_b", "years"],
        &["share_in_b_not_a", "count_b_not_a", "count_a_not_b"],
    ),
];

/// Cases of the other topics with their parameters.
const OTHERS: [(&str, &[&str]); 19] = [
    (
        "care-strict-liability",
        &["care_cost", "effectiveness", "base_rate", "harm", "assets"],
    ),
    (
        "care-negligence",
        &[
            "care_cost",
            "effectiveness",
            "base_rate",
            "harm",
            "assets",
            "standard",
        ],
    ),
    (
        "regulation-and-liability",
        &[
            "care_cost",
            "effectiveness",
            "base_rate",
            "least_harm",
            "greatest_harm",
            "assets",
            "suit_probability",
        ],
    ),
    (
        "moral-hazard",
        &[
            "care_cost",
            "effectiveness",
            "base_rate",
            "harm",
            "insured_share",
            "deductible_share",
            "experience_rating",
        ],
    ),
    (
        "care-floor",
        &[
            "care_cost",
            "effectiveness",
            "base_rate",
            "multiplier",
            "floor",
            "stake",
        ],
    ),
    (
        "volunteer",
        &["cost_benefit_ratio", "owners", "coordination"],
    ),
    (
        "interdependent-security",
        &[
            "firms",
            "own_probability",
            "loss",
            "contagion_probability",
            "cost",
        ],
    ),
    (
        "epidemic",
        &[
            "reproduction",
            "initial_infected",
            "people",
            "removal_per_step",
        ],
    ),
    ("cascade", &["reproduction", "max_generations", "size"]),
    ("threshold-crowd", &["mean", "sd", "people"]),
    (
        "queue",
        &[
            "servers",
            "arrivals_per_hour",
            "services_per_hour",
            "wait_hours",
        ],
    ),
    (
        "backlog",
        &[
            "growth_per_week",
            "self_check_per_week",
            "found_share",
            "inspection_interval_weeks",
            "schedule",
        ],
    ),
    (
        "signal-detection",
        &[
            "sensitivity",
            "criterion",
            "prior",
            "cost_miss",
            "cost_false_alarm",
        ],
    ),
    ("rescue-survival", &["shape", "scale_hours", "hours"]),
    (
        "first-responders",
        &[
            "trapped",
            "shape",
            "scale_hours",
            "responder_start_hours",
            "responder_rate_per_hour",
            "team_start_hours",
            "team_rate_per_hour",
        ],
    ),
    (
        "recovery",
        &["loss", "time_constant_weeks", "horizon_weeks"],
    ),
    (
        "overlap",
        &[
            "first_loss",
            "second_loss",
            "gap_weeks",
            "time_constant_weeks",
        ],
    ),
    (
        "overlapping-repairs",
        &["rate_per_year", "mean_repair_years", "loss_each"],
    ),
    ("attribution", &["v"]),
];

fn parameters(name: &str) -> Vec<&'static str> {
    let case = case(name).unwrap();
    let values = riskweave::verify::Values::read(case, &[]).unwrap();
    values.names().collect()
}

fn quick(name: &str, settings: &[&str], replications: u64) -> Vec<Quantity> {
    let settings: Vec<String> = settings.iter().map(|text| (*text).to_owned()).collect();
    let effort = Effort {
        replications: Some(replications),
        ..Effort::default()
    };
    run(case(name).unwrap(), &settings, &effort)
        .unwrap()
        .quantities
}

#[test]
fn names_are_those_that_are_documented() {
    for (name, declared, _) in LOSSES {
        assert_eq!(parameters(name), declared, "{name}");
    }
    let known = |name: &str| {
        LOSSES.iter().any(|row| row.0 == name) || OTHERS.iter().any(|row| row.0 == name)
    };
    for case in cases() {
        assert!(known(case.name), "{}", case.name);
    }
    let present = OTHERS
        .iter()
        .filter(|row| cases().any(|case| case.name == row.0));
    for (name, declared) in present {
        assert_eq!(parameters(name), *declared, "{name}");
    }
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/theory.md"));
    let text = text.unwrap();
    for case in cases() {
        let section = format!("\n### `{}`: ", case.name);
        assert!(
            text.contains(&section),
            "docs/theory.md says nothing of {}",
            case.name
        );
    }
}

#[test]
fn a_few_cases_pass_in_small() {
    for (name, _, quantities) in LOSSES {
        let many = if ["ruin", "thinning"].contains(&name) {
            100
        } else {
            500
        };
        let found = quick(name, &[], many);
        let names: Vec<&str> = found.iter().map(|q| q.name.as_str()).collect();
        assert_eq!(names, quantities, "{name}");
        assert!(found.iter().all(Quantity::pass), "{name}: {found:#?}");
    }
}

#[test]
fn other_values_than_the_defaults_pass() {
    let settings: [(&str, &[&str]); 8] = [
        ("compound-poisson-gpd", &["shape=-0.2", "threshold=1"]),
        ("compound-poisson-lognormal", &["mu=-12", "sigma=0.5"]),
        (
            "return-level",
            &["shape=-0.2", "threshold=0", "period_years=20"],
        ),
        ("layer-pareto", &["alpha=1.5", "theta=10"]),
        ("layer-exponential", &["share=0"]),
        ("stop-loss-pool", &["attachment=0", "limit=3"]),
        ("ruin", &["initial_capital=0", "horizon_years=1"]),
        ("pairing", &["rate_a=2", "rate_b=2"]),
    ];
    for (name, settings) in settings {
        let found = quick(name, settings, 300);
        assert!(found.iter().all(Quantity::pass), "{name}: {found:#?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_figures_and_another_others() {
    let of = |seed| {
        let effort = Effort {
            seed,
            replications: Some(200),
            ..Effort::default()
        };
        run(case("oep-aep").unwrap(), &[], &effort)
            .unwrap()
            .quantities
    };
    assert_eq!(of(3), of(3));
    assert_ne!(of(3), of(4));
}

fn riskweave(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

#[test]
fn json_is_one_object() {
    let output = riskweave(&[
        "verify",
        "layer-exponential",
        "--set",
        "share=0.5",
        "--replications",
        "500",
        "--json",
    ]);
    assert_eq!(output.status.code(), Some(0));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["case"], "layer-exponential");
    assert_eq!(json["parameters"]["share"], 0.5);
    let quantity = json["quantities"][0].as_object().unwrap();
    let keys: Vec<&str> = quantity.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "name",
            "closed_form",
            "estimate",
            "standard_error",
            "z",
            "n",
            "pass"
        ]
    );
    assert_eq!(quantity["name"], "annual_layer");
    assert_eq!(quantity["n"], 500);
    assert_eq!(quantity["pass"], true);
}

#[test]
fn a_table_in_both_languages() {
    let said = ["zh", "en"].map(|language| {
        let output = riskweave(&[
            "verify",
            "return-level",
            "--replications",
            "500",
            "--lang",
            language,
        ]);
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    });
    insta::assert_snapshot!("table", said.join("\n"));
}

#[test]
fn wrong_names_and_values_are_refused_in_both_languages() {
    let wrong: [&[&str]; 7] = [
        &["layer-expnential"],
        &["layer-exponential", "--set", "deductibel=3"],
        &["layer-exponential", "--set", "share=1.5"],
        &["layer-exponential", "--set", "share=half"],
        &["layer-exponential", "--set", "share"],
        &["ruin", "--set", "horizon_years=2.5"],
        &["thinning", "--set", "majorant=1"],
    ];
    let mut said = String::new();
    for arguments in wrong {
        for language in ["zh", "en"] {
            let output = riskweave(&[&["verify"], arguments, &["--lang", language]].concat());
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(output.stdout.is_empty());
            let message = String::from_utf8(output.stderr).unwrap();
            let message: Vec<&str> = message
                .lines()
                .filter(|line| !line.contains("cases:") && !line.contains("算例："))
                .collect();
            said = format!("{said}{}\n", message.join("\n"));
        }
    }
    insta::assert_snapshot!("refused", said);
}

/// Ten seeds at a tenth of the replications: a correct engine fails at least one of all these tests with
/// a chance of at most the sum of their levels. The number of failures is Poisson with that mean at
/// most; more than allowed here would come once in ten thousand times.
#[test]
#[ignore = "long: all cases ten times"]
fn every_case_passes_with_ten_seeds() {
    let mut failures = Vec::new();
    let mut level = 0.0;
    for seed in 101..111 {
        for case in cases() {
            let effort = Effort {
                seed,
                scale: 0.1,
                replications: None,
            };
            let outcome = run(case, &[], &effort).unwrap();
            level += family_wise_level(&outcome.quantities);
            let failed = outcome.quantities.iter().filter(|q| !q.pass());
            failures.extend(failed.map(|q| format!("seed {seed}: {} {q:?}", case.name)));
        }
    }
    println!("{} failures, {level:.2} expected at most", failures.len());
    let mut allowed = 0_u32;
    let mut probability = libm::exp(-level);
    let mut below = probability;
    while below < 1.0 - 1e-4 {
        allowed += 1;
        probability *= level / f64::from(allowed);
        below += probability;
    }
    assert!(failures.len() <= allowed as usize, "{failures:#?}");
}
