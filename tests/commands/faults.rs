//! What goes wrong around a run: what is said, with which exit status, and what is kept.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program must fail"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "a run is waited for by the clock; no result depends on it"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::kept::{kept, same};
use crate::program::program;
use crate::said::ended;

const COMPARE: [&str; 12] = [
    "compare",
    "seminar-county",
    "--policy",
    "network",
    "--years",
    "2",
    "--people-per-agent",
    "1000",
    "--quiet",
    "--no-charts",
    "--replications",
    "7",
];

fn command(folder: &Path, more: &[&str]) -> Command {
    let mut command = program();
    command.args(COMPARE).args(more).arg("--out").arg(folder);
    command
}

fn faulty(folder: &Path, more: &[&str], fault: &str, status: i32) -> String {
    ended(command(folder, more).env("RISKWEAVE_FAULT", fault), status)
}

fn went(folder: &Path, more: &[&str]) {
    ended(&mut command(folder, more), 0);
}

fn says(said: &str, words: &[&str]) {
    for word in words {
        assert!(said.contains(word), "no {word:?} in: {said}");
    }
}

/// No half-written file is left in a folder or its replications.
fn swept(folder: &Path) {
    let kept = folder.join("replications");
    for place in [folder.to_owned(), kept.join("checkpoints"), kept] {
        for entry in fs::read_dir(place).into_iter().flatten().flatten() {
            let name = entry.file_name().into_string().unwrap();
            assert!(!name.ends_with(".partial"), "{name}");
        }
    }
}

fn whole(root: &Path, more: &[&str]) -> PathBuf {
    let whole = root.join("whole");
    went(&whole, more);
    whole
}

#[test]
fn a_disk_that_is_full_for_results_keeps_the_replications() {
    let root = TempDir::new().unwrap();
    let whole = whole(root.path(), &[]);
    // What of the seven is kept: all before the file, at least.
    for (name, at_least) in [
        (".runs.parquet", 0),
        (".weekly.parquet", 0),
        (".summary.csv", 7),
        (".manifest.json", 7),
        (".00005.replication", 4),
    ] {
        let folder = root.path().join(&name[1..]);
        let said = faulty(&folder, &[], &format!("full {name}"), 2);
        says(
            &said,
            &["cannot write", &name[1..], "storage", "check the disk"],
        );
        assert!((at_least..8).contains(&kept(&folder)), "{name}: {said}");
        assert!(!folder.join("manifest.json").exists());
        swept(&folder);
        went(&folder, &["--resume"]);
        same(&whole, &folder);
    }
    let folder = root.path().join("zh");
    let said = faulty(&folder, &["--lang", "zh"], "full .summary.csv", 2);
    says(&said, &["无法写入", "summary.csv", "请检查磁盘与权限"]);
}

#[test]
fn a_disk_that_is_full_for_a_checkpoint_costs_nothing_but_the_checkpoint() {
    let root = TempDir::new().unwrap();
    let whole = whole(root.path(), &["--lang", "en"]);
    let every = ["--checkpoint-every", "52"];
    for (language, warning) in [("en", "no checkpoint was made"), ("zh", "检查点没有写成")] {
        let folder = root.path().join(language);
        let more = [&every[..], &["--lang", language]].concat();
        let said = faulty(&folder, &more, "full .checkpoint", 0);
        says(&said, &[warning, ".checkpoint"]);
        swept(&folder);
        if language == "en" {
            same(&whole, &folder);
        }
    }
}

/// A small file system of its own, taken away when it is dropped.
struct Small(PathBuf);

impl Small {
    /// With options of the mount; nothing where the system does not let a test make one.
    fn made(root: &Path, options: &str) -> Option<Self> {
        let folder = root.join("small");
        fs::create_dir(&folder).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "none"]);
        let made = mount.arg(&folder).stderr(Stdio::null()).status();
        if made.is_ok_and(|status| status.success()) {
            return Some(Small(folder));
        }
        println!("left out: this system lets a test mount no file system");
        None
    }

    fn again(&self, options: &str) {
        let options = format!("remount,{options}");
        let again = Command::new("mount")
            .args(["-o", &options])
            .arg(&self.0)
            .status();
        assert!(again.unwrap().success());
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_small_file_system_that_fills_up_keeps_what_fits() {
    let root = TempDir::new().unwrap();
    let whole = whole(root.path(), &[]);
    let Some(small) = Small::made(root.path(), "size=600k") else {
        return;
    };
    let folder = small.0.join("results");
    let said = ended(&mut command(&folder, &[]), 2);
    says(&said, &["cannot write", "No space left on device", "--out"]);
    assert!((1..8).contains(&kept(&folder)), "{said}");
    swept(&folder);
    // Once there is room, it goes on.
    small.again("size=60m");
    went(&folder, &["--resume"]);
    same(&whole, &folder);
}

#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let root = TempDir::new().unwrap();
    let folder = root.path().join("denied");
    let said = faulty(&folder, &[], "denied .probe", 2);
    says(&said, &["cannot write", "permission denied", "--out"]);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    let said = faulty(&folder, &["--lang", "zh"], "denied .probe", 2);
    says(&said, &["无法写入", "denied", "权限"]);
    // Below a file there is no folder.
    let file = root.path().join("file");
    fs::write(&file, "kept").unwrap();
    let said = ended(&mut command(&file.join("below"), &[]), 2);
    says(&said, &["is not a folder", "--out"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
}

#[test]
fn a_file_system_that_is_read_only_is_refused() {
    let root = TempDir::new().unwrap();
    let Some(small) = Small::made(root.path(), "ro") else {
        return;
    };
    let said = ended(&mut command(&small.0.join("results"), &[]), 2);
    says(&said, &["cannot write", "Read-only file system", "--out"]);
}

/// Somebody without rights: nobody, where the test is run by root, whom no right binds.
#[cfg(unix)]
#[test]
fn a_folder_of_somebody_else_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let root = TempDir::new().unwrap();
    let rights = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    rights(root.path(), 0o755);
    // Where the program stands, not everybody may come.
    let copied = root.path().join("program");
    fs::copy(env!("CARGO_BIN_EXE_riskweave"), &copied).unwrap();
    rights(&copied, 0o755);
    let folder = root.path().join("closed");
    fs::create_dir(&folder).unwrap();
    let root_runs = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let as_somebody = |more: &[&str]| {
        let mut command = Command::new(&copied);
        command.env_remove("LC_ALL").env("LANG", "C");
        command.current_dir(root.path()).args(COMPARE).args(more);
        command.arg("--out").arg(&folder);
        if root_runs {
            command.uid(65_534).gid(65_534);
        }
        command
    };
    rights(&folder, 0o555);
    let said = ended(&mut as_somebody(&[]), 2);
    says(&said, &["cannot write", "ermission denied", "--out"]);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    // What is kept and cannot be read is refused by name.
    rights(&folder, 0o777);
    let shard = ["--shard", "1/3"];
    ended(&mut as_somebody(&shard), 0);
    let file = folder.join("replications/00004.replication");
    rights(&file, 0o000);
    let said = ended(&mut as_somebody(&["--resume"]), 2);
    says(&said, &["00004.replication", "Permission denied"]);
    rights(&file, 0o644);
    fs::remove_file(folder.join("shard.json")).unwrap();
    ended(&mut as_somebody(&["--resume"]), 0);
    let whole = root.path().join("whole");
    went(&whole, &[]);
    same(&whole, &folder);
}

/// A run of many replications.
fn many(folder: &Path, more: &[&str]) -> Command {
    let mut command = program();
    command.args(&COMPARE[..11]).arg("60").args(more);
    command.arg("--out").arg(folder);
    command
}

/// The same under way, once some are kept.
fn under_way(folder: &Path) -> std::process::Child {
    let child = many(folder, &[]).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while kept(folder) < 3 && begun.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(2));
    }
    child
}

#[cfg(unix)]
#[test]
fn a_folder_that_another_run_writes_into_is_refused() {
    let root = TempDir::new().unwrap();
    let [alone, folder] = ["alone", "shared"].map(|name| root.path().join(name));
    let mut first = under_way(&folder);
    for (language, words) in [
        ("en", ["another run is writing into", "--out"]),
        ("zh", ["另一次运行正在写入", "--out"]),
    ] {
        for more in [&["--resume"][..], &["--force"], &[]] {
            let more = [more, &["--lang", language]].concat();
            says(&ended(&mut many(&folder, &more), 2), &words);
        }
    }
    assert!(
        first.try_wait().unwrap().is_none(),
        "the first run was too short"
    );
    assert!(first.wait().unwrap().success());
    ended(&mut many(&alone, &[]), 0);
    same(&alone, &folder);
}

#[test]
fn a_file_that_vanishes_meanwhile_is_named_and_the_replications_are_kept() {
    let root = TempDir::new().unwrap();
    let [whole, folder] = ["whole", "vanished"].map(|name| root.path().join(name));
    let child = under_way(&folder);
    fs::remove_file(folder.join(".weekly.parquet.partial")).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    says(&said, &["cannot write", "weekly.parquet", "No such file"]);
    assert_eq!(kept(&folder), 60);
    swept(&folder);
    ended(&mut many(&whole, &[]), 0);
    ended(&mut many(&folder, &["--resume"]), 0);
    same(&whole, &folder);
}

#[test]
fn a_folder_that_vanishes_meanwhile_is_named() {
    let root = TempDir::new().unwrap();
    let folder = root.path().join("vanished");
    let child = under_way(&folder);
    fs::rename(folder.join("replications"), root.path().join("elsewhere")).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    says(&said, &["cannot write", ".replication", "No such file"]);
    assert!(!folder.join("manifest.json").exists());
    swept(&folder);
    // What was moved is whole: put back, it is gone on from.
    fs::rename(root.path().join("elsewhere"), folder.join("replications")).unwrap();
    assert!((3..60).contains(&kept(&folder)));
    ended(&mut many(&folder, &["--resume"]), 0);
}

#[test]
fn a_plan_that_does_not_fit_the_memory_is_refused_before_the_work() {
    let root = TempDir::new().unwrap();
    let folder = root.path().join("none");
    for (language, word) in [("en", "not enough memory"), ("zh", "内存不够")] {
        let said = faulty(&folder, &["--lang", language], "memory 1000000", 2);
        says(&said, &[word, "1.00 MB", "--people-per-agent"]);
    }
    assert!(!folder.exists());
    for task in [
        &["attribute", "seminar-county", "--out"][..],
        &["sensitivity", "seminar-county", "--out"],
        &["seminar", "--out"],
        &["prices", "seminar-county", "--quiet", "--out"],
    ] {
        for (language, word) in [("en", "not enough memory"), ("zh", "内存不够")] {
            let mut command = program();
            command.args(task).arg(&folder).args(["--lang", language]);
            let said = ended(command.env("RISKWEAVE_FAULT", "memory 1000000"), 2);
            says(&said, &[word, "1.00 MB", "--people-per-agent"]);
        }
    }
    // Sets of parameters have societies of their own, which a plan says too.
    for (sets, status) in [("0", 0), ("8", 2)] {
        let mut command = program();
        let plan = "compare seminar-county --policy network --people-per-agent 1 --years 1 --replications 1";
        command.args(plan.split(' ')).arg("--dry-run");
        command.args(["--parameter-sets", sets]);
        command.arg("--out").arg(&folder);
        let said = ended(command.env("RISKWEAVE_FAULT", "memory 140000000"), status);
        assert_eq!(said.contains("not enough memory"), status == 2, "{said}");
    }
    assert!(!folder.exists());
    // With memory for one run at a time, one is run at a time.
    went(&folder, &["--threads", "1"]);
    let tight = root.path().join("tight");
    faulty(&tight, &["--threads", "7"], "memory 60900000", 0);
    let manifest = fs::read(tight.join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let threads = manifest["circumstances"]["threads"].as_u64().unwrap();
    assert!((1..7).contains(&threads), "{threads}");
    same(&folder, &tight);
}

#[test]
fn a_replication_that_panics_is_told_so_that_it_can_be_repeated_and_the_others_go_on() {
    let root = TempDir::new().unwrap();
    let whole = whole(root.path(), &[]);
    for (fault, under) in [("panic 3 2", "network"), ("panic 3", "burn-in")] {
        let folder = root.path().join(fault.replace(' ', "-"));
        let said = faulty(&folder, &[], fault, 1);
        let manifest = fs::read(folder.join("manifest.json")).unwrap();
        let manifest: Value = serde_json::from_slice(&manifest).unwrap();
        let (seed, hash) = (&manifest["seed"], manifest["hash"].as_str().unwrap());
        let told = format!("replication 3 broke off ({under}): injected by RISKWEAVE_FAULT");
        says(&said, &[&told, &format!("seed {seed}"), hash, "--resume"]);
        assert_eq!(manifest["failed_replications"][0]["replication"], 3);
        assert_eq!(manifest["self_checks_passed"], false);
        assert_eq!(kept(&folder), 6);
        swept(&folder);
        // The command that is said repeats that replication, and it alone.
        let (_, alone) = said.split_once("to repeat it alone: riskweave ").unwrap();
        let words: Vec<&str> = alone.lines().next().unwrap().split(' ').collect();
        for (fault, status, number) in [(fault, 1, 0), ("", 0, 1)] {
            let mut command = program();
            command.args(&words).arg("--quiet").current_dir(root.path());
            let said = ended(command.env("RISKWEAVE_FAULT", fault), status);
            assert_eq!(said.contains("replication 3 broke off"), status == 1);
            let own = root.path().join("replication-3");
            assert_eq!(kept(&own), number);
        }
        fs::remove_dir_all(root.path().join("replication-3")).unwrap();
        // Tried again, the one that broke off is run, and the results are whole.
        let said = faulty(&folder, &["--resume"], "panic 1", 0);
        assert!(!said.contains("broke off"), "{said}");
        same(&whole, &folder);
        assert!(!folder.join("replications").exists());
    }
    let folder = root.path().join("zh");
    let said = faulty(&folder, &["--lang", "zh"], "panic 3 2", 1);
    says(
        &said,
        &[
            "第 3 次模拟中断(network)",
            "种子",
            "单独重现：riskweave compare",
        ],
    );
}
