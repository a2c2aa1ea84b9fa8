//! Problems of the table in which a policy declares findings as intended.

#![expect(
    missing_docs,
    reason = "fields are named after what they hold; each variant says what is wrong"
)]

use super::{Text, offered, say};
use crate::scenario::source::Place;
use crate::vocabulary::Language;

/// Something wrong with `[lint.accept]` of a policy.
#[derive(Clone, Debug, PartialEq)]
pub enum LintProblem {
    /// Something else than the table `accept` of reasons.
    NotATable { key: String, place: Place },
    /// No finding has this name.
    UnknownFinding {
        name: String,
        nearest: Option<String>,
        known: Vec<String>,
        place: Place,
    },
    /// A finding is accepted without a reason.
    NoReason { name: String, place: Place },
}

impl LintProblem {
    pub(super) fn text(&self, language: Language) -> Text {
        match self {
            LintProblem::NotATable { key, place } => Text {
                what: say!(
                    language,
                    "`{key}` 不是 `[lint.accept]` 中的声明",
                    "`{key}` is no entry of `[lint.accept]`"
                ),
                labels: vec![(place.clone(), say!(language, "无此键", "no such key"))],
                advice: say!(
                    language,
                    "在 `[lint.accept]` 下每行写一个 `发现 = \"理由\"`。",
                    "write one `finding = \"reason\"` a line below `[lint.accept]`."
                ),
            },
            LintProblem::UnknownFinding {
                name,
                nearest,
                known,
                place,
            } => {
                let (near, known) = offered(nearest.as_deref(), known, language);
                Text {
                    what: say!(
                        language,
                        "没有名为 `{name}` 的发现",
                        "no finding is named `{name}`"
                    ),
                    labels: vec![(place.clone(), say!(language, "未知名称", "unknown name"))],
                    advice: say!(
                        language,
                        "{near}可声明: {known}。只对某处声明时写 `\"gap accident/warn\"`。",
                        "{near}Findings: {known}. For one place only write `\"gap accident/warn\"`."
                    ),
                }
            }
            LintProblem::NoReason { name, place } => Text {
                what: say!(
                    language,
                    "声明 `{name}` 为有意安排,却没有理由",
                    "`{name}` is accepted without a reason"
                ),
                labels: vec![(place.clone(), say!(language, "理由", "the reason"))],
                advice: say!(
                    language,
                    "用一句话写明理由,加双引号。",
                    "say why in one sentence, in double quotes."
                ),
            },
        }
    }
}
