//! Shares of the variance of an outcome that are owed to each factor: alone (first order), and with all
//! in which it has a part (total).
//!
//! *Equations* (Saltelli and others 2010, Computer Physics Communications 181:259–270, table 2): with rows
//! of the samples A and B, and of A with factor i from B,
//! S_i = mean[f(B)·(f(AB_i) − f(A))]/V, and T_i = mean[(f(A) − f(AB_i))²]/(2V) (Jansen 1999, Computer Physics
//! Communications 117:35–43); V is the variance over A and B, and outcomes are taken from their mean, which leaves the estimate
//! as it is and makes it steadier.

use serde::{Deserialize, Serialize};

use super::resample::{Interval, Resamples};
use crate::vocabulary::{Vocabulary, vocabulary};

/// Width of an interval that never counts as too wide (shares of the variance).
const NARROW: f64 = 0.1;
/// An interval may be as wide as this part of its index.
const RELATIVE: f64 = 0.5;
/// A first order below this is negative beyond rounding.
const NEGATIVE: f64 = -0.01;

vocabulary! {
    /// Whether the samples are enough for an index.
    Convergence {
        Enough = "enough", "样本足够", "enough samples";
        TooWide = "interval too wide", "区间过宽", "interval too wide";
        Negative = "negative index", "指数为负", "negative index";
        Unknown = "no variance", "方差为零", "no variance";
    }
}

/// The shares of one factor.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// Alone.
    pub first: Interval,
    /// With all that it takes part in.
    pub total: Interval,
}

impl Index {
    /// Whether the samples are enough: no negative share, and no interval wider than a tenth and than half
    /// of its index.
    pub fn convergence(&self) -> Convergence {
        let wide = |index: &Interval| index.width() > NARROW.max(RELATIVE * index.value);
        if !self.first.value.is_finite() || !self.total.value.is_finite() {
            Convergence::Unknown
        } else if self.first.value < NEGATIVE {
            Convergence::Negative
        } else if !self.total.width().is_finite() || wide(&self.first) || wide(&self.total) {
            Convergence::TooWide
        } else {
            Convergence::Enough
        }
    }
}

/// What each base sample adds to the sums of the estimators; outcomes are taken from their mean.
#[derive(Default)]
struct Samples {
    /// Sum of the outcomes of A and B.
    sum: Vec<f64>,
    /// Sum of their squares.
    squares: Vec<f64>,
    /// f(B)·(f(AB_i) − f(A)): one list for each factor.
    products: Vec<Vec<f64>>,
    /// (f(A) − f(AB_i))²/2: one list for each factor.
    changes: Vec<Vec<f64>>,
}

impl Samples {
    /// From the outcomes of whole blocks A, AB₁ … AB_k, B; a block with an outcome that is no number is left out.
    fn of(factors: usize, outcomes: &[f64]) -> Self {
        let blocks = outcomes.chunks_exact(factors + 2);
        let known: Vec<&[f64]> = blocks
            .filter(|block| block.iter().all(|y| y.is_finite()))
            .collect();
        let ends = || {
            known
                .iter()
                .flat_map(|block| [block[0], block[factors + 1]])
        };
        // Equal outcomes are their mean to the last bit, so that their variance is none.
        let mean = match ends().next() {
            Some(first) if ends().all(|outcome| outcome == first) => first,
            _ => ends().sum::<f64>() / (2.0 * known.len() as f64),
        };
        let mut samples = Samples {
            products: vec![Vec::new(); factors],
            changes: vec![Vec::new(); factors],
            ..Samples::default()
        };
        for block in &known {
            let (a, b) = (block[0] - mean, block[factors + 1] - mean);
            samples.sum.push(a + b);
            samples.squares.push(a * a + b * b);
            for (factor, outcome) in block[1..=factors].iter().enumerate() {
                let change = outcome - mean - a;
                samples.products[factor].push(b * change);
                samples.changes[factor].push(change * change / 2.0);
            }
        }
        samples
    }

    /// A mean of some units as a share of the variance over their A and B.
    fn share(&self, of: &[f64], units: &[usize]) -> f64 {
        let (mut part, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for unit in units {
            part += of[*unit];
            sum += self.sum[*unit];
            squares += self.squares[*unit];
        }
        let n = 2.0 * units.len() as f64;
        let variance = squares / n - (sum / n) * (sum / n);
        share(part, units.len(), variance)
    }
}

/// A mean as a share of the variance; not a number where nothing varies.
fn share(sum: f64, n: usize, variance: f64) -> f64 {
    if variance > 0.0 {
        sum / (n as f64 * variance)
    } else {
        f64::NAN
    }
}

/// The shares of each factor, from the outcomes of the rows of [`saltelli`](super::design::saltelli).
pub fn indices(factors: usize, outcomes: &[f64], seed: u64) -> Vec<Index> {
    let samples = Samples::of(factors, outcomes);
    let resamples = Resamples::new(samples.sum.len(), seed);
    (0..factors)
        .map(|factor| Index {
            first: resamples.interval(|units| samples.share(&samples.products[factor], units)),
            total: resamples.interval(|units| samples.share(&samples.changes[factor], units)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::sensitivity::design::saltelli;

    fn found(f: impl Fn(&[f64]) -> f64, factors: usize, samples: usize, seed: u64) -> Vec<Index> {
        let rows = saltelli(factors, samples, seed);
        let outcomes: Vec<f64> = rows.iter().map(|row| f(row)).collect();
        indices(factors, &outcomes, seed)
    }

    /// Studies with different seeds: their means are near the closed form, and at least nine of ten of their 95 %
    /// intervals hold it.
    fn require(f: impl Fn(&[f64]) -> f64, first: &[f64], total: &[f64]) {
        let all: Vec<Vec<Index>> = (1..=10)
            .map(|seed| found(&f, first.len(), 1024, seed))
            .collect();
        let mut held = 0;
        for number in 0..first.len() {
            for (expected, of) in [
                (
                    first[number],
                    (|index| index.first) as fn(&Index) -> Interval,
                ),
                (total[number], |index| index.total),
            ] {
                let own = || all.iter().map(|indices| of(&indices[number]));
                let mean = own().map(|index| index.value).sum::<f64>() / all.len() as f64;
                assert!(
                    (mean - expected).abs() < 0.03,
                    "{number}: {mean} for {expected}"
                );
                held += own().filter(|index| index.holds(expected)).count();
            }
        }
        let intervals = all.len() * first.len() * 2;
        assert!(10 * held >= 9 * intervals, "{held} of {intervals}");
    }

    /// f = sin x₁ + a sin² x₂ + b x₃⁴ sin x₁ on (−π, π) (Ishigami & Homma 1990): V₁ = ½(1 + bπ⁴/5)²,
    /// V₂ = a²/8, V₁₃ = b²π⁸(1/18 − 1/50).
    #[test]
    fn the_closed_form_of_ishigami_lies_in_the_intervals() {
        let (a, b, pi) = (7.0, 0.1, std::f64::consts::PI);
        let (pi4, pi8) = (libm::pow(pi, 4.0), libm::pow(pi, 8.0));
        let v1 = 0.5 * (1.0 + b * pi4 / 5.0) * (1.0 + b * pi4 / 5.0);
        let (v2, v13) = (a * a / 8.0, b * b * pi8 * (1.0 / 18.0 - 1.0 / 50.0));
        let v = v1 + v2 + v13;
        let f = |u: &[f64]| {
            let x: Vec<f64> = u.iter().map(|u| pi * (2.0 * u - 1.0)).collect();
            let (sine, other) = (libm::sin(x[0]), libm::sin(x[1]));
            sine + a * other * other + b * libm::pow(x[2], 4.0) * sine
        };
        require(
            f,
            &[v1 / v, v2 / v, 0.0],
            &[(v1 + v13) / v, v2 / v, v13 / v],
        );
        assert_eq!(found(f, 3, 2048, 1)[1].convergence(), Convergence::Enough);
    }

    /// f = Π (|4xᵢ − 2| + aᵢ)/(1 + aᵢ) (Saltelli & Sobol 1995): Vᵢ = 1/(3(1 + aᵢ)²), V = Π(1 + Vᵢ) − 1,
    /// total Vᵢ·Π_{j≠i}(1 + V_j).
    #[test]
    fn the_closed_form_of_sobol_g_lies_in_the_intervals() {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0];
        let part = |a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a));
        let all: f64 = a.iter().map(|a| 1.0 + part(*a)).product();
        let v = all - 1.0;
        let f = |x: &[f64]| {
            x.iter()
                .zip(a)
                .map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a))
                .product::<f64>()
        };
        let first = a.map(|a| part(a) / v);
        let total = a.map(|a| part(a) * (all / (1.0 + part(a))) / v);
        require(f, &first, &total);
    }

    #[test]
    fn few_samples_are_told_as_too_few() {
        let f = |x: &[f64]| x[0] * x[1] + x[2];
        let few = found(f, 3, 8, 1);
        assert!(
            few.iter()
                .any(|index| index.convergence() != Convergence::Enough)
        );
        let flat = found(|_| 0.1, 2, 7, 1);
        assert!(
            flat.iter()
                .all(|index| index.convergence() == Convergence::Unknown)
        );
    }

    #[test]
    fn a_block_without_a_value_is_left_out() {
        let rows = saltelli(2, 400, 11);
        let mut outcomes: Vec<f64> = rows.iter().map(|x| 3.0 * x[0] + x[1]).collect();
        outcomes[5] = f64::NAN;
        let all = indices(2, &outcomes, 11);
        // Variances 9 : 1.
        assert!((all[0].first.value - 0.9).abs() < 0.05 && (all[1].total.value - 0.1).abs() < 0.02);
    }
}
