//! Parquet, without Arrow: one row group every 16,384 rows, compressed with Snappy.

mod texts;

use std::fmt::Write as _;
use std::sync::Arc;

use parquet::basic::{Compression, Encoding};
use parquet::data_type::{ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use super::file::HashedFile;
use super::table::{Cell, Column, Stretch, Type};
use texts::Texts;

/// Rows of a group: bounds the memory of a writer, and lets a column with its dictionary stay in a near cache.
pub(super) const GROUP_ROWS: usize = 1 << 14;

/// Values of one column of the group being filled.
enum Buffer {
    Text(Texts),
    Integer(Vec<i64>),
    Real(Vec<f64>),
}

impl Buffer {
    fn push(&mut self, cell: Cell) -> std::io::Result<()> {
        match (self, cell) {
            (Buffer::Text(texts), Cell::Text(text)) => texts.push(text),
            (Buffer::Integer(values), Cell::Integer(value)) => values.push(value),
            (Buffer::Integer(values), Cell::Identity(value)) => values.push(value as i64),
            (Buffer::Real(values), Cell::Real(value)) => values.push(value),
            (_, cell) => return Err(std::io::Error::other(format!("misplaced cell {cell:?}"))),
        }
        Ok(())
    }
}

/// A Parquet file being written, group by group.
pub(super) struct ParquetTable {
    writer: SerializedFileWriter<HashedFile>,
    buffers: Vec<Buffer>,
    rows: usize,
}

impl ParquetTable {
    /// Starts the file.
    pub(super) fn create(file: HashedFile, columns: &[Column]) -> std::io::Result<Self> {
        let schema = Arc::new(parse_message_type(&schema(columns)).map_err(refused)?);
        let properties = Arc::new(properties(columns));
        let writer = SerializedFileWriter::new(file, schema, properties).map_err(refused)?;
        let buffers = columns
            .iter()
            .map(|column| match column.kind {
                Type::Text => Buffer::Text(Texts::default()),
                Type::Integer | Type::Money | Type::Identity => Buffer::Integer(Vec::new()),
                Type::Real | Type::Varying => Buffer::Real(Vec::new()),
            })
            .collect();
        Ok(ParquetTable {
            writer,
            buffers,
            rows: 0,
        })
    }

    /// Adds a row; the group is written when it is full.
    pub(super) fn row(&mut self, cells: &[Cell]) -> std::io::Result<()> {
        for (buffer, cell) in self.buffers.iter_mut().zip(cells) {
            buffer.push(*cell)?;
        }
        self.add(1)
    }

    /// Adds so many rows, column by column.
    pub(super) fn rows(&mut self, count: usize, columns: &[Stretch]) -> std::io::Result<()> {
        let mut next = 0;
        while next < count {
            let piece = next..count.min(next + GROUP_ROWS - self.rows);
            for (buffer, column) in self.buffers.iter_mut().zip(columns) {
                match (buffer, column) {
                    (Buffer::Real(values), Stretch::Reals(reals)) => {
                        values.extend_from_slice(&reals[piece.clone()]);
                    }
                    (buffer, column) => {
                        for row in piece.clone() {
                            buffer.push(column.cell(row))?;
                        }
                    }
                }
            }
            self.add(piece.len())?;
            next = piece.end;
        }
        Ok(())
    }

    /// Counts rows whose cells were put into the buffers.
    fn add(&mut self, rows: usize) -> std::io::Result<()> {
        self.rows += rows;
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

    /// Writes what is left and the footer.
    pub(super) fn close(mut self) -> std::io::Result<HashedFile> {
        self.flush()?;
        self.writer.into_inner().map_err(refused)
    }
}

/// What repeats is written once a group, in a dictionary; of amounts and identities, which hardly do, the steps from
/// row to row are, and varying numbers as they are. Least and greatest values stand in the footer where a reader may skip
/// groups by them.
fn properties(columns: &[Column]) -> WriterProperties {
    let encoding = |column: &Column| match column.kind {
        Type::Money | Type::Identity => Some((column.key, Encoding::DELTA_BINARY_PACKED)),
        Type::Varying => Some((column.key, Encoding::PLAIN)),
        _ => None,
    };
    let whole = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_created_by(format!("riskweave {}", env!("CARGO_PKG_VERSION")));
    let skipped_by = columns
        .iter()
        .filter(|column| column.kind == Type::Integer)
        .map(|column| ColumnPath::from(column.key))
        .fold(whole, |properties, path| {
            properties.set_column_statistics_enabled(path, EnabledStatistics::Chunk)
        });
    columns
        .iter()
        .filter_map(encoding)
        .fold(skipped_by, |properties, (key, encoding)| {
            let path = ColumnPath::from(key);
            properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, encoding)
        })
        .build()
}

fn write_group(
    writer: &mut SerializedFileWriter<HashedFile>,
    buffers: &mut [Buffer],
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for buffer in buffers {
        let Some(mut column) = group.next_column()? else {
            break;
        };
        match buffer {
            Buffer::Text(texts) => texts.write(column.typed::<ByteArrayType>())?,
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
            Type::Integer | Type::Money => write!(text, " REQUIRED INT64 {key};"),
            Type::Identity => write!(text, " REQUIRED INT64 {key} (INTEGER(64,false));"),
            Type::Real | Type::Varying => write!(text, " REQUIRED DOUBLE {key};"),
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
