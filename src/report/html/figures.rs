//! Figures as sentences and cells of the pages have them: with unit and interval.

use super::data::{Difference, Measured};
use crate::report::charts::{Estimate, Quantity};
use crate::report::numbers::{Scale, decimals, not_available};
use crate::vocabulary::Language;

/// A sum that is told in 万元 and in million yuan.
const SMALLER_MONEY: f64 = 5e7;

/// A figure without its unit, for a column whose head has it, and the unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    scale: Scale,
    /// Unit of levels.
    pub(super) unit: String,
    language: Language,
}

impl Column {
    /// For figures up to `largest`.
    pub(super) fn of(measure: &Measured, largest: f64, language: Language) -> Self {
        let scale = Scale::of(&measure.quantity, largest, language);
        Column {
            unit: scale.unit.clone(),
            scale,
            language,
        }
    }

    /// For levels up to `largest` with changes down to `smallest` beside them: money in the next smaller
    /// unit where the change would be lost behind the point and the levels can still be read.
    pub(super) fn with_changes(
        measure: &Measured,
        (largest, smallest): (f64, f64),
        language: Language,
    ) -> Self {
        /// Least change that the usual unit tells.
        const LEAST: f64 = 0.05;
        let usual = Column::of(measure, largest, language);
        let money = matches!(measure.quantity, Quantity::Yuan | Quantity::YuanPerYear);
        if !money || smallest * usual.scale.factor >= LEAST {
            return usual;
        }
        let finer = Column::of(measure, largest.min(SMALLER_MONEY), language);
        let readable = match language {
            Language::Chinese => 1e6,
            Language::English => 1e5,
        };
        let shown = largest * finer.scale.factor;
        if shown >= readable {
            return usual;
        }
        let mut finer = finer;
        finer.scale.decimals = decimals(shown);
        finer
    }

    /// A value.
    pub(super) fn show(&self, value: f64) -> String {
        if value.is_finite() {
            self.scale.show(value)
        } else {
            not_available(self.language).to_owned()
        }
    }

    /// A value with its interval.
    pub(super) fn level(&self, level: Estimate) -> String {
        let interval = self.interval(level);
        format!("{}{interval}", self.show(level.mean))
    }

    /// The interval of an estimate, with a blank before it; nothing where there is none.
    fn interval(&self, estimate: Estimate) -> String {
        if !estimate.available() {
            return String::new();
        }
        let (low, high) = (
            self.scale.show(estimate.low),
            self.scale.show(estimate.high),
        );
        match self.language {
            Language::Chinese => format!("〔{low} 至 {high}〕"),
            Language::English => format!(" [{low} to {high}]"),
        }
    }

    /// A difference in few characters: with half its interval, and without any where the runs do not tell
    /// it from zero.
    pub(super) fn short(&self, difference: &Difference) -> String {
        let estimate = difference.estimate;
        if difference.none || !difference.resolved {
            let words = [("持平", "equal"), ("尚难区分", "not resolved")];
            let (zh, en) = words[usize::from(!difference.none)];
            return self.language.pick(zh, en).to_owned();
        }
        let half = (estimate.high - estimate.low) / 2.0;
        let mut fine = self.clone();
        let own = self.scale.decimals;
        let size = half.min(estimate.mean.abs()) * self.scale.factor;
        fine.scale.decimals = decimals(size).saturating_sub(1).clamp(own, own.max(4));
        let mean = fine.scale.show_signed(estimate.mean);
        // An interval narrower than the last digit is told as one of it, never as none.
        let digit = libm::pow(10.0, -(fine.scale.decimals as f64)) / fine.scale.factor;
        format!("{mean} ± {}", fine.scale.show(half.max(digit)))
    }

    /// A signed difference with its interval; words where the runs do not tell it from zero. It has the
    /// column's unit, and as many decimals as its own size needs.
    pub(super) fn difference(&self, difference: &Difference) -> String {
        let estimate = difference.estimate;
        let most = estimate.low.abs().max(estimate.high.abs()) * self.scale.factor;
        let mut fine = self.clone();
        let own = self.scale.decimals;
        fine.scale.decimals = decimals(most).clamp(own, own.max(3));
        let interval = fine.interval(estimate);
        if difference.none {
            return self.language.pick("持平", "equal").to_owned();
        }
        if difference.resolved {
            let mean = fine.scale.show_signed(estimate.mean);
            return format!("{mean}{interval}");
        }
        format!(
            "{}{interval}",
            self.language.pick("尚难区分", "not resolved")
        )
    }
}

/// A level in words, with its unit.
pub(super) fn amount(measure: &Measured, value: f64, language: Language) -> String {
    let column = Column::of(measure, value.abs(), language);
    joined(&column.show(value), &column.unit)
}

/// A signed change with unit and interval.
pub(super) fn change(measure: &Measured, change: Estimate, language: Language) -> String {
    let column = Column::of(measure, change.mean.abs(), language);
    let unit = match measure.quantity {
        Quantity::Share => language.pick("个百分点", "percentage points"),
        _ => &column.unit,
    };
    let mean = joined(&column.scale.show_signed(change.mean), unit);
    format!("{mean}{}", column.interval(change))
}

/// A number with its unit.
fn joined(number: &str, unit: &str) -> String {
    let between = if unit == "%" { "" } else { " " };
    format!("{number}{between}{unit}")
}

/// A size that is spoken of without its sign, with its interval turned to the same side.
pub(super) fn size(measure: &Measured, change: Estimate, language: Language) -> (String, String) {
    let sign = if change.mean < 0.0 { -1.0 } else { 1.0 };
    let ends = [change.low * sign, change.high * sign];
    let turned = Estimate {
        mean: change.mean * sign,
        low: ends[0].min(ends[1]),
        high: ends[0].max(ends[1]),
    };
    let column = Column::of(measure, turned.mean, language);
    let interval = match (turned.available(), language) {
        (false, _) => String::new(),
        (true, Language::Chinese) => format!(
            "(95% 区间 {} 至 {})",
            column.show(turned.low),
            column.show(turned.high)
        ),
        (true, Language::English) => format!(
            " (95% interval {} to {})",
            column.show(turned.low),
            column.show(turned.high)
        ),
    };
    (column.show(turned.mean), interval)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::Words;
    use crate::report::html::data::Better;

    fn share() -> Measured {
        Measured {
            key: "residents_share".to_owned(),
            name: Words::new("居民自担份额", "residents' share"),
            quantity: Quantity::Share,
            better: Better::Lower,
        }
    }

    #[test]
    fn shares_change_by_percentage_points() {
        let fell = Estimate {
            mean: -0.0432,
            low: -0.0451,
            high: -0.0413,
        };
        assert_eq!(
            change(&share(), fell, Language::English),
            "−4.32 percentage points [−4.51 to −4.13]"
        );
        assert_eq!(
            change(&share(), fell, Language::Chinese),
            "−4.32 个百分点〔−4.51 至 −4.13〕"
        );
        assert_eq!(amount(&share(), 0.3421, Language::English), "34.2%");
    }

    #[test]
    fn a_difference_has_the_decimals_of_its_own_size() {
        let small = Difference {
            estimate: Estimate {
                mean: 0.0004,
                low: 0.0001,
                high: 0.0007,
            },
            resolved: true,
            none: false,
        };
        for (largest, expected) in [
            (0.342, "+0.040 [0.010 to 0.070]"),
            (0.000_9, "+0.0400 [0.0100 to 0.0700]"),
        ] {
            let column = Column::of(&share(), largest, Language::English);
            assert_eq!(column.difference(&small), expected);
        }
    }

    #[test]
    fn what_is_prevented_is_positive_and_so_is_its_interval() {
        let fell = Estimate {
            mean: -0.0432,
            low: -0.0451,
            high: -0.0413,
        };
        let expected = ("4.32".to_owned(), " (95% interval 4.13 to 4.51)".to_owned());
        assert_eq!(size(&share(), fell, Language::English), expected);
    }
}
