//! Columns and cells of a paired difference, the same in every table that has one.

use super::table::{Cell, Column, Type, plain};
use crate::experiment::statistics::Difference;

/// The paired difference to the baseline with its interval, and whether it is resolved.
pub fn to_baseline() -> [Column; 4] {
    columns(
        ["与基准之差", "mean paired difference to the baseline"],
        "yes, not resolved, identical, equal within 1e-6; empty for the baseline",
    )
}

/// A paired difference that is described in Chinese and English, with its interval, and whether it is resolved.
pub fn columns([zh, en]: [&'static str; 2], resolved: &'static str) -> [Column; 4] {
    let real = |key, zh, en| plain(key, Type::Real, zh, en);
    [
        real("difference", zh, en),
        real(
            "difference_low",
            "差值95%区间下限",
            "lower end of its 95 % interval",
        ),
        real(
            "difference_high",
            "差值95%区间上限",
            "upper end of its 95 % interval",
        ),
        plain("resolved", Type::Text, "是否可区分", resolved),
    ]
}

/// The cells of these columns; of the baseline itself there is no difference.
pub fn cells(difference: Option<&Difference>) -> [Cell<'static>; 4] {
    let of = |value: fn(&Difference) -> f64| Cell::Real(difference.map_or(f64::NAN, value));
    [
        of(|d| d.mean),
        of(|d| d.low),
        of(|d| d.high),
        Cell::Text(difference.map_or("", resolved)),
    ]
}

/// Whether a difference is resolved, as a word in files.
fn resolved(difference: &Difference) -> &'static str {
    if difference.identical {
        "identical"
    } else if difference.negligible {
        "equal within 1e-6"
    } else if difference.resolved {
        "yes"
    } else {
        "not resolved"
    }
}
