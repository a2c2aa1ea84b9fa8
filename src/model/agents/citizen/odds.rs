//! Logistic draws in whole numbers of sixteen bits, so that twice as many citizens decide abreast.
//!
//! *Equation.* A draw u meets logistic(x) = 1/(1 + e^−x) if u < (1 − u)·e^x. With e^x = 2^(−d) below one half
//! and 2^d above it, the rarer side's odds 2^−|d| are at most one: a cubic of the fraction of d, shifted by its
//! whole part. The cubic is off by 7.5·10⁻⁵ at most, a step of d by 6.8·10⁻⁴ of a logit, a draw by 1/8,192.

use std::f64::consts::LOG2_E;

/// Bits of the fraction of the odds' exponent.
const FRACTION: u32 = 10;
/// Steps of a logit: the exponent of two counts in 1/1,024.
const STEPS: f64 = LOG2_E * (1_u32 << FRACTION) as f64;
/// 1 − 2^−f = f·(a − f·(b − f·c)) for a fraction f, in 1/65,536: least largest error, found by trial.
const CUBIC: [u16; 3] = [45_341, 15_206, 2_637];
/// What [`share_of`] rounds off on average, in steps.
pub(super) const ROUNDED_OFF: f64 = 0.5;

/// A logit in steps, `more` steps added.
pub(super) fn steps(logit: f64, more: f64) -> i16 {
    nearest(logit * STEPS + more)
}

/// The nearest whole number, halves away from zero, as far as sixteen bits go.
fn nearest(real: f64) -> i16 {
    let whole = real as i32;
    let rest = real - f64::from(whole);
    let nearest = whole.saturating_add(i32::from(rest >= 0.5) - i32::from(rest <= -0.5));
    nearest.clamp(i16::MIN.into(), i16::MAX.into()) as i16
}

/// What one unit of a byte adds to a logit, for [`share_of`] (in 1/256 of a step).
pub(super) fn slope(logit: f64) -> i16 {
    steps(logit * 256.0, 0.0)
}

/// Steps that a byte adds at a slope, rounded down.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
pub(super) fn share_of(byte: i8, slope: i16) -> i16 {
    ((i32::from(i16::from(byte) << 8) * i32::from(slope)) >> 16) as i16
}

/// The upper half of a product.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
pub(super) fn upper(a: u16, b: u16) -> u16 {
    ((u32::from(a) * u32::from(b)) >> 16) as u16
}

/// Whether the draw in bits 0–12 of a word meets a logit of so many steps.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every version")]
pub(super) fn met(word: u16, steps: i16) -> bool {
    let drawn = (word & 0x1FFF) << 3 | 4;
    let rare = steps < 0;
    let exponent = steps.unsigned_abs();
    let [a, b, c] = CUBIC;
    // What is shifted out is the whole part.
    let fraction = exponent << (16 - FRACTION);
    let power = u16::MAX - upper(fraction, a - upper(fraction, b - upper(fraction, c)));
    let odds = power >> (exponent >> FRACTION).min(15);
    let own = if rare { drawn.wrapping_neg() } else { drawn };
    (upper(own, odds) < own.wrapping_neg()) ^ rare
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::transcendental::exp;

    #[test]
    fn the_nearest_is_that_of_the_library() {
        let odd = [
            0.5,
            1.5,
            0.5_f64.next_down(),
            32_767.5,
            3e9,
            f64::MAX,
            f64::NAN,
        ];
        let many = (0..2000).map(|n| f64::from(n) * 0.37);
        for real in many.chain(odd).flat_map(|real| [real, -real]) {
            assert_eq!(nearest(real), libm::round(real) as i16, "{real}");
        }
    }

    /// Share of all draws that meet a logit of so many steps.
    fn share(steps: i16) -> f64 {
        let met = (0..1 << 13).filter(|word| met(*word, steps)).count();
        met as f64 / 8192.0
    }

    /// Half a draw and half a step are 1.6·10⁻⁴ together, the cubic adds 2·10⁻⁵.
    #[test]
    fn draws_meet_the_logistic_function() {
        let mut bias = 0.0;
        let logits: Vec<f64> = (-960..=960).map(|n| f64::from(n) / 100.0).collect();
        for logit in &logits {
            let logistic = 1.0 / (1.0 + exp(-logit));
            let error = share(steps(*logit, 0.0)) - logistic;
            assert!(error.abs() < 1.9e-4, "{logit}: {error:e}");
            bias += error / logits.len() as f64;
        }
        assert!(bias.abs() < 5e-6, "{bias:e}");
    }

    #[test]
    fn a_greater_logit_is_never_met_more_rarely() {
        for word in (0..1_u16 << 13).step_by(37) {
            let first = (i16::MIN..=i16::MAX).find(|steps| met(word, *steps));
            let from = first.unwrap_or(i16::MAX);
            assert!((from..i16::MAX).step_by(101).all(|steps| met(word, steps)));
        }
        assert_eq!(share(0), 0.5);
        assert_eq!([share(i16::MIN), share(i16::MAX)], [0.0, 1.0]);
    }

    #[test]
    fn bytes_add_what_their_slope_says() {
        let slope = slope(0.0123);
        for byte in i8::MIN..=i8::MAX {
            let exact = f64::from(byte) * 0.0123 * STEPS;
            let rounded = f64::from(share_of(byte, slope)) + ROUNDED_OFF;
            assert!((rounded - exact).abs() < 0.76, "{byte}: {rounded}, {exact}");
        }
    }
}
