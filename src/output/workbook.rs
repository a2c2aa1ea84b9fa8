//! `tables.xlsx`: the summary tables of a run as the sheets of one workbook.

use std::fs;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::file::{Written, write_whole};
use super::{FileOptions, OutputError};

/// Name of the file.
pub const FILE: &str = "tables.xlsx";
/// The tables, with the name of their sheet in Chinese and English.
const SHEETS: [(&str, [&str; 2]); 6] = [
    ("summary", ["汇总", "summary"]),
    ("indicators", ["规划指标", "plan indicators"]),
    ("provinces", ["各省", "provinces"]),
    ("exceedance", ["超越概率", "exceedance"]),
    ("contingent_liability", ["或有负债", "contingent liability"]),
    ("columns", ["列说明", "columns"]),
];
/// Year that stands in the file as that of its making, so that equal runs have equal bytes.
const MADE: u16 = 2020;
/// Width of the first column, which holds names (characters).
const NAME_WIDTH: f64 = 26.0;

/// Writes the workbook from the CSV tables that are in the folder.
///
/// # Errors
/// If a table cannot be read or the file not be written.
pub fn write(options: &FileOptions) -> Result<Written, OutputError> {
    let path = options.folder.join(FILE);
    let mut workbook = Workbook::new();
    let refused = |error: XlsxError| OutputError::io(&path, std::io::Error::other(error));
    let made = ExcelDateTime::from_ymd(MADE, 1, 1).map_err(refused)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for (table, [zh, en]) in SHEETS {
        let source = options.folder.join(format!("{table}.csv"));
        let text = fs::read_to_string(&source).map_err(|error| OutputError::io(&source, error))?;
        let sheet = workbook.add_worksheet();
        sheet
            .set_name(options.language.pick(zh, en))
            .map_err(refused)?;
        fill(sheet, &text).map_err(refused)?;
    }
    let bytes = workbook.save_to_buffer().map_err(refused)?;
    write_whole(&options.folder, FILE, &bytes)
}

/// Puts a table into a sheet: numbers as numbers, a heading that stays in sight, a filter.
fn fill(sheet: &mut Worksheet, text: &str) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let (mut last, mut width) = (0, 1);
    for (row, record) in (0_u32..).zip(reader.records().flatten()) {
        for (column, cell) in (0_u16..).zip(&record) {
            match cell.parse::<f64>() {
                Ok(number) if number.is_finite() => sheet.write_number(row, column, number)?,
                _ if row == 0 => sheet.write_string_with_format(row, column, cell, &bold)?,
                _ => sheet.write_string(row, column, cell)?,
            };
            width = width.max(column + 1);
        }
        last = row;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, last, width - 1)?;
    sheet.set_column_width(0, NAME_WIDTH)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::table::tests::options;
    use crate::vocabulary::Language;

    #[test]
    fn equal_tables_make_equal_bytes_and_numbers_are_numbers() {
        let folder = tempfile::tempdir().unwrap();
        let options = options(folder.path(), crate::output::Format::Csv, Language::Chinese);
        for (table, _) in SHEETS {
            let text = "\u{feff}政策,均值\n现行安排,0.25\nb,\n";
            fs::write(folder.path().join(format!("{table}.csv")), text).unwrap();
        }
        let first = write(&options).unwrap();
        let second = write(&options).unwrap();
        assert_eq!(first, second);
        let bytes = fs::read(folder.path().join(FILE)).unwrap();
        assert!(bytes.starts_with(b"PK") && first.file == FILE);
        let mut sheet = Worksheet::new();
        fill(&mut sheet, "a,b\nx,0.25\n").unwrap();
    }

    #[test]
    fn a_table_that_is_not_there_is_an_error_with_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let options = options(folder.path(), crate::output::Format::Csv, Language::English);
        let error = write(&options).unwrap_err().to_string();
        assert!(error.contains("summary.csv"), "{error}");
    }
}
