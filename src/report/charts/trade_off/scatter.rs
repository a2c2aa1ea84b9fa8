//! Deaths against the money cost: a point a policy, with the Pareto front of the means.

use super::{Data, HEADING, RADIUS, RING, Row, cost_word, money, people, ring};
use crate::report::axis::{Axis, extent};
use crate::report::charts::lines::{absent, heading};
use crate::report::charts::{Estimate, told};
use crate::report::draw::{Area, Canvas, Point, Stroke, Type};
use crate::report::font::{self, Weight};
use crate::report::frame::{edges, labelled, marks_below, marks_left, with_unit};
use crate::report::numbers::{Scale, grouped};
use crate::report::palette::{self, Mark};
use crate::report::style::{INK, SMALL, UNRESOLVED};
use crate::vocabulary::Language;

/// An axis around all intervals, and the scale of its figures.
fn around(data: &Data, of: impl Fn(&Row) -> Estimate, scale: &Scale, ends: (f64, f64)) -> Axis {
    let seen = data.rows.iter().map(of).filter(|e| e.mean.is_finite());
    let (low, high) = extent(seen.flat_map(|e| [e.mean, e.low, e.high])).unwrap_or((0.0, 1.0));
    let pad = ((high - low) * 0.08).max(high.abs() * 0.004);
    let (low, high) = ((low - pad).max(0.0), high + pad);
    Axis::linear(low * scale.factor, high * scale.factor, ends.0, ends.1)
}

pub(super) fn scatter(
    canvas: &mut Canvas<'_>,
    data: &Data,
    plot: Area,
    marks: &[Mark],
    language: Language,
) {
    let money = money(data, language);
    let people = people(data, language);
    let x = around(data, |row| row.cost_yuan, &money, (plot.x, plot.right()));
    let y = around(data, |row| row.deaths, &people, (plot.bottom(), plot.y));
    let title = with_unit(language.pick("死亡人数", "Deaths"), &people.unit, language);
    heading(canvas, &title, "", plot.y - HEADING * 0.65);
    marks_left(canvas, plot, &labelled(&y, 6, grouped));
    marks_below(canvas, plot, &labelled(&x, 7, grouped));
    edges(canvas, plot);
    let set = Type {
        size: SMALL,
        colour: INK,
        ..Type::default()
    };
    let name = format!("{}({})", cost_word(language), money.unit);
    let name = match language {
        Language::Chinese => name,
        Language::English => format!("Money cost without lives ({})", money.unit),
    };
    canvas.text(&name, (plot.x, plot.bottom() + 36.0), set);
    let at = |row: &Row| -> Option<Point> {
        let (cost, deaths) = (row.cost_yuan.mean, row.deaths.mean);
        (cost.is_finite() && deaths.is_finite())
            .then(|| (x.at(cost * money.factor), y.at(deaths * people.factor)))
    };
    let places: Vec<Option<Point>> = data.rows.iter().map(at).collect();
    if places.iter().all(Option::is_none) {
        absent(canvas, plot, language);
        return;
    }
    let front: Vec<Point> = front(data)
        .into_iter()
        .filter_map(|row| places[row])
        .collect();
    canvas.line(&front, Stroke::dashed(UNRESOLVED, 1.5, 6.0));
    for ((row, place), mark) in data.rows.iter().zip(&places).zip(marks) {
        let Some((px, py)) = *place else { continue };
        let stroke = Stroke::solid(mark.colour, 1.25);
        let (cost, deaths) = (row.cost_yuan, row.deaths);
        if cost.available() {
            let ends = [cost.low, cost.high].map(|yuan| (x.at(yuan * money.factor), py));
            canvas.line(&ends, stroke);
        }
        if deaths.available() {
            let ends = [deaths.low, deaths.high].map(|dead| (px, y.at(dead * people.factor)));
            canvas.line(&ends, stroke);
        }
    }
    for ((row, place), mark) in data.rows.iter().zip(&places).zip(marks) {
        if let Some(place) = place {
            canvas.mark(*place, RADIUS, *mark);
            ring(canvas, row, *place);
            let name = row.policy.name.pick(language);
            let [dead, cost] = [
                told(&people, row.deaths, language),
                told(&money, row.cost_yuan, language),
            ];
            canvas.hot_point(*place, &format!("{name}: {dead}; {cost}"));
        }
    }
    labels(canvas, data, (&places, marks), plot, language);
}

/// Rows that no other row beats in both means, by rising cost.
fn front(data: &Data) -> Vec<usize> {
    let point = |row: &Row| (row.cost_yuan.mean, row.deaths.mean);
    let beats = |one: (f64, f64), other: (f64, f64)| {
        one.0 <= other.0 && one.1 <= other.1 && (one.0 < other.0 || one.1 < other.1)
    };
    let mut kept: Vec<usize> = (0..data.rows.len())
        .filter(|row| {
            let own = point(&data.rows[*row]);
            own.0.is_finite()
                && own.1.is_finite()
                && !data.rows.iter().any(|other| beats(point(other), own))
        })
        .collect();
    kept.sort_by(|a, b| point(&data.rows[*a]).0.total_cmp(&point(&data.rows[*b]).0));
    kept
}

/// Names beside the points, in their colours, where they cover nothing; a point without a name is told by its mark in
/// the rows below.
fn labels(
    canvas: &mut Canvas<'_>,
    data: &Data,
    (places, marks): (&[Option<Point>], &[Mark]),
    plot: Area,
    language: Language,
) {
    let around = |(x, y): Point| Area {
        x: x - RING,
        y: y - RING,
        width: RING * 2.0,
        height: RING * 2.0,
    };
    let mut taken: Vec<Area> = places.iter().flatten().copied().map(around).collect();
    for ((row, place), mark) in data.rows.iter().zip(places).zip(marks) {
        let Some((x, y)) = *place else { continue };
        let name = row.policy.name.pick(language);
        let size = (font::width(name, SMALL, Weight::Regular), SMALL * 1.15);
        let sides = [
            (13.0, -12.0),
            (13.0, 12.0),
            (-13.0 - size.0, -12.0),
            (-13.0 - size.0, 12.0),
        ];
        let free = sides.into_iter().find_map(|(dx, dy)| {
            let area = Area {
                x: x + dx,
                y: y + dy - size.1 / 2.0,
                width: size.0,
                height: size.1,
            };
            let inside = area.x >= plot.x + 4.0
                && area.right() <= plot.right() - 4.0
                && area.y >= plot.y + 2.0
                && area.bottom() <= plot.bottom() - 2.0;
            (inside && !taken.iter().any(|other| overlap(area, *other))).then_some(area)
        });
        if let Some(area) = free {
            let set = Type {
                size: SMALL,
                colour: palette::darker(mark.colour),
                ..Type::default()
            };
            canvas.text(name, (area.x, area.y + area.height / 2.0), set);
            taken.push(area);
        }
    }
}

fn overlap(one: Area, other: Area) -> bool {
    one.x < other.right()
        && other.x < one.right()
        && one.y < other.bottom()
        && other.y < one.bottom()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{PolicyLabel, Source};
    use crate::vocabulary::Table;

    #[test]
    fn the_front_holds_what_nothing_beats() {
        let row = |cost: f64, deaths: f64| Row {
            policy: PolicyLabel::default(),
            deaths: Estimate {
                mean: deaths,
                ..Estimate::default()
            },
            cost_yuan: Estimate {
                mean: cost,
                ..Estimate::default()
            },
            paid_yuan: Table::default(),
            beaten: false,
        };
        let data = Data {
            source: Source::default(),
            rows: vec![
                row(3.0, 5.0),
                row(1.0, 9.0),
                row(4.0, 6.0),
                row(2.0, 7.0),
                row(1.0, 10.0),
            ],
        };
        assert_eq!(front(&data), [1, 3, 0]);
    }
}
