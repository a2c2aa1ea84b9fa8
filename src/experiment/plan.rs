//! What an experiment will do, in plain values: all that the files, tables and charts need to know.

use serde::{Deserialize, Serialize};

use crate::lint::DutyMap;
use crate::measures::Facts;
use crate::scenario::experiment::Start;
use crate::scenario::hash;
use crate::vocabulary::Language;

/// A name in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Name {
    /// The name in a language.
    pub fn word(&self, language: Language) -> &str {
        language.pick(&self.zh, &self.en)
    }
}

/// A policy of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyPlan {
    /// Key, used in files.
    pub key: String,
    /// Name.
    pub name: Name,
    /// Who leads which duty, and what the lint says of it.
    pub duties: DutyMap,
}

/// The plan of an experiment, after every option has been applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Key of the experiment; also the name of its folder.
    pub key: String,
    /// Name of the experiment.
    pub name: Name,
    /// Key of the society.
    pub society: String,
    /// Name of the society.
    pub society_name: Name,
    /// Names of the provinces, in the order of the records.
    pub provinces: Vec<Name>,
    /// People of each province.
    pub province_people: Vec<f64>,
    /// Policies, in the order in which they are shown; the baseline is among them.
    pub policies: Vec<PolicyPlan>,
    /// Position of the baseline among the policies.
    pub baseline: usize,
    /// Years of the horizon.
    pub years: u32,
    /// Years before it, under the baseline, that are not measured.
    pub burn_in_years: u32,
    /// From which state a policy starts.
    pub start: Start,
    /// Replications.
    pub replications: u32,
    /// Seed of the dynamics.
    pub seed: u64,
    /// People that a citizen agent stands for.
    pub people_per_agent: u32,
    /// Facts of the society that the measures need.
    pub facts: Facts,
    /// Resolved inputs, whole.
    pub inputs: serde_json::Value,
    /// Hash of the resolved inputs (hexadecimal).
    pub hash: String,
}

impl Plan {
    /// The run's short identity, shown with every figure.
    pub fn identity(&self) -> &str {
        self.hash.get(..8).unwrap_or(&self.hash)
    }

    /// The same plan with another number of replications: what [`super::simulator::Simulator::plan`] says of it.
    #[must_use]
    pub fn of_replications(mut self, replications: u32) -> Self {
        if self.replications != replications {
            self.replications = replications;
            if let Some(stated) = self.inputs.pointer_mut("/experiment/replications") {
                *stated = replications.into();
            }
            self.hash = hash(&self.inputs);
        }
        self
    }

    /// Weeks of the horizon.
    pub fn weeks(&self) -> usize {
        self.years as usize * 52
    }
}
