//! A long replication that is broken off goes on from its newest checkpoint to the same bytes.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program must fail"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "instants of kills are taken from the clock; no result depends on them"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::kept::same;
use crate::program::program;
use crate::said::ended;

/// One replication of two policies: a year of burn-in and two more, 156 weeks.
const ONE: [&str; 15] = [
    "run",
    "seminar-county",
    "--policy",
    "network",
    "--years",
    "2",
    "--set",
    "experiment.burn_in_years=1",
    "--replications",
    "1",
    "--people-per-agent",
    "1000",
    "--quiet",
    "--no-charts",
    "--out",
];

/// The program into a folder, with a fault if one is named.
fn command(arguments: &[&str], folder: &Path, more: &[&str], fault: &str) -> Command {
    let mut command = program();
    command.args(arguments).arg(folder).args(more);
    if !fault.is_empty() {
        command.env("RISKWEAVE_FAULT", fault);
    }
    command
}

fn ran(arguments: &[&str], folder: &Path, more: &[&str], fault: &str) -> Output {
    command(arguments, folder, more, fault).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// It must succeed; what it said.
fn went(arguments: &[&str], folder: &Path, more: &[&str], fault: &str) -> String {
    ended(&mut command(arguments, folder, more, fault), 0)
}

/// It must be refused, with nothing run; what it said.
fn refused(folder: &Path, more: &[&str], fault: &str) -> String {
    ended(&mut command(&ONE, folder, more, fault), 2)
}

/// The checkpoints in a folder, in order.
fn checkpoints(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join("replications/checkpoints"));
    let paths = entries
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let mut found: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|e| e == "checkpoint"))
        .collect();
    found.sort();
    found
}

const EVERY: [&str; 2] = ["--checkpoint-every", "26"];

#[test]
fn a_replication_goes_on_from_a_checkpoint_of_any_week() {
    let root = TempDir::new().unwrap();
    let whole = root.path().join("whole");
    went(&ONE, &whole, &["--tail", "20"], "");
    for (number, week) in [
        "-000-00026",
        "-000-00052",
        "-001-00078",
        "-001-00104",
        "-001-00156",
        "-002-00078",
        "-002-00130",
        "-002-00156",
    ]
    .into_iter()
    .enumerate()
    {
        let folder = root.path().join(week);
        let threads = ["1", "2", "3"][number % 3];
        let more = ["--tail", "20", "--threads", threads];
        let killed = ran(
            &ONE,
            &folder,
            &[&more[..], &EVERY].concat(),
            &format!("kill {week}"),
        );
        assert_eq!(killed.status.code(), None, "{}", said(&killed));
        assert!(!checkpoints(&folder).is_empty());
        // Begun afresh it would be killed at its first checkpoint.
        let every = if number % 2 == 0 { &EVERY[..] } else { &[] };
        let resumed = [&["--resume", "--tail", "20"], every].concat();
        went(&ONE, &folder, &resumed, "kill -000-00026");
        same(&whole, &folder);
    }
}

/// A folder with a run that was killed in the middle, and the checkpoint that it goes on from.
fn broken_off(root: &Path, name: &str, more: &[&str]) -> (PathBuf, PathBuf) {
    let folder = root.join(name);
    let more = [&EVERY, more, &["--threads", "1"]].concat();
    let killed = ran(&ONE, &folder, &more, "kill -001-00104");
    assert_eq!(killed.status.code(), None, "{}", said(&killed));
    let found = checkpoints(&folder);
    // The one before had not yet been removed.
    assert_eq!(found.len(), 3, "{found:?}");
    (folder, found[2].clone())
}

#[test]
fn checkpoints_of_other_runs_are_refused_and_damaged_ones_passed_over() {
    let root = TempDir::new().unwrap();
    let whole = root.path().join("whole");
    went(&ONE, &whole, &["--lang", "en"], "");
    let (folder, newest) = broken_off(root.path(), "broken", &[]);
    let before = fs::read(&newest).unwrap();
    let said = refused(&folder, &[], "");
    assert!(
        said.contains("0 finished replications and 3 checkpoints") && said.contains("--resume"),
        "{said}"
    );
    let said = refused(&folder, &["--lang", "zh"], "");
    assert!(said.contains("0 次模拟和 3 个检查点"), "{said}");
    let said = refused(&folder, &["--resume", "--seed", "5"], "");
    assert!(said.contains("experiment.seed"), "{said}");
    let input = ["--resume", "--set", "policy.remedy.enabled=false"];
    let said = refused(&folder, &input, "");
    assert!(said.contains("remedy"), "{said}");
    // Another version of the program wrote it.
    let identity = folder.join("replications/identity.json");
    let own = fs::read_to_string(&identity).unwrap();
    let version = concat!("\"version\":\"", env!("CARGO_PKG_VERSION"), "\"");
    assert!(own.contains(version), "{own}");
    fs::write(&identity, own.replace(version, "\"version\":\"0.0.9\"")).unwrap();
    let said = refused(&folder, &["--resume", "--lang", "zh"], "");
    assert!(said.contains("version(已保存 0.0.9"), "{said}");
    fs::write(&identity, own).unwrap();
    // A whole checkpoint of another seed was brought here.
    let (_, other) = broken_off(root.path(), "other", &["--seed", "5"]);
    fs::copy(other, &newest).unwrap();
    let said = refused(&folder, &["--resume"], "");
    let name = newest.file_name().unwrap().to_str().unwrap();
    assert!(
        said.contains(name) && said.contains("another run"),
        "{said}"
    );
    let said = refused(&folder, &["--resume", "--lang", "zh"], "");
    assert!(said.contains(name) && said.contains("另一次运行"), "{said}");
    // One that is changed, or cut off, costs time and nothing else.
    for (language, cut) in [("en", false), ("zh", true)] {
        let mut damaged = before.clone();
        damaged[before.len() / 2] ^= 1;
        damaged.truncate(if cut { before.len() / 3 } else { before.len() });
        fs::write(&newest, damaged).unwrap();
        let tried = root.path().join(language);
        copy(&folder, &tried);
        let more = ["--resume", "--lang", language];
        let said = went(&ONE, &tried, &more, "");
        let warning = [("warning: ", "passed over"), ("警告：", "不用这个检查点")];
        let (warning, fate) = warning[usize::from(cut)];
        assert!(
            said.contains(warning) && said.contains(fate) && said.contains(name),
            "{said}"
        );
        if !cut {
            same(&whole, &tried);
        }
    }
}

/// Copies what is kept in a folder: the identity and the checkpoints.
fn copy(from: &Path, to: &Path) {
    let [from, to] = [from, to].map(|folder| folder.join("replications"));
    fs::create_dir_all(to.join("checkpoints")).unwrap();
    let identity = "identity.json";
    fs::copy(from.join(identity), to.join(identity)).unwrap();
    for path in fs::read_dir(from.join("checkpoints")).unwrap() {
        let name = path.unwrap().file_name();
        let place = |folder: &Path| folder.join("checkpoints").join(&name);
        fs::copy(place(&from), place(&to)).unwrap();
    }
}

#[test]
fn what_a_kill_left_half_written_goes_when_the_run_goes_on() {
    let root = TempDir::new().unwrap();
    let folder = root.path().join("shard");
    went(&ONE, &folder, &["--shard", "1/1"], "");
    let unfinished = folder.join("replications/checkpoints");
    fs::create_dir(&unfinished).unwrap();
    let half = unfinished.join(".00002-001-00104.checkpoint.partial");
    fs::write(&half, "half").unwrap();
    went(&ONE, &folder, &["--shard", "1/1"], "");
    assert!(!half.exists() && folder.join("replications/00001.replication").exists());
}

#[test]
fn checkpoints_that_do_not_fit_on_the_disk_are_refused_before_the_work() {
    let root = TempDir::new().unwrap();
    let folder = root.path().join("none");
    for (language, word) in [("en", "not enough room"), ("zh", "磁盘空间不够")] {
        for dry in [&[][..], &["--dry-run"]] {
            let more = [&EVERY, &["--lang", language], dry].concat();
            let said = refused(&folder, &more, "disk 1000");
            assert!(
                said.contains(word) && said.contains("0.001 MB") && said.contains("--out"),
                "{said}"
            );
        }
    }
    assert!(!folder.exists());
    // Without checkpoints nothing is asked of the disk.
    went(&ONE, &folder, &[], "disk 1000");
    let dry = ran(
        &ONE,
        &folder,
        &[&EVERY[..], &["--dry-run", "--force"]].concat(),
        "",
    );
    let text = String::from_utf8_lossy(&dry.stdout).into_owned();
    assert_eq!(dry.status.code(), Some(0));
    assert!(text.contains("checkpoints: every 26 weeks"), "{text}");
}

#[test]
fn ctrl_c_keeps_the_newest_checkpoint_and_says_how_to_go_on() {
    for (signal, language) in [("INT", "en"), ("TERM", "zh")] {
        let root = TempDir::new().unwrap();
        let [whole, folder] = ["whole", "stopped"].map(|name| root.path().join(name));
        let mut long = ONE;
        long[5] = "90";
        let more = ["--checkpoint-every", "20", "--lang", language];
        let mut child = program()
            .args(long)
            .arg(&folder)
            .args(more)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while checkpoints(&folder).is_empty() && begun.elapsed() < Duration::from_secs(60) {
            thread::sleep(Duration::from_millis(2));
        }
        let id = child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(130));
        let mut said = String::new();
        std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
        let words = match language {
            "zh" => ["第 1 次模拟", "存有检查点", "周"],
            _ => ["replication 1", "there are checkpoints", "up to week "],
        };
        for word in words {
            assert!(said.contains(word), "{said}");
        }
        assert!(said.contains("--resume"), "{said}");
        went(
            &long,
            &folder,
            &["--resume", "--lang", language],
            "kill -000-00020",
        );
        went(&long, &whole, &["--lang", language], "");
        same(&whole, &folder);
    }
}

/// What came of killing a run of the nation again and again.
#[derive(Debug, Default)]
struct Hits {
    kills: u32,
    /// Kills that came before anything was kept, and after the results were whole.
    before: u32,
    after: u32,
    /// Largest checkpoint (bytes).
    largest: u64,
    /// Seconds: without checkpoints, with them, resumed runs in the mean.
    plain: f64,
    checkpointed: f64,
    resumed: f64,
}

impl Hits {
    fn tell(&self) {
        let [plain, checkpointed, resumed] =
            [self.plain, self.checkpointed, self.resumed].map(|seconds| format!("{seconds:.1} s"));
        println!(
            "{} kills: {} before anything was kept, {} after the results were whole; every resume ended in the same bytes",
            self.kills, self.before, self.after
        );
        println!(
            "largest checkpoint {} bytes; without checkpoints {plain}, with them {checkpointed}, a resume {resumed} in the mean",
            self.largest
        );
    }
}

fn timed(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64()
}

/// Kills a command at instants that spread evenly over the time that it takes, resumes it, and holds it against
/// one that was left alone.
fn killed_nation(arguments: &[&str], more: &[&str], rounds: u32) -> Hits {
    let root = TempDir::new().unwrap();
    let [plain, whole, folder] = ["plain", "whole", "killed"].map(|name| root.path().join(name));
    let mut hits = Hits {
        kills: rounds,
        plain: timed(|| drop(went(arguments, &plain, &[], ""))),
        checkpointed: timed(|| drop(went(arguments, &whole, more, ""))),
        ..Hits::default()
    };
    same(&plain, &whole);
    fs::remove_dir_all(&plain).unwrap();
    for round in 0..rounds {
        // The golden ratio spreads any number of instants evenly.
        let share = (f64::from(round + 1) * 0.618_033_988_749_895).fract();
        let mut command = program();
        command.args(arguments).arg(&folder).args(more);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        thread::sleep(Duration::from_secs_f64(hits.checkpointed * share));
        child.kill().unwrap();
        child.wait().unwrap();
        if folder.join("manifest.json").exists() && !folder.join("replications").exists() {
            hits.after += 1;
        } else {
            let found = checkpoints(&folder);
            let sizes = found.iter().map(|path| fs::metadata(path).unwrap().len());
            hits.largest = sizes.fold(hits.largest, u64::max);
            let replications = fs::read_dir(folder.join("replications"));
            hits.before += u32::from(replications.map_or(0, Iterator::count) < 2);
            let resumed = [more, &["--resume"]].concat();
            hits.resumed += timed(|| drop(went(arguments, &folder, &resumed, "")));
        }
        same(&whole, &folder);
        fs::remove_dir_all(&folder).unwrap();
    }
    hits.resumed /= f64::from((rounds - hits.after).max(1));
    hits
}

/// Kills: as many as RISKWEAVE_KILLS says.
fn rounds(usual: u32) -> u32 {
    let asked = std::env::var("RISKWEAVE_KILLS").ok();
    asked.map_or(usual, |asked| asked.parse().unwrap())
}

/// `RISKWEAVE_KILLS=20 cargo test --release --test commands -- --ignored --nocapture one_replication_of_the_nation`
#[test]
#[ignore = "kills and resumes one replication of the nation twice, or as often as RISKWEAVE_KILLS says; .ci/run calls it"]
fn one_replication_of_the_nation_that_is_killed_goes_on_to_the_same_bytes() {
    let arguments = [
        "run",
        "china-2020",
        "--people-per-agent",
        "100",
        "--years",
        "1",
        "--policy",
        "current-2020",
        "--replications",
        "1",
        "--quiet",
        "--no-charts",
        "--out",
    ];
    let hits = killed_nation(&arguments, &["--checkpoint-every", "13"], rounds(2));
    hits.tell();
    assert!(
        hits.largest > 60_000_000 && hits.before < hits.kills,
        "{hits:?}"
    );
}

/// `RISKWEAVE_KILLS=5 cargo test --release --test commands -- --ignored --nocapture comparison_of_the_nation`
#[test]
#[ignore = "kills and resumes a comparison of the nation twice, or as often as RISKWEAVE_KILLS says; .ci/run calls it"]
fn a_comparison_of_the_nation_that_is_killed_goes_on_to_the_same_bytes() {
    let arguments = [
        "compare",
        "china-2020",
        "--years",
        "1",
        "--replications",
        "2",
        "--policy",
        "network",
        "--policy",
        "layered-sharing",
        "--quiet",
        "--out",
    ];
    let hits = killed_nation(&arguments, &["--checkpoint-every", "26"], rounds(2));
    hits.tell();
    assert!(hits.before < hits.kills, "{hits:?}");
}
