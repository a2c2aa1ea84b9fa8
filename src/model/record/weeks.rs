//! Figures of every week, a column for each: whoever reads them reads one figure of all weeks.

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

/// The number of columns, and their values as they are held.
impl Serialize for WeekColumns {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = Vec::with_capacity(self.columns.len() * self.len() * BYTES);
        for value in self.columns.iter().flatten() {
            bytes.extend_from_slice(&value.to_le_bytes());
        }
        (self.columns.len() as u64, Bytes(&bytes)).serialize(serializer)
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
        let (columns, bytes) = <(u64, &[u8])>::deserialize(deserializer)?;
        let (values, rest) = bytes.as_chunks::<BYTES>();
        // As many as there are values at most, so that no number makes us hold what was not sent.
        let count = usize::try_from(columns).unwrap_or(usize::MAX);
        let whole = match count {
            0 => values.is_empty(),
            count => values.len().is_multiple_of(count) && count <= values.len(),
        };
        if !whole || !rest.is_empty() {
            let held = bytes.len();
            let told = format!("{held} bytes are no {columns} columns of equal length");
            return Err(serde::de::Error::custom(told));
        }
        if count == 0 {
            return Ok(WeekColumns::default());
        }
        let column =
            |values: &[[u8; BYTES]]| values.iter().map(|b| f64::from_le_bytes(*b)).collect();
        let weeks = values.len() / count;
        Ok(WeekColumns {
            columns: values.chunks(weeks).map(column).collect(),
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
        for (columns, bytes) in [(0, 8), (1, 4), (2, 24), (4, 24), (u64::MAX, 8), (1, 0)] {
            let bytes = postcard::to_allocvec(&(columns, Bytes(&vec![0; bytes]))).unwrap();
            assert!(
                postcard::from_bytes::<WeekColumns>(&bytes).is_err(),
                "{columns}"
            );
        }
    }
}
