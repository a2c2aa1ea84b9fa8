//! The run's inputs as uncertainties (X), levers (L), relations (R) and measures (M): each parameter with
//! its value, range, unit, source and grade of evidence.

use std::collections::BTreeMap;

use super::data::Data;
use super::policies::shown;
use super::table::{Cell, Table};
use super::text::{escape, tag};
use crate::measures::{Better, Measure};
use crate::scenario::InputKind;
use crate::scenario::declaration::{Declaration, ParameterType, declarations};
use crate::scenario::units;
use crate::vocabulary::{Language, Mechanism, Vocabulary};

/// All four parts.
pub(super) fn section(data: &Data, language: Language) -> String {
    let values: BTreeMap<&str, &str> = data
        .parameters
        .iter()
        .map(|parameter| (parameter.key.as_str(), parameter.value.as_str()))
        .collect();
    let mut html = String::new();
    for (kind, title) in [
        (
            InputKind::Society,
            [
                "X 不确定因素：社会的参数",
                "X Uncertainties: parameters of the society",
            ],
        ),
        (
            InputKind::Policy,
            ["L 手段：政策的参数", "L Levers: parameters of a policy"],
        ),
    ] {
        html.push_str(&tag("h3", language.pick(title[0], title[1])));
        html.push_str(&tag("p", &grades(kind, language)));
        for (group, rows) in groups(kind) {
            html.push_str(&folded(kind, group, &rows, &values, language));
        }
    }
    html.push_str(&tag("h3", language.pick("R 关系", "R Relations")));
    html.push_str(&relations(language));
    html.push_str(&tag("h3", language.pick("M 指标", "M Measures")));
    html.push_str(&measures(language));
    html
}

/// Declared parameters with a figure or a choice, by their table, in the order of the declaration.
fn groups(kind: InputKind) -> Vec<(&'static str, Vec<&'static Declaration>)> {
    let mut groups: Vec<(&str, Vec<&Declaration>)> = Vec::new();
    for row in declarations().of(kind) {
        if matches!(row.kind, ParameterType::Text) {
            continue;
        }
        let path = row.key.split_once('.').map_or("", |(_, path)| path);
        let group = path.split_once('.').map_or("", |(group, _)| group);
        match groups.iter_mut().find(|(name, _)| *name == group) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((group, vec![row])),
        }
    }
    groups
}

/// How well the parameters of a kind are known.
fn grades(kind: InputKind, language: Language) -> String {
    let rows: Vec<&Declaration> = declarations().of(kind).collect();
    let of = |grade: &str| rows.iter().filter(|row| row.grade == grade).count();
    let all = rows.len();
    let [measured, literature, judgement] = ["measured", "literature", "judgement"].map(of);
    match language {
        Language::Chinese => format!(
            "{all} 个参数：实测 {measured} 个，出自文献 {literature} 个，出自判断 {judgement} 个。每组点开可见取值、允许范围、单位、证据等级和来源(来源按原文)。"
        ),
        Language::English => format!(
            "{all} parameters: {measured} measured, {literature} from literature, {judgement} by judgement. Open a group for values, allowed ranges, units, grades of evidence and sources."
        ),
    }
}

fn folded(
    kind: InputKind,
    group: &str,
    rows: &[&Declaration],
    values: &BTreeMap<&str, &str>,
    language: Language,
) -> String {
    let value_head = match kind {
        InputKind::Policy => language.pick("基准取值", "value in the baseline"),
        _ => language.pick("取值", "value"),
    };
    let heads = [
        language.pick("参数", "parameter"),
        value_head,
        language.pick("允许范围", "allowed range"),
        language.pick("单位", "unit"),
        language.pick("证据", "evidence"),
        language.pick("来源", "source"),
    ];
    let name = if group.is_empty() { kind.key() } else { group };
    let title = Mechanism::from_key(group).map_or("", |mechanism| mechanism.word(language));
    let count = rows.len();
    let table = Table {
        caption: format!("{}.{name}", kind.key()),
        heads: heads.map(str::to_owned).to_vec(),
        rows: rows
            .iter()
            .map(|row| parameter(row, values.get(row.key.as_str()).copied(), language))
            .collect(),
        sortable: true,
    };
    let counted = match language {
        Language::Chinese => format!("{count} 个参数"),
        Language::English => format!("{count} parameters"),
    };
    format!(
        "<details class=\"long\"><summary><code>{}</code> {title} – {counted}</summary>{}</details>\n",
        escape(name),
        table.html(language)
    )
}

fn parameter(row: &Declaration, value: Option<&str>, language: Language) -> Vec<Cell> {
    let name = language.pick(&row.name_zh, &row.name_en);
    let value = value.unwrap_or("–");
    let value = match value.parse::<f64>() {
        Ok(number) => Cell::number(value.strip_suffix(".0").unwrap_or(value), number),
        Err(_) => Cell::text(shown(value, language)),
    };
    let path = row.key.split_once('.').map_or("", |(_, path)| path);
    vec![
        Cell::text(name).below(path),
        value,
        Cell::text(range(row)),
        Cell::text(units::word(&row.unit, language)),
        Cell::text(grade(&row.grade, language)),
        Cell::text(source(&row.source, language)),
    ]
}

fn range(row: &Declaration) -> String {
    match (&row.kind, row.low, row.high) {
        (ParameterType::Choice(words), ..) => words.join(", "),
        (_, Some(low), Some(high)) => format!("{low} … {high}"),
        _ => String::new(),
    }
}

fn grade(grade: &str, language: Language) -> &str {
    match grade {
        "measured" => language.pick("实测", "measured"),
        "literature" => language.pick("文献", "literature"),
        "judgement" => language.pick("判断", "judgement"),
        other => other,
    }
}

/// Where a value comes from; titles of works and offices stay as they are written.
fn source(source: &str, language: Language) -> String {
    match (source.strip_prefix("assumption"), language) {
        (Some(""), Language::Chinese) => "假设".to_owned(),
        (Some(rest), Language::Chinese) => format!("假设{rest}"),
        _ => source.to_owned(),
    }
}

/// Where the equations are.
fn relations(language: Language) -> String {
    let text = language.pick(
        "一周十步：风险源演变；主体决策；准入；事件发生；预警处置；人员资产受损；分担损失；恢复；吸取教训；记录。六项机制各有方程和出处，写在 docs/odd.md；三十个极限算例以理论解检验程序，见 docs/theory.md(verify 命令)；事实检验见 docs/validation.md。",
        "Ten stages a week: sources evolve; agents decide; admission; events; warning and response; harm; sharing of losses; recovery; learning; the record. Each of the six mechanisms has its equations with references in docs/odd.md; thirty limit cases hold the program against theory, docs/theory.md (command verify); facts are in docs/validation.md.",
    );
    tag("p", text)
}

fn measures(language: Language) -> String {
    let heads = [
        language.pick("指标", "measure"),
        language.pick("定义", "definition"),
        language.pick("单位", "unit"),
        language.pick("方向", "better"),
    ];
    let better = |measure: Measure| match measure.better() {
        Better::Lower => language.pick("越低越好", "lower"),
        Better::Higher => language.pick("越高越好", "higher"),
        Better::Neither => language.pick("无好坏之分", "neither"),
    };
    let rows = Measure::ALL.iter().map(|&measure| {
        vec![
            Cell::text(measure.word(language)).below(measure.key()),
            Cell::text(measure.definition(language)),
            Cell::text(measure.unit().word(language)),
            Cell::text(better(measure)),
        ]
    });
    let table = Table {
        caption: language
            .pick("指标及其定义", "Measures and their definitions")
            .to_owned(),
        heads: heads.map(str::to_owned).to_vec(),
        rows: rows.collect(),
        sortable: true,
    };
    let count = Measure::ALL.len();
    let summary = match language {
        Language::Chinese => format!("{count} 项指标"),
        Language::English => format!("{count} measures"),
    };
    format!(
        "<details class=\"long\"><summary>{summary}</summary>{}</details>\n",
        table.html(language)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_with_a_value_stands_in_one_group() {
        for kind in [InputKind::Society, InputKind::Policy] {
            let grouped: usize = groups(kind).iter().map(|(_, rows)| rows.len()).sum();
            let texts = declarations()
                .of(kind)
                .filter(|row| matches!(row.kind, ParameterType::Text))
                .count();
            assert_eq!(grouped + texts, declarations().of(kind).count());
        }
    }

    #[test]
    fn assumptions_are_named_in_both_languages() {
        assert_eq!(source("assumption", Language::Chinese), "假设");
        assert_eq!(source("assumption: x", Language::English), "assumption: x");
    }
}
