//! Moods – alarm, trust, grievance – are bytes that fade and are pushed, with dithered rounding: what is left of a
//! step is taken with that probability, so that small values do not stick.

use super::odds::upper;

/// How a byte moves in a quarter: byte × kept + pushed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fading {
    /// Share kept, of 65,536.
    pub(super) kept: u16,
    /// Pushed up, in 1/256 of a step …
    pub(super) up: u16,
    /// … or down.
    pub(super) down: u16,
}

impl Fading {
    /// A share is kept, and so many steps are added.
    pub(super) fn new(kept: f64, steps: f64) -> Self {
        // The nearest within what sixteen bits hold: all is 65,535 parts, a push down is none up.
        let whole = |value: f64| (value + 0.5) as u16;
        Fading {
            kept: whole(kept * 65_536.0),
            up: whole(steps * 256.0),
            down: whole(-steps * 256.0),
        }
    }

    /// A byte a quarter later; `dither` is from 0 to 255.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every version")]
    pub(super) fn moved(self, byte: u8, dither: u16) -> u8 {
        let faded = upper(u16::from(byte) << 8, self.kept);
        let pushed = faded.saturating_sub(self.down).saturating_add(self.up);
        (pushed.saturating_add(dither) >> 8) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mean over all dithers.
    fn mean(fading: Fading, byte: u8) -> f64 {
        let sum: u32 = (0..256)
            .map(|dither| u32::from(fading.moved(byte, dither)))
            .sum();
        f64::from(sum) / 256.0
    }

    #[test]
    fn bytes_move_by_what_is_kept_and_pushed() {
        for (kept, steps) in [(0.9, 3.3), (0.5, 0.0), (0.97, -1.7), (1.0, 0.5)] {
            let fading = Fading::new(kept, steps);
            for byte in [10, 100, 201] {
                let exact = f64::from(byte) * kept + steps;
                let found = mean(fading, byte);
                assert!((found - exact).abs() < 0.011, "{found} instead of {exact}");
            }
        }
        assert_eq!(mean(Fading::new(0.9, 400.0), 200), 255.0);
        assert_eq!(mean(Fading::new(0.9, -400.0), 200), 0.0);
    }

    #[test]
    fn bytes_fade_without_sticking() {
        let fading = Fading::new(0.97, 20.0 * 0.03);
        let mut byte = 100_u8;
        let mut sum = 0.0;
        for step in 0..20_000_u32 {
            byte = fading.moved(byte, (step * 37 % 256) as u16);
            sum += f64::from(byte) / 20_000.0;
        }
        assert!((17..=23).contains(&byte), "{byte}");
        assert!((sum - 20.0).abs() < 0.5, "{sum}");
    }
}
