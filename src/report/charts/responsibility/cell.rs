//! One cell of the matrix: what it says, how it looks, and what is lost on the way to it.

use plotters::style::RGBColor;

use super::{BETWEEN, Duty, SMALLER};
use crate::report::charts::heat::{frame as edge, lines};
use crate::report::charts::largest;
use crate::report::draw::{Align, Area, Canvas, Stroke, Type};
use crate::report::font::{self, Weight};
use crate::report::numbers::grouped;
use crate::report::palette::{self, Fill, Hatch, Shape};
use crate::report::style::{GRID, QUIET, STRIPE};
use crate::vocabulary::Language;

/// Ground of a gap and of an overlap.
pub(super) const GAP_COLOUR: RGBColor = RGBColor(0xF6, 0xC9, 0xBC);
pub(super) const OVERLAP_COLOUR: RGBColor = RGBColor(0xFB, 0xE7, 0xB8);
const BREAK: RGBColor = RGBColor(0xB8, 0x3A, 0x26);

/// What else is wrong with a cell.
pub(super) fn finding(duty: &Duty, language: Language) -> Option<&'static str> {
    if duty.leaderless {
        Some(language.pick("无人牵头", "nobody leads"))
    } else if duty.idle_lead {
        Some(language.pick("牵头而无责", "lead, no duty"))
    } else {
        None
    }
}

/// What a cell says.
#[derive(Debug, PartialEq)]
pub(super) struct Within {
    /// Who leads; empty = nobody.
    lead: String,
    /// What is wrong with it.
    findings: Vec<String>,
    /// How far it is executed, where the runs say so.
    execution: Option<String>,
}

pub(super) fn within(duty: &Duty, language: Language) -> Within {
    let percent = |share: f64| grouped(share * 100.0, usize::from(share < 0.0095));
    let mut found = Vec::new();
    if duty.gap > 0.0 {
        found.push(format!(
            "{} {}%",
            language.pick("缺位", "gap"),
            percent(duty.gap)
        ));
    }
    if duty.overlap > 0.0 {
        let word = language.pick("重叠", "overlap");
        found.push(format!("{word} {}%", percent(duty.overlap)));
    }
    found.extend(finding(duty, language).map(str::to_owned));
    let lead = duty
        .lead
        .as_ref()
        .map(|lead| lead.pick(language).to_owned());
    Within {
        lead: lead.unwrap_or_default(),
        findings: found,
        execution: duty.execution.map(|q| format!("Q {}", grouped(q, 2))),
    }
}

/// Hours and per cent of messages lost.
pub(super) fn passed((hours, lost): (f64, f64)) -> [String; 2] {
    [
        format!("{} h", grouped(hours, 1)),
        format!("{}%", grouped(lost * 100.0, 0)),
    ]
}

/// What a cell says, in one line.
pub(super) fn told(duty: &Duty, language: Language) -> String {
    let Within {
        lead,
        findings,
        execution,
    } = within(duty, language);
    let mut parts = vec![lead];
    parts.extend(findings);
    parts.extend(execution);
    if let Some(handover) = duty.handover {
        parts.push(passed(handover).join(" / "));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(language.pick("；", "; "))
}

/// Ground of a cell: gaps and overlaps by colour and pattern.
fn ground(duty: &Duty) -> Fill {
    let (colour, hatch) = if duty.gap > 0.0 || duty.leaderless {
        (GAP_COLOUR, Hatch::Rising)
    } else if duty.overlap > 0.0 || duty.idle_lead {
        (OVERLAP_COLOUR, Hatch::Plain)
    } else {
        (STRIPE, Hatch::Plain)
    };
    Fill { colour, hatch }
}

/// From one phase to the next: a plain line where the lead stays, a heavy one with a point where it
/// passes on.
pub(super) fn arrow(canvas: &mut Canvas<'_>, (x, y): (f64, f64), length: f64, broken: bool) {
    let (colour, width) = if broken { (BREAK, 2.0) } else { (QUIET, 1.0) };
    canvas.line(
        &[(x + 3.0, y), (x + length - 6.0, y)],
        Stroke::solid(colour, width),
    );
    let point = palette::Mark {
        colour,
        shape: Shape::Right,
        hollow: false,
    };
    if broken {
        canvas.mark((x + length - 6.0, y), 3.5, point);
    }
}

pub(super) fn one(canvas: &mut Canvas<'_>, duty: &Duty, cell: Area, language: Language) {
    let fill = ground(duty);
    canvas.fill(cell, fill);
    edge(canvas, cell, GRID);
    let Within {
        lead,
        findings,
        execution,
    } = within(duty, language);
    let limit = cell.width - 6.0;
    let wrapped = |text: &str, most: usize| font::wrap(text, limit, SMALLER, Weight::Regular, most);
    let mut text = wrapped(&lead, 4 - findings.len().min(2));
    text.retain(|line| !line.is_empty());
    text.extend(findings.iter().flat_map(|finding| wrapped(finding, 1)));
    text.extend(execution);
    if text.is_empty() {
        text.push("–".to_owned());
    }
    if fill.hatch != Hatch::Plain {
        let widths = text
            .iter()
            .map(|line| font::width(line, SMALLER, Weight::Regular));
        let width = largest(widths) + 4.0;
        let height = text.len() as f64 * SMALLER * 1.14;
        let ground = Area {
            x: cell.x + (cell.width - width) / 2.0,
            y: cell.y + (cell.height - height) / 2.0,
            width,
            height,
        };
        canvas.area(ground, fill.colour, 1.0);
    }
    let set = Type {
        size: SMALLER,
        align: Align::Middle,
        ..Type::default()
    };
    let middle = (cell.x + cell.width / 2.0, cell.y + cell.height / 2.0);
    lines(canvas, &text, middle, set);
}

/// What is lost on the way to a cell.
pub(super) fn between(canvas: &mut Canvas<'_>, duty: &Duty, (x, y): (f64, f64)) {
    let Some(handover) = duty.handover else {
        if duty.lead.is_some() {
            arrow(canvas, (x, y), BETWEEN, false);
        }
        return;
    };
    arrow(canvas, (x, y), BETWEEN, true);
    let [hours, lost] = passed(handover);
    let set = Type {
        size: SMALLER - 0.5,
        align: Align::Middle,
        colour: BREAK,
        ..Type::default()
    };
    canvas.text(&hours, (x + BETWEEN / 2.0, y - 11.0), set);
    canvas.text(&lost, (x + BETWEEN / 2.0, y + 11.0), set);
}

#[cfg(test)]
mod tests {
    use super::super::tests::matrix_of;
    use super::*;

    #[test]
    fn a_cell_says_what_is_wrong() {
        let matrix = matrix_of("a", 0.3);
        let duty = matrix.rows[0].cells[1].as_ref().unwrap();
        let expected = Within {
            lead: "县级".to_owned(),
            findings: vec!["缺位 30%".to_owned()],
            execution: Some("Q 0.81".to_owned()),
        };
        assert_eq!(within(duty, Language::Chinese), expected);
        assert_eq!(passed((3.0, 0.05)), ["3.0 h", "5%"]);
        assert_eq!(ground(duty).colour, GAP_COLOUR);
    }
}
