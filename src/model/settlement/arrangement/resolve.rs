//! From a policy in force and its society to the ladder's terms: yuan become fen, tables arrays.

use super::{
    AidTerms, Arrangement, Covers, IndexTerms, Levels, Liability, PoolTerms, Pricing,
    ProvinceFacts, ReliefTerms, Statutory,
};
use crate::model::settlement::ledger::LAYERS;
use crate::model::settlement::money::from_yuan;
use crate::model::settlement::reinsurance::{Treaties, layer};
use crate::model::settlement::terms::{Amount, LayerTerms};
use crate::model::world::World;
use crate::scenario::policy::{EnterpriseProperty, Policy};
use crate::scenario::society::Society;
use crate::vocabulary::{Layer, Vocabulary};

impl Arrangement {
    /// The arrangement of a policy in force.
    pub fn new(society: &Society, policy: &Policy, world: &World) -> Self {
        let sharing = &policy.sharing;
        let facts = &society.sharing;
        let mut days = [0.0; LAYERS];
        days.copy_from_slice(facts.days_to_payment.values());
        days[Layer::Relief.number()] = sharing.relief.days_to_payment;
        let provinces = world.provinces.iter().map(|province| ProvinceFacts {
            gdp_yuan: province.gdp_yuan,
            people: province.population,
            municipality: province.municipality,
        });
        Arrangement {
            statutory: statutory(society, policy),
            liability: Liability {
                rule: policy.responsibility.liability_rule,
                share: policy.responsibility.liability_share,
                limit_per_death: from_yuan(sharing.safety_liability.limit_yuan_per_death),
                prevention_fee: sharing.safety_liability.prevention_fee_share,
            },
            covers: covers(society, policy),
            pool: pool(society, policy),
            treaties: treaties(policy),
            index: IndexTerms {
                share_of_need: sharing.index_cover.share_of_public_need,
                trigger: facts.index_trigger_intensity,
                basis_sigma: facts.index_basis_sigma_log,
                limit_per_head: from_yuan(sharing.index_cover.limit_yuan_per_head),
            },
            relief: relief(society, policy),
            aid: AidTerms {
                counterpart_trigger: sharing.counterpart.trigger_loss_per_gdp,
                counterpart: sharing.counterpart.share,
                charity: sharing.charity.share_ordinary,
                charity_famous: sharing.charity.share_famous,
                famous_loss: from_yuan(facts.charity_famous_loss_yuan),
            },
            public_owner: Levels::new(&society.stocks.public_owner_share),
            days,
            pricing: Pricing {
                insurer_loading: facts.insurer_loading,
                statutory_loading: facts.statutory_loading,
                reinsurance_loading: facts.reinsurance_loading,
                capital_years: facts.insurer_capital_years_of_premium,
                household_subsidy: sharing.property.subsidy,
                agricultural_subsidy: sharing.agricultural.subsidy,
                levels: Levels::new(&facts.premium_subsidy_levels),
            },
            provinces: provinces.collect(),
        }
    }
}

fn statutory(society: &Society, policy: &Policy) -> Statutory {
    let facts = &society.sharing;
    let in_force = |on: bool, share: f64| if on { share } else { 0.0 };
    Statutory {
        work_injury_coverage: in_force(policy.sharing.work_injury, facts.work_injury_coverage),
        work_injury_treatment: facts.work_injury_treatment_share,
        worker_death: from_yuan(facts.work_injury_death_grant_yuan),
        third_party_death: from_yuan(society.accident.compensation_third_party_yuan_per_death),
        medical: in_force(
            policy.sharing.medical,
            facts.medical_coverage * facts.medical_payout,
        ),
    }
}

fn covers(society: &Society, policy: &Policy) -> Covers {
    let sharing = &policy.sharing;
    let sold = sharing.property.coverage > 0.0;
    Covers {
        household: sharing.property.coverage,
        household_deductible: from_yuan(sharing.property.deductible_yuan),
        goods: if sold {
            society.sharing.goods_motor_share
        } else {
            0.0
        },
        goods_max: society.sharing.goods_motor_share_max,
        agricultural: sharing.agricultural.take_up
            * (1.0 - sharing.agricultural.deductible_share)
            * sharing.agricultural.insured_value_share,
        enterprise_take_up: sharing.enterprise_property.take_up,
        enterprise: LayerTerms {
            deductible: Amount::ShareOfLoss(sharing.enterprise_property.deductible_share),
            attachment: from_yuan(sharing.enterprise_property.attachment_yuan),
            limit: Some(enterprise_limit(&sharing.enterprise_property)),
            share: sharing.enterprise_property.share,
            ..LayerTerms::FULL
        },
        infrastructure: sharing.enterprise_property.infrastructure_insured_share,
        public: sharing.public_cover.share_of_housing_loss,
        public_trigger: from_yuan(sharing.public_cover.event_trigger_yuan),
        after_accidents: sharing.own_cover_after_accidents,
        recourse: sharing.recourse,
    }
}

/// A flat limit if there is one, else the share of value.
fn enterprise_limit(cover: &EnterpriseProperty) -> Amount {
    if cover.limit_yuan > 0.0 {
        Amount::Flat(from_yuan(cover.limit_yuan))
    } else {
        Amount::ShareOfValue(cover.limit_share_of_value)
    }
}

fn pool(society: &Society, policy: &Policy) -> PoolTerms {
    let pool = &policy.sharing.pool;
    PoolTerms {
        layer: LayerTerms {
            attachment: from_yuan(pool.attachment_yuan),
            limit: Some(Amount::Flat(from_yuan(pool.limit_yuan))),
            share: pool.share,
            ..LayerTerms::FULL
        },
        housing: society.sharing.pool_housing_share,
        enterprise: society.sharing.pool_enterprise_share,
        accident: society.sharing.pool_accident_share,
        annual_attachment: from_yuan(pool.annual_attachment_yuan),
        annual_limit: from_yuan(pool.annual_limit_yuan),
        capital: from_yuan(pool.capital_yuan),
        reinsurance_attachment: from_yuan(pool.reinsurance_attachment_yuan),
        reinsurance_limit: from_yuan(pool.reinsurance_limit_yuan),
    }
}

fn treaties(policy: &Policy) -> Treaties {
    let reinsurance = &policy.sharing.reinsurance;
    Treaties {
        quota_share: reinsurance.quota_share,
        excess: layer(
            from_yuan(reinsurance.excess_attachment_yuan),
            from_yuan(reinsurance.excess_limit_yuan),
        ),
        stop_attachment: reinsurance.stop_loss_attachment,
        stop_limit: reinsurance.stop_loss_limit,
        ..Treaties::NONE
    }
}

fn relief(society: &Society, policy: &Policy) -> ReliefTerms {
    let facts = &society.sharing;
    let relief = &policy.sharing.relief;
    ReliefTerms {
        share_ordinary: relief.share_ordinary,
        share_catastrophe: relief.share_catastrophe,
        from: facts.relief_catastrophe_from,
        full: facts.relief_catastrophe_full,
        goods: facts.relief_goods_eligible,
        crops: facts.relief_crops_eligible,
        consolation: from_yuan(relief.death_consolation_yuan),
        levels_ordinary: Levels::new(&facts.relief_levels_ordinary),
        levels_catastrophe: Levels::new(&facts.relief_levels_catastrophe),
    }
}
