//! Time of a citizen and week against the number of citizens, both axes by ratios.

use riskweave::report::axis::Axis;
use riskweave::report::draw::{Align, Area, Canvas, Stroke, Type, sheet};
use riskweave::report::frame::{edges, marks_below, marks_left};
use riskweave::report::palette;
use riskweave::report::style::{INK, QUIET, SMALL};
use riskweave::report::svg::{ChartError, outline};

/// Citizens, and nanoseconds of a citizen and week: of a year, and of the floor.
pub(crate) type Point = (f64, [f64; 2]);

const SIZE: (f64, f64) = (820.0, 420.0);
const PLOT: Area = Area {
    x: 70.0,
    y: 60.0,
    width: 560.0,
    height: 290.0,
};

/// The chart, its text as outlines.
pub(crate) fn svg(points: &[Point], threads: usize) -> Result<String, ChartError> {
    let title = "Time of a citizen and week against the number of citizens 规模与耗时";
    let svg = sheet(SIZE, title, |canvas| draw(canvas, points, title, threads))?;
    outline(&svg)
}

fn draw(canvas: &mut Canvas<'_>, points: &[Point], title: &str, threads: usize) {
    let plain = Type::default();
    canvas.text(title, (20.0, 24.0), plain);
    let across = Axis::logarithmic(1e6, 2e9, PLOT.x, PLOT.right());
    let all = || points.iter().flat_map(|(_, values)| *values);
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
    let names = [
        "a year with all events\n全年，含全部事件",
        "floor: decisions alone\n下限：仅决策",
    ];
    let marks = palette::policies(["network", "fiscal-backstop"]);
    for (number, (name, mark)) in names.iter().zip(marks).enumerate() {
        let places: Vec<(f64, f64)> = points
            .iter()
            .map(|(citizens, values)| (across.at(*citizens), up.at(values[number])))
            .collect();
        canvas.line(&places, Stroke::solid(mark.colour, 2.0));
        for place in &places {
            canvas.mark(*place, 5.0, mark);
        }
        let last = places.last().copied().unwrap_or((PLOT.x, PLOT.y));
        for (line, word) in name.split('\n').enumerate() {
            let place = (PLOT.right() + 8.0, last.1 + 16.0 * line as f64);
            let set = Type {
                size: SMALL,
                colour: INK,
                ..plain
            };
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
