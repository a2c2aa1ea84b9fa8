//! Paired differences to the baseline: a forest plot, one panel a measure.

mod forest;

use serde::{Deserialize, Serialize};

use crate::report::charts::table::{Heading, POLICY, POLICY_NAME, cell, csv, resolved_word};
use crate::report::charts::{Estimate, PolicyLabel, Quantity, Source, Words};
use crate::report::draw::{Area, Canvas, Type, sheet};
use crate::report::frame::{Frame, capitalised, flow, name_size, panel_title, row_name};
use crate::report::numbers::{Scale, data_unit};
use crate::report::palette::{self, Mark};
use crate::report::style::{HEIGHT, INK, MARGIN, QUIET, SMALL, STRIPE, WIDTH};
use crate::report::svg::{ChartError, cropped};
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
    draw(data, &frame, &layout, language)
}

/// Draws the chart with rows as low as can be read and without what surrounds it, for a page that says it.
pub fn compact(data: &Data, language: Language) -> Result<String, ChartError> {
    const ROW: f64 = 20.0;
    let frame = frame(data, language);
    if data.policies.is_empty() {
        return alone(&frame, language);
    }
    let rows = data.policies.len();
    let layout = Layout::of_row(ROW, (data.panels.len(), rows), &frame);
    let svg = draw(data, &frame, &layout, language)?;
    let top = if hollow(data) {
        frame.top() - 4.0
    } else {
        frame.top() + LEGEND - 8.0
    };
    let height = layout.height - frame.foot() - top;
    let edge = MARGIN - 4.0;
    Ok(cropped(&svg, [edge, top, WIDTH - 2.0 * edge, height]))
}

fn draw(
    data: &Data,
    frame: &Frame,
    layout: &Layout,
    language: Language,
) -> Result<String, ChartError> {
    let policies = data.policies.iter();
    let names: Vec<&str> = policies.map(|policy| policy.name.pick(language)).collect();
    let marks = palette::policies(data.policies.iter().map(|policy| policy.key.as_str()));
    sheet((WIDTH, layout.height), &frame.title, |canvas| {
        frame.paint(canvas, layout.height);
        if hollow(data) {
            legend(canvas, frame.top(), language);
        }
        for (number, panel) in data.panels.iter().enumerate() {
            let area = layout.panel(number);
            stripes(canvas, area, layout.row, data.policies.len());
            if number.is_multiple_of(layout.columns) {
                row_names(canvas, &names, area, layout.row);
            }
            forest::forest(canvas, panel, area, layout.row, &marks, language);
            forest::tell(canvas, (panel, &names), (area, layout.row), language);
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
        let bands = panels.div_ceil(panels.clamp(1, 3)).max(1) as f64;
        let free = HEIGHT - frame.top() - LEGEND - frame.foot();
        let row = (free / bands - HEAD - TICKS) / rows.max(1) as f64;
        Layout::of_row(row.clamp(31.0, 44.0), (panels, rows), frame)
    }

    /// For so many panels of so many rows of a height.
    fn of_row(row: f64, (panels, rows): (usize, usize), frame: &Frame) -> Self {
        let columns = panels.clamp(1, 3);
        let bands = panels.div_ceil(columns).max(1) as f64;
        let rows = rows.max(1) as f64;
        let top = frame.top() + LEGEND;
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

/// Whether any mark is hollow: then it must be said what that means.
fn hollow(data: &Data) -> bool {
    let mut differences = data.panels.iter().flat_map(|panel| &panel.differences);
    differences.any(|own| own.estimate.available() && !own.resolved)
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

fn points_word(language: Language) -> &'static str {
    language.pick("百分点", "percentage points")
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
        Quantity::Share => points_word(language),
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
