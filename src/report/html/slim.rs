//! Drawings for pages, as short as they can be without looking different.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::report::font;

/// A drawing without what is the same everywhere, its lines of one stroke that follow each other in one.
pub(super) fn slim(svg: &str) -> String {
    let family = format!(" font-family=\"{}\"", font::FAMILY);
    let ink = format!(" fill=\"{INK}\"");
    let plain = svg
        .replace(" opacity=\"1\"", "")
        .replace(&family, "")
        .replace(&ink, "")
        .replace(" stroke=\"none\"", "")
        .replace("\n</text>", "</text>")
        .replace(">\n", ">");
    inherited(&framed(&joined(&short_polygons(&rounded(&plain)))))
}

/// Lines as paths.
fn joined(plain: &str) -> String {
    let mut slim = String::with_capacity(plain.len());
    let mut rest = plain;
    while let Some((before, after)) = rest.split_once(LINE) {
        slim.push_str(before);
        let Some((stroke, left)) = after.split_once(POINTS) else {
            slim.push_str(LINE);
            rest = after;
            continue;
        };
        let (points, mut left) = left.split_once(END).unwrap_or((left, ""));
        let mut path = steps(points);
        let same = format!("{LINE}{stroke}{POINTS}");
        while let Some(next) = left.strip_prefix(&same) {
            let (points, further) = next.split_once(END).unwrap_or((next, ""));
            path.push_str(&steps(points));
            left = further;
        }
        slim.push_str("<path class=\"line\"");
        slim.push_str(stroke);
        slim.push_str(" d=\"");
        slim.push_str(&path);
        slim.push_str(END);
        rest = left;
    }
    slim.push_str(rest);
    slim
}

/// Polygons as closed paths.
fn short_polygons(plain: &str) -> String {
    let mut parts = plain.split(POLYGON);
    let mut short = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let split = part.split_once(POINTS).and_then(|(fill, rest)| {
            let (points, after) = rest.split_once(END)?;
            Some((fill, points, after))
        });
        let text = if let Some((fill, points, after)) = split {
            format!("<path{fill} d=\"{}z\"/>{after}", steps(points))
        } else {
            format!("{POLYGON}{part}")
        };
        short.push_str(&text);
    }
    short
}

/// Points as a path: the first where it is, each further one by its distance from the one before; steps
/// of the same kind are one.
fn steps(points: &str) -> String {
    let mut pairs = points.split_whitespace().filter_map(|pair| {
        let (x, y) = pair.split_once(',')?;
        Some((x.parse::<i32>().ok()?, y.parse::<i32>().ok()?))
    });
    let Some(mut last) = pairs.next() else {
        return String::new();
    };
    let mut path = format!("M{},{}l", last.0, last.1);
    // One step, and how often it is made.
    let mut under_way: Option<((i32, i32), i32)> = None;
    for (x, y) in pairs {
        let step = (x - last.0, y - last.1);
        under_way = match under_way {
            Some((own, count)) if own == step => Some((own, count + 1)),
            done => {
                push(&mut path, done);
                Some((step, 1))
            }
        };
        last = (x, y);
    }
    push(&mut path, under_way);
    path.truncate(path.trim_end_matches([' ', 'l']).len());
    path
}

fn push(path: &mut String, steps: Option<((i32, i32), i32)>) {
    if let Some(((x, y), count)) = steps {
        // Writing into a string cannot fail.
        let _ = write!(path, "{},{} ", x * count, y * count);
    }
}

/// Sizes of type with at most two decimal places.
fn rounded(plain: &str) -> String {
    let mut parts = plain.split(SIZE);
    let mut short = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        short.push_str(SIZE);
        let (size, rest) = part.split_once('"').unwrap_or((part, ""));
        match size.parse::<f64>() {
            Ok(value) => {
                let text = format!("{value:.2}");
                short.push_str(text.trim_end_matches('0').trim_end_matches('.'));
            }
            Err(_) => short.push_str(size),
        }
        short.push('"');
        short.push_str(rest);
    }
    short
}

/// What most texts of a drawing have in common, said once for all of them.
fn inherited(drawing: &str) -> String {
    let mut short = drawing.to_owned();
    for name in ["text-anchor", "font-size"] {
        short = inherited_one(&short, name);
    }
    short
}

/// The commonest value of an attribute of texts moves to the drawing itself; every text must state it.
fn inherited_one(drawing: &str, name: &str) -> String {
    let attribute = format!(" {name}=\"");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut parts = drawing.split(TEXT);
    let head = parts.next().unwrap_or_default();
    for part in parts {
        let value = part
            .split_once('>')
            .and_then(|(own, _)| own.split_once(&attribute))
            .and_then(|(_, rest)| rest.split_once('"'));
        match value {
            Some((value, _)) => *counts.entry(value).or_default() += 1,
            None => return drawing.to_owned(),
        }
    }
    let commonest = counts.iter().max_by_key(|(_, count)| **count);
    let Some((value, _)) = commonest.filter(|_| head.contains(ROOT)) else {
        return drawing.to_owned();
    };
    let stated = format!("{attribute}{value}\"");
    let head = head.replacen(ROOT, &format!("<svg{stated} "), 1);
    let texts = drawing.split(TEXT).skip(1).map(|part| {
        let (own, rest) = part.split_once('>').unwrap_or((part, ""));
        format!("{TEXT}{}>{rest}", own.replacen(&stated, "", 1))
    });
    format!("{head}{}", texts.collect::<String>())
}

/// Areas with the line round them in one element.
fn framed(plain: &str) -> String {
    let mut parts = plain.split(AREA);
    let mut short = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        short.push_str(AREA);
        match frame_of(part) {
            Some((area, stroke, after)) => {
                short.push_str(area);
                short.push_str(stroke);
                short.push_str("/>");
                short.push_str(after);
            }
            None => short.push_str(part),
        }
    }
    short
}

/// The attributes of an area, the stroke of the line that follows and goes round it, and what comes after.
fn frame_of(part: &str) -> Option<(&str, &str, &str)> {
    let (area, rest) = part.split_once("/>")?;
    let (stroke, rest) = rest
        .strip_prefix("<path class=\"line\"")?
        .split_once(" d=\"")?;
    let (path, after) = rest.split_once(END)?;
    let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| {
        let (_, rest) = area.split_once(&format!("{name}=\""))?;
        rest.split_once('"')?.0.parse::<i32>().ok()
    });
    let (x, y, width, height) = (x?, y?, width?, height?);
    let round = format!("M{x},{y}l{width},0 0,{height} -{width},0 0,-{height}");
    (path == round).then_some((area, stroke, after))
}

/// How the drawing library writes a line.
const LINE: &str = "<polyline fill=\"none\"";
const POLYGON: &str = "<polygon";
/// How it begins a drawing.
const ROOT: &str = "<svg ";
/// How it begins a text.
const TEXT: &str = "<text";
/// How it begins a size of type.
const SIZE: &str = " font-size=\"";
/// How it begins an area.
const AREA: &str = "<rect ";
const POINTS: &str = " points=\"";
const END: &str = "\"/>";
/// The colour of text, which the style sheet gives.
const INK: &str = "#1F2328";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_stroke_that_follow_each_other_become_one() {
        let svg = "<polyline fill=\"none\" opacity=\"1\" stroke=\"#1\" points=\"0,0 1,1 \"/>\n<polyline fill=\"none\" opacity=\"1\" stroke=\"#1\" points=\"2,2 3,3 \"/>\n<polyline fill=\"none\" opacity=\"1\" stroke=\"#2\" points=\"4,4 5,5 \"/>\n<text fill=\"#1F2328\">\nx\n</text>\n";
        assert_eq!(
            slim(svg),
            "<path class=\"line\" stroke=\"#1\" d=\"M0,0l1,1M2,2l1,1\"/><path class=\"line\" stroke=\"#2\" d=\"M4,4l1,1\"/><text>x</text>"
        );
    }

    #[test]
    fn polygons_become_closed_paths() {
        let svg = "<polygon fill=\"#1\" points=\"10,10 14,9 12,20 \"/><rect/>";
        assert_eq!(
            slim(svg),
            "<path fill=\"#1\" d=\"M10,10l4,-1 -2,11z\"/><rect/>"
        );
    }

    #[test]
    fn equal_steps_are_one() {
        assert_eq!(steps("0,0 2,0 4,0 6,-1 8,-2 8,5"), "M0,0l4,0 4,-2 0,7");
        assert_eq!(steps("3,4"), "M3,4");
    }

    #[test]
    fn sizes_of_type_keep_two_places_and_words_all() {
        let long =
            "<text font-size=\"53.99999999999999\">0.12345</text><text font-size=\"7.125\"/>";
        assert_eq!(
            rounded(long),
            "<text font-size=\"54\">0.12345</text><text font-size=\"7.12\"/>"
        );
        assert_eq!(rounded("<g/>"), "<g/>");
    }

    #[test]
    fn what_most_texts_have_stands_once_and_the_others_keep_their_own() {
        let text = |anchor: &str, size| {
            format!("<text x=\"1\" text-anchor=\"{anchor}\" font-size=\"{size}\">a</text>")
        };
        let texts = [text("middle", 10), text("start", 12), text("middle", 10)].concat();
        assert_eq!(
            inherited(&format!("<svg width=\"1\"><rect/>{texts}</svg>")),
            "<svg font-size=\"10\" text-anchor=\"middle\" width=\"1\"><rect/><text x=\"1\">a</text>\
             <text x=\"1\" text-anchor=\"start\" font-size=\"12\">a</text><text x=\"1\">a</text></svg>"
        );
        let silent = "<svg width=\"1\"><text x=\"1\">a</text></svg>";
        assert_eq!(inherited(silent), silent);
    }

    #[test]
    fn an_area_takes_the_line_that_goes_round_it_and_no_other() {
        let area = "<rect x=\"10\" y=\"20\" width=\"30\" height=\"40\" fill=\"#1\"/>";
        let line = |x| {
            format!("<path class=\"line\" stroke=\"#2\" d=\"M{x},20l30,0 0,40 -30,0 0,-40\"/><g/>")
        };
        assert_eq!(
            framed(&format!("{area}{}", line(10))),
            "<rect x=\"10\" y=\"20\" width=\"30\" height=\"40\" fill=\"#1\" stroke=\"#2\"/><g/>"
        );
        let other = format!("{area}{}", line(11));
        assert_eq!(framed(&other), other);
    }
}
