//! Who pays the money cost without lives.
//!
//! *Equation.* cost_k = own_k + (damage + treatment)·b_k, b_k = Σ borne by k / Σ borne: resources that
//! one party spends are its own; destroyed assets and treatment lie with those who finally bear losses,
//! in the proportion in which they bear them all (the ledger does not part assets from bodily loss).
//! Premiums and taxes pay for what insurance and governments spend; whose they are is not followed.
//! The five parts sum to the money cost.

use super::{Measure, Part, Subject};
use crate::model::record::Resource;
use crate::vocabulary::{Bearer, Table, Vocabulary, vocabulary};

vocabulary! {
    /// Who pays the money cost.
    Payer {
        Residents = "residents", "居民", "residents";
        Enterprises = "enterprises", "企业", "enterprises";
        Governments = "governments", "各级财政", "governments";
        Insurance = "insurance", "保险(社会保险、商业保险、再保险)", "insurance, social and commercial";
        Charity = "charity", "社会捐赠", "charity";
    }
}

impl Payer {
    /// The payer that a bearer is.
    pub fn of(bearer: Bearer) -> Self {
        match bearer {
            Bearer::Residents => Payer::Residents,
            Bearer::Enterprises => Payer::Enterprises,
            Bearer::Centre | Bearer::Province | Bearer::City | Bearer::County => Payer::Governments,
            Bearer::SocialInsurance | Bearer::Insurers | Bearer::Pool | Bearer::Reinsurers => {
                Payer::Insurance
            }
            Bearer::Charity => Payer::Charity,
        }
    }

    /// Who spends a resource; `None` = those who bear the loss.
    fn spends(resource: Resource) -> Option<Self> {
        match resource {
            Resource::Prevention | Resource::Response | Resource::PublicFunds => {
                Some(Payer::Governments)
            }
            Resource::Care | Resource::Retirement | Resource::LostOutput | Resource::Suspension => {
                Some(Payer::Enterprises)
            }
            Resource::Loading => Some(Payer::Insurance),
            Resource::Damage | Resource::Treatment => None,
        }
    }
}

/// The money cost of a run by who pays it (yuan a year), from its figures.
pub fn payers(figure: impl Fn(Subject) -> f64) -> Table<Payer, f64> {
    let mut paid: Table<Payer, f64> = Table::default();
    let mut lost = 0.0;
    for &resource in Resource::ALL {
        let yuan = figure(Subject::of_part(
            Measure::ResourceCost,
            Part::Resource(resource),
        ));
        match Payer::spends(resource) {
            Some(payer) => paid[payer] += yuan,
            None => lost += yuan,
        }
    }
    let borne = figure(Subject::whole(Measure::LossBorne));
    for &bearer in Bearer::ALL {
        let own = figure(Subject::of_part(Measure::LossBorne, Part::Bearer(bearer)));
        if borne > 0.0 {
            paid[Payer::of(bearer)] += lost * own / borne;
        }
    }
    paid
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 7 of own resources to each of eight, 30 lost of which residents bear a third and the pool the rest.
    #[test]
    fn parts_by_hand_sum_to_the_cost() {
        let figure = |subject: Subject| match (subject.measure, subject.part) {
            (Measure::ResourceCost, Part::Resource(Resource::Damage)) => 20.0,
            (Measure::ResourceCost, Part::Resource(Resource::Treatment)) => 10.0,
            (Measure::ResourceCost, Part::Resource(_)) => 7.0,
            (Measure::LossBorne, Part::All | Part::Bearer(Bearer::Residents)) => {
                if subject.part == Part::All {
                    90.0
                } else {
                    30.0
                }
            }
            (Measure::LossBorne, Part::Bearer(Bearer::Pool)) => 60.0,
            _ => 0.0,
        };
        let paid = payers(figure);
        assert_eq!(paid[Payer::Residents], 10.0);
        assert_eq!(paid[Payer::Enterprises], 28.0);
        assert_eq!(paid[Payer::Governments], 21.0);
        assert_eq!(paid[Payer::Insurance], 27.0);
        assert_eq!(paid.values().iter().sum::<f64>(), 86.0);
    }
}
