//! Money in fen: conversion, shares and splits that never gain or lose one.
//!
//! Sums are `i64`, products `i128`. A share is rounded to the nearest fen, halves up, and is never more
//! than what it is a share of, so it grows with the amount and with the share.
//!
//! No amount and no sum of a year may go beyond [`MOST`], which leaves room for sixteen such sums before
//! 64 bits overflow: what goes beyond is counted by the books before it can wrap, and the run fails.

pub use crate::model::record::Fen;

/// Greatest amount and greatest sum of a year (fen): 2.9·10¹⁵ yuan, twenty-five times the world's product.
pub const MOST: Fen = 1 << 58;

/// Whether an amount or a sum (fen) is too great to be kept exactly.
#[inline]
pub fn too_great(fen: Fen) -> bool {
    fen.unsigned_abs() > MOST.unsigned_abs()
}

/// Sum of amounts ≥ 0 (fen), which stays too great where it becomes so.
#[inline]
pub fn sum(amounts: &[Fen]) -> Fen {
    amounts
        .iter()
        .fold(0, |sum: Fen, fen| sum.saturating_add(*fen))
}

/// Fen for an amount in yuan, halves away from zero; an amount that is too great stays too great.
pub fn from_yuan(yuan: f64) -> Fen {
    ((yuan * 100.0 + 0.5_f64.copysign(yuan)) as Fen).clamp(-MOST - 1, MOST + 1)
}

/// Yuan for an amount in fen.
pub fn to_yuan(fen: Fen) -> f64 {
    fen as f64 / 100.0
}

/// A share of an amount ≥ 0: nearest fen, halves up, within `0..=amount`.
#[inline]
pub fn share(amount: Fen, share: f64) -> Fen {
    ((amount as f64 * share + 0.5) as Fen).clamp(0, amount)
}

/// Splits an amount ≥ 0 in proportion to weights ≥ 0 by largest remainder; ties go to the lower index.
///
/// Every part is the exact proportion rounded down or up, hence never above its weight when the
/// amount is at most the sum of the weights. Weights that are all zero count as equal.
#[inline]
pub fn split<const N: usize>(amount: Fen, weights: &[Fen; N]) -> [Fen; N] {
    debug_assert!(amount >= 0 && weights.iter().all(|weight| *weight >= 0));
    let mut parts = [0; N];
    if amount == 0 {
        return parts;
    }
    let total: u64 = weights.iter().map(|weight| *weight as u64).sum();
    if total == 0 {
        return split(amount, &[1; N]);
    }
    let mut remainders = [0_u64; N];
    let mut left = amount;
    for ((part, remainder), weight) in parts.iter_mut().zip(&mut remainders).zip(weights) {
        (*part, *remainder) = proportion(amount as u64, *weight as u64, total);
        left -= *part;
    }
    // By rank, not one after the other: comparisons that do not wait for each other.
    for (index, part) in parts.iter_mut().enumerate() {
        let own = remainders[index];
        let rank: Fen = (0..N)
            .map(|other| {
                Fen::from(remainders[other] > own || (remainders[other] == own && other < index))
            })
            .sum();
        *part += Fen::from(rank < left);
    }
    parts
}

/// ⌊amount·weight/total⌋ and what remains; in 64 bits where the product fits, as it nearly always does.
#[inline]
fn proportion(amount: u64, weight: u64, total: u64) -> (Fen, u64) {
    if let Some(product) = amount.checked_mul(weight) {
        return ((product / total) as Fen, product % total);
    }
    let (product, total) = (u128::from(amount) * u128::from(weight), u128::from(total));
    ((product / total) as Fen, (product % total) as u64)
}

/// Splits an amount over many payees, one after the other, by cumulative floors: payee i gets
/// ⌊A·W_i/W⌋ − ⌊A·W_{i−1}/W⌋, where W_i is the sum of the weights up to i. No list is needed, and
/// no payee gets more than its weight when the amount is at most the sum.
#[derive(Clone, Copy, Debug)]
pub struct RunningSplit {
    amount: Fen,
    total: Fen,
    weight_so_far: Fen,
    paid_so_far: Fen,
}

impl RunningSplit {
    /// Begins to split `amount` ≥ 0 over payees whose weights ≥ 0 sum to `total`.
    pub fn new(amount: Fen, total: Fen) -> Self {
        RunningSplit {
            amount,
            total,
            weight_so_far: 0,
            paid_so_far: 0,
        }
    }

    /// What is split in all.
    pub fn amount(&self) -> Fen {
        self.amount
    }

    /// The part of the next payee.
    #[inline]
    pub fn next(&mut self, weight: Fen) -> Fen {
        if self.amount == 0 || weight == 0 {
            return 0;
        }
        self.weight_so_far += weight;
        let cumulative =
            self.amount as u128 * self.weight_so_far as u128 / self.total.max(1) as u128;
        let part = cumulative as Fen - self.paid_so_far;
        self.paid_so_far += part;
        part
    }
}

/// Integer weights (parts per thousand million) for shares given as reals.
pub fn weights<const N: usize>(shares: &[f64; N]) -> [Fen; N] {
    shares.map(|share| (share.max(0.0) * 1e9 + 0.5) as Fen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn yuan_round_half_away_from_zero() {
        assert_eq!(from_yuan(1.005), 100); // 1.005 lies below the half in binary
        assert_eq!(from_yuan(0.125), 13);
        assert_eq!(from_yuan(-0.125), -13);
        assert_eq!(to_yuan(1234), 12.34);
    }

    #[test]
    fn largest_remainder_by_hand() {
        assert_eq!(split(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(split(1000, &[333, 334, 333, 1]), [333, 333, 333, 1]);
        assert_eq!(split(7, &[50, 30, 20]), [4, 2, 1]);
        assert_eq!(split(5, &[0, 0]), [3, 2]);
        assert_eq!(split(2, &[1, 1, 1, 1]), [1, 1, 0, 0]);
    }

    #[test]
    fn cumulative_floors_by_hand() {
        let run = |amount, weights: &[Fen]| -> Vec<Fen> {
            let mut running = RunningSplit::new(amount, weights.iter().sum());
            weights.iter().map(|weight| running.next(*weight)).collect()
        };
        assert_eq!(run(100, &[1, 1, 1]), [33, 33, 34]);
        assert_eq!(run(1000, &[333, 334, 333, 1]), [332, 334, 333, 1]);
    }

    proptest! {
        #[test]
        fn a_split_is_whole_and_each_part_is_rounded_only(
            weights in prop::array::uniform5(0_i64..1_000_000_000_000), part in 0.0..1.0_f64,
        ) {
            let total: i64 = weights.iter().sum();
            let amount = share(total, part);
            let parts = split(amount, &weights);
            prop_assert_eq!(parts.iter().sum::<i64>(), amount);
            let mut running = RunningSplit::new(amount, total);
            let run = weights.map(|weight| running.next(weight));
            prop_assert_eq!(run.iter().sum::<i64>(), amount);
            for (index, weight) in weights.iter().enumerate() {
                prop_assert!(total == 0 || parts[index] <= *weight);
                prop_assert!(run[index] <= *weight && run[index] >= 0);
                if total > 0 {
                    let floor = (i128::from(amount) * i128::from(*weight) / i128::from(total)) as i64;
                    prop_assert!((floor..=floor + 1).contains(&parts[index]));
                }
            }
        }

        #[test]
        fn a_share_grows_with_both(a in 0_i64..1_000_000_000_000_000, more in 0_i64..1000, s in 0.0..1.0_f64, t in 0.0..1.0_f64) {
            let (low, high) = if s < t { (s, t) } else { (t, s) };
            prop_assert!(share(a, low) <= share(a, high));
            prop_assert!(share(a, s) <= share(a + more, s));
            prop_assert!((0..=a).contains(&share(a, s)));
        }
    }
}
