//! Where the bars of a waterfall begin and end, and what is written beside them.

use super::{Panel, Step};
use crate::measures::rounding::Rounded;
use crate::report::numbers::{Scale, grouped, not_available};
use crate::vocabulary::Language;

/// Where the bar of each step begins and ends, and its interval, in the unit of the measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// Steps one after the other, then the whole from zero.
pub(super) fn placed(panel: &Panel) -> Vec<Placed> {
    let mut start = 0.0;
    let place = |start: f64, step: &Step| Placed {
        start,
        end: start + step.estimate.mean,
        low: start + step.estimate.low,
        high: start + step.estimate.high,
    };
    let mut all: Vec<Placed> = Vec::new();
    for step in &panel.steps {
        let placed = place(start, step);
        start = placed.end;
        all.push(placed);
    }
    all.push(place(0.0, &panel.whole));
    all
}

/// Texts of the contributions and of their sum, which add up as they are written.
pub(super) fn figures(panel: &Panel, scale: &Scale, language: Language) -> Vec<String> {
    let steps = panel
        .steps
        .iter()
        .map(|step| step.estimate.mean * scale.factor);
    let steps: Vec<f64> = steps.collect();
    let whole = panel.whole.estimate.mean * scale.factor;
    if !whole.is_finite() {
        return vec![not_available(language).to_owned(); steps.len() + 1];
    }
    let rounded = Rounded::of(&steps, whole, scale.decimals);
    let text = |units: &i64| {
        let sign = if *units > 0 { "+" } else { "" };
        format!("{sign}{}", grouped(rounded.value(*units), rounded.decimals))
    };
    rounded
        .parts
        .iter()
        .chain([&rounded.whole])
        .map(text)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Estimate, Quantity, Words};

    fn step(mean: f64) -> Step {
        Step {
            estimate: Estimate {
                mean,
                low: mean - 1.0,
                high: mean + 1.0,
            },
            resolved: mean.abs() > 1.0,
        }
    }

    fn panel() -> Panel {
        Panel {
            measure: Words::new("死亡人数", "deaths"),
            quantity: Quantity::PeoplePerYear,
            steps: vec![step(-100.4), step(40.4), step(-0.4)],
            whole: step(-60.4),
        }
    }

    #[test]
    fn each_bar_begins_where_the_last_ended_and_the_sum_begins_at_zero() {
        let found = placed(&panel());
        assert_eq!(found[0].start, 0.0);
        for pair in found[..3].windows(2) {
            assert_eq!(pair[1].start, pair[0].end);
        }
        assert_eq!((found[3].start, found[3].end), (0.0, -60.4));
        assert!((found[2].end - found[3].end).abs() < 1e-9);
        assert!((found[1].low + 61.0).abs() < 1e-9 && (found[1].high + 59.0).abs() < 1e-9);
    }

    #[test]
    fn figures_add_up_as_they_are_written() {
        let thirds = Panel {
            steps: vec![step(33.4), step(33.4), step(33.4)],
            whole: step(100.2),
            ..panel()
        };
        let scale = Scale::of(&Quantity::PeoplePerYear, 100.2, Language::English);
        assert_eq!(
            figures(&thirds, &scale, Language::English),
            ["+34", "+33", "+33", "+100"]
        );
    }
}
