//! Arrangements and losses for tests.

use proptest::prelude::*;

use super::arrangement::{
    AidTerms, Arrangement, Covers, IndexTerms, Levels, Liability, PoolTerms, Pricing,
    ProvinceFacts, ReliefTerms, Statutory,
};
use super::natural::StrikeLoss;
use super::terms::{Amount, LayerTerms};
use crate::scenario::policy::LiabilityRule;

pub(super) const OWNERS: Levels = Levels([0.2, 0.25, 0.2, 0.35]);

/// Two provinces, the second a municipality, each with a product of 10,000 yuan.
pub(super) fn provinces() -> Vec<ProvinceFacts> {
    vec![
        ProvinceFacts {
            gdp_yuan: 10_000.0,
            people: 100,
            municipality: false,
        },
        ProvinceFacts {
            gdp_yuan: 10_000.0,
            people: 100,
            municipality: true,
        },
    ]
}

/// The loss lies where it falls.
pub(super) fn none() -> Arrangement {
    Arrangement::none(OWNERS, provinces())
}

/// Every layer in force, in round numbers.
pub(crate) fn all() -> Arrangement {
    Arrangement {
        statutory: Statutory {
            work_injury_coverage: 0.4,
            work_injury_treatment: 0.9,
            worker_death: 100_000,
            third_party_death: 110_000,
            medical: 0.6,
        },
        liability: Liability {
            rule: LiabilityRule::Strict,
            share: 0.5,
            limit_per_death: 40_000,
            prevention_fee: 0.1,
        },
        covers: Covers {
            household: 0.5,
            household_deductible: 10,
            goods: 0.2,
            goods_max: 0.6,
            agricultural: 0.1,
            enterprise_take_up: 0.5,
            enterprise: LayerTerms {
                deductible: Amount::ShareOfLoss(0.2),
                limit: Some(Amount::ShareOfValue(0.5)),
                ..LayerTerms::FULL
            },
            infrastructure: 0.1,
            public: 0.2,
            public_trigger: 10_000,
            after_accidents: false,
            recourse: false,
        },
        pool: PoolTerms {
            accident: 0.0,
            annual_attachment: 0,
            annual_limit: i64::MAX,
            layer: LayerTerms {
                attachment: 1_000,
                limit: Some(Amount::Flat(1_000_000)),
                share: 0.8,
                ..LayerTerms::FULL
            },
            housing: 0.5,
            enterprise: 0.25,
            capital: 50_000,
            reinsurance_attachment: 20_000,
            reinsurance_limit: 10_000,
        },
        index: IndexTerms {
            share_of_need: 0.5,
            trigger: 2.5,
            basis_sigma: 0.0,
            limit_per_head: 50,
        },
        relief: ReliefTerms {
            share_ordinary: 0.1,
            share_catastrophe: 0.3,
            from: 0.01,
            full: 0.2,
            goods: 0.5,
            crops: 0.6,
            consolation: 20,
            levels_ordinary: Levels([0.5, 0.2, 0.1, 0.2]),
            levels_catastrophe: Levels([0.8, 0.15, 0.03, 0.02]),
        },
        aid: AidTerms {
            counterpart_trigger: 0.05,
            counterpart: 0.1,
            charity: 0.01,
            charity_famous: 0.05,
            famous_loss: 500_000,
        },
        pricing: Pricing {
            insurer_loading: 0.35,
            statutory_loading: 0.05,
            reinsurance_loading: 1.0,
            capital_years: 1.0,
            household_subsidy: 0.2,
            agricultural_subsidy: 0.75,
            levels: Levels([0.5, 0.3, 0.0, 0.2]),
        },
        ..none()
    }
}

/// Arrangements with any shares, limits and funds.
pub(super) fn arrangements() -> impl Strategy<Value = Arrangement> {
    let share = 0.0..=1.0_f64;
    (
        prop::array::uniform12(share),
        prop::array::uniform4(0_i64..200_000),
        0.0..0.3_f64,
        0.0..1.0_f64,
        prop::sample::select(vec![
            LiabilityRule::None,
            LiabilityRule::Negligence,
            LiabilityRule::Strict,
        ]),
    )
        .prop_map(|(s, money, from, sigma, rule)| {
            let mut terms = all();
            terms.statutory.work_injury_coverage = s[0];
            terms.statutory.medical = s[1];
            terms.liability = Liability {
                rule,
                share: s[2],
                limit_per_death: money[0],
                ..terms.liability
            };
            terms.covers.household = s[3];
            terms.covers.agricultural = s[4];
            terms.covers.public = s[5];
            terms.covers.infrastructure = s[6];
            terms.pool.housing = s[7];
            terms.pool.layer.share = s[8];
            terms.pool.layer.attachment = money[1];
            terms.pool.reinsurance_attachment = money[2];
            terms.pool.reinsurance_limit = money[3];
            terms.index = IndexTerms {
                share_of_need: s[9],
                basis_sigma: sigma,
                limit_per_head: money[0],
                ..terms.index
            };
            terms.relief.share_catastrophe = s[10];
            terms.relief.from = from;
            terms.aid.counterpart = s[11];
            terms.aid.charity = s[0];
            terms
        })
}

/// Losses of a county in either province.
pub(super) fn strike_losses() -> impl Strategy<Value = StrikeLoss> {
    let money = || prop::array::uniform5(0_i64..30_000);
    (
        (0_u16..2, money(), money(), money(), money()),
        (0_i64..200_000, 0_i64..200_000, 0_i64..200_000),
        (
            prop::array::uniform5(0_u32..5),
            0_u32..3,
            prop::array::uniform5(0.0..=1.0_f64),
        ),
        (
            prop::array::uniform5(0_u32..40),
            prop::array::uniform5(0.1..4.0_f64),
            0.0..5.0_f64,
            -2.0..2.0_f64,
        ),
    )
        .prop_map(|(assets, other, people, facts)| StrikeLoss {
            county: 0,
            province: assets.0,
            housing: assets.1,
            goods: assets.2,
            crops: assets.3,
            bodily: assets.4,
            enterprise: other.0,
            infrastructure: other.1,
            treatment: other.2,
            deaths: people.0,
            at_work_dead: people.1,
            insured_share: people.2,
            homes: facts.0,
            relative_income: facts.1,
            intensity: facts.2,
            index_noise: facts.3,
        })
}
