//! `seminar`: runs the two seminar societies in every combination and writes the page that answers from them.

mod task;

use std::io;

use serde_json::json;

use super::clock::Clock;
use super::compare;
use super::options::{InputOptions, WorkOptions};
use super::progress::Progress;
use super::{Context, Failure, estimate, memory};
use crate::experiment::Plan;
use crate::experiment::cost::Work;
use crate::experiment::memory::Keeping;
use crate::experiment::run::Schedule;
use crate::experiment::seminar::{Found, SWITCHES, live};
use crate::experiment::simulator::Simulator;
use crate::experiment::warnings::{Warning, of_runs};
use crate::output::file::{Written, write_whole};
use crate::output::manifest::{self, Outcome};
use crate::output::seminar::{self as table, Combination};
use crate::output::{OutputError, folder};
use crate::report::seminar::{self as report, Ran};
use crate::scenario::problem::say;
use crate::vocabulary::Language;
use task::{Society, Task};

/// The societies of the page; experiments of the same names compare policies in them.
pub const SOCIETIES: [&str; 2] = ["seminar-county", "seminar-city"];

/// Name of the page.
const PAGE: &str = "seminar.html";

/// Arguments of `seminar`.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Years of each history (default: 5)
    #[arg(long, value_name = "YEARS", value_parser = clap::value_parser!(u32).range(1..=200))]
    pub years: Option<u32>,
    /// Histories that every combination lives through; the more, the narrower the intervals (default: 100; at most 400, so that the page stays below 6 MB)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=400))]
    pub replications: Option<u32>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "described by its own type")]
    pub inputs: InputOptions,
    #[command(flatten)]
    #[expect(missing_docs, reason = "described by its own type")]
    pub work: WorkOptions,
}

/// What `compare` says of this command at the end.
pub(super) fn hint(language: Language) -> &'static str {
    language.pick(
        "课堂网页(离线单个文件，开关、分组卡片、运气还是政策)：riskweave seminar --lang zh",
        "A page for a room (one offline file: switches, group cards, luck or policy): riskweave seminar",
    )
}

/// One society, run.
struct Lived<'a> {
    society: &'a Society,
    plan: Plan,
    found: Found,
    keys: Vec<String>,
    warnings: Vec<Warning>,
}

/// Runs the command: every input and the folder are checked before anything is run.
///
/// # Errors
/// Everything that is wrong with the inputs; a folder that may not be written to; a run that broke off.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let language = context.language;
    let refused = |error: OutputError| Failure::Usage(error.word(language));
    let task = task::task(args, language)?;
    folder::check(&task.files.folder, args.work.force).map_err(refused)?;
    let mut threads = args.inputs.worker_threads();
    if args.work.dry_run {
        write!(context.out, "{}", dry_run(&task, threads, language))?;
        return Ok(());
    }
    for society in &task.societies {
        threads = memory::threads_that_fit(&society.all, Keeping::Figures, threads, language)?;
    }
    let clock = Clock::start();
    let simulators: Vec<Simulator> = task
        .societies
        .iter()
        .map(|society| compare::simulator(&society.all, args.work.quiet, language))
        .collect::<Result<_, Failure>>()?;
    let _held = folder::make(&task.files.folder, args.work.force).map_err(refused)?;
    let runs: usize = task
        .societies
        .iter()
        .map(|own| own.all.policies.len())
        .sum();
    let progress = Progress::new(
        u64::from(task.replications) * runs as u64,
        args.work.quiet,
        language,
    );
    let lived = task
        .societies
        .iter()
        .zip(&simulators)
        .map(|(society, simulator)| lived(society, simulator, threads, &progress));
    let lived: Vec<Lived<'_>> = lived.collect::<Result<_, Failure>>()?;
    progress.finish();
    if lived.iter().any(|own| own.found.histories.len() < 2) {
        return Err(compare::failed_self_check(language));
    }
    let written = write_files(&task, &lived, args, &clock).map_err(refused)?;
    write!(context.out, "{}", told(&task, &lived, &written, language))?;
    if lived.iter().all(|own| outcome(own).stands()) {
        return Ok(());
    }
    Err(compare::failed_self_check(language))
}

/// What would be run, and what it would cost.
fn dry_run(task: &Task, threads: usize, language: Language) -> String {
    let mut text = String::new();
    let mut all: Option<Work> = None;
    for society in &task.societies {
        let (of, named) = (&society.all, &society.named.society.society);
        let name = language.pick(&named.name_zh, &named.name_en);
        let runs = estimate::runs(of, of.policies.len(), language);
        text.extend([name, language.pick("：", ": "), &runs]);
        let own = Work::of(of, Keeping::Figures, threads);
        all = Some(all.map_or(own, |all| all + own));
    }
    let cost = all.map(|work| estimate::cost(&work, threads, language));
    text.extend(cost);
    text + estimate::dry(language)
}

/// Runs every policy of a society.
fn lived<'a>(
    society: &'a Society,
    simulator: &Simulator,
    threads: usize,
    progress: &Progress,
) -> Result<Lived<'a>, Failure> {
    let mut plan = simulator.plan(&society.named).map_err(io::Error::other)?;
    // The identity is that of all combinations; the manifest holds the policies that they are made of.
    plan.hash = society.all.hash().map_err(io::Error::other)?;
    let schedule = Schedule {
        replications: 0..society.all.experiment.replications,
        policies: society.all.policies.len(),
        threads,
    };
    let watch = || progress.advance();
    let found = live(simulator, &plan.facts, &society.policies, schedule, &watch);
    let keys: Vec<String> = society
        .all
        .policies
        .iter()
        .map(|own| own.key.clone())
        .collect();
    let checked: Vec<_> = keys
        .iter()
        .map(String::as_str)
        .zip(&found.checked)
        .collect();
    let warnings = of_runs(&checked, &found.failures);
    Ok(Lived {
        society,
        plan,
        found,
        keys,
        warnings,
    })
}

fn outcome<'a>(lived: &'a Lived<'_>) -> Outcome<'a> {
    let found = &lived.found;
    let keys = lived.keys.iter().map(String::as_str);
    Outcome {
        policies: keys.zip(&found.checked).collect(),
        replications: found.histories.len(),
        failures: &found.failures,
        warnings: &lived.warnings,
    }
}

/// Every combination of a society, for the table.
fn combinations<'a>(lived: &'a Lived<'_>) -> impl Iterator<Item = Combination<'a>> {
    let positions = lived.society.policies.positions();
    positions
        .into_iter()
        .enumerate()
        .map(|(number, position)| Combination {
            society: &lived.plan.society,
            kind: if number < SWITCHES {
                "switches"
            } else {
                "cards"
            },
            key: if position == 0 {
                "none"
            } else {
                &lived.keys[position]
            },
            values: &lived.found.policies[position].values,
            present: &lived.found.policies[0].values,
        })
}

/// Writes the page, the table, and last the manifest.
fn write_files(
    task: &Task,
    lived: &[Lived<'_>],
    args: &Args,
    clock: &Clock,
) -> Result<Vec<Written>, OutputError> {
    let (options, run_seconds) = (&task.files, clock.seconds());
    let ran: Vec<Ran<'_>> = lived
        .iter()
        .map(|own| Ran {
            plan: &own.plan,
            inputs: &own.society.named.society.society,
            policies: &own.society.policies,
            found: &own.found,
        })
        .collect();
    let page = report::page(&report::data(&ran, [&task.allocations, &task.sharings]))
        .map_err(|error| OutputError::io(&options.folder.join(PAGE), error))?;
    let mut written = vec![write_whole(&options.folder, PAGE, page.as_bytes())?];
    written.extend(table::write(options, lived.iter().flat_map(combinations))?);
    let resolved = json!({
        "command": "seminar",
        "switches": "present arrangement (off) or network (on), mechanism by mechanism",
        "cards": task.cards,
        "language": options.language.code(),
        "replications": task.replications,
    });
    let threads = args.inputs.worker_threads();
    let circumstances = clock.circumstances(resolved, threads, run_seconds);
    let runs: Vec<_> = lived.iter().map(|own| (&own.plan, outcome(own))).collect();
    manifest::write_of_several(options, &runs, &circumstances, &written)?;
    Ok(written)
}

/// What was made and how to begin.
fn told(task: &Task, lived: &[Lived<'_>], written: &[Written], language: Language) -> String {
    let page = task.files.folder.join(PAGE);
    let page = page.display();
    let megabytes = written.first().map_or(0.0, |file| file.bytes as f64 / 1e6);
    let mut text = String::new();
    for own in lived {
        let name = own.plan.society_name.word(language);
        let (n, years) = (own.found.histories.len(), own.plan.years);
        let (policies, identity) = (own.keys.len(), own.plan.identity());
        text.push_str(&say!(
            language,
            "{name}：{policies} 种组合 × {n} 段历史 × {years} 年(编号 {identity})\n",
            "{name}: {policies} combinations × {n} histories × {years} years (run {identity})\n"
        ));
    }
    let mark = language.pick("注意：", "Warning: ");
    for warning in lived.iter().flat_map(|own| &own.warnings) {
        text.extend([mark, warning.word(language), "\n"]);
    }
    text.push_str(&say!(
        language,
        "网页：{page}({megabytes:.1} MB)，用任何浏览器打开，不需要网络；可拷到 U 盘或发到手机\n",
        "Page: {page} ({megabytes:.1} MB). Open it in any browser, no network needed; copy it to a stick or send it to phones\n"
    ));
    text
}
