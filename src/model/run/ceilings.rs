//! Bounds on the rates of enterprises, a byte each: candidates ask for them in no order, and bytes stay in the cache
//! where the rates themselves do not. Nearly all candidates that come to nothing are told by them.

use crate::model::lanes::Abreast;
use crate::model::run::Row;

/// Bits of a rate that are left out: all of its mantissa but three.
const LEFT_OUT: u32 = 20;
/// The lowest bound, 2⁻³¹ accidents a worker-year, without the bits left out.
const LOWEST: u32 = 96 << 3;

/// A bound on the rate of each enterprise agent: at most an eighth above it, and none from 1.75 on.
#[derive(Clone, Debug)]
pub struct RateCeilings(Vec<u8>);

impl RateCeilings {
    /// Of all agents.
    pub(super) fn new(rates: &[f32]) -> Self {
        RateCeilings(rates.iter().map(|rate| code(*rate)).collect())
    }

    /// Of agents whose rates are new.
    pub fn store(&mut self, row: &Row, rates: &Abreast<f32>) {
        for (ceiling, rate) in self.0[row.own()].iter_mut().zip(rates) {
            *ceiling = code(*rate);
        }
    }

    /// The bound of an agent; that of no rate where there is no such agent.
    #[inline]
    pub fn of(&self, agent: usize) -> f64 {
        bound(self.0.get(agent).copied().unwrap_or_default())
    }
}

/// The bound of a code; there is none for the last.
#[inline]
fn bound(code: u8) -> f64 {
    if code == u8::MAX {
        return f64::INFINITY;
    }
    f64::from(f32::from_bits((LOWEST + u32::from(code)) << LEFT_OUT))
}

/// Place of the least bound above a rate that is no less than zero.
fn code(rate: f32) -> u8 {
    let above = (rate.to_bits() >> LEFT_OUT) + 1;
    above.saturating_sub(LOWEST).min(u32::from(u8::MAX)) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_ceiling_is_above_its_rate_and_near_it(rate in prop_oneof![0.0..1e-8_f32, 0.0..1.9_f32, 0.0..9.0_f32]) {
            let bound = bound(code(rate));
            let rate = f64::from(rate);
            prop_assert!(bound > rate);
            prop_assert!(bound <= 1.126 * rate || !(1e-9..1.75).contains(&rate));
        }
    }

    #[test]
    fn what_is_no_number_has_no_ceiling() {
        assert_eq!(code(f32::NAN), u8::MAX);
        assert_eq!(RateCeilings::new(&[]).of(3), bound(0));
    }
}
