//! Numbers as people read them: thousands separators, 万 and 亿 in Chinese, million and billion in
//! English, a true minus sign.

use crate::report::charts::{Quantity, Words};
use crate::vocabulary::Language;

/// How a quantity is shown: values times `factor`, followed by `unit`.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Multiplier from the data's unit to the unit shown.
    pub factor: f64,
    /// Unit shown.
    pub unit: String,
    /// Decimals that three figures of the largest value need.
    pub decimals: usize,
}

impl Scale {
    /// The scale that fits values up to `largest` (in the data's unit).
    pub fn of(quantity: &Quantity, largest: f64, language: Language) -> Self {
        let (factor, unit) = match quantity {
            Quantity::Yuan => money(largest, language),
            Quantity::YuanPerYear => a_year(money(largest, language), language),
            Quantity::People => people(largest, language),
            Quantity::PeoplePerYear => a_year(people(largest, language), language),
            Quantity::Share => (100.0, "%".to_owned()),
            Quantity::Other(unit) => other(largest, unit, language),
        };
        let shown = (largest * factor).abs();
        Scale {
            factor,
            unit,
            decimals: decimals(shown),
        }
    }

    /// A value in the unit shown, without the unit; large ones to four figures.
    pub fn show(&self, value: f64) -> String {
        let shown = value * self.factor;
        let figures = libm::floor(libm::log10(shown.abs().max(1.0)));
        let step = libm::pow(10.0, figures - 3.0);
        let rounded = if step > 1.0 {
            (shown / step).round() * step
        } else {
            shown
        };
        grouped(rounded, self.decimals)
    }

    /// A value with its sign, also when positive.
    pub fn show_signed(&self, value: f64) -> String {
        let shown = self.show(value);
        if value > 0.0
            && shown
                .chars()
                .any(|character| ('1'..='9').contains(&character))
        {
            format!("+{shown}")
        } else {
            shown
        }
    }
}

/// The unit of the data themselves, as tables give it.
pub fn data_unit(quantity: &Quantity, language: Language) -> String {
    match quantity {
        Quantity::Share => language.pick("比例(0–1)", "share (0–1)").to_owned(),
        _ => Scale::of(quantity, 1.0, language).unit,
    }
}

fn money(largest: f64, language: Language) -> (f64, String) {
    let (factor, zh, en) = match (language, largest.abs()) {
        (Language::Chinese, size) if size >= 1e8 || size == 0.0 => (1e-8, "亿元", ""),
        (Language::Chinese, size) if size >= 1e4 => (1e-4, "万元", ""),
        (Language::English, size) if size >= 1e9 || size == 0.0 => (1e-9, "", "billion yuan"),
        (Language::English, size) if size >= 1e6 => (1e-6, "", "million yuan"),
        _ => (1.0, "元", "yuan"),
    };
    (factor, language.pick(zh, en).to_owned())
}

fn people(largest: f64, language: Language) -> (f64, String) {
    let (factor, zh, en) = match (language, largest.abs()) {
        (Language::Chinese, size) if size >= 1e6 => (1e-4, "万人", ""),
        (Language::English, size) if size >= 1e7 => (1e-6, "", "million people"),
        _ => (1.0, "人", "people"),
    };
    (factor, language.pick(zh, en).to_owned())
}

fn other(largest: f64, unit: &Words, language: Language) -> (f64, String) {
    let unit = unit.pick(language);
    match (language, largest.abs()) {
        (Language::Chinese, size) if size >= 1e8 => (1e-8, format!("亿{unit}")),
        (Language::Chinese, size) if size >= 1e6 => (1e-4, format!("万{unit}")),
        (Language::English, size) if size >= 1e7 => (1e-6, format!("million {unit}")),
        _ => (1.0, unit.to_owned()),
    }
}

fn a_year((factor, unit): (f64, String), language: Language) -> (f64, String) {
    (factor, format!("{unit}{}", language.pick("/年", " a year")))
}

/// Decimals that show about three figures of a value.
pub fn decimals(value: f64) -> usize {
    match value.abs() {
        size if size >= 100.0 || size == 0.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        size if size >= 0.1 => 3,
        _ => 4,
    }
}

/// A number with a comma at every third digit and a true minus sign; “–” if it is none.
pub fn grouped(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let mut shown = String::new();
    let is_zero = plain
        .chars()
        .all(|character| character == '0' || character == '.');
    if value < 0.0 && !is_zero {
        shown.push('−');
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            shown.push(',');
        }
        shown.push(digit);
    }
    if let Some(fraction) = fraction {
        shown.push('.');
        shown.push_str(fraction);
    }
    shown
}

/// The words for a figure that cannot be given.
pub fn not_available(language: Language) -> &'static str {
    language.pick("资料暂缺", "not available")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_three_and_a_true_minus() {
        assert_eq!(grouped(1_234_567.0, 0), "1,234,567");
        assert_eq!(grouped(-1234.56, 1), "−1,234.6");
        assert_eq!(grouped(-0.04, 1), "0.0");
        assert_eq!(grouped(f64::NAN, 1), "–");
    }

    #[test]
    fn money_is_in_the_units_of_the_language() {
        let zh = Scale::of(&Quantity::YuanPerYear, 3.7e11, Language::Chinese);
        assert_eq!(
            (zh.show(3.7e11).as_str(), zh.unit.as_str()),
            ("3,700", "亿元/年")
        );
        let en = Scale::of(&Quantity::Yuan, 3.7e11, Language::English);
        assert_eq!(
            (en.show(3.7e11).as_str(), en.unit.as_str()),
            ("370", "billion yuan")
        );
        assert_eq!(en.show_signed(2e9), "+2");
        assert_eq!(en.show_signed(1e3), "0");
        let years = Quantity::Other(Words::new("人·年", "person-years"));
        assert_eq!(
            Scale::of(&years, 3.4e5, Language::English).show(-299_950.0),
            "−300,000"
        );
    }
}
