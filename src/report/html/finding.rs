//! The finding in words, by rules from the figures of a run.
//!
//! *Rules.* A difference is spoken of as one only where the paired 95 % interval leaves zero out; where it
//! does not, the measure stands among those not resolved, whatever its mean. A change within a millionth of
//! the level is none. A policy is beaten in a measure where the paired runs tell another to be better.
//! Spoken of first is `network`, else the policy with the most resolved improvements, the first of equals.

use super::data::{Data, Figure, Measured};
use super::figures::{amount, change, size};
use super::text::{listed, quoted};
use crate::vocabulary::Language;

#[cfg(test)]
#[path = "finding_tests.rs"]
mod tests;

/// Measures of which a finding speaks, in their order.
pub const HEADLINE: [&str; 8] = [
    "work_safety_deaths",
    "deaths",
    "accidents.major",
    "direct_loss",
    "public_money",
    "residents_share",
    "weeks_to_90",
    "resilience_loss",
];

/// The measures of the first sentence.
const LEAD: [&str; 2] = ["work_safety_deaths", "residents_share"];

/// The policy of which the finding speaks, if there is any beside the baseline.
pub fn spoken(data: &Data) -> Option<usize> {
    let named = data
        .others()
        .find(|policy| data.policies[*policy].label.key == "network");
    named.or_else(|| {
        let most = data
            .others()
            .map(|policy| improvements(data, policy))
            .max()?;
        data.others()
            .find(|policy| improvements(data, *policy) == most)
    })
}

/// How many headline measures the runs tell to be better than under the baseline.
pub fn improvements(data: &Data, policy: usize) -> usize {
    let sorted = Sorted::of(data, policy);
    sorted.better.len()
}

/// Headline measures of a policy by what the runs say of them.
struct Sorted<'a> {
    better: Vec<(&'a Measured, &'a Figure)>,
    worse: Vec<(&'a Measured, &'a Figure)>,
    open: Vec<(&'a Measured, &'a Figure)>,
    equal: Vec<(&'a Measured, &'a Figure)>,
}

impl<'a> Sorted<'a> {
    fn of(data: &'a Data, policy: usize) -> Self {
        let mut sorted = Sorted {
            better: Vec::new(),
            worse: Vec::new(),
            open: Vec::new(),
            equal: Vec::new(),
        };
        for key in HEADLINE {
            let Some((measure, figure)) = data.figure(policy, key) else {
                continue;
            };
            let Some(difference) = &figure.difference else {
                continue;
            };
            let group = if difference.none {
                &mut sorted.equal
            } else if !difference.resolved {
                &mut sorted.open
            } else if measure.improves(difference.estimate.mean) {
                &mut sorted.better
            } else {
                &mut sorted.worse
            };
            group.push((measure, figure));
        }
        sorted
    }
}

/// The finding on one policy, sentence by sentence; an empty sentence has nothing to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// Lives and the residents' share.
    pub lead: String,
    /// What else is better, and what is worse.
    pub also: String,
    /// What the runs do not resolve, and what is equal.
    pub open: String,
    /// Where another policy is better.
    pub beaten: String,
}

impl Finding {
    /// On a policy.
    pub fn of(data: &Data, policy: usize, language: Language) -> Self {
        let sorted = Sorted::of(data, policy);
        Finding {
            lead: lead(data, policy, language),
            also: also(&sorted, language),
            open: open(&sorted, language),
            beaten: beaten(data, policy, language),
        }
    }

    /// All sentences that say something.
    pub fn sentences(&self) -> Vec<&str> {
        let all = [&self.lead, &self.also, &self.open, &self.beaten];
        all.into_iter()
            .map(String::as_str)
            .filter(|sentence| !sentence.is_empty())
            .collect()
    }
}

/// What everything is compared with.
fn against(data: &Data, language: Language) -> String {
    let baseline = &data.policies[data.baseline].label;
    match (baseline.key.as_str(), language) {
        ("current-2020", Language::Chinese) => "与现行安排(2020年基准)相比".to_owned(),
        ("current-2020", Language::English) => "Against the present arrangement (2020)".to_owned(),
        (_, Language::Chinese) => format!("与基准{}相比", quoted(&baseline.name.zh, language)),
        (_, Language::English) => {
            format!(
                "Against the baseline {}",
                quoted(&baseline.name.en, language)
            )
        }
    }
}

fn lead(data: &Data, policy: usize, language: Language) -> String {
    let name = quoted(data.policies[policy].label.name.pick(language), language);
    let parts = [
        data.figure(policy, LEAD[0])
            .map(|(measure, figure)| lives(measure, figure, language)),
        data.figure(policy, LEAD[1])
            .map(|(measure, figure)| share(data, (measure, figure), language)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let against = against(data, language);
    match language {
        Language::Chinese => format!("{against}，{name}：{}。", parts.join("；")),
        Language::English => format!("{against}, {name} {}.", parts.join("; ")),
    }
}

/// Work-safety deaths prevented or caused.
fn lives(measure: &Measured, figure: &Figure, language: Language) -> String {
    let Some(difference) = &figure.difference else {
        return String::new();
    };
    let (number, interval) = size(measure, difference.estimate, language);
    if difference.none {
        return language
            .pick(
                "生产安全事故死亡人数不变",
                "leaves work-safety deaths as they are",
            )
            .to_owned();
    }
    if !difference.resolved {
        return language
            .pick(
                "生产安全事故死亡人数的变化，现有模拟次数下尚难区分",
                "makes no difference to work-safety deaths that these runs resolve",
            )
            .to_owned();
    }
    let fewer = difference.estimate.mean < 0.0;
    match (language, fewer) {
        (Language::Chinese, true) => {
            format!("生产安全事故每年少死亡 {number} 人{interval}")
        }
        (Language::Chinese, false) => {
            format!("生产安全事故每年多死亡 {number} 人{interval}")
        }
        (Language::English, true) => {
            format!("prevents {number} work-safety deaths a year{interval}")
        }
        (Language::English, false) => {
            format!("brings {number} more work-safety deaths a year{interval}")
        }
    }
}

/// How the residents' share of losses moves.
fn share(data: &Data, (measure, figure): (&Measured, &Figure), language: Language) -> String {
    let Some(difference) = &figure.difference else {
        return String::new();
    };
    let before = data
        .figure(data.baseline, LEAD[1])
        .map_or(f64::NAN, |(_, figure)| figure.level.mean);
    let [from, to] = [before, figure.level.mean].map(|level| amount(measure, level, language));
    if difference.none || !difference.resolved {
        return match language {
            Language::Chinese => {
                format!("居民自担损失的份额({from})的变化，现有模拟次数下尚难区分")
            }
            Language::English => format!(
                "whether it changes the residents' share of losses ({from}) is not resolved"
            ),
        };
    }
    let by = change(measure, difference.estimate, language);
    match (language, difference.estimate.mean < 0.0) {
        (Language::Chinese, true) => {
            format!("居民自担损失的份额由 {from} 降到 {to}({by})")
        }
        (Language::Chinese, false) => {
            format!("居民自担损失的份额由 {from} 升到 {to}({by})")
        }
        (Language::English, true) => {
            format!("the residents' share of losses falls from {from} to {to} ({by})")
        }
        (Language::English, false) => {
            format!("the residents' share of losses rises from {from} to {to} ({by})")
        }
    }
}

/// Whether the first sentence speaks of a measure.
fn leads(measure: &Measured) -> bool {
    LEAD.contains(&measure.key.as_str())
}

/// Names of measures with their changes, without those of the first sentence.
fn changes(list: &[(&Measured, &Figure)], language: Language) -> Vec<String> {
    list.iter()
        .filter(|(measure, _)| !leads(measure))
        .filter_map(|(measure, figure)| {
            let by = change(measure, figure.difference?.estimate, language);
            Some(format!("{} {by}", measure.name.pick(language)))
        })
        .collect()
}

/// Names of measures, without those of the first sentence.
fn names(list: &[(&Measured, &Figure)], language: Language) -> String {
    let names: Vec<&str> = list
        .iter()
        .filter(|(measure, _)| !leads(measure))
        .map(|(measure, _)| measure.name.pick(language))
        .collect();
    names.join(language.pick("、", ", "))
}

fn also(sorted: &Sorted<'_>, language: Language) -> String {
    let better = changes(&sorted.better, language);
    let worse = changes(&sorted.worse, language);
    let mut sentences = Vec::new();
    if !better.is_empty() {
        let words = language.pick("改善：", "Better: ");
        sentences.push(format!("{words}{}", listed(&better, language)));
    }
    if !worse.is_empty() {
        let words = language.pick("变差：", "Worse: ");
        sentences.push(format!("{words}{}", listed(&worse, language)));
    }
    ended(&sentences, language)
}

fn open(sorted: &Sorted<'_>, language: Language) -> String {
    let (open, equal) = (
        names(&sorted.open, language),
        names(&sorted.equal, language),
    );
    let mut sentences = Vec::new();
    if !open.is_empty() {
        let words = language.pick(
            "尚难区分(区间含零)：",
            "Not resolved (the interval holds zero): ",
        );
        sentences.push(format!("{words}{open}"));
    }
    if !equal.is_empty() {
        let words = language.pick("不变：", "Equal: ");
        sentences.push(format!("{words}{equal}"));
    }
    ended(&sentences, language)
}

fn beaten(data: &Data, policy: usize, language: Language) -> String {
    let places = HEADLINE.iter().filter_map(|key| {
        let (measure, figure) = data.figure(policy, key)?;
        let beaten = figure.beaten?;
        let other = data.policies.get(beaten.by)?.label.name.pick(language);
        let by = change(measure, beaten.difference, language);
        let name = measure.name.pick(language);
        Some(match language {
            Language::Chinese => format!("{name}：{}({by})", quoted(other, language)),
            Language::English => format!("{name}: {} ({by})", quoted(other, language)),
        })
    });
    let places: Vec<String> = places.collect();
    let own = quoted(data.policies[policy].label.name.pick(language), language);
    if places.is_empty() {
        let none = language.pick(
            "在这些指标上，没有别的政策明显更好(可以区分)",
            "In none of these measures is another policy clearly better",
        );
        return ended(&[none.to_owned()], language);
    }
    let words = match language {
        Language::Chinese => format!("比{own}更好的政策(括号内：前者减后者)："),
        Language::English => {
            format!("Better than {own} (in brackets: by how much they differ from it): ")
        }
    };
    ended(&[format!("{words}{}", listed(&places, language))], language)
}

/// Sentences with their full stops.
fn ended(sentences: &[String], language: Language) -> String {
    let stop = language.pick("。", ".");
    let ended: Vec<String> = sentences
        .iter()
        .map(|sentence| format!("{sentence}{stop}"))
        .collect();
    ended.join(language.pick("", " "))
}

/// What the finding hangs on.
pub fn assumptions(data: &Data, language: Language) -> String {
    match &data.robustness {
        Some(robustness) => {
            let sets = robustness.sets;
            let sentence = robustness.sentence.pick(language);
            match language {
                Language::Chinese => format!("取决于假设：试过 {sets} 组参数。{sentence}"),
                Language::English => {
                    format!("Depends on assumptions: {sets} sets of parameters were tried. {sentence}")
                }
            }
        }
        None => language
            .pick(
                "取决于假设：换一组不确定参数结论是否还成立，没有检验；约七分之六的参数出自判断。",
                "Depends on assumptions: whether the finding holds under other values of the uncertain parameters was not tested; about six in seven parameters are judgement.",
            )
            .to_owned(),
    }
}

/// What to say of a run that compares nothing.
pub fn nothing(language: Language) -> &'static str {
    language.pick(
        "本次运行只有基准政策，没有可比较的政策；请再加一项政策。",
        "This run holds the baseline alone: add a policy to compare with it.",
    )
}
