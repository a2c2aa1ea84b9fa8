//! Lines of patterns and dashes, and the corners of marks.

use super::{Area, Point};
use crate::report::palette::{Hatch, Shape};

/// Lines of a pattern, cut to the rectangle.
pub(super) fn hatching(area: Area, hatch: Hatch) -> Vec<(Point, Point)> {
    const GAP: f64 = 7.0;
    let steps = |length: f64| {
        (1..)
            .map(|n| f64::from(n) * GAP)
            .take_while(move |at| *at < length)
    };
    let (width, height) = (area.width, area.height);
    match hatch {
        Hatch::Plain => Vec::new(),
        Hatch::Upright => steps(width)
            .map(|at| ((area.x + at, area.y), (area.x + at, area.bottom())))
            .collect(),
        Hatch::Level => steps(height)
            .map(|at| ((area.x, area.y + at), (area.right(), area.y + at)))
            .collect(),
        Hatch::Rising | Hatch::Falling => steps(width + height)
            .map(|at| {
                // Ends of the line x + y = at within the rectangle, mirrored for falling lines.
                let (left, right) = ((at - height).max(0.0), at.min(width));
                let rows = (at - left, at - right);
                match hatch {
                    Hatch::Rising => (
                        (area.x + left, area.y + rows.0),
                        (area.x + right, area.y + rows.1),
                    ),
                    _ => (
                        (area.x + left, area.bottom() - rows.0),
                        (area.x + right, area.bottom() - rows.1),
                    ),
                }
            })
            .collect(),
    }
}

/// Cuts a line into dashes.
pub(super) fn dashes(points: &[Point], dash: f64, gap: f64) -> Vec<Vec<Point>> {
    let mut done: Vec<Vec<Point>> = Vec::new();
    let (mut drawing, mut left) = (true, dash);
    let mut current: Vec<Point> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let length = (dx * dx + dy * dy).sqrt();
            if length <= left {
                left -= length;
                if drawing {
                    current.push(to);
                }
                break;
            }
            from = (from.0 + dx * left / length, from.1 + dy * left / length);
            if drawing {
                current.push(from);
                done.push(std::mem::take(&mut current));
            } else {
                current = vec![from];
            }
            drawing = !drawing;
            left = if drawing { dash } else { gap };
        }
    }
    if current.len() > 1 {
        done.push(current);
    }
    done
}

/// Corners of a mark; all shapes have about the area of the circle.
pub(super) fn corners(shape: Shape, (x, y): Point, radius: f64) -> Vec<Point> {
    let (count, turn, size) = match shape {
        Shape::Circle => (24, 0.0, 1.0),
        Shape::Square => (4, 45.0, 1.25),
        Shape::Diamond => (4, 0.0, 1.3),
        Shape::Up => (3, -90.0, 1.4),
        Shape::Down => (3, 90.0, 1.4),
        Shape::Right => (3, 0.0, 1.4),
        Shape::Left => (3, 180.0, 1.4),
        Shape::Hexagon => (6, 30.0, 1.15),
    };
    (0..count)
        .map(|corner| {
            let angle = (turn + 360.0 * f64::from(corner) / f64::from(count))
                * std::f64::consts::PI
                / 180.0;
            (
                x + radius * size * libm::cos(angle),
                y + radius * size * libm::sin(angle),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_cover_three_fifths_of_a_line() {
        let cut = dashes(&[(0.0, 0.0), (70.0, 0.0), (100.0, 0.0)], 6.0, 4.0);
        let drawn: f64 = cut
            .iter()
            .map(|dash| dash[dash.len() - 1].0 - dash[0].0)
            .sum();
        assert_eq!(cut.len(), 10);
        assert!((drawn - 60.0).abs() < 1e-9);
    }

    #[test]
    fn hatching_stays_inside() {
        let area = Area {
            x: 10.0,
            y: 20.0,
            width: 33.0,
            height: 15.0,
        };
        for hatch in [Hatch::Rising, Hatch::Falling, Hatch::Upright, Hatch::Level] {
            let lines = hatching(area, hatch);
            assert!(lines.len() >= 2);
            for (x, y) in lines.into_iter().flat_map(|(from, to)| [from, to]) {
                assert!((10.0..=43.0).contains(&x) && (20.0..=35.0).contains(&y));
            }
        }
    }
}
