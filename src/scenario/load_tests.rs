//! Societies and policies: what neutral means, and that resolved inputs come back the same.

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::scenario::declaration::{ParameterType, Value};
use crate::vocabulary::{Mechanism, Vocabulary};

fn file(folder: &TempDir, name: &str, text: &str) -> String {
    let path: PathBuf = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn society() -> CheckedSociety {
    load_society("china-2020", &[]).unwrap()
}

/// The neutral levers of a mechanism as options, and `enabled` as told.
fn neutral_options(mechanism: Mechanism, enabled: bool) -> Vec<String> {
    let below = format!("policy.{}.", mechanism.key());
    let own = declarations()
        .of(InputKind::Policy)
        .filter(|row| row.key.starts_with(&below));
    let mut options: Vec<String> = own
        .filter(|row| !row.key.ends_with(".enabled"))
        .map(|row| match row.neutral.as_ref().unwrap() {
            Value::Number(number) => format!("{}={number}", row.key),
            Value::Integer(whole) => format!("{}={whole}", row.key),
            Value::Boolean(flag) => format!("{}={flag}", row.key),
            Value::Text(text) => format!("{}=\"{text}\"", row.key),
            Value::List(items) => format!("{}={}", row.key, toml::Value::from(items.clone())),
        })
        .collect();
    options.push(format!("{below}enabled={enabled}"));
    options
}

#[test]
fn neutral_levers_are_absence_are_disabled() {
    let society = society();
    let folder = TempDir::new().unwrap();
    let names = "name_zh = \"甲\"\nname_en = \"a\"\n";
    let bare = load_policy(&file(&folder, "p.toml", names), &society, &[]).unwrap();
    for &mechanism in Mechanism::ALL {
        let path = file(&folder, "p.toml", names);
        let mut neutral = load_policy(&path, &society, &neutral_options(mechanism, true)).unwrap();
        let disabled = load_policy(&path, &society, &neutral_options(mechanism, false)).unwrap();
        assert_eq!(disabled, bare, "{mechanism:?}");
        assert!(neutral.policy.enabled(mechanism) && !bare.policy.enabled(mechanism));
        // The plan of an enabled mechanism is its own; neutral means the customary one at most.
        neutral.policy.budget = bare.policy.budget.clone();
        match mechanism {
            Mechanism::Criteria => neutral.policy.criteria.enabled = false,
            Mechanism::Avoidance => neutral.policy.avoidance.enabled = false,
            Mechanism::Intervention => neutral.policy.intervention.enabled = false,
            Mechanism::Remedy => neutral.policy.remedy.enabled = false,
            Mechanism::Responsibility => neutral.policy.responsibility.enabled = false,
            Mechanism::Sharing => neutral.policy.sharing.enabled = false,
        }
        assert_eq!(neutral, bare, "{mechanism:?}");
    }
}

#[test]
fn a_disabled_mechanism_plans_no_more_than_custom() {
    let society = society();
    let custom = &society.society.government.budget_yuan_per_head;
    let more = "policy.budget.plan_yuan_per_head.inspect=60".to_owned();
    let off = "policy.intervention.enabled=false".to_owned();
    let plan = |sets: &[String]| {
        load_policy("current-2020", &society, sets)
            .unwrap()
            .policy
            .budget
            .plan_yuan_per_head
            .inspect
    };
    assert_eq!(plan(std::slice::from_ref(&more)), 60.0);
    assert_eq!(
        plan(&[more, off.clone()]),
        custom[crate::vocabulary::BudgetFunction::Inspect]
    );
    assert_eq!(
        plan(&["policy.budget.plan_yuan_per_head.inspect=1".to_owned(), off]),
        1.0
    );
}

#[test]
fn an_empty_table_is_present_and_has_the_declared_defaults() {
    let folder = TempDir::new().unwrap();
    let path = file(
        &folder,
        "p.toml",
        "name_zh = \"甲\"\nname_en = \"a\"\n[remedy]\n",
    );
    let policy = load_policy(&path, &society(), &[]).unwrap().policy;
    assert!(policy.remedy.enabled && !policy.criteria.enabled);
}

#[test]
fn a_policy_without_a_matrix_has_the_customary_one() {
    let society = society();
    let current = load_policy("current-2020", &society, &[]).unwrap();
    assert_eq!(current.matrix, society.tables.responsibility);
    let network = load_policy("network", &society, &[]).unwrap();
    assert_ne!(network.matrix, society.tables.responsibility);
    let off = load_policy(
        "network",
        &society,
        &["policy.responsibility.enabled=false".to_owned()],
    )
    .unwrap();
    assert_eq!(off.matrix, society.tables.responsibility);
}

#[test]
fn resolved_inputs_come_back_the_same() {
    let folder = TempDir::new().unwrap();
    for name in builtin::list(InputKind::Society) {
        let society = load_society(name, &[]).unwrap();
        let path = file(
            &folder,
            &format!("{name}.toml"),
            &society.resolved_toml().unwrap(),
        );
        let again = load_society(&path, &[]).unwrap();
        assert_eq!(again.hash().unwrap(), society.hash().unwrap(), "{name}");
    }
    let society = society();
    for name in builtin::list(InputKind::Policy) {
        let policy = load_policy(name, &society, &[]).unwrap();
        let path = file(
            &folder,
            &format!("{name}.toml"),
            &policy.resolved_toml().unwrap(),
        );
        assert_eq!(
            load_policy(&path, &society, &[]).unwrap().hash().unwrap(),
            policy.hash().unwrap(),
            "{name}"
        );
        let path = file(
            &folder,
            &format!("{name}.toml"),
            &builtin::portable_text(InputKind::Policy, name).unwrap(),
        );
        assert_eq!(
            load_policy(&path, &society, &[]).unwrap().hash().unwrap(),
            policy.hash().unwrap(),
            "{name}"
        );
    }
}

#[test]
fn a_changed_value_or_table_changes_the_hash() {
    let base = society();
    let changed = load_society(
        "china-2020",
        &["society.citizens.beta_social=1.5".to_owned()],
    )
    .unwrap();
    assert_ne!(base.hash().unwrap(), changed.hash().unwrap());
    let mut moved = base.clone();
    moved.tables.provinces[0].population += 1;
    assert_ne!(base.hash().unwrap(), moved.hash().unwrap());
}

#[test]
fn options_go_before_the_file_and_files_before_what_they_extend() {
    let folder = TempDir::new().unwrap();
    let parent =
        "extends = \"current-2020\"\n[sharing.relief]\ndays_to_payment = 7\nshare_ordinary = 0.2\n";
    file(&folder, "parent.toml", parent);
    let child = file(
        &folder,
        "child.toml",
        "extends = \"./parent.toml\"\n[sharing.relief]\ndays_to_payment = 8\n",
    );
    let society = society();
    let relief = |sets: &[String]| {
        load_policy(&child, &society, sets)
            .unwrap()
            .policy
            .sharing
            .relief
    };
    assert_eq!(
        (relief(&[]).days_to_payment, relief(&[]).share_ordinary),
        (8.0, 0.2)
    );
    assert_eq!(
        relief(&["policy.sharing.relief.days_to_payment = 9".to_owned()]).days_to_payment,
        9.0
    );
}

#[test]
fn every_starter_is_sound_as_it_stands_and_its_kind_is_told_from_the_content() {
    let folder = TempDir::new().unwrap();
    for language in [
        crate::vocabulary::Language::Chinese,
        crate::vocabulary::Language::English,
    ] {
        for kind in InputKind::ALL {
            let path = file(
                &folder,
                "starter.toml",
                &crate::scenario::starter::text(kind, language),
            );
            assert_eq!(kind_of(&path).unwrap(), kind);
            match kind {
                InputKind::Society => drop(load_society(&path, &[]).unwrap()),
                InputKind::Policy => drop(load_policy(&path, &society(), &[]).unwrap()),
                InputKind::Experiment => {
                    drop(
                        crate::scenario::load_experiment(
                            &path,
                            &crate::scenario::Overrides::default(),
                        )
                        .unwrap(),
                    );
                }
            }
        }
    }
}

#[test]
fn every_commented_line_of_a_starter_is_sound_once_its_mark_is_removed() {
    let folder = TempDir::new().unwrap();
    let starter =
        crate::scenario::starter::text(InputKind::Policy, crate::vocabulary::Language::English);
    let (head, body) = starter.split_once("\n\n# [").unwrap();
    let lines: Vec<&str> = body
        .lines()
        .map(|line| line.trim_start_matches("# "))
        .collect();
    let open = format!("[{}\n", lines.join("\n"));
    let path = file(&folder, "p.toml", &format!("{head}\n{open}"));
    load_policy(&path, &society(), &[]).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever bytes a file holds, loading ends with a policy or with problems that can be shown.
    #[test]
    fn any_text_is_accepted_or_explained(text in "(extends|name_zh|criteria|sharing|weight_on_life|[\\[\\]\\.=\"'\\{\\},#0-9a-z\\-\n \u{4e00}-\u{4e05}]|nan|true){0,40}") {
        let folder = TempDir::new().unwrap();
        let path = file(&folder, "p.toml", &text);
        let mut problems = Problems::default();
        policy_at(&path, &Origin::Option, None, &[], &mut problems);
        for language in [crate::vocabulary::Language::Chinese, crate::vocabulary::Language::English] {
            let mut shown = Vec::new();
            problems.render(language, &mut shown).unwrap();
            prop_assert!(problems.problems.iter().all(|problem| !problem.text(language).what.is_empty()));
            prop_assert!(!shown.is_empty());
        }
    }

    /// Whatever a table holds, reading it ends with a matrix or with problems that can be shown.
    #[test]
    fn any_table_is_accepted_or_explained(rows in "(accident|prevent|county.sector|novel|warn|[,\"\n\r01.5a-c\u{4e00} -]){0,60}") {
        let folder = TempDir::new().unwrap();
        file(&folder, "m.csv", &format!("category,phase,owner,share,lead\n{rows}"));
        let path = file(&folder, "p.toml", "extends = \"current-2020\"\n[responsibility]\nmatrix = \"m.csv\"\n");
        let mut problems = Problems::default();
        policy_at(&path, &Origin::Option, None, &[], &mut problems);
        prop_assert!(!problems.is_empty());
        let mut shown = Vec::new();
        problems.render(crate::vocabulary::Language::Chinese, &mut shown).unwrap();
        prop_assert!(!shown.is_empty());
    }

    /// A number outside its declared range is refused, one inside is what the policy holds.
    #[test]
    fn ranges_hold(value in -1e12..1e12_f64, pick in 0usize..1000) {
        let numbers: Vec<_> = declarations().of(InputKind::Policy).filter(|row| row.kind == ParameterType::Number).collect();
        let row = numbers[pick % numbers.len()];
        let mut problems = Problems::default();
        let option = format!("{}={value:?}", row.key);
        let read = policy_at("current-2020", &Origin::Option, None, &[option], &mut problems).unwrap();
        let inside = row.low.is_none_or(|low| value >= low) && row.high.is_none_or(|high| value <= high);
        prop_assert_eq!(problems.is_empty(), inside);
        if inside {
            prop_assert_eq!(read.resolved.number(&row.key), value);
        }
    }
}
