//! Alarms for the user: what makes the numbers less than they seem.

use serde::Serialize;

use super::plan::Plan;
use super::run::Failure;
use super::sample::{Sample, SelfChecks};
use super::summary::PolicySummary;
use crate::measures::{Measure, Part, Subject};
use crate::vocabulary::{Bearer, Grade, Language, Vocabulary};

/// A warning in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Short name, stable for programs.
    pub code: &'static str,
    /// Chinese text.
    pub zh: String,
    /// English text.
    pub en: String,
}

impl Warning {
    /// The text in a language.
    pub fn word(&self, language: Language) -> &str {
        language.pick(&self.zh, &self.en)
    }
}

/// The figures that the terminal table shows, in its order.
pub fn headline() -> [Subject; 6] {
    [
        Subject::whole(Measure::Deaths),
        Subject::of_part(Measure::Accidents, Part::Grade(Grade::Major)),
        Subject::whole(Measure::DirectLoss),
        Subject::whole(Measure::PublicMoney),
        Subject::of_part(Measure::LossBorneShare, Part::Bearer(Bearer::Residents)),
        Subject::whole(Measure::WeeksTo90),
    ]
}

/// Short words for a headline figure.
pub fn headline_word(subject: Subject, language: Language) -> &'static str {
    match subject.measure {
        Measure::Accidents => language.pick("重特大事故(死亡≥10人)", "major accidents (≥ 10 dead)"),
        Measure::LossBorneShare => language.pick("居民自担份额", "residents' share of loss"),
        Measure::WeeksTo90 => language.pick("恢复时间(至90%)", "recovery time (to 90 %)"),
        measure => measure.word(language),
    }
}

/// All warnings of a finished experiment.
pub fn warnings(
    plan: &Plan,
    sample: &Sample,
    policies: &[PolicySummary],
    failures: &[Failure],
) -> Vec<Warning> {
    let mut list = of_runs(&sample.checked(plan), failures);
    identical_policies(plan, sample, &mut list);
    coinciding_replications(plan, sample, &mut list);
    wide_intervals(policies, &mut list);
    list
}

/// Alarms about single runs: replications that broke off, self-checks that failed.
pub fn of_runs(policies: &[(&str, &SelfChecks)], failures: &[Failure]) -> Vec<Warning> {
    let mut list = Vec::new();
    failed(policies, failures, &mut list);
    self_checks(policies, &mut list);
    list
}

fn failed(policies: &[(&str, &SelfChecks)], failures: &[Failure], list: &mut Vec<Warning>) {
    for failure in failures {
        let number = failure.replication + 1;
        let key = failure.policy.map_or("–", |policy| policies[policy].0);
        let message = &failure.message;
        list.push(Warning {
            code: "replication-failed",
            zh: format!("第{number}次模拟中断并已剔除(政策 {key}):{message}。请报告此问题"),
            en: format!(
                "replication {number} broke off and is left out (policy {key}): {message}; please report it"
            ),
        });
    }
}

fn self_checks(policies: &[(&str, &SelfChecks)], list: &mut Vec<Warning>) {
    for (key, checked) in policies {
        let (failed, cut) = (checked.failed.len(), checked.sum.cut_generations);
        if failed > 0 {
            list.push(Warning {
                code: "self-check-failed",
                zh: format!("政策 {key} 有 {failed} 次模拟未通过自检，结果不可采用(见 manifest.json)"),
                en: format!(
                    "{failed} runs of policy {key} failed a self-check: do not use the results (see manifest.json)"
                ),
            });
        }
        if cut > 0 {
            list.push(Warning {
                code: "cascade-cut",
                zh: format!("政策 {key} 有 {cut} 起次生事件因达到最大代数而被截断"),
                en: format!(
                    "policy {key}: {cut} secondary events were cut at the greatest generation"
                ),
            });
        }
    }
}

fn same_bits(left: &[f64], right: &[f64]) -> bool {
    left.iter()
        .map(|x| x.to_bits())
        .eq(right.iter().map(|x| x.to_bits()))
}

fn identical_policies(plan: &Plan, sample: &Sample, list: &mut Vec<Warning>) {
    for (second, right) in sample.policies.iter().enumerate() {
        let twin = sample.policies[..second].iter().position(|left| {
            left.figures
                .iter()
                .zip(&right.figures)
                .all(|(l, r)| same_bits(l, r))
        });
        if let Some(first) = twin {
            let (a, b) = (&plan.policies[first].key, &plan.policies[second].key);
            list.push(Warning {
                code: "identical-policies",
                zh: format!("政策 {a} 与 {b} 的结果完全相同：请核对两者的参数是否真有差别、差别是否生效"),
                en: format!(
                    "policies {a} and {b} give identical output: check that their levers differ and take effect"
                ),
            });
        }
    }
}

fn coinciding_replications(plan: &Plan, sample: &Sample, list: &mut Vec<Warning>) {
    let figures = &sample.policies[plan.baseline].figures;
    let row = |r: usize| -> Vec<u64> { figures.iter().map(|values| values[r].to_bits()).collect() };
    let mut rows: Vec<(Vec<u64>, usize)> = (0..sample.replications.len())
        .map(|r| (row(r), r))
        .collect();
    rows.sort();
    let same = rows
        .windows(2)
        .filter(|pair| pair[0].0 == pair[1].0)
        .count();
    if same > 0 {
        list.push(Warning {
            code: "coinciding-replications",
            zh: format!("有 {same} 次模拟与另一次完全重合：区间会偏窄，请核对随机数种子或是否没有风险来源"),
            en: format!(
                "{same} replications coincide with another: intervals are too narrow; check the seed, or whether nothing can happen"
            ),
        });
    }
}

/// One warning for all policies whose difference to the baseline is not resolved.
fn wide_intervals(policies: &[PolicySummary], list: &mut Vec<Warning>) {
    let unresolved: Vec<(&PolicySummary, Vec<Subject>)> = policies
        .iter()
        .map(|policy| (policy, unresolved(policy)))
        .filter(|(_, subjects)| !subjects.is_empty())
        .collect();
    if unresolved.is_empty() {
        return;
    }
    let names = |language: Language, mark: &str, brackets: [&str; 2], between: &str| {
        let one = |(policy, subjects): &(&PolicySummary, Vec<Subject>)| {
            // The key of a variant spells out its levers; its name is meant to be read.
            let key = if policy.key.contains('[') {
                policy.word(language)
            } else {
                &policy.key
            };
            let words: Vec<_> = subjects
                .iter()
                .map(|s| headline_word(*s, language))
                .collect();
            format!("{key}{}{}{}", brackets[0], words.join(mark), brackets[1])
        };
        unresolved.iter().map(one).collect::<Vec<_>>().join(between)
    };
    list.push(Warning {
        code: "interval-wider-than-effect",
        zh: format!(
            "与基准之差在现有模拟次数下尚难区分：{}。可增加 --replications",
            names(Language::Chinese, "、", ["(", ")"], "；")
        ),
        en: format!(
            "the interval is wider than the difference to the baseline: {}; more --replications may resolve it",
            names(Language::English, ", ", [" (", ")"], "; ")
        ),
    });
}

fn unresolved(policy: &PolicySummary) -> Vec<Subject> {
    let open = |subject: &Subject| {
        let difference = policy.figure(*subject).and_then(|figure| figure.difference);
        difference.is_some_and(|d| !d.resolved && !d.negligible)
    };
    headline().into_iter().filter(open).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::summary::Summary;
    use crate::experiment::synthetic;

    fn codes(policies: &[usize], replications: &[u32]) -> Vec<&'static str> {
        let plan = synthetic::plan(policies, replications.len() as u32, 3);
        let sample = synthetic::sample(&plan, policies, replications.iter().copied());
        Summary::of(&plan, &sample, &[])
            .warnings
            .iter()
            .map(|warning| warning.code)
            .collect()
    }

    #[test]
    fn identical_policies_and_coinciding_replications_are_told() {
        assert!(codes(&[0, 2, 2], &[0, 1, 2]).contains(&"identical-policies"));
        assert!(codes(&[0, 2], &[0, 1, 1]).contains(&"coinciding-replications"));
        let clean = codes(&[0, 2], &[0, 1, 2]);
        assert!(!clean.contains(&"identical-policies"));
        assert!(!clean.contains(&"coinciding-replications"));
    }

    #[test]
    fn a_failed_check_is_told() {
        let plan = synthetic::plan(&[0], 1, 3);
        let mut sample = Sample::new(&plan);
        let mut record = synthetic::record(0, 0, 3);
        record.checks.loss_gap_fen = -1;
        sample.add(0, &[record]);
        assert!(!sample.checks_pass());
        let summary = Summary::of(&plan, &sample, &[]);
        assert_eq!(summary.warnings[0].code, "self-check-failed");
    }
}
