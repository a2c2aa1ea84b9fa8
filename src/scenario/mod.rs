//! Inputs: as written → checked. Society, policy and experiment; their tables and schema.
//!
//! Every parameter is declared once in `scenarios/parameters.csv` ([`declaration`]). A file is resolved
//! (`resolve`) from the declared defaults, the files it extends, itself and `--set` options; then
//! checked (`load`, `design`). What comes out holds nothing optional and nothing invalid; what is
//! wrong comes out all at once as [`Problems`].

mod accept;
pub mod acceptance;
pub mod builtin;
mod builtin_files;
pub mod cards;
mod checked;
pub mod declaration;
mod design;
pub mod experiment;
mod load;
pub mod losses;
mod matrix;
pub mod money_text;
mod named;
pub(crate) mod neutral;
pub mod pieces;
mod places;
pub mod policy;
pub mod prefectures;
pub mod problem;
pub mod programme;
mod recorded;
pub(crate) mod relations;
mod resolve;
pub mod schema;
pub mod society;
pub mod source;
pub mod starter;
pub(crate) mod table_file;
pub mod tables;
mod tables_of;
pub(crate) mod tree;
pub mod units;
mod written;

pub(crate) use checked::hash;
pub use checked::{CheckedExperiment, CheckedPolicy, CheckedSociety};
pub use design::{Overrides, grid_without_file, load_experiment, without_file};
pub use load::{kind_of, load_placed_policy, load_policy, load_policy_in, load_society};
pub use matrix::MatrixPlaces;
pub use places::Places;
pub use problem::{Problem, Problems};
pub use recorded::recorded_experiment;

use crate::vocabulary::Language;

/// The three kinds of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InputKind {
    /// The world as it is.
    Society,
    /// What is decided.
    Policy,
    /// Which policies are compared, for how long and how often.
    Experiment,
}

impl InputKind {
    /// All kinds.
    pub const ALL: [InputKind; 3] = [InputKind::Society, InputKind::Policy, InputKind::Experiment];

    /// The name on the command line and the first part of keys.
    pub fn key(self) -> &'static str {
        match self {
            InputKind::Society => "society",
            InputKind::Policy => "policy",
            InputKind::Experiment => "experiment",
        }
    }

    /// Folder below `scenarios/`.
    pub fn folder(self) -> &'static str {
        match self {
            InputKind::Society => "societies",
            InputKind::Policy => "policies",
            InputKind::Experiment => "experiments",
        }
    }

    /// The word in a language.
    pub fn word(self, language: Language) -> &'static str {
        match self {
            InputKind::Society => language.pick("社会", "society"),
            InputKind::Policy => language.pick("政策", "policy"),
            InputKind::Experiment => language.pick("实验", "experiment"),
        }
    }
}
