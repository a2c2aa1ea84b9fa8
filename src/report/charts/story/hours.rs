//! Hours as people say them, and an axis of hours before and after an onset on which minutes and weeks
//! are both seen.

use crate::report::axis::extent;
use crate::report::numbers::grouped;
use crate::vocabulary::Language;

/// Hours that the axis shows about evenly around the onset.
const EVEN_HOURS: f64 = 0.25;
/// Round times that may stand on the axis (hours).
const ROUND: [f64; 9] = [0.25, 1.0, 3.0, 12.0, 24.0, 72.0, 168.0, 672.0, 2184.0];

/// A length of time: minutes, hours, days.
pub fn hours(hours: f64, language: Language) -> String {
    let (value, zh, en) = match hours {
        ..0.99 => (hours * 60.0, "分钟", "min"),
        ..47.95 => (hours, "小时", "h"),
        _ => (hours / 24.0, "天", "days"),
    };
    let decimals = usize::from(hours >= 0.99 && value < 9.95);
    let text = grouped(value, decimals);
    format!(
        "{} {}",
        text.strip_suffix(".0").unwrap_or(&text),
        language.pick(zh, en)
    )
}

/// Times before (below zero) and after an onset on a line: logarithmic away from it.
pub(super) struct HourAxis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

fn stretched(hours: f64) -> f64 {
    libm::copysign(libm::log(1.0 + hours.abs() / EVEN_HOURS), hours)
}

impl HourAxis {
    /// An axis between two pixels that holds some times, and half an hour before the onset and six after.
    pub(super) fn new(times: impl IntoIterator<Item = f64>, from: f64, to: f64) -> Self {
        let (low, high) = extent(times.into_iter().chain([-0.5, 6.0])).unwrap_or((-0.5, 6.0));
        HourAxis {
            low: stretched(low),
            high: stretched(high),
            from,
            to,
        }
    }

    /// Pixel of a time.
    pub(super) fn at(&self, hours: f64) -> f64 {
        let part = (stretched(hours) - self.low) / (self.high - self.low);
        self.from + part.clamp(0.0, 1.0) * (self.to - self.from)
    }

    /// Round times on the axis with their pixels and words.
    pub(super) fn ticks(&self, language: Language) -> Vec<(f64, String)> {
        // A quarter of an hour before would stand where the onset's word is.
        let before = ROUND[1..].iter().rev().map(|hours| -hours);
        let all = before.chain([0.0]).chain(ROUND);
        let held = all.filter(|hours| {
            let place = stretched(*hours);
            place >= self.low && place <= self.high
        });
        held.map(|time| (self.at(time), tick(time, language)))
            .collect()
    }
}

fn tick(time: f64, language: Language) -> String {
    let size = time.abs();
    let text = match size {
        0.0 => return language.pick("发生", "onset").to_owned(),
        168.0.. => {
            let weeks = grouped(size / 168.0, 0);
            format!(
                "{weeks} {}",
                language.pick("周", if size > 168.0 { "weeks" } else { "week" })
            )
        }
        24.0.. => {
            let days = grouped(size / 24.0, 0);
            format!(
                "{days} {}",
                language.pick("天", if size > 24.0 { "days" } else { "day" })
            )
        }
        _ => hours(size, language),
    };
    if time < 0.0 {
        format!("−{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_minutes_hours_and_days() {
        let of = |time| hours(time, Language::English);
        assert_eq!(
            [0.25, 1.0, 2.54, 12.3, 72.0, 60.0].map(of),
            ["15 min", "1 h", "2.5 h", "12 h", "3 days", "2.5 days"]
        );
        assert_eq!(hours(0.5, Language::Chinese), "30 分钟");
    }

    #[test]
    fn the_axis_holds_its_times_and_keeps_their_order() {
        let axis = HourAxis::new([-48.0, 0.2, 300.0], 100.0, 700.0);
        let places = [-48.0, -1.0, 0.0, 0.2, 1.0, 300.0].map(|time| axis.at(time));
        assert_eq!((places[0], places[5]), (100.0, 700.0));
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] > 10.0));
        let ticks = axis.ticks(Language::English);
        let words: Vec<&str> = ticks.iter().map(|(_, word)| word.as_str()).collect();
        assert_eq!(words[0], "−1 day");
        assert_eq!(words.last(), Some(&"1 week"));
        assert!(words.contains(&"onset"));
    }
}
