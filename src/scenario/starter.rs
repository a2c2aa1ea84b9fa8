//! Commented starter files for `new`: every table that one usually changes, with unit and range.

use std::fmt::Write;

use crate::scenario::InputKind;
use crate::scenario::declaration::{Declaration, ParameterType, Value, declarations};
use crate::scenario::units;
use crate::vocabulary::Language;

/// What a starter extends; an experiment states its few values itself.
fn parent(kind: InputKind) -> Option<&'static str> {
    match kind {
        InputKind::Society => Some("china-2020"),
        InputKind::Policy => Some("current-2020"),
        InputKind::Experiment => None,
    }
}

/// A starter file that is valid as it stands; all parameters are there as comments with their defaults.
pub fn text(kind: InputKind, language: Language) -> String {
    let mut text = head(kind, language);
    // Keys of no table come first: below a heading they would belong to its table.
    let mut tables: Vec<(&str, Vec<String>)> = vec![("", Vec::new())];
    for row in declarations().of(kind) {
        let path = row.key.split_once('.').map_or("", |(_, path)| path);
        let (table, name) = path.rsplit_once('.').unwrap_or(("", path));
        if table.is_empty() && head_has(kind, name) {
            continue;
        }
        let line = line(row, name, language);
        match tables.iter_mut().find(|(known, _)| *known == table) {
            Some((_, lines)) => lines.push(line),
            None => tables.push((table, vec![line])),
        }
    }
    for (table, lines) in tables.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        let heading = if table.is_empty() {
            String::new()
        } else {
            format!("# [{table}]\n")
        };
        let _ = write!(text, "\n{heading}{}\n", lines.join("\n"));
    }
    text
}

/// Keys that the head gives a value, so that `check` can tell the kind.
fn head_has(kind: InputKind, name: &str) -> bool {
    let own: &[&str] = match kind {
        InputKind::Society => &["baseline"],
        InputKind::Policy => &["description_zh", "description_en"],
        InputKind::Experiment => &["society", "policies", "years"],
    };
    matches!(name, "name_zh" | "name_en") || own.contains(&name)
}

fn head(kind: InputKind, language: Language) -> String {
    let (parent, key) = (parent(kind), kind.key());
    let chinese = kind.word(Language::Chinese);
    let comment = match language {
        Language::Chinese => format!(
            "# riskweave {chinese}文件。未写的值取自 `extends` 所指的内置文件,否则取默认值。\n\
             # 要改一项: 去掉该行及其表名 [表] 前的 `#`。检查: riskweave check 本文件\n\
             # 编辑器可用的键表: riskweave schema {key}\n"
        ),
        Language::English => format!(
            "# A riskweave {key} file. What it does not say is taken from the built-in that it extends,\n\
             # else it has its default. To change a value, remove the `#` before its line and before the\n\
             # [table] above it. Check with: riskweave check THIS-FILE\n\
             # Keys for your editor: riskweave schema {key}\n"
        ),
    };
    let own = match kind {
        InputKind::Society => "baseline = \"current-2020\"\n",
        InputKind::Policy => "description_zh = \"\"\ndescription_en = \"\"\n",
        InputKind::Experiment => {
            "society = \"china-2020\"\npolicies = [\"current-2020\", \"network\"]\nyears = 10\n"
        }
    };
    let extends = parent.map_or_else(String::new, |parent| format!("extends = \"{parent}\"\n"));
    format!("{comment}\n{extends}name_zh = \"我的{chinese}\"\nname_en = \"My {key}\"\n{own}")
}

fn line(row: &Declaration, name: &str, language: Language) -> String {
    let value = row
        .default
        .as_ref()
        .map_or_else(|| blank(&row.kind), written);
    let unit = match units::word(&row.unit, language) {
        "" => String::new(),
        unit => format!(" [{unit}]"),
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
