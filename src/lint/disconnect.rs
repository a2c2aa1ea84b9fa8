//! Disconnects 脱节: the lead of a category passes from hand to hand between two phases, and hours and
//! messages are lost on the way, by the handover equation of the model.

use super::finding::{Finding, Severity, Words};
use super::subject::Subject;
use crate::model::mechanisms::responsibility::handover;
use crate::scenario::acceptance::FindingKind;
use crate::scenario::problem::say;
use crate::vocabulary::{Category, Owner, Phase, Vocabulary};

/// All changes of lead; where nobody leads, that is a finding of its own.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for &category in Category::ALL {
        let lead = &subject.policy.matrix.lead[category];
        for pair in Phase::ALL.windows(2) {
            if let (Some(one), Some(other)) = (lead[pair[0]], lead[pair[1]])
                && one != other
            {
                found.push(disconnect(
                    subject,
                    category,
                    [pair[0], pair[1]],
                    [one, other],
                ));
            }
        }
    }
    found
}

fn disconnect(
    subject: &Subject<'_>,
    category: Category,
    phases: [Phase; 2],
    leads: [Owner; 2],
) -> Finding {
    let levers = &subject.policy.policy.responsibility;
    let lead = &subject.policy.matrix.lead[category];
    let (hours, lost) = handover(levers, lead, phases, &subject.society.society);
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
