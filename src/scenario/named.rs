//! The policies of an experiment: named, read, and in force; and the cells of a grid.

use crate::scenario::InputKind;
use crate::scenario::checked::{CheckedPolicy, CheckedSociety};
use crate::scenario::load::{ReadPolicy, policy_at};
use crate::scenario::problem::Problems;
use crate::scenario::resolve::{find, key_of};
use crate::scenario::source::{Origin, Place};

/// A policy by name, with the place of the name.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) origin: Origin,
    pub(super) place: Option<Place>,
}

/// A policy of an experiment as it is named.
#[derive(Debug)]
pub(super) enum Named {
    One(Name),
    /// All of the first but the sharing table, which is the second's.
    Crossed {
        allocation: Name,
        sharing: Name,
    },
}

/// A policy of an experiment as read.
pub(super) enum Read {
    One(ReadPolicy),
    Crossed {
        allocation: Box<ReadPolicy>,
        sharing: Box<ReadPolicy>,
    },
}

impl Name {
    /// Key of the policy that is meant.
    pub(super) fn key(&self) -> String {
        find(InputKind::Policy, &self.text, &self.origin, None)
            .map_or_else(|_| self.text.clone(), |source| key_of(&source))
    }

    pub(super) fn read(&self, sets: &[String], problems: &mut Problems) -> Option<ReadPolicy> {
        policy_at(
            &self.text,
            &self.origin,
            self.place.as_ref(),
            sets,
            problems,
        )
    }
}

impl Named {
    pub(super) fn key(&self) -> String {
        match self {
            Named::One(name) => name.key(),
            Named::Crossed {
                allocation,
                sharing,
            } => format!("{}+{}", allocation.key(), sharing.key()),
        }
    }

    pub(super) fn read(&self, sets: &[String], problems: &mut Problems) -> Option<Read> {
        Some(match self {
            Named::One(name) => Read::One(name.read(sets, problems)?),
            Named::Crossed {
                allocation,
                sharing,
            } => {
                let (allocation, sharing) = (
                    allocation.read(sets, problems),
                    sharing.read(sets, problems),
                );
                Read::Crossed {
                    allocation: Box::new(allocation?),
                    sharing: Box::new(sharing?),
                }
            }
        })
    }
}

impl Read {
    pub(super) fn in_force(
        self,
        society: &CheckedSociety,
        problems: &mut Problems,
    ) -> Option<CheckedPolicy> {
        match self {
            Read::One(policy) => policy.in_force(society, problems),
            Read::Crossed {
                allocation,
                sharing,
            } => {
                let allocation = allocation.in_force(society, problems)?;
                let sharing = sharing.in_force(society, problems)?;
                Some(cross(&allocation, &sharing))
            }
        }
    }
}

/// One cell of a grid: who is responsible from one policy, how losses are shared from another.
fn cross(allocation: &CheckedPolicy, sharing: &CheckedPolicy) -> CheckedPolicy {
    let mut crossed = allocation.clone();
    crossed.key = format!("{}+{}", allocation.key, sharing.key);
    crossed.policy.sharing = sharing.policy.sharing.clone();
    let join = |own: &str, other: &str| format!("{own} × {other}");
    crossed.policy.name_zh = join(&allocation.policy.name_zh, &sharing.policy.name_zh);
    crossed.policy.name_en = join(&allocation.policy.name_en, &sharing.policy.name_en);
    crossed
}
