//! Which parameter a conclusion hangs on: a tornado, the weightiest parameter on top, one panel a measure.

use serde::{Deserialize, Serialize};

use super::directed::{self, LEGEND, LOWERS, RAISES, plot};
use super::table::{Heading, cell, csv};
use crate::experiment::sensitivity::Grade;
use crate::report::axis::Axis;
use crate::report::charts::differences::{KEY, Layout, heading, stripes};
use crate::report::charts::{Estimate, PolicyLabel, Quantity, Source, Words, largest, least};
use crate::report::draw::{Area, Canvas, Point, Stroke, Type, sheet};
use crate::report::frame::{Frame, flow, labelled, marks_below, name_size, row_name};
use crate::report::numbers::{Scale, data_unit, grouped, not_available};
use crate::report::palette::{Mark, Shape};
use crate::report::style::{HEIGHT, INK, MARGIN, WIDTH};
use crate::report::svg::ChartError;
use crate::vocabulary::{Language, Vocabulary};

/// What the chart shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// Where the figures come from.
    pub source: Source,
    /// The policy that is compared with.
    pub from: PolicyLabel,
    /// The policy whose difference it is.
    pub to: PolicyLabel,
    /// Trajectories of the screening.
    pub trajectories: usize,
    /// The parameters shown, the weightiest first.
    pub parameters: Vec<Parameter>,
    /// Parameters of less weight that are not shown.
    pub others: usize,
    /// One panel a measure.
    pub panels: Vec<Panel>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: Words,
    /// What its value rests on.
    pub grade: Grade,
}

/// One measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Panel {
    /// Its name.
    pub measure: Words,
    /// What it counts.
    pub quantity: Quantity,
    /// Difference of the policies at the society's own values.
    #[serde(deserialize_with = "super::table::number")]
    pub difference: f64,
    /// One bar for each parameter, in the order of [`Data::parameters`].
    pub bars: Vec<Bar>,
}

/// How much a parameter moves the difference over its whole range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// Mean size of the change with its 95 % interval, in the unit of the measure.
    pub size: Estimate,
    /// Whether the difference rises on the whole with the parameter.
    pub rises: bool,
}

impl Bar {
    /// The size with the sign of its direction: value, and the ends of its interval.
    fn signed(&self) -> [f64; 3] {
        let sign = if self.rises { 1.0 } else { -1.0 };
        [self.size.mean, self.size.low, self.size.high].map(|value| sign * value)
    }
}

/// Room for the mark of the evidence between a name and its bars.
const EVIDENCE: f64 = 26.0;
/// The lines beyond which a bar could reverse the difference.
const REVERSAL: Stroke = Stroke {
    colour: INK,
    width: 1.5,
    dash: 6.0,
};

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 9] = [
    Heading::new("measure", "指标", "measure"),
    Heading::new("parameter", "参数", "uncertain parameter"),
    Heading::new("evidence", "证据", "what its value rests on"),
    Heading::new(
        "size",
        "平均影响",
        "mean size of the change of the difference over the whole range of the parameter",
    ),
    Heading::new("low", "95%区间下限", "lower end of its 95 % interval"),
    Heading::new("high", "95%区间上限", "upper end of its 95 % interval"),
    Heading::new(
        "direction",
        "方向",
        "whether the difference rises or falls with the parameter",
    ),
    Heading::new(
        "difference",
        "两项政策之差",
        "difference of the policies at the society's own values",
    ),
    Heading::new("unit", "单位", "unit"),
];

/// Draws the chart.
pub fn svg(data: &Data, language: Language) -> Result<String, ChartError> {
    let frame = frame(data, language);
    let rows = data.parameters.len();
    let layout = Layout::new(data.panels.len(), rows, &frame);
    let height = layout.height.max(HEIGHT * 0.5);
    sheet((WIDTH, height), &frame.title, |canvas| {
        frame.paint(canvas, height);
        legend(canvas, frame.top() + LEGEND, language);
        for (number, panel) in data.panels.iter().enumerate() {
            let area = layout.panel(number);
            stripes(canvas, area, layout.row, rows);
            if number.is_multiple_of(layout.columns) {
                names(canvas, &data.parameters, area, layout.row, language);
            }
            tornado(canvas, panel, area, layout.row, language);
        }
    })
}

/// The chart's data as CSV.
pub fn table(data: &Data, language: Language) -> String {
    let rows = data.panels.iter().flat_map(|panel| {
        let unit = data_unit(&panel.quantity, language);
        let row = move |(bar, parameter): (&Bar, &Parameter)| {
            let direction = if bar.rises {
                language.pick("上升", "rises")
            } else {
                language.pick("下降", "falls")
            };
            let Estimate { mean, low, high } = bar.size;
            vec![
                panel.measure.pick(language).to_owned(),
                parameter.name.pick(language).to_owned(),
                parameter.grade.word(language).to_owned(),
                cell(mean),
                cell(low),
                cell(high),
                direction.to_owned(),
                cell(panel.difference),
                unit.clone(),
            ]
        };
        let both = panel.bars.iter().zip(&data.parameters);
        both.map(row).collect::<Vec<_>>()
    });
    csv(&COLUMNS, rows, language)
}

fn frame(data: &Data, language: Language) -> Frame {
    let (from, to) = (data.from.name.pick(language), data.to.name.pick(language));
    let (trajectories, others) = (data.trajectories, data.others);
    let (title, subtitle, interval) = match language {
        Language::Chinese => (
            "结论取决于哪个参数",
            format!(
                "参数从其范围低端到高端、其余参数取各自范围内任意值时，「{to}」与「{from}」之差的平均变动；条朝左 = 差值随参数下降，朝右 = 上升"
            ),
            format!(
                "条：莫里斯基本效应的平均大小；细线：95% 自助法区间({trajectories} 条轨迹)；另有 {others} 个影响较小的参数未画出；"
            ),
        ),
        Language::English => (
            "Which parameter the conclusion hangs on",
            format!(
                "Mean change of the difference, {to} less {from}, when a parameter goes from the low to the high end of its range, the others anywhere in theirs; left = the difference falls, right = it rises"
            ),
            format!(
                "Bar: mean size of Morris's elementary effects; thin line: 95% bootstrap interval over {trajectories} trajectories; {others} weaker parameters are not drawn;"
            ),
        ),
    };
    Frame {
        title: title.to_owned(),
        subtitle,
        caption: data.source.caption(&interval, language),
    }
}

/// The mark of what a value rests on: shapes that differ in grey print, too.
fn evidence(grade: Grade) -> Mark {
    let (shape, hollow) = match grade {
        Grade::Measured => (Shape::Square, false),
        Grade::Literature => (Shape::Diamond, false),
        Grade::Judgement => (Shape::Circle, true),
    };
    Mark {
        colour: INK,
        shape,
        hollow,
    }
}

fn legend(canvas: &mut Canvas<'_>, middle: f64, language: Language) {
    let mut words = vec![
        language.pick("差值下降", "difference falls").to_owned(),
        language.pick("差值上升", "difference rises").to_owned(),
        language
            .pick(
                "条长至此，差值可能反号",
                "a bar this long could reverse the difference",
            )
            .to_owned(),
    ];
    let grades = [Grade::Measured, Grade::Literature, Grade::Judgement];
    let before = language.pick("证据：", "evidence: ");
    words.extend(grades.map(|grade| grade.word(language).to_owned()));
    words[3].insert_str(0, before);
    let places = flow(&words, MARGIN, WIDTH - MARGIN, KEY);
    for (number, (word, (x, _))) in words.iter().zip(places).enumerate() {
        let key = directed::key(x, middle);
        let centre = x + KEY / 2.0;
        match number {
            0 => canvas.fill(key, LOWERS),
            1 => canvas.fill(key, RAISES),
            2 => canvas.line(&[(centre, middle - 8.0), (centre, middle + 8.0)], REVERSAL),
            grade => canvas.mark((centre, middle), 4.0, evidence(grades[grade - 3])),
        }
        canvas.text(word, (x + KEY + 8.0, middle), Type::default());
    }
}

fn names(
    canvas: &mut Canvas<'_>,
    parameters: &[Parameter],
    area: Area,
    row: f64,
    language: Language,
) {
    let right = area.x - EVIDENCE;
    let limit = right - MARGIN;
    let size = name_size(parameters.iter().map(|p| p.name.pick(language)), limit);
    for (number, parameter) in parameters.iter().enumerate() {
        let middle = area.y + (number as f64 + 0.5) * row;
        row_name(
            canvas,
            parameter.name.pick(language),
            (right, middle),
            limit,
            size,
        );
        let place = (area.x - EVIDENCE / 2.0, middle);
        canvas.mark(place, 4.0, evidence(parameter.grade));
    }
}

/// Ends of the axis: all bars, and on their sides the lines of reversal where these are not far off.
fn ends(panel: &Panel) -> (f64, f64) {
    let all = || panel.bars.iter().flat_map(Bar::signed);
    let (mut low, mut high) = (least(all()), largest(all()));
    let reversal = panel.difference.abs();
    if reversal <= 1.5 * high.max(-low) {
        low = if low < 0.0 { low.min(-reversal) } else { low };
        high = if high > 0.0 { high.max(reversal) } else { high };
    }
    let pad = (high - low) * 0.05;
    if pad > 0.0 {
        (low - pad, high + pad)
    } else {
        (-1.0, 1.0)
    }
}

fn tornado(canvas: &mut Canvas<'_>, panel: &Panel, area: Area, row: f64, language: Language) {
    let sizes = panel.bars.iter().map(|bar| bar.size.mean);
    let scale = Scale::of(&panel.quantity, largest(sizes), language);
    let named = (&panel.measure, &panel.quantity);
    heading(canvas, named, &scale, area, language);
    let plot = plot(area);
    let (low, high) = ends(panel);
    let (from, to) = (low * scale.factor, high * scale.factor);
    let axis = Axis::linear(from, to, plot.x + 4.0, plot.right() - 4.0);
    let long = scale.show(high).len().max(scale.show(low).len()) > 7;
    let ticks = labelled(&axis, if long { 4 } else { 6 }, grouped);
    marks_below(canvas, plot, &ticks);
    let place = |value: f64| axis.at(value * scale.factor);
    let upright = |x: f64| [(x, plot.y - 4.0), (x, plot.bottom())];
    canvas.line(&upright(place(0.0)), Stroke::solid(INK, 1.5));
    for (number, bar) in panel.bars.iter().enumerate() {
        let middle = area.y + (number as f64 + 0.5) * row;
        if bar.size.mean.is_finite() {
            draw(canvas, bar, place, (middle, row));
        }
        figure(canvas, bar, &scale, (area.right() - 4.0, middle), language);
    }
    for reversal in [-panel.difference.abs(), panel.difference.abs()] {
        if low < reversal && reversal < high && reversal != 0.0 {
            canvas.line(&upright(place(reversal)), REVERSAL);
        }
    }
}

fn draw(canvas: &mut Canvas<'_>, bar: &Bar, place: impl Fn(f64) -> f64, (middle, row): (f64, f64)) {
    let [end, low, high] = bar.signed();
    let area = directed::bar([place(0.0), place(end)], (middle, row));
    canvas.fill(area, if bar.rises { RAISES } else { LOWERS });
    if bar.size.available() {
        directed::interval(canvas, [place(low), place(high)], middle, true);
    }
}

fn figure(canvas: &mut Canvas<'_>, bar: &Bar, scale: &Scale, place: Point, language: Language) {
    let text = if bar.size.mean.is_finite() {
        scale.show_signed(bar.signed()[0])
    } else {
        not_available(language).to_owned()
    };
    directed::figure(canvas, &text, place, INK);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(difference: f64) -> Panel {
        let bar = |mean: f64, rises: bool| Bar {
            size: Estimate {
                mean,
                low: mean - 1.0,
                high: mean + 1.0,
            },
            rises,
        };
        Panel {
            measure: Words::new("死亡人数", "deaths"),
            quantity: Quantity::PeoplePerYear,
            difference,
            bars: vec![bar(10.0, true), bar(4.0, false)],
        }
    }

    #[test]
    fn the_line_of_reversal_widens_the_axis_only_where_it_is_near() {
        assert_eq!(ends(&panel(-100.0)), (-5.8, 11.8));
        let (low, high) = ends(&panel(-15.0));
        assert!(low < -5.0 && high > 15.0);
        let none = Panel {
            bars: Vec::new(),
            ..panel(f64::NAN)
        };
        assert_eq!(ends(&none), (-1.0, 1.0));
    }

    #[test]
    fn bars_go_to_the_side_of_their_direction() {
        let bars = panel(0.0).bars;
        assert_eq!(bars[0].signed(), [10.0, 9.0, 11.0]);
        assert_eq!(bars[1].signed(), [-4.0, -3.0, -5.0]);
    }
}
