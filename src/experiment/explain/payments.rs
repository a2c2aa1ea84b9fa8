//! Which layer pays what: one claim through the engine's settlement, with and without cover.

use super::{Question, Struck};
use crate::experiment::settle::strike;
use crate::model::record::{Fen, YearRecord};
use crate::model::settlement::accident::{AccidentClaim, settle_accident};
use crate::model::settlement::books::Books;
use crate::model::settlement::capital::Fund;
use crate::model::settlement::money::{from_yuan, share};
use crate::model::settlement::natural::{NaturalEvent, settle_natural};
use crate::model::stages::settle::{fine_imposed, harm_claimed};
use crate::model::stages::{Harm, settle};
use crate::model::{Model, Regime};
use crate::vocabulary::{Asset, Bearer, Layer, SizeClass, Trade};

/// Whether the one who is struck holds the cover that only some hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// Everybody is in the same position.
    Same,
    /// Holds cover.
    Held,
    /// Holds none.
    NotHeld,
}

/// What one layer lets one bearer pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    /// Layer.
    pub layer: Layer,
    /// Bearer.
    pub bearer: Bearer,
    /// Amount (fen).
    pub fen: Fen,
}

/// One way that it can go.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// Whether cover is held.
    pub cover: Cover,
    /// Share of those like the one who is struck who hold each cover: liability and property for
    /// an enterprise, household for a home.
    pub held_by: Vec<(Layer, f64)>,
    /// Payments, in the order of the layers; they sum to the loss.
    pub paid: Vec<Paid>,
    /// Fine that the enterprise pays besides (fen): a transfer, not a part of the loss.
    pub fine: Fen,
}

/// The ways that it can go; one if cover makes no difference.
pub(super) fn ways(
    model: &Model,
    regime: &Regime,
    question: &Question,
    negligent: bool,
) -> Vec<Way> {
    let held_by = held_by(regime, question);
    let holds = |layer: Layer| {
        held_by
            .iter()
            .any(|(cover, share)| *cover == layer && *share > 0.0)
    };
    let way = |held: bool| match question.struck {
        Struck::Accident {
            trade,
            size,
            deaths,
            injured,
        } => {
            let means = AccidentClaim {
                negligent,
                liability_insured: held && holds(Layer::SafetyLiability),
                property_insured: held && holds(Layer::EnterpriseProperty),
                ..AccidentClaim::default()
            };
            let people = [deaths, injured];
            accident(model, regime, question.loss, (trade, size), people, means)
        }
        Struck::Natural { .. } => (natural(regime, question, held && holds(Layer::Property)), 0),
    };
    let make = |cover, (paid, fine)| Way {
        cover,
        held_by: held_by.clone(),
        paid,
        fine,
    };
    let (with, without) = (way(true), way(false));
    if with == without {
        return vec![make(Cover::Same, with)];
    }
    if held_by.iter().all(|(_, share)| *share >= 1.0) {
        return vec![make(Cover::Held, with)];
    }
    vec![make(Cover::Held, with), make(Cover::NotHeld, without)]
}

fn held_by(regime: &Regime, question: &Question) -> Vec<(Layer, f64)> {
    match question.struck {
        Struck::Accident { trade, .. } => vec![
            (
                Layer::SafetyLiability,
                regime.effects.sharing.liability_take_up[trade],
            ),
            (
                Layer::EnterpriseProperty,
                regime.policy.sharing.enterprise_property.take_up,
            ),
        ],
        Struck::Natural {
            asset: Asset::Housing,
            ..
        } => vec![(Layer::Property, regime.take_up_in_tariff)],
        Struck::Natural { .. } => Vec::new(),
    }
}

fn books(regime: &Regime) -> Books {
    Books::new(&regime.arrangement, Fund::unlimited(), Fund::unlimited())
}

/// The ledger's rows of the one event.
fn rows(mut books: Books, regime: &Regime) -> Vec<Paid> {
    let mut rows = Vec::new();
    books.close_year(
        &regime.arrangement,
        0,
        &mut YearRecord::default(),
        &mut rows,
    );
    let rows = rows.into_iter();
    rows.map(|row| Paid {
        layer: row.layer,
        bearer: row.bearer,
        fen: row.amount_fen,
    })
    .collect()
}

fn natural(regime: &Regime, question: &Question, held: bool) -> Vec<Paid> {
    let Struck::Natural {
        asset,
        hazard,
        intensity,
    } = question.struck
    else {
        return Vec::new();
    };
    let mut books = books(regime);
    let event = NaturalEvent {
        kind: hazard,
        owner: None,
    };
    let take_up = f64::from(u8::from(held));
    let strike = strike(asset, question.loss, intensity, question.province, take_up);
    settle_natural(
        &regime.arrangement,
        &event,
        &[strike],
        &mut books,
        &mut Vec::new(),
    );
    rows(books, regime)
}

/// An accident with this loss of assets: the enterprise's own damage with the neighbours' property in
/// the engine's proportion to it.
fn accident(
    model: &Model,
    regime: &Regime,
    loss: Fen,
    (trade, size): (Trade, SizeClass),
    [deaths, injured]: [u32; 2],
    means: AccidentClaim,
) -> (Vec<Paid>, Fen) {
    let society = &model.society;
    let facts = &society.trades[trade];
    let harm = Harm {
        deaths,
        third_party_deaths: share(Fen::from(deaths), facts.third_party_share) as u32,
        reported: deaths,
        known: true,
        injuries: injured,
        ..Harm::default()
    };
    let beside = settle::third_party_property(society, facts, 1.0);
    let own = loss as f64 / 100.0 / (1.0 + beside);
    let claimed = harm_claimed(society, facts, &harm, own);
    let fine = fine_imposed(&society.government, regime.firm_severity, harm.reported);
    let claim = AccidentClaim {
        // What rounding leaves of the loss is own damage.
        own_damage: loss - claimed.third_party_property.min(loss),
        third_party_property: claimed.third_party_property.min(loss),
        negligent: means.negligent,
        liability_insured: means.liability_insured,
        property_insured: means.property_insured,
        assets_liquid: from_yuan(facts.sizes[size].assets_liquid_median_yuan),
        fine: from_yuan(fine),
        third_party_insured: regime.take_up_in_tariff,
        ..claimed
    };
    let mut books = books(regime);
    let outcome = settle_accident(&regime.arrangement, &claim, &mut books);
    (rows(books, regime), outcome.fine_paid)
}
