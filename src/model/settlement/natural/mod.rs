//! The ladder of one natural event: all counties struck at once, because a pool, a trigger and a
//! province's relief look at the event and not at a county.
//!
//! Nature owes nothing, so the ladder is: social insurance → own covers → resident cover bought by a
//! government → pool and reinsurance → relief (with parametric cover behind it) → counterpart aid →
//! charity → the owner. Triggers and severity look at asset loss (direct economic loss); bodily loss
//! goes down the ladder beside it.

mod covers;
mod pool;
mod public;

use super::arrangement::Arrangement;
use super::books::Books;
use super::ledger::{EventTotals, LAYERS, Labels};
use super::money::{Fen, sum};
use crate::vocabulary::{Category, Cause, Layer, NaturalKind, Owner, Vocabulary};

/// What the ladder needs to know of the event as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NaturalEvent {
    /// Hazard.
    pub kind: NaturalKind,
    /// Owner of the phase that failed; `None` = nobody.
    pub owner: Option<Owner>,
}

/// Loss of one county in one event (fen ≥ 0; arrays by income fifth, poorest first).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StrikeLoss {
    /// County (position in the world).
    pub county: u32,
    /// Its province.
    pub province: u16,
    /// Housing.
    pub housing: [Fen; 5],
    /// Household goods.
    pub goods: [Fen; 5],
    /// Crops and livestock.
    pub crops: [Fen; 5],
    /// Enterprises' assets.
    pub enterprise: Fen,
    /// Infrastructure and public facilities.
    pub infrastructure: Fen,
    /// Treatment and lost earnings of the injured.
    pub bodily: [Fen; 5],
    /// Part of all bodily loss that is treatment.
    pub treatment: Fen,
    /// Dead and missing (people).
    pub deaths: [u32; 5],
    /// Those of them who were at work; their statutory death tariff is added to the bodily loss.
    pub at_work_dead: u32,
    /// Share of homes with household property cover.
    pub insured_share: [f64; 5],
    /// Homes struck (each insured one bears a deductible).
    pub homes: [u32; 5],
    /// Income relative to the mean (for motor cover).
    pub relative_income: [f64; 5],
    /// Intensity that parametric cover measures.
    pub intensity: f64,
    /// Basis error: a standard normal number.
    pub index_noise: f64,
}

impl StrikeLoss {
    /// Loss of assets (fen).
    pub fn assets(&self) -> Fen {
        let residents = [&self.housing, &self.goods, &self.crops].map(|parts| sum(parts));
        sum(&[sum(&residents), self.enterprise, self.infrastructure])
    }

    /// Bodily loss (fen): treatment, earnings, the statutory tariff of those who died at work.
    pub fn bodily_loss(&self, terms: &Arrangement) -> Fen {
        let tariff = Fen::from(self.at_work_dead).saturating_mul(terms.statutory.worker_death);
        sum(&self.bodily).saturating_add(tariff)
    }
}

/// Where one county's loss went (fen), as far as recovery, citizens and budgets need it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StrikeOutcome {
    /// Left with residents: property and bodily.
    pub unpaid_by_fifth: [Fen; 5],
    /// Residents' property paid by household, motor and agricultural insurance, resident cover and pool.
    pub insured: Fen,
    /// Residents' property paid by relief.
    pub relief: Fen,
    /// Residents' property paid by counterpart aid and charity.
    pub aid: Fen,
    /// Σ payment × days until it arrives, over `insured`, `relief` and `aid` (fen·days).
    pub payment_days: f64,
    /// Consolation for the dead (a transfer).
    pub consolation: Fen,
    /// Left with enterprises.
    pub enterprise_unpaid: Fen,
    /// Public assets paid by insurance, parametric cover and counterpart aid.
    pub public_paid: Fen,
    /// Public assets left with their owners: to be rebuilt from public money.
    pub public_unpaid: Fen,
    /// The whole loss by the layer that bore it, in the order of [`Layer`].
    pub by_layer: [Fen; LAYERS],
}

impl StrikeOutcome {
    /// Notes what a layer bears (fen).
    #[inline]
    fn borne(&mut self, layer: Layer, fen: Fen) {
        self.by_layer[layer.number()] += fen;
    }

    /// Mean days until external money reaches residents; 0 if none does.
    pub fn mean_days_to_payment(&self) -> f64 {
        let paid = self.insured + self.relief + self.aid;
        if paid > 0 {
            self.payment_days / paid as f64
        } else {
            0.0
        }
    }
}

/// What is still unpaid in a county.
#[derive(Clone, Copy, Debug, Default)]
struct Rest {
    housing: [Fen; 5],
    goods: [Fen; 5],
    crops: [Fen; 5],
    enterprise: Fen,
    infrastructure: Fen,
    bodily: [Fen; 5],
}

/// Sums of one province in the event.
#[derive(Clone, Copy, Debug, Default)]
struct ProvinceSums {
    assets: Fen,
    deaths: u64,
    severity: f64,
    relief_share: f64,
    counterpart_share: f64,
    relief: Fen,
    public_unpaid: Fen,
}

/// Buffers that are used again for every event.
#[derive(Clone, Debug, Default)]
pub(super) struct Workspace {
    rests: Vec<Rest>,
    provinces: Vec<ProvinceSums>,
}

/// One event on its way down.
struct Descent<'a> {
    terms: &'a Arrangement,
    /// Whether resident cover, pool and parametric cover insure this hazard.
    catastrophe_kind: bool,
    /// Asset loss of the whole event (fen).
    assets: Fen,
    strikes: &'a [StrikeLoss],
    rests: &'a mut [Rest],
    provinces: &'a mut [ProvinceSums],
    books: &'a mut Books,
    out: &'a mut [StrikeOutcome],
}

/// Settles one natural event: posts its whole loss, moves its transfers, and says for every strike
/// (same order) what became of it.
pub fn settle_natural(
    terms: &Arrangement,
    event: &NaturalEvent,
    strikes: &[StrikeLoss],
    books: &mut Books,
    out: &mut Vec<StrikeOutcome>,
) -> EventTotals {
    let mut workspace = std::mem::take(&mut books.workspace);
    let (assets, bodily) = workspace.begin(terms, strikes);
    out.clear();
    out.resize(strikes.len(), StrikeOutcome::default());
    let labels = Labels {
        category: Category::Natural,
        cause: Cause::Nature,
        owner: event.owner,
    };
    books.open_event(labels, assets.saturating_add(bodily), bodily);
    let mut descent = Descent {
        terms,
        catastrophe_kind: is_catastrophe_kind(event.kind),
        assets,
        strikes,
        rests: &mut workspace.rests,
        provinces: &mut workspace.provinces,
        books,
        out,
    };
    descent.social_insurance();
    descent.own_covers();
    descent.pool();
    descent.relief_and_aid();
    descent.governments_share();
    descent.consolation();
    books.workspace = workspace;
    books.ledger.close_event()
}

/// Kinds that resident cover, pool and parametric cover insure.
pub fn is_catastrophe_kind(kind: NaturalKind) -> bool {
    matches!(
        kind,
        NaturalKind::Flood
            | NaturalKind::Typhoon
            | NaturalKind::Earthquake
            | NaturalKind::Geological
    )
}

impl Workspace {
    /// Copies the losses and sums them; returns asset and bodily loss of the event (fen).
    fn begin(&mut self, terms: &Arrangement, strikes: &[StrikeLoss]) -> (Fen, Fen) {
        self.rests.clear();
        self.provinces.clear();
        self.provinces
            .resize(terms.provinces.len(), ProvinceSums::default());
        let (mut assets, mut bodily) = (0, 0);
        for strike in strikes {
            self.rests.push(Rest {
                housing: strike.housing,
                goods: strike.goods,
                crops: strike.crops,
                enterprise: strike.enterprise,
                infrastructure: strike.infrastructure,
                bodily: strike.bodily,
            });
            let province = &mut self.provinces[usize::from(strike.province)];
            let lost = strike.assets();
            province.assets = province.assets.saturating_add(lost);
            province.deaths += strike
                .deaths
                .iter()
                .map(|dead| u64::from(*dead))
                .sum::<u64>();
            assets = lost.saturating_add(assets);
            bodily = strike.bodily_loss(terms).saturating_add(bodily);
        }
        for (sums, facts) in self.provinces.iter_mut().zip(&terms.provinces) {
            if sums.assets == 0 {
                continue;
            }
            let loss_per_product = sums.assets as f64 / (100.0 * facts.gdp_yuan);
            let relief = &terms.relief;
            sums.severity = relief.severity(loss_per_product);
            sums.relief_share = relief.share_ordinary
                + sums.severity * (relief.share_catastrophe - relief.share_ordinary);
            if loss_per_product > terms.aid.counterpart_trigger {
                sums.counterpart_share = terms.aid.counterpart;
            }
        }
        (assets, bodily)
    }
}

/// Notes money that reaches residents through a layer after its usual delay.
fn arrives(outcome: &mut StrikeOutcome, terms: &Arrangement, layer: Layer, fen: Fen) {
    outcome.payment_days += fen as f64 * terms.days[layer.number()];
}

#[cfg(test)]
mod tests;
