//! Rules about natural hazards that the society lacks, and what they could destroy.

use super::facts::{any_catastrophe, any_hazard, can_be_lost, workers_where};
use super::rules::{Lacking, Rule};
use super::society::OTHER_SOCIETY;
use crate::model::mechanisms::intervention::SHELTER_REACHED_HOURS;
use crate::vocabulary::Asset;

const NO_HAZARDS: [&str; 2] = [
    "这个社会没有自然灾害",
    "no natural hazard strikes this society",
];

/// The rules.
pub(super) const RULES: &[Rule] = &[
    Rule {
        keys: &[
            "avoidance.vulnerable_protection",
            "intervention.alarm_shift",
            "intervention.village_call_share",
            "intervention.stocks",
            "responsibility.linkage_above.military",
            "sharing.property.coverage",
            "sharing.property.deductible_yuan",
            "sharing.property.subsidy",
            "sharing.property.promotion",
            "sharing.relief.share_ordinary",
            "sharing.relief.share_catastrophe",
            "sharing.counterpart.share",
            "sharing.charity.share_ordinary",
            "sharing.charity.share_famous",
        ],
        lacking: Lacking::Society,
        acts: |subject| any_hazard(subject, |_| true),
        why: NO_HAZARDS,
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["intervention.shelter_places"],
        lacking: Lacking::Society,
        acts: |subject| {
            any_hazard(subject, |hazard| {
                hazard.lead_time_hours >= SHELTER_REACHED_HOURS
            })
        },
        why: [
            "这个社会没有来得及转移避险的自然灾害",
            "no natural hazard of this society leaves the time to reach a shelter",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["responsibility.volunteers_mobilised"],
        lacking: Lacking::Society,
        acts: |subject| {
            let reach = subject.society.society.government.volunteer_reach > 0.0;
            reach && any_hazard(subject, |hazard| hazard.savable_share > 0.0)
        },
        why: [
            "这个社会没有需要志愿者到场抢救的自然灾害",
            "no natural hazard of this society traps people whom volunteers could reach",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["budget.plan_yuan_per_head.works"],
        lacking: Lacking::Society,
        acts: |subject| any_hazard(subject, |hazard| hazard.works_effect > 0.0),
        why: [
            "这个社会没有防护工程能减轻的自然灾害(如洪涝)",
            "no hazard strikes this society that protective works could lessen (floods, say)",
        ],
        remedy: [
            "把这笔经费用到其他职能,或在有此类灾害的社会中检查(--society)。",
            "give the money to another function, or check the policy in a society with such hazards (--society).",
        ],
    },
    Rule {
        keys: &["budget.plan_yuan_per_head.monitor_warn"],
        lacking: Lacking::Society,
        acts: |subject| {
            let trades = &subject.society.society.trades;
            let watched = |trade| trades[trade].monitoring_hit_share > 0.0;
            any_hazard(subject, |_| true) || workers_where(subject, watched)
        },
        why: [
            "这个社会没有可监测预警的自然灾害或生产装置",
            "this society has neither hazards nor plant that could be watched",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &[
            "sharing.agricultural.take_up",
            "sharing.agricultural.deductible_share",
            "sharing.agricultural.insured_value_share",
            "sharing.agricultural.subsidy",
        ],
        lacking: Lacking::Society,
        acts: |subject| can_be_lost(subject, Asset::CropsLivestock),
        why: [
            "这个社会没有会受灾的农作物与畜禽",
            "this society has no crops or livestock that a hazard could destroy",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["sharing.enterprise_property.infrastructure_insured_share"],
        lacking: Lacking::Society,
        acts: |subject| can_be_lost(subject, Asset::Infrastructure),
        why: [
            "这个社会没有会受灾的公共设施",
            "this society has no public facilities that a hazard could destroy",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &[
            "sharing.public_cover.share_of_housing_loss",
            "sharing.index_cover.share_of_public_need",
        ],
        lacking: Lacking::Society,
        acts: any_catastrophe,
        why: [
            "这类保险只保洪涝、台风、地震和地质灾害,这个社会都没有",
            "this cover insures flood, typhoon, earthquake and geological hazards, and none strikes this society",
        ],
        remedy: OTHER_SOCIETY,
    },
];
