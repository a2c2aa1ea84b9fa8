//! What can be wrong with an input: each problem names key, value, rule and remedy, in both languages.

mod design;
mod file;
mod lint;
mod name;
mod relation;
mod render;
mod settle;
mod table;
mod value;

pub use design::DesignProblem;
pub use file::FileProblem;
pub use lint::LintProblem;
pub use name::NameProblem;
pub use relation::RelationProblem;
pub use render::Style;
pub(crate) use render::{graphical, line_of};
pub use settle::{SettleProblem, Wanted};
pub use table::{CellRule, Many, TableProblem};
pub use value::ValueProblem;

use crate::scenario::source::Place;
use crate::vocabulary::Language;

/// Chooses the text of a language; both are format strings with captured names.
macro_rules! say {
    ($language:expr, $zh:literal, $en:literal) => {
        match $language {
            $crate::vocabulary::Language::Chinese => format!($zh),
            $crate::vocabulary::Language::English => format!($en),
        }
    };
}
pub(crate) use say;

/// One thing that is wrong with an input.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// A file or name that cannot be opened or read as TOML.
    File(FileProblem),
    /// A name that does not tell one input.
    Name(NameProblem),
    /// A key or value that its declaration does not allow.
    Value(ValueProblem),
    /// Values that do not go together.
    Relation(RelationProblem),
    /// A CSV table.
    Table(TableProblem),
    /// The design of an experiment.
    Design(DesignProblem),
    /// What a policy declares as intended.
    Lint(LintProblem),
    /// A table of losses or a programme of layers.
    Settle(SettleProblem),
}

macro_rules! from {
    ($($variant:ident($inner:ident);)+) => {
        $(impl From<$inner> for Problem {
            fn from(problem: $inner) -> Self { Problem::$variant(problem) }
        })+
    };
}
from! {
    File(FileProblem);
    Name(NameProblem);
    Value(ValueProblem);
    Relation(RelationProblem);
    Table(TableProblem);
    Design(DesignProblem);
    Lint(LintProblem);
    Settle(SettleProblem);
}

/// A problem in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// What is wrong: key, value and rule.
    pub what: String,
    /// Places with a word at each; the first is the main one.
    pub labels: Vec<(Place, String)>,
    /// What to do.
    pub advice: String,
}

impl Text {
    /// A problem with one place.
    fn one(place: &Place, what: String, label: String, advice: String) -> Self {
        Text {
            what,
            labels: vec![(place.clone(), label)],
            advice,
        }
    }
}

impl Problem {
    /// The problem in words of a language.
    pub fn text(&self, language: Language) -> Text {
        match self {
            Problem::File(problem) => problem.text(language),
            Problem::Name(problem) => problem.text(language),
            Problem::Value(problem) => problem.text(language),
            Problem::Relation(problem) => problem.text(language),
            Problem::Table(problem) => problem.text(language),
            Problem::Design(problem) => problem.text(language),
            Problem::Lint(problem) => problem.text(language),
            Problem::Settle(problem) => problem.text(language),
        }
    }
}

/// Everything that is wrong, in the order in which it was met; never empty when returned as an error.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems {
    /// The problems, each once.
    pub problems: Vec<Problem>,
    /// Further problems above [`Problems::LIMIT`], only counted.
    pub more: usize,
}

impl Problems {
    /// Problems that are told one by one; a table of a million faulty rows need not be.
    pub const LIMIT: usize = 200;

    /// Adds a problem unless it is there already (a parent shared by two files is reported once).
    pub fn push(&mut self, problem: impl Into<Problem>) {
        let problem = problem.into();
        if self.problems.len() >= Self::LIMIT {
            self.more += 1;
        } else if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Adds a problem that takes time to put together (what may have been meant): beyond the limit it is only counted.
    pub fn push_with<P: Into<Problem>>(&mut self, problem: impl FnOnce() -> P) {
        if self.problems.len() >= Self::LIMIT {
            self.more += 1;
        } else {
            self.push(problem());
        }
    }

    /// Adds all problems of another list.
    pub fn extend(&mut self, others: Problems) {
        self.more += others.more;
        for problem in others.problems {
            self.push(problem);
        }
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// The value, if nothing is wrong with it.
    pub(crate) fn unless_any<T>(self, value: Option<T>) -> Result<T, Problems> {
        match value {
            Some(value) if self.is_empty() => Ok(value),
            _ => Err(self),
        }
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Problems {
            problems: vec![problem],
            more: 0,
        }
    }
}

/// A list of words for a message.
pub(crate) fn joined<S: AsRef<str>>(words: &[S], language: Language) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    words.join(language.pick("、", ", "))
}

/// "did you mean …?", or nothing.
pub(crate) fn suggestion(nearest: Option<&str>, language: Language) -> String {
    nearest.map_or_else(String::new, |near| {
        say!(language, "是否想写 `{near}`?", "Did you mean `{near}`? ")
    })
}

/// What may have been meant, and all that may be chosen.
pub(crate) fn offered<S: AsRef<str>>(
    nearest: Option<&str>,
    known: &[S],
    language: Language,
) -> (String, String) {
    (suggestion(nearest, language), joined(known, language))
}

/// One label, if there is a place for it.
pub(crate) fn labelled(place: Option<&Place>, word: String) -> Vec<(Place, String)> {
    place
        .map(|place| (place.clone(), word))
        .into_iter()
        .collect()
}
