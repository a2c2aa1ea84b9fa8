//! Counts of two thinnings of one Poisson process: the fewer are a subset of the more (Lewis & Shedler
//! 1979; Glasserman & Yao 1992, Management Science 38:884). Errors of the estimates by the delta method
//! from the joint cumulants, which for Poisson counts are the means of the parts.

use libm::sqrt;

/// Two counts by their means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Means of A and of B.
    pub means: [f64; 2],
}

impl Pair {
    /// Mean of the fewer (the common part), and of the more.
    fn less_and_more(&self) -> (f64, f64) {
        let [a, b] = self.means;
        (a.min(b), a.max(b))
    }

    /// corr = √(min/max).
    pub fn correlation(&self) -> f64 {
        let (less, more) = self.less_and_more();
        sqrt(less / more)
    }

    /// Var(A − B paired)/(Var A + Var B) = |λ_A − λ_B|/(λ_A + λ_B).
    pub fn variance_ratio(&self) -> f64 {
        let (less, more) = self.less_and_more();
        (more - less) / (more + less)
    }

    /// Variance, times the size of the sample, of the sample correlation.
    pub fn correlation_variance(&self) -> f64 {
        let (less, more) = self.less_and_more();
        let fourth = |mean: f64| mean + 3.0 * mean * mean;
        let both = less + more * less + 2.0 * less * less;
        let terms = both / (less * less)
            + 0.25
                * (fourth(more) / (more * more)
                    + fourth(less) / (less * less)
                    + 2.0 * both / (more * less))
            - (less + 3.0 * more * less) / (less * more)
            - (less + 3.0 * less * less) / (less * less);
        (less / more * terms).max(0.0)
    }

    /// Variance, times the size of the sample, of the sample's ratio of variances.
    pub fn ratio_variance(&self) -> f64 {
        let (less, more) = self.less_and_more();
        let apart = more - less;
        let of_square = |mean: f64| mean + 2.0 * mean * mean;
        let sum = more + less;
        let sum_variance = of_square(more) + of_square(less) + 2.0 * of_square(less);
        let ratio = self.variance_ratio();
        let variance =
            of_square(apart) - 2.0 * ratio * of_square(apart) + ratio * ratio * sum_variance;
        (variance / (sum * sum)).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_numbers() {
        let pair = Pair { means: [10.0, 9.0] };
        assert!((pair.correlation() - 0.948_683_3).abs() < 1e-7);
        assert!((pair.variance_ratio() - 0.052_631_58).abs() < 1e-8);
        let pair = Pair { means: [1.0, 2.0] };
        assert!((pair.correlation() - std::f64::consts::FRAC_1_SQRT_2).abs() < 1e-7);
        assert!((pair.variance_ratio() - 1.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn many_events_are_nearly_normal() {
        // Normal samples: Var r = (1 − ρ²)².
        let pair = Pair { means: [4e6, 1e6] };
        let rho = pair.correlation();
        let normal = (1.0 - rho * rho) * (1.0 - rho * rho);
        assert!((pair.correlation_variance() / normal - 1.0).abs() < 1e-4);
        let equal = Pair { means: [3.0, 3.0] };
        assert!(equal.correlation_variance() < 1e-12 && equal.ratio_variance() == 0.0);
    }
}
