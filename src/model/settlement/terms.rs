//! The terms of one layer of cover: what it pays of a loss.
//!
//! pay = share · min( max( cession · (loss − deductible) − attachment, 0 ), limit ), in this order,
//! as the insurance market reads its contracts (open reference cases of the Oasis loss modelling
//! framework are among the tests): a participation is taken after the limit, the percentage of a
//! cession before its attachment and limit; the limit is the width of the layer, not its top.

use super::money::{Fen, share};

/// An amount that terms name: flat, or in proportion to the loss or to the value at risk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// A sum of money (fen).
    Flat(Fen),
    /// A share (0–1) of the loss.
    ShareOfLoss(f64),
    /// A share (0–1) of the value insured.
    ShareOfValue(f64),
}

impl Amount {
    /// The amount in fen for a loss and a value at risk (both ≥ 0).
    #[inline]
    pub fn of(self, loss: Fen, value: Fen) -> Fen {
        match self {
            Amount::Flat(fen) => fen.max(0),
            Amount::ShareOfLoss(part) => share(loss, part),
            Amount::ShareOfValue(part) => share(value, part),
        }
    }
}

/// Terms of one layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerTerms {
    /// Kept by the insured out of every loss (ordinary deductible, not a franchise).
    pub deductible: Amount,
    /// Share of the loss above the deductible that is ceded to the layer (quota share).
    pub cession: f64,
    /// The layer starts where the ceded loss exceeds this (fen).
    pub attachment: Fen,
    /// Width of the layer; `None` = unlimited.
    pub limit: Option<Amount>,
    /// Participation: share of the limited amount that is paid.
    pub share: f64,
}

impl LayerTerms {
    /// Pays every loss in full.
    pub const FULL: LayerTerms = LayerTerms {
        deductible: Amount::Flat(0),
        cession: 1.0,
        attachment: 0,
        limit: None,
        share: 1.0,
    };

    /// Pays nothing.
    pub const NONE: LayerTerms = LayerTerms {
        share: 0.0,
        ..LayerTerms::FULL
    };

    /// Payment (fen) for a loss and the value it struck: within `0..=loss`.
    #[inline]
    pub fn pay(&self, loss: Fen, value: Fen) -> Fen {
        let above_deductible = (loss - self.deductible.of(loss, value)).max(0);
        let in_layer = (share(above_deductible, self.cession) - self.attachment.max(0)).max(0);
        let limited = match self.limit {
            Some(limit) => in_layer.min(limit.of(loss, value)),
            None => in_layer,
        };
        share(limited, self.share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FULL: LayerTerms = LayerTerms::FULL;

    fn yuan(amount: i64) -> Fen {
        amount * 100
    }

    fn after(deductible: Amount) -> LayerTerms {
        LayerTerms { deductible, ..FULL }
    }

    fn up_to(limit: i64) -> LayerTerms {
        LayerTerms {
            limit: Some(Amount::Flat(yuan(limit))),
            ..FULL
        }
    }

    /// The two insured places of the reference portfolio: everything is lost.
    const PLACES: [i64; 2] = [91_200_000, 127_800_000];

    fn both(terms: [LayerTerms; 2]) -> Fen {
        PLACES
            .iter()
            .zip(terms)
            .map(|(loss, term)| term.pay(yuan(*loss), yuan(*loss)))
            .sum()
    }

    #[test]
    fn market_cases_of_deductibles() {
        let flat = [9_570_000, 25_130_000].map(|d| after(Amount::Flat(yuan(d))));
        assert_eq!(both(flat), yuan(184_300_000)); // Q1_1
        let value = [0.10, 0.25].map(|s| after(Amount::ShareOfValue(s)));
        assert_eq!(both(value), yuan(177_930_000)); // Q1_2
        assert_eq!(
            both([after(Amount::ShareOfLoss(0.10)); 2]),
            yuan(197_100_000)
        ); // Q1_3
        let zone = after(Amount::Flat(yuan(6_600_000)));
        let layer = LayerTerms {
            attachment: yuan(1_860_000),
            ..zone
        };
        assert_eq!(layer.pay(yuan(182_800_000), 0), yuan(174_340_000)); // Q4_4
    }

    #[test]
    fn market_cases_of_nested_limits() {
        let places = [20_980_000, 6_900_000].map(|d| after(Amount::Flat(yuan(d))));
        let policy = LayerTerms {
            deductible: Amount::Flat(yuan(8_030_000)),
            limit: Some(Amount::Flat(yuan(60_340_000))),
            ..FULL
        };
        assert_eq!(policy.pay(both(places), 0), yuan(60_340_000)); // Q1_7
        let limited =
            [(10_690_000, 31_060_000), (24_570_000, 41_420_000)].map(|(d, l)| LayerTerms {
                deductible: Amount::Flat(yuan(d)),
                ..up_to(l)
            });
        assert_eq!(both(limited), yuan(72_480_000));
        assert_eq!(up_to(36_880_000).pay(both(limited), 0), yuan(36_880_000)); // Q1_14
    }

    #[test]
    fn market_cases_of_shares_and_towers() {
        let loss = yuan(182_800_000);
        assert_eq!(
            LayerTerms {
                share: 0.30,
                ..FULL
            }
            .pay(loss, 0),
            yuan(54_840_000)
        ); // Q4_1
        let first = LayerTerms {
            share: 0.25,
            ..up_to(50_230_000)
        };
        let second = LayerTerms {
            share: 0.25,
            attachment: yuan(50_230_000),
            ..up_to(25_115_000)
        };
        assert_eq!(first.pay(loss, 0) + second.pay(loss, 0), 1_883_625_000); // Q4_2
    }

    #[test]
    fn market_cases_of_reinsurance() {
        let quota = LayerTerms {
            cession: 0.20,
            ..FULL
        };
        assert_eq!(quota.pay(yuan(198_000_000), 0), yuan(39_600_000)); // QS05_15
        let per_risk = LayerTerms {
            cession: 0.20,
            ..up_to(1_000_000)
        };
        assert_eq!(per_risk.pay(yuan(198_000_000), 0), yuan(1_000_000)); // PR14_47
        assert_eq!(per_risk.pay(yuan(39_600_000), 0), yuan(1_000_000));
        assert_eq!(per_risk.pay(yuan(398_000_040), 0), yuan(1_000_000)); // CX31_102
    }

    #[test]
    fn a_limit_is_the_width_of_the_layer_and_the_share_comes_after_it() {
        let layer = LayerTerms {
            attachment: 50,
            limit: Some(Amount::Flat(200)),
            share: 0.8,
            ..FULL
        };
        assert_eq!(
            [40, 150, 250, 900].map(|loss| layer.pay(loss, 0)),
            [0, 80, 160, 160]
        );
    }

    /// Severity in 200,000 equal strata of an exponential law of mean μ (fen).
    fn exponential(mean: f64, of: impl Fn(Fen) -> Fen) -> (f64, f64) {
        let strata = 200_000;
        let mut sums = (0.0, 0.0);
        for stratum in 0..strata {
            let loss = -mean * libm::log1p(-(f64::from(stratum) + 0.5) / f64::from(strata));
            let paid = of(loss as Fen) as f64;
            sums = (sums.0 + paid, sums.1 + paid * paid);
        }
        (sums.0 / f64::from(strata), sums.1 / f64::from(strata))
    }

    #[test]
    fn layered_expected_loss_has_its_closed_form() {
        // Exp(100), 200 in excess of 50, share 0.8, 4 losses a year: 167.8226 a year, variance 18446.11.
        let unit = 10_000.0;
        let layer = LayerTerms {
            attachment: 50 * unit as Fen,
            limit: Some(Amount::Flat(200 * unit as Fen)),
            share: 0.8,
            ..FULL
        };
        let (mean, square) = exponential(100.0 * unit, |loss| layer.pay(loss, 0));
        assert!(
            (4.0 * mean / unit - 167.8226).abs() < 0.01,
            "{}",
            4.0 * mean / unit
        );
        assert!(
            (4.0 * square / unit / unit - 18_446.11).abs() < 2.0,
            "{}",
            4.0 * square / unit / unit
        );
    }

    fn amount() -> impl Strategy<Value = Amount> {
        prop_oneof![
            (0_i64..100_000_000).prop_map(Amount::Flat),
            (0.0..1.0_f64).prop_map(Amount::ShareOfLoss),
            (0.0..1.0_f64).prop_map(Amount::ShareOfValue),
        ]
    }

    fn terms() -> impl Strategy<Value = LayerTerms> {
        (
            amount(),
            0.0..1.0_f64,
            0_i64..50_000_000,
            prop::option::of(amount()),
            0.0..1.0_f64,
        )
            .prop_map(
                |(deductible, cession, attachment, limit, share)| LayerTerms {
                    deductible,
                    cession,
                    attachment,
                    limit,
                    share,
                },
            )
    }

    fn raised(amount: Amount, by: f64) -> Amount {
        match amount {
            Amount::Flat(fen) => Amount::Flat(fen + (by * 1e6) as Fen),
            Amount::ShareOfLoss(part) => Amount::ShareOfLoss(part + by),
            Amount::ShareOfValue(part) => Amount::ShareOfValue(part + by),
        }
    }

    proptest! {
        #[test]
        fn pays_within_the_loss_and_is_monotone(terms in terms(), loss in 0_i64..200_000_000, value in 0_i64..300_000_000, by in 0.0..0.5_f64) {
            let paid = terms.pay(loss, value);
            prop_assert!((0..=loss).contains(&paid));
            let narrower = LayerTerms { deductible: raised(terms.deductible, by), ..terms };
            prop_assert!(narrower.pay(loss, value) <= paid);
            let wider = LayerTerms { limit: terms.limit.map(|limit| raised(limit, by)), ..terms };
            prop_assert!(wider.pay(loss, value) >= paid);
            let higher = LayerTerms { attachment: terms.attachment + 1000, ..terms };
            prop_assert!(higher.pay(loss, value) <= paid);
            let unlimited = LayerTerms { limit: None, ..terms };
            prop_assert!(unlimited.pay(loss, value) >= paid);
        }
    }
}
