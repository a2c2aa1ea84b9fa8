//! Inequality: Gini coefficient, concentration index, Kakwani index.
//!
//! *Equations.* G = Σ(2i − n − 1)x_(i)/(n²x̄) (Gini 1912); concentration index C = 2·cov(h, R)/h̄ with
//! R = (i − ½)/n by income, mid-ranks for ties (Kakwani, Wagstaff & van Doorslaer 1997, J. Econometrics
//! 77:87); C below zero: the poor bear more. Kakwani index = C of what is borne − Gini of income. What has
//! no mean has no inequality (not a number).

/// Gini coefficient.
pub fn gini(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let total: f64 = sorted.iter().sum();
    let ranked = sorted.iter().enumerate();
    let weighted: f64 = ranked.map(|(i, x)| (2.0 * i as f64 + 1.0 - n) * x).sum();
    weighted / (n * total)
}

/// Concentration index of `borne` over people ranked by `income`.
pub fn concentration_index(borne: &[f64], income: &[f64]) -> f64 {
    let n = borne.len() as f64;
    let mean = borne.iter().sum::<f64>() / n;
    let covariance: f64 = borne
        .iter()
        .zip(income)
        .map(|(h, own)| (h - mean) * (rank(*own, income) - 0.5))
        .sum();
    2.0 * covariance / (n * mean)
}

/// Fractional rank (i − ½)/n of an income; those who tie share the middle of their ranks.
fn rank(own: f64, income: &[f64]) -> f64 {
    let below = income.iter().filter(|other| **other < own).count() as f64;
    let tied = income.iter().filter(|other| **other == own).count() as f64;
    (below + tied / 2.0) / income.len() as f64
}

/// Kakwani index: below zero, what is borne is more regressive than income is unequal.
pub fn kakwani_index(borne: &[f64], income: &[f64]) -> f64 {
    concentration_index(borne, income) - gini(income)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found} for {expected}");
    }

    #[test]
    fn gini_by_hand() {
        near(gini(&[1.0, 2.0, 3.0, 4.0, 10.0]), 0.4);
        near(gini(&[0.0, 0.0, 0.0, 1.0]), 0.75);
        near(gini(&[5.0; 7]), 0.0);
        assert!(gini(&[0.0, 0.0]).is_nan());
    }

    #[test]
    fn concentration_by_hand() {
        let income = [10.0, 20.0, 30.0, 40.0, 100.0];
        near(
            concentration_index(&[8.0, 5.0, 4.0, 2.0, 1.0], &income),
            -0.34,
        );
        let tied = [5.0, 5.0, 20.0, 30.0];
        near(concentration_index(&[1.0, 1.0, 4.0, 4.0], &tied), 0.3);
        near(kakwani_index(&[1.0, 1.0, 4.0, 4.0], &tied), -0.075);
    }
}
