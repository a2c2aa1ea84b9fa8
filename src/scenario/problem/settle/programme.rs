//! Problems of a programme of layers, in words.

use super::SettleProblem;
use crate::scenario::problem::{Text, joined, offered, say};
use crate::vocabulary::Language;

impl SettleProblem {
    /// What is wrong with a programme of layers.
    pub(super) fn programme(&self, language: Language) -> Text {
        let (what, label, advice, place) = match self {
            SettleProblem::UnknownKey {
                key,
                known,
                nearest,
                place,
            } => {
                let (near, known) = offered(nearest.as_deref(), known, language);
                (
                    say!(
                        language,
                        "此处没有键 `{key}`",
                        "there is no key `{key}` here"
                    ),
                    say!(language, "未知的键", "unknown key"),
                    say!(
                        language,
                        "{near}此处可用: {known}。",
                        "{near}Known here: {known}."
                    ),
                    place,
                )
            }
            SettleProblem::Value { key, wanted, place } => {
                let (wanted, example) = wanted.words(language);
                (
                    say!(language, "`{key}` 应为{wanted}", "`{key}` must be {wanted}"),
                    say!(language, "应为{wanted}", "must be {wanted}"),
                    say!(
                        language,
                        "例如 `{key} = {example}`。",
                        "for example `{key} = {example}`."
                    ),
                    place,
                )
            }
            SettleProblem::Word {
                key,
                value,
                words,
                nearest,
                place,
            } => {
                let (near, words) = offered(nearest.as_deref(), words, language);
                (
                    say!(
                        language,
                        "`{key}` 不能取 `{value}`",
                        "`{key}` cannot be `{value}`"
                    ),
                    say!(language, "未知的名称", "unknown name"),
                    say!(
                        language,
                        "{near}可选值: {words}。",
                        "{near}Choose one of: {words}."
                    ),
                    place,
                )
            }
            SettleProblem::TwoForms { keys, place } => {
                let keys = joined(keys, language);
                (
                    say!(
                        language,
                        "同一数额写了两种形式: {keys}",
                        "one amount is given in two ways: {keys}"
                    ),
                    say!(language, "只能写一种", "only one of them"),
                    say!(language, "只保留一种。", "keep one of them."),
                    place,
                )
            }
            _ => return self.layers(language),
        };
        Text::one(place, what, label, advice)
    }

    /// What is wrong with layers among each other.
    fn layers(&self, language: Language) -> Text {
        let (what, label, advice, place) = match self {
            SettleProblem::LayerTwice { name, place } => (
                say!(
                    language,
                    "赔付层名称 `{name}` 已被使用",
                    "the name `{name}` of a layer is taken"
                ),
                say!(language, "重复的名称", "the same name again"),
                say!(
                    language,
                    "给每层不同的名称。",
                    "give every layer a name of its own."
                ),
                place,
            ),
            SettleProblem::NoTerms { place } => (
                say!(
                    language,
                    "分层方案是空的",
                    "the programme of layers is empty"
                ),
                say!(language, "没有内容", "nothing here"),
                say!(
                    language,
                    "至少写一层，例如 `[[layer]]`、`limit_yuan = 5000000`。",
                    "write one layer at least, e.g. `[[layer]]` and `limit_yuan = 5000000`."
                ),
                place,
            ),
            SettleProblem::TooManyLayers { greatest, place } => (
                say!(
                    language,
                    "赔付层超过 {greatest} 个",
                    "there are more than {greatest} layers"
                ),
                say!(language, "多出的层", "one too many"),
                say!(
                    language,
                    "合并条款相同的层，或把方案拆成几份。",
                    "merge layers of the same terms, or split the programme."
                ),
                place,
            ),
            SettleProblem::LayersTwice { place } => (
                say!(
                    language,
                    "赔付层既写在顶层又写在 [[policy]] 中",
                    "layers stand both at the top and in [[policy]]"
                ),
                say!(language, "顶层的赔付层", "layers at the top"),
                say!(
                    language,
                    "全部移到各自的 [[policy]] 下,写作 [[policy.layer]]。",
                    "move them all below their [[policy]], as [[policy.layer]]."
                ),
                place,
            ),
            _ => return self.losses(language),
        };
        Text::one(place, what, label, advice)
    }
}
