//! Elementary effects: how much the outcome changes when one factor moves through its range while the
//! others stand somewhere.
//!
//! *Equation.* d_i = [f(x + Δe_i) − f(x)]/Δ, one for each trajectory; μ* = mean |d_i| (Campolongo, Cariboni &
//! Saltelli 2007, Environmental Modelling & Software 22:1509–1518) ranks the factors, μ = mean d_i gives the
//! direction, and σ, the standard deviation of d_i, is large where the effect depends on the others or is not
//! straight (Morris 1991, Technometrics 33:161–174). Δ is in parts of the range, so an effect is the change over the whole range.

use serde::{Deserialize, Serialize};

use super::resample::{Interval, Resamples};

/// The elementary effects of one factor, summed up.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// Mean of the effects: their direction.
    pub mean: f64,
    /// Mean size of the effects (μ*), with its interval over the trajectories.
    pub size: Interval,
    /// Standard deviation of the effects; not a number with fewer than two.
    pub spread: f64,
    /// Trajectories with a value.
    pub n: usize,
}

/// The effects of each factor, from the rows of whole trajectories and what came out of each row. A trajectory
/// with an outcome that is no number is left out.
pub fn effects(rows: &[Vec<f64>], outcomes: &[f64], seed: u64) -> Vec<Effect> {
    let factors = rows.first().map_or(0, Vec::len);
    let trajectories = rows.chunks(factors + 1).zip(outcomes.chunks(factors + 1));
    let known = trajectories.filter(|(_, outcomes)| outcomes.iter().all(|y| y.is_finite()));
    let single: Vec<Vec<f64>> = known
        .map(|(rows, outcomes)| of_trajectory(rows, outcomes))
        .collect();
    let resamples = Resamples::new(single.len(), seed);
    (0..factors)
        .map(|factor| of_factor(&single, factor, &resamples))
        .collect()
}

/// One effect for each factor.
fn of_trajectory(rows: &[Vec<f64>], outcomes: &[f64]) -> Vec<f64> {
    let mut effects = vec![f64::NAN; rows[0].len()];
    for (pair, outcomes) in rows.windows(2).zip(outcomes.windows(2)) {
        let moves = pair[0]
            .iter()
            .zip(&pair[1])
            .map(|(before, after)| after - before);
        if let Some((factor, step)) = moves.enumerate().find(|(_, step)| *step != 0.0) {
            effects[factor] = (outcomes[1] - outcomes[0]) / step;
        }
    }
    effects
}

fn of_factor(single: &[Vec<f64>], factor: usize, resamples: &Resamples) -> Effect {
    let n = single.len();
    let mean = single.iter().map(|effects| effects[factor]).sum::<f64>() / n as f64;
    let squares = single
        .iter()
        .map(|effects| (effects[factor] - mean) * (effects[factor] - mean));
    let spread = if n > 1 {
        (squares.sum::<f64>() / (n - 1) as f64).sqrt()
    } else {
        f64::NAN
    };
    let size = |units: &[usize]| {
        let sum: f64 = units.iter().map(|unit| single[*unit][factor].abs()).sum();
        sum / units.len() as f64
    };
    Effect {
        mean,
        size: resamples.interval(size),
        spread,
        n,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::sensitivity::design::trajectories;

    fn found(f: impl Fn(&[f64]) -> f64, factors: usize, count: usize) -> Vec<Effect> {
        let rows = trajectories(factors, count, 3);
        let outcomes: Vec<f64> = rows.iter().map(|row| f(row)).collect();
        effects(&rows, &outcomes, 3)
    }

    #[test]
    fn straight_effects_are_their_slopes_without_spread() {
        let all = found(|x| 5.0 + 2.0 * x[0] - 3.0 * x[1], 3, 6);
        for (effect, slope) in all.iter().zip([2.0_f64, -3.0, 0.0]) {
            assert!((effect.mean - slope).abs() < 1e-9);
            assert!((effect.size.value - slope.abs()).abs() < 1e-9);
            assert!(effect.spread < 1e-9 && effect.size.width() < 1e-9 && effect.n == 6);
        }
    }

    /// f = x₀·x₁ on the grid {0, 1/3, 2/3, 1}: the effect of x₀ is x₁ where it stands, mean 1/2, variance
    /// 5/36 over the four equally likely levels.
    #[test]
    fn interaction_shows_in_the_spread() {
        let all = found(|x| x[0] * x[1], 2, 400);
        for effect in all {
            assert!((effect.mean - 0.5).abs() < 0.05, "{effect:?}");
            assert!(
                (effect.spread - (5.0_f64 / 36.0).sqrt()).abs() < 0.03,
                "{effect:?}"
            );
            assert!(effect.size.holds(0.5));
        }
    }

    /// An effect that changes its sign: |x − ½| moves by −1/3, 1/3 over a step of 2/3.
    #[test]
    fn effects_of_both_signs_do_not_cancel_in_their_size() {
        let one = found(|x| (x[0] - 0.5).abs(), 1, 300)[0];
        assert!(
            one.mean.abs() < 0.05 && (one.size.value - 0.5).abs() < 1e-9,
            "{one:?}"
        );
    }

    #[test]
    fn a_trajectory_without_a_value_is_left_out() {
        let rows = trajectories(2, 3, 3);
        let mut outcomes: Vec<f64> = rows.iter().map(|x| 4.0 * x[0]).collect();
        outcomes[4] = f64::NAN;
        let all = effects(&rows, &outcomes, 3);
        assert_eq!(all[0].n, 2);
        assert!((all[0].mean - 4.0).abs() < 1e-9);
        assert_eq!(effects(&[], &[], 3), Vec::new());
    }
}
