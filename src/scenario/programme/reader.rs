//! Tables of a TOML text, read key by key; everything wrong is noted with its place.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::record::Fen;
use crate::model::settlement::money::from_yuan;
use crate::scenario::declaration::nearest_of;
use crate::scenario::money_text;
use crate::scenario::problem::{Problems, SettleProblem, Wanted};
use crate::scenario::source::{Place, Source};

/// A table of the text.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    pub(super) source: &'a Arc<Source>,
    /// Where the parsed text begins in the source (bytes).
    pub(super) offset: usize,
    pub(super) table: &'a DeTable<'a>,
}

impl<'a> Node<'a> {
    pub(super) fn place(&self, span: Range<usize>) -> Place {
        Place::new(
            self.source,
            span.start + self.offset..span.end + self.offset,
        )
    }

    /// Notes keys that are none of those known.
    pub(super) fn known(&self, known: &[&str], problems: &mut Problems) {
        for name in self.table.keys() {
            let key: &str = name.get_ref();
            if !known.contains(&key) {
                problems.push(SettleProblem::UnknownKey {
                    key: key.to_owned(),
                    known: known.iter().map(|key| (*key).to_owned()).collect(),
                    nearest: nearest_of(key, known.iter().copied()).map(str::to_owned),
                    place: self.place(name.span()),
                });
            }
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    /// The place of the table: its first key.
    pub(super) fn own_place(&self) -> Place {
        let first = self.table.keys().next();
        self.place(first.map_or(0..0, Spanned::span))
    }

    /// The place of a key's value.
    pub(super) fn place_of(&self, key: &str) -> Option<Place> {
        self.get(key).map(|value| self.place(value.span()))
    }

    /// A key's value as `read` takes it; noted if it cannot.
    fn read<T>(
        &self,
        key: &str,
        wanted: Wanted,
        problems: &mut Problems,
        read: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let read = read(value.get_ref());
        if read.is_none() {
            problems.push(SettleProblem::Value {
                key: key.to_owned(),
                wanted,
                place: self.place(value.span()),
            });
        }
        read
    }

    /// A sum of money (fen): yuan, or a text such as "500万元".
    pub(super) fn money(&self, key: &str, problems: &mut Problems) -> Option<Fen> {
        self.read(key, Wanted::Money, problems, |value| match value {
            DeValue::String(text) => money_text::parse(text),
            _ => number(value)
                .filter(|yuan| (0.0..=1e13).contains(yuan))
                .map(from_yuan),
        })
    }

    /// A share from 0 to 1.
    pub(super) fn share(&self, key: &str, problems: &mut Problems) -> Option<f64> {
        self.read(key, Wanted::Share, problems, |value| {
            number(value).filter(|share| (0.0..=1.0).contains(share))
        })
    }

    /// A loading: a ratio to the expected payment.
    pub(super) fn loading(&self, key: &str, problems: &mut Problems) -> Option<f64> {
        self.read(key, Wanted::Loading, problems, |value| {
            number(value).filter(|number| (0.0..=1000.0).contains(number))
        })
    }

    /// A whole number.
    pub(super) fn count(&self, key: &str, problems: &mut Problems) -> Option<u32> {
        self.read(key, Wanted::Count, problems, |value| match value {
            DeValue::Integer(whole) => whole.as_str().parse().ok(),
            _ => None,
        })
    }

    /// true or false.
    pub(super) fn flag(&self, key: &str, problems: &mut Problems) -> Option<bool> {
        self.read(key, Wanted::Flag, problems, |value| match value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => None,
        })
    }

    /// A text.
    pub(super) fn text(&self, key: &str, problems: &mut Problems) -> Option<String> {
        self.read(key, Wanted::Text, problems, |value| match value {
            DeValue::String(text) => Some(text.to_string()),
            _ => None,
        })
    }

    /// Texts, with their places; whole numbers are taken as names, too.
    pub(super) fn texts(&self, key: &str, problems: &mut Problems) -> Vec<(String, Place)> {
        let name = |value: &Spanned<DeValue<'_>>| {
            let text = match value.get_ref() {
                DeValue::String(text) => text.to_string(),
                DeValue::Integer(whole) => whole.as_str().to_owned(),
                _ => return None,
            };
            Some((text, self.place(value.span())))
        };
        let names = self.read(key, Wanted::Texts, problems, |value| match value {
            DeValue::Array(items) => items.iter().map(name).collect::<Option<Vec<_>>>(),
            _ => None,
        });
        names.unwrap_or_default()
    }

    /// Tables below a key.
    pub(super) fn tables(&self, key: &str, problems: &mut Problems) -> Vec<Node<'a>> {
        let node = |value: &'a Spanned<DeValue<'a>>| match value.get_ref() {
            DeValue::Table(table) => Some(Node { table, ..*self }),
            _ => None,
        };
        let tables = self.read(key, Wanted::Tables, problems, |value| match value {
            DeValue::Array(items) => items.iter().map(node).collect::<Option<Vec<_>>>(),
            _ => None,
        });
        tables.unwrap_or_default()
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(whole) => whole.as_str().parse().ok(),
        DeValue::Float(number) => number.as_str().parse().ok(),
        _ => None,
    }
}
