//! An event as a policy met it.

use super::{Fen, Report};
use crate::model::settlement::ledger::{BEARERS, public};
use crate::vocabulary::{Bearer, Kind, Owner, Phase, Vocabulary};

/// One event as one policy met it.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts of one event, each independent of the others"
)]
pub struct EventRow {
    /// Week since the end of the burn-in.
    pub week: u32,
    /// Identity of the candidate (the same under every policy).
    pub event: u64,
    /// Identity of the parent; 0 = none.
    pub parent: u64,
    /// Generation in the cascade; 0 = root.
    pub generation: u32,
    /// Kind.
    pub kind: Kind,
    /// Province in which it began (position).
    pub province: u32,
    /// Magnitude: M for earthquakes, severity S for other hazards, potential dead for accidents, cases or people for the rest.
    pub magnitude: f64,
    /// Share of the people struck who were warned in time.
    pub warned_share: f64,
    /// Hours to the arrival of professional rescue.
    pub hours_to_reach: f64,
    /// Whether teams contained it before it could set off another.
    pub contained: bool,
    /// Events that it set off, among them those that the public's reaction did.
    pub children: u32,
    /// Deaths.
    pub deaths: u64,
    /// Deaths as reported.
    pub deaths_reported: u64,
    /// Injured.
    pub injuries: u64,
    /// Counties struck.
    pub counties: u32,
    /// Loss (fen): assets and bodily.
    pub loss_fen: Fen,
    /// The loss by who finally bears it (fen), in the order of [`Bearer`].
    pub borne_fen: [Fen; BEARERS],
    /// The phase that failed.
    pub failed_phase: Option<Phase>,
    /// Owner of the phase that failed; `None` = nobody.
    pub failed_owner: Option<Owner>,
    /// Whether nobody did the duty of that phase.
    pub neglected: bool,
    /// Hours between the forecast of a natural danger and its onset; 0 for the others.
    pub lead_hours: f64,
    /// Whether a person trained to help was at the scene.
    pub helped: bool,
    /// Whether the care of the enterprise lay below the standard (accidents).
    pub below_standard: bool,
    /// How it was reported (accidents).
    pub report: Report,
}

impl EventRow {
    fn borne(&self, bearers: &[Bearer]) -> Fen {
        bearers
            .iter()
            .map(|bearer| self.borne_fen[bearer.number()])
            .sum()
    }

    /// Paid by insurance of every kind (fen).
    pub fn insured_fen(&self) -> Fen {
        use Bearer::{Insurers, Pool, Reinsurers, SocialInsurance};
        self.borne(&[SocialInsurance, Insurers, Pool, Reinsurers])
    }

    /// Borne by governments (fen).
    pub fn public_fen(&self) -> Fen {
        public(&self.borne_fen)
    }

    /// Left with residents (fen).
    pub fn uncompensated_fen(&self) -> Fen {
        self.borne(&[Bearer::Residents])
    }
}
