//! Deaths, injuries, warnings and rescue.

use super::{Figures, Measure, Part, of_category, ratio};
use crate::vocabulary::{Category, Grade, Quintile, Table, Trade, Vocabulary};

pub(super) fn add(figures: &mut Figures) {
    deaths(figures);
    accidents(figures);
    warning_and_rescue(figures);
}

fn deaths(figures: &mut Figures) {
    figures.by_kind(Measure::Deaths, |year| &year.deaths);
    let great = figures.yearly(|year| {
        year.deaths.values().iter().sum::<u64>() as f64 - year.deaths_great_events as f64
    });
    figures.whole(Measure::DeathsWithoutGreat, great);
    figures.by_category(Measure::DeathsReported, |year, category| {
        of_category(&year.deaths_reported, category)
    });
    let happened = figures.yearly(|year| of_category(&year.deaths, Category::Accident));
    let reported = figures.yearly(|year| of_category(&year.deaths_reported, Category::Accident));
    figures.whole(Measure::HiddenDeaths, happened - reported);
    figures.whole(Measure::WorkSafetyDeaths, happened);
    figures.whole(Measure::WorkSafetyDeathsReported, reported);
    let workers = figures.yearly(|year| year.worker_deaths.values().iter().sum::<u64>() as f64);
    figures.whole(Measure::WorkerDeaths, workers);
    for &trade in Trade::ALL {
        let value = figures.yearly(|year| year.worker_deaths[trade] as f64);
        figures.part(Measure::WorkerDeaths, Part::Trade(trade), value);
    }
    let moved = figures.yearly(|year| year.deaths_moved as f64);
    figures.whole(Measure::DeathsMoved, moved);
    let aged = figures.yearly(|year| year.deaths_aged_natural as f64);
    figures.whole(Measure::AgedDeathsNatural, aged);
    for &fifth in Quintile::ALL {
        let value = figures.yearly(|year| year.deaths_by_quintile[fifth] as f64);
        figures.part(Measure::DeathsByFifth, Part::Quintile(fifth), value);
    }
    figures.by_category(Measure::Injuries, |year, category| {
        of_category(&year.injuries, category)
    });
    let affected = figures.yearly(|year| year.affected as f64);
    figures.whole(Measure::Affected, affected);
    let relocated = figures.yearly(|year| year.relocated as f64);
    figures.whole(Measure::Relocated, relocated);
}

/// Accidents of at least the grade.
fn at_least(table: &Table<Grade, u64>, grade: Grade) -> f64 {
    table
        .iter()
        .filter(|(other, _)| *other >= grade)
        .map(|(_, n)| *n as f64)
        .sum()
}

fn accidents(figures: &mut Figures) {
    figures.by_kind(Measure::Events, |year| &year.events);
    for grade in [Grade::Larger, Grade::Major, Grade::ParticularlyMajor] {
        let value = figures.yearly(|year| at_least(&year.accidents_by_grade, grade));
        figures.part(Measure::Accidents, Part::Grade(grade), value);
    }
    for grade in [Grade::Larger, Grade::Major, Grade::ParticularlyMajor] {
        let value = figures.yearly(|year| at_least(&year.accidents_by_reported_grade, grade));
        figures.part(Measure::AccidentsReported, Part::Grade(grade), value);
    }
    let concealed = ratio(
        figures.sum(|year| year.accidents_concealed_outside_road as f64),
        figures.sum(|year| year.fatal_accidents_outside_road as f64),
    );
    figures.whole(Measure::ConcealedShare, concealed);
    let understated = figures.yearly(|year| year.accidents_understated as f64);
    figures.whole(Measure::Understated, understated);
    let late = figures.yearly(|year| year.accidents_late as f64);
    figures.whole(Measure::ReportedLate, late);
    let missed = figures.yearly(|year| year.accidents_missed as f64);
    figures.whole(Measure::Missed, missed);
}

fn warning_and_rescue(figures: &mut Figures) {
    let first = figures.yearly(|year| year.saved_by_first_responders as f64);
    figures.whole(Measure::SavedByFirstResponders, first);
    let professionals = figures.yearly(|year| year.saved_by_professionals as f64);
    figures.whole(Measure::SavedByProfessionals, professionals);
    let hurt = figures.yearly(|year| year.responders_hurt as f64);
    figures.whole(Measure::RespondersHurt, hurt);
    let warned = ratio(
        figures.sum(|year| year.strikes_warned as f64),
        figures.sum(|year| year.strikes as f64),
    );
    figures.whole(Measure::WarnedShare, warned);
    let false_alarms = figures.yearly(|year| year.false_alarms as f64);
    figures.whole(Measure::FalseAlarms, false_alarms);
    let hours = ratio(
        figures.sum(|year| year.hours_to_reach_sum),
        figures.sum(|year| year.hours_to_reach_count as f64),
    );
    figures.whole(Measure::HoursToReach, hours);
}
