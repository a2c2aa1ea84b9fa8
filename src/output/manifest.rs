//! `manifest.json`: what was run, how, on what, and what came out – enough to run it again.

use serde::Serialize;
use serde_json::Value;

use super::file::{Written, write_whole};
use super::{FileOptions, OutputError};
use crate::experiment::Plan;
use crate::experiment::run::Failure;
use crate::experiment::sample::Sample;
use crate::experiment::summary::Summary;
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

/// Writes the manifest, last of all files.
pub fn write(
    options: &FileOptions,
    plan: &Plan,
    sample: &Sample,
    summary: &Summary,
    failures: &[Failure],
    circumstances: &Circumstances,
    outputs: &[Written],
) -> Result<Written, OutputError> {
    let key = |position: usize| plan.policies[position].key.as_str();
    let manifest = Manifest {
        program: "riskweave",
        version: env!("CARGO_PKG_VERSION"),
        experiment: &plan.key,
        identity: plan.identity(),
        hash: &plan.hash,
        seed: plan.seed,
        years: plan.years,
        burn_in_years: plan.burn_in_years,
        start: plan.start,
        replications: summary.replications,
        people_per_agent: plan.people_per_agent,
        baseline: key(plan.baseline),
        policies: (0..plan.policies.len()).map(key).collect(),
        platform: Platform {
            system: std::env::consts::OS,
            architecture: std::env::consts::ARCH,
        },
        circumstances,
        self_checks: (0..plan.policies.len())
            .map(|p| self_check(key(p), sample, p))
            .collect(),
        self_checks_passed: failures.is_empty() && sample.checks_pass(),
        failed_replications: failures
            .iter()
            .map(|failure| FailedReplication {
                replication: failure.replication + 1,
                policy: failure.policy.map(key),
                message: &failure.message,
            })
            .collect(),
        warnings: &summary.warnings,
        outputs,
        inputs: &plan.inputs,
    };
    let path = options.folder.join("manifest.json");
    let mut text =
        serde_json::to_vec_pretty(&manifest).map_err(|error| OutputError::io(&path, error))?;
    text.push(b'\n');
    write_whole(&options.folder, "manifest.json", &text)
}

fn self_check<'a>(policy: &'a str, sample: &Sample, position: usize) -> SelfCheck<'a> {
    let runs = &sample.policies[position];
    let checks = &runs.checks;
    let [offered, accepted] = runs.candidates;
    SelfCheck {
        policy,
        open_events: checks.open_events,
        loss_gap_fen: checks.loss_gap_fen,
        transfer_gap_fen: checks.transfer_gap_fen,
        people_gap: checks.people_gap,
        over_majorant: checks.over_majorant,
        out_of_range: checks.out_of_range,
        cut_generations: checks.cut_generations,
        failed_replications: runs
            .failed_checks
            .iter()
            .map(|replication| replication + 1)
            .collect(),
        acceptance_share: accepted as f64 / offered as f64,
    }
}
