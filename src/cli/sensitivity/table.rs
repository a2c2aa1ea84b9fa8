//! The text on the terminal: the difference, what it hangs on, shares of its variance, and where the files are.

use std::fmt::Write as _;

use super::Found;
use crate::cli::layout::{Figures, before_bracket, laid_out};
use crate::cli::numbers::{change, number};
use crate::cli::scale::{Scale, scale_of_differences};
use crate::cli::table;
use crate::experiment::sensitivity::morris::Effect;
use crate::experiment::sensitivity::resample::Interval;
use crate::experiment::sensitivity::sobol::Index;
use crate::experiment::sensitivity::study::MEASURES;
use crate::measures::Measure;
use crate::output::sensitivity::FILES;
use crate::scenario::problem::say;
use crate::vocabulary::{Language, Vocabulary};

/// Parameters shown; all are in the file.
const SHOWN: usize = 12;
/// Share of the greatest effect below which one is none but rounding.
const ROUNDING: f64 = 1e-9;
/// Parameters named in the finding.
const NAMED: usize = 3;

/// The whole text.
pub(super) fn render(found: &Found<'_>, charts: bool, width: u16, language: Language) -> String {
    let parts = [
        title(found, language),
        differences(found, language),
        screening(found, width, language),
        decomposition(found, width, language),
        finding(found, language),
        table::warnings(found.warnings, language),
        files(found, charts, language),
    ];
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts.fold(String::new(), |text, part| text + part + "\n")
}

fn title(found: &Found<'_>, language: Language) -> String {
    let (task, plan) = (found.task, found.plan);
    let (from, to) = (task.from.word(language), task.to.word(language));
    let society = plan.society_name.word(language);
    let (years, n) = (plan.years, task.checked.experiment.replications);
    let (factors, uncertain) = (found.study.factors.len(), found.study.uncertain);
    let (sets, run) = (found.size.sets(), plan.identity());
    say!(
        language,
        "结论取决于哪个参数：{to} − {from}\n(社会：{society}；{sets} 组取值，每组 {years} 年 × {n} 次模拟；不确定参数 {uncertain} 个，考察 {factors} 个；编号 {run})",
        "Which parameter the conclusion hangs on: {to} − {from}\n(society: {society}; {sets} sets of values, {years} years × {n} replications each; {factors} of {uncertain} uncertain parameters; run {run})"
    )
}

/// The difference at the society's own values, and how often it keeps its sign.
fn differences(found: &Found<'_>, language: Language) -> String {
    let heading = language.pick(
        "两项政策之差(参数取社会自身的值)：",
        "Difference of the two policies at the society's own values:",
    );
    let mut text = heading.to_owned();
    for (position, measure) in MEASURES.into_iter().enumerate() {
        let Some(own) = &found.study.own[position] else {
            continue;
        };
        let scale = scale_of_differences(measure, own.mean.abs(), language);
        let shown = if own.mean.is_finite() {
            change(own.mean / scale.divisor, own.half_width() / scale.divisor)
        } else {
            language.pick("资料暂缺", "not available").to_owned()
        };
        let (name, unit) = (measure.word(language), scale.unit);
        text.push_str(&say!(
            language,
            "\n  {name}：{shown} {unit}",
            "\n  {name}: {shown} {unit}"
        ));
        let screened = found.study.screened.as_ref();
        let kept = screened.map(|screened| screened.screening.same_sign[position]);
        if let Some(kept) = kept.filter(|kept| kept.is_finite()) {
            let percent = format!("{:.0}", 100.0 * kept);
            text.push_str(&say!(
                language,
                "；{percent}% 的取值组中符号不变",
                "; the same sign in {percent} % of the sets of values"
            ));
        }
    }
    text
}

fn screening(found: &Found<'_>, width: u16, language: Language) -> String {
    let Some(screened) = &found.study.screened else {
        return String::new();
    };
    let mut order = screened.screening.order();
    let others = order.len().saturating_sub(SHOWN);
    order.truncate(SHOWN);
    let names = names(found, &order, language);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let column = |(position, measure): (usize, Measure)| {
        let effects = &screened.screening.effects[position];
        let greatest = effects
            .iter()
            .fold(0.0, |most: f64, e| most.max(e.size.value));
        let scale = scale_of_differences(measure, greatest, language);
        Figures {
            heading: format!("{}\n{}", before_bracket(measure.word(language)), scale.unit),
            cells: order
                .iter()
                .map(|factor| effect_cell(&effects[*factor], (greatest, &scale), language))
                .collect(),
        }
    };
    let mut columns = vec![evidence(found, &order, language)];
    columns.extend(MEASURES.into_iter().enumerate().map(column));
    let heading = language.pick("参数", "parameter");
    let trajectories = screened.values.len() / (found.study.factors.len() + 1);
    let note = say!(
        language,
        "每格：参数从范围低端到高端时差值的平均变动(莫里斯 μ*，± 为方向) [95%自助法区间]；σ = 变动的标准差，大则取决于其他参数或不成直线({trajectories} 条轨迹)。另有 {others} 个影响较小的参数见 sensitivity.csv。",
        "Cell: mean change of the difference over the whole range of the parameter (Morris's mu*, the sign is its direction) [95 % bootstrap interval]; σ = standard deviation of the change: large where it depends on others or is not straight ({trajectories} trajectories). {others} weaker parameters are in sensitivity.csv."
    );
    format!("{}\n{note}", laid_out(heading, &names, &columns, width))
}

fn names(found: &Found<'_>, order: &[usize], language: Language) -> Vec<String> {
    let factors = order.iter().map(|factor| &found.study.factors[*factor]);
    factors
        .map(|factor| factor.words.word(language).to_owned())
        .collect()
}

fn evidence(found: &Found<'_>, order: &[usize], language: Language) -> Figures {
    let grade = |factor: &usize| found.study.factors[*factor].grade.word(language).to_owned();
    Figures {
        heading: language.pick("证据", "evidence").to_owned(),
        cells: order.iter().map(grade).collect(),
    }
}

fn effect_cell(effect: &Effect, (greatest, scale): (f64, &Scale), language: Language) -> String {
    if !effect.size.value.is_finite() {
        return language.pick("资料暂缺", "not available").to_owned();
    }
    let cleaned = |value: f64| {
        if value <= ROUNDING * greatest {
            0.0
        } else {
            value
        }
    };
    if cleaned(effect.size.value) == 0.0 {
        return "0".to_owned();
    }
    let sign = if effect.mean > 0.0 { "+" } else { "−" };
    let shown = |value: f64| number(cleaned(value) / scale.divisor);
    let Interval { value, low, high } = effect.size;
    let mut text = format!("{sign}{}", shown(value));
    if low.is_finite() {
        let _ = write!(text, "\n[{}, {}]", shown(low), shown(high));
    }
    if effect.spread.is_finite() {
        let _ = write!(text, "\nσ {}", shown(effect.spread));
    }
    text
}

fn decomposition(found: &Found<'_>, width: u16, language: Language) -> String {
    let Some(decomposed) = &found.study.decomposed else {
        return String::new();
    };
    let names = names(found, &decomposed.chosen, language);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let column = |(position, measure): (usize, Measure)| Figures {
        heading: before_bracket(measure.word(language)),
        cells: decomposed.indices[position]
            .iter()
            .map(|index| index_cell(index, language))
            .collect(),
    };
    let mut columns = vec![evidence(found, &decomposed.chosen, language)];
    columns.extend(MEASURES.into_iter().enumerate().map(column));
    let heading = language.pick("参数", "parameter");
    let samples = decomposed.values.len() / (decomposed.chosen.len() + 2);
    let note = say!(
        language,
        "每格：差值方差中该参数单独造成的份额 S 与其参与造成的份额 T [95%自助法区间]({samples} 个基础样本，其余参数取社会自身的值)；区间宽于 0.1 且宽于指数之半 = 区间过宽，加大 --samples。",
        "Cell: share of the variance of the difference that the parameter makes alone (S), and in which it has a part (T) [95 % bootstrap interval] ({samples} base samples, all other parameters at the society's own values); an interval wider than 0.1 and than half its index is too wide: raise --samples."
    );
    format!("{}\n{note}", laid_out(heading, &names, &columns, width))
}

fn index_cell(index: &Index, language: Language) -> String {
    let share = |name: &str, interval: &Interval| {
        let Interval { value, low, high } = interval;
        format!("{name} {value:.2} [{low:.2}, {high:.2}]").replace('-', "−")
    };
    let convergence = index.convergence();
    if !index.total.value.is_finite() {
        return convergence.word(language).to_owned();
    }
    format!(
        "{}\n{}\n{}",
        share("S", &index.first),
        share("T", &index.total),
        convergence.word(language)
    )
}

/// The weightiest parameters in a sentence, with what their values rest on.
fn finding(found: &Found<'_>, language: Language) -> String {
    let Some(screened) = &found.study.screened else {
        return String::new();
    };
    let order = screened.screening.order();
    let named = order.iter().take(NAMED).map(|factor| {
        let factor = &found.study.factors[*factor];
        let (name, grade) = (factor.words.word(language), factor.grade.word(language));
        say!(
            language,
            "{name}(证据：{grade})",
            "{name} (evidence: {grade})"
        )
    });
    let named: Vec<String> = named.collect();
    let named = named.join(language.pick("、", ", "));
    say!(
        language,
        "差值最取决于：{named}",
        "The difference hangs most on: {named}"
    )
}

fn files(found: &Found<'_>, charts: bool, language: Language) -> String {
    let folder = found.task.files.folder.display();
    let chart = charts && found.study.screened.is_some();
    let designs = found.study.designs();
    let designs = designs
        .iter()
        .map(|design| format!("design-{}.csv", design.method.key()));
    let chart = chart.then(|| "charts/tornado.png".to_owned());
    let tables = FILES.iter().map(|name| (*name).to_owned());
    let names: Vec<String> = chart.into_iter().chain(tables).chain(designs).collect();
    let names = names.join(language.pick("、", ", "));
    say!(
        language,
        "结果目录：{folder}\n文件：{names}",
        "Files: {folder}\nwith {names}"
    )
}
