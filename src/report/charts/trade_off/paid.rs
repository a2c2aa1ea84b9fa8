//! The money cost of each policy by who pays it.

use super::{Data, HEADING, RING, Row, money, ring};
use crate::measures::payers::Payer;
use crate::report::axis::Axis;
use crate::report::charts::bars::segment;
use crate::report::charts::lines::heading;
use crate::report::charts::{Estimate, largest};
use crate::report::draw::{Align, Area, Canvas, Type};
use crate::report::font::{self, Weight};
use crate::report::frame::{flow, labelled, marks_below, name_size, row_name, with_unit};
use crate::report::numbers::{Scale, decimals, grouped, not_available};
use crate::report::palette::{self, Fill, Mark};
use crate::report::style::{LABEL, MARGIN, QUIET, SMALL, WIDTH};
use crate::vocabulary::{Bearer, Language, Vocabulary};

const NAMES: f64 = 214.0;
const DEATHS: f64 = 196.0;
const KEY: f64 = 22.0;
const ROW_KEY: f64 = 24.0;

/// Fill of a payer: that of the bearer who stands for it.
fn fill(payer: Payer) -> Fill {
    palette::bearer(match payer {
        Payer::Residents => Bearer::Residents,
        Payer::Enterprises => Bearer::Enterprises,
        Payer::Governments => Bearer::Centre,
        Payer::Insurance => Bearer::Insurers,
        Payer::Charity => Bearer::Charity,
    })
}

/// The cost of each policy by who pays it.
pub(super) fn payers(
    canvas: &mut Canvas<'_>,
    data: &Data,
    (top, area): (f64, Area),
    marks: &[Mark],
    language: Language,
) {
    let money = money(data, language);
    let title = with_unit(
        language.pick("谁出这笔钱", "Who pays it"),
        &money.unit,
        language,
    );
    heading(canvas, &title, "", top + HEADING * 0.4);
    let words: Vec<String> = Payer::ALL
        .iter()
        .map(|p| p.word(language).to_owned())
        .collect();
    let legend = flow(&words, MARGIN, WIDTH - MARGIN, KEY);
    for ((payer, word), (x, _)) in Payer::ALL.iter().zip(&words).zip(legend) {
        let y = top + HEADING;
        let key = Area {
            x,
            y: y + 2.0,
            width: KEY,
            height: 14.0,
        };
        canvas.fill(key, fill(*payer));
        canvas.text(word, (x + KEY + 8.0, y + 9.0), Type::default());
    }
    let bars = Area {
        x: area.x + NAMES,
        width: area.width - NAMES - DEATHS,
        ..area
    };
    let most = largest(data.rows.iter().map(|row| row.cost_yuan.mean));
    let room = font::width(&money.show(most), LABEL, Weight::Regular) + 20.0;
    let axis = Axis::linear(0.0, most * money.factor, bars.x, bars.right() - room);
    marks_below(
        canvas,
        Area {
            width: bars.width - room,
            ..bars
        },
        &labelled(&axis, 6, grouped),
    );
    let set = Type {
        align: Align::End,
        colour: QUIET,
        size: SMALL,
        ..Type::default()
    };
    let people = language.pick("死亡(人/年)〔95% 区间〕", "deaths a year [95% interval]");
    canvas.text(people, (WIDTH - MARGIN, top + HEADING * 0.4), set);
    let row = area.height / data.rows.len().max(1) as f64;
    let names = data.rows.iter().map(|row| row.policy.name.pick(language));
    let size = name_size(names, NAMES - ROW_KEY - 12.0);
    for (number, (own, mark)) in data.rows.iter().zip(marks).enumerate() {
        let middle = area.y + (number as f64 + 0.5) * row;
        canvas.mark((area.x + RING, middle), 5.0, *mark);
        ring(canvas, own, (area.x + RING, middle));
        let name = own.policy.name.pick(language);
        let limit = NAMES - ROW_KEY - 12.0;
        row_name(canvas, name, (bars.x - 12.0, middle), limit, size);
        bar(
            canvas,
            own,
            (&axis, &money),
            (middle, (row * 0.6).min(24.0)),
            language,
        );
        let deaths = deaths(own, language);
        canvas.text(
            &deaths,
            (WIDTH - MARGIN, middle),
            Type {
                align: Align::End,
                ..Type::default()
            },
        );
    }
}

fn bar(
    canvas: &mut Canvas<'_>,
    row: &Row,
    (axis, money): (&Axis, &Scale),
    (middle, thickness): (f64, f64),
    language: Language,
) {
    let sum: f64 = row
        .paid_yuan
        .values()
        .iter()
        .filter(|yuan| **yuan > 0.0)
        .sum();
    let mut paid = 0.0;
    for (payer, yuan) in row.paid_yuan.iter().filter(|(_, yuan)| **yuan > 0.0) {
        let left = axis.at(paid * money.factor);
        paid += yuan;
        let area = Area {
            x: left,
            y: middle - thickness / 2.0,
            width: axis.at(paid * money.factor) - left,
            height: thickness,
        };
        segment(canvas, area, fill(payer), yuan / sum);
        let name = row.policy.name.pick(language);
        let (who, unit) = (payer.word(language), &money.unit);
        let figure = money.show(*yuan);
        canvas.hot(area, &format!("{name} – {who}: {figure} {unit}"));
    }
    let text = if row.cost_yuan.mean.is_finite() {
        money.show(row.cost_yuan.mean)
    } else {
        not_available(language).to_owned()
    };
    let end = axis.at(paid * money.factor) + 10.0;
    canvas.text(&text, (end, middle), Type::default());
}

fn deaths(row: &Row, language: Language) -> String {
    let Estimate { mean, low, high } = row.deaths;
    if !mean.is_finite() {
        return not_available(language).to_owned();
    }
    let show = |value: f64| grouped(value, decimals(mean));
    let (open, close) = (language.pick("〔", "["), language.pick("〕", "]"));
    format!("{} {open}{}–{}{close}", show(mean), show(low), show(high))
}
