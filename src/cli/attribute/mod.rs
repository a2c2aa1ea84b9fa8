//! `attribute [EXPERIMENT]`: what each part of a policy contributes to its difference from another.

mod table;

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::json;

use super::clock::Clock;
use super::compare::{self, terminal_width};
use super::progress::Progress;
use super::{Context, Failure};
use crate::experiment::attribution::{self, Attributed, Attribution, Told, experiment_of};
use crate::experiment::warnings::{Warning, of_runs};
use crate::experiment::{Name, Plan};
use crate::measures::{Measure, Unit};
use crate::output::events::EventFilter;
use crate::output::file::{Written, describe};
use crate::output::manifest::{self, Circumstances, Outcome};
use crate::output::{FileOptions, Format, OutputError, attribution as files, folder};
use crate::report::charts::{Drawn, Estimate, PolicyLabel, Quantity, Words, waterfall};
use crate::report::pictures;
use crate::scenario::experiment::ForcedKind;
use crate::scenario::pieces::{Cut, Division};
use crate::scenario::problem::say;
use crate::scenario::{CheckedExperiment, CheckedPolicy, Overrides, load_experiment};
use crate::vocabulary::{Language, Mechanism, Vocabulary};

/// Years and replications at most, unless more are asked for: there are up to 64 combinations.
const USUAL: u32 = 5;

/// Arguments of `attribute`.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Experiment: a built-in key or a file (default: china-2020)
    pub experiment: Option<String>,
    /// Policy to take apart: a built-in key or a file (default: network, if the experiment has it; else its only policy)
    #[arg(long, value_name = "POLICY")]
    pub policy: Option<String>,
    /// With what it is compared: baseline = the society's baseline; neutral = the same policy with every mechanism off
    #[arg(long, value_enum, default_value = "baseline")]
    pub against: Against,
    /// Take the layers of sharing apart instead of the mechanisms: groups = in four groups (what no value means), each = one by one
    #[arg(long, value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "groups")]
    pub layers: Option<Layers>,
    /// Years of the horizon (default: the experiment's, at most 5; with a forced event the experiment's)
    #[arg(long, value_name = "YEARS", value_parser = clap::value_parser!(u32).range(1..=200))]
    pub years: Option<u32>,
    /// Replications: histories of dangers that every combination lives through; the more, the narrower the intervals (default: the experiment's, at most 5)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=65_535))]
    pub replications: Option<u32>,
    /// Seed of the dangers; the same seed gives the same bytes
    #[arg(long, value_name = "SEED")]
    pub seed: Option<u64>,
    /// Worker threads (default: all processors); results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub threads: Option<u32>,
    /// People that a citizen agent stands for; 1 = everyone
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub people_per_agent: Option<u32>,
    /// Override any input, e.g. policy.sharing.property.subsidy=0.5 (repeatable)
    #[arg(long, value_name = "TABLE.KEY=VALUE")]
    pub set: Vec<String>,
    /// Folder of the results; without it, one named after the experiment under `output/`.
    #[arg(
        long,
        value_name = "DIR",
        help = "Folder of the results (default: output/attribute-<experiment>)"
    )]
    pub out: Option<PathBuf>,
    /// Overwrite results that are there
    #[arg(long)]
    pub force: bool,
    /// Draw no chart (by default SVG and PNG go to `charts/` in the folder of the results)
    #[arg(long)]
    pub no_charts: bool,
    /// Show no progress
    #[arg(long)]
    pub quiet: bool,
}

/// `--against`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Against {
    /// The society's baseline
    Baseline,
    /// The same policy with every mechanism off
    Neutral,
}

/// `--layers`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Layers {
    /// In four groups
    Groups,
    /// One by one
    Each,
}

/// What is to be done, after every check.
struct Task {
    /// The baseline, and the policy in question.
    checked: CheckedExperiment,
    division: Division,
    /// Names of the policy of nobody and of the policy of all.
    from: Name,
    to: Name,
    cut: Cut,
    files: FileOptions,
}

/// What was found, with what it is of.
struct Found<'a> {
    task: &'a Task,
    plan: &'a Plan,
    attribution: &'a Attribution,
    warnings: &'a [Warning],
}

/// Runs the command: every input and the folder are checked before anything is run.
///
/// # Errors
/// Everything that is wrong with the inputs; a folder that may not be written to; a run that broke off.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let language = context.language;
    let refused = |error: OutputError| Failure::Usage(error.word(language));
    let task = task(args, language)?;
    folder::check(&task.files.folder, args.force).map_err(refused)?;
    let clock = Clock::start();
    let all = experiment_of(&task.checked, &task.division);
    let simulator = compare::simulator(&all, args.quiet, language)?;
    let plan = simulator.plan(&task.checked).map_err(io::Error::other)?;
    folder::make(&task.files.folder, args.force).map_err(refused)?;
    let replications = task.checked.experiment.replications;
    let runs = u64::from(replications) * all.policies.len() as u64;
    let progress = Progress::new(runs, args.quiet, language);
    let attribution = attribution::attribute(
        &simulator,
        &plan.facts,
        task.division.pieces.len(),
        replications,
        threads(args),
        &|| progress.advance(),
    );
    progress.finish();
    let keys: Vec<String> = (0..task.division.coalitions())
        .map(|coalition| task.division.key(coalition))
        .collect();
    let policies: Vec<_> = keys
        .iter()
        .map(String::as_str)
        .zip(&attribution.checked)
        .collect();
    let warnings = of_runs(&policies, &attribution.failures);
    let outcome = Outcome {
        policies,
        replications: attribution.replications,
        failures: &attribution.failures,
        warnings: &warnings,
    };
    let found = Found {
        task: &task,
        plan: &plan,
        attribution: &attribution,
        warnings: &warnings,
    };
    write_files(&found, &outcome, args, &clock).map_err(refused)?;
    let text = table::render(&found, !args.no_charts, terminal_width(), language);
    write!(context.out, "{text}")?;
    if outcome.stands() {
        return Ok(());
    }
    let text = language.pick(
        "见 manifest.json 和上面的注意事项",
        "see manifest.json and the warnings above",
    );
    Err(Failure::SelfCheck(text.to_owned()))
}

fn threads(args: &Args) -> usize {
    args.threads.map_or_else(
        || std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        |threads| threads as usize,
    )
}

fn task(args: &Args, language: Language) -> Result<Task, Failure> {
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
        folder: args.out.clone().unwrap_or_else(usual),
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
    Overrides {
        policies: args.policy.iter().cloned().collect(),
        years: args.years,
        replications: args.replications,
        seed: args.seed,
        people_per_agent: args.people_per_agent,
        sets: args.set.clone(),
    }
}

fn named(policy: &CheckedPolicy) -> Name {
    Name {
        zh: policy.policy.name_zh.clone(),
        en: policy.policy.name_en.clone(),
    }
}

/// Fewer years and replications than the experiment's, unless the user says how many.
fn shorten(checked: &mut CheckedExperiment, args: &Args) {
    let set = |key: &str| args.set.iter().any(|set| set.trim_start().starts_with(key));
    let experiment = &mut checked.experiment;
    let forced = experiment.forced_event.kind != ForcedKind::None;
    if args.years.is_none() && !set("experiment.years") && !forced {
        experiment.years = experiment.years.min(USUAL);
    }
    if args.replications.is_none() && !set("experiment.replications") {
        experiment.replications = experiment.replications.clamp(2, USUAL);
    }
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

/// Writes the tables, the chart, and last the manifest.
fn write_files(
    found: &Found<'_>,
    outcome: &Outcome<'_>,
    args: &Args,
    clock: &Clock,
) -> Result<(), OutputError> {
    let (task, run_seconds) = (found.task, clock.seconds());
    let (options, language) = (&task.files, task.files.language);
    let mut written: Vec<Written> = files::write(options, &task.division, found.attribution)?;
    if !args.no_charts {
        let data = chart(found);
        let drawn = Drawn {
            name: "attribution",
            svg: waterfall::svg(&data, language),
            table: waterfall::table(&data, language),
        };
        let drawn = pictures::write([drawn], &options.folder);
        for file in drawn.map_err(|error| error.in_folder(&options.folder))? {
            written.push(describe(&options.folder, &file)?);
        }
    }
    let circumstances = Circumstances {
        arguments: std::env::args().skip(1).collect(),
        options: json!({
            "command": "attribute",
            "policy": task.division.on.key,
            "against": match args.against { Against::Baseline => "baseline", Against::Neutral => "neutral" },
            "parts": task.division.pieces.iter().map(|piece| piece.key()).collect::<Vec<_>>(),
            "language": language.code(),
            "replications": task.checked.experiment.replications,
        }),
        threads: threads(args),
        started_unix_seconds: clock.started_unix_seconds,
        run_seconds,
        total_seconds: clock.seconds(),
    };
    manifest::write(options, found.plan, outcome, &circumstances, &written)?;
    Ok(())
}

/// The chart's data.
fn chart(found: &Found<'_>) -> waterfall::Data {
    let Task {
        division, from, to, ..
    } = found.task;
    let label = |key: &str, name: &Name| PolicyLabel {
        key: key.to_owned(),
        name: pictures::words(name),
    };
    let step = |told: &Told| waterfall::Step {
        estimate: Estimate {
            mean: told.mean,
            low: told.low,
            high: told.high,
        },
        resolved: told.stands_out(),
    };
    let panel = |attributed: &Attributed| waterfall::Panel {
        measure: Words::new(attributed.measure.zh(), attributed.measure.en()),
        quantity: quantity(attributed.measure),
        steps: attributed.parts.iter().map(step).collect(),
        whole: step(&attributed.whole),
    };
    let question = question(found.task.cut);
    waterfall::Data {
        source: pictures::source_of(found.plan, found.attribution.replications),
        from: label(&division.off.key, from),
        to: label(&division.on.key, to),
        question: Words::new(question[0], question[1]),
        parts: division
            .pieces
            .iter()
            .map(|piece| {
                let word = |language| piece.word(language);
                Words::new(word(Language::Chinese), word(Language::English))
            })
            .collect(),
        panels: found.attribution.measures.iter().map(panel).collect(),
    }
}

/// What is asked, in Chinese and English.
fn question(cut: Cut) -> [&'static str; 2] {
    match cut {
        Cut::Mechanisms => ["各项机制有多大作用", "What each mechanism contributes"],
        Cut::LayerGroups | Cut::Layers => [
            "各层分担有多大作用",
            "What each layer of sharing contributes",
        ],
    }
}

/// What a measure counts, for the chart.
fn quantity(measure: Measure) -> Quantity {
    let unit = measure.unit();
    match unit {
        Unit::PeoplePerYear => Quantity::PeoplePerYear,
        Unit::YuanPerYear => Quantity::YuanPerYear,
        Unit::Yuan => Quantity::Yuan,
        Unit::Share => Quantity::Share,
        _ => Quantity::Other(Words::new(unit.zh(), unit.en())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::attribution::MEASURES;

    fn args(policy: Option<&str>) -> Args {
        Args {
            experiment: Some("seminar-county".to_owned()),
            policy: policy.map(str::to_owned),
            against: Against::Baseline,
            layers: None,
            years: None,
            replications: None,
            seed: None,
            threads: None,
            people_per_agent: None,
            set: Vec::new(),
            out: None,
            force: false,
            no_charts: true,
            quiet: true,
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
            set: vec!["experiment.years=9".to_owned()],
            ..args(None)
        };
        let more = told(super::task(&more, Language::English))
            .checked
            .experiment;
        assert_eq!((more.years, more.replications), (9, 7));
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

    #[test]
    fn every_measure_has_its_unit_in_the_chart() {
        let shown = MEASURES.map(quantity);
        assert_eq!(shown[0], Quantity::PeoplePerYear);
        assert_eq!(shown[2], Quantity::Share);
        assert!(matches!(shown[5], Quantity::Other(_)));
    }
}
