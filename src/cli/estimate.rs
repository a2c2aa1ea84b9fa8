//! What work will cost, in words: for `--dry-run` and `check`.

use super::numbers::number;
use crate::experiment::cost::{Work, agents};
use crate::scenario::CheckedExperiment;
use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// The runs of an experiment and its citizen agents, one line.
pub(super) fn runs(checked: &CheckedExperiment, policies: usize, language: Language) -> String {
    let experiment = &checked.experiment;
    let (replications, years) = (experiment.replications, experiment.years);
    let burn_in = experiment.burn_in_years;
    let runs = policies as u64 * u64::from(replications);
    let agents = number(agents(checked) as f64);
    say!(
        language,
        "{policies} 项政策 × {replications} 次 = {runs} 次模拟，每次预热 {burn_in} 年后模拟 {years} 年；居民主体约 {agents} 个\n",
        "{policies} policies × {replications} replications = {runs} runs; years of each: {years}, after {burn_in} of burn-in; about {agents} citizen agents\n"
    )
}

/// Time and memory, one line.
pub(super) fn cost(work: &Work, threads: usize, language: Language) -> String {
    let processor = duration(work.seconds, language);
    let wall = duration(work.seconds / threads as f64, language);
    let memory = memory(work.bytes);
    say!(
        language,
        "处理器时间约 {processor}；{threads} 个线程约需 {wall}，内存约 {memory}\n",
        "processor time: about {processor}; on {threads} threads about {wall} and {memory} of memory\n"
    )
}

/// What stands at the end of a dry run.
pub(super) fn dry(language: Language) -> &'static str {
    language.pick("(试算：未运行)\n", "(dry run: nothing was run)\n")
}

/// A time, to two digits.
fn duration(seconds: f64, language: Language) -> String {
    let (value, zh, en) = match seconds {
        ..90.0 => (seconds, "秒", "s"),
        ..5400.0 => (seconds / 60.0, "分钟", "minutes"),
        _ => (seconds / 3600.0, "小时", "hours"),
    };
    let value = if value < 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    };
    format!("{value} {}", language.pick(zh, en))
}

/// Memory, to two digits.
fn memory(bytes: f64) -> String {
    match bytes / 1e6 {
        megabytes @ ..1000.0 => format!("{} MB", libm::round(megabytes / 10.0).max(1.0) * 10.0),
        megabytes => format!("{:.1} GB", megabytes / 1000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_unit_that_fits() {
        let told = |seconds| duration(seconds, Language::English);
        assert_eq!(told(2.34), "2.3 s");
        assert_eq!(told(89.0), "89 s");
        assert_eq!(told(300.0), "5.0 minutes");
        assert_eq!(told(7200.0), "2.0 hours");
        assert_eq!(duration(720.0, Language::Chinese), "12 分钟");
        assert_eq!(memory(46e6), "50 MB");
        assert_eq!(memory(1.66e9), "1.7 GB");
    }
}
