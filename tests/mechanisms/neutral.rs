//! What it means that a mechanism is off: disabled, absent and neutral are one and the same run.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files must fail"
)]

use std::fs;
use std::path::Path;

use crate::common::{CITY, Laboratory, Size, sound};
use riskweave::scenario::declaration::{Value, declarations};
use riskweave::scenario::{CheckedPolicy, InputKind, load_policy};
use riskweave::vocabulary::{BudgetFunction, Mechanism, Vocabulary};
use tempfile::TempDir;
use toml::Table;

/// Budget functions that belong to a mechanism: at custom or less when it is off.
fn functions(mechanism: Mechanism) -> &'static [BudgetFunction] {
    match mechanism {
        Mechanism::Criteria | Mechanism::Avoidance => &[],
        Mechanism::Intervention => &[
            BudgetFunction::Inspect,
            BudgetFunction::MonitorWarn,
            BudgetFunction::Respond,
        ],
        Mechanism::Remedy => &[BudgetFunction::Works, BudgetFunction::Remedy],
        Mechanism::Responsibility => &[BudgetFunction::Report],
        Mechanism::Sharing => &[BudgetFunction::Train],
    }
}

/// A policy written as a file without `extends` and loaded from there.
fn load(laboratory: &Laboratory, folder: &Path, policy: &Table) -> CheckedPolicy {
    let path = folder.join("written.toml");
    fs::write(&path, toml::to_string(policy).unwrap()).unwrap();
    let name = path.to_str().unwrap();
    sound(load_policy(name, &laboratory.checked.society, &[]))
}

/// The table at a dotted path.
fn at<'a>(policy: &'a mut Table, path: &str) -> &'a mut Table {
    path.split('.').fold(policy, |table, name| {
        table.get_mut(name).unwrap().as_table_mut().unwrap()
    })
}

/// States every lever of a mechanism at its neutral value, and its money at custom or less.
fn state_neutral(laboratory: &Laboratory, policy: &mut Table, mechanism: Mechanism) {
    let below = format!("policy.{}.", mechanism.key());
    for row in declarations().of(InputKind::Policy) {
        let (Some(neutral), true) = (&row.neutral, row.key.starts_with(&below)) else {
            continue;
        };
        let path = row.key.trim_start_matches("policy.");
        let (table, lever) = path.rsplit_once('.').unwrap();
        let value = match neutral {
            Value::Number(number) => toml::Value::from(*number),
            Value::Integer(number) => toml::Value::from(*number),
            Value::Boolean(_) if lever == "enabled" => toml::Value::from(true),
            Value::Boolean(yes) => toml::Value::from(*yes),
            Value::Text(text) => toml::Value::from(text.as_str()),
            Value::List(list) => toml::Value::from(list.clone()),
        };
        at(policy, table).insert(lever.to_owned(), value);
    }
    if mechanism == Mechanism::Responsibility {
        at(policy, "responsibility").insert("matrix".to_owned(), toml::Value::from(""));
    }
    let custom = &laboratory
        .checked
        .society
        .society
        .government
        .budget_yuan_per_head;
    for function in functions(mechanism) {
        let plan = at(policy, "budget.plan_yuan_per_head");
        let own = plan[function.key()].as_float().unwrap();
        let least = toml::Value::from(own.min(custom[*function]));
        plan.insert(function.key().to_owned(), least);
    }
}

#[test]
fn disabled_absent_and_neutral_are_the_same_run() {
    let laboratory = Laboratory::new(Size {
        years: 1,
        replications: 1,
        ..CITY
    });
    let folder = TempDir::new().unwrap();
    let network = laboratory.shipped("network");
    let usual = laboratory.run(&network);
    let written: Table = toml::from_str(&network.resolved_toml().unwrap()).unwrap();
    let again = load(&laboratory, folder.path(), &written);
    assert_eq!(laboratory.run(&again), usual, "network written out");
    for &mechanism in Mechanism::ALL {
        let off = format!("policy.{}.enabled=false", mechanism.key());
        let disabled = sound(load_policy("network", &laboratory.checked.society, &[off]));
        let disabled = laboratory.run(&disabled);
        assert!(disabled != usual, "{mechanism:?} does nothing in network");

        let mut policy = written.clone();
        policy.remove(mechanism.key());
        let absent = laboratory.run(&load(&laboratory, folder.path(), &policy));
        assert!(absent == disabled, "{mechanism:?}: absent is not disabled");

        let mut policy = written.clone();
        state_neutral(&laboratory, &mut policy, mechanism);
        let neutral = load(&laboratory, folder.path(), &policy);
        assert!(neutral.policy.enabled(mechanism));
        let neutral = laboratory.run(&neutral);
        assert!(
            neutral == disabled,
            "{mechanism:?}: neutral is not disabled"
        );
    }
}
