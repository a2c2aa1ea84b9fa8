//! The command of a manifest, made ready to run again in another folder.

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::FromArgMatches;
use serde_json::Value;

use super::Args;
use crate::cli::args::{Arguments, Command, command};
use crate::cli::compare::{Repeated, run_or_merge};
use crate::cli::options::{RunOptions, WorkOptions};
use crate::cli::{Context, Failure, dispatch};
use crate::output::file::write_whole;
use crate::output::recorded::{FILE, Recorded};
use crate::report::html;
use crate::scenario::problem::say;
use crate::scenario::{CheckedExperiment, Problems, hash, recorded_experiment};
use crate::vocabulary::Language;

/// Where the inputs come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
    /// From the files that the command names: they give the hash of the manifest.
    Files,
    /// From the manifest itself.
    Manifest,
    /// From the files that the command names, unchecked before the run.
    Command,
}

/// A run that is made again.
pub(super) struct Repeat {
    command: Command,
    basis: Basis,
    folder: PathBuf,
    /// Language of the files.
    language: Language,
    arguments: Vec<String>,
    source: PathBuf,
    inputs: Value,
    /// What the lint found, kept in the folder of the run; used where the files are not there to be linted.
    findings: Option<html::FindingsByPolicy>,
}

impl Repeat {
    /// From a manifest, into a folder.
    ///
    /// # Errors
    /// If its command is none of this program that can be made again, or the inputs in it cannot be read.
    pub(super) fn new(
        recorded: &Recorded,
        args: &Args,
        folder: PathBuf,
        language: Language,
    ) -> Result<Self, Failure> {
        let none = || none_of_ours(recorded, language);
        let mut command = command_of(&recorded.arguments).ok_or_else(none)?;
        let (work, threads) = parts(&mut command).ok_or_else(none)?;
        *threads = args.threads;
        *work = WorkOptions {
            out: Some(folder.clone()),
            force: args.force,
            dry_run: false,
            quiet: args.quiet,
        };
        let inputs = recorded.runs.first().map(|run| run.inputs.clone());
        let mut inputs = inputs.unwrap_or_default();
        if let Some(first) = recorded.first_replications {
            inputs = with_replications(inputs, &first.into());
        }
        let mut repeat = Repeat {
            command,
            basis: Basis::Command,
            folder,
            language: recorded.language,
            arguments: recorded.arguments.clone(),
            source: recorded.path.clone(),
            inputs,
            findings: None,
        };
        repeat.basis = repeat.found_basis();
        if repeat.basis == Basis::Manifest {
            let kept = repeat.kept(&[])?.resolved().map_err(io::Error::other)?;
            if hash(&kept) != hash(&repeat.inputs) {
                return Err(other_inputs(recorded, language));
            }
            repeat.findings = Some(html::kept_findings(recorded.folder()).unwrap_or_default());
        }
        Ok(repeat)
    }

    pub(super) fn basis(&self) -> Basis {
        self.basis
    }

    /// The files that the command names, if they still give the inputs of the manifest.
    fn found_basis(&self) -> Basis {
        let loaded = match &self.command {
            Command::Run(run) => run.load()(Vec::new()),
            Command::Compare(compare) => compare.load()(Vec::new()),
            _ => return Basis::Command,
        };
        let now = loaded.ok().and_then(|checked| checked.hash().ok());
        if now == Some(hash(&self.inputs)) {
            Basis::Files
        } else {
            Basis::Manifest
        }
    }

    /// The experiment from the manifest.
    fn kept(&self, settings: &[String]) -> Result<CheckedExperiment, Problems> {
        let file = self.source.display().to_string();
        recorded_experiment(&file, &self.inputs, settings)
    }

    /// Runs it. A run that fails its self-checks is as good as any: its manifest says so, too.
    pub(super) fn run(&self, context: &mut Context<'_>) -> Result<(), Failure> {
        let mut own = Context {
            language: self.language,
            style: context.style,
            out: &mut io::sink(),
            err: context.err,
        };
        let done = match &self.command {
            Command::Run(run) => self.run_loaded(&run.options, &run.load(), &mut own),
            Command::Compare(compare) => {
                self.run_loaded(&compare.options, &compare.load(), &mut own)
            }
            other => dispatch(other, &mut own),
        };
        match done {
            Err(failure) if !matches!(failure, Failure::SelfCheck(_)) => return Err(failure),
            _ => {}
        }
        self.name_command()
    }

    fn run_loaded(
        &self,
        options: &RunOptions,
        files: &(dyn Fn(Vec<String>) -> Result<CheckedExperiment, Problems> + Sync),
        context: &mut Context<'_>,
    ) -> Result<(), Failure> {
        let repeated = Repeated {
            arguments: self.arguments.clone(),
            found: None,
            findings: self.findings.clone(),
        };
        match self.basis {
            Basis::Manifest => {
                let kept = |settings: Vec<String>| self.kept(&settings);
                run_or_merge(options, &kept, Some(repeated), context)
            }
            _ => run_or_merge(options, files, Some(repeated), context),
        }
    }

    /// The new manifest names the command of the run, so that it can be made again from there too.
    fn name_command(&self) -> Result<(), Failure> {
        let text = fs::read(self.folder.join(FILE))?;
        let mut manifest: Value = serde_json::from_slice(&text).map_err(io::Error::from)?;
        let mut name = |place: &str| {
            if let Some(words) = manifest.pointer_mut(place) {
                *words = Value::from(self.arguments.clone());
            }
        };
        name("/circumstances/arguments");
        for run in 0..2 {
            name(&format!("/runs/{run}/circumstances/arguments"));
        }
        let mut text = serde_json::to_vec_pretty(&manifest).map_err(io::Error::from)?;
        text.push(b'\n');
        let written = write_whole(&self.folder, FILE, &text);
        written
            .map(drop)
            .map_err(|error| Failure::Usage(error.word(self.language)))
    }
}

/// The command in the manifest cannot be run again.
fn none_of_ours(recorded: &Recorded, language: Language) -> Failure {
    let (path, words) = (recorded.path.display(), recorded.arguments.join(" "));
    Failure::Usage(say!(
        language,
        "{path}：`circumstances.arguments` 中的命令（riskweave {words}）本程序无法重新运行；请用写出清单的程序版本",
        "{path}: the command in `circumstances.arguments` (riskweave {words}) cannot be run again by this program; use the version that wrote the manifest"
    ))
}

/// The inputs in the manifest mean something else to this program.
fn other_inputs(recorded: &Recorded, language: Language) -> Failure {
    let (path, version) = (recorded.path.display(), &recorded.version);
    Failure::Usage(say!(
        language,
        "{path}：本程序读出的输入与 `inputs` 不同，无法重现；请用写出清单的程序版本（{version}）",
        "{path}: this program does not read the `inputs` as they were meant, so that the run cannot be made again; use the version that wrote the manifest ({version})"
    ))
}

/// Where a command says where its results go, and on how many threads.
fn parts(command: &mut Command) -> Option<(&mut WorkOptions, &mut Option<u32>)> {
    Some(match command {
        Command::Run(run) => (&mut run.options.work, &mut run.options.inputs.threads),
        Command::Compare(compare) => {
            let options = &mut compare.options;
            (&mut options.work, &mut options.inputs.threads)
        }
        Command::Attribute(own) => (&mut own.work, &mut own.inputs.threads),
        Command::Sensitivity(own) => (&mut own.work, &mut own.inputs.threads),
        Command::Seminar(own) => (&mut own.work, &mut own.inputs.threads),
        _ => return None,
    })
}

/// Inputs with a number of replications in the place of theirs.
fn with_replications(mut inputs: Value, replications: &Value) -> Value {
    if let Some(stated) = inputs.pointer_mut("/experiment/replications") {
        stated.clone_from(replications);
    }
    inputs
}

/// The command of these arguments, without what concerns only where its results go.
fn command_of(arguments: &[String]) -> Option<Command> {
    let words = std::iter::once("riskweave").chain(arguments.iter().map(String::as_str));
    let matches = command().try_get_matches_from(words).ok()?;
    let mut command = Arguments::from_arg_matches(&matches).ok()?.command;
    parts(&mut command)?;
    match &mut command {
        Command::Run(run) => whole(&mut run.options),
        Command::Compare(compare) => whole(&mut compare.options),
        _ => {}
    }
    Some(command)
}

/// The whole run, begun afresh or gone on with.
fn whole(options: &mut RunOptions) {
    options.shard = None;
    options.resume = false;
}
