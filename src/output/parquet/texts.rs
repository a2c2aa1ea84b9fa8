//! The texts of one column of a group: few, which repeat from row to row.

use parquet::column::writer::ColumnWriterImpl;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::ParquetError;

/// Values that are handed over at once: as many as the encoder takes at once, so that pages end where they would if
/// it were given all.
const AT_ONCE: usize = 1024;

/// Texts that are looked at for one that is held already: beyond them it is held again, lest a column of names that never
/// repeat takes the square of its rows.
const LOOKED_AT: usize = 1024;

/// Texts, each of those that repeat held once: a row takes four bytes until it is written.
#[derive(Default)]
pub(super) struct Texts {
    distinct: Vec<ByteArray>,
    /// Position of each row's text among the distinct ones.
    rows: Vec<u32>,
}

impl Texts {
    /// Adds the text of a row.
    pub(super) fn push(&mut self, text: &str) {
        let last = self.rows.last().map_or(0, |last| *last as usize);
        let position = self.position(text, last).unwrap_or_else(|| {
            self.distinct.push(ByteArray::from(text));
            self.distinct.len() - 1
        });
        self.rows.push(position as u32);
    }

    /// Where a text is held. Texts repeat, and come back in the order in which they came first: those after the last
    /// one are looked at before the others.
    fn position(&self, text: &str, last: usize) -> Option<usize> {
        let held = |position: &usize| self.distinct[*position].data() == text.as_bytes();
        let count = self.distinct.len();
        (last..count).chain(0..last).take(LOOKED_AT).find(held)
    }

    /// Writes the texts of all rows and forgets them.
    pub(super) fn write(
        &mut self,
        column: &mut ColumnWriterImpl<'_, ByteArrayType>,
    ) -> Result<(), ParquetError> {
        let mut values = match self.distinct.first() {
            Some(text) => vec![text.clone(); AT_ONCE],
            None => return Ok(()),
        };
        for rows in self.rows.chunks(AT_ONCE) {
            for (value, row) in values.iter_mut().zip(rows) {
                share(&self.distinct[*row as usize], value);
            }
            column.write_batch(&values[..rows.len()], None, None)?;
        }
        self.rows.clear();
        self.distinct.clear();
        Ok(())
    }
}

/// Lets a value share the bytes of a text, unless it does so already, as most do: counting who shares has its price.
fn share(text: &ByteArray, value: &mut ByteArray) {
    if !std::ptr::eq(value.data(), text.data()) {
        value.clone_from(text);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use super::*;

    /// The bytes of a file with one group of one column of texts.
    fn file(write: impl FnOnce(&mut ColumnWriterImpl<'_, ByteArrayType>)) -> Vec<u8> {
        let schema = parse_message_type("message m { REQUIRED BYTE_ARRAY text (UTF8); }").unwrap();
        let mut bytes = Vec::new();
        let mut writer =
            SerializedFileWriter::new(&mut bytes, Arc::new(schema), Arc::default()).unwrap();
        let mut group = writer.next_row_group().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        write(column.typed::<ByteArrayType>());
        column.close().unwrap();
        group.close().unwrap();
        writer.close().unwrap();
        bytes
    }

    #[test]
    fn the_file_is_that_of_all_texts_given_at_once() {
        let texts: Vec<String> = (0..70_001_u64)
            .map(|row| ["", "甲", "乙", "c", "dd"][(row * row % 7 % 5) as usize].to_owned())
            .collect();
        same_as_at_once(&texts);
    }

    #[test]
    fn names_that_never_repeat_are_written_too() {
        let texts: Vec<String> = (0..3000)
            .map(|row| format!("name {}", row % 2500))
            .collect();
        same_as_at_once(&texts);
    }

    fn same_as_at_once(texts: &[String]) {
        let at_once = file(|column| {
            let values: Vec<ByteArray> = texts.iter().map(|text| text.as_str().into()).collect();
            column.write_batch(&values, None, None).unwrap();
        });
        let mut buffer = Texts::default();
        // The second time nothing is left of the first.
        for _ in 0..2 {
            for text in texts {
                buffer.push(text);
            }
            assert_eq!(file(|column| buffer.write(column).unwrap()), at_once);
        }
    }
}
