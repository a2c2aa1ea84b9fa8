//! `summary.json` and `summary.csv`: policy × figure, with the paired difference to the baseline.

use super::file::{Sealed, seal_whole};
use super::table::{Cell, Column, TableWriter, Type, estimate, plain, policy};
use super::{FileOptions, Format, OutputError, paired};
use crate::experiment::statistics::Difference;
use crate::experiment::summary::{FigureSummary, Summary};
use crate::vocabulary::{Language, Vocabulary};

/// Columns of `summary.csv`.
pub fn columns() -> Vec<Column> {
    let text = |key, zh, en| plain(key, Type::Text, zh, en);
    let real = |key, zh, en| plain(key, Type::Real, zh, en);
    let mut all = vec![
        policy(),
        text("measure", "指标", "measure"),
        text("category", "类别", "category of events; all = every one"),
        text("by", "分项维度", "dimension of the part; all = not split"),
        text("part", "分项", "part along that dimension"),
        text("name_zh", "名称", "name in Chinese"),
        text("name_en", "名称(英文)", "name in English"),
        text("unit", "单位", "unit"),
    ];
    all.extend(estimate());
    all.extend([
        real("median", "中位数", "median of the replications"),
        real("q05", "5%分位", "5 % quantile of the replications"),
        real("q25", "25%分位", "25 % quantile of the replications"),
        real("q75", "75%分位", "75 % quantile of the replications"),
        real("q95", "95%分位", "95 % quantile of the replications"),
        plain("n", Type::Integer, "模拟次数", "replications with a value"),
    ]);
    all.extend(paired::to_baseline());
    all.extend([
        real(
            "correlation",
            "相关系数",
            "correlation with the baseline over the replications",
        ),
        real(
            "variance_ratio",
            "方差比",
            "variance of the difference, unpaired over paired",
        ),
        real(
            "unpaired_replications",
            "非配对所需次数",
            "unpaired replications that would give the same interval",
        ),
    ]);
    all
}

/// Writes `summary.json`.
pub fn write_json(options: &FileOptions, summary: &Summary) -> Result<Sealed, OutputError> {
    let path = options.folder.join("summary.json");
    let mut text =
        serde_json::to_vec_pretty(summary).map_err(|error| OutputError::io(&path, error))?;
    text.push(b'\n');
    seal_whole(&options.folder, "summary.json", &text)
}

/// Writes `summary.csv`.
pub fn write_csv(options: &FileOptions, summary: &Summary) -> Result<Sealed, OutputError> {
    let mut table = TableWriter::create(options, "summary", Format::Csv, &columns())?;
    for policy in &summary.policies {
        for figure in &policy.figures {
            row(&mut table, &policy.key, figure, options.language)?;
        }
    }
    table.seal()
}

fn row(
    table: &mut TableWriter,
    policy: &str,
    figure: &FigureSummary,
    language: Language,
) -> Result<(), OutputError> {
    let unit = figure.subject.measure.unit();
    let (subject, estimate) = (figure.subject, &figure.estimate);
    let difference = figure.difference.as_ref();
    let of = |value: fn(&Difference) -> f64| Cell::Real(difference.map_or(f64::NAN, value));
    let (zh, en) = (
        subject.name(Language::Chinese),
        subject.name(Language::English),
    );
    let mut cells: Vec<Cell> = vec![
        policy.into(),
        subject.measure.key().into(),
        subject.category_key().into(),
        subject.part.dimension().into(),
        subject.part.key().into(),
        zh.as_str().into(),
        en.as_str().into(),
        language.pick(unit.zh(), unit.key()).into(),
        estimate.mean.into(),
        estimate.low.into(),
        estimate.high.into(),
        estimate.median.into(),
        estimate.q05.into(),
        estimate.q25.into(),
        estimate.q75.into(),
        estimate.q95.into(),
        Cell::Integer(estimate.n as i64),
    ];
    cells.extend(paired::cells(difference));
    cells.extend([
        of(|d| d.correlation),
        of(|d| d.variance_ratio),
        of(|d| d.unpaired_replications),
    ]);
    table.row(&cells)
}
