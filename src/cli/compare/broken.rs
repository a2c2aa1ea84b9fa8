//! Replications that broke off: what is said of them, so that each can be repeated alone.

use super::failed_self_check;
use super::job::Job;
use super::linted::repeating;
use crate::cli::Failure;
use crate::experiment::Plan;
use crate::experiment::run;
use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// Options that a part of a run does not go with.
const UNTIL: [&str; 2] = ["--until", "--max-replications"];

/// Why a run does not stand, with the seed, the inputs and the command of each replication that broke off.
pub(super) fn failed(
    failures: &[run::Failure],
    plan: &Plan,
    job: &Job,
    language: Language,
) -> Failure {
    if failures.is_empty() {
        return failed_self_check(language);
    }
    let folder = job.files.folder.display();
    let (seed, hash) = (plan.seed, &plan.hash);
    let of_one = |failure: &run::Failure| {
        let (number, message) = (failure.replication + 1, &failure.message);
        let under = match failure.policy {
            Some(policy) => plan.policies[policy].key.as_str(),
            None => language.pick("预热", "burn-in"),
        };
        let command = alone(number, plan, job);
        say!(
            language,
            "第 {number} 次模拟中断({under})：{message}\n  种子 {seed}，输入的散列值 {hash}；单独重现：{command}\n",
            "replication {number} broke off ({under}): {message}\n  seed {seed}, hash of the inputs {hash}; to repeat it alone: {command}\n"
        )
    };
    let mut text: String = failures.iter().map(of_one).collect();
    text.push_str(&match job.shard {
        Some(_) => say!(
            language,
            "其余各次保存在 {folder}；同一命令再试一次中断的各次",
            "the others are kept in {folder}; the same command tries those that broke off again"
        ),
        None => say!(
            language,
            "其余各次的结果在 {folder}，并保存在其中的 replications/；同一命令加 --resume(去掉 --force)再试一次中断的各次",
            "the results of the others are in {folder} and they are kept in its replications/; the same command with --resume (without --force) tries those that broke off again"
        ),
    });
    Failure::SelfCheck(text)
}

/// The command that runs one replication (from 1) alone.
fn alone(number: u32, plan: &Plan, job: &Job) -> String {
    let mut words = vec!["riskweave".to_owned()];
    let mut rest = repeating(&job.arguments).into_iter();
    while let Some(word) = rest.next() {
        let name = word.split('=').next().unwrap_or(&word);
        if !UNTIL.contains(&name) {
            words.push(word);
        } else if name == word {
            rest.next();
        }
    }
    let all = plan.replications.max(number);
    if plan.replications < number {
        // A goal asked for more than the experiment has: the part is one of so many.
        words.push(format!("--replications {number}"));
    }
    words.push(format!("--shard {number}/{all} --out replication-{number}"));
    words.join(" ")
}
