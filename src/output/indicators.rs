//! `indicators.csv`: the plan indicators 规划指标 by policy, as happened and as reported.

use super::file::Sealed;
use super::table::{Cell, Column, TableWriter, Type, estimate, plain, policy};
use super::{FileOptions, Format, OutputError};
use crate::experiment::summary::{IndicatorEstimate, IndicatorSummary, Summary};
use crate::measures::indicators::indicators;
use crate::vocabulary::Language;

/// Columns of the table.
pub fn columns() -> Vec<Column> {
    let text = |key, zh, en| plain(key, Type::Text, zh, en);
    let real = |key, zh, en| plain(key, Type::Real, zh, en);
    let [mean, low, high] = estimate();
    vec![
        policy(),
        text("indicator", "规划指标", "plan indicator"),
        text("name_zh", "名称", "name in Chinese"),
        text("name_en", "名称(英文)", "name in English"),
        text("unit", "单位", "unit"),
        text("basis", "口径", "happened or reported"),
        real("limit", "目标限值", "greatest value that meets the target"),
        mean,
        low,
        high,
        real(
            "probability",
            "达标概率",
            "share of the replications that meet the target",
        ),
        plain("n", Type::Integer, "模拟次数", "replications"),
        text("source", "来源", "source of the target"),
    ]
}

/// Writes the file.
pub fn write(options: &FileOptions, summary: &Summary) -> Result<Sealed, OutputError> {
    let mut table = TableWriter::create(options, "indicators", Format::Csv, &columns())?;
    for policy in &summary.policies {
        for indicator in &policy.indicators {
            let bases = [
                ("happened", Some(&indicator.happened)),
                ("reported", indicator.reported.as_ref()),
            ];
            for (basis, value) in bases {
                if let Some(value) = value {
                    let labels = [&policy.key, basis];
                    row(&mut table, labels, indicator, value, options.language)?;
                }
            }
        }
    }
    table.seal()
}

fn row(
    table: &mut TableWriter,
    [policy, basis]: [&str; 2],
    summary: &IndicatorSummary,
    value: &IndicatorEstimate,
    language: Language,
) -> Result<(), OutputError> {
    let declared = indicators()
        .iter()
        .find(|indicator| indicator.key == summary.key);
    let of = |text: fn(&crate::measures::indicators::Indicator) -> &str| {
        Cell::Text(declared.map_or("", text))
    };
    table.row(&[
        policy.into(),
        summary.key.as_str().into(),
        of(|indicator| &indicator.zh),
        of(|indicator| &indicator.en),
        declared
            .map_or(summary.unit.as_str(), |indicator| indicator.unit(language))
            .into(),
        basis.into(),
        value.limit.unwrap_or(f64::NAN).into(),
        value.estimate.mean.into(),
        value.estimate.low.into(),
        value.estimate.high.into(),
        value.probability_of_target.unwrap_or(f64::NAN).into(),
        Cell::Integer(value.estimate.n as i64),
        of(|indicator| &indicator.source),
    ])
}
