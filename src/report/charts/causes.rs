//! Who causes and who bears: for each cause of losses, the share that each bearer finally bears.

use serde::{Deserialize, Serialize};

use crate::report::charts::heat::{figure, lines, shade};
use crate::report::charts::lines::heading;
use crate::report::charts::table::{
    BEARER, Heading, LOSS, LOSS_HIGH, LOSS_LOW, POLICY, POLICY_NAME, cell, csv,
};
use crate::report::charts::{Estimate, PolicyLabel, Quantity, Source, Words, largest};
use crate::report::draw::{Align, Area, Canvas, Type, sheet};
use crate::report::font::{self, Weight};
use crate::report::frame::{Frame, capitalised, row_name};
use crate::report::numbers::{Scale, decimals, grouped, not_available};
use crate::report::palette;
use crate::report::style::{LABEL, MARGIN, PAPER, QUIET, SMALL, WIDTH};
use crate::report::svg::ChartError;
use crate::vocabulary::{Bearer, Language, Table, Vocabulary};

/// What the chart shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// Where the figures come from.
    pub source: Source,
    /// Who or what caused the losses.
    pub causes: Vec<Cause>,
}

/// One cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    /// Its name.
    pub name: Words,
    /// One row a policy; the first is the baseline.
    pub rows: Vec<Row>,
}

/// Losses from the cause under one policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The policy.
    pub policy: PolicyLabel,
    /// By who finally bears them (yuan a year).
    pub borne_yuan: Table<Bearer, Estimate>,
    /// All of them (yuan a year).
    pub total_yuan: Estimate,
}

const NAMES: f64 = 262.0;
const TOTAL: f64 = 92.0;
const HEAD: f64 = 52.0;
const HEADING: f64 = 30.0;
const KEY: f64 = 20.0;
const SMALLER: f64 = 11.0;

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 8] = [
    Heading::new("cause", "致损者", "who or what caused the loss"),
    POLICY,
    POLICY_NAME,
    BEARER,
    LOSS,
    LOSS_LOW,
    LOSS_HIGH,
    Heading::new(
        "share_of_cause",
        "占该致损者损失的份额(0–1)",
        "share of the loss from the cause (0–1)",
    ),
];

/// Draws the chart.
pub fn svg(data: &Data, language: Language) -> Result<String, ChartError> {
    let frame = frame(data, language);
    let policies = data.causes.iter().map(|cause| cause.rows.len()).max();
    let row = if policies.unwrap_or(0) > 10 {
        21.0
    } else {
        24.0
    };
    let rows: usize = data.causes.iter().map(|cause| cause.rows.len()).sum();
    let blocks = data.causes.len() as f64 * (HEADING + 8.0);
    let height = frame.top() + HEAD + blocks + rows as f64 * row + 12.0 + frame.foot();
    let totals = data.causes.iter().flat_map(|cause| &cause.rows);
    let most = largest(totals.map(|row| row.total_yuan.mean));
    let scale = Scale::of(&Quantity::YuanPerYear, most, language);
    sheet((WIDTH, height), &frame.title, |canvas| {
        frame.paint(canvas, height);
        heads(canvas, frame.top(), &scale, language);
        let mut top = frame.top() + HEAD;
        for cause in &data.causes {
            heading(
                canvas,
                &capitalised(cause.name.pick(language)),
                "",
                top + HEADING * 0.6,
            );
            top += HEADING;
            block(canvas, cause, (top, row), &scale, language);
            top += cause.rows.len() as f64 * row + 8.0;
        }
    })
}

/// The chart's data as CSV.
pub fn table(data: &Data, language: Language) -> String {
    let rows = data.causes.iter().flat_map(|cause| {
        cause.rows.iter().flat_map(move |row| {
            let line = move |bearer: &str, loss: Estimate| {
                vec![
                    cause.name.pick(language).to_owned(),
                    row.policy.key.clone(),
                    row.policy.name.pick(language).to_owned(),
                    bearer.to_owned(),
                    cell(loss.mean),
                    cell(loss.low),
                    cell(loss.high),
                    cell(loss.mean / row.total_yuan.mean),
                ]
            };
            let bearers = row.borne_yuan.iter();
            let parts = bearers.map(move |(bearer, loss)| line(bearer.word(language), *loss));
            let total = line(language.pick("合计", "total"), row.total_yuan);
            parts.chain(std::iter::once(total))
        })
    });
    csv(&COLUMNS, rows, language)
}

fn frame(data: &Data, language: Language) -> Frame {
    let interval = language.pick(
        "格内数字：该承担者占这一来源损失的百分比，按均值计(各项 95% 区间见数据表)；最右列：该来源的年均损失；",
        "In a cell: per cent of the loss from this cause that the bearer bears, of means (95% intervals in the table of data); last column: mean annual loss from the cause;",
    );
    Frame {
        title: language.pick("谁造成、谁承担", "Who causes and who bears").to_owned(),
        subtitle: language
            .pick(
                "按造成损失的来源分块，每行一项政策，首行为基准；颜色越深，该承担者承担的份额越大；死亡不计入金额",
                "One block a cause, one row a policy, the baseline first; the darker, the more the bearer bears; deaths are not counted in money",
            )
            .to_owned(),
        caption: data.source.caption(interval, language),
    }
}

/// Width of a column.
fn column() -> f64 {
    (WIDTH - 2.0 * MARGIN - NAMES - TOTAL) / Bearer::ALL.len() as f64
}

fn heads(canvas: &mut Canvas<'_>, top: f64, scale: &Scale, language: Language) {
    let set = Type {
        size: SMALLER,
        align: Align::Middle,
        colour: QUIET,
        ..Type::default()
    };
    for bearer in Bearer::ALL {
        let x = MARGIN + NAMES + (bearer.number() as f64 + 0.5) * column();
        let wrapped = font::wrap(
            bearer.word(language),
            column() - 3.0,
            set.size,
            Weight::Regular,
            3,
        );
        lines(canvas, &wrapped, (x, top + HEAD * 0.5), set);
    }
    let text = match language {
        Language::Chinese => format!("合计({})", scale.unit),
        Language::English => format!("total ({})", scale.unit),
    };
    let wrapped = font::wrap(&text, TOTAL - 8.0, set.size, Weight::Regular, 3);
    let set = Type {
        align: Align::End,
        ..set
    };
    lines(
        canvas,
        &wrapped,
        (WIDTH - MARGIN - 10.0, top + HEAD * 0.5),
        set,
    );
}

fn block(
    canvas: &mut Canvas<'_>,
    cause: &Cause,
    (top, row): (f64, f64),
    scale: &Scale,
    language: Language,
) {
    let marks = palette::policies(cause.rows.iter().map(|row| row.policy.key.as_str()));
    let limit = NAMES - KEY - 10.0;
    for (number, (own, mark)) in cause.rows.iter().zip(marks).enumerate() {
        let y = top + number as f64 * row;
        let middle = y + row / 2.0;
        canvas.mark((MARGIN + 6.0, middle), 4.5, mark);
        name(canvas, own.policy.name.pick(language), (middle, limit));
        cells(canvas, (cause, own), (y, row), scale, language);
        let total = if own.total_yuan.mean.is_finite() {
            let shown = own.total_yuan.mean * scale.factor;
            grouped(shown, decimals(shown))
        } else {
            not_available(language).to_owned()
        };
        let set = Type {
            size: SMALL,
            align: Align::End,
            ..Type::default()
        };
        canvas.text(&total, (WIDTH - MARGIN - 10.0, middle), set);
    }
}

/// The name of a row in one line: smaller, then cut, where it must be.
fn name(canvas: &mut Canvas<'_>, name: &str, (middle, limit): (f64, f64)) {
    let needed = font::width(name, SMALL, Weight::Regular).max(1.0);
    let size = (SMALL * limit / needed).clamp(SMALLER, SMALL);
    for line in font::wrap(name, limit, size, Weight::Regular, 1) {
        row_name(canvas, &line, (MARGIN + NAMES - 10.0, middle), limit, size);
    }
}

fn cells(
    canvas: &mut Canvas<'_>,
    (cause, row): (&Cause, &Row),
    (y, height): (f64, f64),
    scale: &Scale,
    language: Language,
) {
    for (bearer, loss) in row.borne_yuan.iter() {
        let area = Area {
            x: MARGIN + NAMES + bearer.number() as f64 * column(),
            y,
            width: column(),
            height,
        };
        let share = loss.mean / row.total_yuan.mean;
        let known = share.is_finite();
        let text = if known {
            share_text(share)
        } else {
            "–".to_owned()
        };
        let ground = if known { shade(share) } else { PAPER };
        figure(
            canvas,
            area,
            ground,
            &text,
            (LABEL - 1.0, (!known).then_some(QUIET)),
        );
        let names = [
            cause.name.pick(language),
            row.policy.name.pick(language),
            bearer.word(language),
        ];
        let figures = format!("{} {}", scale.show(loss.mean), scale.unit);
        canvas.hot(area, &format!("{}: {figures} ({text}%)", names.join(" – ")));
    }
}

/// A share in per cent: one decimal below ten, nothing for nothing.
fn share_text(share: f64) -> String {
    let percent = share * 100.0;
    if percent == 0.0 {
        "0".to_owned()
    } else if percent.abs() < 0.05 {
        "<0.1".to_owned()
    } else if percent < 9.95 {
        grouped(percent, 1)
    } else {
        grouped(percent, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_shares_are_told_apart_from_none() {
        let shown = [0.0, 0.0002, 0.034, 0.0997, 0.456].map(share_text);
        assert_eq!(shown, ["0", "<0.1", "3.4", "10", "46"]);
    }
}
