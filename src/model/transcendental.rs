//! Exponential and logarithm of the model: one portable implementation, the same bytes everywhere.
//!
//! Plain arithmetic on doubles (no fused operations, no tables, no branches but the guards), so the
//! compiler inlines it and may run several at once without changing a bit. Both are within two units
//! in the last place of the correctly rounded value over the range the model uses; a test holds them
//! against the `libm` crate.

const LOG2_E: f64 = std::f64::consts::LOG2_E;
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// 1.5·2⁵²: adding and subtracting it rounds to the nearest whole number.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// e^x. Zero below −708, capped at e^709.
#[inline]
pub fn exp(x: f64) -> f64 {
    let x = if x > 709.0 { 709.0 } else { x };
    if x < -708.0 {
        return 0.0;
    }
    let shifted = x * LOG2_E + ROUND;
    let k = shifted - ROUND;
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    // Taylor to the thirteenth power on |r| ≤ ½ ln 2, in pairs (Estrin) to keep the chain short.
    let r2 = r * r;
    let r4 = r2 * r2;
    let low = (1.0 + r) + r2 * (1.0 / 2.0 + r * (1.0 / 6.0));
    let middle = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0));
    let high = (1.0 / 40_320.0 + r * (1.0 / 362_880.0))
        + r2 * (1.0 / 3_628_800.0 + r * (1.0 / 39_916_800.0));
    let top = 1.0 / 479_001_600.0 + r * (1.0 / 6_227_020_800.0);
    let sum = low + r4 * (middle + r4 * (high + r4 * top));
    let scale = ((k as i64 + 1023) as u64) << 52;
    sum * f64::from_bits(scale)
}

/// ln x for finite x > 0; −∞ at zero, not a number below.
#[inline]
pub fn log(x: f64) -> f64 {
    if !(f64::MIN_POSITIVE..f64::INFINITY).contains(&x) {
        return libm::log(x);
    }
    // Mantissa in [√½, √2): the exponent of x/√½ tells which power of two to take out.
    let bits = x.to_bits();
    let shifted = bits.wrapping_sub(0x3FE6_A09E_667F_3BCD);
    let exponent = (shifted as i64) >> 52;
    let mantissa = f64::from_bits(bits.wrapping_sub((exponent as u64) << 52));
    let k = exponent as f64;
    // ln m = 2 artanh s, s = (m − 1)/(m + 1), |s| ≤ 0.1716.
    let f = mantissa - 1.0;
    let s = f / (2.0 + f);
    let s2 = s * s;
    let s4 = s2 * s2;
    let s8 = s4 * s4;
    let low = (2.0 / 3.0 + s2 * (2.0 / 5.0)) + s4 * (2.0 / 7.0 + s2 * (2.0 / 9.0));
    let high = (2.0 / 11.0 + s2 * (2.0 / 13.0)) + s4 * (2.0 / 15.0 + s2 * (2.0 / 17.0));
    let top = 2.0 / 19.0 + s2 * (2.0 / 21.0);
    let series = s * s2 * (low + s8 * (high + s8 * top));
    k * LN_2_HIGH + (2.0 * s + (series + k * LN_2_LOW))
}

/// x^y for x > 0 as e^{y ln x} (relative error about |y ln x|·10⁻¹⁶).
#[inline]
pub fn pow(x: f64, y: f64) -> f64 {
    if x <= 0.0 {
        return if y > 0.0 { 0.0 } else { libm::pow(x, y) };
    }
    exp(y * log(x))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn exact_where_they_must_be() {
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(log(1.0), 0.0);
        assert_eq!(exp(-800.0), 0.0);
        assert_eq!(log(0.0), f64::NEG_INFINITY);
        assert!(log(-1.0).is_nan());
        assert_eq!(pow(0.0, 0.5), 0.0);
    }

    proptest! {
        #[test]
        fn exponential_is_that_of_libm(x in -700.0..700.0_f64) {
            prop_assert!((exp(x) / libm::exp(x) - 1.0).abs() < 5e-16);
        }

        #[test]
        fn logarithm_is_that_of_libm(e in -300.0..300.0_f64) {
            let x = libm::exp(e);
            prop_assert!((log(x) - libm::log(x)).abs() <= 4e-16 * libm::log(x).abs().max(1e-3));
        }

        #[test]
        fn power_is_that_of_libm(x in 1e-6..1e6_f64, y in -4.0..4.0_f64) {
            prop_assert!((pow(x, y) / libm::pow(x, y) - 1.0).abs() < 2e-14);
        }
    }
}
