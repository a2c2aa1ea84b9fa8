//! The same inputs give the same bytes: whatever the number of threads and whichever policies run
//! beside; other inputs give others, and a longer horizon begins with the shorter one.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files must fail"
)]

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::process::Command;
use std::sync::OnceLock;

use crate::common::{CITY, Laboratory, Size};
use rayon::ThreadPoolBuilder;
use riskweave::model::agents::citizen;
use riskweave::model::record::WeekColumns;
use riskweave::model::run::Run;
use tempfile::TempDir;

/// The tables whose rows belong to one policy.
const TABLES: [&str; 4] = ["runs.csv", "weekly.csv", "events.csv", "ledger.csv"];

/// Rows of every table by file and policy.
type Rows = BTreeMap<(&'static str, String), Vec<String>>;

/// Runs `compare seminar-county` for two years and reads the rows that it wrote.
fn compare(options: &[&str]) -> Rows {
    let folder = TempDir::new().unwrap();
    let fixed = ["--replications", "3", "--years", "2", "--format", "csv"];
    let quiet = ["--no-charts", "--quiet", "--events", "all", "--out", "out"];
    let output = Command::new(env!("CARGO_BIN_EXE_riskweave"))
        .current_dir(folder.path())
        .args(["compare", "seminar-county"])
        .args([&fixed[..], &quiet[..], options].concat())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{options:?}: {said}");
    let mut rows = Rows::new();
    for file in TABLES {
        let text = fs::read_to_string(folder.path().join("out").join(file)).unwrap();
        for line in text.lines().skip(1) {
            let policy = line.split(',').next().unwrap().to_owned();
            rows.entry((file, policy))
                .or_default()
                .push(line.to_owned());
        }
    }
    rows
}

/// The run that the others are held against: two policies on two threads.
fn usual() -> &'static Rows {
    static ROWS: OnceLock<Rows> = OnceLock::new();
    ROWS.get_or_init(|| {
        compare(&[
            "--threads",
            "2",
            "--policy",
            "network",
            "--policy",
            "fiscal-backstop",
        ])
    })
}

#[test]
fn threads_change_no_byte() {
    let rows = usual();
    assert_eq!(
        rows.len(),
        TABLES.len() * 3,
        "baseline, network and backstop"
    );
    for threads in ["1", "5"] {
        let others = compare(&[
            "--threads",
            threads,
            "--policy",
            "network",
            "--policy",
            "fiscal-backstop",
        ]);
        assert!(*rows == others, "{threads} threads give other rows");
    }
}

#[test]
fn policies_do_not_touch_each_other() {
    let few = compare(&["--policy", "network"]);
    assert_eq!(
        few.len(),
        TABLES.len() * 2,
        "the baseline and the one chosen"
    );
    for (place, rows) in &few {
        assert!(
            usual()[place] == *rows,
            "{place:?} differs with fewer policies"
        );
    }
}

#[test]
fn other_inputs_give_other_rows() {
    let place = ("runs.csv", "current-2020".to_owned());
    for options in [
        ["--seed", "7"],
        ["--set", "society.citizens.beta_coping=0.8"],
        ["--set", "society.health.infection_fatality=0.002"],
        ["--set", "policy.remedy.self_check_multiplier=1.2"],
        ["--set", "policy.sharing.relief.share_ordinary=0.3"],
    ] {
        let others = compare(&[&options[..], &["--policy", "network"]].concat());
        assert!(
            usual()[&place] != others[&place],
            "{options:?} changes nothing"
        );
    }
}

#[test]
fn a_longer_horizon_begins_with_the_shorter_one() {
    let run = |years| {
        let laboratory = Laboratory::new(Size { years, ..CITY });
        laboratory.run(&laboratory.shipped("network"))
    };
    for (short, long) in run(1).iter().zip(&run(3)) {
        let same_year = |short: &WeekColumns, long: &WeekColumns| {
            let first = long.columns().map(|column| &column[..52]);
            short.columns().eq(first)
        };
        assert!(same_year(&short.weeks, &long.weeks));
        assert!(same_year(&short.province_weeks, &long.province_weeks));
        assert_eq!(short.years, long.years[..1]);
        let first_year = |row: &riskweave::model::record::EventRow| row.week < 52;
        assert!(
            short
                .events
                .iter()
                .eq(long.events.iter().filter(first_year))
        );
        assert!(
            short
                .ledger
                .iter()
                .eq(long.ledger.iter().filter(|row| row.year == 0))
        );
    }
}

#[test]
fn replications_and_seeds_differ() {
    let laboratory = Laboratory::new(CITY);
    let baseline = laboratory.run(&laboratory.checked.baseline);
    assert_ne!(baseline[0], baseline[1]);
    let model = &laboratory.model;
    let identities = |seed| {
        let history = model.history(seed, 0, 52);
        let thresholds = history.candidates.iter().map(|c| c.threshold.to_bits());
        thresholds.collect::<Vec<_>>()
    };
    assert_eq!(identities(1), identities(1));
    assert_ne!(identities(1), identities(2));
}

#[test]
fn a_divided_review_gives_the_bytes_of_an_undivided_one() {
    let laboratory = Laboratory::new(CITY);
    let (history, state) = &laboratory.starts[0];
    let citizens = laboratory.model.world.citizens.len();
    let review = |undivided: usize, block: Range<usize>| {
        let (model, regime) = (&laboratory.model, &laboratory.baseline);
        let mut run = Run::new(model, regime, history, state.clone(), 0, false);
        citizen::review_at(&mut run, block, undivided);
        (run.state.citizens, run.state.counties)
    };
    // From within one county to within another, too.
    for block in [0..citizens, citizens / 7..citizens / 2, 5..6] {
        let whole = review(usize::MAX, block.clone());
        assert!(whole.0 != state.citizens, "nothing was reviewed");
        for threads in [1, 3] {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build();
            let divided = pool.unwrap().install(|| review(1, block.clone()));
            assert!(divided == whole, "{block:?} on {threads} threads");
        }
    }
}
