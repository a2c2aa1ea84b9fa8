//! The rows of a panel: points with their intervals, figures beside them, and what each row tells.

use super::{Difference, Panel, VALUES, heading, points_word};
use crate::report::axis::Axis;
use crate::report::charts::table::resolved_word;
use crate::report::charts::{Estimate, Quantity, largest, least, told};
use crate::report::draw::{Align, Area, Canvas, Stroke, Type};
use crate::report::font::{self, Weight};
use crate::report::frame::{labelled, marks_below};
use crate::report::numbers::{Scale, grouped, not_available};
use crate::report::palette::Mark;
use crate::report::style::{FAINT, INK, SMALL};
use crate::vocabulary::Language;

/// Lets each row tell its figures.
pub(super) fn tell(
    canvas: &mut Canvas<'_>,
    (panel, names): (&Panel, &[&str]),
    (area, row): (Area, f64),
    language: Language,
) {
    for (number, (difference, name)) in panel.differences.iter().zip(names).enumerate() {
        let estimate = difference.estimate;
        let mut scale = Scale::of(&panel.quantity, estimate.mean.abs(), language);
        if panel.quantity == Quantity::Share {
            points_word(language).clone_into(&mut scale.unit);
        }
        let measure = panel.measure.pick(language);
        let figure = told(&scale, estimate, language);
        let doubt = if difference.resolved {
            String::new()
        } else {
            format!(
                "{}{}",
                language.pick("；", "; "),
                resolved_word(false, language)
            )
        };
        let place = Area {
            y: area.y + number as f64 * row,
            height: row,
            ..area
        };
        let text = match language {
            Language::Chinese => format!("{name}，{measure}与基准之差：{figure}{doubt}"),
            Language::English => {
                format!("{name}, {measure}, difference to the baseline: {figure}{doubt}")
            }
        };
        canvas.hot(place, &text);
    }
}

/// Draws the rows of a panel.
pub(super) fn forest(
    canvas: &mut Canvas<'_>,
    panel: &Panel,
    area: Area,
    row: f64,
    marks: &[Mark],
    language: Language,
) {
    let estimates: Vec<Estimate> = panel
        .differences
        .iter()
        .map(|difference| difference.estimate)
        .filter(Estimate::available)
        .collect();
    let most = largest(estimates.iter().map(|estimate| estimate.high));
    let low = least(estimates.iter().map(|estimate| estimate.low));
    let scale = Scale::of(&panel.quantity, most.max(-low), language);
    heading(
        canvas,
        (&panel.measure, &panel.quantity),
        &scale,
        area,
        language,
    );
    let plot = Area {
        width: area.width - VALUES,
        ..area
    };
    let pad = (most - low) * 0.06;
    let ends = if pad > 0.0 {
        ((low - pad) * scale.factor, (most + pad) * scale.factor)
    } else {
        (-1.0, 1.0)
    };
    let axis = Axis::linear(ends.0, ends.1, plot.x + 4.0, plot.right() - 4.0);
    if !estimates.is_empty() {
        let long = scale.show(most).len().max(scale.show(low).len()) > 7;
        marks_below(
            canvas,
            plot,
            &labelled(&axis, if long { 4 } else { 6 }, grouped),
        );
    }
    let zero = axis.at(0.0);
    canvas.line(
        &[(zero, plot.y - 4.0), (zero, plot.bottom())],
        Stroke::solid(INK, 1.5),
    );
    for (number, (difference, mark)) in panel.differences.iter().zip(marks).enumerate() {
        let middle = area.y + (number as f64 + 0.5) * row;
        point(canvas, difference, &axis, &scale, *mark, middle);
        figure(
            canvas,
            difference,
            &scale,
            (area.right() - 4.0, middle),
            language,
        );
    }
}

fn point(
    canvas: &mut Canvas<'_>,
    difference: &Difference,
    axis: &Axis,
    scale: &Scale,
    mark: Mark,
    middle: f64,
) {
    if !difference.estimate.available() {
        return;
    }
    let at = |value: f64| axis.at(value * scale.factor);
    let Estimate { mean, low, high } = difference.estimate;
    let full = Mark {
        hollow: false,
        ..mark
    };
    let mark = if difference.resolved {
        full
    } else {
        mark.unresolved()
    };
    let width = if difference.resolved { 2.25 } else { 1.5 };
    canvas.line(
        &[(at(low), middle), (at(high), middle)],
        Stroke::solid(mark.colour, width),
    );
    canvas.mark((at(mean), middle), 5.0, mark);
}

fn figure(
    canvas: &mut Canvas<'_>,
    difference: &Difference,
    scale: &Scale,
    place: (f64, f64),
    language: Language,
) {
    let shown = difference.estimate.available();
    let text = if shown {
        scale.show_signed(difference.estimate.mean)
    } else {
        not_available(language).to_owned()
    };
    let colour = if shown && difference.resolved {
        INK
    } else {
        FAINT
    };
    let room = VALUES - 4.0;
    let size = SMALL.min(SMALL * room / font::width(&text, SMALL, Weight::Regular).max(1.0));
    canvas.text(
        &text,
        place,
        Type {
            size,
            align: Align::End,
            colour,
            ..Type::default()
        },
    );
}
