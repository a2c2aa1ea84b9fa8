//! Compliance with criteria of risk: F–N curve against a line, and verdicts on simulated years.
//!
//! *Equations.* F(N) = Σ f_i·[n_i ≥ N]; a line is F(N) ≤ C/N at every N that occurs (Farmer 1967; Health
//! and Safety Executive 2001, R2P2); potential loss of life Σ f·n = Σ_N F(N) (Jonkman and others 2003,
//! J. Hazard. Mater. 99:1). A count k in an exposure E has the exact Poisson interval of Garwood 1936:
//! χ²_{α/2}(2k)/2E to χ²_{1 − α/2}(2k + 2)/2E. A limit is met if the whole interval lies below it, broken
//! if it lies above, else undetermined.

use statrs::distribution::{ChiSquared, ContinuousCDF, DiscreteCDF, Poisson};

/// Confidence of the verdict's interval.
pub const CONFIDENCE: f64 = 0.95;
/// Probability of each end beyond it.
const TAIL: f64 = (1.0 - CONFIDENCE) / 2.0;

/// What simulated years say about a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Below the limit with confidence.
    Met,
    /// The interval holds the limit.
    Undetermined,
    /// Above the limit with confidence.
    Broken,
}

impl Verdict {
    /// Of `count` events in an exposure, against a limit per unit of exposure.
    ///
    /// The interval's ends are where so few or so many have the probability of a tail: what they have at the limit tells
    /// on which side of it the limit lies, without a search for the ends.
    pub fn of(count: u64, exposure: f64, limit: f64) -> Self {
        let expected = (exposure * limit).clamp(f64::MIN_POSITIVE, f64::MAX);
        let law = Poisson::new(expected).ok().filter(|_| exposure > 0.0);
        let Some(law) = law else {
            return Verdict::Undetermined;
        };
        let as_many = count.checked_sub(1).map_or(1.0, |fewer| law.sf(fewer));
        if law.cdf(count) <= TAIL {
            Verdict::Met
        } else if as_many < TAIL {
            Verdict::Broken
        } else {
            Verdict::Undetermined
        }
    }

    /// As a number of a run: 1 met, 0 undetermined, −1 broken.
    pub fn number(self) -> f64 {
        match self {
            Verdict::Met => 1.0,
            Verdict::Undetermined => 0.0,
            Verdict::Broken => -1.0,
        }
    }
}

/// Two-sided interval of a Poisson rate from a count (Garwood); without exposure there is no upper end.
pub fn poisson_interval(count: u64, exposure: f64) -> [f64; 2] {
    let quantile = |probability: f64, freedom: f64| {
        ChiSquared::new(freedom).map_or(f64::NAN, |law| law.inverse_cdf(probability) / 2.0)
    };
    let low = if count == 0 {
        0.0
    } else {
        quantile(TAIL, 2.0 * count as f64)
    };
    let high = quantile(1.0 - TAIL, 2.0 * count as f64 + 2.0);
    if exposure > 0.0 {
        [low / exposure, high / exposure]
    } else {
        [0.0, f64::INFINITY]
    }
}

/// Frequencies of at least so many deaths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Frequency (1/year) and deaths of each scenario or event, the most deadly first.
    points: Vec<(f64, f64)>,
}

impl Curve {
    /// Of scenarios: frequency a year and deaths.
    pub fn of(mut points: Vec<(f64, f64)>) -> Self {
        points.sort_by(|a, b| b.1.total_cmp(&a.1));
        Curve { points }
    }

    /// F(N).
    pub fn frequency(&self, deaths: f64) -> f64 {
        let worse = self.points.iter().take_while(|point| point.1 >= deaths);
        worse.map(|point| point.0).sum()
    }

    /// Greatest F(N)·N/C over the N that occur: above one, the line C/N is broken.
    pub fn greatest_ratio(&self, line: f64) -> f64 {
        let mut frequency = 0.0;
        let mut greatest = 0.0_f64;
        for (own, deaths) in &self.points {
            frequency += own;
            greatest = greatest.max(frequency * deaths / line);
        }
        greatest
    }

    /// Potential loss of life (deaths a year).
    pub fn loss_of_life(&self) -> f64 {
        self.points.iter().map(|(f, n)| f * n).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(found: f64, expected: f64) {
        let error = (found - expected).abs();
        assert!(error <= 1e-6 * expected.abs(), "{found} for {expected}");
    }

    #[test]
    fn verdicts_are_numbers() {
        let numbers = [Verdict::Met, Verdict::Undetermined, Verdict::Broken].map(Verdict::number);
        assert_eq!(numbers, [1.0, 0.0, -1.0]);
    }

    /// C = 0.01: 50 deaths at 2·10⁻⁴ a year.
    #[test]
    fn curves_against_the_line_by_hand() {
        let met = Curve::of(vec![
            (2e-6, 1000.0),
            (1e-3, 1.0),
            (3e-5, 100.0),
            (2e-4, 10.0),
        ]);
        for (deaths, frequency) in [(1.0, 0.001_232), (10.0, 2.32e-4), (100.0, 3.2e-5)] {
            near(met.frequency(deaths), frequency);
        }
        near(met.frequency(1000.0), 2e-6);
        assert_eq!(met.frequency(1001.0), 0.0);
        near(met.greatest_ratio(0.01), 0.32);
        near(met.loss_of_life(), 0.008);

        let broken = Curve::of(vec![(5e-2, 1.0), (4e-3, 3.0), (2e-4, 30.0), (4e-5, 300.0)]);
        near(broken.greatest_ratio(0.01), 5.424);
        near(broken.frequency(300.0) * 300.0 / 0.01, 1.2);
        near(broken.loss_of_life(), 0.08);
    }

    #[test]
    fn intervals_of_counts_by_hand() {
        let [low, high] = poisson_interval(3, 3000.0);
        near(low, 0.000_206_224);
        near(high, 0.002_922_424);
        let [low, high] = poisson_interval(0, 3000.0);
        assert_eq!(low, 0.0);
        near(high, 0.001_229_626);
        assert_eq!(poisson_interval(2, 0.0), [0.0, f64::INFINITY]);
    }

    #[test]
    fn verdicts_need_the_whole_interval() {
        assert_eq!(Verdict::of(3, 3000.0, 0.003), Verdict::Met);
        assert_eq!(Verdict::of(3, 3000.0, 0.001), Verdict::Undetermined);
        assert_eq!(Verdict::of(3, 3000.0, 0.0002), Verdict::Broken);
    }

    proptest! {
        #[test]
        fn a_verdict_is_that_of_the_interval(count in 0..2000_u64, exposure in 1.0..1e9_f64, ratio in 0.0..3.0_f64) {
            let limit = ratio * (count as f64 + 0.1) / exposure;
            let [low, high] = poisson_interval(count, exposure);
            let near_an_end = [low, high].iter().any(|end| (end / limit - 1.0).abs() < 1e-6);
            prop_assume!(!near_an_end);
            let expected = if high <= limit {
                Verdict::Met
            } else if low > limit {
                Verdict::Broken
            } else {
                Verdict::Undetermined
            };
            prop_assert_eq!(Verdict::of(count, exposure, limit), expected);
        }
    }

    #[test]
    fn without_a_limit_or_without_years() {
        assert_eq!(Verdict::of(2, 0.0, 1.0), Verdict::Undetermined);
        assert_eq!(Verdict::of(2, 10.0, f64::INFINITY), Verdict::Met);
        assert_eq!(Verdict::of(2, 10.0, 0.0), Verdict::Broken);
        assert_eq!(Verdict::of(0, 10.0, 0.0), Verdict::Undetermined);
    }
}
