//! Premiums are earned as time goes by, so that a claim meets what was earned up to its instant.

use super::books::Books;
use super::ledger::BEARERS;
use super::money::{Fen, share, to_yuan};
use super::tariff::{Cover, Premium, Tariff};
use crate::model::record::Resource;
use crate::vocabulary::{Bearer, Vocabulary};

/// Hours in a year of 52 weeks.
pub const HOURS_PER_YEAR: u32 = 52 * 168;

/// What was paid in premiums and contributions over a span of time (fen).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PremiumsPaid {
    /// By residents.
    pub residents: Fen,
    /// By enterprises.
    pub enterprises: Fen,
    /// By governments.
    pub public: Fen,
}

/// Pays premiums from where the year's payments stand up to `hour` (0–[`HOURS_PER_YEAR`]) of the year.
///
/// `household_take_up` is the present take-up of household cover relative to that of the tariff: its
/// premium moves with it. A ruined fund earns nothing: its cover has ended. The premium goes whole
/// into the fund's capital (Cramér–Lundberg), less the prevention fee, which is spent.
pub fn pay_premiums(
    tariff: &Tariff,
    books: &mut Books,
    hour: u32,
    household_take_up: f64,
) -> PremiumsPaid {
    let mut paid = [0; BEARERS];
    let from = books.premium_hour;
    let to = hour.clamp(from, HOURS_PER_YEAR.max(from));
    books.premium_hour = to;
    for premium in &tariff.premiums {
        let mut total = 0;
        for bearer in Bearer::ALL {
            let due = span(premium.payers[bearer.number()], from, to);
            let due = if premium.cover == Cover::Household {
                (due as f64 * household_take_up + 0.5) as Fen
            } else {
                due
            };
            if due > 0 {
                let taken = take(books, premium, *bearer, due);
                paid[bearer.number()] += taken;
                total += taken;
            }
        }
        let yuan = to_yuan(total);
        books
            .accounts
            .use_up(Resource::Loading, yuan * premium.loading_share);
        books
            .accounts
            .use_up(Resource::Care, yuan * premium.prevention_share);
    }
    let public = super::ledger::public(&paid);
    books.year.public_premiums += public;
    PremiumsPaid {
        residents: paid[Bearer::Residents.number()],
        enterprises: paid[Bearer::Enterprises.number()],
        public,
    }
}

/// The part of a yearly amount (fen) that falls between two hours; the parts of a year sum to it.
fn span(yearly: Fen, from: u32, to: u32) -> Fen {
    let until = |hour: u32| i128::from(yearly) * i128::from(hour) / i128::from(HOURS_PER_YEAR);
    (until(to) - until(from)) as Fen
}

/// Takes a premium from its payer to its receiver; returns what was taken (fen).
fn take(books: &mut Books, premium: &Premium, payer: Bearer, due: Fen) -> Fen {
    let taken = match premium.receiver {
        Bearer::Insurers => {
            let spent = share(due, premium.prevention_share);
            if books.insurers.earn(due - spent) {
                due
            } else {
                0
            }
        }
        Bearer::Pool => {
            if books.pool.earn(due) {
                due
            } else {
                0
            }
        }
        Bearer::Reinsurers if books.pool.ruined => 0,
        Bearer::Reinsurers => {
            let possible = due.min(books.pool.capital);
            books.pool.capital -= possible;
            possible
        }
        _ => due,
    };
    books.accounts.transfer(payer, premium.receiver, taken);
    taken
}
