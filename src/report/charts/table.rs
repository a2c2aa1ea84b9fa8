//! The data behind a chart: its CSV, and figures that may be missing in the file of all charts.

use serde::{Deserialize, Deserializer};

use crate::vocabulary::{Language, Table, Vocabulary};

/// A column of a chart's table: the name in English files, the name in Chinese ones, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Name in English files.
    pub key: &'static str,
    /// Name in Chinese files, with its unit.
    pub zh: &'static str,
    /// What it is, with its unit.
    pub en: &'static str,
}

impl Heading {
    pub(super) const fn new(key: &'static str, zh: &'static str, en: &'static str) -> Self {
        Heading { key, zh, en }
    }
}

/// The policy of a row.
pub(super) const POLICY: Heading = Heading::new("policy", "政策", "policy");
/// The name of the policy.
pub(super) const POLICY_NAME: Heading = Heading::new("name", "政策名称", "its name");
/// Who bears a loss.
pub(super) const BEARER: Heading =
    Heading::new("bearer", "承担者", "who finally bears it; total = all");
/// A mean loss a year.
pub(super) const LOSS: Heading = Heading::new(
    "loss_yuan_a_year",
    "年均损失(元/年)",
    "mean loss (yuan a year)",
);
/// The lower end of its interval.
pub(super) const LOSS_LOW: Heading = Heading::new(
    "low_yuan_a_year",
    "95%区间下限(元/年)",
    "lower end of its 95 % interval",
);
/// The upper end of its interval.
pub(super) const LOSS_HIGH: Heading = Heading::new(
    "high_yuan_a_year",
    "95%区间上限(元/年)",
    "upper end of its 95 % interval",
);

/// Rows of text as CSV; in Chinese it begins with a byte-order mark, so that spreadsheets read it.
pub(super) fn csv(
    columns: &[Heading],
    rows: impl IntoIterator<Item = Vec<String>>,
    language: Language,
) -> String {
    let mut text = String::from(language.pick("\u{feff}", ""));
    let name = |column: &Heading| language.pick(column.zh, column.key).to_owned();
    let header = columns.iter().map(name).collect();
    for row in std::iter::once(header).chain(rows) {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// A cell of a CSV file, in quotation marks where it needs them.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// A figure of a CSV file, to nine figures; empty if not available.
pub(super) fn cell(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    format!("{value:.8e}").parse().unwrap_or(value).to_string()
}

/// Whether the runs tell a figure from zero, in words.
pub(super) fn resolved_word(resolved: bool, language: Language) -> &'static str {
    if resolved {
        language.pick("是", "yes")
    } else {
        language.pick("现有模拟次数下尚难区分", "not resolved by these runs")
    }
}

/// Reads a figure that stands as `null` where it is not available.
pub(in crate::report) fn number<'de, D: Deserializer<'de>>(reader: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(reader)?.unwrap_or(f64::NAN))
}

/// Reads figures of which some may be `null`.
pub(super) fn numbers<'de, D: Deserializer<'de>>(reader: D) -> Result<Vec<f64>, D::Error> {
    let read: Vec<Option<f64>> = Vec::deserialize(reader)?;
    Ok(read.into_iter().map(|v| v.unwrap_or(f64::NAN)).collect())
}

/// Reads a table of figures of which some may be `null`.
pub(super) fn number_table<'de, K: Vocabulary, D: Deserializer<'de>>(
    reader: D,
) -> Result<Table<K, f64>, D::Error> {
    let read: Table<K, Option<f64>> = Table::deserialize(reader)?;
    Ok(read.map(|_, value| value.unwrap_or(f64::NAN)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_nine_places_and_missing_ones_are_empty() {
        assert_eq!(cell(1_234_567.891_23), "1234567.89");
        assert_eq!(cell(f64::NAN), "");
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
    }
}
