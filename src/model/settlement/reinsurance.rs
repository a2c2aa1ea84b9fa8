//! Reinsurance of the commercial insurers: what reinsurers take over of the claims that insurers pay.
//!
//! Reinsurers are outside the society and can pay everything. Three contracts, one after the other: a
//! quota share of every claim; an excess of loss on what insurers together retain of an event; a stop
//! loss on what they then retain of a calendar year. Each is a [`LayerTerms`] on a running sum, and a
//! claim cedes what it adds to the contract's payment, so that it does not matter how an event's claims
//! are cut up. A ruined insurer's reinsurance has lapsed with it.

pub mod pricing;

use serde::{Deserialize, Serialize};

use super::money::Fen;
use super::terms::{Amount, LayerTerms};

/// The contracts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Treaties {
    /// Share of every claim that is ceded, and of what insurers earn.
    pub quota_share: f64,
    /// Layer on what is retained of an event after the quota share.
    pub excess: LayerTerms,
    /// Attachment of the stop loss (ratio to the retained premium income of a year) …
    pub stop_attachment: f64,
    /// … and its width; 0 = none.
    pub stop_limit: f64,
    /// The stop loss in money; pays nothing until the income is known.
    pub stop_loss: LayerTerms,
}

impl Treaties {
    /// Insurers retain everything.
    pub const NONE: Treaties = Treaties {
        quota_share: 0.0,
        excess: LayerTerms::NONE,
        stop_attachment: 0.0,
        stop_limit: 0.0,
        stop_loss: LayerTerms::NONE,
    };

    /// The same with the stop loss in money, for a retained premium income (fen a year).
    #[must_use]
    pub fn with_income(self, income: Fen) -> Self {
        let part = |ratio: f64| (income as f64 * ratio + 0.5) as Fen;
        let stop_loss = if self.stop_limit > 0.0 {
            layer(part(self.stop_attachment), part(self.stop_limit))
        } else {
            LayerTerms::NONE
        };
        Treaties { stop_loss, ..self }
    }

    /// Whether anything is ceded.
    pub fn in_force(&self) -> bool {
        self.quota_share > 0.0 || self.excess.share > 0.0 || self.stop_limit > 0.0
    }

    /// What the quota share leaves of the claims of an event (fen).
    pub fn after_quota(&self, claims: Fen) -> Fen {
        let quota = LayerTerms {
            cession: self.quota_share,
            ..LayerTerms::FULL
        };
        claims - quota.pay(claims, claims)
    }

    /// What quota share and excess of loss leave of the claims of an event (fen).
    pub fn retained_of_event(&self, claims: Fen) -> Fen {
        let retained = self.after_quota(claims);
        retained - self.excess.pay(retained, retained)
    }
}

/// A layer of this attachment and width (fen); nothing if it has no width.
pub fn layer(attachment: Fen, width: Fen) -> LayerTerms {
    if width == 0 {
        return LayerTerms::NONE;
    }
    LayerTerms {
        attachment,
        limit: Some(Amount::Flat(width)),
        ..LayerTerms::FULL
    }
}

/// Running sums on which the contracts act (fen).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cessions {
    /// Claims on insurers in the open event.
    event_claims: Fen,
    /// What quota share and excess of loss left of the claims of this year.
    year_retained: Fen,
}

impl Cessions {
    /// Begins an event.
    pub fn begin_event(&mut self) {
        self.event_claims = 0;
    }

    /// Begins a year.
    pub fn begin_year(&mut self) {
        *self = Cessions::default();
    }

    /// What reinsurers would pay of a claim (fen ≥ 0): within `0..=claim`.
    pub fn ceded(mut self, treaties: &Treaties, claim: Fen) -> Fen {
        self.cede(treaties, claim)
    }

    /// Notes a claim (fen ≥ 0) and returns what reinsurers pay of it.
    pub fn cede(&mut self, treaties: &Treaties, claim: Fen) -> Fen {
        if !treaties.in_force() {
            return 0;
        }
        let before = treaties.retained_of_event(self.event_claims);
        self.event_claims += claim;
        let retained = treaties.retained_of_event(self.event_claims) - before;
        let stopped = |retained: Fen| treaties.stop_loss.pay(retained, retained);
        let stop_before = stopped(self.year_retained);
        self.year_retained += retained;
        let stop = stopped(self.year_retained) - stop_before;
        (claim - retained + stop).clamp(0, claim)
    }
}

#[cfg(test)]
mod tests;
