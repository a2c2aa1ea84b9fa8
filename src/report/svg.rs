//! After the drawing: the finished SVG, the same with its text as outlines, and its PNG.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Options, Tree, WriteOptions, fontdb};

use crate::report::font;

/// Canvas units in a logical pixel: the drawing library knows whole units only.
pub const FINENESS: f64 = 4.0;

/// Why a chart could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The drawing library refused.
    #[error("the chart “{0}” could not be drawn: {1}; please report this")]
    Draw(String, String),
    /// The SVG cannot be read.
    #[error("the chart's SVG could not be read: {0}; draw it again with `riskweave chart`")]
    Svg(#[from] usvg::Error),
    /// There is no picture of that size.
    #[error("a picture of {0} × {1} pixels could not be made; ask for a smaller one")]
    Size(u32, u32),
    /// The picture could not be packed.
    #[error("the picture could not be written as PNG: {0}; please report this")]
    Png(String),
}

/// Finishes what the drawing library wrote: logical size (the `viewBox` stays), a title for readers
/// who listen, round joins, middle-aligned text at the middle of its figures, and on top the areas that
/// tell their figures.
pub fn finish(raw: &str, (width, height): (f64, f64), title: &str, hot: &str) -> String {
    let Some((root, body)) = raw.split_once('>') else {
        return raw.to_owned();
    };
    let view = root.split_once("viewBox").map_or("", |(_, rest)| rest);
    let body = body.replace("dy=\"0.5ex\"", "dy=\"0.36em\"");
    let body = if hot.is_empty() {
        body
    } else {
        let body = body.trim_end().trim_end_matches("</svg>");
        format!("{body}<g class=\"hot\" fill=\"none\" pointer-events=\"all\">\n{hot}</g>\n</svg>\n")
    };
    format!(
        "<svg width=\"{width}\" height=\"{height}\" viewBox{view} role=\"img\" \
         stroke-linejoin=\"round\">\n<title>{}</title>{body}",
        escaped(title)
    )
}

/// Size of a picture (pixels).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// A chart in the middle of a sheet of a size, as large as it fits, white around it.
pub fn sized(svg: &str, size: Size) -> String {
    let Some((root, body)) = svg.split_once('>') else {
        return svg.to_owned();
    };
    let number = |name: &str| -> Option<f64> {
        let (_, rest) = root.split_once(&format!(" {name}=\""))?;
        rest.split_once('"')?.0.parse().ok()
    };
    let (Some(width), Some(height)) = (number("width"), number("height")) else {
        return svg.to_owned();
    };
    let (wide, high) = (f64::from(size.width), f64::from(size.height));
    let scale = (wide / width).min(high / height);
    let (left, top) = ((wide - width * scale) / 2.0, (high - height * scale) / 2.0);
    let body = body.trim_end().trim_end_matches("</svg>");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" \
         viewBox=\"0 0 {wide} {high}\" role=\"img\" stroke-linejoin=\"round\">\n\
         <rect width=\"{wide}\" height=\"{high}\" fill=\"#FFFFFF\"/>\n\
         <g transform=\"translate({left} {top}) scale({})\">{body}</g></svg>\n",
        scale / FINENESS
    )
}

/// The picture of a chart as PNG bytes, so many pixels to a logical one, on white.
pub fn render(svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    let tree = read(svg)?;
    let size = tree.size().to_int_size().scale_by(scale);
    let size = size.ok_or(ChartError::Size(0, 0))?;
    let mut picture = Pixmap::new(size.width(), size.height())
        .ok_or(ChartError::Size(size.width(), size.height()))?;
    let scale = Transform::from_scale(scale, scale);
    resvg::render(&tree, scale, &mut picture.as_mut());
    picture
        .encode_png()
        .map_err(|error| ChartError::Png(error.to_string()))
}

/// The chart with its text turned into outlines, so that it looks the same in every viewer.
pub fn outline(svg: &str) -> Result<String, ChartError> {
    let options = WriteOptions {
        preserve_text: false,
        coordinates_precision: 1,
        transforms_precision: 5,
        indent: usvg::Indent::None,
        ..WriteOptions::default()
    };
    let outlined = read(svg)?.to_string(&options);
    let title = svg
        .split_once("<title>")
        .and_then(|(_, rest)| rest.split_once("</title>"));
    let (Some((title, _)), Some((root, body))) = (title, outlined.split_once('>')) else {
        return Ok(outlined);
    };
    Ok(format!("{root} role=\"img\"><title>{title}</title>{body}"))
}

/// Reads an SVG with the built-in font and no other.
fn read(svg: &str) -> Result<Tree, ChartError> {
    let options = Options {
        font_family: font::FAMILY.to_owned(),
        fontdb: fonts(),
        ..Options::default()
    };
    Ok(Tree::from_str(svg, &options)?)
}

/// The built-in fonts, loaded once.
fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let loaded = FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        for bytes in [font::REGULAR, font::BOLD] {
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
        }
        Arc::new(fonts)
    });
    Arc::clone(loaded)
}

/// A part of a chart alone: a rectangle of its sheet in logical pixels (left, top, width, height).
pub fn cropped(svg: &str, [left, top, width, height]: [f64; 4]) -> String {
    let Some((root, body)) = svg.split_once('>') else {
        return svg.to_owned();
    };
    let rest = root
        .split_once("viewBox=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("", |(_, rest)| rest);
    let [x, y, wide, high] = [left, top, width, height].map(|side| (side * FINENESS).round());
    format!(
        "<svg width=\"{width}\" height=\"{height}\" viewBox=\"{x} {y} {wide} {high}\"{rest}>{body}"
    )
}

/// A text as XML content.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::font::{Weight, missing};

    fn outlined(text: &str, weight: &str) -> Option<String> {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"40\"><text x=\"5\" \
             y=\"30\" font-size=\"20\" font-weight=\"{weight}\">{text}</text></svg>"
        );
        outline(&svg).ok()
    }

    #[test]
    fn bold_text_falls_back_to_the_regular_weight() {
        let (rare, known) = ("\u{52d0}", "险");
        assert!(missing(rare).is_empty() && font::width(rare, 1.0, Weight::Bold) == 1.0);
        assert!(outlined(rare, "bold").is_some());
        assert_eq!(outlined(rare, "bold"), outlined(rare, "normal"));
        assert_ne!(outlined(known, "bold"), outlined(known, "normal"));
        assert_ne!(outlined(rare, "bold"), outlined("\u{20000}", "bold"));
    }
}
