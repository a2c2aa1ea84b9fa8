//! Accidents: rate, severity, and the policy-free bound of both.
//!
//! *Equation.* Rate per worker-year λ = λ_s·f_b·f_τ·e^x·[φ + (1 − φ)e^{−κe}],
//! f_b = 1 + (B − 1)·b/(b + b_½); potential deaths N with P(N ≥ n) = n^{−α}, cut at the cap of the
//! trade and size class. Majorant Λ = λ_s·B·T·e^{bound}/(1 − hit₀): the largest value over the
//! declared ranges of every state and lever.

use libm::{expm1, floor};

use crate::model::random::normal_quantile;
use crate::model::transcendental::{exp, log, pow};
use crate::scenario::society::{Accident, DamageLaw, TradeFacts};

/// Factor of the backlog of open hazards: 1 + (B − 1)·b/(b + b_½).
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
pub fn backlog_factor(backlog: f64, ceiling: f64, half: f64) -> f64 {
    1.0 + (ceiling - 1.0) * backlog / (backlog + half)
}

/// Factor of care: φ + (1 − φ)e^{−κe}.
pub fn care_factor(care: f64, out_of_reach: f64, kappa: f64) -> f64 {
    care_factor_of(exp(-kappa * care), out_of_reach)
}

/// The same of e^{−κe}.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
pub fn care_factor_of(left: f64, out_of_reach: f64) -> f64 {
    out_of_reach + (1.0 - out_of_reach) * left
}

/// Deterrence by m remembered visits, of which e^{−deterrence} of the accidents are left:
/// min(bound, a·m/(m + m_½)).
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
pub fn deterrence(remembered: f64, most: f64, half: f64, bound: f64) -> f64 {
    (most * remembered / (remembered + half)).min(bound)
}

/// Factor of unregulated activity: a share `novel` has the rate multiplier.
pub fn novelty_factor(novel: f64, multiplier: f64) -> f64 {
    1.0 + (multiplier - 1.0) * novel
}

/// Season of accidents: a rush before the end of the year, mean one over 52 weeks.
pub fn season_factor(week_of_year: u32, amplitude: f64) -> f64 {
    let angle = 2.0 * std::f64::consts::PI * f64::from(week_of_year) / 52.0;
    1.0 + amplitude * libm::cos(angle)
}

/// Largest rate per worker-year, whatever state or lever within the declared ranges.
pub fn majorant(trade: &TradeFacts, accident: &Accident) -> f64 {
    let base = trade.base_rate_per_100k_worker_years / 1e5;
    let unmonitored = 1.0 - trade.monitoring_hit_share;
    base * trade.backlog_ceiling * accident.plant_age_ceiling * exp(accident.multiplier_raise_bound)
        / unmonitored
}

/// Potential deaths at uniform `u` (small u = many), at least one.
pub fn potential_deaths(u: f64, alpha: f64, cap: u32) -> u32 {
    floor(pow(u, -1.0 / alpha) + 1e-9).clamp(1.0, f64::from(cap)) as u32
}

/// Probability that a fatal accident has at least n potential deaths.
pub fn exceeds(n: u32, alpha: f64, cap: u32) -> f64 {
    if n <= 1 {
        1.0
    } else if n > cap {
        0.0
    } else {
        pow(f64::from(n), -alpha)
    }
}

/// Greatest N·P(at least N potential deaths) of a fatal accident: at one death where the tail falls
/// faster than 1/N, else at the cap.
pub fn greatest_of_curve(alpha: f64, cap: u32) -> f64 {
    let at = |n: u32| f64::from(n) * exceeds(n, alpha, cap.max(1));
    at(1).max(at(cap.max(1)))
}

/// Expected potential deaths of a fatal accident: Σ_{n ≤ cap} n^{−α}.
pub fn expected_potential_deaths(alpha: f64, cap: u32) -> f64 {
    (1..=cap).map(|n| pow(f64::from(n), -alpha)).sum()
}

/// Own damage of an accident as a multiple of its trade's figure, at uniform `u`. Lognormal with mean one
/// (rising in u), or generalised Pareto by inversion (u is the probability of more), threshold +
/// scale·(u^{−shape} − 1)/shape; shape 0 is exponential (Pickands 1975, Annals of Statistics 3:119).
pub fn own_damage_multiple(accident: &Accident, u: f64) -> f64 {
    match accident.own_damage_law {
        DamageLaw::Lognormal => {
            let sigma = accident.own_damage_sigma_log;
            exp(sigma * normal_quantile(u) - 0.5 * sigma * sigma)
        }
        DamageLaw::Pareto => {
            let (scale, shape) = (accident.own_damage_scale, accident.own_damage_shape);
            let excess = if shape == 0.0 {
                -log(u)
            } else {
                expm1(-shape * log(u)) / shape
            };
            accident.own_damage_threshold + scale * excess
        }
    }
}

/// Mean of that multiple; the shape is below one.
pub fn mean_own_damage_multiple(accident: &Accident) -> f64 {
    match accident.own_damage_law {
        DamageLaw::Lognormal => 1.0,
        DamageLaw::Pareto => {
            let mean_excess = accident.own_damage_scale / (1.0 - accident.own_damage_shape);
            accident.own_damage_threshold + mean_excess
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severity_by_hand() {
        assert_eq!(potential_deaths(0.5, 1.0, 100), 2);
        assert_eq!(potential_deaths(0.01, 2.0, 100), 10);
        assert_eq!(potential_deaths(1e-9, 2.0, 30), 30);
        assert!((expected_potential_deaths(2.0, 2) - 1.25).abs() < 1e-12);
    }

    /// 100·100^−½ = 10 at the cap; where the tail falls faster than 1/N, 1 at one death.
    #[test]
    fn a_curve_is_greatest_at_one_death_or_at_the_cap() {
        assert!((greatest_of_curve(0.5, 100) - 10.0).abs() < 1e-12);
        assert_eq!(greatest_of_curve(2.0, 100), 1.0);
    }

    #[test]
    fn factors_by_hand() {
        assert_eq!(backlog_factor(5.0, 3.0, 5.0), 2.0);
        assert!((care_factor(1.0, 0.35, 1.0) - (0.35 + 0.65 * exp(-1.0))).abs() < 1e-15);
        assert_eq!(deterrence(0.0, 0.35, 1.0, 0.35), 0.0);
        assert_eq!(deterrence(3.0, 0.4, 1.0, 0.35), 0.4 * 3.0 / 4.0);
        assert_eq!(deterrence(99.0, 0.4, 1.0, 0.35), 0.35);
        let year: f64 = (0..52).map(|w| season_factor(w, 0.1)).sum::<f64>() / 52.0;
        assert!((year - 1.0).abs() < 1e-12);
    }
}
