//! What the report says of the policies besides their figures: what `check` finds in them, and how the run
//! is repeated.

use std::collections::BTreeMap;

use crate::experiment::simulator::Simulator;
use crate::lint::{Finding, Linter};
use crate::model::Regime;
use crate::report::html::{Data, FindingsByPolicy};
use crate::scenario::{self, CheckedExperiment, CheckedPolicy};

/// What the lint finds in each policy that has a name of its own, by its key.
pub(super) fn findings(
    checked: &CheckedExperiment,
    simulator: &Simulator,
    sets: &[String],
) -> BTreeMap<String, Vec<Finding>> {
    let society = &checked.society;
    let baseline = &society.society.baseline;
    let names = std::iter::once(baseline).chain(&checked.experiment.policies);
    let mut placed: Vec<_> = names
        .filter_map(|name| scenario::load_placed_policy(name, society, sets).ok())
        .filter(|(own, _)| checked.policies.iter().any(|policy| policy.key == own.key))
        .collect();
    placed.dedup_by(|one, other| one.0.key == other.0.key);
    let (society, baseline) = (society.clone(), checked.baseline.clone());
    let known = |(policy, _): &_| known(checked, simulator, policy);
    let regimes: Option<Vec<&Regime>> = placed.iter().map(known).collect();
    let findings = match regimes {
        Some(regimes) => {
            let linter = Linter::of(society, baseline, simulator.model());
            let placed = placed.iter().zip(regimes);
            placed
                .map(|((policy, places), regime)| linter.findings_under(regime, policy, places))
                .collect()
        }
        None => Linter::new(society, baseline).findings(&placed),
    };
    let keys = placed.into_iter().map(|(policy, _)| policy.key);
    keys.zip(findings).collect()
}

/// What was worked out for the runs of a policy, if the lint would work out the same.
fn known<'a>(
    checked: &CheckedExperiment,
    simulator: &'a Simulator,
    policy: &CheckedPolicy,
) -> Option<&'a Regime> {
    let mut policies = checked.policies.iter();
    let number = policies.position(|own| own == policy)?;
    let same = checked.experiment.equal_budget;
    same.then(|| &simulator.regimes()[number])
}

/// Puts what the lint found before, if anything is given, in the place of what pages say of it.
pub(super) fn put(found: Option<&FindingsByPolicy>, pages: &mut Data) {
    for policy in &mut pages.policies {
        if let Some(own) = found.and_then(|all| all.get(&policy.label.key)) {
            policy.findings.clone_from(own);
        }
    }
}

/// The arguments that give the same results: without what concerns only where they go, how fast they
/// come, in what parts, and what is shown meanwhile.
pub(super) fn repeating(arguments: &[String]) -> Vec<String> {
    const ALONE: [&str; 3] = ["--force", "--quiet", "--resume"];
    const WITH_VALUE: [&str; 4] = ["--out", "--threads", "--shard", "--checkpoint-every"];
    let mut kept = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let name = argument.split('=').next().unwrap_or(argument);
        if WITH_VALUE.contains(&name) {
            if name == argument {
                rest.next();
            }
        } else if !ALONE.contains(&name) {
            kept.push(quoted(argument));
        }
    }
    kept
}

/// An argument as a shell takes it.
fn quoted(argument: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_=./,:%+".contains(c);
    if !argument.is_empty() && argument.chars().all(plain) {
        argument.to_owned()
    } else {
        format!("'{}'", argument.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_no_result_is_left_out() {
        let typed = [
            "compare",
            "china-2020",
            "--threads",
            "4",
            "--out=x",
            "--quiet",
            "--resume",
            "--checkpoint-every",
            "52",
            "--shard",
            "2/3",
            "--set",
            "policy.a=[\"b c\"]",
        ];
        let typed = typed.map(str::to_owned);
        assert_eq!(
            repeating(&typed),
            ["compare", "china-2020", "--set", "'policy.a=[\"b c\"]'"]
        );
    }
}
