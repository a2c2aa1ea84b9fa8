//! The catastrophe pool: one layer on the event's eligible loss, split back over victims.

use super::{Descent, Rest, arrives};
use crate::model::settlement::arrangement::PoolTerms;
use crate::model::settlement::money::{Fen, RunningSplit, share};
use crate::vocabulary::{Bearer, Layer};

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
        let due = pool.layer.pay(total, total);
        let (paid, reinsured) = self.pay_from_funds(due);
        self.books.ledger.post(Layer::Pool, Bearer::Pool, paid);
        self.books
            .ledger
            .post(Layer::Reinsurance, Bearer::Reinsurers, reinsured);
        if paid + reinsured > 0 {
            self.split_back(RunningSplit::new(paid + reinsured, total), paid);
        }
    }

    /// Splits what is due into what the pool and what its reinsurers pay (fen). A ruined pool's
    /// reinsurance has lapsed with it.
    fn pay_from_funds(&mut self, due: Fen) -> (Fen, Fen) {
        if self.books.pool.ruined {
            return (self.books.pool.pay(due), 0);
        }
        let above = (due - self.terms.pool.reinsurance_attachment).max(0);
        let reinsured = above.min(self.books.reinsurance_left);
        self.books.reinsurance_left -= reinsured;
        (self.books.pool.pay(due - reinsured), reinsured)
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
