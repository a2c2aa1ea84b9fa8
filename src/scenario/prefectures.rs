//! The prefectures of a society, where they are known: optional, and then whole provinces of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::scenario::problem::{CellRule, Problems, TableProblem};
use crate::scenario::table_file::{Row, TableFile};
use crate::scenario::tables::ProvinceRow;

/// Columns of the table.
pub const COLUMNS: [&str; 8] = [
    "code",
    "name_zh",
    "name_en",
    "population",
    "urban_share",
    "gdp_yuan",
    "counties",
    "income_yuan",
];
/// How far people and product of the prefectures may lie from the province's (share).
const TOLERANCE: f64 = 0.01;

/// Facts of one prefecture; what is not here is its province's.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PrefectureRow {
    /// Position of its province.
    pub province: usize,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Residents (people).
    pub population: u64,
    /// Share of people in towns.
    pub urban_share: f64,
    /// Gross domestic product (yuan a year).
    pub gdp_yuan: f64,
    /// Number of county-level divisions.
    pub counties: u32,
    /// Disposable income a head (yuan a year).
    pub income_yuan: f64,
}

/// Reads the rows and holds their sums against the provinces that they make up.
pub(super) fn read(
    file: &TableFile,
    provinces: &[ProvinceRow],
    position: impl Fn(&Row, &mut Problems) -> Option<usize>,
    problems: &mut Problems,
) -> Vec<PrefectureRow> {
    let mut rows = Vec::new();
    let mut places: BTreeMap<usize, &Row> = BTreeMap::new();
    for row in &file.rows {
        let found = position(row, problems);
        let read = prefecture(file, row, problems);
        if let Some(province) = found {
            places.entry(province).or_insert(row);
            rows.push(PrefectureRow { province, ..read });
        }
    }
    if problems.is_empty() {
        for (&number, first) in &places {
            let (province, of) = (&provinces[number], |row: &&PrefectureRow| {
                row.province == number
            });
            let own: Vec<&PrefectureRow> = rows.iter().filter(of).collect();
            check(file, first, province, &own, problems);
        }
    }
    rows
}

fn prefecture(file: &TableFile, row: &Row, problems: &mut Problems) -> PrefectureRow {
    let name_zh = file.filled(row, "name_zh", problems);
    let name_en = file.filled(row, "name_en", problems);
    let mut number = |column: &str, rule: CellRule| file.number(row, column, rule, problems);
    PrefectureRow {
        province: 0,
        name_zh,
        name_en,
        population: number("population", CellRule::PositiveCount) as u64,
        urban_share: number("urban_share", CellRule::Share),
        gdp_yuan: number("gdp_yuan", CellRule::Positive),
        counties: number("counties", CellRule::PositiveCount) as u32,
        income_yuan: number("income_yuan", CellRule::Positive),
    }
}

fn check(
    file: &TableFile,
    first: &Row,
    province: &ProvinceRow,
    own: &[&PrefectureRow],
    problems: &mut Problems,
) {
    let sum = |value: fn(&PrefectureRow) -> f64| own.iter().map(|row| value(row)).sum::<f64>();
    let sums = [
        (
            "population",
            sum(|row| row.population as f64),
            province.population as f64,
            TOLERANCE,
        ),
        (
            "gdp_yuan",
            sum(|row| row.gdp_yuan),
            province.gdp_yuan,
            TOLERANCE,
        ),
        (
            "counties",
            sum(|row| f64::from(row.counties)),
            f64::from(province.counties),
            0.0,
        ),
    ];
    for (column, sum, whole, tolerance) in sums {
        if (sum - whole).abs() > tolerance * whole {
            problems.push(TableProblem::PrefecturesDiffer {
                code: province.code.clone(),
                column: column.to_owned(),
                sum,
                whole,
                place: file.place(first, column),
            });
        }
    }
}
