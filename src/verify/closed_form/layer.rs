//! A layer of cover on every loss: Y = c·min((X − d)⁺, L) (Klugman, Panjer & Willmot, *Loss Models*
//! 2012, chapter 8; Lee 1988, Proceedings of the Casualty Actuarial Society 75).

use super::severity::Severity;
use crate::model::transcendental::exp;

/// Layer c·min((X − d)⁺, L) on losses that come at rate ν a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layer {
    /// Losses a year ν.
    pub rate: f64,
    /// Law of one loss.
    pub severity: Severity,
    /// Attachment d.
    pub deductible: f64,
    /// Width L.
    pub limit: f64,
    /// Share c.
    pub share: f64,
}

impl Layer {
    fn top(&self) -> f64 {
        self.deductible + self.limit
    }

    /// E(A − D), E(A − D)² with A = X ∧ (d + L), D = X ∧ d, at full share.
    fn moments(&self) -> [f64; 2] {
        let (x, d) = (&self.severity, self.deductible);
        let mean = x.limited(self.top()) - x.limited(d);
        let square = x.limited_square(self.top()) - x.limited_square(d) - 2.0 * d * mean;
        [mean, square]
    }

    /// Mean and variance of what the layer pays in a year: νE Y, νE Y².
    pub fn paid(&self) -> [f64; 2] {
        let [mean, square] = self.moments();
        let share = self.share;
        [self.rate * share * mean, self.rate * share * share * square]
    }

    /// Mean and variance of what is left with the insured in a year; not finite where X has no mean or
    /// no variance.
    pub fn retained(&self) -> [f64; 2] {
        let x = &self.severity;
        let (d, top) = (self.deductible, self.top());
        let (mean, square) = (x.moment(1), x.moment(2));
        let [width, width_square] = self.moments();
        // X·A = A² + top·(X − A): they differ only above the top; likewise for D.
        let with_top = x.limited_square(top) + top * (mean - x.limited(top));
        let with_deductible = x.limited_square(d) + d * (mean - x.limited(d));
        let product = with_top - with_deductible;
        let share = self.share;
        let second = square - 2.0 * share * product + share * share * width_square;
        [self.rate * (mean - share * width), self.rate * second]
    }

    /// Probability that a year has a loss that reaches the layer.
    pub fn probability_attach(&self) -> f64 {
        1.0 - exp(-self.rate * self.severity.survival(self.deductible))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, known: f64) {
        assert!((value / known - 1.0).abs() < 1e-6, "{value} {known}");
    }

    #[test]
    fn worked_numbers() {
        let lognormal = |mu, sigma| Severity::Lognormal { mu, sigma };
        let pareto = Severity::pareto_two;
        let cases = [
            (
                Severity::exponential(100.0),
                50.0,
                200.0,
                0.8,
                4.0,
                [39.346_93, 91.791_5, 167.822_6, 18_446.11, 232.177_4],
            ),
            (
                Severity::exponential(1.0),
                1.0,
                2.0,
                1.0,
                10.0,
                [0.632_120_6, 0.950_212_9, 3.180_924, 4.370_365, 6.819_076],
            ),
            (
                lognormal(3.0, 1.0),
                20.0,
                100.0,
                0.8,
                4.0,
                [15.253_87, 30.410_65, 48.501_71, 2_297.189, 83.960_09],
            ),
            (
                lognormal(0.0, 1.5),
                1.0,
                9.0,
                1.0,
                10.0,
                [0.705_780_7, 2.207_028, 15.012_47, 90.478_49, 15.789_7],
            ),
            (
                pareto(2.5, 150.0),
                50.0,
                200.0,
                0.8,
                4.0,
                [35.048_09, 77.036_03, 134.361_4, 15_445.99, 265.638_6],
            ),
            (
                pareto(1.5, 10.0),
                10.0,
                90.0,
                0.9,
                2.0,
                [5.857_864, 13.969_77, 14.601_44, 707.110_8, 25.398_56],
            ),
        ];
        for (severity, deductible, limit, share, rate, known) in cases {
            let layer = Layer {
                rate,
                severity,
                deductible,
                limit,
                share,
            };
            close(severity.limited(deductible), known[0]);
            close(severity.limited(deductible + limit), known[1]);
            close(layer.paid()[0], known[2]);
            close(layer.paid()[1], known[3]);
            close(layer.retained()[0], known[4]);
        }
    }

    #[test]
    fn what_is_left_of_nothing_insured_is_everything_and_of_everything_nothing() {
        let layer = |share| Layer {
            rate: 3.0,
            severity: Severity::exponential(2.0),
            deductible: 0.0,
            limit: 1e6,
            share,
        };
        close(layer(0.0).retained()[1], 3.0 * 8.0);
        assert!(layer(1.0).retained().iter().all(|left| left.abs() < 1e-9));
        assert!(
            Layer {
                severity: Severity::pareto_two(1.5, 1.0),
                ..layer(0.5)
            }
            .retained()[1]
                .is_infinite()
        );
    }

    #[test]
    fn limited_moments_are_continuous_where_their_formula_changes() {
        for alpha in [1.0, 2.0] {
            let at = |alpha: f64| Severity::pareto_two(alpha, 10.0);
            close(at(alpha + 1e-6).limited(30.0), at(alpha).limited(30.0));
            close(
                at(alpha + 1e-6).limited_square(30.0),
                at(alpha).limited_square(30.0),
            );
        }
    }
}
