//! Disconnects 脱节: the lead of a category passes from hand to hand between two phases, and hours and
//! messages are lost on the way, by the handover equation of the model.

use super::finding::{Finding, Severity, Words};
use super::subject::Subject;
use crate::model::mechanisms::responsibility::handover;
use crate::scenario::CheckedPolicy;
use crate::scenario::acceptance::FindingKind;
use crate::scenario::problem::say;
use crate::scenario::society::Society;
use crate::vocabulary::{Category, Owner, Phase, Vocabulary};

/// A change of lead between two phases that follow each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Category.
    pub category: Category,
    /// The phases before and after it.
    pub phases: [Phase; 2],
    /// Who leads before and after it.
    pub leads: [Owner; 2],
    /// Hours lost.
    pub hours: f64,
    /// Probability that a message is lost.
    pub lost: f64,
}

/// All changes of lead of a policy; where nobody leads, that is a finding of its own.
pub(super) fn changes(policy: &CheckedPolicy, society: &Society) -> Vec<Change> {
    let levers = &policy.policy.responsibility;
    let mut found = Vec::new();
    for &category in Category::ALL {
        let lead = &policy.matrix.lead[category];
        for pair in Phase::ALL.windows(2) {
            let phases = [pair[0], pair[1]];
            if let [Some(one), Some(other)] = phases.map(|phase| lead[phase])
                && one != other
            {
                let (hours, lost) = handover(levers, lead, phases, society);
                found.push(Change {
                    category,
                    phases,
                    leads: [one, other],
                    hours,
                    lost,
                });
            }
        }
    }
    found
}

/// A finding for each change of lead.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let changes = changes(subject.policy, &subject.society.society);
    changes
        .iter()
        .map(|change| disconnect(subject, change))
        .collect()
}

fn disconnect(subject: &Subject<'_>, change: &Change) -> Finding {
    let &Change {
        category,
        phases,
        leads,
        hours,
        lost,
    } = change;
    let percent = lost * 100.0;
    let roles = leads.map(Owner::role);
    let what = Words::of(|language| {
        let category = category.word(language);
        let [from, to] = phases.map(|phase| phase.word(language));
        let [one, other] = leads.map(|owner| owner.word(language));
        let how = match (roles[0] == roles[1], language) {
            (true, _) => language.pick("换了层级", "another level"),
            (false, _) => language.pick("换了部门", "another role"),
        };
        say!(
            language,
            "{category}: 脱节,{from} → {to} 牵头单位由 {one} 换成 {other}({how}),损失 {hours:.1} 小时,信息丢失概率 {percent:.0} %",
            "{category}: disconnect from {from} to {to}, the lead passes from {one} to {other} ({how}); {hours:.1} hours and {percent:.0} % of messages are lost"
        )
    });
    let remedy = Words::fixed([
        "让同一单位牵头前后两个阶段,或提高 responsibility.linkage(联动要花钱)以缩短交接。",
        "let one owner lead both phases, or shorten the handover by responsibility.linkage (it is paid for).",
    ]);
    let matrix = subject.places.matrix.as_ref();
    let place = |phase: Phase| {
        matrix
            .and_then(|matrix| matrix.lead(category, phase))
            .cloned()
    };
    let words = [
        ["由此接手", "taken over here"],
        ["由此交出", "handed over here"],
    ];
    let labels = [phases[1], phases[0]]
        .into_iter()
        .zip(words)
        .filter_map(|(phase, word)| Some((place(phase)?, Words::fixed(word))))
        .collect();
    let about = format!("{}/{}", category.key(), phases[1].key());
    subject.finding(
        FindingKind::Disconnect,
        about,
        Severity::Warning,
        labels,
        [what, remedy],
    )
}
