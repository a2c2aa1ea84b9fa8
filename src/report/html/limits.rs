//! Limits of use, as the README states them.

use super::text::escape;
use crate::vocabulary::Language;

/// Each limit: what it is, and more.
const LIMITS: [[&str; 4]; 7] = [
    [
        "不是预测。",
        "不得用于预测某地、某年或某起事件，不得用于评价某个政府或企业，也不得用于厘定费率。县是合成的，只有省级合计是真实的。",
        "Not a forecast.",
        "It must not be used to predict a place, a year or an event, to rate a government or an enterprise, or to set a premium. Counties are synthetic: only sums of provinces are real.",
    ],
    [
        "判断性参数影响很大。",
        "约七分之六的参数出自判断，并已注明。手段的单价、防护工程的效果、瞒报的目击人数和道德成本、资金缺口对修复的拖延，左右排名而又最不确定。",
        "Judgement decides much.",
        "About six in seven of the parameters are judgement and say so. Prices of levers, the effect of protective works, witnesses and moral costs of concealment, and the slowdown of repair by missing money decide rankings and are known least.",
    ],
    [
        "没有哪个政策被设计成必胜。",
        "责任矩阵是对法律条文的一种理解，不是官方文本。",
        "None of the policies is built to win.",
        "The matrices are a reading of the laws, not an official one.",
    ],
    [
        "未包括的内容。",
        "不模拟私人道路交通和居民家庭火灾(道路死亡只含运输经营)；不模拟普通流感，大流行默认关闭；不含海洋灾害和生物灾害。",
        "Left out.",
        "Private road traffic and fires in homes (deaths on the road are those of transport businesses), ordinary influenza, marine and biological dangers; pandemics are off by default.",
    ],
    [
        "社会是静态的。",
        "没有增长、老龄化、迁移和气候变化；数字为模拟期内的年均值。",
        "A stationary society.",
        "No growth, ageing, migration or climate change; figures are means a year over the horizon.",
    ],
    [
        "框架文本在第六项机制“救援”之后中断。",
        "关于损失分担和自觉自愿、共建共治共享的内容，是从风险所有权的思想推出来的。",
        "The framework's text breaks off inside its sixth mechanism, after rescue.",
        "What the model says about sharing losses and voluntary co-governance is inferred from the idea of risk ownership.",
    ],
    [
        "特大灾害左右均值。",
        "死亡数千人的地震几十年一遇，几次模拟容纳不下足够多的这类事件。",
        "Great disasters rule means.",
        "Deaths in earthquakes of thousands come once in decades; a few replications do not hold enough of them.",
    ],
];

/// The list of the limits.
pub(super) fn list(language: Language) -> String {
    let items = LIMITS.iter().map(|[zh, more_zh, en, more_en]| {
        let (what, more) = (language.pick(zh, en), language.pick(more_zh, more_en));
        let between = language.pick("", " ");
        format!(
            "<li><strong>{}</strong>{between}{}</li>\n",
            escape(what),
            escape(more)
        )
    });
    format!("<ul>\n{}</ul>\n", items.collect::<String>())
}

/// The limits in one line, for a page that has no more room.
pub(super) fn line(language: Language) -> &'static str {
    language.pick(
        "本程序不做预测：不得用来预测某地某年、评价某个政府或企业、厘定费率。县是合成的；私人道路交通、居民家庭火灾和大流行不在模型中；约七分之六的参数出自判断。",
        "This is no forecast: it must not predict a place or a year, rate a government or an enterprise, or set a premium. Counties are synthetic; private road traffic, fires in homes and pandemics are left out; about six in seven parameters are judgement.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_those_of_the_readme() {
        let readmes = [
            include_str!("../../../README.zh.md"),
            include_str!("../../../README.md"),
        ];
        let readmes = readmes.map(|text| text.replace("**", ""));
        for [zh, _, en, _] in LIMITS {
            for (text, limit) in readmes.iter().zip([zh, en]) {
                let limit = limit.trim_end_matches(['。', '.']);
                assert!(text.contains(limit), "{limit}");
            }
        }
    }
}
