//! Losses of natural disasters under the sharing arrangement of a policy.
//!
//! The ladder asks more than a table of losses says. What the table leaves open is assumed, and told:
//! the kind of asset, the hazard, the province. Cover is held as the society holds it at the start: a
//! claimant stands for owners of whom that share is insured. Funds can pay everything.

use super::{LayerTally, Name, Part, Settled, events, years};
use crate::model::record::Fen;
use crate::model::record::YearRecord;
use crate::model::settlement::arrangement::{Arrangement, GOVERNMENTS, Levels};
use crate::model::settlement::books::Books;
use crate::model::settlement::capital::Fund;
use crate::model::settlement::money::share;
use crate::model::settlement::natural::{NaturalEvent, StrikeLoss, StrikeOutcome, settle_natural};
use crate::model::settlement::terms::Amount;
use crate::scenario::losses::{Loss, named};
use crate::vocabulary::{Asset, Bearer, Layer, NaturalKind, Vocabulary};

/// The income fifth in which a claimant is counted: the middle one.
const FIFTH: usize = 2;

/// What is assumed where the table does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assumed {
    /// Hazard.
    pub hazard: NaturalKind,
    /// Province (position in the world).
    pub province: u16,
}

/// Settles all losses, event by event. `take_up` is the share of owners with household cover,
/// `province_of` finds the province that a word names.
pub fn under_policy(
    terms: &Arrangement,
    take_up: f64,
    losses: &[Loss],
    assumed: Assumed,
    province_of: impl Fn(&str) -> Option<u16>,
) -> Settled {
    let (first, count) = years(losses);
    let mut tallies = tallies(terms, count);
    let mut books = Books::new(terms, Fund::unlimited(), Fund::unlimited());
    let mut outcomes = Vec::new();
    let mut parts = Vec::new();
    let mut open_year = first;
    for event in events(losses) {
        let rows: Vec<&Loss> = event.iter().map(|loss| &losses[*loss]).collect();
        // Yearly limits are renewed; years without a loss need no closing of their own.
        if open_year < rows[0].year {
            books.close_year(terms, 0, &mut YearRecord::default(), &mut Vec::new());
            books.insurers = Fund::unlimited();
            books.pool = Fund::unlimited();
            open_year = rows[0].year;
        }
        let kind = rows.iter().find_map(|row| row.hazard);
        let natural = NaturalEvent {
            kind: kind.unwrap_or(assumed.hazard),
            owner: None,
        };
        let province = |row: &Loss| province_of(&row.province).unwrap_or(assumed.province);
        let strikes: Vec<StrikeLoss> = rows
            .iter()
            .map(|row| {
                let asset = asset_of(row);
                strike(asset, row.loss, row.intensity, province(row), take_up)
            })
            .collect();
        settle_natural(terms, &natural, &strikes, &mut books, &mut outcomes);
        let year = (rows[0].year - first) as usize;
        for (layer, tally) in tallies.iter_mut().enumerate() {
            tally.event(year, outcomes.iter().map(|one| one.by_layer[layer]).sum());
        }
        let severity = severities(terms, &strikes);
        for ((loss, strike), outcome) in event.iter().zip(&strikes).zip(&outcomes) {
            let levels = relief_levels(terms, severity[usize::from(strike.province)]);
            borne(terms, strike, outcome, levels, *loss, &mut parts);
        }
    }
    parts.sort_by_key(|part| part.loss);
    Settled {
        layers: words::<Layer>(),
        bearers: words::<Bearer>(),
        parts,
        tallies,
    }
}

/// The kind of asset that a loss is: as its row says, or as its group is called; housing otherwise.
pub(super) fn asset_of(loss: &Loss) -> Asset {
    loss.asset
        .or_else(|| named(&loss.group))
        .unwrap_or(Asset::Housing)
}

/// A loss (fen) of one kind of asset in a province, of owners of whom the share `take_up` holds
/// household cover.
pub(in crate::experiment) fn strike(
    asset: Asset,
    loss: Fen,
    intensity: f64,
    province: u16,
    take_up: f64,
) -> StrikeLoss {
    let mut strike = StrikeLoss {
        province,
        insured_share: [take_up; 5],
        relative_income: [1.0; 5],
        intensity,
        ..StrikeLoss::default()
    };
    match asset {
        Asset::Housing => {
            strike.housing[FIFTH] = loss;
            strike.homes[FIFTH] = 1;
        }
        Asset::HouseholdGoods => strike.goods[FIFTH] = loss,
        Asset::CropsLivestock => strike.crops[FIFTH] = loss,
        Asset::Enterprise => strike.enterprise = loss,
        Asset::Infrastructure => strike.infrastructure = loss,
    }
    strike
}

/// How far each province's loss is a catastrophe (0–1).
fn severities(terms: &Arrangement, strikes: &[StrikeLoss]) -> Vec<f64> {
    let severity =
        |(number, facts): (usize, &crate::model::settlement::arrangement::ProvinceFacts)| {
            let within = strikes
                .iter()
                .filter(|strike| usize::from(strike.province) == number);
            let lost: Fen = within.map(StrikeLoss::assets).sum();
            terms
                .relief
                .severity(lost as f64 / (100.0 * facts.gdp_yuan))
        };
    terms.provinces.iter().enumerate().map(severity).collect()
}

fn relief_levels(terms: &Arrangement, severity: f64) -> Levels {
    let relief = &terms.relief;
    relief
        .levels_ordinary
        .mixed(relief.levels_catastrophe, severity)
}

/// Who stands behind each layer's part of a loss.
fn borne(
    terms: &Arrangement,
    strike: &StrikeLoss,
    outcome: &StrikeOutcome,
    relief: Levels,
    loss: usize,
    parts: &mut Vec<Part>,
) {
    let municipality = terms.provinces[usize::from(strike.province)].municipality;
    let mut part = |layer: Layer, bearer: Bearer, fen: Fen| {
        if fen > 0 {
            parts.push(Part {
                loss,
                layer: layer.number(),
                bearer: bearer.number(),
                fen,
            });
        }
    };
    for layer in Layer::ALL.iter().copied() {
        let fen = outcome.by_layer[layer.number()];
        match layer {
            Layer::Relief => {
                for (bearer, fen) in GOVERNMENTS.into_iter().zip(relief.split(fen, municipality)) {
                    part(layer, bearer, fen);
                }
            }
            Layer::Retained => {
                part(
                    layer,
                    Bearer::Residents,
                    outcome.unpaid_by_fifth.iter().sum(),
                );
                part(layer, Bearer::Enterprises, outcome.enterprise_unpaid);
                let public = terms
                    .public_owner
                    .split(outcome.public_unpaid, municipality);
                for (bearer, fen) in GOVERNMENTS.into_iter().zip(public) {
                    part(layer, bearer, fen);
                }
            }
            _ => part(layer, behind(layer), fen),
        }
    }
}

/// The one bearer behind a layer.
fn behind(layer: Layer) -> Bearer {
    match layer {
        Layer::WorkInjury | Layer::Medical => Bearer::SocialInsurance,
        Layer::SafetyLiability
        | Layer::Property
        | Layer::Agricultural
        | Layer::EnterpriseProperty
        | Layer::PublicCover
        | Layer::IndexCover => Bearer::Insurers,
        Layer::Injurer => Bearer::Enterprises,
        Layer::Pool => Bearer::Pool,
        Layer::Reinsurance => Bearer::Reinsurers,
        Layer::Counterpart => Bearer::Province,
        Layer::Charity => Bearer::Charity,
        Layer::Relief | Layer::Retained => Bearer::Residents,
    }
}

fn words<K: Vocabulary>() -> Vec<Name> {
    let name = |word: &K| Name {
        key: word.key().to_owned(),
        zh: word.zh().to_owned(),
        en: word.en().to_owned(),
    };
    K::ALL.iter().map(name).collect()
}

/// Attachment and limit of an event's reinsurance (fen), where one contract alone is in force.
fn reinsurance(terms: &Arrangement) -> (Option<Fen>, Option<Fen>) {
    let (pool, treaties) = (&terms.pool, &terms.treaties);
    if !treaties.in_force() {
        return (
            Some(pool.reinsurance_attachment),
            Some(pool.reinsurance_limit),
        );
    }
    let others = pool.is_reinsured() || treaties.quota_share > 0.0 || treaties.stop_limit > 0.0;
    match treaties.excess.limit {
        Some(Amount::Flat(limit)) if !others => (Some(treaties.excess.attachment), Some(limit)),
        _ => (None, None),
    }
}

fn tallies(terms: &Arrangement, years: usize) -> Vec<LayerTally> {
    let pricing = &terms.pricing;
    let tally = |layer: &Layer| {
        let pool = &terms.pool;
        let (attachment, limit) = match layer {
            Layer::Pool => match pool.layer.limit {
                Some(Amount::Flat(limit)) => (
                    Some(pool.layer.attachment),
                    Some(share(limit, pool.layer.share)),
                ),
                _ => (Some(pool.layer.attachment), None),
            },
            Layer::Reinsurance => reinsurance(terms),
            Layer::PublicCover => (Some(terms.covers.public_trigger), None),
            _ => (None, None),
        };
        let loading = match behind(*layer) {
            Bearer::SocialInsurance => Some(pricing.statutory_loading),
            Bearer::Insurers | Bearer::Pool => Some(pricing.insurer_loading),
            // A quota share has the loading of the premiums of which it is a share.
            Bearer::Reinsurers if terms.treaties.quota_share > 0.0 => None,
            Bearer::Reinsurers => Some(pricing.reinsurance_loading),
            _ => None,
        };
        LayerTally {
            attachment,
            limit,
            loading,
            days: Some(terms.days[layer.number()]),
            ..LayerTally::new(years)
        }
    };
    Layer::ALL.iter().map(tally).collect()
}
