//! What insurers' reinsurance costs, from the same catalogue as every premium.
//!
//! Quota share: on original terms, the ceded share of what insurers earn (premiums less what is spent on
//! prevention), so its loading is the insurers' own. Excess of loss: (1 + loading) × expected payment,
//! natural events year by year, single events each by its yearly frequency. Stop loss: (1 + loading) ×
//! mean payment over the natural years of the catalogue, to whose retained claims the expected ones of
//! single events are added; its attachment and limit are ratios to the premium income that quota share
//! and excess of loss leave.

use super::Treaties;
use crate::model::settlement::money::{Fen, from_yuan, share, to_yuan};

/// What the events of a catalogue leave to insurers, and to their reinsurers.
#[derive(Clone, Debug, Default)]
pub struct CededEvents {
    /// Paid by the excess of loss in all natural years (yuan).
    excess_natural: f64,
    /// … and in a year by single events (yuan).
    excess_single: f64,
    /// Retained claims of single events in a year (yuan).
    retained_single: f64,
    /// Retained claims of natural events so far in the open year (fen).
    open_year: Fen,
    /// … and in each year that has ended (fen).
    retained: Vec<Fen>,
}

/// Expected payments and premiums of the three contracts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PricedTreaties {
    /// The contracts with the stop loss in money.
    pub treaties: Treaties,
    /// Expected payment of quota share, excess of loss and stop loss (yuan a year).
    pub expected_yuan: [f64; 3],
    /// Their premiums at the tariff's take-up (fen a year).
    pub premiums: [Fen; 3],
}

impl CededEvents {
    /// A natural event with these claims on insurers (fen).
    pub fn natural(&mut self, treaties: &Treaties, claims: Fen) {
        let retained = treaties.retained_of_event(claims);
        self.excess_natural += to_yuan(treaties.after_quota(claims) - retained);
        self.open_year += retained;
    }

    /// Ends a natural year.
    pub fn end_year(&mut self) {
        self.retained.push(std::mem::take(&mut self.open_year));
    }

    /// Single events with these claims on insurers (fen), so many a year.
    pub fn single(&mut self, treaties: &Treaties, claims: Fen, per_year: f64) {
        let retained = treaties.retained_of_event(claims);
        self.excess_single += per_year * to_yuan(treaties.after_quota(claims) - retained);
        self.retained_single += per_year * to_yuan(retained);
    }

    /// Prices the contracts of insurers who expect to pay `expected_yuan` a year and earn `income` (fen).
    pub fn price(
        &self,
        treaties: &Treaties,
        expected_yuan: f64,
        income: Fen,
        loading: f64,
    ) -> PricedTreaties {
        let years = self.retained.len().max(1) as f64;
        let quota = share(income, treaties.quota_share);
        let excess_yuan = self.excess_natural / years + self.excess_single;
        let excess = from_yuan((1.0 + loading) * excess_yuan);
        let treaties = treaties.with_income((income - quota - excess).max(0));
        let single = from_yuan(self.retained_single);
        let stopped = self.retained.iter().map(|natural| {
            let claims = natural + single;
            to_yuan(treaties.stop_loss.pay(claims, claims))
        });
        let stop_yuan = stopped.sum::<f64>() / years;
        PricedTreaties {
            treaties,
            expected_yuan: [treaties.quota_share * expected_yuan, excess_yuan, stop_yuan],
            premiums: [quota, excess, from_yuan((1.0 + loading) * stop_yuan)],
        }
    }
}
