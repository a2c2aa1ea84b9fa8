//! Policies × measures: the headline as one table, every measure as another.

use super::data::{Data, Figure, Measured};
use super::figures::Column;
use super::finding::HEADLINE;
use super::table::{Cell, Table};
use crate::report::charts::largest;
use crate::vocabulary::Language;

/// How much of a difference is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// The change with half its interval, or a word.
    Short,
    /// With the interval, also where it holds zero.
    Whole,
}

/// The headline: one row a policy, one column a measure; below each figure its difference to the baseline.
/// A figure stands out where the paired runs tell no other policy to be better.
pub(super) fn headline(
    data: &Data,
    policies: &[usize],
    (keys, much): (&[&str], Told),
    language: Language,
) -> Table {
    let columns: Vec<(usize, Column)> = keys
        .iter()
        .filter_map(|key| data.measure(key))
        .map(|measure| (measure, column(data, measure, language)))
        .collect();
    let head = |(measure, column): &(usize, Column)| {
        let name = data.measures[*measure].name.pick(language);
        match language {
            Language::Chinese => format!("{name}({})", column.unit),
            Language::English => format!("{name} ({})", column.unit),
        }
    };
    let heads = std::iter::once(language.pick("政策", "policy").to_owned());
    let row = |policy: &usize| {
        let own = &data.policies[*policy];
        let mut cells = vec![Cell::text(own.label.name.pick(language))];
        cells.extend(columns.iter().map(|(measure, column)| {
            let figure = &own.figures[*measure];
            let told = told(data, *measure) && figure.beaten.is_none();
            cell(data, (*policy, figure, column), much, language).strong(told)
        }));
        cells
    };
    Table {
        caption: String::new(),
        heads: heads.chain(columns.iter().map(head)).collect(),
        rows: policies.iter().map(row).collect(),
        sortable: true,
    }
}

/// Whether so few policies stand unbeaten in a measure that it is worth telling: fewer than half.
fn told(data: &Data, measure: usize) -> bool {
    let figures = data.policies.iter().map(|policy| &policy.figures[measure]);
    let unbeaten = figures.filter(|figure| figure.beaten.is_none()).count();
    2 * unbeaten < data.policies.len()
}

fn cell(
    data: &Data,
    (policy, figure, column): (usize, &Figure, &Column),
    much: Told,
    language: Language,
) -> Cell {
    let second = match &figure.difference {
        _ if policy == data.baseline => language.pick("基准", "baseline").to_owned(),
        Some(difference) if much == Told::Short => column.short(difference),
        Some(difference) => column.difference(difference),
        None => String::new(),
    };
    Cell::number(column.show(figure.level.mean), figure.level.mean).below(second)
}

/// The column of a measure: one unit for all policies.
fn column(data: &Data, measure: usize, language: Language) -> Column {
    let figures = || data.policies.iter().map(|policy| &policy.figures[measure]);
    let levels = figures().map(|figure| figure.level.mean.abs());
    let changes = figures()
        .filter_map(|figure| figure.difference)
        .filter(|difference| difference.resolved && !difference.none)
        .map(|difference| difference.estimate.mean.abs());
    let ends = (largest(levels), changes.fold(f64::INFINITY, f64::min));
    Column::with_changes(&data.measures[measure], ends, language)
}

/// Every measure of every policy, one row each.
pub(super) fn all(data: &Data, language: Language) -> Table {
    let heads = [
        language.pick("指标", "measure"),
        language.pick("政策", "policy"),
        language.pick("均值〔95% 区间〕", "mean [95% interval]"),
        language.pick(
            "与基准之差〔95% 区间〕",
            "difference to the baseline [95% interval]",
        ),
        language.pick("单位", "unit"),
    ];
    let rows = data
        .measures
        .iter()
        .enumerate()
        .flat_map(|(number, measure)| {
            let column = column(data, number, language);
            data.policies
                .iter()
                .map(move |policy| row(measure, policy, (number, &column), language))
        });
    let count = data.measures.len();
    Table {
        caption: match language {
            Language::Chinese => format!("全部 {count} 项指标(定义见下文“指标”)"),
            Language::English => format!("All {count} measures (defined below, under Measures)"),
        },
        heads: heads.map(str::to_owned).to_vec(),
        rows: rows.collect(),
        sortable: true,
    }
}

fn row(
    measure: &Measured,
    policy: &super::data::Policy,
    (number, column): (usize, &Column),
    language: Language,
) -> Vec<Cell> {
    let figure = &policy.figures[number];
    let difference = match &figure.difference {
        None => Cell::number(language.pick("基准", "baseline"), 0.0),
        Some(own) => Cell::number(column.difference(own), own.estimate.mean),
    };
    vec![
        Cell::text(measure.name.pick(language)),
        Cell::text(policy.label.name.pick(language)),
        Cell::number(column.level(figure.level), figure.level.mean),
        difference,
        Cell::text(&column.unit),
    ]
}

/// The headline measures that a run has.
pub(super) fn keys(data: &Data) -> Vec<&'static str> {
    let known = |key: &&str| data.measure(key).is_some();
    HEADLINE.into_iter().filter(known).collect()
}
