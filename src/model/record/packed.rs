//! How the row of an event is packed: a fourth of its room in memory, for there are millions of them.
//!
//! | bytes | what |
//! |---|---|
//! | 2 | length of the row |
//! | 4 | what follows, and what is true of the event: a bit each |
//! | 1 | kind |
//! | 8 | identity |
//! | the rest | what follows, in the order of [`unpacked`] |
//!
//! Whole numbers take seven bits a byte, the lowest first; the highest bit of a byte says that another follows. Money
//! has its sign in the lowest bit. Of most reals that occur (0, 1, small whole numbers) the last bits are zero: turned
//! round, they are small whole numbers. What is zero or as usual does not follow.

use super::{EventRow, Fen, Report};
use crate::model::settlement::ledger::BEARERS;
use crate::vocabulary::{Kind, Owner, Phase, Vocabulary};

/// Bytes at the beginning of every row.
const HEAD: usize = 15;
/// Where in it the kind stands.
pub(super) const KIND: usize = 6;
/// Where in it the identity begins.
const IDENTITY: usize = 7;

/// The bits: the first are of the bearers, in their order.
const PARENT: u32 = 1 << BEARERS;
pub(super) const CHILD: u32 = PARENT << 1;
pub(super) const DEATHS: u32 = PARENT << 2;
const OTHERWISE_REPORTED: u32 = PARENT << 3;
const INJURIES: u32 = PARENT << 4;
const COUNTIES: u32 = PARENT << 5;
const CHILDREN: u32 = PARENT << 6;
const MAGNITUDE: u32 = PARENT << 7;
const WARNED: u32 = PARENT << 8;
const HOURS: u32 = PARENT << 9;
const LEAD: u32 = PARENT << 10;
const PHASE: u32 = PARENT << 11;
const OWNER: u32 = PARENT << 12;
const REPORT: u32 = PARENT << 13;
const CONTAINED: u32 = PARENT << 14;
const NEGLECTED: u32 = PARENT << 15;
const HELPED: u32 = PARENT << 16;
const BELOW_STANDARD: u32 = PARENT << 17;

/// Appends a row.
pub(super) fn pack(row: &EventRow, packed: &mut Vec<u8>) {
    let begin = packed.len();
    packed.extend_from_slice(&[0; HEAD]);
    let mut writer = Writer { packed, follows: 0 };
    writer.all(row);
    let follows = writer.follows;
    let own = &mut packed[begin..];
    let length = own.len() as u16;
    own[..2].copy_from_slice(&length.to_le_bytes());
    own[2..6].copy_from_slice(&follows.to_le_bytes());
    own[KIND] = row.kind as u8;
    own[IDENTITY..HEAD].copy_from_slice(&row.event.to_le_bytes());
}

/// The row that these bytes hold; nothing if they hold none.
pub(super) fn unpacked(bytes: &[u8]) -> Option<EventRow> {
    let mut reader = Reader::new(bytes)?;
    let deaths = reader.number_if(DEATHS)?;
    let loss_fen = reader.money()?;
    let week = reader.small()?;
    let mut row = EventRow {
        week,
        event: identity(bytes)?,
        parent: reader.number_if(PARENT)?,
        generation: reader.small_if(CHILD)?,
        kind: *Kind::ALL.get(usize::from(bytes[KIND]))?,
        province: reader.small()?,
        magnitude: reader.real_if(MAGNITUDE)?,
        warned_share: reader.real_if(WARNED)?,
        hours_to_reach: reader.hours()?,
        contained: reader.is(CONTAINED),
        children: reader.small_if(CHILDREN)?,
        deaths,
        deaths_reported: if reader.is(OTHERWISE_REPORTED) {
            reader.number()?
        } else {
            deaths
        },
        injuries: reader.number_if(INJURIES)?,
        counties: reader.small_if(COUNTIES)?,
        loss_fen,
        borne_fen: [0; BEARERS],
        failed_phase: if reader.is(PHASE) {
            Some(reader.word::<Phase>()?)
        } else {
            None
        },
        failed_owner: if reader.is(OWNER) {
            Some(reader.word::<Owner>()?)
        } else {
            None
        },
        neglected: reader.is(NEGLECTED),
        lead_hours: reader.real_if(LEAD)?,
        helped: reader.is(HELPED),
        below_standard: reader.is(BELOW_STANDARD),
        report: if reader.is(REPORT) {
            reader.word()?
        } else {
            Report::NotApplicable
        },
    };
    for (bearer, fen) in row.borne_fen.iter_mut().enumerate() {
        if reader.is(1 << bearer) {
            *fen = reader.money()?;
        }
    }
    (reader.at == bytes.len()).then_some(row)
}

/// What follows in a row.
pub(super) fn follows(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(2..)?.first_chunk()?))
}

/// Identity of the event of a row.
pub(super) fn identity(bytes: &[u8]) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(IDENTITY..)?.first_chunk()?))
}

/// Bytes of the first of these rows.
pub(super) fn length(bytes: &[u8]) -> Option<usize> {
    let length = u16::from_le_bytes(*bytes.first_chunk()?);
    Some(usize::from(length)).filter(|length| (HEAD..=bytes.len()).contains(length))
}

struct Writer<'a> {
    packed: &'a mut Vec<u8>,
    follows: u32,
}

impl Writer<'_> {
    fn all(&mut self, row: &EventRow) {
        self.number_if(DEATHS, row.deaths);
        self.money(row.loss_fen);
        self.number(u64::from(row.week));
        self.number_if(PARENT, row.parent);
        self.number_if(CHILD, u64::from(row.generation));
        self.number(u64::from(row.province));
        self.real_if(MAGNITUDE, row.magnitude);
        self.real_if(WARNED, row.warned_share);
        self.hours(row.hours_to_reach);
        self.number_if(CHILDREN, u64::from(row.children));
        if self.mark(OTHERWISE_REPORTED, row.deaths_reported != row.deaths) {
            self.number(row.deaths_reported);
        }
        self.number_if(INJURIES, row.injuries);
        self.number_if(COUNTIES, u64::from(row.counties));
        self.word_if(PHASE, row.failed_phase);
        self.word_if(OWNER, row.failed_owner);
        self.real_if(LEAD, row.lead_hours);
        let report = Some(row.report).filter(|report| *report != Report::NotApplicable);
        self.word_if(REPORT, report);
        for (bearer, fen) in row.borne_fen.iter().enumerate() {
            if self.mark(1 << bearer, *fen != 0) {
                self.money(*fen);
            }
        }
        self.mark(CONTAINED, row.contained);
        self.mark(NEGLECTED, row.neglected);
        self.mark(HELPED, row.helped);
        self.mark(BELOW_STANDARD, row.below_standard);
    }

    fn mark(&mut self, bit: u32, is: bool) -> bool {
        self.follows |= if is { bit } else { 0 };
        is
    }

    fn number(&mut self, mut number: u64) {
        while number > 0x7F {
            self.packed.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.packed.push(number as u8);
    }

    fn number_if(&mut self, bit: u32, number: u64) {
        if self.mark(bit, number != 0) {
            self.number(number);
        }
    }

    fn money(&mut self, fen: Fen) {
        self.number((fen << 1 ^ fen >> 63) as u64);
    }

    fn real_if(&mut self, bit: u32, real: f64) {
        self.number_if(bit, real.to_bits().reverse_bits());
    }

    /// Hours have all their bits.
    fn hours(&mut self, hours: f64) {
        if self.mark(HOURS, hours.to_bits() != 0) {
            self.packed.extend_from_slice(&hours.to_le_bytes());
        }
    }

    fn word_if<V: Vocabulary>(&mut self, bit: u32, word: Option<V>) {
        if self.mark(bit, word.is_some()) {
            self.number(word.map_or(0, |word| word.number() as u64));
        }
    }
}

/// Reads what follows the head of a row.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    follows: u32,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        Some(Reader {
            bytes,
            at: HEAD,
            follows: follows(bytes)?,
        })
    }

    fn is(&self, bit: u32) -> bool {
        self.follows & bit != 0
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            number |= u64::from(byte & 0x7F) << shift;
            if byte <= 0x7F {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn number_if(&mut self, bit: u32) -> Option<u64> {
        if self.is(bit) { self.number() } else { Some(0) }
    }

    pub(super) fn small(&mut self) -> Option<u32> {
        self.number()?.try_into().ok()
    }

    fn small_if(&mut self, bit: u32) -> Option<u32> {
        self.number_if(bit)?.try_into().ok()
    }

    pub(super) fn money(&mut self) -> Option<Fen> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn real_if(&mut self, bit: u32) -> Option<f64> {
        Some(f64::from_bits(self.number_if(bit)?.reverse_bits()))
    }

    fn hours(&mut self) -> Option<f64> {
        if !self.is(HOURS) {
            return Some(0.0);
        }
        let bytes = *self.bytes.get(self.at..)?.first_chunk()?;
        self.at += 8;
        Some(f64::from_le_bytes(bytes))
    }

    fn word<V: Vocabulary>(&mut self) -> Option<V> {
        let number = usize::try_from(self.number()?).ok()?;
        V::ALL.get(number).copied()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::experiment::story::tests::event;

    fn reals() -> impl Strategy<Value = f64> {
        prop_oneof![
            Just(0.0),
            Just(-0.0),
            Just(1.0),
            (0..2_000_u32).prop_map(f64::from),
            any::<u64>().prop_map(f64::from_bits),
        ]
    }

    fn numbers() -> impl Strategy<Value = u64> {
        prop_oneof![Just(0), 0..200_u64, any::<u64>()]
    }

    fn rows() -> impl Strategy<Value = EventRow> {
        let counts = [numbers(), numbers(), numbers(), numbers(), numbers()];
        let smalls = prop::array::uniform5(any::<u32>());
        let kind = (0..Kind::ALL.len()).prop_map(|number| Kind::ALL[number]);
        let phase = prop::option::of((0..Phase::ALL.len()).prop_map(|n| Phase::ALL[n]));
        let owner = prop::option::of((0..Owner::ALL.len()).prop_map(|n| Owner::ALL[n]));
        let report = (0..Report::ALL.len()).prop_map(|number| Report::ALL[number]);
        let reals = [reals(), reals(), reals(), reals()];
        let fen = prop_oneof![Just(0), -9..9_i64, any::<i64>()];
        let money = (
            fen,
            prop::array::uniform11(prop_oneof![Just(0), any::<i64>()]),
        );
        let is = prop::array::uniform4(any::<bool>());
        (
            counts,
            smalls,
            reals,
            money,
            (kind, phase, owner, report),
            is,
        )
            .prop_map(
                |(counts, smalls, reals, (loss_fen, borne_fen), words, is)| EventRow {
                    week: smalls[0],
                    event: counts[0],
                    parent: counts[1],
                    generation: smalls[1],
                    kind: words.0,
                    province: smalls[2],
                    magnitude: reals[0],
                    warned_share: reals[1],
                    hours_to_reach: reals[2],
                    contained: is[0],
                    children: smalls[3],
                    deaths: counts[2],
                    deaths_reported: counts[3],
                    injuries: counts[4],
                    counties: smalls[4],
                    loss_fen,
                    borne_fen,
                    failed_phase: words.1,
                    failed_owner: words.2,
                    neglected: is[1],
                    lead_hours: reals[3],
                    helped: is[2],
                    below_standard: is[3],
                    report: words.3,
                },
            )
    }

    /// A row in figures that can be compared: reals by their bits.
    fn told(row: &EventRow) -> String {
        let reals = [
            row.magnitude,
            row.warned_share,
            row.hours_to_reach,
            row.lead_hours,
        ];
        format!("{row:?} {:?}", reals.map(f64::to_bits))
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_back(row in rows()) {
            let mut packed = vec![7];
            pack(&row, &mut packed);
            prop_assert_eq!(length(&packed[1..]), Some(packed.len() - 1));
            let back = unpacked(&packed[1..]);
            prop_assert_eq!(back.as_ref().map(told), Some(told(&row)));
        }

        #[test]
        fn anything_else_is_refused_or_read_without_harm(row in rows(), at in 0..300_usize, byte: u8) {
            let mut packed = Vec::new();
            pack(&row, &mut packed);
            prop_assert_eq!(unpacked(&packed[..packed.len() - 1]), None);
            let at = at % packed.len();
            packed[at] = byte;
            let _ = unpacked(&packed);
        }
    }

    #[test]
    fn an_accident_takes_a_fourth_of_its_row() {
        let row = EventRow {
            week: 300,
            province: 12,
            hours_to_reach: 0.123,
            ..event(u64::MAX / 3, Kind::Fire, 1, 73_000_000)
        };
        let mut packed = Vec::new();
        pack(&row, &mut packed);
        assert_eq!(packed.len(), 46);
        assert!(4 * packed.len() < std::mem::size_of::<EventRow>());
    }
}
