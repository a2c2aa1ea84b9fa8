//! One lever step by step: what each step of a budget or of a share does, arrangement by arrangement.

use serde::{Deserialize, Serialize};

use crate::report::axis::{Axis, extent};
use crate::report::charts::lines::{LEFT, absent, point};
use crate::report::charts::table::{Heading, POLICY_NAME, cell, csv, number};
use crate::report::charts::{Estimate, PolicyLabel, Quantity, Source, Words, told};
use crate::report::draw::{Area, Canvas, Point, Stroke, Type, sheet};
use crate::report::frame::{
    Frame, edges, flow, labelled, marks_below, marks_left, panel_title, with_unit,
};
use crate::report::numbers::{Scale, data_unit, grouped};
use crate::report::palette::{self, Mark};
use crate::report::style::{HEIGHT, INK, MARGIN, SMALL, UNRESOLVED, WIDTH};
use crate::report::svg::ChartError;
use crate::vocabulary::Language;

/// What the chart shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// Where the figures come from.
    pub source: Source,
    /// The lever.
    pub lever: Words,
    /// Whether its values are shares (shown in per cent).
    pub share: bool,
    /// Arrangements that are moved along the lever.
    pub series: Vec<PolicyLabel>,
    /// The policy that stands beside the ladder, if one does.
    pub beside: Option<PolicyLabel>,
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
    /// Steps of each series, in the order of [`Data::series`].
    pub series: Vec<Vec<Step>>,
    /// The measure under the policy beside the ladder.
    pub beside: Option<Estimate>,
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Value of the lever.
    #[serde(deserialize_with = "number")]
    pub at: f64,
    /// The measure there.
    pub value: Estimate,
}

const ACROSS: usize = 3;
const GAP: f64 = 18.0;
const TITLE: f64 = 46.0;
const BELOW: f64 = 34.0;
const LEGEND: f64 = 34.0;
const LEVER: f64 = 26.0;
const KEY: f64 = 18.0;
const RADIUS: f64 = 4.5;

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 9] = [
    Heading::new("measure", "指标", "measure"),
    Heading::new(
        "policy",
        "政策",
        "arrangement that is moved along the lever",
    ),
    POLICY_NAME,
    Heading::new("lever", "调节手段", "lever"),
    Heading::new(
        "at",
        "取值",
        "value of the lever; empty = the policy beside the ladder",
    ),
    Heading::new("mean", "均值", "mean of the replications"),
    Heading::new("low", "95%区间下限", "lower end of its 95 % interval"),
    Heading::new("high", "95%区间上限", "upper end of its 95 % interval"),
    Heading::new("unit", "单位", "unit"),
];

/// Draws the chart.
pub fn svg(data: &Data, language: Language) -> Result<String, ChartError> {
    let frame = frame(data, language);
    let columns = data.panels.len().clamp(1, ACROSS);
    let bands = data.panels.len().div_ceil(columns).max(1) as f64;
    let top = frame.top() + LEGEND;
    let free = (HEIGHT - top - LEVER - frame.foot()) / bands - TITLE - BELOW;
    let plot = free.max(180.0);
    let height = top + bands * (TITLE + plot + BELOW) + LEVER + frame.foot();
    let all = (WIDTH - 2.0 * MARGIN + GAP) / columns as f64;
    let marks = marks(data);
    sheet((WIDTH, height), &frame.title, |canvas| {
        frame.paint(canvas, height);
        legend(canvas, data, frame.top(), &marks, language);
        for (number, panel) in data.panels.iter().enumerate() {
            let band = (number / columns) as f64;
            let area = Area {
                x: MARGIN + (number % columns) as f64 * all + LEFT,
                y: top + band * (TITLE + plot + BELOW) + TITLE,
                width: all - GAP - LEFT,
                height: plot,
            };
            steps(canvas, data, panel, (area, &marks), language);
        }
        let text = match (data.share, language) {
            (true, Language::Chinese) => format!("横轴：{}(%)", data.lever.pick(language)),
            (false, Language::Chinese) => format!("横轴：{}", data.lever.pick(language)),
            (true, Language::English) => format!("Level axis: {} (%)", data.lever.pick(language)),
            (false, Language::English) => format!("Level axis: {}", data.lever.pick(language)),
        };
        let set = Type {
            size: SMALL,
            colour: INK,
            ..Type::default()
        };
        let y = top + bands * (TITLE + plot + BELOW) + LEVER * 0.3;
        canvas.text(&text, (MARGIN + LEFT, y), set);
    })
}

/// The chart's data as CSV.
pub fn table(data: &Data, language: Language) -> String {
    let rows = data.panels.iter().flat_map(|panel| {
        let unit = data_unit(&panel.quantity, language);
        let line = |policy: &PolicyLabel, at: f64, of: Estimate| {
            let texts = [
                panel.measure.pick(language),
                &policy.key,
                policy.name.pick(language),
                data.lever.pick(language),
            ];
            let mut cells: Vec<String> = texts.map(str::to_owned).to_vec();
            cells.extend([at, of.mean, of.low, of.high].map(cell));
            cells.push(unit.clone());
            cells
        };
        let mut all = Vec::new();
        for (policy, steps) in data.series.iter().zip(&panel.series) {
            all.extend(steps.iter().map(|step| line(policy, step.at, step.value)));
        }
        if let (Some(policy), Some(value)) = (&data.beside, panel.beside) {
            all.push(line(policy, f64::NAN, value));
        }
        all
    });
    csv(&COLUMNS, rows, language)
}

fn frame(data: &Data, language: Language) -> Frame {
    let interval = language.pick(
        "点：均值；竖线：95% 区间，未配对(各级经历同样的风险历史，级间之差比竖线所示更确定)；纵轴不从零起；",
        "Point: mean; bar: 95% interval, not paired (all steps live through the same dangers, so that what parts them is surer than the bars); upright axes do not begin at zero;",
    );
    let lever = data.lever.pick(language);
    let title = match language {
        Language::Chinese => format!("逐级变动{lever}：结果怎样变"),
        Language::English => format!("Step by step: {lever}"),
    };
    Frame {
        title,
        subtitle: language
            .pick(
                "同一安排、只变这一手段(及其必需的配套)；两级之差即多投入这一级的作用",
                "The same arrangement with this lever moved (and what must move with it); between two steps lies what the step does",
            )
            .to_owned(),
        caption: data.source.caption(interval, language),
    }
}

/// Marks of the series: those of the policies that they vary.
fn marks(data: &Data) -> Vec<Mark> {
    palette::policies(data.series.iter().map(|series| series.key.as_str()))
}

/// The line of the policy beside the ladder.
const BESIDE: f64 = 5.0;

fn legend(canvas: &mut Canvas<'_>, data: &Data, top: f64, marks: &[Mark], language: Language) {
    let mut words: Vec<String> = data
        .series
        .iter()
        .map(|series| series.name.pick(language).to_owned())
        .collect();
    if let Some(beside) = &data.beside {
        let name = beside.name.pick(language);
        words.push(match language {
            Language::Chinese => format!("基准(不在阶梯上)：{name}"),
            Language::English => format!("baseline, beside the ladder: {name}"),
        });
    }
    let places = flow(&words, MARGIN, WIDTH - MARGIN, KEY);
    for (number, (word, (x, row))) in words.iter().zip(places).enumerate() {
        let y = top + 9.0 + row as f64 * 20.0;
        match marks.get(number) {
            Some(mark) => canvas.mark((x + KEY / 2.0, y), 5.0, *mark),
            None => canvas.line(
                &[(x, y), (x + KEY, y)],
                Stroke::dashed(UNRESOLVED, 1.75, BESIDE),
            ),
        }
        canvas.text(word, (x + KEY + 8.0, y), Type::default());
    }
}

/// The values of the lever that are steps, with their pixels and as few decimals as tell them apart.
fn places(panel: &Panel, x: &Axis, shown: f64) -> Vec<(f64, String)> {
    let mut values: Vec<f64> = panel
        .series
        .iter()
        .flatten()
        .map(|step| step.at * shown)
        .collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let whole = |value: &f64, ten: f64| ((value * ten).round() / ten - value).abs() < 1e-9;
    let decimals = [1.0, 10.0, 100.0]
        .iter()
        .position(|ten| values.iter().all(|value| whole(value, *ten)));
    let text = |value: &f64| (x.at(*value), grouped(*value, decimals.unwrap_or(3)));
    values.iter().map(text).collect()
}

/// Ends of an axis around values, with some room.
fn ends(values: impl Iterator<Item = f64>, room: f64) -> (f64, f64) {
    let Some((low, high)) = extent(values) else {
        return (0.0, 1.0);
    };
    let pad = ((high - low) * room).max(high.abs() * 1e-3);
    (low - pad, high + pad)
}

fn steps(
    canvas: &mut Canvas<'_>,
    data: &Data,
    panel: &Panel,
    (plot, marks): (Area, &[Mark]),
    language: Language,
) {
    let all = || panel.series.iter().flatten();
    let values = all().map(|step| step.value).chain(panel.beside);
    let values: Vec<f64> = values.flat_map(|v| [v.mean, v.low, v.high]).collect();
    let (low, high) = ends(values.iter().copied(), 0.08);
    let scale = Scale::of(&panel.quantity, high.abs().max(low.abs()), language);
    let shown = if data.share { 100.0 } else { 1.0 };
    let (first, last) = ends(all().map(|step| step.at * shown), 0.05);
    let x = Axis::linear(first, last, plot.x, plot.right());
    let y = Axis::linear(
        low * scale.factor,
        high * scale.factor,
        plot.bottom(),
        plot.y,
    );
    let title = with_unit(panel.measure.pick(language), &scale.unit, language);
    let left = plot.x - LEFT + 12.0;
    panel_title(
        canvas,
        &title,
        (left, plot.y - 16.0),
        plot.width + LEFT - 12.0,
        2,
    );
    marks_left(canvas, plot, &labelled(&y, 4, grouped));
    marks_below(canvas, plot, &places(panel, &x, shown));
    edges(canvas, plot);
    if all().all(|step| !step.value.mean.is_finite()) {
        absent(canvas, plot, language);
        return;
    }
    let height = |value: f64| y.at(value * scale.factor);
    if let Some(beside) = panel.beside.filter(|value| value.mean.is_finite()) {
        let level = height(beside.mean);
        let stroke = Stroke::dashed(UNRESOLVED, 1.75, BESIDE);
        canvas.line(&[(plot.x, level), (plot.right(), level)], stroke);
    }
    for ((series, mark), label) in panel.series.iter().zip(marks).zip(&data.series) {
        let place = |step: &Step| point(&x, &y, step.at * shown, step.value.mean * scale.factor);
        let points: Vec<Point> = series.iter().map(place).collect();
        canvas.broken_line(&points, Stroke::solid(mark.colour, 1.75));
        for (step, point) in series.iter().zip(&points) {
            if step.value.available() {
                let bar = [step.value.low, step.value.high].map(|value| (point.0, height(value)));
                canvas.line(&bar, Stroke::solid(mark.colour, 1.25));
            }
            if point.1.is_finite() {
                canvas.mark(*point, RADIUS, *mark);
                let (name, at) = (label.name.pick(language), grouped(step.at * shown, 2));
                let figures = told(&scale, step.value, language);
                canvas.hot_point(*point, &format!("{name}, {at}: {figures}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_leave_room_and_bear_equal_values() {
        assert_eq!(ends([2.0, 4.0].into_iter(), 0.5), (1.0, 5.0));
        let (low, high) = ends([7.0].into_iter(), 0.1);
        assert!(low < 7.0 && high > 7.0);
        assert_eq!(ends([f64::NAN].into_iter(), 0.1), (0.0, 1.0));
    }
}
