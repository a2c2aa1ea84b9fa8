//! Level bars that go to the side of their sign: what charts of such bars have in common.

use plotters::style::RGBColor;

use super::differences::{KEY, VALUES};
use crate::report::draw::{Align, Area, Canvas, Point, Stroke, Type};
use crate::report::font::{self, Weight};
use crate::report::palette::{Fill, Hatch};
use crate::report::style::{INK, PAPER, SMALL};

/// Height of the legend above the panels.
pub(super) const LEGEND: f64 = 9.0;
/// Bars that lower a measure.
pub(super) const LOWERS: Fill = Fill {
    colour: RGBColor(0x1F, 0x6F, 0xA8),
    hatch: Hatch::Plain,
};
/// Bars that raise it.
pub(super) const RAISES: Fill = Fill {
    colour: RGBColor(0xF2, 0xB1, 0x34),
    hatch: Hatch::Rising,
};

/// The key of a word of the legend.
pub(super) fn key(x: f64, middle: f64) -> Area {
    Area {
        x,
        y: middle - 6.0,
        width: KEY,
        height: 12.0,
    }
}

/// A panel without the room for its figures.
pub(super) fn plot(panel: Area) -> Area {
    Area {
        width: panel.width - VALUES,
        ..panel
    }
}

/// The bar between two places of a row, given by its middle and height; however short, it is seen.
pub(super) fn bar([from, to]: [f64; 2], (middle, row): (f64, f64)) -> Area {
    let half = row * 0.27;
    Area {
        x: from.min(to),
        y: middle - half,
        width: (to - from).abs().max(1.0),
        height: 2.0 * half,
    }
}

/// The interval of a bar; where the bar is filled, white below the ink shows the line on a dark ground.
pub(super) fn interval(canvas: &mut Canvas<'_>, ends: [f64; 2], middle: f64, filled: bool) {
    let line = ends.map(|end| (end, middle));
    if filled {
        canvas.line(&line, Stroke::solid(PAPER, 4.0));
    }
    canvas.line(&line, Stroke::solid(INK, 1.5));
    for end in ends {
        let cap = [(end, middle - 4.0), (end, middle + 4.0)];
        canvas.line(&cap, Stroke::solid(INK, 1.5));
    }
}

/// The figure of a row, right of its bar and as small as its room needs.
pub(super) fn figure(canvas: &mut Canvas<'_>, text: &str, place: Point, colour: RGBColor) {
    let room = VALUES - 4.0;
    let size = SMALL.min(SMALL * room / font::width(text, SMALL, Weight::Regular).max(1.0));
    let set = Type {
        size,
        align: Align::End,
        colour,
        ..Type::default()
    };
    canvas.text(text, place, set);
}
