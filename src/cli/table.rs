//! The terminal table: what a minister could read. Deaths and money stand apart and are never added.

use std::fmt::Write as _;
use std::path::Path;

use super::layout::{Figures, before_bracket, laid_out};
use super::numbers::{change, number, short, with_half};
use super::scale::{Scale, scale_of};
use crate::experiment::statistics::{Difference, Estimate};
use crate::experiment::summary::{IndicatorSummary, PolicySummary, Summary};
use crate::experiment::warnings::{Warning, headline, headline_word};
use crate::measures::indicators::{Direction, Indicator, indicators};
use crate::measures::{Measure, Subject};
use crate::scenario::experiment::Start;
use crate::vocabulary::Language;

/// Warnings shown; all are in `manifest.json`.
const WARNINGS: usize = 8;

/// Where the results are, for the end of the text.
#[derive(Clone, Copy, Debug)]
pub struct Results<'a> {
    /// Folder of the run.
    pub folder: &'a Path,
    /// Whether charts were drawn.
    pub charts: bool,
}

/// The whole text: headline table, plan indicators, warnings, and where the files are.
pub fn render(summary: &Summary, results: Results<'_>, width: u16, language: Language) -> String {
    let mut text = title(summary, language);
    let tables = [
        headline_table(summary, width, language),
        note(summary, language),
        indicator_table(summary, width, language),
        warnings(&summary.warnings, language),
        files(results, language),
    ];
    for part in tables.iter().filter(|part| !part.is_empty()) {
        text.push_str(part);
        text.push('\n');
    }
    text
}

fn title(summary: &Summary, language: Language) -> String {
    let Summary {
        years,
        replications,
        identity,
        ..
    } = summary;
    let name = summary.experiment_name.word(language);
    let society = summary.society_name.word(language);
    let start = match summary.start {
        Start::Baseline => "",
        Start::OwnEquilibrium => language.pick(
            "；各政策从自身长期均衡起步",
            "; each policy from its own equilibrium",
        ),
    };
    match language {
        Language::Chinese => {
            format!(
                "{name}(社会：{society}；{years} 年 × {replications} 次模拟{start}；编号 {identity})\n"
            )
        }
        Language::English => {
            format!(
                "{name} (society: {society}; {years} years × {replications} replications{start}; run {identity})\n"
            )
        }
    }
}

fn scale(summary: &Summary, subject: Subject, language: Language) -> Scale {
    let means = summary
        .policies
        .iter()
        .filter_map(|policy| policy.figure(subject));
    let greatest = means
        .map(|figure| figure.estimate.mean.abs())
        .fold(0.0, f64::max);
    scale_of(subject.measure.unit(), greatest, language)
}

/// Columns: the headline, with deaths outside great events where these rule the mean.
fn columns(summary: &Summary) -> Vec<Subject> {
    let mut subjects = headline().to_vec();
    let without = Subject::whole(Measure::DeathsWithoutGreat);
    let differs = summary.policies.iter().any(|policy| {
        let mean = |subject| policy.figure(subject).map(|figure| figure.estimate.mean);
        mean(without) != mean(subjects[0])
    });
    if differs {
        subjects.insert(1, without);
    }
    subjects
}

fn headline_table(summary: &Summary, width: u16, language: Language) -> String {
    let subjects = columns(summary);
    let scales: Vec<Scale> = subjects
        .iter()
        .map(|s| scale(summary, *s, language))
        .collect();
    let column = |(subject, scale): (&Subject, &Scale)| {
        let name = headline_word(*subject, language);
        let cell = |policy| headline_cell(policy, *subject, scale, language);
        Figures {
            heading: format!("{}\n{}", before_bracket(name), scale.unit),
            cells: summary.policies.iter().map(cell).collect(),
        }
    };
    let columns: Vec<Figures> = subjects.iter().zip(&scales).map(column).collect();
    laid_out(
        language.pick("政策", "policy"),
        &names(summary, language),
        &columns,
        width,
    )
}

fn names(summary: &Summary, language: Language) -> Vec<&str> {
    let policies = summary.policies.iter();
    policies.map(|policy| policy.word(language)).collect()
}

fn headline_cell(
    policy: &PolicySummary,
    subject: Subject,
    scale: &Scale,
    language: Language,
) -> String {
    policy.figure(subject).map_or_else(String::new, |figure| {
        two_lines(
            &figure.estimate,
            figure.difference.as_ref(),
            scale,
            language,
        )
    })
}

/// Two lines: mean ± half the interval; the difference to the baseline, which has none itself.
pub(super) fn two_lines(
    estimate: &Estimate,
    difference: Option<&Difference>,
    scale: &Scale,
    language: Language,
) -> String {
    let level = with_half(
        estimate.mean / scale.divisor,
        estimate.half_width() / scale.divisor,
    );
    let second = difference.map_or_else(
        || language.pick("基准", "baseline").to_owned(),
        |difference| difference_text(difference, scale, language),
    );
    format!("{level}\n{second}")
}

/// The difference to the baseline in words: how much, or why nothing can be said.
fn difference_text(difference: &Difference, scale: &Scale, language: Language) -> String {
    if difference.identical {
        language.pick("完全相同", "identical").to_owned()
    } else if difference.negligible {
        language.pick("持平", "equal").to_owned()
    } else if difference.resolved {
        let half = difference.half_width() / scale.divisor;
        change(difference.mean / scale.divisor, half)
    } else {
        language.pick("尚难区分", "not resolved").to_owned()
    }
}

fn note(summary: &Summary, language: Language) -> String {
    let n = summary.replications;
    match language {
        Language::Chinese => format!(
            "每格首行：均值 ± 95%置信区间半宽；次行：与基准的配对差值(同一组风险历史，n = {n})。\n\
             “尚难区分”= 现有模拟次数下尚难区分(区间见 summary.csv)；“持平”= 相差不足百万分之一。死亡与金额不相加。"
        ),
        Language::English => format!(
            "First line: mean ± half of the 95 % interval; second: paired difference to the baseline (same dangers, n = {n}).\n\
             Not resolved = not resolved by these runs (interval in summary.csv); equal = within a millionth.\n\
             Deaths and money are never added."
        ),
    }
}

fn indicator_table(summary: &Summary, width: u16, language: Language) -> String {
    let column = |(position, number): (usize, &&str)| {
        let cell = |policy: &PolicySummary| {
            let indicator = policy.indicators.get(position);
            indicator.map_or_else(String::new, |indicator| indicator_cell(indicator, language))
        };
        Figures {
            heading: (*number).to_owned(),
            cells: summary.policies.iter().map(cell).collect(),
        }
    };
    let columns: Vec<Figures> = NUMBERS.iter().enumerate().map(column).collect();
    let heading = language.pick("规划指标", "plan indicator");
    let mut text = laid_out(heading, &names(summary, language), &columns, width);
    let chance = language.pick(
        "次行：各次模拟中达到目标的比例；与按上报数计算的不同时另列一行",
        "Second line: share of the replications that meet the target; third: by reported figures, where it differs",
    );
    let _ = write!(text, "\n{chance}");
    for (number, indicator) in NUMBERS.iter().zip(indicators()) {
        let _ = write!(text, "\n{number} {}", legend(indicator, language));
    }
    text
}

/// Numbers of the plan indicators, above their columns and before their legend lines.
const NUMBERS: [&str; 7] = ["①", "②", "③", "④", "⑤", "⑥", "⑦"];

/// Name, unit and target of an indicator.
fn legend(indicator: &Indicator, language: Language) -> String {
    let (name, unit) = (indicator.word(language), indicator.unit(language));
    let target = indicator.target.map(|target| match indicator.direction {
        Direction::Relative => {
            let words = language.pick("目标：较基准 ", "target, to the baseline: ");
            format!("{words}{} %", number(target * 100.0))
        }
        Direction::Below => {
            format!("{}≤ {}", language.pick("目标：", "target: "), short(target))
        }
    });
    match (language, target) {
        (Language::Chinese, Some(target)) => format!("{name}({unit}；{target})"),
        (Language::Chinese, None) => format!("{name}({unit})"),
        (Language::English, Some(target)) => format!("{name} ({unit}; {target})"),
        (Language::English, None) => format!("{name} ({unit})"),
    }
}

/// Value; chance of the target; the chance by reported figures where it is another.
fn indicator_cell(indicator: &IndicatorSummary, language: Language) -> String {
    let happened = &indicator.happened;
    let estimate = &happened.estimate;
    let mut text = with_half(estimate.mean, estimate.half_width());
    if let Some(chance) = happened.probability_of_target {
        let words = language.pick("达标", "met");
        let _ = write!(text, "\n{words} {:.0} %", chance * 100.0);
    }
    let reported = indicator
        .reported
        .as_ref()
        .and_then(|r| r.probability_of_target);
    if let Some(chance) = reported.filter(|chance| Some(*chance) != happened.probability_of_target)
    {
        let words = language.pick("按上报", "reported");
        let _ = write!(text, "\n{words} {:.0} %", chance * 100.0);
    }
    text
}

/// One line a warning, as far as they can be read.
pub(super) fn warnings(all: &[Warning], language: Language) -> String {
    let mark = language.pick("注意：", "Warning: ");
    let shown = all.iter().take(WARNINGS);
    let mut lines: Vec<String> = shown
        .map(|warning| format!("{mark}{}", warning.word(language)))
        .collect();
    let more = all.len().saturating_sub(WARNINGS);
    if more > 0 {
        lines.push(match language {
            Language::Chinese => format!("{mark}另有 {more} 条，见 manifest.json"),
            Language::English => format!("{mark}{more} more in manifest.json"),
        });
    }
    lines.join("\n")
}

/// Where the files are, and which to open first.
fn files(results: Results<'_>, language: Language) -> String {
    let folder = results.folder.display();
    let charts = if results.charts {
        format!("brief.{}.html, report.html, charts/, ", language.code())
    } else {
        String::new()
    };
    match language {
        Language::Chinese => format!(
            "结果目录：{folder}\n先看：{}summary.csv、indicators.csv；各列含义见 columns.csv",
            charts.replace(", ", "、")
        ),
        Language::English => format!(
            "Files: {folder}\nOpen first: {charts}summary.csv, indicators.csv; columns.csv says what each column means"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic::{plan, sample};

    fn results() -> Results<'static> {
        Results {
            folder: Path::new("output/x"),
            charts: true,
        }
    }

    fn summary(policies: &[usize], replications: u32) -> Summary {
        let plan = plan(policies, replications, 4);
        let sample = sample(&plan, policies, 0..replications);
        Summary::of(&plan, &sample, &[])
    }

    #[test]
    fn english_table() {
        let text = render(
            &summary(&[0, 1, 4, 4], 40),
            results(),
            120,
            Language::English,
        );
        insta::assert_snapshot!(text);
    }

    #[test]
    fn chinese_table() {
        let text = render(
            &summary(&[0, 1, 4, 4], 40),
            results(),
            120,
            Language::Chinese,
        );
        insta::assert_snapshot!(text);
    }

    /// Columns that a text takes on a terminal: two for Chinese and full-width characters.
    fn columns_taken(line: &str) -> usize {
        line.chars()
            .map(|c| {
                if matches!(c, '\u{2e80}'..='\u{ffef}') {
                    2
                } else {
                    1
                }
            })
            .sum()
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_and_a_whole_table_is_even_in_both_languages() {
        for language in [Language::Chinese, Language::English] {
            for width in [80, 120] {
                let summary = summary(&[0, 1, 4], 8);
                let text = headline_table(&summary, width, language);
                let widths: Vec<usize> = text.lines().map(columns_taken).collect();
                let whole = width == 120;
                assert!(widths.iter().all(|w| *w <= width as usize), "{text}");
                assert!(!whole || widths.iter().all(|w| *w == widths[0]), "{text}");
                assert!(widths.len() > 8);
            }
        }
    }

    #[test]
    fn one_replication_resolves_nothing() {
        let text = render(&summary(&[0, 4], 1), results(), 120, Language::English);
        assert!(text.contains("not resolved") && !text.contains("NaN"));
    }
}
