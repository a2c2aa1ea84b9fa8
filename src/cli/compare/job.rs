//! A comparison as a job: the plan is run, its files are written, and the manifest comes last.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::cli::clock::Clock;
use crate::cli::options::{FormatArgument, RunOptions};
use crate::cli::progress::Progress;
use crate::experiment::Plan;
use crate::experiment::precision::{Goal, Precision};
use crate::experiment::run::{Engine, Failure, Schedule, execute};
use crate::experiment::sample::Sample;
use crate::experiment::story::Telling;
use crate::experiment::summary::Summary;
use crate::model::record::RunRecord;
use crate::output::events::EventFilter;
use crate::output::file::{Written, describe};
use crate::output::manifest::{self, Outcome};
use crate::output::{FileOptions, Format, OutputError, RunFiles, folder, workbook};
use crate::vocabulary::{Language, Vocabulary};

/// What is asked for, after every check.
#[derive(Clone, Debug)]
pub struct Job {
    /// Files: folder, format, language, events.
    pub files: FileOptions,
    /// Whether results that are there may be overwritten.
    pub force: bool,
    /// Whether the summary tables are written as a workbook too.
    pub workbook: bool,
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

impl Job {
    /// From the options of a command. Checks the folder without making it: an error here has cost
    /// nothing and left nothing behind.
    pub fn new(
        options: &RunOptions,
        experiment: &str,
        until: Option<Until>,
        language: Language,
    ) -> Result<Self, OutputError> {
        let path = options.folder(experiment);
        folder::check(&path, options.work.force)?;
        Ok(Job {
            files: FileOptions {
                folder: path,
                format: Format::from(options.format),
                language,
                events: EventFilter::from(options.events),
            },
            force: options.work.force,
            workbook: options.format == FormatArgument::Xlsx,
            threads: options.worker_threads(),
            quiet: options.work.quiet,
            parameter_sets: options.parameter_sets,
            tail: options.tail,
            until,
            arguments: std::env::args().skip(1).collect(),
        })
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
/// experiment and names the files it wrote (relative to the folder); the manifest comes last.
pub fn run_plan<E: Engine<Record = RunRecord>>(
    plan: &Plan,
    engine: &E,
    job: &Job,
    draw: impl FnOnce(&Finished, &Path) -> Result<Vec<PathBuf>, OutputError>,
) -> Result<Finished, OutputError> {
    let clock = Clock::start();
    folder::make(&job.files.folder, job.force)?;
    let mut finished = run_and_write(plan, engine, job)?;
    let run_seconds = clock.seconds();
    for file in draw(&finished, &job.files.folder)? {
        finished.written.push(describe(&job.files.folder, &file)?);
    }
    let circumstances = clock.circumstances(job.options(&finished), job.threads, run_seconds);
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
    Ok(finished)
}

fn run_and_write<E: Engine<Record = RunRecord>>(
    plan: &Plan,
    engine: &E,
    job: &Job,
) -> Result<Finished, OutputError> {
    let mut files = RunFiles::create(plan, &job.files)?;
    let mut sample = Sample::new(plan);
    let mut telling = Telling::default();
    let looks = match &job.until {
        Some(until) => until.looks.clone(),
        None => vec![plan.replications],
    };
    let mut precision = job.until.as_ref().map(|until| Precision {
        goals: until.goals.clone(),
        looks: Vec::new(),
    });
    let runs = |replications: u32| u64::from(replications) * plan.policies.len() as u64;
    let progress = Progress::new(0, job.quiet, job.files.language);
    let (mut failures, mut done) = (Vec::new(), 0);
    for look in looks {
        progress.go_on(runs(look));
        let schedule = Schedule {
            replications: done..look,
            policies: plan.policies.len(),
            threads: job.threads,
        };
        let broken = execute(
            engine,
            schedule,
            &|| progress.advance(),
            |replication, records| {
                let figures = sample.add(replication, &records);
                telling.add(replication, &records);
                files.add(plan, replication, &records, &figures)
            },
        );
        failures.extend(broken?);
        done = look;
        if let Some(precision) = &mut precision {
            precision.look(plan, &sample, done);
            if precision.reached() {
                break;
            }
        }
    }
    progress.finish();
    let plan = plan.clone().of_replications(done);
    let mut summary = Summary::of(&plan, &sample, &failures);
    summary
        .warnings
        .extend(precision.iter().flat_map(Precision::warnings));
    let mut written = files.finish(&plan, &sample, &summary)?;
    if job.workbook {
        written.push(workbook::write(&job.files)?);
    }
    Ok(Finished {
        plan,
        precision,
        sample,
        summary,
        failures,
        written,
        telling,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic::{Synthetic, plan};
    use crate::measures::Measure;
    use crate::output::table::tests::read_rows;

    fn job(folder: &Path, threads: usize, format: Format, events: EventFilter) -> Job {
        let language = Language::English;
        Job {
            files: FileOptions {
                folder: folder.to_owned(),
                format,
                language,
                events,
            },
            force: false,
            workbook: false,
            threads,
            quiet: true,
            parameter_sets: 0,
            tail: 0,
            until: None,
            arguments: Vec::new(),
        }
    }

    fn run(folder: &Path, policies: &[usize], threads: usize) -> Finished {
        let plan = plan(policies, 9, 3);
        let engine = Synthetic {
            policies: policies.to_vec(),
            years: 3,
        };
        let job = job(folder, threads, Format::Parquet, EventFilter::Notable);
        run_plan(&plan, &engine, &job, |_, _| Ok(Vec::new())).unwrap()
    }

    const TABLES: [&str; 4] = ["runs", "weekly", "events", "ledger"];

    fn rows(folder: &Path, table: &str, policy: usize) -> Vec<String> {
        let all = read_rows(&folder.join(format!("{table}.parquet")));
        let mark = format!("policy: \"policy-{policy}\"");
        all.into_iter().filter(|row| row.contains(&mark)).collect()
    }

    #[test]
    fn the_bytes_do_not_depend_on_threads() {
        let root = tempfile::tempdir().unwrap();
        let one = run(&root.path().join("1"), &[0, 1, 3], 1);
        for threads in [2, 7] {
            let other = run(&root.path().join(threads.to_string()), &[0, 1, 3], threads);
            assert_eq!(one.written, other.written);
        }
    }

    #[test]
    fn rows_do_not_depend_on_which_policies_are_compared() {
        let root = tempfile::tempdir().unwrap();
        let (all, some) = (root.path().join("all"), root.path().join("some"));
        run(&all, &[0, 1, 3, 2], 2);
        run(&some, &[0, 3], 2);
        for table in TABLES {
            for policy in [0, 3] {
                let expected = rows(&all, table, policy);
                assert!(expected.len() > 30, "{table}");
                assert_eq!(rows(&some, table, policy), expected, "{table}");
            }
        }
    }

    #[test]
    fn events_are_those_notable_under_the_policy_or_the_baseline() {
        let root = tempfile::tempdir().unwrap();
        run(root.path(), &[0, 3], 2);
        let rows = rows(root.path(), "events", 3);
        let notable = |row: &String| {
            let after = |key: &str| -> i64 {
                let (_, rest) = row.split_once(key).unwrap();
                rest.split(',').next().unwrap().trim().parse().unwrap()
            };
            after(" deaths: ") >= 3 || after(" loss: ") >= 1_000_000_000
        };
        let later: Vec<_> = rows
            .iter()
            .filter(|row| !row.contains("replication: 1,"))
            .collect();
        assert!(
            later.iter().all(|row| notable(row)),
            "synthetic losses do not differ by policy"
        );
        assert!(
            rows.iter().any(|row| !notable(row)),
            "all events of replication 1"
        );
    }

    #[test]
    fn every_promised_file_is_there_and_hashed_in_the_manifest() {
        let root = tempfile::tempdir().unwrap();
        run(root.path(), &[0, 1], 2);
        let text = std::fs::read_to_string(root.path().join("manifest.json")).unwrap();
        let manifest: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(manifest["self_checks_passed"], json!(true));
        let mut listed: Vec<String> = manifest["outputs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|output| output["file"].as_str().unwrap().to_owned())
            .collect();
        listed.push("manifest.json".to_owned());
        listed.sort();
        let mut found: Vec<String> = std::fs::read_dir(root.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        found.sort();
        assert_eq!(listed, found);
        assert_eq!(found.len(), 13);
    }

    #[test]
    fn a_folder_with_results_is_refused_and_csv_has_the_same_rows() {
        let root = tempfile::tempdir().unwrap();
        run(root.path(), &[0, 1], 1);
        let plan = plan(&[0, 1], 9, 3);
        let engine = Synthetic {
            policies: vec![0, 1],
            years: 3,
        };
        let mut job = job(root.path(), 1, Format::Csv, EventFilter::Notable);
        let refused = run_plan(&plan, &engine, &job, |_, _| Ok(Vec::new()));
        assert!(matches!(refused, Err(OutputError::Exists { .. })));
        job.force = true;
        run_plan(&plan, &engine, &job, |_, _| Ok(Vec::new())).unwrap();
        for table in TABLES {
            let text = std::fs::read_to_string(root.path().join(format!("{table}.csv"))).unwrap();
            let parquet = read_rows(&root.path().join(format!("{table}.parquet")));
            assert_eq!(text.lines().count(), parquet.len() + 1, "{table}");
        }
    }

    #[test]
    fn going_on_until_a_goal_writes_what_as_many_replications_write() {
        let root = tempfile::tempdir().unwrap();
        let engine = Synthetic {
            policies: vec![0, 3],
            years: 3,
        };
        let run = |folder: &str, replications: u32, until: Option<Until>| {
            let path = root.path().join(folder);
            let plan = plan(&[0, 3], replications, 3);
            let mut job = job(&path, 3, Format::Parquet, EventFilter::Notable);
            job.until = until;
            run_plan(&plan, &engine, &job, |_, _| Ok(Vec::new())).unwrap()
        };
        let goal = Goal {
            measure: Measure::Deaths,
            policy: 1,
            share: 0.0,
            key: "policy-3".to_owned(),
            baseline: "policy-0".to_owned(),
        };
        let until = |share: f64| {
            let goals = vec![Goal {
                share,
                ..goal.clone()
            }];
            Some(Until {
                goals,
                looks: vec![3, 6, 12],
            })
        };
        let never = run("never", 3, until(1e-9));
        let shares: Vec<f64> = never
            .precision
            .iter()
            .flat_map(|p| &p.looks)
            .map(|l| l.shares[0])
            .collect();
        assert_eq!((shares.len(), never.plan.replications), (3, 12));
        assert_eq!(
            never.summary.warnings.last().unwrap().code,
            "precision-not-reached"
        );
        assert!(shares[1] < shares[0], "{shares:?}");
        let reached = run("reached", 3, until(shares[1] * 1.001));
        assert_eq!(reached.plan.replications, 6);
        let fixed = run("fixed", 6, None);
        assert_eq!(reached.written, fixed.written);
    }

    /// Breaks off in one replication.
    struct Broken(Synthetic);

    impl Engine for Broken {
        type Start = u32;
        type Record = RunRecord;
        fn prepare(&self, replication: u32) -> u32 {
            replication
        }
        fn run(&self, start: &u32, policy: usize) -> RunRecord {
            assert!(*start != 2, "out of range");
            self.0.run(start, policy)
        }
    }

    #[test]
    fn a_broken_replication_is_left_out_and_told() {
        let root = tempfile::tempdir().unwrap();
        let plan = plan(&[0, 1], 9, 3);
        let engine = Broken(Synthetic {
            policies: vec![0, 1],
            years: 3,
        });
        let job = job(root.path(), 2, Format::Parquet, EventFilter::None);
        let finished = run_plan(&plan, &engine, &job, |_, _| Ok(Vec::new())).unwrap();
        assert!(!finished.stands());
        assert_eq!(finished.summary.replications, 8);
        assert_eq!(finished.summary.warnings[0].code, "replication-failed");
        assert!(read_rows(&root.path().join("events.parquet")).is_empty());
    }
}
