//! Compound Poisson sums (Lundberg 1903; Panjer 1981, ASTIN Bulletin 12:22).

use libm::{lgamma, sqrt};
use statrs::function::gamma::gamma_ur;

use super::severity::Severity;
use crate::model::transcendental::{exp, log};

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

/// Yearly sum of exponential losses: ν losses a year of mean μ. Given n losses the sum is gamma.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExponentialSum {
    /// Expected number ν.
    pub rate: f64,
    /// Mean μ of one loss.
    pub mean: f64,
}

impl ExponentialSum {
    /// P(S > x) = Σ_{n ≥ 1} Pois(n; ν)·Q(n, x/μ), Q the regularised upper gamma function.
    pub fn exceeds(&self, x: f64) -> f64 {
        if x < 0.0 {
            return 1.0;
        }
        self.over_numbers(|n| upper_gamma(n, x / self.mean))
    }

    /// E(S − x)⁺ = Σ Pois(n; ν)·[nμ·Q(n + 1, x/μ) − x·Q(n, x/μ)].
    pub fn stop_loss(&self, x: f64) -> f64 {
        let y = x / self.mean;
        self.over_numbers(|n| n * self.mean * upper_gamma(n + 1.0, y) - x * upper_gamma(n, y))
    }

    /// E[(S − x)⁺]² = Σ Pois(n; ν)·[n(n + 1)μ²·Q(n + 2) − 2xnμ·Q(n + 1) + x²·Q(n)].
    pub fn stop_loss_square(&self, x: f64) -> f64 {
        let (y, mean) = (x / self.mean, self.mean);
        self.over_numbers(|n| {
            n * (n + 1.0) * mean * mean * upper_gamma(n + 2.0, y)
                - 2.0 * x * n * mean * upper_gamma(n + 1.0, y)
                + x * x * upper_gamma(n, y)
        })
    }

    /// Σ_{n ≥ 1} Pois(n; ν)·value(n), over the numbers that have any weight.
    fn over_numbers(&self, value: impl Fn(f64) -> f64) -> f64 {
        let spread = 12.0 * sqrt(self.rate) + 40.0;
        let first = (self.rate - spread).max(1.0) as u32;
        let last = (self.rate + spread) as u32;
        (first..=last)
            .map(f64::from)
            .map(|n| exp(n * log(self.rate) - self.rate - lgamma(n + 1.0)) * value(n))
            .sum()
    }
}

/// Q(a, x), one at x = 0.
fn upper_gamma(a: f64, x: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { gamma_ur(a, x) }
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

    #[test]
    fn sums_of_exponential_losses() {
        for (rate, mean, x, known) in [
            (2.0, 1.0, 5.0, 0.086_065_52),
            (0.1, 1.0, 3.0, 0.005_472_227),
            (10.0, 1.0, 20.0, 0.025_794_37),
            (5.0, 2.0, 15.0, 0.196_160_3),
            (5.0, 2.0, 25.0, 0.024_776_48),
        ] {
            close(ExponentialSum { rate, mean }.exceeds(x), known);
        }
        let sum = ExponentialSum {
            rate: 5.0,
            mean: 2.0,
        };
        close(sum.stop_loss(15.0), 0.964_657_5);
        close(sum.stop_loss(15.0) - sum.stop_loss(25.0), 0.863_381);
        close(sum.stop_loss(0.0), 10.0);
        // ν·E X² + (ν·E X)².
        close(sum.stop_loss_square(0.0), 40.0 + 100.0);
    }
}
