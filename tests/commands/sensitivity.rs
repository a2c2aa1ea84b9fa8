//! `sensitivity`: what it finds is the same for any number of threads and for its own design from a file; a
//! design that was shuffled is refused, one of another program is taken; a dry run runs nothing.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program must fail"
)]

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::program::program;
use crate::said::{Row, printed, rows};
use tempfile::TempDir;

/// Three parameters in short runs.
const SMALL: [&str; 13] = [
    "--parameters",
    "trades.*.base_rate_per_100k_worker_years",
    "--parameters",
    "enterprise.care_kappa",
    "--parameters",
    "recovery.money_gap_slowdown",
    "--years",
    "1",
    "--replications",
    "2",
    "--people-per-agent",
    "1000",
    "--quiet",
];

fn riskweave(arguments: &[&str]) -> Output {
    program()
        .env("COLUMNS", "120")
        .args([&["sensitivity", "seminar-county"], arguments].concat())
        .output()
        .unwrap()
}

/// What the command prints; it must succeed and say nothing else.
fn told(arguments: &[&str]) -> String {
    let output = riskweave(arguments);
    printed(output)
}

/// What the command says when it refuses.
fn refused(arguments: &[&str]) -> String {
    let output = riskweave(arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    said
}

fn path(folder: &Path) -> &str {
    folder.to_str().unwrap()
}

#[test]
fn both_methods_find_the_same_for_any_number_of_threads_and_from_a_file() {
    let root = TempDir::new().unwrap();
    let (one, two) = (root.path().join("one"), root.path().join("two"));
    let size = ["--trajectories", "3", "--samples", "4", "--few", "2"];
    let run = |threads: &str, folder: &Path| {
        let rest = ["--threads", threads, "--out", path(folder)];
        told(&[&SMALL[..], &size, &rest].concat())
    };
    let text = run("1", &one);
    for part in [
        "Which parameter the conclusion hangs on",
        "uncertain parameters",
        "The difference hangs most on:",
        "the same sign in",
        "base samples",
        "design-sobol.csv",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    run("2", &two);
    let files = [
        "sensitivity.csv",
        "points.csv",
        "design-morris.csv",
        "design-sobol.csv",
        "columns.csv",
        "charts/tornado.svg",
        "charts/tornado.csv",
    ];
    let same = |first: &Path, second: &Path, file: &str| {
        fs::read(first.join(file)).unwrap() == fs::read(second.join(file)).unwrap()
    };
    for file in files {
        assert!(same(&one, &two, file), "{file} depends on threads");
    }
    assert!(one.join("charts/tornado.png").exists());

    let found = rows(&one, "sensitivity.csv");
    assert_eq!(found.len(), 4 * 3);
    let number = |row: &Row, column: &str| row[column].parse::<f64>().unwrap_or(f64::NAN);
    for row in &found {
        assert_eq!(row["n"], "3");
        let size = number(row, "size");
        assert!(number(row, "size_low") <= size && size <= number(row, "size_high"));
        assert!(number(row, "mean_effect").abs() <= size * (1.0 + 1e-9));
        let among_the_few = number(row, "rank") < 3.0;
        assert_eq!(row["convergence"].is_empty(), !among_the_few, "{row:?}");
    }
    // Rates of accidents and care move deaths; the pace of recovery does not.
    let size = |measure: &str, parameter: &str| {
        let own = |row: &&Row| row["measure"] == measure && row["parameter"] == parameter;
        number(found.iter().find(own).unwrap(), "size")
    };
    assert!(size("deaths", "trades.*.base_rate_per_100k_worker_years") > 0.0);
    assert_eq!(size("deaths", "recovery.money_gap_slowdown"), 0.0);
    assert!(size("weeks_to_90", "recovery.money_gap_slowdown") > 0.0);
    assert_eq!(rows(&one, "points.csv").len(), 4 * (3 * 4 + 4 * 4));
    let manifest = fs::read_to_string(one.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["self_checks_passed"], true);
    assert_eq!(manifest["outputs"].as_array().unwrap().len(), 5 + 3);
    assert_eq!(
        manifest["policies"],
        serde_json::json!(["current-2020", "network"])
    );

    let again = root.path().join("again");
    let design = one.join("design-morris.csv");
    let rest = [
        "--import-design",
        path(&design),
        "--out",
        path(&again),
        "--no-charts",
    ];
    told(&[&SMALL[6..], &rest].concat());
    assert!(same(&one, &again, "design-morris.csv"));
    let columns = |row: &Row| {
        let columns = ["parameter", "size", "size_low", "spread"];
        columns.map(|column| row[column].clone())
    };
    let before: Vec<_> = found.iter().map(columns).collect();
    let after: Vec<_> = rows(&again, "sensitivity.csv")
        .iter()
        .map(columns)
        .collect();
    assert_eq!(
        before, after,
        "a design is what it was before it was written"
    );
}

#[test]
fn a_design_is_exported_and_refused_when_its_rows_are_shuffled() {
    let root = TempDir::new().unwrap();
    let file = root.path().join("design.csv");
    let export = ["--trajectories", "2", "--export-design", path(&file)];
    let text = told(&[&SMALL[..], &export].concat());
    assert!(text.contains("8 sets of values"), "{text}");
    assert!(refused(&[&SMALL[..], &export].concat()).contains("--force"));
    let written = fs::read_to_string(&file).unwrap();
    let mut lines: Vec<&str> = written.lines().collect();
    assert_eq!(lines.len(), 2 + 8);
    lines.swap(4, 7);
    fs::write(&file, lines.join("\n")).unwrap();
    let import = ["--import-design", path(&file), "--dry-run"];
    assert!(refused(&import).contains("shuffled or changed"));
    let zh = refused(&[&import[..], &["--lang", "zh"]].concat());
    assert!(zh.contains("行被打乱或改动过"), "{zh}");
    // Without its fingerprint the structure still tells.
    fs::write(&file, lines[1..].join("\n")).unwrap();
    assert!(refused(&import).contains("make up no design"));
    assert!(refused(&[&import[..], &["--lang", "zh"]].concat()).contains("不构成设计"));
    lines.swap(4, 7);
    fs::write(&file, lines[1..].join("\n")).unwrap();
    assert!(told(&import).contains("1 + 8 + 0 = 9"));
}

/// A sample as SALib writes it (A, A with each column of B, B), with a header of names.
#[test]
fn a_sobol_sample_of_another_program_is_taken() {
    let root = TempDir::new().unwrap();
    let file = root.path().join("salib.csv");
    let sample = "enterprise.care_kappa,recovery.money_gap_slowdown\n\
        7.5e-01,0.5\n1.25,0.5\n7.5e-01,1.1\n1.25,1.1\n\
        1.5,0.3\n0.7,0.3\n1.5,1.4\n0.7,1.4\n";
    fs::write(&file, sample).unwrap();
    let out = root.path().join("out");
    let rest = ["--import-design", path(&file), "--out", path(&out)];
    let text = told(&[&SMALL[6..], &rest, &["--lang", "zh"]].concat());
    for part in ["结论取决于哪个参数", "2 个基础样本", "结果目录："] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let raw = fs::read_to_string(out.join("sensitivity.csv")).unwrap();
    assert!(raw.starts_with("\u{feff}指标,指标名称"), "{raw}");
    assert_eq!(raw.lines().count(), 1 + 4 * 2);
    assert!(
        !out.join("charts").exists(),
        "there was no screening to draw"
    );
    let outside = sample.replace("1.4", "1.6");
    fs::write(&file, outside).unwrap();
    let said = refused(&["--import-design", path(&file)]);
    assert!(
        said.contains("row 7") && said.contains("0.2 to 1.5"),
        "{said}"
    );
}

#[test]
fn a_dry_run_says_the_cost_in_both_languages_and_leaves_nothing_behind() {
    let root = TempDir::new().unwrap();
    let out = root.path().join("out");
    let rest = ["--dry-run", "--out", path(&out)];
    let text = told(&rest);
    for part in ["parameters: 24", "processor time: about", " of memory"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let zh = told(&[&rest[..], &["--lang", "zh"]].concat());
    for part in ["参数：24 个", "处理器时间约", "未运行"] {
        assert!(zh.contains(part), "{part}: {zh}");
    }
    assert!(!out.exists());
}

#[test]
fn what_cannot_be_asked_is_refused_with_what_to_do() {
    let cases: [(&[&str], &str); 5] = [
        (
            &["--parameters", "enterprise.care_kapa"],
            "Did you mean enterprise.care_kappa?",
        ),
        (&["--parameters", "seed"], "no uncertain parameter"),
        (
            &[
                "--parameters",
                "trades.*.fatal_share",
                "--parameters",
                "trades.fire.fatal_share",
            ],
            "two names",
        ),
        (&["--policy", "current-2020"], "does not differ from itself"),
        (
            &["--import-design", "no-such-file.csv"],
            "there is no file `no-such-file.csv`",
        ),
    ];
    for (arguments, expected) in cases {
        let said = refused(arguments);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}
