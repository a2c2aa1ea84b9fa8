//! Mechanisms that are disabled or absent hold their neutral values.

use crate::scenario::InputKind;
use crate::scenario::declaration::{Value, declarations};
use crate::scenario::resolve::{Resolved, Setting};
use crate::scenario::society::Society;
use crate::vocabulary::{BudgetFunction, Mechanism, Vocabulary};

/// The functions of the budget plan that a mechanism owns. Relief and subsidy are solved elsewhere.
pub(crate) fn functions_of(mechanism: Mechanism) -> &'static [BudgetFunction] {
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

/// Puts neutral values in the place of every mechanism that is not in force. Money that its functions
/// planned above the society's custom is not planned any more.
pub(crate) fn neutralise(policy: &mut Resolved, society: &Society) {
    for &mechanism in Mechanism::ALL {
        let table = format!("policy.{}", mechanism.key());
        let enabled = format!("{table}.enabled");
        let on = policy
            .settings
            .get(&enabled)
            .is_none_or(|setting| setting.value == Value::Boolean(true));
        if policy.tables.contains_key(&table) && on {
            continue;
        }
        let below = format!("{table}.");
        for row in declarations()
            .of(InputKind::Policy)
            .filter(|row| row.key.starts_with(&below))
        {
            if let Some(neutral) = &row.neutral {
                put(policy, &row.key, neutral.clone());
            }
        }
        put(policy, &enabled, Value::Boolean(false));
        for &function in functions_of(mechanism) {
            let key = format!("policy.budget.plan_yuan_per_head.{}", function.key());
            let customary = society.government.budget_yuan_per_head[function];
            if policy.number(&key) > customary {
                put(policy, &key, Value::Number(customary));
            }
        }
    }
}

fn put(policy: &mut Resolved, key: &str, value: Value) {
    policy.settings.insert(
        key.to_owned(),
        Setting {
            value,
            place: None,
            items: Vec::new(),
        },
    );
}
