//! A dated table of what the society's dangers grow and shrink with, used by the hindcast alone: the
//! society itself stays stationary.

use super::refusal::Refusal;
use super::targets::Fault;
use crate::scenario::CheckedSociety;
use crate::scenario::problem::{CellRule, Problems};
use crate::scenario::source::{self, Origin};
use crate::scenario::table_file::TableFile;

/// The drivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// Real gross domestic product (2020 = 1), which stands for income.
    Gdp,
    /// Raw coal (million tonnes a year).
    Coal,
    /// Motor vehicles (million).
    Vehicles,
    /// Employed people of industry, commerce and services (ten thousand).
    Workers,
}

const COLUMNS: [&str; 4] = [
    "real_gdp_index",
    "coal_output_million_tonnes",
    "motor_vehicles_million",
    "industry_commerce_workers_10k",
];

impl Driver {
    /// Name of the column.
    pub fn column(self) -> &'static str {
        COLUMNS[self as usize]
    }
}

/// The table: years in order, a cell may be empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drivers {
    rows: Vec<(i32, [Option<f64>; 4])>,
}

impl Drivers {
    /// The table that a society names; `None` if it names none.
    ///
    /// # Errors
    /// A file that cannot be read or is wrong.
    pub fn of(society: &CheckedSociety) -> Result<Option<Self>, Fault> {
        let path = &society.society.tables.drivers;
        if path.is_empty() {
            return Ok(None);
        }
        let source = source::open(path, &Origin::Option, None)
            .map_err(|problem| Fault::File(problem.into()))?;
        let mut problems = Problems::default();
        let columns = [&["year"][..], &COLUMNS].concat();
        let table = TableFile::read(&source, &columns, &[], &mut problems);
        let rows = table.map_or(Vec::new(), |table| {
            let row = |row| {
                let year = table.number(row, "year", CellRule::PositiveCount, &mut problems) as i32;
                let cells = COLUMNS.map(|column| {
                    let filled = !table.text(row, column).is_empty();
                    filled.then(|| table.number(row, column, CellRule::Positive, &mut problems))
                });
                (year, cells)
            };
            table.rows.iter().map(row).collect()
        });
        if problems.is_empty() {
            Ok(Some(Drivers { rows }))
        } else {
            Err(Fault::File(problems))
        }
    }

    /// A driver in a year.
    ///
    /// # Errors
    /// If the table does not tell it.
    pub fn at(&self, driver: Driver, year: i32) -> Result<f64, Refusal> {
        let row = self.rows.iter().find(|(known, _)| *known == year);
        let cell = row.and_then(|(_, cells)| cells[driver as usize]);
        cell.ok_or(Refusal::MissingDriver {
            column: driver.column(),
            year,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_society;

    #[test]
    fn the_nation_has_drivers_and_the_fictional_city_none() {
        let nation = load_society("china-2020", &[]).unwrap();
        let drivers = Drivers::of(&nation).unwrap().unwrap();
        assert_eq!(drivers.at(Driver::Gdp, 2020), Ok(1.0));
        for year in 2016..=2024 {
            for driver in [Driver::Coal, Driver::Vehicles, Driver::Workers, Driver::Gdp] {
                assert!(drivers.at(driver, year).is_ok_and(|value| value > 0.0));
            }
        }
        let missing = Refusal::MissingDriver {
            column: "coal_output_million_tonnes",
            year: 2000,
        };
        assert_eq!(drivers.at(Driver::Coal, 2000), Err(missing));
        let city = load_society("seminar-county", &[]).unwrap();
        assert_eq!(Drivers::of(&city).unwrap(), None);
    }
}
