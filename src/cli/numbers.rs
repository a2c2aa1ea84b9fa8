//! Numbers as people read them.

use crate::vocabulary::Language;

/// A value and half its interval, both to the first digit or two that the latter carries.
pub(super) fn with_half(value: f64, half: f64) -> String {
    if half.is_nan() {
        return number(value);
    }
    let decimals = match half {
        3.0.. => 0,
        0.3.. => 1,
        0.03.. => 2,
        0.003.. => 3,
        0.0003.. => 4,
        0.000_03.. => 5,
        _ if half <= value.abs() * 1e-6 => return format!("{} ± 0", number(value)),
        _ => return format!("{} ± {}", number(value), number(half)),
    };
    format!("{} ± {}", grouped(value, decimals), grouped(half, decimals))
}

/// A difference and half its interval, signed: three digits of the difference are enough, for the
/// interval of a paired difference may be far narrower than anyone needs.
pub(super) fn change(value: f64, half: f64) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    let size = value.abs();
    let decimals = three_digits(size);
    let digit = [1.0, 0.1, 0.01, 0.001][decimals];
    let narrow = size >= 0.1 && half < 3.0 * digit && half > size * 1e-6;
    if !narrow {
        return format!("{sign}{}", with_half(value, half));
    }
    let half = half.max(digit);
    format!(
        "{sign}{} ± {}",
        grouped(value, decimals),
        grouped(half, decimals)
    )
}

/// A number with about three digits that matter, thousands apart, and a true minus.
pub(super) fn number(value: f64) -> String {
    let size = value.abs();
    if value.is_nan() {
        return "–".to_owned();
    }
    if size > 0.0 && size < 0.001 {
        return format!("{value:.1e}").replace('-', "−");
    }
    grouped(value, three_digits(size))
}

/// Room in memory or on a disk.
pub(super) fn bytes(bytes: u64) -> String {
    match bytes as f64 / 1e6 {
        megabytes @ ..1000.0 => format!("{} MB", number(megabytes)),
        megabytes => format!("{} GB", number(megabytes / 1000.0)),
    }
}

/// A sum of money (fen ≥ 0) in yuan, to the fen, thousands apart.
pub(super) fn money(fen: i64) -> String {
    let whole = (fen / 100).to_string();
    let mut out = String::new();
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{out}.{:02}", fen % 100)
}

/// A share as a percentage.
pub(super) fn percent(share: f64, language: Language) -> String {
    format!("{}{}", plain(100.0 * share), language.pick("%", " %"))
}

/// A number ≥ 0 of daily life: one decimal at most.
pub(super) fn plain(value: f64) -> String {
    if value > 0.0 && value < 0.1 {
        return number(value);
    }
    let text = grouped(value, 1);
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// Decimals that leave about three digits that matter.
fn three_digits(size: f64) -> usize {
    match size {
        100.0.. | 0.0 => 0,
        10.0.. => 1,
        1.0.. => 2,
        _ => 3,
    }
}

/// Thousands apart, a true minus, and so many decimals.
pub(super) fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let mut out = String::new();
    if value < 0.0 {
        out.push('−');
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !rest.is_empty() {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// A target as it is written: no digits that say nothing.
pub(super) fn short(value: f64) -> String {
    if value >= 100.0 {
        number(value)
    } else {
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        let cases = [
            (1_234_567.8, "1,234,568"),
            (-123.4, "−123"),
            (12.34, "12.3"),
            (-1.234, "−1.23"),
            (0.1234, "0.123"),
            (0.000_123, "1.2e−4"),
            (0.0, "0"),
            (f64::NAN, "–"),
        ];
        for (value, expected) in cases {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn bytes_are_told_in_the_unit_that_fits() {
        assert_eq!(bytes(170_000_000), "170 MB");
        assert_eq!(bytes(7_100_000_000), "7.10 GB");
    }

    #[test]
    fn differences_have_three_digits_even_if_their_interval_is_narrower() {
        assert_eq!(change(-0.2191, 0.0022), "−0.219 ± 0.002");
        assert_eq!(change(-1.499, 0.005), "−1.50 ± 0.01");
        assert_eq!(change(2.014, 0.103), "+2.01 ± 0.10");
        assert_eq!(change(2354.0, 338.0), "+2,354 ± 338");
        assert_eq!(change(0.004, 0.001), "+0.0040 ± 0.0010");
    }

    #[test]
    fn halves_decide_the_digits() {
        assert_eq!(with_half(71_234.5, 812.3), "71,234 ± 812");
        assert_eq!(with_half(-3.456, 0.123), "−3.46 ± 0.12");
        assert_eq!(with_half(55.0, 1e-9), "55.0 ± 0");
        assert_eq!(with_half(5.0, f64::NAN), "5.00");
    }
}
