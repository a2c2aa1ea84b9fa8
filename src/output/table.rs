//! A table on disk, row by row: Parquet (without Arrow, compressed with Snappy) or CSV.

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::file::{PartialFile, Written};
use super::{FileOptions, Format, OutputError};
use crate::vocabulary::Language;

/// Rows of a group of a Parquet file: bounds the memory of a writer.
const GROUP_ROWS: usize = 1 << 16;

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text, mostly a key.
    Text,
    /// A count or an amount in fen.
    Integer,
    /// An identity: 64 bits without sign.
    Identity,
    /// A real number; missing = not a number.
    Real,
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
    /// For [`Type::Integer`].
    Integer(i64),
    /// For [`Type::Identity`].
    Identity(u64),
    /// For [`Type::Real`].
    Real(f64),
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
    Parquet(ParquetTable),
    Csv(Box<csv::Writer<PartialFile>>),
}

impl TableWriter {
    /// Opens `name.parquet` or `name.csv` in the run's folder.
    pub fn create(
        options: &FileOptions,
        name: &str,
        format: Format,
        columns: &[Column],
    ) -> Result<Self, OutputError> {
        let file = PartialFile::create(&options.folder, &format!("{name}.{}", extension(format)))?;
        let path = file.path().to_owned();
        let sink = match format {
            Format::Parquet => ParquetTable::create(file, columns).map(Sink::Parquet),
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

    /// Closes the file and gives it its name.
    pub fn finish(self) -> Result<Written, OutputError> {
        let file = match self.sink {
            Sink::Parquet(table) => table.close(),
            Sink::Csv(writer) => writer.into_inner().map_err(|error| error.into_error()),
        };
        file.map_err(|error| OutputError::io(&self.name, error))?
            .finish()
    }
}

fn extension(format: Format) -> &'static str {
    match format {
        Format::Parquet => "parquet",
        Format::Csv => "csv",
    }
}

fn csv_table(
    mut file: PartialFile,
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

fn csv_row(writer: &mut csv::Writer<PartialFile>, cells: &[Cell]) -> std::io::Result<()> {
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

/// Values of one column of the group being filled.
enum Buffer {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Real(Vec<f64>),
}

struct ParquetTable {
    writer: SerializedFileWriter<PartialFile>,
    buffers: Vec<Buffer>,
    rows: usize,
}

impl ParquetTable {
    fn create(file: PartialFile, columns: &[Column]) -> std::io::Result<Self> {
        let schema = Arc::new(parse_message_type(&schema(columns)).map_err(refused)?);
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("riskweave {}", env!("CARGO_PKG_VERSION")))
            .build();
        let writer =
            SerializedFileWriter::new(file, schema, Arc::new(properties)).map_err(refused)?;
        let buffers = columns
            .iter()
            .map(|column| match column.kind {
                Type::Text => Buffer::Text(Vec::new()),
                Type::Integer | Type::Identity => Buffer::Integer(Vec::new()),
                Type::Real => Buffer::Real(Vec::new()),
            })
            .collect();
        Ok(ParquetTable {
            writer,
            buffers,
            rows: 0,
        })
    }

    fn row(&mut self, cells: &[Cell]) -> std::io::Result<()> {
        for (buffer, cell) in self.buffers.iter_mut().zip(cells) {
            match (buffer, *cell) {
                (Buffer::Text(values), Cell::Text(text)) => push_text(values, text),
                (Buffer::Integer(values), Cell::Integer(value)) => values.push(value),
                (Buffer::Integer(values), Cell::Identity(value)) => values.push(value as i64),
                (Buffer::Real(values), Cell::Real(value)) => values.push(value),
                (_, cell) => return Err(std::io::Error::other(format!("misplaced cell {cell:?}"))),
            }
        }
        self.rows += 1;
        if self.rows == GROUP_ROWS {
            self.flush()
        } else {
            Ok(())
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.rows > 0 {
            write_group(&mut self.writer, &mut self.buffers).map_err(refused)?;
            self.rows = 0;
        }
        Ok(())
    }

    fn close(mut self) -> std::io::Result<PartialFile> {
        self.flush()?;
        self.writer.into_inner().map_err(refused)
    }
}

/// Texts repeat from row to row: the bytes of the row before are shared.
fn push_text(values: &mut Vec<ByteArray>, text: &str) {
    let repeated = values
        .last()
        .filter(|last| last.data() == text.as_bytes())
        .cloned();
    values.push(repeated.unwrap_or_else(|| ByteArray::from(text)));
}

fn write_group(
    writer: &mut SerializedFileWriter<PartialFile>,
    buffers: &mut [Buffer],
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for buffer in buffers {
        let Some(mut column) = group.next_column()? else {
            break;
        };
        match buffer {
            Buffer::Text(values) => {
                column
                    .typed::<ByteArrayType>()
                    .write_batch(values, None, None)?;
                values.clear();
            }
            Buffer::Integer(values) => {
                column
                    .typed::<Int64Type>()
                    .write_batch(values, None, None)?;
                values.clear();
            }
            Buffer::Real(values) => {
                column
                    .typed::<DoubleType>()
                    .write_batch(values, None, None)?;
                values.clear();
            }
        }
        column.close()?;
    }
    group.close()?;
    Ok(())
}

fn schema(columns: &[Column]) -> String {
    let mut text = "message riskweave {".to_owned();
    for column in columns {
        let key = column.key;
        // Writing to a string cannot fail.
        let _ = match column.kind {
            Type::Text => write!(text, " REQUIRED BYTE_ARRAY {key} (UTF8);"),
            Type::Integer => write!(text, " REQUIRED INT64 {key};"),
            Type::Identity => write!(text, " REQUIRED INT64 {key} (INTEGER(64,false));"),
            Type::Real => write!(text, " REQUIRED DOUBLE {key};"),
        };
    }
    text + " }"
}

fn refused(error: ParquetError) -> std::io::Error {
    match error {
        ParquetError::External(source) => std::io::Error::other(source),
        other => std::io::Error::other(other),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::path::Path;

    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::output::events::EventFilter;

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
    fn a_misplaced_cell_is_an_error_and_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let options = options(folder.path(), Format::Parquet, Language::English);
        let mut table = TableWriter::create(&options, "t", Format::Parquet, &COLUMNS).unwrap();
        assert!(table.row(&[Cell::Integer(1)]).is_err());
        drop(table);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
