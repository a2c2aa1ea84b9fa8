//! A small golden run: figures of the seminar city, so that no change of results goes unseen.
//!
//! A change that is meant: look at the difference, re-mint with
//! `INSTA_UPDATE=always cargo test --test reference`, and say in the changelog that results change.

mod common;

use std::fmt::Write;

use common::{CITY, Laboratory};
use riskweave::measures::{Facts, figures};
use riskweave::vocabulary::Vocabulary;

/// Mean of every figure without parts over the replications, to six digits.
fn summary(laboratory: &Laboratory, policy: &str) -> String {
    let society = &laboratory.checked.society.society;
    let facts = Facts::of(&laboratory.model.world, &society.evaluation);
    let records = laboratory.run(&laboratory.shipped(policy));
    let runs: Vec<_> = records
        .iter()
        .map(|record| figures(record, &facts))
        .collect();
    let mut text = format!("{policy}\n");
    for (number, figure) in runs[0].iter().enumerate() {
        let subject = figure.subject;
        if subject.part.dimension() != "all" {
            continue;
        }
        let values = runs.iter().map(|run| run[number].value);
        let mean = values.sum::<f64>() / runs.len() as f64;
        let (measure, category) = (subject.measure.key(), subject.category_key());
        let unit = subject.measure.unit().key();
        // Writing into a String cannot fail.
        let _ = writeln!(text, "  {measure} {category}: {mean:.5e} {unit}");
    }
    text
}

#[test]
fn the_seminar_city_gives_these_figures() {
    let laboratory = Laboratory::new(CITY);
    let texts = ["current-2020", "network"].map(|policy| summary(&laboratory, policy));
    insta::assert_snapshot!(texts.concat());
}
