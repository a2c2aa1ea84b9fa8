//! What each policy changes against the baseline, lever by lever, and what the lint finds in it.

use super::data::{Change, Data, Finding, Policy};
use super::table::{Cell, Table};
use super::text::{escape, tag};
use crate::scenario::declaration::declarations;
use crate::scenario::units;
use crate::vocabulary::{Language, Mechanism, Vocabulary};

/// Everything on one policy, folded.
pub(super) fn section(data: &Data, policy: usize, open: bool, language: Language) -> String {
    let own = &data.policies[policy];
    let name = escape(own.label.name.pick(language));
    let open = if open { " open" } else { "" };
    let counts = escape(&counts(own, language));
    let mut html = format!(
        "<details{open}><summary><strong>{name}</strong> <code>{}</code> – {counts}</summary>\n",
        escape(&own.label.key)
    );
    let description = own.description.pick(language);
    if !description.is_empty() {
        html.push_str(&tag("p", description));
    }
    if policy != data.baseline {
        html.push_str(&levers(own, language));
    }
    html.push_str(&lint(own, language));
    html.push_str("</details>\n");
    html
}

fn counts(policy: &Policy, language: Language) -> String {
    let (levers, cells) = (policy.changes.len(), policy.matrix_cells);
    let found = policy.findings.as_ref().map(Vec::len);
    match language {
        Language::Chinese => {
            let lint = found.map_or_else(
                || "未检查".to_owned(),
                |count| format!("检查发现 {count} 处"),
            );
            format!("{levers} 项手段、{cells} 个责任格与基准不同；{lint}")
        }
        Language::English => {
            let lint = found.map_or_else(
                || "not checked".to_owned(),
                |count| format!("check finds {count}"),
            );
            format!(
                "{levers} levers and {cells} cells of responsibility differ from the baseline; {lint}"
            )
        }
    }
}

/// The mechanism that a lever belongs to; what belongs to none is named after its table.
fn mechanism(key: &str, language: Language) -> String {
    let table = key.split('.').next().unwrap_or(key);
    match (Mechanism::from_key(table), table) {
        (Some(mechanism), _) => mechanism.word(language).to_owned(),
        (None, "budget") => language.pick("预算", "budget").to_owned(),
        (None, other) => other.to_owned(),
    }
}

/// The levers that differ, by mechanism.
fn levers(policy: &Policy, language: Language) -> String {
    let heads = [
        language.pick("手段", "lever"),
        language.pick("机制", "mechanism"),
        language.pick("基准", "baseline"),
        language.pick("本政策", "this policy"),
        language.pick("单位", "unit"),
    ];
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let place = |change: &&Change| {
        let table = change.key.split('.').next().unwrap_or("");
        Mechanism::from_key(table).map_or(usize::MAX, Vocabulary::number)
    };
    let mut changes: Vec<&Change> = policy.changes.iter().collect();
    changes.sort_by_key(place);
    rows.extend(changes.into_iter().map(|change| lever(change, language)));
    if policy.matrix_cells > 0 {
        rows.push(matrix(policy.matrix_cells, language));
    }
    if rows.is_empty() {
        let same = language.pick("与基准没有差别。", "Nothing differs from the baseline.");
        return tag("p", same);
    }
    let table = Table {
        caption: language
            .pick("与基准不同的手段", "Levers that differ from the baseline")
            .to_owned(),
        heads: heads.map(str::to_owned).to_vec(),
        rows,
        sortable: true,
    };
    table.html(language)
}

fn lever(change: &Change, language: Language) -> Vec<Cell> {
    let row = declarations().get(&format!("policy.{}", change.key));
    let name = row.map_or(change.key.as_str(), |row| {
        language.pick(&row.name_zh, &row.name_en)
    });
    let unit = row.map_or("", |row| units::word(&row.unit, language));
    let value = |text: &str| match text.parse::<f64>() {
        Ok(number) => Cell::number(text, number),
        Err(_) => Cell::text(shown(text, language)),
    };
    vec![
        Cell::text(name).below(&change.key),
        Cell::text(mechanism(&change.key, language)),
        value(&change.from),
        value(&change.to),
        Cell::text(unit),
    ]
}

/// A value as people read it.
pub(super) fn shown(text: &str, language: Language) -> String {
    match text {
        "true" => language.pick("是", "yes").to_owned(),
        "false" => language.pick("否", "no").to_owned(),
        "" => language.pick("无", "none").to_owned(),
        other => other.to_owned(),
    }
}

fn matrix(cells: usize, language: Language) -> Vec<Cell> {
    let figure = match language {
        Language::Chinese => format!("{cells} 格不同"),
        Language::English => format!("{cells} cells differ"),
    };
    vec![
        Cell::text(language.pick("责任矩阵", "responsibility matrix"))
            .below(language.pick("见责任矩阵图", "see the chart of the matrix")),
        Cell::text(Mechanism::Responsibility.word(language)),
        Cell::text("–"),
        Cell::text(figure),
        Cell::text(language.pick("格(类别×阶段)", "cells (category × phase)")),
    ]
}

fn lint(policy: &Policy, language: Language) -> String {
    let Some(findings) = &policy.findings else {
        let text = language.pick(
            "本政策未检查：它由两项政策交叉而成，或本次运行加了 --no-charts；政策可用 check 命令检查。",
            "This policy was not checked: it is crossed from two others, or the run was made with --no-charts; the command check tells of policies.",
        );
        return tag("p", text);
    };
    let head = language.pick(
        "检查(与 check 命令相同)：",
        "Check (as the command check says it):",
    );
    if findings.is_empty() {
        let none = language.pick("未发现问题。", "nothing found.");
        return format!("<p>{} {none}</p>\n", escape(head));
    }
    let items: String = findings.iter().map(|found| item(found, language)).collect();
    format!("<p>{}</p>\n<ul>\n{items}</ul>\n", escape(head))
}

fn item(finding: &Finding, language: Language) -> String {
    let severity = escape(finding.severity.pick(language));
    let kind = escape(finding.kind.pick(language));
    let what = escape(finding.what.pick(language));
    let remedy = escape(finding.remedy.pick(language));
    let advice = match (&finding.accepted, language) {
        (Some(reason), Language::Chinese) => format!("已声明为有意安排：{}", escape(reason)),
        (Some(reason), Language::English) => format!("accepted as intended: {}", escape(reason)),
        (None, Language::Chinese) => format!("办法：{remedy}"),
        (None, Language::English) => format!("Remedy: {remedy}"),
    };
    match language {
        Language::Chinese => {
            format!("<li><strong>{severity}〔{kind}〕</strong>{what}。<br>{advice}</li>\n")
        }
        Language::English => {
            format!("<li><strong>{severity} [{kind}]</strong> {what}.<br>{advice}</li>\n")
        }
    }
}
