//! Figures of every week, a column for each: whoever reads them reads one figure of all weeks.

use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Weeks that a column has room for from the beginning.
const A_YEAR: usize = 52;
/// Bytes of a value.
const BYTES: usize = size_of::<f64>();

/// Columns as long as weeks were written down: one behind the other, each with the same room.
#[derive(Clone, Debug, Default)]
pub struct WeekColumns {
    values: Vec<f64>,
    columns: usize,
    weeks: usize,
    /// Weeks that each column has room for.
    room: usize,
}

impl WeekColumns {
    /// Appends a week: a value for each column. The first week tells how many there are.
    pub fn push(&mut self, row: &[f64]) {
        if self.is_empty() {
            self.columns = row.len();
        }
        debug_assert_eq!(row.len(), self.columns);
        if self.weeks == self.room {
            self.widen((2 * self.room).max(A_YEAR));
        }
        let columns = self.values.chunks_exact_mut(self.room);
        for (column, value) in columns.zip(row) {
            column[self.weeks] = *value;
        }
        self.weeks += 1;
    }

    /// Number of weeks.
    pub fn len(&self) -> usize {
        self.weeks
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Makes room for so many more weeks.
    pub fn make_room(&mut self, weeks: usize) {
        let wanted = self.weeks + weeks;
        if wanted > self.room {
            self.widen(wanted);
        }
    }

    /// Moves the columns apart, so that each has room for so many weeks.
    fn widen(&mut self, room: usize) {
        let mut values = vec![0.0; self.columns * room];
        for (wide, column) in values.chunks_exact_mut(room).zip(self.columns()) {
            wide[..column.len()].copy_from_slice(column);
        }
        (self.values, self.room) = (values, room);
    }

    /// One figure of all weeks; nothing if it was not written down.
    pub fn column(&self, number: usize) -> &[f64] {
        self.columns().nth(number).unwrap_or_default()
    }

    /// All of them.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = &[f64]> {
        let columns = self.values.chunks_exact(self.room.max(1));
        columns.map(|column| &column[..self.weeks])
    }
}

impl PartialEq for WeekColumns {
    fn eq(&self, other: &Self) -> bool {
        self.weeks == other.weeks && self.columns().eq(other.columns())
    }
}

/// The columns, each with the bytes of its values.
impl Serialize for WeekColumns {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut columns = serializer.serialize_seq(Some(self.columns().len()))?;
        let mut bytes = vec![0; self.len() * BYTES];
        for column in self.columns() {
            let (places, _) = bytes.as_chunks_mut::<BYTES>();
            for (place, value) in places.iter_mut().zip(column) {
                *place = value.to_le_bytes();
            }
            columns.serialize_element(&Bytes(&bytes))?;
        }
        columns.end()
    }
}

struct Bytes<'a>(&'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

/// Only whole columns of one length are taken.
impl<'de> Deserialize<'de> for WeekColumns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let columns = <Vec<&[u8]>>::deserialize(deserializer)?;
        let length = columns.first().map_or(0, |first| first.len());
        let whole = |column: &&[u8]| column.len() == length && length.is_multiple_of(BYTES);
        if !columns.iter().all(whole) {
            let refused = "columns of weeks that are no whole numbers of one length";
            return Err(serde::de::Error::custom(refused));
        }
        let values = columns.iter().flat_map(|column| column.as_chunks().0);
        let weeks = length / BYTES;
        Ok(WeekColumns {
            values: values.map(|bytes| f64::from_le_bytes(*bytes)).collect(),
            columns: columns.len(),
            weeks,
            room: weeks,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_weeks() -> WeekColumns {
        let mut weeks = WeekColumns::default();
        weeks.push(&[1.0, f64::NAN, -0.0]);
        weeks.push(&[2.0, 0.1, f64::INFINITY]);
        weeks
    }

    #[test]
    fn a_column_holds_one_figure_of_all_weeks() {
        let weeks = two_weeks();
        assert_eq!((weeks.len(), weeks.columns().count()), (2, 3));
        assert_eq!(weeks.column(0), [1.0, 2.0]);
        assert!(weeks.column(3).is_empty());
    }

    #[test]
    fn columns_come_back_bit_for_bit() {
        let bits = |weeks: &WeekColumns| -> Vec<Vec<u64>> {
            let column = |column: &[f64]| column.iter().map(|value| value.to_bits()).collect();
            weeks.columns().map(column).collect()
        };
        for weeks in [WeekColumns::default(), two_weeks()] {
            let bytes = postcard::to_allocvec(&weeks).unwrap();
            let read: WeekColumns = postcard::from_bytes(&bytes).unwrap();
            assert_eq!(bits(&read), bits(&weeks));
        }
    }

    #[test]
    fn what_is_no_whole_columns_is_refused() {
        for lengths in [&[4][..], &[8, 16], &[16, 8], &[8, 0], &[9, 9]] {
            let columns: Vec<_> = lengths.iter().map(|length| vec![0; *length]).collect();
            let bytes = postcard::to_allocvec(&columns).unwrap();
            let read = postcard::from_bytes::<WeekColumns>(&bytes);
            assert!(read.is_err(), "{lengths:?}");
        }
        // A number of columns that were not sent.
        assert!(postcard::from_bytes::<WeekColumns>(&[0xFF, 0xFF, 0x7F]).is_err());
    }
}
