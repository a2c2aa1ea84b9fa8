//! Rules about what the society lacks: which levers act on what, by the equations of the model.

use super::facts::{
    any_catastrophe, any_hazard, can_be_lost, compulsory, old_plant, several_provinces,
    workers_where,
};
use super::rules::{Lacking, Rule};
use crate::vocabulary::Asset;

pub(super) const OTHER_SOCIETY: [&str; 2] = [
    "删去这一行,或在有此类对象的社会中检查(--society)。",
    "delete the line, or check the policy in a society that has it (--society).",
];

const NO_ENTERPRISES: [&str; 2] = [
    "这个社会没有生产经营单位的从业人员(workers 表全为 0)",
    "nobody works in an enterprise of this society (its table of workers is all zero)",
];

/// The rules.
pub(super) const RULES: &[Rule] = &[
    Rule {
        keys: &[
            "criteria.individual_risk_limit_per_year",
            "criteria.installation_line_per_year",
            "criteria.suspension_backlog_per_100_workers",
            "criteria.suspension_weeks",
            "criteria.weight_on_development",
            "avoidance.risk_based_inspection",
            "avoidance.refusal_share",
            "intervention.campaign_multiplier",
            "intervention.after_action_depth",
            "remedy.rectification_share",
            "remedy.self_check_multiplier",
            "remedy.quality_target",
            "responsibility.talks",
            "responsibility.listing",
            "responsibility.liability_share",
            "responsibility.exposure_multiplier",
            "responsibility.concealment_aggravation",
            "sharing.experience_rating",
            "sharing.safety_liability.limit_yuan_per_death",
            "sharing.safety_liability.prevention_fee_share",
            "budget.plan_yuan_per_head.inspect",
            "budget.plan_yuan_per_head.remedy",
            "budget.plan_yuan_per_head.report",
        ],
        lacking: Lacking::Society,
        acts: |subject| subject.engine.any_workers(),
        why: NO_ENTERPRISES,
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["sharing.safety_liability.take_up_compulsory"],
        lacking: Lacking::Society,
        acts: |subject| workers_where(subject, |trade| compulsory(subject, trade)),
        why: [
            "这个社会没有强制投保行业的从业人员",
            "nobody in this society works in a trade where this cover is compulsory",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["sharing.safety_liability.take_up_others"],
        lacking: Lacking::Society,
        acts: |subject| workers_where(subject, |trade| !compulsory(subject, trade)),
        why: [
            "这个社会的从业人员都在强制投保行业",
            "nobody in this society works in a trade where this cover is voluntary",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["sharing.work_injury"],
        lacking: Lacking::Society,
        acts: |subject| {
            let facts = &subject.society.society;
            let at_work = facts.natural.at_work_share > 0.0 && any_hazard(subject, |_| true);
            facts.sharing.work_injury_coverage > 0.0 && (subject.engine.any_workers() || at_work)
        },
        why: [
            "这个社会没有可参加工伤保险的从业人员",
            "this society has no workers whom work-injury insurance covers",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["sharing.medical"],
        lacking: Lacking::Society,
        acts: |subject| {
            let facts = &subject.society.society.sharing;
            facts.medical_coverage * facts.medical_payout > 0.0
        },
        why: [
            "这个社会的基本医疗保险不赔付(参保率或报销比例为 0)",
            "basic medical insurance of this society pays nothing (coverage or payout is zero)",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["avoidance.siting_distance"],
        lacking: Lacking::Society,
        acts: |subject| {
            let trades = &subject.society.society.trades;
            workers_where(subject, |trade| trades[trade].third_party_share > 0.0)
        },
        why: [
            "这个社会没有会伤及周边居民的行业",
            "no trade of this society can hurt those who live near it",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["sharing.own_cover_after_accidents", "sharing.recourse"],
        lacking: Lacking::Society,
        acts: |subject| {
            let facts = &subject.society.society;
            facts.accident.property_share_of_third_party > 0.0
                && workers_where(subject, |trade| facts.trades[trade].third_party_share > 0.0)
        },
        why: [
            "这个社会的事故不损坏第三方财产",
            "no accident of this society damages third parties' property",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["avoidance.crowd_limit"],
        lacking: Lacking::Society,
        acts: |subject| subject.society.society.social.crush_events_per_year > 0.0,
        why: [
            "这个社会没有拥挤踩踏(crush_events_per_year 为 0)",
            "no crowd is crushed in this society (crush_events_per_year is zero)",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["avoidance.stability_assessment"],
        lacking: Lacking::Society,
        acts: |subject| {
            let social = &subject.society.society.social;
            social.dispute_events_per_year > 0.0 && social.stability_assessment_effect > 0.0
        },
        why: [
            "这个社会没有会激化的矛盾纠纷(dispute_events_per_year 为 0)",
            "no dispute escalates in this society (dispute_events_per_year is zero)",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["avoidance.food_supervision"],
        lacking: Lacking::Society,
        acts: |subject| {
            let health = &subject.society.society.health;
            let events = health.home_meal_events_per_year + health.canteen_events_per_year;
            events > 0.0 && health.hygiene_supervision_effect > 0.0
        },
        why: [
            "这个社会没有食源性疾病暴发",
            "there are no foodborne outbreaks in this society",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["intervention.source_removal"],
        lacking: Lacking::Society,
        acts: |subject| {
            let social = &subject.society.society.social;
            let unrest = social.dispute_events_per_year + social.violence_events_per_year > 0.0;
            subject.engine.any_workers() || unrest && social.mediation_effect > 0.0
        },
        why: [
            "这个社会没有会显现苗头的隐患或矛盾纠纷",
            "this society has neither hazards at work nor disputes that could show an early sign",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["avoidance.consequence_ceiling_deaths"],
        lacking: Lacking::Society,
        acts: |subject| {
            let society = &subject.society.society;
            let ceiling = subject.policy.policy.avoidance.consequence_ceiling_deaths;
            let crowds = society.social.crush_events_per_year > 0.0
                && society.social.crush_deaths_cap > ceiling;
            let above = |trade| {
                let sizes = society.trades[trade].sizes.values();
                sizes.iter().any(|size| size.deaths_cap > ceiling)
            };
            crowds || workers_where(subject, above)
        },
        why: [
            "这个社会没有后果会超过这一上限的风险源",
            "no source of this society could kill more than the ceiling allows",
        ],
        remedy: [
            "把 avoidance.consequence_ceiling_deaths 降到各行业死亡上限(deaths_cap)以下,或删去这一行。",
            "set avoidance.consequence_ceiling_deaths below the caps of the trades (deaths_cap), or delete the line.",
        ],
    },
    Rule {
        keys: &["remedy.digital_supervision"],
        lacking: Lacking::Society,
        acts: |subject| workers_where(subject, |trade| compulsory(subject, trade)),
        why: [
            "这个社会没有高危行业的从业人员",
            "nobody in this society works in a high-risk field",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["remedy.retrofit_subsidy_share"],
        lacking: Lacking::Society,
        acts: old_plant,
        why: [
            "这个社会没有适用改造补助的行业",
            "this society has no trade whose old plant is retrofitted",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &[
            "sharing.enterprise_property.take_up",
            "sharing.enterprise_property.deductible_share",
            "sharing.enterprise_property.limit_share_of_value",
            "sharing.enterprise_property.attachment_yuan",
            "sharing.enterprise_property.limit_yuan",
        ],
        lacking: Lacking::Society,
        acts: |subject| subject.engine.any_workers() || can_be_lost(subject, Asset::Enterprise),
        why: [
            "这个社会没有会受损的企业财产",
            "this society has no enterprises whose property could be destroyed",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &[
            "sharing.pool.limit_yuan",
            "sharing.pool.reinsurance_limit_yuan",
        ],
        lacking: Lacking::Society,
        acts: |subject| {
            let accidents = subject.society.society.sharing.pool_accident_share > 0.0;
            any_catastrophe(subject) || accidents && subject.engine.any_workers()
        },
        why: [
            "巨灾保险共同体只保洪涝、台风、地震和地质灾害,这个社会都没有",
            "the pool insures flood, typhoon, earthquake and geological hazards, and none strikes this society",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["remedy.regulation_lag_years"],
        lacking: Lacking::Society,
        acts: |subject| {
            subject.society.society.accident.novel_share > 0.0 && subject.engine.any_workers()
        },
        why: [
            "这个社会没有未受监管的四新业态",
            "no activity of this society waits for a rule",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["remedy.retirement_age_years"],
        lacking: Lacking::Society,
        acts: |subject| {
            let oldest = subject.society.society.accident.plant_age_limit_years;
            old_plant(subject) && subject.number("remedy.retirement_age_years") < oldest
        },
        why: [
            "这个社会没有适用淘汰年限的行业,或没有这么老的装置",
            "this society has no trade to which a retirement age applies, or no plant that grows so old",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["remedy.relocation_share_per_year"],
        lacking: Lacking::Society,
        acts: |subject| old_plant(subject) && several_provinces(subject),
        why: [
            "老旧装置无处可迁: 只有一个省级单位,或没有适用的行业",
            "old plant has nowhere to go: there is one province, or no such trade",
        ],
        remedy: OTHER_SOCIETY,
    },
    Rule {
        keys: &["responsibility.linkage_above.regions"],
        lacking: Lacking::Society,
        acts: several_provinces,
        why: [
            "这个社会只有一个省级单位,没有跨地区事件",
            "there is one province, so that no event crosses a border",
        ],
        remedy: OTHER_SOCIETY,
    },
];
