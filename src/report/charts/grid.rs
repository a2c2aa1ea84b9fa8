//! Responsibility allocation × sharing arrangement: heat maps with main effects and interaction.

use serde::{Deserialize, Serialize};

use crate::report::charts::heat::{figure, lines, shade};
use crate::report::charts::table::{Heading, cell, csv, number};
use crate::report::charts::{Estimate, PolicyLabel, Quantity, Source, Words, largest, told};
use crate::report::draw::{Align, Area, Canvas, Type, sheet};
use crate::report::font::{self, Weight};
use crate::report::frame::{Frame, panel_title, row_name, with_unit};
use crate::report::numbers::{Scale, data_unit, grouped};
use crate::report::style::{FAINT, INK, LABEL, MARGIN, QUIET, SMALL, STRIPE, WIDTH};
use crate::report::svg::ChartError;
use crate::vocabulary::Language;

/// What the chart shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// Where the figures come from.
    pub source: Source,
    /// Allocations of responsibility.
    pub rows: Vec<PolicyLabel>,
    /// Sharing arrangements.
    pub columns: Vec<PolicyLabel>,
    /// One panel a measure.
    pub panels: Vec<Panel>,
}

/// One measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Panel {
    /// Its name.
    pub measure: Words,
    /// What it counts.
    pub quantity: Quantity,
    /// Its value in each cell, row by row.
    pub cells: Vec<Vec<Estimate>>,
    /// Main effect of each row.
    pub row_effects: Vec<Estimate>,
    /// Main effect of each column.
    pub column_effects: Vec<Estimate>,
    /// Row and column of the greatest interaction.
    pub greatest_at: (usize, usize),
    /// The greatest interaction.
    pub greatest: Estimate,
    /// Share of the interaction in the variation between cells (0–1).
    #[serde(deserialize_with = "number")]
    pub interaction_share: f64,
}

const ACROSS: usize = 2;
const GAP: f64 = 28.0;
const NAMES: f64 = 172.0;
const TITLE: f64 = 34.0;
const HEAD: f64 = 58.0;
const ROW: f64 = 38.0;
const NOTE: f64 = 46.0;
const SMALLER: f64 = 12.0;

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 8] = [
    Heading::new("measure", "指标", "measure"),
    Heading::new(
        "figure",
        "数值项",
        "value of a cell, main effect, greatest interaction, or its share",
    ),
    Heading::new("allocation", "责任配置", "allocation of responsibility"),
    Heading::new("sharing", "分担安排", "sharing arrangement"),
    Heading::new("mean", "均值", "mean of the replications"),
    Heading::new("low", "95%区间下限", "lower end of its 95 % interval"),
    Heading::new("high", "95%区间上限", "upper end of its 95 % interval"),
    Heading::new("unit", "单位", "unit"),
];

/// Draws the chart.
pub fn svg(data: &Data, language: Language) -> Result<String, ChartError> {
    let frame = frame(data, language);
    let panel = TITLE + HEAD + (data.rows.len() + 1) as f64 * ROW + NOTE;
    let bands = data.panels.len().div_ceil(ACROSS) as f64;
    let height = frame.top() + bands * panel + frame.foot();
    let width = (WIDTH - 2.0 * MARGIN - GAP) / ACROSS as f64;
    sheet((WIDTH, height), &frame.title, |canvas| {
        frame.paint(canvas, height);
        for (number, own) in data.panels.iter().enumerate() {
            let area = Area {
                x: MARGIN + (number % ACROSS) as f64 * (width + GAP),
                y: frame.top() + (number / ACROSS) as f64 * panel,
                width,
                height: panel,
            };
            heat_map(canvas, data, own, area, language);
        }
    })
}

/// The chart's data as CSV.
pub fn table(data: &Data, language: Language) -> String {
    let rows = data.panels.iter().flat_map(|panel| {
        let unit = data_unit(&panel.quantity, language);
        let line = |what: &str, places: [&str; 2], of: Estimate, unit: &str| {
            let [row, column] = places;
            let texts = [panel.measure.pick(language), what, row, column];
            let mut cells: Vec<String> = texts.map(str::to_owned).to_vec();
            cells.extend([of.mean, of.low, of.high].map(cell));
            cells.push(unit.to_owned());
            cells
        };
        let row = |i: usize| data.rows[i].name.pick(language);
        let column = |j: usize| data.columns[j].name.pick(language);
        let mut all = Vec::new();
        for (i, values) in panel.cells.iter().enumerate() {
            for (j, value) in values.iter().enumerate() {
                let what = language.pick("数值", "value");
                all.push(line(what, [row(i), column(j)], *value, &unit));
            }
        }
        let effect = language.pick("主效应", "main effect");
        for (i, value) in panel.row_effects.iter().enumerate() {
            all.push(line(effect, [row(i), ""], *value, &unit));
        }
        for (j, value) in panel.column_effects.iter().enumerate() {
            all.push(line(effect, ["", column(j)], *value, &unit));
        }
        let (i, j) = panel.greatest_at;
        let greatest = language.pick("最大交互作用", "greatest interaction");
        all.push(line(greatest, [row(i), column(j)], panel.greatest, &unit));
        let share = Estimate {
            mean: panel.interaction_share,
            low: f64::NAN,
            high: f64::NAN,
        };
        let what = language.pick(
            "交互作用占差异的份额",
            "share of the interaction in the variation",
        );
        all.push(line(
            what,
            ["", ""],
            share,
            language.pick("比例(0–1)", "share (0–1)"),
        ));
        all
    });
    csv(&COLUMNS, rows, language)
}

fn frame(data: &Data, language: Language) -> Frame {
    let interval = language.pick(
        "格内：均值；最右列与末行：主效应(该行、该列均值减去总均值)，灰字：95% 区间含零；交互作用：一格偏离两项主效应之和的量，区间按模拟次数配对；",
        "Cells: means; last column and row: main effects (mean of the row or column less the whole mean), grey: 95% interval with zero; interaction: what a cell departs from the sum of both effects, interval paired by replication;",
    );
    Frame {
        title: language
            .pick("责任配置 × 分担安排", "Responsibility allocation × sharing arrangement")
            .to_owned(),
        subtitle: language
            .pick(
                "行：谁负责；列：损失由谁分担；其余手段都同基准；颜色越深，数值越大",
                "Rows: who is responsible; columns: how losses are shared; all else as in the baseline; the darker, the greater",
            )
            .to_owned(),
        caption: data.source.caption(interval, language),
    }
}

fn heat_map(canvas: &mut Canvas<'_>, data: &Data, panel: &Panel, area: Area, language: Language) {
    let means = || panel.cells.iter().flatten().map(|cell| cell.mean);
    let most = largest(means());
    let least = means()
        .filter(|value| value.is_finite())
        .fold(most, f64::min);
    let scale = Scale::of(&panel.quantity, most, language);
    let title = with_unit(panel.measure.pick(language), &scale.unit, language);
    panel_title(
        canvas,
        &title,
        (area.x, area.y + TITLE * 0.5),
        area.width,
        1,
    );
    let width = (area.width - NAMES) / (data.columns.len() + 1) as f64;
    let top = area.y + TITLE + HEAD;
    heads(canvas, data, (area.x, top, width), language);
    let place = |i: usize, j: usize| Area {
        x: area.x + NAMES + j as f64 * width,
        y: top + i as f64 * ROW,
        width,
        height: ROW,
    };
    let side = |i: usize| (area.x + NAMES - 8.0, top + (i as f64 + 0.5) * ROW);
    for (i, row) in data.rows.iter().enumerate() {
        row_name(
            canvas,
            row.name.pick(language),
            side(i),
            NAMES - 10.0,
            SMALLER,
        );
        for (j, value) in panel.cells[i].iter().enumerate() {
            // From a fifth of the shades on, so that the least cell is seen as one.
            let part = 0.1 + 0.9 * (value.mean - least) / (most - least).max(f64::MIN_POSITIVE);
            let text = scale.show(value.mean);
            figure(canvas, place(i, j), shade(part), &text, (LABEL, None));
            let column = data.columns[j].name.pick(language);
            let name = format!("{} × {column}", row.name.pick(language));
            canvas.hot(place(i, j), &say(&name, &told(&scale, *value, language)));
        }
        effect(
            canvas,
            place(i, data.columns.len()),
            &panel.row_effects[i],
            &scale,
        );
    }
    let last = data.rows.len();
    row_name(
        canvas,
        effect_word(language),
        side(last),
        NAMES - 10.0,
        SMALL,
    );
    for (j, value) in panel.column_effects.iter().enumerate() {
        effect(canvas, place(last, j), value, &scale);
    }
    let set = Type {
        size: SMALL,
        ..Type::default()
    };
    let text = note(data, panel, &scale, language);
    let bottom = top + (last + 1) as f64 * ROW;
    for (number, line) in font::wrap(&text, area.width, SMALL, Weight::Regular, 2)
        .iter()
        .enumerate()
    {
        canvas.text(line, (area.x, bottom + 12.0 + number as f64 * 16.0), set);
    }
}

/// A name with its figures.
fn say(name: &str, figures: &str) -> String {
    format!("{name}: {figures}")
}

fn effect_word(language: Language) -> &'static str {
    language.pick("主效应", "main effect")
}

fn heads(
    canvas: &mut Canvas<'_>,
    data: &Data,
    (left, bottom, width): (f64, f64, f64),
    language: Language,
) {
    let set = Type {
        size: SMALLER,
        align: Align::Middle,
        colour: QUIET,
        ..Type::default()
    };
    let names = data.columns.iter().map(|column| column.name.pick(language));
    for (j, name) in names.chain([effect_word(language)]).enumerate() {
        let wrapped = font::wrap(name, width - 4.0, set.size, Weight::Regular, 4);
        let place = (left + NAMES + (j as f64 + 0.5) * width, bottom - HEAD * 0.5);
        lines(canvas, &wrapped, place, set);
    }
}

/// A main effect with its sign, grey where the runs do not tell it from zero.
fn effect(canvas: &mut Canvas<'_>, area: Area, value: &Estimate, scale: &Scale) {
    let text = if value.mean.is_finite() {
        scale.show_signed(value.mean)
    } else {
        grouped(value.mean, 0)
    };
    let colour = if value.resolved() { INK } else { FAINT };
    figure(canvas, area, STRIPE, &text, (SMALL, Some(colour)));
}

/// What the interaction is.
fn note(data: &Data, panel: &Panel, scale: &Scale, language: Language) -> String {
    let (i, j) = panel.greatest_at;
    let (row, column) = (
        data.rows[i].name.pick(language),
        data.columns[j].name.pick(language),
    );
    let Estimate { mean, low, high } = panel.greatest;
    let [mean, ends] = [
        scale.show_signed(mean),
        format!(
            "{}{}{}",
            scale.show(low),
            language.pick("至", " to "),
            scale.show(high)
        ),
    ];
    let share = grouped(panel.interaction_share * 100.0, 1);
    let doubt = match (panel.greatest.resolved(), language) {
        (true, _) => "",
        (false, Language::Chinese) => "，现有模拟次数下尚难区分",
        (false, Language::English) => ", not resolved by these runs",
    };
    match language {
        Language::Chinese => format!(
            "交互作用占政策间差异的 {share}%；最大：{row} × {column} {mean}〔{ends}〕{doubt}"
        ),
        Language::English => format!(
            "Interaction: {share}% of the variation between cells; greatest: {row} × {column} {mean} [{ends}]{doubt}"
        ),
    }
}
