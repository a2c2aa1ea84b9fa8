//! What surrounds every chart: the title strip above, the caption below, legends and axes.

use crate::report::axis::Axis;
use crate::report::draw::{Align, Area, Canvas, Point, Stroke, Type};
use crate::report::font::{self, Weight};
use crate::report::style::{GRID, INK, LABEL, MARGIN, QUIET, SMALL, SUBTITLE, TITLE, WIDTH};
use crate::vocabulary::Language;

/// Title, subtitle and caption of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// What is shown.
    pub title: String,
    /// How to read it, with unit.
    pub subtitle: String,
    /// Interval, number of replications, identity of the run.
    pub caption: String,
}

const LINE: f64 = 1.45;

impl Frame {
    /// Where the chart may begin, below title and subtitle.
    pub fn top(&self) -> f64 {
        let titles = self.titles().len() as f64 * TITLE * 1.3;
        MARGIN + titles + self.subtitles().len() as f64 * SUBTITLE * LINE + 14.0
    }

    /// Height that the caption takes at the foot of the sheet.
    pub fn foot(&self) -> f64 {
        self.captions().len() as f64 * SMALL * LINE + MARGIN
    }

    /// Draws the frame on a sheet of a height.
    pub fn paint(&self, canvas: &mut Canvas<'_>, height: f64) {
        let mut y = MARGIN + TITLE * 0.5;
        for line in self.titles() {
            let set = Type {
                size: TITLE,
                weight: Weight::Bold,
                ..Type::default()
            };
            canvas.text(&line, (MARGIN, y), set);
            y += TITLE * 1.3;
        }
        y += (SUBTITLE - TITLE) * 0.5 + 4.0;
        for line in self.subtitles() {
            canvas.text(
                &line,
                (MARGIN, y),
                Type {
                    size: SUBTITLE,
                    colour: QUIET,
                    ..Type::default()
                },
            );
            y += SUBTITLE * LINE;
        }
        let mut y = height - self.foot() + MARGIN * 0.45 + SMALL * 0.5;
        for line in self.captions() {
            canvas.text(
                &line,
                (MARGIN, y),
                Type {
                    size: SMALL,
                    colour: QUIET,
                    ..Type::default()
                },
            );
            y += SMALL * LINE;
        }
    }

    fn titles(&self) -> Vec<String> {
        font::wrap(&self.title, WIDTH - 2.0 * MARGIN, TITLE, Weight::Bold, 2)
    }

    fn subtitles(&self) -> Vec<String> {
        font::wrap(
            &self.subtitle,
            WIDTH - 2.0 * MARGIN,
            SUBTITLE,
            Weight::Regular,
            3,
        )
    }

    fn captions(&self) -> Vec<String> {
        font::wrap(
            &self.caption,
            WIDTH - 2.0 * MARGIN,
            SMALL,
            Weight::Regular,
            4,
        )
    }
}

/// Places of the entries of a legend in rows between two edges: for each its left edge and row.
pub fn flow(words: &[String], left: f64, right: f64, key: f64) -> Vec<(f64, usize)> {
    let (mut x, mut row) = (left, 0);
    let mut places = Vec::with_capacity(words.len());
    for word in words {
        let needed = key + 8.0 + font::width(word, LABEL, Weight::Regular);
        if x + needed > right && x > left {
            x = left;
            row += 1;
        }
        places.push((x, row));
        x += needed + 24.0;
    }
    places
}

/// Size of the names of rows: smaller for all if one of them does not fit its line.
pub fn name_size<'a>(names: impl IntoIterator<Item = &'a str>, limit: f64) -> f64 {
    let fits = |name: &str| font::width(name, LABEL, Weight::Regular) <= limit;
    if names.into_iter().all(fits) {
        LABEL
    } else {
        SMALL
    }
}

/// Writes a name beside its row: in one or two lines, ending at the place.
pub fn row_name(
    canvas: &mut Canvas<'_>,
    name: &str,
    (right, middle): Point,
    limit: f64,
    size: f64,
) {
    let set = Type {
        size,
        align: Align::End,
        ..Type::default()
    };
    let lines = font::wrap(name, limit, size, Weight::Regular, 2);
    let first = middle - (lines.len() as f64 - 1.0) * size * 0.55;
    for (number, line) in lines.iter().enumerate() {
        canvas.text(line, (right, first + number as f64 * size * 1.1), set);
    }
}

/// Draws upright grid lines through an area with their values below it.
pub fn marks_below(canvas: &mut Canvas<'_>, area: Area, ticks: &[(f64, String)]) {
    for (x, _) in ticks {
        canvas.line(
            &[(*x, area.y), (*x, area.bottom())],
            Stroke::solid(GRID, 1.0),
        );
    }
    let mut free = f64::NEG_INFINITY;
    let set = Type {
        size: SMALL,
        align: Align::Middle,
        colour: QUIET,
        ..Type::default()
    };
    for (x, label) in ticks {
        let half = font::width(label, SMALL, Weight::Regular) / 2.0;
        let x = x
            .max(area.x - 8.0 + half.min(16.0))
            .min(area.right() + 8.0 - half);
        if x - half > free {
            canvas.text(label, (x, area.bottom() + 5.0 + SMALL * 0.6), set);
            free = x + half + 6.0;
        }
    }
}

/// Draws level grid lines through an area with their values left of it.
pub fn marks_left(canvas: &mut Canvas<'_>, area: Area, ticks: &[(f64, String)]) {
    for (y, label) in ticks {
        canvas.line(
            &[(area.x, *y), (area.right(), *y)],
            Stroke::solid(GRID, 1.0),
        );
        let set = Type {
            size: SMALL,
            align: Align::End,
            colour: QUIET,
            ..Type::default()
        };
        canvas.text(label, (area.x - 6.0, *y), set);
    }
}

/// A heading begins with a capital letter; Chinese is left as it is.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    first + letters.as_str()
}

/// The title of a part of a chart with its unit.
pub fn with_unit(title: &str, unit: &str, language: Language) -> String {
    match language {
        Language::Chinese => format!("{title}({unit})"),
        Language::English => format!("{} ({unit})", capitalised(title)),
    }
}

/// The round values of an axis with their pixels and texts.
pub fn labelled(
    axis: &Axis,
    count: usize,
    show: impl Fn(f64, usize) -> String,
) -> Vec<(f64, String)> {
    let (ticks, decimals) = axis.ticks(count);
    ticks
        .into_iter()
        .map(|value| (axis.at(value), show(value, decimals)))
        .collect()
}

/// Left and lower edge of a panel.
pub fn edges(canvas: &mut Canvas<'_>, area: Area) {
    let corner = [
        (area.x, area.y),
        (area.x, area.bottom()),
        (area.right(), area.bottom()),
    ];
    canvas.line(&corner, Stroke::solid(INK, 1.0));
}

/// Title of a panel in as many lines as given, the last of them with its middle at `y`.
pub fn panel_title(canvas: &mut Canvas<'_>, text: &str, (x, y): Point, limit: f64, lines: usize) {
    let set = Type {
        weight: Weight::Bold,
        ..Type::default()
    };
    let lines = font::wrap(text, limit, set.size, set.weight, lines);
    for (number, line) in lines.iter().rev().enumerate() {
        canvas.text(line, (x, y - number as f64 * set.size * 1.15), set);
    }
}
