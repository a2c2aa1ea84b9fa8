//! Compound Poisson sums (Lundberg 1903; Panjer 1981, ASTIN Bulletin 12:22).

use super::severity::Severity;
use crate::model::transcendental::exp;

/// Sum of a Poisson number of independent losses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CompoundPoisson {
    /// Expected number ν.
    pub rate: f64,
    /// Law of one loss.
    pub severity: Severity,
}

impl CompoundPoisson {
    /// Cumulant κ_k = ν·E Xᵏ.
    pub fn cumulant(&self, k: u32) -> f64 {
        self.rate * self.severity.moment(k)
    }

    /// Excess kurtosis κ₄/κ₂².
    pub fn excess_kurtosis(&self) -> f64 {
        let variance = self.cumulant(2);
        self.cumulant(4) / (variance * variance)
    }

    /// P(no loss at all).
    pub fn probability_none(&self) -> f64 {
        exp(-self.rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, known: f64) {
        assert!((value / known - 1.0).abs() < 2e-7, "{value} {known}");
    }

    #[test]
    fn worked_numbers() {
        let lognormal = |rate, mu, sigma| CompoundPoisson {
            rate,
            severity: Severity::Lognormal { mu, sigma },
        };
        let pareto = |rate, threshold, scale, shape| CompoundPoisson {
            rate,
            severity: Severity::GeneralisedPareto {
                threshold,
                scale,
                shape,
            },
        };
        for (sum, mean, variance, kurtosis) in [
            (lognormal(3.0, 0.0, 1.0), 4.946_164, 22.167_17, 18.199_38),
            (lognormal(0.5, 2.0, 1.2), 7.590_161, 486.313_2, 634.696_7),
            (pareto(5.0, 0.0, 1.0, 0.1), 5.555_556, 13.888_89, 2.057_143),
            (pareto(2.0, 10.0, 5.0, 0.2), 32.5, 658.333_3, 2.973_562),
            (
                pareto(10.0, 1.0, 2.0, -0.2),
                26.666_67,
                90.952_38,
                0.226_093,
            ),
        ] {
            close(sum.cumulant(1), mean);
            close(sum.cumulant(2), variance);
            assert!((sum.excess_kurtosis() / kurtosis - 1.0).abs() < 1e-6);
        }
        assert!(pareto(1.0, 0.0, 1.0, 0.5).cumulant(2).is_infinite());
    }
}
