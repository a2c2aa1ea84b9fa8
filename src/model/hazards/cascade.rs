//! Cascades: an uncontained event sets off others.
//!
//! *Equation.* The number of children of a kind is the Poisson quantile of one uniform at the
//! expected number (times the park multiplier where plants stand close together); the identity of
//! the j-th child is a hash of parent, kind and j, so the same child meets every policy. The spectral
//! radius of the table is checked below 0.9 when a society is loaded.

use crate::model::random::{Stream, child_identity, poisson_quantile};
use crate::scenario::tables::{CascadeRow, Trigger};
use crate::vocabulary::{Kind, Vocabulary};

/// A child that waits to be handled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Child {
    /// Its identity.
    pub identity: u64,
    /// Identity of its parent.
    pub parent: u64,
    /// Its generation (1 = child of a root).
    pub generation: u32,
    /// Its kind.
    pub kind: Kind,
    /// County in which it happens.
    pub county: u32,
}

/// What an event may set off.
#[derive(Clone, Copy, Debug)]
pub struct Parent {
    /// Identity.
    pub identity: u64,
    /// Generation.
    pub generation: u32,
    /// Kind.
    pub kind: Kind,
    /// County.
    pub county: u32,
}

/// Adds the children of a trigger to `queue`. `times` multiplies the expected number.
pub fn children(
    parent: Parent,
    trigger: Trigger,
    times: impl Fn(Kind) -> f64,
    rows: &[CascadeRow],
    stream: Stream,
    queue: &mut Vec<Child>,
) {
    for (number, row) in rows.iter().enumerate() {
        if row.trigger != trigger {
            continue;
        }
        let mean = row.expected_children * times(row.to);
        let count = poisson_quantile(mean, stream.uniform(parent.identity, number as u32, 0));
        for j in 0..count {
            queue.push(Child {
                identity: child_identity(
                    parent.identity,
                    row.to.number() as u32 | (number as u32) << 8,
                    j,
                ),
                parent: parent.identity,
                generation: parent.generation + 1,
                kind: row.to,
                county: parent.county,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::random::Purpose;

    #[test]
    fn more_risk_only_adds_children() {
        let rows = [CascadeRow {
            trigger: Trigger::Event(Kind::Chemicals),
            to: Kind::Fire,
            expected_children: 0.3,
        }];
        let stream = Stream::new(1, 0, Purpose::Cascades);
        for identity in 1..2000_u64 {
            let parent = Parent {
                identity,
                generation: 0,
                kind: Kind::Chemicals,
                county: 3,
            };
            let (mut few, mut many) = (Vec::new(), Vec::new());
            children(
                parent,
                Trigger::Event(Kind::Chemicals),
                |_| 1.0,
                &rows,
                stream,
                &mut few,
            );
            children(
                parent,
                Trigger::Event(Kind::Chemicals),
                |_| 3.0,
                &rows,
                stream,
                &mut many,
            );
            assert!(few.len() <= many.len());
            assert!(few.iter().all(|child| many.contains(child)));
        }
    }
}
