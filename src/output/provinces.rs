//! `provinces.csv`: policy × province × measure, with the paired difference to the baseline.

use super::file::Written;
use super::summary::resolved;
use super::table::{Cell, Column, TableWriter, Type, estimate, plain, policy};
use super::{FileOptions, Format, OutputError};
use crate::experiment::Plan;
use crate::experiment::regional::{RegionalFigure, regional};
use crate::experiment::sample::Sample;
use crate::experiment::statistics::Difference;
use crate::measures::regional::RegionalMeasure;
use crate::vocabulary::{Language, Vocabulary};

/// Columns of the table.
pub fn columns() -> Vec<Column> {
    let text = |key, zh, en| plain(key, Type::Text, zh, en);
    let real = |key, zh, en| plain(key, Type::Real, zh, en);
    let [mean, low, high] = estimate();
    vec![
        policy(),
        text("region", "地区", "province (Chinese name)"),
        text("region_en", "地区(英文)", "province (English name)"),
        text("measure", "指标", "measure"),
        text("name_zh", "名称", "name in Chinese"),
        text("name_en", "名称(英文)", "name in English"),
        text("unit", "单位", "unit"),
        mean,
        low,
        high,
        real(
            "difference",
            "与基准之差",
            "mean paired difference to the baseline",
        ),
        real(
            "difference_low",
            "差值95%区间下限",
            "lower end of its 95 % interval",
        ),
        real(
            "difference_high",
            "差值95%区间上限",
            "upper end of its 95 % interval",
        ),
        text(
            "resolved",
            "是否可区分",
            "yes, not resolved, identical, equal within 1e-6; empty for the baseline",
        ),
        plain("n", Type::Integer, "模拟次数", "replications with a value"),
    ]
}

/// Writes the file.
pub fn write(options: &FileOptions, plan: &Plan, sample: &Sample) -> Result<Written, OutputError> {
    let mut table = TableWriter::create(options, "provinces", Format::Csv, &columns())?;
    for (province, name) in plan.provinces.iter().enumerate() {
        let own = regional(plan, sample, province);
        for (policy, figures) in plan.policies.iter().zip(&own) {
            for (measure, figure) in figures.iter() {
                let labels = [&policy.key, &name.zh, &name.en];
                row(&mut table, labels, measure, figure, options.language)?;
            }
        }
    }
    table.finish()
}

fn row(
    table: &mut TableWriter,
    labels: [&String; 3],
    measure: RegionalMeasure,
    figure: &RegionalFigure,
    language: Language,
) -> Result<(), OutputError> {
    let unit = measure.unit();
    let (estimate, difference) = (&figure.estimate, figure.difference.as_ref());
    let of = |value: fn(&Difference) -> f64| Cell::Real(difference.map_or(f64::NAN, value));
    let mut cells: Vec<Cell> = labels.map(|label| Cell::Text(label)).to_vec();
    cells.extend([
        measure.key().into(),
        measure.zh().into(),
        measure.en().into(),
        language.pick(unit.zh(), unit.key()).into(),
        estimate.mean.into(),
        estimate.low.into(),
        estimate.high.into(),
        of(|d| d.mean),
        of(|d| d.low),
        of(|d| d.high),
        resolved(difference).into(),
        Cell::Integer(estimate.n as i64),
    ]);
    table.row(&cells)
}
