//! `exceedance.csv`: loss and deaths by return period.

use rayon::prelude::*;

use super::file::Sealed;
use super::table::{Cell, Column, TableWriter, Type, plain, policy};
use super::{FileOptions, Format, OutputError};
use crate::experiment::exceedance::{Basis, Exceeded, Point, YearSource, YearSubject, curves};
use crate::experiment::sample::Sample;
use crate::experiment::{Plan, PolicyPlan};
use crate::vocabulary::{Category, Language, Vocabulary};

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
            "source",
            Type::Text,
            "年份来源",
            "run = years of the runs, all dangers; tail = natural years besides them (--tail)",
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

/// A series of years that is told: of which policy, of what, from where.
type Told<'a> = (&'a PolicyPlan, YearSource, &'a YearSubject, &'a [f64]);

/// Writes the file.
pub fn write(options: &FileOptions, plan: &Plan, sample: &Sample) -> Result<Sealed, OutputError> {
    let told: Vec<Told> = told(plan, sample).collect();
    // To sort the values of every series takes longest: many at once.
    let curves: Vec<_> = told.par_iter().map(|(.., values)| curves(values)).collect();
    let mut table = TableWriter::create(options, "exceedance", Format::Csv, &columns())?;
    for ((policy, source, subject, values), curves) in told.into_iter().zip(curves) {
        let of = labels(&policy.key, subject, plan, source);
        let unit = unit(subject.exceeded, options.language);
        let largest = subject.largest;
        rows(&mut table, of, largest, curves, (values.len(), unit))?;
    }
    table.seal()
}

/// All series that are told, in the order of the file.
fn told<'a>(plan: &'a Plan, sample: &'a Sample) -> impl Iterator<Item = Told<'a>> {
    let policies = plan.policies.iter().zip(&sample.policies);
    policies.flat_map(|(policy, runs)| {
        let sources = [
            (YearSource::Run, &runs.years),
            (YearSource::Tail, &runs.tail),
        ];
        sources.into_iter().flat_map(move |(source, years)| {
            let series = years.subjects.iter().zip(&years.series);
            series
                .filter(move |(subject, values)| {
                    source == YearSource::Run || subject.in_tail() && !values.is_empty()
                })
                .map(move |(subject, values)| (policy, source, subject, &values[..]))
        })
    })
}

/// The curves of one series of so many values.
fn rows(
    table: &mut TableWriter,
    [policy, measure, category, region, level, source]: [&str; 6],
    largest: bool,
    (at, beyond): (Vec<Point>, Vec<Point>),
    (values, unit): (usize, &str),
) -> Result<(), OutputError> {
    let bases = if largest {
        [(Basis::Oep, at), (Basis::OepTvar, beyond)]
    } else {
        [(Basis::Aep, at), (Basis::AepTvar, beyond)]
    };
    for (basis, points) in bases {
        let labels = [
            policy,
            measure,
            category,
            region,
            level,
            basis.key(),
            source,
        ];
        for point in points {
            row(table, labels, point, (values, unit))?;
        }
    }
    Ok(())
}

fn labels<'a>(
    policy: &'a str,
    subject: &YearSubject,
    plan: &'a Plan,
    source: YearSource,
) -> [&'a str; 6] {
    let region = subject
        .province
        .and_then(|position| plan.provinces.get(position));
    let category = match source {
        YearSource::Run => subject.category,
        YearSource::Tail => Some(Category::Natural),
    };
    [
        policy,
        subject.exceeded.key(),
        category.map_or("all", Vocabulary::key),
        region.map_or("all", |name| name.zh.as_str()),
        subject.level.map_or("all", Vocabulary::key),
        source.key(),
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
    labels: [&str; 7],
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
