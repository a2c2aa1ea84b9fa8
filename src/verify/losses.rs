//! Accidents of the only establishment as a compound Poisson process of direct loss: rate and law of
//! one loss put into the engine, and what a year lost read from its record.

use super::Refusal;
use super::closed_form::severity::Severity;
use super::laboratory::Laboratory;
use super::stripped::{Stripped, TRADE};
use crate::model::record::{RunRecord, YearRecord};
use crate::scenario::society::{DamageLaw, Society};
use crate::vocabulary::{Asset, Category};

/// How much further than the rate the majorant lies at least: the engine keeps rates in single
/// precision, which may round up.
pub const ABOVE: f64 = 1.000_001;

/// A law of losses for cases that count events and do not ask what they cost.
pub const ANY_SEVERITY: Severity = Severity::Lognormal {
    mu: 0.0,
    sigma: 0.1,
};

/// Losses as a case states them.
#[derive(Clone, Copy, Debug)]
pub struct Losses {
    /// Losses a year λ.
    pub rate: f64,
    /// Majorant Λ of the rate, at least [`ABOVE`] times it.
    pub majorant: f64,
    /// Law of one loss (units of money).
    pub severity: Severity,
}

impl Losses {
    /// Losses whose majorant is the rate.
    pub fn new(rate: f64, severity: Severity) -> Self {
        Losses {
            rate,
            majorant: rate * ABOVE,
            severity,
        }
    }

    /// The same with a majorant of so many times the rate.
    #[must_use]
    pub fn with_majorant(self, times: f64) -> Self {
        Losses {
            majorant: self.rate * times.max(ABOVE),
            ..self
        }
    }

    /// Puts them into the stripped society.
    pub fn put(&self, stripped: &mut Stripped) {
        let workers = stripped.workers();
        let unit = self.unit_yuan();
        let society = stripped.facts();
        society.trades[TRADE].base_rate_per_100k_worker_years = self.majorant / workers * 1e5;
        put_severity(society, self.severity, unit);
    }

    /// Lowers the rate of a laboratory from the majorant to the rate, by the factor of monitoring.
    pub fn thin(&self, laboratory: &mut Laboratory) {
        laboratory.regime.trades[TRADE].unmonitored = self.rate / self.majorant;
    }

    /// The laboratory of these losses with nothing else.
    ///
    /// # Errors
    /// If the stripped society does not load.
    pub fn laboratory(&self) -> Result<Laboratory, Refusal> {
        let mut stripped = Stripped::new()?;
        self.put(&mut stripped);
        let mut laboratory = stripped.laboratory();
        self.thin(&mut laboratory);
        Ok(laboratory)
    }

    /// Yuan in the case's unit of money: one loss is of the order of a million yuan, so that rounding to
    /// the fen does not matter.
    pub fn unit_yuan(&self) -> f64 {
        1e6 / self.severity.order()
    }

    /// An amount of the record (fen) in the case's unit of money.
    pub fn money(&self, fen: i64) -> f64 {
        fen as f64 / 100.0 / self.unit_yuan()
    }

    /// Direct loss of a year.
    pub fn of_year(&self, year: &YearRecord) -> f64 {
        self.money(year.damage_fen[Category::Accident][Asset::Enterprise])
    }

    /// Direct loss of each year of a run.
    pub fn of_years(&self, record: &RunRecord) -> Vec<f64> {
        record.years.iter().map(|year| self.of_year(year)).collect()
    }
}

fn put_severity(society: &mut Society, severity: Severity, unit_yuan: f64) {
    match severity {
        Severity::Lognormal { sigma, .. } => {
            society.trades[TRADE].own_damage_yuan_per_accident = severity.moment(1) * unit_yuan;
            society.accident.own_damage_sigma_log = sigma;
        }
        Severity::GeneralisedPareto {
            threshold,
            scale,
            shape,
        } => {
            society.trades[TRADE].own_damage_yuan_per_accident = unit_yuan;
            society.accident.own_damage_law = DamageLaw::Pareto;
            society.accident.own_damage_threshold = threshold;
            society.accident.own_damage_scale = scale;
            society.accident.own_damage_shape = shape;
        }
    }
}
