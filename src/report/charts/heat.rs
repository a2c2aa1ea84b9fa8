//! Cells of heat maps: a colour for a figure, and the figure on it.

use plotters::style::RGBColor;

use crate::report::draw::{Align, Area, Canvas, Stroke, Type};
use crate::report::font::{self, Weight};
use crate::report::palette::{Fill, Hatch, lightness};
use crate::report::style::{INK, PAPER, STRIPE};

/// Colours from little to much: paper to dark blue, which also darkens in grey print.
const LITTLE: RGBColor = RGBColor(0xF4, 0xF8, 0xFC);
const MUCH: RGBColor = RGBColor(0x14, 0x3A, 0x66);
/// Colours of less and of more than the baseline.
const LESS: RGBColor = RGBColor(0x1F, 0x7F, 0xB8);
const MORE: RGBColor = RGBColor(0xD2, 0x6A, 0x12);

/// Colour of a part from 0 to 1.
pub(super) fn shade(part: f64) -> RGBColor {
    mixed(LITTLE, MUCH, part)
}

/// Colour of a change from −1 (all the less) to 1.
pub(super) fn change(part: f64) -> RGBColor {
    mixed(PAPER, if part < 0.0 { LESS } else { MORE }, part.abs())
}

/// Fill of a cell without data.
pub(super) fn no_data() -> Fill {
    Fill {
        colour: STRIPE,
        hatch: Hatch::Rising,
    }
}

/// A colour between two, from `low` (0) to `high` (1).
fn mixed(low: RGBColor, high: RGBColor, part: f64) -> RGBColor {
    let part = if part.is_finite() {
        part.clamp(0.0, 1.0)
    } else {
        0.0
    };
    let between = |from: u8, to: u8| {
        (f64::from(from) + (f64::from(to) - f64::from(from)) * part).round() as u8
    };
    RGBColor(
        between(low.0, high.0),
        between(low.1, high.1),
        between(low.2, high.2),
    )
}

/// Colour of a text on a ground.
pub(super) fn ink_on(ground: RGBColor) -> RGBColor {
    if lightness(ground) < 0.5 { PAPER } else { INK }
}

/// Fills a cell, leaving a white seam, and writes its figure in the middle, smaller if it does not fit; in
/// the colour that is given, else in one that is read on the ground.
pub(super) fn figure(
    canvas: &mut Canvas<'_>,
    area: Area,
    ground: RGBColor,
    text: &str,
    (size, colour): (f64, Option<RGBColor>),
) {
    canvas.area(area, ground, 1.0);
    frame(canvas, area, PAPER);
    let room = (area.width - 4.0).max(1.0);
    let needed = font::width(text, size, Weight::Regular).max(1.0);
    let size = size.min(size * room / needed);
    let colour = colour.unwrap_or_else(|| ink_on(ground));
    let middle = (area.x + area.width / 2.0, area.y + area.height / 2.0);
    canvas.text(
        text,
        middle,
        Type {
            size,
            align: Align::Middle,
            colour,
            ..Type::default()
        },
    );
}

/// The four edges of a cell.
pub(super) fn frame(canvas: &mut Canvas<'_>, area: Area, colour: RGBColor) {
    let corners = [
        (area.x, area.y),
        (area.right(), area.y),
        (area.right(), area.bottom()),
        (area.x, area.bottom()),
        (area.x, area.y),
    ];
    canvas.line(&corners, Stroke::solid(colour, 1.0));
}

/// Writes lines of text with their middle at a place.
pub(super) fn lines(canvas: &mut Canvas<'_>, lines: &[String], (x, y): (f64, f64), set: Type) {
    let step = set.size * 1.12;
    let first = y - (lines.len() as f64 - 1.0) * step / 2.0;
    for (number, line) in lines.iter().enumerate() {
        canvas.text(line, (x, first + number as f64 * step), set);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_is_darker_and_figures_stay_readable() {
        let shades: Vec<f64> = (0..=10)
            .map(|n| lightness(shade(f64::from(n) / 10.0)))
            .collect();
        assert!(shades.windows(2).all(|pair| pair[1] < pair[0]));
        for part in [-1.0, -0.5, 0.0, 0.5, 1.0, f64::NAN] {
            for ground in [shade(part), change(part)] {
                let apart = (lightness(ink_on(ground)) - lightness(ground)).abs();
                assert!(apart > 0.35, "{part}: {apart}");
            }
        }
    }
}
