//! Nothing that is finished is lost: a run that is killed at any instant goes on to the same bytes, Ctrl-C says how, and
//! shards are put together to what the whole run writes.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program must fail"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "instants of kills are taken from the clock; no result depends on them"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::program::program;
use crate::said::run;

/// A small comparison; its replications take some hundredths of a second.
const SMALL: [&str; 11] = [
    "compare",
    "seminar-county",
    "--policy",
    "network",
    "--years",
    "2",
    "--replications",
    "7",
    "--people-per-agent",
    "1000",
    "--quiet",
];

fn arguments<'a>(more: &[&'a str], folder: &'a Path) -> Vec<&'a str> {
    let out = ["--out", folder.to_str().unwrap()];
    [&SMALL, more, &out].concat()
}

/// Runs the small comparison into a folder; it must succeed.
fn compared(more: &[&str], folder: &Path) {
    let (status, text, said) = run(folder.parent().unwrap(), &arguments(more, folder));
    assert_eq!(status, Some(0), "{text}\n{said}");
}

/// What the small comparison says into a folder that it refuses.
fn refused(more: &[&str], folder: &Path) -> String {
    let (status, text, said) = run(folder.parent().unwrap(), &arguments(more, folder));
    assert_eq!(status, Some(2), "{text}\n{said}");
    said
}

/// All files of a folder by their content; of the manifest without the circumstances of the run.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(inner) = open.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let mut content = fs::read(&path).unwrap();
            if path.ends_with("manifest.json") {
                let mut manifest: Value = serde_json::from_slice(&content).unwrap();
                let table = manifest.as_object_mut().unwrap();
                assert!(table.remove("circumstances").is_some());
                content = serde_json::to_vec(&manifest).unwrap();
            }
            found.insert(path.strip_prefix(folder).unwrap().to_owned(), content);
        }
    }
    found
}

/// Whether two folders hold the same files.
pub(crate) fn same(one: &Path, other: &Path) {
    let (one, other) = (files(one), files(other));
    assert!(one.len() > 12, "{:?}", one.keys());
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        other.keys().collect::<Vec<_>>()
    );
    for (path, content) in &one {
        assert!(other[path] == *content, "{} differs", path.display());
    }
}

/// Replications that are kept in a folder.
pub(crate) fn kept(folder: &Path) -> usize {
    let names = fs::read_dir(folder.join("replications"));
    let names = names.into_iter().flatten().flatten();
    names
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "replication"))
        .count()
}

fn started(folder: &Path, more: &[&str]) -> Child {
    program()
        .args(arguments(more, folder))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Kills the comparison again and again at instants that spread over its whole time, resumes it, and holds it
/// against one that was left alone. Returns how many kills hit it with how many replications kept.
fn killed(rounds: u32, more: &[&str]) -> BTreeMap<usize, u32> {
    let root = TempDir::new().unwrap();
    let whole = root.path().join("whole");
    let begun = Instant::now();
    compared(more, &whole);
    let lasts = begun.elapsed();
    let mut hits = BTreeMap::new();
    for round in 0..rounds {
        let folder = root.path().join("killed");
        // The golden ratio spreads any number of instants evenly.
        let share = (f64::from(round + 1) * 0.618_033_988_749_895).fract();
        let mut child = started(&folder, more);
        thread::sleep(lasts.mul_f64(share));
        child.kill().unwrap();
        child.wait().unwrap();
        if folder.join("manifest.json").exists() && !folder.join("replications").exists() {
            *hits.entry(usize::MAX).or_default() += 1;
            let said = refused(&[more, &["--resume"]].concat(), &folder);
            assert!(said.contains("nothing is left to resume"), "{said}");
        } else {
            *hits.entry(kept(&folder)).or_default() += 1;
            compared(&[more, &["--resume"]].concat(), &folder);
        }
        same(&whole, &folder);
        fs::remove_dir_all(&folder).unwrap();
    }
    hits
}

#[test]
fn a_run_that_is_killed_goes_on_to_the_same_bytes() {
    let hits = killed(5, &["--no-charts"]);
    assert!(hits.values().sum::<u32>() == 5, "{hits:?}");
}

/// `RISKWEAVE_KILLS=200 cargo test --release --test commands -- --ignored --nocapture many_runs`
#[test]
#[ignore = "kills and resumes forty runs, or as many as RISKWEAVE_KILLS says; .ci/run calls it"]
fn many_runs_that_are_killed_go_on_to_the_same_bytes() {
    let asked = std::env::var("RISKWEAVE_KILLS").ok();
    let rounds = asked.map_or(40, |asked| asked.parse().unwrap());
    let hits = killed(rounds, &[]);
    let finished = hits.get(&usize::MAX).copied().unwrap_or_default();
    println!("kills by replications kept: {hits:?}");
    assert!(2 * (rounds - finished) >= rounds, "{hits:?}");
    assert!(hits.len() > 2, "{hits:?}");
}

#[test]
fn going_on_until_a_goal_is_resumed_too() {
    let root = TempDir::new().unwrap();
    let goal = "work_safety_deaths network < 0.01%";
    let more = ["--no-charts", "--until", goal, "--max-replications", "28"];
    let [whole, folder] = ["whole", "broken-off"].map(|name| root.path().join(name));
    compared(&more, &whole);
    // Begun as a shard of the same inputs: replications 2, 5, 8 … of the first look are there.
    compared(&["--no-charts", "--shard", "2/3"], &folder);
    assert_eq!(kept(&folder), 2);
    fs::remove_file(folder.join("shard.json")).unwrap();
    compared(&[&more[..], &["--resume"]].concat(), &folder);
    same(&whole, &folder);
}

#[test]
fn ctrl_c_keeps_what_is_finished_and_says_how_to_go_on() {
    for (signal, language) in [("INT", "en"), ("TERM", "zh")] {
        let root = TempDir::new().unwrap();
        let [whole, folder] = ["whole", "stopped"].map(|name| root.path().join(name));
        let more = ["--no-charts", "--replications", "60", "--lang", language];
        let more = &more[..];
        // The last of two options of a name would be refused: the sizes of the small one are left out.
        let small: Vec<&str> = [&SMALL[..6], &SMALL[8..]].concat();
        let command = |folder: &Path, extra: &[&str]| {
            let mut command = program();
            command.args(&small).args(more).args(extra);
            command.arg("--out").arg(folder);
            command
        };
        let mut child = command(&folder, &[])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while kept(&folder) < 3 && begun.elapsed() < Duration::from_secs(60) {
            thread::sleep(Duration::from_millis(2));
        }
        let id = child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(130));
        let mut said = String::new();
        std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
        let number = kept(&folder);
        assert!((3..60).contains(&number), "{number}: {said}");
        let told = match language {
            "zh" => format!("60 次模拟中已有 {number} 次保存在 "),
            _ => format!("{number} of 60 replications are kept in "),
        };
        assert!(said.contains(&told) && said.contains("--resume"), "{said}");
        let left = fs::read_dir(&folder).unwrap().flatten();
        let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
        assert_eq!(left, ["replications"]);
        // Neither --resume nor --force: nothing is touched.
        let output = command(&folder, &[]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains(&format!(" {number} ")) && said.contains("--resume"),
            "{said}"
        );
        assert!(
            command(&folder, &["--resume"])
                .output()
                .unwrap()
                .status
                .success()
        );
        assert!(command(&whole, &[]).output().unwrap().status.success());
        same(&whole, &folder);
    }
}

#[test]
fn what_is_not_of_this_run_is_refused_by_name() {
    let root = TempDir::new().unwrap();
    let folder = root.path().join("shard");
    compared(&["--shard", "1/2"], &folder);
    let said = refused(&["--resume", "--seed", "5"], &folder);
    assert!(
        said.contains("experiment.seed") && said.contains('5'),
        "{said}"
    );
    let said = refused(&["--resume", "--tail", "100", "--lang", "zh"], &folder);
    assert!(said.contains("--tail(已保存 0，现为 100)"), "{said}");
    let said = refused(
        &["--resume", "--set", "policy.remedy.enabled=false"],
        &folder,
    );
    assert!(said.contains("remedy"), "{said}");
    // Cut off and changed files.
    let one = folder.join("replications/00003.replication");
    let content = fs::read(&one).unwrap();
    fs::write(&one, &content[..content.len() / 2]).unwrap();
    let said = refused(&["--resume"], &folder);
    assert!(
        said.contains("00003.replication") && said.contains("cut off"),
        "{said}"
    );
    let mut changed = content.clone();
    changed[content.len() / 2] ^= 4;
    fs::write(&one, changed).unwrap();
    let said = refused(&["--resume", "--lang", "zh"], &folder);
    assert!(
        said.contains("00003.replication") && said.contains("校验和"),
        "{said}"
    );
    fs::remove_file(&one).unwrap();
    compared(&["--resume", "--no-charts"], &folder);
    let said = refused(&["--resume"], &folder);
    assert!(said.contains("whole results"), "{said}");
}

/// The whole and its three shards, with what the shards are asked for.
fn sharded(root: &Path, more: &[&str]) -> [PathBuf; 3] {
    [1, 2, 3].map(|number| {
        let folder = root.join(format!("part-{number}"));
        let shard = format!("{number}/3");
        compared(&[more, &["--shard", &shard]].concat(), &folder);
        folder
    })
}

fn merged(root: &Path, parts: &[&Path], more: &[&str]) -> (Option<i32>, String, String) {
    let folders = parts.iter().map(|part| part.to_str().unwrap());
    let words: Vec<&str> = ["merge"]
        .into_iter()
        .chain(folders)
        .chain(more.iter().copied())
        .collect();
    run(root, &words)
}

#[test]
fn shards_merged_are_the_whole_byte_for_byte() {
    for threads in ["1", "2"] {
        let root = TempDir::new().unwrap();
        let whole = root.path().join("whole");
        compared(&["--threads", threads], &whole);
        let parts = sharded(root.path(), &["--threads", threads]);
        assert_eq!(parts.each_ref().map(|part| kept(part)), [3, 2, 2]);
        // Copied elsewhere, and the same shard again: nothing is run, nothing is changed.
        let elsewhere = root.path().join("elsewhere");
        fs::rename(&parts[1], &elsewhere).unwrap();
        let before = fs::read(elsewhere.join("shard.json")).unwrap();
        let again = arguments(&["--threads", threads, "--shard", "1/3"], &parts[0]);
        let (status, text, _) = run(root.path(), &again);
        assert_eq!(status, Some(0));
        assert!(text.contains("(3 of them from before)"), "{text}");
        let folders: [&Path; 3] = [&parts[2], &elsewhere, &parts[0]];
        let out = ["--out", "merged", "--quiet", "--threads", threads];
        let (status, text, said) = merged(root.path(), &folders, &out);
        assert_eq!(status, Some(0), "{text}\n{said}");
        same(&whole, &root.path().join("merged"));
        assert_eq!(fs::read(elsewhere.join("shard.json")).unwrap(), before);
        assert_eq!(kept(&elsewhere), 2);
    }
}

#[test]
fn shards_that_do_not_belong_together_are_refused() {
    let root = TempDir::new().unwrap();
    let parts = sharded(root.path(), &["--no-charts", "--lang", "zh"]);
    let [one, two, three] = parts.each_ref().map(PathBuf::as_path);
    let say = |folders: &[&Path], more: &[&str]| {
        let (status, text, said) = merged(root.path(), folders, more);
        assert_eq!(status, Some(2), "{text}\n{said}");
        said
    };
    assert!(say(&[one, three], &[]).contains("missing: shard 2/3"));
    assert!(say(&[one, three], &["--lang", "zh"]).contains("缺少分片 2/3"));
    assert!(say(&[one, two, two, three], &[]).contains("shard 2/3 is there twice"));
    assert!(say(&[one, root.path()], &[]).contains("no finished shard"));
    let said = refused(
        &["--shard", "1/3", "--until", "deaths network < 5%"],
        &root.path().join("x"),
    );
    assert!(said.contains("--until"), "{said}");
    let said = refused(&["--shard", "4/3"], &root.path().join("x"));
    assert!(said.contains("4/3"), "{said}");
    let other = root.path().join("other");
    compared(
        &[
            "--no-charts",
            "--lang",
            "zh",
            "--seed",
            "9",
            "--shard",
            "2/3",
        ],
        &other,
    );
    let said = say(&[one, &other, three], &[]);
    assert!(said.contains("experiment.seed"), "{said}");
    fs::remove_file(two.join("replications/00005.replication")).unwrap();
    let said = say(&[one, two, three], &[]);
    assert!(
        said.contains("part-2") && said.contains("replication 5"),
        "{said}"
    );
    compared(&["--no-charts", "--lang", "zh", "--shard", "2/3"], two);
    // In the language of the shards, whatever the language of the command.
    let (status, _, said) = merged(root.path(), &[one, two, three], &["--out", "m", "--quiet"]);
    assert_eq!(status, Some(0), "{said}");
    let whole = root.path().join("whole");
    compared(&["--no-charts", "--lang", "zh"], &whole);
    same(&whole, &root.path().join("m"));
}
