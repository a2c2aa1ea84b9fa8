//! Problems of a table of losses and of a programme of layers.

#![expect(
    missing_docs,
    reason = "fields are named after what they hold; each variant says what is wrong"
)]

mod losses;
mod programme;

use super::Text;
use crate::scenario::source::Place;
use crate::vocabulary::{Language, NaturalKind};

/// What a key of a programme must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A sum of money.
    Money,
    /// A share from 0 to 1.
    Share,
    /// A loading: a ratio from 0 to 1000.
    Loading,
    /// A whole number, 0 or more.
    Count,
    /// true or false.
    Flag,
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// Tables, `[[key]]`.
    Tables,
}

/// Something wrong with a table of losses or a programme of layers.
#[derive(Clone, Debug, PartialEq)]
pub enum SettleProblem {
    /// A cell that is no sum of money.
    NotMoney {
        column: String,
        value: String,
        place: Place,
    },
    /// A loss above the value insured.
    LossAboveValue {
        loss: String,
        value: String,
        place: Place,
    },
    /// A table of losses without a letter; the columns that it must have.
    EmptyFile { columns: String, place: Place },
    /// A year beyond those that a table may have.
    Year {
        year: u32,
        greatest: u32,
        place: Place,
    },
    /// A column whose sum is beyond what can be reckoned with.
    TooMuch {
        column: String,
        greatest: String,
        place: Place,
    },
    /// Rows of one event that name different hazards.
    TwoHazards {
        event: String,
        hazards: [NaturalKind; 2],
        first: Place,
        second: Place,
    },
    /// A share of value where no value is given.
    ValueMissing { claimant: String, place: Place },
    /// A key that a programme does not have.
    UnknownKey {
        key: String,
        known: Vec<String>,
        nearest: Option<String>,
        place: Place,
    },
    /// A value of the wrong kind or out of range.
    Value {
        key: String,
        wanted: Wanted,
        place: Place,
    },
    /// A word that is none of those allowed.
    Word {
        key: String,
        value: String,
        words: Vec<String>,
        nearest: Option<String>,
        place: Place,
    },
    /// The same amount given in two ways.
    TwoForms { keys: Vec<String>, place: Place },
    /// Two layers of one name, or one that has the name of what is retained.
    LayerTwice { name: String, place: Place },
    /// A programme that says nothing.
    NoTerms { place: Place },
    /// More layers than a programme may have.
    TooManyLayers { greatest: usize, place: Place },
    /// Layers both at the top and in policies.
    LayersTwice { place: Place },
    /// A claimant, group or coverage that the losses do not have.
    NotInLosses {
        key: String,
        name: String,
        nearest: Option<String>,
        place: Place,
    },
}

impl SettleProblem {
    pub(super) fn text(&self, language: Language) -> Text {
        match self {
            SettleProblem::EmptyFile { .. }
            | SettleProblem::Year { .. }
            | SettleProblem::TooMuch { .. }
            | SettleProblem::TwoHazards { .. } => self.table(language),
            SettleProblem::NotMoney { .. }
            | SettleProblem::LossAboveValue { .. }
            | SettleProblem::ValueMissing { .. }
            | SettleProblem::NotInLosses { .. } => self.losses(language),
            _ => self.programme(language),
        }
    }
}

impl Wanted {
    fn words(self, language: Language) -> (&'static str, &'static str) {
        let (zh, en, example) = match self {
            Wanted::Money => ("金额(元)", "a sum of yuan, 0 or more", "5000000"),
            Wanted::Share => ("0 至 1 的比例", "a share from 0 to 1", "0.25"),
            Wanted::Loading => ("0 至 1000 的数", "a number from 0 to 1000", "0.35"),
            Wanted::Count => ("不小于 0 的整数", "a whole number, 0 or more", "1"),
            Wanted::Flag => ("true 或 false", "true or false", "true"),
            Wanted::Text => ("文字", "a text", "\"a\""),
            Wanted::Texts => ("文字列表", "a list of texts", "[\"a\", \"b\"]"),
            Wanted::Tables => ("若干表", "tables, written [[…]]", "[{ share = 0.5 }]"),
        };
        (language.pick(zh, en), example)
    }
}
