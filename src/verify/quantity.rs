//! One quantity: what theory says, what the engine gives, and whether they agree.
//!
//! The standard error of an estimate is the theoretical one: that of a sample of the stated law, not
//! that of the sample at hand (which a wrong engine would widen together with its error).

use libm::sqrt;

use crate::model::random::normal_probability;
use crate::model::transcendental::exp;

/// Standard errors within which an estimate must lie.
pub const STANDARD_ERRORS: f64 = 4.0;
/// Relative error within which an exact quantity must lie.
pub const EXACT: f64 = 1e-9;
/// Quantile of Kolmogorov's law at 99 %: D_n·√n exceeds it once in a hundred times.
pub const KOLMOGOROV: f64 = 1.63;
/// Chance that a correct engine exceeds that.
const KOLMOGOROV_LEVEL: f64 = 0.01;

/// How a quantity is judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Judge {
    /// |estimate − closed form| ≤ so many standard errors.
    Within {
        /// Standard errors.
        standard_errors: f64,
    },
    /// Relative error of at most this; absolute where the closed form is zero.
    Relative(f64),
    /// Absolute error of at most this.
    Absolute(f64),
    /// The estimate is the distance D_n of two distribution functions; it must stay below 1.63/√n.
    Kolmogorov,
}

impl Judge {
    /// Within four standard errors.
    pub const DEFAULT: Judge = Judge::Within {
        standard_errors: STANDARD_ERRORS,
    };
    /// Equal to nine digits.
    pub const EXACT: Judge = Judge::Relative(EXACT);

    /// Chance that a correct engine fails: normal approximation for |z|, asymptotic for D_n.
    pub fn level(self) -> f64 {
        match self {
            // Wider limits make up for tails that are heavier than normal: they count as the usual one.
            Judge::Within { standard_errors } => {
                2.0 * normal_probability(-standard_errors.min(STANDARD_ERRORS))
            }
            Judge::Kolmogorov => KOLMOGOROV_LEVEL,
            Judge::Relative(_) | Judge::Absolute(_) => 0.0,
        }
    }
}

/// A quantity of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Name.
    pub name: String,
    /// What theory says.
    pub closed_form: f64,
    /// What the engine gives.
    pub estimate: f64,
    /// Theoretical standard error of the estimate; 0 = exact.
    pub standard_error: f64,
    /// Size of the sample.
    pub n: u64,
    /// How it is judged.
    pub judge: Judge,
}

impl Quantity {
    /// A mean whose single values have this theoretical variance.
    pub fn mean(name: &str, closed_form: f64, variance: f64, sample: &[f64]) -> Self {
        let n = sample.len() as u64;
        Quantity {
            name: name.to_owned(),
            closed_form,
            estimate: mean(sample),
            standard_error: sqrt(variance / n as f64),
            n,
            judge: Judge::DEFAULT,
        }
    }

    /// A variance, with the theoretical fourth cumulant κ₄: Var(s²) = κ₄/n + 2κ₂²/(n − 1).
    pub fn variance(name: &str, closed_form: f64, fourth_cumulant: f64, sample: &[f64]) -> Self {
        let n = sample.len() as f64;
        let error = fourth_cumulant / n + 2.0 * closed_form * closed_form / (n - 1.0);
        Quantity {
            name: name.to_owned(),
            closed_form,
            estimate: variance(sample),
            standard_error: sqrt(error),
            n: sample.len() as u64,
            judge: Judge::DEFAULT,
        }
    }

    /// A probability: `hits` of `n` trials.
    pub fn probability(name: &str, closed_form: f64, hits: u64, n: u64) -> Self {
        Quantity {
            name: name.to_owned(),
            closed_form,
            estimate: hits as f64 / n as f64,
            standard_error: sqrt((closed_form * (1.0 - closed_form)).max(0.0) / n as f64),
            n,
            judge: Judge::Within {
                standard_errors: count_limit(n as f64 * closed_form.min(1.0 - closed_form)),
            },
        }
    }

    /// Any estimate with its theoretical standard error.
    pub fn estimate(
        name: &str,
        closed_form: f64,
        estimate: f64,
        standard_error: f64,
        n: u64,
    ) -> Self {
        Quantity {
            name: name.to_owned(),
            closed_form,
            estimate,
            standard_error,
            n,
            judge: Judge::DEFAULT,
        }
    }

    /// What the engine's own function gives, to nine digits.
    pub fn exact(name: &str, closed_form: f64, estimate: f64) -> Self {
        Quantity {
            name: name.to_owned(),
            closed_form,
            estimate,
            standard_error: 0.0,
            n: 1,
            judge: Judge::EXACT,
        }
    }

    /// Kolmogorov's distance of a sample from a continuous law.
    pub fn kolmogorov(name: &str, sample: &[f64], law: impl Fn(f64) -> f64) -> Self {
        Quantity {
            name: name.to_owned(),
            closed_form: 0.0,
            estimate: kolmogorov_distance(sample, law),
            standard_error: 0.0,
            n: sample.len() as u64,
            judge: Judge::Kolmogorov,
        }
    }

    /// The same, judged otherwise.
    #[must_use]
    pub fn judged(mut self, judge: Judge) -> Self {
        self.judge = judge;
        self
    }

    /// Standard errors between estimate and closed form; for a distance D_n: D_n·√n. Zero where
    /// nothing is left to chance and the two agree.
    pub fn z(&self) -> f64 {
        let error = self.estimate - self.closed_form;
        if self.judge == Judge::Kolmogorov {
            self.estimate * sqrt(self.n as f64)
        } else if error == 0.0 {
            0.0
        } else {
            error / self.standard_error
        }
    }

    /// Whether it agrees.
    pub fn pass(&self) -> bool {
        let error = (self.estimate - self.closed_form).abs();
        // Asked this way round, what is not a number fails.
        match self.judge {
            Judge::Within { standard_errors } => self.z().abs() <= standard_errors,
            Judge::Relative(most) if self.closed_form == 0.0 => error <= most,
            Judge::Relative(most) => error <= most * self.closed_form.abs(),
            Judge::Absolute(most) => error <= most,
            Judge::Kolmogorov => self.z() < KOLMOGOROV,
        }
    }
}

/// Chance that a correct engine fails at least one of these tests, at most (union bound).
pub fn family_wise_level<'a>(quantities: impl IntoIterator<Item = &'a Quantity>) -> f64 {
    let sum: f64 = quantities.into_iter().map(|q| q.judge.level()).sum();
    sum.min(1.0)
}

/// Mean of a count above which it passes for normal (and e^{−mean} would vanish soon after).
const MANY: f64 = 600.0;

/// Standard errors within which a rare count must lie: four, or, where that is wider, as far as the
/// Poisson law with this mean goes with the chance that a normal one has beyond four.
pub fn count_limit(mean: f64) -> f64 {
    if mean > MANY || mean <= 0.0 {
        return STANDARD_ERRORS;
    }
    let beyond = normal_probability(-STANDARD_ERRORS);
    let mut count = 0.0;
    let mut probability = exp(-mean);
    let mut tail = 1.0 - probability;
    // P(N > count) falls below the chance: the next count may not be met.
    while tail > beyond {
        count += 1.0;
        probability *= mean / count;
        tail -= probability;
    }
    ((count - mean) / sqrt(mean)).max(STANDARD_ERRORS)
}

/// Mean of a sample.
pub fn mean(sample: &[f64]) -> f64 {
    sample.iter().sum::<f64>() / sample.len() as f64
}

/// Unbiased variance of a sample.
pub fn variance(sample: &[f64]) -> f64 {
    let mean = mean(sample);
    let squares: f64 = sample.iter().map(|x| (x - mean) * (x - mean)).sum();
    squares / (sample.len() as f64 - 1.0)
}

/// Covariance of two samples of the same length.
pub fn covariance(a: &[f64], b: &[f64]) -> f64 {
    let (mean_a, mean_b) = (mean(a), mean(b));
    let products: f64 = a
        .iter()
        .zip(b)
        .map(|(x, y)| (x - mean_a) * (y - mean_b))
        .sum();
    products / (a.len() as f64 - 1.0)
}

/// Greatest distance between the distribution of a sample and a law (Kolmogorov 1933).
pub fn kolmogorov_distance(sample: &[f64], law: impl Fn(f64) -> f64) -> f64 {
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let distances = sorted.iter().enumerate().map(|(rank, x)| {
        let probability = law(*x);
        let (below, up_to) = (rank as f64 / n, (rank + 1) as f64 / n);
        (probability - below).max(up_to - probability)
    });
    distances.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_by_hand() {
        let sample = [1.0, 2.0, 6.0];
        assert_eq!((mean(&sample), variance(&sample)), (3.0, 7.0));
        assert_eq!(covariance(&sample, &[0.0, 1.0, 5.0]), 7.0);
        // Uniform on (0, 8): F = 1/8, 2/8, 6/8 against steps 0–1/3, 1/3–2/3, 2/3–1.
        let distance = kolmogorov_distance(&sample, |x| x / 8.0);
        assert!((distance - (2.0 / 3.0 - 0.25)).abs() < 1e-15);
    }

    #[test]
    fn verdicts() {
        let mean = Quantity::mean("m", 3.0, 12.0, &[1.0, 2.0, 6.0]);
        assert_eq!(
            (mean.standard_error, mean.z(), mean.pass()),
            (2.0, 0.0, true)
        );
        assert_eq!(Quantity::probability("p", 0.5, 100, 100).z(), 10.0);
        assert!(!Quantity::probability("p", 0.5, 100, 100).pass());
        assert!(Quantity::probability("p", 0.0, 0, 100).pass());
        assert!(!Quantity::probability("p", 0.0, 1, 100).pass());
        assert!(!Quantity::exact("e", 1.0, f64::NAN).pass());
        assert!(!Quantity::mean("m", f64::NAN, 1.0, &[1.0, 2.0]).pass());
        assert!(Quantity::exact("e", 0.0, 1e-10).pass());
        assert!(!Quantity::exact("e", 1e-3, 1e-3 + 1e-10).pass());
    }

    #[test]
    fn rare_counts_may_lie_further_off() {
        // Poisson(0.01): P(N > 1) = 5.0e-5, P(N > 2) = 1.7e-7, and a normal exceeds 4 with 3.2e-5.
        assert!((count_limit(0.01) - (2.0 - 0.01) / 0.1).abs() < 1e-9);
        assert_eq!((count_limit(5000.0), count_limit(860.0)), (4.0, 4.0));
        assert!(count_limit(20.0) > 4.0 && count_limit(20.0) < 5.0);
        assert!(Quantity::probability("p", 1e-8, 0, 1000).pass());
        assert!(!Quantity::probability("p", 1e-8, 5, 1000).pass());
    }

    #[test]
    fn levels_add_up() {
        let quantities = [
            Quantity::probability("p", 0.5, 1, 2),
            Quantity::exact("e", 1.0, 1.0),
        ];
        assert!((family_wise_level(&quantities) - 6.334e-5).abs() < 1e-8);
    }
}
