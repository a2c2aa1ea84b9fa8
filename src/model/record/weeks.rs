//! Figures of every week, a column for each: whoever reads them reads one figure of all weeks.

use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Weeks that a column has room for from the beginning.
const A_YEAR: usize = 52;
/// Bytes of a value.
const BYTES: usize = size_of::<f64>();

/// Columns as long as weeks were written down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WeekColumns {
    columns: Vec<Vec<f64>>,
}

impl WeekColumns {
    /// Appends a week: a value for each column. The first week tells how many there are.
    pub fn push(&mut self, row: &[f64]) {
        let begun = || Vec::with_capacity(A_YEAR);
        self.columns.resize_with(row.len(), begun);
        for (column, value) in self.columns.iter_mut().zip(row) {
            column.push(*value);
        }
    }

    /// Number of weeks.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, Vec::len)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Makes room for so many more weeks.
    pub fn make_room(&mut self, weeks: usize) {
        for column in &mut self.columns {
            column.reserve_exact(weeks);
        }
    }

    /// One figure of all weeks; nothing if it was not written down.
    pub fn column(&self, number: usize) -> &[f64] {
        self.columns.get(number).map_or(&[], Vec::as_slice)
    }

    /// All of them.
    pub fn columns(&self) -> impl Iterator<Item = &[f64]> {
        self.columns.iter().map(Vec::as_slice)
    }
}

/// The columns, each with the bytes of its values.
impl Serialize for WeekColumns {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut columns = serializer.serialize_seq(Some(self.columns.len()))?;
        let mut bytes = Vec::with_capacity(self.len() * BYTES);
        for column in &self.columns {
            bytes.clear();
            bytes.extend(column.iter().flat_map(|value| value.to_le_bytes()));
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
        let column = |bytes: &[u8]| -> Option<Vec<f64>> {
            let (values, rest) = bytes.as_chunks::<BYTES>();
            let whole = bytes.len() == length && rest.is_empty();
            whole.then(|| values.iter().map(|b| f64::from_le_bytes(*b)).collect())
        };
        let read: Option<_> = columns.into_iter().map(column).collect();
        let columns = read.ok_or_else(|| {
            serde::de::Error::custom("columns of weeks that are no whole numbers of one length")
        })?;
        Ok(WeekColumns { columns })
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
