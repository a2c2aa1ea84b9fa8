//! Percentile bootstrap intervals (Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13): units
//! of a design – trajectories, base samples – are drawn again with replacement. The draws come from
//! a counter-based stream, so that an interval is the same on every machine and for any number of threads.

use serde::{Deserialize, Serialize};

use crate::experiment::statistics::{CONFIDENCE, quantile};
use crate::model::random::{Purpose, Stream};

/// How often the units are drawn again.
pub const RESAMPLES: usize = 1000;

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The figure.
    pub value: f64,
    /// Lower end; not a number with fewer than two units.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Width of the interval.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// Whether it holds a value.
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// Units drawn again: for each resample, the numbers of the units that it holds.
#[derive(Clone, Debug)]
pub struct Resamples {
    all: Vec<usize>,
    draws: Vec<Vec<usize>>,
}

impl Resamples {
    /// [`RESAMPLES`] resamples of some units.
    pub fn new(units: usize, seed: u64) -> Self {
        let stream = Stream::new(seed, 0, Purpose::Resampling);
        let draw = |resample: usize, position: usize| {
            let uniform = stream.uniform(resample as u64, position as u32, 0);
            ((uniform * units as f64) as usize).min(units.saturating_sub(1))
        };
        let resample = |number: usize| (0..units).map(|position| draw(number, position)).collect();
        Resamples {
            all: (0..units).collect(),
            draws: (0..RESAMPLES).map(resample).collect(),
        }
    }

    /// A statistic of all units, with its percentile interval.
    pub fn interval(&self, statistic: impl Fn(&[usize]) -> f64) -> Interval {
        let value = statistic(&self.all);
        if self.all.len() < 2 {
            let none = f64::NAN;
            return Interval {
                value,
                low: none,
                high: none,
            };
        }
        let mut found: Vec<f64> = self.draws.iter().map(|units| statistic(units)).collect();
        found.retain(|value| value.is_finite());
        found.sort_by(f64::total_cmp);
        let tail = (1.0 - CONFIDENCE) / 2.0;
        Interval {
            value,
            low: quantile(&found, tail),
            high: quantile(&found, 1.0 - tail),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mean of 0 … 99 has a standard error of √(Σ(x − 49.5)²/100)/10 = 2.887.
    #[test]
    fn the_interval_of_a_mean_is_nearly_the_normal_one() {
        let mean = |units: &[usize]| units.iter().sum::<usize>() as f64 / units.len() as f64;
        let found = Resamples::new(100, 7).interval(mean);
        assert_eq!(found.value, 49.5);
        assert!((found.low - (49.5 - 1.96 * 2.887)).abs() < 0.6, "{found:?}");
        assert!(
            (found.high - (49.5 + 1.96 * 2.887)).abs() < 0.6,
            "{found:?}"
        );
        assert!(found.holds(49.5) && !found.holds(60.0));
    }

    #[test]
    fn one_unit_has_no_interval_and_none_no_value() {
        let one = Resamples::new(1, 7).interval(|units| units.len() as f64);
        assert_eq!(one.value, 1.0);
        assert!(one.low.is_nan() && one.width().is_nan());
        let none = Resamples::new(0, 7).interval(|units| 1.0 / units.len() as f64);
        assert!(none.low.is_nan());
    }
}
