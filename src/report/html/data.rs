//! What the report of a run says, as plain data: kept in `report.json` beside the data of the charts, so
//! that the pages can be made again without running anything.

use serde::{Deserialize, Serialize};

use super::liability::Liability;
use crate::report::charts::story;
use crate::report::charts::table::number;
use crate::report::charts::{Estimate, PolicyLabel, Quantity, Words};

/// Everything that the pages say besides the charts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// What was run.
    pub run: Run,
    /// What is measured.
    pub measures: Vec<Measured>,
    /// The policies, in the order shown.
    pub policies: Vec<Policy>,
    /// Position of the baseline among them.
    pub baseline: usize,
    /// What the reader must know before reading on.
    pub warnings: Vec<Words>,
    /// Values of the inputs in this run.
    pub parameters: Vec<Parameter>,
    /// What becomes of the differences under other values of the uncertain parameters; none = not run.
    pub robustness: Option<Robustness>,
    /// What governments are liable for; none in what an older program wrote.
    #[serde(default)]
    pub liability: Option<Liability>,
    /// The most telling dangers, followed through every policy.
    #[serde(default)]
    pub stories: Vec<story::Data>,
}

/// What was run, and how to run it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Key of the experiment.
    pub experiment: String,
    /// Its name.
    pub name: Words,
    /// Name of the society.
    pub society: Words,
    /// Version of the program.
    pub version: String,
    /// Short identity of the run.
    pub identity: String,
    /// Hash of the resolved inputs (hexadecimal).
    pub hash: String,
    /// Seed of the dangers.
    pub seed: u64,
    /// Years of a run.
    pub years: u32,
    /// Years before them that are not measured.
    pub burn_in_years: u32,
    /// Replications that finished.
    pub replications: u32,
    /// People that a citizen agent stands for.
    pub people_per_agent: u32,
    /// Whether every policy starts from its own equilibrium.
    pub own_start: bool,
    /// Arguments that run it again.
    pub arguments: Vec<String>,
}

/// A measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// Key, as in `summary.csv`.
    pub key: String,
    /// Its name.
    pub name: Words,
    /// What it counts.
    pub quantity: Quantity,
    /// Which direction is better.
    pub better: Better,
}

/// Which direction of a measure is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// Less.
    Lower,
    /// More.
    Higher,
    /// Neither: a description.
    Neither,
}

/// A policy with its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// Key and name.
    pub label: PolicyLabel,
    /// What its author says of it.
    pub description: Words,
    /// One figure a measure, in the order of [`Data::measures`].
    pub figures: Vec<Figure>,
    /// Inputs that differ from the baseline's.
    pub changes: Vec<Change>,
    /// Cells of the responsibility matrix that differ from the baseline's.
    pub matrix_cells: usize,
    /// What the lint finds in it; none = not linted.
    pub findings: Option<Vec<Finding>>,
}

/// A measure under a policy.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Mean with its 95 % interval.
    pub level: Estimate,
    /// Paired difference to the baseline; none for the baseline.
    pub difference: Option<Difference>,
    /// The policy that does best in the measure among those that the paired runs tell to be better.
    pub beaten: Option<Beaten>,
}

/// Policy less baseline.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Mean with its 95 % interval.
    pub estimate: Estimate,
    /// Whether the runs tell it from zero.
    pub resolved: bool,
    /// Whether it is none: within a millionth of the level.
    pub none: bool,
}

/// A better policy in a measure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Beaten {
    /// Its position.
    pub by: usize,
    /// Its figure less that of the policy beaten, paired.
    pub difference: Estimate,
}

/// An input that a policy sets otherwise than the baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Key without `policy.`.
    pub key: String,
    /// Value under the baseline.
    pub from: String,
    /// Value under the policy.
    pub to: String,
}

/// A finding of the lint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Words,
    /// Its kind.
    pub kind: Words,
    /// What was found.
    pub what: Words,
    /// What to do.
    pub remedy: Words,
    /// Why the policy means it so, if it says so.
    pub accepted: Option<String>,
}

/// The value of an input in this run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Full key, as in `scenarios/parameters.csv`.
    pub key: String,
    /// Its value; of a policy's, the baseline's.
    pub value: String,
}

/// How far the differences hang on assumptions, in words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Robustness {
    /// Sets of parameters that were tried.
    pub sets: u32,
    /// Least share of them in which a headline difference keeps its sign (0–1).
    #[serde(deserialize_with = "number")]
    pub least_share: f64,
    /// What it comes to, in a sentence.
    pub sentence: Words,
}

impl Data {
    /// Position of a measure.
    pub fn measure(&self, key: &str) -> Option<usize> {
        self.measures.iter().position(|measure| measure.key == key)
    }

    /// Figure of a policy.
    pub fn figure(&self, policy: usize, key: &str) -> Option<(&Measured, &Figure)> {
        let measure = self.measure(key)?;
        let figure = self.policies.get(policy)?.figures.get(measure)?;
        Some((&self.measures[measure], figure))
    }

    /// The other policies than the baseline.
    pub fn others(&self) -> impl Iterator<Item = usize> {
        let baseline = self.baseline;
        (0..self.policies.len()).filter(move |policy| *policy != baseline)
    }
}

impl Measured {
    /// Whether a change of this sign makes the measure better.
    pub fn improves(&self, change: f64) -> bool {
        match self.better {
            Better::Lower => change < 0.0,
            Better::Higher => change > 0.0,
            Better::Neither => false,
        }
    }
}
