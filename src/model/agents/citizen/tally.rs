//! What changes in the sums of a county, counted lane by lane: adding lanes together costs more than the rest of a
//! decision, so it is done once for many blocks.

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
    #[inline(never)]
    pub(super) fn changes(&self) -> Changes {
        let bytes = |lanes: &[i8; LANES]| lanes.iter().map(|n| i32::from(*n)).sum::<i32>();
        let words = |lanes: &[i16; LANES]| lanes.iter().map(|n| i64::from(*n)).sum::<i64>();
        let mut changes = self.changes;
        for fifth in 0..5 {
            changes.prepared[fifth] += bytes(&self.prepared[fifth]);
            changes.insured[fifth] += bytes(&self.insured[fifth]);
        }
        changes.trust += words(&self.trust);
        changes.grievance += words(&self.grievance);
        changes
    }
}
