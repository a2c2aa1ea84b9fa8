//! `weekly`: one row a week of the whole society, one column a series.

use super::OutputError;
use super::table::{Cell, Column, Stretch, TableWriter, Type, policy, replication, week};
use crate::model::record::{Series, WeekColumns};
use crate::vocabulary::Vocabulary;

/// Columns of the table.
pub fn columns() -> Vec<Column> {
    let mut columns = vec![policy(), replication(), week()];
    columns.extend(Series::ALL.iter().map(|series| {
        let (zh, unit_zh) = split_unit(series.zh());
        let (en, unit_en) = split_unit(series.en());
        Column {
            key: series.key(),
            kind: kind(*series),
            zh,
            en,
            unit_zh,
            unit_en,
        }
    }));
    columns
}

/// Counts and stocks of policy come again and again; levels of a whole society hardly do.
fn kind(series: Series) -> Type {
    match series {
        Series::LossAccident
        | Series::Uncompensated
        | Series::Functionality
        | Series::Backlog
        | Series::Care
        | Series::Suspended
        | Series::Trust
        | Series::PerceivedSafety
        | Series::Grievance
        | Series::LostOutput => Type::Varying,
        _ => Type::Real,
    }
}

/// Splits `name (unit)`, with either width of parenthesis.
fn split_unit(word: &'static str) -> (&'static str, &'static str) {
    word.rsplit_once(['(', '\u{ff08}'])
        .map_or((word, ""), |(name, unit)| {
            (name.trim_end(), unit.trim_end_matches([')', '\u{ff09}']))
        })
}

/// Writes the weeks of one run; `replication` counts from 1.
pub fn write(
    table: &mut TableWriter,
    policy: &str,
    replication: i64,
    weeks: &WeekColumns,
) -> Result<(), OutputError> {
    let mut columns = vec![
        Stretch::Same(Cell::Text(policy)),
        Stretch::Same(Cell::Integer(replication)),
        Stretch::Counting,
    ];
    columns.extend(weeks.columns().map(Stretch::Reals));
    table.rows(weeks.len(), &columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_series_has_its_unit_in_both_languages() {
        for column in columns().iter().skip(3) {
            assert!(
                !column.unit_zh.is_empty() && !column.unit_en.is_empty(),
                "{}",
                column.key
            );
            assert!(!column.zh.contains('('), "{}", column.zh);
        }
    }
}
