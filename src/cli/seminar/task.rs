//! From the arguments of `seminar` to what is to be run.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Args, SOCIETIES};
use crate::cli::Failure;
use crate::experiment::seminar::Policies;
use crate::output::events::EventFilter;
use crate::output::{FileOptions, Format};
use crate::scenario::cards::{self, ALLOCATIONS, Enforcement, Prevention, SHARINGS};
use crate::scenario::pieces::{Cut, Division};
use crate::scenario::problem::say;
use crate::scenario::{CheckedExperiment, CheckedPolicy, Overrides, load_experiment};
use crate::vocabulary::{Language, Vocabulary};

/// The policy whose mechanisms the switches bring in.
const NETWORK: &str = "network";

/// Years of each history, and histories, unless the user says how many.
const USUAL: [u32; 2] = [5, 100];

/// Histories that the page holds: intervals need two, and it stays below 6 MB with so many.
const HISTORIES: RangeInclusive<u32> = 2..=400;

/// One society.
pub(super) struct Society {
    /// The policies that combinations are made of: the baseline, the network, and those of the cards.
    pub(super) named: CheckedExperiment,
    /// Every combination.
    pub(super) all: CheckedExperiment,
    /// The same as coalitions and hands.
    pub(super) policies: Policies,
}

/// What is to be done, after every check.
pub(super) struct Task {
    pub(super) societies: Vec<Society>,
    /// Policies of the cards of allocation.
    pub(super) allocations: Vec<CheckedPolicy>,
    /// Policies of the cards of sharing.
    pub(super) sharings: Vec<CheckedPolicy>,
    /// The levers that the other cards move, for the manifest.
    pub(super) cards: Value,
    /// Histories of each society.
    pub(super) replications: u32,
    pub(super) files: FileOptions,
}

/// Reads and checks everything.
pub(super) fn task(args: &Args, language: Language) -> Result<Task, Failure> {
    let societies: Vec<Society> = SOCIETIES
        .iter()
        .map(|key| society(key, args))
        .collect::<Result<_, Failure>>()?;
    let replications = replications(&societies, language)?;
    let of = |keys: &[&str]| -> Vec<CheckedPolicy> {
        let first = societies.first().map(|society| &society.named.policies);
        let policies = first.into_iter().flatten();
        policies
            .filter(|policy| keys.contains(&policy.key.as_str()))
            .cloned()
            .collect()
    };
    Ok(Task {
        allocations: of(&ALLOCATIONS),
        sharings: of(&SHARINGS),
        cards: levers(),
        replications,
        files: FileOptions {
            folder: args
                .work
                .out
                .clone()
                .unwrap_or_else(|| PathBuf::from("output/seminar")),
            format: Format::Csv,
            language,
            events: EventFilter::None,
        },
        societies,
    })
}

/// The histories of the societies, if the page can hold so many.
fn replications(societies: &[Society], language: Language) -> Result<u32, Failure> {
    let asked = societies.iter().map(|own| own.all.experiment.replications);
    let most = asked.max().unwrap_or(0);
    if HISTORIES.contains(&most) {
        return Ok(most);
    }
    let (least, greatest) = (HISTORIES.start(), HISTORIES.end());
    Err(Failure::Usage(say!(
        language,
        "网页可容纳 {least} 至 {greatest} 段历史，不是 {most} 段：改 experiment.replications",
        "the page holds {least} to {greatest} histories, not {most}: change experiment.replications"
    )))
}

/// What the user asks for, else what is usual, unless `--set` says it.
fn asked(args: &Args, option: Option<u32>, key: &str, usual: u32) -> Option<u32> {
    let set = args.inputs.set.iter();
    let mut set = set.filter(|set| set.trim_start().starts_with(key));
    option.or(if set.next().is_some() {
        None
    } else {
        Some(usual)
    })
}

fn society(key: &str, args: &Args) -> Result<Society, Failure> {
    let named = [NETWORK].iter().chain(&ALLOCATIONS).chain(&SHARINGS);
    let overrides = args.inputs.overrides(
        named.map(|policy| (*policy).to_owned()).collect(),
        asked(args, args.years, "experiment.years", USUAL[0]),
        asked(args, args.replications, "experiment.replications", USUAL[1]),
    );
    let mut named = load_experiment(key, &overrides)?;
    order(&mut named.policies);
    let network = named.policies.iter().find(|policy| policy.key == NETWORK);
    let network = network.unwrap_or(&named.baseline).clone();
    let of_society = Overrides {
        policies: Vec::new(),
        ..overrides
    };
    let policies = Policies {
        division: Division::new(named.baseline.clone(), network, Cut::Mechanisms),
        hands: cards::policies(&named.experiment.society, &of_society)?,
    };
    let all = CheckedExperiment {
        policies: policies.all(),
        ..named.clone()
    };
    Ok(Society {
        named,
        all,
        policies,
    })
}

/// Baseline, network, then the cards in their order, whatever the order in the experiment.
fn order(policies: &mut [CheckedPolicy]) {
    let place = |policy: &CheckedPolicy| {
        let mut cards = ALLOCATIONS.iter().chain(&SHARINGS);
        let card = cards.position(|key| *key == policy.key);
        let network = usize::from(policy.key == NETWORK);
        card.map_or(network, |card| card + 2)
    };
    policies.sort_by_key(place);
}

fn levers() -> Value {
    let prevention = Prevention::ALL.iter();
    let enforcement = Enforcement::ALL.iter();
    json!({
        "allocation": ALLOCATIONS,
        "prevention": prevention.map(|card| (card.key(), card.setting())).collect::<Vec<_>>(),
        "enforcement": enforcement.map(|card| (card.key(), card.settings())).collect::<Vec<_>>(),
        "sharing": SHARINGS,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::options::{InputOptions, WorkOptions};

    fn args(years: Option<u32>, replications: Option<u32>, set: &[&str]) -> Args {
        Args {
            years,
            replications,
            inputs: InputOptions {
                set: set.iter().map(|set| (*set).to_owned()).collect(),
                ..InputOptions::default()
            },
            work: WorkOptions {
                quiet: true,
                ..WorkOptions::default()
            },
        }
    }

    fn told(args: &Args) -> Result<Task, String> {
        task(args, Language::English).map_err(|failure| format!("{failure:?}"))
    }

    #[test]
    fn two_societies_with_every_combination() {
        let task = told(&args(Some(1), Some(2), &[])).unwrap();
        assert_eq!((task.societies.len(), task.replications), (2, 2));
        for society in &task.societies {
            assert_eq!(society.all.policies.len(), 64 + 144);
            let policies = society.named.policies.iter();
            let keys: Vec<&str> = policies.map(|own| own.key.as_str()).collect();
            assert_eq!(keys[..2], ["current-2020", "network"]);
            assert_eq!(keys[2..6], ALLOCATIONS);
            assert_eq!(keys[6..], SHARINGS);
            let experiment = &society.all.experiment;
            assert_eq!((experiment.years, experiment.replications), (1, 2));
        }
        assert_eq!((task.allocations.len(), task.sharings.len()), (4, 4));
    }

    #[test]
    fn a_setting_goes_before_what_is_usual_and_has_the_same_bounds() {
        let usual = asked(&args(None, None, &[]), None, "experiment.years", 5);
        assert_eq!(usual, Some(5));
        let set = args(None, None, &["experiment.years=3"]);
        assert_eq!(asked(&set, None, "experiment.years", 5), None);
        let refused = told(&args(Some(1), None, &["experiment.replications=401"]));
        assert!(refused.is_err_and(|text| text.contains("not 401")));
    }
}
