//! `--tail`: natural years besides those of the runs. Their sums are those which theory knows, their mean is
//! that of the runs, a longer tail begins with a shorter one, and nothing of it comes back into the run.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files or run the program must fail"
)]

mod common;
#[path = "common/program.rs"]
mod program;

use std::fs;
use std::path::Path;

use common::sound;
use program::program;
use riskweave::experiment::exceedance::curves;
use riskweave::experiment::run::Engine;
use riskweave::experiment::simulator::Simulator;
use riskweave::model::TailShare;
use riskweave::model::record::{RunRecord, TailRecord, YearRecord};
use riskweave::scenario::{CheckedExperiment, Overrides, load_experiment};
use riskweave::verify::Effort;
use riskweave::verify::natural_tail::{NaturalTail, SeverityLaw, destroyed};
use riskweave::verify::quantity::{mean, variance};
use riskweave::vocabulary::{Level, Vocabulary};
use tempfile::TempDir;

/// Where all events do the same damage, a year's sum is that many times a Poisson number.
#[test]
fn the_sum_of_a_year_follows_the_number_of_its_events() {
    let law = SeverityLaw {
        least: 5.0,
        greatest: 5.0,
        exponent: 1.0,
    };
    let danger = NaturalTail::new(0.06, law).unwrap();
    let each = danger.loss(5.0);
    let years = danger.years(&Effort::default(), 10_000).unwrap().years;
    let sums: Vec<f64> = years.iter().map(destroyed).collect();
    let (at, _) = curves(&sums);
    // P(N ≥ 1) = 0.0582, P(N ≥ 2) = 0.00173.
    for (period, times) in [
        (10, 0.0),
        (20, 1.0),
        (50, 1.0),
        (100, 1.0),
        (200, 1.0),
        (1000, 2.0),
    ] {
        let point = at
            .iter()
            .find(|point| point.return_period == period)
            .unwrap();
        let [value, _, _] = point.value.unwrap();
        assert!(
            (value / each - times).abs() < 1e-6,
            "{period}: {}",
            value / each
        );
    }
}

fn county(tables: &[&str]) -> CheckedExperiment {
    let overrides = Overrides {
        policies: vec!["network".to_owned()],
        years: Some(4),
        replications: Some(30),
        people_per_agent: Some(2000),
        sets: tables.iter().map(|&set| set.to_owned()).collect(),
        ..Overrides::default()
    };
    sound(load_experiment("seminar-county", &overrides))
}

fn runs(simulator: &Simulator, replications: u32, policy: usize) -> Vec<RunRecord> {
    let run = |replication| simulator.run(&simulator.prepare(replication), policy);
    (0..replications).map(run).collect()
}

#[test]
fn the_mean_of_the_tail_is_that_of_the_runs() {
    let simulator = Simulator::new(&county(&[])).with_tail(2400);
    for policy in [0, 1] {
        let records = runs(&simulator, 30, policy);
        let natural = |years: &[YearRecord]| -> Vec<f64> { years.iter().map(destroyed).collect() };
        let own: Vec<f64> = records
            .iter()
            .flat_map(|record| natural(&record.years))
            .collect();
        let tail: Vec<f64> = records
            .iter()
            .flat_map(|record| natural(&record.tail.years))
            .collect();
        assert_eq!((own.len(), tail.len()), (120, 2400));
        let error = libm::sqrt(variance(&own) / 120.0 + variance(&tail) / 2400.0);
        let gap = mean(&own) - mean(&tail);
        assert!(gap.abs() < 3.0 * error, "{policy}: {gap} against {error}");
        assert!(error < mean(&tail), "a comparison that says something");
    }
}

#[test]
fn a_longer_tail_begins_with_a_shorter_one_and_the_run_does_not_notice() {
    let checked = county(&[]);
    let of = |years: u32| runs(&Simulator::new(&checked).with_tail(years), 2, 1);
    let (none, short, long) = (of(0), of(400), of(1000));
    for ((none, short), long) in none.iter().zip(&short).zip(&long) {
        assert!(none.tail.years.is_empty());
        let without = |record: &RunRecord| RunRecord {
            tail: TailRecord::default(),
            ..record.clone()
        };
        assert!(*none == without(short) && *none == without(long));
        assert!(short.tail.years.len() > 12 && long.tail.years.len() > 32);
        let ledger = |tail: &TailRecord, position: usize| {
            let rows = tail
                .ledger
                .iter()
                .filter(|row| row.year as usize == position);
            rows.map(|row| (row.layer, row.bearer, row.owner, row.amount_fen))
                .collect::<Vec<_>>()
        };
        for (position, number) in short.tail.numbers.iter().enumerate() {
            let same = long.tail.numbers.iter().position(|other| other == number);
            let same = same.unwrap();
            assert!(short.tail.years[position] == long.tail.years[same]);
            assert!(ledger(&short.tail, position) == ledger(&long.tail, same));
        }
    }
    // Each year belongs to one run.
    let share = TailShare {
        years: 400,
        replications: 30,
    };
    let mut numbers: Vec<u32> = (0..30)
        .flat_map(|replication| (0..4).map(move |year| (replication, year)))
        .flat_map(|(replication, year)| share.numbers(replication, year, 4))
        .map(|[number, _]| number)
        .collect();
    numbers.sort_unstable();
    assert!(numbers.into_iter().eq(0..400));
}

/// Compares in a small society with a tail; what is printed.
fn compare(folder: &Path, arguments: &[&str]) -> String {
    let small = [
        "compare",
        "seminar-county",
        "--policy",
        "network",
        "--years",
        "2",
        "--replications",
        "3",
        "--people-per-agent",
        "2000",
        "--quiet",
        "--format",
        "xlsx",
        "--out",
        folder.to_str().unwrap(),
    ];
    let output = program()
        .env("COLUMNS", "160")
        .args([&small, arguments].concat())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.is_empty(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_comparison_with_a_tail_is_the_same_on_any_number_of_threads_in_both_languages() {
    let root = TempDir::new().unwrap();
    let folder = |name: &str| root.path().join(name);
    for (language, words) in [
        (
            "en",
            ["Contingent liability", "1 in 100", "natural dangers alone"],
        ),
        ("zh", ["或有负债", "100年一遇", "仅自然灾害"]),
    ] {
        let [one, two] = ["1", "2"].map(|threads| {
            let folder = folder(&format!("{language}{threads}"));
            let arguments = ["--tail", "1500", "--threads", threads, "--lang", language];
            (compare(&folder, &arguments), folder)
        });
        let strip = |text: &str, folder: &Path| text.replace(folder.to_str().unwrap(), "");
        assert_eq!(strip(&one.0, &one.1), strip(&two.0, &two.1));
        for word in words {
            assert!(one.0.contains(word), "{word}: {}", one.0);
        }
        for file in [
            "exceedance.csv",
            "contingent_liability.csv",
            "tables.xlsx",
            "columns.csv",
        ] {
            let bytes = [&one.1, &two.1].map(|folder| fs::read(folder.join(file)).unwrap());
            assert!(bytes[0] == bytes[1], "{file}");
        }
        let page = fs::read_to_string(one.1.join("report.html")).unwrap();
        assert!(page.contains("liability-en") && page.contains("liability-zh"));
    }
    let text = fs::read_to_string(folder("en1").join("exceedance.csv")).unwrap();
    let rows = |source: &str| -> Vec<&str> {
        let mark = format!(",{source},");
        text.lines().filter(|line| line.contains(&mark)).collect()
    };
    assert!(rows("tail").iter().all(|row| row.contains(",natural,")));
    assert!(
        rows("tail")
            .iter()
            .any(|row| row.contains(",AEP,tail,100,") && !row.contains("not available"))
    );
    assert!(
        rows("run")
            .iter()
            .all(|row| !row.contains(",100,") || row.contains("not available"))
    );
    let manifest = fs::read_to_string(folder("en1").join("manifest.json")).unwrap();
    assert!(manifest.contains("\"tail_years\": 1500"), "{manifest}");

    // Without a tail the rows of the runs are what they are with it.
    let none = folder("none");
    let printed = compare(&none, &["--no-charts"]);
    assert!(printed.contains("--tail 5000"), "{printed}");
    let alone = fs::read_to_string(none.join("exceedance.csv")).unwrap();
    assert!(alone.lines().skip(1).eq(rows("run")));
    let owed = fs::read_to_string(folder("en1").join("contingent_liability.csv")).unwrap();
    // Two policies, five levels, four figures, of the runs and of the tail.
    assert_eq!(owed.lines().count(), 1 + 2 * 5 * 4 * 2);
    for level in Level::ALL
        .iter()
        .filter(|level| **level != Level::Grassroots)
    {
        assert!(owed.contains(level.key()), "{level:?}");
    }
}
