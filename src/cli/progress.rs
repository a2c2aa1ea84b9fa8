//! Progress on standard error: a bar with the time left on a terminal, else a line now and then.

use std::io::{IsTerminal, Write, stderr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::vocabulary::Language;

/// Time between two lines where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// Counts finished runs.
pub struct Progress {
    total: AtomicU64,
    done: AtomicU64,
    language: Language,
    started: Instant,
    display: Display,
}

enum Display {
    Nothing,
    Bar(ProgressBar),
    Lines(Mutex<Instant>),
}

#[expect(clippy::disallowed_methods, reason = "the clock is for messages only")]
impl Progress {
    /// Progress towards a number of runs.
    pub fn new(total: u64, quiet: bool, language: Language) -> Self {
        let display = if quiet {
            Display::Nothing
        } else if stderr().is_terminal() {
            Display::Bar(bar(total, language))
        } else {
            Display::Lines(Mutex::new(Instant::now()))
        };
        Progress {
            total: AtomicU64::new(total),
            done: AtomicU64::new(0),
            language,
            started: Instant::now(),
            display,
        }
    }

    /// One more run is finished; any thread may say so.
    pub fn advance(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        match &self.display {
            Display::Nothing => {}
            Display::Bar(bar) => bar.inc(1),
            Display::Lines(last) => {
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                if last.elapsed() >= LINE_EVERY {
                    *last = Instant::now();
                    let total = self.total.load(Ordering::Relaxed);
                    let text = line(done, total, self.started.elapsed(), self.language);
                    // Nobody reads a closed standard error; the work goes on.
                    let _ = writeln!(stderr(), "{text}");
                }
            }
        }
    }

    /// More runs are to be done, in all.
    pub fn go_on(&self, total: u64) {
        self.total.store(total, Ordering::Relaxed);
        if let Display::Bar(bar) = &self.display {
            bar.set_length(total);
        }
    }

    /// Clears the bar.
    pub fn finish(&self) {
        if let Display::Bar(bar) = &self.display {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: u64, language: Language) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    let template = language.pick(
        "模拟 {bar:40} {pos}/{len} 次，剩余约 {eta}",
        "{bar:40} {pos}/{len} runs, about {eta} left",
    );
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_secs(1));
    bar
}

/// A line of progress with the time left, judged by the mean so far.
fn line(done: u64, total: u64, elapsed: Duration, language: Language) -> String {
    let per_run = elapsed.as_secs_f64() / done.max(1) as f64;
    let left = per_run * total.saturating_sub(done) as f64;
    let (zh, en) = if left < 90.0 {
        (format!("{left:.0} 秒"), format!("{left:.0} s"))
    } else {
        (
            format!("{:.0} 分钟", left / 60.0),
            format!("{:.0} min", left / 60.0),
        )
    };
    match language {
        Language::Chinese => format!("已完成 {done}/{total} 次模拟，剩余约 {zh}"),
        Language::English => format!("{done}/{total} runs done, about {en} left"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_judge_the_time_left_by_the_mean_so_far() {
        let at = |seconds, language| line(10, 40, Duration::from_secs(seconds), language);
        assert_eq!(
            at(20, Language::English),
            "10/40 runs done, about 60 s left"
        );
        assert!(at(200, Language::Chinese).ends_with("剩余约 10 分钟"));
    }
}
