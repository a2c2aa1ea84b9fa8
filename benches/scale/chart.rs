//! Time of a citizen and week against the number of citizens, both axes by ratios.

use riskweave::report::axis::Axis;
use riskweave::report::draw::{Align, Area, Canvas, Stroke, Type, sheet};
use riskweave::report::frame::{edges, marks_below, marks_left};
use riskweave::report::palette;
use riskweave::report::style::{INK, QUIET, SMALL};
use riskweave::report::svg::{ChartError, outline};

/// Citizens, and nanoseconds of a citizen and week: of a year, and of the floor.
pub(crate) type Point = (f64, [f64; 2]);

const SIZE: (f64, f64) = (900.0, 420.0);
const PLOT: Area = Area {
    x: 70.0,
    y: 60.0,
    width: 560.0,
    height: 290.0,
};

/// The chart, its text as outlines: the nation at several scales, cities side by side, and the floor (of the cities,
/// if there are any).
pub(crate) fn svg(
    nations: &[Point],
    cities: &[Point],
    threads: usize,
) -> Result<String, ChartError> {
    let title = "Time of a citizen and week against the number of citizens 规模与耗时";
    let lines = lines(nations, cities);
    let svg = sheet(SIZE, title, |canvas| draw(canvas, &lines, title, threads))?;
    outline(&svg)
}

/// A line: its name, and citizens and nanoseconds of each point.
type Line = (&'static str, Vec<(f64, f64)>);

fn lines(nations: &[Point], cities: &[Point]) -> Vec<Line> {
    let of = |points: &[Point], number: usize| -> Vec<(f64, f64)> {
        let value = |point: &Point| (point.0, point.1[number]);
        points.iter().map(value).collect()
    };
    let floor = of(if cities.is_empty() { nations } else { cities }, 1);
    let all = [
        (
            "one nation, fewer people an agent\n同一国家，每主体人数递减",
            of(nations, 0),
        ),
        (
            "more cities, everybody an agent\n城市递增，一人一主体",
            of(cities, 0),
        ),
        ("floor: decisions alone\n下限：仅决策", floor),
    ];
    all.into_iter()
        .filter(|(_, points)| !points.is_empty())
        .collect()
}

fn draw(canvas: &mut Canvas<'_>, lines: &[Line], title: &str, threads: usize) {
    let plain = Type::default();
    canvas.text(title, (20.0, 24.0), plain);
    let across = Axis::logarithmic(1e6, 2e9, PLOT.x, PLOT.right());
    let all = || {
        let points = lines.iter().flat_map(|(_, points)| points);
        points.map(|(_, value)| *value)
    };
    let least = all().fold(f64::INFINITY, f64::min) / 2.0;
    let most = all().fold(0.0, f64::max) * 2.0;
    let up = Axis::logarithmic(least, most, PLOT.bottom(), PLOT.y);
    edges(canvas, PLOT);
    let tens = [
        (1e6, "1 million"),
        (1e7, "10 million"),
        (1e8, "100 million"),
        (1e9, "1 billion"),
    ];
    let below = tens.map(|(value, word)| (across.at(value), word.to_owned()));
    marks_below(canvas, PLOT, &below);
    let powers = (-4..5).map(|power| libm::pow(10.0, f64::from(power)));
    let left: Vec<(f64, String)> = powers
        .filter(|value| up.holds(*value))
        .map(|value| (up.at(value), format!("{value} ns")))
        .collect();
    marks_left(canvas, PLOT, &left);
    let marks = palette::policies(["network", "fiscal-backstop", "sector-led"]);
    let set = Type {
        size: SMALL,
        colour: INK,
        ..plain
    };
    for (number, ((name, points), mark)) in lines.iter().zip(marks).enumerate() {
        let places: Vec<(f64, f64)> = points
            .iter()
            .map(|(citizens, value)| (across.at(*citizens), up.at(*value)))
            .collect();
        canvas.line(&places, Stroke::solid(mark.colour, 2.0));
        for place in &places {
            canvas.mark(*place, 5.0, mark);
        }
        let row = PLOT.y + 12.0 + 48.0 * number as f64;
        canvas.mark((PLOT.right() + 12.0, row - 4.0), 5.0, mark);
        for (line, word) in name.split('\n').enumerate() {
            let place = (PLOT.right() + 24.0, row + 16.0 * line as f64);
            canvas.text(word, place, set);
        }
    }
    let foot = format!("citizens 居民主体数; {threads} threads, one run 同一次运行");
    let set = Type {
        size: SMALL,
        colour: QUIET,
        align: Align::Start,
        ..plain
    };
    canvas.text(&foot, (PLOT.x, PLOT.bottom() + 44.0), set);
}
