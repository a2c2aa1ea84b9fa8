//! The model as an engine of replications, and the plan of a checked experiment.

pub mod checkpointed;

use std::sync::Arc;

use serde_json::Value;

use super::plan::{Name, Plan, PolicyPlan};
use super::run::Engine;
use crate::lint::DutyMap;
use crate::measures::Facts;
use crate::model::hazards::candidates::WEEKS_PER_YEAR;
use crate::model::hazards::forced::Wanted;
use crate::model::record::RunRecord;
use crate::model::{ForcedStrike, History, Model, Regime, TailShare};
use crate::scenario::experiment::{Experiment, ForcedKind, Start};
use crate::scenario::{CheckedExperiment, CheckedPolicy, hash};
use crate::vocabulary::NaturalKind;
use checkpointed::{Checkpointed, Nowhere};

/// A model with the regimes of an experiment's policies.
pub struct Simulator {
    model: Arc<Model>,
    baseline: Regime,
    forced: Result<Option<ForcedStrike>, Missing>,
    start: Start,
    regimes: Vec<Regime>,
    seed: u64,
    burn_in_weeks: u32,
    years: u32,
    replications: u32,
    tail: Option<TailShare>,
}

impl Simulator {
    /// Builds the world and solves every policy's regime; the baseline's own regime burns in.
    pub fn new(checked: &CheckedExperiment) -> Self {
        let experiment = &checked.experiment;
        let model = Model::new(checked.society.clone(), experiment.people_per_agent);
        let burn_in_weeks = experiment.burn_in_years * WEEKS_PER_YEAR;
        let all: Vec<&CheckedPolicy> = checked.policies.iter().chain([&checked.baseline]).collect();
        let mut regimes = model.regimes(&all, &checked.baseline, experiment.equal_budget);
        Simulator {
            baseline: regimes.swap_remove(checked.policies.len()),
            regimes,
            forced: forced(&model, experiment, burn_in_weeks),
            start: experiment.start,
            seed: experiment.seed,
            burn_in_weeks,
            years: experiment.years,
            replications: experiment.replications,
            tail: None,
            model: Arc::new(model),
        }
    }

    /// The same with so many natural years besides those of the runs (see [`crate::model::tail`]).
    #[must_use]
    pub fn with_tail(mut self, years: u32) -> Self {
        self.tail = (years > 0).then_some(TailShare {
            years,
            replications: self.replications,
        });
        self
    }

    /// The society, made ready.
    pub fn model(&self) -> Arc<Model> {
        Arc::clone(&self.model)
    }

    /// What each policy makes of its levers in it, in the plan's order.
    pub fn regimes(&self) -> &[Regime] {
        &self.regimes
    }

    /// The forced event that the society does not have, if one is asked for.
    pub fn missing_event(&self) -> Option<Missing> {
        self.forced.as_ref().err().copied()
    }

    /// What a policy (position in the plan) may spend (yuan a head and year): under no equal budget, what
    /// it costs.
    pub fn appropriation_yuan_per_head(&self, policy: usize) -> f64 {
        self.regimes[policy].money.appropriation
    }

    /// What the measures need to know of the society.
    pub fn facts(&self, checked: &CheckedExperiment) -> Facts {
        Facts::of(&self.model.world, &checked.society.society.evaluation)
    }

    /// The plan that files, tables and charts read.
    ///
    /// # Errors
    /// If an input cannot be written as JSON, which no checked value causes.
    pub fn plan(&self, checked: &CheckedExperiment) -> Result<Plan, serde_json::Error> {
        let inputs = checked.resolved()?;
        let hash = hash(&inputs);
        Ok(self.plan_of(checked, inputs, hash))
    }

    /// The same of an experiment whose inputs are resolved already, with their hash.
    pub fn plan_of(&self, checked: &CheckedExperiment, inputs: Value, hash: String) -> Plan {
        let name = |zh: &str, en: &str| Name {
            zh: zh.to_owned(),
            en: en.to_owned(),
        };
        let (experiment, society) = (&checked.experiment, &checked.society.society);
        let key = &checked.baseline.key;
        Plan {
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
            province_people: self
                .model
                .world
                .provinces
                .iter()
                .map(|p| p.population as f64)
                .collect(),
            policies: checked
                .policies
                .iter()
                .map(|checked| PolicyPlan {
                    key: checked.key.clone(),
                    name: name(&checked.policy.name_zh, &checked.policy.name_en),
                    duties: DutyMap::of(checked, society),
                })
                .collect(),
            baseline: checked
                .policies
                .iter()
                .position(|policy| policy.key == *key)
                .unwrap_or(0),
            years: experiment.years,
            burn_in_years: experiment.burn_in_years,
            start: experiment.start,
            replications: experiment.replications,
            seed: experiment.seed,
            people_per_agent: experiment.people_per_agent,
            facts: self.facts(checked),
            hash,
            inputs,
        }
    }
}

/// Why there is no forced event: the province is not struck by the hazard once in the return period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Missing {
    /// Hazard.
    pub kind: NaturalKind,
    /// Return period (years).
    pub return_period_years: f64,
}

fn forced(
    model: &Model,
    experiment: &Experiment,
    burn_in_weeks: u32,
) -> Result<Option<ForcedStrike>, Missing> {
    let asked = &experiment.forced_event;
    let ForcedKind::Of(kind) = asked.kind else {
        return Ok(None);
    };
    let missing = Missing {
        kind,
        return_period_years: asked.return_period_years,
    };
    let wanted = Wanted {
        kind,
        province: model
            .tables
            .province_named(&asked.province)
            .ok_or(missing)?,
        return_period_years: asked.return_period_years,
        week: burn_in_weeks + asked.week.saturating_sub(1),
    };
    ForcedStrike::find(model, wanted).map(Some).ok_or(missing)
}

impl Engine for Simulator {
    type Start = <Checkpointed<'static, Nowhere> as Engine>::Start;
    type Record = RunRecord;

    fn prepare(&self, replication: u32) -> Self::Start {
        self.unkept().prepare(replication)
    }

    fn run(&self, start: &Self::Start, policy: usize) -> RunRecord {
        self.unkept().run(start, policy)
    }

    fn run_last(&self, start: Self::Start, policy: usize) -> RunRecord {
        self.unkept().run_last(start, policy)
    }
}

impl Simulator {
    /// Weeks of a history, those of the burn-in included.
    fn weeks(&self) -> u32 {
        self.burn_in_weeks + self.years * WEEKS_PER_YEAR
    }

    /// What could happen in a replication.
    fn history(&self, replication: u32) -> History {
        let (model, weeks) = (&self.model, self.weeks());
        match &self.forced {
            Ok(Some(forced)) => model.history_with(self.seed, replication, weeks, forced),
            _ => model.history(self.seed, replication, weeks),
        }
    }

    /// The same without checkpoints.
    fn unkept(&self) -> Checkpointed<'_, Nowhere> {
        Checkpointed {
            simulator: self,
            checkpoints: Nowhere,
        }
    }
}
