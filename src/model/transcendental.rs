//! Exponential and logarithm of the model: one portable implementation, the same bytes everywhere.
//!
//! Plain arithmetic on doubles (no fused operations, no tables, no branches but the guards), so the
//! compiler inlines it and may run several at once without changing a bit: the versions for numbers
//! abreast are compiled for several widths of vectors, and the widest that the machine has is chosen
//! when the program runs. Both functions are within two units in the last place of the correctly rounded
//! value over the range the model uses; a test holds them against the `libm` crate.

use multiversion::multiversion;

use super::lanes::Numbers;

const LOG2_E: f64 = std::f64::consts::LOG2_E;
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// 1.5·2⁵²: adding and subtracting it rounds to the nearest whole number.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// 2⁵²: a whole number below it, put in place of its mantissa, adds that number.
const WHOLE: f64 = 4_503_599_627_370_496.0;
/// What keeps the exponents of normal numbers above zero.
const BIAS: u64 = 1024;

/// e^x. Zero below −708, capped at e^709.
#[inline]
pub fn exp(x: f64) -> f64 {
    exp_anywhere(x)
}

/// e^x of numbers abreast, each as [`exp`] gives it.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub fn exp_each(x: &Numbers<f64>) -> Numbers<f64> {
    exps(x)
}

/// [`exp_each`], compiled for whatever the caller is compiled for.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
pub(super) fn exps<const N: usize>(x: &[f64; N]) -> [f64; N] {
    each(x, exp_anywhere)
}

/// A function of numbers abreast, compiled for whatever the caller is compiled for. A loop and not `map`, which is
/// compiled once, for the narrowest vectors.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn each<const N: usize>(x: &[f64; N], of: impl Fn(f64) -> f64) -> [f64; N] {
    let mut found = [0.0; N];
    for (found, x) in found.iter_mut().zip(x) {
        *found = of(*x);
    }
    found
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn exp_anywhere(x: f64) -> f64 {
    let tiny = x < -708.0;
    let x = if x > 709.0 { 709.0 } else { x };
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
    // The last bits of what was rounded are k: with the bias of doubles they are the exponent of 2^k.
    let scale = shifted.to_bits().wrapping_add(1023) << 52;
    let value = sum * f64::from_bits(scale);
    if tiny { 0.0 } else { value }
}

/// ln x for finite x > 0; −∞ at zero, not a number below.
#[inline]
pub fn log(x: f64) -> f64 {
    if is_normal(x) {
        log_of_normal(x)
    } else {
        libm::log(x)
    }
}

/// ln x of numbers abreast, each as [`log`] gives it.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub fn log_each(x: &Numbers<f64>) -> Numbers<f64> {
    logs(x)
}

/// [`log_each`], compiled for whatever the caller is compiled for.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
pub(super) fn logs<const N: usize>(x: &[f64; N]) -> [f64; N] {
    let mut normal = true;
    for x in x {
        normal &= is_normal(*x);
    }
    if normal {
        each(x, log_of_normal)
    } else {
        x.map(log)
    }
}

/// Whether a number is positive, finite and no subnormal one.
#[inline]
fn is_normal(x: f64) -> bool {
    (f64::MIN_POSITIVE..f64::INFINITY).contains(&x)
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn log_of_normal(x: f64) -> f64 {
    // Mantissa in [√½, √2): the exponent of x/√½ tells which power of two to take out.
    let bits = x.to_bits();
    let shifted = bits.wrapping_sub(0x3FE6_A09E_667F_3BCD);
    let biased = shifted.wrapping_add(BIAS << 52) >> 52;
    let exponent = biased.wrapping_sub(BIAS);
    let mantissa = f64::from_bits(bits.wrapping_sub(exponent << 52));
    let k = f64::from_bits(WHOLE.to_bits() | biased) - (WHOLE + BIAS as f64);
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

/// x^y of numbers abreast, each as [`pow`] gives it.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub fn pow_each(x: &Numbers<f64>, y: f64) -> Numbers<f64> {
    pows(x, y)
}

/// [`pow_each`], compiled for whatever the caller is compiled for.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
pub(super) fn pows<const N: usize>(x: &[f64; N], y: f64) -> [f64; N] {
    let mut positive = true;
    for x in x {
        positive &= *x > 0.0;
    }
    if !positive {
        return x.map(|x| pow(x, y));
    }
    let mut powers = logs(x);
    for power in &mut powers {
        *power *= y;
    }
    exps(&powers)
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
        assert_eq!(pow(0.0, 0.0), 1.0);
    }

    #[multiversion(targets("x86_64+avx2"))]
    fn with_avx2(x: &Numbers<f64>, positive: &Numbers<f64>) -> [Numbers<f64>; 2] {
        [each(x, exp_anywhere), each(positive, log_of_normal)]
    }

    #[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl"))]
    fn with_avx512(x: &Numbers<f64>, positive: &Numbers<f64>) -> [Numbers<f64>; 2] {
        [each(x, exp_anywhere), each(positive, log_of_normal)]
    }

    /// Abreast as one by one, in the version that this machine chooses and in each that it has.
    #[test]
    fn numbers_abreast_are_what_they_are_alone() {
        let odd = [
            0.0,
            -0.0,
            -1.0,
            1e-310,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
        ];
        let mut state = 1_u64;
        let mut drawn = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let x = f64::from_bits(state >> 2 << 1 | state & 1);
            if state.is_multiple_of(3) {
                exp(x % 300.0)
            } else {
                x % 800.0
            }
        };
        for round in 0..2_000 {
            let mut x: Numbers<f64> = std::array::from_fn(|_| drawn());
            if round % 4 == 0 {
                x[round % 16] = odd[round % 7];
            }
            let bits = |x: Numbers<f64>| x.map(f64::to_bits);
            assert_eq!(bits(exp_each(&x)), bits(x.map(exp)), "{x:?}");
            assert_eq!(bits(log_each(&x)), bits(x.map(log)), "{x:?}");
            let positive = x.map(f64::abs);
            let normal = positive.map(|x| if is_normal(x) { x } else { 1.0 });
            for [exps, logs] in [with_avx2(&x, &normal), with_avx512(&x, &normal)] {
                assert_eq!(bits(exps), bits(x.map(exp)), "{x:?}");
                assert_eq!(bits(logs), bits(normal.map(log)), "{normal:?}");
            }
            for y in [0.7, -2.0] {
                assert_eq!(
                    bits(pow_each(&positive, y)),
                    bits(positive.map(|x| pow(x, y)))
                );
            }
        }
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
