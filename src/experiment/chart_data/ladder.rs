//! Experiments that move one lever step by step: budget ladders, prevention or relief.

use crate::experiment::plan::{Name, Plan};
use crate::scenario::declaration::declarations;

/// Least number of steps of a lever that make a ladder.
const STEPS: usize = 3;

/// One arrangement at rising values of the lever.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Key of the arrangement.
    pub key: String,
    /// Its name.
    pub name: Name,
    /// Value of the lever and policy (position in the plan), by rising value.
    pub steps: Vec<(f64, usize)>,
}

/// The ladder of an experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    /// The lever that is moved, e.g. `budget.multiplier`.
    pub lever: String,
    /// Its name.
    pub name: Name,
    /// Whether its values are shares from 0 to 1.
    pub share: bool,
    /// One line an arrangement.
    pub series: Vec<Series>,
    /// The baseline, where it stands beside the ladder: the lever is not in force there.
    pub beside: Option<usize>,
}

/// The ladder among the policies of a plan, if some arrangement stands at three values of one lever.
pub fn ladder(plan: &Plan) -> Option<Ladder> {
    let moved = plan
        .policies
        .iter()
        .filter_map(|policy| levers(&policy.key));
    let mut candidates: Vec<&str> = moved.flat_map(|(_, levers)| levers).collect();
    let mut seen = Vec::new();
    candidates.retain(|lever| {
        let first = !seen.contains(lever);
        seen.push(lever);
        first
    });
    candidates.into_iter().find_map(|lever| along(plan, lever))
}

/// Key of the arrangement of a variant `key[lever=value;…]`, and the levers that it moves.
fn levers(key: &str) -> Option<(&str, Vec<&str>)> {
    let (base, moved) = key.strip_suffix(']')?.split_once('[')?;
    let names = moved.split(';').filter_map(|part| part.split_once('='));
    Some((base, names.map(|(lever, _)| lever).collect()))
}

fn along(plan: &Plan, lever: &str) -> Option<Ladder> {
    let declared = declarations().get(&format!("policy.{lever}"));
    let mut series: Vec<Series> = Vec::new();
    for (position, policy) in plan.policies.iter().enumerate() {
        let variant = levers(&policy.key);
        let moved = variant
            .as_ref()
            .is_some_and(|(_, names)| names.contains(&lever));
        let base = variant.map_or(policy.key.as_str(), |(base, _)| base);
        let Some(value) = value(plan, position, lever).filter(|value| moved || *value != 0.0)
        else {
            continue;
        };
        match series.iter_mut().find(|series| series.key == base) {
            Some(series) => series.steps.push((value, position)),
            None => series.push(Series {
                key: base.to_owned(),
                name: name(plan, base, position),
                steps: vec![(value, position)],
            }),
        }
    }
    for series in &mut series {
        series.steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        series.steps.dedup_by_key(|step| step.0);
    }
    series.retain(|series| series.steps.len() >= STEPS);
    let shown = |policy: usize| {
        let steps = series.iter().flat_map(|series| &series.steps);
        steps.into_iter().any(|step| step.1 == policy)
    };
    let beside = Some(plan.baseline).filter(|policy| !shown(*policy));
    (!series.is_empty()).then(|| Ladder {
        lever: lever.to_owned(),
        name: declared.map_or_else(
            || Name {
                zh: lever.to_owned(),
                en: lever.to_owned(),
            },
            |row| Name {
                zh: row.name_zh.clone(),
                en: row.name_en.clone(),
            },
        ),
        share: declared.is_some_and(|row| row.unit == "share"),
        beside,
        series,
    })
}

/// Value of a lever of a policy, from the inputs of the run.
fn value(plan: &Plan, policy: usize, lever: &str) -> Option<f64> {
    let pointer = format!("/policies/{policy}/policy/{}", lever.replace('.', "/"));
    plan.inputs.pointer(&pointer)?.as_f64()
}

/// Name of an arrangement: that of the policy without variation if it is there, else of the variant
/// without its bracket.
fn name(plan: &Plan, base: &str, variant: usize) -> Name {
    if let Some(policy) = plan.policies.iter().find(|policy| policy.key == base) {
        return policy.name.clone();
    }
    let bare = |name: &str| {
        let cut = name.rfind(['(', '（']).unwrap_or(name.len());
        name[..cut].trim_end().to_owned()
    };
    let name = &plan.policies[variant].name;
    Name {
        zh: bare(&name.zh),
        en: bare(&name.en),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;
    use serde_json::json;

    fn plan(policies: &[(&str, f64)]) -> Plan {
        let numbers: Vec<usize> = (0..policies.len()).collect();
        let mut plan = synthetic::plan(&numbers, 2, 1);
        for (own, (key, _)) in plan.policies.iter_mut().zip(policies) {
            own.key = (*key).to_owned();
            own.name.en = format!("{key} (of so much)");
        }
        let levers = policies
            .iter()
            .map(|(_, value)| json!({"policy": {"budget": {"multiplier": value}}}));
        plan.inputs = json!({ "policies": levers.collect::<Vec<_>>() });
        plan
    }

    #[test]
    fn variants_and_the_bare_policy_make_one_ladder() {
        let found = ladder(&plan(&[
            ("base", 1.0),
            ("base[budget.multiplier=1.5]", 1.5),
            ("base[budget.multiplier=0.8]", 0.8),
            ("other[budget.multiplier=2]", 2.0),
        ]))
        .unwrap();
        assert_eq!(
            (found.lever.as_str(), found.beside),
            ("budget.multiplier", None)
        );
        assert_eq!(found.series.len(), 1);
        assert_eq!(found.series[0].steps, [(0.8, 2), (1.0, 0), (1.5, 1)]);
        assert!(!found.share);
    }

    #[test]
    fn two_steps_are_no_ladder_and_a_lever_out_of_force_stands_beside() {
        let few = plan(&[("base", 1.0), ("base[budget.multiplier=1.5]", 1.5)]);
        assert_eq!(ladder(&few), None);
        let beside = ladder(&plan(&[
            ("base", 0.0),
            ("base[budget.multiplier=0.2]", 0.2),
            ("base[budget.multiplier=0.4]", 0.4),
            ("base[budget.multiplier=0.6]", 0.6),
        ]));
        assert_eq!(beside.unwrap().beside, Some(0));
    }
}
