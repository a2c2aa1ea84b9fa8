//! Shapley values by dividends: each coalition's own surplus d(S) = Σ_{T ⊆ S} (−1)^{|S| − |T|} v(T) is
//! shared equally by its members (Harsanyi 1959).

/// Value of each player from the values of all coalitions, numbered by their bits.
pub fn shapley(players: usize, value: &[f64]) -> Vec<f64> {
    let mut dividend = value.to_vec();
    for player in 0..players {
        for coalition in 0..dividend.len() {
            if coalition >> player & 1 == 1 {
                dividend[coalition] -= dividend[coalition & !(1 << player)];
            }
        }
    }
    let shares = |player: usize| {
        let with = (0..dividend.len()).filter(move |coalition| coalition >> player & 1 == 1);
        with.map(|coalition| dividend[coalition] / f64::from(coalition.count_ones()))
            .sum()
    };
    (0..players).map(shares).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dividends AB 4, BC 3, AC 0, ABC 3.
    #[test]
    fn dividends_by_hand() {
        let found = shapley(3, &[0.0, 10.0, 6.0, 20.0, 0.0, 10.0, 9.0, 26.0]);
        for (found, expected) in found.iter().zip([13.0, 10.5, 2.5]) {
            assert!((found - expected).abs() < 1e-12, "{found}");
        }
    }
}
