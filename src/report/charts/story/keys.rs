//! The legend of a story.

use super::Data;
use super::draw::RADIUS;
use crate::report::draw::{Area, Canvas, Type};
use crate::report::frame::flow;
use crate::report::palette::{self, Mark, Shape};
use crate::report::style::{INK, MARGIN, WIDTH};
use crate::vocabulary::{Bearer, Category, Language, Vocabulary};

const KEY: f64 = 19.0;
const ROW: f64 = 23.0;

/// The legend: what the marks mean, and the bearers that pay anything.
pub(super) struct Keys {
    marks: Vec<(Shape, bool, String, f64, usize)>,
    bearers: Vec<(Bearer, String, f64, usize)>,
}

impl Keys {
    /// Of the data, laid out.
    pub(super) fn new(data: &Data, language: Language) -> Self {
        let natural = data.category() == Category::Natural;
        let mut words: Vec<(Shape, bool, &str)> = Vec::new();
        if natural {
            words.push((
                Shape::Up,
                false,
                language.pick(
                    "预警(受灾人口中及时得到的比例)",
                    "warning (share of the struck who had it in time)",
                ),
            ));
        } else {
            words.push((
                Shape::Diamond,
                false,
                language.pick("现场有第一响应人", "a trained responder at the scene"),
            ));
        }
        words.push((
            Shape::Circle,
            false,
            language.pick("专业救援到达", "professional rescue arrives"),
        ));
        words.push((Shape::Square, false, language.pick("得到控制", "contained")));
        words.push((
            Shape::Square,
            true,
            language.pick("未及控制", "not contained in time"),
        ));
        let texts: Vec<String> = words.iter().map(|(.., word)| (*word).to_owned()).collect();
        let places = flow(&texts, MARGIN, WIDTH - MARGIN, KEY);
        let marks: Vec<_> = words
            .iter()
            .zip(texts.iter().zip(places))
            .map(|((shape, hollow, _), (text, (x, row)))| (*shape, *hollow, text.clone(), x, row))
            .collect();
        let first = marks.last().map_or(0, |last| last.4 + 1);
        let happened = || data.lanes.iter().filter_map(|lane| lane.happened.as_ref());
        let paying: Vec<Bearer> = Bearer::ALL
            .iter()
            .copied()
            .filter(|bearer| happened().any(|happened| happened.borne_yuan[*bearer] > 0.0))
            .collect();
        let texts: Vec<String> = paying
            .iter()
            .map(|bearer| bearer.word(language).to_owned())
            .collect();
        let places = flow(&texts, MARGIN, WIDTH - MARGIN, KEY);
        let bearers = paying.into_iter().zip(texts.into_iter().zip(places));
        Keys {
            marks,
            bearers: bearers
                .map(|(b, (text, (x, row)))| (b, text, x, first + row))
                .collect(),
        }
    }

    /// Height of its rows.
    pub(super) fn height(&self) -> f64 {
        let last = self.bearers.last().map(|last| last.3);
        let rows = last.or(self.marks.last().map(|last| last.4)).unwrap_or(0) + 1;
        rows as f64 * ROW
    }

    /// Draws it below a height.
    pub(super) fn paint(&self, canvas: &mut Canvas<'_>, top: f64) {
        for (shape, hollow, text, x, row) in &self.marks {
            let y = top + *row as f64 * ROW + 9.0;
            let mark = Mark {
                colour: INK,
                shape: *shape,
                hollow: *hollow,
            };
            canvas.mark((x + KEY / 2.0, y), RADIUS - 1.0, mark);
            canvas.text(text, (x + KEY + 8.0, y), Type::default());
        }
        for (bearer, text, x, row) in &self.bearers {
            let y = top + *row as f64 * ROW;
            let key = Area {
                x: *x,
                y: y + 2.0,
                width: KEY,
                height: 14.0,
            };
            canvas.fill(key, palette::bearer(*bearer));
            canvas.text(text, (x + KEY + 8.0, y + 9.0), Type::default());
        }
    }
}
