//! Who is responsible in each phase, how far it is executed, and what is lost between phases.

use crate::model::Regime;
use crate::vocabulary::{Category, Owner, Phase, Vocabulary};

/// Responsibility for one phase.
#[derive(Clone, Debug, PartialEq)]
pub struct PhaseDuty {
    /// Phase.
    pub phase: Phase,
    /// Who leads; `None` = nobody.
    pub lead: Option<Owner>,
    /// Owners with their shares, the largest first.
    pub owners: Vec<(Owner, f64)>,
    /// Share of the duty that is executed.
    pub execution: f64,
}

impl PhaseDuty {
    /// Sum of the shares: below 1 a gap, above 1 an overlap.
    pub fn assigned(&self) -> f64 {
        self.owners.iter().map(|(_, share)| share).sum()
    }
}

/// Responsibility for a category of danger.
#[derive(Clone, Debug, PartialEq)]
pub struct Duties {
    /// The four phases.
    pub phases: Vec<PhaseDuty>,
    /// Hours lost between warning and response.
    pub hours_to_response: f64,
    /// Hours lost between response and recovery.
    pub hours_to_recovery: f64,
    /// Probability that a warning is lost on its way.
    pub message_loss: f64,
}

/// The duties of a category under a policy, in an ordinary province or a municipality.
pub(super) fn duties(regime: &Regime, category: Category, municipality: bool) -> Duties {
    let effect = &regime.effects.responsibility;
    let class = usize::from(municipality);
    let phase = |phase: &Phase| {
        let shares = regime.matrix.share[category][*phase].iter();
        let mut owners: Vec<(Owner, f64)> = shares
            .map(|(owner, share)| (owner, *share))
            .filter(|(_, share)| *share > 0.0)
            .collect();
        owners.sort_by(|one, other| other.1.total_cmp(&one.1));
        PhaseDuty {
            phase: *phase,
            lead: regime.matrix.lead[category][*phase],
            owners,
            execution: effect.execution[class][category][*phase],
        }
    };
    Duties {
        phases: Phase::ALL.iter().map(phase).collect(),
        hours_to_response: effect.handover_hours[category],
        hours_to_recovery: effect.recovery_hours[category],
        message_loss: effect.message_loss[category],
    }
}
