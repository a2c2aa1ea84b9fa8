//! Laws of the size of one loss: moments, limited moments, survival.
//!
//! Klugman, Panjer & Willmot, *Loss Models* (2012), appendix A; generalised Pareto: Pickands 1975,
//! Annals of Statistics 3:119.

use libm::{expm1, log, pow};

use crate::model::random::normal_probability;
use crate::model::transcendental::exp;

/// Law of the size of one loss (units of money).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Severity {
    /// ln X normal with mean μ and standard deviation σ.
    Lognormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// X = u + Y, P(Y > y) = (1 + ξy/σ)^{−1/ξ}; ξ = 0 is exponential.
    GeneralisedPareto {
        /// Threshold u.
        threshold: f64,
        /// Scale σ.
        scale: f64,
        /// Shape ξ.
        shape: f64,
    },
}

impl Severity {
    /// Exponential with this mean.
    pub fn exponential(mean: f64) -> Self {
        Severity::GeneralisedPareto {
            threshold: 0.0,
            scale: mean,
            shape: 0.0,
        }
    }

    /// Pareto II (Lomax): P(X > x) = (θ/(θ + x))^α.
    pub fn pareto_two(alpha: f64, theta: f64) -> Self {
        Severity::GeneralisedPareto {
            threshold: 0.0,
            scale: theta / alpha,
            shape: 1.0 / alpha,
        }
    }

    /// Order of size of a loss: a money scale, finite for any law.
    pub fn order(&self) -> f64 {
        match *self {
            Severity::Lognormal { .. } => self.moment(1),
            Severity::GeneralisedPareto {
                threshold, scale, ..
            } => threshold + scale,
        }
    }

    /// E Xᵏ; infinite where it does not exist.
    pub fn moment(&self, k: u32) -> f64 {
        match *self {
            Severity::Lognormal { mu, sigma } => {
                let k = f64::from(k);
                exp(k * mu + k * k * sigma * sigma / 2.0)
            }
            Severity::GeneralisedPareto {
                threshold,
                scale,
                shape,
            } => (0..=k)
                .map(|j| binomial(k, j) * powi(threshold, k - j) * excess_moment(scale, shape, j))
                .sum(),
        }
    }

    /// P(X > x).
    pub fn survival(&self, x: f64) -> f64 {
        match *self {
            Severity::Lognormal { mu, sigma } => {
                if x <= 0.0 {
                    1.0
                } else {
                    normal_probability((mu - log(x)) / sigma)
                }
            }
            Severity::GeneralisedPareto {
                threshold,
                scale,
                shape,
            } => {
                let excess = ((x - threshold) / scale).max(0.0);
                if shape == 0.0 {
                    exp(-excess)
                } else {
                    pow((1.0 + shape * excess).max(0.0), -1.0 / shape)
                }
            }
        }
    }

    /// The level that one loss exceeds with probability `p`: u + (σ/ξ)(p^{−ξ} − 1). Pareto laws only.
    pub fn level(&self, p: f64) -> f64 {
        match *self {
            Severity::Lognormal { .. } => f64::NAN,
            Severity::GeneralisedPareto {
                threshold,
                scale,
                shape,
            } => threshold + scale * power_over(p, shape),
        }
    }

    /// E min(X, x): LEV(x), by ∫₀ˣ P(X > y) dy. Pareto laws have threshold zero here.
    pub fn limited(&self, x: f64) -> f64 {
        match *self {
            Severity::Lognormal { mu, sigma } => limited_lognormal(mu, sigma, x, 1),
            Severity::GeneralisedPareto {
                scale, shape: 0.0, ..
            } => -scale * expm1(-x / scale),
            Severity::GeneralisedPareto { scale, shape, .. } => {
                // With t = 1 + ξy/σ: (σ/ξ)∫ t^{−1/ξ} dt.
                let top = 1.0 + shape * x / scale;
                scale / shape * power_integral(top, -1.0 / shape)
            }
        }
    }

    /// E min(X, x)², by ∫₀ˣ 2y·P(X > y) dy. Pareto laws have threshold zero here.
    pub fn limited_square(&self, x: f64) -> f64 {
        match *self {
            Severity::Lognormal { mu, sigma } => limited_lognormal(mu, sigma, x, 2),
            Severity::GeneralisedPareto {
                scale, shape: 0.0, ..
            } => 2.0 * scale * (scale - (scale + x) * exp(-x / scale)),
            Severity::GeneralisedPareto { scale, shape, .. } => {
                // y = (t − 1)σ/ξ.
                let unit = scale / shape;
                let top = 1.0 + shape * x / scale;
                let tail = -1.0 / shape;
                2.0 * unit * unit * (power_integral(top, tail + 1.0) - power_integral(top, tail))
            }
        }
    }
}

/// (p^{−ξ} − 1)/ξ, and −ln p where ξ = 0.
fn power_over(p: f64, shape: f64) -> f64 {
    if shape == 0.0 {
        -log(p)
    } else {
        (pow(p, -shape) - 1.0) / shape
    }
}

/// ∫₁ᵗ s^a ds.
fn power_integral(t: f64, a: f64) -> f64 {
    if (a + 1.0).abs() < 1e-9 {
        log(t)
    } else {
        expm1((a + 1.0) * log(t)) / (a + 1.0)
    }
}

/// E min(X, x)ᵏ = e^{kμ + k²σ²/2}·Φ((ln x − μ − kσ²)/σ) + xᵏ·P(X > x).
fn limited_lognormal(mu: f64, sigma: f64, x: f64, k: u32) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let order = f64::from(k);
    let moment = exp(order * mu + order * order * sigma * sigma / 2.0);
    let z = (log(x) - mu) / sigma;
    moment * normal_probability(z - order * sigma) + powi(x, k) * normal_probability(-z)
}

/// E Yᵏ = k!·σᵏ/Π_{j ≤ k}(1 − jξ) of a generalised Pareto excess, finite where kξ < 1.
fn excess_moment(scale: f64, shape: f64, k: u32) -> f64 {
    (1..=k).fold(1.0, |moment, j| {
        let j = f64::from(j);
        let left = 1.0 - j * shape;
        if left > 0.0 {
            moment * j * scale / left
        } else {
            f64::INFINITY
        }
    })
}

fn powi(x: f64, k: u32) -> f64 {
    (0..k).fold(1.0, |product, _| product * x)
}

fn binomial(n: u32, k: u32) -> f64 {
    (0..k).fold(1.0, |product, i| {
        product * f64::from(n - i) / f64::from(i + 1)
    })
}
