//! Levers without effect: what they act on is not in this society, another lever of the policy leaves
//! them nothing to act on, or their mechanism is switched off.
//!
//! Every rule follows from the model's equations (the tables are in `levers/society.rs`, `levers/hazards.rs` and `levers/policy.rs`). Only what the
//! policy itself states is judged, and only what it states beyond custom: a lever at its neutral value
//! claims nothing.

mod facts;
mod hazards;
mod policy;
mod rules;
mod society;

use super::finding::{Finding, Severity, Words};
use super::subject::Subject;
use crate::scenario::acceptance::FindingKind;
use crate::scenario::declaration::Value;
use crate::scenario::neutral::functions_of;
use crate::scenario::problem::say;
use crate::vocabulary::{Mechanism, Vocabulary};
use rules::{Lacking, Rule};

/// Levers of mechanisms that are off, then those that a rule finds idle.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Mechanism::ALL
        .iter()
        .filter_map(|mechanism| switched_off(subject, *mechanism))
        .collect();
    let of_society = society::RULES.iter().chain(hazards::RULES);
    let rules = of_society.chain(policy::RULES);
    found.extend(rules.filter_map(|rule| idle(subject, rule)));
    found
}

/// What a policy states of a mechanism that is not in force.
fn switched_off(subject: &Subject<'_>, mechanism: Mechanism) -> Option<Finding> {
    if subject.policy.policy.enabled(mechanism) {
        return None;
    }
    let table = format!("{}.", mechanism.key());
    let customary = &subject.society.society.government.budget_yuan_per_head;
    let plans: Vec<(String, f64)> = functions_of(mechanism)
        .iter()
        .map(|function| {
            let key = format!("budget.plan_yuan_per_head.{}", function.key());
            (key, customary[*function])
        })
        .collect();
    let above_custom = |key: &str, value: &Value| {
        let plan = plans.iter().find(|(plan, _)| plan == key);
        plan.is_some_and(|(_, customary)| number(value) > *customary)
    };
    let stated = |key: &str, value: &Value| {
        key.starts_with(&table) && !key.ends_with(".enabled") && !Subject::is_neutral(key, value)
    };
    let own = subject.places.own();
    let mut levers: Vec<&str> = own
        .filter(|(key, value, _)| stated(key, value) || above_custom(key, value))
        .map(|(key, ..)| key)
        .collect();
    let first = in_file_order(subject, &mut levers)?;
    let what = Words::of(|language| {
        let word = mechanism.word(language);
        let keys = listed(&levers);
        say!(
            language,
            "机制“{word}”已停用,其中写明的措施不起作用: {keys}",
            "the mechanism `{word}` is switched off; its levers stated here do nothing: {keys}"
        )
    });
    let remedy = Words::of(|language| {
        let table = mechanism.key();
        say!(
            language,
            "写 {table}.enabled = true 启用该机制,或删去这些行。",
            "switch the mechanism on ({table}.enabled = true), or delete these lines."
        )
    });
    let mut labels = subject.labels(&levers, &Words::fixed(["不起作用", "does nothing"]));
    let switch = format!("{}.enabled", mechanism.key());
    labels.extend(subject.labels(&[&switch], &Words::fixed(["在此停用", "switched off here"])));
    let kind = FindingKind::IdleLever;
    Some(subject.finding(kind, first, Severity::Warning, labels, [what, remedy]))
}

/// A rule whose levers are stated and have nothing to act on.
fn idle(subject: &Subject<'_>, rule: &Rule) -> Option<Finding> {
    if (rule.acts)(subject) {
        return None;
    }
    let on = |key: &str| {
        let mechanism = key.split('.').next().and_then(Mechanism::from_key);
        mechanism.is_none_or(|mechanism| subject.policy.policy.enabled(mechanism))
    };
    let claims = |key: &str, value: &Value| match rule.lacking {
        Lacking::Society => !is_off(key, value),
        Lacking::Lever => !is_off(key, value) && !subject.is_usual(key, value),
    };
    let mut levers: Vec<&str> = subject
        .places
        .own()
        .filter(|(key, value, _)| rule.keys.contains(key) && on(key) && claims(key, value))
        .map(|(key, ..)| key)
        .collect();
    let first = in_file_order(subject, &mut levers)?;
    let keys = listed(&levers);
    let why = Words::fixed(rule.why);
    let what = Words::of(|language| {
        let why = why.pick(language);
        say!(
            language,
            "{keys} 没有效果: {why}",
            "{keys} has no effect: {why}"
        )
    });
    let labels = subject.labels(&levers, &Words::fixed(["没有效果", "no effect"]));
    let kind = FindingKind::IdleLever;
    let texts = [what, Words::fixed(rule.remedy)];
    Some(subject.finding(kind, first, Severity::Warning, labels, texts))
}

/// Whether a value claims nothing: the neutral one, or no money.
fn is_off(key: &str, value: &Value) -> bool {
    Subject::is_neutral(key, value) || key.starts_with("budget.") && number(value) == 0.0
}

/// Sorts levers by their lines; the first, which stands for them all.
fn in_file_order<'a>(subject: &Subject<'_>, levers: &mut [&'a str]) -> Option<&'a str> {
    levers.sort_by_key(|key| subject.places.place(key).map(|place| place.span.start));
    levers.first().copied()
}

fn listed(levers: &[&str]) -> String {
    levers.join(", ")
}

fn number(value: &Value) -> f64 {
    match value {
        Value::Number(number) => *number,
        Value::Integer(whole) => *whole as f64,
        _ => 0.0,
    }
}
