//! Responsibility and sharing, lever by lever; and levers of all six that are weak.

use crate::common::claims::Way::{Less, More};
use crate::common::claims::{Claim, judge, require_in};
use crate::common::{COUNTRY, Laboratory, Size};
use crate::figures::{
    ACCIDENT_DEATHS, ACCIDENTS, BACKLOG, CARE, CONCEALED, ENTERPRISES, GOVERNMENTS, HIDDEN_DEATHS,
    HOURS, HURT_IN_RESCUE, LOST_FUNCTION, NATURAL_DEATHS, NO_OWNER, PREPAREDNESS, RELIEF_MONEY,
    RESIDENTS_SHARE, SAVED_AT_SCENE, SAVED_BY_TEAMS, TAKE_UP, VISITS, WARNED_SHARE, WORKER_DEATHS,
    WORKS_MONEY,
};
use crate::{present, require};
use riskweave::scenario::policy::LiabilityRule;

#[test]
fn responsibility() {
    require(&[
        Claim {
            lever: "staff follows duties",
            moved: |policy| policy.responsibility.staff_follow_duties = 1.0,
            follows: &[(Less, HOURS), (More, SAVED_BY_TEAMS), (Less, LOST_FUNCTION)],
        },
        Claim {
            lever: "coordination",
            moved: |policy| policy.responsibility.coordination = 0.75,
            follows: &[(More, VISITS), (Less, BACKLOG), (Less, HOURS)],
        },
        Claim {
            lever: "linkage",
            moved: |policy| policy.responsibility.linkage = 0.95,
            follows: &[
                (Less, HOURS),
                (More, WARNED_SHARE),
                (Less, NATURAL_DEATHS),
                (More, SAVED_BY_TEAMS),
            ],
        },
        Claim {
            lever: "no liability",
            moved: |policy| policy.responsibility.liability_rule = LiabilityRule::None,
            follows: &[(Less, CARE), (More, ACCIDENTS), (More, RESIDENTS_SHARE)],
        },
    ]);
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn responsibility_further() {
    require(&[
        Claim {
            lever: "strict liability",
            moved: |policy| policy.responsibility.liability_rule = LiabilityRule::Strict,
            follows: &[(Less, RESIDENTS_SHARE)],
        },
        Claim {
            lever: "full liability",
            moved: |policy| policy.responsibility.liability_share = 1.0,
            follows: &[(More, CARE), (Less, ACCIDENTS), (Less, RESIDENTS_SHARE)],
        },
        Claim {
            lever: "harder sanctions",
            moved: |policy| policy.responsibility.sanction_multiplier = 3.0,
            follows: &[
                (More, CARE),
                (Less, ACCIDENT_DEATHS),
                (More, CONCEALED),
                (More, HIDDEN_DEATHS),
            ],
        },
        Claim {
            lever: "protected reporters",
            moved: |policy| policy.responsibility.exposure_multiplier = 3.0,
            follows: &[(Less, CONCEALED), (Less, HIDDEN_DEATHS)],
        },
        Claim {
            lever: "aggravation",
            moved: |policy| policy.responsibility.concealment_aggravation = 4.0,
            follows: &[(Less, CONCEALED), (Less, HIDDEN_DEATHS)],
        },
        Claim {
            lever: "safe harbour",
            moved: |policy| policy.responsibility.safe_harbour = 0.8,
            follows: &[(Less, CARE), (Less, CONCEALED)],
        },
        Claim {
            lever: "rewards of reporters",
            moved: |policy| policy.budget.plan_yuan_per_head.report = 5.0,
            follows: &[(Less, BACKLOG), (Less, WORKER_DEATHS)],
        },
    ]);
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn a_clean_matrix_leaves_fewer_events_without_owner() {
    let (laboratory, before) = present();
    let mut policy = laboratory.checked.baseline.clone();
    policy.matrix = laboratory.shipped("network").matrix;
    let after = laboratory.run(&policy);
    assert_eq!(
        judge("matrix of network", before, &after, Less, NO_OWNER),
        ""
    );
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn sharing_of_rescue() {
    require(&[
        Claim {
            lever: "first responders in high-risk fields",
            moved: |policy| policy.sharing.responders.high_risk = 0.3,
            follows: &[(More, SAVED_AT_SCENE), (Less, ACCIDENT_DEATHS)],
        },
        Claim {
            lever: "first responders at the front line",
            moved: |policy| policy.sharing.responders.front_line = 0.3,
            follows: &[(More, SAVED_AT_SCENE), (Less, ACCIDENT_DEATHS)],
        },
        Claim {
            lever: "first responders in key units",
            moved: |policy| policy.sharing.responders.key_units = 0.5,
            follows: &[(More, SAVED_AT_SCENE)],
        },
        Claim {
            lever: "protective equipment",
            moved: |policy| policy.sharing.responders.protection = 1.0,
            follows: &[(Less, HURT_IN_RESCUE)],
        },
    ]);
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn sharing_of_loss() {
    require(&[
        Claim {
            lever: "relief",
            moved: |policy| {
                policy.sharing.relief.share_ordinary = 0.5;
                policy.sharing.relief.share_catastrophe = 0.5;
            },
            follows: &[
                (Less, RESIDENTS_SHARE),
                (More, GOVERNMENTS),
                (Less, PREPAREDNESS),
                (Less, TAKE_UP),
                (Less, WORKS_MONEY),
            ],
        },
        Claim {
            lever: "sooner relief",
            moved: |policy| policy.sharing.relief.days_to_payment = 7.0,
            follows: &[(Less, LOST_FUNCTION)],
        },
        Claim {
            lever: "consolation",
            moved: |policy| policy.sharing.relief.death_consolation_yuan = 100_000.0,
            follows: &[(More, RELIEF_MONEY)],
        },
        Claim {
            lever: "resident cover",
            moved: |policy| policy.sharing.public_cover.share_of_housing_loss = 0.5,
            follows: &[(Less, RESIDENTS_SHARE)],
        },
        Claim {
            lever: "pool",
            moved: |policy| {
                policy.sharing.pool.limit_yuan = 150e9;
                policy.sharing.pool.attachment_yuan = 0.0;
            },
            follows: &[(Less, RESIDENTS_SHARE), (Less, LOST_FUNCTION)],
        },
        Claim {
            lever: "parametric cover",
            moved: |policy| policy.sharing.index_cover.share_of_public_need = 0.5,
            follows: &[(Less, GOVERNMENTS)],
        },
        Claim {
            lever: "charity",
            moved: |policy| policy.sharing.charity.share_ordinary = 0.02,
            follows: &[(Less, RESIDENTS_SHARE)],
        },
        Claim {
            lever: "agricultural insurance",
            moved: |policy| policy.sharing.agricultural.insured_value_share = 0.6,
            follows: &[(Less, RESIDENTS_SHARE)],
        },
        Claim {
            lever: "promotion of household insurance",
            moved: |policy| policy.sharing.property.promotion = 2.0,
            follows: &[(More, TAKE_UP), (Less, RESIDENTS_SHARE)],
        },
        Claim {
            lever: "subsidy of household insurance",
            moved: |policy| policy.sharing.property.subsidy = 0.9,
            follows: &[(More, TAKE_UP), (Less, RESIDENTS_SHARE)],
        },
        Claim {
            lever: "enterprise property insurance",
            moved: |policy| policy.sharing.enterprise_property.take_up = 0.9,
            follows: &[(Less, ENTERPRISES)],
        },
    ]);
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn sharing_of_accidents_and_rescue() {
    require(&[
        Claim {
            lever: "no work-injury insurance",
            moved: |policy| policy.sharing.work_injury = false,
            follows: &[(More, RESIDENTS_SHARE)],
        },
        Claim {
            lever: "no medical insurance",
            moved: |policy| policy.sharing.medical = false,
            follows: &[(More, RESIDENTS_SHARE)],
        },
        Claim {
            lever: "liability cover for all",
            moved: |policy| {
                policy.sharing.safety_liability.take_up_compulsory = 1.0;
                policy.sharing.safety_liability.take_up_others = 1.0;
            },
            follows: &[(Less, RESIDENTS_SHARE), (Less, CARE)],
        },
        Claim {
            lever: "experience rating",
            moved: |policy| policy.sharing.experience_rating = 0.6,
            follows: &[(More, CARE), (Less, ACCIDENTS)],
        },
        Claim {
            lever: "prevention fee",
            moved: |policy| policy.sharing.safety_liability.prevention_fee_share = 0.25,
            follows: &[(Less, BACKLOG), (Less, ACCIDENTS)],
        },
        Claim {
            lever: "training of first responders",
            moved: |policy| policy.budget.plan_yuan_per_head.train = 60.0,
            follows: &[(More, SAVED_AT_SCENE)],
        },
    ]);
}

/// What acts only now and then needs more runs to be told from chance.
#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn weak_levers() {
    let laboratory = Laboratory::new(Size {
        replications: 8,
        ..COUNTRY
    });
    let before = laboratory.run(&laboratory.checked.baseline);
    let claims = [
        Claim {
            lever: "campaigns",
            moved: |policy| {
                policy.intervention.campaign_multiplier = 3.0;
                policy.intervention.campaign_weeks = 52.0;
            },
            follows: &[(Less, BACKLOG)],
        },
        Claim {
            lever: "coordination",
            moved: |policy| policy.responsibility.coordination = 0.75,
            follows: &[(Less, WORKER_DEATHS)],
        },
    ];
    require_in(&laboratory, &before, &claims);
}
