//! The texts of one column of a group: few, which repeat from row to row.

use parquet::column::writer::ColumnWriterImpl;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::ParquetError;

/// Values that are handed over at once: as many as the encoder takes at once, so that pages end where they would if
/// it were given all.
const AT_ONCE: usize = 1024;

/// Texts, each distinct one held once: a row takes four bytes until it is written.
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
        (last..count).chain(0..last).find(held)
    }

    /// Writes the texts of all rows and forgets them.
    pub(super) fn write(
        &mut self,
        column: &mut ColumnWriterImpl<'_, ByteArrayType>,
    ) -> Result<(), ParquetError> {
        let mut values = Vec::with_capacity(AT_ONCE);
        for rows in self.rows.chunks(AT_ONCE) {
            values.clear();
            values.extend(rows.iter().map(|row| self.distinct[*row as usize].clone()));
            column.write_batch(&values, None, None)?;
        }
        self.rows.clear();
        self.distinct.clear();
        Ok(())
    }
}
