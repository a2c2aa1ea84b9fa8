//! Attribution: what each mechanism is worth where they act together.
//!
//! *Equation.* φ_i = Σ_{S ∌ i} |S|!(n − |S| − 1)!/n!·[v(S ∪ i) − v(S)] (Shapley 1953, Contributions to the
//! Theory of Games II); the values sum to v(N) − v(∅). What two players do only together is
//! I_ij = Σ_{S ∌ i,j} |S|!(n − |S| − 2)!/(n − 1)!·[v(S ∪ ij) − v(S ∪ i) − v(S ∪ j) + v(S)] (Grabisch & Roubens
//! 1999, Int. J. Game Theory 28:547): zero in an additive game. A coalition is a number: bit i is player i.

/// Players at most: their coalitions must be runs that somebody can pay for.
pub const MOST_PLAYERS: usize = 16;

/// Value of each player, from the values of all 2ⁿ coalitions in the order of their numbers.
pub fn shapley(players: usize, value: &[f64]) -> Vec<f64> {
    let weights: Vec<f64> = (0..players).map(|size| weight(players, size)).collect();
    let of_player = |player: usize| {
        let without = (0..value.len()).filter(|coalition| coalition >> player & 1 == 0);
        without
            .map(|coalition| {
                let gain = value[coalition | 1 << player] - value[coalition];
                weights[coalition.count_ones() as usize] * gain
            })
            .sum()
    };
    (0..players).map(of_player).collect()
}

/// Interaction of each pair of players, from the values of all coalitions: pairs in the order 01, 02, …, 12, …
pub fn interactions(players: usize, value: &[f64]) -> Vec<f64> {
    let weights: Vec<f64> = (1..players)
        .map(|size| weight(players - 1, size - 1))
        .collect();
    let of_pair = |(first, second): (usize, usize)| {
        let (one, other) = (1 << first, 1 << second);
        let without = (0..value.len()).filter(|coalition| coalition & (one | other) == 0);
        without
            .map(|coalition| {
                let joint = value[coalition | one | other] - value[coalition | one];
                let alone = value[coalition | other] - value[coalition];
                weights[coalition.count_ones() as usize] * (joint - alone)
            })
            .sum()
    };
    pairs(players).into_iter().map(of_pair).collect()
}

/// All pairs of players, the lower number first.
pub fn pairs(players: usize) -> Vec<(usize, usize)> {
    let with = |first| (first + 1..players).map(move |second| (first, second));
    (0..players).flat_map(with).collect()
}

/// Share of the orders of `players` in which exactly `before` stated ones come before a stated one:
/// 1/(n·C(n − 1, s)).
fn weight(players: usize, before: usize) -> f64 {
    let ways = (0..before).fold(1.0, |ways, taken| {
        ways * (players - 1 - taken) as f64 / (taken + 1) as f64
    });
    1.0 / (players as f64 * ways)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn weights_of_six_mechanisms() {
        let expected = [
            1.0 / 6.0,
            1.0 / 30.0,
            1.0 / 60.0,
            1.0 / 60.0,
            1.0 / 30.0,
            1.0 / 6.0,
        ];
        for (size, expected) in expected.iter().enumerate() {
            assert!((weight(6, size) - expected).abs() < 1e-15);
        }
    }

    /// A 10, B 6, C 0, AB 20, AC 10, BC 9, ABC 26; C is worth nothing alone.
    #[test]
    fn three_players_by_hand() {
        let found = shapley(3, &[0.0, 10.0, 6.0, 20.0, 0.0, 10.0, 9.0, 26.0]);
        for (found, expected) in found.iter().zip([13.0, 10.5, 2.5]) {
            assert!((found - expected).abs() < 1e-12, "{found}");
        }
    }

    /// Dividends AB 4, BC 3, AC 0, ABC 3: an interaction is Σ_{T ∋ i,j} d(T)/(|T| − 1).
    #[test]
    fn interactions_by_hand() {
        let found = interactions(3, &[0.0, 10.0, 6.0, 20.0, 0.0, 10.0, 9.0, 26.0]);
        for (found, expected) in found.iter().zip([5.5, 1.5, 4.5]) {
            assert!((found - expected).abs() < 1e-12, "{found}");
        }
        assert_eq!(pairs(3), [(0, 1), (0, 2), (1, 2)]);
        assert_eq!(interactions(1, &[1.0, 2.0]), Vec::<f64>::new());
    }

    /// Six players worth 1, 2, 4, 8, 16, 32 each, over 7 that is there without them.
    #[test]
    fn an_additive_game_has_its_own_values_and_no_interaction() {
        let value: Vec<f64> = (0..64)
            .map(|coalition| f64::from(coalition) + 7.0)
            .collect();
        for (player, found) in shapley(6, &value).into_iter().enumerate() {
            assert!((found - f64::from(1 << player)).abs() < 1e-12, "{found}");
        }
        let together = interactions(6, &value);
        assert_eq!(together.len(), 15);
        assert!(together.iter().all(|found| found.abs() < 1e-12));
    }

    /// A game in which only players 1 and 4 of six together are worth something: each half of it, and
    /// the pair interacts by all of it.
    #[test]
    fn a_game_of_one_pair() {
        let both = |coalition: usize| coalition & 0b1_0010 == 0b1_0010;
        let value: Vec<f64> = (0..64).map(|c| if both(c) { 12.0 } else { 0.0 }).collect();
        let found = shapley(6, &value);
        for (found, expected) in found.iter().zip([0.0, 6.0, 0.0, 0.0, 6.0, 0.0]) {
            assert!((found - expected).abs() < 1e-12, "{found}");
        }
        for (pair, found) in pairs(6).into_iter().zip(interactions(6, &value)) {
            let expected = if pair == (1, 4) { 12.0 } else { 0.0 };
            assert!((found - expected).abs() < 1e-12, "{pair:?}: {found}");
        }
    }

    proptest! {
        #[test]
        fn interactions_share_out_what_coalitions_have_of_their_own(
            value in prop::collection::vec(-100.0..100.0_f64, 16)
        ) {
            let mut dividend = value.clone();
            for player in 0..4 {
                for coalition in (0..16).filter(|coalition| coalition >> player & 1 == 1) {
                    dividend[coalition] -= dividend[coalition ^ 1 << player];
                }
            }
            for ((first, second), found) in pairs(4).into_iter().zip(interactions(4, &value)) {
                let both = 1 << first | 1 << second;
                let with = (0..16_usize).filter(|coalition| coalition & both == both);
                let expected: f64 = with
                    .map(|coalition| dividend[coalition] / f64::from(coalition.count_ones() - 1))
                    .sum();
                prop_assert!((found - expected).abs() < 1e-9, "{found} for {expected}");
            }
        }
        #[test]
        fn nothing_is_left_over_and_orders_agree(value in prop::collection::vec(-100.0..100.0_f64, 16)) {
            let found = shapley(4, &value);
            prop_assert!((found.iter().sum::<f64>() - (value[15] - value[0])).abs() < 1e-9);
            let mut by_orders = [0.0; 4];
            for order in orders(4) {
                let mut coalition = 0;
                for player in order {
                    by_orders[player] += (value[coalition | 1 << player] - value[coalition]) / 24.0;
                    coalition |= 1 << player;
                }
            }
            for (a, b) in found.iter().zip(by_orders) {
                prop_assert!((a - b).abs() < 1e-9);
            }
        }
    }

    fn orders(players: usize) -> Vec<Vec<usize>> {
        if players == 0 {
            return vec![Vec::new()];
        }
        let shorter = orders(players - 1);
        let longer = shorter.iter().flat_map(|order| {
            (0..=order.len()).map(move |place| {
                let mut order = order.clone();
                order.insert(place, players - 1);
                order
            })
        });
        longer.collect()
    }
}
