//! A comparison as a job: the plan is run, its files are written, and the manifest comes last.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::growing::run_and_write;
use super::keeping::Store;
use super::shard::Shard;
use crate::cli::clock::Clock;
use crate::cli::options::{FormatArgument, RunOptions};
use crate::experiment::Plan;
use crate::experiment::precision::{Goal, Precision};
use crate::experiment::run::{Engine, Failure};
use crate::experiment::sample::Sample;
use crate::experiment::simulator::Simulator;
use crate::experiment::simulator::checkpointed::Checkpointed;
use crate::experiment::story::Telling;
use crate::experiment::summary::Summary;
use crate::model::record::RunRecord;
use crate::output::events::EventFilter;
use crate::output::file::{Written, describe};
use crate::output::folder::Claim;
use crate::output::manifest::{self, Outcome};
use crate::output::replications::checkpoint::shelf::Shelf;
use crate::output::replications::identity::Identity;
use crate::output::replications::{self, Found};
use crate::output::{FileOptions, Format, OutputError, folder};
use crate::scenario::CheckedExperiment;
use crate::vocabulary::{Language, Vocabulary};

/// What is asked for, after every check.
#[derive(Clone, Debug)]
pub struct Job {
    /// Files: folder, format, language, events.
    pub files: FileOptions,
    /// What is done with the folder.
    pub claim: Claim,
    /// Of what run kept replications must be.
    pub identity: Identity,
    /// The part of the run that is kept, without results; `None`: all of it.
    pub shard: Option<Shard>,
    /// Replications of shards, of which the results are written; `None`: they are run.
    pub merged: Option<Found>,
    /// Whether the summary tables are written as a workbook too.
    pub workbook: bool,
    /// Weeks of the history between two checkpoints; `None`: none are made.
    pub checkpoint_every: Option<u32>,
    /// Worker threads.
    pub threads: usize,
    /// Whether no progress is shown.
    pub quiet: bool,
    /// Sets of parameters in which the differences are looked at again; 0 = none.
    pub parameter_sets: u32,
    /// Natural years besides those of the runs; 0 = none.
    pub tail: u32,
    /// Until when replications go on; `None`: as many as the plan says.
    pub until: Option<Until>,
    /// Arguments as given, for the manifest.
    pub arguments: Vec<String>,
}

/// Until when replications go on.
#[derive(Clone, Debug)]
pub struct Until {
    /// Differences that must be known so precisely.
    pub goals: Vec<Goal>,
    /// Replications after which precision is looked at; after the last the work ends in any case.
    pub looks: Vec<u32>,
}

/// How the replications of a job come about, besides the options that need no check.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// Until when replications go on.
    pub until: Option<Until>,
    /// The part of the run that is kept.
    pub shard: Option<Shard>,
    /// Of a run that was made before, the arguments of its command, and the replications of its shards if it is put
    /// together.
    pub repeated: Option<(Option<Found>, Vec<String>)>,
}

impl Job {
    /// From the options of a command. Checks the folder without making it: an error here has cost
    /// nothing and left nothing behind.
    pub fn new(
        options: &RunOptions,
        checked: &CheckedExperiment,
        ways: Ways,
        language: Language,
    ) -> Result<Self, OutputError> {
        let Ways {
            until,
            shard,
            repeated,
        } = ways;
        let again = matches!(&repeated, Some((None, _)));
        let path = options.folder(&match &shard {
            Some(shard) => shard.folder(&checked.key),
            None => checked.key.clone(),
        });
        let claim = match options.work.force {
            true => Claim::Over,
            false if shard.is_some() || again => Claim::Part,
            false if options.resume => Claim::GoOn,
            false => Claim::New,
        };
        folder::check_for(&path, claim)?;
        let identity =
            Identity::of(checked, options.tail).map_err(|error| OutputError::io(&path, error))?;
        if matches!(claim, Claim::GoOn | Claim::Part) {
            replications::check(&path, &identity)?;
            replications::checkpoint::check(&path, &identity)?;
        }
        let (merged, arguments) = match repeated {
            Some((found, arguments)) => (found, arguments),
            None => (None, std::env::args().skip(1).collect()),
        };
        Ok(Job {
            files: FileOptions {
                folder: path,
                format: Format::from(options.format),
                language,
                events: EventFilter::from(options.events),
            },
            claim,
            identity,
            shard,
            merged,
            workbook: options.format == FormatArgument::Xlsx,
            checkpoint_every: options.checkpoint_every,
            threads: options.worker_threads(),
            quiet: options.work.quiet,
            parameter_sets: options.parameter_sets,
            tail: options.tail,
            until,
            arguments,
        })
    }

    /// The plan of the experiment that it is of: its inputs are resolved already.
    pub(super) fn plan(&self, simulator: &Simulator, checked: &CheckedExperiment) -> Plan {
        let (inputs, hash) = (self.identity.inputs(), self.identity.hash());
        simulator.plan_of(checked, inputs.clone(), hash.to_owned())
    }

    /// A simulator of so many policies whose unfinished replications are laid down in the folder.
    pub(super) fn checkpointed<'a>(
        &self,
        simulator: &'a Simulator,
        policies: usize,
    ) -> Checkpointed<'a, Shelf> {
        let checkpoints = Shelf::new(
            &self.files.folder,
            *self.identity.digest(),
            self.checkpoint_every,
            policies,
            self.files.language,
        );
        Checkpointed {
            simulator,
            checkpoints,
        }
    }

    fn options(&self, finished: &Finished) -> Value {
        let robustness = match self.parameter_sets {
            0 => json!("not run"),
            sets => json!({ "parameter_sets": sets }),
        };
        let mut options = json!({
            "format": self.files.format.key(),
            "workbook": self.workbook,
            "events": self.files.events.key(),
            "language": self.files.language.code(),
            "replications": finished.plan.replications,
            "robustness": robustness,
            "tail_years": self.tail,
        });
        if let Some(precision) = &finished.precision {
            let goals: Vec<String> = precision.goals.iter().map(Goal::to_string).collect();
            let looks = precision.looks.iter().map(|look| {
                json!({ "replications": look.replications, "half_width_shares": look.shares })
            });
            options["until"] = json!({
                "goals": goals,
                "looks": looks.collect::<Vec<_>>(),
                "reached": precision.reached(),
            });
        }
        options
    }
}

/// A finished experiment.
#[derive(Debug)]
pub struct Finished {
    /// Its plan, with the replications that were run.
    pub plan: Plan,
    /// What it took to know the differences as precisely as was asked.
    pub precision: Option<Precision>,
    /// All runs.
    pub sample: Sample,
    /// Their summary.
    pub summary: Summary,
    /// Replications that broke off.
    pub failures: Vec<Failure>,
    /// Data files that were written.
    pub written: Vec<Written>,
    /// The dangers that tell most of how the policies differ.
    pub telling: Telling,
}

impl Finished {
    /// Whether the run stands: no replication broke off and every self-check passed.
    pub fn stands(&self) -> bool {
        self.failures.is_empty() && self.sample.checks_pass()
    }
}

/// Runs a plan and writes its files. `draw` makes the charts and the report from the finished
/// experiment and names the files it wrote (relative to the folder); the manifest comes last. Until it is written the
/// finished replications are kept in the folder.
pub fn run_plan<E: Engine<Record = RunRecord>>(
    plan: &Plan,
    engine: &E,
    job: &Job,
    draw: impl FnOnce(&Finished, &Path) -> Result<Vec<PathBuf>, OutputError>,
) -> Result<Finished, OutputError> {
    let clock = Clock::start();
    let _held = folder::make_for(&job.files.folder, job.claim)?;
    manifest::remove(&job.files.folder)?;
    let mut store = Store::open(job, plan)?;
    let mut finished = run_and_write(plan, engine, job, &mut store)?;
    store.finish()?;
    let run_seconds = clock.seconds();
    for file in draw(&finished, &job.files.folder)? {
        finished.written.push(describe(&job.files.folder, &file)?);
    }
    let mut circumstances = clock.circumstances(job.options(&finished), job.threads, run_seconds);
    circumstances.arguments.clone_from(&job.arguments);
    let outcome = Outcome {
        policies: finished.sample.checked(&finished.plan),
        replications: finished.summary.replications,
        failures: &finished.failures,
        warnings: &finished.summary.warnings,
    };
    manifest::write(
        &job.files,
        &finished.plan,
        &outcome,
        &circumstances,
        &finished.written,
    )?;
    // Where a replication broke off, the others stay, so that it can be tried again alone.
    if job.merged.is_none() && finished.failures.is_empty() {
        replications::remove(&job.files.folder)?;
    }
    Ok(finished)
}

#[cfg(test)]
#[path = "job_tests.rs"]
mod tests;
