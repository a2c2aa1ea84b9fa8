//! Forecasts that know nothing: the exponential trend, or the mean.

use crate::calibration::regression::student;
use crate::calibration::scores::Prediction;
use crate::calibration::targets::{Level, Target, Use};
use crate::model::random::poisson_quantile;

/// Quantiles that stand for a law.
const QUANTILES: u32 = 999;
/// First year of the mean of disasters.
const MEAN_FROM: i32 = 2011;

/// The forecast of a year and its point. Series with a trend: the log trend over the fitted years with
/// its t prediction error. Series in log means (disasters): the mean of 2011–2020, spread by the t law
/// of the logarithms. Rare counts: Poisson about the mean up to 2020.
pub(super) fn forecast(target: &Target, year: i32) -> (Prediction, f64) {
    let probabilities = (1..=QUANTILES).map(|k| f64::from(k) / f64::from(QUANTILES + 1));
    match target.level {
        Level::Trend => {
            let trend = target.trend();
            let (centre, error) = (
                trend.at(f64::from(year)),
                trend.prediction_error_at(f64::from(year)),
            );
            let draws = probabilities.map(|p| libm::exp(centre + error * trend.student(p)));
            (Prediction::of(draws.collect()), libm::exp(centre))
        }
        Level::LogMean => {
            let values: Vec<f64> = target
                .of_use(Use::Fit)
                .filter(|row| row.year >= MEAN_FROM)
                .map(|row| row.value)
                .collect();
            let n = values.len() as f64;
            let logs: Vec<f64> = values.iter().map(|value| libm::log(*value)).collect();
            let centre = logs.iter().sum::<f64>() / n;
            let spread = (logs
                .iter()
                .map(|log| (log - centre) * (log - centre))
                .sum::<f64>()
                / (n - 1.0)
                * (1.0 + 1.0 / n))
                .sqrt();
            let draws = probabilities
                .map(|p| libm::exp(centre + spread * student(values.len().saturating_sub(1), p)));
            (
                Prediction::of(draws.collect()),
                values.iter().sum::<f64>() / n,
            )
        }
        Level::Mean => {
            let before: Vec<f64> = target
                .rows
                .iter()
                .filter(|row| row.used != Use::HeldOut)
                .map(|row| row.value)
                .collect();
            let mean = before.iter().sum::<f64>() / before.len() as f64;
            let draws = probabilities.map(|p| f64::from(poisson_quantile(mean, p)));
            (Prediction::of(draws.collect()), mean)
        }
    }
}
