//! `--shard i/n`: every n-th replication is run and kept for `merge`; no results are written.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::broken;
use super::job::Job;
use super::keeping::Store;
use crate::cli::options::RunOptions;
use crate::cli::progress::Progress;
use crate::cli::{Context, Failure};
use crate::experiment::Plan;
use crate::experiment::run::{self, Engine};
use crate::model::record::RunRecord;
use crate::output::OutputError;
use crate::output::file::write_whole;
use crate::output::folder::{self, Claim, SHARD};
use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// One of several parts of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Its number, from 1.
    pub number: u32,
    /// Parts in all.
    pub of: u32,
}

impl Shard {
    /// Reads `i/n`.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, of) = text.split_once('/')?;
        let shard = Shard {
            number: number.trim().parse().ok()?,
            of: of.trim().parse().ok()?,
        };
        (1..=shard.of).contains(&shard.number).then_some(shard)
    }

    /// Its replications (from 0), of so many.
    pub fn replications(self, all: u32) -> Vec<u32> {
        (0..all)
            .filter(|replication| replication % self.of == self.number - 1)
            .collect()
    }

    /// Its part of the name of a folder.
    pub(super) fn folder(self, experiment: &str) -> String {
        format!("{experiment}-shard-{}-of-{}", self.number, self.of)
    }
}

/// What is asked; `None` where the whole is run.
pub(super) fn of(options: &RunOptions, language: Language) -> Result<Option<Shard>, Failure> {
    let Some(text) = &options.shard else {
        return Ok(None);
    };
    let shard = Shard::parse(text).ok_or_else(|| {
        Failure::Usage(say!(
            language,
            "--shard {text}：请写 i/n，i 从 1 到 n，例如 2/8",
            "--shard {text}: write i/n with i from 1 to n, e.g. 2/8"
        ))
    })?;
    if !options.until.is_empty() {
        let text = language.pick(
            "--shard 不能与 --until 同用：何时停止要看全部模拟的结果，而一个分片只看得到自己的；请用 --replications 定下次数",
            "--shard does not go with --until: when to stop hangs on all replications, and a shard sees only its own; say how many with --replications",
        );
        return Err(Failure::Usage(text.to_owned()));
    }
    Ok(Some(shard))
}

/// What a folder with a shard says of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ShardFile {
    /// Which part.
    pub(crate) shard: Shard,
    /// Replications of the whole run.
    pub(crate) replications: u32,
    /// Code of the language in which results are written.
    pub(crate) language: String,
    /// Arguments of its command.
    pub(crate) arguments: Vec<String>,
    /// Replications (from 1) that broke off.
    pub(crate) broken: Vec<u32>,
}

impl ShardFile {
    /// Reads the file of a folder.
    ///
    /// # Errors
    /// What the system or the parser says.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let text = fs::read(folder.join(SHARD)).map_err(|error| error.to_string())?;
        serde_json::from_slice(&text).map_err(|error| error.to_string())
    }

    fn write(&self, folder: &Path) -> Result<(), OutputError> {
        let path = folder.join(SHARD);
        let mut text =
            serde_json::to_vec_pretty(self).map_err(|error| OutputError::io(&path, error))?;
        text.push(b'\n');
        write_whole(folder, SHARD, &text).map(drop)
    }
}

/// What came of a shard.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    shard: Shard,
    replications: usize,
    there: usize,
    /// Replications that broke off.
    pub(super) failures: Vec<run::Failure>,
}

/// Runs a shard and says what is kept of it.
///
/// # Errors
/// If it cannot be kept, or if a replication broke off.
pub(super) fn run_and_tell<E: Engine<Record = RunRecord>>(
    plan: &Plan,
    engine: &E,
    job: &Job,
    shard: Shard,
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    let language = context.language;
    let refused = |error: OutputError| Failure::Usage(error.word(language));
    let kept = run(plan, engine, job, shard).map_err(refused)?;
    write!(context.out, "{}", kept.text(&job.files.folder, language))?;
    if kept.failures.is_empty() {
        return Ok(());
    }
    Err(broken::failed(&kept.failures, plan, job, language))
}

/// Runs and keeps what is missing of a shard, then says so in its folder.
pub(super) fn run<E: Engine<Record = RunRecord>>(
    plan: &Plan,
    engine: &E,
    job: &Job,
    shard: Shard,
) -> Result<Kept, OutputError> {
    let path = &job.files.folder;
    let _held = folder::make_for(path, job.claim)?;
    if job.claim == Claim::Over && path.join(SHARD).exists() {
        fs::remove_file(path.join(SHARD)).map_err(|error| OutputError::io(path, error))?;
    }
    let mut store = Store::open(job, plan)?;
    let own = shard.replications(plan.replications);
    let missing: Vec<u32> = own.iter().copied().filter(|one| !store.has(*one)).collect();
    let runs = (missing.len() * plan.policies.len()) as u64;
    let progress = Progress::new(runs, job.quiet, job.files.language);
    store.want(own.len() as u32);
    let failures = store.hand_on(engine, &missing, &progress, |_, _| Ok(()))?;
    progress.finish();
    for failure in &failures {
        store.keep_failure(failure)?;
    }
    store.finish()?;
    let file = ShardFile {
        shard,
        replications: plan.replications,
        language: job.files.language.code().to_owned(),
        arguments: job.arguments.clone(),
        broken: failures
            .iter()
            .map(|failure| failure.replication + 1)
            .collect(),
    };
    file.write(path)?;
    Ok(Kept {
        shard,
        replications: own.len(),
        there: own.len() - missing.len(),
        failures,
    })
}

impl Kept {
    /// What is there now, and what is done with it.
    fn text(&self, folder: &Path, language: Language) -> String {
        let Shard { number, of } = self.shard;
        let (all, there) = (self.replications - self.failures.len(), self.there);
        let folder = folder.display();
        say!(
            language,
            "分片 {number}/{of}：{all} 次模拟已保存在 {folder}(其中 {there} 次原已保存)；各分片齐备后用 riskweave merge 合并\n",
            "shard {number}/{of}: {all} replications are kept in {folder} ({there} of them from before); riskweave merge puts the shards together\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_divide_the_replications() {
        let shards: Vec<Shard> = ["1/3", "2/3", " 3 / 3"]
            .iter()
            .filter_map(|text| Shard::parse(text))
            .collect();
        let parts: Vec<Vec<u32>> = shards.iter().map(|shard| shard.replications(7)).collect();
        assert_eq!(parts, [vec![0, 3, 6], vec![1, 4], vec![2, 5]]);
        assert_eq!(shards[1].folder("x"), "x-shard-2-of-3");
        for wrong in ["0/3", "4/3", "1/0", "3", "a/b", "1/3/5", "-1/3", ""] {
            assert_eq!(Shard::parse(wrong), None, "{wrong}");
        }
    }
}
