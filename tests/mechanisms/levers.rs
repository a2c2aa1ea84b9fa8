//! Every declared lever of a policy moves something: at one end of its range or the other the run is
//! another one.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its own sources must fail"
)]

use std::fs;
use std::path::Path;

use crate::common::{CITY, COUNTRY, Laboratory, Size, sound};
use riskweave::model::record::RunRecord;
use riskweave::scenario::declaration::{Declaration, ParameterType, declarations};
use riskweave::scenario::{InputKind, load_policy};

/// The values that a lever can be set to, as text.
fn ends(row: &Declaration) -> Vec<String> {
    match &row.kind {
        ParameterType::Number => [row.low, row.high]
            .into_iter()
            .flatten()
            .map(|end| end.to_string())
            .collect(),
        ParameterType::Integer => [row.low, row.high]
            .into_iter()
            .flatten()
            .map(|end| (end as i64).to_string())
            .collect(),
        ParameterType::Boolean => vec!["true".to_owned(), "false".to_owned()],
        ParameterType::Choice(words) => words.clone(),
        ParameterType::Text | ParameterType::List => Vec::new(),
    }
}

/// What brings a lever to bear in one small city: a pool, covers and reinsurance that it can reach, campaigns.
const SURROUNDINGS: [(&str, &str); 13] = [
    ("intervention.campaign_multiplier", "2"),
    ("sharing.pool.attachment_yuan", "0"),
    ("sharing.pool.limit_yuan", "1000000000"),
    ("sharing.pool.capital_yuan", "100000000"),
    ("sharing.pool.reinsurance_attachment_yuan", "100000000"),
    ("sharing.pool.reinsurance_limit_yuan", "100000000"),
    ("sharing.reinsurance.excess_attachment_yuan", "50000000"),
    ("sharing.reinsurance.excess_limit_yuan", "1000000000"),
    ("sharing.reinsurance.stop_loss_limit", "0.5"),
    ("sharing.own_cover_after_accidents", "true"),
    ("sharing.recourse", "true"),
    ("sharing.index_cover.share_of_public_need", "0.3"),
    ("sharing.counterpart.trigger_loss_per_gdp", "0.01"),
];

/// Levers of great events, which a city of one million hardly ever sees, and of what passes between
/// provinces.
const OF_THE_COUNTRY: [&str; 5] = [
    "policy.remedy.relocation_share_per_year",
    "policy.intervention.campaign_multiplier",
    "policy.intervention.campaign_weeks",
    "policy.sharing.pool.capital_yuan",
    "policy.sharing.charity.share_famous",
];

/// The levers among some that change no run at either end of their range.
fn dead(size: Size, chosen: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let laboratory = Laboratory::new(size);
    let surroundings = SURROUNDINGS.map(|(lever, value)| format!("policy.{lever}={value}"));
    let run = |more: &[String]| -> Vec<RunRecord> {
        let sets = [&surroundings[..], more].concat();
        laboratory.run(&sound(load_policy(
            "network",
            &laboratory.checked.society,
            &sets,
        )))
    };
    let usual = run(&[]);
    let rows = declarations().of(InputKind::Policy);
    let moves = |row: &Declaration| {
        let mut values = ends(row).into_iter();
        values.any(|value| run(&[format!("{}={value}", row.key)]) != usual)
    };
    rows.filter(|row| chosen(&row.key) && !ends(row).is_empty())
        .filter(|row| !moves(row))
        .map(|row| row.key.as_str())
        .collect()
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn every_lever_moves_something() {
    let city = Size {
        years: 5,
        replications: 1,
        ..CITY
    };
    let great = |key: &str| OF_THE_COUNTRY.contains(&key);
    assert_eq!(dead(city, |key| !great(key)), Vec::<&str>::new());
    let country = Size {
        replications: 2,
        ..COUNTRY
    };
    assert_eq!(dead(country, great), Vec::<&str>::new());
}

/// The sources of all tests in which levers are moved.
fn sources_of_tests() -> String {
    fn below(folder: &Path, sources: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                below(&path, sources);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                sources.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut sources = String::new();
    below(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"),
        &mut sources,
    );
    sources
}

/// No lever is silent, and none is without a statement of what it does: a claim with a direction moves it
/// (`neutral.rs` switches whole mechanisms). Written as `policy.…lever = value` in a test of the whole engine.
#[test]
fn every_lever_has_a_direction() {
    let sources: String = sources_of_tests().split_whitespace().collect();
    let untested: Vec<&str> = declarations()
        .of(InputKind::Policy)
        .filter(|row| row.kind != ParameterType::Text && !row.key.ends_with(".enabled"))
        .map(|row| row.key.as_str())
        .filter(|key| !sources.contains(&format!("{key}=")))
        .collect();
    assert_eq!(untested, Vec::<&str>::new());
    assert!(sources.contains("policy.matrix="), "the matrix");
}
