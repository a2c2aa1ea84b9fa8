//! Signal detection: warnings of what comes, and of what does not.

use crate::model::mechanisms::intervention::least_cost_criterion;
use crate::model::record::{RunRecord, YearRecord};
use crate::verify::closed_form::detection::Detector;
use crate::verify::laboratory::{Laboratory, YEARS};
use crate::verify::quantity::count_limit;
use crate::verify::stripped::Stripped;
use crate::verify::{Case, Effort, Judge, Parameter, Quantity, Refusal, Values};
use crate::vocabulary::{NaturalKind, Vocabulary};

pub(super) const CASE: Case = Case {
    name: "signal-detection",
    summary: [
        "hits and false alarms of a warning service, and its cheapest threshold",
        "预警的命中率、误报率与代价最小的阈值",
    ],
    parameters: &[
        Parameter::number("sensitivity", "standard deviations", 2.0, [0.01, 10.0]),
        Parameter::number("criterion", "standard deviations", 0.5, [-10.0, 10.0]),
        Parameter::number("prior", "probability", 0.1, [1e-9, 1.0 - 1e-9]),
        Parameter::number("cost_miss", "money", 100.0, [1e-9, 1e12]),
        Parameter::number("cost_false_alarm", "money", 5.0, [1e-9, 1e12]),
    ],
    run,
};

/// Dangers of one kind a year, and as many times nothing comes of what is watched.
const A_YEAR: f64 = 300.0;
/// Dangers by default.
const DANGERS: u64 = 300_000;
/// The danger: a local one, which strikes the county in which it arises.
const WATCHED: NaturalKind = NaturalKind::Geological;

fn run(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let detector = Detector {
        sensitivity: values["sensitivity"],
        criterion: values["criterion"],
    };
    let laboratory = laboratory(&detector)?;
    let years = (effort.replications(DANGERS) as f64 / A_YEAR).max(1.0) as u64;
    let runs = years.div_ceil(u64::from(YEARS));
    let length = years.div_ceil(runs) as u32;
    let counts = laboratory.replications(effort.seed, runs, length, count)?;
    let total = |column: usize| counts.iter().map(|count| count[column]).sum::<u64>();
    let [dangers, warned, false_alarms] = [0, 1, 2].map(total);
    let nothing = (runs * u64::from(length)) as f64 * A_YEAR * NaturalKind::ALL.len() as f64;
    let share = detector.false_alarm();
    let found = false_alarms as f64 / nothing;
    // Non-events are watched at random, a Poisson number of them.
    let judge = Judge::Within {
        standard_errors: count_limit(nothing * share),
    };
    let error = libm::sqrt(share / nothing);
    let ratio = values["cost_false_alarm"] / values["cost_miss"];
    let prior = values["prior"];
    Ok(vec![
        Quantity::probability("hit_rate", detector.hit(), warned, dangers),
        Quantity::estimate("false_alarm_rate", share, found, error, nothing as u64).judged(judge),
        Quantity::exact(
            "best_criterion",
            detector.best_criterion(prior, ratio),
            least_cost_criterion(detector.sensitivity, prior, ratio),
        ),
    ])
}

/// One danger that comes, and all that are watched: the service is the same for each.
fn laboratory(detector: &Detector) -> Result<Laboratory, Refusal> {
    let mut stripped = Stripped::new()?;
    let society = stripped.facts();
    society.natural.non_events_per_county_week = A_YEAR / 52.0;
    for hazard in society.hazards.values_mut() {
        hazard.sensor_d_prime = detector.sensitivity;
        hazard.alarm_criterion = detector.criterion;
        hazard.death_rate_scale = 0.0;
    }
    society.hazards[WATCHED].events_per_year = A_YEAR;
    Ok(stripped.laboratory())
}

/// Dangers, those warned of, and false alarms of a run.
fn count(record: &RunRecord) -> [u64; 3] {
    let sum = |of: fn(&YearRecord) -> u64| record.years.iter().map(of).sum();
    [
        sum(|year| year.strikes),
        sum(|year| year.strikes_warned),
        sum(|year| year.false_alarms),
    ]
}
