//! From the arguments of `sensitivity` to what is to be done.

use std::path::Path;

use super::Args;
use crate::cli::Failure;
use crate::experiment::Name;
use crate::experiment::cost::Cost;
use crate::experiment::sensitivity::design_file::{self, Table};
use crate::experiment::sensitivity::effort::usual_effort;
use crate::experiment::sensitivity::factors::{factors, uncertain_count};
use crate::experiment::sensitivity::{Factor, Refusal};
use crate::output::events::EventFilter;
use crate::output::{FileOptions, Format};
use crate::scenario::experiment::ForcedKind;
use crate::scenario::problem::say;
use crate::scenario::source::{self, Origin};
use crate::scenario::{CheckedExperiment, CheckedPolicy, load_experiment};
use crate::vocabulary::Language;

/// Years of the burn-in at most: the society starts from its long-run equilibrium anyway.
const BURN_IN: u32 = 1;

/// What is to be done, after every check.
pub(super) struct Task {
    /// The two policies in the society as it is: the one that is compared with, then the one in question.
    pub(super) checked: CheckedExperiment,
    pub(super) from: Name,
    pub(super) to: Name,
    pub(super) factors: Vec<Factor>,
    /// Uncertain parameters of the society.
    pub(super) uncertain: usize,
    /// Rows of values that a file gives.
    pub(super) imported: Option<Vec<Vec<f64>>>,
    pub(super) cost: Cost,
    pub(super) files: FileOptions,
    request: Request,
}

/// What is loaded again for each set of values.
struct Request {
    args: Args,
    effort: (u32, u32),
    language: Language,
}

impl Task {
    /// The two policies in a society with these settings, through the same checks as any input.
    pub(super) fn with(&self, settings: &[String]) -> Result<CheckedExperiment, Failure> {
        let Request {
            args,
            effort,
            language,
        } = &self.request;
        let mut checked = two_policies(args, settings, *language)?;
        shorten(&mut checked, *effort);
        Ok(checked)
    }

    /// Processor seconds of a set of values.
    pub(super) fn point_seconds(&self) -> f64 {
        let experiment = &self.checked.experiment;
        self.cost.point_seconds(
            experiment.burn_in_years,
            experiment.years,
            experiment.replications,
        )
    }
}

/// Reads and checks everything that the arguments name.
pub(super) fn task(args: &Args, language: Language) -> Result<Task, Failure> {
    let mut checked = two_policies(args, &[], language)?;
    let cost = Cost::of(&checked);
    let effort = effort(&checked, &cost, args);
    shorten(&mut checked, effort);
    let refused = |refusal: Refusal| Failure::Usage(refusal.text(language));
    let table = match &args.import_design {
        Some(path) => Some(read(path, language)?),
        None => None,
    };
    let names = table
        .as_ref()
        .map_or(&args.parameters, |table| &table.names);
    let society = &checked.society.society;
    let factors = factors(names, society).map_err(refused)?;
    let folder = || Path::new("output").join(format!("sensitivity-{}", checked.key));
    Ok(Task {
        from: named(&checked.policies[0]),
        to: named(&checked.policies[1]),
        uncertain: uncertain_count(society),
        files: FileOptions {
            folder: args.work.out.clone().unwrap_or_else(folder),
            format: Format::Csv,
            language,
            events: EventFilter::None,
        },
        factors,
        imported: table.map(|table| table.rows),
        cost,
        request: Request {
            args: args.clone(),
            effort,
            language,
        },
        checked,
    })
}

fn read(path: &Path, language: Language) -> Result<Table, Failure> {
    let file = path.to_string_lossy();
    let text = &source::open(&file, &Origin::Option, None)?.text;
    let table = design_file::read(&file, text);
    table.map_err(|refusal| Failure::Usage(refusal.text(language)))
}

fn named(policy: &CheckedPolicy) -> Name {
    Name {
        zh: policy.policy.name_zh.clone(),
        en: policy.policy.name_en.clone(),
    }
}

/// Years and replications: what is asked for, else few of the experiment's.
fn effort(checked: &CheckedExperiment, cost: &Cost, args: &Args) -> (u32, u32) {
    let set = |key: &str| {
        let sets = &args.inputs.set;
        sets.iter().any(|set| set.trim_start().starts_with(key))
    };
    let experiment = &checked.experiment;
    let (years, replications) = usual_effort(cost, experiment.years, experiment.replications);
    let forced = experiment.forced_event.kind != ForcedKind::None;
    let own_years = args.years.is_some() || set("experiment.years") || forced;
    let own_replications = args.replications.is_some() || set("experiment.replications");
    (
        if own_years { experiment.years } else { years },
        if own_replications {
            experiment.replications
        } else {
            replications
        },
    )
}

fn shorten(checked: &mut CheckedExperiment, (years, replications): (u32, u32)) {
    let experiment = &mut checked.experiment;
    experiment.years = years;
    experiment.replications = replications;
    experiment.burn_in_years = experiment.burn_in_years.min(BURN_IN);
}

/// The experiment with the policy that is compared with and the policy in question alone.
fn two_policies(
    args: &Args,
    settings: &[String],
    language: Language,
) -> Result<CheckedExperiment, Failure> {
    let load = |wanted: Option<&String>| {
        let policies = wanted.into_iter().cloned().collect();
        let mut overrides = args
            .inputs
            .overrides(policies, args.years, args.replications);
        overrides.sets.extend(settings.iter().cloned());
        let name = args.experiment.as_deref().unwrap_or("china-2020");
        load_experiment(name, &overrides)
    };
    let mut checked = load(args.policy.as_ref())?;
    let to = in_question(&checked, args.policy.is_some(), language)?;
    let from = match &args.against {
        Some(against) => {
            let other = load(Some(against))?;
            let own = |policy: &&CheckedPolicy| policy.key != other.baseline.key;
            other
                .policies
                .iter()
                .find(own)
                .unwrap_or(&other.baseline)
                .clone()
        }
        None => checked.baseline.clone(),
    };
    if from.key == to.key {
        let key = &to.key;
        return Err(Failure::Usage(say!(
            language,
            "{key} 与自身没有差别：用 --policy 或 --against 另选一项政策(riskweave list policy 列出全部)",
            "{key} does not differ from itself: choose another --policy or --against (riskweave list policy names them)"
        )));
    }
    checked.policies = vec![from, to];
    Ok(checked)
}

/// The policy in question: the one that is named, else `network`, else the first that is not the baseline.
fn in_question(
    checked: &CheckedExperiment,
    is_named: bool,
    language: Language,
) -> Result<CheckedPolicy, Failure> {
    let baseline = &checked.baseline;
    let others = || checked.policies.iter().filter(|p| p.key != baseline.key);
    let headline = others().find(|policy| policy.key == "network");
    if let Some(policy) = headline.or_else(|| others().next()) {
        return Ok(policy.clone());
    }
    if is_named {
        return Ok(baseline.clone());
    }
    let experiment = &checked.key;
    Err(Failure::Usage(say!(
        language,
        "实验 {experiment} 只有基准政策，没有差值：用 --policy 另选一项政策",
        "experiment {experiment} has the baseline alone, so there is no difference: choose another --policy"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(policy: Option<&str>, against: Option<&str>) -> Args {
        Args {
            experiment: Some("seminar-county".to_owned()),
            policy: policy.map(str::to_owned),
            against: against.map(str::to_owned),
            few: 3,
            ..Args::default()
        }
    }

    fn told(args: &Args) -> Task {
        task(args, Language::English).unwrap_or_else(|failure| panic!("{failure:?}"))
    }

    fn keys(task: &Task) -> Vec<&str> {
        let policies = task.checked.policies.iter();
        policies.map(|policy| policy.key.as_str()).collect()
    }

    #[test]
    fn the_network_against_the_baseline_in_short_runs_unless_told_otherwise() {
        let task = told(&args(None, None));
        assert_eq!(keys(&task), ["current-2020", "network"]);
        let experiment = &task.checked.experiment;
        assert_eq!((experiment.years, experiment.replications), (5, 10));
        assert_eq!(experiment.burn_in_years, 1);
        let other = told(&args(Some("layered-sharing"), Some("fiscal-backstop")));
        assert_eq!(keys(&other), ["fiscal-backstop", "layered-sharing"]);
        let back = told(&args(Some("current-2020"), Some("network")));
        assert_eq!(keys(&back), ["network", "current-2020"]);
        let long = Args {
            years: Some(9),
            replications: Some(3),
            ..args(None, None)
        };
        let long = told(&long).checked.experiment;
        assert_eq!((long.years, long.replications), (9, 3));
    }

    #[test]
    fn values_go_through_the_same_checks_as_settings() {
        let task = told(&args(None, None));
        let setting = |value: &str| vec![format!("society.enterprise.care_kappa={value}")];
        let moved = task
            .with(&setting("0.7"))
            .unwrap_or_else(|failure| panic!("{failure:?}"));
        assert_eq!(moved.society.society.enterprise.care_kappa, 0.7);
        assert_eq!(moved.experiment, task.checked.experiment);
        assert!(matches!(task.with(&setting("7")), Err(Failure::Input(_))));
    }

    #[test]
    fn a_policy_is_not_compared_with_itself() {
        for args in [
            args(Some("current-2020"), None),
            args(Some("network"), Some("network")),
        ] {
            match task(&args, Language::English) {
                Err(Failure::Usage(text)) => assert!(text.contains("itself"), "{text}"),
                _ => panic!("not refused"),
            }
        }
    }
}
