//! The shipped experiments as a user runs them: each is sound and each runs; variants in brackets, the
//! start from a policy's own equilibrium, and the forced event do what they say.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files must fail"
)]

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::common::{paired, sound, sum};
use crate::program::program;
use riskweave::experiment::run::{Schedule, execute};
use riskweave::experiment::simulator::Simulator;
use riskweave::model::record::RunRecord;
use riskweave::scenario::{CheckedExperiment, InputKind, Overrides, builtin, without_file};
use riskweave::vocabulary::{Category, Kind};
use tempfile::TempDir;

fn riskweave(folder: &Path, arguments: &[&str]) -> Output {
    program()
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

/// What the program prints; it must succeed.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = riskweave(folder, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_shipped_input_is_sound() {
    let folder = TempDir::new().unwrap();
    for kind in [InputKind::Society, InputKind::Policy, InputKind::Experiment] {
        let keys = builtin::list(kind);
        assert!(keys.len() > 2, "{kind:?}");
        // What may not be meant in the shipped policies is looked for in `lint.rs`.
        let arguments = [&["check", "--no-lint", "--kind", kind.key()], &keys[..]].concat();
        let text = printed(folder.path(), &arguments);
        for key in keys {
            assert!(text.contains(&format!("{key}: ")), "{key} in {text}");
        }
    }
}

/// One year of one replication with few, large agents.
fn tiny(folder: &Path, experiment: &str) {
    let options = [
        "--replications",
        "1",
        "--years",
        "1",
        "--quiet",
        "--no-charts",
    ];
    let size = ["--people-per-agent", "10000", "--out", experiment, "--set"];
    let burn_in = ["experiment.burn_in_years=0"];
    let rest = [&options[..], &size, &burn_in].concat();
    let text = printed(folder, &[&["compare", experiment], &rest[..]].concat());
    let summary = fs::read_to_string(folder.join(experiment).join("summary.csv")).unwrap();
    assert!(summary.contains("current-2020"), "{text}");
}

#[test]
fn the_experiments_of_small_societies_run() {
    let folder = TempDir::new().unwrap();
    for experiment in ["seminar-city", "seminar-county"] {
        tiny(folder.path(), experiment);
    }
}

#[test]
#[ignore = "runs the whole country under some eighty policies; .ci/run calls it"]
fn every_shipped_experiment_runs() {
    let folder = TempDir::new().unwrap();
    for experiment in builtin::list(InputKind::Experiment) {
        tiny(folder.path(), experiment);
    }
}

/// The columns policy, mean of `summary.csv` for a measure of everything.
fn means(folder: &Path, measure: &str) -> Vec<(String, f64)> {
    let mut reader = csv::Reader::from_path(folder.join("summary.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let columns = ["policy", "measure", "category", "part", "mean"].map(at);
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| columns.map(|column| row.get(column).unwrap().to_owned()))
        .filter(|[_, name, category, part, _]| {
            name == measure && category == "all" && ["", "all"].contains(&part.as_str())
        })
        .map(|[policy, .., mean]| (policy, mean.parse().unwrap()))
        .collect()
}

#[test]
fn a_variant_in_brackets_is_the_policy_with_these_levers_moved() {
    let folder = TempDir::new().unwrap();
    let file = "name_zh = \"甲\"\nname_en = \"a\"\nsociety = \"seminar-county\"\nburn_in_years = 1\n\
        policies = [\"network\", \"network[budget.multiplier=1.2; remedy.enabled=false]\", \
        \"network[budget.multiplier = 1.0; name_zh=原样; name_en=as it is]\"]\n";
    fs::write(folder.path().join("e.toml"), file).unwrap();
    let options = [
        "--replications",
        "2",
        "--years",
        "2",
        "--quiet",
        "--no-charts",
    ];
    let run = [&["compare", "e.toml", "--out", "o"], &options[..]].concat();
    let english = printed(folder.path(), &run);
    let money = means(&folder.path().join("o"), "public_money");
    let keys: Vec<&str> = money.iter().map(|(policy, _)| policy.as_str()).collect();
    let variant = "network[budget.multiplier=1.2;remedy.enabled=false]";
    let same = "network[budget.multiplier=1.0]";
    assert_eq!(keys, ["current-2020", "network", variant, same]);
    let more = money[2].1 / money[1].1;
    assert!((1.1..1.3).contains(&more), "public money × {more}");
    assert_eq!(
        money[3].1, money[1].1,
        "a multiplier of one changes nothing"
    );
    // Named by its levers, or as the entry says; a twin is told.
    let words: String = english.split_whitespace().collect();
    assert!(words.contains("budgetmultiplier1.2"), "{english}");
    assert!(words.contains("asitis"), "{english}");
    assert!(english.contains("identical output"), "{english}");
    let chinese = printed(
        folder.path(),
        &[&run[..], &["--lang", "zh", "--force"]].concat(),
    );
    assert!(chinese.contains("原样"), "{chinese}");
    // The same by options, one alone.
    let option = ["run", "seminar-county", "--policy", variant, "--out", "p"];
    printed(folder.path(), &[&option[..], &options].concat());
    let alone = means(&folder.path().join("p"), "public_money");
    assert_eq!(alone.last().unwrap().0, variant);
}

/// An experiment in the seminar city with these settings.
fn checked(policies: &[&str], years: u32, sets: &[&str]) -> CheckedExperiment {
    let overrides = Overrides {
        policies: policies.iter().map(|&policy| policy.to_owned()).collect(),
        years: Some(years),
        replications: Some(4),
        people_per_agent: Some(1000),
        sets: sets.iter().map(|&set| set.to_owned()).collect(),
        ..Overrides::default()
    };
    sound(without_file("seminar-city", &overrides))
}

/// All records: policy by policy, replication by replication.
fn run(checked: &CheckedExperiment) -> Vec<Vec<RunRecord>> {
    let simulator = Simulator::new(checked);
    assert_eq!(simulator.missing_event(), None);
    let schedule = Schedule {
        replications: 0..checked.experiment.replications,
        policies: checked.policies.len(),
        threads: 2,
    };
    let mut runs = vec![Vec::new(); checked.policies.len()];
    let failures = execute(&simulator, schedule, &|| (), |_, records| {
        for (policy, record) in runs.iter_mut().zip(records) {
            policy.push(record);
        }
        Ok::<(), ()>(())
    });
    assert_eq!(failures, Ok(Vec::new()));
    runs
}

fn natural_loss(record: &RunRecord) -> f64 {
    sum(|year| {
        let damage = year.damage_fen[Category::Natural].values();
        damage.iter().sum::<i64>() as f64
    })(record)
}

#[test]
fn a_policy_in_its_own_equilibrium_shows_what_slow_stocks_become() {
    let starved = "current-2020[budget.share_before_events=0.2]";
    let policies = ["current-2020", starved];
    let own = ["experiment.start=own-equilibrium"];
    let (from_baseline, from_own) = (
        run(&checked(&policies, 2, &[])),
        run(&checked(&policies, 2, &own)),
    );
    // The baseline's own equilibrium is where every policy starts otherwise: not a bit differs.
    assert!(from_baseline[0] == from_own[0]);
    // Works that nobody maintains decay by a twenty-fifth a year: little in two years, nearly all at rest.
    let soon = paired(&from_baseline[0], &from_baseline[1], natural_loss);
    let late = paired(&from_own[0], &from_own[1], natural_loss);
    assert!(
        late.low > 0.0 && late.mean > 3.0 * soon.mean,
        "{soon:?} {late:?}"
    );
}

#[test]
fn a_forced_event_strikes_under_every_policy_and_leaves_the_others_as_they_are() {
    let policies = ["current-2020", "network"];
    let flood = |years: &str, week: &str| {
        [
            "experiment.forced_event.kind=flood".to_owned(),
            "experiment.forced_event.province=云汐市".to_owned(),
            format!("experiment.forced_event.return_period_years={years}"),
            format!("experiment.forced_event.week={week}"),
        ]
    };
    let with = |sets: &[String]| {
        let sets: Vec<&str> = sets.iter().map(String::as_str).collect();
        run(&checked(&policies, 1, &sets))
    };
    let usual = with(&[]);
    let (rare, often) = (with(&flood("100", "20")), with(&flood("10", "20")));
    for (policy, usual) in usual.iter().enumerate() {
        for (replication, before) in usual.iter().enumerate() {
            let (rare, often) = (&rare[policy][replication], &often[policy][replication]);
            assert!(
                natural_loss(rare) > natural_loss(often),
                "{policy} {replication}"
            );
            assert!(natural_loss(often) > natural_loss(before));
            let floods = |record: &RunRecord| record.years[0].events[Kind::Flood];
            assert_eq!(floods(rare), floods(before) + 1);
            // Until it strikes, nothing is another history.
            let columns = || rare.weeks.columns().zip(before.weeks.columns());
            assert!(columns().all(|(rare, before)| rare[..19] == before[..19]));
            assert!(columns().any(|(rare, before)| rare[19] != before[19]));
        }
    }
}

#[test]
fn prices_are_told_in_both_languages_and_written() {
    let folder = TempDir::new().unwrap();
    let levers = [
        "--lever",
        "remedy.quality_target",
        "--lever",
        "sharing.pool.share",
    ];
    let size = [
        "--replications",
        "6",
        "--years",
        "10",
        "--step",
        "0.2",
        "--people-per-agent",
        "1000",
        "--quiet",
    ];
    let what = [
        "prices",
        "seminar-county",
        "--lever",
        "budget.plan_yuan_per_head.inspect",
    ];
    let all = [&what[..], &levers, &size].concat();
    let english = printed(
        folder.path(),
        &[&all[..], &["--out", "prices.csv"]].concat(),
    );
    assert!(
        english.contains("target of management quality"),
        "{english}"
    );
    assert!(english.contains("→ 0.6"), "{english}");
    let idle = english
        .lines()
        .find(|line| line.contains("Move neither"))
        .unwrap();
    assert!(idle.contains("sharing.pool.share"), "{english}");
    let chinese = printed(folder.path(), &[&all[..], &["--lang", "zh"]].concat());
    assert!(
        chinese.contains("减少死亡") && chinese.contains("管理水平目标"),
        "{chinese}"
    );

    let mut reader = csv::Reader::from_path(folder.path().join("prices.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    let number = |lever: &str, column: usize| -> f64 {
        let row = rows.iter().find(|row| row[0] == *lever).unwrap();
        row[column].parse().unwrap()
    };
    let inspect = "budget.plan_yuan_per_head.inspect";
    // A fifth of 9.9 yuan a head; the people of the city are 3 million.
    let public = number(inspect, 6);
    assert!((public - 1.98 * 3e6).abs() < 1e3, "{public}");
    assert!(number("remedy.quality_target", 9) > 0.0);
    assert_eq!(number("sharing.pool.share", 8), 0.0);

    // A second time nothing is overwritten, and a lever that there is not is refused with a suggestion.
    let again = riskweave(
        folder.path(),
        &[&all[..], &["--out", "prices.csv"]].concat(),
    );
    assert_eq!(again.status.code(), Some(2));
    let wrong = riskweave(
        folder.path(),
        &["prices", "--lever", "remedy.rectification_shar"],
    );
    assert_eq!(wrong.status.code(), Some(2));
    let said = String::from_utf8(wrong.stderr).unwrap();
    assert!(said.contains("remedy.rectification_share"), "{said}");
}
