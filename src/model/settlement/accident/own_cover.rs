//! Third parties' own cover after an accident, and recourse.
//!
//! A share of third parties holds household cover; their property is insured in proportion, and bears
//! one deductible. Asked last, the cover pays on what the injurer left of it. With recourse it pays
//! first, and takes over what the injurer owes of the insured property beyond what the victims keep of
//! it: the victims' own claims come before, and it never recovers more than it pays. What it recovers
//! weighs neither on capital nor on reinsurance.

use super::{AccidentClaim, AccidentOutcome, Harm};
use crate::model::settlement::arrangement::Arrangement;
use crate::model::settlement::books::Books;
use crate::model::settlement::money::{Fen, share, split};
use crate::vocabulary::Layer;

/// Cover that pays before the injurer (fen).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Subrogation {
    /// What the cover owes third parties.
    pub(super) due: Fen,
    /// The claim on the injurer that it takes over: within `0..=due`.
    pub(super) claim: Fen,
}

impl Subrogation {
    /// Of an accident; nothing where cover is asked last, or not at all.
    pub(super) fn of(terms: &Arrangement, claim: &AccidentClaim, books: &Books) -> Self {
        let covers = &terms.covers;
        if !(covers.after_accidents && covers.recourse) || books.insurers.ruined {
            return Subrogation::default();
        }
        let insured = share(claim.third_party_property, claim.third_party_insured);
        let due = covers.household_claim(claim.third_party_property, claim.third_party_insured, 1);
        let owed = share(insured, terms.liability.owed_share(claim.negligent));
        Subrogation {
            due,
            claim: (owed - (insured - due)).max(0),
        }
    }
}

/// Third parties' own cover pays; returns what they get from it (fen). `paid` is what the injurer's side
/// paid the victims of its `debt` to them.
pub(super) fn own_cover(
    terms: &Arrangement,
    claim: &AccidentClaim,
    subrogation: Subrogation,
    [debt, paid]: [Harm; 2],
    books: &mut Books,
    outcome: &mut AccidentOutcome,
) -> Fen {
    let covers = &terms.covers;
    if !covers.after_accidents {
        return 0;
    }
    let net = if covers.recourse {
        subrogation.due - outcome.recovered
    } else {
        let property = claim.third_party_property;
        let owed = share(property, terms.liability.owed_share(claim.negligent));
        let [_, by_injurer] = split(paid.other, &[debt.other - owed, owed]);
        covers.household_claim(property - by_injurer, claim.third_party_insured, 1)
    };
    outcome.own_cover = books.pay_from_insurers(&terms.treaties, Layer::Property, net);
    outcome.own_cover + outcome.recovered
}
