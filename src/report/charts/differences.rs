//! Paired differences to the baseline: a forest plot, one panel a measure.

use serde::{Deserialize, Serialize};

use crate::report::axis::Axis;
use crate::report::charts::table::{Heading, POLICY, POLICY_NAME, cell, csv, resolved_word};
use crate::report::charts::{Estimate, PolicyLabel, Quantity, Source, Words, largest, least};
use crate::report::draw::{Align, Area, Canvas, Stroke, Type, sheet};
use crate::report::font::{self, Weight};
use crate::report::frame::{
    Frame, capitalised, flow, labelled, marks_below, name_size, panel_title, row_name,
};
use crate::report::numbers::{Scale, data_unit, grouped, not_available};
use crate::report::palette::{self, Mark};
use crate::report::style::{HEIGHT, INK, MARGIN, QUIET, SMALL, STRIPE, UNRESOLVED, WIDTH};
use crate::report::svg::ChartError;
use crate::vocabulary::Language;

/// What the chart shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// Where the figures come from.
    pub source: Source,
    /// The policy that all others are compared with.
    pub baseline: PolicyLabel,
    /// The other policies, in the order shown.
    pub policies: Vec<PolicyLabel>,
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
    /// One difference a policy, in the order of [`Data::policies`].
    pub differences: Vec<Difference>,
}

/// Policy less baseline, paired by replication.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Mean and 95 % interval, in the unit of the measure.
    pub estimate: Estimate,
    /// Whether the runs tell it from zero.
    pub resolved: bool,
}

const NAMES: f64 = 208.0;
const GAP: f64 = 22.0;
pub(super) const VALUES: f64 = 64.0;
const HEAD: f64 = 44.0;
const TICKS: f64 = 34.0;
pub(super) const KEY: f64 = 16.0;
const LEGEND: f64 = 34.0;

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 8] = [
    Heading::new("measure", "指标", "measure"),
    POLICY,
    POLICY_NAME,
    Heading::new(
        "difference",
        "与基准之差",
        "mean paired difference to the baseline",
    ),
    Heading::new("low", "95%区间下限", "lower end of its 95 % interval"),
    Heading::new("high", "95%区间上限", "upper end of its 95 % interval"),
    Heading::new("unit", "单位", "unit"),
    Heading::new("resolved", "可分辨", "whether the interval leaves zero out"),
];

/// Draws the chart.
pub fn svg(data: &Data, language: Language) -> Result<String, ChartError> {
    let frame = frame(data, language);
    if data.policies.is_empty() {
        return alone(&frame, language);
    }
    let layout = Layout::new(data.panels.len(), data.policies.len(), &frame);
    let policies = data.policies.iter();
    let names: Vec<&str> = policies.map(|policy| policy.name.pick(language)).collect();
    let marks = palette::policies(data.policies.iter().map(|policy| policy.key.as_str()));
    sheet((WIDTH, layout.height), &frame.title, |canvas| {
        frame.paint(canvas, layout.height);
        legend(canvas, frame.top(), language);
        for (number, panel) in data.panels.iter().enumerate() {
            let area = layout.panel(number);
            stripes(canvas, area, layout.row, data.policies.len());
            if number.is_multiple_of(layout.columns) {
                row_names(canvas, &names, area, layout.row);
            }
            forest(canvas, panel, area, layout.row, &marks, language);
        }
    })
}

/// The chart's data as CSV.
pub fn table(data: &Data, language: Language) -> String {
    let rows = data.panels.iter().flat_map(|panel| {
        panel
            .differences
            .iter()
            .zip(&data.policies)
            .map(move |(difference, policy)| {
                let Estimate { mean, low, high } = difference.estimate;
                let resolved = resolved_word(difference.resolved, language);
                vec![
                    panel.measure.pick(language).to_owned(),
                    policy.key.clone(),
                    policy.name.pick(language).to_owned(),
                    cell(mean),
                    cell(low),
                    cell(high),
                    data_unit(&panel.quantity, language),
                    resolved.to_owned(),
                ]
            })
    });
    csv(&COLUMNS, rows, language)
}

fn frame(data: &Data, language: Language) -> Frame {
    let baseline = data.baseline.name.pick(language);
    let interval = language.pick(
        "点：同一风险历史下逐次配对之差的均值；横线：95% 置信区间；右侧数字：均值；",
        "Point: mean difference, paired by the same history of dangers; bar: 95% confidence interval; figure: mean;",
    );
    let (title, subtitle) = match language {
        Language::Chinese => (
            "与基准相比，每项政策改变了什么".to_owned(),
            format!("政策减去基准「{baseline}」；零线左侧 = 低于基准，右侧 = 高于基准"),
        ),
        Language::English => (
            "What each policy changes against the baseline".to_owned(),
            format!(
                "Policy less the baseline, {baseline}: left of the zero line = less than under the baseline, right = more"
            ),
        ),
    };
    Frame {
        title,
        subtitle,
        caption: data.source.caption(interval, language),
    }
}

/// Where the panels go: three beside each other, with the names of the rows left of the first.
pub(super) struct Layout {
    /// Height of the sheet.
    pub(super) height: f64,
    /// Panels beside each other.
    pub(super) columns: usize,
    top: f64,
    width: f64,
    /// Height of a row.
    pub(super) row: f64,
    rows: f64,
}

impl Layout {
    /// For so many panels of so many rows.
    pub(super) fn new(panels: usize, rows: usize, frame: &Frame) -> Self {
        let columns = panels.clamp(1, 3);
        let bands = panels.div_ceil(columns).max(1) as f64;
        let rows = rows.max(1) as f64;
        let top = frame.top() + LEGEND;
        let free = HEIGHT - top - frame.foot();
        let row = ((free / bands - HEAD - TICKS) / rows).clamp(31.0, 44.0);
        let gaps = (columns - 1) as f64 * GAP;
        let width = (WIDTH - 2.0 * MARGIN - NAMES - gaps) / columns as f64;
        let height = top + bands * (HEAD + row * rows + TICKS) + frame.foot();
        Layout {
            height,
            columns,
            top,
            width,
            row,
            rows,
        }
    }

    /// Rows of a panel, with the room for its figures.
    pub(super) fn panel(&self, number: usize) -> Area {
        let (column, band) = (number % self.columns, number / self.columns);
        let height = self.row * self.rows;
        Area {
            x: MARGIN + NAMES + column as f64 * (self.width + GAP),
            y: self.top + band as f64 * (HEAD + height + TICKS) + HEAD,
            width: self.width,
            height,
        }
    }
}

fn legend(canvas: &mut Canvas<'_>, top: f64, language: Language) {
    let words = [
        language
            .pick("区间不含零", "interval without zero")
            .to_owned(),
        language
            .pick("现有模拟次数下尚难区分", "not resolved by these runs")
            .to_owned(),
    ];
    let places = flow(&words, MARGIN, WIDTH - MARGIN, KEY);
    for (number, (word, (x, _))) in words.iter().zip(places).enumerate() {
        let plain = Mark {
            colour: INK,
            shape: palette::Shape::Circle,
            hollow: false,
        };
        let mark = if number == 0 {
            plain
        } else {
            plain.unresolved()
        };
        canvas.mark((x + KEY / 2.0, top + 9.0), 5.0, mark);
        canvas.text(word, (x + KEY + 8.0, top + 9.0), Type::default());
    }
}

/// Shades every other row, from the names on.
pub(super) fn stripes(canvas: &mut Canvas<'_>, area: Area, row: f64, rows: usize) {
    let left = if area.x > MARGIN + NAMES { GAP } else { NAMES };
    for number in (0..rows).step_by(2) {
        let y = area.y + number as f64 * row;
        let shade = Area {
            x: area.x - left,
            y,
            width: area.width + left,
            height: row,
        };
        canvas.area(shade, STRIPE, 1.0);
    }
}

/// Names of the rows, left of the first panel.
pub(super) fn row_names(canvas: &mut Canvas<'_>, names: &[&str], area: Area, row: f64) {
    let limit = NAMES - 12.0;
    let size = name_size(names.iter().copied(), limit);
    for (number, name) in names.iter().enumerate() {
        let place = (area.x - 12.0, area.y + (number as f64 + 0.5) * row);
        row_name(canvas, name, place, limit, size);
    }
}

/// The sheet of a run of the baseline alone.
fn alone(frame: &Frame, language: Language) -> Result<String, ChartError> {
    let height = frame.top() + 60.0 + frame.foot();
    sheet((WIDTH, height), &frame.title, |canvas| {
        frame.paint(canvas, height);
        let none = language.pick(
            "本次运行只有基准政策，没有可比较的政策；请再加一项政策",
            "This run holds the baseline alone: add a policy to compare with it.",
        );
        canvas.text(none, (MARGIN, frame.top() + 24.0), Type::default());
    })
}

fn forest(
    canvas: &mut Canvas<'_>,
    panel: &Panel,
    area: Area,
    row: f64,
    marks: &[Mark],
    language: Language,
) {
    let estimates: Vec<Estimate> = panel
        .differences
        .iter()
        .map(|difference| difference.estimate)
        .filter(Estimate::available)
        .collect();
    let most = largest(estimates.iter().map(|estimate| estimate.high));
    let low = least(estimates.iter().map(|estimate| estimate.low));
    let scale = Scale::of(&panel.quantity, most.max(-low), language);
    heading(
        canvas,
        (&panel.measure, &panel.quantity),
        &scale,
        area,
        language,
    );
    let plot = Area {
        width: area.width - VALUES,
        ..area
    };
    let pad = (most - low) * 0.06;
    let ends = if pad > 0.0 {
        ((low - pad) * scale.factor, (most + pad) * scale.factor)
    } else {
        (-1.0, 1.0)
    };
    let axis = Axis::linear(ends.0, ends.1, plot.x + 4.0, plot.right() - 4.0);
    if !estimates.is_empty() {
        let long = scale.show(most).len().max(scale.show(low).len()) > 7;
        marks_below(
            canvas,
            plot,
            &labelled(&axis, if long { 4 } else { 6 }, grouped),
        );
    }
    let zero = axis.at(0.0);
    canvas.line(
        &[(zero, plot.y - 4.0), (zero, plot.bottom())],
        Stroke::solid(INK, 1.5),
    );
    for (number, (difference, mark)) in panel.differences.iter().zip(marks).enumerate() {
        let middle = area.y + (number as f64 + 0.5) * row;
        point(canvas, difference, &axis, &scale, *mark, middle);
        figure(
            canvas,
            difference,
            &scale,
            (area.right() - 4.0, middle),
            language,
        );
    }
}

/// Name of the measure, with its unit below.
pub(super) fn heading(
    canvas: &mut Canvas<'_>,
    (measure, quantity): (&Words, &Quantity),
    scale: &Scale,
    area: Area,
    language: Language,
) {
    let unit = match quantity {
        Quantity::Share => language.pick("百分点", "percentage points"),
        _ => &scale.unit,
    };
    panel_title(
        canvas,
        &capitalised(measure.pick(language)),
        (area.x, area.y - 31.0),
        area.width,
        1,
    );
    let set = Type {
        size: SMALL,
        colour: QUIET,
        ..Type::default()
    };
    canvas.text(unit, (area.x, area.y - 13.0), set);
}

fn point(
    canvas: &mut Canvas<'_>,
    difference: &Difference,
    axis: &Axis,
    scale: &Scale,
    mark: Mark,
    middle: f64,
) {
    if !difference.estimate.available() {
        return;
    }
    let at = |value: f64| axis.at(value * scale.factor);
    let Estimate { mean, low, high } = difference.estimate;
    let full = Mark {
        hollow: false,
        ..mark
    };
    let mark = if difference.resolved {
        full
    } else {
        mark.unresolved()
    };
    let width = if difference.resolved { 2.25 } else { 1.5 };
    canvas.line(
        &[(at(low), middle), (at(high), middle)],
        Stroke::solid(mark.colour, width),
    );
    canvas.mark((at(mean), middle), 5.0, mark);
}

fn figure(
    canvas: &mut Canvas<'_>,
    difference: &Difference,
    scale: &Scale,
    place: (f64, f64),
    language: Language,
) {
    let shown = difference.estimate.available();
    let text = if shown {
        scale.show_signed(difference.estimate.mean)
    } else {
        not_available(language).to_owned()
    };
    let colour = if shown && difference.resolved {
        INK
    } else {
        UNRESOLVED
    };
    let room = VALUES - 4.0;
    let size = SMALL.min(SMALL * room / font::width(&text, SMALL, Weight::Regular).max(1.0));
    canvas.text(
        &text,
        place,
        Type {
            size,
            align: Align::End,
            colour,
            ..Type::default()
        },
    );
}
