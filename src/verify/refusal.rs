//! Why a case is not run: what, where, and what to do.

use super::{Parameter, cases, values};
use crate::scenario::Problems;
use crate::scenario::declaration::nearest_of;
use crate::vocabulary::Language;

/// Why a case is not run, or stands for nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// No case has this name.
    UnknownCase {
        /// What was typed.
        name: String,
        /// The nearest name.
        nearest: Option<&'static str>,
    },
    /// The case has no such parameter.
    UnknownParameter {
        /// Case.
        case: &'static str,
        /// What was typed.
        name: String,
        /// The nearest name.
        nearest: Option<String>,
        /// Its parameters.
        known: Vec<String>,
    },
    /// A setting without `=`.
    NoValue {
        /// What was typed.
        setting: String,
    },
    /// A value that its declaration does not allow.
    NotAllowed {
        /// Parameter.
        parameter: &'static Parameter,
        /// What was typed.
        value: String,
        /// The rule.
        what: Broken,
    },
    /// A word that is none of those allowed.
    NotAWord {
        /// Parameter.
        parameter: String,
        /// What was typed.
        value: String,
        /// The words.
        words: &'static [&'static str],
    },
    /// A value that breaks a rule of the case.
    Rule {
        /// Parameter.
        parameter: &'static str,
        /// Its value.
        value: String,
        /// The rule, in English and Chinese.
        rule: [String; 2],
    },
    /// The stripped society does not load: the program is broken.
    Society(Problems),
    /// The engine failed a self-check: the result stands for nothing.
    SelfCheck(String),
}

/// Which rule of a declaration is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// It must be a number.
    NotANumber,
    /// It must be whole.
    NotWhole,
    /// It must lie within its range.
    OutOfRange,
}

impl From<Problems> for Refusal {
    fn from(problems: Problems) -> Self {
        Refusal::Society(problems)
    }
}

impl Refusal {
    /// A value breaks a rule of the case; the rule in English and Chinese.
    pub fn rule(parameter: &'static str, value: f64, english: &str, chinese: &str) -> Self {
        Refusal::Rule {
            parameter,
            value: value.to_string(),
            rule: [english.to_owned(), chinese.to_owned()],
        }
    }

    pub(super) fn unknown_case(name: &str) -> Self {
        Refusal::UnknownCase {
            name: name.to_owned(),
            nearest: nearest_of(name, super::cases().map(|case| case.name)),
        }
    }

    pub(super) fn unknown_parameter(case: &'static str, name: &str, known: Vec<String>) -> Self {
        Refusal::UnknownParameter {
            case,
            name: name.to_owned(),
            nearest: nearest_of(name, known.iter().map(String::as_str)).map(str::to_owned),
            known,
        }
    }

    /// What is wrong and what to do, in a language.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::English => self.english(),
            Language::Chinese => self.chinese(),
        }
    }

    fn english(&self) -> String {
        match self {
            Refusal::UnknownCase { name, nearest } => {
                let near = meant(*nearest, Language::English);
                format!(
                    "there is no limit case `{name}`.{near}\n  cases: {}",
                    all_cases(", ")
                )
            }
            Refusal::UnknownParameter {
                case,
                name,
                nearest,
                known,
            } => {
                let near = meant(nearest.as_deref(), Language::English);
                format!(
                    "the case `{case}` has no parameter `{name}`.{near}\n  parameters: {}",
                    known.join(", ")
                )
            }
            Refusal::NoValue { setting } => {
                format!("`--set {setting}` gives no value.\n  remedy: write --set name=value.")
            }
            Refusal::NotAllowed {
                parameter,
                value,
                what,
            } => {
                let (name, range) = (parameter.name, range(parameter, Language::English));
                let rule = match what {
                    Broken::NotANumber => "it must be a number",
                    Broken::NotWhole => "it must be a whole number",
                    Broken::OutOfRange => "it is out of range",
                };
                format!(
                    "`{name}` = {value}: {rule}; allowed: {range}.\n  remedy: write --set {name}=VALUE with a value in that range."
                )
            }
            Refusal::NotAWord {
                parameter,
                value,
                words,
            } => {
                format!(
                    "`{parameter}` = {value}: it must be one of {}.",
                    words.join(", ")
                )
            }
            Refusal::Rule {
                parameter,
                value,
                rule,
            } => {
                format!(
                    "`{parameter}` = {value}: {}.\n  remedy: change `{parameter}` or what it is measured against.",
                    rule[0]
                )
            }
            Refusal::Society(problems) => format!(
                "the stripped society does not load ({} problems): the program is damaged, install it again.",
                problems.problems.len()
            ),
            Refusal::SelfCheck(what) => format!("the engine failed a self-check: {what}"),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Refusal::UnknownCase { name, nearest } => {
                let near = meant(*nearest, Language::Chinese);
                format!(
                    "没有名为 `{name}` 的极限算例。{near}\n  算例：{}",
                    all_cases("、")
                )
            }
            Refusal::UnknownParameter {
                case,
                name,
                nearest,
                known,
            } => {
                let near = meant(nearest.as_deref(), Language::Chinese);
                format!(
                    "算例 `{case}` 没有参数 `{name}`。{near}\n  参数：{}",
                    known.join("、")
                )
            }
            Refusal::NoValue { setting } => {
                format!("`--set {setting}` 没有给出值。\n  办法：写作 --set 名称=值。")
            }
            Refusal::NotAllowed {
                parameter,
                value,
                what,
            } => {
                let (name, range) = (parameter.name, range(parameter, Language::Chinese));
                let rule = match what {
                    Broken::NotANumber => "应为数字",
                    Broken::NotWhole => "应为整数",
                    Broken::OutOfRange => "超出范围",
                };
                format!(
                    "`{name}` = {value}：{rule}；允许：{range}。\n  办法：写作 --set {name}=值，取值在此范围内。"
                )
            }
            Refusal::NotAWord {
                parameter,
                value,
                words,
            } => {
                format!("`{parameter}` = {value}：应为 {} 之一。", words.join("、"))
            }
            Refusal::Rule {
                parameter,
                value,
                rule,
            } => {
                format!(
                    "`{parameter}` = {value}：{}。\n  办法：更改 `{parameter}` 或与之相关的参数。",
                    rule[1]
                )
            }
            Refusal::Society(problems) => format!(
                "精简社会无法载入(共 {} 处问题)：程序已损坏，请重新安装。",
                problems.problems.len()
            ),
            Refusal::SelfCheck(what) => format!("引擎自检未通过：{what}"),
        }
    }
}

/// What may have been meant, behind the sentence that says what there is not.
fn meant(nearest: Option<&str>, language: Language) -> String {
    nearest.map_or_else(String::new, |near| match language {
        Language::English => format!(" Did you mean `{near}`?"),
        Language::Chinese => format!("是否想写 `{near}`？"),
    })
}

fn all_cases(separator: &str) -> String {
    let names: Vec<&str> = super::cases().map(|case| case.name).collect();
    debug_assert!(!cases::ALL.is_empty());
    names.join(separator)
}

fn range(parameter: &Parameter, language: Language) -> String {
    let unit = values::unit(parameter.unit, language).unwrap_or(parameter.unit);
    let whole = match (parameter.integer, language) {
        (false, _) => "",
        (true, Language::English) => "whole numbers ",
        (true, Language::Chinese) => "整数 ",
    };
    let (least, greatest) = (parameter.least, parameter.greatest);
    let bracket = if unit.is_empty() {
        String::new()
    } else {
        format!(" ({unit})")
    };
    match language {
        Language::English => format!("{whole}from {least} to {greatest}{bracket}"),
        Language::Chinese => format!("{whole}{least} 至 {greatest}{bracket}"),
    }
}
