//! Exceedance curve of an annual loss: how bad a year, or the worst event of a year, is once in so
//! many years.

use serde::{Deserialize, Serialize};

use crate::report::axis::Axis;
use crate::report::charts::lines::{
    Grid, LEFT, Line, NAME_GAP, NAMES, absent, bands, heading, named_lines, nothing, point,
};
use crate::report::charts::table::{Heading, POLICY, POLICY_NAME, cell, csv, number};
use crate::report::charts::{Estimate, PolicyLabel, Quantity, Source, Words, largest, told};
use crate::report::draw::{Area, Canvas, Point, Stroke, Type, sheet};
use crate::report::frame::{Frame, edges, flow, labelled, marks_below, marks_left, with_unit};
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
    /// The measure, for example direct loss.
    pub measure: Words,
    /// What it counts.
    pub quantity: Quantity,
    /// One curve a policy; the first is the baseline.
    pub curves: Vec<Curve>,
}

/// One policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// The policy.
    pub policy: PolicyLabel,
    /// Sum of a year (AEP), by rising return period.
    pub annual: Vec<Level>,
    /// Greatest single event of a year (OEP), by rising return period.
    pub largest_event: Vec<Level>,
}

/// The level that is exceeded once in a return period; not a number = not available.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Return period (years).
    #[serde(deserialize_with = "number")]
    pub return_period: f64,
    /// Level, in the unit of the measure.
    #[serde(deserialize_with = "number")]
    pub value: f64,
    /// Lower end of its 95 % interval.
    #[serde(deserialize_with = "number")]
    pub low: f64,
    /// Upper end.
    #[serde(deserialize_with = "number")]
    pub high: f64,
}

const HEADING: f64 = 26.0;
const TOGETHER_BELOW: f64 = 53.0;
const KEY: f64 = 36.0;
/// Ratio of the greatest to the least level from which the axis is one of equal ratios.
const WIDE: f64 = 30.0;

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 8] = [
    POLICY,
    POLICY_NAME,
    Heading::new(
        "basis",
        "口径",
        "AEP = sum of a year, OEP = largest event of a year",
    ),
    Heading::new("return_period_years", "重现期(年)", "return period (years)"),
    Heading::new("value", "数值", "level exceeded once in the return period"),
    Heading::new("low", "95%区间下限", "lower end of its 95 % interval"),
    Heading::new("high", "95%区间上限", "upper end of its 95 % interval"),
    Heading::new("unit", "单位", "unit"),
];

/// Draws the chart.
pub fn svg(data: &Data, language: Language) -> Result<String, ChartError> {
    let frame = frame(data, language);
    let marks = palette::policies(data.curves.iter().map(|curve| curve.policy.key.as_str()));
    let scales = Scales::new(data, language);
    let count = data.curves.len();
    let together = (count as f64 * NAME_GAP).max(210.0);
    let fixed = frame.top() + frame.foot() + HEADING * 2.0 + together + TOGETHER_BELOW;
    let plot = Area {
        x: MARGIN + LEFT,
        y: frame.top() + HEADING,
        width: WIDTH - 2.0 * MARGIN - LEFT - NAMES,
        height: together,
    };
    let below = plot.bottom() + TOGETHER_BELOW + HEADING;
    let names: Vec<&str> = data
        .curves
        .iter()
        .map(|curve| curve.policy.name.pick(language))
        .collect();
    let grid = Grid::new(&names, below, HEIGHT - fixed);
    let height = below + grid.total(count) + frame.foot();
    sheet((WIDTH, height), &frame.title, |canvas| {
        frame.paint(canvas, height);
        let unit = &scales.scale.unit;
        let first = with_unit(language.pick("全部政策", "All policies"), unit, language);
        let note = language.pick(
            "年累计(AEP)；灰带：基准的 95% 区间",
            "sum of a year (AEP); grey band: 95% interval of the baseline",
        );
        heading(canvas, &first, note, frame.top() + HEADING * 0.3);
        all_together(canvas, data, plot, &scales, &marks, language);
        legend(canvas, below - HEADING * 0.65, unit, language);
        for (number, (curve, mark)) in data.curves.iter().zip(&marks).enumerate() {
            let place = grid.plot(number);
            let (x, y) = scales.axes(place);
            let left = labelled(&y, 4, grouped);
            let name = curve.policy.name.pick(language);
            grid.panel(canvas, number, (name, *mark), &periods(&x), &left);
            let baseline = data.curves.first().filter(|_| number > 0);
            if nothing(&scales.points(&curve.annual, (&x, &y))) {
                absent(canvas, place, language);
            } else {
                single(canvas, (curve, *mark), baseline, (&x, &y), &scales);
            }
        }
    })
}

/// The chart's data as CSV.
pub fn table(data: &Data, language: Language) -> String {
    let unit = data_unit(&data.quantity, language);
    let rows = data.curves.iter().flat_map(|curve| {
        let unit = unit.clone();
        let bases = [("AEP", &curve.annual), ("OEP", &curve.largest_event)];
        bases.into_iter().flat_map(move |(basis, levels)| {
            let unit = unit.clone();
            levels.iter().map(move |level| {
                vec![
                    curve.policy.key.clone(),
                    curve.policy.name.pick(language).to_owned(),
                    basis.to_owned(),
                    cell(level.return_period),
                    cell(level.value),
                    cell(level.low),
                    cell(level.high),
                    unit.clone(),
                ]
            })
        })
    });
    csv(&COLUMNS, rows, language)
}

fn frame(data: &Data, language: Language) -> Frame {
    let measure = data.measure.pick(language);
    let (title, subtitle, interval) = match language {
        Language::Chinese => (
            format!("{measure}的超越概率曲线"),
            "平均多少年一遇的年份(或年内最大单次事件)会超过这一水平；横轴为重现期(年，对数刻度)".to_owned(),
            "带：95% 区间；年数不足之处不画；",
        ),
        Language::English => (
            format!("Exceedance curve: {measure}"),
            "Level exceeded once in so many years, by a year's sum or by its greatest single event; return period in years, logarithmic axis".to_owned(),
            "Band: 95% interval; nothing is drawn beyond what the simulated years carry;",
        ),
    };
    Frame {
        title,
        subtitle,
        caption: data.source.caption(interval, language),
    }
}

/// Ends of the axes, the same in all panels.
struct Scales {
    scale: Scale,
    years: (f64, f64),
    levels: (f64, f64),
    ratios: bool,
}

impl Scales {
    fn new(data: &Data, language: Language) -> Self {
        let all: Vec<&Level> = data
            .curves
            .iter()
            .flat_map(|curve| curve.annual.iter().chain(&curve.largest_event))
            .collect();
        let most = largest(all.iter().flat_map(|level| [level.value, level.high]));
        let scale = Scale::of(&data.quantity, most, language);
        let least = all
            .iter()
            .flat_map(|level| [level.value, level.low])
            .filter(|value| value.is_finite())
            .fold(most, f64::min);
        let ratios = least > 0.0 && most > WIDE * least;
        let low = if ratios { least } else { least.min(0.0) };
        let periods = all.iter().map(|level| level.return_period);
        let first = periods
            .clone()
            .filter(|years| *years > 0.0)
            .fold(f64::INFINITY, f64::min);
        let first = if first.is_finite() { first } else { 1.0 };
        let levels = (low * scale.factor, most * scale.factor);
        Scales {
            scale,
            years: (first, largest(periods)),
            levels,
            ratios,
        }
    }

    fn axes(&self, plot: Area) -> (Axis, Axis) {
        let axis = if self.ratios {
            Axis::logarithmic
        } else {
            Axis::linear
        };
        (
            Axis::logarithmic(self.years.0, self.years.1, plot.x, plot.right()),
            axis(self.levels.0, self.levels.1, plot.bottom(), plot.y),
        )
    }

    /// Points of a curve.
    fn points(&self, levels: &[Level], axes: (&Axis, &Axis)) -> Vec<Point> {
        let place = |level: &Level| self.point(level, level.value, axes);
        levels.iter().map(place).collect()
    }

    /// Where a value (yuan or people) lies at the return period of a level.
    fn point(&self, level: &Level, value: f64, (x, y): (&Axis, &Axis)) -> Point {
        point(x, y, level.return_period, value * self.scale.factor)
    }

    /// Outlines of the band of a curve.
    fn band(&self, levels: &[Level], (x, y): (&Axis, &Axis)) -> Vec<Vec<Point>> {
        let factor = self.scale.factor;
        let ends = |level: &Level| (level.return_period, level.low * factor, level.high * factor);
        bands(&levels.iter().map(ends).collect::<Vec<_>>(), x, y)
    }
}

/// Round return periods with their pixels.
fn periods(x: &Axis) -> Vec<(f64, String)> {
    let round = [
        1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0,
    ];
    let shown = round.into_iter().filter(|years| x.holds(*years));
    shown
        .map(|years| (x.at(years), grouped(years, 0)))
        .collect()
}

fn all_together(
    canvas: &mut Canvas<'_>,
    data: &Data,
    plot: Area,
    scales: &Scales,
    marks: &[Mark],
    language: Language,
) {
    let (x, y) = scales.axes(plot);
    marks_left(canvas, plot, &labelled(&y, 5, grouped));
    marks_below(canvas, plot, &periods(&x));
    edges(canvas, plot);
    if let Some(baseline) = data.curves.first() {
        for outline in scales.band(&baseline.annual, (&x, &y)) {
            canvas.polygon(&outline, UNRESOLVED, 0.22);
        }
    }
    let lines: Vec<Line<'_>> = data
        .curves
        .iter()
        .zip(marks)
        .map(|(curve, mark)| Line {
            points: scales.points(&curve.annual, (&x, &y)),
            mark: *mark,
            name: curve.policy.name.pick(language),
        })
        .collect();
    named_lines(canvas, plot, &lines, language);
    for (curve, line) in data.curves.iter().zip(&lines) {
        for (level, place) in curve.annual.iter().zip(&line.points) {
            let estimate = Estimate {
                mean: level.value,
                low: level.low,
                high: level.high,
            };
            let years = grouped(level.return_period, 0);
            let figures = told(&scales.scale, estimate, language);
            let text = match language {
                Language::Chinese => format!("{}，{years} 年一遇：{figures}", line.name),
                Language::English => format!("{}, once in {years} years: {figures}", line.name),
            };
            canvas.hot_point(*place, &text);
        }
    }
    if nothing(lines.iter().flat_map(|line| &line.points)) {
        absent(canvas, plot, language);
    }
    let name = language.pick("重现期(年)", "Return period (years)");
    let set = Type {
        size: SMALL,
        colour: INK,
        ..Type::default()
    };
    canvas.text(name, (plot.x, plot.bottom() + 34.0), set);
}

fn legend(canvas: &mut Canvas<'_>, middle: f64, unit: &str, language: Language) {
    let title = match language {
        Language::Chinese => format!("逐项政策({unit})"),
        Language::English => format!("One by one ({unit})"),
    };
    let after = heading(canvas, &title, "", middle);
    let words = [
        language
            .pick("年累计(AEP)", "sum of a year (AEP)")
            .to_owned(),
        language
            .pick("年内最大单次(OEP)", "greatest event of a year (OEP)")
            .to_owned(),
        language
            .pick("基准的年累计", "baseline, sum of a year")
            .to_owned(),
    ];
    let strokes = [
        Stroke::solid(INK, 2.0),
        Stroke::dashed(INK, 1.75, 6.0),
        Stroke::solid(UNRESOLVED, 1.25),
    ];
    let places = flow(&words, after + 10.0, WIDTH - MARGIN, KEY);
    for ((word, (x, _)), stroke) in words.iter().zip(places).zip(strokes) {
        canvas.line(&[(x, middle), (x + KEY, middle)], stroke);
        canvas.text(word, (x + KEY + 8.0, middle), Type::default());
    }
}

/// The only point that few years carry, with its interval: a line needs two.
fn lone_point(
    canvas: &mut Canvas<'_>,
    levels: &[Level],
    mark: Mark,
    axes: (&Axis, &Axis),
    scales: &Scales,
) {
    let [level] = levels else {
        return;
    };
    let at = |value: f64| scales.point(level, value, axes);
    let interval = [at(level.low), at(level.high)];
    if interval.iter().all(|(_, y)| y.is_finite()) {
        canvas.line(&interval, Stroke::solid(mark.colour, 1.5));
    }
    if level.value.is_finite() {
        canvas.mark(at(level.value), 4.0, mark);
    }
}

/// One policy: band and line of the year's sum, dashes for the greatest event, the baseline in grey.
fn single(
    canvas: &mut Canvas<'_>,
    (curve, mark): (&Curve, Mark),
    baseline: Option<&Curve>,
    axes: (&Axis, &Axis),
    scales: &Scales,
) {
    for outline in scales.band(&curve.annual, axes) {
        canvas.polygon(&outline, mark.colour, 0.22);
    }
    lone_point(
        canvas,
        &curve.largest_event,
        mark.unresolved(),
        axes,
        scales,
    );
    lone_point(canvas, &curve.annual, mark, axes, scales);
    if let Some(baseline) = baseline {
        canvas.broken_line(
            &scales.points(&baseline.annual, axes),
            Stroke::solid(UNRESOLVED, 1.25),
        );
    }
    let dashed = Stroke::dashed(mark.colour, 1.75, 6.0);
    canvas.broken_line(&scales.points(&curve.largest_event, axes), dashed);
    canvas.broken_line(
        &scales.points(&curve.annual, axes),
        Stroke::solid(mark.colour, 2.0),
    );
}
