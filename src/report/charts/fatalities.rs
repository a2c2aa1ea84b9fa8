//! F–N curve: how often a year an event kills at least so many, by policy.

use serde::{Deserialize, Serialize};

use crate::report::axis::Axis;
use crate::report::charts::lines::{
    LEFT, Line, NAME_GAP, NAMES, absent, bands, heading, named_lines, nothing, point,
};
use crate::report::charts::table::{Heading, POLICY, POLICY_NAME, cell, csv, number};
use crate::report::charts::{Estimate, PolicyLabel, Source, Words, largest};
use crate::report::draw::{Area, Canvas, Point, Stroke, Type, sheet};
use crate::report::font::{self, Weight};
use crate::report::frame::{Frame, edges, labelled, marks_below, marks_left, with_unit};
use crate::report::numbers::grouped;
use crate::report::palette::{self, Mark};
use crate::report::style::{HEIGHT, INK, MARGIN, SMALL, UNRESOLVED, WIDTH};
use crate::report::svg::ChartError;
use crate::vocabulary::Language;

/// What the chart shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// Where the figures come from.
    pub source: Source,
    /// Categories of events; the first two are drawn, the table holds all.
    pub panels: Vec<Panel>,
}

/// One category of events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Panel {
    /// Its name.
    pub category: Words,
    /// C of a criterion F(N) ≤ C/N for the whole society, from three dead on, if there is one.
    pub line: Option<f64>,
    /// One curve a policy; the first is the baseline.
    pub curves: Vec<Curve>,
}

/// One policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// The policy.
    pub policy: PolicyLabel,
    /// Its curve, by rising number of dead.
    pub steps: Vec<Step>,
}

/// One point of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Least number of dead N.
    #[serde(deserialize_with = "number")]
    pub deaths: f64,
    /// Events with at least N dead in all simulated years.
    pub events: u64,
    /// F(N) with its interval (events a year).
    pub frequency: Estimate,
}

const DRAWN: usize = 2;
const HEADING: f64 = 26.0;
const BELOW: f64 = 56.0;
/// Least number of dead to which the national criterion applies.
const CRITERION_FROM: f64 = 3.0;

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 8] = [
    Heading::new("category", "类别", "category of events"),
    POLICY,
    POLICY_NAME,
    Heading::new(
        "deaths_at_least",
        "死亡人数下限N(人)",
        "least number of dead N",
    ),
    Heading::new(
        "events",
        "起数(全部模拟年)",
        "events with at least N dead in all simulated years",
    ),
    Heading::new(
        "frequency_a_year",
        "频率F(N)(起/年)",
        "F(N): events a year with at least N dead",
    ),
    Heading::new(
        "low",
        "95%区间下限(起/年)",
        "lower end of its 95 % Poisson interval",
    ),
    Heading::new(
        "high",
        "95%区间上限(起/年)",
        "upper end of its 95 % Poisson interval",
    ),
];

/// Draws the chart.
pub fn svg(data: &Data, language: Language) -> Result<String, ChartError> {
    let frame = frame(data, language);
    let drawn = &data.panels[..data.panels.len().min(DRAWN)];
    let policies = drawn.iter().map(|panel| panel.curves.len()).max();
    let count = drawn.len().max(1) as f64;
    let free = (HEIGHT - frame.top() - frame.foot()) / count - HEADING - BELOW;
    let height = (policies.unwrap_or(0) as f64 * NAME_GAP + 10.0).max(free);
    let step = HEADING + height + BELOW;
    let total = frame.top() + count * step + frame.foot();
    sheet((WIDTH, total), &frame.title, |canvas| {
        frame.paint(canvas, total);
        for (number, panel) in drawn.iter().enumerate() {
            let top = frame.top() + number as f64 * step;
            let unit = language.pick("起/年", "a year");
            let title = with_unit(panel.category.pick(language), unit, language);
            let note = language.pick(
                "灰带：基准的 95% 区间",
                "grey band: 95% interval of the baseline",
            );
            heading(canvas, &title, note, top + HEADING * 0.3);
            let plot = Area {
                x: MARGIN + LEFT,
                y: top + HEADING,
                width: WIDTH - 2.0 * MARGIN - LEFT - NAMES,
                height,
            };
            curves(canvas, panel, plot, language);
        }
    })
}

/// The chart's data as CSV.
pub fn table(data: &Data, language: Language) -> String {
    let rows = data.panels.iter().flat_map(|panel| {
        panel.curves.iter().flat_map(move |curve| {
            curve.steps.iter().map(move |step| {
                vec![
                    panel.category.pick(language).to_owned(),
                    curve.policy.key.clone(),
                    curve.policy.name.pick(language).to_owned(),
                    cell(step.deaths),
                    step.events.to_string(),
                    cell(step.frequency.mean),
                    cell(step.frequency.low),
                    cell(step.frequency.high),
                ]
            })
        })
    });
    csv(&COLUMNS, rows, language)
}

fn frame(data: &Data, language: Language) -> Frame {
    let interval = language.pick(
        "区间：起数的精确泊松区间(95%)，按事件相互独立计；全国社会风险线 F(N)≤C/N 从死亡 3 人起，不用于单个设施；",
        "Interval: exact 95% Poisson interval of the count, events taken as independent; the national line F(N) ≤ C/N begins at 3 dead and is not for one installation;",
    );
    Frame {
        title: language
            .pick(
                "F–N 曲线：一次死亡至少 N 人的事件有多频繁",
                "F–N curve: how often an event kills at least N",
            )
            .to_owned(),
        subtitle: language
            .pick(
                "纵轴：一年中死亡(含失踪)至少 N 人的事件起数；横轴：N(人)；两轴均为对数刻度",
                "Upright: events a year with at least N dead or missing; level: N (people); both axes logarithmic",
            )
            .to_owned(),
        caption: data.source.caption(interval, language),
    }
}

/// Axes that hold every point, the baseline's interval and the beginning of the line.
fn axes(panel: &Panel, plot: Area) -> (Axis, Axis) {
    let steps = || panel.curves.iter().flat_map(|curve| &curve.steps);
    let deaths = largest(steps().map(|step| step.deaths)).max(10.0);
    let lines = panel.line.map(|line| line / CRITERION_FROM);
    let seen = steps().map(|step| step.frequency.mean).chain(lines);
    let seen: Vec<f64> = seen.filter(|value| *value > 0.0).collect();
    let most = largest(seen.iter().copied());
    let least = seen.iter().copied().fold(most, f64::min);
    let (most, least) = if most > 0.0 {
        (most * 1.3, least / 1.3)
    } else {
        (1.0, 0.1)
    };
    (
        Axis::logarithmic(1.0, deaths, plot.x, plot.right()),
        Axis::logarithmic(least, most, plot.bottom(), plot.y),
    )
}

/// A frequency with as many decimals as a power of ten needs.
fn frequency(value: f64, _: usize) -> String {
    let decimals = (-libm::floor(libm::log10(value) + 1e-9)).max(0.0);
    grouped(value, decimals as usize)
}

fn curves(canvas: &mut Canvas<'_>, panel: &Panel, plot: Area, language: Language) {
    let (x, y) = axes(panel, plot);
    marks_left(canvas, plot, &labelled(&y, 5, frequency));
    marks_below(canvas, plot, &labelled(&x, 12, grouped));
    edges(canvas, plot);
    if let Some(baseline) = panel.curves.first() {
        let ends = |step: &Step| (step.deaths, step.frequency.low, step.frequency.high);
        let band: Vec<(f64, f64, f64)> = baseline.steps.iter().map(ends).collect();
        for outline in bands(&band, &x, &y) {
            canvas.polygon(&outline, UNRESOLVED, 0.22);
        }
    }
    let keys = panel.curves.iter().map(|curve| curve.policy.key.as_str());
    let lines: Vec<Line<'_>> = panel
        .curves
        .iter()
        .zip(palette::policies(keys))
        .map(|(curve, mark)| line(curve, mark, (&x, &y), language))
        .collect();
    named_lines(canvas, plot, &lines, language);
    for (curve, line) in panel.curves.iter().zip(&lines) {
        tell(canvas, curve, line, language);
    }
    if nothing(lines.iter().flat_map(|line| &line.points)) {
        absent(canvas, plot, language);
    } else if let Some(line) = panel.line {
        criterion(canvas, (panel, line), (&x, &y), plot, language);
    }
    let name = language.pick("死亡人数 N(人)", "Dead N (people)");
    let set = Type {
        size: SMALL,
        colour: INK,
        ..Type::default()
    };
    canvas.text(name, (plot.x, plot.bottom() + 34.0), set);
}

/// Lets a curve tell its figures at round numbers of dead.
fn tell(canvas: &mut Canvas<'_>, curve: &Curve, line: &Line<'_>, language: Language) {
    for least in [1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0, 10_000.0] {
        let found = curve.steps.iter().position(|step| step.deaths >= least);
        let Some(place) = found else { return };
        let (step, point) = (curve.steps[place], line.points[place]);
        let [deaths, often] = [grouped(step.deaths, 0), figure(step.frequency.mean)];
        let text = match language {
            Language::Chinese => format!("{}：死亡至少 {deaths} 人，{often} 起/年", line.name),
            Language::English => {
                format!(
                    "{}: {often} events a year with at least {deaths} dead",
                    line.name
                )
            }
        };
        canvas.hot_point(point, &text);
    }
}

fn line<'a>(curve: &'a Curve, mark: Mark, (x, y): (&Axis, &Axis), language: Language) -> Line<'a> {
    let place = |step: &Step| point(x, y, step.deaths, step.frequency.mean);
    Line {
        points: curve.steps.iter().map(place).collect(),
        mark,
        name: curve.policy.name.pick(language),
    }
}

/// The line C/N, as far as the plot holds it, with its name where the curves leave room.
fn criterion(
    canvas: &mut Canvas<'_>,
    (panel, line): (&Panel, f64),
    (x, y): (&Axis, &Axis),
    plot: Area,
    language: Language,
) {
    const POINTS: u32 = 60;
    let (first, last) = (CRITERION_FROM, 1e6_f64);
    let all =
        (0..=POINTS).map(|n| first * libm::pow(last / first, f64::from(n) / f64::from(POINTS)));
    let held: Vec<f64> = all
        .filter(|deaths| x.holds(*deaths) && y.holds(line / deaths))
        .collect();
    let points: Vec<Point> = held
        .iter()
        .map(|deaths| (x.at(*deaths), y.at(line / deaths)))
        .collect();
    let (Some(start), Some(deaths)) = (points.first(), held.last()) else {
        return;
    };
    canvas.line(&points, Stroke::dashed(INK, 1.5, 6.0));
    let text = match language {
        Language::Chinese => format!("全国社会风险线 C/N，C = {}", figure(line)),
        Language::English => format!("national line C/N, C = {}", figure(line)),
    };
    let width = font::width(&text, SMALL, Weight::Regular);
    let end = x.at(*deaths);
    let begin = (end - width).max(plot.x + 4.0);
    // Above its far end if the curves lie below it there, beside a short one, else below its beginning.
    let place = if below(panel, line, deaths / 6.0) && begin > start.0 {
        let nearest = points.iter().find(|(at, _)| *at >= begin);
        (begin, nearest.map_or(start.1, |(_, height)| *height) - 13.0)
    } else if end - start.0 < width {
        (end + 8.0, start.1 + 2.0)
    } else {
        (start.0 + 4.0, start.1 + 14.0)
    };
    let inside = place.1.clamp(plot.y + 9.0, plot.bottom() - 9.0);
    let set = Type {
        size: SMALL,
        ..Type::default()
    };
    canvas.text(&text, (place.0.min(plot.right() - width), inside), set);
}

/// Whether every curve lies below the line from so many dead on.
fn below(panel: &Panel, line: f64, from: f64) -> bool {
    let steps = panel.curves.iter().flat_map(|curve| &curve.steps);
    let mut far = steps.filter(|step| step.deaths >= from);
    far.all(|step| step.frequency.mean * step.deaths < line)
}

/// C to three figures.
fn figure(value: f64) -> String {
    grouped(value, crate::report::numbers::decimals(value))
}
