//! Resilience: function lost, lowest point, recovery, cascades; and the slow states of society.

use super::{Figures, Measure, ratio};
use crate::model::record::Series;

pub(super) fn add(figures: &mut Figures) {
    let lost = figures.yearly(|year| year.lost_function_person_years);
    figures.whole(Measure::ResilienceLoss, lost);
    let years = &figures.record.years;
    let lowest = years
        .iter()
        .map(|year| year.lowest_functionality)
        .fold(f64::NAN, f64::min);
    figures.whole(Measure::LowestFunctionality, lowest);
    let whole = &figures.record.whole;
    figures.whole(Measure::WeeksTo90, whole.weeks_to_90);
    figures.whole(Measure::WeeksTo99, whole.weeks_to_99);
    let children = figures.sum(|year| year.cascade_children as f64);
    let events = figures.sum(|year| year.events.values().iter().sum::<u64>() as f64);
    let absorbed = figures.sum(|year| year.absorbed as f64);
    figures.whole(Measure::AbsorbedShare, ratio(absorbed, events - children));
    let children = figures.yearly(|year| year.cascade_children as f64);
    figures.whole(Measure::CascadeChildren, children);
    for (measure, series) in [
        (Measure::Trust, Series::Trust),
        (Measure::PerceivedSafety, Series::PerceivedSafety),
        (Measure::Preparedness, Series::Preparedness),
        (Measure::TakeUp, Series::TakeUp),
        (Measure::Backlog, Series::Backlog),
        (Measure::SuspendedShare, Series::Suspended),
    ] {
        let value = figures.weekly(series);
        figures.whole(measure, value);
    }
    let work = figures.yearly(|year| year.work_lost_person_years);
    figures.whole(Measure::WorkLost, work);
}
