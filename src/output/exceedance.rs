//! `exceedance.csv`: loss and deaths by return period.

use super::file::Written;
use super::table::{Cell, Column, TableWriter, Type, plain, policy};
use super::{FileOptions, Format, OutputError};
use crate::experiment::Plan;
use crate::experiment::exceedance::{Basis, Exceeded, Point, YearSubject, curves};
use crate::experiment::sample::Sample;
use crate::vocabulary::{Language, Vocabulary};

/// Columns of the table.
pub fn columns() -> Vec<Column> {
    vec![
        policy(),
        plain(
            "measure",
            Type::Text,
            "指标",
            "direct, insured, public, uncompensated loss (yuan); deaths (people)",
        ),
        plain("category", Type::Text, "类别", "category; all = every one"),
        plain(
            "region",
            Type::Text,
            "地区",
            "province (Chinese name); all = the nation",
        ),
        plain(
            "bearer",
            Type::Text,
            "承担的政府层级",
            "level of government that bears it; all = every one",
        ),
        plain(
            "basis",
            Type::Text,
            "口径",
            "OEP, AEP, OEP-TVaR or AEP-TVaR",
        ),
        plain(
            "return_period",
            Type::Integer,
            "重现期(年)",
            "return period (years)",
        ),
        plain(
            "value",
            Type::Text,
            "数值",
            "value; not available = beyond what the years carry",
        ),
        plain(
            "low",
            Type::Text,
            "95%区间下限",
            "lower end of the 95 % interval",
        ),
        plain(
            "high",
            Type::Text,
            "95%区间上限",
            "upper end of the 95 % interval",
        ),
        plain(
            "years_in_tail",
            Type::Integer,
            "尾部年数",
            "simulated years in the tail",
        ),
        plain("years", Type::Integer, "模拟年数", "simulated years"),
        plain("unit", Type::Text, "单位", "unit of value, low and high"),
    ]
}

/// Writes the file.
pub fn write(options: &FileOptions, plan: &Plan, sample: &Sample) -> Result<Written, OutputError> {
    let mut table = TableWriter::create(options, "exceedance", Format::Csv, &columns())?;
    for (policy, runs) in plan.policies.iter().zip(&sample.policies) {
        for (subject, values) in runs.years.subjects.iter().zip(&runs.years.series) {
            let (at, beyond) = curves(values);
            let bases = if subject.largest {
                [(Basis::Oep, at), (Basis::OepTvar, beyond)]
            } else {
                [(Basis::Aep, at), (Basis::AepTvar, beyond)]
            };
            for (basis, points) in bases {
                for point in points {
                    let labels = labels(&policy.key, subject, plan, basis);
                    let unit = unit(subject.exceeded, options.language);
                    row(&mut table, labels, point, (values.len(), unit))?;
                }
            }
        }
    }
    table.finish()
}

fn labels<'a>(
    policy: &'a str,
    subject: &YearSubject,
    plan: &'a Plan,
    basis: Basis,
) -> [&'a str; 6] {
    let region = subject
        .province
        .and_then(|position| plan.provinces.get(position));
    [
        policy,
        subject.exceeded.key(),
        subject.category.map_or("all", Vocabulary::key),
        region.map_or("all", |name| name.zh.as_str()),
        subject.level.map_or("all", Vocabulary::key),
        basis.key(),
    ]
}

fn unit(exceeded: Exceeded, language: Language) -> &'static str {
    match exceeded {
        Exceeded::Deaths => language.pick("人", "people"),
        _ => language.pick("元", "yuan"),
    }
}

fn row(
    table: &mut TableWriter,
    labels: [&str; 6],
    point: Point,
    (years, unit): (usize, &str),
) -> Result<(), OutputError> {
    let values = point.value.map_or_else(
        || ["not available", "", ""].map(str::to_owned),
        |values| values.map(|value| value.to_string()),
    );
    let mut cells: Vec<Cell> = labels.map(Cell::Text).to_vec();
    cells.push(point.return_period.into());
    cells.extend(values.iter().map(|value| Cell::Text(value)));
    cells.push(Cell::Integer(point.years_in_tail as i64));
    cells.push(Cell::Integer(years as i64));
    cells.push(Cell::Text(unit));
    table.row(&cells)
}
