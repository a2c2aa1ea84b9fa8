//! The tail of natural losses in the stripped society: one county, one local danger with a truncated
//! Pareto law of severity, and what an event of a given severity destroys.

use libm::pow;

use super::damages;
use super::laboratory::{Laboratory, sound};
use super::quantity::mean;
use super::{Effort, Refusal};
use crate::model::TailShare;
use crate::model::hazards::footprint::{Strike, spread_damage};
use crate::model::hazards::harm;
use crate::model::record::{TailRecord, YearRecord};
use crate::scenario::society::Spread;
use crate::vocabulary::{Category, NaturalKind};

/// The only danger: a local one, which strikes the county in which it arises.
const KIND: NaturalKind = NaturalKind::Geological;
/// Years of the only replication, in whose states the years of the tail begin.
const HORIZON: u32 = 10;
/// Years in which an event is looked for that tells how intensity follows from severity.
const PROBE_YEARS: u32 = 2000;
/// Equally likely severities whose losses stand for the law.
const POINTS: u32 = 20_000;

/// Severity on a truncated Pareto law: P(X > x) ∝ x^−α − max^−α from the least to the greatest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeverityLaw {
    /// Least severity.
    pub least: f64,
    /// Greatest severity.
    pub greatest: f64,
    /// Exponent α.
    pub exponent: f64,
}

impl SeverityLaw {
    /// Severity above which a share (0–1) of events lies.
    pub fn above(self, share: f64) -> f64 {
        let cut = pow(self.least / self.greatest, self.exponent);
        let kept = share * (1.0 - cut) + cut;
        self.least * pow(kept, -1.0 / self.exponent)
    }

    fn put(self, spread: &mut Spread) {
        spread.severity_min = self.least;
        spread.severity_max = self.greatest;
        spread.severity_alpha = self.exponent;
        spread.damage_scale = 200.0;
        spread.damage_power = 1.0;
    }
}

/// One county under one danger.
pub struct NaturalTail {
    laboratory: Laboratory,
    law: SeverityLaw,
    /// Intensity in the county for a unit of severity: they are in proportion.
    intensity: f64,
    rate: f64,
}

impl NaturalTail {
    /// A danger of so many events a year with this law of severity.
    ///
    /// # Errors
    /// If the stripped society does not load.
    pub fn new(rate: f64, law: SeverityLaw) -> Result<Self, Refusal> {
        let laboratory = damages::laboratory_of(&[(KIND, 0.2)], 4.0, |society| {
            let hazard = &mut society.hazards[KIND];
            hazard.events_per_year = rate;
            if let Some(spread) = hazard.spread.as_mut() {
                law.put(spread);
            }
        })?;
        let probe = laboratory.history(1, 0, PROBE_YEARS).natural;
        let intensity = probe.events.first().map_or(0.0, |event| {
            f64::from(probe.strikes[event.strikes.rows()][0].intensity) / event.magnitude
        });
        Ok(NaturalTail {
            laboratory,
            law,
            intensity,
            rate,
        })
    }

    /// So many years of the tail.
    ///
    /// # Errors
    /// If a self-check of the run fails.
    pub fn years(&self, effort: &Effort, years: u32) -> Result<TailRecord, Refusal> {
        let Laboratory { model, regime } = &self.laboratory;
        let history = self.laboratory.history(effort.seed, 0, HORIZON);
        let start = model.burn_in(regime, &history, 0);
        let share = TailShare {
            years,
            replications: 1,
        };
        let record = model.run_with_tail(regime, &history, start, (0, HORIZON), Some(share));
        Ok(sound(record)?.tail)
    }

    /// Loss (yuan) that an event of a severity does to assets.
    pub fn loss(&self, severity: f64) -> f64 {
        let model = &self.laboratory.model;
        let intensity = severity * self.intensity;
        let damage = model.society.hazards[KIND]
            .spread
            .as_ref()
            .map_or(0.0, |spread| spread_damage(spread, intensity));
        let strike = Strike {
            county: 0,
            intensity: intensity as f32,
            damage: damage as f32,
        };
        let (world, society) = (&model.world, &model.society);
        let damage = harm::base_damage(world, society, &model.vulnerability, KIND, &strike);
        damage.values().iter().sum()
    }

    /// Loss (yuan) that the largest event of a year exceeds once in a period (years): a share
    /// −ln(1 − 1/T)/λ of the events does.
    pub fn level(&self, period: f64) -> f64 {
        let share = -libm::log1p(-1.0 / period) / self.rate;
        self.loss(self.law.above(share))
    }

    /// Mean and variance of a year's loss (yuan, yuan²): λ·E X and λ·E X².
    pub fn annual(&self) -> [f64; 2] {
        let shares = (0..POINTS).map(|point| (f64::from(point) + 0.5) / f64::from(POINTS));
        let losses: Vec<f64> = shares
            .map(|share| self.loss(self.law.above(share)))
            .collect();
        let squares: Vec<f64> = losses.iter().map(|loss| loss * loss).collect();
        [&losses, &squares].map(|moments| self.rate * mean(moments))
    }
}

/// Loss (yuan) of the assets in a year of the tail.
pub fn destroyed(year: &YearRecord) -> f64 {
    let damage = year.damage_fen[Category::Natural].values();
    damage.iter().sum::<i64>() as f64 / 100.0
}
