//! `explain`: one loss under a policy, in both languages, and what it refuses.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the program must fail"
)]

use std::process::Output;

use crate::program::program;
use crate::said::printed;

fn riskweave(arguments: &[&str]) -> Output {
    program()
        .env("COLUMNS", "100")
        .args(arguments)
        .output()
        .unwrap()
}

/// What is told in both languages, in the seminar city; it must succeed.
fn told(arguments: &[&str]) -> String {
    let mut text = String::new();
    for language in ["en", "zh"] {
        let options = ["--society", "seminar-county", "--lang", language];
        let output = riskweave(&[&["explain"], arguments, &options].concat());
        text += &printed(output);
    }
    text
}

#[test]
fn an_accident_under_the_present_policy() {
    insta::assert_snapshot!(told(&[
        "--policy",
        "current-2020",
        "--loss",
        "500万元",
        "--on",
        "enterprise:chemicals",
    ]));
}

#[test]
fn a_deadly_accident_where_the_loss_lies_where_it_falls() {
    insta::assert_snapshot!(told(&[
        "--policy",
        "loss-lies-where-it-falls",
        "--loss",
        "5 million yuan",
        "--on",
        "企业:煤矿",
        "--size",
        "大型",
        "--deaths",
        "12",
        "--injured",
        "20",
    ]));
}

#[test]
fn a_flooded_home_under_a_pool() {
    insta::assert_snapshot!(told(&[
        "--policy",
        "layered-sharing",
        "--loss",
        "200000",
        "--on",
        "housing:flood",
    ]));
}

#[test]
fn what_cannot_be_explained_is_refused_with_what_to_write() {
    let mut said = String::new();
    for wrong in [
        ["--loss", "five", "--on", "enterprise:chemicals"],
        ["--loss", "5", "--on", "enterprise"],
        ["--loss", "5", "--on", "enterprize:chemicals"],
        ["--loss", "5", "--on", "enterprise:chemical"],
        ["--loss", "5", "--on", "housing:chemicals"],
    ] {
        for language in ["en", "zh"] {
            let options = ["explain", "--policy", "network", "--lang", language];
            let output = riskweave(&[&options[..], &wrong].concat());
            assert_eq!(output.status.code(), Some(2));
            assert!(output.stdout.is_empty());
            said += &String::from_utf8(output.stderr).unwrap();
        }
    }
    insta::assert_snapshot!(said);
}

#[test]
fn help_in_both_languages() {
    let help = |language: &str| {
        let output = riskweave(&["explain", "--help", "--lang", language]);
        String::from_utf8(output.stdout).unwrap()
    };
    insta::assert_snapshot!(help("en") + &help("zh"));
}
