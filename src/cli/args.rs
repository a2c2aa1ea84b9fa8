//! The commands and their arguments; the English help stands here, the Chinese in `language.rs`.

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::cli::compare::CompareArguments;
use crate::cli::run::RunArguments;
use crate::cli::{
    attribute, calibrate, chart, check, explain, list, merge, new, prices, reproduce, schema,
    seminar, sensitivity, settle, show, story, verify,
};
use crate::scenario::InputKind;

/// Who is responsible for which safety risk, and who shares the losses? A multi-agent simulator of the
/// social-safety risk prevention and control network
#[derive(Debug, Parser)]
#[command(
    name = "riskweave",
    version,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub struct Arguments {
    /// Language of results, messages and help (otherwise from LC_ALL or LANG)
    #[arg(long, global = true, value_name = "zh|en", value_parser = ["zh", "en"])]
    pub lang: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Every policy through the same dangers, in parallel: the main job
    Compare(CompareArguments),
    /// Run one or more policies without an experiment file
    Run(RunArguments),
    /// Put the shards of a run together: the results of the whole run
    Merge(merge::Args),
    /// Make a finished run again from its manifest and hold every file against it, byte for byte
    Reproduce(reproduce::Args),
    /// How much each of the six mechanisms, or each layer of sharing, contributes to a difference
    Attribute(attribute::Args),
    /// Which uncertain parameter the difference between two policies hangs on
    Sensitivity(sensitivity::Args),
    /// Write seminar.html: an offline page for a room, which answers in an instant from runs made beforehand
    Seminar(seminar::Args),
    /// Make the charts, report and briefs of a finished run again: another language, size or format
    Chart(chart::Args),
    /// One danger of a finished run followed through every policy: who knew, who acted, who was hurt, who paid
    Story(story::Args),
    /// List the built-in societies, policies and experiments
    List(list::Args),
    /// Print a society, policy or experiment as TOML, to copy and change
    Show(show::Args),
    /// Write a commented starter file
    New(new::Args),
    /// Check input files; find gaps, overlaps and disconnects of responsibility, dead layers and idle levers
    Check(check::Args),
    /// Deaths and loss averted a year per 100 million yuan at the margin, lever by lever
    Prices(prices::Args),
    /// Fit parameters of a society to public series; predict held-out years; measure patterns
    Calibrate(calibrate::Args),
    /// Print the JSON Schema of an input file, for editors
    Schema(schema::Args),
    /// Apply a policy's sharing, or a programme of layers, to a table of losses: who bears them
    Settle(settle::Args),
    /// One loss under a policy, step by step: who was responsible, what care was rational, who pays
    Explain(explain::Args),
    /// Limit cases whose answer theory knows, run through the engine's own stages
    Verify(verify::Args),
}

/// A kind of input on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KindArgument {
    /// The world as it is
    Society,
    /// What is decided
    Policy,
    /// Which policies are compared
    Experiment,
}

impl From<KindArgument> for InputKind {
    fn from(kind: KindArgument) -> Self {
        match kind {
            KindArgument::Society => InputKind::Society,
            KindArgument::Policy => InputKind::Policy,
            KindArgument::Experiment => InputKind::Experiment,
        }
    }
}

/// The command line before translation.
pub fn command() -> clap::Command {
    Arguments::command()
}
