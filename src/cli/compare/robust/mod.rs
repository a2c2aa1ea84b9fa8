//! `--parameter-sets K`: the policies of a comparison in K societies with other values of the uncertain parameters, and
//! under the other behavioural rules.

mod table;

use rayon::prelude::*;

use crate::cli::{Failure, memory};
use crate::experiment::Name;
use crate::experiment::cost::{Cost, Work};
use crate::experiment::memory::Keeping;
use crate::experiment::robustness::{Evidence, Policy, Robustness, Rule};
use crate::experiment::sensitivity::effort::usual_effort;
use crate::experiment::sensitivity::factors::{factors, uncertain_count};
use crate::experiment::sensitivity::{Factor, design, study};
use crate::scenario::declaration::{ParameterType, declarations};
use crate::scenario::experiment::ForcedKind;
use crate::scenario::{CheckedExperiment, InputKind, Problems};
use crate::vocabulary::Language;

pub(super) use table::render;

/// Years of the burn-in at most, as in a sensitivity analysis.
const BURN_IN: u32 = 1;

/// Loads the experiment again with further settings.
pub(in crate::cli) type Load<'a> =
    &'a (dyn Fn(Vec<String>) -> Result<CheckedExperiment, Problems> + Sync);

/// What is run, every set of values checked: the society's own, the sets, the other rules.
pub(super) struct Task {
    rows: Vec<CheckedExperiment>,
    factors: Vec<Factor>,
    places: Vec<Vec<f64>>,
    uncertain: usize,
    rules: Vec<(&'static str, String)>,
}

/// The switches of behaviour with the value that the society has.
fn rules(checked: &CheckedExperiment) -> Vec<(&'static str, &'static [String], String)> {
    let values = serde_json::to_value(&checked.society.society).unwrap_or_default();
    let rows = declarations().of(InputKind::Society);
    rows.filter_map(|row| match &row.kind {
        ParameterType::Choice(words) if row.key.rsplit('.').next() == Some("rule") => {
            let key = row.key.trim_start_matches("society.").replace('.', "/");
            let own = values.pointer(&format!("/{key}"))?.as_str()?.to_owned();
            Some((row.key.as_str(), words.as_slice(), own))
        }
        _ => None,
    })
    .collect()
}

impl Task {
    /// For so many sets; `None` if there are none.
    pub(super) fn new(
        checked: &CheckedExperiment,
        sets: u32,
        load: Load<'_>,
        language: Language,
    ) -> Result<Option<Self>, Failure> {
        if sets == 0 {
            return Ok(None);
        }
        let society = &checked.society.society;
        let factors =
            factors(&[], society).map_err(|refusal| Failure::Usage(refusal.text(language)))?;
        let places = design::parameter_sets(factors.len(), sets as usize, checked.experiment.seed);
        let of_set = |set: &Vec<f64>| -> Vec<String> {
            let pairs = factors.iter().zip(set);
            pairs
                .flat_map(|(f, place)| f.settings(f.value(*place)))
                .collect()
        };
        let mut rules_run = Vec::new();
        for (key, choices, own) in rules(checked) {
            let others = choices.iter().filter(|choice| **choice != own);
            rules_run.extend(others.map(|choice| (key, choice.clone())));
        }
        let mut settings: Vec<Vec<String>> = vec![Vec::new()];
        settings.extend(places.iter().map(of_set));
        settings.extend(
            rules_run
                .iter()
                .map(|(key, choice)| vec![format!("{key}={choice}")]),
        );
        let rows: Result<Vec<CheckedExperiment>, Problems> =
            settings.into_par_iter().map(load).collect();
        let mut rows = rows?;
        for row in &mut rows {
            shorten(row);
        }
        Ok(Some(Task {
            rows,
            uncertain: uncertain_count(society),
            factors,
            places,
            rules: rules_run,
        }))
    }

    /// Runs in all.
    pub(super) fn runs(&self) -> u64 {
        let of_row = |row: &CheckedExperiment| {
            row.policies.len() as u64 * u64::from(row.experiment.replications)
        };
        self.rows.iter().map(of_row).sum()
    }

    /// Sets of parameters.
    pub(super) fn sets(&self) -> usize {
        self.places.len()
    }

    /// What it costs.
    pub(super) fn work(&self, threads: usize) -> Work {
        let none = Work {
            runs: 0,
            seconds: 0.0,
            bytes: 0.0,
        };
        let rows = self.rows.iter();
        rows.map(|row| Work::of(row, Keeping::Societies, threads))
            .fold(none, |all, row| all + row)
    }

    /// Worker threads: those asked for, or as many as memory is there for.
    ///
    /// # Errors
    /// Where not even one fits.
    pub(super) fn threads_that_fit(
        &self,
        asked: usize,
        language: Language,
    ) -> Result<usize, Failure> {
        memory::threads_that_fit(&self.rows[0], Keeping::Societies, asked, language)
    }

    /// Runs everything.
    pub(super) fn conduct(&self, threads: usize, watch: &(dyn Fn() + Sync)) -> Robustness {
        let outcomes = study::run(&self.rows, threads, watch);
        let own = &self.rows[0];
        let policies: Vec<Policy> = own
            .policies
            .iter()
            .map(|policy| Policy {
                key: policy.key.clone(),
                name: Name {
                    zh: policy.policy.name_zh.clone(),
                    en: policy.policy.name_en.clone(),
                },
            })
            .collect();
        let evidence = Evidence {
            policies: &policies,
            factors: &self.factors,
            places: &self.places,
            outcomes: &outcomes,
            seed: own.experiment.seed,
        };
        let failed = outcomes.checked.iter().any(|own| !own.failed.is_empty());
        Robustness {
            sets: self.places.len(),
            years: own.experiment.years,
            replications: own.experiment.replications,
            parameters: self.factors.len(),
            uncertain: self.uncertain,
            self_checks_passed: !failed && outcomes.failures.is_empty(),
            rows: evidence.rows(),
            rules: self.ranked(own, &evidence),
        }
    }

    /// Rankings under the society's own rules, then under each other one.
    fn ranked(&self, own: &CheckedExperiment, evidence: &Evidence<'_>) -> Vec<Rule> {
        let customary = rules(own).into_iter().map(|(key, _, choice)| Rule {
            parameter: key.to_owned(),
            choice,
            own: true,
            rankings: evidence.rankings(0),
        });
        let first = 1 + self.places.len();
        let others = self.rules.iter().enumerate();
        let others = others.map(|(number, (key, choice))| Rule {
            parameter: (*key).to_owned(),
            choice: choice.clone(),
            own: false,
            rankings: evidence.rankings(first + number),
        });
        customary.chain(others).collect()
    }
}

/// Fewer years and replications than the comparison's.
fn shorten(checked: &mut CheckedExperiment) {
    let cost = Cost::of(checked);
    let experiment = &mut checked.experiment;
    let (years, replications) = usual_effort(&cost, experiment.years, experiment.replications);
    if experiment.forced_event.kind == ForcedKind::None {
        experiment.years = years;
    }
    experiment.replications = replications.min(experiment.replications);
    experiment.burn_in_years = experiment.burn_in_years.min(BURN_IN);
}
