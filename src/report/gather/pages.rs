//! What the report and the briefs say, gathered from the plan, the sample and the summary of a finished
//! comparison.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{difference, estimate, label, words};
use crate::experiment::plan::Plan;
use crate::experiment::sample::Sample;
use crate::experiment::statistics::{self, Estimate};
use crate::experiment::summary::Summary;
use crate::experiment::warnings::headline_word;
use crate::lint;
use crate::measures::{self, Measure, Part, Subject, Unit};
use crate::report::charts::{Quantity, Words};
use crate::report::html::data::{
    Beaten, Better, Change, Data, Difference, Figure, Finding, Measured, Parameter, Policy, Run,
};
use crate::report::html::finding::HEADLINE;
use crate::scenario::declaration::{ParameterType, declarations};
use crate::scenario::experiment::Start;
use crate::vocabulary::{Grade, Language, Vocabulary};

/// What the plan does not know.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What the lint finds in a policy, by its key.
    pub findings: BTreeMap<String, Vec<lint::Finding>>,
    /// Arguments that run it again.
    pub arguments: Vec<String>,
}

/// The data of the pages.
pub fn pages(plan: &Plan, sample: &Sample, summary: &Summary, asked: &Asked) -> Data {
    let subjects = subjects(sample);
    let policies = 0..plan.policies.len();
    Data {
        run: run(plan, summary, asked),
        measures: subjects.iter().map(|subject| measured(*subject)).collect(),
        policies: policies
            .map(|policy| Policy {
                label: label(plan, policy),
                description: description(plan, policy),
                figures: figures(plan, sample, policy, &subjects),
                changes: changes(plan, policy),
                matrix_cells: matrix_cells(plan, policy),
                findings: asked
                    .findings
                    .get(&plan.policies[policy].key)
                    .map(|found| told(found)),
            })
            .collect(),
        baseline: plan.baseline,
        warnings: summary
            .warnings
            .iter()
            .map(|warning| Words::new(&warning.zh, &warning.en))
            .collect(),
        parameters: parameters(plan),
        robustness: None,
        liability: summary.liabilities.told().map(super::liability),
        stories: Vec::new(),
    }
}

fn run(plan: &Plan, summary: &Summary, asked: &Asked) -> Run {
    Run {
        experiment: plan.key.clone(),
        name: words(&plan.name),
        society: words(&plan.society_name),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        identity: plan.identity().to_owned(),
        hash: plan.hash.clone(),
        seed: plan.seed,
        years: plan.years,
        burn_in_years: plan.burn_in_years,
        replications: summary.replications as u32,
        people_per_agent: plan.people_per_agent,
        own_start: plan.start == Start::OwnEquilibrium,
        arguments: asked.arguments.clone(),
    }
}

/// Accidents with ten and more dead, beside the measures as a whole.
fn major() -> Subject {
    Subject::of_part(Measure::Accidents, Part::Grade(Grade::Major))
}

/// What the pages show: every measure as a whole that the runs have.
fn subjects(sample: &Sample) -> Vec<Subject> {
    let wholes = Measure::ALL
        .iter()
        .filter(|measure| measure.unit() != Unit::Verdict)
        .map(|measure| Subject::whole(*measure));
    wholes
        .chain([major()])
        .filter(|subject| sample.values(0, *subject).is_some())
        .collect()
}

fn measured(subject: Subject) -> Measured {
    let measure = subject.measure;
    let word = |language: Language| match measure {
        // Beside the deaths of work, that these are all must be said.
        Measure::Deaths => language.pick("死亡人数(全部)", "deaths in all"),
        _ => headline_word(subject, language),
    };
    let key = if subject == major() {
        "accidents.major"
    } else {
        measure.key()
    };
    let unit = measure.unit();
    Measured {
        key: key.to_owned(),
        name: Words::new(word(Language::Chinese), word(Language::English)),
        quantity: match unit {
            Unit::Yuan => Quantity::Yuan,
            Unit::YuanPerYear => Quantity::YuanPerYear,
            Unit::PeoplePerYear => Quantity::PeoplePerYear,
            Unit::Share => Quantity::Share,
            other => Quantity::Other(Words::new(other.zh(), other.en())),
        },
        better: match measure.better() {
            measures::Better::Lower => Better::Lower,
            measures::Better::Higher => Better::Higher,
            measures::Better::Neither => Better::Neither,
        },
    }
}

fn figures(plan: &Plan, sample: &Sample, policy: usize, subjects: &[Subject]) -> Vec<Figure> {
    let values =
        |policy: usize, subject: Subject| sample.values(policy, subject).unwrap_or_default();
    let of = |subject: &Subject| {
        let own = values(policy, *subject);
        let told = (policy != plan.baseline).then(|| {
            let found = statistics::Difference::of(own, values(plan.baseline, *subject));
            Difference {
                estimate: difference(&found),
                resolved: found.resolved,
                none: found.negligible || found.identical,
            }
        });
        Figure {
            level: estimate(Estimate::of(own)),
            difference: told,
            beaten: beaten(sample, policy, *subject),
        }
    };
    subjects.iter().map(of).collect()
}

/// The policy that does best among those that the paired runs tell to be better; only in what a finding
/// speaks of.
fn beaten(sample: &Sample, policy: usize, subject: Subject) -> Option<Beaten> {
    let measure = measured(subject);
    if !HEADLINE.contains(&measure.key.as_str()) {
        return None;
    }
    let own = sample.values(policy, subject)?;
    let mut best: Option<Beaten> = None;
    for by in (0..sample.policies.len()).filter(|by| *by != policy) {
        let found = statistics::Difference::of(sample.values(by, subject)?, own);
        let better = found.resolved && !found.negligible && measure.improves(found.mean);
        let most = best.map_or(0.0, |best| best.difference.mean.abs());
        if better && found.mean.abs() > most {
            best = Some(Beaten {
                by,
                difference: difference(&found),
            });
        }
    }
    best
}

fn input(plan: &Plan, policy: usize, part: &str) -> Value {
    let pointer = format!("/policies/{policy}/{part}");
    plan.inputs
        .pointer(&pointer)
        .cloned()
        .unwrap_or(Value::Null)
}

fn description(plan: &Plan, policy: usize) -> Words {
    let text = |key: &str| {
        let value = input(plan, policy, &format!("policy/{key}"));
        value.as_str().unwrap_or_default().to_owned()
    };
    Words::new(text("description_zh"), text("description_en"))
}

/// Values of a tree of inputs with their keys, in its order.
fn leaves(value: &Value, key: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(table) => {
            for (name, value) in table {
                let key = if key.is_empty() {
                    name.clone()
                } else {
                    format!("{key}.{name}")
                };
                leaves(value, &key, found);
            }
        }
        other => found.push((key.to_owned(), text(other))),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn levers(plan: &Plan, policy: usize) -> Vec<(String, String)> {
    let mut found = Vec::new();
    leaves(&input(plan, policy, "policy"), "", &mut found);
    // Names and descriptions stand at the top; levers are in tables.
    found.retain(|(key, _)| key.contains('.') && !key.starts_with("lint."));
    found
}

/// Levers that a policy sets otherwise than the baseline.
fn changes(plan: &Plan, policy: usize) -> Vec<Change> {
    let base: BTreeMap<String, String> = levers(plan, plan.baseline).into_iter().collect();
    levers(plan, policy)
        .into_iter()
        .filter_map(|(key, to)| {
            let from = base.get(&key).cloned().unwrap_or_default();
            (from != to).then_some(Change { key, from, to })
        })
        .collect()
}

/// What a table holds, in its order.
fn children(value: &Value) -> Vec<&Value> {
    match value {
        Value::Object(table) => table.values().collect(),
        Value::Array(list) => list.iter().collect(),
        _ => Vec::new(),
    }
}

/// Cells (category × phase) of the responsibility matrix in which a policy differs from the baseline.
fn matrix_cells(plan: &Plan, policy: usize) -> usize {
    let [own, base] = [policy, plan.baseline].map(|policy| cells(&input(plan, policy, "matrix")));
    let shorter = own.len().min(base.len());
    let same = own.iter().zip(&base).filter(|(a, b)| a == b).count();
    own.len().max(base.len()) - shorter + shorter - same
}

/// The cells of a matrix: shares with the lead, then those of unregulated sources.
fn cells(matrix: &Value) -> Vec<String> {
    let table = |name: &str| matrix.get(name).cloned().unwrap_or(Value::Null);
    let (shares, leads, novel) = (table("share"), table("lead"), table("novel_share"));
    let flat = |value: &Value| -> Vec<String> {
        let rows = children(value).into_iter();
        rows.flat_map(|row| {
            children(row)
                .into_iter()
                .map(Value::to_string)
                .collect::<Vec<_>>()
        })
        .collect()
    };
    let own = flat(&shares).into_iter().zip(flat(&leads));
    let mut cells: Vec<String> = own.map(|(share, lead)| format!("{share}{lead}")).collect();
    cells.extend(children(&novel).into_iter().map(Value::to_string));
    cells
}

fn told(found: &[lint::Finding]) -> Vec<Finding> {
    let both = |words: &lint::Words| {
        Words::new(words.pick(Language::Chinese), words.pick(Language::English))
    };
    found
        .iter()
        .map(|finding| Finding {
            severity: Words::new(finding.severity.zh(), finding.severity.en()),
            kind: Words::new(finding.kind.zh(), finding.kind.en()),
            what: both(&finding.what),
            remedy: both(&finding.remedy),
            accepted: finding.accepted.clone(),
        })
        .collect()
}

/// Values of the declared parameters: the society's, and the baseline's levers.
fn parameters(plan: &Plan) -> Vec<Parameter> {
    let mut found = Vec::new();
    let society = plan.inputs.pointer("/society/society");
    leaves(society.unwrap_or(&Value::Null), "society", &mut found);
    let baseline = input(plan, plan.baseline, "policy");
    leaves(&baseline, "policy", &mut found);
    let known = |key: &str| {
        let row = declarations().get(key);
        row.is_some_and(|row| row.kind != ParameterType::Text)
    };
    found
        .into_iter()
        .filter(|(key, _)| known(key))
        .map(|(key, value)| Parameter { key, value })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;
    use serde_json::json;

    fn gathered() -> Data {
        let numbers = [0, 3, 1];
        let mut plan = synthetic::plan(&numbers, 20, 3);
        let cell = |share: f64| json!({ "prevent": { "citizen": share } });
        let policy = |value: f64, on: bool, share: f64| {
            json!({
                "policy": {
                    "name_en": "x",
                    "description_en": "why",
                    "criteria": { "enabled": on, "suspension_share": value },
                    "sharing": { "relief": { "share_ordinary": 0.2 } }
                },
                "matrix": {
                    "share": { "natural": cell(share) },
                    "lead": { "natural": { "prevent": "citizen" } },
                    "novel_share": {}
                }
            })
        };
        plan.inputs = json!({
            "policies": [policy(0.1, true, 0.5), policy(0.2, true, 0.7), policy(0.1, false, 0.5)],
            "society": { "society": { "seed": 7, "name_zh": "某地" } },
        });
        let sample = synthetic::sample(&plan, &numbers, 0..20);
        let summary = Summary::of(&plan, &sample, &[]);
        pages(&plan, &sample, &summary, &Asked::default())
    }

    #[test]
    fn what_differs_is_told_lever_by_lever() {
        let data = gathered();
        let change = |key: &str, from: &str, to: &str| Change {
            key: key.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
        };
        assert_eq!(data.policies[0].changes, []);
        assert_eq!(
            data.policies[1].changes,
            [change("criteria.suspension_share", "0.1", "0.2")]
        );
        assert_eq!(
            data.policies[2].changes,
            [change("criteria.enabled", "true", "false")]
        );
        let cells = data.policies.iter().map(|policy| policy.matrix_cells);
        assert_eq!(cells.collect::<Vec<_>>(), [0, 1, 0]);
        assert_eq!(data.policies[0].description.en, "why");
        let seed = Parameter {
            key: "society.seed".to_owned(),
            value: "7".to_owned(),
        };
        assert!(data.parameters.contains(&seed));
    }

    /// Policy 3 has fewer events than 1, and that fewer than the baseline.
    #[test]
    fn a_policy_is_beaten_by_the_best_that_is_told_to_be_better() {
        let data = gathered();
        let by = |policy: usize| {
            let (_, figure) = data.figure(policy, "deaths").unwrap();
            figure.beaten.map(|beaten| beaten.by)
        };
        assert_eq!([by(0), by(1), by(2)], [Some(1), None, Some(1)]);
        let (_, figure) = data.figure(2, "deaths").unwrap();
        let beaten = figure.beaten.unwrap();
        assert!(beaten.difference.high < 0.0);
    }
}
