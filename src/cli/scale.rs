//! The scale in which figures of a measure are shown on the terminal.

use crate::measures::{Measure, Unit};
use crate::vocabulary::{Language, Vocabulary};

/// How figures of a column are shown: divided by a scale, with the unit's words.
pub(super) struct Scale {
    /// By what they are divided.
    pub divisor: f64,
    /// Words of the unit.
    pub unit: &'static str,
}

/// The scale of figures up to `greatest`.
pub(super) fn scale_of(unit: Unit, greatest: f64, language: Language) -> Scale {
    let (divisor, unit) = match unit {
        Unit::YuanPerYear => match language {
            Language::Chinese if greatest >= 1e8 => (1e8, "亿元/年"),
            Language::Chinese => (1e4, "万元/年"),
            // Differences are a thousandth of the level: small societies are told in millions.
            Language::English if greatest >= 1e11 => (1e9, "billion yuan a year"),
            Language::English => (1e6, "million yuan a year"),
        },
        Unit::Share => (0.01, "%"),
        unit => (1.0, unit.word(language)),
    };
    Scale { divisor, unit }
}

/// The scale of differences of a measure up to `greatest`: shares differ by percentage points.
pub(super) fn scale_of_differences(measure: Measure, greatest: f64, language: Language) -> Scale {
    let mut scale = scale_of(measure.unit(), greatest, language);
    if measure.unit() == Unit::Share {
        scale.unit = language.pick("百分点", "percentage points");
    }
    scale
}
