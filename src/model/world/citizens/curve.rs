//! A function of a whole number by its leading binary figures: what a normal or an exponential number is for
//! the word that draws it.
//!
//! Thirty-two-bit floating point already splits a number into an octave and a place within it. 128 parts an
//! octave are straight lines, so that the error is as small in the far tail as in the middle.

use std::sync::LazyLock;

use crate::model::lanes::LANES;
use crate::model::random::normal_quantile;
use crate::model::transcendental::log;

/// Figures of the place within an octave by which lines are told apart.
const PLACE_BITS: u32 = 7;
/// Figures of a 32-bit floating-point number below those.
const REST_BITS: u32 = 23 - PLACE_BITS;
/// The least argument, as the leading figures of one half.
const LEAST: u32 = 0.5_f32.to_bits() >> REST_BITS;

/// Room for the lines: a power of two, so that no place lies outside.
const ROOM: usize = 1 << 13;

/// Lines between arguments of ½ and more: value at the left end, and rise to the right one.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    lines: Box<[[f32; 2]; ROOM]>,
}

impl Curve {
    /// For arguments from ½ to 2^`octaves`, 31 at most.
    #[expect(clippy::large_stack_arrays, reason = "64 kB, twice a society")]
    fn new(octaves: u32, value: impl Fn(f64) -> f64) -> Self {
        let end = |number: usize| {
            let leading = LEAST + number as u32;
            value(f64::from(f32::from_bits(leading << REST_BITS)))
        };
        let count = 1 + ((octaves as usize + 1) << PLACE_BITS);
        let mut lines = Box::new([[0.0; 2]; ROOM]);
        for (number, line) in lines.iter_mut().enumerate().take(count) {
            let (left, right) = (end(number), end(number + 1));
            *line = [left as f32, (right - left) as f32];
        }
        Curve { lines }
    }

    /// Distance from zero of a standard normal number whose probability beyond it is `x`/2³², x ≤ 2³¹. Worked out once:
    /// every run begins with draws from it.
    pub(super) fn normal() -> &'static Self {
        static NORMAL: LazyLock<Curve> =
            LazyLock::new(|| Curve::new(31, |x| -normal_quantile((x / 4_294_967_296.0).min(0.5))));
        &NORMAL
    }

    /// −ln(x/2¹⁶): an exponential number of mean one, x ≤ 2¹⁶.
    pub(super) fn exponential() -> Self {
        Curve::new(16, |x| -log((x / 65_536.0).min(1.0)))
    }

    /// Values at some arguments.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    fn at(&self, arguments: &[f32; LANES]) -> [f32; LANES] {
        let mut places = [0; LANES];
        for lane in 0..LANES {
            places[lane] = (arguments[lane].to_bits() >> REST_BITS) - LEAST;
        }
        let mut found = [[0.0; LANES]; 2];
        look_up(&self.lines, &places, &mut found);
        let [left, rise] = &found;
        let mut values = [0.0; LANES];
        for lane in 0..LANES {
            let rest = arguments[lane].to_bits() & ((1 << REST_BITS) - 1);
            let within = rest.cast_signed() as f32 / (1 << REST_BITS) as f32;
            values[lane] = left[lane] + rise[lane] * within;
        }
        values
    }

    /// The normal numbers that words draw.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub(super) fn normals(&self, words: &[u32; LANES]) -> [f32; LANES] {
        let mut folded = [0.0; LANES];
        for lane in 0..LANES {
            let above = words[lane] >> 31 == 1;
            let word = if above { !words[lane] } else { words[lane] };
            folded[lane] = word.cast_signed() as f32 + 0.5;
        }
        let mut numbers = self.at(&folded);
        for lane in 0..LANES {
            let above = words[lane] >> 31 == 1;
            numbers[lane] = if above { numbers[lane] } else { -numbers[lane] };
        }
        numbers
    }

    /// The normal numbers that the upper halves of words draw.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub(super) fn normals_of_upper(&self, words: &[u32; LANES]) -> [f32; LANES] {
        self.normals(&words.map(|word| word & 0xFFFF_0000 | 0x8000))
    }

    /// The exponential numbers that the lower halves of words draw.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub(super) fn exponentials_of_lower(&self, words: &[u32; LANES]) -> [f32; LANES] {
        self.at(&words.map(|word| (word & 0xFFFF).cast_signed() as f32 + 0.5))
    }
}

/// By itself, since vector look-ups are slower on many machines.
#[inline(never)]
fn look_up(lines: &[[f32; 2]; ROOM], places: &[u32; LANES], found: &mut [[f32; LANES]; 2]) {
    let [left, rise] = found;
    for lane in 0..LANES {
        [left[lane], rise[lane]] = lines[places[lane] as usize & (ROOM - 1)];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_numbers_are_those_of_the_quantile_function() {
        let curve = Curve::normal();
        let bits = |change: fn(u32) -> u32| std::array::from_fn(|lane| change(1 << (lane % 32)));
        for words in [
            bits(|bit| bit),
            bits(|bit| !bit),
            bits(|bit| bit - 1),
            bits(|bit| bit ^ 0x2A5_F0F3),
        ] {
            let found = curve.normals(&words);
            let mirrored = curve.normals(&words.map(|word| !word));
            for (lane, word) in words.iter().enumerate() {
                let exact = normal_quantile((f64::from(*word) + 0.5) / 4_294_967_296.0);
                let error = f64::from(found[lane]) - exact;
                assert!(error.abs() < 1e-5 * exact.abs().max(1.0), "{word}: {error}");
                assert_eq!(found[lane], -mirrored[lane]);
            }
        }
    }

    #[test]
    fn exponential_numbers_have_a_mean_of_one() {
        let curve = Curve::exponential();
        let blocks = (0..65_536 / LANES as u32).map(|block| {
            let words = std::array::from_fn(|lane| block * LANES as u32 + lane as u32);
            let numbers = curve.exponentials_of_lower(&words);
            numbers.iter().map(|number| f64::from(*number)).sum::<f64>()
        });
        let mean = blocks.sum::<f64>() / 65_536.0;
        assert!((mean - 1.0).abs() < 1e-4, "{mean}");
    }
}
