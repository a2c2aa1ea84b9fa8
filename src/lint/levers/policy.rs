//! Rules about what another lever of the policy leaves, by the equations of the model.

use super::facts::{handovers, overlaps, several_provinces};
use super::rules::{Lacking, Rule};
use crate::scenario::policy::LiabilityRule;
use crate::scenario::society::GovernmentRule;

/// The rules.
pub(super) const RULES: &[Rule] = &[
    Rule {
        keys: &["avoidance.rating_accuracy"],
        lacking: Lacking::Lever,
        acts: |subject| {
            let used = ["avoidance.risk_based_inspection", "avoidance.refusal_share"];
            used.iter().any(|key| subject.number(key) > 0.0)
        },
        why: [
            "分级结果既不用于检查,也不用于准入",
            "no inspection and no admission uses the rating",
        ],
        remedy: [
            "提高 avoidance.risk_based_inspection 或 avoidance.refusal_share。",
            "raise avoidance.risk_based_inspection or avoidance.refusal_share.",
        ],
    },
    Rule {
        keys: &["remedy.retrofit_subsidy_share"],
        lacking: Lacking::Lever,
        acts: |subject| subject.number("budget.plan_yuan_per_head.remedy") > 0.0,
        why: [
            "没有改造补助经费(budget.plan_yuan_per_head.remedy 为 0)",
            "there is no money for retrofit (budget.plan_yuan_per_head.remedy is zero)",
        ],
        remedy: [
            "给 budget.plan_yuan_per_head.remedy 安排经费。",
            "plan money in budget.plan_yuan_per_head.remedy.",
        ],
    },
    Rule {
        keys: &["intervention.campaign_weeks"],
        lacking: Lacking::Lever,
        acts: |subject| {
            // Reactive governments have campaigns of their own.
            subject.number("intervention.campaign_multiplier") > 1.0
                || subject.society.society.government.rule == GovernmentRule::ReactiveCampaign
        },
        why: [
            "专项整治力度为 1,即没有整治",
            "the effort of a campaign is 1: there is none",
        ],
        remedy: [
            "把 intervention.campaign_multiplier 提高到 1 以上。",
            "raise intervention.campaign_multiplier above 1.",
        ],
    },
    Rule {
        keys: &["intervention.campaign_multiplier"],
        lacking: Lacking::Lever,
        acts: |subject| {
            subject.number("intervention.campaign_weeks") > 0.0
                || subject.society.society.government.rule == GovernmentRule::ReactiveCampaign
        },
        why: ["整治时间为 0 周", "a campaign lasts no week"],
        remedy: [
            "把 intervention.campaign_weeks 提高到 0 以上。",
            "raise intervention.campaign_weeks above 0.",
        ],
    },
    Rule {
        keys: &["responsibility.coordination"],
        lacking: Lacking::Lever,
        acts: overlaps,
        why: [
            "矩阵没有任何重叠,没有需要协调的共同责任;协调仍要花钱",
            "no cell of the matrix overlaps, so that no duty is joint; coordination is paid for all the same",
        ],
        remedy: [
            "恢复为基准值,把钱用到别处;或在矩阵中写明共同承担的责任。",
            "leave it at the baseline's value and spend the money elsewhere, or let the matrix say which duties are joint.",
        ],
    },
    Rule {
        keys: &[
            "responsibility.linkage_above.levels",
            "responsibility.linkage_above.sectors",
        ],
        lacking: Lacking::Lever,
        acts: handovers,
        why: [
            "各类事件自始至终由同一单位牵头,没有交接",
            "one owner leads each category throughout: nothing is handed over",
        ],
        remedy: [
            "恢复为基准值;联动要花钱。",
            "leave it at the baseline's value: linkage is paid for.",
        ],
    },
    Rule {
        keys: &["responsibility.linkage"],
        lacking: Lacking::Lever,
        acts: |subject| handovers(subject) || several_provinces(subject),
        why: [
            "各类事件自始至终由同一单位牵头,又只有一个省级单位,没有交接;联动仍要花钱",
            "one owner leads each category throughout in the one province there is: nothing is handed over; linkage is paid for all the same",
        ],
        remedy: [
            "恢复为基准值,把钱用到别处。",
            "leave it at the baseline's value and spend the money elsewhere.",
        ],
    },
    Rule {
        keys: &["responsibility.liability_share"],
        lacking: Lacking::Lever,
        acts: |subject| subject.policy.policy.responsibility.liability_rule != LiabilityRule::None,
        why: [
            "归责原则为 none,责任方不赔",
            "the liability rule is `none`: no injurer owes anything",
        ],
        remedy: [
            "把 responsibility.liability_rule 设为 negligence 或 strict。",
            "set responsibility.liability_rule to negligence or strict.",
        ],
    },
    Rule {
        keys: &["responsibility.liability_rule"],
        lacking: Lacking::Lever,
        acts: |subject| {
            let levers = &subject.policy.policy.responsibility;
            levers.liability_rule == LiabilityRule::None || levers.liability_share > 0.0
        },
        why: [
            "赔偿责任比例为 0,责任方不赔",
            "the liability share is 0: no injurer owes anything",
        ],
        remedy: [
            "提高 responsibility.liability_share。",
            "raise responsibility.liability_share.",
        ],
    },
    Rule {
        keys: &[
            "responsibility.safe_harbour",
            "responsibility.concealment_aggravation",
            "responsibility.official_sanction_threshold_deaths",
        ],
        lacking: Lacking::Lever,
        acts: |subject| subject.number("responsibility.sanction_multiplier") > 0.0,
        why: [
            "问责力度为 0,没有处罚可以减免或加重",
            "sanctions are switched off (sanction_multiplier is 0): there is none to waive or aggravate",
        ],
        remedy: [
            "提高 responsibility.sanction_multiplier。",
            "raise responsibility.sanction_multiplier.",
        ],
    },
    Rule {
        keys: &[
            "sharing.reinsurance.quota_share",
            "sharing.reinsurance.excess_attachment_yuan",
            "sharing.reinsurance.excess_limit_yuan",
            "sharing.reinsurance.stop_loss_attachment",
            "sharing.reinsurance.stop_loss_limit",
        ],
        lacking: Lacking::Lever,
        acts: |subject| {
            let sold = [
                "safety_liability.take_up_compulsory",
                "safety_liability.take_up_others",
                "property.coverage",
                "agricultural.take_up",
                "enterprise_property.take_up",
                "enterprise_property.infrastructure_insured_share",
                "public_cover.share_of_housing_loss",
                "index_cover.share_of_public_need",
            ];
            let is_sold = |key: &str| subject.number(&format!("sharing.{key}")) > 0.0;
            sold.into_iter().any(is_sold)
        },
        why: [
            "保险机构没有售出任何保险,没有可分出的赔款",
            "insurers sell no cover, so that there is no claim to cede",
        ],
        remedy: [
            "提高某种商业保险的投保率,或不再保险。",
            "raise the take-up of some commercial cover, or leave reinsurance out.",
        ],
    },
    Rule {
        keys: &["sharing.recourse"],
        lacking: Lacking::Lever,
        acts: |subject| {
            let levers = &subject.policy.policy;
            let liability = &levers.responsibility;
            levers.sharing.own_cover_after_accidents
                && liability.liability_rule != LiabilityRule::None
                && liability.liability_share > 0.0
        },
        why: [
            "事故后不动用受害人的自有保险,或责任方不赔,无从追偿",
            "no cover of victims pays after an accident, or no injurer owes anything: there is nothing to recover",
        ],
        remedy: [
            "启用 sharing.own_cover_after_accidents,并设定归责原则和赔偿责任比例。",
            "switch on sharing.own_cover_after_accidents, and set a liability rule and share.",
        ],
    },
    Rule {
        keys: &["sharing.own_cover_after_accidents"],
        lacking: Lacking::Lever,
        acts: |subject| subject.number("sharing.property.coverage") > 0.0,
        why: [
            "没有家庭财产保险可以动用",
            "there is no household cover that could be asked",
        ],
        remedy: [
            "提高 sharing.property.coverage。",
            "raise sharing.property.coverage.",
        ],
    },
    Rule {
        keys: &["sharing.experience_rating"],
        lacking: Lacking::Lever,
        acts: |subject| {
            let take_up = ["take_up_compulsory", "take_up_others"];
            let insured = |key| subject.number(&format!("sharing.safety_liability.{key}")) > 0.0;
            take_up.into_iter().any(insured)
                && subject.number("sharing.safety_liability.limit_yuan_per_death") > 0.0
        },
        why: [
            "没有单位投保安责险,没有可浮动的保费",
            "nobody holds work-safety liability cover, so that no premium can float",
        ],
        remedy: [
            "提高 sharing.safety_liability 的投保率。",
            "raise a take-up of sharing.safety_liability.",
        ],
    },
];
