//! Counts of one mean that are drawn again and again: their distribution is summed up once.

use super::quantile::{self, poisson_quantile};
use crate::model::transcendental::exp;

/// What of the upper end of a distribution is not tabled.
const LEFT_OUT: f64 = 1e-4;
/// Most counts that are tabled: asking them all is quicker than searching.
const MOST: usize = 128;

/// The Poisson distribution of a mean.
#[derive(Clone, Debug, Default)]
pub struct PoissonTable {
    mean: f64,
    /// Probability of at most so many, from none on; nothing where it is not worth tabling.
    at_most: Vec<f64>,
}

impl PoissonTable {
    /// Of a mean.
    pub fn new(mean: f64) -> Self {
        let mut at_most = Vec::new();
        if mean > 0.0 && mean < 0.5 * MOST as f64 {
            for probability in quantile::at_most(mean, exp(-mean)).take(MOST) {
                at_most.push(probability);
                if probability > 1.0 - LEFT_OUT {
                    break;
                }
            }
        }
        PoissonTable { mean, at_most }
    }

    /// Count at probability `u`: [`poisson_quantile`] of the mean.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub fn quantile(&self, u: f64) -> u32 {
        let within = self.at_most.last().is_some_and(|most| u <= *most);
        if !within {
            return poisson_quantile(self.mean, u);
        }
        // All are asked: nobody can foresee where a search would turn.
        let mut count = 0;
        for at_most in &self.at_most {
            count += u32::from(*at_most < u);
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_table_gives_the_quantile(mean in -1.0..90.0_f64, u in 0.0..1.0_f64) {
            for mean in [mean, mean / 100.0] {
                let table = PoissonTable::new(mean);
                for u in [u, u * 1e-6, 1.0 - u * 1e-6, 1.0 - u * 1e-3] {
                    prop_assert_eq!(table.quantile(u), poisson_quantile(mean, u));
                }
            }
        }
    }

    #[test]
    fn what_is_tabled_is_asked_at_its_very_bounds() {
        let table = PoissonTable::new(3.5);
        for at_most in &table.at_most {
            for u in [at_most.next_down(), *at_most, at_most.next_up()] {
                assert_eq!(table.quantile(u), poisson_quantile(3.5, u));
            }
        }
    }
}
