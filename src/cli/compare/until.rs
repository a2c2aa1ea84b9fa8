//! `--until`: from the option to goals that are looked at whenever the replications double.

use super::job::Until;
use crate::cli::Failure;
use crate::cli::options::RunOptions;
use crate::experiment::precision::{Candidate, Goal, Refusal, looks};
use crate::scenario::CheckedExperiment;
use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// Replications at most, as a multiple of those of the experiment, unless the user says how many.
const USUAL: u32 = 16;

/// What is asked; `None` where replications are as many as the experiment says.
pub(super) fn of(
    options: &RunOptions,
    checked: &CheckedExperiment,
    language: Language,
) -> Result<Option<Until>, Failure> {
    if options.until.is_empty() {
        return Ok(None);
    }
    let policies: Vec<Candidate<'_>> = checked
        .policies
        .iter()
        .map(|policy| Candidate {
            key: &policy.key,
            name_zh: &policy.policy.name_zh,
        })
        .collect();
    let baseline = checked
        .policies
        .iter()
        .position(|policy| policy.key == checked.baseline.key)
        .unwrap_or(0);
    let goals = options.until.iter();
    let goals: Vec<Goal> = goals
        .map(|text| Goal::parse(text, &policies, baseline))
        .collect::<Result<_, Refusal>>()
        .map_err(|refusal| Failure::Usage(refusal.text(language)))?;
    let first = checked.experiment.replications;
    let most = options
        .max_replications
        .unwrap_or_else(|| first.max(2).saturating_mul(USUAL).min(65_535));
    if most < first {
        return Err(Failure::Usage(say!(
            language,
            "--max-replications {most} 小于实验的模拟次数 {first}：加大它，或减小 --replications",
            "--max-replications {most} is less than the {first} replications of the experiment: raise it, or lower --replications"
        )));
    }
    Ok(Some(Until {
        goals,
        looks: looks(first, most),
    }))
}
