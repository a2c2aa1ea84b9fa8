//! `robustness.csv` and `robustness.json`: whether differences hold over the ranges of the uncertain parameters.

use super::file::{Written, write_whole};
use super::table::{Cell, Column, TableWriter, Type, plain, policy};
use super::{FileOptions, Format, OutputError};
use crate::experiment::robustness::{Deciding, Robustness, Row};
use crate::vocabulary::Vocabulary;

/// The file for programs, which the report reads, too.
pub const DATA: &str = "robustness.json";

fn text(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    plain(key, Type::Text, zh, en)
}

fn real(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    plain(key, Type::Real, zh, en)
}

/// Columns of `robustness.csv`.
pub fn columns() -> Vec<Column> {
    vec![
        policy(),
        text("measure", "指标", "measure"),
        text("measure_zh", "指标名称", "name of the measure in Chinese"),
        text("measure_en", "指标名称(英文)", "name of the measure"),
        text("unit", "单位", "unit of differences and regrets"),
        plain(
            "n",
            Type::Integer,
            "取值组数",
            "sets of values with a value of the measure",
        ),
        real(
            "difference",
            "与基准之差",
            "difference to the baseline at the society's own values, in runs as short as those of the sets",
        ),
        real(
            "same_sign",
            "同号占比",
            "share of the sets in which the difference has the same sign",
        ),
        text(
            "verdict",
            "判定",
            "robust (at least 90 %), depends on assumptions, no difference, or baseline",
        ),
        real(
            "mean_regret",
            "平均后悔值",
            "how much worse than the best policy of the set, mean of the sets",
        ),
        real("greatest_regret", "最大后悔值", "the greatest of the sets"),
        real(
            "probability_of_being_best",
            "最优概率",
            "share of the sets in which no policy is better",
        ),
        text(
            "first",
            "决定参数一",
            "parameter with the largest rank correlation with the difference",
        ),
        real(
            "first_correlation",
            "决定参数一秩相关",
            "its rank correlation",
        ),
        real(
            "first_low",
            "决定参数一秩相关95%区间下限",
            "lower end of its 95 % interval",
        ),
        real(
            "first_high",
            "决定参数一秩相关95%区间上限",
            "upper end of its 95 % interval",
        ),
        text("second", "决定参数二", "parameter with the second largest"),
        real(
            "second_correlation",
            "决定参数二秩相关",
            "its rank correlation",
        ),
        real(
            "second_low",
            "决定参数二秩相关95%区间下限",
            "lower end of its 95 % interval",
        ),
        real(
            "second_high",
            "决定参数二秩相关95%区间上限",
            "upper end of its 95 % interval",
        ),
    ]
}

/// Writes both files.
///
/// # Errors
/// If one cannot be written.
pub fn write(options: &FileOptions, robustness: &Robustness) -> Result<Vec<Written>, OutputError> {
    let mut table = TableWriter::create(options, "robustness", Format::Csv, &columns())?;
    for row in &robustness.rows {
        let mut cells = row_cells(options, row);
        cells.extend(deciding(row.deciding.first()));
        cells.extend(deciding(row.deciding.get(1)));
        table.row(&cells)?;
    }
    let written = table.finish()?;
    let path = options.folder.join(DATA);
    let mut text =
        serde_json::to_vec_pretty(robustness).map_err(|error| OutputError::io(&path, error))?;
    text.push(b'\n');
    Ok(vec![written, write_whole(&options.folder, DATA, &text)?])
}

fn row_cells<'a>(options: &FileOptions, row: &'a Row) -> Vec<Cell<'a>> {
    let real = |value: Option<f64>| Cell::Real(value.unwrap_or(f64::NAN));
    let verdict = options.language.pick(row.verdict.zh(), row.verdict.key());
    vec![
        Cell::Text(&row.policy),
        Cell::Text(&row.measure),
        Cell::Text(&row.measure_name.zh),
        Cell::Text(&row.measure_name.en),
        Cell::Text(row.unit.word(options.language)),
        Cell::Integer(row.n as i64),
        real(row.difference),
        real(row.same_sign),
        Cell::Text(verdict),
        real(row.mean_regret),
        real(row.greatest_regret),
        real(row.probability_of_being_best),
    ]
}

fn deciding(deciding: Option<&Deciding>) -> [Cell<'_>; 4] {
    let rho = deciding.map(|deciding| deciding.correlation);
    let [value, low, high] = rho.map_or([f64::NAN; 3], |rho| [rho.value, rho.low, rho.high]);
    [
        Cell::Text(deciding.map_or("", |deciding| deciding.parameter.as_str())),
        Cell::Real(value),
        Cell::Real(low),
        Cell::Real(high),
    ]
}
