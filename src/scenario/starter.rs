//! Commented starter files for `new`: every table that one usually changes, with unit and range.

use std::fmt::Write;

use crate::scenario::InputKind;
use crate::scenario::declaration::{Declaration, ParameterType, Value, declarations};
use crate::vocabulary::Language;

/// What a starter extends; a society and its policies begin as the year 2020.
fn parent(kind: InputKind) -> &'static str {
    match kind {
        InputKind::Society | InputKind::Experiment => "china-2020",
        InputKind::Policy => "current-2020",
    }
}

/// A starter file that is valid as it stands; all parameters are there as comments with their defaults.
pub fn text(kind: InputKind, language: Language) -> String {
    let mut text = head(kind, language);
    let mut table = String::new();
    for row in declarations().of(kind) {
        let Some((parent, name)) = row.key.rsplit_once('.') else {
            continue;
        };
        let parent = parent.split_once('.').map_or("", |(_, path)| path);
        if parent.is_empty() && matches!(name, "name_zh" | "name_en") {
            continue;
        }
        if parent != table {
            parent.clone_into(&mut table);
            let _ = write!(text, "\n# [{table}]\n");
        }
        let _ = writeln!(text, "{}", line(row, name, language));
    }
    text
}

fn head(kind: InputKind, language: Language) -> String {
    let (parent, key) = (parent(kind), kind.key());
    match language {
        Language::Chinese => format!(
            "# riskweave {}文件。未写的值取自 `extends` 所指的内置文件。\n\
             # 要改一项: 去掉该行及其表名 [表] 前的 `#`。检查: riskweave check 本文件\n\
             # 编辑器可用的键表: riskweave schema {key}\n\nextends = \"{parent}\"\n\
             name_zh = \"我的{0}\"\nname_en = \"My {key}\"\n",
            kind.word(language)
        ),
        Language::English => format!(
            "# A riskweave {key} file. What it does not say is taken from the built-in that it extends.\n\
             # To change a value, remove the `#` before its line and before the [table] above it.\n\
             # Check with: riskweave check THIS-FILE\n# Keys for your editor: riskweave schema {key}\n\n\
             extends = \"{parent}\"\nname_zh = \"我的{}\"\nname_en = \"My {key}\"\n",
            kind.word(Language::Chinese)
        ),
    }
}

fn line(row: &Declaration, name: &str, language: Language) -> String {
    let value = row
        .default
        .as_ref()
        .map_or_else(|| blank(&row.kind), written);
    let unit = if ["1", "-", ""].contains(&row.unit.as_str()) {
        String::new()
    } else {
        format!(" [{}]", row.unit)
    };
    let range = match (row.low, row.high) {
        (Some(low), Some(high)) => format!(" {low} … {high}"),
        _ => String::new(),
    };
    let words = match &row.kind {
        ParameterType::Choice(words) => format!(" {}", words.join(" | ")),
        _ => String::new(),
    };
    format!(
        "# {name} = {value}  # {}{unit}{range}{words}",
        language.pick(&row.name_zh, &row.name_en)
    )
}

fn blank(kind: &ParameterType) -> String {
    match kind {
        ParameterType::Text | ParameterType::Choice(_) => "\"\"",
        ParameterType::List => "[]",
        _ => "…",
    }
    .to_owned()
}

/// A value as TOML.
fn written(value: &Value) -> String {
    match value {
        Value::Number(number) => format!("{number}"),
        Value::Integer(whole) => whole.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Text(text) => toml::Value::from(text.as_str()).to_string(),
        Value::List(items) => toml::Value::from(items.clone()).to_string(),
    }
}
