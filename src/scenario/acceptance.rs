//! Findings of the lint, by name, and those that a policy declares as intended.
//!
//! A policy says so in its own file, with the reason:
//! ```toml
//! [lint.accept]
//! gap = "gaps are what this policy is about"
//! "disconnect natural/respond" = "command passes to the county government by law"
//! ```
//! It holds for this file (and the matrix that it names), not for files that extend it: whoever
//! changes a thing answers for it anew.

use crate::scenario::declaration::nearest_of;
use crate::scenario::problem::{LintProblem, Problems};
use crate::scenario::source::Place;
use crate::scenario::written::{Entry, Raw};
use crate::vocabulary::{Vocabulary, vocabulary};

vocabulary! {
    /// What the lint looks for.
    FindingKind {
        Gap = "gap", "缺位", "gap";
        Overlap = "overlap", "重叠", "overlap";
        Disconnect = "disconnect", "脱节", "disconnect";
        NoLead = "no-lead", "无人牵头", "nobody leads";
        LeadWithoutDuty = "lead-without-duty", "牵头而无责任", "lead without duty";
        UnderstaffedOwner = "understaffed-owner", "人员不足", "owner without the staff";
        DeadLayer = "dead-layer", "赔付层落空", "layer that never pays";
        IdleLever = "idle-lever", "措施无效果", "lever without effect";
        UnservedCriterion = "unserved-criterion", "准则无措施支撑", "criterion that no lever serves";
        UnusedAcceptance = "unused-acceptance", "多余的声明", "acceptance of nothing";
    }
}

/// The table of a policy file in which findings are declared as intended.
pub(crate) const TABLE: &str = "policy.lint.accept";

/// A finding that a policy declares as intended.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptance {
    /// Which kind of finding.
    pub kind: FindingKind,
    /// About what (`accident/warn`, `sharing.pool.limit_yuan` …); empty = all of the kind.
    pub about: String,
    /// Why.
    pub reason: String,
    /// Where it is written.
    pub place: Place,
}

/// Reads what the table `lint` of a policy says.
pub(crate) fn read(entries: &[Entry], problems: &mut Problems) -> Vec<Acceptance> {
    let mut accepted = Vec::new();
    for entry in entries {
        match acceptance(entry) {
            Ok(acceptance) => accepted.push(acceptance),
            Err(problem) => problems.push(problem),
        }
    }
    accepted
}

fn acceptance(entry: &Entry) -> Result<Acceptance, LintProblem> {
    let place = entry.key_place.clone();
    let below = entry.key.strip_prefix(TABLE);
    let Some(name) = below.and_then(|rest| rest.strip_prefix('.')) else {
        let key = entry.key.clone();
        return Err(LintProblem::NotATable { key, place });
    };
    let (word, about) = name.split_once(' ').unwrap_or((name, ""));
    let Some(kind) = FindingKind::from_key(word) else {
        let known: Vec<&str> = FindingKind::ALL.iter().map(|kind| kind.key()).collect();
        return Err(LintProblem::UnknownFinding {
            name: word.to_owned(),
            nearest: nearest_of(word, known.iter().copied()).map(str::to_owned),
            known: known.into_iter().map(str::to_owned).collect(),
            place,
        });
    };
    match &entry.value {
        Raw::Text(reason) if !reason.trim().is_empty() => Ok(Acceptance {
            kind,
            about: about.trim().to_owned(),
            reason: reason.trim().to_owned(),
            place,
        }),
        _ => Err(LintProblem::NoReason {
            name: name.to_owned(),
            place: entry.value_place.clone(),
        }),
    }
}
