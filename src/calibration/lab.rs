//! Simulated years of a society with given values, under its baseline.

use rayon::prelude::*;

use super::moments::{Scale, YearFigures, is_industry, years_of};
use super::{Effort, Refusal, Step, Watch};
use crate::model::hazards::alias::Alias;
use crate::model::hazards::candidates::WEEKS_PER_YEAR;
use crate::model::{Model, Regime};
use crate::scenario::society::Society;
use crate::scenario::{CheckedPolicy, CheckedSociety};
use crate::vocabulary::{Table, Trade};

/// A society under its baseline, run as often as asked.
pub(super) struct Lab<'a> {
    pub(super) society: &'a CheckedSociety,
    pub(super) baseline: &'a CheckedPolicy,
    pub(super) effort: Effort,
    pub(super) watch: Watch<'a>,
    ceiling: Option<Ceiling>,
}

/// Majorants of the highest rates that are tried: with them all trials thin the same candidates.
struct Ceiling {
    slots: Alias,
    majorant: Table<Trade, f64>,
}

/// A society made ready to run.
pub(super) struct Ready {
    pub(super) model: Model,
    pub(super) regime: Regime,
}

impl<'a> Lab<'a> {
    pub(super) fn new(
        society: &'a CheckedSociety,
        baseline: &'a CheckedPolicy,
        effort: Effort,
        watch: Watch<'a>,
    ) -> Self {
        Lab {
            society,
            baseline,
            effort,
            watch,
            ceiling: None,
        }
    }

    /// Sets the highest rates that will be tried.
    pub(super) fn bounded_by(mut self, highest: &Society) -> Self {
        let model = self.model(highest);
        self.ceiling = Some(Ceiling {
            slots: model.slots,
            majorant: model.majorant,
        });
        self
    }

    fn model(&self, society: &Society) -> Model {
        let checked = CheckedSociety {
            society: society.clone(),
            ..self.society.clone()
        };
        Model::new(checked, self.effort.people_per_agent)
    }

    /// Builds the world of a society and works out its baseline.
    pub(super) fn ready(&self, society: &Society) -> Ready {
        let mut model = self.model(society);
        if let Some(ceiling) = &self.ceiling {
            model.slots = ceiling.slots.clone();
            model.majorant = ceiling.majorant.clone();
        }
        let regime = model.regime(self.baseline, self.baseline, true);
        Ready { model, regime }
    }

    /// What the figures of a society are relative to.
    pub(super) fn scale(&self, coal_output_million_tonnes: Option<f64>) -> Scale {
        let tables = &self.society.tables;
        let workers = tables.workers.iter().flat_map(Table::iter);
        Scale {
            gdp_yuan: tables
                .provinces
                .iter()
                .map(|province| province.gdp_yuan)
                .sum(),
            industry_workers: workers
                .filter(|(trade, _)| is_industry(*trade))
                .map(|(_, workers)| workers)
                .sum(),
            coal_output_million_tonnes,
        }
    }

    /// One replication of a society that is ready.
    pub(super) fn replication(
        &self,
        ready: &Ready,
        replication: u32,
        years: u32,
    ) -> Result<Vec<YearFigures>, Refusal> {
        let burn = self.effort.burn_in_years * WEEKS_PER_YEAR;
        let weeks = burn + years * WEEKS_PER_YEAR;
        let history = ready.model.history(self.effort.seed, replication, weeks);
        let start = ready.model.burn_in(&ready.regime, &history, burn);
        let record = ready
            .model
            .run(&ready.regime, &history, &start, burn, years);
        (self.watch)(Step::Run);
        if record.checks.pass() {
            Ok(years_of(&record))
        } else {
            Err(Refusal::SelfCheck)
        }
    }

    /// All years of all replications, in order.
    pub(super) fn years(&self, society: &Society) -> Result<Vec<YearFigures>, Refusal> {
        let ready = self.ready(society);
        let runs: Vec<Vec<YearFigures>> = (1..=self.effort.replications)
            .into_par_iter()
            .map(|replication| self.replication(&ready, replication, self.effort.years))
            .collect::<Result<_, _>>()?;
        Ok(runs.into_iter().flatten().collect())
    }
}

/// Simulated years of a society under its baseline, as a calibration sees them.
///
/// # Errors
/// If a run fails a self-check of the engine.
pub fn simulated(
    society: &CheckedSociety,
    baseline: &CheckedPolicy,
    effort: Effort,
) -> Result<Vec<YearFigures>, Refusal> {
    Lab::new(society, baseline, effort, &|_| {}).years(&society.society)
}
