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
        claim: Claim::New,
        identity: Identity::new(json!({}), "synthetic".to_owned(), 0),
        shard: None,
        merged: None,
        workbook: false,
        checkpoint_every: None,
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
    job.claim = Claim::Over;
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
        let plan = plan(&[0, 3], 3, 3).of_replications(replications);
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
    // The others stay, so that the broken one can be tried again alone.
    let found = Found::in_folder(root.path()).unwrap();
    assert!(found.finished().eq([0, 1, 3, 4, 5, 6, 7, 8]));
    let said = super::super::broken::failed(&finished.failures, &plan, &job, Language::English);
    let crate::cli::Failure::SelfCheck(said) = said else {
        panic!("{said:?}");
    };
    for part in [
        "replication 3 broke off",
        "out of range",
        "--shard 3/9",
        "--resume",
    ] {
        assert!(said.contains(part), "{said}");
    }
}

/// Counts its runs.
struct Counted<'a>(Synthetic, &'a std::sync::atomic::AtomicU32);

impl Engine for Counted<'_> {
    type Start = u32;
    type Record = RunRecord;
    fn prepare(&self, replication: u32) -> u32 {
        replication
    }
    fn run(&self, start: &u32, policy: usize) -> RunRecord {
        self.1.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        self.0.run(start, policy)
    }
}

#[test]
fn what_is_kept_is_not_run_again_and_ends_in_the_same_bytes() {
    let root = tempfile::tempdir().unwrap();
    let whole = run(&root.path().join("whole"), &[0, 1], 2);
    let (plan, runs) = (plan(&[0, 1], 9, 3), std::sync::atomic::AtomicU32::new(0));
    let synthetic = Synthetic {
        policies: vec![0, 1],
        years: 3,
    };
    let engine = Counted(synthetic, &runs);
    let path = root.path().join("shard");
    let mut job = job(&path, 2, Format::Parquet, EventFilter::Notable);
    job.claim = Claim::Part;
    let shard = Shard { number: 2, of: 3 };
    for runs_so_far in [6, 6] {
        let kept = super::super::shard::run(&plan, &engine, &job, shard).unwrap();
        assert!(kept.failures.is_empty());
        assert_eq!(runs.load(std::sync::atomic::Ordering::SeqCst), runs_so_far);
    }
    job.claim = Claim::New;
    let refused = run_plan(&plan, &engine, &job, |_, _| Ok(Vec::new()));
    assert!(matches!(
        refused,
        Err(OutputError::BrokenOff { kept: 3, .. })
    ));
    job.claim = Claim::GoOn;
    let resumed = run_plan(&plan, &engine, &job, |_, _| Ok(Vec::new())).unwrap();
    assert_eq!(runs.load(std::sync::atomic::Ordering::SeqCst), 18);
    assert_eq!(resumed.written, whole.written);
    assert!(!path.join("replications").exists());
    let again = run_plan(&plan, &engine, &job, |_, _| Ok(Vec::new()));
    assert!(matches!(again, Err(OutputError::Whole { .. })));
    job.claim = Claim::Over;
    run_plan(&plan, &engine, &job, |_, _| Ok(Vec::new())).unwrap();
    assert_eq!(runs.load(std::sync::atomic::Ordering::SeqCst), 36);
}
