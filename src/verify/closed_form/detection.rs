//! Signal detection with equal variances (Green & Swets 1966; Macmillan & Creelman 2005).

use libm::log;
use statrs::distribution::{ContinuousCDF, Normal};

/// A detector whose criterion is measured from the middle between noise and signal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detector {
    /// Distance d′ of signal and noise (standard deviations).
    pub sensitivity: f64,
    /// Criterion c (standard deviations).
    pub criterion: f64,
}

impl Detector {
    /// Φ(d′/2 − c).
    pub fn hit(&self) -> f64 {
        Normal::standard().cdf(self.sensitivity / 2.0 - self.criterion)
    }

    /// Φ(−d′/2 − c).
    pub fn false_alarm(&self) -> f64 {
        Normal::standard().cdf(-self.sensitivity / 2.0 - self.criterion)
    }

    /// The criterion of least expected cost at the probability `prior` of a signal and the cost of a false
    /// alarm over that of a miss: ln[(1 − π)/π·C_fa/C_miss]/d′.
    pub fn best_criterion(&self, prior: f64, cost_ratio: f64) -> f64 {
        (log((1.0 - prior) / prior) + log(cost_ratio)) / self.sensitivity
    }

    /// Expected cost of a trial, in costs of a miss: π(1 − H) + (1 − π)·ρ·F.
    pub fn cost(&self, prior: f64, cost_ratio: f64) -> f64 {
        prior * (1.0 - self.hit()) + (1.0 - prior) * cost_ratio * self.false_alarm()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_numbers() {
        for (sensitivity, criterion, prior, ratio, hit, false_alarm, best) in [
            (2.0, 0.5, 0.1, 0.05, 0.691_462_5, 0.066_807_2, -0.399_253_8),
            (
                1.0,
                0.0,
                0.02,
                0.02,
                0.691_462_5,
                0.308_537_5,
                -0.020_202_71,
            ),
            (3.0, 0.3, 0.3, 0.2, 0.884_930_3, 0.035_930_32, -0.254_046_7),
        ] {
            let detector = Detector {
                sensitivity,
                criterion,
            };
            assert!((detector.hit() - hit).abs() < 1e-7);
            assert!((detector.false_alarm() - false_alarm).abs() < 1e-7);
            let found = detector.best_criterion(prior, ratio);
            assert!((found - best).abs() < 1e-7, "{found}");
        }
    }

    #[test]
    fn the_best_criterion_costs_least() {
        let at = |criterion| Detector {
            sensitivity: 2.0,
            criterion,
        };
        let best = at(0.5).best_criterion(0.1, 0.05);
        assert!((100.0 * at(0.5).cost(0.1, 0.05) - 3.386_008).abs() < 1e-6);
        assert!((100.0 * at(best).cost(0.1, 0.05) - 2.041_705).abs() < 1e-6);
        assert!(at(best).cost(0.1, 0.05) < at(best + 0.01).cost(0.1, 0.05));
        assert!(at(best).cost(0.1, 0.05) < at(best - 0.01).cost(0.1, 0.05));
    }
}
