//! What each lever does: moved alone, from the present arrangement, through the same dangers, it moves
//! the measures that theory says, in the stated direction, with a paired 95 % interval without zero.
//!
//! What it means that a mechanism is off stands in `neutral.rs`.

#[path = "../common/mod.rs"]
mod common;

mod governing;
mod six;
mod terms;

use std::sync::OnceLock;

use common::claims::{Claim, Figure, require_in};
use common::{COUNTRY, Laboratory};
use riskweave::model::record::{RunRecord, Series, YearRecord};
use riskweave::vocabulary::{Bearer, Category, Kind, Vocabulary};

/// The laboratory and the runs of the present arrangement, shared by all tests.
fn present() -> &'static (Laboratory, Vec<RunRecord>) {
    static PRESENT: OnceLock<(Laboratory, Vec<RunRecord>)> = OnceLock::new();
    PRESENT.get_or_init(|| {
        let laboratory = Laboratory::new(COUNTRY);
        let runs = laboratory.run(&laboratory.checked.baseline);
        (laboratory, runs)
    })
}

/// Requires that everything claimed follows; tells all that does not.
fn require(claims: &[Claim]) {
    let (laboratory, before) = present();
    require_in(laboratory, before, claims);
}

/// Sum of a figure over the years.
fn years(record: &RunRecord, figure: impl Fn(&YearRecord) -> f64) -> f64 {
    record.years.iter().map(figure).sum()
}

/// Mean of a weekly series.
fn mean(record: &RunRecord, series: Series) -> f64 {
    let weeks = record.weeks.iter().map(|week| week[series.number()]);
    weeks.sum::<f64>() / record.weeks.len() as f64
}

/// People killed in events of some kinds.
fn dead(record: &RunRecord, among: impl Fn(Kind) -> bool) -> f64 {
    years(record, |year| {
        let kinds = year.deaths.iter().filter(|(kind, _)| among(*kind));
        kinds.map(|(_, dead)| *dead as f64).sum()
    })
}

/// Fen finally borne by some.
fn borne(record: &RunRecord, by: &[Bearer]) -> f64 {
    years(record, |year| {
        by.iter().map(|bearer| year.borne_fen[*bearer] as f64).sum()
    })
}

/// In logarithms: a lever changes them by a share, and years differ greatly.
const NATURAL_DEATHS: Figure = ("log of natural deaths", |record| {
    libm::log(dead(record, |kind| kind.category() == Category::Natural))
});
const ACCIDENT_DEATHS: Figure = ("accident deaths", |record| {
    dead(record, |kind| kind.category() == Category::Accident)
});
