//! Two of the three accounts: transfers (who pays whom; sums to zero) and resources (what is used up).
//!
//! The loss account is the [`ledger`](super::ledger). The three are never mixed: an indemnity or
//! relief is no resource, a premium is no loss.

use serde::{Deserialize, Serialize};

use super::ledger::BEARERS;
use super::money::{Fen, too_great};
use crate::model::record::Resource;
use crate::vocabulary::{Bearer, Vocabulary};

/// Net receipts by bearer, and resources used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Accounts {
    /// This year's net receipts: premiums, taxes, contributions, fines, compensation above the loss (fen).
    pub transfer: [Fen; BEARERS],
    /// This year's resources (yuan), in the order of [`Resource`].
    pub resource: [f64; Resource::ALL.len()],
    /// Σ of all net receipts over the run: zero, or something is broken (fen).
    pub transfer_gap: Fen,
    /// Net receipts of a year that were too great to be kept exactly, counted with each transfer.
    pub too_great: u64,
}

impl Default for Accounts {
    fn default() -> Self {
        Accounts {
            transfer: [0; BEARERS],
            resource: [0.0; Resource::ALL.len()],
            transfer_gap: 0,
            too_great: 0,
        }
    }
}

impl Accounts {
    /// Moves money (fen) from one bearer to another.
    #[inline]
    pub fn transfer(&mut self, from: Bearer, to: Bearer, fen: Fen) {
        self.transfer[from.number()] -= fen;
        self.transfer[to.number()] += fen;
        for end in [from, to] {
            self.too_great += u64::from(too_great(self.transfer[end.number()]));
        }
    }

    /// Adds to the resource account (yuan).
    #[inline]
    pub fn use_up(&mut self, resource: Resource, yuan: f64) {
        self.resource[resource.number()] += yuan;
    }

    /// Ends a year: adds its sum to the gap and starts the next from zero.
    pub fn close_year(&mut self) {
        self.transfer_gap += self.transfer.iter().sum::<Fen>().abs();
        self.transfer = [0; BEARERS];
        self.resource = [0.0; Resource::ALL.len()];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settlement::money::MOST;

    #[test]
    fn transfers_sum_to_zero_and_a_one_sided_entry_is_caught() {
        let mut accounts = Accounts::default();
        accounts.transfer(Bearer::Residents, Bearer::Insurers, 250);
        accounts.transfer(Bearer::Insurers, Bearer::Insurers, 7);
        assert_eq!(accounts.transfer[Bearer::Insurers.number()], 250);
        accounts.close_year();
        assert_eq!(accounts.transfer_gap, 0);
        accounts.transfer[Bearer::Centre.number()] += 3;
        accounts.close_year();
        assert_eq!((accounts.transfer_gap, accounts.too_great), (3, 0));
    }

    #[test]
    fn receipts_that_are_too_great_are_counted_at_both_ends() {
        let mut accounts = Accounts::default();
        accounts.transfer(Bearer::Residents, Bearer::Centre, MOST);
        assert_eq!(accounts.too_great, 0);
        accounts.transfer(Bearer::Residents, Bearer::Centre, 1);
        assert_eq!(accounts.too_great, 2);
    }
}
