//! Problems of a table of losses, in words.

use super::SettleProblem;
use crate::scenario::problem::{Text, say, suggestion};
use crate::vocabulary::{Language, Vocabulary};

impl SettleProblem {
    /// What is wrong with the table of losses as a whole.
    pub(super) fn table(&self, language: Language) -> Text {
        match self {
            SettleProblem::EmptyFile { columns, place } => Text::one(
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
            } => Text::one(
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
            } => Text::one(
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

    /// What is wrong with one loss.
    pub(super) fn losses(&self, language: Language) -> Text {
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
        Text::one(place, what, label, advice)
    }
}
