//! How well the values are known: standard errors along the directions of the weighted Jacobian.

use nalgebra::DMatrix;

use super::Direction;

/// Directions from the best to the least known: right singular vectors of the Jacobian of residuals in
/// standard errors; along each the standard error is one over the singular value.
pub(super) fn directions(jacobian: DMatrix<f64>) -> Vec<Direction> {
    let decomposition = jacobian.svd(false, true);
    let values = decomposition.singular_values;
    let right = decomposition.v_t.unwrap_or_default();
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
    order
        .iter()
        .map(|i| Direction {
            error: 1.0 / values[*i],
            components: right.row(*i).iter().copied().collect(),
        })
        .collect()
}

/// Covariance of the values: (JᵀJ)⁻¹, residuals being in standard errors.
pub(super) fn covariance(directions: &[Direction]) -> Vec<Vec<f64>> {
    let n = directions.len();
    let entry = |i: usize, j: usize| {
        directions
            .iter()
            .map(|d| d.components[i] * d.components[j] * d.error * d.error)
            .sum()
    };
    (0..n)
        .map(|i| (0..n).map(|j| entry(i, j)).collect())
        .collect()
}

/// Ratio of the greatest to the least standard error over the directions.
pub(super) fn condition(directions: &[Direction]) -> f64 {
    let error = |direction: Option<&Direction>| direction.map_or(f64::NAN, |d| d.error);
    error(directions.last()) / error(directions.first())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_parameters_worked_by_hand() {
        // Rows (2, 0), (0, 1), (0, 1): JᵀJ = diag(4, 2).
        let jacobian = DMatrix::from_row_slice(3, 2, &[2.0, 0.0, 0.0, 1.0, 0.0, 1.0]);
        let directions = directions(jacobian);
        assert!((directions[0].error - 0.5).abs() < 1e-12);
        assert!((condition(&directions) - 2.0_f64.sqrt()).abs() < 1e-12);
        let covariance = covariance(&directions);
        assert!((covariance[0][0] - 0.25).abs() < 1e-12 && (covariance[1][1] - 0.5).abs() < 1e-12);
        assert!(covariance[0][1].abs() < 1e-12);
    }
}
