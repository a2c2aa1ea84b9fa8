//! What there is in a society and a policy for levers to act on.

use super::super::duties::TOLERANCE;
use super::super::subject::Subject;
use crate::model::settlement::natural::is_catastrophe_kind;
use crate::scenario::society::Hazard;
use crate::vocabulary::{Asset, Category, NaturalKind, Owner, Phase, Table, Trade, Vocabulary};

pub(super) fn workers_where(subject: &Subject<'_>, among: impl Fn(Trade) -> bool) -> bool {
    let mut trades = subject.engine.workers().iter();
    trades.any(|(trade, workers)| *workers > 0.0 && among(trade))
}

pub(super) fn compulsory(subject: &Subject<'_>, trade: Trade) -> bool {
    subject.society.society.trades[trade].safety_liability_compulsory
}

/// Whether a hazard of a kind comes to this society.
pub(super) fn strikes(subject: &Subject<'_>, kind: NaturalKind) -> bool {
    let exposed = subject
        .society
        .tables
        .exposure
        .iter()
        .any(|row| match kind {
            NaturalKind::Typhoon => row.landfalls > 0.0,
            _ => row.index[kind] > 0.0,
        });
    exposed && subject.society.society.hazards[kind].events_per_year > 0.0
}

pub(super) fn any_hazard(subject: &Subject<'_>, among: impl Fn(&Hazard) -> bool) -> bool {
    let mut kinds = subject.society.society.hazards.iter();
    kinds.any(|(kind, hazard)| strikes(subject, kind) && among(hazard))
}

pub(super) fn any_catastrophe(subject: &Subject<'_>) -> bool {
    let mut kinds = NaturalKind::ALL.iter();
    kinds.any(|kind| is_catastrophe_kind(*kind) && strikes(subject, *kind))
}

pub(super) fn can_be_lost(subject: &Subject<'_>, asset: Asset) -> bool {
    subject.engine.stock_yuan(asset) > 0.0
        && any_hazard(subject, |hazard| hazard.damage_ratio[asset] > 0.0)
}

pub(super) fn old_plant(subject: &Subject<'_>) -> bool {
    let trades = &subject.society.society.trades;
    workers_where(subject, |trade| trades[trade].retirement_rule_applies)
}

pub(super) fn several_provinces(subject: &Subject<'_>) -> bool {
    subject.society.tables.provinces.len() > 1
}

/// Whether any duty is joint: the shares of a cell sum to more than one.
pub(super) fn overlaps(subject: &Subject<'_>) -> bool {
    let matrix = &subject.policy.matrix;
    let above = |shares: &Table<Owner, f64>| shares.values().iter().sum::<f64>() > 1.0 + TOLERANCE;
    let cells = matrix.share.values().iter().flat_map(Table::values);
    let novel = matrix.novel_share.values().iter().flatten();
    cells.chain(novel).any(above)
}

/// Whether the lead of any category changes from a phase to the next, or a phase has none.
pub(super) fn handovers(subject: &Subject<'_>) -> bool {
    let lead = &subject.policy.matrix.lead;
    let changes = |category: Category| {
        let mut pairs = Phase::ALL.windows(2);
        pairs.any(|pair| {
            lead[category][pair[0]] != lead[category][pair[1]] || lead[category][pair[0]].is_none()
        })
    };
    Category::ALL.iter().copied().any(changes)
}
