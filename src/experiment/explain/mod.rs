//! One loss under a policy, step by step: who was responsible in each phase, what care the rule made
//! rational, which layer pays what – by the engine's own duties, decisions and settlement.

mod care;
mod duties;
mod payments;
#[cfg(test)]
mod tests;

pub use care::Care;
pub use duties::{Duties, PhaseDuty};
pub use payments::{Cover, Paid, Way};

use crate::model::record::Fen;
use crate::model::{Model, Regime};
use crate::vocabulary::{Asset, Category, NaturalKind, SizeClass, Trade};

/// What the loss strikes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Struck {
    /// An accident of an enterprise: the loss is its own damage and that of its neighbours' property;
    /// the dead and injured are a loss besides.
    Accident {
        /// Trade.
        trade: Trade,
        /// Size class.
        size: SizeClass,
        /// Dead (people).
        deaths: u32,
        /// Injured (people).
        injured: u32,
    },
    /// A kind of asset, struck by a natural hazard.
    Natural {
        /// Asset.
        asset: Asset,
        /// Hazard.
        hazard: NaturalKind,
        /// Intensity, as parametric cover measures it.
        intensity: f64,
    },
}

impl Struck {
    /// Category of the danger.
    pub fn category(self) -> Category {
        match self {
            Struck::Accident { .. } => Category::Accident,
            Struck::Natural { .. } => Category::Natural,
        }
    }
}

/// One loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// Loss of assets (fen).
    pub loss: Fen,
    /// What it strikes.
    pub struck: Struck,
    /// Province (position in the world).
    pub province: u16,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// Who was responsible.
    pub duties: Duties,
    /// What care the rule made rational; `None` for nature, and for a class that the society does not have.
    pub care: Option<Care>,
    /// Who pays what, with and without cover where some hold it.
    pub ways: Vec<Way>,
}

/// Explains a loss under a policy; `baseline` is the regime under which the society is at rest.
pub fn explain(
    model: &Model,
    baseline: &Regime,
    regime: &Regime,
    question: &Question,
) -> Explained {
    let municipality = model.world.provinces[usize::from(question.province)].municipality;
    let care = match question.struck {
        Struck::Accident { trade, size, .. } => {
            care::care(model, baseline, regime, (trade, size), question)
        }
        Struck::Natural { .. } => None,
    };
    Explained {
        duties: duties::duties(regime, question.struck.category(), municipality),
        care,
        ways: payments::ways(
            model,
            regime,
            question,
            care.is_none_or(|care| care.negligent),
        ),
    }
}
