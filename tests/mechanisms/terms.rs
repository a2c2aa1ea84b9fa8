//! What the terms of each cover and the rest of the budget do in the whole engine, from an arrangement in
//! which the cover is in force: deductibles, limits, shares, triggers, capital.

use crate::common::claims::Way::{Less, More};
use crate::common::claims::{Figure, Way, judge};
use crate::common::{COUNTRY, Laboratory, Size};
use crate::figures::{
    ACCIDENT_DEATHS, CHARITY, COUNTERPART, ENTERPRISES, GOVERNMENTS, MONEY_BEFORE,
    MONEY_OF_RESPONSE, POOL_UNPAID, PUBLIC_MONEY, REINSURERS, RESIDENTS_SHARE, RETURNED,
    SUBSIDY_MONEY, TAKE_UP,
};
use riskweave::scenario::policy::Policy;

/// A term moved from an arrangement, and what follows.
pub(crate) struct Term {
    pub(crate) name: &'static str,
    pub(crate) from: fn(&mut Policy),
    pub(crate) moved: fn(&mut Policy),
    pub(crate) follows: &'static [(Way, Figure)],
}

pub(crate) fn require(size: Size, terms: &[Term]) {
    let laboratory = Laboratory::new(size);
    let mut broken = String::new();
    for Term {
        name: term,
        from,
        moved,
        follows,
    } in terms
    {
        let before = laboratory.with(from);
        let after = laboratory.with(|policy| {
            from(policy);
            moved(policy);
        });
        for (way, figure) in *follows {
            broken.push_str(&judge(term, &before, &after, *way, *figure));
        }
    }
    assert!(broken.is_empty(), "\n{broken}");
}

/// What acts in great events alone: no run goes the other way, and at least one goes the stated one.
fn require_now_and_then(size: Size, terms: &[Term]) {
    let laboratory = Laboratory::new(size);
    for Term {
        name: term,
        from,
        moved,
        follows,
    } in terms
    {
        let before = laboratory.with(from);
        let after = laboratory.with(|policy| {
            from(policy);
            moved(policy);
        });
        for (way, (name, figure)) in *follows {
            let sign = if *way == More { 1.0 } else { -1.0 };
            let pairs = before.iter().zip(&after);
            let steps: Vec<f64> = pairs
                .map(|(before, after)| sign * (figure(after) - figure(before)))
                .collect();
            assert!(
                steps.iter().all(|step| *step >= 0.0) && steps.iter().any(|step| *step > 0.0),
                "{term}: {way:?} {name} expected, not {steps:?}"
            );
        }
    }
}

pub(crate) fn as_it_is(_: &mut Policy) {}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn covers_of_households_farms_and_enterprises() {
    require(
        COUNTRY,
        &[
            Term {
                name: "no household cover is sold",
                from: as_it_is,
                moved: |policy| policy.sharing.property.coverage = 0.0,
                follows: &[(Less, TAKE_UP), (More, RESIDENTS_SHARE)],
            },
            Term {
                name: "deductible of household cover",
                from: |policy| policy.sharing.property.promotion = 2.0,
                moved: |policy| policy.sharing.property.deductible_yuan = 20_000.0,
                follows: &[(More, RESIDENTS_SHARE)],
            },
            Term {
                name: "limit of liability cover",
                from: |policy| {
                    policy.sharing.safety_liability.take_up_compulsory = 1.0;
                    policy.sharing.safety_liability.take_up_others = 1.0;
                },
                moved: |policy| policy.sharing.safety_liability.limit_yuan_per_death = 0.0,
                follows: &[(More, RESIDENTS_SHARE)],
            },
            Term {
                name: "take-up of agricultural cover",
                from: as_it_is,
                moved: |policy| policy.sharing.agricultural.take_up = 1.0,
                follows: &[(Less, RESIDENTS_SHARE)],
            },
            Term {
                name: "deductible of agricultural cover",
                from: as_it_is,
                moved: |policy| policy.sharing.agricultural.deductible_share = 0.5,
                follows: &[(More, RESIDENTS_SHARE)],
            },
            Term {
                name: "subsidy of agricultural cover",
                from: as_it_is,
                moved: |policy| policy.sharing.agricultural.subsidy = 0.0,
                follows: &[(Less, SUBSIDY_MONEY)],
            },
            Term {
                name: "deductible of enterprise cover",
                from: |policy| policy.sharing.enterprise_property.take_up = 0.9,
                moved: |policy| policy.sharing.enterprise_property.deductible_share = 0.5,
                follows: &[(More, ENTERPRISES)],
            },
            Term {
                name: "limit of enterprise cover",
                from: |policy| policy.sharing.enterprise_property.take_up = 0.9,
                moved: |policy| policy.sharing.enterprise_property.limit_share_of_value = 0.0,
                follows: &[(More, ENTERPRISES)],
            },
            Term {
                name: "attachment of enterprise cover",
                from: |policy| policy.sharing.enterprise_property.take_up = 0.9,
                moved: |policy| policy.sharing.enterprise_property.attachment_yuan = 5e6,
                follows: &[(More, ENTERPRISES)],
            },
            Term {
                name: "flat limit of enterprise cover",
                from: |policy| policy.sharing.enterprise_property.take_up = 0.9,
                moved: |policy| policy.sharing.enterprise_property.limit_yuan = 1e5,
                follows: &[(More, ENTERPRISES)],
            },
            Term {
                name: "share of enterprise cover",
                from: |policy| policy.sharing.enterprise_property.take_up = 0.9,
                moved: |policy| policy.sharing.enterprise_property.share = 0.3,
                follows: &[(More, ENTERPRISES)],
            },
            Term {
                name: "insured infrastructure",
                from: as_it_is,
                moved: |policy| {
                    policy
                        .sharing
                        .enterprise_property
                        .infrastructure_insured_share = 0.5;
                },
                follows: &[(Less, GOVERNMENTS)],
            },
        ],
    );
}

fn pooled(policy: &mut Policy) {
    policy.sharing.pool.limit_yuan = 150e9;
    policy.sharing.pool.attachment_yuan = 0.0;
}

fn reinsured(policy: &mut Policy) {
    pooled(policy);
    policy.sharing.pool.reinsurance_limit_yuan = 100e9;
    policy.sharing.pool.reinsurance_attachment_yuan = 1e9;
}

fn much_aid(policy: &mut Policy) {
    policy.sharing.counterpart.trigger_loss_per_gdp = 0.01;
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn covers_of_catastrophes() {
    require(
        COUNTRY,
        &[
            Term {
                name: "trigger of resident cover",
                from: |policy| policy.sharing.public_cover.share_of_housing_loss = 0.5,
                moved: |policy| policy.sharing.public_cover.event_trigger_yuan = 5e9,
                follows: &[(More, RESIDENTS_SHARE)],
            },
            Term {
                name: "share of the pool",
                from: pooled,
                moved: |policy| policy.sharing.pool.share = 0.2,
                follows: &[(More, RESIDENTS_SHARE)],
            },
            Term {
                name: "yearly attachment of the pool",
                from: pooled,
                moved: |policy| policy.sharing.pool.annual_attachment_yuan = 30e9,
                follows: &[(More, RESIDENTS_SHARE)],
            },
            Term {
                name: "yearly limit of the pool",
                from: pooled,
                moved: |policy| policy.sharing.pool.annual_limit_yuan = 1e9,
                follows: &[(More, RESIDENTS_SHARE)],
            },
            Term {
                name: "reinsurance of the pool",
                from: pooled,
                moved: |policy| {
                    policy.sharing.pool.reinsurance_attachment_yuan = 1e9;
                    policy.sharing.pool.reinsurance_limit_yuan = 100e9;
                },
                follows: &[(More, REINSURERS)],
            },
            Term {
                name: "attachment of reinsurance",
                from: reinsured,
                moved: |policy| policy.sharing.pool.reinsurance_attachment_yuan = 20e9,
                follows: &[(Less, REINSURERS)],
            },
            Term {
                name: "limit of parametric cover",
                from: |policy| policy.sharing.index_cover.share_of_public_need = 0.5,
                moved: |policy| policy.sharing.index_cover.limit_yuan_per_head = 50.0,
                follows: &[(Less, GOVERNMENTS)],
            },
        ],
    );
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn what_acts_in_great_events() {
    let size = Size {
        years: 5,
        ..COUNTRY
    };
    require_now_and_then(
        size,
        &[
            Term {
                name: "capital of the pool",
                from: pooled,
                moved: |policy| policy.sharing.pool.capital_yuan = 0.0,
                follows: &[(More, POOL_UNPAID)],
            },
            Term {
                name: "trigger of counterpart aid",
                from: much_aid,
                moved: |policy| policy.sharing.counterpart.trigger_loss_per_gdp = 1.0,
                follows: &[(Less, COUNTERPART)],
            },
            Term {
                name: "share of counterpart aid",
                from: much_aid,
                moved: |policy| policy.sharing.counterpart.share = 0.3,
                follows: &[(More, COUNTERPART)],
            },
            Term {
                name: "charity for famous disasters",
                from: as_it_is,
                moved: |policy| policy.sharing.charity.share_famous = 0.15,
                follows: &[(More, CHARITY)],
            },
        ],
    );
}

/// Money moved between what works before events and what works after them.
#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn how_much_money_and_when() {
    require(
        COUNTRY,
        &[
            Term {
                name: "half as much money again",
                from: as_it_is,
                moved: |policy| policy.budget.multiplier = 1.5,
                follows: &[(More, PUBLIC_MONEY), (Less, ACCIDENT_DEATHS)],
            },
            Term {
                name: "a fifth of the money before events",
                from: as_it_is,
                moved: |policy| policy.budget.share_before_events = 0.2,
                follows: &[
                    (Less, MONEY_BEFORE),
                    (More, MONEY_OF_RESPONSE),
                    (More, ACCIDENT_DEATHS),
                ],
            },
        ],
    );
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn money_that_is_returned() {
    require(
        COUNTRY,
        &[Term {
            name: "returned share",
            from: as_it_is,
            moved: |policy| policy.budget.returned_share = 0.2,
            follows: &[(More, RETURNED)],
        }],
    );
}
