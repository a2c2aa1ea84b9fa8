//! What each chart shows, in a sentence from its data, for readers who do not see it.

use super::stories;
use crate::report::charts::{
    Charts, PolicyLabel, Quantity, bearers, causes, differences, exceedance, fatalities, grid,
    ladder, provinces, resilience, responsibility, trade_off,
};
use crate::report::numbers::{Scale, grouped, not_available};
use crate::vocabulary::{Bearer, Language};

/// The sentence on a chart by the name of its file.
pub(super) fn of(charts: &Charts, name: &str, language: Language) -> String {
    let sentence = match name {
        "losses-by-bearer" => Some(borne(&charts.bearers, language)),
        "paired-differences" => Some(resolved(&charts.differences, language)),
        "resilience" => Some(recovery(&charts.resilience, language)),
        "exceedance" => Some(once_in(&charts.exceedance, language)),
        "fn-curve" => Some(frequent(&charts.fatalities, language)),
        "cause-by-bearer" => Some(caused(&charts.causes, language)),
        "trade-off" => Some(front(&charts.trade_off, language)),
        "provinces" => charts.provinces.as_ref().map(|data| tiles(data, language)),
        "allocation-by-sharing" => charts.grid.as_ref().map(|data| cells(data, language)),
        "ladder" => charts.ladder.as_ref().map(|data| steps(data, language)),
        "responsibility-matrix" => charts
            .responsibility
            .as_ref()
            .map(|data| faults(data, language)),
        "story" => charts
            .story
            .as_ref()
            .map(|data| stories::alternative(data, language)),
        _ => None,
    };
    sentence.unwrap_or_default()
}

/// A value with its unit.
fn value(quantity: &Quantity, value: f64, language: Language) -> String {
    if !value.is_finite() {
        return not_available(language).to_owned();
    }
    let scale = Scale::of(quantity, value.abs(), language);
    let close = if scale.unit == "%" { "" } else { " " };
    format!("{}{close}{}", scale.show(value), scale.unit)
}

fn name(policy: &PolicyLabel, language: Language) -> &str {
    policy.name.pick(language)
}

/// The rows with the least and the greatest figure.
fn ends<T>(rows: &[T], of: impl Fn(&T) -> f64) -> Option<(&T, &T)> {
    let known: Vec<&T> = rows.iter().filter(|row| of(row).is_finite()).collect();
    let least = known.iter().min_by(|a, b| of(a).total_cmp(&of(b)))?;
    let most = known.iter().max_by(|a, b| of(a).total_cmp(&of(b)))?;
    Some((least, most))
}

fn borne(data: &bearers::Data, language: Language) -> String {
    let Some((least, most)) = ends(&data.rows, |row| row.total_yuan.mean) else {
        return not_available(language).to_owned();
    };
    let total = |row: &bearers::Row| value(&Quantity::YuanPerYear, row.total_yuan.mean, language);
    let share = |row: &bearers::Row| {
        let part = row.borne_yuan[Bearer::Residents] / row.total_yuan.mean;
        value(&Quantity::Share, part, language)
    };
    let (low, high) = (name(&least.policy, language), name(&most.policy, language));
    let [a, b] = [total(least), total(most)];
    let first = data.rows.first().map_or_else(String::new, share);
    match language {
        Language::Chinese => {
            format!("条形图：年均损失从{a}({low})到{b}({high})；基准下居民自担其中的 {first}。")
        }
        Language::English => format!(
            "Bars: mean losses run from {a} ({low}) to {b} ({high}); under the baseline residents bear {first} of them."
        ),
    }
}

fn resolved(data: &differences::Data, language: Language) -> String {
    let parts = data.panels.iter().map(|panel| {
        let of = |below: bool| {
            let told = panel.differences.iter().filter(|own| own.resolved);
            told.filter(|own| (own.estimate.mean < 0.0) == below)
                .count()
        };
        let measure = panel.measure.pick(language);
        let (less, more) = (of(true), of(false));
        match language {
            Language::Chinese => format!("{measure} {less} 项降低、{more} 项升高"),
            Language::English => format!("{measure}: {less} lower, {more} higher"),
        }
    });
    let parts: Vec<String> = parts.collect();
    let count = data.policies.len();
    match language {
        Language::Chinese => format!(
            "与基准之差的点和区间，共 {count} 项政策；可区分的变化：{}。",
            parts.join("；")
        ),
        Language::English => format!(
            "Points with intervals of the differences of {count} policies to the baseline; resolved changes: {}.",
            parts.join("; ")
        ),
    }
}

fn recovery(data: &resilience::Data, language: Language) -> String {
    const WEEK: usize = 26;
    let at = |curve: &resilience::Curve| curve.recovery.get(WEEK).copied().unwrap_or(f64::NAN);
    let Some((least, most)) = ends(&data.curves, at) else {
        return not_available(language).to_owned();
    };
    let share = |curve: &resilience::Curve| value(&Quantity::Share, at(curve), language);
    let (low, high) = (name(&least.policy, language), name(&most.policy, language));
    let [a, b] = [share(least), share(most)];
    match language {
        Language::Chinese => {
            format!("曲线图：受灾 {WEEK} 周后，失去的功能恢复了 {a}({low})到 {b}({high})。")
        }
        Language::English => format!(
            "Lines: {WEEK} weeks after a strike between {a} ({low}) and {b} ({high}) of the lost function is back."
        ),
    }
}

fn once_in(data: &exceedance::Data, language: Language) -> String {
    let last = |curve: &exceedance::Curve| curve.annual.last().map_or(f64::NAN, |l| l.value);
    let Some((least, most)) = ends(&data.curves, last) else {
        return not_available(language).to_owned();
    };
    let shown = |curve: &exceedance::Curve| value(&data.quantity, last(curve), language);
    let years = most.annual.last().map_or(f64::NAN, |l| l.return_period);
    let years = grouped(years, 0);
    let measure = data.measure.pick(language);
    let (low, high) = (name(&least.policy, language), name(&most.policy, language));
    let [a, b] = [shown(least), shown(most)];
    match language {
        Language::Chinese => {
            format!("曲线图：{years} 年一遇的年{measure}从{a}({low})到{b}({high})。")
        }
        Language::English => format!(
            "Lines: the {measure} of a year that is exceeded once in {years} years runs from {a} ({low}) to {b} ({high})."
        ),
    }
}

fn frequent(data: &fatalities::Data, language: Language) -> String {
    let panel = data.panels.first();
    let step = panel
        .and_then(|panel| panel.curves.first())
        .and_then(|curve| curve.steps.iter().find(|step| step.deaths >= 10.0));
    let (Some(panel), Some(step)) = (panel, step) else {
        return language
            .pick(
                "曲线图：一次死亡至少 N 人的事件一年有多少起。",
                "Lines: events a year with at least N dead.",
            )
            .to_owned();
    };
    let often = grouped(step.frequency.mean, 1);
    let deaths = grouped(step.deaths, 0);
    let category = panel.category.pick(language);
    match language {
        Language::Chinese => {
            format!("曲线图：基准下，{category}中一次死亡至少 {deaths} 人的事件一年 {often} 起。")
        }
        Language::English => format!(
            "Lines: under the baseline {often} events a year kill at least {deaths} people ({category})."
        ),
    }
}

fn caused(data: &causes::Data, language: Language) -> String {
    let parts = data.causes.iter().filter_map(|cause| {
        let row = cause.rows.first()?;
        let share = row.borne_yuan[Bearer::Residents].mean / row.total_yuan.mean;
        let share = value(&Quantity::Share, share, language);
        Some(format!("{} {share}", cause.name.pick(language)))
    });
    let parts: Vec<String> = parts.collect();
    match language {
        Language::Chinese => format!(
            "表格图：基准下，各来源的损失中居民自担的份额：{}。",
            parts.join("、")
        ),
        Language::English => format!(
            "Heat map: under the baseline residents bear, of the losses by cause: {}.",
            parts.join(", ")
        ),
    }
}

fn front(data: &trade_off::Data, language: Language) -> String {
    let kept: Vec<&str> = data
        .rows
        .iter()
        .filter(|row| !row.beaten)
        .map(|row| name(&row.policy, language))
        .collect();
    match language {
        Language::Chinese => format!(
            "散点图：死亡与不含生命的货币成本；没有别的政策两项都更好(可区分)的有：{}。",
            kept.join("、")
        ),
        Language::English => format!(
            "Points: deaths against money cost without lives; no other policy is resolvedly better in both than: {}.",
            kept.join("; ")
        ),
    }
}

fn tiles(data: &provinces::Data, language: Language) -> String {
    let Some((least, most)) = ends(&data.provinces, |province| province.loss_yuan.mean) else {
        return not_available(language).to_owned();
    };
    let loss = |province: &provinces::Province| grouped(province.loss_yuan.mean, 0);
    let count = data.provinces.len();
    let [a, b] = [loss(least), loss(most)];
    match language {
        Language::Chinese => format!(
            "省级方格图(示意，非地图)：{count} 个省份，基准下人均损失从 {a} 元/年({})到 {b} 元/年({})。",
            least.name, most.name
        ),
        Language::English => format!(
            "Tiles, one a province, not a map: {count} provinces, losses under the baseline from {a} to {b} yuan a head and year."
        ),
    }
}

fn cells(data: &grid::Data, language: Language) -> String {
    let (rows, columns) = (data.rows.len(), data.columns.len());
    let parts = data.panels.iter().map(|panel| {
        let share = value(&Quantity::Share, panel.interaction_share, language);
        format!("{} {share}", panel.measure.pick(language))
    });
    let parts: Vec<String> = parts.collect();
    match language {
        Language::Chinese => format!(
            "{rows} 种责任配置 × {columns} 种分担安排的表格图；交互作用占各格差异的份额：{}。",
            parts.join("、")
        ),
        Language::English => format!(
            "Heat maps of {rows} allocations × {columns} sharing arrangements; share of the interaction in the variation between cells: {}.",
            parts.join(", ")
        ),
    }
}

fn steps(data: &ladder::Data, language: Language) -> String {
    let lever = data.lever.pick(language);
    let count = data.series.len();
    let parts = data.panels.iter().filter_map(|panel| {
        let steps = panel.series.first()?;
        let of = |step: &ladder::Step| value(&panel.quantity, step.value.mean, language);
        let (first, last) = (of(steps.first()?), of(steps.last()?));
        let measure = panel.measure.pick(language);
        Some(match language {
            Language::Chinese => format!("{measure}从{first}到{last}"),
            Language::English => format!("{measure} from {first} to {last}"),
        })
    });
    let parts: Vec<String> = parts.collect();
    match language {
        Language::Chinese => format!(
            "折线图：{lever}逐级提高，共 {count} 条线；第一条：{}。",
            parts.join("；")
        ),
        Language::English => format!(
            "Lines along {lever}, {count} in all; on the first, from its lowest to its highest step: {}.",
            parts.join("; ")
        ),
    }
}

fn faults(data: &responsibility::Data, language: Language) -> String {
    let parts = data.matrices.iter().map(|matrix| {
        let duties = || {
            matrix
                .rows
                .iter()
                .flat_map(|row| row.cells.iter().flatten())
        };
        let gaps = duties()
            .filter(|duty| duty.gap > 0.0 || duty.leaderless)
            .count();
        let overlaps = duties().filter(|duty| duty.overlap > 0.0).count();
        let broken = duties().filter(|duty| duty.handover.is_some()).count();
        let policy = name(&matrix.policy, language);
        match language {
            Language::Chinese => {
                format!("{policy}：缺位 {gaps}、重叠 {overlaps}、脱节 {broken}")
            }
            Language::English => {
                format!("{policy}: {gaps} gaps, {overlaps} overlaps, {broken} disconnects")
            }
        }
    });
    let parts: Vec<String> = parts.collect();
    match language {
        Language::Chinese => format!("责任矩阵图。{}。", parts.join("；")),
        Language::English => format!("Matrices of who leads which duty. {}.", parts.join("; ")),
    }
}
