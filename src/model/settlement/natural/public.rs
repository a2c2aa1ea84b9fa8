//! Last steps of a natural event's ladder: relief and the parametric cover behind it, counterpart
//! aid, charity, and the owner who keeps the rest.

use super::{Descent, ProvinceSums, Rest, StrikeLoss, StrikeOutcome, arrives, sum};
use crate::model::settlement::arrangement::{Arrangement, GOVERNMENTS, Levels};
use crate::model::settlement::books::Books;
use crate::model::settlement::money::{Fen, share, split};
use crate::model::transcendental::exp;
use crate::vocabulary::{Bearer, Layer};

/// Sums of the event's last steps (fen).
#[derive(Default)]
struct LastSteps {
    index: Fen,
    ceded: Fen,
    counterpart: Fen,
    charity: Fen,
    enterprises: Fen,
    residents: [Fen; 5],
}

impl Descent<'_> {
    /// Relief on uncovered eligible need of residents, parametric cover of the governments' need,
    /// counterpart aid on residents' property and public loss, charity on residents' property; then
    /// residents and enterprises keep what is left. What governments keep is split later, by province.
    pub(super) fn relief_and_aid(&mut self) {
        let terms = self.terms;
        let famous = self.assets > terms.aid.famous_loss;
        let charity = if famous {
            terms.aid.charity_famous
        } else {
            terms.aid.charity
        };
        let mut sums = LastSteps::default();
        for ((strike, rest), outcome) in self
            .strikes
            .iter()
            .zip(self.rests.iter())
            .zip(self.out.iter_mut())
        {
            let province = &mut self.provinces[usize::from(strike.province)];
            let mut property = relieve(terms, province.relief_share, rest, outcome);
            let mut relief = outcome.relief;
            let mut public = rest.infrastructure;
            if self.catastrophe_kind {
                let Parametric {
                    need: [paid_relief, paid_public],
                    ceded,
                } = parametric(terms, strike, [relief, public], self.books);
                relief -= paid_relief;
                public -= paid_public;
                let own = paid_relief + paid_public - ceded;
                sums.index += own;
                sums.ceded += ceded;
                outcome.borne(Layer::IndexCover, own);
                outcome.borne(Layer::Reinsurance, ceded);
            }
            let mut aid = [0; 2];
            for (left, kept) in property.iter_mut().zip(&mut outcome.unpaid_by_fifth) {
                let counterpart = share(*left, province.counterpart_share);
                *left -= counterpart;
                let gift = share(*left, charity);
                *left -= gift;
                aid = [aid[0] + counterpart, aid[1] + gift];
                *kept = *left;
            }
            let public_aid = share(public, province.counterpart_share);
            public -= public_aid;
            outcome.aid = aid[0] + aid[1];
            arrives(outcome, terms, Layer::Counterpart, aid[0]);
            arrives(outcome, terms, Layer::Charity, aid[1]);
            outcome.enterprise_unpaid = rest.enterprise;
            outcome.public_paid += rest.infrastructure - public;
            outcome.public_unpaid = public;
            province.relief += relief;
            province.public_unpaid += public;
            sums.counterpart += aid[0] + public_aid;
            sums.charity += aid[1];
            sums.enterprises += rest.enterprise;
            for fifth in 0..5 {
                outcome.unpaid_by_fifth[fifth] += rest.bodily[fifth];
                sums.residents[fifth] += outcome.unpaid_by_fifth[fifth];
            }
            let kept = sum(&outcome.unpaid_by_fifth) + rest.enterprise + public;
            outcome.borne(Layer::Relief, relief);
            outcome.borne(Layer::Counterpart, aid[0] + public_aid);
            outcome.borne(Layer::Charity, aid[1]);
            outcome.borne(Layer::Retained, kept);
        }
        self.books.keep_with_residents(&sums.residents);
        let ledger = &mut self.books.ledger;
        ledger.post(Layer::IndexCover, Bearer::Insurers, sums.index);
        ledger.post(Layer::Reinsurance, Bearer::Reinsurers, sums.ceded);
        ledger.post(Layer::Counterpart, Bearer::Province, sums.counterpart);
        ledger.post(Layer::Charity, Bearer::Charity, sums.charity);
        ledger.post(Layer::Retained, Bearer::Residents, sum(&sums.residents));
        ledger.post(Layer::Retained, Bearer::Enterprises, sums.enterprises);
    }

    /// Splits relief and the public owners' rest over levels of government, province by province.
    pub(super) fn governments_share(&mut self) {
        let terms = self.terms;
        let (mut relief, mut kept) = ([0; 4], [0; 4]);
        for (sums, facts) in self.provinces.iter().zip(&terms.provinces) {
            if sums.assets == 0 {
                continue;
            }
            let levels = relief_levels(terms, sums);
            add(&mut relief, levels.split(sums.relief, facts.municipality));
            add(
                &mut kept,
                terms
                    .public_owner
                    .split(sums.public_unpaid, facts.municipality),
            );
        }
        self.books.year.public_rebuilding += kept.iter().sum::<Fen>();
        for (index, government) in GOVERNMENTS.into_iter().enumerate() {
            self.books
                .ledger
                .post(Layer::Relief, government, relief[index]);
            self.books
                .ledger
                .post(Layer::Retained, government, kept[index]);
        }
    }

    /// Consolation for the dead, from the governments that pay relief: a transfer.
    pub(super) fn consolation(&mut self) {
        let each = self.terms.relief.consolation;
        if each == 0 {
            return;
        }
        for (strike, outcome) in self.strikes.iter().zip(self.out.iter_mut()) {
            outcome.consolation = each
                * strike
                    .deaths
                    .iter()
                    .map(|dead| Fen::from(*dead))
                    .sum::<Fen>();
        }
        for (sums, facts) in self.provinces.iter().zip(&self.terms.provinces) {
            let amount = each * sums.deaths as Fen;
            let parts = relief_levels(self.terms, sums).split(amount, facts.municipality);
            self.books.console(&parts);
        }
    }
}

fn relief_levels(terms: &Arrangement, sums: &ProvinceSums) -> Levels {
    terms
        .relief
        .levels_ordinary
        .mixed(terms.relief.levels_catastrophe, sums.severity)
}

fn add(sums: &mut [Fen; 4], parts: [Fen; 4]) {
    for (sum, part) in sums.iter_mut().zip(parts) {
        *sum += part;
    }
}

/// Pays relief on eligible need (housing whole, goods and crops in part); returns residents' property
/// loss that is left, by fifth.
fn relieve(
    terms: &Arrangement,
    relief_share: f64,
    rest: &Rest,
    outcome: &mut StrikeOutcome,
) -> [Fen; 5] {
    let mut left = [0; 5];
    for (fifth, left) in left.iter_mut().enumerate() {
        let (housing, goods, crops) = (rest.housing[fifth], rest.goods[fifth], rest.crops[fifth]);
        let eligible =
            housing + share(goods, terms.relief.goods) + share(crops, terms.relief.crops);
        let relief = share(eligible, relief_share);
        outcome.relief += relief;
        *left = housing + goods + crops - relief;
    }
    arrives(outcome, terms, Layer::Relief, outcome.relief);
    left
}

/// What parametric cover bears of a county's public need (fen).
#[derive(Default)]
struct Parametric {
    /// Of relief and of rebuilding.
    need: [Fen; 2],
    /// Part of it that insurers' reinsurers bear.
    ceded: Fen,
}

/// Parametric cover of one county's public need [relief, rebuilding] (fen): pays when the measured
/// intensity reaches the trigger, whatever the loss,
///   payment = share × need × exp(σz − σ²/2), at most what is left of the province's yearly limit.
/// It bears at most the need; what it pays beyond goes to the province as a transfer.
fn parametric(
    terms: &Arrangement,
    strike: &StrikeLoss,
    need: [Fen; 2],
    books: &mut Books,
) -> Parametric {
    let index = &terms.index;
    let total = need[0] + need[1];
    if index.share_of_need == 0.0 || total == 0 {
        return Parametric::default();
    }
    if strike.intensity < index.trigger {
        books.year.index_missed += total;
        return Parametric::default();
    }
    let sigma = index.basis_sigma;
    let basis = exp(sigma * strike.index_noise - sigma * sigma / 2.0);
    let due = (total as f64 * index.share_of_need * basis + 0.5) as Fen;
    let left = &mut books.index_left[usize::from(strike.province)];
    let due = due.min(*left);
    *left -= due;
    let ceded = books.cede(&terms.treaties, due);
    let paid = ceded + books.insurers.pay(due - ceded);
    let excess = (paid - total).max(0);
    let [ceded_excess, ceded] = split(ceded, &[excess, paid - excess]);
    books.year.index_paid += paid;
    books.year.index_excess += excess;
    books
        .accounts
        .transfer(Bearer::Insurers, Bearer::Province, excess - ceded_excess);
    books
        .accounts
        .transfer(Bearer::Reinsurers, Bearer::Province, ceded_excess);
    Parametric {
        need: split(paid - excess, &need),
        ceded,
    }
}
