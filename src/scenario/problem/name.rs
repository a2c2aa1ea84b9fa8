//! Problems of names and kinds of input.
#![expect(
    missing_docs,
    reason = "fields are named after what they hold; each variant says what is wrong"
)]

use super::{Text, joined, labelled, say, suggestion};
use crate::scenario::InputKind;
use crate::scenario::source::Place;
use crate::vocabulary::Language;

/// A name that does not tell one input.
#[derive(Clone, Debug, PartialEq)]
pub enum NameProblem {
    /// No built-in of this kind has the name.
    Unknown {
        kind: InputKind,
        name: String,
        nearest: Option<String>,
        known: Vec<String>,
        place: Option<Place>,
    },
    /// No built-in of any kind has the name.
    UnknownAnywhere {
        name: String,
        nearest: Option<String>,
    },
    /// Built-ins of several kinds have the name.
    SeveralKinds { name: String, kinds: Vec<InputKind> },
    /// The content of a file does not tell its kind.
    KindUnclear { path: String },
}

impl NameProblem {
    pub(super) fn text(&self, language: Language) -> Text {
        match self {
            NameProblem::Unknown {
                kind,
                name,
                nearest,
                known,
                place,
            } => {
                let (word, near) = (
                    kind.word(language),
                    suggestion(nearest.as_deref(), language),
                );
                let (known, key) = (joined(known, language), kind.key());
                Text {
                    what: say!(
                        language,
                        "没有名为 `{name}` 的{word}",
                        "there is no {word} named `{name}`"
                    ),
                    labels: labelled(place.as_ref(), say!(language, "未知名称", "unknown name")),
                    advice: say!(
                        language,
                        "{near}内置{word}: {known}。自己的文件请写路径(如 ./{name}.toml);用 `riskweave new {key} 路径` 新建。",
                        "{near}Built in: {known}. For a file of your own write its path (./{name}.toml); `riskweave new {key} PATH` writes one."
                    ),
                }
            }
            NameProblem::UnknownAnywhere { name, nearest } => {
                let near = suggestion(nearest.as_deref(), language);
                Text {
                    what: say!(
                        language,
                        "没有名为 `{name}` 的社会、政策或实验",
                        "there is no society, policy or experiment named `{name}`"
                    ),
                    labels: Vec::new(),
                    advice: say!(
                        language,
                        "{near}全部名称见 `riskweave list`;自己的文件请写路径(如 ./{name}.toml)。",
                        "{near}`riskweave list` has all names; for a file of your own write its path (./{name}.toml)."
                    ),
                }
            }
            NameProblem::SeveralKinds { name, kinds } => {
                let words: Vec<&str> = kinds.iter().map(|kind| kind.word(language)).collect();
                let (words, key) = (
                    joined(&words, language),
                    kinds.first().map_or("", |kind| kind.key()),
                );
                Text {
                    what: say!(
                        language,
                        "`{name}` 有几类同名: {words}",
                        "several kinds have the name `{name}`: {words}"
                    ),
                    labels: Vec::new(),
                    advice: say!(
                        language,
                        "加上类别,例如 --kind {key}。",
                        "add the kind, e.g. --kind {key}."
                    ),
                }
            }
            NameProblem::KindUnclear { path } => Text {
                what: say!(
                    language,
                    "无法从内容判断 `{path}` 是社会、政策还是实验",
                    "the content of `{path}` does not tell whether it is a society, a policy or an experiment"
                ),
                labels: Vec::new(),
                advice: say!(
                    language,
                    "加上 --kind society、policy 或 experiment。",
                    "add --kind society, policy or experiment."
                ),
            },
        }
    }
}
