//! Problems of the design of an experiment.

#![expect(
    missing_docs,
    reason = "fields are named after what they hold; each variant says what is wrong"
)]

use super::{Text, offered, say, suggestion};
use crate::scenario::source::Place;
use crate::vocabulary::Language;

/// An experiment that cannot be run as written.
#[derive(Clone, Debug, PartialEq)]
pub enum DesignProblem {
    /// Neither a list nor a grid.
    NoPolicies { place: Place },
    /// A policy that is listed twice.
    ListedTwice { key: String, places: Vec<Place> },
    /// A grid of which one side is empty.
    HalfGrid {
        given: &'static str,
        empty: &'static str,
        place: Place,
    },
    /// A `--policy` that the experiment does not have.
    NotInExperiment {
        name: String,
        known: Vec<String>,
        nearest: Option<String>,
        place: Place,
    },
    /// A forced event in a province that the society does not have.
    NoProvince {
        name: String,
        nearest: Option<String>,
        example: String,
        place: Place,
    },
    /// A forced event after the end of the run.
    ForcedTooLate {
        week: u32,
        weeks: u32,
        places: Vec<Place>,
    },
    /// An entry `POLICY[…]` of which a part is not `key=value`.
    MalformedVariant { part: String, place: Option<Place> },
    /// More simulated years than the program counts.
    TooLong {
        years: u64,
        replications: u64,
        limit: u64,
        places: Vec<Place>,
    },
}

impl DesignProblem {
    pub(super) fn text(&self, language: Language) -> Text {
        match self {
            DesignProblem::NoPolicies { place } => Text {
                what: say!(
                    language,
                    "实验没有列出任何政策",
                    "the experiment lists no policy"
                ),
                labels: vec![(place.clone(), say!(language, "为空", "empty"))],
                advice: say!(
                    language,
                    "写 `policies = [\"current-2020\", …]`,或写 [grid] 的 allocation 与 sharing。",
                    "write `policies = [\"current-2020\", …]`, or allocation and sharing of [grid]."
                ),
            },
            DesignProblem::ListedTwice { key, places } => Text {
                what: say!(
                    language,
                    "政策 `{key}` 列出了两次",
                    "the policy `{key}` is listed twice"
                ),
                labels: labelled_here(places, language),
                advice: say!(
                    language,
                    "只留一次;两个不同的文件须有不同的文件名。",
                    "keep one of them; two different files must have different file names."
                ),
            },
            DesignProblem::HalfGrid {
                given,
                empty,
                place,
            } => Text {
                what: say!(
                    language,
                    "`experiment.grid` 只有 {given},缺 {empty}",
                    "`experiment.grid` has {given} but no {empty}"
                ),
                labels: vec![(
                    place.clone(),
                    say!(language, "另一项为空", "the other list is empty"),
                )],
                advice: say!(
                    language,
                    "补上 {empty},或两项都删去。",
                    "fill in {empty}, or remove both."
                ),
            },
            DesignProblem::NotInExperiment {
                name,
                known,
                nearest,
                place,
            } => {
                let (near, known) = offered(nearest.as_deref(), known, language);
                Text {
                    what: say!(
                        language,
                        "实验中没有政策 `{name}`",
                        "the experiment has no policy `{name}`"
                    ),
                    labels: vec![(place.clone(), say!(language, "不在其中", "not among them"))],
                    advice: say!(
                        language,
                        "{near}其中有: {known}。另可用 `riskweave list policy` 中的名称,或政策文件的路径(./{name}.toml)。",
                        "{near}It has: {known}. Others: a name from `riskweave list policy`, or the path of a policy file (./{name}.toml)."
                    ),
                }
            }
            DesignProblem::NoProvince {
                name,
                nearest,
                example,
                place,
            } => no_province((name, nearest.as_deref(), example), place, language),
            DesignProblem::ForcedTooLate {
                week,
                weeks,
                places,
            } => forced_too_late(*week, *weeks, places, language),
            DesignProblem::MalformedVariant { part, place } => {
                malformed_variant(part, place.as_slice(), language)
            }
            DesignProblem::TooLong {
                years,
                replications,
                limit,
                places,
            } => too_long([*years, *replications, *limit], places, language),
        }
    }
}

fn too_long([years, replications, limit]: [u64; 3], places: &[Place], language: Language) -> Text {
    let places = places.iter();
    Text {
        what: say!(
            language,
            "{years} 年 × {replications} 次模拟超过上限 {limit} 年",
            "{years} years × {replications} replications are more than the limit of {limit} years"
        ),
        labels: places
            .map(|place| (place.clone(), say!(language, "过大", "too large")))
            .collect(),
        advice: say!(
            language,
            "减少年数或模拟次数。",
            "take fewer years or replications."
        ),
    }
}

fn labelled_here(places: &[Place], language: Language) -> Vec<(Place, String)> {
    let places = places.iter();
    places
        .map(|place| (place.clone(), say!(language, "在此", "here")))
        .collect()
}

fn no_province(
    (name, nearest, example): (&str, Option<&str>, &str),
    place: &Place,
    language: Language,
) -> Text {
    let near = suggestion(nearest, language);
    Text {
        what: say!(
            language,
            "社会中没有省份 `{name}`",
            "the society has no province `{name}`"
        ),
        labels: vec![(
            place.clone(),
            say!(language, "指定灾害在此", "forced event"),
        )],
        advice: say!(
            language,
            "{near}写省份的代码、中文名或英文名,例如 `{example}`。",
            "{near}Give the code, the Chinese or the English name of a province, e.g. `{example}`."
        ),
    }
}

fn forced_too_late(week: u32, weeks: u32, places: &[Place], language: Language) -> Text {
    Text {
        what: say!(
            language,
            "指定灾害在第 {week} 周,而模拟只有 {weeks} 周",
            "the forced event strikes in week {week}, but the run has {weeks} weeks"
        ),
        labels: labelled_here(places, language),
        advice: say!(
            language,
            "提前发生周,或增加年数。",
            "let it strike earlier, or run more years."
        ),
    }
}

fn malformed_variant(part: &str, places: &[Place], language: Language) -> Text {
    Text {
        what: say!(
            language,
            "政策后方括号中的 `{part}` 不是 `键=值`",
            "`{part}` in the brackets after a policy is not `key=value`"
        ),
        labels: labelled_here(places, language),
        advice: say!(
            language,
            "例如 `network[budget.multiplier=1.2; remedy.enabled=false]`:用分号隔开,键不带 policy.。",
            "write e.g. `network[budget.multiplier=1.2; remedy.enabled=false]`: parts separated by semicolons, keys without `policy.`."
        ),
    }
}
