//! Sizes and quiet colours that all charts share (logical pixels; text sizes in pixels an em).

use plotters::style::RGBColor;

/// Width of every chart.
pub const WIDTH: f64 = 1200.0;
/// Height of a chart of the usual eight policies.
pub const HEIGHT: f64 = 800.0;
/// Empty border on all sides.
pub const MARGIN: f64 = 32.0;

/// Text size of the title.
pub const TITLE: f64 = 25.0;
/// Text size of subtitles and of panels' titles.
pub const SUBTITLE: f64 = 15.5;
/// Text size of labels.
pub const LABEL: f64 = 14.5;
/// Text size of ticks and of the caption.
pub const SMALL: f64 = 13.0;

/// Text and axes.
pub const INK: RGBColor = RGBColor(0x1F, 0x23, 0x28);
/// Secondary text.
pub const QUIET: RGBColor = RGBColor(0x55, 0x5C, 0x66);
/// Grid lines.
pub const GRID: RGBColor = RGBColor(0xDF, 0xE3, 0xE8);
/// Every other row.
pub const STRIPE: RGBColor = RGBColor(0xF4, 0xF6, 0xF8);
/// Figures that the runs do not resolve: quieter than others, and still read on white.
pub const FAINT: RGBColor = RGBColor(0x6A, 0x71, 0x7A);
/// Marks that the runs do not resolve, and lines of reference.
pub const UNRESOLVED: RGBColor = RGBColor(0x86, 0x8D, 0x96);
/// Paper.
pub const PAPER: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
