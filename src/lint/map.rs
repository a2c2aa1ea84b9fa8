//! Who leads which duty under a policy, and where the lint finds gaps, overlaps and disconnects: plain
//! values for tables and charts.

use super::disconnect::{self, Change};
use super::duties::Judgement;
use crate::scenario::CheckedPolicy;
use crate::scenario::society::Society;
use crate::vocabulary::{Category, Owner, Phase, Vocabulary};

/// One cell of the matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DutyCell {
    /// Category; `None` = unregulated sources, which have a cell of their own where the matrix says so.
    pub category: Option<Category>,
    /// Phase.
    pub phase: Phase,
    /// Who leads.
    pub lead: Option<Owner>,
    /// What is wrong with it.
    pub judgement: Judgement,
}

/// The matrix of a policy as the lint judges it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DutyMap {
    /// Cells, by category and phase; those of unregulated sources last.
    pub cells: Vec<DutyCell>,
    /// Changes of lead between phases.
    pub changes: Vec<Change>,
}

impl DutyMap {
    /// Of a policy in its society.
    pub fn of(policy: &CheckedPolicy, society: &Society) -> Self {
        let matrix = &policy.matrix;
        let mut cells = Vec::new();
        for &category in Category::ALL {
            for &phase in Phase::ALL {
                let lead = matrix.lead[category][phase];
                cells.push(DutyCell {
                    category: Some(category),
                    phase,
                    lead,
                    judgement: Judgement::of(&matrix.share[category][phase], lead),
                });
            }
        }
        for &phase in Phase::ALL {
            if let Some(shares) = &matrix.novel_share[phase] {
                // Nobody leads an unregulated source in the model; that is no finding.
                let Judgement { gap, overlap, .. } = Judgement::of(shares, None);
                cells.push(DutyCell {
                    category: None,
                    phase,
                    lead: None,
                    judgement: Judgement {
                        gap,
                        overlap,
                        ..Judgement::default()
                    },
                });
            }
        }
        DutyMap {
            cells,
            changes: disconnect::changes(policy, society),
        }
    }
}
