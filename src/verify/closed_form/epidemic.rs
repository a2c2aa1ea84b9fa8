//! Epidemics in steps among people who meet at random (Kermack & McKendrick 1927, Proceedings of the Royal
//! Society A 115:700; Whittle 1955, Biometrika 42:116; von Bahr & Martin-Löf 1980, Advances in Applied
//! Probability 12:319).

use libm::{log, sqrt};

use crate::model::transcendental::exp;

/// Share of people from which on an epidemic is large.
pub const LARGE: f64 = 0.15;
/// Standard deviations by which a large epidemic must exceed that share.
const CLEAR: f64 = 5.0;
/// Exponent −ln of the chance that a small epidemic reaches that share, which does not matter any more.
const SMALL: f64 = 10.0;
/// Halvings of an interval: double precision has no more.
const HALVINGS: u32 = 200;

/// An epidemic. An infected person is infectious for a geometric number of steps (at least one), and in
/// each meets others so that R₀ are infected in all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Epidemic {
    /// Reproduction number R₀ > 1.
    pub reproduction: f64,
    /// Infected at the start I₀.
    pub infected: f64,
    /// People N.
    pub people: f64,
    /// Rate of removal a step γh: with the chance p = 1 − e^{−γh} an infectious person is removed.
    pub removal: f64,
}

impl Epidemic {
    /// z = 1 − e^{−R₀z}, the root above zero.
    pub fn final_size(&self) -> f64 {
        self.size_from(0.0)
    }

    /// 1 − z = (1 − i)·e^{−R₀z}: the same with the share i infected at the start, counted in.
    fn size_from(&self, share: f64) -> f64 {
        let over = |z: f64| 1.0 - (1.0 - share) * exp(-self.reproduction * z) > z;
        // Above the greatest of 1 − (1 − i)e^{−R₀z} − z only the root is left.
        let greatest = log((1.0 - share) * self.reproduction) / self.reproduction;
        root(greatest.max(0.0), 1.0, over)
    }

    /// By how much those infected at the start raise the size.
    pub fn excess_of_infected(&self) -> f64 {
        self.size_from(self.infected / self.people) - self.final_size()
    }

    /// Variance of the size of a large epidemic: [z(1 − z) + (1 − p)·R₀²z(1 − z)²]/(N(1 − R₀(1 − z))²);
    /// 1 − p is the squared coefficient of variation of the infectious time.
    pub fn variance(&self) -> f64 {
        let z = self.final_size();
        let left = 1.0 - z;
        let spread = exp(-self.removal) * self.reproduction * self.reproduction * z * left * left;
        let damping = 1.0 - self.reproduction * left;
        (z * left + spread) / (self.people * damping * damping)
    }

    /// 1 − q^{I₀}, q = px/(1 − (1 − p)x), x = e^{−R₀p(1 − q)}: the smallest root.
    pub fn probability_major(&self) -> f64 {
        let removed = 1.0 - exp(-self.removal);
        let next = |q: f64| {
            let x = exp(-self.reproduction * removed * (1.0 - q));
            removed * x / (1.0 - (1.0 - removed) * x)
        };
        // From nobody on, q ← next(q) rises to the smallest root.
        let q = root(0.0, 1.0 - 1e-9, |q| next(q) > q);
        1.0 - libm::pow(q, self.infected)
    }

    /// Whether small and large epidemics can be told apart by their size.
    pub fn is_clear(&self) -> bool {
        let z = self.final_size();
        // Small epidemics are like those of the number R₀(1 − z) < 1 (Otter 1949).
        let small = self.reproduction * (1.0 - z);
        let falls = LARGE * self.people * (small - 1.0 - log(small));
        z - CLEAR * sqrt(self.variance()) > LARGE && falls > SMALL
    }
}

/// The point between `low` and `high` up to which a condition holds.
fn root(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(reproduction: f64, infected: f64, removal: f64) -> Epidemic {
        Epidemic {
            reproduction,
            infected,
            people: 1e4,
            removal,
        }
    }

    #[test]
    fn worked_numbers() {
        for (reproduction, infected, removal, size, major) in [
            (1.5, 1.0, 1.0, 0.582_811_6, 0.471_210_9),
            (2.0, 1.0, 1.0, 0.796_812_1, 0.685_823_4),
            (3.0, 1.0, 1.0, 0.940_479_8, 0.869_112_1),
            (2.0, 5.0, 0.5, 0.796_812_1, 0.991_038_9),
            (2.0, 1.0, 0.01, 0.796_812_1, 0.502_495_6),
        ] {
            let epidemic = of(reproduction, infected, removal);
            assert!((epidemic.final_size() - size).abs() < 1e-7);
            let found = epidemic.probability_major();
            assert!((found - major).abs() < 1e-6, "{found} {major}");
        }
    }

    /// Exponential infectious times are the limit of short steps: sd 0.009126082 of 10,000 people at R₀ = 2.
    #[test]
    fn spread_of_large_epidemics() {
        let sd = sqrt(of(2.0, 1.0, 1e-9).variance());
        assert!((sd - 0.009_126_082).abs() < 1e-8, "{sd}");
        let sd = sqrt(of(1.5, 1.0, 1e-9).variance());
        assert!((sd - 0.018_346_72).abs() < 1e-7, "{sd}");
    }

    #[test]
    fn few_people_do_not_tell() {
        assert!(of(2.0, 1.0, 1.0).is_clear());
        assert!(!of(1.1, 1.0, 1.0).is_clear());
        let few = Epidemic {
            people: 100.0,
            ..of(1.5, 1.0, 1.0)
        };
        assert!(!few.is_clear());
        assert!(of(2.0, 1.0, 1.0).excess_of_infected() < 1e-4);
    }
}
