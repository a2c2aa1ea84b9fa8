//! The catastrophe pool: one layer on the event's eligible loss, split back over victims.

use super::{Descent, Rest, arrives};
use crate::model::settlement::arrangement::PoolTerms;
use crate::model::settlement::money::{Fen, RunningSplit, share};
use crate::vocabulary::Layer;

/// Eligible loss of one county: what own covers left of housing and enterprises.
fn eligible(pool: &PoolTerms, rest: &Rest) -> ([Fen; 5], Fen) {
    (
        rest.housing.map(|loss| share(loss, pool.housing)),
        share(rest.enterprise, pool.enterprise),
    )
}

impl Descent<'_> {
    /// The pool pays from its capital what reinsurers do not; a claim it cannot meet ruins it, and
    /// what it cannot pay goes on down.
    pub(super) fn pool(&mut self) {
        let pool = &self.terms.pool;
        if !self.catastrophe_kind || pool.layer.share == 0.0 {
            return;
        }
        let mut total = 0;
        for rest in self.rests.iter() {
            let (housing, enterprise) = eligible(pool, rest);
            total += housing.iter().sum::<Fen>() + enterprise;
        }
        let greatest = &mut self.books.year.pool_eligible_greatest;
        *greatest = total.max(*greatest);
        let (own, reinsured) = self.books.pay_from_pool(pool, total);
        if own + reinsured > 0 {
            self.split_back(RunningSplit::new(own + reinsured, total), own);
        }
    }

    /// Splits a payment over victims; `own` of it is the pool's, the rest its reinsurers'.
    fn split_back(&mut self, mut payment: RunningSplit, own: Fen) {
        let pool = &self.terms.pool;
        let mut own = RunningSplit::new(own, payment.amount());
        for (rest, outcome) in self.rests.iter_mut().zip(self.out.iter_mut()) {
            let (housing, enterprise) = eligible(pool, rest);
            let mut residents = 0;
            for (loss, eligible) in rest.housing.iter_mut().zip(housing) {
                let part = payment.next(eligible);
                *loss -= part;
                residents += part;
            }
            let enterprises = payment.next(enterprise);
            rest.enterprise -= enterprises;
            let own = own.next(residents + enterprises);
            outcome.borne(Layer::Pool, own);
            outcome.borne(Layer::Reinsurance, residents + enterprises - own);
            outcome.insured += residents;
            arrives(outcome, self.terms, Layer::Pool, residents);
        }
    }
}
