//! Whole numbers that add up, and the point where a condition turns: small tools of the builder.

use libm::floor;

/// Shares `total` by weights with the largest remainder (Hamilton's method; ties go to the first).
/// The parts sum to `total` exactly. Weights that are all zero count as equal.
pub(super) fn largest_remainder(total: u64, weights: &[f64]) -> Vec<u64> {
    if weights.is_empty() {
        return Vec::new();
    }
    let sum: f64 = weights.iter().sum();
    let quota = |weight: f64| {
        let share = if sum > 0.0 {
            weight / sum
        } else {
            1.0 / weights.len() as f64
        };
        total as f64 * share
    };
    let mut parts: Vec<u64> = weights.iter().map(|&w| floor(quota(w)) as u64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    let fraction = |i: usize| quota(weights[i]) - floor(quota(weights[i]));
    order.sort_by(|&a, &b| fraction(b).total_cmp(&fraction(a)).then(a.cmp(&b)));
    let shared: u64 = parts.iter().sum();
    let missing = total.saturating_sub(shared) as usize;
    for k in 0..missing {
        parts[order[k % order.len()]] += 1;
    }
    parts
}

/// Shares `total` by weights as systematic sampling does: each part is the floor or the ceiling of
/// its quota, its expectation over `u` is the quota, and the parts sum to `total` exactly.
pub(super) fn systematic(total: u64, weights: &[f64], u: f64) -> Vec<u32> {
    let sum: f64 = weights.iter().sum();
    let mut cumulative = 0.0;
    let mut before = 0_u64;
    let last = weights.iter().rposition(|&w| w > 0.0);
    weights
        .iter()
        .enumerate()
        .map(|(i, weight)| {
            cumulative += weight;
            let here = if sum <= 0.0 {
                0
            } else if Some(i) >= last {
                total
            } else {
                // `u` < 1, so rounding at the end cannot pass the total.
                (floor(total as f64 * cumulative / sum + u) as u64).min(total)
            };
            let part = here - before;
            before = here;
            part as u32
        })
        .collect()
}

/// The point in [low, high] where `below` stops being true, by sixty halvings.
pub(super) fn crossing(low: f64, high: f64, below: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_sum_to_the_total(total in 0_u64..100_000_000, weights in prop::collection::vec(0.001..9.0_f64, 1..60), u in 0.001..0.999_f64) {
            let parts = largest_remainder(total, &weights);
            prop_assert_eq!(parts.iter().sum::<u64>(), total);
            let sum: f64 = weights.iter().sum();
            for (part, weight) in parts.iter().zip(&weights) {
                prop_assert!((*part as f64 - total as f64 * weight / sum).abs() <= 1.0 + 1e-6);
            }
            let parts = systematic(total, &weights, u);
            prop_assert_eq!(parts.iter().map(|&n| u64::from(n)).sum::<u64>(), total);
            for (part, weight) in parts.iter().zip(&weights) {
                prop_assert!((f64::from(*part) - total as f64 * weight / sum).abs() <= 1.0 + 1e-6);
            }
        }
    }

    #[test]
    fn crossing_finds_a_root() {
        let root = crossing(0.0, 2.0, |x| x * x < 2.0);
        assert!((root - std::f64::consts::SQRT_2).abs() < 1e-15);
    }

    #[test]
    fn nothing_goes_where_the_weight_is_zero() {
        assert_eq!(
            systematic(7, &[0.0, 1.0, 0.0, 2.0, 0.0], 0.4),
            [0, 2, 0, 5, 0]
        );
        assert_eq!(largest_remainder(5, &[0.0, 0.0]), [3, 2]);
        assert!(largest_remainder(5, &[]).is_empty());
    }
}
