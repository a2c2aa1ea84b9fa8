//! `--dry-run` of `compare` and `run`: what would be run, and what it would cost.

use super::job::Job;
use super::robust;
use crate::cli::{Context, Failure, disk, estimate};
use crate::experiment::cost::Work;
use crate::experiment::memory::Keeping;
use crate::experiment::precision::Goal;
use crate::scenario::CheckedExperiment;
use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// Says it on standard output; every input and the folder have been checked.
///
/// # Errors
/// If memory or disk does not suffice.
pub(super) fn tell(
    checked: &CheckedExperiment,
    job: &mut Job,
    sets: Option<&robust::Task>,
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    let language = context.language;
    let fitting = super::fit_memory(job, checked, sets, language);
    let threads_of_sets = fitting.as_ref().map_or(1, |threads| *threads);
    if fitting.is_err() {
        job.threads = 1;
    }
    let robust = sets.map(|sets| (sets.sets(), sets.work(threads_of_sets)));
    write!(context.out, "{}", text(checked, job, robust, language))?;
    fitting?;
    disk::fit(checked, job, language)
}

/// What to say; `robust` is the number of sets of parameters, and what they cost.
fn text(
    checked: &CheckedExperiment,
    job: &Job,
    robust: Option<(usize, Work)>,
    language: Language,
) -> String {
    let title = language.pick(&checked.experiment.name_zh, &checked.experiment.name_en);
    let mut text = format!("{title} ({})\n", checked.key);
    text.push_str(&estimate::runs(checked, checked.policies.len(), language));
    if let Some((number, work)) = &robust {
        let runs = work.runs;
        text.push_str(&say!(
            language,
            "稳健性：{number} 组参数，另有 {runs} 次模拟\n",
            "robustness: {number} sets of parameters, {runs} runs more\n"
        ));
    }
    if job.tail > 0 {
        let (years, policies) = (job.tail, checked.policies.len());
        text.push_str(&say!(
            language,
            "尾部：另有 {years} 个自然灾害年，各经 {policies} 项政策\n",
            "tail: {years} natural years more, each under {policies} policies\n"
        ));
    }
    let cost = |experiment: &CheckedExperiment| {
        let runs = Work::of(experiment, Keeping::Records, job.threads);
        let work = runs + Work::of_tail(experiment, job.tail);
        let all = robust.map_or(work, |(_, robust)| work + robust);
        estimate::cost(&all, job.threads, language)
    };
    text.push_str(&cost(checked));
    if let Some(until) = &job.until {
        let most = until.looks.last().copied().unwrap_or_default();
        let mut longest = checked.clone();
        longest.experiment.replications = most;
        let goals: Vec<String> = until.goals.iter().map(Goal::to_string).collect();
        let goals = goals.join(language.pick("；", "; "));
        text.push_str(&say!(
            language,
            "直到 {goals}：至多 {most} 次，那时",
            "until {goals}: at most {most} replications, then "
        ));
        text.push_str(&cost(&longest));
    }
    if let Some(checkpoints) = disk::Checkpoints::of(checked, job) {
        text.push_str(&checkpoints.text(language));
    }
    let folder = job.files.folder.display();
    text.push_str(&say!(
        language,
        "结果目录：{folder}\n",
        "results would go to {folder}\n"
    ));
    text.push_str(estimate::dry(language));
    text
}
