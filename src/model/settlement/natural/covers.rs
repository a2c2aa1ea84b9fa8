//! First steps of a natural event's ladder: social insurance, and covers bought before it.

use super::{Descent, Rest, StrikeLoss, arrives, sum};
use crate::model::settlement::arrangement::Covers;
use crate::model::settlement::money::{Fen, RunningSplit, share, split};
use crate::vocabulary::{Bearer, Layer, Vocabulary};

/// The layers of covers that are bought before an event.
const OWN_COVERS: [Layer; 4] = [
    Layer::Property,
    Layer::Agricultural,
    Layer::EnterpriseProperty,
    Layer::PublicCover,
];

/// Claims of one county on its covers (fen).
#[derive(Clone, Copy, Debug, Default)]
struct Claims {
    housing: [Fen; 5],
    goods: [Fen; 5],
    crops: [Fen; 5],
    enterprise: Fen,
    infrastructure: Fen,
    public: [Fen; 5],
}

impl Claims {
    fn of(covers: &Covers, public_share: f64, strike: &StrikeLoss, rest: &Rest) -> Self {
        let mut claims = Claims::default();
        for fifth in 0..5 {
            claims.housing[fifth] = covers.household_claim(
                rest.housing[fifth],
                strike.insured_share[fifth],
                strike.homes[fifth],
            );
            let goods = (covers.goods * strike.relative_income[fifth].sqrt()).min(covers.goods_max);
            claims.goods[fifth] = share(rest.goods[fifth], goods);
            claims.crops[fifth] = share(rest.crops[fifth], covers.agricultural);
            let uninsured = rest.housing[fifth] - claims.housing[fifth];
            claims.public[fifth] = share(uninsured, public_share);
        }
        let insured = share(rest.enterprise, covers.enterprise_take_up);
        claims.enterprise = covers.enterprise.pay(insured, insured);
        claims.infrastructure = share(rest.infrastructure, covers.infrastructure);
        claims
    }

    /// The same when insurers can pay only a share of every claim (rounded down).
    fn funded(mut self, funded: f64) -> Self {
        let cut = |claim: &mut Fen| *claim = (*claim as f64 * funded) as Fen;
        self.housing.iter_mut().for_each(cut);
        self.goods.iter_mut().for_each(cut);
        self.crops.iter_mut().for_each(cut);
        self.public.iter_mut().for_each(cut);
        cut(&mut self.enterprise);
        cut(&mut self.infrastructure);
        self
    }

    fn total(&self) -> Fen {
        sum(&self.housing)
            + sum(&self.goods)
            + sum(&self.crops)
            + sum(&self.public)
            + self.enterprise
            + self.infrastructure
    }
}

impl Descent<'_> {
    /// Work-injury insurance for those who died at work; medical insurance for treatment.
    pub(super) fn social_insurance(&mut self) {
        let statutory = &self.terms.statutory;
        let (mut work_injury, mut medical) = (0, 0);
        for ((strike, rest), outcome) in self
            .strikes
            .iter()
            .zip(self.rests.iter_mut())
            .zip(self.out.iter_mut())
        {
            let bodily = sum(&rest.bodily);
            if bodily > 0 {
                let paid = share(strike.treatment.min(bodily), statutory.medical);
                medical += paid;
                outcome.borne(Layer::Medical, paid);
                for (rest, part) in rest.bodily.iter_mut().zip(split(paid, &strike.bodily)) {
                    *rest -= part;
                }
            }
            if strike.at_work_dead > 0 {
                let tariff = Fen::from(strike.at_work_dead) * statutory.worker_death;
                let paid = share(tariff, statutory.work_injury_coverage);
                work_injury += paid;
                outcome.borne(Layer::WorkInjury, paid);
                let families = split(tariff - paid, &strike.deaths.map(Fen::from));
                for (rest, part) in rest.bodily.iter_mut().zip(families) {
                    *rest += part;
                }
            }
        }
        let ledger = &mut self.books.ledger;
        ledger.post(Layer::WorkInjury, Bearer::SocialInsurance, work_injury);
        ledger.post(Layer::Medical, Bearer::SocialInsurance, medical);
    }

    /// Household, motor, agricultural and enterprise property cover, and resident cover bought by a
    /// government. If insurers cannot pay all, every claim is paid in the same proportion.
    pub(super) fn own_covers(&mut self) {
        let covers = &self.terms.covers;
        let triggered = self.catastrophe_kind && self.assets >= covers.public_trigger;
        let public_share = if triggered { covers.public } else { 0.0 };
        let insurers = self.books.insurers;
        // All claims together are at most the asset loss: the usual case needs no second look.
        let solvent = !insurers.ruined && insurers.capital >= self.assets;
        let claimed = if solvent {
            0
        } else {
            self.claimed(public_share)
        };
        // What reinsurers owe of the claims does not weigh on the capital.
        let promised = self.ceded(claimed);
        let funded = insurers.funded_share(claimed, promised);
        let mut paid = Claims::default();
        let (mut household, mut public) = (0, 0);
        for ((strike, rest), outcome) in self
            .strikes
            .iter()
            .zip(self.rests.iter_mut())
            .zip(self.out.iter_mut())
        {
            let mut claims = Claims::of(covers, public_share, strike, rest);
            if funded < 1.0 {
                claims = claims.funded(funded);
            }
            for fifth in 0..5 {
                rest.housing[fifth] -= claims.housing[fifth] + claims.public[fifth];
                rest.goods[fifth] -= claims.goods[fifth];
                rest.crops[fifth] -= claims.crops[fifth];
            }
            rest.enterprise -= claims.enterprise;
            rest.infrastructure -= claims.infrastructure;
            let goods = sum(&claims.goods);
            let own = sum(&claims.housing) + goods;
            let crops = sum(&claims.crops);
            let resident_cover = sum(&claims.public);
            outcome.insured = own + crops + resident_cover;
            outcome.public_paid = claims.infrastructure;
            arrives(outcome, self.terms, Layer::Property, own);
            arrives(outcome, self.terms, Layer::Agricultural, crops);
            arrives(outcome, self.terms, Layer::PublicCover, resident_cover);
            outcome.borne(Layer::Property, own);
            outcome.borne(Layer::Agricultural, crops);
            outcome.borne(
                Layer::EnterpriseProperty,
                claims.enterprise + claims.infrastructure,
            );
            outcome.borne(Layer::PublicCover, resident_cover);
            household += own;
            public += resident_cover;
            paid.goods[0] += goods;
            paid.crops[0] += crops;
            paid.enterprise += claims.enterprise;
            paid.infrastructure += claims.infrastructure;
        }
        let crops = paid.crops[0];
        let business = paid.enterprise + paid.infrastructure;
        let total = household + crops + business + public;
        let claimed = if solvent { total } else { claimed };
        let ceded = self.books.cede(&self.terms.treaties, claimed);
        self.books
            .insurers
            .record(claimed - ceded, total - ceded.min(total));
        self.books.year.goods_cover += paid.goods[0];
        self.books.year.infrastructure_cover += paid.infrastructure;
        let borne = [household, crops, business, public];
        self.post_covers(borne, ceded.min(total), total);
    }

    /// Posts what covers paid (fen, by [`OWN_COVERS`]), of which `ceded` of `total` is the reinsurers': the same
    /// share of every county's payment by every cover.
    fn post_covers(&mut self, mut borne: [Fen; 4], ceded: Fen, total: Fen) {
        if ceded > 0 {
            let mut parts = RunningSplit::new(ceded, total);
            for outcome in self.out.iter_mut() {
                for (layer, borne) in OWN_COVERS.into_iter().zip(&mut borne) {
                    let paid = &mut outcome.by_layer[layer.number()];
                    let part = parts.next(*paid);
                    *paid -= part;
                    *borne -= part;
                    outcome.borne(Layer::Reinsurance, part);
                }
            }
        }
        let ledger = &mut self.books.ledger;
        for (layer, fen) in OWN_COVERS.into_iter().zip(borne) {
            ledger.post(layer, Bearer::Insurers, fen);
        }
        ledger.post(Layer::Reinsurance, Bearer::Reinsurers, ceded);
    }

    /// What reinsurers owe of claims on insurers (fen), before they are settled.
    fn ceded(&self, claims: Fen) -> Fen {
        if self.books.insurers.ruined {
            return 0;
        }
        self.books.cessions.ceded(&self.terms.treaties, claims)
    }

    /// All claims on insurers in this event (fen).
    fn claimed(&self, public_share: f64) -> Fen {
        let covers = &self.terms.covers;
        let losses = self.strikes.iter().zip(self.rests.iter());
        losses
            .map(|(strike, rest)| Claims::of(covers, public_share, strike, rest).total())
            .sum()
    }
}
