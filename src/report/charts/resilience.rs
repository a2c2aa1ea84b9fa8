//! Resilience: national functionality over time, and the mean recovery after a strike.

use serde::{Deserialize, Serialize};

use crate::report::axis::Axis;
use crate::report::charts::lines::{
    Grid, LEFT, Line, NAME_GAP, NAMES, absent, bands, heading, named_lines, nothing, point,
};
use crate::report::charts::table::{Heading, POLICY, POLICY_NAME, cell, csv, number, numbers};
use crate::report::charts::{PolicyLabel, Source};
use crate::report::draw::{Area, Canvas, Point, Stroke, Type, sheet};
use crate::report::frame::{Frame, edges, labelled, marks_below, marks_left};
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
    /// One curve a policy; the first is the baseline.
    pub curves: Vec<Curve>,
}

/// One policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// The policy.
    pub policy: PolicyLabel,
    /// National functionality (0–1), week by week.
    pub weeks: Vec<Week>,
    /// Share (0–1) of the function lost in a strike that is back, by weeks since the strike, from 0.
    #[serde(deserialize_with = "numbers")]
    pub recovery: Vec<f64>,
}

/// National functionality (0–1) of one week over the replications.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Week {
    /// Mean.
    #[serde(deserialize_with = "number")]
    pub mean: f64,
    /// Quantile of 10 %.
    #[serde(deserialize_with = "number")]
    pub low: f64,
    /// Quantile of 90 %.
    #[serde(deserialize_with = "number")]
    pub high: f64,
}

const WEEKS_A_YEAR: f64 = 52.0;
/// Weeks between the points of a line that tell their figures.
const WEEKS_TOLD: usize = 12;
const HEADING: f64 = 26.0;
const RECOVERY_BELOW: f64 = 46.0;
/// Room of the heading of the differences, below the name of an axis.
const THIRD: f64 = 38.0;
/// Least height of the plot of differences to the baseline.
const DIFFERENCES: f64 = 150.0;

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 7] = [
    POLICY,
    POLICY_NAME,
    Heading::new(
        "series",
        "序列",
        "functionality of the society, or share of lost function that is back",
    ),
    Heading::new(
        "week",
        "周",
        "week of the horizon, or weeks since the strike",
    ),
    Heading::new("mean", "均值(0–1)", "mean (0–1)"),
    Heading::new("q10", "10%分位(0–1)", "10 % quantile of the replications"),
    Heading::new("q90", "90%分位(0–1)", "90 % quantile of the replications"),
];

/// Draws the chart.
pub fn svg(data: &Data, language: Language) -> Result<String, ChartError> {
    let frame = frame(data, language);
    let marks = palette::policies(data.curves.iter().map(|curve| curve.policy.key.as_str()));
    let count = data.curves.len();
    let recovery = (count as f64 * NAME_GAP).max(190.0);
    let differences = (count as f64 * NAME_GAP).max(DIFFERENCES);
    let third = if count > 1 {
        THIRD + differences + RECOVERY_BELOW
    } else {
        0.0
    };
    let fixed = frame.top() + frame.foot() + 2.0 * HEADING + recovery + RECOVERY_BELOW + third;
    let names: Vec<&str> = data
        .curves
        .iter()
        .map(|curve| curve.policy.name.pick(language))
        .collect();
    let grid = Grid::new(&names, frame.top() + HEADING, HEIGHT - fixed);
    let below = frame.top() + HEADING + grid.total(count) + HEADING;
    let height = below + recovery + RECOVERY_BELOW + third + frame.foot();
    let plot = Area {
        x: MARGIN + LEFT,
        y: below,
        width: WIDTH - 2.0 * MARGIN - LEFT - NAMES,
        height: recovery,
    };
    sheet((WIDTH, height), &frame.title, |canvas| {
        frame.paint(canvas, height);
        let first = language.pick("社会功能水平(%)", "Functionality of the society (%)");
        let note = language.pick(
            "横轴：年；线：均值；带：各次模拟的 10%–90% 分位；灰虚线：基准的均值",
            "by year; line: mean; band: 10–90% of the replications; dashed grey: mean of the baseline",
        );
        heading(canvas, first, note, frame.top() + HEADING * 0.3);
        nation(canvas, data, &grid, &marks, language);
        let second = language.pick(
            "灾后恢复：恢复的功能占损失功能的比例(%)",
            "Recovery after a strike: share of the lost function that is back (%)",
        );
        let note = language.pick(
            "受灾县均值，按受灾时刻对齐",
            "mean of struck counties, from the strike",
        );
        heading(canvas, second, note, below - HEADING * 0.7);
        after_strike(canvas, data, plot, &marks, &Shown::Share, language);
        let Some(baseline) = data.curves.first().filter(|_| count > 1) else {
            return;
        };
        let lower = Area {
            y: below + recovery + RECOVERY_BELOW + THIRD,
            height: differences,
            ..plot
        };
        let third = language.pick(
            "与基准之差(百分点)",
            "Difference to the baseline (percentage points)",
        );
        let note = language.pick(
            "上图各线减去基准；均值，未画区间",
            "each line above less that of the baseline; means, no interval",
        );
        heading(canvas, third, note, lower.y - HEADING * 0.7);
        after_strike(
            canvas,
            data,
            lower,
            &marks,
            &Shown::Less(&baseline.recovery),
            language,
        );
    })
}

/// The chart's data as CSV.
pub fn table(data: &Data, language: Language) -> String {
    let national = language.pick("社会功能水平", "functionality of the society");
    let after = language.pick(
        "灾后恢复的功能占损失功能的比例",
        "share of the lost function that is back",
    );
    let rows = data.curves.iter().flat_map(|curve| {
        let line = move |series: &str, week: usize, figures: [f64; 3]| {
            let mut cells = vec![
                curve.policy.key.clone(),
                curve.policy.name.pick(language).to_owned(),
                series.to_owned(),
                week.to_string(),
            ];
            cells.extend(figures.map(cell));
            cells
        };
        let weeks = curve.weeks.iter().enumerate().map(move |(number, week)| {
            line(national, number + 1, [week.mean, week.low, week.high])
        });
        let recovery = curve.recovery.iter().enumerate();
        weeks.chain(
            recovery.map(move |(number, mean)| line(after, number, [*mean, f64::NAN, f64::NAN])),
        )
    });
    csv(&COLUMNS, rows, language)
}

fn frame(data: &Data, language: Language) -> Frame {
    let band = language.pick("带：10%–90% 分位；", "Band: 10–90% quantiles;");
    Frame {
        title: language.pick("韧性：功能下降多深、恢复多快", "Resilience: how deep the fall, how fast the recovery").to_owned(),
        subtitle: language
            .pick(
                "功能水平：按人口加权，100% = 未受损；曲线与100%之间的面积即韧性损失",
                "Functionality, weighted by people, 100% = undamaged; the area between a curve and 100% is the resilience loss",
            )
            .to_owned(),
        caption: data.source.caption(band, language),
    }
}

/// The axis of a share that goes down to `lowest`, in per cent.
fn functionality(lowest: f64, from: f64, to: f64) -> Axis {
    let least = (lowest.clamp(0.0, 1.0) * 100.0).min(99.99);
    let room = (100.0 - least) * 0.08;
    Axis::linear((least - room).max(0.0), 100.0, from, to)
}

/// The lowest of the values that are numbers.
fn lowest(values: impl Iterator<Item = f64>) -> f64 {
    values.filter(|value| value.is_finite()).fold(1.0, f64::min)
}

fn nation(canvas: &mut Canvas<'_>, data: &Data, grid: &Grid, marks: &[Mark], language: Language) {
    let low = lowest(
        data.curves
            .iter()
            .flat_map(|curve| &curve.weeks)
            .flat_map(|w| [w.low, w.mean]),
    );
    let weeks = data
        .curves
        .iter()
        .map(|curve| curve.weeks.len())
        .max()
        .unwrap_or(0);
    let years = (weeks as f64 / WEEKS_A_YEAR).max(1.0);
    for (number, (curve, mark)) in data.curves.iter().zip(marks).enumerate() {
        let plot = grid.plot(number);
        let x = Axis::linear(0.0, years, plot.x, plot.right());
        let y = functionality(low, plot.bottom(), plot.y);
        let name = curve.policy.name.pick(language);
        grid.panel(
            canvas,
            number,
            (name, *mark),
            &labelled(&x, 5, grouped),
            &labelled(&y, 4, grouped),
        );
        let line = means(&curve.weeks, &x, &y);
        if nothing(&line) {
            absent(canvas, plot, language);
            continue;
        }
        for outline in bands(&ribbon(&curve.weeks), &x, &y) {
            canvas.polygon(&outline, mark.colour, 0.25);
        }
        if let (Some(baseline), true) = (data.curves.first(), number > 0) {
            let stroke = Stroke::dashed(UNRESOLVED, 1.25, 4.0);
            canvas.broken_line(&means(&baseline.weeks, &x, &y), stroke);
        }
        canvas.broken_line(&line, Stroke::solid(mark.colour, 1.75));
        let finite = || curve.weeks.iter().map(|week| week.mean);
        let mean = finite().sum::<f64>() / curve.weeks.len() as f64 * 100.0;
        let least = lowest(finite()) * 100.0;
        let (mean, least) = (grouped(mean, 2), grouped(least, 2));
        let text = match language {
            Language::Chinese => format!("{name}：均值 {mean}%，最低一周 {least}%"),
            Language::English => format!("{name}: mean {mean}%, lowest week {least}%"),
        };
        canvas.hot(plot, &text);
    }
}

/// Middle of a week in years.
fn year(week: usize) -> f64 {
    (week as f64 + 0.5) / WEEKS_A_YEAR
}

fn ribbon(weeks: &[Week]) -> Vec<(f64, f64, f64)> {
    let percent =
        |(number, week): (usize, &Week)| (year(number), week.low * 100.0, week.high * 100.0);
    weeks.iter().enumerate().map(percent).collect()
}

fn means(weeks: &[Week], x: &Axis, y: &Axis) -> Vec<Point> {
    let place = |(number, week): (usize, &Week)| point(x, y, year(number), week.mean * 100.0);
    weeks.iter().enumerate().map(place).collect()
}

/// What of the recovery a plot shows.
enum Shown<'a> {
    /// The share that is back.
    Share,
    /// That share less the baseline's.
    Less(&'a [f64]),
}

impl Shown<'_> {
    /// The values of a curve in per cent or percentage points.
    fn values(&self, curve: &Curve) -> Vec<f64> {
        let shares = curve.recovery.iter();
        match self {
            Shown::Share => shares.map(|share| share * 100.0).collect(),
            Shown::Less(baseline) => {
                let pairs = shares.zip(*baseline);
                pairs
                    .map(|(share, other)| (share - other) * 100.0)
                    .collect()
            }
        }
    }

    /// The axis of the values of all curves.
    fn axis(&self, data: &Data, plot: Area) -> Axis {
        match self {
            Shown::Share => {
                let shares = data.curves.iter().flat_map(|curve| &curve.recovery);
                functionality(lowest(shares.copied()), plot.bottom(), plot.y)
            }
            Shown::Less(_) => {
                let values = data.curves.iter().flat_map(|curve| self.values(curve));
                let finite: Vec<f64> = values.filter(|value| value.is_finite()).collect();
                let low = finite.iter().copied().fold(f64::INFINITY, f64::min);
                let high = finite.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let room = ((high - low) * 0.08).max(0.01);
                let ends = if finite.is_empty() {
                    (-1.0, 1.0)
                } else {
                    (low - room, high + room)
                };
                Axis::linear(ends.0, ends.1, plot.bottom(), plot.y)
            }
        }
    }
}

fn after_strike(
    canvas: &mut Canvas<'_>,
    data: &Data,
    plot: Area,
    marks: &[Mark],
    shown: &Shown<'_>,
    language: Language,
) {
    let weeks = data
        .curves
        .iter()
        .map(|curve| curve.recovery.len())
        .max()
        .unwrap_or(0);
    let x = Axis::linear(0.0, weeks.saturating_sub(1) as f64, plot.x, plot.right());
    let y = shown.axis(data, plot);
    let ticks: Vec<(f64, String)> = (0..weeks)
        .step_by(13)
        .map(|week| (x.at(week as f64), week.to_string()))
        .collect();
    marks_left(canvas, plot, &labelled(&y, 5, grouped));
    marks_below(canvas, plot, &ticks);
    edges(canvas, plot);
    let lines: Vec<Line<'_>> = data
        .curves
        .iter()
        .zip(marks)
        .map(|(curve, mark)| Line {
            points: (0..)
                .zip(shown.values(curve))
                .map(|(week, value)| point(&x, &y, f64::from(week), value))
                .collect(),
            mark: *mark,
            name: curve.policy.name.pick(language),
        })
        .collect();
    named_lines(canvas, plot, &lines, language);
    for (curve, line) in data.curves.iter().zip(&lines) {
        let all = shown
            .values(curve)
            .into_iter()
            .zip(&line.points)
            .enumerate();
        for (week, (value, place)) in all.skip(1).step_by(WEEKS_TOLD) {
            let figure = grouped(value, 2);
            let text = match language {
                Language::Chinese => format!("{}，第 {week} 周：{figure}", line.name),
                Language::English => format!("{}, week {week}: {figure}", line.name),
            };
            canvas.hot_point(*place, &text);
        }
    }
    if nothing(lines.iter().flat_map(|line| &line.points)) {
        absent(canvas, plot, language);
    }
    let name = language.pick("受灾后周数", "Weeks since the strike");
    let set = Type {
        size: SMALL,
        colour: INK,
        ..Type::default()
    };
    canvas.text(name, (plot.x, plot.bottom() + 34.0), set);
}
