//! From a name or path to a checked society or policy.

use std::cmp::Reverse;

use crate::scenario::InputKind;
use crate::scenario::builtin;
use crate::scenario::checked::{CheckedPolicy, CheckedSociety};
use crate::scenario::declaration::{declarations, nearest_of};
use crate::scenario::matrix;
use crate::scenario::named::Name;
use crate::scenario::neutral;
use crate::scenario::places::Places;
use crate::scenario::policy::Matrix;
use crate::scenario::problem::{NameProblem, Problem, Problems};
use crate::scenario::relations;
use crate::scenario::resolve::{Resolved, find, resolve};
use crate::scenario::source::{self, Origin, Place};
use crate::scenario::table_file::TableFile;
use crate::scenario::tables_of;
use crate::scenario::written::{self, Raw, Written};

/// Loads a society by name or path. `sets` are `table.key=value` options; those that begin with
/// `society.` apply, and those that begin with no kind of input are problems.
///
/// # Errors
/// Everything that is wrong with the file, those it extends, its tables and the options.
pub fn load_society(name_or_path: &str, sets: &[String]) -> Result<CheckedSociety, Problems> {
    society_at(name_or_path, &Origin::Option, None, sets)
}

/// Loads a policy by name or path as it is in force in a society; options `policy.…` apply.
///
/// # Errors
/// Everything that is wrong with the file, those it extends, its matrix and the options.
pub fn load_policy(
    name_or_path: &str,
    society: &CheckedSociety,
    sets: &[String],
) -> Result<CheckedPolicy, Problems> {
    let mut problems = Problems::default();
    let policy = policy_at(name_or_path, &Origin::Option, None, sets, &mut problems)
        .and_then(|policy| policy.in_force(society, &mut problems));
    problems.unless_any(policy)
}

/// Loads a society and a policy in it; a faulty society does not hide the problems of the policy.
///
/// # Errors
/// Everything that is wrong with either.
pub fn load_policy_in(
    society: &str,
    name_or_path: &str,
    sets: &[String],
) -> Result<(CheckedSociety, CheckedPolicy), Problems> {
    match load_society(society, sets) {
        Ok(society) => {
            let policy = load_policy(name_or_path, &society, sets)?;
            Ok((society, policy))
        }
        Err(mut problems) => {
            policy_at(name_or_path, &Origin::Option, None, sets, &mut problems);
            Err(problems)
        }
    }
}

/// Loads a policy as [`load_policy`], with the places at which it says things; also a variant,
/// `POLICY[key=value; key=value]`.
///
/// # Errors
/// As [`load_policy`].
pub fn load_placed_policy(
    name_or_path: &str,
    society: &CheckedSociety,
    sets: &[String],
) -> Result<(CheckedPolicy, Places), Problems> {
    let mut problems = Problems::default();
    let name = Name::new(name_or_path, &Origin::Option, None);
    let placed = name.read(sets, &mut problems).and_then(|read| {
        let mut places = Places::of(&read.resolved);
        let policy = read.in_force(society, &mut problems)?;
        places.find_matrix(&policy, society);
        Some((policy, places))
    });
    problems.unless_any(placed)
}

/// A society named in a text.
pub(crate) fn society_at(
    name: &str,
    base: &Origin,
    place: Option<&Place>,
    sets: &[String],
) -> Result<CheckedSociety, Problems> {
    let mut problems = Problems::default();
    let source = match find(InputKind::Society, name, base, place) {
        Ok(source) => source,
        Err(problem) => {
            problems.push(problem);
            written::read_settings(InputKind::Society, sets, &mut problems);
            return Err(problems);
        }
    };
    let resolved = resolve(InputKind::Society, &source, sets, &mut problems);
    relations::check(&resolved, &mut problems);
    let key = "society.baseline";
    if !resolved.faulty.contains(key) {
        let baseline = find(
            InputKind::Policy,
            resolved.text(key),
            resolved.origin(key),
            resolved.place(key),
        );
        baseline
            .err()
            .into_iter()
            .for_each(|problem| problems.push(problem));
    }
    let tables = tables_of::read(&resolved, &mut problems);
    let society = if problems.is_empty() {
        resolved.typed(&mut problems)
    } else {
        None
    };
    let checked = society
        .zip(tables)
        .map(|(society, tables)| CheckedSociety::of(&resolved, society, tables));
    problems.unless_any(checked)
}

/// A policy whose values and matrix are read, but not yet put into a society.
#[derive(Debug)]
pub(crate) struct ReadPolicy {
    pub(crate) resolved: Resolved,
    matrix: Option<Matrix>,
}

/// Reads a policy named in a text, without its society.
pub(crate) fn policy_at(
    name: &str,
    base: &Origin,
    place: Option<&Place>,
    sets: &[String],
    problems: &mut Problems,
) -> Option<ReadPolicy> {
    let source = find(InputKind::Policy, name, base, place)
        .map_err(|problem| problems.push(problem))
        .ok()?;
    let resolved = resolve(InputKind::Policy, &source, sets, problems);
    let key = "policy.responsibility.matrix";
    let matrix = match resolved.text(key) {
        "" => None,
        path => source::open(path, resolved.origin(key), resolved.place(key))
            .map_err(|problem| problems.push(problem))
            .ok()
            .and_then(|source| TableFile::read(&source, &matrix::COLUMNS, &matrix::ALSO, problems))
            .map(|file| matrix::read(&file, problems)),
    };
    Some(ReadPolicy { resolved, matrix })
}

impl ReadPolicy {
    /// The policy as it is in force in a society. Call it only when reading gave no problem.
    pub(crate) fn in_force(
        mut self,
        society: &CheckedSociety,
        problems: &mut Problems,
    ) -> Option<CheckedPolicy> {
        neutral::neutralise(&mut self.resolved, &society.society);
        if !problems.is_empty() {
            return None;
        }
        let policy: crate::scenario::policy::Policy = self.resolved.typed(problems)?;
        let customary = || society.tables.responsibility.clone();
        let own = if policy.responsibility.matrix.is_empty() {
            None
        } else {
            self.matrix
        };
        let matrix = own.unwrap_or_else(customary);
        Some(CheckedPolicy::of(&self.resolved, policy, matrix))
    }
}

/// The kind of a named input: the only built-in kind of that name, else told from the content of the file.
///
/// # Errors
/// If there is no such input, it is not TOML, or its kind is not clear.
pub fn kind_of(name: &str) -> Result<InputKind, Problems> {
    let has_it = |kind: &InputKind| builtin::list(*kind).contains(&name);
    let kinds: Vec<InputKind> = InputKind::ALL.into_iter().filter(has_it).collect();
    let problem = match kinds[..] {
        [kind] => return Ok(kind),
        [] if source::is_path(name) => return kind_of_file(name),
        [] => {
            let known = InputKind::ALL.into_iter().flat_map(builtin::list);
            let nearest = nearest_of(name, known).map(str::to_owned);
            NameProblem::UnknownAnywhere {
                name: name.to_owned(),
                nearest,
            }
        }
        _ => NameProblem::SeveralKinds {
            name: name.to_owned(),
            kinds,
        },
    };
    Err(Problem::from(problem).into())
}

fn kind_of_file(path: &str) -> Result<InputKind, Problems> {
    let source = source::open(path, &Origin::Option, None)?;
    let mut problems = Problems::default();
    let mut scores: Vec<(usize, InputKind)> = InputKind::ALL
        .into_iter()
        .filter_map(|kind| {
            Some((
                fit(kind, &written::read(kind, &source, &mut problems)?),
                kind,
            ))
        })
        .collect();
    scores.sort_by_key(|(score, _)| Reverse(*score));
    match scores[..] {
        [(first, kind), (second, _), ..] if first > second => Ok(kind),
        _ if problems.is_empty() => Err(Problem::from(NameProblem::KindUnclear {
            path: path.to_owned(),
        })
        .into()),
        _ => Err(problems),
    }
}

/// How many keys and tables of a text have a meaning for a kind.
fn fit(kind: InputKind, written: &Written) -> usize {
    let known = written
        .entries
        .iter()
        .filter(|entry| declarations().get(&entry.key).is_some());
    let extends = match written.extends.as_ref().map(|entry| &entry.value) {
        Some(Raw::Text(name)) => builtin::list(kind).contains(&name.as_str()),
        _ => false,
    };
    known.count() + written.tables.len() + written.lint.len() + usize::from(extends)
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
