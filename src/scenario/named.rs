//! The policies of an experiment: named, read, and in force; and the cells of a grid.

use crate::scenario::InputKind;
use crate::scenario::checked::{CheckedPolicy, CheckedSociety};
use crate::scenario::declaration::{Value, declarations};
use crate::scenario::load::{ReadPolicy, policy_at};
use crate::scenario::problem::{DesignProblem, Problems};
use crate::scenario::resolve::{Resolved, find, key_of};
use crate::scenario::source::{Origin, Place};
use crate::vocabulary::Language;

/// A policy by name, with the place of the name.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Key of a built-in, or path.
    pub(super) text: String,
    /// Levers that the entry moves: `POLICY[key=value; key=value]`.
    pub(super) settings: Vec<String>,
    pub(super) origin: Origin,
    pub(super) place: Option<Place>,
}

/// A policy of an experiment as it is named.
#[derive(Debug)]
pub(super) enum Named {
    One(Name),
    /// All of the first but the sharing table, which is the second's.
    Crossed {
        allocation: Name,
        sharing: Name,
    },
}

/// A policy of an experiment as read.
pub(super) enum Read {
    One(Box<ReadPolicy>),
    Crossed {
        allocation: Box<ReadPolicy>,
        sharing: Box<ReadPolicy>,
    },
}

/// An entry in two parts: the policy, and what it moves in brackets (empty if nothing).
pub(super) fn split_settings(entry: &str) -> (&str, &str) {
    match entry.find('[') {
        Some(start) if entry.ends_with(']') => entry.split_at(start),
        _ => (entry, ""),
    }
}

/// What only names a variant.
const NAMES: [&str; 2] = ["name_zh", "name_en"];

fn is_name(setting: &str) -> bool {
    let key = setting.split_once('=').map_or("", |(key, _)| key.trim());
    NAMES.contains(&key)
}

impl Name {
    /// An entry of a list.
    pub(super) fn new(entry: &str, origin: &Origin, place: Option<Place>) -> Self {
        let (text, settings) = split_settings(entry.trim());
        let parts = settings
            .trim_start_matches('[')
            .trim_end_matches(']')
            .split(';')
            .map(|part| part.trim().to_owned());
        Name {
            text: text.trim().to_owned(),
            settings: parts.filter(|part| !part.is_empty()).collect(),
            origin: origin.clone(),
            place,
        }
    }

    /// Key of the policy that is meant, with the levers that the entry moves.
    pub(super) fn key(&self) -> String {
        let key = find(InputKind::Policy, &self.text, &self.origin, None)
            .map_or_else(|_| self.text.clone(), |source| key_of(&source));
        let moved: Vec<String> = self.moved().map(|part| part.replace(' ', "")).collect();
        if moved.is_empty() {
            key
        } else {
            format!("{key}[{}]", moved.join(";"))
        }
    }

    fn moved(&self) -> impl Iterator<Item = &String> {
        self.settings.iter().filter(|part| !is_name(part))
    }

    /// Reads the policy. What the entry moves goes before the options of the command line, since
    /// without it the entry would not be what it is called.
    pub(super) fn read(&self, sets: &[String], problems: &mut Problems) -> Option<ReadPolicy> {
        for part in self.settings.iter().filter(|part| !part.contains('=')) {
            problems.push(DesignProblem::MalformedVariant {
                part: part.clone(),
                place: self.place.clone(),
            });
        }
        let own = self.settings.iter().map(|part| format!("policy.{part}"));
        let sets: Vec<String> = sets.iter().cloned().chain(own).collect();
        let mut read = policy_at(
            &self.text,
            &self.origin,
            self.place.as_ref(),
            &sets,
            problems,
        )?;
        if self.moved().next().is_some() {
            read.resolved.key = self.key();
            self.call(&mut read.resolved);
        }
        Some(read)
    }

    /// Names the variant by its levers, unless the entry does.
    fn call(&self, resolved: &mut Resolved) {
        for (name, language) in NAMES.iter().zip([Language::Chinese, Language::English]) {
            let given = |part: &String| part.trim_start().starts_with(name);
            if self.settings.iter().any(given) {
                continue;
            }
            let levers: Vec<String> = self.moved().map(|part| told(part, language)).collect();
            if let Some(setting) = resolved.settings.get_mut(&format!("policy.{name}"))
                && let Value::Text(text) = &mut setting.value
            {
                let levers = levers.join(language.pick("、", ", "));
                *text = match language {
                    Language::Chinese => format!("{text}({levers})"),
                    Language::English => format!("{text} ({levers})"),
                };
            }
        }
    }
}

/// A lever and its value in words.
fn told(setting: &str, language: Language) -> String {
    let (key, value) = setting.split_once('=').unwrap_or((setting, ""));
    let (key, value) = (key.trim(), value.trim());
    let row = declarations().get(&format!("policy.{key}"));
    let name = row.map_or(key, |row| language.pick(&row.name_zh, &row.name_en));
    let value = match value {
        "true" => language.pick("是", "yes"),
        "false" => language.pick("否", "no"),
        other => other,
    };
    format!("{name} {value}")
}

impl Named {
    pub(super) fn key(&self) -> String {
        match self {
            Named::One(name) => name.key(),
            Named::Crossed {
                allocation,
                sharing,
            } => format!("{}+{}", allocation.key(), sharing.key()),
        }
    }

    pub(super) fn read(&self, sets: &[String], problems: &mut Problems) -> Option<Read> {
        Some(match self {
            Named::One(name) => Read::One(Box::new(name.read(sets, problems)?)),
            Named::Crossed {
                allocation,
                sharing,
            } => {
                let (allocation, sharing) = (
                    allocation.read(sets, problems),
                    sharing.read(sets, problems),
                );
                Read::Crossed {
                    allocation: Box::new(allocation?),
                    sharing: Box::new(sharing?),
                }
            }
        })
    }
}

impl Read {
    pub(super) fn in_force(
        self,
        society: &CheckedSociety,
        problems: &mut Problems,
    ) -> Option<CheckedPolicy> {
        match self {
            Read::One(policy) => policy.in_force(society, problems),
            Read::Crossed {
                allocation,
                sharing,
            } => {
                let allocation = allocation.in_force(society, problems)?;
                let sharing = sharing.in_force(society, problems)?;
                Some(cross(&allocation, &sharing))
            }
        }
    }
}

/// One cell of a grid: who is responsible from one policy, how losses are shared from another.
fn cross(allocation: &CheckedPolicy, sharing: &CheckedPolicy) -> CheckedPolicy {
    let mut crossed = allocation.clone();
    crossed.key = format!("{}+{}", allocation.key, sharing.key);
    crossed.policy.sharing = sharing.policy.sharing.clone();
    let join = |own: &str, other: &str| format!("{own} × {other}");
    crossed.policy.name_zh = join(&allocation.policy.name_zh, &sharing.policy.name_zh);
    crossed.policy.name_en = join(&allocation.policy.name_en, &sharing.policy.name_en);
    crossed
}
