//! How precisely differences must be known before an experiment may end.
//!
//! The measure of precision is the half-width of the paired 95 % interval over the mean of the baseline. It is
//! looked at whenever the replications have doubled, a few times only: stopping at the first narrow interval of
//! many would make intervals narrower than they are.

use std::fmt;

use super::plan::Plan;
use super::sample::Sample;
use super::statistics::{Difference, Estimate};
use super::warnings::Warning;
use crate::measures::{Measure, Subject, subjects};
use crate::scenario::declaration::nearest_of;
use crate::scenario::problem::{joined, say, suggestion};
use crate::vocabulary::{Language, Vocabulary};

/// One difference, and how narrow its interval must be.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// Measure of the difference.
    pub measure: Measure,
    /// Policy (position in the plan).
    pub policy: usize,
    /// Half-width over the baseline's mean that must not be reached.
    pub share: f64,
    /// Key of the policy.
    pub key: String,
    /// Key of the baseline.
    pub baseline: String,
}

/// A policy that a goal may name.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Key.
    pub key: &'a str,
    /// Name in Chinese, which may stand for the key.
    pub name_zh: &'a str,
}

/// Why a goal is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not of the form `MEASURE POLICY < PERCENT%`.
    Form(String),
    /// No measure of this name has one figure of the whole society.
    Measure(String),
    /// No policy of the experiment but the baseline has this key.
    Policy {
        /// As written.
        word: String,
        /// The keys that there are.
        keys: Vec<String>,
    },
    /// The percentage is no number above 0.
    Percentage(String),
}

impl Goal {
    /// From words such as `deaths network-current-2020 < 5%`, where the baseline may be left out; keys or Chinese
    /// names.
    ///
    /// # Errors
    /// What is not understood.
    pub fn parse(text: &str, policies: &[Candidate<'_>], baseline: usize) -> Result<Self, Refusal> {
        let plain = text.replace('＜', "<").replace('％', "%");
        let form = || Refusal::Form(text.to_owned());
        let (what, percentage) = plain.rsplit_once('<').ok_or_else(form)?;
        let (measure, policy) = what.trim().split_once(' ').ok_or_else(form)?;
        let base = policies[baseline];
        let policy = policy_named(policy.trim(), policies, baseline)?;
        Ok(Goal {
            measure: measure_named(measure)?,
            policy,
            share: share(percentage.trim())?,
            key: policies[policy].key.to_owned(),
            baseline: base.key.to_owned(),
        })
    }

    /// Half-width of the difference over the baseline's mean; not a number where either is none.
    pub fn half_width_share(&self, sample: &Sample, baseline: usize) -> f64 {
        let subject = Subject::whole(self.measure);
        let values = |policy| sample.values(policy, subject).unwrap_or_default();
        let level = Estimate::of(values(baseline)).mean.abs();
        Difference::of(values(self.policy), values(baseline)).half_width() / level
    }
}

impl fmt::Display for Goal {
    /// As it is written on the command line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Goal { key, baseline, .. } = self;
        let percentage = self.share * 100.0;
        write!(f, "{} {key}-{baseline} < {percentage}%", self.measure.key())
    }
}

fn measure_named(word: &str) -> Result<Measure, Refusal> {
    let all = Measure::ALL.iter().copied();
    let named =
        |measure: &Measure| word == measure.key() || word == measure.word(Language::Chinese);
    all.filter(|measure| subjects().contains(&Subject::whole(*measure)))
        .find(named)
        .ok_or_else(|| Refusal::Measure(word.to_owned()))
}

fn policy_named(word: &str, policies: &[Candidate<'_>], baseline: usize) -> Result<usize, Refusal> {
    let base = policies[baseline];
    let own = [base.key, base.name_zh]
        .iter()
        .find_map(|name| word.strip_suffix(name)?.strip_suffix('-'))
        .unwrap_or(word);
    let others = || policies.iter().enumerate().filter(|(n, _)| *n != baseline);
    let named =
        |name: &str| others().find(|(_, policy)| policy.key == name || policy.name_zh == name);
    let found = named(own).or_else(|| named(word));
    found
        .map(|(number, _)| number)
        .ok_or_else(|| Refusal::Policy {
            word: word.to_owned(),
            keys: others().map(|(_, policy)| policy.key.to_owned()).collect(),
        })
}

fn share(text: &str) -> Result<f64, Refusal> {
    let number = text
        .strip_suffix('%')
        .and_then(|own| own.trim().parse().ok());
    number
        .filter(|percentage: &f64| *percentage > 0.0 && percentage.is_finite())
        .map(|percentage| percentage / 100.0)
        .ok_or_else(|| Refusal::Percentage(text.to_owned()))
}

impl Refusal {
    /// In words, with a remedy.
    pub fn text(&self, language: Language) -> String {
        match self {
            Refusal::Form(text) => say!(
                language,
                "看不懂 --until \"{text}\"：写法为 \"指标 政策 < 百分比\"，如 \"deaths network < 5%\"",
                "--until \"{text}\" is not understood: write \"MEASURE POLICY < PERCENT\", e.g. \"deaths network < 5%\""
            ),
            Refusal::Measure(word) => {
                let keys = Measure::ALL.iter().map(|measure| measure.key());
                let near = suggestion(nearest_of(word, keys), language);
                say!(
                    language,
                    "--until：没有全社会的指标 {word}。{near}指标名见 columns.csv，如 deaths、direct_loss、public_money",
                    "--until: no measure of the whole society is called {word}. {near}Measures are named in columns.csv, e.g. deaths, direct_loss, public_money"
                )
            }
            Refusal::Policy { word, keys } => {
                let near = nearest_of(word, keys.iter().map(String::as_str));
                let (near, keys) = (suggestion(near, language), joined(keys, language));
                say!(
                    language,
                    "--until：实验中没有(基准以外的)政策 {word}。{near}可选：{keys}",
                    "--until: the experiment has no policy {word} besides the baseline. {near}Choose one of: {keys}"
                )
            }
            Refusal::Percentage(text) => say!(
                language,
                "--until：{text} 不是大于 0 的百分比，如 5%",
                "--until: {text} is no percentage above 0, such as 5%"
            ),
        }
    }
}

/// Numbers of replications after which precision is looked at: the first, its doubles, and the most that is allowed.
pub fn looks(first: u32, most: u32) -> Vec<u32> {
    let doubled = |n: &u32| n.checked_mul(2);
    let mut looks: Vec<u32> = std::iter::successors(Some(first.max(2)), doubled)
        .take_while(|n| *n < most)
        .collect();
    looks.push(most);
    looks
}

/// What was seen at one look.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Replications until then.
    pub replications: u32,
    /// Half-width over the baseline's mean, goal by goal.
    pub shares: Vec<f64>,
}

/// What reaching the goals took.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Precision {
    /// What was asked.
    pub goals: Vec<Goal>,
    /// What was seen, look by look.
    pub looks: Vec<Look>,
}

impl Precision {
    /// Looks at the runs so far.
    pub fn look(&mut self, plan: &Plan, sample: &Sample, replications: u32) {
        let goals = self.goals.iter();
        let shares = goals.map(|goal| goal.half_width_share(sample, plan.baseline));
        self.looks.push(Look {
            replications,
            shares: shares.collect(),
        });
    }

    /// Whether every goal was reached at the last look.
    pub fn reached(&self) -> bool {
        let shares = self.looks.last().map(|look| &look.shares);
        shares.is_some_and(|shares| {
            let mut pairs = self.goals.iter().zip(shares);
            pairs.all(|(goal, share)| *share < goal.share)
        })
    }

    /// A warning of each goal that was not reached, with the replications that it would take: intervals narrow with
    /// the root of the replications.
    pub fn warnings(&self) -> Vec<Warning> {
        let Some(last) = self.looks.last() else {
            return Vec::new();
        };
        let missed = self.goals.iter().zip(&last.shares);
        missed
            .filter(|(goal, share)| **share >= goal.share || share.is_nan())
            .map(|(goal, share)| {
                let n = last.replications;
                let [found, asked] = [*share, goal.share].map(|share| share * 100.0);
                let ratio = share / goal.share;
                let needed = libm::ceil(f64::from(n) * ratio * ratio);
                let (zh, en) = if needed.is_finite() {
                    (
                        format!("约需 {needed} 次"),
                        format!("it would take about {needed}"),
                    )
                } else {
                    ("该差值没有区间".to_owned(), "this difference has no interval".to_owned())
                };
                Warning {
                    code: "precision-not-reached",
                    zh: format!(
                        "{goal} 未达到：{n} 次模拟后区间半宽为基准均值的 {found:.1}%(要求低于 {asked}%)；{zh}"
                    ),
                    en: format!(
                        "{goal} was not reached: after {n} replications the half-width is {found:.1} % of the baseline's mean (asked: below {asked} %); {en}"
                    ),
                }
            })
            .collect()
    }

    /// What it took, a line a goal.
    pub fn text(&self, language: Language) -> String {
        let mut text = String::new();
        for (number, goal) in self.goals.iter().enumerate() {
            let seen = self.looks.iter().map(|look| {
                let (n, percentage) = (look.replications, look.shares[number] * 100.0);
                say!(
                    language,
                    "{n} 次 ±{percentage:.1}%",
                    "{n} replications ± {percentage:.1} %"
                )
            });
            let seen: Vec<String> = seen.collect();
            let seen = joined(&seen, language);
            text.push_str(&say!(
                language,
                "精度 {goal}：{seen}\n",
                "Precision {goal}: {seen}\n"
            ));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;

    const POLICIES: [Candidate<'static>; 3] = [
        Candidate {
            key: "current-2020",
            name_zh: "现行安排",
        },
        Candidate {
            key: "network",
            name_zh: "织密网",
        },
        Candidate {
            key: "network-current",
            name_zh: "另一项",
        },
    ];

    fn parse(text: &str) -> Result<Goal, Refusal> {
        Goal::parse(text, &POLICIES, 0)
    }

    #[test]
    fn goals_are_read_in_both_languages_with_or_without_the_baseline() {
        for text in [
            "deaths network-current-2020 < 5%",
            "deaths network <5 %",
            "死亡人数 织密网-现行安排 ＜ 5％",
        ] {
            let goal = parse(text).unwrap();
            assert_eq!(
                (goal.measure, goal.policy, goal.share),
                (Measure::Deaths, 1, 0.05)
            );
            assert_eq!(goal.to_string(), "deaths network-current-2020 < 5%");
        }
        assert_eq!(
            parse("direct_loss network-current < 0.5%").unwrap().policy,
            2
        );
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let text = |text: &str| parse(text).unwrap_err().text(Language::English);
        assert!(text("deaths network").contains("MEASURE POLICY < PERCENT"));
        assert!(text("death network < 5%").contains("Did you mean `deaths`?"));
        assert!(text("deaths_by_fifth network < 5%").contains("no measure of the whole"));
        assert!(
            text("deaths current-2020 < 5%").contains("Choose one of: network, network-current")
        );
        for wrong in ["5", "0%", "-1%", "x%", "inf%"] {
            assert!(
                text(&format!("deaths network < {wrong}")).contains("percentage"),
                "{wrong}"
            );
        }
    }

    #[test]
    fn looks_double_up_to_the_most() {
        assert_eq!(looks(6, 48), [6, 12, 24, 48]);
        assert_eq!(looks(6, 50), [6, 12, 24, 48, 50]);
        assert_eq!(looks(1, 3), [2, 3]);
        assert_eq!(looks(8, 4), [4]);
    }

    #[test]
    fn the_half_width_is_told_over_the_mean_of_the_baseline() {
        let plan = synthetic::plan(&[0, 3], 8, 3);
        let sample = synthetic::sample(&plan, &[0, 3], 0..8);
        let names = [
            Candidate {
                key: "policy-0",
                name_zh: "",
            },
            Candidate {
                key: "policy-3",
                name_zh: "",
            },
        ];
        let goal = Goal::parse("deaths policy-3 < 0.001%", &names, 0).unwrap();
        let subject = Subject::whole(Measure::Deaths);
        let [base, own] = [0, 1].map(|policy| sample.values(policy, subject).unwrap());
        let expected = Difference::of(own, base).half_width() / Estimate::of(base).mean;
        assert_eq!(goal.half_width_share(&sample, 0), expected);
        let mut precision = Precision {
            goals: vec![goal],
            looks: Vec::new(),
        };
        assert!(!precision.reached() && precision.warnings().is_empty());
        precision.look(&plan, &sample, 8);
        assert!(!precision.reached());
        let needed = (8.0 * (expected / 1e-5).powi(2)).ceil();
        assert!(
            precision.warnings()[0]
                .en
                .ends_with(&format!("about {needed}"))
        );
        precision.goals[0].share = expected * 1.01;
        assert!(precision.reached() && precision.warnings().is_empty());
    }
}
