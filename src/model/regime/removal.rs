//! What removes the open hazards of enterprises: self-checks, finds that are mended, reports, and prevention that
//! insurers pay for.

use super::Effects;
use crate::scenario::society::Society;
use crate::vocabulary::Trade;

/// What is the same in every trade.
#[derive(Clone, Copy, Debug)]
pub struct Removal {
    /// By self-checks (1/year).
    checks: f64,
    /// Share of the open hazards that a visit finds.
    find_rate: f64,
    /// Share of the hazards found that is mended.
    mended: f64,
    /// By reports (1/year).
    reports: f64,
}

/// What differs between trades.
#[derive(Clone, Copy, Debug)]
pub struct RemovalOfTrade {
    /// Share of the open hazards that supervision online finds (1/year).
    pub found_online: f64,
    /// Removal by prevention that insurers pay for (1/year).
    pub prevention: f64,
    /// Removal at signs of danger (1/year).
    pub at_signs: f64,
}

impl Removal {
    pub(super) fn new(society: &Society, effects: &Effects, find_rate: f64, reports: f64) -> Self {
        let remedy = &effects.remedy;
        // A share of what would stay open is mended because it is listed (probabilities of being mended combine).
        let rectified = remedy.rectified_share;
        let listed = effects.responsibility.listing * (1.0 - rectified);
        Removal {
            checks: society.enterprise.self_check_removal_per_year * remedy.self_check_multiplier,
            find_rate,
            mended: rectified + listed,
            reports,
        }
    }

    /// Removal with so many visits a year (1/year).
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub fn rate(&self, visits: f64, trade: RemovalOfTrade) -> f64 {
        let found = visits * self.find_rate + trade.found_online;
        self.checks + found * self.mended + self.reports + trade.prevention + trade.at_signs
    }
}

impl RemovalOfTrade {
    /// Under a policy.
    pub fn new(effects: &Effects, trade: Trade) -> Self {
        RemovalOfTrade {
            found_online: effects.remedy.found_online[trade],
            prevention: effects.sharing.prevention_removal[trade],
            at_signs: effects.intervention.removed_at_signs[trade],
        }
    }
}
