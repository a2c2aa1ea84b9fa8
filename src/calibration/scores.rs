//! How good a probabilistic prediction was: coverage, interval score, continuous ranked probability score.

/// Probability that the intervals of the hindcast should hold.
pub const COVERAGE: f64 = 0.9;

/// A prediction as draws, sorted.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    draws: Vec<f64>,
}

impl Prediction {
    /// From draws in any order.
    pub fn of(mut draws: Vec<f64>) -> Self {
        draws.sort_by(f64::total_cmp);
        Prediction { draws }
    }

    /// A quantile of the draws.
    pub fn quantile(&self, probability: f64) -> f64 {
        crate::experiment::statistics::quantile(&self.draws, probability)
    }

    /// The central 90 % interval.
    pub fn interval(&self) -> (f64, f64) {
        let tail = (1.0 - COVERAGE) / 2.0;
        (self.quantile(tail), self.quantile(1.0 - tail))
    }

    /// Whether the interval holds what happened.
    pub fn covers(&self, happened: f64) -> bool {
        let (low, high) = self.interval();
        (low..=high).contains(&happened)
    }

    /// Distance of the median from what happened.
    pub fn absolute_error(&self, happened: f64) -> f64 {
        (self.quantile(0.5) - happened).abs()
    }

    /// Interval score: width, and 2/α times what lies outside (Gneiting & Raftery 2007, equation 43).
    pub fn interval_score(&self, happened: f64) -> f64 {
        let (low, high) = self.interval();
        let outside = (low - happened).max(0.0) + (happened - high).max(0.0);
        high - low + 2.0 / (1.0 - COVERAGE) * outside
    }

    /// Continuous ranked probability score E|X − y| − ½E|X − X′|, the second mean over pairs of different
    /// draws, so that few draws are not punished (Ferro 2014).
    pub fn ranked_probability_score(&self, happened: f64) -> f64 {
        let n = self.draws.len() as f64;
        let to = self.draws.iter().map(|x| (x - happened).abs()).sum::<f64>() / n;
        if self.draws.len() < 2 {
            return to;
        }
        // Σ|x_i − x_j| over i < j of sorted draws = Σ (2i − n + 1)·x_i.
        let between: f64 = (0..self.draws.len())
            .map(|i| (2.0 * i as f64 - n + 1.0) * self.draws[i])
            .sum();
        to - between / (n * (n - 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_worked_by_hand() {
        let prediction = Prediction::of(vec![3.0, 1.0, 2.0]);
        // E|X − 4| = 2; pairs 1, 2, 1 of six ordered: ½·8/6.
        assert!((prediction.ranked_probability_score(4.0) - (2.0 - 4.0 / 6.0)).abs() < 1e-12);
        assert_eq!(prediction.absolute_error(4.0), 2.0);
        let (low, high) = prediction.interval();
        assert!((low - 1.1).abs() < 1e-12 && (high - 2.9).abs() < 1e-12);
        assert!((prediction.interval_score(4.0) - (1.8 + 20.0 * 1.1)).abs() < 1e-9);
        assert!(prediction.covers(2.0) && !prediction.covers(4.0));
        assert_eq!(Prediction::of(vec![5.0]).ranked_probability_score(7.0), 2.0);
    }
}
