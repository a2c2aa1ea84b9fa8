//! The table against itself and against the typed inputs.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::*;
use crate::scenario::{InputKind, Overrides, load_experiment};
use crate::vocabulary::{Mechanism, Vocabulary};

fn leaves(path: &str, value: &Json, found: &mut BTreeSet<String>) {
    match value {
        Json::Object(table) => table
            .iter()
            .for_each(|(name, inner)| leaves(&format!("{path}.{name}"), inner, found)),
        Json::Null => {}
        _ => {
            found.insert(path.to_owned());
        }
    }
}

#[test]
fn every_leaf_is_declared_and_every_declaration_is_a_leaf() {
    let checked = load_experiment("china-2020", &Overrides::default()).unwrap();
    let mut found = BTreeSet::new();
    leaves(
        "society",
        &serde_json::to_value(&checked.society.society).unwrap(),
        &mut found,
    );
    leaves(
        "policy",
        &serde_json::to_value(&checked.baseline.policy).unwrap(),
        &mut found,
    );
    leaves(
        "experiment",
        &serde_json::to_value(&checked.experiment).unwrap(),
        &mut found,
    );
    let declared: BTreeSet<String> = declarations()
        .rows()
        .iter()
        .map(|row| row.key.clone())
        .collect();
    let undeclared: Vec<_> = found.difference(&declared).collect();
    let unused: Vec<_> = declared.difference(&found).collect();
    assert!(
        undeclared.is_empty() && unused.is_empty(),
        "undeclared: {undeclared:?}\nunused: {unused:?}"
    );
}

#[test]
fn every_row_is_complete() {
    let mut faults = declarations().faults.clone();
    for row in declarations().rows() {
        let mut fault = |holds: bool, what: &str| {
            if !holds {
                faults.push(format!("{}: {what}", row.key));
            }
        };
        fault(
            !row.name_zh.is_empty() && !row.name_en.is_empty(),
            "a name is missing",
        );
        fault(
            !row.source.is_empty(),
            "source is missing; write `assumption`",
        );
        fault(
            ["measured", "literature", "judgement"].contains(&row.grade.as_str()),
            "unknown grade",
        );
        let numeric = matches!(row.kind, ParameterType::Number | ParameterType::Integer);
        fault(
            !numeric || !row.unit.is_empty(),
            "unit is missing; write 1 for none",
        );
        for value in [&row.default, &row.neutral].into_iter().flatten() {
            let number = match value {
                Value::Number(number) => *number,
                Value::Integer(whole) => *whole as f64,
                _ => continue,
            };
            fault(
                row.low.is_none_or(|low| low <= number),
                "default or neutral below low",
            );
            fault(
                row.high.is_none_or(|high| number <= high),
                "default or neutral above high",
            );
        }
        if row.kind == ParameterType::Integer {
            fault(
                row.low.is_some_and(|low| low >= 0.0),
                "low of a whole number is missing or negative",
            );
            let most = if row.key.rsplit('.').next() == Some("seed") {
                9_007_199_254_740_992.0
            } else {
                f64::from(u32::MAX)
            };
            fault(
                row.high.is_some_and(|high| high <= most),
                "high of a whole number is missing or too large",
            );
        }
        let mechanism = Mechanism::ALL
            .iter()
            .any(|m| row.key.starts_with(&format!("policy.{}.", m.key())));
        fault(
            mechanism == row.neutral.is_some(),
            "neutral belongs to the keys of mechanisms, all of them",
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_mistyped_key_finds_its_neighbour() {
    let near = |key: &str| declarations().nearest(key);
    assert_eq!(
        near("policy.criteria.wieght_on_life"),
        Some("policy.criteria.weight_on_life")
    );
    assert_eq!(near("policy.critera"), Some("policy.criteria"));
    assert_eq!(near("experiment.xyzzy"), None);
    assert_eq!(
        declarations()
            .of(InputKind::Experiment)
            .filter(|row| row.key == "experiment.years")
            .count(),
        1
    );
}
