//! The text on the terminal: signs, regret and the best by policy, what decides, and rankings by rule.

use std::fmt::Write as _;

use crate::cli::layout::{Figures, before_bracket, laid_out};
use crate::cli::numbers::number;
use crate::cli::scale::scale_of_differences;
use crate::experiment::robustness::{Robustness, Row, Verdict};
use crate::experiment::sensitivity::study::MEASURES;
use crate::measures::Measure;
use crate::scenario::problem::say;
use crate::vocabulary::{Language, Vocabulary};

/// Differences told with what decides them.
const TOLD: usize = 8;

/// The whole text; where nothing was run, that.
pub(in crate::cli::compare) fn render(
    robustness: Option<&Robustness>,
    width: u16,
    language: Language,
) -> String {
    let Some(robustness) = robustness else {
        let text = language.pick(
            "稳健性(参数取各自范围内的值时结论是否仍成立)：未运行(--parameter-sets 64)\n",
            "Robustness over the ranges of uncertain parameters: not run (--parameter-sets 64)\n",
        );
        return text.to_owned();
    };
    let parts = [
        title(robustness, language),
        table(robustness, width, language),
        note(language),
        deciding(robustness, language),
        rules(robustness, language),
    ];
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts.fold(String::new(), |text, part| text + part + "\n")
}

fn title(robustness: &Robustness, language: Language) -> String {
    let Robustness {
        sets,
        years,
        replications,
        parameters,
        uncertain,
        ..
    } = robustness;
    say!(
        language,
        "稳健性：{parameters} 个不确定参数(共 {uncertain} 个)的 {sets} 组取值，每组 {years} 年 × {replications} 次模拟，全部风险源",
        "Robustness: {sets} sets of values of {parameters} uncertain parameters (of {uncertain}), {years} years × {replications} replications each, all sources of danger"
    )
}

fn table(robustness: &Robustness, width: u16, language: Language) -> String {
    let policies: Vec<&[Row]> = robustness.rows.chunks(MEASURES.len()).collect();
    let names: Vec<&str> = policies
        .iter()
        .map(|rows| rows[0].policy_name.word(language))
        .collect();
    let column = |(position, measure): (usize, Measure)| {
        let rows = || policies.iter().map(move |rows| &rows[position]);
        let regrets = rows().filter_map(|row| row.greatest_regret);
        let scale = scale_of_differences(measure, regrets.fold(0.0, f64::max), language);
        Figures {
            heading: format!("{}\n{}", before_bracket(measure.word(language)), scale.unit),
            cells: rows()
                .map(|row| cell(row, scale.divisor, language))
                .collect(),
        }
    };
    let columns: Vec<Figures> = MEASURES.into_iter().enumerate().map(column).collect();
    laid_out(language.pick("政策", "policy"), &names, &columns, width)
}

fn percent(share: f64) -> String {
    format!("{:.0}", 100.0 * share)
}

fn cell(row: &Row, divisor: f64, language: Language) -> String {
    let mut text = row.verdict.word(language).to_owned();
    if let (Some(kept), true) = (row.same_sign, row.verdict != Verdict::Baseline) {
        let percent = percent(kept);
        text = say!(language, "{percent}% 同号", "{percent} % same sign");
    }
    if let (Some(mean), Some(greatest)) = (row.mean_regret, row.greatest_regret) {
        let (mean, greatest) = (number(mean / divisor), number(greatest / divisor));
        text.push_str(&say!(
            language,
            "\n后悔值 {mean}，至多 {greatest}",
            "\nregret {mean} ≤ {greatest}"
        ));
    }
    if let Some(best) = row.probability_of_being_best {
        let percent = percent(best);
        text.push_str(&say!(
            language,
            "\n{percent}% 最优",
            "\nbest in {percent} %"
        ));
    }
    text
}

fn note(language: Language) -> String {
    let text = language.pick(
        "每格：与基准之差符号不变的取值组占比(≥ 90% = 稳健，否则取决于假设)；后悔值 = 与该组最优政策之差，均值与最大值；最优的取值组占比。",
        "Cell: share of the sets in which the difference to the baseline keeps its sign (≥ 90 % = robust, else it depends on assumptions); regret = how much worse than the best policy of the set, mean and greatest; share of the sets in which it is the best.",
    );
    text.to_owned()
}

/// Differences that depend on assumptions, with the parameters that decide.
fn deciding(robustness: &Robustness, language: Language) -> String {
    let depends = robustness
        .rows
        .iter()
        .filter(|row| row.verdict == Verdict::Depends);
    let lines = depends.take(TOLD).map(|row| {
        let named = row.deciding.iter().map(|deciding| {
            let (name, rho) = (deciding.name.word(language), deciding.correlation);
            format!(
                "{name} ρ {:.2} [{:.2}, {:.2}]",
                rho.value, rho.low, rho.high
            )
            .replace('-', "−")
        });
        let named: Vec<String> = named.collect();
        let named = named.join(language.pick("、", ", "));
        let (policy, measure) = (
            row.policy_name.word(language),
            row.measure_name.word(language),
        );
        say!(
            language,
            "  取决于假设：{policy}，{measure}：{named}",
            "  depends on assumptions: {policy}, {measure}: {named}"
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The best policy in each measure under each rule.
fn rules(robustness: &Robustness, language: Language) -> String {
    let heading = language.pick(
        "各行为规则下的最优政策：",
        "Best policy under each behavioural rule:",
    );
    let mut text = heading.to_owned();
    for rule in &robustness.rules {
        let parameter = rule.parameter.trim_start_matches("society.");
        let own = if rule.own {
            language.pick("(社会自身)", " (the society's own)")
        } else {
            ""
        };
        let best = rule
            .rankings
            .iter()
            .zip(MEASURES)
            .map(|(ranking, measure)| {
                let best = ranking.policies.first().map_or("–", String::as_str);
                let name = measure.word(language);
                say!(language, "{name} {best}", "{name} {best}")
            });
        let best: Vec<String> = best.collect();
        let best = best.join(language.pick("，", "; "));
        let _ = write!(
            text,
            "\n  {parameter} = {}{own}{}{best}",
            rule.choice,
            language.pick("：", ": ")
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_run_is_said() {
        for language in [Language::Chinese, Language::English] {
            let text = render(None, 120, language);
            assert!(text.contains("--parameter-sets 64"), "{text}");
        }
    }
}
