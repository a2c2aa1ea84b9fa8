//! A function of a whole number by its leading binary figures: what a normal or an exponential number is for
//! the word that draws it.
//!
//! Thirty-two-bit floating point already splits a number into an octave and a place within it. 128 parts an
//! octave are straight lines, so that the error is as small in the far tail as in the middle.

use crate::model::random::normal_quantile;
use crate::model::transcendental::log;

/// Figures of the place within an octave by which lines are told apart.
const PLACE_BITS: u32 = 7;
/// Figures of a 32-bit floating-point number below those.
const REST_BITS: u32 = 23 - PLACE_BITS;
/// The least argument, as the leading figures of one half.
const LEAST: u32 = 0.5_f32.to_bits() >> REST_BITS;

/// Lines between arguments of ½ and more: value at the left end, and rise to the right one.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    lines: Vec<[f32; 2]>,
}

impl Curve {
    /// For arguments from ½ to 2^`octaves`.
    fn new(octaves: u32, value: impl Fn(f64) -> f64) -> Self {
        let end = |number: u32| f64::from(f32::from_bits((LEAST + number) << REST_BITS));
        let lines = 0..=(octaves + 1) << PLACE_BITS;
        let line = |number: u32| {
            let (left, right) = (value(end(number)), value(end(number + 1)));
            [left as f32, (right - left) as f32]
        };
        Curve {
            lines: lines.map(line).collect(),
        }
    }

    /// Distance from zero of a standard normal number whose probability beyond it is `x`/2³², x ≤ 2³¹.
    pub(super) fn normal() -> Self {
        Curve::new(31, |x| -normal_quantile((x / 4_294_967_296.0).min(0.5)))
    }

    /// −ln(x/2¹⁶): an exponential number of mean one, x ≤ 2¹⁶.
    pub(super) fn exponential() -> Self {
        Curve::new(16, |x| -log((x / 65_536.0).min(1.0)))
    }

    /// Value at an argument.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub(super) fn at(&self, x: f32) -> f32 {
        let bits = x.to_bits();
        let [left, rise] = self.lines[((bits >> REST_BITS) - LEAST) as usize];
        let within = (bits & ((1 << REST_BITS) - 1)) as f32 / (1 << REST_BITS) as f32;
        left + rise * within
    }

    /// The normal number that a word draws.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub(super) fn normal_of(&self, word: u32) -> f32 {
        let above = word >> 31 == 1;
        let folded = if above { !word } else { word };
        let distance = self.at(folded.cast_signed() as f32 + 0.5);
        if above { distance } else { -distance }
    }

    /// The exponential number that sixteen bits draw.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub(super) fn exponential_of(&self, half: u32) -> f32 {
        self.at(half.cast_signed() as f32 + 0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_numbers_are_those_of_the_quantile_function() {
        let curve = Curve::normal();
        let words = (0..32).flat_map(|bit| [1_u32 << bit, (1 << bit) ^ 0x2A5_F0F3, !(1 << bit)]);
        for word in words.chain([0, u32::MAX]) {
            let exact = normal_quantile((f64::from(word) + 0.5) / 4_294_967_296.0);
            let found = f64::from(curve.normal_of(word));
            assert!(
                (found - exact).abs() < 1e-5 * exact.abs().max(1.0),
                "{word}: {found} {exact}"
            );
        }
    }

    #[test]
    fn a_normal_number_and_its_mirror_image_add_up_to_zero() {
        let curve = Curve::normal();
        for word in [0, 7, 1 << 20, 0x7FFF_FFFF] {
            assert_eq!(curve.normal_of(word), -curve.normal_of(!word));
        }
    }

    #[test]
    fn exponential_numbers_have_a_mean_of_one() {
        let curve = Curve::exponential();
        let all = (0..65_536).map(|half| f64::from(curve.exponential_of(half)));
        let mean = all.sum::<f64>() / 65_536.0;
        assert!((mean - 1.0).abs() < 1e-4, "{mean}");
    }
}
