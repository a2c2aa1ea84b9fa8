//! Whether a plan fits into the memory of the machine: asked before any work is done.

use std::fs;

use super::Failure;
use super::numbers::bytes;
use crate::experiment::memory::{Keeping, Memory};
use crate::fault_injection;
use crate::scenario::CheckedExperiment;
use crate::vocabulary::Language;

/// Worker threads for an experiment: those asked for, or as many as memory is there for.
///
/// # Errors
/// Where not even one run fits, with what to do about it.
pub(super) fn threads_that_fit(
    checked: &CheckedExperiment,
    keeping: Keeping,
    asked: usize,
    language: Language,
) -> Result<usize, Failure> {
    let Some(available) = fault_injection::memory().or_else(available_bytes) else {
        return Ok(asked);
    };
    let memory = Memory::of(checked);
    let fitting = memory.threads_within(keeping, available, asked);
    fitting.ok_or_else(|| {
        let needed = [memory.on(keeping, 1), available];
        Failure::Usage(refusal(needed, checked, keeping, language))
    })
}

/// What to say where a plan does not fit: it needs so many bytes, of which so many are available.
fn refusal(
    [needed, available]: [u64; 2],
    checked: &CheckedExperiment,
    keeping: Keeping,
    language: Language,
) -> String {
    let (needed, available) = (bytes(needed), bytes(available));
    let people = checked.experiment.people_per_agent;
    let more = u64::from(people) * 10;
    let or = match (keeping, language) {
        (Keeping::Records, Language::Chinese) => "，或减少政策",
        (Keeping::Records, Language::English) => ", or compare fewer policies",
        _ => "",
    };
    match language {
        Language::Chinese => format!(
            "内存不够：--people-per-agent {people} 约需 {needed}，现有 {available} 可用。请加大 --people-per-agent（如 {more}）{or}。"
        ),
        Language::English => format!(
            "not enough memory: --people-per-agent {people} takes about {needed}, and {available} are available. Choose a larger --people-per-agent (e.g. {more}){or}."
        ),
    }
}

/// Memory that a new process may take (bytes): what the system says is available, within the limit of
/// the process's own group. Unknown where the system does not say.
fn available_bytes() -> Option<u64> {
    let system = kilobytes_available(&fs::read_to_string("/proc/meminfo").ok()?)? * 1024;
    let group = || {
        let limit = fs::read_to_string("/sys/fs/cgroup/memory.max").ok()?;
        let used = fs::read_to_string("/sys/fs/cgroup/memory.current").ok()?;
        let number = |text: &str| text.trim().parse::<u64>().ok();
        Some(number(&limit)?.saturating_sub(number(&used)?))
    };
    Some(group().map_or(system, |group| group.min(system)))
}

/// The line `MemAvailable` of the table of memory.
fn kilobytes_available(table: &str) -> Option<u64> {
    let line = table
        .lines()
        .find(|line| line.starts_with("MemAvailable:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overrides, without_file};

    #[test]
    fn the_line_of_available_memory_is_read() {
        let table = "MemTotal:       24000000 kB\nMemAvailable:   21500000 kB\n";
        assert_eq!(kilobytes_available(table), Some(21_500_000));
        assert_eq!(kilobytes_available("MemTotal: 1 kB\n"), None);
    }

    #[test]
    fn a_refusal_says_what_is_needed_what_there_is_and_what_to_do() {
        let overrides = Overrides {
            policies: vec!["current-2020".to_owned()],
            people_per_agent: Some(1),
            ..Overrides::default()
        };
        let checked = without_file("china-2020", &overrides).unwrap();
        for language in [Language::Chinese, Language::English] {
            let needed = [19_600_000_000, 8_100_000_000];
            let text = refusal(needed, &checked, Keeping::Figures, language);
            for part in ["19.6 GB", "8.10 GB", "--people-per-agent 1 ", " 10"] {
                assert!(text.contains(part), "{text}");
            }
        }
    }
}
