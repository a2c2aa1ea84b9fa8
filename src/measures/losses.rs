//! Losses, who bears them and which layer pays.

use super::{Figures, Measure, Part, Subject, ratio, yuan};
use crate::model::record::{Resource, RunRecord, YearRecord};
use crate::vocabulary::{Asset, Bearer, Category, Layer, Vocabulary};

/// Layers of commercial cover, pool, reinsurance and parametric cover.
const INSURANCE_LAYERS: [Layer; 8] = [
    Layer::SafetyLiability,
    Layer::Property,
    Layer::Agricultural,
    Layer::EnterpriseProperty,
    Layer::PublicCover,
    Layer::Pool,
    Layer::Reinsurance,
    Layer::IndexCover,
];

pub(super) fn add(figures: &mut Figures) {
    damage(figures);
    bearers(figures);
    layers(figures);
}

/// Assets destroyed of one category (yuan).
pub(super) fn damage_yuan(year: &YearRecord, category: Category) -> f64 {
    yuan(year.damage_fen[category].values().iter().sum())
}

fn damage(figures: &mut Figures) {
    figures.by_category(Measure::DirectLoss, damage_yuan);
    for &category in Category::ALL {
        for &asset in Asset::ALL {
            let value = figures.yearly(|year| yuan(year.damage_fen[category][asset]));
            let subject = Subject {
                measure: Measure::DirectLoss,
                category: Some(category),
                part: Part::Asset(asset),
            };
            figures.push(subject, value);
        }
    }
    figures.by_category(Measure::BodilyLoss, |year, category| {
        yuan(year.bodily_fen[category])
    });
    figures.whole(
        Measure::LossMoved,
        figures.yearly(|year| yuan(year.loss_moved_fen)),
    );
    let lost = figures.yearly(|year| year.resource_yuan[Resource::LostOutput]);
    figures.whole(Measure::LostOutput, lost);
}

fn borne(year: &YearRecord) -> f64 {
    yuan(year.borne_fen.values().iter().sum())
}

fn bearers(figures: &mut Figures) {
    figures.by_part(Measure::LossBorne, Part::Bearer, |year| &year.borne_fen);
    for &bearer in Bearer::ALL {
        let value = figures.yearly(|year| yuan(year.borne_natural_fen[bearer]));
        let subject = Subject {
            measure: Measure::LossBorne,
            category: Some(Category::Natural),
            part: Part::Bearer(bearer),
        };
        figures.push(subject, value);
    }
    let total = figures.sum(borne);
    for &bearer in Bearer::ALL {
        let value = ratio(figures.sum(|year| yuan(year.borne_fen[bearer])), total);
        figures.part(Measure::LossBorneShare, Part::Bearer(bearer), value);
    }
    for &bearer in Bearer::ALL {
        let value = figures.yearly(|year| yuan(year.borne_fen[bearer] - year.transfer_fen[bearer]));
        figures.part(Measure::LossBorneNet, Part::Bearer(bearer), value);
    }
    let residents = ratio(
        figures.sum(|year| yuan(year.borne_fen[Bearer::Residents])),
        total,
    );
    figures.whole(Measure::ResidentsShare, residents);
}

fn layers(figures: &mut Figures) {
    let insured = figures.sum(|year| {
        INSURANCE_LAYERS
            .iter()
            .map(|&layer| yuan(year.paid_fen[layer]))
            .sum::<f64>()
    });
    let total = figures.sum(borne);
    figures.whole(Measure::InsuredShare, ratio(insured, total));
    let relief = relief_share(figures.record);
    figures.whole(Measure::ReliefShare, relief);
    for &layer in Layer::ALL {
        let value = figures.yearly(|year| yuan(year.paid_fen[layer]));
        figures.part(Measure::PaidByLayer, Part::Layer(layer), value);
    }
}

/// Relief over the loss of natural disasters, from the ledger.
fn relief_share(record: &RunRecord) -> f64 {
    let natural = record
        .ledger
        .iter()
        .filter(|row| row.category == Category::Natural);
    let (relief, loss) = natural.fold((0, 0), |(relief, loss), row| {
        let paid = if row.layer == Layer::Relief {
            row.amount_fen
        } else {
            0
        };
        (relief + paid, loss + row.amount_fen)
    });
    ratio(yuan(relief), yuan(loss))
}
