//! An input as written: one TOML text or one `--set` option as a flat list of keys, values and places.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::scenario::InputKind;
use crate::scenario::acceptance;
use crate::scenario::declaration::{ParameterType, declarations};
use crate::scenario::problem::{FileProblem, Problems, ValueProblem};
use crate::scenario::source::{Place, Source};

/// A value as written, of whatever type.
#[derive(Clone, Debug)]
pub(crate) enum Raw {
    Text(String),
    Integer(i128),
    Float(f64),
    Boolean(bool),
    List(Vec<(Raw, Place)>),
    /// A table where a value belongs.
    Table,
    /// A date or time.
    Time,
}

/// One key with its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Full path, beginning with the kind.
    pub(crate) key: String,
    pub(crate) value: Raw,
    pub(crate) key_place: Place,
    pub(crate) value_place: Place,
}

/// One text, flat.
#[derive(Debug)]
pub(crate) struct Written {
    /// What it extends, with the place of the name.
    pub(crate) extends: Option<Entry>,
    pub(crate) entries: Vec<Entry>,
    /// Tables that occur, also empty ones.
    pub(crate) tables: Vec<(String, Place)>,
    /// What the table `lint` of a policy says; its keys name findings, not parameters.
    pub(crate) lint: Vec<Entry>,
}

impl Raw {
    /// The type as the parser calls it.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Raw::Text(_) => "string",
            Raw::Integer(_) => "integer",
            Raw::Float(_) => "float",
            Raw::Boolean(_) => "boolean",
            Raw::List(_) => "array",
            Raw::Table => "table",
            Raw::Time => "datetime",
        }
    }
}

/// What the keys of the table `lint` begin with.
const LINT: &str = "policy.lint";

/// Reads a TOML text; all syntax errors are reported, and then nothing else about this text.
pub(crate) fn read(
    kind: InputKind,
    source: &Arc<Source>,
    problems: &mut Problems,
) -> Option<Written> {
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    let offset = source.text.len() - text.len();
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let place = Place::new(source, span.start + offset..span.end + offset);
            problems.push(FileProblem::Syntax {
                detail: error.message().to_owned(),
                place,
            });
        }
        return None;
    }
    let mut flat = Flat {
        source,
        offset,
        written: Written {
            extends: None,
            entries: Vec::new(),
            tables: Vec::new(),
            lint: Vec::new(),
        },
    };
    flat.table(kind.key(), table.get_ref());
    let mut written = flat.written;
    if kind == InputKind::Policy {
        let (lint, entries) = written
            .entries
            .into_iter()
            .partition(|entry| entry.key.starts_with(LINT));
        (written.lint, written.entries) = (lint, entries);
    }
    let name = format!("{}.extends", kind.key());
    if let Some(position) = written.entries.iter().position(|entry| entry.key == name) {
        written.extends = Some(written.entries.remove(position));
    }
    Some(written)
}

/// Reads the options `--set` of one kind; malformed ones are reported with the society's.
pub(crate) fn read_settings(kind: InputKind, sets: &[String], problems: &mut Problems) -> Written {
    let mut all = Written {
        extends: None,
        entries: Vec::new(),
        tables: Vec::new(),
        lint: Vec::new(),
    };
    for option in sets {
        let source = Source::option("--set", option);
        let key = option
            .split_once('=')
            .map(|(key, _)| key.trim().replace('"', ""));
        let owner = key.as_deref().and_then(owner_of);
        match (key, owner) {
            (Some(key), Some(owner)) if owner == kind => {
                let part = setting(&key, &source);
                all.entries.extend(part.entries);
                all.tables.extend(part.tables);
            }
            (Some(_), Some(_)) => {}
            // Every command loads a society first: there, options of no kind are reported once.
            _ if kind == InputKind::Society => {
                let place = Place::new(&source, 0..option.len());
                problems.push(ValueProblem::MalformedSetting { place });
            }
            _ => {}
        }
    }
    all
}

fn owner_of(key: &str) -> Option<InputKind> {
    let (first, rest) = key.split_once('.')?;
    InputKind::ALL
        .into_iter()
        .find(|kind| kind.key() == first && !rest.is_empty())
}

/// One option whose key belongs to a kind of input.
fn setting(key: &str, source: &Arc<Source>) -> Written {
    let start = source.text.find('=').map_or(0, |equals| equals + 1);
    let text = &source.text[start..];
    let offset = start + (text.len() - text.trim_start().len());
    let text = text.trim();
    let key_place = Place::new(source, 0..start.saturating_sub(1));
    let mut flat = Flat {
        source,
        offset,
        written: Written {
            extends: None,
            entries: Vec::new(),
            tables: Vec::new(),
            lint: Vec::new(),
        },
    };
    let declared = declarations().get(key).map(|row| &row.kind);
    match DeValue::parse(text) {
        Ok(value)
            if !is_words(declared)
                || matches!(value.get_ref(), DeValue::String(_) | DeValue::Array(_)) =>
        {
            flat.value(key, key_place, &value);
        }
        // A shell has eaten the quotes: the text itself is meant.
        _ => {
            let value_place = Place::new(source, offset..source.text.trim_end().len().max(offset));
            flat.written.entries.push(Entry {
                key: key.to_owned(),
                value: Raw::Text(text.to_owned()),
                key_place,
                value_place,
            });
        }
    }
    flat.parents(key);
    if declared == Some(&ParameterType::List) {
        flat.written.entries.iter_mut().for_each(split_list);
    }
    flat.written
}

fn is_words(declared: Option<&ParameterType>) -> bool {
    matches!(
        declared,
        Some(ParameterType::Text | ParameterType::Choice(_) | ParameterType::List)
    )
}

/// `a,b` for a list means both.
fn split_list(entry: &mut Entry) {
    if let Raw::Text(text) = &entry.value {
        let place = &entry.value_place;
        let items = text
            .split(',')
            .map(|item| (Raw::Text(item.trim().to_owned()), place.clone()));
        entry.value = Raw::List(items.collect());
    }
}

struct Flat<'a> {
    source: &'a Arc<Source>,
    /// Where the parsed text begins in the source (bytes).
    offset: usize,
    written: Written,
}

impl Flat<'_> {
    fn table(&mut self, path: &str, table: &DeTable<'_>) {
        for (name, value) in table {
            let key = format!("{path}.{}", name.get_ref());
            let key_place = self.place(name.span());
            self.value(&key, key_place, value);
        }
    }

    fn value(&mut self, key: &str, key_place: Place, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::Table(table) if declarations().is_table(key) => {
                self.written.tables.push((key.to_owned(), key_place));
                self.table(key, table);
                return;
            }
            DeValue::Table(table) if key == LINT || key == acceptance::TABLE => {
                self.table(key, table);
                return;
            }
            _ => {}
        }
        let value_place = self.place(value.span());
        let value = self.raw(value);
        self.written.entries.push(Entry {
            key: key.to_owned(),
            value,
            key_place,
            value_place,
        });
    }

    /// A dotted key makes the tables above it present.
    fn parents(&mut self, key: &str) {
        let mut path = key;
        while let Some((parent, _)) = path.rsplit_once('.') {
            let place = Place::new(self.source, 0..parent.len());
            self.written.tables.push((parent.to_owned(), place));
            path = parent;
        }
    }

    fn raw(&self, value: &Spanned<DeValue<'_>>) -> Raw {
        match value.get_ref() {
            DeValue::String(text) => Raw::Text(text.to_string()),
            DeValue::Boolean(flag) => Raw::Boolean(*flag),
            // A whole number too long for the machine is out of every range that we declare.
            DeValue::Integer(whole) => {
                let most = if whole.as_str().starts_with('-') {
                    i128::MIN
                } else {
                    i128::MAX
                };
                Raw::Integer(i128::from_str_radix(whole.as_str(), whole.radix()).unwrap_or(most))
            }
            DeValue::Float(real) => Raw::Float(real.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Array(items) => Raw::List(
                items
                    .iter()
                    .map(|item| (self.raw(item), self.place(item.span())))
                    .collect(),
            ),
            DeValue::Table(_) => Raw::Table,
            DeValue::Datetime(_) => Raw::Time,
        }
    }

    fn place(&self, span: Range<usize>) -> Place {
        Place::new(
            self.source,
            span.start + self.offset..span.end + self.offset,
        )
    }
}
