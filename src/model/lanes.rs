//! Agents side by side: what loops over sixty-four citizens or sixteen enterprises have in common, so that the
//! compiler turns each loop into vector instructions.

/// Citizens that are worked on together.
pub(super) const LANES: usize = 64;

/// Enterprises that are worked on together, and numbers of which exponentials or logarithms are taken at once.
pub const ABREAST: usize = 16;

/// One value of each of the enterprises that are worked on together.
pub type Abreast<T> = [T; ABREAST];

/// The value of a class, by comparisons: a look-up would be done one by one.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
pub(super) fn chosen<T: Copy, const CLASSES: usize>(values: &[T; CLASSES], class: u32) -> T {
    let mut found = values[0];
    for (number, value) in values.iter().enumerate().skip(1) {
        found = if class == number as u32 {
            *value
        } else {
            found
        };
    }
    found
}
