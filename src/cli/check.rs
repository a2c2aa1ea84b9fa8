//! `check`: input files held against all rules, and policies linted.

mod linted;

use crate::cli::args::KindArgument;
use crate::cli::check::linted::Linted;
use crate::cli::findings::{self, Denied};
use crate::cli::options::worker_threads;
use crate::cli::{Context, Failure, estimate};
use crate::experiment::cost::Work;
use crate::experiment::memory::Keeping;
use crate::lint::Severity;
use crate::scenario::problem::say;
use crate::scenario::{self, CheckedExperiment, CheckedSociety, InputKind, Overrides, Problems};

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Paths of files, or names of built-ins
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
    /// Kind of the files (otherwise told from the content)
    #[arg(long)]
    pub kind: Option<KindArgument>,
    /// Society in which policies are checked
    #[arg(long, value_name = "SOCIETY", default_value = "china-2020")]
    pub society: String,
    /// Change a value before checking; repeatable, e.g. policy.sharing.property.subsidy=0.5
    #[arg(long, value_name = "TABLE.KEY=VALUE")]
    pub set: Vec<String>,
    /// Let findings of a severity, or of a kind, count as errors (warning if nothing is named)
    #[arg(
        long,
        value_name = "SEVERITY|FINDING",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "warning",
        value_delimiter = ',',
        value_parser = Denied::names()
    )]
    pub deny: Vec<String>,
    /// Only hold the files against the rules; look for nothing that may not be meant
    #[arg(long, conflicts_with = "deny")]
    pub no_lint: bool,
}

/// Checks all files; findings and sizes go to the results, problems to the failure.
///
/// # Errors
/// All problems of all files.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let mut problems = Problems::default();
    let mut refused = 0;
    let mut linted = Linted::new(args);
    for name in &args.files {
        let kind = match args.kind {
            Some(kind) => Ok(kind.into()),
            None => scenario::kind_of(name),
        };
        match kind
            .map_err(Failure::Input)
            .and_then(|kind| check(kind, name, args, &mut linted, context))
        {
            Ok(errors) => refused += errors,
            Err(Failure::Input(found)) => problems.extend(found),
            Err(other) => return Err(other),
        }
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    findings::refuse(refused, context.language)
}

/// Checks one file; returns how many findings count as errors.
fn check(
    kind: InputKind,
    name: &str,
    args: &Args,
    linted: &mut Linted<'_>,
    context: &mut Context<'_>,
) -> Result<usize, Failure> {
    match kind {
        InputKind::Society => {
            let checked = scenario::load_society(name, &args.set)?;
            society(name, &checked, context)?;
            let baseline = checked.society.baseline.clone();
            linted.tell(name, checked, &[baseline], context)
        }
        InputKind::Policy => policy(name, args, linted, context),
        InputKind::Experiment => {
            let overrides = Overrides {
                sets: args.set.clone(),
                ..Overrides::default()
            };
            let checked = scenario::load_experiment(name, &overrides)?;
            experiment(name, &checked, context)?;
            let policies = named(&checked);
            let society = checked.experiment.society.clone();
            linted.tell(&society, checked.society, &policies, context)
        }
    }
}

/// The policies that an experiment names, each once; of a grid its allocations and its ways of sharing.
fn named(checked: &CheckedExperiment) -> Vec<String> {
    let design = &checked.experiment;
    let listed = design.policies.iter();
    let all = listed
        .chain(&design.grid.allocation)
        .chain(&design.grid.sharing);
    let mut names = vec![checked.society.society.baseline.clone()];
    for name in all {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

fn sound(
    name: &str,
    kind: InputKind,
    title: &str,
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    let language = context.language;
    let word = kind.word(language);
    let line = say!(
        language,
        "{name}: 无问题({word}: {title})",
        "{name}: no problems ({word}: {title})"
    );
    writeln!(context.out, "{line}")?;
    Ok(())
}

fn society(name: &str, checked: &CheckedSociety, context: &mut Context<'_>) -> Result<(), Failure> {
    let language = context.language;
    let values = &checked.society;
    sound(
        name,
        InputKind::Society,
        language.pick(&values.name_zh, &values.name_en),
        context,
    )?;
    let (provinces, people) = (checked.tables.provinces.len(), people(checked));
    let line = say!(
        language,
        "  {provinces} 个省级单位,{people} 人",
        "  {provinces} provinces, {people} people"
    );
    writeln!(context.out, "{line}")?;
    Ok(())
}

fn policy(
    name: &str,
    args: &Args,
    linted: &mut Linted<'_>,
    context: &mut Context<'_>,
) -> Result<usize, Failure> {
    let language = context.language;
    // Tells the problems of society and policy together, which loading one after the other would not.
    let (society, checked) = scenario::load_policy_in(&args.society, name, &args.set)?;
    let title = language.pick(&checked.policy.name_zh, &checked.policy.name_en);
    let denied = Denied::of(&args.deny);
    let found = linted.findings(&args.society, society, name)?;
    if denied.worst(found) > Some(Severity::Advice) {
        let word = InputKind::Policy.word(language);
        writeln!(context.out, "{name}({word}: {title}):")?;
    } else {
        sound(name, InputKind::Policy, title, context)?;
    }
    findings::write(found, &denied, language, context.out)?;
    Ok(denied.count(found))
}

fn experiment(
    name: &str,
    checked: &CheckedExperiment,
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    let language = context.language;
    let design = &checked.experiment;
    sound(
        name,
        InputKind::Experiment,
        language.pick(&design.name_zh, &design.name_en),
        context,
    )?;
    let threads = worker_threads(None);
    let runs = estimate::runs(checked, checked.policies.len(), language);
    let work = Work::of(checked, Keeping::Records, threads);
    let cost = estimate::cost(&work, threads, language);
    write!(context.out, "  {runs}  {cost}")?;
    Ok(())
}

fn people(society: &CheckedSociety) -> u64 {
    society
        .tables
        .provinces
        .iter()
        .map(|province| province.population)
        .sum()
}
