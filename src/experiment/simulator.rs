//! The model as an engine of replications, and the plan of a checked experiment.

use rayon::prelude::*;

use super::plan::{Name, Plan, PolicyPlan};
use super::run::Engine;
use crate::measures::Facts;
use crate::model::hazards::candidates::WEEKS_PER_YEAR;
use crate::model::record::RunRecord;
use crate::model::{History, Model, Regime, State};
use crate::scenario::CheckedExperiment;

/// A model with the regimes of an experiment's policies.
pub struct Simulator {
    model: Model,
    baseline: Regime,
    regimes: Vec<Regime>,
    seed: u64,
    burn_in_weeks: u32,
    years: u32,
}

impl Simulator {
    /// Builds the world and solves every policy's regime; the baseline's own regime burns in.
    pub fn new(checked: &CheckedExperiment) -> Self {
        let experiment = &checked.experiment;
        let model = Model::new(checked.society.clone(), experiment.people_per_agent);
        let baseline = model.baseline(&checked.baseline);
        let regime = |policy| baseline.regime(policy, experiment.equal_budget);
        Simulator {
            baseline: regime(&checked.baseline),
            regimes: checked.policies.par_iter().map(regime).collect(),
            seed: experiment.seed,
            burn_in_weeks: experiment.burn_in_years * WEEKS_PER_YEAR,
            years: experiment.years,
            model,
        }
    }

    /// The plan that files, tables and charts read.
    ///
    /// # Errors
    /// If an input cannot be written as JSON, which no checked value causes.
    pub fn plan(&self, checked: &CheckedExperiment) -> Result<Plan, serde_json::Error> {
        let name = |zh: &str, en: &str| Name {
            zh: zh.to_owned(),
            en: en.to_owned(),
        };
        let (experiment, society) = (&checked.experiment, &checked.society.society);
        let key = &checked.baseline.key;
        Ok(Plan {
            key: checked.key.clone(),
            name: name(&experiment.name_zh, &experiment.name_en),
            society: checked.society.key.clone(),
            society_name: name(&society.name_zh, &society.name_en),
            provinces: self
                .model
                .world
                .provinces
                .iter()
                .map(|p| name(&p.name_zh, &p.name_en))
                .collect(),
            policies: checked
                .policies
                .iter()
                .map(|checked| PolicyPlan {
                    key: checked.key.clone(),
                    name: name(&checked.policy.name_zh, &checked.policy.name_en),
                })
                .collect(),
            baseline: checked
                .policies
                .iter()
                .position(|policy| policy.key == *key)
                .unwrap_or(0),
            years: experiment.years,
            burn_in_years: experiment.burn_in_years,
            replications: experiment.replications,
            seed: experiment.seed,
            people_per_agent: experiment.people_per_agent,
            facts: Facts::of(&self.model.world, &society.evaluation),
            inputs: checked.resolved()?,
            hash: checked.hash()?,
        })
    }
}

impl Engine for Simulator {
    type Start = (History, State);

    fn prepare(&self, replication: u32) -> Self::Start {
        let weeks = self.burn_in_weeks + self.years * WEEKS_PER_YEAR;
        let history = self.model.history(self.seed, replication, weeks);
        let state = self
            .model
            .burn_in(&self.baseline, &history, self.burn_in_weeks);
        (history, state)
    }

    fn run(&self, (history, state): &Self::Start, policy: usize) -> RunRecord {
        self.model.run(
            &self.regimes[policy],
            history,
            state,
            self.burn_in_weeks,
            self.years,
        )
    }
}
