//! The rules of the finding on hand-made figures.

use super::*;
use crate::report::charts::Words;
use crate::report::html::data::Robustness;
use crate::report::html::samples::{about, data};

fn told(data: &Data, policy: usize) -> String {
    let mut text = String::new();
    for language in [Language::Chinese, Language::English] {
        for sentence in Finding::of(data, policy, language).sentences() {
            text.push_str(sentence);
            text.push('\n');
        }
        text.push_str(&assumptions(data, language));
        text.push_str("\n\n");
    }
    text
}

#[test]
fn the_finding_on_a_policy_that_is_better_worse_open_equal_and_beaten() {
    insta::assert_snapshot!(told(&data(), 1));
}

#[test]
fn the_finding_on_a_policy_that_costs_lives() {
    insta::assert_snapshot!(told(&data(), 2));
}

#[test]
fn what_the_runs_do_not_resolve_is_never_told_as_a_change() {
    let mut data = data();
    for figure in &mut data.policies[1].figures {
        if let Some(difference) = &mut figure.difference {
            difference.resolved = false;
            difference.none = false;
        }
        figure.beaten = None;
    }
    insta::assert_snapshot!(told(&data, 1));
    let text = told(&data, 1);
    for word in [
        "prevents",
        "falls",
        "Better",
        "Worse",
        "少死亡",
        "降到",
        "变差",
    ] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn the_network_is_spoken_of_else_the_policy_with_most_improvements() {
    let mut data = data();
    assert_eq!(spoken(&data), Some(1));
    "own".clone_into(&mut data.policies[1].label.key);
    assert_eq!((improvements(&data, 1), improvements(&data, 2)), (3, 1));
    assert_eq!(spoken(&data), Some(1));
    data.policies.swap(1, 2);
    assert_eq!(spoken(&data), Some(2));
    data.policies[2] = data.policies[1].clone();
    assert_eq!(spoken(&data), Some(1));
    data.policies.truncate(1);
    assert_eq!(spoken(&data), None);
}

#[test]
fn a_baseline_that_is_not_the_present_one_is_named() {
    let mut data = data();
    "own".clone_into(&mut data.policies[0].label.key);
    let lead = Finding::of(&data, 1, Language::English).lead;
    assert!(lead.starts_with("Against the baseline \"current arrangements (2020 baseline)\","));
}

#[test]
fn robustness_is_told_where_it_was_run() {
    let mut data = data();
    assert!(assumptions(&data, Language::English).contains("was not tested"));
    data.robustness = Some(Robustness {
        sets: 64,
        least_share: 0.92,
        sentence: Words::new("符号在 92% 的参数组中不变。", "Signs hold in 92% of them."),
    });
    assert_eq!(
        assumptions(&data, Language::English),
        "Depends on assumptions: 64 sets of parameters were tried. Signs hold in 92% of them."
    );
}

#[test]
fn one_replication_tells_nothing() {
    let mut data = data();
    for policy in &mut data.policies {
        for figure in &mut policy.figures {
            if let Some(difference) = &mut figure.difference {
                difference.estimate = about(difference.estimate.mean, f64::NAN);
                difference.resolved = false;
                difference.none = false;
            }
            figure.beaten = None;
        }
    }
    let text = told(&data, 1);
    assert!(
        !text.contains("NaN") && text.contains("not resolved"),
        "{text}"
    );
}
