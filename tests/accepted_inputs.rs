//! Whatever input is accepted runs a year without a panic, without a number that is none, and with every account closed:
//! shipped inputs of which some values are others, drawn inside, at the ends of and outside their ranges.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose shipped inputs cannot be read must fail"
)]

use std::cell::Cell;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use riskweave::experiment::run::{Schedule, execute};
use riskweave::experiment::simulator::Simulator;
use riskweave::model::record::RunRecord;
use riskweave::scenario::declaration::{Declaration, ParameterType, declarations};
use riskweave::scenario::{CheckedExperiment, InputKind, Overrides, without_file};

/// Values that are others at once, at most.
const MOVED: usize = 6;

/// A value of a parameter and where in its range it lies: 0 to 1 inside, at the ends at 0 and 1, outside beyond.
#[derive(Clone, Debug)]
struct Moved {
    row: &'static Declaration,
    place: f64,
}

impl Moved {
    /// As it is written on the command line.
    fn setting(&self) -> String {
        let Declaration { key, kind, .. } = self.row;
        let number = self.number();
        match kind {
            ParameterType::Integer => format!("{key}={}", number.round()),
            ParameterType::Boolean => format!("{key}={}", self.place > 0.5),
            ParameterType::Choice(words) => {
                let number = (self.place.clamp(0.0, 0.999) * words.len() as f64) as usize;
                format!("{key}={}", words[number])
            }
            _ => format!("{key}={number}"),
        }
    }

    /// Between the ends on a scale of equal steps, of equal factors where they are far apart.
    fn number(&self) -> f64 {
        let low = self.row.low.unwrap_or(0.0);
        let high = self.row.high.unwrap_or(low + 1.0);
        if low > 0.0 && high / low > 100.0 {
            low * libm::pow(high / low, self.place)
        } else {
            low + (high - low) * self.place
        }
    }
}

/// Parameters of societies and policies that are numbers, switches or choices.
fn rows() -> Vec<&'static Declaration> {
    let kinds = [InputKind::Society, InputKind::Policy].into_iter();
    let rows = kinds.flat_map(|kind| declarations().of(kind));
    let is_value =
        |row: &&Declaration| !matches!(row.kind, ParameterType::Text | ParameterType::List);
    rows.filter(is_value).collect()
}

fn places() -> impl Strategy<Value = f64> {
    prop_oneof![6 => 0.0..1.0, 2 => Just(0.0), 2 => Just(1.0), 1 => -0.5..0.0, 1 => 1.0..2.0]
}

fn inputs() -> impl Strategy<Value = Vec<Moved>> {
    let moved = (select(rows()), places()).prop_map(|(row, place)| Moved { row, place });
    vec(moved, 1..=MOVED)
}

/// The seminar county under a policy and the baseline; nothing if the values are refused.
fn accepted(policy: &str, moved: &[Moved]) -> Option<CheckedExperiment> {
    let sets = moved.iter().map(Moved::setting);
    let fixed = ["experiment.burn_in_years=0".to_owned()].into_iter();
    let overrides = Overrides {
        policies: vec![policy.to_owned()],
        years: Some(1),
        replications: Some(1),
        people_per_agent: Some(5_000),
        sets: sets.chain(fixed).collect(),
        ..Overrides::default()
    };
    without_file("seminar-county", &overrides).ok()
}

fn run(checked: &CheckedExperiment) -> Result<Vec<RunRecord>, String> {
    let simulator = Simulator::new(checked);
    let schedule = Schedule {
        replications: 0..1,
        policies: checked.policies.len(),
        threads: 1,
    };
    let mut records = Vec::new();
    let broken = execute(&simulator, schedule, &|| (), |_, mut found| {
        records.append(&mut found);
        Ok::<(), ()>(())
    });
    match broken.map_err(|()| "not handed on".to_owned())?.first() {
        Some(failure) => Err(failure.message.clone()),
        None => Ok(records),
    }
}

fn is_sound(record: &RunRecord) -> Result<(), String> {
    if !record.checks.pass() {
        return Err(format!("{:?}", record.checks));
    }
    let weeks = record.weeks.columns().flatten();
    let provinces = record.province_weeks.columns().flatten();
    if weeks.chain(provinces).all(|number| number.is_finite()) {
        Ok(())
    } else {
        Err("a number that is none".to_owned())
    }
}

/// Tries so many inputs; returns how many were accepted.
fn tried(cases: u32, seed: [u8; 32]) -> u32 {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let count = Cell::new(0);
    let policies = select(
        &[
            "network",
            "current-2020",
            "market-insurance",
            "fiscal-backstop",
        ][..],
    );
    let outcome = runner.run(&(policies, inputs()), |(policy, moved)| {
        let Some(checked) = accepted(policy, &moved) else {
            return Ok(());
        };
        count.set(count.get() + 1);
        let records = run(&checked).map_err(TestCaseError::fail)?;
        prop_assert!(!records.is_empty());
        for record in &records {
            is_sound(record).map_err(TestCaseError::fail)?;
        }
        Ok(())
    });
    outcome.unwrap();
    count.get()
}

#[test]
fn accepted_inputs_run_a_year() {
    let accepted = tried(40, [1; 32]);
    assert!(accepted >= 10, "only {accepted} of 40 inputs were accepted");
}

/// Longer, by hand: `cargo test --release --test accepted_inputs -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes"]
fn two_thousand_inputs() {
    let accepted = tried(2_000, [2; 32]);
    println!("{accepted} of 2000 inputs were accepted and ran");
    assert!(accepted >= 500);
}
