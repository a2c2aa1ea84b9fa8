//! Experiments: options, subsets, grids and the baseline.

use super::*;
use crate::scenario::Problem;

fn keys(checked: &CheckedExperiment) -> Vec<&str> {
    checked
        .policies
        .iter()
        .map(|policy| policy.key.as_str())
        .collect()
}

fn overrides(policies: &[&str], sets: &[&str]) -> Overrides {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Overrides {
        policies: owned(policies),
        sets: owned(sets),
        ..Overrides::default()
    }
}

#[test]
fn every_built_in_experiment_loads_with_its_baseline_first() {
    for name in crate::scenario::builtin::list(InputKind::Experiment) {
        let checked = load_experiment(name, &Overrides::default()).unwrap();
        assert_eq!(checked.policies[0], checked.baseline, "{name}");
        let mut unique = keys(&checked);
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), checked.policies.len(), "{name}");
    }
}

#[test]
fn a_subset_keeps_the_baseline() {
    let checked = load_experiment("china-2020", &overrides(&["network"], &[])).unwrap();
    assert_eq!(keys(&checked), ["current-2020", "network"]);
    let checked = load_experiment("china-2020", &overrides(&["current-2020"], &[])).unwrap();
    assert_eq!(keys(&checked), ["current-2020"]);
}

#[test]
fn a_policy_file_that_is_not_there_is_told_as_a_file() {
    let problems = load_experiment("china-2020", &overrides(&["./nowhere.toml"], &[])).unwrap_err();
    let told = &problems.problems[..];
    assert!(
        !matches!(told, [Problem::Design(_)]) && told.len() == 1,
        "{problems:?}"
    );
}

#[test]
fn a_policy_that_the_experiment_does_not_have_is_told() {
    let problems = load_experiment("china-2020", &overrides(&["netwrok"], &[])).unwrap_err();
    let [Problem::Design(DesignProblem::NotInExperiment { nearest, .. })] = &problems.problems[..]
    else {
        panic!("{problems:?}")
    };
    assert_eq!(nearest.as_deref(), Some("network"));
}

#[test]
fn a_policy_file_or_another_built_in_key_is_added_after_the_baseline() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    let text = "extends = \"network\"\nname_zh = \"我的\"\nname_en = \"mine\"\n";
    std::fs::write(&file, text).unwrap();
    let path = file.to_str().unwrap();
    let wanted = overrides(&[path, "network", path], &[]);
    let checked = load_experiment("china-2020", &wanted).unwrap();
    assert_eq!(keys(&checked), ["current-2020", "network", "mine"]);
}

#[test]
fn a_grid_takes_sharing_from_the_second_list_and_all_else_from_the_first() {
    let checked = load_experiment("allocation-x-sharing", &Overrides::default()).unwrap();
    assert_eq!(checked.policies.len(), 17);
    let cell = checked
        .policies
        .iter()
        .find(|policy| policy.key == "sector-led+fiscal-backstop")
        .unwrap();
    let alone = |name: &str| crate::scenario::load_policy(name, &checked.society, &[]).unwrap();
    let (allocation, sharing) = (alone("sector-led"), alone("fiscal-backstop"));
    assert_eq!(cell.policy.sharing, sharing.policy.sharing);
    assert_eq!(cell.policy.responsibility, allocation.policy.responsibility);
    assert_eq!(cell.policy.budget, allocation.policy.budget);
    assert_eq!(cell.matrix, allocation.matrix);
    assert!(cell.policy.name_zh.contains(&allocation.policy.name_zh));
    assert!(cell.policy.name_zh.contains(&sharing.policy.name_zh));
}

#[test]
fn a_cell_of_a_grid_can_be_chosen_by_its_key() {
    let chosen = load_experiment(
        "allocation-x-sharing",
        &overrides(&["sector-led+fiscal-backstop"], &[]),
    )
    .unwrap();
    assert_eq!(
        keys(&chosen),
        ["current-2020", "sector-led+fiscal-backstop"]
    );
}

#[test]
fn options_change_design_society_and_every_policy() {
    let sets = [
        "experiment.years=3",
        "society.citizens.beta_social=1.25",
        "policy.sharing.property.subsidy=0.25",
    ];
    let options = Overrides {
        years: Some(4),
        seed: Some(7),
        ..overrides(&[], &sets)
    };
    let checked = load_experiment("china-2020", &options).unwrap();
    assert_eq!((checked.experiment.years, checked.experiment.seed), (4, 7));
    assert_eq!(checked.society.society.citizens.beta_social, 1.25);
    assert!(
        checked
            .policies
            .iter()
            .all(|policy| policy.policy.sharing.property.subsidy == 0.25)
    );
    let plain = load_experiment("china-2020", &Overrides::default()).unwrap();
    assert_ne!(plain.hash().unwrap(), checked.hash().unwrap());
    assert_eq!(
        plain.hash().unwrap(),
        load_experiment("china-2020", &Overrides::default())
            .unwrap()
            .hash()
            .unwrap()
    );
}

#[test]
fn policies_run_without_an_experiment_file() {
    let checked = without_file(
        "seminar-county",
        &overrides(&["network", "sector-led"], &["experiment.years=2"]),
    )
    .unwrap();
    assert_eq!(keys(&checked), ["current-2020", "network", "sector-led"]);
    assert_eq!(
        (checked.experiment.years, checked.society.key.as_str()),
        (2, "seminar-county")
    );
    assert!(without_file("seminar-county", &overrides(&["network", "network"], &[])).is_err());
}

#[test]
fn a_design_of_too_many_years_is_refused() {
    let tried = |sets: &[&str]| load_experiment("china-2020", &overrides(&["current-2020"], sets));
    let problems = tried(&["experiment.years=200", "experiment.replications=100000"]).unwrap_err();
    assert!(
        matches!(
            problems.problems[..],
            [Problem::Design(DesignProblem::TooLong { .. })]
        ),
        "{problems:?}"
    );
    let sets = [
        "experiment.years=4294967295",
        "experiment.replications=4294967295",
    ];
    assert_eq!(tried(&sets).unwrap_err().problems.len(), 2);
}

#[test]
fn an_experiment_of_files_comes_back_the_same_from_another_folder() {
    let (here, there) = (
        tempfile::TempDir::new().unwrap(),
        tempfile::TempDir::new().unwrap(),
    );
    let write = |folder: &tempfile::TempDir, name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let names = "name_zh = \"甲\"\nname_en = \"a\"\n";
    write(
        &here,
        "mine.toml",
        &format!("extends = \"network\"\n{names}[remedy]\nenabled = false\n"),
    );
    write(
        &here,
        "town.toml",
        &format!("extends = \"seminar-county\"\nbaseline = \"./mine.toml\"\n{names}"),
    );
    let text =
        format!("{names}society = \"town.toml\"\npolicies = [\"sector-led\", \"./mine.toml\"]\n");
    let checked = load_experiment(&write(&here, "e.toml", &text), &Overrides::default()).unwrap();
    assert_eq!(keys(&checked), ["mine", "sector-led"]);
    let again = write(&there, "e.toml", &checked.resolved_toml().unwrap());
    let again = load_experiment(&again, &Overrides::default()).unwrap();
    assert_eq!(again.hash().unwrap(), checked.hash().unwrap());
}
