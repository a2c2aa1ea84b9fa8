//! The text on the terminal: contributions and their sum, interactions, and where the files are.

use std::fmt::Write as _;

use super::Found;
use super::chart::question;
use crate::cli::layout::{Figures, before_bracket, laid_out};
use crate::cli::numbers::{grouped, with_half};
use crate::cli::scale::{Scale, scale_of_differences};
use crate::cli::table;
use crate::experiment::attribution::{Attributed, Told};
use crate::measures::Measure;
use crate::measures::attribution::pairs;
use crate::measures::rounding::{Rounded, decimals_for};
use crate::output::attribution::FILES;
use crate::scenario::experiment::Start;
use crate::scenario::problem::say;
use crate::vocabulary::{Language, Vocabulary};

/// Interactions that are told; all are in the file.
const INTERACTIONS: usize = 12;
/// Figures of the greatest contribution.
const FIGURES: usize = 3;

/// The whole text.
pub(super) fn render(found: &Found<'_>, charts: bool, width: u16, language: Language) -> String {
    let parts = [
        title(found, language),
        contributions(found, width, language),
        note(found, language),
        same(found, language),
        interactions(found, language),
        table::warnings(found.warnings, language),
        files(found, charts, language),
    ];
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts.fold(String::new(), |text, part| text + part + "\n")
}

fn title(found: &Found<'_>, language: Language) -> String {
    let (task, plan) = (found.task, found.plan);
    let question = question(task.cut);
    let question = language.pick(question[0], question[1]);
    let (from, to) = (task.from.word(language), task.to.word(language));
    let society = plan.society_name.word(language);
    let (years, n) = (plan.years, found.attribution.replications);
    let (combinations, run) = (task.division.coalitions(), plan.identity());
    let budget = match (task.checked.experiment.equal_budget, language) {
        (true, Language::Chinese) => "预算相同",
        (true, Language::English) => "the same budget",
        (false, Language::Chinese) => "预算各按其成本",
        (false, Language::English) => "each at its own cost",
    };
    let start = match plan.start {
        Start::Baseline => "",
        Start::OwnEquilibrium => language.pick(
            "；各组合从自身长期均衡起步",
            "; each combination from its own equilibrium",
        ),
    };
    say!(
        language,
        "{question}：{to} − {from}\n(社会：{society}；{years} 年 × {n} 次模拟；{combinations} 种组合，{budget}{start}；编号 {run})",
        "{question}: {to} − {from}\n(society: {society}; {years} years × {n} replications; {combinations} combinations, {budget}{start}; run {run})"
    )
}

/// How a measure is shown: scale, and contributions rounded so that they add up.
struct Shown<'a> {
    measured: &'a Attributed,
    scale: Scale,
    rounded: Rounded,
}

impl<'a> Shown<'a> {
    fn of(measured: &'a Attributed, language: Language) -> Self {
        let told = measured.parts.iter().chain([&measured.whole]);
        let greatest = told.fold(0.0, |most: f64, told| most.max(told.mean.abs()));
        let scale = scale_of_differences(measured.measure, greatest, language);
        let shown = |told: &Told| told.mean / scale.divisor;
        let parts: Vec<f64> = measured.parts.iter().map(shown).collect();
        let decimals = decimals_for(greatest / scale.divisor, FIGURES);
        let rounded = Rounded::of(&parts, shown(&measured.whole), decimals);
        Shown {
            measured,
            scale,
            rounded,
        }
    }

    /// Value ± half the interval; whether the runs resolve it.
    fn cell(&self, units: i64, told: &Told, language: Language) -> String {
        if !told.mean.is_finite() {
            return language.pick("资料暂缺", "not available").to_owned();
        }
        let decimals = self.rounded.decimals;
        let sign = if units > 0 { "+" } else { "" };
        let value = grouped(self.rounded.value(units), decimals);
        let mut text = format!("{sign}{value}");
        if told.half_width().is_finite() {
            let half = told.half_width() / self.scale.divisor;
            let least = if half > 0.0 {
                self.rounded.value(1)
            } else {
                0.0
            };
            let _ = write!(text, " ± {}", grouped(half.max(least), decimals));
        }
        if told.nothing {
            text.push_str(language.pick("\n持平", "\nequal"));
        } else if !told.resolved {
            text.push_str(language.pick("\n尚难区分", "\nnot resolved"));
        }
        text
    }

    fn column(&self, language: Language) -> Figures {
        let measured = self.measured;
        let from = &measured.levels[0];
        let level = with_half(
            from.mean / self.scale.divisor,
            from.half_width() / self.scale.divisor,
        );
        let rounded = self.rounded.parts.iter();
        let parts = rounded.zip(&measured.parts);
        let sum = [(&self.rounded.whole, &measured.whole)];
        let cells = parts
            .chain(sum)
            .map(|(units, told)| self.cell(*units, told, language));
        Figures {
            heading: format!(
                "{}\n{}",
                before_bracket(measured.measure.word(language)),
                self.scale.unit
            ),
            cells: [level].into_iter().chain(cells).collect(),
        }
    }
}

fn contributions(found: &Found<'_>, width: u16, language: Language) -> String {
    let pieces = found.task.division.pieces.iter();
    let mut names = vec![language.pick("起点水平", "level at the start")];
    names.extend(pieces.map(|piece| piece.word(language)));
    names.push(language.pick("合计 = 两者之差", "sum = difference"));
    let measures = found.attribution.measures.iter();
    let columns: Vec<Figures> = measures
        .map(|measured| Shown::of(measured, language).column(language))
        .collect();
    laid_out(language.pick("部分", "part"), &names, &columns, width)
}

fn note(found: &Found<'_>, language: Language) -> String {
    let n = found.attribution.replications;
    say!(
        language,
        "每格：沙普利值(按所有引入次序平均的贡献) ± 95%置信区间半宽(按逐次模拟，同一组风险历史，n = {n})。\n\
         各部分之和等于两项政策之差，精确到所印末位；“尚难区分”= 区间含零(现有模拟次数下尚难区分)，“持平”= 不足水平的百万分之一。\n\
         死亡与金额不相加。",
        "Cell: Shapley value (mean contribution over all orders of bringing the parts in) ± half of the 95 % interval (by replication, same dangers, n = {n}).\n\
         The parts sum to the difference of the two policies, to the last digit printed. Not resolved = the interval holds zero; equal = within a millionth.\n\
         Deaths and money are never added."
    )
}

/// The parts in which the two policies agree.
fn same(found: &Found<'_>, language: Language) -> String {
    let same = found.task.division.same.iter();
    let words: Vec<&str> = same.map(|piece| piece.word(language)).collect();
    if words.is_empty() {
        return String::new();
    }
    let words = words.join(language.pick("、", ", "));
    say!(
        language,
        "两项政策相同、贡献为零：{words}",
        "The same in both, so nothing: {words}"
    )
}

/// Interactions that the runs tell from zero, the greatest first.
fn interactions(found: &Found<'_>, language: Language) -> String {
    let pieces = &found.task.division.pieces;
    let pairs = pairs(pieces.len());
    let measures = &found.attribution.measures;
    let looked_at = pairs.len() * measures.len();
    if looked_at == 0 {
        return String::new();
    }
    let clear = clear_interactions(measures);
    let (count, by_chance) = (clear.len(), 0.05 * looked_at as f64);
    let mut text = say!(
        language,
        "交互作用(两部分只有合在一起才有的)：{looked_at} 对中 {count} 对可区分，纯属偶然约 {by_chance:.0} 对；\n\
         负 = 合用比各自之和更低，正 = 更高(对死亡和损失，负即互补，正即一方做了另一方的一部分)。全部见 interactions.csv",
        "Interactions (what two parts do only together): {count} of {looked_at} are resolved, about {by_chance:.0} would be by chance alone;\n\
         negative = together lower than the two apart would add up to, positive = higher\n\
         (of deaths and loss: complements, or one does part of the other's work). All of them: interactions.csv"
    );
    for (measured, number) in clear.into_iter().take(INTERACTIONS) {
        let (first, second) = pairs[number];
        let (first, second) = (pieces[first].word(language), pieces[second].word(language));
        let shown = amount(measured.measure, &measured.pairs[number], language);
        let measure = measured.measure.word(language);
        text.push_str(&say!(
            language,
            "\n  {measure}：{first} × {second} {shown}",
            "\n  {measure}: {first} × {second} {shown}"
        ));
    }
    text
}

/// Measure and number of the pair of each resolved interaction; the greatest first, beside the greatest
/// contribution to the measure.
fn clear_interactions(measures: &[Attributed]) -> Vec<(&Attributed, usize)> {
    let size = |(measured, number): &(&Attributed, usize)| {
        let parts = measured.parts.iter().map(|part| part.mean.abs());
        measured.pairs[*number].mean.abs() / parts.fold(f64::MIN_POSITIVE, f64::max)
    };
    let mut clear: Vec<(&Attributed, usize)> = measures
        .iter()
        .flat_map(|measured| (0..measured.pairs.len()).map(move |number| (measured, number)))
        .filter(|(measured, number)| measured.pairs[*number].stands_out())
        .collect();
    clear.sort_by(|a, b| size(b).total_cmp(&size(a)));
    clear
}

/// An interaction with half its interval and unit.
fn amount(measure: Measure, told: &Told, language: Language) -> String {
    let scale = scale_of_differences(measure, told.mean.abs(), language);
    let sign = if told.mean > 0.0 { "+" } else { "" };
    let shown = with_half(told.mean / scale.divisor, told.half_width() / scale.divisor);
    format!("{sign}{shown} {}", scale.unit)
}

fn files(found: &Found<'_>, charts: bool, language: Language) -> String {
    let folder = found.task.files.folder.display();
    let chart = if charts { "charts/attribution.png" } else { "" };
    let names: Vec<&str> = [chart]
        .into_iter()
        .chain(FILES)
        .filter(|name| !name.is_empty())
        .collect();
    let names = names.join(language.pick("、", ", "));
    say!(
        language,
        "结果目录：{folder}\n文件：{names}",
        "Files: {folder}\nwith {names}"
    )
}
