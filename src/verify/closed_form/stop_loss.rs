//! Stop loss on the sum of a year: min((S − A)⁺, B) (Borch 1960; Gerber 1979, *An Introduction to
//! Mathematical Risk Theory*).

use super::compound::ExponentialSum;

/// A pool that pays min((S − A)⁺, B) of a year's sum of exponential losses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StopLoss {
    /// Losses a year ν.
    pub rate: f64,
    /// Mean μ of one loss.
    pub mean: f64,
    /// Attachment A.
    pub attachment: f64,
    /// Limit B.
    pub limit: f64,
}

impl StopLoss {
    fn sum(&self) -> ExponentialSum {
        ExponentialSum {
            rate: self.rate,
            mean: self.mean,
        }
    }

    fn top(&self) -> f64 {
        self.attachment + self.limit
    }

    /// E P and E P² of the payment P.
    fn moments(&self) -> [f64; 2] {
        let (sum, a, top) = (self.sum(), self.attachment, self.top());
        let above = sum.stop_loss(top);
        let mean = sum.stop_loss(a) - above;
        // Above the top (S − A)² exceeds B² by (S − top)² + 2B(S − top).
        let square = sum.stop_loss_square(a) - sum.stop_loss_square(top) - 2.0 * self.limit * above;
        [mean, square]
    }

    /// Mean and variance of what the pool pays in a year.
    pub fn paid(&self) -> [f64; 2] {
        let [mean, square] = self.moments();
        [mean, square - mean * mean]
    }

    /// Mean and variance of what is left.
    pub fn rest(&self) -> [f64; 2] {
        let [paid, square] = self.moments();
        let sum = self.sum();
        // S·P = P² + A·P, and above the top B·(S − top) more.
        let product = square + self.attachment * paid + self.limit * sum.stop_loss(self.top());
        let mean = self.rate * self.mean - paid;
        let second = sum.stop_loss_square(0.0) - 2.0 * product + square;
        [mean, second - mean * mean]
    }

    /// P(the pool pays), P(it pays its limit).
    pub fn probabilities(&self) -> [f64; 2] {
        [self.attachment, self.top()].map(|level| self.sum().exceeds(level))
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
        for (rate, mean, attachment, limit, known) in [
            (
                5.0,
                2.0,
                15.0,
                10.0,
                [0.863_381, 9.136_619, 0.196_160_3, 0.024_776_48],
            ),
            (
                20.0,
                1.0,
                25.0,
                15.0,
                [0.867_893_7, 19.132_11, 0.205_673_1, 0.003_614_916],
            ),
        ] {
            let pool = StopLoss {
                rate,
                mean,
                attachment,
                limit,
            };
            close(pool.paid()[0], known[0]);
            close(pool.rest()[0], known[1]);
            close(pool.probabilities()[0], known[2]);
            close(pool.probabilities()[1], known[3]);
        }
    }

    #[test]
    fn a_pool_that_pays_everything_leaves_nothing() {
        let pool = StopLoss {
            rate: 3.0,
            mean: 1.0,
            attachment: 0.0,
            limit: 1e4,
        };
        close(pool.paid()[0], 3.0);
        close(pool.paid()[1], 6.0);
        assert!(pool.rest().iter().all(|left| left.abs() < 1e-9));
    }
}
