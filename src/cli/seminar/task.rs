//! From the arguments of `seminar` to what is to be run.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Args, SOCIETIES};
use crate::cli::Failure;
use crate::experiment::seminar::Policies;
use crate::output::events::EventFilter;
use crate::output::{FileOptions, Format};
use crate::scenario::cards::{self, ALLOCATIONS, Enforcement, Prevention, SHARINGS};
use crate::scenario::pieces::{Cut, Division};
use crate::scenario::{CheckedExperiment, CheckedPolicy, Overrides, load_experiment};
use crate::vocabulary::{Language, Vocabulary};

/// The policy whose mechanisms the switches bring in.
const NETWORK: &str = "network";

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
    pub(super) files: FileOptions,
}

/// Reads and checks everything.
pub(super) fn task(args: &Args, language: Language) -> Result<Task, Failure> {
    let societies: Vec<Society> = SOCIETIES
        .iter()
        .map(|key| society(key, args))
        .collect::<Result<_, Failure>>()?;
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
        files: FileOptions {
            folder: args
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

fn society(key: &str, args: &Args) -> Result<Society, Failure> {
    let named = [NETWORK].iter().chain(&ALLOCATIONS).chain(&SHARINGS);
    let overrides = args.inputs.overrides(
        named.map(|policy| (*policy).to_owned()).collect(),
        Some(args.years),
        Some(args.replications),
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
    use crate::cli::options::InputOptions;

    #[test]
    fn two_societies_with_every_combination() {
        let args = Args {
            years: 1,
            replications: 2,
            inputs: InputOptions::default(),
            out: None,
            force: false,
            quiet: true,
        };
        let task = task(&args, Language::English).unwrap_or_else(|failure| panic!("{failure:?}"));
        assert_eq!(task.societies.len(), 2);
        for society in &task.societies {
            assert_eq!(society.all.policies.len(), 64 + 144);
            let keys: Vec<&str> = society
                .named
                .policies
                .iter()
                .map(|own| own.key.as_str())
                .collect();
            assert_eq!(keys[..2], ["current-2020", "network"]);
            assert_eq!(keys[2..6], ALLOCATIONS);
            assert_eq!(keys[6..], SHARINGS);
            let experiment = &society.all.experiment;
            assert_eq!((experiment.years, experiment.replications), (1, 2));
        }
        assert_eq!((task.allocations.len(), task.sharings.len()), (4, 4));
    }
}
