//! From the arguments of `attribute` to what is to be done.

use std::path::Path;

use super::{Against, Args, Layers};
use crate::cli::Failure;
use crate::experiment::Name;
use crate::experiment::cost::Cost;
use crate::output::events::EventFilter;
use crate::output::{FileOptions, Format};
use crate::scenario::experiment::{Experiment, ForcedKind};
use crate::scenario::pieces::{Cut, Division};
use crate::scenario::problem::say;
use crate::scenario::{CheckedExperiment, CheckedPolicy, Overrides, load_experiment};
use crate::vocabulary::{Language, Mechanism, Vocabulary};

/// Years and replications at most, unless more are asked for: there are up to 64 combinations.
const USUAL: u32 = 5;
/// Processor seconds that the usual replications may take by what they are stated to cost: five minutes on two cores.
const USUAL_SECONDS: f64 = 600.0;

/// What is to be done, after every check.
pub(super) struct Task {
    /// The baseline, and the policy in question.
    pub(super) checked: CheckedExperiment,
    pub(super) division: Division,
    /// Names of the policy of nobody and of the policy of all.
    pub(super) from: Name,
    pub(super) to: Name,
    pub(super) cut: Cut,
    pub(super) files: FileOptions,
}

/// Reads and checks everything that the arguments name.
pub(super) fn task(args: &Args, language: Language) -> Result<Task, Failure> {
    let name = args.experiment.as_deref().unwrap_or("china-2020");
    let overrides = overrides(args);
    let mut checked = load_experiment(name, &overrides)?;
    shorten(&mut checked, args);
    let on = chosen(&checked, args, language)?;
    let (off, from) = match args.against {
        Against::Baseline => (checked.baseline.clone(), named(&checked.baseline)),
        Against::Neutral => {
            let off = neutral(name, &overrides, args, &on)?;
            let policy = named(&on);
            let from = Name {
                zh: format!("{}停用全部机制", policy.zh),
                en: format!("{} with every mechanism off", policy.en),
            };
            (off, from)
        }
    };
    let cut = match args.layers {
        None => Cut::Mechanisms,
        Some(Layers::Groups) => Cut::LayerGroups,
        Some(Layers::Each) => Cut::Layers,
    };
    let to = named(&on);
    checked.policies = vec![checked.baseline.clone(), on.clone()];
    let division = Division::new(off, on, cut);
    if division.pieces.is_empty() {
        let (from, to) = (from.word(language), to.word(language));
        return Err(Failure::Usage(say!(
            language,
            "{to}与{from}没有差别，无可分解：用 --policy 另选一项政策",
            "{to} and {from} do not differ, so there is nothing to take apart: choose another --policy"
        )));
    }
    let usual = || Path::new("output").join(format!("attribute-{}", checked.key));
    let files = FileOptions {
        folder: args.work.out.clone().unwrap_or_else(usual),
        format: Format::Csv,
        language,
        events: EventFilter::None,
    };
    Ok(Task {
        checked,
        division,
        from,
        to,
        cut,
        files,
    })
}

fn overrides(args: &Args) -> Overrides {
    let policies = args.policy.iter().cloned().collect();
    args.inputs
        .overrides(policies, args.years, args.replications)
}

fn named(policy: &CheckedPolicy) -> Name {
    Name {
        zh: policy.policy.name_zh.clone(),
        en: policy.policy.name_en.clone(),
    }
}

/// Fewer years and replications than the experiment's, unless the user says how many.
fn shorten(checked: &mut CheckedExperiment, args: &Args) {
    let set = |key: &str| {
        args.inputs
            .set
            .iter()
            .any(|set| set.trim_start().starts_with(key))
    };
    let forced = checked.experiment.forced_event.kind != ForcedKind::None;
    if args.years.is_none() && !set("experiment.years") && !forced {
        checked.experiment.years = checked.experiment.years.min(USUAL);
    }
    if args.replications.is_none() && !set("experiment.replications") {
        let most = affordable(checked).min(USUAL);
        checked.experiment.replications = checked.experiment.replications.min(most).max(2);
    }
}

/// Replications of all combinations of the mechanisms that fit into the usual time.
fn affordable(checked: &CheckedExperiment) -> u32 {
    let (cost, combinations) = (Cost::of(checked), 1 << Mechanism::ALL.len());
    let Experiment {
        burn_in_years,
        years,
        ..
    } = checked.experiment;
    let one = cost.replication_seconds(combinations, burn_in_years, years);
    ((USUAL_SECONDS - cost.building_seconds(combinations)) / one) as u32
}

/// The policy in question: the one that is named, else `network`, else the only one there is.
fn chosen(
    checked: &CheckedExperiment,
    args: &Args,
    language: Language,
) -> Result<CheckedPolicy, Failure> {
    let baseline = &checked.baseline.key;
    let others: Vec<&CheckedPolicy> = checked
        .policies
        .iter()
        .filter(|policy| policy.key != *baseline)
        .collect();
    let headline = others
        .iter()
        .find(|policy| policy.key == "network" || others.len() == 1);
    if let Some(policy) = headline {
        return Ok((*policy).clone());
    }
    if others.is_empty() {
        let named = args.policy.as_ref().map_or(baseline, |policy| policy);
        return Err(Failure::Usage(say!(
            language,
            "{named} 就是基准政策，没有差值可分解：用 --policy 另选一项政策(riskweave list policy 列出全部)",
            "{named} is the baseline, from which it does not differ: choose another --policy (riskweave list policy names them)"
        )));
    }
    let keys: Vec<&str> = others.iter().map(|policy| policy.key.as_str()).collect();
    let (experiment, keys) = (&checked.key, keys.join(language.pick("、", ", ")));
    Err(Failure::Usage(say!(
        language,
        "实验 {experiment} 有多项政策：用 --policy 选一项来分解。可选：{keys}",
        "experiment {experiment} has several policies: choose with --policy which to take apart. Choose one of: {keys}"
    )))
}

/// The policy with every mechanism off.
fn neutral(
    name: &str,
    overrides: &Overrides,
    args: &Args,
    on: &CheckedPolicy,
) -> Result<CheckedPolicy, Failure> {
    let off = Mechanism::ALL
        .iter()
        .map(|m| format!("policy.{}.enabled=false", m.key()));
    let wanted = args.policy.clone().unwrap_or_else(|| on.key.clone());
    let overrides = Overrides {
        policies: vec![wanted],
        sets: overrides.sets.iter().cloned().chain(off).collect(),
        ..overrides.clone()
    };
    let checked = load_experiment(name, &overrides)?;
    let found = checked
        .policies
        .into_iter()
        .find(|policy| policy.key == on.key);
    Ok(found.unwrap_or(checked.baseline))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::attribute::Against;
    use crate::cli::options::{InputOptions, WorkOptions};
    use crate::experiment::attribution::experiment_of;
    use crate::experiment::cost::Work;
    use crate::experiment::memory::Keeping;

    fn args(policy: Option<&str>) -> Args {
        Args {
            experiment: Some("seminar-county".to_owned()),
            policy: policy.map(str::to_owned),
            against: Against::Baseline,
            layers: None,
            years: None,
            replications: None,
            inputs: InputOptions::default(),
            no_charts: true,
            work: WorkOptions {
                quiet: true,
                ..WorkOptions::default()
            },
        }
    }

    fn told(result: Result<Task, Failure>) -> Task {
        result.unwrap_or_else(|failure| panic!("{failure:?}"))
    }

    #[test]
    fn the_headline_is_the_network_in_fewer_years_and_replications_than_a_comparison() {
        let task = told(task(&args(None), Language::English));
        assert_eq!(task.division.on.key, "network");
        assert_eq!(task.division.coalitions(), 64);
        let experiment = &task.checked.experiment;
        assert_eq!((experiment.years, experiment.replications), (5, 5));
        assert_eq!(
            task.files.folder,
            Path::new("output/attribute-seminar-county")
        );
        let more = Args {
            replications: Some(7),
            inputs: InputOptions {
                set: vec!["experiment.years=9".to_owned()],
                ..InputOptions::default()
            },
            ..args(None)
        };
        let more = told(super::task(&more, Language::English))
            .checked
            .experiment;
        assert_eq!((more.years, more.replications), (9, 7));
    }

    #[test]
    fn the_nation_is_taken_apart_in_five_minutes_on_two_cores() {
        let nation = Args {
            experiment: Some("china-2020".to_owned()),
            ..args(None)
        };
        let task = told(task(&nation, Language::English));
        let all = experiment_of(&task.checked, &task.division);
        assert_eq!((all.policies.len(), all.experiment.years), (64, 5));
        let seconds = Work::of(&all, Keeping::Figures, 2).seconds;
        assert!(
            seconds < 600.0 && all.experiment.replications >= 4,
            "{seconds} s"
        );
    }

    #[test]
    fn neutral_is_the_policy_with_every_mechanism_off() {
        let against = Args {
            against: Against::Neutral,
            ..args(Some("network"))
        };
        let task = told(task(&against, Language::English));
        for mechanism in Mechanism::ALL {
            assert!(!task.division.off.policy.enabled(*mechanism));
            assert!(task.division.on.policy.enabled(*mechanism));
        }
        assert_eq!(task.division.coalitions(), 64);
    }

    #[test]
    fn what_cannot_be_taken_apart_is_refused() {
        let refused = |args: &Args| match task(args, Language::English) {
            Err(Failure::Usage(text)) => text,
            _ => panic!("not refused"),
        };
        assert!(refused(&args(Some("current-2020"))).contains("is the baseline"));
        let several = Args {
            experiment: Some("campaign-or-routine".to_owned()),
            ..args(None)
        };
        assert!(refused(&several).contains("double-prevention"));
    }
}
