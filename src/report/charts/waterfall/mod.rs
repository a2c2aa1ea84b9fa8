//! What the parts of a policy contribute: a waterfall from the one policy to the other, one panel a measure.

mod steps;

use plotters::style::RGBColor;

use super::directed::{self, LEGEND, LOWERS, RAISES, plot};
use super::table::{Heading, cell, csv, resolved_word};
use crate::report::axis::Axis;
use crate::report::charts::differences::{KEY, Layout, heading, row_names, stripes};
use crate::report::charts::{Estimate, PolicyLabel, Quantity, Source, Words, largest, least};
use crate::report::draw::{Area, Canvas, Stroke, Type, sheet};
use crate::report::frame::{Frame, flow, labelled, marks_below};
use crate::report::numbers::{Scale, data_unit, grouped};
use crate::report::palette::{Fill, Hatch};
use crate::report::style::{HEIGHT, INK, MARGIN, PAPER, UNRESOLVED, WIDTH};
use crate::report::svg::ChartError;
use crate::vocabulary::Language;
use steps::{Placed, figures, placed};

/// What the chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// Where the figures come from.
    pub source: Source,
    /// The policy from which the waterfall starts.
    pub from: PolicyLabel,
    /// The policy to which it leads.
    pub to: PolicyLabel,
    /// What is asked of the parts.
    pub question: Words,
    /// The parts, in the order shown.
    pub parts: Vec<Words>,
    /// One panel a measure.
    pub panels: Vec<Panel>,
}

/// One measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Its name.
    pub measure: Words,
    /// What it counts.
    pub quantity: Quantity,
    /// Contribution of each part, in the order of [`Data::parts`].
    pub steps: Vec<Step>,
    /// What they sum to.
    pub whole: Step,
}

/// A contribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Mean and 95 % interval, in the unit of the measure.
    pub estimate: Estimate,
    /// Whether the runs tell it from zero.
    pub resolved: bool,
}

/// The bar of the whole.
const WHOLE: Fill = Fill {
    colour: RGBColor(0x3A, 0x3F, 0x46),
    hatch: Hatch::Plain,
};

/// Draws the chart.
pub fn svg(data: &Data, language: Language) -> Result<String, ChartError> {
    let frame = frame(data, language);
    let rows = data.parts.len() + 1;
    let layout = Layout::new(data.panels.len(), rows, &frame);
    let whole = language.pick("合计 = 两项政策之差", "sum = difference of the two");
    let parts = data.parts.iter().map(|part| part.pick(language));
    let names: Vec<&str> = parts.chain([whole]).collect();
    let height = layout.height.max(HEIGHT * 0.5);
    sheet((WIDTH, height), &frame.title, |canvas| {
        frame.paint(canvas, height);
        legend(canvas, frame.top() + LEGEND, language);
        for (number, panel) in data.panels.iter().enumerate() {
            let area = layout.panel(number);
            stripes(canvas, area, layout.row, rows);
            if number.is_multiple_of(layout.columns) {
                row_names(canvas, &names, area, layout.row);
            }
            waterfall(canvas, panel, area, layout.row, language);
        }
    })
}

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 7] = [
    Heading::new("measure", "指标", "measure"),
    Heading::new(
        "part",
        "部分",
        "mechanism or layer; the last row is the whole difference",
    ),
    Heading::new("value", "贡献", "Shapley value, in the unit of the row"),
    Heading::new("low", "95%区间下限", "lower end of the 95 % interval"),
    Heading::new("high", "95%区间上限", "upper end of the 95 % interval"),
    Heading::new("unit", "单位", "unit"),
    Heading::new("resolved", "可分辨", "whether the runs resolve it"),
];

/// The chart's data as CSV.
pub fn table(data: &Data, language: Language) -> String {
    let sum = language.pick("合计", "sum");
    let names: Vec<&str> = data
        .parts
        .iter()
        .map(|part| part.pick(language))
        .chain([sum])
        .collect();
    let rows = data.panels.iter().flat_map(|panel| {
        let steps = panel.steps.iter().chain([&panel.whole]);
        let unit = data_unit(&panel.quantity, language);
        let row = move |(name, step): (&&str, &Step)| {
            let Estimate { mean, low, high } = step.estimate;
            let resolved = resolved_word(step.resolved, language);
            vec![
                panel.measure.pick(language).to_owned(),
                (*name).to_owned(),
                cell(mean),
                cell(low),
                cell(high),
                unit.clone(),
                resolved.to_owned(),
            ]
        };
        names.iter().zip(steps).map(row).collect::<Vec<_>>()
    });
    csv(&COLUMNS, rows, language)
}

fn frame(data: &Data, language: Language) -> Frame {
    let interval = language.pick(
        "条：沙普利值，即各部分按所有先后次序依次引入时的平均贡献；细线：逐次模拟所得的 95% 置信区间；",
        "Bar: Shapley value, a part's mean contribution over all orders of bringing the parts in; thin line: 95% confidence interval by replication;",
    );
    let (from, to) = (data.from.name.pick(language), data.to.name.pick(language));
    let subtitle = match language {
        Language::Chinese => format!(
            "从「{from}」到「{to}」，同一风险历史；每条从上一条的终点开始，各条相加等于两项政策之差；零线左侧 = 更低，右侧 = 更高"
        ),
        Language::English => format!(
            "From {from} to {to}, the same dangers: each bar begins where the one above ends, and they add up to the difference; left of the zero line = less, right = more"
        ),
    };
    Frame {
        title: data.question.pick(language).to_owned(),
        subtitle,
        caption: data.source.caption(interval, language),
    }
}

fn legend(canvas: &mut Canvas<'_>, middle: f64, language: Language) {
    let words = [
        language.pick("降低", "lowers it").to_owned(),
        language.pick("升高", "raises it").to_owned(),
        language
            .pick(
                "现有模拟次数下尚难区分(空心)",
                "not resolved by these runs (outline)",
            )
            .to_owned(),
        language.pick("合计", "sum").to_owned(),
    ];
    let places = flow(&words, MARGIN, WIDTH - MARGIN, KEY);
    let fills = [Some(LOWERS), Some(RAISES), None, Some(WHOLE)];
    for ((word, (x, _)), fill) in words.iter().zip(places).zip(fills) {
        bar(canvas, directed::key(x, middle), fill);
        canvas.text(word, (x + KEY + 8.0, middle), Type::default());
    }
}

/// A bar; without a fill, its outline.
fn bar(canvas: &mut Canvas<'_>, area: Area, fill: Option<Fill>) {
    if let Some(fill) = fill {
        canvas.fill(area, fill);
        return;
    }
    canvas.area(area, PAPER, 1.0);
    let (left, right, top, bottom) = (area.x, area.right(), area.y, area.bottom());
    let around = [
        (left, top),
        (right, top),
        (right, bottom),
        (left, bottom),
        (left, top),
    ];
    canvas.line(&around, Stroke::solid(UNRESOLVED, 1.25));
}

fn waterfall(canvas: &mut Canvas<'_>, panel: &Panel, area: Area, row: f64, language: Language) {
    let all = placed(panel);
    let ends = || all.iter().flat_map(|p| [p.start, p.end, p.low, p.high]);
    let (most, low) = (largest(ends()), least(ends()));
    let steps = || panel.steps.iter().chain([&panel.whole]);
    let greatest = largest(steps().map(|step| step.estimate.mean.abs()));
    let scale = Scale::of(&panel.quantity, greatest, language);
    let named = (&panel.measure, &panel.quantity);
    heading(canvas, named, &scale, area, language);
    let plot = plot(area);
    let pad = (most - low) * 0.04;
    let (from, to) = if pad > 0.0 {
        ((low - pad) * scale.factor, (most + pad) * scale.factor)
    } else {
        (-1.0, 1.0)
    };
    let axis = Axis::linear(from, to, plot.x + 4.0, plot.right() - 4.0);
    let long = scale.show(most).len().max(scale.show(low).len()) > 7;
    marks_below(
        canvas,
        plot,
        &labelled(&axis, if long { 3 } else { 5 }, grouped),
    );
    let zero = axis.at(0.0);
    canvas.line(
        &[(zero, plot.y - 4.0), (zero, plot.bottom())],
        Stroke::solid(INK, 1.5),
    );
    let last = area.y + (all.len() - 1) as f64 * row;
    let rule = [(area.x, last), (area.right(), last)];
    canvas.line(&rule, Stroke::solid(UNRESOLVED, 1.0));
    let texts = figures(panel, &scale, language);
    for (number, (step, placed)) in steps().zip(&all).enumerate() {
        let middle = area.y + (number as f64 + 0.5) * row;
        let next = (number + 2 < all.len()).then_some(middle + row);
        let whole = number + 1 == all.len();
        let place = |value: f64| axis.at(value * scale.factor);
        if step.estimate.mean.is_finite() {
            draw_step(canvas, step, placed, place, (middle, row, next), whole);
        }
        let colour = if step.resolved { INK } else { UNRESOLVED };
        let place = (area.right() - 4.0, middle);
        directed::figure(canvas, &texts[number], place, colour);
    }
}

/// The bar of a step with its interval, and the line that leads to the next.
fn draw_step(
    canvas: &mut Canvas<'_>,
    step: &Step,
    placed: &Placed,
    place: impl Fn(f64) -> f64,
    (middle, row, next): (f64, f64, Option<f64>),
    whole: bool,
) {
    let (start, end) = (place(placed.start), place(placed.end));
    let area = directed::bar([start, end], (middle, row));
    let fill = if !step.resolved {
        None
    } else if whole {
        Some(WHOLE)
    } else if step.estimate.mean < 0.0 {
        Some(LOWERS)
    } else {
        Some(RAISES)
    };
    if let Some(next) = next {
        let down = [(end, area.bottom()), (end, next - area.height / 2.0)];
        canvas.line(&down, Stroke::solid(UNRESOLVED, 1.0));
    }
    bar(canvas, area, fill);
    if step.estimate.available() {
        let ends = [place(placed.low), place(placed.high)];
        directed::interval(canvas, ends, middle, fill.is_some());
    }
}
