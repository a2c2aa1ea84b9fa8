//! A table on disk, row by row: Parquet (without Arrow, compressed with Snappy) or CSV.

use std::io::Write as _;

use super::file::{HashedFile, Sealed, Written};
use super::parquet::ParquetTable;
use super::{FileOptions, Format, OutputError};
use crate::vocabulary::Language;

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text, mostly a key.
    Text,
    /// A count.
    Integer,
    /// An amount in fen: a whole number like few others of its column.
    Money,
    /// An identity: 64 bits without sign.
    Identity,
    /// A real number; missing = not a number.
    Real,
    /// The same, like few others of its column.
    Varying,
}

/// A column: its key, type, names and unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Key.
    pub key: &'static str,
    /// Type.
    pub kind: Type,
    /// Chinese name.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// Unit in Chinese; empty = none.
    pub unit_zh: &'static str,
    /// Unit in English; empty = none.
    pub unit_en: &'static str,
}

/// A column without unit.
pub const fn plain(key: &'static str, kind: Type, zh: &'static str, en: &'static str) -> Column {
    Column {
        key,
        kind,
        zh,
        en,
        unit_zh: "",
        unit_en: "",
    }
}

/// The policy of a row.
pub fn policy() -> Column {
    plain("policy", Type::Text, "政策", "policy")
}

/// The replication of a row.
pub fn replication() -> Column {
    plain(
        "replication",
        Type::Integer,
        "模拟序号",
        "replication, from 1",
    )
}

/// The week of a row.
pub fn week() -> Column {
    plain(
        "week",
        Type::Integer,
        "周",
        "week since the end of the burn-in, from 0",
    )
}

/// A mean over the replications with its interval.
pub fn estimate() -> [Column; 3] {
    [
        plain("mean", Type::Real, "均值", "mean of the replications"),
        plain(
            "low",
            Type::Real,
            "95%区间下限",
            "lower end of the 95 % interval of the mean",
        ),
        plain(
            "high",
            Type::Real,
            "95%区间上限",
            "upper end of the 95 % interval of the mean",
        ),
    ]
}

/// A column with its unit in both languages.
pub const fn measured(
    key: &'static str,
    kind: Type,
    [zh, en]: [&'static str; 2],
    [unit_zh, unit_en]: [&'static str; 2],
) -> Column {
    Column {
        key,
        kind,
        zh,
        en,
        unit_zh,
        unit_en,
    }
}

impl Column {
    /// Header in a CSV file: the key, or in Chinese the name with its unit.
    pub fn header(&self, language: Language) -> String {
        match (language, self.unit_zh) {
            (Language::English, _) => self.key.to_owned(),
            (Language::Chinese, "") => self.zh.to_owned(),
            (Language::Chinese, unit) => format!("{}({unit})", self.zh),
        }
    }
}

/// A value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// For [`Type::Text`].
    Text(&'a str),
    /// For [`Type::Integer`] and [`Type::Money`].
    Integer(i64),
    /// For [`Type::Identity`].
    Identity(u64),
    /// For [`Type::Real`] and [`Type::Varying`].
    Real(f64),
}

/// Cells of one column over some rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stretch<'a> {
    /// The same in all of them.
    Same(Cell<'a>),
    /// Number of the row among them, from 0.
    Counting,
    /// As many reals as there are rows.
    Reals(&'a [f64]),
}

impl<'a> Stretch<'a> {
    /// The cell of a row.
    pub fn cell(&self, row: usize) -> Cell<'a> {
        match self {
            Stretch::Same(cell) => *cell,
            Stretch::Counting => Cell::Integer(row as i64),
            Stretch::Reals(values) => Cell::Real(values[row]),
        }
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(text)
    }
}

impl From<i64> for Cell<'_> {
    fn from(value: i64) -> Self {
        Cell::Integer(value)
    }
}

impl From<u64> for Cell<'_> {
    fn from(value: u64) -> Self {
        Cell::Integer(value as i64)
    }
}

impl From<u32> for Cell<'_> {
    fn from(value: u32) -> Self {
        Cell::Integer(i64::from(value))
    }
}

impl From<f64> for Cell<'_> {
    fn from(value: f64) -> Self {
        Cell::Real(value)
    }
}

/// Writes a table.
pub struct TableWriter {
    sink: Sink,
    name: std::path::PathBuf,
}

enum Sink {
    Parquet(Box<ParquetTable>),
    Csv(Box<csv::Writer<HashedFile>>),
}

impl TableWriter {
    /// Opens `name.parquet` or `name.csv` in the run's folder.
    pub fn create(
        options: &FileOptions,
        name: &str,
        format: Format,
        columns: &[Column],
    ) -> Result<Self, OutputError> {
        let file = HashedFile::create(&options.folder, &format!("{name}.{}", extension(format)))?;
        let path = file.path().to_owned();
        let sink = match format {
            Format::Parquet => {
                ParquetTable::create(file, columns).map(|table| Sink::Parquet(Box::new(table)))
            }
            Format::Csv => csv_table(file, columns, options.language),
        };
        let sink = sink.map_err(|error| OutputError::io(&path, error))?;
        Ok(TableWriter { sink, name: path })
    }

    /// Writes one row: one cell for each column, of its type.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), OutputError> {
        let result = match &mut self.sink {
            Sink::Parquet(table) => table.row(cells),
            Sink::Csv(writer) => csv_row(writer, cells),
        };
        result.map_err(|error| OutputError::io(&self.name, error))
    }

    /// Writes so many rows, told column by column.
    pub fn rows(&mut self, count: usize, columns: &[Stretch]) -> Result<(), OutputError> {
        let result = match &mut self.sink {
            Sink::Parquet(table) => table.rows(count, columns),
            Sink::Csv(writer) => (0..count).try_for_each(|row| {
                let cells: Vec<Cell> = columns.iter().map(|column| column.cell(row)).collect();
                csv_row(writer, &cells)
            }),
        };
        result.map_err(|error| OutputError::io(&self.name, error))
    }

    /// Closes the file and gives it its name.
    pub fn finish(self) -> Result<Written, OutputError> {
        self.seal()?.finish()
    }

    /// Closes the file, without waiting for the disk.
    pub fn seal(self) -> Result<Sealed, OutputError> {
        let file = match self.sink {
            Sink::Parquet(table) => table.close(),
            Sink::Csv(writer) => writer.into_inner().map_err(csv::IntoInnerError::into_error),
        };
        file.map_err(|error| OutputError::io(&self.name, error))?
            .seal()
    }
}

fn extension(format: Format) -> &'static str {
    match format {
        Format::Parquet => "parquet",
        Format::Csv => "csv",
    }
}

fn csv_table(
    mut file: HashedFile,
    columns: &[Column],
    language: Language,
) -> std::io::Result<Sink> {
    if language == Language::Chinese {
        file.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::Writer::from_writer(file);
    writer.write_record(columns.iter().map(|column| column.header(language)))?;
    Ok(Sink::Csv(Box::new(writer)))
}

fn csv_row(writer: &mut csv::Writer<HashedFile>, cells: &[Cell]) -> std::io::Result<()> {
    for cell in cells {
        match cell {
            Cell::Text(text) => writer.write_field(text)?,
            Cell::Integer(value) => writer.write_field(value.to_string())?,
            Cell::Identity(value) => writer.write_field(value.to_string())?,
            Cell::Real(value) if value.is_nan() => writer.write_field("")?,
            Cell::Real(value) => writer.write_field(value.to_string())?,
        }
    }
    writer.write_record(None::<&[u8]>)?;
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use std::path::Path;

    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::output::events::EventFilter;
    use crate::output::parquet::GROUP_ROWS;

    pub(crate) fn options(folder: &Path, format: Format, language: Language) -> FileOptions {
        FileOptions {
            folder: folder.to_owned(),
            format,
            language,
            events: EventFilter::Notable,
        }
    }

    /// Rows of a Parquet file, each as text.
    pub(crate) fn read_rows(path: &Path) -> Vec<String> {
        let file = std::fs::File::open(path).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().to_string())
            .collect()
    }

    const COLUMNS: [Column; 4] = [
        plain("policy", Type::Text, "政策", "policy"),
        plain("event", Type::Identity, "事件", "event"),
        measured("amount", Type::Integer, ["金额", "amount"], ["分", "fen"]),
        measured("share", Type::Real, ["份额", "share"], ["0–1", "0–1"]),
    ];

    fn write(folder: &Path, format: Format, language: Language, rows: u64) -> Written {
        let options = options(folder, format, language);
        let mut table = TableWriter::create(&options, "t", format, &COLUMNS).unwrap();
        for n in 0..rows {
            let cells = [
                "现行".into(),
                Cell::Identity(u64::MAX - n),
                Cell::Integer(-5),
                Cell::Real(0.1),
            ];
            table.row(&cells).unwrap();
        }
        table.finish().unwrap()
    }

    #[test]
    fn parquet_round_trip_over_several_groups() {
        let folder = tempfile::tempdir().unwrap();
        let rows = GROUP_ROWS as u64 + 3;
        let written = write(folder.path(), Format::Parquet, Language::English, rows);
        let path = folder.path().join(&written.file);
        let reader = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
        assert_eq!(reader.num_row_groups(), 2);
        let read = read_rows(&path);
        assert_eq!(read.len() as u64, rows);
        assert!(
            read[1].contains("现行") && read[1].contains("18446744073709551614"),
            "{}",
            read[1]
        );
        assert!(read[1].contains("amount: -5") && read[1].contains("share: 0.1"));
    }

    #[test]
    fn rows_told_by_column_are_those_told_one_by_one() {
        let columns = [COLUMNS[0], week(), COLUMNS[3]];
        let reals: Vec<f64> = (0..GROUP_ROWS).map(|n| n as f64 / 7.0).collect();
        for format in [Format::Parquet, Format::Csv] {
            let written = |told: &dyn Fn(&mut TableWriter)| {
                let folder = tempfile::tempdir().unwrap();
                let options = options(folder.path(), format, Language::English);
                let mut table = TableWriter::create(&options, "t", format, &columns).unwrap();
                for _ in 0..2 {
                    table
                        .row(&["先".into(), Cell::Integer(9), Cell::Real(1.5)])
                        .unwrap();
                    told(&mut table);
                }
                let file = table.finish().unwrap().file;
                std::fs::read(folder.path().join(file)).unwrap()
            };
            let by_column = written(&|table| {
                let stretches = [
                    Stretch::Same("后".into()),
                    Stretch::Counting,
                    Stretch::Reals(&reals),
                ];
                table.rows(reals.len(), &stretches).unwrap();
            });
            let one_by_one = written(&|table| {
                for (row, real) in reals.iter().enumerate() {
                    let cells = ["后".into(), Cell::Integer(row as i64), Cell::Real(*real)];
                    table.row(&cells).unwrap();
                }
            });
            assert!(by_column == one_by_one);
        }
    }

    #[test]
    fn chinese_csv_has_mark_and_headers_with_units() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), Format::Csv, Language::Chinese, 1);
        let text = std::fs::read_to_string(folder.path().join("t.csv")).unwrap();
        assert_eq!(
            text,
            "\u{feff}政策,事件,金额(分),份额(0–1)\n现行,18446744073709551615,-5,0.1\n"
        );
        write(folder.path(), Format::Csv, Language::English, 0);
        let text = std::fs::read_to_string(folder.path().join("t.csv")).unwrap();
        assert_eq!(text, "policy,event,amount,share\n");
    }

    #[test]
    fn what_varies_is_written_plainly_and_read_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let columns = [
            plain("level", Type::Varying, "水平", "level"),
            plain("count", Type::Real, "次数", "count"),
        ];
        let options = options(folder.path(), Format::Parquet, Language::English);
        let mut table = TableWriter::create(&options, "t", Format::Parquet, &columns).unwrap();
        let levels: Vec<f64> = (0..40_000).map(|row| 1.0 / f64::from(row + 3)).collect();
        let counts = vec![2.0; levels.len()];
        let stretches = [Stretch::Reals(&levels), Stretch::Reals(&counts)];
        table.rows(levels.len(), &stretches).unwrap();
        let written = table.finish().unwrap();
        let path = folder.path().join(written.file);
        let file = std::fs::File::open(&path).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let groups = reader.metadata().row_groups();
        assert_eq!(groups.len(), 3);
        for group in groups {
            let has_dictionary = |column: usize| group.column(column).dictionary_page_offset();
            assert_eq!(has_dictionary(0), None);
            assert!(has_dictionary(1).is_some());
        }
        let row = format!("{{level: {}, count: 2.0}}", levels[39_999]);
        assert_eq!(read_rows(&path).last(), Some(&row));
    }

    #[test]
    fn a_misplaced_cell_is_an_error_and_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let options = options(folder.path(), Format::Parquet, Language::English);
        let mut table = TableWriter::create(&options, "t", Format::Parquet, &COLUMNS).unwrap();
        assert!(table.row(&[Cell::Integer(1)]).is_err());
        drop(table);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
