//! Funds that can be ruined: insurers together, and the catastrophe pool.
//!
//! U(t) = u + premiums earned − claims paid (Cramér–Lundberg). A claim above the capital takes what
//! there is and ruins the fund; ruin is absorbing: a ruined fund earns and pays nothing more, is not
//! refounded, and what it cannot pay goes on down the ladder.
//!
//! Premiums are posted once a week, but a claim meets what was earned up to its instant: that part of
//! the week's premium is [`Fund::accrued`], and a claim may draw on it before it is posted.

use serde::{Deserialize, Serialize};

use super::money::Fen;

/// A fund that earns premiums and pays claims.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fund {
    /// Capital (fen) with the premiums posted so far; below zero by no more than what is accrued.
    pub capital: Fen,
    /// Premium earned since the last posting, up to the present instant (fen).
    pub accrued: Fen,
    /// Whether a claim ever exceeded the capital.
    pub ruined: bool,
    /// Claims of the current year that could not be paid (fen).
    pub unpaid: Fen,
}

impl Fund {
    /// A fund with a capital (fen).
    pub fn new(capital: Fen) -> Self {
        Fund {
            capital,
            accrued: 0,
            ruined: false,
            unpaid: 0,
        }
    }

    /// A fund that can pay everything: for tariffs, which price the promise and not its default.
    pub fn unlimited() -> Self {
        Fund::new(Fen::MAX / 4)
    }

    /// Earns a premium (fen); returns what of it is due: the whole, or, if the fund is ruined, what was
    /// earned before the ruin and went to claims.
    pub fn earn(&mut self, premium: Fen) -> Fen {
        let due = if self.ruined {
            premium.min((-self.capital).max(0))
        } else {
            premium
        };
        self.capital = self.capital.saturating_add(due);
        due
    }

    /// Spends money (fen) that is no claim, as far as the posted capital goes, unless the fund is ruined;
    /// returns what was spent.
    pub fn spend(&mut self, due: Fen) -> Fen {
        let possible = if self.ruined {
            0
        } else {
            due.min(self.capital.max(0))
        };
        self.capital -= possible;
        possible
    }

    /// What a claim can be paid from now (fen).
    fn available(&self) -> Fen {
        if self.ruined {
            0
        } else {
            self.capital.saturating_add(self.accrued).max(0)
        }
    }

    /// Pays a claim (fen) at its instant as far as the capital goes; returns what was paid.
    #[inline]
    pub fn pay(&mut self, claim: Fen) -> Fen {
        let paid = claim.min(self.available());
        self.capital -= paid;
        if paid < claim {
            self.ruined = true;
            self.unpaid += claim - paid;
        }
        paid
    }

    /// Records many claims settled at once: what was claimed and what was paid (≤ what is there) (fen).
    pub fn record(&mut self, claimed: Fen, paid: Fen) {
        self.capital -= paid;
        if paid < claimed {
            self.ruined = true;
            self.unpaid += claimed - paid;
        }
    }

    /// Share (0–1) of claims of `total` fen that the fund can pay with what reinsurers owe of them (fen).
    pub fn funded_share(&self, total: Fen, ceded: Fen) -> f64 {
        if self.ruined {
            return 0.0;
        }
        let there = self.available().saturating_add(ceded);
        if there >= total {
            1.0
        } else {
            // Just below the ratio, so that claims rounded down never sum to more than there is.
            there as f64 / total as f64 * (1.0 - 1e-12)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::random::{Purpose, Stream};
    use crate::model::transcendental::log;

    #[test]
    fn a_claim_above_the_capital_ruins_for_good() {
        let mut fund = Fund::new(100);
        assert_eq!(fund.pay(100), 100);
        assert!(
            !fund.ruined,
            "an empty fund that paid in full is not ruined"
        );
        assert_eq!(fund.earn(50), 50);
        assert_eq!((fund.pay(80), fund.unpaid, fund.ruined), (50, 30, true));
        assert_eq!(fund.earn(1000), 0);
        assert_eq!((fund.pay(10), fund.unpaid, fund.capital), (0, 40, 0));
    }

    /// Claims rounded down by this share never sum to more than there is.
    #[test]
    fn the_share_that_can_be_paid_is_a_little_below_the_ratio() {
        let share = Fund::new(1_000_000_000_000_000).funded_share(3_000_000_000_000_000, 0);
        let below = 1.0 / 3.0 - share;
        assert!(below > 0.0 && below < 1e-12, "{share}");
        assert_eq!(Fund::new(5).funded_share(3, 0), 1.0);
    }

    #[test]
    fn a_claim_draws_on_what_is_earned_but_not_posted_yet() {
        let mut fund = Fund {
            accrued: 30,
            ..Fund::new(100)
        };
        assert_eq!(
            (fund.pay(120), fund.capital, fund.ruined),
            (120, -20, false)
        );
        assert_eq!((fund.pay(20), fund.capital, fund.ruined), (10, -30, true));
        // The week's premium is 50; of it 30 were earned before the ruin.
        assert_eq!((fund.earn(50), fund.capital), (30, 0));
        assert_eq!(fund.earn(50), 0);
    }

    /// Probability of ruin within `years` by simulation: claims exponential with mean 1, premium
    /// earned up to each claim's instant.
    fn ruin_probability(capital: f64, loading: f64, rate: f64, years: f64, paths: u32) -> f64 {
        let unit = 1e6;
        let stream = Stream::new(7, 0, Purpose::Years);
        let ruined = (0..paths).filter(|path| {
            let mut fund = Fund::new((capital * unit) as Fen);
            let (mut time, mut number) = (0.0, 0);
            loop {
                let [wait, size] = stream.pair(u64::from(*path), number, 0);
                let step = -log(wait) / rate;
                time += step;
                if time > years || fund.ruined {
                    return fund.ruined;
                }
                fund.earn(((1.0 + loading) * rate * step * unit) as Fen);
                fund.pay((-log(size) * unit) as Fen);
                number += 1;
            }
        });
        ruined.count() as f64 / f64::from(paths)
    }

    #[test]
    fn ruin_has_its_known_probability() {
        // u = 10, θ = 0.2, μ = 1, λ = 52, T = 5: ψ(u, T) = 0.1558499 (Asmussen 1984).
        let paths = 20_000;
        let simulated = ruin_probability(10.0, 0.2, 52.0, 5.0, paths);
        let known: f64 = 0.155_849_9;
        let error = (known * (1.0 - known) / f64::from(paths)).sqrt();
        assert!(
            (simulated - known).abs() < 3.5 * error,
            "{simulated} ± {error}"
        );
    }
}
