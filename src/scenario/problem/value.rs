//! Problems of keys and values.

#![expect(
    missing_docs,
    reason = "fields are named after what they hold; each variant says what is wrong"
)]

use super::{Text, offered, say, suggestion};
use crate::scenario::declaration::ParameterType;
use crate::scenario::source::Place;
use crate::scenario::units;
use crate::vocabulary::Language;

/// A key or value that its declaration does not allow.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueProblem {
    /// No parameter or table has this name.
    UnknownKey {
        key: String,
        nearest: Option<String>,
        place: Place,
    },
    /// The value has another type than declared; `None` = a table belongs here.
    WrongType {
        key: String,
        found: &'static str,
        expected: Option<ParameterType>,
        place: Place,
    },
    /// Not a number or infinite.
    NotFinite { key: String, place: Place },
    /// Outside the declared range.
    OutOfRange {
        key: String,
        value: f64,
        low: Option<f64>,
        high: Option<f64>,
        unit: String,
        place: Place,
    },
    /// None of the words allowed.
    NotAChoice {
        key: String,
        value: String,
        choices: Vec<String>,
        nearest: Option<String>,
        place: Place,
    },
    /// Required, not written, and without default.
    Missing {
        key: String,
        name_zh: String,
        name_en: String,
        place: Place,
    },
    /// An option `--set` that is not `table.key=value`.
    MalformedSetting { place: Place },
    /// The checked tree does not fit the program's types: a fault of the declaration table.
    Unfit { detail: String },
}

impl ValueProblem {
    pub(super) fn text(&self, language: Language) -> Text {
        match self {
            ValueProblem::UnknownKey {
                key,
                nearest,
                place,
            } => {
                let near = suggestion(nearest.as_deref(), language);
                let kind = key.split('.').next().unwrap_or_default();
                Text {
                    what: say!(
                        language,
                        "没有名为 `{key}` 的参数",
                        "there is no parameter `{key}`"
                    ),
                    labels: vec![(place.clone(), say!(language, "未知的键", "unknown key"))],
                    advice: say!(
                        language,
                        "{near}改正或删去该键;全部键见 `riskweave schema {kind}`。",
                        "{near}Correct or remove the key; `riskweave schema {kind}` lists all keys."
                    ),
                }
            }
            ValueProblem::WrongType {
                key,
                found,
                expected,
                place,
            } => {
                let (found, wanted) = (
                    found_word(found, language),
                    wanted(expected.as_ref(), language),
                );
                Text {
                    what: say!(
                        language,
                        "`{key}` 应为{wanted},此处是{found}",
                        "`{key}` must be {wanted}, this is {found}"
                    ),
                    labels: vec![(
                        place.clone(),
                        say!(language, "应为{wanted}", "must be {wanted}"),
                    )],
                    advice: example(key, expected.as_ref(), language),
                }
            }
            ValueProblem::NotFinite { key, place } => Text {
                what: say!(
                    language,
                    "`{key}` 须为有限的数",
                    "`{key}` must be a finite number"
                ),
                labels: vec![(place.clone(), say!(language, "不是有限的数", "not finite"))],
                advice: say!(
                    language,
                    "写一个普通的数;无上限时写一个足够大的数。",
                    "write an ordinary number; where there is no limit, a large one."
                ),
            },
            ValueProblem::OutOfRange { .. } => self.out_of_range(language),
            ValueProblem::NotAChoice { .. } | ValueProblem::Missing { .. } => {
                self.choice_or_missing(language)
            }
            _ => self.setting(language),
        }
    }

    fn choice_or_missing(&self, language: Language) -> Text {
        match self {
            ValueProblem::NotAChoice {
                key,
                value,
                choices,
                nearest,
                place,
            } => {
                let (near, choices) = offered(nearest.as_deref(), choices, language);
                Text {
                    what: say!(
                        language,
                        "`{key}` 不能取 `{value}`",
                        "`{key}` cannot be `{value}`"
                    ),
                    labels: vec![(
                        place.clone(),
                        say!(language, "不在可选值之内", "not one of the choices"),
                    )],
                    advice: say!(
                        language,
                        "{near}可选值: {choices}。",
                        "{near}Choose one of: {choices}."
                    ),
                }
            }
            ValueProblem::Missing {
                key,
                name_zh,
                name_en,
                place,
            } => Text {
                what: say!(
                    language,
                    "缺少 `{key}`({name_zh}),且无默认值",
                    "`{key}` ({name_en}) is missing and has no default"
                ),
                labels: vec![(
                    place.clone(),
                    say!(language, "此文件中没有", "not in this file"),
                )],
                advice: say!(
                    language,
                    "补上该键,或用 `extends` 继承写有它的文件。",
                    "add the key, or `extends` a file that has it."
                ),
            },
            _ => self.setting(language),
        }
    }

    fn out_of_range(&self, language: Language) -> Text {
        let ValueProblem::OutOfRange {
            key,
            value,
            low,
            high,
            unit,
            place,
        } = self
        else {
            return Text {
                what: String::new(),
                labels: Vec::new(),
                advice: String::new(),
            };
        };
        let range = match (low, high) {
            (Some(low), Some(high)) => say!(language, "{low} 至 {high}", "from {low} to {high}"),
            (Some(low), None) => say!(language, "不小于 {low}", "at least {low}"),
            (None, Some(high)) => say!(language, "不大于 {high}", "at most {high}"),
            (None, None) => String::new(),
        };
        let range = match units::word(unit, language) {
            "" => range,
            unit => say!(language, "{range}(单位: {unit})", "{range} ({unit})"),
        };
        Text {
            what: say!(
                language,
                "`{key}` = {value} 超出允许范围",
                "`{key}` = {value} is out of range"
            ),
            labels: vec![(
                place.clone(),
                say!(language, "允许: {range}", "allowed: {range}"),
            )],
            advice: say!(
                language,
                "改为 {range} 的值,并核对单位。",
                "write a value {range}, and check the unit."
            ),
        }
    }

    fn setting(&self, language: Language) -> Text {
        match self {
            ValueProblem::MalformedSetting { place } => Text {
                what: say!(
                    language,
                    "`--set` 的写法不对",
                    "this `--set` cannot be read"
                ),
                labels: vec![(
                    place.clone(),
                    say!(language, "应为 `表.键=值`", "must be `table.key=value`"),
                )],
                advice: say!(
                    language,
                    "键以 society.、policy. 或 experiment. 开头,例如 `--set experiment.years=10`。",
                    "the key begins with society., policy. or experiment., e.g. `--set experiment.years=10`."
                ),
            },
            ValueProblem::Unfit { detail } => Text {
                what: say!(
                    language,
                    "参数声明表与程序不一致: {detail}",
                    "the declaration table does not fit the program: {detail}"
                ),
                labels: Vec::new(),
                advice: say!(
                    language,
                    "这是程序的错误,请报告。",
                    "this is a fault of the program; please report it."
                ),
            },
            _ => Text {
                what: String::new(),
                labels: Vec::new(),
                advice: String::new(),
            },
        }
    }
}

fn found_word(found: &str, language: Language) -> String {
    let (zh, en) = match found {
        "string" => ("文字", "a text"),
        "integer" => ("整数", "a whole number"),
        "float" => ("小数", "a number with a fraction"),
        "boolean" => ("真假值", "true or false"),
        "array" => ("列表", "a list"),
        "table" => ("表", "a table"),
        _ => ("日期时间", "a date or time"),
    };
    language.pick(zh, en).to_owned()
}

fn wanted(expected: Option<&ParameterType>, language: Language) -> String {
    let (zh, en) = match expected {
        None => ("表", "a table"),
        Some(ParameterType::Number) => ("数", "a number"),
        Some(ParameterType::Integer) => ("整数", "a whole number"),
        Some(ParameterType::Boolean) => ("true 或 false", "true or false"),
        Some(ParameterType::Text | ParameterType::Choice(_)) => ("文字", "a text"),
        Some(ParameterType::List) => ("文字的列表", "a list of texts"),
    };
    language.pick(zh, en).to_owned()
}

fn example(key: &str, expected: Option<&ParameterType>, language: Language) -> String {
    let name = key.rsplit_once('.').map_or(key, |(_, name)| name);
    let example = match expected {
        None => format!("[{}]", key.split_once('.').map_or(key, |(_, path)| path)),
        Some(ParameterType::Number) => format!("{name} = 0.5"),
        Some(ParameterType::Integer) => format!("{name} = 10"),
        Some(ParameterType::Boolean) => format!("{name} = true"),
        Some(ParameterType::Text) => format!("{name} = \"…\""),
        Some(ParameterType::Choice(words)) => {
            format!("{name} = \"{}\"", words.first().map_or("", String::as_str))
        }
        Some(ParameterType::List) => format!("{name} = [\"…\", \"…\"]"),
    };
    say!(language, "例如 `{example}`。", "for example `{example}`.")
}
