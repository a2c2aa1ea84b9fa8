//! `contingent_liability.csv`: what the layers of a policy put on each level of government.

use super::file::Sealed;
use super::table::{Cell, Column, TableWriter, Type, plain, policy};
use super::{FileOptions, Format, OutputError};
use crate::experiment::Plan;
use crate::experiment::liability::{Amount, Gap, Liabilities};
use crate::vocabulary::{Language, Level, Vocabulary};

/// What is told of a level, in the order of its amounts.
const STATISTICS: [&str; 4] = ["expected", "once_in_10", "once_in_50", "once_in_100"];

/// Columns of the table.
pub fn columns() -> Vec<Column> {
    let text = |key, zh, en| plain(key, Type::Text, zh, en);
    let real = |key, zh, en| plain(key, Type::Real, zh, en);
    let count = |key, zh, en| plain(key, Type::Integer, zh, en);
    vec![
        policy(),
        text(
            "source",
            "年份来源",
            "run = years of the runs, all dangers; tail = natural years besides them (--tail)",
        ),
        text(
            "level",
            "政府层级",
            "level of government; all = every one together",
        ),
        text("level_zh", "层级名称", "name of the level in Chinese"),
        text("level_en", "层级名称(英文)", "name of the level"),
        text(
            "statistic",
            "统计量",
            "expected outlay of a year, or outlay of a year that comes once in 10, 50, 100",
        ),
        text(
            "value",
            "数值",
            "loss borne by the level: relief, rebuilding of public assets, aid to other provinces; not available = beyond what the years carry",
        ),
        text("low", "95%区间下限", "lower end of the 95 % interval"),
        text("high", "95%区间上限", "upper end of the 95 % interval"),
        real(
            "difference",
            "与基准之差",
            "difference to the baseline in the same years",
        ),
        real(
            "difference_low",
            "差值95%区间下限",
            "lower end of its 95 % interval",
        ),
        real(
            "difference_high",
            "差值95%区间上限",
            "upper end of its 95 % interval",
        ),
        text(
            "resolved",
            "是否可区分",
            "yes, not resolved, equal within 1e-6; empty for the baseline",
        ),
        count(
            "years_in_tail",
            "尾部年数",
            "simulated years beyond the value; of the expected outlay, all",
        ),
        count("years", "模拟年数", "simulated years"),
        text("unit", "单位", "unit of values and differences"),
    ]
}

/// Writes the file.
pub fn write(
    options: &FileOptions,
    plan: &Plan,
    liabilities: &Liabilities,
) -> Result<Sealed, OutputError> {
    let mut table = TableWriter::create(options, "contingent_liability", Format::Csv, &columns())?;
    for found in &liabilities.by_source {
        for (policy, outlays) in plan.policies.iter().zip(&found.policies) {
            for outlay in outlays {
                for (statistic, amount) in STATISTICS.iter().zip(outlay.amounts()) {
                    let labels = [&policy.key, found.source.key(), statistic];
                    let years = found.years as i64;
                    row(&mut table, labels, outlay.level, amount, (years, options))?;
                }
            }
        }
    }
    table.seal()
}

fn row(
    table: &mut TableWriter,
    [policy, source, statistic]: [&str; 3],
    level: Option<Level>,
    amount: &Amount,
    (years, options): (i64, &FileOptions),
) -> Result<(), OutputError> {
    let finite = |value: f64| {
        if value.is_finite() {
            value.to_string()
        } else {
            String::new()
        }
    };
    let values = amount.value.map_or_else(
        || ["not available", "", ""].map(str::to_owned),
        |values| values.map(finite),
    );
    let gap = |part: fn(&Gap) -> f64| Cell::Real(amount.gap.as_ref().map_or(f64::NAN, part));
    let word = |language| level.map_or_else(|| all(language), |level| level.word(language));
    let mut cells: Vec<Cell> = vec![
        policy.into(),
        source.into(),
        level.map_or("all", Vocabulary::key).into(),
        word(Language::Chinese).into(),
        word(Language::English).into(),
        statistic.into(),
    ];
    cells.extend(values.iter().map(|value| Cell::Text(value)));
    cells.extend([
        gap(|gap| gap.value),
        gap(|gap| gap.low),
        gap(|gap| gap.high),
        amount.gap.as_ref().map_or("", Gap::word).into(),
        Cell::Integer(amount.years_in_tail as i64),
        Cell::Integer(years),
        options.language.pick("元/年", "yuan a year").into(),
    ]);
    table.row(&cells)
}

/// All levels together, in words.
pub fn all(language: Language) -> &'static str {
    language.pick("各级合计", "all levels")
}
