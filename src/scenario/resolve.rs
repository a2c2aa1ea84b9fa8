//! One input resolved: declared defaults ← the files it extends ← the file itself ← `--set` options.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::scenario::InputKind;
use crate::scenario::accept::{accept, placeholder, undeclared};
use crate::scenario::acceptance::{self, Acceptance};
use crate::scenario::builtin;
use crate::scenario::declaration::{ParameterType, Value, declarations, nearest_of};
use crate::scenario::problem::{FileProblem, NameProblem, Problem, Problems, ValueProblem};
use crate::scenario::source::{self, Origin, Place, Source};
use crate::scenario::tree;
use crate::scenario::written::{self, Entry, Raw, Written};

/// The value in force of one key, with its place unless it is the default.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) value: Value,
    pub(crate) place: Option<Place>,
    /// Places of the items of a list.
    pub(crate) items: Vec<Place>,
}

/// All values in force, by full key.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) kind: InputKind,
    /// Name of a built-in, or of the file without ending.
    pub(crate) key: String,
    pub(crate) source: Arc<Source>,
    pub(crate) settings: BTreeMap<String, Setting>,
    /// Tables that are written somewhere, with the last place.
    pub(crate) tables: BTreeMap<String, Place>,
    /// Keys with a problem; rules over several keys leave these out.
    pub(crate) faulty: BTreeSet<String>,
    /// Findings that the text itself (not one that it extends) declares as intended.
    pub(crate) accepted: Vec<Acceptance>,
}

/// Finds an input by name or path, relative to the text that names it.
pub(crate) fn find(
    kind: InputKind,
    name: &str,
    base: &Origin,
    place: Option<&Place>,
) -> Result<Arc<Source>, Problem> {
    if source::looks_like_path(name) {
        return source::open(name, base, place);
    }
    let path = builtin::path(kind, name);
    if builtin::file(&path).is_some() {
        return source::open(&format!("{}{path}", source::BUILTIN_PREFIX), base, place);
    }
    if matches!(base, Origin::Option) && Path::new(name).exists() {
        return source::open(name, base, place);
    }
    let known: Vec<String> = builtin::list(kind).into_iter().map(str::to_owned).collect();
    let nearest = nearest_of(name, known.iter().map(String::as_str)).map(str::to_owned);
    Err(NameProblem::Unknown {
        kind,
        name: name.to_owned(),
        nearest,
        known,
        place: place.cloned(),
    }
    .into())
}

/// Key of an input: the name of its file without folder and ending.
pub(crate) fn key_of(source: &Source) -> String {
    let path = match &source.origin {
        Origin::Builtin(path) => Path::new(path),
        Origin::File(path) => path,
        Origin::Option => Path::new(&source.name),
    };
    path.file_stem().map_or_else(
        || source.name.clone(),
        |stem| stem.to_string_lossy().into_owned(),
    )
}

/// Resolves a source of a kind; problems are added, and faulty keys hold placeholders.
pub(crate) fn resolve(
    kind: InputKind,
    source: &Arc<Source>,
    sets: &[String],
    problems: &mut Problems,
) -> Resolved {
    let mut resolved = Resolved {
        kind,
        key: key_of(source),
        source: Arc::clone(source),
        settings: BTreeMap::new(),
        tables: BTreeMap::new(),
        faulty: BTreeSet::new(),
        accepted: Vec::new(),
    };
    let (layers, whole) = layers(kind, source, problems);
    if let Some(own) = layers.last().filter(|_| whole) {
        resolved.accepted = acceptance::read(&own.lint, problems);
    }
    for layer in &layers {
        resolved.lay(layer, problems);
    }
    resolved.lay(&written::read_settings(kind, sets, problems), problems);
    // What is missing because a text could not be read is not worth a line.
    resolved.complete(whole.then_some(&mut *problems));
    resolved
}

/// The texts that can be read, the most remote ancestor first; and whether these are all.
fn layers(kind: InputKind, source: &Arc<Source>, problems: &mut Problems) -> (Vec<Written>, bool) {
    let mut chain = vec![Arc::clone(source)];
    let mut layers = Vec::new();
    let mut whole = true;
    let mut next = Some(Arc::clone(source));
    while let Some(current) = next.take() {
        let Some(written) = written::read(kind, &current, problems) else {
            whole = false;
            break;
        };
        if let Some(entry) = &written.extends {
            next = parent(kind, entry, &chain, problems);
            whole = next.is_some();
            chain.extend(next.clone());
        }
        layers.push(written);
    }
    layers.reverse();
    (layers, whole)
}

fn parent(
    kind: InputKind,
    entry: &Entry,
    chain: &[Arc<Source>],
    problems: &mut Problems,
) -> Option<Arc<Source>> {
    let Raw::Text(name) = &entry.value else {
        problems.push(ValueProblem::WrongType {
            key: entry.key.clone(),
            found: entry.value.type_name(),
            expected: Some(ParameterType::Text),
            place: entry.value_place.clone(),
        });
        return None;
    };
    let base = &entry.value_place.source.origin;
    let parent = find(kind, name, base, Some(&entry.value_place))
        .map_err(|problem| problems.push(problem))
        .ok()?;
    if chain.iter().any(|ancestor| same(ancestor, &parent)) {
        let chain = chain
            .iter()
            .chain([&parent])
            .map(|source| source.name.clone())
            .collect();
        problems.push(FileProblem::CircularExtends {
            chain,
            place: entry.value_place.clone(),
        });
        return None;
    }
    Some(parent)
}

/// Whether two sources are the same file, by whatever path.
fn same(one: &Source, other: &Source) -> bool {
    match (&one.origin, &other.origin) {
        (Origin::File(a), Origin::File(b)) => {
            a == b
                || a.canonicalize()
                    .ok()
                    .zip(b.canonicalize().ok())
                    .is_some_and(|(a, b)| a == b)
        }
        (a, b) => a == b && !matches!(a, Origin::Option),
    }
}

impl Resolved {
    /// Puts one text over what is there.
    fn lay(&mut self, written: &Written, problems: &mut Problems) {
        for (table, place) in &written.tables {
            self.tables.insert(table.clone(), place.clone());
        }
        for entry in &written.entries {
            match declarations().get(&entry.key) {
                None => problems.push_with(|| undeclared(entry)),
                Some(row) => match accept(row, entry) {
                    Ok(setting) => {
                        self.faulty.remove(&entry.key);
                        self.settings.insert(entry.key.clone(), setting);
                    }
                    Err(problem) => {
                        self.faulty.insert(entry.key.clone());
                        problems.push(problem);
                    }
                },
            }
        }
    }

    /// Fills in defaults; reports what is missing, if a list of problems is given.
    fn complete(&mut self, mut problems: Option<&mut Problems>) {
        for row in declarations().of(self.kind) {
            if self.settings.contains_key(&row.key) || self.absent_option(&row.key) {
                continue;
            }
            let missing = row.default.is_none() && self.faulty.insert(row.key.clone());
            if let Some(problems) = problems.as_deref_mut().filter(|_| missing) {
                problems.push(ValueProblem::Missing {
                    key: row.key.clone(),
                    name_zh: row.name_zh.clone(),
                    name_en: row.name_en.clone(),
                    place: self.place_of_table(&row.key),
                });
            }
            let value = row.default.clone().unwrap_or_else(|| placeholder(row));
            self.settings.insert(
                row.key.clone(),
                Setting {
                    value,
                    place: None,
                    items: Vec::new(),
                },
            );
        }
    }

    /// Whether a key belongs to an optional table (the spread of a hazard) of which nothing is set.
    fn absent_option(&self, key: &str) -> bool {
        let Some((table, _)) = key.rsplit_once('.') else {
            return false;
        };
        let of_table = |other: &str| {
            other
                .strip_prefix(table)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        table.ends_with(".spread")
            && !self.settings.keys().any(|other| of_table(other))
            && !declarations()
                .of(self.kind)
                .any(|row| row.default.is_some() && of_table(&row.key))
    }

    /// The heading under which a key belongs, or the beginning of the file.
    fn place_of_table(&self, key: &str) -> Place {
        let mut path = key;
        while let Some((parent, _)) = path.rsplit_once('.') {
            if let Some(place) = self
                .tables
                .get(parent)
                .filter(|place| place.source.origin != Origin::Option)
            {
                return place.clone();
            }
            path = parent;
        }
        Place::new(&self.source, 0..0)
    }

    /// The place of a key's value; of a default, none.
    pub(crate) fn place(&self, key: &str) -> Option<&Place> {
        self.settings
            .get(key)
            .and_then(|setting| setting.place.as_ref())
    }

    /// The places of these keys, or the beginning of the file when all are defaults.
    pub(crate) fn places<'a>(&self, keys: impl Iterator<Item = &'a String>) -> Vec<Place> {
        let places: Vec<Place> = keys.filter_map(|key| self.place(key).cloned()).collect();
        if places.is_empty() {
            vec![Place::new(&self.source, 0..0)]
        } else {
            places
        }
    }

    /// A number in force; zero if it is none.
    pub(crate) fn number(&self, key: &str) -> f64 {
        match self.settings.get(key).map(|setting| &setting.value) {
            Some(Value::Number(number)) => *number,
            Some(Value::Integer(whole)) => *whole as f64,
            _ => 0.0,
        }
    }

    /// A text in force; empty if it is none.
    pub(crate) fn text(&self, key: &str) -> &str {
        match self.settings.get(key).map(|setting| &setting.value) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// The origin against which a path in the value of a key is meant.
    pub(crate) fn origin(&self, key: &str) -> &Origin {
        self.place(key)
            .map_or(&self.source.origin, |place| &place.source.origin)
    }

    /// The typed input. Fails only if the declaration table does not fit the types.
    pub(crate) fn typed<T: DeserializeOwned>(&self, problems: &mut Problems) -> Option<T> {
        let tree = tree::of(
            self.settings
                .iter()
                .map(|(key, setting)| (key.as_str(), &setting.value)),
        );
        serde_json::from_value(tree)
            .map_err(|error| {
                problems.push(ValueProblem::Unfit {
                    detail: error.to_string(),
                });
            })
            .ok()
    }
}
