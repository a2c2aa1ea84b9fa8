//! Bars in parts, each with its share of the whole.

use crate::report::draw::{Align, Area, Canvas, Stroke, Type};
use crate::report::font::{self, Weight};
use crate::report::numbers::grouped;
use crate::report::palette::{Fill, Hatch, lightness};
use crate::report::style::{INK, PAPER, SMALL};

/// A part of a bar, with its share where that fits.
pub(super) fn segment(canvas: &mut Canvas<'_>, area: Area, fill: Fill, share: f64) {
    let text = format!("{}%", grouped(share * 100.0, 0));
    part(canvas, area, fill, &text);
}

/// A part of a bar, with a text where that fits.
pub(super) fn part(canvas: &mut Canvas<'_>, area: Area, fill: Fill, text: &str) {
    canvas.fill(area, fill);
    let edge = (area.x + area.width, area.y);
    canvas.line(&[edge, (edge.0, area.bottom())], Stroke::solid(PAPER, 0.75));
    let width = font::width(text, SMALL, Weight::Regular);
    if area.width < width + 10.0 {
        return;
    }
    let (x, y) = (area.x + area.width / 2.0, area.y + area.height / 2.0);
    // Level lines beside a figure would read as a minus sign: there the ground is as wide as the segment.
    let half = match fill.hatch {
        Hatch::Level => area.width / 2.0,
        _ => width / 2.0 + 3.0,
    };
    let height = area.height.min(18.0);
    let ground = Area {
        x: x - half,
        y: y - height / 2.0,
        width: 2.0 * half,
        height,
    };
    canvas.area(ground, fill.colour, 1.0);
    let colour = if lightness(fill.colour) < 0.45 {
        PAPER
    } else {
        INK
    };
    canvas.text(
        text,
        (x, y),
        Type {
            size: SMALL,
            align: Align::Middle,
            colour,
            ..Type::default()
        },
    );
}
