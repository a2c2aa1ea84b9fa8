//! Owners without the staff for their duties: a duty that is assigned takes staff time.
//!
//! Duties and staff are the model's (`required_k` and `staff_k` of the responsibility mechanism). That
//! staff falls short of duties is customary; a finding is an owner for whom the policy makes it much
//! worse than it is under the baseline, or who has no staff at all.

use super::finding::{Finding, Severity, Words};
use super::subject::Subject;
use crate::scenario::acceptance::FindingKind;
use crate::scenario::problem::say;
use crate::scenario::source::Place;
use crate::vocabulary::{Category, Owner, Phase, Vocabulary};

/// A finding is an owner who has staff for less than this part of what is customary (assumption).
const WORSE: f64 = 2.0 / 3.0;

/// What moves staff without moving duties.
const STAFF_LEVERS: [&str; 5] = [
    "criteria.grassroots_share",
    "responsibility.staff_follow_duties",
    "responsibility.assessment_tours",
    "responsibility.listing",
    "responsibility.talks",
];

/// Owners with more duty than the baseline gives them, each; those who lose staff, together.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut robbed = Vec::new();
    for &owner in Owner::ALL {
        let now = subject.engine.workloads[owner];
        let usual = subject.engine.usual_workloads[owner];
        let nobody = now.staff <= 0.0;
        if now.required <= 0.0 || !nobody && now.met() >= WORSE * usual.met() {
            continue;
        }
        if nobody || now.required > usual.required * (1.0 + 1e-9) {
            found.push(overloaded(subject, owner));
        } else {
            robbed.push(owner);
        }
    }
    if !robbed.is_empty() {
        found.push(without_staff(subject, &robbed));
    }
    found
}

/// An owner whose duties grew.
fn overloaded(subject: &Subject<'_>, owner: Owner) -> Finding {
    let now = subject.engine.workloads[owner];
    let usual = subject.engine.usual_workloads[owner].met() * 100.0;
    let (required, staff, met) = (now.required, now.staff, now.met() * 100.0);
    let what = Words::of(|language| {
        let owner = owner.word(language);
        say!(
            language,
            "{owner}: 所承担的责任需要 {required:.0} 人,只有 {staff:.0} 人,能完成 {met:.0} %(惯常为 {usual:.0} %)",
            "{owner}: the duties take {required:.0} people, there are {staff:.0}, enough for {met:.0} % (customarily {usual:.0} %)"
        )
    });
    let remedy = Words::fixed([
        "减小该单位在矩阵中的 share,或提高 responsibility.staff_follow_duties,使人随责走。",
        "lower the owner's shares in the matrix, or raise responsibility.staff_follow_duties, so that staff follows duties.",
    ]);
    let mut labels: Vec<(Place, Words)> = heaviest(subject, owner)
        .map(|place| {
            (
                place,
                Words::fixed(["增加最多的一项责任", "the duty that grew most"]),
            )
        })
        .into_iter()
        .collect();
    labels.extend(subject.labels(
        &["responsibility.matrix"],
        &Words::fixed(["此矩阵", "this matrix"]),
    ));
    let severity = if now.staff <= 0.0 {
        Severity::Error
    } else {
        Severity::Warning
    };
    let kind = FindingKind::UnderstaffedOwner;
    subject.finding(kind, owner.key(), severity, labels, [what, remedy])
}

/// The line of the duty by which an owner's workload grew most against the baseline; where none grew,
/// that of the largest.
fn heaviest(subject: &Subject<'_>, owner: Owner) -> Option<Place> {
    let work = &subject.society.society.government.workload_share;
    let (now, usual) = (&subject.policy.matrix, &subject.baseline.matrix);
    let most = |size: &dyn Fn(Category, Phase) -> f64| {
        let mut most: Option<(f64, Category, Phase)> = None;
        for &category in Category::ALL {
            for &phase in Phase::ALL {
                let size = size(category, phase) * work[category][phase];
                if size > most.map_or(0.0, |(most, ..)| most) {
                    most = Some((size, category, phase));
                }
            }
        }
        most
    };
    let share = |category: Category, phase: Phase| now.share[category][phase][owner];
    let grown = |category: Category, phase: Phase| {
        share(category, phase) - usual.share[category][phase][owner]
    };
    let (_, category, phase) = most(&grown).or_else(|| most(&share))?;
    let matrix = subject.places.matrix.as_ref()?;
    matrix.share(Some(category), phase, owner).cloned()
}

/// Owners who keep their duties and lose their staff.
fn without_staff(subject: &Subject<'_>, owners: &[Owner]) -> Finding {
    let figures = |language| {
        let part = |owner: &Owner| {
            let (now, usual) = (
                subject.engine.workloads[*owner],
                subject.engine.usual_workloads[*owner],
            );
            let (word, now, usual) = (owner.word(language), now.met() * 100.0, usual.met() * 100.0);
            format!("{word} {usual:.0} → {now:.0} %")
        };
        let parts: Vec<String> = owners.iter().map(part).collect();
        parts.join(language.pick("、", "; "))
    };
    let what = Words::of(|language| {
        let figures = figures(language);
        say!(
            language,
            "责任未减,人员却被调走,能完成的份额: {figures}",
            "duties stay and staff goes; share of the duties for which there are people: {figures}"
        )
    });
    let remedy = Words::fixed([
        "减小人员下沉的幅度,或在矩阵中把这些单位的责任一并下放。",
        "move less staff, or move the duties of these owners with it (a matrix of the policy's own).",
    ]);
    let moved = Words::fixed(["由此调走人员", "this takes the staff away"]);
    let own: Vec<&str> = STAFF_LEVERS
        .into_iter()
        .filter(|key| {
            let value = subject.places.value(key);
            value.is_some_and(|value| !subject.is_usual(key, value))
        })
        .collect();
    let about = own.first().copied().unwrap_or("staff");
    let labels = subject.labels(&own, &moved);
    let kind = FindingKind::UnderstaffedOwner;
    subject.finding(kind, about, Severity::Warning, labels, [what, remedy])
}
