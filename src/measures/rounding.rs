//! Rounding that keeps a sum: parts written to some decimals add up to the whole as it is written.
//!
//! Each part is rounded down, and the units that are then missing go to the parts that lost most (the
//! method of largest remainders): no part is a whole unit away from its value.

/// Parts and whole in units of the last decimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rounded {
    /// Parts, in their order.
    pub parts: Vec<i64>,
    /// Their sum.
    pub whole: i64,
    /// Decimals.
    pub decimals: usize,
}

impl Rounded {
    /// Rounds parts that sum to the whole (up to the error of reals).
    pub fn of(parts: &[f64], whole: f64, decimals: usize) -> Self {
        let scale = libm::pow(10.0, decimals as f64);
        let whole = (whole * scale).round() as i64;
        let mut rounded: Vec<i64> = parts
            .iter()
            .map(|part| (part * scale).floor() as i64)
            .collect();
        let lost = |part: f64| part * scale - (part * scale).floor();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by(|a, b| lost(parts[*b]).total_cmp(&lost(parts[*a])).then(a.cmp(b)));
        let missing = whole - rounded.iter().sum::<i64>();
        for &part in order.iter().take(missing.max(0) as usize) {
            rounded[part] += 1;
        }
        // The error of reals can make it one too many: the part that lost least gives it.
        for &part in order.iter().rev().take((-missing).max(0) as usize) {
            rounded[part] -= 1;
        }
        Rounded {
            parts: rounded,
            whole,
            decimals,
        }
    }

    /// A number of units as a decimal number.
    pub fn text(&self, units: i64) -> String {
        let digits = format!("{:0>1$}", units.unsigned_abs(), self.decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.decimals);
        let sign = if units < 0 { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}")
    }

    /// A number of units as a real number.
    pub fn value(&self, units: i64) -> f64 {
        units as f64 / libm::pow(10.0, self.decimals as f64)
    }
}

/// Decimals that give the greatest of some numbers so many figures; none below zero.
pub fn decimals_for(greatest: f64, figures: usize) -> usize {
    if greatest <= 0.0 || !greatest.is_finite() {
        return 0;
    }
    let before = libm::floor(libm::log10(greatest)) as i64 + 1;
    (figures as i64 - before).max(0) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn thirds_add_up() {
        let rounded = Rounded::of(&[1.0 / 3.0, 1.0 / 3.0, -5.0 / 3.0], -1.0, 2);
        assert_eq!(rounded.parts, [34, 33, -167]);
        let texts: Vec<String> = rounded
            .parts
            .iter()
            .map(|part| rounded.text(*part))
            .collect();
        assert_eq!(texts, ["0.34", "0.33", "-1.67"]);
        assert_eq!(rounded.text(rounded.whole), "-1.00");
        assert_eq!(Rounded::of(&[2.5, 2.5], 5.0, 0).text(-12), "-12");
    }

    #[test]
    fn figures_of_the_greatest() {
        assert_eq!(decimals_for(123.4, 3), 0);
        assert_eq!(decimals_for(99.99, 3), 1);
        assert_eq!(decimals_for(0.012, 3), 4);
        assert_eq!(decimals_for(1e15, 12), 0);
        assert_eq!(decimals_for(0.0, 12), 0);
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_whole_and_are_less_than_a_unit_off(
            parts in prop::collection::vec(-1e5..1e5_f64, 1..12), decimals in 0_usize..6
        ) {
            let whole: f64 = parts.iter().sum();
            let rounded = Rounded::of(&parts, whole, decimals);
            prop_assert_eq!(rounded.parts.iter().sum::<i64>(), rounded.whole);
            for (units, part) in rounded.parts.iter().zip(&parts) {
                let unit = rounded.value(1);
                prop_assert!((rounded.value(*units) - part).abs() < unit * 1.001);
            }
        }
    }
}
