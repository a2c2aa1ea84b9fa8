//! A sheet to draw on, in logical pixels: areas, lines, marks and text.

mod shapes;

use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle};

use crate::report::font::{self, Weight};
use crate::report::palette::{Fill, Mark, lightness};
use crate::report::style::{INK, LABEL, PAPER};
use crate::report::svg::{ChartError, FINENESS, escaped, finish};
use shapes::{corners, dashes, hatching};

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
    hot: String,
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
        hot: String::new(),
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
    let hot = std::mem::take(&mut canvas.hot);
    drop(canvas);
    Ok(finish(&raw, (width, height), title, &hot))
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

    /// Lets a place tell its figures where a page is read with a pointer or by keyboard; pictures do not
    /// show it.
    pub fn hot(&mut self, area: Area, text: &str) {
        let ((x, y), (right, bottom)) = (
            units((area.x, area.y)),
            units((area.right(), area.bottom())),
        );
        let (width, height) = ((right - x).max(1), (bottom - y).max(1));
        let text = escaped(text);
        let tells = format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"><title>{text}</title></rect>\n"
        );
        self.hot.push_str(&tells);
    }

    /// Lets the place around a point tell its figures.
    pub fn hot_point(&mut self, (x, y): Point, text: &str) {
        const HALF: f64 = 9.0;
        if x.is_finite() && y.is_finite() {
            let area = Area {
                x: x - HALF,
                y: y - HALF,
                width: 2.0 * HALF,
                height: 2.0 * HALF,
            };
            self.hot(area, text);
        }
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
