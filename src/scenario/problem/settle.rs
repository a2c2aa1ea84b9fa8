//! Problems of a table of losses and of a programme of layers.

#![expect(
    missing_docs,
    reason = "fields are named after what they hold; each variant says what is wrong"
)]

use super::{Text, joined, say, suggestion};
use crate::scenario::source::Place;
use crate::vocabulary::{Language, NaturalKind, Vocabulary};

/// What a key of a programme must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A sum of money.
    Money,
    /// A share from 0 to 1.
    Share,
    /// A loading: a ratio from 0 to 1000.
    Loading,
    /// A whole number, 0 or more.
    Count,
    /// true or false.
    Flag,
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// Tables, `[[key]]`.
    Tables,
}

/// Something wrong with a table of losses or a programme of layers.
#[derive(Clone, Debug, PartialEq)]
pub enum SettleProblem {
    /// A cell that is no sum of money.
    NotMoney {
        column: String,
        value: String,
        place: Place,
    },
    /// A loss above the value insured.
    LossAboveValue {
        loss: String,
        value: String,
        place: Place,
    },
    /// A table of losses without a letter; the columns that it must have.
    EmptyFile { columns: String, place: Place },
    /// A year beyond those that a table may have.
    Year {
        year: u32,
        greatest: u32,
        place: Place,
    },
    /// A column whose sum is beyond what can be reckoned with.
    TooMuch {
        column: String,
        greatest: String,
        place: Place,
    },
    /// Rows of one event that name different hazards.
    TwoHazards {
        event: String,
        hazards: [NaturalKind; 2],
        first: Place,
        second: Place,
    },
    /// A share of value where no value is given.
    ValueMissing { claimant: String, place: Place },
    /// A key that a programme does not have.
    UnknownKey {
        key: String,
        known: Vec<String>,
        nearest: Option<String>,
        place: Place,
    },
    /// A value of the wrong kind or out of range.
    Value {
        key: String,
        wanted: Wanted,
        place: Place,
    },
    /// A word that is none of those allowed.
    Word {
        key: String,
        value: String,
        words: Vec<String>,
        nearest: Option<String>,
        place: Place,
    },
    /// The same amount given in two ways.
    TwoForms { keys: Vec<String>, place: Place },
    /// Two layers of one name, or one that has the name of what is retained.
    LayerTwice { name: String, place: Place },
    /// More layers than a programme may have.
    TooManyLayers { greatest: usize, place: Place },
    /// Layers both at the top and in policies.
    LayersTwice { place: Place },
    /// A claimant, group or coverage that the losses do not have.
    NotInLosses {
        key: String,
        name: String,
        nearest: Option<String>,
        place: Place,
    },
}

impl SettleProblem {
    pub(super) fn text(&self, language: Language) -> Text {
        match self {
            SettleProblem::EmptyFile { .. }
            | SettleProblem::Year { .. }
            | SettleProblem::TooMuch { .. }
            | SettleProblem::TwoHazards { .. } => self.table(language),
            SettleProblem::NotMoney { .. }
            | SettleProblem::LossAboveValue { .. }
            | SettleProblem::ValueMissing { .. }
            | SettleProblem::NotInLosses { .. } => self.losses(language),
            _ => self.programme(language),
        }
    }

    /// What is wrong with the table of losses as a whole.
    fn table(&self, language: Language) -> Text {
        match self {
            SettleProblem::EmptyFile { columns, place } => one(
                place,
                say!(
                    language,
                    "损失表是空文件",
                    "the table of losses is an empty file"
                ),
                say!(language, "没有内容", "nothing here"),
                say!(
                    language,
                    "第一行写表头 {columns}，以下每行写一项损失。",
                    "write the header {columns}, and below it a row for each loss."
                ),
            ),
            SettleProblem::Year {
                year,
                greatest,
                place,
            } => one(
                place,
                say!(
                    language,
                    "年份 {year} 大于 {greatest}",
                    "the year {year} is above {greatest}"
                ),
                say!(language, "年份过大", "too great"),
                say!(
                    language,
                    "写公历年份，或模拟年的序号，如 2021。",
                    "write a calendar year, or the number of a simulated year, e.g. 2021."
                ),
            ),
            SettleProblem::TooMuch {
                column,
                greatest,
                place,
            } => one(
                place,
                say!(
                    language,
                    "列 `{column}` 到此行合计超过 {greatest} 元",
                    "the column `{column}` sums to more than {greatest} yuan here"
                ),
                say!(language, "合计过大", "the sum is too great"),
                say!(
                    language,
                    "检查单位是否为元；确需如此时把表拆成几份。",
                    "check that the unit is yuan; if it is, split the table."
                ),
            ),
            SettleProblem::TwoHazards {
                event,
                hazards,
                first,
                second,
            } => {
                let [one, other] = hazards.map(|hazard| hazard.word(language));
                Text {
                    what: say!(
                        language,
                        "同一事件 {event} 写了两种灾种：{one}、{other}",
                        "the event {event} has two hazards: {one} and {other}"
                    ),
                    labels: vec![
                        (second.clone(), other.to_owned()),
                        (first.clone(), one.to_owned()),
                    ],
                    advice: say!(
                        language,
                        "改正其中之一，或给两个事件不同的名称。",
                        "correct one of them, or give the two events different names."
                    ),
                }
            }
            _ => self.losses(language),
        }
    }

    fn losses(&self, language: Language) -> Text {
        let (what, label, advice, place) = match self {
            SettleProblem::NotMoney {
                column,
                value,
                place,
            } => (
                say!(
                    language,
                    "列 `{column}` 的值 `{value}` 不是金额",
                    "`{value}` in the column `{column}` is no sum of money"
                ),
                say!(language, "应为金额(元)", "must be a sum of yuan"),
                say!(
                    language,
                    "写不小于 0 的元数,如 1200000、1200000.50 或 120万元。",
                    "write yuan, 0 or more, e.g. 1200000, 1200000.50 or 1.2 million yuan."
                ),
                place,
            ),
            SettleProblem::LossAboveValue { loss, value, place } => (
                say!(
                    language,
                    "损失 {loss} 元大于保险价值 {value} 元",
                    "a loss of {loss} yuan on an insured value of {value} yuan"
                ),
                say!(language, "大于保险价值", "above the insured value"),
                say!(
                    language,
                    "改正其中之一;不知道保险价值时留空。",
                    "correct one of them; leave the insured value empty if it is not known."
                ),
                place,
            ),
            SettleProblem::ValueMissing { claimant, place } => (
                say!(
                    language,
                    "`{claimant}` 没有保险价值,而方案按价值的比例计算",
                    "`{claimant}` has no insured value, and the programme takes shares of it"
                ),
                say!(language, "缺少保险价值", "no insured value"),
                say!(
                    language,
                    "填写 insured_value,或改用按损失的比例。",
                    "fill in insured_value, or use a share of the loss."
                ),
                place,
            ),
            SettleProblem::NotInLosses {
                key,
                name,
                nearest,
                place,
            } => {
                let near = suggestion(nearest.as_deref(), language);
                (
                    say!(
                        language,
                        "`{key}` 中的 `{name}` 在损失表里没有",
                        "the losses have no `{name}` that `{key}` names"
                    ),
                    say!(language, "损失表里没有", "not among the losses"),
                    say!(
                        language,
                        "{near}改正名称,或从方案中删去。",
                        "{near}Correct the name, or remove it from the programme."
                    ),
                    place,
                )
            }
            _ => return self.programme(language),
        };
        one(place, what, label, advice)
    }

    fn programme(&self, language: Language) -> Text {
        let (what, label, advice, place) = match self {
            SettleProblem::UnknownKey {
                key,
                known,
                nearest,
                place,
            } => {
                let (near, known) = (
                    suggestion(nearest.as_deref(), language),
                    joined(known, language),
                );
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
                let (near, words) = (
                    suggestion(nearest.as_deref(), language),
                    joined(words, language),
                );
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
        one(place, what, label, advice)
    }
}

impl Wanted {
    fn words(self, language: Language) -> (&'static str, &'static str) {
        let (zh, en, example) = match self {
            Wanted::Money => ("金额(元)", "a sum of yuan, 0 or more", "5000000"),
            Wanted::Share => ("0 至 1 的比例", "a share from 0 to 1", "0.25"),
            Wanted::Loading => ("0 至 1000 的数", "a number from 0 to 1000", "0.35"),
            Wanted::Count => ("不小于 0 的整数", "a whole number, 0 or more", "1"),
            Wanted::Flag => ("true 或 false", "true or false", "true"),
            Wanted::Text => ("文字", "a text", "\"a\""),
            Wanted::Texts => ("文字列表", "a list of texts", "[\"a\", \"b\"]"),
            Wanted::Tables => ("若干表", "tables, written [[…]]", "[{ share = 0.5 }]"),
        };
        (language.pick(zh, en), example)
    }
}

fn one(place: &Place, what: String, label: String, advice: String) -> Text {
    Text {
        what,
        labels: vec![(place.clone(), label)],
        advice,
    }
}
