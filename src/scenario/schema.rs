//! JSON Schema (draft 2020-12) of the input files, made from the declarations.

use serde_json::{Map, Value as Json, json};

use crate::scenario::InputKind;
use crate::scenario::acceptance::FindingKind;
use crate::scenario::declaration::{Declaration, ParameterType, declarations};
use crate::scenario::tree::{json_of, segments};
use crate::vocabulary::{Language, Vocabulary};

/// Schema of a society file.
pub fn society() -> Json {
    of(InputKind::Society)
}

/// Schema of a policy file.
pub fn policy() -> Json {
    of(InputKind::Policy)
}

/// Schema of an experiment file.
pub fn experiment() -> Json {
    of(InputKind::Experiment)
}

/// Schema of a kind of input file. No key is required: what a file leaves out, it extends or has a default.
pub fn of(kind: InputKind) -> Json {
    let (key, zh, en) = (
        kind.key(),
        kind.word(Language::Chinese),
        kind.word(Language::English),
    );
    let mut root = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("riskweave-{key}.schema.json"),
        "title": format!("riskweave {en} · {zh}"),
        "type": "object",
        "additionalProperties": false,
        "properties": {},
    });
    add(
        &mut root,
        &["extends".to_owned()],
        json!({
            "type": "string",
            "title": "extends · 继承",
            "description": "Name of a built-in, or path of a file, whose values hold where this file is silent. 内置名称或文件路径;本文件未写的值取自它。",
        }),
    );
    if kind == InputKind::Policy {
        add(&mut root, &["lint".to_owned()], lint());
    }
    for row in declarations().of(kind) {
        add(&mut root, &segments(&row.key)[1..], property(row));
    }
    root
}

/// The table in which a policy declares findings of the lint as intended.
fn lint() -> Json {
    let kinds: Vec<&str> = FindingKind::ALL.iter().map(|kind| kind.key()).collect();
    json!({
        "type": "object",
        "title": "lint · 检查",
        "additionalProperties": false,
        "properties": { "accept": {
            "type": "object",
            "title": "accept · 有意安排",
            "description": "Findings of `riskweave check` that are meant, each with the reason: `gap = \"why\"`, or for one place `\"gap accident/warn\" = \"why\"`. 有意为之的发现及其理由。",
            "patternProperties": {
                format!("^({})( .+)?$", kinds.join("|")): { "type": "string", "minLength": 1 },
            },
            "additionalProperties": false,
        } },
    })
}

/// The schema as text, as it is committed under `docs/schema/`.
pub fn text(kind: InputKind) -> String {
    format!("{:#}\n", of(kind))
}

/// Whether tests write committed files anew rather than compare them.
#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "a switch of the tests, not of the program"
)]
pub(crate) fn remint() -> bool {
    std::env::var("RISKWEAVE_REMINT").is_ok()
}

fn table() -> Json {
    json!({ "type": "object", "additionalProperties": false, "properties": {} })
}

fn add(schema: &mut Json, path: &[String], property: Json) {
    let Some(properties) = schema.get_mut("properties").and_then(Json::as_object_mut) else {
        return;
    };
    match path {
        [] => {}
        [name] => {
            properties.insert(name.clone(), property);
        }
        [name, rest @ ..] => add(
            properties.entry(name.clone()).or_insert_with(table),
            rest,
            property,
        ),
    }
}

fn property(row: &Declaration) -> Json {
    let mut schema = Map::new();
    schema.insert(
        "title".into(),
        json!(format!("{} · {}", row.name_en, row.name_zh)),
    );
    if !row.note.is_empty() {
        schema.insert("description".into(), json!(row.note));
    }
    match &row.kind {
        ParameterType::Number => schema.insert("type".into(), json!("number")),
        ParameterType::Integer => schema.insert("type".into(), json!("integer")),
        ParameterType::Boolean => schema.insert("type".into(), json!("boolean")),
        ParameterType::Text => schema.insert("type".into(), json!("string")),
        ParameterType::Choice(words) => schema.insert("enum".into(), json!(words)),
        ParameterType::List => {
            schema.insert("items".into(), json!({ "type": "string" }));
            schema.insert("type".into(), json!("array"))
        }
    };
    let numbers = [("minimum", row.low), ("maximum", row.high)];
    for (name, bound) in numbers {
        if let Some(bound) = bound {
            schema.insert(name.into(), whole_if_it_is(bound));
        }
    }
    for (name, value) in [("default", &row.default), ("x-neutral", &row.neutral)] {
        if let Some(value) = value {
            schema.insert(name.into(), json_of(value));
        }
    }
    for (name, text) in [
        ("x-unit", &row.unit),
        ("x-source", &row.source),
        ("x-grade", &row.grade),
    ] {
        if !text.is_empty() {
            schema.insert(name.into(), json!(text));
        }
    }
    Json::Object(schema)
}

fn whole_if_it_is(bound: f64) -> Json {
    if bound.fract() == 0.0 && bound.abs() < 1e15 {
        json!(bound as i64)
    } else {
        json!(bound)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn committed_schemas_are_current() {
        for kind in InputKind::ALL {
            let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join(format!("docs/schema/{}.schema.json", kind.key()));
            if remint() {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, text(kind)).unwrap();
            }
            let committed = fs::read_to_string(&path).unwrap_or_default();
            assert!(
                committed == text(kind),
                "RISKWEAVE_REMINT=1 cargo test schema writes {} anew",
                path.display()
            );
        }
    }

    #[test]
    fn every_declared_key_has_its_property() {
        for kind in InputKind::ALL {
            let schema = of(kind);
            for row in declarations().of(kind) {
                let found = segments(&row.key)[1..]
                    .iter()
                    .try_fold(&schema, |schema, name| schema.get("properties")?.get(name));
                assert!(
                    found.and_then(|property| property.get("title")).is_some(),
                    "{}",
                    row.key
                );
            }
        }
    }
}
