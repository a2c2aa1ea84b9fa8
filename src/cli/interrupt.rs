//! Ctrl-C and the request to end: what is finished is kept, what is under way is dropped.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::time::Duration;

use crate::output::folder::{self, Claim};
use crate::output::replications::keeper::Count;
use crate::output::replications::{FOLDER, checkpoint};
use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// How long the disk is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// Exit status of a command that the user stopped.
const STATUS: i32 = 130;

/// How the user goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// The same command with `--resume`.
    Resume,
    /// The same command with `--resume` instead of `--force`.
    ResumeUnforced,
    /// The same command.
    Same,
}

impl Again {
    /// After a command that does this with its folder.
    pub(super) fn of(claim: Claim) -> Self {
        match claim {
            Claim::Part => Again::Same,
            Claim::Over => Again::ResumeUnforced,
            Claim::New | Claim::GoOn => Again::Resume,
        }
    }
}

struct Work {
    folder: PathBuf,
    count: Arc<Count>,
    wanted: Arc<AtomicU32>,
    again: Again,
}

static WORK: Mutex<Option<Work>> = Mutex::new(None);

/// Work whose finished replications are kept; it is over when this is dropped.
pub(super) struct UnderWay(Arc<AtomicU32>);

impl UnderWay {
    /// So many replications are to be kept in the end.
    pub(super) fn want(&self, replications: u32) {
        self.0.store(replications, Ordering::Relaxed);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        *WORK.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Work begins.
pub(super) fn begin(folder: PathBuf, count: Arc<Count>, again: Again) -> UnderWay {
    let wanted = Arc::new(AtomicU32::new(0));
    let work = Work {
        folder,
        count,
        wanted: Arc::clone(&wanted),
        again,
    };
    *WORK.lock().unwrap_or_else(PoisonError::into_inner) = Some(work);
    UnderWay(wanted)
}

/// From now on the process ends in good order when it is asked to.
pub(super) fn listen(language: Language) {
    static ONCE: Once = Once::new();
    // Where the system lets nobody listen, the process ends at once; what is kept is whole all the same.
    ONCE.call_once(|| drop(ctrlc::set_handler(move || end(language))));
}

fn end(language: Language) {
    let work = WORK.lock().unwrap_or_else(PoisonError::into_inner).take();
    let mut text = language.pick("已中断", "interrupted").to_owned();
    if let Some(work) = work {
        let kept = work.count.close(PATIENCE);
        folder::sweep(&work.folder);
        let wanted = work.wanted.load(Ordering::Relaxed);
        text.push_str(language.pick("：", ": "));
        text.push_str(&told([kept, wanted], &work.folder, work.again, language));
        text.push_str(&of_checkpoints(&work.folder, language));
    }
    // Nobody reads a closed standard error.
    let _ = writeln!(io::stderr(), "\n{text}");
    std::process::exit(STATUS);
}

fn told([kept, wanted]: [u32; 2], folder: &Path, again: Again, language: Language) -> String {
    let folder = folder.display();
    let again = match again {
        Again::Resume => language.pick(
            "同一命令加 --resume 接着运行",
            "the same command with --resume goes on",
        ),
        Again::ResumeUnforced => language.pick(
            "同一命令把 --force 换成 --resume 接着运行",
            "the same command with --resume in place of --force goes on",
        ),
        Again::Same => language.pick("同一命令接着运行", "the same command goes on"),
    };
    say!(
        language,
        "{wanted} 次模拟中已有 {kept} 次保存在 {folder}；{again}",
        "{kept} of {wanted} replications are kept in {folder}; {again}"
    )
}

/// What is kept of unfinished replications; nothing where nothing is.
fn of_checkpoints(folder: &Path, language: Language) -> String {
    let found = checkpoint::in_replications(&folder.join(FOLDER)).unwrap_or_default();
    let newest: BTreeMap<_, _> = found
        .into_iter()
        .map(|(place, _)| (place.part, place.week))
        .collect();
    let told = newest.into_iter().map(|(part, week)| {
        let replication = part.replication + 1;
        match part.policy.map(|position| position + 1) {
            Some(policy) => say!(
                language,
                "第 {replication} 次模拟第 {policy} 项政策到第 {week} 周",
                "replication {replication} under policy {policy} up to week {week}"
            ),
            None => say!(
                language,
                "第 {replication} 次模拟的预热到第 {week} 周",
                "the burn-in of replication {replication} up to week {week}"
            ),
        }
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() {
        return String::new();
    }
    let told = told.join(language.pick("，", ", "));
    say!(
        language,
        "；未完成的存有检查点：{told}",
        "; of unfinished ones there are checkpoints: {told}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_and_how_to_go_on_is_said() {
        let said =
            |claim, language| told([3, 40], Path::new("output/x"), Again::of(claim), language);
        assert_eq!(
            said(Claim::New, Language::English),
            "3 of 40 replications are kept in output/x; the same command with --resume goes on"
        );
        let forced = said(Claim::Over, Language::Chinese);
        assert!(
            forced.contains("40 次模拟中已有 3 次") && forced.contains("--force 换成 --resume")
        );
        assert!(said(Claim::Part, Language::English).ends_with("the same command goes on"));
    }
}
