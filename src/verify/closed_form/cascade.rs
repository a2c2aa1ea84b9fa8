//! Branching with a Poisson number of children (Borel 1942; Otter 1949, Annals of Mathematical Statistics
//! 20:206; Harris 1963), up to a last generation.

use crate::model::transcendental::exp;
use crate::verify::quantity::count_limit;

/// Cascades: each event sets off Poisson(R) others, down to generation G (the root is 0).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cascade {
    /// Reproduction number R.
    pub reproduction: f64,
    /// Last generation G.
    pub generations: u32,
}

impl Cascade {
    /// First four cumulants of the size: the size T_G is one and the sum of Poisson(R) sizes T_{G − 1}, so
    /// κ₁ = 1 + R·E T_{G − 1} = (1 − R^{G + 1})/(1 − R) and κ_j = R·E T_{G − 1}^j.
    pub fn cumulants(&self) -> [f64; 4] {
        let mut cumulants = [1.0, 0.0, 0.0, 0.0];
        for _ in 0..self.generations {
            cumulants = moments(cumulants).map(|moment| self.reproduction * moment);
            cumulants[0] += 1.0;
        }
        cumulants
    }

    /// Probability that a cascade has so many events (Panjer's recursion, generation by generation);
    /// Borel's law e^{−Rn}(Rn)^{n − 1}/n! where n ≤ G + 1.
    pub fn probability(&self, size: usize) -> f64 {
        let mut of_size = vec![0.0; size + 1];
        of_size[1] = 1.0;
        for _ in 0..self.generations {
            of_size = self.next(&of_size);
        }
        of_size[size]
    }

    /// The law of sizes with one more generation.
    fn next(&self, children: &[f64]) -> Vec<f64> {
        let mut sum = vec![0.0; children.len()];
        sum[0] = exp(-self.reproduction);
        for k in 1..children.len() {
            let terms = (1..=k).map(|j| j as f64 * children[j] * sum[k - j]);
            sum[k] = self.reproduction / k as f64 * terms.sum::<f64>();
        }
        sum.pop();
        sum.insert(0, 0.0);
        sum
    }

    /// Mean R^{G + 1} and variance R^{G + 1}(1 − R^{G + 1})/(1 − R) of the number of events of generation
    /// G + 1.
    pub fn beyond(&self) -> (f64, f64) {
        let mean = libm::pow(self.reproduction, f64::from(self.generations) + 1.0);
        (mean, mean * (1.0 - mean) / (1.0 - self.reproduction))
    }

    /// Probability that a cascade reaches generation G + 1.
    pub fn reaches(&self) -> f64 {
        let mut extinct = 0.0;
        for _ in 0..=self.generations {
            extinct = exp(-self.reproduction * (1.0 - extinct));
        }
        1.0 - extinct
    }

    /// How far the number of events of generation G + 1 of so many cascades may lie from its mean: those
    /// that reach it are a Poisson number, and each brings a geometric number about.
    pub fn count_limit(&self, roots: f64) -> f64 {
        let clusters = roots * self.reaches();
        let each = self.beyond().0 / self.reaches();
        let most = clusters + count_limit(clusters) * libm::sqrt(clusters);
        // A sum of n geometric numbers hardly ever exceeds its mean by more than 4√n and 10 of them.
        let excess = most - clusters + 4.0 * libm::sqrt(most) + 10.0;
        if clusters > MANY { 0.0 } else { excess * each }
    }
}

/// Cascades that reach the last generation from which on their number passes for normal.
const MANY: f64 = 600.0;

/// Raw moments of these cumulants.
fn moments([a, b, c, d]: [f64; 4]) -> [f64; 4] {
    let square = a * a;
    [
        a,
        b + square,
        c + 3.0 * b * a + square * a,
        d + 4.0 * c * a + 3.0 * b * b + 6.0 * b * square + square * square,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(reproduction: f64, generations: u32) -> Cascade {
        Cascade {
            reproduction,
            generations,
        }
    }

    fn near(found: f64, right: f64) {
        assert!((found / right - 1.0).abs() < 1e-6, "{found} {right}");
    }

    #[test]
    fn worked_numbers() {
        for (reproduction, generations, mean, cut, reached) in [
            (0.5, 5, 1.968_75, 0.015_625, 0.010_291_45),
            (0.8, 5, 3.689_28, 0.262_144, 0.101_720_9),
            (0.3, 3, 1.417, 0.0081, 0.006_635_663),
        ] {
            let cascade = of(reproduction, generations);
            near(cascade.cumulants()[0], mean);
            near(cascade.beyond().0, cut);
            near(cascade.reaches(), reached);
        }
        near(of(0.5, 5).probability(3), 0.083_673_81);
        near(of(0.8, 5).probability(3), 0.087_089_24);
        near(of(0.3, 3).probability(2), 0.164_643_5);
    }

    /// Without a last generation: mean 1/(1 − R), variance R/(1 − R)³.
    #[test]
    fn many_generations() {
        let [mean, variance, ..] = of(0.5, 100).cumulants();
        near(mean, 2.0);
        near(variance, 4.0);
        near(of(0.8, 200).cumulants()[1], 100.0);
        let all: f64 = (1..200).map(|size| of(0.5, 5).probability(size)).sum();
        near(all, 1.0);
    }

    /// One generation: 1 + Poisson(R); no generation: the root alone.
    #[test]
    fn few_generations() {
        assert_eq!(of(0.7, 0).cumulants(), [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(of(0.7, 0).probability(1), 1.0);
        assert_eq!(of(0.7, 1).cumulants(), [1.7, 0.7, 0.7, 0.7]);
        near(of(0.7, 1).probability(3), exp(-0.7) * 0.245);
    }
}
