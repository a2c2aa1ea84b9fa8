//! `prices [SOCIETY]`: what each lever costs and does at the margin.

mod tables;

use std::path::PathBuf;

use super::options::worker_threads;
use super::progress::Progress;
use super::{Context, Failure, compare, memory, single_file};
use crate::experiment::memory::Keeping;
use crate::experiment::prices::{self, Broken, Lever, Price, Task};
use crate::scenario::declaration::nearest_of;
use crate::scenario::problem::{say, suggestion};
use crate::scenario::{
    CheckedExperiment, CheckedPolicy, Overrides, load_policy, load_society, without_file,
};
use crate::vocabulary::Language;

/// Arguments of `prices`.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Society: a built-in key or a file (default: china-2020)
    pub society: Option<String>,
    /// Policy whose levers are moved (default: the baseline of the society)
    #[arg(long, value_name = "POLICY")]
    pub policy: Option<String>,
    /// Only levers whose name begins so (repeatable), e.g. remedy or budget.plan_yuan_per_head.train
    #[arg(long, value_name = "LEVER")]
    pub lever: Vec<String>,
    /// Step: share of a lever's value (of its range, if it is at zero)
    #[arg(long, value_name = "SHARE", default_value = "0.1", value_parser = share)]
    pub step: f64,
    /// Years of the horizon
    #[arg(long, value_name = "YEARS", default_value = "5", value_parser = clap::value_parser!(u32).range(1..=200))]
    pub years: u32,
    /// Replications: histories of dangers that every step lives through
    #[arg(long, value_name = "N", default_value = "4", value_parser = clap::value_parser!(u32).range(2..=65_535))]
    pub replications: u32,
    /// Seed of the dangers; the same seed gives the same figures
    #[arg(long, value_name = "SEED")]
    pub seed: Option<u64>,
    /// People that a citizen agent stands for; 1 = everyone
    #[arg(long, value_name = "N", default_value = "10000", value_parser = clap::value_parser!(u32).range(1..))]
    pub people_per_agent: u32,
    /// Worker threads (default: all processors); results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub threads: Option<u32>,
    /// Override any input, e.g. society.works.effect.flood=0.5 (repeatable)
    #[arg(long, value_name = "TABLE.KEY=VALUE")]
    pub set: Vec<String>,
    /// File of the prices (CSV), with intervals; the table is printed in any case
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Overwrite the file
    #[arg(long)]
    pub force: bool,
    /// Show no progress
    #[arg(long)]
    pub quiet: bool,
}

/// A share above zero, at most one.
fn share(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "0 < SHARE ≤ 1".to_owned())?;
    (value > 0.0 && value <= 1.0)
        .then_some(value)
        .ok_or_else(|| "0 < SHARE ≤ 1".to_owned())
}

/// Runs the command.
///
/// # Errors
/// Inputs that are wrong, a run that fails a self-check, output that cannot be written.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let language = context.language;
    single_file::check(args.out.as_deref(), args.force, language)?;
    let name = args.society.as_deref().unwrap_or("china-2020");
    let society = load_society(name, &args.set)?;
    let policy_name = args.policy.as_ref().unwrap_or(&society.society.baseline);
    let policy = load_policy(policy_name, &society, &args.set)?;
    let levers = chosen(&policy, args, language)?;
    let checked = without_file(name, &args.overrides(policy_name, &levers))?;
    let prices = priced(&checked, &policy, levers, args, language)?;
    let text = tables::render(&prices, &checked, args, compare::terminal_width(), language);
    write!(context.out, "{text}")?;
    match &args.out {
        Some(path) => single_file::write(path, &tables::csv(&prices, language), context),
        None => Ok(()),
    }
}

impl Args {
    /// The policy and one variant of it for each lever; each at its own cost, from its own equilibrium
    /// (works and plant outlive ten years), unless the user sets another start.
    fn overrides(&self, policy: &str, levers: &[Lever]) -> Overrides {
        let variants = levers
            .iter()
            .map(|lever| format!("{policy}[{}]", lever.setting()));
        let set = |text: &str| text.to_owned();
        let mut sets = vec![
            set("experiment.start=own-equilibrium"),
            set("experiment.burn_in_years=1"),
        ];
        sets.extend(self.set.iter().cloned());
        sets.push(set("experiment.equal_budget=false"));
        Overrides {
            policies: [policy.to_owned()].into_iter().chain(variants).collect(),
            years: Some(self.years),
            replications: Some(self.replications),
            seed: self.seed,
            people_per_agent: Some(self.people_per_agent),
            sets,
        }
    }
}

/// The levers that are asked for.
fn chosen(policy: &CheckedPolicy, args: &Args, language: Language) -> Result<Vec<Lever>, Failure> {
    let mut all = prices::levers(policy, args.step);
    for wanted in &args.lever {
        if !all.iter().any(|lever| is_named(lever, wanted)) {
            // A mechanism names all of its levers.
            let keys = all.iter().map(Lever::key);
            let names = keys.flat_map(|key| [key.split('.').next().unwrap_or(key), key]);
            let near = suggestion(nearest_of(wanted, names), language);
            return Err(Failure::Usage(say!(
                language,
                "没有可上调的调节手段 `{wanted}`(名称见 scenarios/parameters.csv，不带 policy.；已在最大值的除外)。{near}",
                "there is no lever `{wanted}` that could be raised (names as in scenarios/parameters.csv, without `policy.`; none that is at its greatest value). {near}"
            )
            .trim_end()
            .to_owned()));
        }
    }
    if !args.lever.is_empty() {
        all.retain(|lever| args.lever.iter().any(|wanted| is_named(lever, wanted)));
    }
    Ok(all)
}

/// Whether a lever has this name, or stands in the table of this name.
fn is_named(lever: &Lever, wanted: &str) -> bool {
    let wanted = wanted.trim_start_matches("policy.");
    let rest = lever.key().strip_prefix(wanted);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn priced(
    checked: &CheckedExperiment,
    policy: &CheckedPolicy,
    levers: Vec<Lever>,
    args: &Args,
    language: Language,
) -> Result<Vec<Price>, Failure> {
    let asked = worker_threads(args.threads);
    let threads = memory::threads_that_fit(checked, Keeping::Figures, asked, language)?;
    let simulator = compare::simulator(checked, args.quiet, language)?;
    let runs = u64::from(args.replications) * checked.policies.len() as u64;
    let progress = Progress::new(runs, args.quiet, language);
    let reference = checked.policies.iter().position(|p| p.key == policy.key);
    let found = prices::prices(Task {
        checked,
        simulator: &simulator,
        reference: reference.unwrap_or(0),
        levers,
        threads,
        watch: &|| progress.advance(),
    });
    progress.finish();
    let mut found = found.map_err(|broken| broken_words(&broken, language))?;
    prices::sort(&mut found);
    Ok(found)
}

fn broken_words(broken: &Broken, language: Language) -> Failure {
    Failure::SelfCheck(match broken {
        Broken::Check => say!(
            language,
            "某次模拟的守恒检查不成立；请报告此问题并附上命令",
            "a run does not balance; please report it with the command"
        ),
        Broken::Off(failures) => {
            let n = failures.len();
            let message = failures.first().map_or("", |failure| &failure.message);
            say!(
                language,
                "{n} 次模拟中断：{message}",
                "{n} replications broke off: {message}"
            )
        }
    })
}
