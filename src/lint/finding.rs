//! What the lint says.

use crate::scenario::acceptance::FindingKind;
use crate::scenario::source::Place;
use crate::vocabulary::{Language, Vocabulary, vocabulary};

vocabulary! {
    /// How much a finding weighs.
    Severity {
        Advice = "advice", "提示", "advice";
        Warning = "warning", "警告", "warning";
        Error = "error", "错误", "error";
    }
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    zh: String,
    en: String,
}

impl Words {
    /// The text that a function makes in each language.
    pub(super) fn of(text: impl Fn(Language) -> String) -> Self {
        Words {
            zh: text(Language::Chinese),
            en: text(Language::English),
        }
    }

    /// A fixed text.
    pub(super) fn fixed([zh, en]: [&str; 2]) -> Self {
        Words {
            zh: zh.to_owned(),
            en: en.to_owned(),
        }
    }

    /// The text in a language.
    pub fn pick(&self, language: Language) -> &str {
        language.pick(&self.zh, &self.en)
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its kind.
    pub kind: FindingKind,
    /// What it is about, as an acceptance names it: `accident/warn`, `sharing.pool.limit_yuan` …
    pub about: String,
    /// How much it weighs.
    pub severity: Severity,
    /// Lines that it is about, with a word at each; the first is the main one. Never empty.
    pub labels: Vec<(Place, Words)>,
    /// What was found.
    pub what: Words,
    /// What to do.
    pub remedy: Words,
    /// Why the policy means it so, if it says so.
    pub accepted: Option<String>,
}
