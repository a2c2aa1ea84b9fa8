//! From a name or path to a checked experiment.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::hazards::candidates::WEEKS_PER_YEAR;
use crate::scenario::InputKind;
use crate::scenario::builtin;
use crate::scenario::checked::{CheckedExperiment, CheckedPolicy, CheckedSociety, anywhere_name};
use crate::scenario::declaration::{Value, nearest_of};
use crate::scenario::experiment::Experiment;
use crate::scenario::load::{policy_at, society_at};
use crate::scenario::named::{Name, Named, Read, split_settings};
use crate::scenario::problem::{DesignProblem, Problems};
use crate::scenario::resolve::{Resolved, Setting, find, resolve};
use crate::scenario::source::{Origin, Place, Source, looks_like_path};

/// Years × replications of one policy above which an experiment is refused.
const YEARS_LIMIT: u64 = 10_000_000;

/// Options of the command line that go before what the file says.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Only these policies (the baseline is always among them); empty = all.
    pub policies: Vec<String>,
    /// Years after the burn-in.
    pub years: Option<u32>,
    /// Replications.
    pub replications: Option<u32>,
    /// Seed.
    pub seed: Option<u64>,
    /// People that a citizen agent stands for.
    pub people_per_agent: Option<u32>,
    /// `table.key=value` with `society.…`, `policy.…` or `experiment.…`.
    pub sets: Vec<String>,
}

impl Overrides {
    /// All options as settings; the dedicated options come last and so win.
    fn settings(&self) -> Vec<String> {
        let mut sets = self.sets.clone();
        let mut add = |key: &str, value: Option<String>| {
            sets.extend(value.map(|value| format!("experiment.{key}={value}")));
        };
        add("years", self.years.map(|years| years.to_string()));
        add(
            "replications",
            self.replications
                .map(|replications| replications.to_string()),
        );
        add("seed", self.seed.map(|seed| seed.to_string()));
        add(
            "people_per_agent",
            self.people_per_agent.map(|people| people.to_string()),
        );
        sets
    }
}

/// Loads an experiment by name or path, with its society and policies.
///
/// # Errors
/// Everything that is wrong with the experiment, its society, its policies and the options.
pub fn load_experiment(
    name_or_path: &str,
    overrides: &Overrides,
) -> Result<CheckedExperiment, Problems> {
    let source = find(InputKind::Experiment, name_or_path, &Origin::Option, None)?;
    experiment_of(&source, overrides)
}

/// An experiment that no file describes: the policies of the options in a society, all else as declared.
///
/// # Errors
/// As [`load_experiment`].
pub fn without_file(society: &str, overrides: &Overrides) -> Result<CheckedExperiment, Problems> {
    let list = toml::Value::from(overrides.policies.clone());
    written(society, &format!("policies = {list}"), overrides)
}

/// A grid that no file describes: every allocation with every sharing arrangement in a society, all else
/// as declared. The baseline comes first, then the cells, allocation by allocation.
///
/// # Errors
/// As [`load_experiment`].
pub fn grid_without_file(
    society: &str,
    [allocation, sharing]: [Vec<String>; 2],
    overrides: &Overrides,
) -> Result<CheckedExperiment, Problems> {
    let (allocation, sharing) = (toml::Value::from(allocation), toml::Value::from(sharing));
    let design = format!("policies = []\n[grid]\nallocation = {allocation}\nsharing = {sharing}");
    written(society, &design, overrides)
}

/// An experiment of a society and a text that names the policies.
fn written(
    society: &str,
    design: &str,
    overrides: &Overrides,
) -> Result<CheckedExperiment, Problems> {
    let (zh, en) = ("直接运行的政策", "policies run directly");
    let name = toml::Value::from(society);
    let text = format!("name_zh = \"{zh}\"\nname_en = \"{en}\"\nsociety = {name}\n{design}\n");
    experiment_of(
        &Source::option("run", &text),
        &Overrides {
            policies: Vec::new(),
            ..overrides.clone()
        },
    )
}

fn experiment_of(
    source: &Arc<Source>,
    overrides: &Overrides,
) -> Result<CheckedExperiment, Problems> {
    let mut problems = Problems::default();
    let sets = overrides.settings();
    let resolved = resolve(InputKind::Experiment, source, &sets, &mut problems);
    check_size(&resolved, &mut problems);
    let society = society_of(&resolved, &sets, &mut problems);
    if let Some(society) = &society {
        check_forced(&resolved, society, &mut problems);
    }
    let mut named = listed(&resolved, &mut problems);
    named.extend(crossed(&resolved, &mut problems));
    let named = chosen(named, &overrides.policies, &mut problems);
    let read: Vec<Read> = named
        .into_iter()
        .filter_map(|named| named.read(&sets, &mut problems))
        .collect();
    let baseline = society
        .as_ref()
        .and_then(|society| baseline_of(society, &sets, &mut problems));
    let experiment: Option<Experiment> = if problems.is_empty() {
        resolved.typed(&mut problems)
    } else {
        None
    };
    let (Some(society), Some(mut experiment), Some(baseline)) = (society, experiment, baseline)
    else {
        return Err(problems);
    };
    name_from_anywhere(&resolved, &mut experiment);
    let mut policies = vec![baseline.clone()];
    for read in read {
        if let Some(policy) = read
            .in_force(&society, &mut problems)
            .filter(|policy| policy.key != baseline.key)
        {
            policies.push(policy);
        }
    }
    let checked = CheckedExperiment {
        key: resolved.key.clone(),
        experiment,
        society,
        policies,
        baseline,
    };
    problems.unless_any(Some(checked))
}

/// Paths in the experiment become such that they mean the same files from anywhere.
fn name_from_anywhere(resolved: &Resolved, experiment: &mut Experiment) {
    experiment.society = anywhere_name(resolved, "experiment.society", &experiment.society);
    for (key, names) in [
        ("experiment.policies", &mut experiment.policies),
        (
            "experiment.grid.allocation",
            &mut experiment.grid.allocation,
        ),
        ("experiment.grid.sharing", &mut experiment.grid.sharing),
    ] {
        for name in names {
            let (base, settings) = split_settings(name);
            *name = format!("{}{settings}", anywhere_name(resolved, key, base));
        }
    }
}

fn society_of(
    resolved: &Resolved,
    sets: &[String],
    problems: &mut Problems,
) -> Option<CheckedSociety> {
    let key = "experiment.society";
    if resolved.faulty.contains(key) {
        return None;
    }
    society_at(
        resolved.text(key),
        resolved.origin(key),
        resolved.place(key),
        sets,
    )
    .map_err(|others| problems.extend(others))
    .ok()
}

fn baseline_of(
    society: &CheckedSociety,
    sets: &[String],
    problems: &mut Problems,
) -> Option<CheckedPolicy> {
    let policy = policy_at(
        &society.society.baseline,
        &Origin::Option,
        None,
        sets,
        problems,
    )?;
    policy.in_force(society, problems)
}

pub(super) fn check_size(resolved: &Resolved, problems: &mut Problems) {
    let keys = [
        "experiment.years",
        "experiment.burn_in_years",
        "experiment.replications",
    ]
    .map(str::to_owned);
    if keys.iter().any(|key| resolved.faulty.contains(key)) {
        return;
    }
    let years = (resolved.number(&keys[0]) + resolved.number(&keys[1])) as u64;
    let replications = resolved.number(&keys[2]) as u64;
    if years.saturating_mul(replications) > YEARS_LIMIT {
        let places = resolved.places(keys.iter());
        problems.push(DesignProblem::TooLong {
            years,
            replications,
            limit: YEARS_LIMIT,
            places,
        });
    }
}

/// A forced event strikes a province that there is, within the horizon.
pub(super) fn check_forced(resolved: &Resolved, society: &CheckedSociety, problems: &mut Problems) {
    if resolved.text("experiment.forced_event.kind") == "none" {
        return;
    }
    let key = "experiment.forced_event.province";
    let name = resolved.text(key);
    if society.tables.province_named(name).is_none() {
        let rows = &society.tables.provinces;
        let all = rows
            .iter()
            .flat_map(|row| [row.name_zh.as_str(), row.name_en.as_str()]);
        problems.push(DesignProblem::NoProvince {
            name: name.to_owned(),
            nearest: nearest_of(name, all).map(str::to_owned),
            example: rows
                .first()
                .map(|row| row.name_zh.clone())
                .unwrap_or_default(),
            place: resolved.places([key.to_owned()].iter()).remove(0),
        });
    }
    let keys = ["experiment.forced_event.week", "experiment.years"].map(str::to_owned);
    let weeks = resolved.number(&keys[1]) * f64::from(WEEKS_PER_YEAR);
    if resolved.number(&keys[0]) > weeks {
        problems.push(DesignProblem::ForcedTooLate {
            week: resolved.number(&keys[0]) as u32,
            weeks: weeks as u32,
            places: resolved.places(keys.iter()),
        });
    }
}

/// The names in a list of the experiment; a policy named twice is a problem.
fn names(resolved: &Resolved, key: &str, problems: &mut Problems) -> Vec<Name> {
    let Some(Setting {
        value: Value::List(list),
        items,
        ..
    }) = resolved.settings.get(key)
    else {
        return Vec::new();
    };
    let mut first: BTreeMap<String, Option<Place>> = BTreeMap::new();
    let mut names = Vec::new();
    for (number, text) in list.iter().enumerate() {
        let place = items.get(number).cloned();
        let name = Name::new(text, resolved.origin(key), place.clone());
        if let Some(earlier) = first.get(&name.key()) {
            let places = [place, earlier.clone()].into_iter().flatten().collect();
            problems.push(DesignProblem::ListedTwice {
                key: name.key(),
                places,
            });
        } else {
            first.insert(name.key(), place);
            names.push(name);
        }
    }
    names
}

fn listed(resolved: &Resolved, problems: &mut Problems) -> Vec<Named> {
    let key = "experiment.policies";
    let named: Vec<Named> = names(resolved, key, problems)
        .into_iter()
        .map(Named::One)
        .collect();
    let grid = ["experiment.grid.allocation", "experiment.grid.sharing"];
    let lists = [key, grid[0], grid[1]];
    let empty = |key: &str| matches!(resolved.settings.get(key).map(|setting| &setting.value), Some(Value::List(list)) if list.is_empty());
    if lists
        .iter()
        .all(|key| empty(key) && !resolved.faulty.contains(*key))
    {
        let place = resolved
            .place(key)
            .cloned()
            .unwrap_or_else(|| Place::new(&resolved.source, 0..0));
        problems.push(DesignProblem::NoPolicies { place });
    }
    named
}

fn crossed(resolved: &Resolved, problems: &mut Problems) -> Vec<Named> {
    let (first, second) = ("experiment.grid.allocation", "experiment.grid.sharing");
    let (allocations, sharings) = (
        names(resolved, first, problems),
        names(resolved, second, problems),
    );
    if allocations.is_empty() != sharings.is_empty()
        && !resolved.faulty.contains(first)
        && !resolved.faulty.contains(second)
    {
        let (given, empty) = if sharings.is_empty() {
            ("allocation", "sharing")
        } else {
            ("sharing", "allocation")
        };
        let place = resolved
            .places([format!("experiment.grid.{given}")].iter())
            .remove(0);
        problems.push(DesignProblem::HalfGrid {
            given,
            empty,
            place,
        });
    }
    let pair = |allocation: &Name| {
        let allocation = allocation.clone();
        sharings
            .clone()
            .into_iter()
            .map(move |sharing| Named::Crossed {
                allocation: allocation.clone(),
                sharing,
            })
    };
    allocations.iter().flat_map(pair).collect()
}

/// The policies that `--policy` leaves, then those it adds: built-in keys and files that the
/// experiment does not list. A name that is neither is a problem, told with the nearest of all.
fn chosen(named: Vec<Named>, wanted: &[String], problems: &mut Problems) -> Vec<Named> {
    if wanted.is_empty() {
        return named;
    }
    let known: Vec<String> = named.iter().map(Named::key).collect();
    let mut keys = Vec::new();
    let mut added = Vec::new();
    for text in wanted {
        let name = Name::new(text, &Origin::Option, None);
        let key = name.key();
        if !known.contains(&key) && !keys.contains(&key) {
            match find(InputKind::Policy, &name.text, &Origin::Option, None) {
                Ok(_) => added.push(Named::One(name)),
                Err(problem) if looks_like_path(&name.text) => problems.push(problem),
                Err(_) => problems.push(not_in_experiment(text, &known)),
            }
        }
        keys.push(key);
    }
    let kept = named
        .into_iter()
        .filter(|named| keys.contains(&named.key()));
    kept.chain(added).collect()
}

fn not_in_experiment(text: &str, known: &[String]) -> DesignProblem {
    let source = Source::option("--policy", text);
    let all = known.iter().map(String::as_str);
    let all = all.chain(builtin::list(InputKind::Policy));
    DesignProblem::NotInExperiment {
        name: text.to_owned(),
        known: known.to_vec(),
        nearest: nearest_of(text, all).map(str::to_owned),
        place: Place::new(&source, 0..text.len()),
    }
}

#[cfg(test)]
#[path = "design_tests.rs"]
mod tests;
