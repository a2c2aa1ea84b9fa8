//! `brief.zh.html`, `brief.en.html`: one sheet of A4 each, for a reader who has two minutes.

use super::chart::drawing;
use super::data::Data;
use super::finding::{Finding, assumptions, improvements, nothing, spoken};
use super::text::{escape, fill, html_language};
use super::{alternatives, limits, measures};
use crate::measures::Measure;
use crate::report::charts::{Charts, bearers, differences};
use crate::report::svg::ChartError;
use crate::report::web_font;
use crate::vocabulary::{Language, Vocabulary};

const TEMPLATE: &str = include_str!("brief.html");
const STYLE: &str = include_str!("brief.css");
const SCRIPT: &str = include_str!("brief.js");

/// Policies for which a sheet has room.
const POLICIES: usize = 8;
/// Panels of the differences for which a sheet has room, by their measure.
const PANELS: [Measure; 3] = [
    Measure::WorkSafetyDeaths,
    Measure::DirectLoss,
    Measure::ResidentsShare,
];
/// Columns of the table.
const COLUMNS: [&str; 5] = [
    "deaths",
    "direct_loss",
    "public_money",
    "residents_share",
    "weeks_to_90",
];

/// The brief in a language.
///
/// # Errors
/// If a chart cannot be drawn.
pub fn brief(charts: &Charts, data: &Data, language: Language) -> Result<String, ChartError> {
    let shown = shown(data);
    let title = title(data, language);
    let mut table = measures::headline(data, &shown, (&COLUMNS, measures::Told::Short), language);
    table.sortable = false;
    table.caption = caption(data, shown.len(), language);
    let parts = [
        ("language", html_language(language).to_owned()),
        ("title", escape(&title)),
        ("lead", escape(&lead(data, language))),
        (
            "finding-title",
            language.pick("结论", "What was found").to_owned(),
        ),
        ("finding", sentences(data, language)),
        ("differences", forest(charts, data, &shown, language)?),
        ("bearers", losses(charts, data, &shown, language)?),
        (
            "table-title",
            language.pick("主要数字", "The figures").to_owned(),
        ),
        ("table", table.html(language)),
        ("policies", policies(data, &shown, language)),
        ("foot", foot(data, language)),
        ("style", STYLE.to_owned()),
        ("script", SCRIPT.to_owned()),
    ];
    let mut parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let fonts = web_font::style(&fill(TEMPLATE, &parts));
    parts.push(("fonts", &fonts));
    Ok(fill(TEMPLATE, &parts))
}

/// The baseline, the policy that is spoken of, and others with the most resolved improvements, in the
/// order of the run.
fn shown(data: &Data) -> Vec<usize> {
    let first = spoken(data);
    let mut by_rank: Vec<usize> = data
        .others()
        .filter(|policy| Some(*policy) != first)
        .collect();
    by_rank.sort_by_key(|policy| std::cmp::Reverse(improvements(data, *policy)));
    let mut shown: Vec<usize> = std::iter::once(data.baseline)
        .chain(first)
        .chain(by_rank)
        .take(POLICIES)
        .collect();
    shown.sort_unstable();
    shown
}

fn title(data: &Data, language: Language) -> String {
    let society = data.run.society.pick(language);
    match language {
        Language::Chinese => format!("谁对安全风险负责、损失由谁分担：{society}"),
        Language::English => {
            format!("Who is responsible for risks, who shares the losses? {society}")
        }
    }
}

fn lead(data: &Data, language: Language) -> String {
    let run = &data.run;
    let name = run.name.pick(language);
    let (policies, years, replications) = (data.policies.len(), run.years, run.replications);
    match language {
        Language::Chinese => format!(
            "做了什么(“{name}”)：用计算机模拟一个社会的政府、企业和居民，让 {policies} 种制度安排各自经历完全相同的灾害、事故、疫情和人群事件，{years} 年，重复 {replications} 次。以下是年均值；括号内是 95% 区间，即运气可能使数字偏离多少。各种安排经历的风险相同，所以请看它们之间的差，不要比较各自的区间。“尚难区分”指这些模拟分不清有没有差别，不能据此说谁好谁坏。"
        ),
        Language::English => format!(
            "What was done (\"{name}\"): a computer simulates governments, enterprises and residents; {policies} arrangements each live through exactly the same disasters, accidents, outbreaks and crowds, {years} years long, {replications} times. Figures are means a year; brackets hold the 95% interval (luck). All meet the same dangers, so compare the differences, not the intervals of two levels. \"Not resolved\": these runs cannot tell whether there is a difference; neither is then better."
        ),
    }
}

/// Three sentences: what the policy does, what stays open, what it hangs on.
fn sentences(data: &Data, language: Language) -> String {
    let Some(policy) = spoken(data) else {
        return format!("<p>{}</p>", escape(nothing(language)));
    };
    let found = Finding::of(data, policy, language);
    let join = |parts: [&str; 2]| {
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(language.pick("", " "))
    };
    let three = [
        join([&found.lead, &found.also]),
        join([&found.open, &found.beaten]),
        assumptions(data, language),
    ];
    let items: Vec<String> = three
        .iter()
        .map(|sentence| format!("<li>{}</li>\n", escape(sentence)))
        .collect();
    format!("<ol>\n{}</ol>", items.concat())
}

/// The forest plot of some policies and panels.
fn forest(
    charts: &Charts,
    data: &Data,
    shown: &[usize],
    language: Language,
) -> Result<String, ChartError> {
    let whole = &charts.differences;
    let keys: Vec<&str> = shown
        .iter()
        .map(|policy| data.policies[*policy].label.key.as_str())
        .collect();
    let kept: Vec<usize> = (0..whole.policies.len())
        .filter(|policy| keys.contains(&whole.policies[*policy].key.as_str()))
        .collect();
    let panels = whole
        .panels
        .iter()
        .filter(|panel| PANELS.iter().any(|own| own.en() == panel.measure.en));
    let part = differences::Data {
        policies: kept.iter().map(|p| whole.policies[*p].clone()).collect(),
        panels: panels
            .map(|panel| differences::Panel {
                differences: kept.iter().map(|p| panel.differences[*p]).collect(),
                ..panel.clone()
            })
            .collect(),
        ..whole.clone()
    };
    let title = language.pick(
        "与基准相比改变了什么(零线左侧 = 减少)",
        "What each arrangement changes against the baseline (left of zero = less)",
    );
    let svg = differences::compact(&part, language)?;
    let alternative = alternatives::of(charts, "paired-differences", language);
    Ok(figure(title, &drawing(&svg, &alternative)))
}

/// The losses of some policies by bearer.
fn losses(
    charts: &Charts,
    data: &Data,
    shown: &[usize],
    language: Language,
) -> Result<String, ChartError> {
    let whole = &charts.bearers;
    let part = bearers::Data {
        source: whole.source.clone(),
        rows: whole
            .rows
            .iter()
            .filter(|row| {
                shown
                    .iter()
                    .any(|policy| data.policies[*policy].label.key == row.policy.key)
            })
            .cloned()
            .collect(),
    };
    let title = language.pick(
        "损失最终由谁承担(段内：金额；右端：合计；死亡不折成钱)",
        "Who finally bears the losses (inside: amounts; right: total; deaths are not counted in money)",
    );
    let svg = bearers::compact(&part, language)?;
    let alternative = alternatives::of(charts, "losses-by-bearer", language);
    Ok(figure(title, &drawing(&svg, &alternative)))
}

fn figure(title: &str, svg: &str) -> String {
    format!("<figure><h2>{}</h2>{svg}</figure>", escape(title))
}

fn caption(data: &Data, shown: usize, language: Language) -> String {
    let (n, all) = (data.run.replications, data.policies.len());
    let part = if shown < all {
        match language {
            Language::Chinese => format!("列出 {all} 种安排中的 {shown} 种，其余见 report.html；"),
            Language::English => {
                format!("{shown} of {all} arrangements, the others in report.html; ")
            }
        }
    } else {
        String::new()
    };
    match language {
        Language::Chinese => format!(
            "{part}均值之后：与基准之差 ± 95% 区间半宽，n = {n}；粗体(仅用于能分出高下的列) = 没有别的安排明显更好；直接经济损失 = 损毁的财产，是全部损失的一部分；公共支出 = 政府用于安全的全部支出，含事前防范；居民自担份额 = 没有任何人赔付、留给居民的损失所占的比例(各次模拟的平均)；恢复时间 = 受灾县找回九成失去的功能所需周数"
        ),
        Language::English => format!(
            "{part}after each mean: difference to the baseline ± half of its 95% interval, n = {n}; bold (in columns that tell arrangements apart) = no other is clearly better; direct loss = what is destroyed, a part of all losses; public money = all that governments spend on safety, prevention included; residents' share = of all losses, what nobody pays back to them (mean of the runs); recovery time = until a struck county has nine tenths of its lost function back"
        ),
    }
}

/// What each policy is, in the words of its author; those who speak of resilience loss find it said here too.
fn policies(data: &Data, shown: &[usize], language: Language) -> String {
    let (colon, stop) = (language.pick("：", ": "), language.pick("；", "; "));
    let each = shown.iter().map(|policy| {
        let policy = &data.policies[*policy];
        let name = escape(policy.label.name.pick(language));
        let what = policy.description.pick(language);
        let what = escape(what.trim_end_matches(['.', '。']));
        format!("<strong>{name}</strong>{colon}{what}")
    });
    let each: Vec<String> = each.collect();
    let title = language.pick("各种安排", "The arrangements");
    let resilience = language.pick(
        "韧性损失：受灾地区缺失的功能 × 人口 × 时间，1 人·年 = 一个人整整一年得不到正常功能",
        "Resilience loss: function that struck places lack × people × time; one person-year = one person without any of it for a year",
    );
    format!(
        "<p>{title}{colon}{}{}</p>\n<p>{}{}</p>\n",
        each.join(stop),
        language.pick("。", "."),
        escape(resilience),
        language.pick("。", "."),
    )
}

fn foot(data: &Data, language: Language) -> String {
    let run = &data.run;
    let uncertain = language.pick(
        "不确定性：区间只反映运气(灾害和事故的随机性)，不反映模型和参数可能有误；换一组假设，结论可能改变。",
        "Uncertainty: intervals hold luck alone (which dangers happen), not errors of the model and its parameters; other assumptions may change the finding.",
    );
    let identity = match language {
        Language::Chinese => format!(
            "riskweave {}；实验 {}；种子 {}；运行标识 {}；详见同目录的 report.html",
            run.version, run.experiment, run.seed, run.identity
        ),
        Language::English => format!(
            "riskweave {}; experiment {}; seed {}; run {}; more in report.html beside this file",
            run.version, run.experiment, run.seed, run.identity
        ),
    };
    [uncertain, limits::line(language), &identity]
        .iter()
        .map(|line| format!("<p>{}</p>\n", escape(line)))
        .collect::<Vec<String>>()
        .concat()
}
