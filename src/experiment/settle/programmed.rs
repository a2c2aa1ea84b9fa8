//! Losses under a programme of layers.

use super::{LayerTally, Name, Part, Settled, events, years};
use crate::model::record::Fen;
use crate::model::settlement::portfolio::{Item, Programme};
use crate::model::settlement::terms::{Amount, LayerTerms};
use crate::scenario::losses::Loss;
use crate::scenario::programme::WrittenProgramme;

/// Settles all losses, event by event.
pub fn under_programme(written: &WrittenProgramme, losses: &[Loss]) -> Settled {
    let programme = &written.programme;
    let layers: Vec<Name> = names(programme);
    let (first, count) = years(losses);
    let mut tallies = tallies(written, count);
    let own = programme.layers().count();
    let mut parts = Vec::new();
    for event in events(losses) {
        let items: Vec<Item> = event.iter().map(|loss| item(&losses[*loss])).collect();
        let payments = programme.settle(&items);
        let year = (losses[event[0]].year - first) as usize;
        let paid = payments.layers.iter().chain(&payments.treaties);
        for (tally, paid) in tallies.iter_mut().zip(paid.chain([&payments.kept])) {
            tally.event(year, paid.iter().sum());
        }
        for (number, loss) in event.iter().enumerate() {
            let mut part = |layer: usize, bearer: usize, fen: Fen| {
                if fen > 0 {
                    let loss = *loss;
                    parts.push(Part {
                        loss,
                        layer,
                        bearer,
                        fen,
                    });
                }
            };
            for layer in 0..own {
                let net = payments.layers[layer][number] - payments.ceded[layer][number];
                part(layer, INSURERS, net);
            }
            for (treaty, paid) in payments.treaties.iter().enumerate() {
                part(own + treaty, REINSURERS, paid[number]);
            }
            part(layers.len() - 1, CLAIMANTS, payments.kept[number]);
        }
    }
    parts.sort_by_key(|part| part.loss);
    Settled {
        layers,
        bearers: bearers(),
        parts,
        tallies,
    }
}

const INSURERS: usize = 0;
const REINSURERS: usize = 1;
const CLAIMANTS: usize = 2;

fn bearers() -> Vec<Name> {
    let name = |key: &str, zh: &str, en: &str| Name {
        key: key.to_owned(),
        zh: zh.to_owned(),
        en: en.to_owned(),
    };
    vec![
        name("insurers", "商业保险机构", "insurers"),
        name("reinsurers", "再保险人", "reinsurers"),
        name("claimants", "受损方(自担)", "claimants"),
    ]
}

fn item(loss: &Loss) -> Item {
    Item {
        claimant: loss.claimant.clone(),
        group: loss.group.clone(),
        coverage: loss.coverage.clone(),
        // Where a share of value is used, every value is known.
        value: loss.value.unwrap_or(loss.loss),
        loss: loss.loss,
    }
}

/// Layers, reinsurance and what is retained.
fn names(programme: &Programme) -> Vec<Name> {
    let same = |name: &String| Name {
        key: name.clone(),
        zh: name.clone(),
        en: name.clone(),
    };
    let layers = programme.layers().map(|layer| same(&layer.name));
    let treaties = programme.treaties.iter().map(|treaty| same(&treaty.name));
    let retained = Name {
        key: "retained".to_owned(),
        zh: "自担".to_owned(),
        en: "retained by the owner".to_owned(),
    };
    layers.chain(treaties).chain([retained]).collect()
}

fn tallies(written: &WrittenProgramme, years: usize) -> Vec<LayerTally> {
    let tally = |terms: &LayerTerms| LayerTally {
        attachment: Some(terms.attachment),
        limit: match terms.limit {
            Some(Amount::Flat(limit)) => {
                let full = LayerTerms {
                    attachment: 0,
                    cession: 1.0,
                    deductible: Amount::Flat(0),
                    ..*terms
                };
                Some(full.pay(limit, limit))
            }
            _ => None,
        },
        loading: written.loading,
        ..LayerTally::new(years)
    };
    let programme = &written.programme;
    let layers = programme.layers().map(|layer| tally(&layer.terms));
    let treaties = programme
        .treaties
        .iter()
        .map(|treaty| tally(&treaty.per_event));
    layers
        .chain(treaties)
        .chain([LayerTally::new(years)])
        .collect()
}
