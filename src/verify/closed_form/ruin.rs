//! Ruin of a fund with exponential claims (Lundberg 1903; Cramér 1930; Asmussen & Albrecher, *Ruin
//! Probabilities*, 2010).

use std::f64::consts::PI;

use libm::{cos, sin, sqrt};

use crate::model::transcendental::exp;

/// U(t) = u + ct − S(t) with c = (1 + θ)λμ and exponential claims of mean μ at rate λ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruin {
    /// Capital u at the start.
    pub capital: f64,
    /// Loading θ.
    pub loading: f64,
    /// Mean μ of a claim.
    pub mean: f64,
    /// Claims a year λ.
    pub rate: f64,
}

/// Steps of the integral: the integrand is smooth and periodic, so the trapezoidal rule converges
/// faster than any power.
const STEPS: u32 = 20_000;

impl Ruin {
    /// ψ(u) = e^{−Ru}/(1 + θ), R = θ/((1 + θ)μ): probability that it is ever ruined.
    pub fn ever(&self) -> f64 {
        let loaded = 1.0 + self.loading;
        exp(-self.loading / (loaded * self.mean) * self.capital) / loaded
    }

    /// ψ(u, T) (Asmussen 1984): λ′e^{−(1 − λ′)u′} − (1/π)∫₀^π f₁f₂/f₃ da, in units of one claim and of
    /// its premium; for θ < 0 (λ′ > 1) the first term is one.
    pub fn within(&self, years: f64) -> f64 {
        let rate = 1.0 / (1.0 + self.loading);
        let capital = self.capital / self.mean;
        let time = years * (1.0 + self.loading) * self.rate;
        let root = sqrt(rate);
        let integrand = |a: f64| {
            let first = rate
                * exp(2.0 * root * time * cos(a) - (1.0 + rate) * time
                    + capital * (root * cos(a) - 1.0));
            let turn = capital * root * sin(a);
            let second = cos(turn) - cos(turn + 2.0 * a);
            let third = 1.0 + rate - 2.0 * root * cos(a);
            if third == 0.0 {
                0.0
            } else {
                first * second / third
            }
        };
        let step = PI / f64::from(STEPS);
        let inner: f64 = (1..STEPS).map(|k| integrand(f64::from(k) * step)).sum();
        let ends = 0.5 * (integrand(0.0) + integrand(PI));
        let ever = if rate < 1.0 {
            rate * exp(-(1.0 - rate) * capital)
        } else {
            1.0
        };
        ever - (inner + ends) * step / PI
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_numbers() {
        for (capital, loading, mean, rate, years, ever, within) in [
            (0.0, 0.2, 1.0, 52.0, 5.0, 0.833_333_3, 0.832_933_9),
            (10.0, 0.2, 1.0, 52.0, 5.0, 0.157_396_3, 0.155_849_9),
            (10.0, 0.2, 1.0, 260.0, 5.0, 0.157_396_3, 0.157_396_3),
            (5.0, 0.5, 2.0, 10.0, 10.0, 0.289_732_1, 0.289_693),
        ] {
            let ruin = Ruin {
                capital,
                loading,
                mean,
                rate,
            };
            assert!((ruin.ever() - ever).abs() < 1e-6);
            assert!(
                (ruin.within(years) - within).abs() < 1e-6,
                "{}",
                ruin.within(years)
            );
        }
    }

    #[test]
    fn no_time_no_ruin() {
        let ruin = Ruin {
            capital: 3.0,
            loading: 0.3,
            mean: 1.0,
            rate: 10.0,
        };
        assert!(ruin.within(1e-9).abs() < 1e-6);
    }
}
