//! The calibration through the whole engine: known values are recovered, and results do not depend on
//! threads.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose inputs do not load must fail"
)]

use riskweave::calibration::fit::{Fit, Task, fit};
use riskweave::calibration::moments::{Moment, Scale};
use riskweave::calibration::parameters::{self, Parameter};
use riskweave::calibration::targets::{Level, Observation, Target, Use};
use riskweave::calibration::{Effort, simulated};
use riskweave::scenario::{CheckedPolicy, CheckedSociety, load_policy, load_society};
use riskweave::vocabulary::{Grade, Trade};

const NAMES: [&str; 3] = [
    "trades.road_transport.base_rate_per_100k_worker_years",
    "trades.construction.base_rate_per_100k_worker_years",
    "trades.*.deaths_tail_alpha",
];
/// The truth, as logarithms of factors.
const TRUTH: [f64; 3] = [0.25, -0.3, -0.06];

fn city() -> (CheckedSociety, CheckedPolicy) {
    let society = load_society("seminar-county", &[]).unwrap();
    let baseline = load_policy(&society.society.baseline, &society, &[]).unwrap();
    (society, baseline)
}

fn effort(seed: u64, replications: u32) -> Effort {
    Effort {
        replications,
        years: 10,
        burn_in_years: 1,
        seed,
        people_per_agent: 1000,
    }
}

fn named(society: &CheckedSociety) -> Vec<Parameter> {
    parameters::named(&NAMES.map(str::to_owned), &society.society).unwrap()
}

/// Targets that are a record of simulated years under the truth.
fn record(society: &CheckedSociety, baseline: &CheckedPolicy, years: u32) -> Vec<Target> {
    let truth = CheckedSociety {
        society: parameters::moved(&society.society, &named(society), &TRUTH),
        ..society.clone()
    };
    let figures = simulated(&truth, baseline, effort(77, years.div_ceil(10))).unwrap();
    let moments = [
        (
            "deaths_reported.road_transport",
            Moment::DeathsOf(Trade::RoadTransport),
        ),
        (
            "deaths_reported.construction",
            Moment::DeathsOf(Trade::Construction),
        ),
        (
            "accidents_reported.larger_and_above",
            Moment::Accidents(Grade::Larger),
        ),
    ];
    let target = |(name, moment): (&str, Moment)| Target {
        name: name.to_owned(),
        moment,
        level: Level::Mean,
        error_share: 0.0,
        unit: String::new(),
        definition: String::new(),
        authority: String::new(),
        rows: figures
            .iter()
            .enumerate()
            .map(|(number, year)| Observation {
                year: 2020 - number as i32,
                value: moment.of(year, &Scale::default()),
                used: Use::Fit,
                in_trend: true,
            })
            .collect(),
    };
    moments.into_iter().map(target).collect()
}

fn fitted(years: u32, replications: u32) -> Fit {
    let (society, baseline) = city();
    let targets = record(&society, &baseline, years);
    let parameters = named(&society);
    fit(&Task {
        society: &society,
        baseline: &baseline,
        parameters: &parameters,
        targets: &targets,
        drivers: None,
        effort: effort(5, replications),
        watch: &|_| {},
    })
    .unwrap()
}

/// Distance of each value from the truth in standard errors.
fn distances(fit: &Fit) -> Vec<f64> {
    fit.parameters
        .iter()
        .zip(TRUTH)
        .map(|(p, truth)| (p.log - truth) / p.error)
        .collect()
}

#[test]
fn a_short_record_moves_the_values_to_the_truth_and_threads_change_nothing() {
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let (alone, together) = (one.install(|| fitted(50, 8)), fitted(50, 8));
    for (a, b) in alone.parameters.iter().zip(&together.parameters) {
        assert_eq!(a.log.to_bits(), b.log.to_bits());
        assert_eq!(a.error.to_bits(), b.error.to_bits());
    }
    assert!(
        together.objective[1] < 0.2 * together.objective[0],
        "{:?}",
        together.objective
    );
    for distance in distances(&together) {
        assert!(distance.abs() < 3.5, "{:?}", distances(&together));
    }
}

#[test]
fn known_values_are_recovered_within_their_standard_errors() {
    let fit = fitted(500, 60);
    let distances = distances(&fit);
    println!("factors: truth {TRUTH:?}");
    for (p, distance) in fit.parameters.iter().zip(&distances) {
        println!(
            "{}: {:.4} ± {:.4}, {distance:+.2} standard errors",
            p.parameter.name, p.log, p.error
        );
    }
    println!(
        "objective {:?}, evaluations {}",
        fit.objective, fit.evaluations
    );
    assert!(
        fit.parameters.iter().all(|p| p.error < 0.1),
        "errors are small beside the moves"
    );
    assert!(
        distances.iter().all(|distance| distance.abs() < 2.5),
        "{distances:?}"
    );
}
