//! The table of prices on the terminal, and as CSV.

use std::fmt::Write;

use super::Args;
use crate::cli::layout::{Figures, laid_out_whole};
use crate::cli::numbers::{change, number, short, with_half};
use crate::experiment::prices::{Cost, FACTOR_OF_THE_MEDIAN, Price, median_rate};
use crate::experiment::statistics::Difference;
use crate::scenario::CheckedExperiment;
use crate::scenario::experiment::Start;
use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// Money in which the table tells cost and loss: a million yuan, in Chinese ten thousand (万元).
fn scale(language: Language) -> (f64, &'static str) {
    match language {
        Language::Chinese => (1e4, "万元"),
        Language::English => (1e6, "million yuan"),
    }
}

/// Everything that is printed.
pub(super) fn render(
    prices: &[Price],
    checked: &CheckedExperiment,
    args: &Args,
    width: u16,
    language: Language,
) -> String {
    let (idle, moving): (Vec<&Price>, Vec<&Price>) =
        prices.iter().partition(|price| price.does_nothing());
    let (told, open): (Vec<&Price>, Vec<&Price>) =
        moving.into_iter().partition(|price| price.is_resolved());
    let mut text = title(checked, args, language);
    if !told.is_empty() {
        text.push_str(&table(&told, width, language));
    }
    text.push_str(&note(args, language));
    text.push_str(&far_from_median(prices, language));
    let lines = [
        (
            open,
            language.pick(
                "现有模拟次数下尚难区分(估计见 --out)",
                "Not resolved by these runs (estimates with --out)",
            ),
        ),
        (
            idle,
            language.pick(
                "变动后死亡和直接损失都不变",
                "Move neither deaths nor direct loss here",
            ),
        ),
    ];
    for (prices, words) in lines.iter().filter(|(prices, _)| !prices.is_empty()) {
        let keys: Vec<&str> = prices.iter().map(|price| price.lever.key()).collect();
        let keys = keys.join(language.pick("、", ", "));
        let colon = language.pick("：", ": ");
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{words}{colon}{keys}");
    }
    text
}

fn title(checked: &CheckedExperiment, args: &Args, language: Language) -> String {
    let society = &checked.society.society;
    let name = language.pick(&society.name_zh, &society.name_en);
    let policy = args.policy.as_ref().unwrap_or(&society.baseline);
    let (years, n) = (args.years, args.replications);
    let step = short(args.step * 100.0);
    let start = match checked.experiment.start {
        Start::Baseline => language.pick("从基准状态起步", "from the baseline's state"),
        Start::OwnEquilibrium => {
            language.pick("各从自身长期均衡起步", "each from its own equilibrium")
        }
    };
    say!(
        language,
        "{policy} 的每项手段上调 {step}%：花多少、减少多少(社会：{name}；{years} 年 × {n} 次模拟；{start})\n",
        "Each lever of {policy} raised by {step} %: what it costs and does (society: {name}; {years} years × {n} replications; {start})\n"
    )
}

fn table(prices: &[&Price], width: u16, language: Language) -> String {
    let names: Vec<String> = prices
        .iter()
        .map(|price| {
            let row = price.lever.row;
            let name = language.pick(&row.name_zh, &row.name_en);
            format!("{name}\n{}", price.lever.key())
        })
        .collect();
    let column = |heading: String, cell: &dyn Fn(&Price) -> String| Figures {
        heading,
        cells: prices.iter().map(|price| cell(price)).collect(),
    };
    let (unit, word) = scale(language);
    let per_year = language.pick("/年", " a year");
    let columns = [
        column(language.pick("取值", "value").to_owned(), &|price| {
            let (from, to) = (price.lever.from, price.lever.to);
            format!("{}\n→ {}", value(from), value(to))
        }),
        column(
            format!(
                "{}\n{word}{per_year}",
                language.pick("公共支出", "public money")
            ),
            &|price| number(price.clean(price.public_yuan) / unit),
        ),
        column(
            format!(
                "{}\n{word}{per_year}",
                language.pick("企业支出", "enterprises' cost")
            ),
            &|price| number(price.clean(price.enterprises_yuan.mean) / unit),
        ),
        column(
            language
                .pick("减少死亡\n人/年", "deaths averted\npeople a year")
                .to_owned(),
            &|price| averted(&price.deaths_averted, 1.0, language),
        ),
        column(
            format!(
                "{}\n{word}{per_year}",
                language.pick("减少直接损失", "direct loss averted")
            ),
            &|price| averted(&price.loss_averted, unit, language),
        ),
        column(
            language
                .pick(
                    "每亿元减少死亡\n人",
                    "deaths averted per 100 million yuan\npeople",
                )
                .to_owned(),
            &|price| {
                rate(
                    price,
                    price.deaths_averted_per_hundred_million(),
                    1.0,
                    language,
                )
            },
        ),
        column(
            format!(
                "{}\n{word}",
                language.pick("每亿元减少直接损失", "loss averted per 100 million yuan")
            ),
            &|price| {
                rate(
                    price,
                    price.loss_averted_per_hundred_million(),
                    unit,
                    language,
                )
            },
        ),
    ];
    laid_out_whole(language.pick("调节手段", "lever"), &names, &columns, width)
}

/// A value of a lever, with as many digits as it has.
fn value(value: f64) -> String {
    if value.abs() >= 1e4 {
        number(value)
    } else {
        value.to_string()
    }
}

fn averted(difference: &Difference, unit: f64, language: Language) -> String {
    if difference.identical || difference.negligible {
        "0".to_owned()
    } else if difference.resolved {
        change(difference.mean / unit, difference.half_width() / unit)
    } else {
        let half = difference.half_width() / unit;
        let level = with_half(difference.mean / unit, half);
        format!("{}\n({level})", language.pick("尚难区分", "not resolved"))
    }
}

fn rate(price: &Price, rate: Option<f64>, unit: f64, language: Language) -> String {
    match (rate, price.cost()) {
        (Some(rate), _) => number(rate / unit),
        (None, Cost::None) => language.pick("不花钱", "costs nothing").to_owned(),
        (None, Cost::Saves) => language.pick("省钱", "saves money").to_owned(),
        (None, Cost::Some) => "–".to_owned(),
    }
}

fn note(args: &Args, language: Language) -> String {
    let n = args.replications;
    say!(
        language,
        "\n± 为配对差值 95% 置信区间的半宽(同一组风险历史，n = {n})；“尚难区分”= 现有模拟次数下尚难区分，括号内为其估计。\n\
         公共支出为模拟前算定的预期支出(含预期救助、重建和补贴的变化)，加在预算之上；企业支出为安全投入、提前淘汰设备和停产整顿的变化，取均值。\n\
         每亿元的数字为二者之和的平均效果，仅在效果可区分且有人付钱时给出。死亡与金额不相加。\n",
        "\n± = half of the 95 % interval of the paired difference (same dangers, n = {n}); not resolved = not resolved by these runs, with the estimate in brackets.\n\
         Public money is what is expected before the run (changes of expected relief, rebuilding and subsidies included) and comes on top of the budget;\n\
         enterprises' cost is care, early retirement of plant and suspension, at its mean. Figures per 100 million yuan are over the sum of the two, and\n\
         given only where the effect is resolved and somebody pays. Deaths and money are never added.\n"
    )
}

/// Levers whose price is far from the usual: they decide which policy wins, so they need a source.
fn far_from_median(prices: &[Price], language: Language) -> String {
    let Some(median) = median_rate(prices) else {
        return String::new();
    };
    let far = |price: &&Price| {
        price
            .deaths_averted_per_hundred_million()
            .is_some_and(|rate| {
                let times = rate / median;
                times > FACTOR_OF_THE_MEDIAN || (times > 0.0 && times < 1.0 / FACTOR_OF_THE_MEDIAN)
            })
    };
    let told: Vec<String> = prices
        .iter()
        .filter(far)
        .map(|price| {
            let rate = price.deaths_averted_per_hundred_million().unwrap_or(0.0);
            format!("{} (×{})", price.lever.key(), number(rate / median))
        })
        .collect();
    let (middle, factor) = (number(median), short(FACTOR_OF_THE_MEDIAN));
    let mut text = say!(
        language,
        "减少死亡的手段中位数：每亿元 {middle} 人。\n",
        "Median of the levers that avert deaths: {middle} people per 100 million yuan.\n"
    );
    if !told.is_empty() {
        let told = told.join(language.pick("、", ", "));
        text.push_str(&say!(
            language,
            "与中位数相差 {factor} 倍以上，价格或效果左右政策的排序，须有出处(见 scenarios/parameters.csv)：{told}\n",
            "More than {factor} times away from it; their price or effect decides rankings and needs a source (scenarios/parameters.csv): {told}\n"
        ));
    }
    text
}

/// Header of the CSV: key and both names, so that it needs no dictionary.
const HEADER: [&str; 16] = [
    "lever",
    "name_zh",
    "name_en",
    "unit",
    "from",
    "to",
    "public_yuan_per_year",
    "enterprises_yuan_per_year",
    "deaths_averted_per_year",
    "deaths_averted_low",
    "deaths_averted_high",
    "loss_averted_yuan_per_year",
    "loss_averted_low",
    "loss_averted_high",
    "deaths_averted_per_100_million_yuan",
    "loss_averted_yuan_per_100_million_yuan",
];

/// All prices as CSV; in Chinese it begins with a byte-order mark, so that spreadsheets read it.
pub(super) fn csv(prices: &[Price], language: Language) -> String {
    let mut text = String::from(language.pick("\u{feff}", ""));
    text.push_str(&HEADER.join(","));
    text.push('\n');
    for price in prices {
        let row = price.lever.row;
        let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
        let figures = [
            price.lever.from,
            price.lever.to,
            price.public_yuan,
            price.enterprises_yuan.mean,
            price.deaths_averted.mean,
            price.deaths_averted.low,
            price.deaths_averted.high,
            price.loss_averted.mean,
            price.loss_averted.low,
            price.loss_averted.high,
        ];
        let rates = [
            price.deaths_averted_per_hundred_million(),
            price.loss_averted_per_hundred_million(),
        ];
        let names = [&row.name_zh, &row.name_en, &row.unit].map(|name| quoted(name));
        let cells = [price.lever.key().to_owned()]
            .into_iter()
            .chain(names)
            .chain(figures.map(|figure| figure.to_string()))
            .chain(rates.map(|rate| rate.map_or_else(String::new, |rate| rate.to_string())));
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text
}
