//! Tables of a calibration on the terminal, in both languages.

use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle, presets};

use crate::calibration::fit::Fit;
use crate::calibration::hindcast::Hindcast;
use crate::calibration::patterns::{Pattern, Verdict};
use crate::calibration::report::residual;
use crate::cli::numbers::number;
use crate::cli::{Context, Failure};
use crate::vocabulary::Language;

const STYLE: TableStyle = presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none());

/// One column: a heading and a cell for each row.
struct Figures {
    heading: String,
    cells: Vec<String>,
}

fn column<T>(heading: &str, rows: &[T], cell: impl Fn(&T) -> String) -> Figures {
    Figures {
        heading: heading.to_owned(),
        cells: rows.iter().map(cell).collect(),
    }
}

/// A table as wide as it must be: names of parameters are long and must stay whole, to be copied.
fn laid_out(heading: &str, names: &[&str], columns: &[Figures]) -> String {
    let right = |text: &str| Cell::new(text).set_alignment(CellAlignment::Right);
    let mut table = Table::new();
    table
        .load_style(STYLE)
        .set_content_arrangement(ContentArrangement::Disabled);
    let headings = columns.iter().map(|column| right(&column.heading));
    table.set_header([Cell::new(heading)].into_iter().chain(headings));
    for (number, name) in names.iter().enumerate() {
        let cells = columns.iter().map(|column| right(&column.cells[number]));
        table.add_row([Cell::new(name)].into_iter().chain(cells));
    }
    table.to_string()
}

/// Parameters with their errors, then targets with residuals.
pub(super) fn fit(fit: &Fit, context: &mut Context<'_>) -> Result<(), Failure> {
    let pick = |zh: &'static str, en: &'static str| context.language.pick(zh, en);
    let rows: Vec<_> = fit.parameters.iter().collect();
    let names: Vec<&str> = rows.iter().map(|row| row.parameter.name.as_str()).collect();
    let silent = pick("模拟中无目标随之变化", "no target moved");
    let table = laid_out(
        pick("参数", "parameter"),
        &names,
        &[
            column(pick("倍数", "factor"), &rows, |row| {
                number(libm::exp(row.log))
            }),
            column(
                pick("标准误(对数)", "standard error (log)"),
                &rows,
                |row| {
                    if row.error.is_nan() {
                        silent.to_owned()
                    } else {
                        number(row.error)
                    }
                },
            ),
            column(pick("达到范围边界", "at the edge"), &rows, |row| {
                if row.at_edge {
                    pick("是", "yes")
                } else {
                    pick("否", "no")
                }
                .to_owned()
            }),
        ],
    );
    writeln!(context.out, "{table}\n")?;
    let rows: Vec<_> = fit.targets.iter().collect();
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let table = laid_out(
        pick("目标", "target"),
        &names,
        &[
            column(pick("用途", "use"), &rows, |row| {
                if row.fitted {
                    pick("拟合", "fitted")
                } else {
                    pick("仅比较", "compared")
                }
                .to_owned()
            }),
            column(pick("统计值", "record"), &rows, |row| {
                number(libm::exp(row.reading.log_level))
            }),
            column(pick("拟合前", "before"), &rows, |row| {
                number(libm::exp(row.before))
            }),
            column(pick("拟合后", "after"), &rows, |row| {
                number(libm::exp(row.after))
            }),
            column(
                pick("残差(标准误)", "residual (standard errors)"),
                &rows,
                |row| number(residual(row)),
            ),
        ],
    );
    writeln!(context.out, "{table}")?;
    let condition = number(fit.condition);
    let line = match context.language {
        Language::Chinese => {
            format!("条件数 {condition}；最难识别的方向见 TOML 的 identifiability")
        }
        Language::English => {
            format!(
                "condition number {condition}; the least known directions stand in the TOML under identifiability"
            )
        }
    };
    writeln!(context.out, "{line}")?;
    Ok(())
}

/// Predictions of each year, then scores of each measure.
pub(super) fn hindcast(hindcast: &Hindcast, context: &mut Context<'_>) -> Result<(), Failure> {
    let pick = |zh: &'static str, en: &'static str| context.language.pick(zh, en);
    let rows: Vec<_> = hindcast.rows.iter().collect();
    let yes = |inside: bool| {
        if inside {
            pick("是", "yes")
        } else {
            pick("否", "no")
        }
        .to_owned()
    };
    let range = |(low, high): (f64, f64)| format!("{} – {}", number(low), number(high));
    let names: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {}", row.measure, row.year))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let table = laid_out(
        pick("指标、年份", "measure, year"),
        &names,
        &[
            column(pick("单位", "unit"), &rows, |row| row.unit.clone()),
            column(pick("实际", "happened"), &rows, |row| {
                number(row.happened)
            }),
            column(pick("模型中位数", "engine median"), &rows, |row| {
                number(row.engine.quantile(0.5))
            }),
            column(pick("90% 区间", "90 % interval"), &rows, |row| {
                range(row.engine.interval())
            }),
            column(pick("在内", "inside"), &rows, |row| {
                yes(row.engine.covers(row.happened))
            }),
            column(pick("朴素预测", "naive"), &rows, |row| {
                number(row.naive_point)
            }),
            column(pick("其 90% 区间", "its 90 % interval"), &rows, |row| {
                range(row.naive.interval())
            }),
            column(pick("在内", "inside"), &rows, |row| {
                yes(row.naive.covers(row.happened))
            }),
        ],
    );
    writeln!(context.out, "{table}\n")?;
    let scores = hindcast.scores();
    let names: Vec<&str> = scores.iter().map(|row| row.measure.as_str()).collect();
    let pair = |[engine, naive]: [f64; 2]| format!("{} / {}", number(engine), number(naive));
    let table = laid_out(
        pick("指标(模型 / 朴素)", "measure (engine / naive)"),
        &names,
        &[
            column(pick("90% 覆盖", "90 % coverage"), &scores, |row| {
                format!(
                    "{} / {} {} {}",
                    row.covered[0],
                    row.covered[1],
                    pick("共", "of"),
                    row.years
                )
            }),
            column("CRPS", &scores, |row| pair(row.ranked_probability)),
            column(pick("区间得分", "interval score"), &scores, |row| {
                pair(row.interval)
            }),
            column(pick("绝对误差", "absolute error"), &scores, |row| {
                pair(row.absolute)
            }),
        ],
    );
    writeln!(context.out, "{table}")?;
    let draws = hindcast.draws;
    let line = match context.language {
        Language::Chinese => format!(
            "每年 {draws} 次抽样；得分越小越好；2021–2024 年未用于任何拟合，驱动因素取实际值"
        ),
        Language::English => format!(
            "{draws} draws a year; lower scores are better; 2021–2024 entered no fit, drivers are as they happened"
        ),
    };
    writeln!(context.out, "{line}")?;
    Ok(())
}

/// The patterns with their intervals and verdicts.
pub(super) fn patterns(patterns: &[Pattern], context: &mut Context<'_>) -> Result<(), Failure> {
    let language = context.language;
    for pattern in patterns {
        let [zh, en] = pattern.name;
        let [beside_zh, beside_en] = pattern.beside;
        let verdict = match pattern.verdict {
            Some(Verdict::Met) => language.pick("符合", "met"),
            Some(Verdict::NotMet) => language.pick("不符合", "not met"),
            Some(Verdict::Undetermined) => language.pick("难以判定", "undetermined"),
            None => language.pick("仅列出", "shown only"),
        };
        writeln!(
            context.out,
            "{}: {} [{}, {}] (n = {}) {verdict}\n    {}",
            language.pick(zh, en),
            number(pattern.value),
            number(pattern.low),
            number(pattern.high),
            number(pattern.cases),
            language.pick(beside_zh, beside_en),
        )?;
    }
    Ok(())
}
