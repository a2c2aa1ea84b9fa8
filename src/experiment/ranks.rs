//! Rank correlation (Spearman 1904, American Journal of Psychology 15:72–101).

use super::statistics::correlation;

/// Spearman's rank correlation; not a number if either side does not vary.
pub fn rank_correlation(left: &[f64], right: &[f64]) -> f64 {
    correlation(&ranks(left), &ranks(right))
}

/// Ranks from 1, equal values sharing the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let equal = |place: &usize| values[order[*place]] == values[order[from]];
        let to = (from..order.len()).take_while(equal).count() + from;
        for place in from..to {
            ranks[order[place]] = (from + 1 + to) as f64 / 2.0;
        }
        from = to;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_of_ties_are_shared_and_any_rising_curve_correlates_fully() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
        let x = [0.1, 0.5, 0.2, 0.9];
        let y = x.map(|x: f64| x * x * x);
        assert!((rank_correlation(&x, &y) - 1.0).abs() < 1e-12);
        // Ranks 1 2 3 and 2 1 3: 1 − 6·2/(3·8) = 0.5.
        assert!((rank_correlation(&[1.0, 2.0, 3.0], &[5.0, 4.0, 6.0]) - 0.5).abs() < 1e-12);
        assert!(rank_correlation(&[1.0, 1.0], &[1.0, 2.0]).is_nan());
    }
}
