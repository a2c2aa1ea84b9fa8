//! `columns.csv`: the data dictionary of every table, and of every measure.

use super::file::Sealed;
use super::table::{Column, TableWriter, Type, plain};
use super::{
    FileOptions, Format, OutputError, contingent_liability, events, exceedance, indicators, ledger,
    provinces, robustness, runs, summary, weekly, weekly_provinces,
};
use crate::measures::Measure;
use crate::report::charts;
use crate::report::charts::table::Heading;
use crate::vocabulary::{Language, Vocabulary};

fn dictionary_columns() -> [Column; 8] {
    let text = |key, zh, en| plain(key, Type::Text, zh, en);
    [
        text("file", "文件", "file"),
        text("column", "列", "column; value[…] = a measure"),
        text("unit", "单位(英文)", "unit"),
        text("unit_zh", "单位", "unit in Chinese"),
        text("中文", "中文", "Chinese"),
        text("English", "英文", "English"),
        text("definition_zh", "定义", "definition in Chinese"),
        text("definition_en", "定义(英文)", "definition in English"),
    ]
}

/// The tables with their columns.
pub fn tables() -> Vec<(&'static str, Vec<Column>)> {
    vec![
        ("runs", runs::columns()),
        ("weekly", weekly::columns()),
        ("weekly_provinces", weekly_provinces::columns()),
        ("events", events::columns()),
        ("ledger", ledger::columns()),
        ("exceedance", exceedance::columns()),
        ("contingent_liability", contingent_liability::columns()),
        ("summary", summary::columns()),
        ("indicators", indicators::columns()),
        ("provinces", provinces::columns()),
        ("robustness", robustness::columns()),
    ]
}

/// Writes the file of a run.
pub fn write(options: &FileOptions) -> Result<Sealed, OutputError> {
    write_of(options, tables(), &charts::columns(), Measure::ALL)
}

/// Writes the file for some tables and charts, with the measures that the first table holds.
pub fn write_of(
    options: &FileOptions,
    tables: Vec<(&'static str, Vec<Column>)>,
    charts: &[(&'static str, &'static [Heading])],
    measures: &[Measure],
) -> Result<Sealed, OutputError> {
    let mut table = TableWriter::create(options, "columns", Format::Csv, &dictionary_columns())?;
    let first = tables.first().map_or("", |(file, _)| *file);
    for (file, columns) in tables {
        for column in columns {
            let Column {
                key,
                zh,
                en,
                unit_zh,
                unit_en,
                ..
            } = column;
            table.row(&[file, key, unit_en, unit_zh, zh, en, zh, en].map(Into::into))?;
        }
    }
    for (chart, columns) in charts {
        let file = format!("charts/{chart}");
        for Heading { key, zh, en } in *columns {
            let cells: [&str; 8] = [&file, key, "", "", zh, en, zh, en];
            table.row(&cells.map(Into::into))?;
        }
    }
    for measure in measures {
        let key = format!("value[{}]", measure.key());
        let (unit, zh, en) = (measure.unit(), Language::Chinese, Language::English);
        table.row(
            &[
                first,
                &key,
                unit.en(),
                unit.zh(),
                measure.zh(),
                measure.en(),
                measure.definition(zh),
                measure.definition(en),
            ]
            .map(Into::into),
        )?;
    }
    table.seal()
}
