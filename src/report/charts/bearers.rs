//! Losses by policy, stacked by who finally bears them.

use serde::{Deserialize, Serialize};

use crate::report::axis::Axis;
use crate::report::charts::bars::part;
use crate::report::charts::table::{
    BEARER, Heading, LOSS, LOSS_HIGH, LOSS_LOW, POLICY, POLICY_NAME, cell, csv, number_table,
};
use crate::report::charts::{Estimate, PolicyLabel, Quantity, Source, largest, told};
use crate::report::draw::{Area, Canvas, Stroke, Type, sheet};
use crate::report::font::{self, Weight};
use crate::report::frame::{Frame, flow, labelled, marks_below, name_size, row_name, with_unit};
use crate::report::numbers::{Scale, grouped, not_available};
use crate::report::palette;
use crate::report::style::{HEIGHT, INK, LABEL, MARGIN, QUIET, SMALL, WIDTH};
use crate::report::svg::{ChartError, cropped};
use crate::vocabulary::{Bearer, Language, Table, Vocabulary};

/// What the chart shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// Where the figures come from.
    pub source: Source,
    /// One row a policy, in the order shown.
    pub rows: Vec<Row>,
}

/// One policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The policy.
    pub policy: PolicyLabel,
    /// Mean loss finally borne by each (yuan a year).
    #[serde(deserialize_with = "number_table")]
    pub borne_yuan: Table<Bearer, f64>,
    /// Total loss with its interval (yuan a year).
    pub total_yuan: Estimate,
}

const NAMES: f64 = 196.0;
const LEGEND_ROW: f64 = 24.0;
const KEY: f64 = 22.0;

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 6] = [POLICY, POLICY_NAME, BEARER, LOSS, LOSS_LOW, LOSS_HIGH];

/// Draws the chart.
pub fn svg(data: &Data, language: Language) -> Result<String, ChartError> {
    draw(data, &Layout::new(data, (34.0, 76.0), language), language)
}

/// Draws the chart with bars as low as can be read and without what surrounds it, for a page that says it.
/// Its parts bear amounts, for shares of the mean loss are not the means of shares that a table has; intervals of
/// levels are left out, since only differences can be compared.
pub fn compact(data: &Data, language: Language) -> Result<String, ChartError> {
    const ROW: f64 = 23.0;
    let layout = Layout {
        brief: true,
        ..Layout::new(data, (ROW, ROW), language)
    };
    let svg = draw(data, &layout, language)?;
    let top = layout.frame.top() - 4.0;
    let height = layout.height - layout.frame.foot() - top;
    let edge = MARGIN - 4.0;
    Ok(cropped(&svg, [edge, top, WIDTH - 2.0 * edge, height]))
}

fn draw(data: &Data, layout: &Layout, language: Language) -> Result<String, ChartError> {
    sheet((WIDTH, layout.height), &layout.frame.title, |canvas| {
        layout.frame.paint(canvas, layout.height);
        legend(canvas, layout, language);
        marks_below(canvas, layout.plot, &labelled(&layout.axis, 6, grouped));
        let middle = (layout.plot.x, layout.plot.bottom() + 34.0);
        canvas.text(
            &layout.axis_name,
            middle,
            Type {
                size: SMALL,
                colour: QUIET,
                ..Type::default()
            },
        );
        for (number, row) in data.rows.iter().enumerate() {
            bar(canvas, layout, row, number, language);
        }
        let foot = [
            (layout.plot.x, layout.plot.y),
            (layout.plot.x, layout.plot.bottom()),
        ];
        canvas.line(&foot, Stroke::solid(INK, 1.25));
    })
}

/// The chart's data as CSV.
pub fn table(data: &Data, language: Language) -> String {
    let rows = data.rows.iter().flat_map(|row| {
        let name = row.policy.name.pick(language);
        let line = |bearer: &str, figures: [String; 3]| {
            let mut cells = vec![row.policy.key.clone(), name.to_owned(), bearer.to_owned()];
            cells.extend(figures);
            cells
        };
        let none = String::new;
        let mut lines: Vec<Vec<String>> = row
            .borne_yuan
            .iter()
            .map(|(bearer, yuan)| line(bearer.word(language), [cell(*yuan), none(), none()]))
            .collect();
        let Estimate { mean, low, high } = row.total_yuan;
        lines.push(line(
            language.pick("合计", "total"),
            [cell(mean), cell(low), cell(high)],
        ));
        lines
    });
    csv(&COLUMNS, rows, language)
}

/// Where everything goes.
struct Layout {
    frame: Frame,
    height: f64,
    plot: Area,
    row: f64,
    name_size: f64,
    scale: Scale,
    axis: Axis,
    axis_name: String,
    /// Whether amounts stand inside and no interval is drawn.
    brief: bool,
    legend: Vec<(f64, usize)>,
}

impl Layout {
    /// With rows between two heights.
    fn new(data: &Data, (least, most_high): (f64, f64), language: Language) -> Self {
        let frame = frame(data, language);
        let most = largest(
            data.rows
                .iter()
                .flat_map(|row| [row.total_yuan.high, stacked(row)]),
        );
        let scale = Scale::of(&Quantity::YuanPerYear, most, language);
        let legend = flow(&words(language), MARGIN, WIDTH - MARGIN, KEY);
        let legend_rows = legend.last().map_or(0, |(_, row)| row + 1) as f64;
        let top = frame.top() + legend_rows * LEGEND_ROW + 10.0;
        let below = 50.0 + frame.foot();
        let rows = data.rows.len().max(1) as f64;
        let row = ((HEIGHT - top - below) / rows).clamp(least, most_high);
        let labels = data
            .rows
            .iter()
            .map(|row| width_of(&total(row, &scale, language)));
        let plot = Area {
            x: MARGIN + NAMES,
            y: top,
            width: WIDTH - 2.0 * MARGIN - NAMES - largest(labels) - 14.0,
            height: row * rows,
        };
        let axis = Axis::linear(0.0, most * scale.factor, plot.x, plot.right());
        let axis_name = with_unit(
            language.pick("年均损失", "Mean loss"),
            &scale.unit,
            language,
        );
        let names = data.rows.iter().map(|row| row.policy.name.pick(language));
        let name_size = name_size(names, NAMES - 12.0);
        let height = top + row * rows + below;
        Layout {
            frame,
            height,
            plot,
            row,
            name_size,
            scale,
            axis,
            axis_name,
            brief: false,
            legend,
        }
    }
}

fn frame(data: &Data, language: Language) -> Frame {
    let interval = language.pick(
        "右端数字：合计均值〔95% 置信区间〕，条下横线为同一区间；段内数字：该承担者占平均损失的份额(表中的“份额”则是各次模拟份额的平均)；",
        "At the end: mean total [95% confidence interval], drawn below the bar; inside: share of that bearer in the mean loss (shares in tables are means of each run's own share);",
    );
    Frame {
        title: language.pick("损失最终由谁承担", "Who finally bears the losses").to_owned(),
        subtitle: language
            .pick(
                "各项政策下的年均损失，按最终承担者分段；死亡不计入金额",
                "Mean annual loss under each policy, by who finally bears it; deaths are not counted in money",
            )
            .to_owned(),
        caption: data.source.caption(interval, language),
    }
}

fn words(language: Language) -> Vec<String> {
    Bearer::ALL
        .iter()
        .map(|bearer| bearer.word(language).to_owned())
        .collect()
}

fn legend(canvas: &mut Canvas<'_>, layout: &Layout, language: Language) {
    for (bearer, (x, row)) in Bearer::ALL.iter().zip(&layout.legend) {
        let y = layout.frame.top() + *row as f64 * LEGEND_ROW;
        let key = Area {
            x: *x,
            y: y + 2.0,
            width: KEY,
            height: 14.0,
        };
        canvas.fill(key, palette::bearer(*bearer));
        canvas.text(
            bearer.word(language),
            (x + KEY + 8.0, y + 9.0),
            Type::default(),
        );
    }
}

/// Sum of the segments that can be drawn.
fn stacked(row: &Row) -> f64 {
    row.borne_yuan
        .values()
        .iter()
        .filter(|yuan| yuan.is_finite())
        .map(|yuan| yuan.max(0.0))
        .sum()
}

/// The text at the end of a bar.
fn total(row: &Row, scale: &Scale, language: Language) -> String {
    let Estimate { mean, low, high } = row.total_yuan;
    if row.total_yuan.available() {
        let (open, close) = (language.pick("〔", "["), language.pick("〕", "]"));
        format!(
            "{} {open}{}–{}{close}",
            scale.show(mean),
            scale.show(low),
            scale.show(high)
        )
    } else {
        not_available(language).to_owned()
    }
}

fn width_of(text: &str) -> f64 {
    font::width(text, LABEL, Weight::Regular)
}

fn bar(canvas: &mut Canvas<'_>, layout: &Layout, row: &Row, number: usize, language: Language) {
    let top = layout.plot.y + number as f64 * layout.row;
    let middle = top + layout.row / 2.0;
    let thickness = (layout.row * 0.6).min(40.0);
    let name = row.policy.name.pick(language);
    row_name(
        canvas,
        name,
        (layout.plot.x - 12.0, middle),
        NAMES - 12.0,
        layout.name_size,
    );
    let sum = stacked(row);
    let mut borne = 0.0;
    for (bearer, yuan) in row.borne_yuan.iter().filter(|(_, yuan)| **yuan > 0.0) {
        let left = layout.axis.at(borne * layout.scale.factor);
        borne += yuan;
        let right = layout.axis.at(borne * layout.scale.factor);
        let area = Area {
            x: left,
            y: middle - thickness / 2.0,
            width: right - left,
            height: thickness,
        };
        let inside = if layout.brief {
            layout.scale.show(*yuan)
        } else {
            format!("{}%", grouped(yuan / sum * 100.0, 0))
        };
        part(canvas, area, palette::bearer(bearer), &inside);
        let own = Estimate {
            mean: *yuan,
            low: f64::NAN,
            high: f64::NAN,
        };
        let figures = told(&layout.scale, own, language);
        let percent = grouped(yuan / sum * 100.0, 1);
        let who = bearer.word(language);
        canvas.hot(area, &format!("{name} – {who}: {figures} ({percent}%)"));
    }
    let end = layout.axis.at(borne * layout.scale.factor);
    let (end, text) = if layout.brief {
        (end, layout.scale.show(row.total_yuan.mean))
    } else {
        let below = middle + thickness / 2.0 + 5.0;
        (
            whisker(canvas, layout, row, below, end),
            total(row, &layout.scale, language),
        )
    };
    canvas.text(&text, (end + 10.0, middle), Type::default());
}

/// The interval of the total, below its bar; returns where the text after both may begin.
fn whisker(canvas: &mut Canvas<'_>, layout: &Layout, row: &Row, y: f64, end: f64) -> f64 {
    if !row.total_yuan.available() {
        return end;
    }
    let at = |yuan: f64| layout.axis.at(yuan * layout.scale.factor);
    let (low, high) = (at(row.total_yuan.low), at(row.total_yuan.high));
    let stroke = Stroke::solid(INK, 1.5);
    canvas.line(&[(low, y), (high, y)], stroke);
    for x in [low, high] {
        canvas.line(&[(x, y - 3.0), (x, y + 3.0)], stroke);
    }
    end.max(high)
}
