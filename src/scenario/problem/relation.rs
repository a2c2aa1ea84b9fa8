//! Problems of values that do not go together.

#![expect(
    missing_docs,
    reason = "fields are named after what they hold; each variant says what is wrong"
)]

use super::{Text, say};
use crate::scenario::source::Place;
use crate::vocabulary::Language;

/// Values that are each allowed but not together.
#[derive(Clone, Debug, PartialEq)]
pub enum RelationProblem {
    /// Shares of a whole that do not add up to one.
    SumNotOne {
        what: String,
        sum: f64,
        places: Vec<Place>,
    },
    /// Two values in the wrong order.
    Disorder {
        low_key: String,
        low: f64,
        high_key: String,
        high: f64,
        places: Vec<Place>,
    },
    /// Imitation so strong that two equilibria exist: β·P(1 − P) ≥ 1 at P = ½.
    ContagionTooStrong { value: f64, places: Vec<Place> },
    /// Events that set off so many others that the chain need not end.
    CascadeTooStrong {
        radius: f64,
        limit: f64,
        park_multiplier: f64,
        places: Vec<Place>,
    },
}

impl RelationProblem {
    pub(super) fn text(&self, language: Language) -> Text {
        match self {
            RelationProblem::SumNotOne { what, sum, places } => Text {
                what: say!(
                    language,
                    "`{what}` 各项之和为 {sum},应为 1",
                    "the shares `{what}` add up to {sum}, not to 1"
                ),
                labels: mark(places, &say!(language, "其中一项", "one of the shares")),
                advice: say!(
                    language,
                    "调整各项,使其和为 1(容差 0.000001)。",
                    "change them so that they add up to 1 (within 0.000001)."
                ),
            },
            RelationProblem::Disorder {
                low_key,
                low,
                high_key,
                high,
                places,
            } => Text {
                what: say!(
                    language,
                    "`{low_key}` = {low} 大于 `{high_key}` = {high}",
                    "`{low_key}` = {low} is above `{high_key}` = {high}"
                ),
                labels: mark(
                    places,
                    &say!(
                        language,
                        "前者不得大于后者",
                        "the first must not be above the second"
                    ),
                ),
                advice: say!(
                    language,
                    "减小前者或增大后者。",
                    "lower the first or raise the second."
                ),
            },
            RelationProblem::ContagionTooStrong { value, places } => Text {
                what: say!(
                    language,
                    "`society.citizens.beta_social` = {value}: β·P(1−P) 在 P = 0.5 处不小于 1,会出现两个均衡",
                    "`society.citizens.beta_social` = {value}: β·P(1−P) reaches 1 at P = 0.5, so that two equilibria exist"
                ),
                labels: mark(places, &say!(language, "须小于 4", "must be below 4")),
                advice: say!(language, "取小于 4 的值。", "write a value below 4."),
            },
            RelationProblem::CascadeTooStrong {
                radius,
                limit,
                park_multiplier,
                places,
            } => Text {
                what: say!(
                    language,
                    "连锁表的谱半径为 {radius:.3}(园区系数 {park_multiplier}),须小于 {limit}: 事故链可能停不下来",
                    "the spectral radius of the cascade table is {radius:.3} (park multiplier {park_multiplier}), it must be below {limit}: chains might not end"
                ),
                labels: mark(
                    places,
                    &say!(
                        language,
                        "连锁期望数或园区系数过大",
                        "expected children or park multiplier too large"
                    ),
                ),
                advice: say!(
                    language,
                    "减小连锁表中的 expected_children 或 `society.cascade.park_multiplier`。",
                    "lower expected_children in the cascade table or `society.cascade.park_multiplier`."
                ),
            },
        }
    }
}

fn mark(places: &[Place], word: &str) -> Vec<(Place, String)> {
    places
        .iter()
        .map(|place| (place.clone(), word.to_owned()))
        .collect()
}
