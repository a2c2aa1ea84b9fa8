//! What the charts of lines share: a grid of small panels, and lines with their names at the end.

use crate::report::axis::{Axis, spread};
use crate::report::draw::{Align, Area, Canvas, Point, Stroke, Type};
use crate::report::font::{self, Weight};
use crate::report::frame::{edges, marks_below, marks_left, panel_title};
use crate::report::numbers::not_available;
use crate::report::palette::Mark;
use crate::report::style::{LABEL, MARGIN, QUIET, SMALL, SUBTITLE, WIDTH};
use crate::vocabulary::Language;

/// Room left of a panel for the values of its axis.
pub(super) const LEFT: f64 = 58.0;
/// Room right of a plot for the names of its lines.
pub(super) const NAMES: f64 = 304.0;
/// Least distance between the middles of two names.
pub(super) const NAME_GAP: f64 = 18.0;
const GAP: f64 = 20.0;
const KEY: f64 = 19.0;
const TITLE_LINE: f64 = 17.0;
const BELOW: f64 = 30.0;
/// Greatest distance between the end of a line and the edge of the plot for a leader to the name.
const NEAR: f64 = 24.0;

/// A grid of small panels with one scale.
pub(super) struct Grid {
    top: f64,
    columns: usize,
    width: f64,
    height: f64,
    title_lines: usize,
    title: f64,
}

impl Grid {
    /// Panels with these names from `top` down, each as high as `free` allows, within reason.
    pub(super) fn new(names: &[&str], top: f64, free: f64) -> Self {
        let columns = names.len().clamp(1, 4);
        let bands = names.len().div_ceil(columns).max(1) as f64;
        let gaps = (columns - 1) as f64 * GAP;
        let width = (WIDTH - 2.0 * MARGIN - LEFT - gaps) / columns as f64;
        let fits = |name: &&str| font::width(name, LABEL, Weight::Bold) <= width - KEY;
        let title_lines = if names.iter().all(fits) { 1 } else { 2 };
        let title = 10.0 + TITLE_LINE * title_lines as f64;
        let height = (free / bands - title - BELOW).clamp(92.0, 190.0);
        Grid {
            top,
            columns,
            width,
            height,
            title_lines,
            title,
        }
    }

    /// The plot of a panel.
    pub(super) fn plot(&self, number: usize) -> Area {
        let (column, band) = (number % self.columns, number / self.columns);
        Area {
            x: MARGIN + LEFT + column as f64 * (self.width + GAP),
            y: self.top + band as f64 * (self.title + self.height + BELOW) + self.title,
            width: self.width,
            height: self.height,
        }
    }

    /// Height of `count` panels.
    pub(super) fn total(&self, count: usize) -> f64 {
        count.div_ceil(self.columns).max(1) as f64 * (self.title + self.height + BELOW)
    }

    /// Draws what surrounds the lines of a panel: its title behind the policy's mark, grid, edges.
    pub(super) fn panel(
        &self,
        canvas: &mut Canvas<'_>,
        number: usize,
        (name, mark): (&str, Mark),
        below: &[(f64, String)],
        left: &[(f64, String)],
    ) {
        let plot = self.plot(number);
        let bare: Vec<(f64, String)> = left.iter().map(|(y, _)| (*y, String::new())).collect();
        marks_left(
            canvas,
            plot,
            if number.is_multiple_of(self.columns) {
                left
            } else {
                &bare
            },
        );
        marks_below(canvas, plot, below);
        edges(canvas, plot);
        let middle = plot.y - 15.0;
        canvas.mark((plot.x + 6.0, middle), 5.0, mark);
        let place = (plot.x + KEY, middle);
        panel_title(canvas, name, place, plot.width - KEY, self.title_lines);
    }
}

/// Heading of a part of a chart, with a note after it; returns where the two end.
pub(super) fn heading(canvas: &mut Canvas<'_>, text: &str, note: &str, middle: f64) -> f64 {
    let set = Type {
        size: SUBTITLE,
        weight: Weight::Bold,
        ..Type::default()
    };
    canvas.text(text, (MARGIN, middle), set);
    let after = MARGIN + font::width(text, set.size, set.weight) + 14.0;
    canvas.text(
        note,
        (after, middle),
        Type {
            colour: QUIET,
            ..Type::default()
        },
    );
    after + font::width(note, LABEL, Weight::Regular)
}

/// A line with its name.
pub(super) struct Line<'a> {
    /// Its points; not a number = not available.
    pub(super) points: Vec<Point>,
    /// Its colour and mark.
    pub(super) mark: Mark,
    /// Its name.
    pub(super) name: &'a str,
}

/// Draws lines with marks on them and their names right of the plot.
pub(super) fn named_lines(
    canvas: &mut Canvas<'_>,
    plot: Area,
    lines: &[Line<'_>],
    language: Language,
) {
    let ends: Vec<Option<Point>> = lines
        .iter()
        .map(|line| {
            line.points
                .iter()
                .rev()
                .copied()
                .find(|(x, y)| x.is_finite() && y.is_finite())
        })
        .collect();
    let wanted: Vec<f64> = ends
        .iter()
        .map(|end| end.map_or(plot.bottom(), |(_, y)| y))
        .collect();
    let places = spread(&wanted, NAME_GAP, plot.y + 4.0, plot.bottom() - 4.0);
    for (number, line) in lines.iter().enumerate() {
        canvas.broken_line(&line.points, Stroke::solid(line.mark.colour, 2.0));
        for place in marked(&line.points, (number as f64 + 0.5) / lines.len() as f64) {
            canvas.mark(place, 4.0, line.mark);
        }
    }
    for ((line, end), y) in lines.iter().zip(ends).zip(places) {
        let x = plot.right() + 34.0;
        // A line that ends far from its name is told by its mark: a leader across the plot would read as data.
        if let Some(end) = end.filter(|(at, _)| *at > plot.right() - NEAR) {
            let leader = [
                (end.0 + 3.0, end.1),
                (plot.right() + 14.0, y),
                (x - 10.0, y),
            ];
            canvas.line(&leader, Stroke::solid(line.mark.colour, 0.75));
        }
        canvas.mark((x, y), 4.0, line.mark);
        let limit = NAMES - 34.0 - 10.0;
        let name = match end {
            Some(_) => line.name.to_owned(),
            None => format!("{} – {}", not_available(language), line.name),
        };
        for text in font::wrap(&name, limit, SMALL, Weight::Regular, 1) {
            canvas.text(
                &text,
                (x + 10.0, y),
                Type {
                    size: SMALL,
                    ..Type::default()
                },
            );
        }
    }
}

/// Places on a line that carry a mark: five at equal distances, `shift` (0–1) of a distance from its
/// beginning, so that the marks of lines close together do not cover each other. A line of one point
/// carries one.
fn marked(points: &[Point], shift: f64) -> Vec<Point> {
    const MARKS: usize = 5;
    let drawn = |(x, y): &&Point| x.is_finite() && y.is_finite();
    let (Some(first), Some(last)) = (points.iter().find(drawn), points.iter().rev().find(drawn))
    else {
        return Vec::new();
    };
    if last.0 <= first.0 {
        return vec![*first];
    }
    let at = |mark: usize| first.0 + (last.0 - first.0) * (mark as f64 + shift) / MARKS as f64;
    let height = |x: f64| {
        let pair = points
            .windows(2)
            .find(|pair| pair[0].0 <= x && x <= pair[1].0)?;
        let part = (x - pair[0].0) / (pair[1].0 - pair[0].0);
        Some((x, pair[0].1 + part * (pair[1].1 - pair[0].1))).filter(|(_, y)| y.is_finite())
    };
    (0..MARKS).filter_map(|mark| height(at(mark))).collect()
}

/// Says in the middle of a plot that there is nothing to draw.
pub(super) fn absent(canvas: &mut Canvas<'_>, plot: Area, language: Language) {
    let middle = (plot.x + plot.width / 2.0, plot.y + plot.height / 2.0);
    let set = Type {
        align: Align::Middle,
        colour: QUIET,
        ..Type::default()
    };
    canvas.text(not_available(language), middle, set);
}

/// Whether none of the points can be drawn.
pub(super) fn nothing<'a>(points: impl IntoIterator<Item = &'a Point>) -> bool {
    points
        .into_iter()
        .all(|(x, y)| !x.is_finite() || !y.is_finite())
}

/// The outline of a band between two lines, one for each unbroken part.
pub(super) fn bands(band: &[(f64, f64, f64)], x: &Axis, y: &Axis) -> Vec<Vec<Point>> {
    band.split(|(at, low, high)| !(at.is_finite() && low.is_finite() && high.is_finite()))
        .filter(|part| part.len() > 1)
        .map(|part| {
            let upper = part.iter().map(|(at, _, high)| (x.at(*at), y.at(*high)));
            let lower = part
                .iter()
                .rev()
                .map(|(at, low, _)| (x.at(*at), y.at(*low)));
            upper.chain(lower).collect()
        })
        .collect()
}

/// A point of a line; not a number stays so.
pub(super) fn point(x: &Axis, y: &Axis, at: f64, value: f64) -> Point {
    let height = if value.is_finite() {
        y.at(value)
    } else {
        f64::NAN
    };
    (x.at(at), height)
}
