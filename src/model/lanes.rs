//! Agents side by side: what loops over sixty-four citizens or a row of enterprises have in common, so that the
//! compiler turns each loop into vector instructions.

/// Citizens that are worked on together.
pub(super) const LANES: usize = 64;

/// Enterprises that are worked on together: three of the widest vectors of doubles. Narrower rows are more to begin and
/// to end, wider ones leave more lanes empty where few are due.
pub const ABREAST: usize = 24;

/// One value of each of the enterprises that are worked on together.
pub type Abreast<T> = [T; ABREAST];

/// Numbers of which exponentials or logarithms are taken at once: one of each trade fits.
pub const NUMBERS: usize = 16;

/// Numbers abreast.
pub type Numbers<T> = [T; NUMBERS];

/// Fewer values abreast, filled up.
pub fn filled_up<T: Copy, const N: usize>(values: &[T; N], filling: T) -> Numbers<T> {
    const { assert!(N <= NUMBERS) };
    let mut abreast = [filling; NUMBERS];
    abreast[..N].copy_from_slice(values);
    abreast
}

/// Numbers abreast in double precision.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
pub fn doubles(values: &Abreast<f32>) -> Abreast<f64> {
    let mut found = [0.0; ABREAST];
    for (found, value) in found.iter_mut().zip(values) {
        *found = f64::from(*value);
    }
    found
}

/// The value of a class, by comparisons: a look-up would be done one by one.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
pub(super) fn chosen<T: Copy, C: Copy + PartialEq + From<u8>, const CLASSES: usize>(
    values: &[T; CLASSES],
    class: C,
) -> T {
    let mut found = values[0];
    for (number, value) in values.iter().enumerate().skip(1) {
        found = if class == C::from(number as u8) {
            *value
        } else {
            found
        };
    }
    found
}

/// The whole part of a number from 0 to 2²², as a cast gives it. A cast has guards for what lies outside, which
/// are done one by one.
#[inline(always)]
pub(super) fn whole(x: f32) -> u32 {
    // Beyond 2²³ floating point holds whole numbers only, and its last bits are theirs.
    const WHOLES: f32 = 8_388_608.0;
    let rounded = x + WHOLES;
    let above = rounded - WHOLES > x;
    (rounded.to_bits() & 0x7F_FFFF).wrapping_sub(u32::from(above))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_parts_are_those_of_casts() {
        let mut tried = 0;
        for number in 0..=1024 {
            for part in [0.0, 1e-7, 0.25, 0.499_999, 0.5, 0.500_001, 0.75, 0.999_999] {
                let x = number as f32 / 2.0 + part;
                for x in [x, x.next_down().max(0.0), x.next_up()] {
                    assert_eq!(whole(x), x as u32, "{x:e}");
                    tried += 1;
                }
            }
        }
        assert!(tried > 20_000);
        assert_eq!(whole(4_194_304.0), 4_194_304);
    }
}
