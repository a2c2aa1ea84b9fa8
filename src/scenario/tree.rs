//! Flat keys as a tree of JSON objects.

use serde_json::{Map, Value as Json};

use crate::scenario::declaration::Value;
use crate::vocabulary::{Level, Role, Vocabulary};

/// The tree of some keys; the first part of each, the kind of input, is left out.
pub(crate) fn of<'a>(values: impl Iterator<Item = (&'a str, &'a Value)>) -> Json {
    let mut root = Map::new();
    for (key, value) in values {
        insert(&mut root, &segments(key)[1..], json_of(value));
    }
    Json::Object(root)
}

/// Puts a value below a path, making the tables on the way.
fn insert(table: &mut Map<String, Json>, path: &[String], value: Json) {
    match path {
        [] => {}
        [name] => {
            table.insert(name.clone(), value);
        }
        [name, rest @ ..] => {
            let inner = table
                .entry(name.clone())
                .or_insert_with(|| Json::Object(Map::new()));
            if let Json::Object(inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

/// The parts of a key; a level followed by a role is one part, the name of an owner.
pub(crate) fn segments(key: &str) -> Vec<String> {
    let mut segments: Vec<String> = Vec::new();
    for part in key.split('.') {
        match segments.last_mut() {
            Some(last) if Level::from_key(last).is_some() && Role::from_key(part).is_some() => {
                last.push('.');
                last.push_str(part);
            }
            _ => segments.push(part.to_owned()),
        }
    }
    segments
}

/// A value as JSON.
pub(crate) fn json_of(value: &Value) -> Json {
    match value {
        Value::Number(number) => Json::from(*number),
        Value::Integer(whole) => Json::from(*whole),
        Value::Boolean(flag) => Json::from(*flag),
        Value::Text(text) => Json::from(text.as_str()),
        Value::List(items) => Json::from(items.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_an_owner_is_one_part() {
        assert_eq!(
            segments("a.by_owner.county.sector"),
            ["a", "by_owner", "county.sector"]
        );
        assert_eq!(
            segments("a.staff.county.role_share.sector"),
            ["a", "staff", "county", "role_share", "sector"]
        );
        let (key, value) = ("society.x.county.sector", Value::Integer(1));
        assert_eq!(
            of([(key, &value)].into_iter()),
            serde_json::json!({ "x": { "county.sector": 1 } })
        );
    }
}
