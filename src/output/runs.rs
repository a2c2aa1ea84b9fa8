//! `runs`: one row a figure of a run.

use super::OutputError;
use super::table::{Cell, Column, TableWriter, Type, plain, policy, replication};
use crate::measures::Figure;
use crate::vocabulary::Vocabulary;

/// Columns of the table.
pub fn columns() -> Vec<Column> {
    vec![
        policy(),
        replication(),
        plain("measure", Type::Text, "指标", "measure"),
        plain(
            "category",
            Type::Text,
            "类别",
            "category of events; all = every one",
        ),
        plain(
            "by",
            Type::Text,
            "分项维度",
            "dimension of the part; all = not split",
        ),
        plain("part", Type::Text, "分项", "part along that dimension"),
        plain(
            "value",
            Type::Varying,
            "数值",
            "value in the row's unit; missing = not defined",
        ),
        plain("unit", Type::Text, "单位", "unit"),
    ]
}

/// Writes the figures of one run; `replication` counts from 1.
pub fn write(
    table: &mut TableWriter,
    policy: &str,
    replication: i64,
    figures: &[Figure],
) -> Result<(), OutputError> {
    figures.iter().try_for_each(|figure| {
        let subject = figure.subject;
        table.row(&[
            Cell::Text(policy),
            Cell::Integer(replication),
            Cell::Text(subject.measure.key()),
            Cell::Text(subject.category_key()),
            Cell::Text(subject.part.dimension()),
            Cell::Text(subject.part.key()),
            Cell::Real(figure.value),
            Cell::Text(subject.measure.unit().key()),
        ])
    })
}
