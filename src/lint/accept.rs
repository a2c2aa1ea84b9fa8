//! What a policy declares as intended: the finding stays, and weighs nothing.

use super::finding::{Finding, Severity, Words};
use super::subject::Subject;
use crate::scenario::acceptance::{Acceptance, FindingKind};
use crate::scenario::problem::say;

/// Marks accepted findings; an acceptance that meets nothing is a finding itself, because it would hide
/// the next one.
pub(super) fn apply(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for acceptance in &subject.places.accepted {
        let mut met = false;
        for finding in found
            .iter_mut()
            .filter(|finding| meets(subject, acceptance, finding))
        {
            finding.accepted = Some(acceptance.reason.clone());
            met = true;
        }
        if !met {
            found.push(unused(subject, acceptance));
        }
    }
}

fn meets(subject: &Subject<'_>, acceptance: &Acceptance, finding: &Finding) -> bool {
    let about = acceptance.about.is_empty() || acceptance.about == finding.about;
    acceptance.kind == finding.kind && about && subject.places.is_own(&finding.labels[0].0)
}

fn unused(subject: &Subject<'_>, acceptance: &Acceptance) -> Finding {
    let name = format!(
        "{} {}",
        crate::vocabulary::Vocabulary::key(acceptance.kind),
        acceptance.about
    );
    let name = name.trim().to_owned();
    let what = Words::of(|language| {
        say!(
            language,
            "声明 `{name}` 为有意安排,但本文件中没有这样的发现",
            "`{name}` is accepted, and there is no such finding in this file"
        )
    });
    let remedy = Words::fixed([
        "删去这一行,以免日后掩盖真正的问题。",
        "delete the line, lest it hide a finding to come.",
    ]);
    let labels = vec![(acceptance.place.clone(), Words::fixed(["未用到", "unused"]))];
    let kind = FindingKind::UnusedAcceptance;
    subject.finding(kind, name, Severity::Warning, labels, [what, remedy])
}
