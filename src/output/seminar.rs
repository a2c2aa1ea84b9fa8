//! `combinations.csv`: every combination of switches and every hand of cards of the seminar page, with the
//! paired difference to the present arrangement.

use super::file::Written;
use super::table::{Cell, Column, TableWriter, Type, estimate, plain};
use super::{FileOptions, Format, OutputError, columns, paired};
use crate::experiment::seminar::MEASURES;
use crate::experiment::statistics::{Difference, Estimate};
use crate::vocabulary::Vocabulary;

/// One combination of one society.
#[derive(Clone, Copy, Debug)]
pub struct Combination<'a> {
    /// Key of the society.
    pub society: &'a str,
    /// `switches` or `cards`.
    pub kind: &'static str,
    /// Its mechanisms or its cards.
    pub key: &'a str,
    /// For each measure, one value a history.
    pub values: &'a [Vec<f64>],
    /// The same of the present arrangement.
    pub present: &'a [Vec<f64>],
}

fn text(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    plain(key, Type::Text, zh, en)
}

/// Columns of the table.
pub fn combination_columns() -> Vec<Column> {
    let mut all = vec![
        text("society", "社会", "society"),
        text("kind", "种类", "switches or cards"),
        text(
            "combination",
            "组合",
            "mechanisms that are the network's (none = the present arrangement), or the four cards",
        ),
        text("measure", "指标", "measure"),
        text("unit", "单位", "unit of the figures"),
    ];
    all.extend(estimate());
    all.push(plain(
        "n",
        Type::Integer,
        "历史段数",
        "histories with a value",
    ));
    all.extend(paired::columns(
        [
            "与现行安排之差",
            "mean of the paired differences to the present arrangement",
        ],
        "yes, not resolved, or equal within 1e-6",
    ));
    all
}

/// Writes the table and what its columns mean.
pub fn write<'a>(
    options: &FileOptions,
    combinations: impl Iterator<Item = Combination<'a>>,
) -> Result<Vec<Written>, OutputError> {
    let columns = combination_columns();
    let mut table = TableWriter::create(options, "combinations", Format::Csv, &columns)?;
    for combination in combinations {
        for (number, measure) in MEASURES.iter().enumerate() {
            let (own, present) = (&combination.values[number], &combination.present[number]);
            let (level, difference) = (Estimate::of(own), Difference::of(own, present));
            let unit = options
                .language
                .pick(measure.unit().zh(), measure.unit().key());
            let (society, kind) = (combination.society, combination.kind);
            let names = [society, kind, combination.key, measure.key(), unit];
            let mut cells = names.map(Cell::Text).to_vec();
            cells.extend([level.mean, level.low, level.high].map(Cell::Real));
            cells.push(Cell::Integer(level.n as i64));
            // What is identical is told as equal, like on the page.
            let difference = Difference {
                identical: false,
                ..difference
            };
            cells.extend(paired::cells(Some(&difference)));
            table.row(&cells)?;
        }
    }
    Ok(vec![
        table.finish()?,
        columns::write_of(options, vec![("combinations", columns)], &[], &MEASURES)?.finish()?,
    ])
}
