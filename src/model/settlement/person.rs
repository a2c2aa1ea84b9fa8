//! The ladder of a health or social event: medical insurance pays treatment, governments console,
//! owners keep the rest. Germs and crowds owe nothing that could be collected.

use super::arrangement::Arrangement;
use super::books::Books;
use super::ledger::{EventTotals, Labels};
use super::money::{Fen, share, split};
use crate::vocabulary::{Bearer, Category, Cause, Layer, Owner};

/// Losses of one health or social event (fen ≥ 0).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PersonClaim {
    /// Health or social.
    pub category: Category,
    /// Infection or food, or a person or crowd.
    pub cause: Cause,
    /// Owner of the phase that failed; `None` = nobody.
    pub owner: Option<Owner>,
    /// Whether it happened in a municipality.
    pub municipality: bool,
    /// Treatment of cases or victims.
    pub treatment: Fen,
    /// Lost earnings.
    pub earnings: Fen,
    /// Property lost: residents', enterprises', public.
    pub property: PropertyLoss,
    /// Dead whose families are consoled (people); 0 where it is not customary.
    pub deaths_consoled: u32,
    /// Weights by which the residents' rest falls on income fifths; all zero = equally.
    pub fifth_weights: [Fen; 5],
}

/// Property lost, by owner (fen).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PropertyLoss {
    /// Residents'.
    pub residents: Fen,
    /// Enterprises'.
    pub enterprises: Fen,
    /// Public facilities.
    pub public: Fen,
}

impl PropertyLoss {
    /// Splits a loss by owners' weights [residents, enterprises, public].
    pub fn by_weights(loss: Fen, weights: &[Fen; 3]) -> Self {
        let [residents, enterprises, public] = split(loss, weights);
        PropertyLoss {
            residents,
            enterprises,
            public,
        }
    }

    fn total(self) -> Fen {
        self.residents + self.enterprises + self.public
    }
}

/// Where the loss of one health or social event went (fen).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PersonOutcome {
    /// How it was borne.
    pub totals: EventTotals,
    /// Paid by medical insurance.
    pub medical: Fen,
    /// Consolation (a transfer).
    pub consolation: Fen,
    /// Left with residents, by income fifth.
    pub unpaid_by_fifth: [Fen; 5],
}

/// Settles one health or social event (or the week's sum of one county's cases).
pub fn settle_person(terms: &Arrangement, claim: &PersonClaim, books: &mut Books) -> PersonOutcome {
    let bodily = claim.treatment + claim.earnings;
    let labels = Labels {
        category: claim.category,
        cause: claim.cause,
        owner: claim.owner,
    };
    books.open_event(labels, bodily + claim.property.total(), bodily);

    let medical = share(claim.treatment, terms.statutory.medical);
    let kept = bodily - medical + claim.property.residents;
    let unpaid_by_fifth = split(kept, &claim.fifth_weights);
    books.keep_with_residents(&unpaid_by_fifth);
    books
        .ledger
        .post(Layer::Medical, Bearer::SocialInsurance, medical);
    books.ledger.post(Layer::Retained, Bearer::Residents, kept);
    books.ledger.post(
        Layer::Retained,
        Bearer::Enterprises,
        claim.property.enterprises,
    );
    books.keep_with_governments(terms, claim.property.public, claim.municipality);
    let consolation = terms.relief.consolation * Fen::from(claim.deaths_consoled);
    if consolation > 0 {
        books.console(
            &terms
                .relief
                .levels_ordinary
                .split(consolation, claim.municipality),
        );
    }
    PersonOutcome {
        totals: books.ledger.close_event(),
        medical,
        consolation,
        unpaid_by_fifth,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::Checks;
    use crate::model::settlement::capital::Fund;
    use crate::model::settlement::fixtures::all;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn the_ladder_by_hand() {
        let terms = all();
        let mut books = Books::new(&terms, Fund::default(), Fund::default());
        let claim = PersonClaim {
            category: Category::Social,
            cause: Cause::Person,
            owner: None,
            municipality: true,
            treatment: 1_001,
            earnings: 500,
            property: PropertyLoss::by_weights(1_000, &[5, 3, 2]),
            deaths_consoled: 2,
            fifth_weights: [1, 0, 0, 0, 1],
        };
        let outcome = settle_person(&terms, &claim, &mut books);
        assert_eq!(outcome.medical, 601);
        assert_eq!(outcome.unpaid_by_fifth, [700, 0, 0, 0, 700]);
        assert_eq!(outcome.totals.enterprises, 300);
        assert_eq!(
            (outcome.totals.public, books.year.public_rebuilding),
            (200, 200)
        );
        assert_eq!(books.ledger.year_borne[Bearer::City.number()], 0);
        assert_eq!(outcome.consolation, 40);
        assert_eq!(books.accounts.transfer[Bearer::Residents.number()], 40);
        let mut checks = Checks::default();
        books.check(&mut checks);
        assert!(checks.pass());
    }
}
