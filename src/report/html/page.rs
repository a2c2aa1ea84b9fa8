//! `report.html`: both languages in one file, one of them shown.

use super::chart::{figure, title};
use super::data::Data;
use super::finding::{Finding, assumptions, nothing, spoken};
use super::text::{escape, fill, html_language, quoted, tag};
use super::{alternatives, liability, limits, measures, policies, stories, xlrm};
use crate::report::charts::{Charts, Drawn};
use crate::report::svg::ChartError;
use crate::report::web_font;
use crate::vocabulary::Language;

const TEMPLATE: &str = include_str!("page.html");
const LANGUAGE: &str = include_str!("language.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Charts that stand open, in this order; of the last two the first that the run has.
const OPEN: [&str; 4] = [
    "paired-differences",
    "losses-by-bearer",
    "trade-off",
    "resilience",
];
const FIFTH: [&str; 2] = ["allocation-by-sharing", "responsibility-matrix"];
/// Policies up to which each one's paragraph stands open.
const PARAGRAPHS: usize = 8;

/// The report; `language` is the one that it opens in.
///
/// # Errors
/// If a chart cannot be drawn.
pub fn report(charts: &Charts, data: &Data, language: Language) -> Result<String, ChartError> {
    let order = match language {
        Language::Chinese => [Language::Chinese, Language::English],
        Language::English => [Language::English, Language::Chinese],
    };
    let mut pages = String::new();
    for own in order {
        pages.push_str(&body(charts, data, own, own != language)?);
    }
    let title = heading(data, language);
    let fonts = web_font::style(&format!("{title}{pages}{}", printable()));
    Ok(fill(
        TEMPLATE,
        &[
            ("language", html_language(language)),
            ("title", &escape(&title)),
            ("fonts", &fonts),
            ("style", STYLE),
            ("pages", &pages),
            ("script", SCRIPT),
        ],
    ))
}

/// Latin letters, figures and signs that scripts and style sheets may show.
fn printable() -> String {
    let latin: String = (' '..='~').collect();
    format!("{latin}▲▼●–—…（未展开，不打印）")
}

fn heading(data: &Data, language: Language) -> String {
    let name = data.run.name.pick(language);
    match language {
        Language::Chinese => format!("{name}：结果报告"),
        Language::English => format!("{name}: report"),
    }
}

/// The page in one language.
fn body(
    charts: &Charts,
    data: &Data,
    language: Language,
    hidden: bool,
) -> Result<String, ChartError> {
    let mut drawn = charts.draw(language);
    // Told with the other stories, below.
    drawn.retain(|chart| chart.name != "story" || data.stories.is_empty());
    let code = language.code();
    let (other, other_name) = match language {
        Language::Chinese => ("en", "English"),
        Language::English => ("zh", "中文"),
    };
    let other_language = match language {
        Language::Chinese => Language::English,
        Language::English => Language::Chinese,
    };
    let sections = sections(charts, data, &drawn, language)?;
    let links: Vec<String> = sections
        .iter()
        .map(|(key, title, _)| format!("<li><a href=\"#{key}-{code}\">{}</a></li>", escape(title)))
        .collect();
    let content: Vec<String> = sections
        .iter()
        .map(|(key, title, html)| {
            format!(
                "<section id=\"{key}-{code}\"><h2>{}</h2>\n{html}</section>\n",
                escape(title)
            )
        })
        .collect();
    Ok(fill(
        LANGUAGE,
        &[
            ("code", code),
            ("language", html_language(language)),
            ("hidden", if hidden { " hidden" } else { "" }),
            ("title", &escape(&heading(data, language))),
            ("skip", language.pick("跳到正文", "Skip to the content")),
            ("other", other),
            ("other-language", html_language(other_language)),
            ("other-name", other_name),
            ("meta", &escape(&meta(data, language))),
            ("contents", language.pick("目录", "Contents")),
            ("links", &links.concat()),
            ("content", &content.concat()),
            ("foot", &escape(&foot(data, language))),
        ],
    ))
}

/// What was run, in a line.
pub(super) fn meta(data: &Data, language: Language) -> String {
    let run = &data.run;
    let society = run.society.pick(language);
    let (policies, years, replications) = (data.policies.len(), run.years, run.replications);
    match language {
        Language::Chinese => format!(
            "织密社会安全风险防控网的多主体仿真；社会：{society}；{policies} 项政策；{years} 年 × {replications} 次模拟；运行标识 {}",
            run.identity
        ),
        Language::English => format!(
            "Multi-agent simulation of the social-safety risk prevention and control network; society: {society}; {policies} policies; {years} years × {replications} replications; run {}",
            run.identity
        ),
    }
}

fn foot(data: &Data, language: Language) -> String {
    let (version, identity) = (&data.run.version, &data.run.identity);
    match language {
        Language::Chinese => format!(
            "riskweave {version}；运行标识 {identity}。页内字体为思源黑体(Noto Sans CJK SC)的修改子集，适用 SIL Open Font License 1.1。"
        ),
        Language::English => format!(
            "riskweave {version}; run {identity}. The typeface is a modified subset of Noto Sans CJK SC under the SIL Open Font License 1.1."
        ),
    }
}

/// Key, title and content of each section.
type Section = (&'static str, &'static str, String);

fn sections(
    charts: &Charts,
    data: &Data,
    drawn: &[Drawn],
    language: Language,
) -> Result<Vec<Section>, ChartError> {
    let (open, folded) = pictures(charts, drawn, language)?;
    let mut list: Vec<Section> = vec![
        (
            "finding",
            language.pick("结论", "Finding"),
            finding(data, language),
        ),
        (
            "warnings",
            language.pick("注意事项", "Warnings"),
            warnings(data, language),
        ),
        (
            "headline",
            language.pick("主要指标", "Headline figures"),
            headline(data, language),
        ),
        ("charts", language.pick("图", "Charts"), open),
        ("more", language.pick("更多的图", "More charts"), folded),
    ];
    if !data.stories.is_empty() {
        list.push((
            "stories",
            language.pick("事件故事", "Stories"),
            stories::stories(&data.stories, language)?,
        ));
    }
    if let Some(owed) = &data.liability {
        list.push((
            "liability",
            language.pick("各级政府的或有负债", "Contingent liability of governments"),
            liability::section(data, owed, language),
        ));
    }
    let all = language.pick("展开全部指标", "Show all measures");
    list.extend([
        (
            "measures",
            language.pick("政策 × 全部指标", "Policies × all measures"),
            format!(
                "<details class=\"long\"><summary>{all}</summary>{}</details>\n",
                measures::all(data, language).html(language)
            ),
        ),
        (
            "policies",
            language.pick("政策有何不同", "What the policies change"),
            changed(data, language),
        ),
        (
            "inputs",
            language.pick(
                "输入：不确定因素、手段、关系、指标(XLRM)",
                "Inputs: uncertainties, levers, relations, measures (XLRM)",
            ),
            xlrm::section(data, language),
        ),
        (
            "limits",
            language.pick("使用限制", "Limits of use"),
            limits::list(language),
        ),
        (
            "run",
            language.pick("这次运行，以及怎样重做", "This run, and how to repeat it"),
            run(data, language),
        ),
    ]);
    Ok(list)
}

/// The finding: the policy that is spoken of first, then every other.
fn finding(data: &Data, language: Language) -> String {
    let Some(first) = spoken(data) else {
        return tag("p", nothing(language));
    };
    let found = Finding::of(data, first, language);
    let mut html = format!(
        "<div class=\"finding\">\n<p class=\"lead\">{}</p>\n",
        escape(&found.lead)
    );
    for sentence in found.sentences().into_iter().skip(1) {
        html.push_str(&tag("p", sentence));
    }
    html.push_str(&tag("p", &assumptions(data, language)));
    if data.robustness.is_none() {
        let remedy = language.pick(
            "要检验：同样的命令加上 --parameter-sets 64。",
            "To test it: the same command with --parameter-sets 64.",
        );
        html.push_str(&tag("p", remedy));
    }
    html.push_str("</div>\n");
    html.push_str(&tag("p", reading(language)));
    let others: Vec<usize> = data.others().filter(|policy| *policy != first).collect();
    if others.is_empty() {
        return html;
    }
    let title = language.pick("其他政策", "The other policies");
    let paragraphs: String = others
        .iter()
        .map(|policy| paragraph(data, *policy, language))
        .collect();
    let paragraphs = if others.len() < PARAGRAPHS {
        format!("{}{paragraphs}", tag("h3", title))
    } else {
        format!("<details><summary>{title}</summary>{paragraphs}</details>\n")
    };
    html + &paragraphs
}

fn paragraph(data: &Data, policy: usize, language: Language) -> String {
    let name = quoted(data.policies[policy].label.name.pick(language), language);
    let found = Finding::of(data, policy, language);
    // Where others do better stands in the table of figures.
    let short = Finding {
        beaten: String::new(),
        ..found
    };
    let text = short.sentences().join(language.pick("", " "));
    format!("<h4>{}</h4>\n{}", escape(&name), tag("p", &text))
}

/// How the figures are to be read.
fn reading(language: Language) -> &'static str {
    language.pick(
        "怎样读：各项政策经历完全相同的风险历史(同样的暴雨、同样的事故苗头)，每次模拟把政策与基准逐一相减；方括号内是差值均值的 95% 区间。区间含零即“尚难区分”：不得据此排名。死亡与金额从不相加。",
        "How to read: every policy lives through exactly the same dangers, and is compared with the baseline history by history; brackets hold the 95% interval of the mean difference. Where it holds zero the difference is \"not resolved\": no ranking may be read into it. Deaths and money are never added.",
    )
}

fn warnings(data: &Data, language: Language) -> String {
    if data.warnings.is_empty() {
        return tag("p", language.pick("没有。", "None."));
    }
    let items: String = data
        .warnings
        .iter()
        .map(|warning| tag("li", warning.pick(language)))
        .collect();
    format!("<ul>\n{items}</ul>\n")
}

fn headline(data: &Data, language: Language) -> String {
    let policies: Vec<usize> = (0..data.policies.len()).collect();
    let mut table = {
        let keys = measures::keys(data);
        measures::headline(data, &policies, (&keys, measures::Told::Whole), language)
    };
    let n = data.run.replications;
    table.caption = match language {
        Language::Chinese => {
            format!(
                "年均值；下行：与基准的配对差值〔95% 区间〕，n = {n} 次模拟；尚难区分 = 区间含零；粗体 = 没有别的政策比它更好且可以区分"
            )
        }
        Language::English => format!(
            "Means a year; below: paired difference to the baseline [95% interval], n = {n} replications; not resolved = the interval holds zero; bold = the runs tell no other policy to be better"
        ),
    };
    table.html(language)
}

/// The charts that stand open, and those that are folded.
fn pictures(
    charts: &Charts,
    drawn: &[Drawn],
    language: Language,
) -> Result<(String, String), ChartError> {
    let has = |name: &str| drawn.iter().any(|chart| chart.name == name);
    let mut names: Vec<&str> = OPEN.to_vec();
    names.extend(FIFTH.iter().find(|name| has(name)));
    let (mut open, mut folded) = (String::new(), String::new());
    for name in &names {
        for chart in drawn.iter().filter(|chart| chart.name == *name) {
            let title = chart.svg.as_deref().map(title).unwrap_or_default();
            let alternative = alternatives::of(charts, chart.name, language);
            let figure = figure(chart, &alternative, language)?;
            let text = format!("<h3 class=\"unseen\">{title}</h3>\n{figure}");
            open.push_str(&text);
        }
    }
    for chart in drawn.iter().filter(|chart| !names.contains(&chart.name)) {
        let title = chart.svg.as_deref().map(title).unwrap_or_default();
        let alternative = alternatives::of(charts, chart.name, language);
        let figure = figure(chart, &alternative, language)?;
        let text = format!("<details><summary>{title}</summary>{figure}</details>\n");
        folded.push_str(&text);
    }
    Ok((open, folded))
}

fn changed(data: &Data, language: Language) -> String {
    let first = spoken(data);
    (0..data.policies.len())
        .map(|policy| policies::section(data, policy, Some(policy) == first, language))
        .collect()
}

/// Essentials of the manifest.
fn run(data: &Data, language: Language) -> String {
    let run = &data.run;
    let start = if run.own_start {
        language.pick("各政策自身的长期均衡", "each policy's own equilibrium")
    } else {
        language.pick("基准的状态", "the state under the baseline")
    };
    let rows: [(&str, String); 10] = [
        (
            language.pick("程序", "program"),
            format!("riskweave {}", run.version),
        ),
        (language.pick("实验", "experiment"), run.experiment.clone()),
        (
            language.pick("运行标识", "identity of the run"),
            run.identity.clone(),
        ),
        (
            language.pick("输入的 SHA-256", "SHA-256 of the inputs"),
            run.hash.clone(),
        ),
        (language.pick("随机数种子", "seed"), run.seed.to_string()),
        (
            language.pick("模拟次数", "replications"),
            run.replications.to_string(),
        ),
        (
            language.pick("年数(不含预热)", "years (without burn-in)"),
            run.years.to_string(),
        ),
        (
            language.pick("预热年数", "years of burn-in"),
            run.burn_in_years.to_string(),
        ),
        (
            language.pick("每个居民主体代表人数", "people a citizen agent stands for"),
            run.people_per_agent.to_string(),
        ),
        (language.pick("起点", "start"), start.to_owned()),
    ];
    let items: Vec<String> = rows
        .iter()
        .map(|(name, value)| format!("<dt>{}</dt><dd>{}</dd>\n", escape(name), escape(value)))
        .collect();
    let again = language.pick(
        "用同一版本重做(结果逐字节相同，与线程数无关)：",
        "To repeat it with the same version (same bytes, whatever the number of threads):",
    );
    let command = escape(&format!("riskweave {}", run.arguments.join(" ")));
    let whole = language.pick(
        "全部输入、自检和各文件的哈希在 manifest.json；各列含义在 columns.csv。",
        "All inputs, self-checks and hashes of the files are in manifest.json; columns.csv says what each column means.",
    );
    format!(
        "<dl>\n{}</dl>\n{}<pre><code>{command}</code></pre>\n{}",
        items.concat(),
        tag("p", again),
        tag("p", whole)
    )
}
