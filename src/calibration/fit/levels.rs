//! Levels of the targets in simulated years, and the standard errors of their residuals.

use crate::calibration::moments::{Scale, YearFigures};
use crate::calibration::targets::{Level, Reading, Target};

/// Log levels of the targets with the variance of a single year's (log, by the delta method).
#[derive(Clone, Debug)]
pub(super) struct Levels {
    pub(super) log: Vec<f64>,
    pub(super) variance: Vec<f64>,
}

/// Levels of targets in simulated years.
pub(super) fn levels(targets: &[Target], years: &[YearFigures], scale: &Scale) -> Levels {
    let of = |target: &Target| {
        let values = years.iter().map(|year| target.moment.of(year, scale));
        // A count that never happened counts as half of one (assumption): its logarithm must exist.
        let least = 0.5 / years.len() as f64;
        if target.level == Level::LogMean {
            let logs: Vec<f64> = values
                .map(|value| libm::log(value.max(f64::MIN_POSITIVE)))
                .collect();
            mean_and_variance(&logs)
        } else {
            let (mean, variance) = mean_and_variance(&values.collect::<Vec<_>>());
            let mean = mean.max(least);
            (libm::log(mean), variance / (mean * mean))
        }
    };
    let (log, variance) = targets.iter().map(of).unzip();
    Levels { log, variance }
}

fn mean_and_variance(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    (mean, squares / (n - 1.0).max(1.0))
}

/// Standard errors of the residuals: series and definition, sampling of a record of a single year, and
/// simulation (variance over simulated years).
pub(super) fn errors(
    targets: &[Target],
    readings: &[Reading],
    levels: &Levels,
    simulated: usize,
) -> Vec<f64> {
    let of = |number: usize| {
        let (target, reading) = (&targets[number], &readings[number]);
        let sampled = if reading.years == 1 { 1.0 } else { 0.0 };
        let variance = reading.error * reading.error
            + target.error_share * target.error_share
            + levels.variance[number] * (sampled + 1.0 / simulated as f64);
        variance.sqrt()
    };
    (0..targets.len()).map(of).collect()
}
