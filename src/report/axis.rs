//! From values to pixels, and the round values at which an axis is marked.

/// The least and the greatest of the values that are numbers, if any is.
pub fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    let known = values.into_iter().filter(|value| value.is_finite());
    known.fold(None, |ends, value| {
        let (low, high) = ends.unwrap_or((value, value));
        Some((value.min(low), value.max(high)))
    })
}

/// One axis: the values at its two ends and their pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    logarithmic: bool,
}

impl Axis {
    /// An even axis from `low` (at pixel `from`) to `high` (at pixel `to`).
    pub fn linear(low: f64, high: f64, from: f64, to: f64) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        Axis {
            low,
            high,
            from,
            to,
            logarithmic: false,
        }
    }

    /// An axis of equal ratios; both ends must be positive.
    pub fn logarithmic(low: f64, high: f64, from: f64, to: f64) -> Self {
        let low = low.max(f64::MIN_POSITIVE);
        let high = if high > low { high } else { low * 10.0 };
        Axis {
            low,
            high,
            from,
            to,
            logarithmic: true,
        }
    }

    /// Pixel of a value; values beyond an end are put at that end.
    pub fn at(&self, value: f64) -> f64 {
        let value = value.clamp(self.low, self.high);
        let part = if self.logarithmic {
            libm::log(value / self.low) / libm::log(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.from + part * (self.to - self.from)
    }

    /// Whether a value lies on the axis.
    pub fn holds(&self, value: f64) -> bool {
        value >= self.low && value <= self.high
    }

    /// About `count` round values on the axis, with the decimals that they need.
    pub fn ticks(&self, count: usize) -> (Vec<f64>, usize) {
        if self.logarithmic {
            return (self.ratio_ticks(count), 0);
        }
        let step = round_step((self.high - self.low) / count.max(1) as f64);
        let (first, last) = (
            (self.low / step - 1e-9).ceil(),
            (self.high / step + 1e-9).floor(),
        );
        let decimals = (0..9).find(|&places| {
            let shown = step * libm::pow(10.0, f64::from(places));
            (shown - shown.round()).abs() < 1e-6
        });
        let ticks = (0..=(last - first).max(0.0) as usize).map(|n| (first + n as f64) * step);
        (ticks.collect(), decimals.unwrap_or(9) as usize)
    }

    /// Powers of ten, with 2 and 5 between them as long as there are few.
    fn ratio_ticks(&self, count: usize) -> Vec<f64> {
        let decades =
            libm::floor(libm::log10(self.low)) as i32..=libm::ceil(libm::log10(self.high)) as i32;
        let of = |parts: &[f64]| -> Vec<f64> {
            let powers = decades
                .clone()
                .map(|power| libm::pow(10.0, f64::from(power)));
            let all = powers.flat_map(|power| parts.iter().map(move |part| part * power));
            all.filter(|value| self.holds(*value)).collect()
        };
        let fine = of(&[1.0, 2.0, 5.0]);
        if fine.len() <= count + 2 {
            fine
        } else {
            of(&[1.0])
        }
    }
}

/// The least of 1, 2, 2.5, 5 times a power of ten that is not below `rough`.
fn round_step(rough: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(rough.max(f64::MIN_POSITIVE))));
    let parts = [1.0, 2.0, 2.5, 5.0, 10.0];
    parts
        .iter()
        .map(|part| part * power)
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(power * 10.0)
}

/// Moves labels apart: the wanted positions, none closer than `gap`, all within the two ends if
/// there is room. Keeps the order of the wanted positions.
pub fn spread(wanted: &[f64], gap: f64, top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
    let mut placed = wanted.to_vec();
    let mut least = top;
    for &label in &order {
        placed[label] = placed[label].max(least);
        least = placed[label] + gap;
    }
    let mut most = bottom;
    for &label in order.iter().rev() {
        placed[label] = placed[label].min(most);
        most = placed[label] - gap;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let (ticks, decimals) = Axis::linear(-3.0, 12.0, 0.0, 100.0).ticks(5);
        assert_eq!((ticks, decimals), (vec![0.0, 5.0, 10.0], 0));
        let (ticks, decimals) = Axis::linear(0.97, 1.0, 0.0, 100.0).ticks(3);
        assert_eq!((ticks.len(), decimals), (4, 2));
        assert_eq!(
            Axis::logarithmic(2.0, 60.0, 0.0, 1.0).ticks(6).0,
            [2.0, 5.0, 10.0, 20.0, 50.0]
        );
    }

    #[test]
    fn equal_ratios_are_equal_lengths() {
        let axis = Axis::logarithmic(1.0, 100.0, 0.0, 200.0);
        assert!((axis.at(10.0) - 100.0).abs() < 1e-9);
        assert_eq!(axis.at(1000.0), 200.0);
    }

    proptest! {
        #[test]
        fn labels_never_touch(wanted in prop::collection::vec(0.0..300.0f64, 1..16)) {
            let mut placed = spread(&wanted, 18.0, 0.0, 300.0);
            placed.sort_by(f64::total_cmp);
            prop_assert!(placed.windows(2).all(|pair| pair[1] - pair[0] > 17.999));
            prop_assert!(placed[0] >= -1e-9 && placed[placed.len() - 1] <= 300.0);
        }
    }
}
