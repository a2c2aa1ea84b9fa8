//! `manifest.json`: what was run, how, on what, and what came out – enough to run it again.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use super::file::{Written, write_whole};
use super::{FileOptions, OutputError};
use crate::experiment::Plan;
use crate::experiment::run::Failure;
use crate::experiment::sample::SelfChecks;
use crate::experiment::warnings::Warning;
use crate::scenario::experiment::Start;

/// How the run went on this machine; nothing of it touches the rows of the data files.
#[derive(Clone, Debug, Serialize)]
pub struct Circumstances {
    /// Arguments as given.
    pub arguments: Vec<String>,
    /// Options of the command, resolved.
    pub options: Value,
    /// Worker threads.
    pub threads: usize,
    /// Start (seconds since 1970-01-01 UTC).
    pub started_unix_seconds: u64,
    /// Time of the runs (seconds).
    pub run_seconds: f64,
    /// Time in all, up to this file (seconds).
    pub total_seconds: f64,
}

#[derive(Serialize)]
struct Manifest<'a> {
    program: &'static str,
    version: &'static str,
    experiment: &'a str,
    identity: &'a str,
    hash: &'a str,
    seed: u64,
    years: u32,
    burn_in_years: u32,
    start: Start,
    replications: usize,
    people_per_agent: u32,
    baseline: &'a str,
    policies: Vec<&'a str>,
    platform: Platform,
    circumstances: &'a Circumstances,
    self_checks: Vec<SelfCheck<'a>>,
    self_checks_passed: bool,
    failed_replications: Vec<FailedReplication<'a>>,
    warnings: &'a [Warning],
    outputs: &'a [Written],
    inputs: &'a Value,
}

/// The manifest of runs in several societies.
#[derive(Serialize)]
struct Several<'a> {
    program: &'static str,
    version: &'static str,
    self_checks_passed: bool,
    outputs: &'a [Written],
    runs: Vec<Manifest<'a>>,
}

#[derive(Serialize)]
struct Platform {
    system: &'static str,
    architecture: &'static str,
}

#[derive(Serialize)]
struct SelfCheck<'a> {
    policy: &'a str,
    open_events: u64,
    loss_gap_fen: i64,
    transfer_gap_fen: i64,
    too_great: u64,
    people_gap: u64,
    over_majorant: u64,
    out_of_range: u64,
    cut_generations: u64,
    failed_replications: Vec<u32>,
    acceptance_share: f64,
}

#[derive(Serialize)]
struct FailedReplication<'a> {
    replication: u32,
    policy: Option<&'a str>,
    message: &'a str,
}

/// What came of the runs.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    /// The self-checks of each policy that was run, with its key.
    pub policies: Vec<(&'a str, &'a SelfChecks)>,
    /// Replications that finished.
    pub replications: usize,
    /// Replications that broke off.
    pub failures: &'a [Failure],
    /// Alarms for the user.
    pub warnings: &'a [Warning],
}

impl Outcome<'_> {
    /// Whether no replication broke off and every self-check passed.
    pub fn stands(&self) -> bool {
        self.failures.is_empty()
            && self
                .policies
                .iter()
                .all(|(_, checked)| checked.failed.is_empty())
    }
}

/// Removes the manifest of results that are about to be written over: without one, tables are not results.
///
/// # Errors
/// If the system refuses.
pub fn remove(folder: &Path) -> Result<(), OutputError> {
    let path = folder.join("manifest.json");
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(OutputError::io(&path, error)),
        _ => Ok(()),
    }
}

/// Writes the manifest, last of all files.
pub fn write(
    options: &FileOptions,
    plan: &Plan,
    outcome: &Outcome<'_>,
    circumstances: &Circumstances,
    outputs: &[Written],
) -> Result<Written, OutputError> {
    write_json(options, &manifest(plan, outcome, circumstances, outputs))
}

/// Writes the manifest of runs in several societies, whose files are common, last of all files.
pub fn write_of_several(
    options: &FileOptions,
    runs: &[(&Plan, Outcome<'_>)],
    circumstances: &Circumstances,
    outputs: &[Written],
) -> Result<Written, OutputError> {
    let own = runs
        .iter()
        .map(|(plan, outcome)| manifest(plan, outcome, circumstances, &[]));
    let several = Several {
        program: "riskweave",
        version: env!("CARGO_PKG_VERSION"),
        self_checks_passed: runs.iter().all(|(_, outcome)| outcome.stands()),
        outputs,
        runs: own.collect(),
    };
    write_json(options, &several)
}

fn write_json(options: &FileOptions, manifest: &impl Serialize) -> Result<Written, OutputError> {
    let path = options.folder.join("manifest.json");
    let mut text =
        serde_json::to_vec_pretty(manifest).map_err(|error| OutputError::io(&path, error))?;
    text.push(b'\n');
    write_whole(&options.folder, "manifest.json", &text)
}

fn manifest<'a>(
    plan: &'a Plan,
    outcome: &Outcome<'a>,
    circumstances: &'a Circumstances,
    outputs: &'a [Written],
) -> Manifest<'a> {
    let key = |position: usize| plan.policies[position].key.as_str();
    let run = |position: usize| outcome.policies[position].0;
    Manifest {
        program: "riskweave",
        version: env!("CARGO_PKG_VERSION"),
        experiment: &plan.key,
        identity: plan.identity(),
        hash: &plan.hash,
        seed: plan.seed,
        years: plan.years,
        burn_in_years: plan.burn_in_years,
        start: plan.start,
        replications: outcome.replications,
        people_per_agent: plan.people_per_agent,
        baseline: key(plan.baseline),
        policies: (0..plan.policies.len()).map(key).collect(),
        platform: Platform {
            system: std::env::consts::OS,
            architecture: std::env::consts::ARCH,
        },
        circumstances,
        self_checks: outcome
            .policies
            .iter()
            .map(|(key, checked)| self_check(key, checked))
            .collect(),
        self_checks_passed: outcome.stands(),
        failed_replications: outcome
            .failures
            .iter()
            .map(|failure| FailedReplication {
                replication: failure.replication + 1,
                policy: failure.policy.map(run),
                message: &failure.message,
            })
            .collect(),
        warnings: outcome.warnings,
        outputs,
        inputs: &plan.inputs,
    }
}

fn self_check<'a>(policy: &'a str, checked: &SelfChecks) -> SelfCheck<'a> {
    let checks = &checked.sum;
    let [offered, accepted] = checked.candidates;
    SelfCheck {
        policy,
        open_events: checks.open_events,
        loss_gap_fen: checks.loss_gap_fen,
        transfer_gap_fen: checks.transfer_gap_fen,
        too_great: checks.too_great,
        people_gap: checks.people_gap,
        over_majorant: checks.over_majorant,
        out_of_range: checks.out_of_range,
        cut_generations: checks.cut_generations,
        failed_replications: checked
            .failed
            .iter()
            .map(|replication| replication + 1)
            .collect(),
        acceptance_share: accepted as f64 / offered as f64,
    }
}
