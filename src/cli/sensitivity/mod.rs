//! `sensitivity [EXPERIMENT]`: which uncertain parameter the difference between two policies hangs on.

mod chart;
mod designs;
mod size;
mod table;
mod task;

use std::io;
use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::json;

use super::clock::Clock;
use super::compare::{self, terminal_width};
use super::options::{InputOptions, WorkOptions};
use super::progress::Progress;
use super::{Context, Failure, memory};
use crate::experiment::Plan;
use crate::experiment::memory::Keeping;
use crate::experiment::run;
use crate::experiment::sample::SelfChecks;
use crate::experiment::sensitivity::Method;
use crate::experiment::sensitivity::results::{Decomposed, Screened, Study};
use crate::experiment::sensitivity::study::{self, MEASURES, Outcomes, Screening};
use crate::experiment::warnings::{Warning, of_runs};
use crate::output::file::Written;
use crate::output::manifest::{self, Outcome};
use crate::output::{OutputError, folder, sensitivity as files};
use crate::report::charts::{Drawn, tornado};
use crate::report::pictures;
use crate::scenario::CheckedExperiment;
use crate::vocabulary::Vocabulary;
use designs::Design;
use size::Size;
use task::Task;

/// Arguments of `sensitivity`.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Args {
    /// Experiment: a built-in key or a file (default: china-2020)
    pub experiment: Option<String>,
    /// Policy whose difference is looked at: a built-in key or a file (default: network, else the first that is not the baseline)
    #[arg(long, value_name = "POLICY")]
    pub policy: Option<String>,
    /// Policy with which it is compared (default: the society's baseline)
    #[arg(long, value_name = "POLICY")]
    pub against: Option<String>,
    /// Uncertain parameters to look at, as in scenarios/parameters.csv, * for any part of a name (repeatable; default: 24 named in docs/sensitivity.md)
    #[arg(long, value_name = "NAME")]
    pub parameters: Vec<String>,
    /// Screening (morris), shares of the variance (sobol), or first the one and then the other on the few that matter (both)
    #[arg(long, value_enum, default_value = "both")]
    pub method: MethodArgument,
    /// Trajectories of the screening (default: what fits into a few minutes, 4 to 20)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub trajectories: Option<u32>,
    /// Base samples for shares of the variance (default: what fits into a few minutes, 8 to 256)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub samples: Option<u32>,
    /// How many parameters are the few that matter
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub few: u32,
    /// Years of the horizon (default: the experiment's, at most 2, in a small society 5)
    #[arg(long, value_name = "YEARS", value_parser = clap::value_parser!(u32).range(1..=200))]
    pub years: Option<u32>,
    /// Replications of each set of values (default: 1, in a small society the experiment's, at most 10)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=65_535))]
    pub replications: Option<u32>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "described by its own type")]
    pub inputs: InputOptions,
    /// Write the design (sets of values) as CSV, and run nothing
    #[arg(long, value_name = "FILE", conflicts_with = "import_design")]
    pub export_design: Option<PathBuf>,
    /// Run the sets of values of a CSV file: an exported design, or a sample of SALib with a header of names
    #[arg(long, value_name = "FILE", conflicts_with_all = ["parameters", "trajectories", "samples", "method"])]
    pub import_design: Option<PathBuf>,
    /// Draw no chart (by default SVG and PNG go to `charts/` in the folder of the results)
    #[arg(long)]
    pub no_charts: bool,
    #[command(flatten)]
    #[expect(missing_docs, reason = "described by its own type")]
    pub work: WorkOptions,
}

/// `--method`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum MethodArgument {
    /// First a screening, then shares of the variance of the few that matter
    #[default]
    Both,
    /// Screening
    Morris,
    /// Shares of the variance
    Sobol,
}

/// What was found, with what it is of.
struct Found<'a> {
    task: &'a Task,
    plan: &'a Plan,
    size: Size,
    study: &'a Study,
    warnings: &'a [Warning],
}

/// Runs the command: every input, every set of values and the folder are checked before anything is run.
///
/// # Errors
/// Everything that is wrong with the inputs or the design; a folder that may not be written to; a run that failed
/// a self-check.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let language = context.language;
    let task = task::task(args, language)?;
    let size = Size::of(&task, args);
    if let Some(file) = &args.export_design {
        let text = designs::export(&task, size, file, args.work.force, language)?;
        writeln!(context.out, "{text}")?;
        return Ok(());
    }
    let design = designs::first(&task, size, args, language)?;
    let asked = args.inputs.worker_threads();
    let fitting = memory::threads_that_fit(&task.checked, Keeping::Societies, asked, language);
    let size = size.with_rows(&design);
    if args.work.dry_run {
        let threads = fitting.as_ref().map_or(1, |threads| *threads);
        write!(context.out, "{}", size.text(&task, threads, language))?;
        return fitting.map(drop);
    }
    let threads = fitting?;
    let refused = |error: OutputError| Failure::Usage(error.word(language));
    folder::check(&task.files.folder, args.work.force).map_err(refused)?;
    let clock = Clock::start();
    let simulator = compare::simulator(&task.checked, args.work.quiet, language)?;
    let plan = simulator.plan(&task.checked).map_err(io::Error::other)?;
    drop(simulator);
    let _held = folder::make(&task.files.folder, args.work.force).map_err(refused)?;
    let progress = Progress::new(size.runs(), args.work.quiet, language);
    let all = conduct(&task, size, design, threads, &|| progress.advance())?;
    progress.finish();
    let outcome = all.outcome(&task);
    let warnings = of_runs(&outcome, &all.failures);
    let found = Found {
        task: &task,
        plan: &plan,
        size,
        study: &all.study,
        warnings: &warnings,
    };
    let outcome = Outcome {
        policies: outcome,
        replications: task.checked.experiment.replications as usize,
        failures: &all.failures,
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

/// All runs of a study: what was found, self-checks of each policy, and what broke off.
struct Conducted {
    study: Study,
    checked: Vec<SelfChecks>,
    failures: Vec<run::Failure>,
}

impl Conducted {
    fn outcome<'a>(&'a self, task: &'a Task) -> Vec<(&'a str, &'a SelfChecks)> {
        let policies = &task.checked.policies;
        let keys = policies.iter().map(|policy| policy.key.as_str());
        keys.zip(&self.checked).collect()
    }

    /// Runs sets of values; their numbers go on from those before.
    fn run(
        &mut self,
        rows: &[CheckedExperiment],
        first: usize,
        threads: usize,
        watch: &(dyn Fn() + Sync),
    ) -> Outcomes {
        let outcomes = study::run(rows, threads, watch);
        self.checked
            .resize_with(outcomes.checked.len(), SelfChecks::default);
        for (all, own) in self.checked.iter_mut().zip(&outcomes.checked) {
            all.join(own, first as u32);
        }
        let later = outcomes.failures.iter().cloned().map(|mut failure| {
            failure.replication += first as u32;
            failure.policy = None;
            failure
        });
        self.failures.extend(later);
        outcomes
    }
}

/// Runs the society's own values, then the first design, and where asked the shares of variance of the few.
fn conduct(
    task: &Task,
    size: Size,
    first: Design,
    threads: usize,
    watch: &(dyn Fn() + Sync),
) -> Result<Conducted, Failure> {
    let mut all = Conducted {
        study: Study {
            factors: task.factors.clone(),
            uncertain: task.uncertain,
            own: Vec::new(),
            screened: None,
            decomposed: None,
        },
        checked: Vec::new(),
        failures: Vec::new(),
    };
    let seed = task.checked.experiment.seed;
    let own = all.run(std::slice::from_ref(&task.checked), 0, threads, watch);
    all.study.own = (0..MEASURES.len())
        .map(|measure| own.difference(0, measure))
        .collect();
    let rows = first.experiments(task)?;
    let outcomes = all.run(&rows, 1, threads, watch);
    let Design {
        method,
        chosen,
        values,
        places,
    } = first;
    if method == Method::Sobol {
        all.study.decomposed = Some(decomposed(chosen, values, outcomes, seed));
        return Ok(all);
    }
    let own: Vec<f64> = all
        .study
        .own
        .iter()
        .map(|own| own.map_or(f64::NAN, |own| own.mean))
        .collect();
    let screening = Screening::of(&places, &outcomes, &own, seed);
    if size.samples > 0 {
        let few = screening.order().into_iter().take(size.few).collect();
        let design = Design::sobol(task, few, size.samples);
        let rows = design.experiments(task)?;
        let first = 1 + values.len();
        let outcomes = all.run(&rows, first, threads, watch);
        let Design { chosen, values, .. } = design;
        all.study.decomposed = Some(decomposed(chosen, values, outcomes, seed));
    }
    all.study.screened = Some(Screened {
        values,
        outcomes,
        screening,
    });
    Ok(all)
}

fn decomposed(
    chosen: Vec<usize>,
    values: Vec<Vec<f64>>,
    outcomes: Outcomes,
    seed: u64,
) -> Decomposed {
    Decomposed {
        indices: study::decomposition(chosen.len(), &outcomes, seed),
        chosen,
        values,
        outcomes,
    }
}

/// Writes the tables and designs, the chart, and last the manifest.
fn write_files(
    found: &Found<'_>,
    outcome: &Outcome<'_>,
    args: &Args,
    clock: &Clock,
) -> Result<(), OutputError> {
    let (task, run_seconds) = (found.task, clock.seconds());
    let (options, language) = (&task.files, task.files.language);
    let mut written: Vec<Written> = files::write(options, found.study)?;
    if let Some(data) = chart::chart(found).filter(|_| !args.no_charts) {
        let drawn = Drawn {
            name: "tornado",
            svg: tornado::svg(&data, language),
            table: tornado::table(&data, language),
        };
        written.extend(pictures::write_alone(drawn, &options.folder, language)?);
    }
    let policies = &task.checked.policies;
    let designs = found.study.designs().into_iter().map(|design| {
        let names = design.chosen.iter();
        let names = names.map(|factor| &task.factors[*factor].name);
        json!({
            "method": design.method.key(),
            "parameters": names.collect::<Vec<_>>(),
            "rows": design.values.len(),
        })
    });
    let resolved = json!({
        "command": "sensitivity",
        "policy": policies.last().map(|policy| &policy.key),
        "against": policies.first().map(|policy| &policy.key),
        "designs": designs.collect::<Vec<_>>(),
        "language": language.code(),
        "replications": task.checked.experiment.replications,
    });
    let threads = args.inputs.worker_threads();
    let circumstances = clock.circumstances(resolved, threads, run_seconds);
    manifest::write(options, found.plan, outcome, &circumstances, &written)?;
    Ok(())
}
