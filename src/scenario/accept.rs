//! One value held against its declaration.

use crate::scenario::declaration::{Declaration, ParameterType, Value, declarations, nearest_of};
use crate::scenario::problem::ValueProblem;
use crate::scenario::resolve::Setting;
use crate::scenario::source::Place;
use crate::scenario::written::{Entry, Raw};

/// A value of the declared type, for a key that is missing.
pub(super) fn placeholder(row: &Declaration) -> Value {
    match &row.kind {
        ParameterType::Number => Value::Number(row.low.unwrap_or(0.0)),
        ParameterType::Integer => Value::Integer(row.low.unwrap_or(0.0) as i64),
        ParameterType::Boolean => Value::Boolean(false),
        ParameterType::Text => Value::Text(String::new()),
        ParameterType::Choice(words) => Value::Text(words.first().cloned().unwrap_or_default()),
        ParameterType::List => Value::List(Vec::new()),
    }
}

/// The problem of a key that no declaration has.
pub(super) fn undeclared(entry: &Entry) -> ValueProblem {
    if declarations().is_table(&entry.key) {
        let (key, found) = (entry.key.clone(), entry.value.type_name());
        return ValueProblem::WrongType {
            key,
            found,
            expected: None,
            place: entry.value_place.clone(),
        };
    }
    let nearest = declarations().nearest(&entry.key).map(str::to_owned);
    ValueProblem::UnknownKey {
        key: entry.key.clone(),
        nearest,
        place: entry.key_place.clone(),
    }
}

/// Holds a value against its declaration.
pub(super) fn accept(row: &Declaration, entry: &Entry) -> Result<Setting, ValueProblem> {
    let mut items = Vec::new();
    let value = match (&row.kind, &entry.value) {
        (ParameterType::Number, Raw::Float(number)) => {
            in_range(row, *number, entry).map(Value::Number)
        }
        (ParameterType::Number, Raw::Integer(whole)) => {
            in_range(row, *whole as f64, entry).map(Value::Number)
        }
        (ParameterType::Integer, Raw::Integer(whole)) => {
            in_range(row, *whole as f64, entry).map(|_| Value::Integer(*whole as i64))
        }
        (ParameterType::Boolean, Raw::Boolean(flag)) => Ok(Value::Boolean(*flag)),
        (ParameterType::Text, Raw::Text(text)) => Ok(Value::Text(text.clone())),
        (ParameterType::Choice(words), Raw::Text(text)) => choice(row, words, text, entry),
        (ParameterType::List, Raw::List(list)) => {
            items = list.iter().map(|(_, place)| place.clone()).collect();
            texts(row, list).map(Value::List)
        }
        (expected, found) => Err(wrong_type(row, expected, found, &entry.value_place)),
    }?;
    Ok(Setting {
        value,
        place: Some(entry.value_place.clone()),
        items,
    })
}

fn in_range(row: &Declaration, value: f64, entry: &Entry) -> Result<f64, ValueProblem> {
    let (key, place) = (row.key.clone(), entry.value_place.clone());
    if !value.is_finite() {
        return Err(ValueProblem::NotFinite { key, place });
    }
    if row.low.is_some_and(|low| value < low) || row.high.is_some_and(|high| value > high) {
        let (low, high, unit) = (row.low, row.high, row.unit.clone());
        return Err(ValueProblem::OutOfRange {
            key,
            value,
            low,
            high,
            unit,
            place,
        });
    }
    Ok(value)
}

fn choice(
    row: &Declaration,
    words: &[String],
    text: &str,
    entry: &Entry,
) -> Result<Value, ValueProblem> {
    if words.iter().any(|word| word == text) {
        return Ok(Value::Text(text.to_owned()));
    }
    Err(ValueProblem::NotAChoice {
        key: row.key.clone(),
        value: text.to_owned(),
        choices: words.to_vec(),
        nearest: nearest_of(text, words.iter().map(String::as_str)).map(str::to_owned),
        place: entry.value_place.clone(),
    })
}

fn texts(row: &Declaration, list: &[(Raw, Place)]) -> Result<Vec<String>, ValueProblem> {
    let text = |(item, place): &(Raw, Place)| match item {
        Raw::Text(text) => Ok(text.clone()),
        other => Err(wrong_type(row, &ParameterType::Text, other, place)),
    };
    list.iter().map(text).collect()
}

fn wrong_type(
    row: &Declaration,
    expected: &ParameterType,
    found: &Raw,
    place: &Place,
) -> ValueProblem {
    let (key, found) = (row.key.clone(), found.type_name());
    ValueProblem::WrongType {
        key,
        found,
        expected: Some(expected.clone()),
        place: place.clone(),
    }
}
