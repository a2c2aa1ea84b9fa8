//! The ladder of one accident: work-injury insurance → the injurer's debt (liability cover, then
//! liquid assets after own damage) → third parties' own cover, where it is asked (`own_cover.rs`) →
//! medical insurance → residents; own damage stays with the
//! enterprise after its property cover and the pool (where the pool insures accidents at all).

mod own_cover;

use crate::model::settlement::arrangement::Arrangement;
use crate::model::settlement::books::Books;
use crate::model::settlement::ledger::{EventTotals, Labels};
use crate::model::settlement::money::{Fen, share, split};
use crate::vocabulary::{Bearer, Category, Cause, Layer, Owner};
use own_cover::{Subrogation, own_cover};

/// Losses of one accident and the state of the enterprise that caused it (fen ≥ 0, people).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AccidentClaim {
    /// Owner of the phase that failed; `None` = nobody.
    pub owner: Option<Owner>,
    /// Dead workers: each loses the statutory death tariff.
    pub workers_dead: u32,
    /// Dead third parties: each loses the compensation tariff.
    pub third_parties_dead: u32,
    /// Treatment of injured workers.
    pub worker_treatment: Fen,
    /// Lost earnings of injured workers.
    pub worker_earnings: Fen,
    /// Treatment of injured third parties.
    pub third_party_treatment: Fen,
    /// Lost earnings of injured third parties.
    pub third_party_earnings: Fen,
    /// Third parties' property.
    pub third_party_property: Fen,
    /// Share of it whose owners hold household cover.
    pub third_party_insured: f64,
    /// The enterprise's own damage.
    pub own_damage: Fen,
    /// Whether care was below the standard.
    pub negligent: bool,
    /// Whether the enterprise holds work-safety liability cover.
    pub liability_insured: bool,
    /// Whether it holds property cover.
    pub property_insured: bool,
    /// Its liquid assets before the accident.
    pub assets_liquid: Fen,
    /// Fine, paid from what is left after the victims; goes to the county.
    pub fine: Fen,
    /// Weights by which the victims' rest falls on income fifths; all zero = equally.
    pub fifth_weights: [Fen; 5],
}

/// Where the loss of one accident went (fen).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccidentOutcome {
    /// How it was borne.
    pub totals: EventTotals,
    /// Paid by work-injury insurance (for experience rating).
    pub work_injury: Fen,
    /// Paid by liability cover (for experience rating).
    pub liability_cover: Fen,
    /// Paid by the enterprise to victims, or to the insurer that took over their claim.
    pub injurer_paid: Fen,
    /// Paid by third parties' own cover, less what it recovered.
    pub own_cover: Fen,
    /// What own cover recovered of the injurer's side: part of what that paid.
    pub recovered: Fen,
    /// The enterprise's debt that neither cover nor assets could pay: it is judgement-proof.
    pub debt_unpaid: Fen,
    /// Own damage that the enterprise keeps.
    pub own_damage_kept: Fen,
    /// Fine paid.
    pub fine_paid: Fen,
    /// Left with victims, by income fifth.
    pub unpaid_by_fifth: [Fen; 5],
}

/// Harm to people and their property, in the two groups that medical insurance tells apart.
#[derive(Clone, Copy)]
struct Harm {
    treatment: Fen,
    other: Fen,
}

impl Harm {
    fn total(self) -> Fen {
        self.treatment + self.other
    }

    fn share(self, part: f64) -> Harm {
        Harm {
            treatment: share(self.treatment, part),
            other: share(self.other, part),
        }
    }

    fn plus(self, more: Harm) -> Harm {
        Harm {
            treatment: self.treatment + more.treatment,
            other: self.other + more.other,
        }
    }

    fn minus(self, paid: Harm) -> Harm {
        Harm {
            treatment: self.treatment - paid.treatment,
            other: self.other - paid.other,
        }
    }

    /// A payment (≤ total) in proportion to the two groups.
    fn in_proportion(self, payment: Fen) -> Harm {
        if payment == self.total() {
            return self;
        }
        let [treatment, other] = split(payment, &[self.treatment, self.other]);
        Harm { treatment, other }
    }
}

/// Settles one accident.
pub fn settle_accident(
    terms: &Arrangement,
    claim: &AccidentClaim,
    books: &mut Books,
) -> AccidentOutcome {
    let statutory = &terms.statutory;
    let workers = Harm {
        treatment: claim.worker_treatment,
        other: Fen::from(claim.workers_dead) * statutory.worker_death + claim.worker_earnings,
    };
    let third_parties = Harm {
        treatment: claim.third_party_treatment,
        other: Fen::from(claim.third_parties_dead) * statutory.third_party_death
            + claim.third_party_earnings
            + claim.third_party_property,
    };
    let harm = workers.total() + third_parties.total();
    let labels = Labels {
        category: Category::Accident,
        cause: Cause::Enterprise,
        owner: claim.owner,
    };
    books.open_event(
        labels,
        harm + claim.own_damage,
        harm - claim.third_party_property,
    );

    let own_damage_kept = own_damage(terms, claim, books);
    let (workers, work_injury) = work_injury(terms, claim, workers, books);
    let mut outcome = AccidentOutcome {
        work_injury,
        own_damage_kept,
        ..AccidentOutcome::default()
    };
    let debt = legal_debt(terms, claim, workers, third_parties);
    let subrogation = Subrogation::of(terms, claim, books);
    let debt_to_victims = Harm {
        other: debt.other - subrogation.claim,
        ..debt
    };
    let paid = pay_debt(terms, claim, [debt, debt_to_victims], books, &mut outcome);
    let debts = [debt_to_victims, paid];
    let covered = own_cover(terms, claim, subrogation, debts, books, &mut outcome);
    let mut rest = workers.plus(third_parties).minus(paid);
    rest.other -= covered;
    keep_with_victims(terms, claim, rest, books, &mut outcome);
    outcome.totals = books.ledger.close_event();
    outcome
}

/// Own damage: property cover if held, then the pool if it insures accidents, then the enterprise;
/// returns what it keeps (fen).
fn own_damage(terms: &Arrangement, claim: &AccidentClaim, books: &mut Books) -> Fen {
    let mut kept = claim.own_damage;
    if claim.property_insured {
        let due = terms
            .covers
            .enterprise
            .pay(claim.own_damage, claim.own_damage);
        kept -= books.pay_from_insurers(&terms.treaties, Layer::EnterpriseProperty, due);
    }
    let pool = &terms.pool;
    if pool.accident > 0.0 && pool.layer.share > 0.0 {
        let (own, reinsured) = books.pay_from_pool(pool, share(kept, pool.accident));
        kept -= own + reinsured;
    }
    books
        .ledger
        .post(Layer::Retained, Bearer::Enterprises, kept);
    kept
}

/// Work-injury insurance pays covered workers' death tariff and treatment without fault; returns
/// workers' harm that is left, and the payment.
fn work_injury(
    terms: &Arrangement,
    claim: &AccidentClaim,
    workers: Harm,
    books: &mut Books,
) -> (Harm, Fen) {
    let statutory = &terms.statutory;
    let coverage = statutory.work_injury_coverage;
    let tariff = Fen::from(claim.workers_dead) * statutory.worker_death;
    let paid = Harm {
        treatment: share(
            claim.worker_treatment,
            coverage * statutory.work_injury_treatment,
        ),
        other: share(tariff, coverage),
    };
    books
        .ledger
        .post(Layer::WorkInjury, Bearer::SocialInsurance, paid.total());
    (workers.minus(paid), paid.total())
}

/// ℓH: to workers, where work-injury insurance is law, the whole rest (the employer's statutory duty
/// needs no fault); to others, and where it is not, the share that the liability rule gives.
fn legal_debt(terms: &Arrangement, claim: &AccidentClaim, workers: Harm, others: Harm) -> Harm {
    let owed = terms.liability.owed_share(claim.negligent);
    let statutory_duty = terms.statutory.work_injury_coverage > 0.0;
    workers
        .share(if statutory_duty { 1.0 } else { owed })
        .plus(others.share(owed))
}

/// Liability cover up to its limit a death (at least one), then liquid assets after own damage, then
/// the fine from what is left. Victims come before an insurer that took over a claim; returns what they
/// got, in proportion to what was owed to them.
fn pay_debt(
    terms: &Arrangement,
    claim: &AccidentClaim,
    [debt, to_victims]: [Harm; 2],
    books: &mut Books,
    outcome: &mut AccidentOutcome,
) -> Harm {
    let owed = debt.total();
    if claim.liability_insured {
        let deaths = (claim.workers_dead + claim.third_parties_dead).max(1);
        let limit = terms
            .liability
            .limit_per_death
            .saturating_mul(Fen::from(deaths));
        outcome.liability_cover =
            books.pay_from_insurers(&terms.treaties, Layer::SafetyLiability, owed.min(limit));
    }
    let assets = (claim.assets_liquid - outcome.own_damage_kept).max(0);
    outcome.injurer_paid = (owed - outcome.liability_cover).min(assets);
    let paid = outcome.liability_cover + outcome.injurer_paid;
    outcome.debt_unpaid = owed - paid;
    outcome.fine_paid = claim.fine.min(assets - outcome.injurer_paid);
    books.year.fines += outcome.fine_paid;
    books
        .accounts
        .transfer(Bearer::Enterprises, Bearer::County, outcome.fine_paid);
    books
        .ledger
        .post(Layer::Injurer, Bearer::Enterprises, outcome.injurer_paid);
    let got = paid.min(to_victims.total());
    outcome.recovered = paid - got;
    to_victims.in_proportion(got)
}

/// Medical insurance pays its share of treatment that nobody else paid; victims keep the rest.
fn keep_with_victims(
    terms: &Arrangement,
    claim: &AccidentClaim,
    rest: Harm,
    books: &mut Books,
    outcome: &mut AccidentOutcome,
) {
    let medical = share(rest.treatment, terms.statutory.medical);
    let kept = rest.total() - medical;
    books
        .ledger
        .post(Layer::Medical, Bearer::SocialInsurance, medical);
    books.ledger.post(Layer::Retained, Bearer::Residents, kept);
    outcome.unpaid_by_fifth = split(kept, &claim.fifth_weights);
    books.keep_with_residents(&outcome.unpaid_by_fifth);
}

#[cfg(test)]
mod tests;
