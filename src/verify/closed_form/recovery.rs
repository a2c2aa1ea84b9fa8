//! Function that is lost and returns exponentially (Bruneau and others 2003, Earthquake Spectra 19:733;
//! Cimellaro and others 2010, Engineering Structures 32:3639), once, twice, and at random (infinitely many
//! servers: Palm 1943; Takács 1962; shot noise: Campbell 1909).

use libm::log;

use crate::model::transcendental::exp;

/// One loss ΔF·e^{−t/τ}.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recovery {
    /// Share ΔF lost at once.
    pub loss: f64,
    /// Time constant τ (weeks).
    pub time_constant: f64,
}

impl Recovery {
    /// ∫₀ᵀ (1 − F) dt = ΔF·τ(1 − e^{−T/τ}) (weeks of function).
    pub fn lost_until(&self, horizon: f64) -> f64 {
        self.loss * self.time_constant * (1.0 - exp(-horizon / self.time_constant))
    }

    /// Weeks until function is back at a level: τ ln(ΔF/(1 − level)), none where it never was below.
    pub fn weeks_to(&self, level: f64) -> f64 {
        (self.time_constant * log(self.loss / (1.0 - level))).max(0.0)
    }
}

/// Two losses, the second after a gap; what is left of both is multiplied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlap {
    /// Share a lost first.
    pub first: f64,
    /// Share b of what is there lost second.
    pub second: f64,
    /// Weeks s between them.
    pub gap: f64,
    /// Time constant τ of both (weeks).
    pub time_constant: f64,
}

impl Overlap {
    fn left_at_second(&self) -> f64 {
        self.first * exp(-self.gap / self.time_constant)
    }

    /// ∫ (1 − F) dt = (a + b)τ − a·b·e^{−s/τ}·τ/2 (weeks of function).
    pub fn lost(&self) -> f64 {
        let twice = 0.5 * self.left_at_second() * self.second;
        self.time_constant * (self.first + self.second - twice)
    }

    /// Lowest function: after the first loss, or after the second.
    pub fn lowest(&self) -> f64 {
        let after_second = (1.0 - self.left_at_second()) * (1.0 - self.second);
        after_second.min(1.0 - self.first)
    }
}

/// Losses at random, each repaired exponentially. A week counts the product of the means over it of what is
/// left of each, and losses of a week count from its beginning: a loss k weeks ago then takes x_k =
/// ℓ·m·e^{−k/τ}, m = τ(1 − e^{−1/τ}), and Σx_k = ℓτ, so that the means are those of continuous time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repairs {
    /// Losses a week λ.
    pub rate: f64,
    /// Mean repair time τ (weeks).
    pub time: f64,
    /// Share ℓ that each takes.
    pub loss: f64,
}

impl Repairs {
    /// E F = e^{−λℓτ}.
    pub fn function(&self) -> f64 {
        exp(-self.rate * self.loss * self.time)
    }

    /// λτ.
    pub fn in_repair(&self) -> f64 {
        self.rate * self.time
    }

    /// About the variance of ln F: Campbell's λℓ²τ/2.
    pub fn log_variance(&self) -> f64 {
        0.5 * self.rate * self.loss * self.loss * self.time
    }

    /// λ·Σ_k y_k·y_{k + j} for y_k = m·e^{−k/τ}.
    fn covariance_in_repair(&self, weeks: u32) -> f64 {
        let decay = exp(-1.0 / self.time);
        let mean = self.time * (1.0 - decay);
        let lag = exp(-f64::from(weeks) / self.time);
        self.rate * mean * mean * lag / (1.0 - decay * decay)
    }

    /// Variance of the mean over so many weeks of the number in repair.
    pub fn variance_in_repair(&self, weeks: u32) -> f64 {
        variance_of_mean(weeks, |lag| self.covariance_in_repair(lag))
    }

    /// The same of function: E F_t·F_{t + j} = (E F)²·exp(λΣx_k·x_{k + j}).
    pub fn variance_of_function(&self, weeks: u32) -> f64 {
        let square = self.function() * self.function();
        variance_of_mean(weeks, |lag| {
            let exponent = self.loss * self.loss * self.covariance_in_repair(lag);
            square * libm::expm1(exponent)
        })
    }
}

/// Variance of a mean over `n` steps of a stationary series with these covariances.
fn variance_of_mean(n: u32, covariance: impl Fn(u32) -> f64) -> f64 {
    let later = (1..n).map(|lag| 2.0 * f64::from(n - lag) * covariance(lag));
    let n = f64::from(n);
    (n * covariance(0) + later.sum::<f64>()) / (n * n)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, right: f64) {
        assert!((found / right - 1.0).abs() < 1e-6, "{found} {right}");
    }

    #[test]
    fn one_loss() {
        for (loss, time_constant, horizon, right) in [
            (0.4, 20.0, 52.0, 7.405_811),
            (0.3, 4.0, 26.0, 1.198_196),
            (1.0, 10.0, 10.0, 6.321_206),
        ] {
            let recovery = Recovery {
                loss,
                time_constant,
            };
            near(recovery.lost_until(horizon), right);
        }
        let recovery = Recovery {
            loss: 0.4,
            time_constant: 20.0,
        };
        near(recovery.weeks_to(0.9), 27.725_89);
        near(recovery.weeks_to(0.99), 73.777_59);
        assert_eq!(recovery.weeks_to(0.5), 0.0);
    }

    #[test]
    fn two_losses() {
        let overlap = |first, second, gap| Overlap {
            first,
            second,
            gap,
            time_constant: 10.0,
        };
        near(overlap(0.3, 0.4, 5.0).lost(), 6.636_082);
        near(overlap(0.3, 0.4, 5.0).lowest(), 0.490_824_5);
        near(overlap(0.8, 0.7, 2.0).lost(), 12.707_55);
        near(overlap(0.8, 0.7, 2.0).lowest(), 0.103_504_6);
        near(overlap(0.5, 0.1, 1000.0).lowest(), 0.5);
    }

    #[test]
    fn losses_at_random() {
        let repairs = |rate: f64, years: f64, loss| Repairs {
            rate: rate / 52.0,
            time: years * 52.0,
            loss,
        };
        let few = repairs(3.0, 0.25, 0.05);
        near(few.in_repair(), 0.75);
        near(few.function(), 0.963_194_4);
        near(few.log_variance(), 0.000_937_5);
        near(repairs(12.0, 0.5, 0.1).function(), 0.548_811_6);
        // Weeks short against the repair: Campbell's variance λτ/2, and over n ≫ τ weeks λτ²/n.
        let slow = repairs(12.0, 10.0, 0.01);
        assert!((slow.variance_in_repair(1) / 60.0 - 1.0).abs() < 1e-3);
        let long = slow.variance_in_repair(520_000) * 520_000.0;
        assert!((long / (slow.rate * slow.time * slow.time) - 1.0).abs() < 2e-3);
    }
}
