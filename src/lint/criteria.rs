//! Criteria that no lever serves: a limit or weight is set, and nothing carries it out.
//!
//! A limit acts through suspension: its length, the share that is not waived, and – for the backlog – the
//! inspectors who see it. The weight on life moves money between the functions that save lives and the
//! others.

use super::finding::{Finding, Severity, Words};
use super::subject::Subject;
use crate::scenario::acceptance::FindingKind;
use crate::scenario::problem::say;

/// Limits, each with the value that stands for none.
const LIMITS: [(&str, f64); 3] = [
    ("criteria.individual_risk_limit_per_year", 1.0),
    ("criteria.installation_line_per_year", 1.0),
    (BACKLOG, 1000.0),
];
/// Less than this share of establishments is nobody (assumption).
const NOBODY: f64 = 1e-6;
const BACKLOG: &str = "criteria.suspension_backlog_per_100_workers";
const WEEKS: &str = "criteria.suspension_weeks";
const WAIVED: &str = "criteria.weight_on_development";
const INSPECT: &str = "budget.plan_yuan_per_head.inspect";
const WORKS: &str = "budget.plan_yuan_per_head.works";
const LIFE: &str = "criteria.weight_on_life";

/// Functions of the plan that save lives (all but protective works).
const LIFE_SAVING: [&str; 6] = [
    INSPECT,
    "budget.plan_yuan_per_head.monitor_warn",
    "budget.plan_yuan_per_head.respond",
    "budget.plan_yuan_per_head.train",
    "budget.plan_yuan_per_head.remedy",
    "budget.plan_yuan_per_head.report",
];

/// Criteria without a lever behind them.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    if !subject.policy.policy.criteria.enabled {
        return Vec::new();
    }
    let mut found = Vec::new();
    if subject.engine.any_workers() {
        let unenforced = limits(subject);
        if unenforced.is_none() {
            found.extend(too_loose(subject));
        }
        found.extend(unenforced);
    }
    found.extend(weight_on_life(subject));
    found
}

/// Limits that nothing enforces.
fn limits(subject: &Subject<'_>) -> Option<Finding> {
    let set: Vec<&str> = LIMITS
        .iter()
        .filter(|(key, none)| subject.number(key) < *none)
        .map(|(key, _)| *key)
        .collect();
    if subject.number(WEEKS) <= 0.0 {
        let why = [
            "停产整顿时间为 0 周,无法执行",
            "a suspension lasts no week, so that nothing enforces it",
        ];
        let remedy = [
            "写明 criteria.suspension_weeks(通常 6 周),或不设限值。",
            "give criteria.suspension_weeks a length (usually 6 weeks), or set no limit.",
        ];
        return unserved(subject, &set, WEEKS, why, remedy);
    }
    if subject.number(WAIVED) >= 1.0 {
        let why = [
            "应停产的全部因发展而免于停产",
            "every suspension due is waived for the sake of output",
        ];
        let remedy = [
            "把 criteria.weight_on_development 降到 1 以下,或不设限值。",
            "lower criteria.weight_on_development below 1, or set no limit.",
        ];
        return unserved(subject, &set, WAIVED, why, remedy);
    }
    let backlog: Vec<&str> = set.into_iter().filter(|key| *key == BACKLOG).collect();
    if subject.number(INSPECT) <= 0.0 {
        let why = [
            "没有监督检查经费,无人发现超限的隐患",
            "there is no money for inspection, so that nobody sees the backlog",
        ];
        let remedy = [
            "在 budget.plan_yuan_per_head.inspect 中安排监督检查经费。",
            "plan money for inspection in budget.plan_yuan_per_head.inspect.",
        ];
        return unserved(subject, &backlog, INSPECT, why, remedy);
    }
    None
}

/// Limits that no establishment can be over, at whatever rate of accidents.
fn too_loose(subject: &Subject<'_>) -> Vec<Finding> {
    let why = [
        "限值太宽,任何单位都不会超过",
        "the limit is so loose that no establishment can ever be over it",
    ];
    let remedy = [
        "收紧限值(国外工人个人风险上限为每年 0.001),或写 1 表示不设。",
        "tighten the limit (0.001 a year is the upper limit for workers used abroad), or write 1 for none.",
    ];
    let most = subject.engine.most_suspended();
    let limits = LIMITS.iter().zip(most);
    let loose = limits.filter(|((key, none), most)| subject.number(key) < *none && *most < NOBODY);
    loose
        .filter_map(|((key, _), _)| unserved(subject, &[key], key, why, remedy))
        .collect()
}

/// A weight on life that moves no money.
fn weight_on_life(subject: &Subject<'_>) -> Option<Finding> {
    if subject.number(LIFE) == 1.0 {
        return None;
    }
    let saving: f64 = LIFE_SAVING.iter().map(|key| subject.number(key)).sum();
    let remedy = [
        "在 budget.plan_yuan_per_head 中同时安排防护工程与其他职能的经费,或把权重写成 1。",
        "plan money for protective works and for other functions (budget.plan_yuan_per_head), or leave the weight at 1.",
    ];
    if saving <= 0.0 {
        let why = [
            "没有任何保护生命的职能有经费",
            "no life-saving function of the budget has any money",
        ];
        return unserved(subject, &[LIFE], INSPECT, why, remedy);
    }
    if subject.number(WORKS) <= 0.0 {
        let why = [
            "经费全在保护生命的职能,无可调剂",
            "all planned money is for life-saving functions already: there is none to move",
        ];
        return unserved(subject, &[LIFE], WORKS, why, remedy);
    }
    None
}

/// The finding about these criteria, which `cause` leaves without effect.
fn unserved(
    subject: &Subject<'_>,
    criteria: &[&str],
    cause: &str,
    why: [&str; 2],
    remedy: [&str; 2],
) -> Option<Finding> {
    let first = *criteria.first()?;
    let keys = criteria.join(", ");
    let why = Words::fixed(why);
    let what = Words::of(|language| {
        let why = why.pick(language);
        say!(
            language,
            "{keys}: 准则没有措施支撑,{why}",
            "{keys}: no lever serves this criterion, {why}"
        )
    });
    let mut labels = subject.labels(
        &[cause],
        &Words::fixed(["由此落空", "this leaves it without effect"]),
    );
    let others: Vec<&str> = criteria
        .iter()
        .copied()
        .filter(|key| *key != cause)
        .collect();
    labels.extend(subject.labels(&others, &Words::fixed(["准则", "the criterion"])));
    let kind = FindingKind::UnservedCriterion;
    let texts = [what, Words::fixed(remedy)];
    Some(subject.finding(kind, first, Severity::Warning, labels, texts))
}
