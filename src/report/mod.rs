//! What users see of a run: charts drawn to SVG, their pictures and the data behind them.

pub mod axis;
mod base64;
pub mod charts;
pub mod draw;
pub mod font;
pub mod frame;
pub mod gather;
pub mod html;
pub mod numbers;
pub mod palette;
pub mod pictures;
pub mod seminar;
pub mod style;
pub mod svg;
mod web_font;
