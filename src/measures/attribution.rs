//! Attribution: what each mechanism is worth where they act together.
//!
//! *Equation.* φ_i = Σ_{S ∌ i} |S|!(n − |S| − 1)!/n!·[v(S ∪ i) − v(S)] (Shapley 1953, Contributions to the
//! Theory of Games II); the values sum to v(N) − v(∅). A coalition is a number: bit i is player i.

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

    proptest! {
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
