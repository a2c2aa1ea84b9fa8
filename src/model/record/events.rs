//! The events of a run, packed, in order of time; and cascades among them, of which little need be unpacked to tell
//! whether they are wanted.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::packed::{self, CHILD, DEATHS, Reader};
use super::{EventRow, Fen};
use crate::vocabulary::{Kind, Vocabulary};

/// Rows of events in order of time: a root stands before all that it set off.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventTable {
    rows: usize,
    packed: Vec<u8>,
}

impl EventTable {
    /// Appends a row.
    pub fn push(&mut self, row: &EventRow) {
        packed::pack(row, &mut self.packed);
        self.rows += 1;
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Removes all rows.
    pub fn clear(&mut self) {
        *self = EventTable::default();
    }

    /// Bytes that the rows take.
    pub fn bytes(&self) -> usize {
        self.packed.len()
    }

    /// Makes room for so many more bytes, if there is not enough: then a fifth more.
    pub fn make_room(&mut self, bytes: usize) {
        if self.packed.capacity() - self.packed.len() < bytes {
            self.packed.reserve_exact(bytes + bytes / 5);
        }
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = EventRow> + '_ {
        self.after(0)
    }

    /// The rows after those that took so many bytes.
    pub fn after(&self, bytes: usize) -> impl Iterator<Item = EventRow> + '_ {
        rows_of(self.packed.get(bytes..).unwrap_or_default())
    }

    /// All rows as they are held.
    pub fn packed(&self) -> impl Iterator<Item = PackedRow<'_>> {
        Rows(&self.packed)
    }

    /// The root events, each with all that it set off.
    pub fn cascades(&self) -> impl Iterator<Item = Cascade<'_>> {
        self.cascades_of(|_| true)
    }

    /// Those whose root has an identity that is `wanted`: the others are not unpacked.
    pub fn cascades_of(&self, wanted: impl Fn(u64) -> bool) -> impl Iterator<Item = Cascade<'_>> {
        Cascades {
            packed: &self.packed,
            wanted,
        }
    }
}

impl FromIterator<EventRow> for EventTable {
    fn from_iter<I: IntoIterator<Item = EventRow>>(rows: I) -> Self {
        let mut table = EventTable::default();
        for row in rows {
            table.push(&row);
        }
        table
    }
}

impl Serialize for EventTable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.packed)
    }
}

/// Only what holds whole rows throughout is taken.
impl<'de> Deserialize<'de> for EventTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        let (mut rows, mut taken) = (0, 0);
        for row in Rows(bytes) {
            packed::unpacked(row.0).ok_or_else(|| no_row(rows))?;
            rows += 1;
            taken += row.0.len();
        }
        if taken != bytes.len() {
            return Err(no_row(rows));
        }
        Ok(EventTable {
            rows,
            packed: bytes.to_vec(),
        })
    }
}

fn no_row<E: serde::de::Error>(rows: usize) -> E {
    E::custom(format!("no event after {rows} of them"))
}

/// A row as it is held.
#[derive(Clone, Copy, Debug)]
pub struct PackedRow<'a>(&'a [u8]);

impl PackedRow<'_> {
    /// Kind.
    pub fn kind(&self) -> Kind {
        let number = usize::from(self.0[packed::KIND]);
        Kind::ALL.get(number).copied().unwrap_or(Kind::ALL[0])
    }

    /// Whether another event set it off.
    fn is_child(&self) -> bool {
        packed::follows(self.0).is_some_and(|follows| follows & CHILD != 0)
    }

    /// Deaths.
    pub fn deaths(&self) -> u64 {
        let deaths = Reader::new(self.0).and_then(|mut reader| reader.number_if(DEATHS));
        deaths.unwrap_or_default()
    }
}

/// A root event with all that it set off.
#[derive(Clone, Copy, Debug)]
pub struct Cascade<'a> {
    /// Identity of the root.
    pub root: u64,
    /// Its kind.
    pub kind: Kind,
    /// Its week.
    pub week: u32,
    /// Deaths in all of them.
    pub deaths: u64,
    /// Their loss (fen).
    pub loss_fen: Fen,
    packed: &'a [u8],
}

impl Cascade<'_> {
    /// Its rows: the root, then what it set off.
    pub fn rows(&self) -> impl Iterator<Item = EventRow> + '_ {
        rows_of(self.packed)
    }
}

fn rows_of(packed: &[u8]) -> impl Iterator<Item = EventRow> + '_ {
    Rows(packed).map_while(|row| packed::unpacked(row.0))
}

struct Rows<'a>(&'a [u8]);

impl<'a> Iterator for Rows<'a> {
    type Item = PackedRow<'a>;

    fn next(&mut self) -> Option<PackedRow<'a>> {
        let (row, rest) = self.0.split_at_checked(packed::length(self.0)?)?;
        self.0 = rest;
        Some(PackedRow(row))
    }
}

struct Cascades<'a, W> {
    packed: &'a [u8],
    wanted: W,
}

impl<'a, W> Cascades<'a, W> {
    /// The rows of the next cascade.
    fn cut(&mut self) -> Option<&'a [u8]> {
        let mut rows = Rows(self.packed);
        let mut taken = rows.next()?.0.len();
        let children = rows.take_while(PackedRow::is_child);
        taken += children.map(|row| row.0.len()).sum::<usize>();
        let (cascade, rest) = self.packed.split_at_checked(taken)?;
        self.packed = rest;
        Some(cascade)
    }
}

impl<'a, W: Fn(u64) -> bool> Iterator for Cascades<'a, W> {
    type Item = Cascade<'a>;

    fn next(&mut self) -> Option<Cascade<'a>> {
        let mut packed = self.cut()?;
        let mut root = packed::identity(packed)?;
        while !(self.wanted)(root) {
            packed = self.cut()?;
            root = packed::identity(packed)?;
        }
        let (mut deaths, mut loss_fen) = (0_u64, 0_i64);
        let mut week = None;
        for row in Rows(packed) {
            let mut reader = Reader::new(row.0)?;
            deaths = deaths.saturating_add(reader.number_if(DEATHS)?);
            loss_fen = loss_fen.saturating_add(reader.money()?);
            week = week.or_else(|| reader.small());
        }
        Some(Cascade {
            root,
            kind: PackedRow(packed).kind(),
            week: week?,
            deaths,
            loss_fen,
            packed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::story::tests::{child, event};

    fn table() -> (Vec<EventRow>, EventTable) {
        let root = event(1, Kind::Chemicals, 4, 1000);
        let fire = child(2, &root, Kind::Fire, 3);
        let rows = vec![root, fire, event(3, Kind::Flood, 0, 7)];
        let table = rows.iter().cloned().collect();
        (rows, table)
    }

    #[test]
    fn cascades_are_roots_with_what_they_set_off() {
        let (rows, table) = table();
        assert!(table.iter().eq(rows.iter().cloned()));
        let found: Vec<_> = table.cascades().collect();
        let sums = found.iter().map(|of| (of.root, of.deaths, of.loss_fen));
        assert!(sums.eq([(1, 7, 1040), (3, 0, 7)]));
        assert!(found[0].rows().eq(rows[..2].iter().cloned()));
        let of_flood: Vec<_> = table.cascades_of(|root| root == 3).collect();
        assert_eq!((of_flood.len(), of_flood[0].loss_fen), (1, 7));
        let deaths = table.packed().map(|row| (row.kind(), row.deaths()));
        assert!(deaths.eq(rows.iter().map(|row| (row.kind, row.deaths))));
    }

    #[test]
    fn rows_after_a_place_are_those_that_came_later() {
        let (rows, mut table) = table();
        let before = table.bytes();
        assert_eq!(table.after(before).count(), 0);
        table.push(&rows[1]);
        assert!(table.after(before).eq([rows[1].clone()]));
        assert_eq!(table.len(), 4);
        table.clear();
        assert!(table.is_empty() && table.bytes() == 0);
    }

    #[test]
    fn only_whole_rows_are_read_back() {
        let (_, table) = table();
        let written = postcard::to_stdvec(&table).unwrap();
        assert_eq!(postcard::from_bytes::<EventTable>(&written).unwrap(), table);
        let cut = &table.packed[..table.packed.len() - 1];
        let cut = postcard::to_stdvec(&EventTable {
            rows: 3,
            packed: cut.to_vec(),
        });
        assert!(postcard::from_bytes::<EventTable>(&cut.unwrap()).is_err());
    }
}
