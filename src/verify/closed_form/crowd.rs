//! A crowd of normal thresholds (Granovetter 1978, American Journal of Sociology 83:1420).

use libm::sqrt;
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

/// People each of whom joins once the share that has joined reaches the own threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crowd {
    /// Mean of the thresholds (share of the crowd).
    pub mean: f64,
    /// Their standard deviation.
    pub sd: f64,
    /// People.
    pub people: f64,
}

/// Rounds until the crowd is still: near the tipping point it moves slowly.
const ROUNDS: u32 = 10_000_000;
/// Points at which it is asked whether a crowd may go either way.
const POINTS: u32 = 20_000;
/// Standard deviations of chance in a finite crowd that must not matter.
const CHANCE: f64 = 5.0;

impl Crowd {
    /// Share F(r) of people who are ready when the share r has joined.
    fn ready(&self, joined: f64) -> f64 {
        Normal::standard().cdf((joined - self.mean) / self.sd)
    }

    /// Where r ← F(r) comes to rest from nobody: the smallest fixed point.
    pub fn final_share(&self) -> f64 {
        let mut joined = 0.0;
        for _ in 0..ROUNDS {
            let next = self.ready(joined);
            if next <= joined {
                break;
            }
            joined = next;
        }
        joined
    }

    /// Standard deviation of the final share of a finite crowd: √(r(1 − r)/N)/(1 − f(r)).
    pub fn error(&self, final_share: f64) -> f64 {
        let density = Normal::standard().pdf((final_share - self.mean) / self.sd) / self.sd;
        self.chance(final_share) / (1.0 - density)
    }

    /// Standard deviation of the share that is ready in a finite crowd.
    fn chance(&self, joined: f64) -> f64 {
        let ready = self.ready(joined);
        sqrt(ready * (1.0 - ready) / self.people)
    }

    /// Whether chance in a crowd of this size can neither stop it before the final share nor carry it
    /// beyond to another fixed point.
    pub fn is_clear(&self, final_share: f64) -> bool {
        let near = CHANCE * self.error(final_share);
        if !near.is_finite() || near < 0.0 {
            return false;
        }
        let points = || (0..=POINTS).map(|point| f64::from(point) / f64::from(POINTS));
        let ahead = |joined: f64| self.ready(joined) - joined;
        let mut before = points().take_while(|joined| *joined < final_share - near);
        let carried = before.all(|joined| ahead(joined) > CHANCE * self.chance(joined));
        // Beyond: stopped by a clear barrier before any share at which more are ready than have joined.
        let beyond = points().skip_while(|joined| *joined <= final_share + 1e-9);
        let mut stopped = false;
        for joined in beyond {
            stopped |= -ahead(joined) > CHANCE * self.chance(joined);
            if ahead(joined) > 1e-12 && !stopped {
                return false;
            }
        }
        carried
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sd: f64) -> Crowd {
        Crowd {
            mean: 0.25,
            sd,
            people: 1e6,
        }
    }

    #[test]
    fn worked_numbers() {
        for (sd, share) in [
            (0.10, 0.007_695_513),
            (0.12, 0.040_211_34),
            (0.122, 0.054_792_2),
            (0.123, 1.0),
            (0.2, 0.999_911_4),
        ] {
            let found = of(sd).final_share();
            assert!((found - share).abs() < 1e-7, "{sd}: {found}");
        }
    }

    #[test]
    fn near_the_tipping_point_chance_decides() {
        assert!(of(0.1).is_clear(of(0.1).final_share()));
        assert!(of(0.2).is_clear(of(0.2).final_share()));
        assert!(!of(0.1222).is_clear(of(0.1222).final_share()));
        let few = Crowd {
            people: 100.0,
            ..of(0.12)
        };
        assert!(!few.is_clear(few.final_share()));
    }
}
