//! Survival of the trapped (Weibull 1951, Journal of Applied Mechanics 18:293), and competing risks of
//! being freed and of dying (de Bruycker and others 1983, International Journal of Epidemiology 12:113).

use crate::model::transcendental::exp;

/// Lifetime of the trapped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weibull {
    /// Shape k.
    pub shape: f64,
    /// Scale η (hours).
    pub scale: f64,
}

/// Who frees the trapped from when and how fast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Digging {
    /// Start (hours).
    pub start: f64,
    /// Rate (per person and hour).
    pub rate: f64,
}

/// Steps of the integrals.
const STEPS: u32 = 200_000;

impl Weibull {
    /// S(t) = exp(−(t/η)^k).
    pub fn survival(&self, hours: f64) -> f64 {
        exp(-libm::pow(hours / self.scale, self.shape))
    }

    /// Share freed alive by one who digs alone: ∫ S(t)·r·e^{−r(t − a)} dt.
    pub fn saved_by(&self, digging: Digging) -> f64 {
        self.freed(digging.start, digging.rate, f64::INFINITY)
    }

    /// Share freed alive by two whose rates add once both are there.
    pub fn saved(&self, one: Digging, other: Digging) -> f64 {
        let (first, second) = if one.start <= other.start {
            (one, other)
        } else {
            (other, one)
        };
        let alone = self.freed(first.start, first.rate, second.start);
        let trapped = exp(-first.rate * (second.start - first.start));
        let together = self.freed(second.start, first.rate + second.rate, f64::INFINITY);
        (alone + trapped * together).min(1.0)
    }

    /// ∫_a^b S(t)·r·e^{−r(t − a)} dt, by the midpoint rule. Infinity is brought to one by t = a + s·w/(1 − w),
    /// s the shorter of a life and of digging, at which the integrand falls off.
    fn freed(&self, start: f64, rate: f64, end: f64) -> f64 {
        let scale = self.scale.min(1.0 / rate);
        let last = if end.is_finite() {
            (end - start) / (scale + end - start)
        } else {
            1.0
        };
        let step = last / f64::from(STEPS);
        let value = |number: u32| {
            let w = (f64::from(number) + 0.5) * step;
            let after = scale * w / (1.0 - w);
            let stretched = scale / ((1.0 - w) * (1.0 - w));
            self.survival(start + after) * rate * exp(-rate * after) * stretched
        };
        // The rule may overshoot by a rounding error where all are freed.
        ((0..STEPS).map(value).sum::<f64>() * step).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weibull(shape: f64, scale: f64) -> Weibull {
        Weibull { shape, scale }
    }

    fn near(found: f64, right: f64) {
        assert!((found / right - 1.0).abs() < 1e-6, "{found} {right}");
    }

    #[test]
    fn survival_of_a_day() {
        near(weibull(1.0, 48.0).survival(24.0), 0.606_530_7);
        near(weibull(1.2, 55.0).survival(24.0), 0.690_959_9);
        near(weibull(1.2, 55.0).survival(72.0), 0.251_191_2);
        assert_eq!(weibull(0.5, 55.0).survival(0.0), 1.0);
    }

    #[test]
    fn two_who_dig() {
        for (shape, scale, r1, start, r2, all, alone) in [
            (1.0, 48.0, 0.05, 12.0, 0.1, 0.774_016_9, 0.644_524_8),
            (1.2, 55.0, 0.1, 24.0, 0.2, 0.879_172_1, 0.630_716_3),
        ] {
            let lives = weibull(shape, scale);
            let digging = |start, rate| Digging { start, rate };
            near(lives.saved(digging(0.5, r1), digging(start, r2)), all);
            near(lives.saved(digging(start, r2), digging(0.5, r1)), all);
            near(lives.saved_by(digging(start, r2)), alone);
        }
    }
}
