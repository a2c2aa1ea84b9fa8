//! Criteria, avoidance, intervention and remedy, lever by lever.

use crate::common::claims::Way::{Less, More};
use crate::common::claims::{Claim, judge};
use crate::figures::{
    ACCIDENT_DEATHS, ACCIDENTS, ACCIDENTS_OUTSIDE_ROAD, BACKLOG, CARE, CARE_YUAN, CHILDREN,
    CRUSHES, DISPUTES, FALSE_ALARMS, FALSE_ALARMS_AT_WORK, FALSE_REFUSALS, FOUND, HOURS,
    INSPECTION_MONEY, LARGE_ACCIDENTS_DEATHS, LOST_FUNCTION, LOST_OUTPUT, NATURAL_DEATHS,
    NATURAL_LOSS, NEAR_HOMES_DEATHS, NEIGHBOUR_DEATHS, NO_OWNER, POISONINGS, REFUSALS,
    RETIREMENT_YUAN, SAVED_BY_TEAMS, SUSPENSION_YUAN, VISITS, WARNED_SHARE, WARNED_STRIKES,
    WORKER_DEATHS, WORKS, WORKS_MONEY,
};
use crate::{present, require};

#[test]
fn criteria() {
    require(&[
        Claim {
            lever: "stricter limit of backlog",
            moved: |policy| policy.criteria.suspension_backlog_per_100_workers = 6.0,
            follows: &[
                (Less, BACKLOG),
                (Less, WORKER_DEATHS),
                (More, SUSPENSION_YUAN),
            ],
        },
        Claim {
            lever: "longer suspension",
            moved: |policy| policy.criteria.suspension_weeks = 13.0,
            follows: &[(Less, ACCIDENTS), (More, SUSPENSION_YUAN)],
        },
        Claim {
            lever: "limit of individual risk",
            moved: |policy| policy.criteria.individual_risk_limit_per_year = 1e-4,
            follows: &[(Less, ACCIDENTS), (More, SUSPENSION_YUAN)],
        },
    ]);
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn criteria_further() {
    require(&[Claim {
        lever: "weight on life",
        moved: |policy| policy.criteria.weight_on_life = 2.0,
        follows: &[
            (More, INSPECTION_MONEY),
            (Less, WORKS_MONEY),
            (Less, WORKS),
            (Less, ACCIDENT_DEATHS),
            (Less, HOURS),
        ],
    }]);
}

#[test]
fn avoidance() {
    require(&[
        Claim {
            lever: "sharp risk-based inspection",
            moved: |policy| {
                policy.avoidance.rating_accuracy = 0.9;
                policy.avoidance.risk_based_inspection = 1.0;
            },
            follows: &[
                (More, FOUND),
                (Less, BACKLOG),
                (Less, ACCIDENTS_OUTSIDE_ROAD),
            ],
        },
        Claim {
            lever: "sharper rating",
            moved: |policy| policy.avoidance.rating_accuracy = 0.9,
            follows: &[(Less, FALSE_REFUSALS)],
        },
        Claim {
            lever: "refusals",
            moved: |policy| policy.avoidance.refusal_share = 0.15,
            follows: &[(More, REFUSALS), (More, FALSE_REFUSALS), (Less, ACCIDENTS)],
        },
        Claim {
            lever: "distance from homes",
            moved: |policy| policy.avoidance.siting_distance = 1.0,
            follows: &[(Less, NEIGHBOUR_DEATHS), (Less, NEAR_HOMES_DEATHS)],
        },
        Claim {
            lever: "ceiling on consequence",
            moved: |policy| policy.avoidance.consequence_ceiling_deaths = 10,
            follows: &[(Less, LARGE_ACCIDENTS_DEATHS), (More, CARE_YUAN)],
        },
    ]);
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn avoidance_further() {
    require(&[
        Claim {
            lever: "limit of crowds",
            moved: |policy| policy.avoidance.crowd_limit = 1.0,
            follows: &[(Less, CRUSHES)],
        },
        Claim {
            lever: "stability assessment",
            moved: |policy| policy.avoidance.stability_assessment = 1.0,
            follows: &[(Less, DISPUTES)],
        },
        Claim {
            lever: "protection of the vulnerable",
            moved: |policy| policy.avoidance.vulnerable_protection = 1.0,
            follows: &[(Less, NATURAL_DEATHS)],
        },
        Claim {
            lever: "food supervision",
            moved: |policy| policy.avoidance.food_supervision = 1.0,
            follows: &[(Less, POISONINGS)],
        },
    ]);
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn intervention() {
    require(&[
        Claim {
            lever: "earlier alarm",
            moved: |policy| policy.intervention.alarm_shift = -0.5,
            follows: &[(More, WARNED_STRIKES), (More, FALSE_ALARMS)],
        },
        Claim {
            lever: "earlier alarm at work",
            moved: |policy| policy.intervention.accident_alarm_shift = -0.5,
            follows: &[
                (More, FALSE_ALARMS_AT_WORK),
                (More, LOST_OUTPUT),
                (Less, ACCIDENTS),
            ],
        },
        Claim {
            lever: "false alarms that count",
            moved: |policy| policy.intervention.alarm_cost_ratio = 0.2,
            follows: &[(Less, FALSE_ALARMS_AT_WORK), (More, ACCIDENTS)],
        },
        Claim {
            lever: "village calls",
            moved: |policy| policy.intervention.village_call_share = 1.0,
            follows: &[(More, WARNED_SHARE), (Less, NATURAL_DEATHS)],
        },
        Claim {
            lever: "sources removed at early signs",
            moved: |policy| policy.intervention.source_removal = 1.0,
            follows: &[(Less, BACKLOG), (Less, ACCIDENTS), (Less, DISPUTES)],
        },
        Claim {
            lever: "shelters",
            moved: |policy| policy.intervention.shelter_places = 1.0,
            follows: &[(More, WARNED_SHARE)],
        },
        Claim {
            lever: "stocks",
            moved: |policy| policy.intervention.stocks = 2.0,
            follows: &[(Less, LOST_FUNCTION)],
        },
        Claim {
            lever: "deeper lessons",
            moved: |policy| policy.intervention.after_action_depth = 3.0,
            follows: &[(Less, ACCIDENTS)],
        },
        Claim {
            lever: "containment",
            moved: |policy| policy.intervention.containment_multiplier = 1.8,
            follows: &[(Less, CHILDREN)],
        },
        Claim {
            lever: "money for monitoring",
            moved: |policy| policy.budget.plan_yuan_per_head.monitor_warn = 80.0,
            follows: &[(More, WARNED_SHARE), (Less, WORKER_DEATHS)],
        },
        Claim {
            lever: "money for inspection",
            moved: |policy| policy.budget.plan_yuan_per_head.inspect = 20.0,
            follows: &[
                (More, VISITS),
                (Less, BACKLOG),
                (More, CARE),
                (Less, ACCIDENTS),
            ],
        },
        Claim {
            lever: "money for response",
            moved: |policy| policy.budget.plan_yuan_per_head.respond = 150.0,
            follows: &[(Less, HOURS), (More, SAVED_BY_TEAMS)],
        },
    ]);
}

#[test]
fn remedy() {
    require(&[
        Claim {
            lever: "rectification",
            moved: |policy| policy.remedy.rectification_share = 0.98,
            follows: &[(Less, BACKLOG), (Less, ACCIDENT_DEATHS), (More, CARE_YUAN)],
        },
        Claim {
            lever: "supervision online",
            moved: |policy| policy.remedy.digital_supervision = 1.0,
            follows: &[
                (More, FOUND),
                (Less, BACKLOG),
                (Less, ACCIDENTS),
                (More, CARE_YUAN),
            ],
        },
        Claim {
            lever: "self-checks",
            moved: |policy| policy.remedy.self_check_multiplier = 2.0,
            follows: &[(Less, BACKLOG), (Less, ACCIDENTS), (More, CARE_YUAN)],
        },
        Claim {
            lever: "quality of management",
            moved: |policy| policy.remedy.quality_target = 0.7,
            follows: &[(Less, BACKLOG), (Less, ACCIDENTS), (More, CARE_YUAN)],
        },
    ]);
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn remedy_further() {
    require(&[
        Claim {
            lever: "slower regulation",
            moved: |policy| policy.remedy.regulation_lag_years = 10.0,
            follows: &[(More, ACCIDENTS), (More, NO_OWNER)],
        },
        Claim {
            lever: "retirement of old plant",
            moved: |policy| policy.remedy.retirement_age_years = 20.0,
            follows: &[(Less, ACCIDENTS), (More, RETIREMENT_YUAN)],
        },
        Claim {
            lever: "money for retrofit",
            moved: |policy| policy.budget.plan_yuan_per_head.remedy = 10.0,
            follows: &[(Less, ACCIDENTS), (More, RETIREMENT_YUAN)],
        },
        Claim {
            lever: "less money for works",
            moved: |policy| policy.budget.plan_yuan_per_head.works = 50.0,
            follows: &[(Less, WORKS), (More, NATURAL_LOSS), (More, NATURAL_DEATHS)],
        },
    ]);
}

/// Where the same money pays a larger share of the price, less plant is renewed.
#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn a_larger_subsidy_reaches_less_plant() {
    let laboratory = &present().0;
    let before = laboratory.with(|policy| policy.budget.plan_yuan_per_head.remedy = 10.0);
    let after = laboratory.with(|policy| {
        policy.budget.plan_yuan_per_head.remedy = 10.0;
        policy.remedy.retrofit_subsidy_share = 0.6;
    });
    let follows = [(More, ACCIDENTS), (Less, RETIREMENT_YUAN)];
    let broken = follows.map(|(way, figure)| judge("subsidy share", &before, &after, way, figure));
    assert_eq!(broken.concat(), "");
}
