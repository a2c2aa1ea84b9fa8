//! `riskweave verify`: names as users type them, a quick run, JSON, wrong names and values, and the long
//! test of the stated level.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose program does not answer must fail"
)]

#[path = "../common/program.rs"]
mod program;
mod rescue;
mod settings;

use std::process::Output;

use program::program;
use riskweave::verify::{Effort, Quantity, case, cases, family_wise_level, run};
use serde_json::Value;
use settings::{LOSSES, OTHERS};

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
    let settings: [(&str, &[&str]); 9] = [
        ("compound-poisson-gpd", &["shape=-0.2", "threshold=1"]),
        ("compound-poisson-lognormal", &["mu=-12", "sigma=0.5"]),
        (
            "return-level",
            &["shape=-0.2", "threshold=0", "period_years=20"],
        ),
        (
            "natural-tail",
            &["rate_per_year=3", "alpha=2.5", "period_years=20"],
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
