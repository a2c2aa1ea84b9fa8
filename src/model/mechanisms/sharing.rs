//! Risk sharing 风险共担: who comes to the rescue, and who pays.
//!
//! *What it does.* Trains first responders who save lives before professionals arrive; sets the
//! layers of settlement (their arithmetic is in `settlement/`); insurers return a part of the
//! premium as prevention.
//!
//! *Equations.* Share of trained people f = min(f_max, f₀·m^ε), m = training money relative to
//! custom; among n bystanders one is trained with probability 1 − (1 − f)ⁿ. Share of the trapped
//! reached locally: 1 − (1 − L)^{(f/f₀)^ε}. Prevention fee: removal of hazards rises with the
//! insured share × (fee − customary fee).

use super::Money;
use crate::model::transcendental::pow;
use crate::scenario::policy::Sharing;
use crate::scenario::society::Society;
use crate::vocabulary::{BudgetFunction, Table, Trade};

/// What the mechanism hands to the engine (besides the terms of its layers).
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Share of people trained as first responders, in the long run.
    pub responder_share: f64,
    /// Share of establishments with safety-liability cover, by trade.
    pub liability_take_up: Table<Trade, f64>,
    /// Share of an insured claim that experience rating charges back to the firm.
    pub experience_rating: f64,
    /// Extra removal of hazards that insurers pay for (1/year), by trade.
    pub prevention_removal: Table<Trade, f64>,
    /// Relief that residents expect: share of eligible loss.
    pub announced_relief: f64,
}

/// Removal of hazards a year when all establishments are insured and the fee is 10 points higher.
const PREVENTION_REMOVAL: f64 = 0.10;

/// The effect of a policy's sharing table and its training money.
pub fn effect(levers: &Sharing, society: &Society, money: &Money, custom_fee: f64) -> Effect {
    let take_up = society.trades.map(|_, trade| {
        if trade.safety_liability_compulsory {
            levers.safety_liability.take_up_compulsory
        } else {
            levers.safety_liability.take_up_others
        }
    });
    let fee = (levers.safety_liability.prevention_fee_share - custom_fee) / 0.10;
    Effect {
        responder_share: responder_share(society, money.relative(BudgetFunction::Train)),
        prevention_removal: take_up.map(|_, share| PREVENTION_REMOVAL * share * fee),
        liability_take_up: take_up,
        experience_rating: levers.experience_rating,
        announced_relief: levers.relief.share_ordinary,
    }
}

/// Share of trained people at training money `relative` to custom.
pub fn responder_share(society: &Society, relative: f64) -> f64 {
    let share = society.citizens.first_responder_share
        * pow(relative, society.government.responder_money_exponent);
    share.min(society.government.responder_share_max)
}

/// Probability that one of `people` at the scene is trained.
pub fn responder_at_scene(share: f64, people: f64) -> f64 {
    1.0 - pow(1.0 - share, people)
}

/// Share of the trapped whom people at the scene reach within an hour; mobilised volunteers reach
/// the share `volunteers` of the others.
pub fn reached_locally(society: &Society, responder_share: f64, volunteers: f64) -> f64 {
    let natural = &society.natural;
    let relative = responder_share / society.citizens.first_responder_share;
    let neighbours = 1.0
        - pow(
            1.0 - natural.local_rescue_share,
            pow(relative, natural.local_rescue_exponent),
        );
    neighbours + (1.0 - neighbours) * volunteers
}
