//! A stock that grows evenly, is removed at a rate and at visits that find a share of it.
//! Campbell 1909 (shot noise) for visits at random, geometric series for visits at intervals.

use crate::model::transcendental::{exp, log};

/// Growth g, removal s (a week), share f found at a visit, weeks T between visits.
#[derive(Clone, Copy, Debug)]
pub struct Backlog {
    /// Growth a week.
    pub growth: f64,
    /// Removal without visits (1/week).
    pub removal: f64,
    /// Share that a visit removes.
    pub found: f64,
    /// Weeks between visits, on average or exactly.
    pub interval: f64,
}

impl Backlog {
    /// Visits at random: mean g/δ and variance, δ = s + f/T; E b² = 2gE b/(2s + (2f − f²)/T).
    pub fn at_random(&self) -> (f64, f64) {
        let mean = self.growth * self.relaxation_at_random();
        let spread = self.found * (2.0 - self.found) / self.interval;
        let square = 2.0 * self.growth * mean / (2.0 * self.removal + spread);
        (mean, square - mean * mean)
    }

    /// Weeks of relaxation with visits at random: 1/δ.
    pub fn relaxation_at_random(&self) -> f64 {
        1.0 / (self.removal + self.found / self.interval)
    }

    /// Visits at intervals: mean and variance over an even phase.
    pub fn at_intervals(&self) -> (f64, f64) {
        let (g, s, t) = (self.growth, self.removal, self.interval);
        if s <= 0.0 {
            let after = (1.0 - self.found) * g * t / self.found;
            return (after + 0.5 * g * t, g * g * t * t / 12.0);
        }
        let kept = exp(-s * t);
        let level = g / s;
        let before = level * (1.0 - kept) / (1.0 - (1.0 - self.found) * kept);
        let gap = (1.0 - self.found) * before - level;
        let first = (1.0 - kept) / (s * t);
        let second = (1.0 - kept * kept) / (2.0 * s * t);
        let mean = level + gap * first;
        let square = level * level + 2.0 * level * gap * first + gap * gap * second;
        (mean, square - mean * mean)
    }

    /// Weeks of relaxation with visits at intervals: 1/(s − ln(1 − f)/T).
    pub fn relaxation_at_intervals(&self) -> f64 {
        1.0 / (self.removal - log(1.0 - self.found) / self.interval)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(growth: f64, removal: f64, found: f64, interval: f64) -> Backlog {
        Backlog {
            growth,
            removal,
            found,
            interval,
        }
    }

    #[test]
    fn worked_numbers() {
        let near = |found: f64, right: f64| assert!((found - right).abs() < 1e-6, "{found}");
        let first = of(0.1, 0.02, 0.5, 13.0);
        near(first.at_random().0, 1.710_526);
        near(first.relaxation_at_random(), 17.105_263);
        near(first.at_intervals().0, 1.417_381);
        near(first.relaxation_at_intervals(), 13.639_026_9);
        near(of(0.1, 0.0, 1.0, 13.0).at_random().0, 1.3);
        near(of(0.1, 0.0, 1.0, 13.0).at_intervals().0, 0.65);
        near(of(0.05, 0.05, 0.3, 52.0).at_intervals().0, 0.887_327_4);
        assert_eq!(of(0.1, 0.0, 1.0, 13.0).relaxation_at_intervals(), 0.0);
    }

    /// With f = 1 and s = 0, b is the growth since the last visit: exponential at random, mean gT,
    /// variance (gT)²; even at intervals, variance (gT)²/12.
    #[test]
    fn spread_without_other_removal() {
        let backlog = of(0.1, 0.0, 1.0, 10.0);
        assert!((backlog.at_random().1 - 1.0).abs() < 1e-12);
        assert!((backlog.at_intervals().1 - 1.0 / 12.0).abs() < 1e-12);
    }
}
