//! Risk sharing 风险共担: who comes to the rescue, and who pays.
//!
//! *What it does.* Trains first responders who save lives before professionals arrive; sets the
//! layers of settlement (their arithmetic is in `settlement/`); insurers return a part of the
//! premium as prevention.
//!
//! *Equations.* Share of trained people f = min(f_max, f₀·m^ε), m = training money relative to
//! custom; among n bystanders one is trained with probability 1 − (1 − f)ⁿ. Share of the trapped
//! reached locally: 1 − (1 − L)^{(f/f₀)^ε·g}, g = effect of the rescue gear in stock. Prevention fee: removal of hazards rises with the
//! insured share × (fee − customary fee).

use serde::{Deserialize, Serialize};

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
    /// Shares trained besides, by where people work, in the long run.
    pub responders_by_place: RespondersByPlace,
    /// Share of the injuries of rescuers that is left with their protective equipment.
    pub responders_unprotected: f64,
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
        responders_by_place: RespondersByPlace {
            high_risk: levers.responders.high_risk,
            front_line: levers.responders.front_line,
            key_units: levers.responders.key_units,
        },
        responders_unprotected: 1.0
            - society.rescue.protection_effect * levers.responders.protection,
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

/// Shares of people trained as first responders because of where they work, beside those among all people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RespondersByPlace {
    /// Workers of high-risk fields.
    pub high_risk: f64,
    /// Front-line staff of services: transport, gas, public places.
    pub front_line: f64,
    /// Workers of key units.
    pub key_units: f64,
}

/// Where an event meets people, as far as training is keyed to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Workplace {
    /// In a high-risk field.
    pub high_risk: bool,
    /// Where staff serves the public.
    pub front_line: bool,
    /// In a key unit.
    pub key_unit: bool,
}

impl RespondersByPlace {
    /// Share of people at a place whom no training has reached, where `share` of all people are trained:
    /// Π(1 − share).
    pub fn untrained(&self, share: f64, place: Workplace) -> f64 {
        let besides = [
            (place.high_risk, self.high_risk),
            (place.front_line, self.front_line),
            (place.key_unit, self.key_units),
        ];
        let reached = besides.iter().filter(|(there, _)| *there);
        reached.fold(1.0 - share, |untrained, (_, share)| {
            untrained * (1.0 - share)
        })
    }

    /// Moves towards what is trained in the long run by the share of certificates that lapse.
    pub fn approach(&mut self, target: &Self, lapse: f64) {
        self.high_risk += lapse * (target.high_risk - self.high_risk);
        self.front_line += lapse * (target.front_line - self.front_line);
        self.key_units += lapse * (target.key_units - self.key_units);
    }
}

/// Trades whose staff serves the public: transport, gas, and the public places of fires (assumption).
pub fn serves_the_public(trade: Trade) -> bool {
    matches!(
        trade,
        Trade::RoadTransport | Trade::WaterTransport | Trade::Fire | Trade::TownGas
    )
}

/// Probability that one of `people` at the scene is trained, of whom a share is `untrained`.
pub fn responder_at_scene(untrained: f64, people: f64) -> f64 {
    1.0 - pow(untrained, people)
}

/// Share of the trapped whom people at the scene reach within an hour, with rescue gear `gear` times as
/// effective as the customary; mobilised volunteers reach the share `volunteers` of the others.
pub fn reached_locally(society: &Society, responder_share: f64, gear: f64, volunteers: f64) -> f64 {
    let natural = &society.natural;
    let relative = responder_share / society.citizens.first_responder_share;
    let neighbours = 1.0
        - pow(
            1.0 - natural.local_rescue_share,
            pow(relative, natural.local_rescue_exponent) * gear,
        );
    neighbours + (1.0 - neighbours) * volunteers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::world::sample;

    #[test]
    fn staff_of_four_trades_serves_the_public() {
        assert!(serves_the_public(Trade::Fire) && serves_the_public(Trade::RoadTransport));
        assert!(!serves_the_public(Trade::CoalMine) && !serves_the_public(Trade::Chemicals));
    }

    /// A local share of 0.36 with gear that doubles the hazard of being reached: 1 − 0.64² = 0.5904; volunteers
    /// reach a quarter of the others.
    #[test]
    fn rescue_gear_by_hand() {
        let mut society = sample::society().0;
        society.natural.local_rescue_share = 0.36;
        let usual = society.citizens.first_responder_share;
        assert!((reached_locally(&society, usual, 2.0, 0.0) - 0.5904).abs() < 1e-12);
        let with_volunteers = 0.5904 + 0.4096 / 4.0;
        assert!((reached_locally(&society, usual, 2.0, 0.25) - with_volunteers).abs() < 1e-12);
    }

    /// Two in a hundred everywhere, ten in a hundred in high-risk fields, half in key units.
    #[test]
    fn training_by_place_by_hand() {
        let besides = RespondersByPlace {
            high_risk: 0.1,
            front_line: 0.3,
            key_units: 0.5,
        };
        let place = |high_risk, front_line, key_unit| Workplace {
            high_risk,
            front_line,
            key_unit,
        };
        let untrained = |place| besides.untrained(0.02, place);
        assert_eq!(untrained(place(false, false, false)), 0.98);
        assert!((untrained(place(true, false, true)) - 0.98 * 0.9 * 0.5).abs() < 1e-15);
        assert!((responder_at_scene(0.5, 2.0) - 0.75).abs() < 1e-15);
        let mut stock = RespondersByPlace::default();
        stock.approach(&besides, 0.25);
        assert!((stock.key_units - 0.125).abs() < 1e-15);
    }
}
