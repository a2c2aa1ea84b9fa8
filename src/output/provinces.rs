//! `provinces.csv`: policy × province × measure, with the paired difference to the baseline.

use super::file::Sealed;
use super::table::{Cell, Column, TableWriter, Type, estimate, plain, policy};
use super::{FileOptions, Format, OutputError, paired};
use crate::experiment::Plan;
use crate::experiment::regional::{RegionalFigure, regional};
use crate::experiment::sample::Sample;
use crate::measures::regional::RegionalMeasure;
use crate::vocabulary::{Language, Vocabulary};

/// Columns of the table.
pub fn columns() -> Vec<Column> {
    let text = |key, zh, en| plain(key, Type::Text, zh, en);
    let mut all = vec![
        policy(),
        text("region", "地区", "province (Chinese name)"),
        text("region_en", "地区(英文)", "province (English name)"),
        text("measure", "指标", "measure"),
        text("name_zh", "名称", "name in Chinese"),
        text("name_en", "名称(英文)", "name in English"),
        text("unit", "单位", "unit"),
    ];
    all.extend(estimate());
    all.extend(paired::to_baseline());
    all.push(plain(
        "n",
        Type::Integer,
        "模拟次数",
        "replications with a value",
    ));
    all
}

/// Writes the file.
pub fn write(options: &FileOptions, plan: &Plan, sample: &Sample) -> Result<Sealed, OutputError> {
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
    table.seal()
}

fn row(
    table: &mut TableWriter,
    labels: [&String; 3],
    measure: RegionalMeasure,
    figure: &RegionalFigure,
    language: Language,
) -> Result<(), OutputError> {
    let unit = measure.unit();
    let estimate = &figure.estimate;
    let unit = language.pick(unit.zh(), unit.key());
    let [policy, zh, en] = labels.map(String::as_str);
    let words = [
        policy,
        zh,
        en,
        measure.key(),
        measure.zh(),
        measure.en(),
        unit,
    ];
    let mut cells = words.map(Cell::Text).to_vec();
    cells.extend([estimate.mean, estimate.low, estimate.high].map(Cell::Real));
    cells.extend(paired::cells(figure.difference.as_ref()));
    cells.push(Cell::Integer(estimate.n as i64));
    table.row(&cells)
}
