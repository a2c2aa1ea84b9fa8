//! Laws of the size of one loss: moments.
//!
//! Klugman, Panjer & Willmot, *Loss Models* (2012), appendix A; generalised Pareto: Pickands 1975,
//! Annals of Statistics 3:119.

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
                .map(|j| {
                    binomial(k, j)
                        * libm::pow(threshold, f64::from(k - j))
                        * excess_moment(scale, shape, j)
                })
                .sum(),
        }
    }
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

fn binomial(n: u32, k: u32) -> f64 {
    (0..k).fold(1.0, |product, i| {
        product * f64::from(n - i) / f64::from(i + 1)
    })
}
