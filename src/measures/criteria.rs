//! Compliance with criteria of risk, measured on the years of the run.

use super::societal_risk::{Curve, Verdict};
use super::{Figures, Measure, Part};
use crate::vocabulary::{Category, Grade, Trade, Vocabulary};

pub(super) fn add(figures: &mut Figures) {
    worker_risk(figures);
    national_line(figures);
}

/// Deaths of a trade's workers over its worker-years against the tolerable risk.
fn worker_risk(figures: &mut Figures) {
    let years = figures.record.years.len() as f64;
    let limit = figures.facts.tolerable_worker_risk_per_year;
    for &trade in Trade::ALL {
        let dead: u64 = figures
            .record
            .years
            .iter()
            .map(|year| year.worker_deaths[trade])
            .sum();
        let exposure = figures.facts.trade_workers[trade] * years;
        let verdict = Verdict::of(dead, exposure, limit).number();
        figures.part(Measure::WorkerRiskVerdict, Part::Trade(trade), verdict);
    }
}

/// Accidents of at least 3, 10 and 30 dead against the national line for the society's people.
fn national_line(figures: &mut Figures) {
    let years = figures.record.years.len() as f64;
    let line = figures.facts.national_line_per_year;
    let events = figures.record.events.packed();
    let accidents = events.filter(|event| event.kind().category() == Category::Accident);
    let deaths = accidents.map(|event| event.deaths());
    let larger = deaths.filter(|deaths| *deaths >= u64::from(Grade::Larger.threshold()));
    let points = larger.map(|deaths| (1.0 / years, deaths as f64));
    let ratio = Curve::of(points.collect()).greatest_ratio(line);
    figures.whole(Measure::NationalLineRatio, ratio);
    for grade in [Grade::Larger, Grade::Major, Grade::ParticularlyMajor] {
        let sum = |table: &crate::vocabulary::Table<Grade, u64>| -> u64 {
            let worse = table.iter().filter(|(other, _)| *other >= grade);
            worse.map(|(_, n)| *n).sum()
        };
        let count = figures
            .record
            .years
            .iter()
            .map(|year| sum(&year.accidents_by_grade))
            .sum();
        let limit = line / f64::from(grade.threshold());
        let verdict = Verdict::of(count, years, limit).number();
        figures.part(Measure::NationalLineVerdict, Part::Grade(grade), verdict);
    }
}
