//! `attribute [EXPERIMENT]`: what each part of a policy contributes to its difference from another.

mod chart;
mod table;
mod task;

use std::io;

use clap::ValueEnum;
use serde_json::json;

use super::clock::Clock;
use super::compare::{self, terminal_width};
use super::options::{InputOptions, WorkOptions};
use super::progress::Progress;
use super::{Context, Failure, estimate, memory};
use crate::experiment::Plan;
use crate::experiment::attribution::{self, Attribution, experiment_of};
use crate::experiment::cost::Work;
use crate::experiment::memory::Keeping;
use crate::experiment::warnings::{Warning, of_runs};
use crate::output::file::Written;
use crate::output::manifest::{self, Outcome};
use crate::output::{OutputError, attribution as files, folder};
use crate::report::charts::{Drawn, waterfall};
use crate::report::pictures;
use crate::scenario::CheckedExperiment;
use crate::scenario::problem::say;
use crate::vocabulary::Language;
pub(super) use chart::quantity;
use task::Task;

/// Arguments of `attribute`.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Experiment: a built-in key or a file (default: china-2020)
    pub experiment: Option<String>,
    /// Policy to take apart: a built-in key or a file (default: network, if the experiment has it; else its only policy)
    #[arg(long, value_name = "POLICY")]
    pub policy: Option<String>,
    /// With what it is compared: baseline = the society's baseline; neutral = the same policy with every mechanism off
    #[arg(long, value_enum, default_value = "baseline")]
    pub against: Against,
    /// Take the layers of sharing apart instead of the mechanisms: groups = in four groups (what no value means), each = one by one
    #[arg(long, value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "groups")]
    pub layers: Option<Layers>,
    /// Years of the horizon (default: the experiment's, at most 5; with a forced event the experiment's)
    #[arg(long, value_name = "YEARS", value_parser = clap::value_parser!(u32).range(1..=200))]
    pub years: Option<u32>,
    /// Replications: histories of dangers that every combination lives through; the more, the narrower the intervals (default: the experiment's, at most 5, and what fits into five minutes on two cores)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=65_535))]
    pub replications: Option<u32>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "described by its own type")]
    pub inputs: InputOptions,
    /// Draw no chart (by default SVG and PNG go to `charts/` in the folder of the results)
    #[arg(long)]
    pub no_charts: bool,
    #[command(flatten)]
    #[expect(missing_docs, reason = "described by its own type")]
    pub work: WorkOptions,
}

/// `--against`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Against {
    /// The society's baseline
    Baseline,
    /// The same policy with every mechanism off
    Neutral,
}

/// `--layers`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Layers {
    /// In four groups
    Groups,
    /// One by one
    Each,
}

/// What was found, with what it is of.
struct Found<'a> {
    task: &'a Task,
    plan: &'a Plan,
    attribution: &'a Attribution,
    warnings: &'a [Warning],
}

/// Runs the command: every input and the folder are checked before anything is run.
///
/// # Errors
/// Everything that is wrong with the inputs; a folder that may not be written to; a run that broke off.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let language = context.language;
    let refused = |error: OutputError| Failure::Usage(error.word(language));
    let task = task::task(args, language)?;
    folder::check(&task.files.folder, args.work.force).map_err(refused)?;
    let all = experiment_of(&task.checked, &task.division);
    let asked = args.inputs.worker_threads();
    let fitting = memory::threads_that_fit(&all, Keeping::Figures, asked, language);
    if args.work.dry_run {
        let threads = fitting.as_ref().map_or(1, |threads| *threads);
        let text = dry_run(&task, &all, threads, language);
        write!(context.out, "{text}")?;
        return fitting.map(drop);
    }
    let threads = fitting?;
    let clock = Clock::start();
    let simulator = compare::simulator(&all, args.work.quiet, language)?;
    let plan = simulator.plan(&task.checked).map_err(io::Error::other)?;
    let _held = folder::make(&task.files.folder, args.work.force).map_err(refused)?;
    let replications = task.checked.experiment.replications;
    let runs = u64::from(replications) * all.policies.len() as u64;
    let progress = Progress::new(runs, args.work.quiet, language);
    let attribution = attribution::attribute(
        &simulator,
        &plan.facts,
        task.division.pieces.len(),
        replications,
        threads,
        &|| progress.advance(),
    );
    progress.finish();
    let keys: Vec<String> = (0..task.division.coalitions())
        .map(|coalition| task.division.key(coalition))
        .collect();
    let policies: Vec<_> = keys
        .iter()
        .map(String::as_str)
        .zip(&attribution.checked)
        .collect();
    let warnings = of_runs(&policies, &attribution.failures);
    let outcome = Outcome {
        policies,
        replications: attribution.replications,
        failures: &attribution.failures,
        warnings: &warnings,
    };
    let found = Found {
        task: &task,
        plan: &plan,
        attribution: &attribution,
        warnings: &warnings,
    };
    write_files(&found, &outcome, args, &clock).map_err(refused)?;
    let text = table::render(&found, !args.no_charts, terminal_width(), language);
    write!(context.out, "{text}")?;
    if outcome.stands() {
        return Ok(());
    }
    Err(compare::failed_self_check(language))
}

/// What would be run, and what it would cost.
fn dry_run(task: &Task, all: &CheckedExperiment, threads: usize, language: Language) -> String {
    let (from, to) = (task.from.word(language), task.to.word(language));
    let parts = task.division.pieces.len();
    let mut text = say!(
        language,
        "{to}与{from}之差，分解为 {parts} 个部分\n",
        "{to} less {from}, taken apart into {parts} parts\n"
    );
    text.push_str(&estimate::runs(all, all.policies.len(), language));
    let work = Work::of(all, Keeping::Figures, threads);
    text.push_str(&estimate::cost(&work, threads, language));
    text + estimate::dry(language)
}

/// Writes the tables, the chart, and last the manifest.
fn write_files(
    found: &Found<'_>,
    outcome: &Outcome<'_>,
    args: &Args,
    clock: &Clock,
) -> Result<(), OutputError> {
    let (task, run_seconds) = (found.task, clock.seconds());
    let (options, language) = (&task.files, task.files.language);
    let mut written: Vec<Written> = files::write(options, &task.division, found.attribution)?;
    if !args.no_charts {
        let data = chart::chart(found);
        let drawn = Drawn {
            name: "attribution",
            svg: waterfall::svg(&data, language),
            table: waterfall::table(&data, language),
        };
        written.extend(pictures::write_alone(drawn, &options.folder, language)?);
    }
    let resolved = json!({
        "command": "attribute",
        "policy": task.division.on.key,
        "against": match args.against { Against::Baseline => "baseline", Against::Neutral => "neutral" },
        "parts": task.division.pieces.iter().map(|piece| piece.key()).collect::<Vec<_>>(),
        "language": language.code(),
        "replications": task.checked.experiment.replications,
    });
    let threads = args.inputs.worker_threads();
    let circumstances = clock.circumstances(resolved, threads, run_seconds);
    manifest::write(options, found.plan, outcome, &circumstances, &written)?;
    Ok(())
}
