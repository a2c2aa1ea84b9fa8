//! The declaration table: every parameter once, with type, unit, range, default, source and names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::scenario::InputKind;

/// The table as it ships.
pub const TABLE: &str = include_str!("../../scenarios/parameters.csv");

/// What a value must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// A real number.
    Number,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A text.
    Text,
    /// One of these words.
    Choice(Vec<String>),
    /// A list of texts.
    List,
}

/// A value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A real number.
    Number(f64),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// A text, also a choice.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
}

/// One row of the table.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Full path, beginning with `society.`, `policy.` or `experiment.`.
    pub key: String,
    /// What a value must be.
    pub kind: ParameterType,
    /// Unit; `1` = none.
    pub unit: String,
    /// Value when nothing is written; `None` = required, or the whole optional table is absent.
    pub default: Option<Value>,
    /// Least value allowed.
    pub low: Option<f64>,
    /// Greatest value allowed.
    pub high: Option<f64>,
    /// Value when the mechanism is disabled or absent (policy keys).
    pub neutral: Option<Value>,
    /// Where the value comes from, or `assumption`.
    pub source: String,
    /// Evidence: measured, literature or judgement.
    pub grade: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Remarks.
    pub note: String,
}

/// The one text whose neutral value is to be empty: the society's own matrix.
const MATRIX: &str = "policy.responsibility.matrix";

/// Texts that may be left out; all other texts without a default are required.
const OPTIONAL_TEXTS: [&str; 6] = [
    MATRIX,
    "experiment.forced_event.province",
    "policy.description_zh",
    "policy.description_en",
    "society.tables.prefectures",
    "society.tables.drivers",
];

/// All declarations, by key, with the tables that they make up.
#[derive(Debug)]
pub struct Declarations {
    rows: Vec<Declaration>,
    by_key: BTreeMap<String, usize>,
    tables: BTreeSet<String>,
    /// Faults of the table itself; a test requires that there are none.
    pub faults: Vec<String>,
}

impl Declarations {
    /// All rows in file order.
    pub fn rows(&self) -> &[Declaration] {
        &self.rows
    }

    /// The rows of one kind of input, in file order.
    pub fn of(&self, kind: InputKind) -> impl Iterator<Item = &Declaration> {
        let prefix = format!("{}.", kind.key());
        self.rows
            .iter()
            .filter(move |row| row.key.starts_with(&prefix))
    }

    /// The declaration of a key.
    pub fn get(&self, key: &str) -> Option<&Declaration> {
        self.by_key.get(key).map(|&row| &self.rows[row])
    }

    /// Whether a path is a table that holds declared keys.
    pub fn is_table(&self, path: &str) -> bool {
        self.tables.contains(path)
    }

    /// The declared key or table that is most like a mistyped one, if any is near.
    pub fn nearest(&self, key: &str) -> Option<&str> {
        let parent = key.rsplit_once('.').map_or("", |(parent, _)| parent);
        let names = || self.by_key.keys().chain(&self.tables).map(String::as_str);
        let siblings = names().filter(|name| {
            name.rsplit_once('.')
                .is_some_and(|(other, _)| other == parent)
        });
        nearest_of(key, siblings).or_else(|| nearest_of(key, names()))
    }
}

/// How much alike (Jaro and Winkler, of 1) two words are of which one may be meant by the other.
const NEAR: f64 = 0.8;

/// The candidate most like a word, if one is near enough to be meant.
pub fn nearest_of<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let tail = |text: &'a str| text.rsplit_once('.').map_or(text, |(_, tail)| tail);
    let own = word.rsplit_once('.').map_or(word, |(_, tail)| tail);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let enough = best.map_or(NEAR, |(score, _)| score.next_up());
        // The last part is the shorter, and is seldom alike.
        let by_tail = strsim::jaro_winkler(own, tail(candidate));
        if by_tail < enough {
            continue;
        }
        let score = by_tail.min(strsim::jaro_winkler(word, candidate));
        if score >= enough {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The declarations that ship with the program.
pub fn declarations() -> &'static Declarations {
    static DECLARATIONS: OnceLock<Declarations> = OnceLock::new();
    DECLARATIONS.get_or_init(|| read(TABLE))
}

fn read(text: &str) -> Declarations {
    let mut all = Declarations {
        rows: Vec::new(),
        by_key: BTreeMap::new(),
        tables: BTreeSet::new(),
        faults: Vec::new(),
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for record in reader.records() {
        let row = record
            .map_err(|error| error.to_string())
            .and_then(|record| row_of(&record));
        match row {
            Ok(row) => add(&mut all, row),
            Err(fault) => all.faults.push(fault),
        }
    }
    all
}

fn add(all: &mut Declarations, row: Declaration) {
    let mut path = row.key.as_str();
    while let Some((parent, _)) = path.rsplit_once('.') {
        all.tables.insert(parent.to_owned());
        path = parent;
    }
    if all.by_key.insert(row.key.clone(), all.rows.len()).is_some() {
        all.faults.push(format!("{}: declared twice", row.key));
    }
    all.rows.push(row);
}

fn row_of(record: &csv::StringRecord) -> Result<Declaration, String> {
    let cell = |column: usize| record.get(column).unwrap_or("").trim();
    let key = cell(0).replace('"', "");
    let kind = type_of(cell(1)).ok_or_else(|| format!("{key}: unknown type `{}`", cell(1)))?;
    let number = |column: usize| match cell(column) {
        "" => Ok(None),
        text => text
            .parse::<f64>()
            .map(Some)
            .map_err(|_| format!("{key}: `{text}` is not a number")),
    };
    let mut default = value_of(&key, &kind, cell(3))?;
    if default.is_none() {
        default = match kind {
            ParameterType::List => Some(Value::List(Vec::new())),
            ParameterType::Text if OPTIONAL_TEXTS.contains(&key.as_str()) => {
                Some(Value::Text(String::new()))
            }
            _ => None,
        };
    }
    let mut neutral = value_of(&key, &kind, cell(6))?;
    if neutral.is_none() && kind == ParameterType::Text && key == MATRIX {
        neutral = Some(Value::Text(String::new()));
    }
    Ok(Declaration {
        default,
        neutral,
        unit: cell(2).to_owned(),
        low: number(4)?,
        high: number(5)?,
        source: cell(7).to_owned(),
        grade: cell(8).to_owned(),
        name_zh: cell(9).to_owned(),
        name_en: cell(10).to_owned(),
        note: cell(11).to_owned(),
        key,
        kind,
    })
}

fn type_of(text: &str) -> Option<ParameterType> {
    Some(match text {
        "number" => ParameterType::Number,
        "integer" => ParameterType::Integer,
        "boolean" => ParameterType::Boolean,
        "text" => ParameterType::Text,
        "list" => ParameterType::List,
        _ => {
            let words = text.strip_prefix("choice(")?.strip_suffix(')')?;
            ParameterType::Choice(words.split('|').map(str::to_owned).collect())
        }
    })
}

fn value_of(key: &str, kind: &ParameterType, text: &str) -> Result<Option<Value>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let value = match kind {
        ParameterType::Number => text
            .parse()
            .ok()
            .filter(|x: &f64| x.is_finite())
            .map(Value::Number),
        // A table program may have written a whole number as 10.0.
        ParameterType::Integer => text.trim_end_matches(".0").parse().ok().map(Value::Integer),
        ParameterType::Boolean => text.to_lowercase().parse().ok().map(Value::Boolean),
        ParameterType::Text => Some(Value::Text(text.trim_matches('"').to_owned())),
        ParameterType::Choice(words) => words
            .iter()
            .any(|word| word == text)
            .then(|| Value::Text(text.to_owned())),
        ParameterType::List => {
            let inner = text.trim_matches(['[', ']']);
            let words = inner
                .split([',', '|', ';'])
                .map(|word| word.trim().trim_matches('"').to_owned());
            Some(Value::List(words.filter(|word| !word.is_empty()).collect()))
        }
    };
    value
        .map(Some)
        .ok_or_else(|| format!("{key}: `{text}` does not fit its type"))
}

#[cfg(test)]
#[path = "declaration_tests.rs"]
mod tests;
