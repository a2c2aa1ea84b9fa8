//! `sensitivity.csv`, `points.csv` and the designs: what each uncertain parameter does to the difference
//! between two policies, and what came out of every set of values.

use super::file::{Written, write_whole};
use super::table::{Cell, Column, TableWriter, Type, plain};
use super::{FileOptions, Format, OutputError, columns};
use crate::experiment::sensitivity::results::Study;
use crate::experiment::sensitivity::study::MEASURES;
use crate::experiment::sensitivity::{Factor, design_file};
use crate::measures::Measure;
use crate::report::charts::tornado;
use crate::vocabulary::{Language, Vocabulary};

/// Tables of the command, besides the designs, the manifest and the chart.
pub const FILES: [&str; 3] = ["sensitivity.csv", "points.csv", "columns.csv"];

fn text(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    plain(key, Type::Text, zh, en)
}

fn real(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    plain(key, Type::Real, zh, en)
}

fn measured() -> [Column; 4] {
    [
        text(
            "measure",
            "指标",
            "measure of which the difference is taken",
        ),
        text("measure_zh", "指标名称", "name of the measure in Chinese"),
        text("measure_en", "指标名称(英文)", "name of the measure"),
        text("unit", "单位", "unit of the measure"),
    ]
}

/// Columns of `sensitivity.csv`.
pub fn sensitivity_columns() -> Vec<Column> {
    let mut all = measured().to_vec();
    all.extend([
        text(
            "parameter",
            "参数",
            "uncertain parameter; * = several that move together",
        ),
        text(
            "parameter_zh",
            "参数名称",
            "name of the parameter in Chinese",
        ),
        text("parameter_en", "参数名称(英文)", "name of the parameter"),
        text(
            "evidence",
            "证据",
            "what the value rests on: measured, literature or judgement",
        ),
        real(
            "range_low",
            "取值下限",
            "least value tried; 0 where several move",
        ),
        real(
            "range_high",
            "取值上限",
            "greatest value tried; 1 where several move",
        ),
        text("range_unit", "参数单位", "unit of the parameter"),
        plain(
            "rank",
            Type::Integer,
            "位次",
            "place by weight over all measures, from 1",
        ),
        real(
            "mean_effect",
            "平均效应",
            "Morris: mean change of the difference over the whole range (mu)",
        ),
        real("size", "平均影响", "Morris: mean size of that change (mu*)"),
        real(
            "size_low",
            "平均影响95%区间下限",
            "lower end of its 95 % interval",
        ),
        real(
            "size_high",
            "平均影响95%区间上限",
            "upper end of its 95 % interval",
        ),
        real(
            "spread",
            "效应离散度",
            "Morris: standard deviation of the change (sigma)",
        ),
        plain("n", Type::Integer, "轨迹数", "trajectories with a value"),
        real(
            "first",
            "一阶指数",
            "Sobol: share of the variance that it makes alone",
        ),
        real(
            "first_low",
            "一阶指数95%区间下限",
            "lower end of its 95 % interval",
        ),
        real(
            "first_high",
            "一阶指数95%区间上限",
            "upper end of its 95 % interval",
        ),
        real(
            "total",
            "总指数",
            "Sobol: share of the variance in which it has a part",
        ),
        real(
            "total_low",
            "总指数95%区间下限",
            "lower end of its 95 % interval",
        ),
        real(
            "total_high",
            "总指数95%区间上限",
            "upper end of its 95 % interval",
        ),
        text(
            "convergence",
            "收敛",
            "whether the samples are enough for the indices; empty = not among the few",
        ),
    ]);
    all
}

/// Columns of `points.csv`.
pub fn point_columns() -> Vec<Column> {
    let mut all = vec![
        text("method", "方法", "design: morris or sobol"),
        plain("row", Type::Integer, "行号", "row of the design, from 1"),
    ];
    all.extend(measured());
    all.extend([
        real(
            "from",
            "对照政策",
            "mean under the policy that is compared with",
        ),
        real("to", "所问政策", "mean under the policy in question"),
        real(
            "difference",
            "两项政策之差",
            "mean paired difference of the two policies",
        ),
    ]);
    all
}

/// Writes the tables, the designs and what the columns mean.
///
/// # Errors
/// If a file cannot be written.
pub fn write(options: &FileOptions, study: &Study) -> Result<Vec<Written>, OutputError> {
    let tables = vec![
        ("sensitivity", sensitivity_columns()),
        ("points", point_columns()),
    ];
    let mut written = vec![
        write_parameters(options, study)?,
        write_points(options, study)?,
    ];
    for design in study.designs() {
        let chosen = design.chosen.iter();
        let factors: Vec<Factor> = chosen.map(|f| study.factors[*f].clone()).collect();
        let text = design_file::text(&factors, design.method, design.values);
        let name = format!("design-{}.csv", design.method.key());
        written.push(write_whole(&options.folder, &name, text.as_bytes())?);
    }
    let charts: &[_] = match study.screened {
        Some(_) => &[("tornado", &tornado::COLUMNS[..])],
        None => &[],
    };
    written.push(columns::write_of(options, tables, charts, &MEASURES)?.finish()?);
    Ok(written)
}

fn measure_cells(measure: Measure, language: Language) -> [Cell<'static>; 4] {
    let unit = measure.unit();
    let unit = language.pick(unit.zh(), unit.key());
    [measure.key(), measure.zh(), measure.en(), unit].map(Cell::Text)
}

fn write_parameters(options: &FileOptions, study: &Study) -> Result<Written, OutputError> {
    let columns = sensitivity_columns();
    let mut table = TableWriter::create(options, "sensitivity", Format::Csv, &columns)?;
    for (number, measure) in MEASURES.into_iter().enumerate() {
        for (rank, position) in study.order().into_iter().enumerate() {
            let mut cells = measure_cells(measure, options.language).to_vec();
            let factor = &study.factors[position];
            cells.extend(factor_cells(factor, options.language));
            cells.push(Cell::Integer(rank as i64 + 1));
            cells.extend(effect_cells(study, number, position));
            cells.extend(index_cells(study, number, position));
            table.row(&cells)?;
        }
    }
    table.finish()
}

fn factor_cells(factor: &Factor, language: Language) -> Vec<Cell<'_>> {
    let [low, high] = factor.ends();
    let grade = language.pick(factor.grade.zh(), factor.grade.en());
    let texts = [
        factor.name.as_str(),
        &factor.words.zh,
        &factor.words.en,
        grade,
    ];
    let mut cells = texts.map(Cell::Text).to_vec();
    cells.extend([Cell::Real(low), Cell::Real(high), Cell::Text(factor.unit())]);
    cells
}

fn effect_cells(study: &Study, measure: usize, factor: usize) -> Vec<Cell<'static>> {
    let screening = study.screened.as_ref().map(|screened| &screened.screening);
    let effect = screening.map(|screening| screening.effects[measure][factor]);
    let figures = effect.map_or([f64::NAN; 5], |effect| {
        let size = effect.size;
        [effect.mean, size.value, size.low, size.high, effect.spread]
    });
    let mut cells = figures.map(Cell::Real).to_vec();
    cells.push(Cell::Integer(effect.map_or(0, |effect| effect.n as i64)));
    cells
}

fn index_cells(study: &Study, measure: usize, factor: usize) -> Vec<Cell<'static>> {
    let index = study.index(measure, factor);
    let figures = index.map_or([f64::NAN; 6], |index| {
        let (first, total) = (index.first, index.total);
        [
            first.value,
            first.low,
            first.high,
            total.value,
            total.low,
            total.high,
        ]
    });
    let mut cells = figures.map(Cell::Real).to_vec();
    cells.push(Cell::Text(
        index.map_or("", |index| index.convergence().key()),
    ));
    cells
}

fn write_points(options: &FileOptions, study: &Study) -> Result<Written, OutputError> {
    let columns = point_columns();
    let mut table = TableWriter::create(options, "points", Format::Csv, &columns)?;
    for design in study.designs() {
        let (method, outcomes) = (design.method.key(), design.outcomes);
        for row in 0..design.values.len() {
            for (number, measure) in MEASURES.into_iter().enumerate() {
                let mut cells = vec![Cell::Text(method), Cell::Integer(row as i64 + 1)];
                cells.extend(measure_cells(measure, options.language));
                let level = |policy| outcomes.level(row, policy, number);
                let difference = outcomes.difference(row, number);
                let difference = difference.map_or(f64::NAN, |difference| difference.mean);
                cells.extend([level(0), level(1), difference].map(Cell::Real));
                table.row(&cells)?;
            }
        }
    }
    table.finish()
}
