//! A second loss of function before the first is repaired.

use super::{function, loss};
use crate::scenario::society::OverlapWithinWeek;
use crate::verify::closed_form::recovery::Overlap;
use crate::verify::laboratory::sound;
use crate::verify::{Case, Effort, Parameter, Quantity, Refusal, Values, damages};
use crate::vocabulary::NaturalKind;

pub(super) const CASE: Case = Case {
    name: "overlap",
    summary: [
        "a second loss of function before the first is repaired",
        "前次损失未修复时再次受损的功能",
    ],
    parameters: &[
        loss("first_loss", 0.3),
        loss("second_loss", 0.4),
        Parameter::whole("gap_weeks", "weeks", 5.0, [0.0, 1040.0]),
        Parameter::number("time_constant_weeks", "weeks", 10.0, [0.1, 520.0]),
    ],
    run,
};

/// Time constants after which nothing is left to twelve digits.
const LONG: f64 = 30.0;

fn run(values: &Values, _: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let law = Overlap {
        first: values["first_loss"],
        second: values["second_loss"],
        gap: values["gap_weeks"],
        time_constant: values["time_constant_weeks"],
    };
    let gap = values.whole("gap_weeks") as u32;
    let (first, second) = (NaturalKind::Flood, NaturalKind::Typhoon);
    let losses = [(first, law.first), (second, law.second)];
    let laboratory = damages::laboratory_of(&losses, law.time_constant, |society| {
        society.recovery.overlap_within_week = OverlapWithinWeek::Exact;
    })?;
    let years = (gap + (LONG * law.time_constant) as u32) / 52 + 1;
    let history = damages::history(&laboratory, years, &[(first, 0), (second, gap)]);
    let mut run = laboratory.begin(&history);
    run.weeks(52 * years);
    let record = sound(run.finish())?;
    let lowest = record.years.iter().map(|year| year.lowest_functionality);
    Ok(vec![
        Quantity::exact(
            "resilience_loss",
            law.lost(),
            function(&record).map(|level| 1.0 - level).sum(),
        ),
        Quantity::exact("lowest_function", law.lowest(), lowest.fold(1.0, f64::min)),
    ])
}
