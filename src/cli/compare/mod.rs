//! `compare [EXPERIMENT]`: every policy through the same dangers, in parallel; files and a table.

mod broken;
mod dry_run;
mod growing;
mod job;
mod keeping;
mod liability;
mod linted;
mod robust;
pub(super) mod shard;
mod until;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::options::RunOptions;
use super::progress::Progress;
use super::{Context, Failure, disk, interrupt, memory, region, seminar, table};
use crate::experiment::memory::Keeping;
use crate::experiment::simulator::{Missing, Simulator};
use crate::output::replications::Found;
use crate::output::{self, OutputError};
use crate::report::charts::Charts;
use crate::report::pictures::Stories;
use crate::report::{gather, html, pictures};
use crate::scenario::{CheckedExperiment, Problems, load_experiment};
use crate::vocabulary::{Language, Vocabulary};

pub use job::{Finished, Job, Ways, run_plan};

/// Arguments of `compare`.
#[derive(Args, Clone, Debug)]
pub struct CompareArguments {
    /// Experiment: a built-in key or a file (default: china-2020)
    pub experiment: Option<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "described by its own type")]
    pub options: RunOptions,
}

impl CompareArguments {
    fn name(&self) -> &str {
        self.experiment.as_deref().unwrap_or("china-2020")
    }

    /// The experiment with further settings.
    pub(super) fn load(&self) -> impl Fn(Vec<String>) -> Result<CheckedExperiment, Problems> {
        |settings| load_experiment(self.name(), &self.options.overrides_with(settings))
    }
}

/// Runs the command.
pub fn run(arguments: &CompareArguments, context: &mut Context<'_>) -> Result<(), Failure> {
    let name = arguments.name();
    run_checked(&arguments.options, &arguments.load(), context)?;
    if arguments.options.shard.is_none()
        && seminar::SOCIETIES.contains(&name)
        && !arguments.options.work.dry_run
    {
        writeln!(context.out, "{}", seminar::hint(context.language))?;
    }
    Ok(())
}

/// Runs an experiment, which is loaded with further settings for each set of parameters; writes its files and
/// prints the table.
pub(super) fn run_checked(
    options: &RunOptions,
    load: robust::Load<'_>,
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    run_or_merge(options, load, None, context)
}

/// A run that was made before, and is put together from its shards or made again.
pub(super) struct Repeated {
    /// Arguments of its command.
    pub(super) arguments: Vec<String>,
    /// Replications of its shards; `None`: they are run.
    pub(super) found: Option<Found>,
    /// What the lint found then; `None`: the policies are linted.
    pub(super) findings: Option<html::FindingsByPolicy>,
}

/// The same, or of a run that was made before.
pub(super) fn run_or_merge(
    options: &RunOptions,
    load: robust::Load<'_>,
    repeated: Option<Repeated>,
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    let language = context.language;
    let checked = &load(Vec::new())?;
    let refused = |error: OutputError| Failure::Usage(error.word(language));
    let mut linted = None;
    let repeated = repeated.map(|repeated| {
        linted = repeated.findings;
        (repeated.found, repeated.arguments)
    });
    let ways = Ways {
        until: until::of(options, checked, language)?,
        shard: shard::of(options, language)?,
        repeated,
    };
    let mut job = Job::new(options, checked, ways, language).map_err(refused)?;
    let asked = options.region.as_deref();
    let province = asked
        .map(|asked| region::find(&checked.society.tables, asked, language))
        .transpose()?;
    let sets = robust::Task::new(checked, options.parameter_sets, load, language)?;
    if options.work.dry_run {
        return dry_run::tell(checked, &mut job, sets.as_ref(), context);
    }
    let threads_of_sets = fit_memory(&mut job, checked, sets.as_ref(), language)?;
    disk::fit(checked, &job, language)?;
    let mut robustness = None;
    interrupt::listen(language);
    let simulator = simulator(checked, options.work.quiet, language)?.with_tail(options.tail);
    let plan = job.plan(&simulator, checked);
    let engine = job.checkpointed(&simulator, plan.policies.len());
    if let Some(shard) = job.shard {
        return shard::run_and_tell(&plan, &engine, &job, shard, context);
    }
    let scene_hours = checked.society.society.rescue.scene_start_hours;
    let draw = |finished: &Finished, folder: &Path| {
        let plan = &finished.plan;
        let of_pages = || {
            let findings = match (&linted, options.no_charts) {
                (None, false) => linted::findings(checked, &simulator, &options.inputs.set),
                _ => BTreeMap::new(),
            };
            let besides = gather::Asked {
                findings,
                arguments: linted::repeating(&job.arguments),
            };
            gather::pages(plan, &finished.sample, &finished.summary, &besides)
        };
        let (charts, mut pages) =
            rayon::join(|| charts_of(finished, folder, scene_hours), of_pages);
        let (charts, stories, mut files) = charts?;
        if let Some(sets) = &sets {
            let progress = Progress::new(sets.runs(), options.work.quiet, language);
            let found = sets.conduct(threads_of_sets, &|| progress.advance());
            progress.finish();
            let written = output::robustness::write(&job.files, &found)?;
            files.extend(written.into_iter().map(|file| PathBuf::from(file.file)));
            robustness = Some(found);
        }
        pages.robustness = robustness.as_ref().map(gather::robustness);
        pages.stories = stories.stories;
        linted::put(linted.as_ref(), &mut pages);
        files.push(html::keep(&pages, folder)?);
        if !options.no_charts {
            files.extend(drawn(&charts, &pages, folder, language)?);
        }
        Ok(files)
    };
    let finished = run_plan(&plan, &engine, &job, draw).map_err(refused)?;
    let results = table::Results {
        folder: &job.files.folder,
        charts: !options.no_charts,
    };
    let text = table::render(&finished.summary, results, terminal_width(), language);
    if let Some(province) = province {
        let own = region::render(
            &finished.plan,
            &finished.sample,
            province,
            terminal_width(),
            language,
        );
        write!(context.out, "{own}")?;
    }
    write!(context.out, "{text}")?;
    if let Some(owed) = finished.summary.liabilities.told() {
        let text = liability::render(&plan, owed, terminal_width(), language);
        write!(context.out, "{text}")?;
    }
    if let Some(precision) = &finished.precision {
        write!(context.out, "{}", precision.text(language))?;
    }
    let text = robust::render(robustness.as_ref(), terminal_width(), language);
    write!(context.out, "{text}")?;
    let sets_stand = robustness.is_none_or(|found| found.self_checks_passed);
    if finished.stands() && sets_stand {
        return Ok(());
    }
    Err(broken::failed(&finished.failures, &plan, &job, language))
}

/// What charts and stories say, and the files that keep it.
fn charts_of(
    finished: &Finished,
    folder: &Path,
    scene_hours: f64,
) -> Result<(Charts, Stories, Vec<PathBuf>), OutputError> {
    let mut charts = gather::charts(&finished.plan, &finished.sample);
    let stories = gather::stories(&finished.plan, &finished.telling, &charts, scene_hours);
    charts.story = stories.stories.first().cloned();
    let files = vec![
        pictures::keep(&charts, folder)?,
        pictures::keep_stories(&stories, folder)?,
    ];
    Ok((charts, stories, files))
}

/// Draws the charts, and writes the pages meanwhile; names the files.
fn drawn(
    charts: &Charts,
    pages: &html::Data,
    folder: &Path,
    language: Language,
) -> Result<Vec<PathBuf>, OutputError> {
    let (drawn, written) = rayon::join(
        || pictures::write_of_run(charts.draw(language), folder, language),
        || html::write(charts, pages, folder, language),
    );
    let mut files = drawn?;
    files.extend(written.map_err(|error| error.of_folder(folder))?);
    Ok(files)
}

/// Lets a job have as many threads as memory is there for; those that its sets of parameters may have.
fn fit_memory(
    job: &mut Job,
    checked: &CheckedExperiment,
    sets: Option<&robust::Task>,
    language: Language,
) -> Result<usize, Failure> {
    let asked = job.threads;
    job.threads = memory::threads_that_fit(checked, Keeping::Records, asked, language)?;
    sets.map_or(Ok(asked), |sets| sets.threads_that_fit(asked, language))
}

/// A run that failed a self-check.
pub(super) fn failed_self_check(language: Language) -> Failure {
    let text = language.pick(
        "见 manifest.json 和上面的注意事项",
        "see manifest.json and the warnings above",
    );
    Failure::SelfCheck(text.to_owned())
}

/// Builds the society and prices the policies; the forced event that is asked for is there.
pub(super) fn simulator(
    checked: &CheckedExperiment,
    quiet: bool,
    language: Language,
) -> Result<Simulator, Failure> {
    if !quiet {
        tell_of_building(checked.policies.len(), language);
    }
    let simulator = Simulator::new(checked);
    match simulator.missing_event() {
        Some(missing) => Err(Failure::Usage(missing_event(missing, language))),
        None => Ok(simulator),
    }
}

/// What to say where the province is not struck as often as the forced event asks.
fn missing_event(missing: Missing, language: Language) -> String {
    let (kind, years) = (missing.kind.word(language), missing.return_period_years);
    match language {
        Language::Chinese => format!(
            "指定灾害不存在：该省在 {years} 年一遇的水平上没有{kind}损失。换一个省份或灾种，或加大 experiment.forced_event.return_period_years。"
        ),
        Language::English => format!(
            "there is no such forced event: once in {years} years this province has no loss by {kind}. Choose another province or hazard, or a greater experiment.forced_event.return_period_years."
        ),
    }
}

/// Says on standard error what takes time before the runs.
fn tell_of_building(policies: usize, language: Language) {
    let text = match language {
        Language::Chinese => format!("正在建立社会、为 {policies} 项政策计价…"),
        Language::English => format!("building the society, pricing {policies} policies…"),
    };
    // Nobody reads a closed standard error; the work goes on.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Columns of the terminal: by `COLUMNS`, else by the terminal itself, else 120; between 80 and 240.
#[expect(
    clippy::disallowed_methods,
    reason = "the width of the table on the screen; no result depends on it"
)]
pub(super) fn terminal_width() -> u16 {
    let columns = std::env::var("COLUMNS").ok();
    let told = columns.and_then(|text| text.parse().ok());
    let measured = || terminal_size::terminal_size().map(|(width, _)| width.0);
    told.or_else(measured).unwrap_or(120).clamp(80, 240)
}
