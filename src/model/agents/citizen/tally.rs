//! What changes in the sums of a county, counted lane by lane: adding lanes together costs more than the rest of a
//! decision, so it is done once for many blocks.

use multiversion::multiversion;

use crate::model::lanes::LANES;

/// Blocks after which lanes could overflow: each adds 1 to a byte, 255 to two bytes.
const BLOCKS: u8 = 127;

/// What a review changes in the sums of a county.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Measures taken, by income fifth.
    pub(super) prepared: [i32; 5],
    /// Household covers, by income fifth.
    pub(super) insured: [i32; 5],
    /// Sum of the trust bytes.
    pub(super) trust: i64,
    /// Sum of the grievance bytes.
    pub(super) grievance: i64,
}

impl Changes {
    /// Those of two parts of a county.
    pub(super) fn plus(self, other: Changes) -> Changes {
        let both = |a: [i32; 5], b: [i32; 5]| std::array::from_fn(|fifth| a[fifth] + b[fifth]);
        Changes {
            prepared: both(self.prepared, other.prepared),
            insured: both(self.insured, other.insured),
            trust: self.trust + other.trust,
            grievance: self.grievance + other.grievance,
        }
    }
}

/// Changes by lane.
pub(super) struct Tally {
    pub(super) prepared: [[i8; LANES]; 5],
    pub(super) insured: [[i8; LANES]; 5],
    pub(super) trust: [i16; LANES],
    pub(super) grievance: [i16; LANES],
    blocks: u8,
    changes: Changes,
}

impl Tally {
    pub(super) fn new() -> Self {
        Tally {
            prepared: [[0; LANES]; 5],
            insured: [[0; LANES]; 5],
            trust: [0; LANES],
            grievance: [0; LANES],
            blocks: 0,
            changes: Changes::default(),
        }
    }

    /// Makes room for another block.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every version")]
    pub(super) fn begin_block(&mut self) {
        if self.blocks == BLOCKS {
            *self = Tally {
                changes: self.changes(),
                ..Tally::new()
            };
        }
        self.blocks += 1;
    }

    /// All that was counted.
    pub(super) fn changes(&self) -> Changes {
        changes(self)
    }
}

/// Apart from the kernel, whose registers it would take.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn changes(tally: &Tally) -> Changes {
    let mut changes = tally.changes;
    for fifth in 0..5 {
        changes.prepared[fifth] += of_bytes(&tally.prepared[fifth]);
        changes.insured[fifth] += of_bytes(&tally.insured[fifth]);
    }
    changes.trust += of_pairs(&tally.trust);
    changes.grievance += of_pairs(&tally.grievance);
    changes
}

/// Sum of bytes: counted from −128 on, for machines add bytes without a sign at one stroke.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn of_bytes(lanes: &[i8; LANES]) -> i32 {
    let mut sum = 0;
    for lane in lanes {
        sum += u32::from(lane.cast_unsigned() ^ 0x80);
    }
    sum.cast_signed() - 128 * LANES as i32
}

/// Sum of two bytes each.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
fn of_pairs(lanes: &[i16; LANES]) -> i64 {
    let mut sum = 0;
    for lane in lanes {
        sum += i32::from(*lane);
    }
    sum.into()
}
