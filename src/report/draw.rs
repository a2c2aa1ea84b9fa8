//! A sheet to draw on, in logical pixels: areas, lines, marks and text.

use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle};

use crate::report::font::{self, Weight};
use crate::report::palette::{Fill, Hatch, Mark, Shape, lightness};
use crate::report::style::{INK, LABEL, PAPER};
use crate::report::svg::{ChartError, FINENESS, finish};

/// A place on the sheet: pixels from the left and from the top.
pub type Point = (f64, f64);

/// A rectangle of the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Area {
    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub colour: RGBColor,
    /// Width.
    pub width: f64,
    /// Length of the dashes, gaps being two thirds of it; 0 = unbroken.
    pub dash: f64,
}

impl Stroke {
    /// An unbroken line.
    pub fn solid(colour: RGBColor, width: f64) -> Self {
        Stroke {
            colour,
            width,
            dash: 0.0,
        }
    }

    /// A dashed line.
    pub fn dashed(colour: RGBColor, width: f64, dash: f64) -> Self {
        Stroke {
            colour,
            width,
            dash,
        }
    }
}

/// Side of its place on which a text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Begins there.
    #[default]
    Start,
    /// Is centred there.
    Middle,
    /// Ends there.
    End,
}

/// How a text is set; its place is the middle of its height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    /// Size, pixels an em.
    pub size: f64,
    /// Weight.
    pub weight: Weight,
    /// Alignment.
    pub align: Align,
    /// Colour.
    pub colour: RGBColor,
}

impl Default for Type {
    fn default() -> Self {
        Type {
            size: LABEL,
            weight: Weight::Regular,
            align: Align::Start,
            colour: INK,
        }
    }
}

/// A sheet of white paper.
pub struct Canvas<'a> {
    backend: SVGBackend<'a>,
    failure: Option<String>,
}

/// Draws a sheet of the given size; returns the finished SVG.
pub fn sheet(
    (width, height): Point,
    title: &str,
    paint: impl FnOnce(&mut Canvas<'_>),
) -> Result<String, ChartError> {
    let (width, height) = (width.round(), height.round());
    let mut raw = String::new();
    let size = ((width * FINENESS) as u32, (height * FINENESS) as u32);
    let mut canvas = Canvas {
        backend: SVGBackend::with_string(&mut raw, size),
        failure: None,
    };
    canvas.area(
        Area {
            x: 0.0,
            y: 0.0,
            width,
            height,
        },
        PAPER,
        1.0,
    );
    paint(&mut canvas);
    let finished = canvas.backend.present();
    canvas.keep(finished);
    if let Some(failure) = canvas.failure.take() {
        return Err(ChartError::Draw(title.to_owned(), failure));
    }
    drop(canvas);
    Ok(finish(&raw, width, height, title))
}

impl Canvas<'_> {
    /// Fills a rectangle; `opacity` from 0 to 1.
    pub fn area(&mut self, area: Area, colour: RGBColor, opacity: f64) {
        let style = ShapeStyle {
            color: colour.mix(opacity),
            filled: true,
            stroke_width: 0,
        };
        let corners = (
            units((area.x, area.y)),
            units((area.right(), area.bottom())),
        );
        let drawn = self.backend.draw_rect(corners.0, corners.1, &style, true);
        self.keep(drawn);
    }

    /// Fills a rectangle with a colour and its pattern.
    pub fn fill(&mut self, area: Area, fill: Fill) {
        self.area(area, fill.colour, 1.0);
        let dark = lightness(fill.colour) < 0.45;
        let (line, opacity) = if dark { (PAPER, 0.35) } else { (INK, 0.30) };
        for (from, to) in hatching(area, fill.hatch) {
            self.path(&[from, to], line, 1.0, opacity);
        }
    }

    /// Fills a polygon.
    pub fn polygon(&mut self, points: &[Point], colour: RGBColor, opacity: f64) {
        let style = ShapeStyle {
            color: colour.mix(opacity),
            filled: true,
            stroke_width: 0,
        };
        let drawn = self
            .backend
            .fill_polygon(points.iter().copied().map(units), &style);
        self.keep(drawn);
    }

    /// Draws a line through points.
    pub fn line(&mut self, points: &[Point], stroke: Stroke) {
        if stroke.dash > 0.0 {
            for dash in dashes(points, stroke.dash, stroke.dash / 1.5) {
                self.path(&dash, stroke.colour, stroke.width, 1.0);
            }
        } else {
            self.path(points, stroke.colour, stroke.width, 1.0);
        }
    }

    /// Draws a line through the points that are numbers, broken where they are not.
    pub fn broken_line(&mut self, points: &[Point], stroke: Stroke) {
        let whole = points.split(|(x, y)| !x.is_finite() || !y.is_finite());
        for part in whole.filter(|part| part.len() > 1) {
            self.line(part, stroke);
        }
    }

    /// Draws a point of a policy, `radius` pixels around its place.
    pub fn mark(&mut self, place: Point, radius: f64, mark: Mark) {
        let ring = corners(mark.shape, place, radius);
        if mark.hollow {
            self.polygon(&ring, PAPER, 1.0);
        } else {
            self.polygon(&ring, mark.colour, 1.0);
        }
        let mut closed = ring;
        closed.push(closed[0]);
        closed.push(closed[1]);
        self.path(&closed, mark.colour, 1.75, 1.0);
    }

    /// Writes one line of text.
    pub fn text(&mut self, text: &str, place: Point, set: Type) {
        if text.is_empty() {
            return;
        }
        let style = match set.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        };
        let h_pos = match set.align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        // The library divides a text's size by 1.24 when it writes it down.
        let font = (font::FAMILY, set.size * 1.24 * FINENESS)
            .into_font()
            .style(style);
        let style = TextStyle::from(font)
            .color(&set.colour)
            .pos(Pos::new(h_pos, VPos::Center));
        let drawn = self.backend.draw_text(text, &style, units(place));
        self.keep(drawn);
    }

    fn path(&mut self, points: &[Point], colour: RGBColor, width: f64, opacity: f64) {
        let stroke_width = ((width * FINENESS) as u32).max(1);
        let style = ShapeStyle {
            color: colour.mix(opacity),
            filled: false,
            stroke_width,
        };
        let drawn = self
            .backend
            .draw_path(points.iter().copied().map(units), &style);
        self.keep(drawn);
    }

    /// Remembers the first failure.
    fn keep<E: std::fmt::Display>(&mut self, drawn: Result<(), E>) {
        if let (Err(error), None) = (drawn, &self.failure) {
            self.failure = Some(error.to_string());
        }
    }
}

/// A place in the units of the drawing library.
fn units((x, y): Point) -> (i32, i32) {
    ((x * FINENESS).round() as i32, (y * FINENESS).round() as i32)
}

/// Lines of a pattern, cut to the rectangle.
fn hatching(area: Area, hatch: Hatch) -> Vec<(Point, Point)> {
    const GAP: f64 = 7.0;
    let steps = |length: f64| {
        (1..)
            .map(|n| f64::from(n) * GAP)
            .take_while(move |at| *at < length)
    };
    let (width, height) = (area.width, area.height);
    match hatch {
        Hatch::Plain => Vec::new(),
        Hatch::Upright => steps(width)
            .map(|at| ((area.x + at, area.y), (area.x + at, area.bottom())))
            .collect(),
        Hatch::Level => steps(height)
            .map(|at| ((area.x, area.y + at), (area.right(), area.y + at)))
            .collect(),
        Hatch::Rising | Hatch::Falling => steps(width + height)
            .map(|at| {
                // Ends of the line x + y = at within the rectangle, mirrored for falling lines.
                let (left, right) = ((at - height).max(0.0), at.min(width));
                let rows = (at - left, at - right);
                match hatch {
                    Hatch::Rising => (
                        (area.x + left, area.y + rows.0),
                        (area.x + right, area.y + rows.1),
                    ),
                    _ => (
                        (area.x + left, area.bottom() - rows.0),
                        (area.x + right, area.bottom() - rows.1),
                    ),
                }
            })
            .collect(),
    }
}

/// Cuts a line into dashes.
fn dashes(points: &[Point], dash: f64, gap: f64) -> Vec<Vec<Point>> {
    let mut done: Vec<Vec<Point>> = Vec::new();
    let (mut drawing, mut left) = (true, dash);
    let mut current: Vec<Point> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let length = (dx * dx + dy * dy).sqrt();
            if length <= left {
                left -= length;
                if drawing {
                    current.push(to);
                }
                break;
            }
            from = (from.0 + dx * left / length, from.1 + dy * left / length);
            if drawing {
                current.push(from);
                done.push(std::mem::take(&mut current));
            } else {
                current = vec![from];
            }
            drawing = !drawing;
            left = if drawing { dash } else { gap };
        }
    }
    if current.len() > 1 {
        done.push(current);
    }
    done
}

/// Corners of a mark; all shapes have about the area of the circle.
fn corners(shape: Shape, (x, y): Point, radius: f64) -> Vec<Point> {
    let (count, turn, size) = match shape {
        Shape::Circle => (24, 0.0, 1.0),
        Shape::Square => (4, 45.0, 1.25),
        Shape::Diamond => (4, 0.0, 1.3),
        Shape::Up => (3, -90.0, 1.4),
        Shape::Down => (3, 90.0, 1.4),
        Shape::Right => (3, 0.0, 1.4),
        Shape::Left => (3, 180.0, 1.4),
        Shape::Hexagon => (6, 30.0, 1.15),
    };
    (0..count)
        .map(|corner| {
            let angle = (turn + 360.0 * f64::from(corner) / f64::from(count))
                * std::f64::consts::PI
                / 180.0;
            (
                x + radius * size * libm::cos(angle),
                y + radius * size * libm::sin(angle),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_cover_three_fifths_of_a_line() {
        let cut = dashes(&[(0.0, 0.0), (70.0, 0.0), (100.0, 0.0)], 6.0, 4.0);
        let drawn: f64 = cut
            .iter()
            .map(|dash| dash[dash.len() - 1].0 - dash[0].0)
            .sum();
        assert_eq!(cut.len(), 10);
        assert!((drawn - 60.0).abs() < 1e-9);
    }

    #[test]
    fn hatching_stays_inside() {
        let area = Area {
            x: 10.0,
            y: 20.0,
            width: 33.0,
            height: 15.0,
        };
        for hatch in [Hatch::Rising, Hatch::Falling, Hatch::Upright, Hatch::Level] {
            let lines = hatching(area, hatch);
            assert!(lines.len() >= 2);
            for (x, y) in lines.into_iter().flat_map(|(from, to)| [from, to]) {
                assert!((10.0..=43.0).contains(&x) && (20.0..=35.0).contains(&y));
            }
        }
    }
}
