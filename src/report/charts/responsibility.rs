//! The responsibility matrix of each policy: who leads which duty, with its gaps, overlaps and
//! disconnects marked.

mod cell;

use serde::{Deserialize, Serialize};

use crate::report::charts::heat::{frame as edge, lines};
use crate::report::charts::table::{Heading, POLICY, POLICY_NAME, cell, csv, number};
use crate::report::charts::{PolicyLabel, Source, Words};
use crate::report::draw::{Align, Area, Canvas, Type, sheet};
use crate::report::font::{self, Weight};
use crate::report::frame::{Frame, flow, panel_title};
use crate::report::palette::{Fill, Hatch};
use crate::report::style::{GRID, INK, MARGIN, QUIET, STRIPE, WIDTH};
use crate::report::svg::ChartError;
use crate::vocabulary::{Language, Phase, Vocabulary};
use cell::{GAP_COLOUR, OVERLAP_COLOUR};

/// What the chart shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// Where the figures come from.
    pub source: Source,
    /// One matrix a policy.
    pub matrices: Vec<Matrix>,
}

/// The matrix of a policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// The policy.
    pub policy: PolicyLabel,
    /// One row a category of risks.
    pub rows: Vec<Row>,
}

/// One category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its name.
    pub category: Words,
    /// One cell a phase, in their order; none where the matrix has none of its own.
    pub cells: Vec<Option<Duty>>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Duty {
    /// Who leads.
    pub lead: Option<Words>,
    /// Share of the duty that nobody owns (0–1).
    #[serde(deserialize_with = "number")]
    pub gap: f64,
    /// Share beyond the whole, which several own at once.
    #[serde(deserialize_with = "number")]
    pub overlap: f64,
    /// Whether some own the duty and nobody leads.
    pub leaderless: bool,
    /// Whether the lead owns nothing of it.
    pub idle_lead: bool,
    /// How far the duty is executed (0–1), where the runs say so.
    pub execution: Option<f64>,
    /// Where the lead passes on to this phase from the one before: hours and share of messages lost.
    pub handover: Option<(f64, f64)>,
}

const ACROSS: usize = 2;
const GAP: f64 = 36.0;
const TITLE: f64 = 44.0;
const HEAD: f64 = 24.0;
const ROW: f64 = 74.0;
const NAMES: f64 = 80.0;
const BETWEEN: f64 = 40.0;
const LEGEND: f64 = 52.0;
const KEY: f64 = 22.0;
const SMALLER: f64 = 11.5;
const PANEL_FOOT: f64 = 18.0;

/// Columns of the chart's table.
pub const COLUMNS: [Heading; 11] = [
    POLICY,
    POLICY_NAME,
    Heading::new("category", "类别", "category of risks"),
    Heading::new("phase", "阶段", "phase"),
    Heading::new("lead", "牵头单位", "who leads"),
    Heading::new(
        "gap",
        "缺位(0–1)",
        "share of the duty that nobody owns (0–1)",
    ),
    Heading::new(
        "overlap",
        "重叠(0–1)",
        "share beyond the whole, which several own at once",
    ),
    Heading::new(
        "finding",
        "发现",
        "what else the lint finds: nobody leads, or the lead owns nothing",
    ),
    Heading::new(
        "execution",
        "责任履行Q(0–1)",
        "how far the duty is executed (0–1)",
    ),
    Heading::new(
        "handover_hours",
        "脱节：与上一阶段交接损失(小时)",
        "hours lost where the lead passes on from the phase before",
    ),
    Heading::new(
        "message_loss",
        "脱节：信息丢失概率(0–1)",
        "probability that a message is lost there (0–1)",
    ),
];

/// Draws the chart.
pub fn svg(data: &Data, language: Language) -> Result<String, ChartError> {
    let frame = frame(data, language);
    let groups = groups(data);
    let rows = data.matrices.iter().map(|matrix| matrix.rows.len()).max();
    let panel = TITLE + HEAD + rows.unwrap_or(0) as f64 * ROW + PANEL_FOOT;
    let bands = groups.len().div_ceil(ACROSS) as f64;
    let top = frame.top() + LEGEND;
    let height = top + bands * panel + frame.foot();
    let width = (WIDTH - 2.0 * MARGIN - GAP) / ACROSS as f64;
    sheet((WIDTH, height), &frame.title, |canvas| {
        frame.paint(canvas, height);
        legend(canvas, frame.top(), language);
        for (number, group) in groups.iter().enumerate() {
            let area = Area {
                x: MARGIN + (number % ACROSS) as f64 * (width + GAP),
                y: top + (number / ACROSS) as f64 * panel,
                width,
                height: panel,
            };
            matrix(canvas, group, area, language);
        }
    })
}

/// The chart's data as CSV.
pub fn table(data: &Data, language: Language) -> String {
    let rows = data.matrices.iter().flat_map(|matrix| {
        matrix.rows.iter().flat_map(move |row| {
            let cells = row.cells.iter().zip(Phase::ALL);
            cells.filter_map(move |(duty, phase)| {
                let duty = duty.as_ref()?;
                let lead = duty.lead.as_ref().map_or("", |lead| lead.pick(language));
                let texts = [
                    matrix.policy.key.as_str(),
                    matrix.policy.name.pick(language),
                    row.category.pick(language),
                    phase.word(language),
                    lead,
                ];
                let mut cells: Vec<String> = texts.map(str::to_owned).to_vec();
                cells.extend([cell(duty.gap), cell(duty.overlap)]);
                cells.push(cell::finding(duty, language).unwrap_or_default().to_owned());
                cells.push(duty.execution.map(cell).unwrap_or_default());
                let (hours, lost) = duty.handover.unwrap_or((f64::NAN, f64::NAN));
                cells.extend([cell(hours), cell(lost)]);
                Some(cells)
            })
        })
    });
    csv(&COLUMNS, rows, language)
}

fn frame(data: &Data, language: Language) -> Frame {
    let interval = language.pick(
        "格内：牵头单位，其下为缺位或重叠的份额，Q 为责任履行程度(0–1)；格间：牵头单位变换处损失的小时数(h)和信息丢失概率；由输入算出，无抽样区间；",
        "In a cell: who leads, below it the gap or overlap, Q = execution of the duty (0–1); between cells: hours and share of messages lost where the lead passes on; from the inputs, without sampling interval;",
    );
    Frame {
        title: language
            .pick("责任矩阵：缺位、重叠、脱节", "Responsibility matrix: gaps, overlaps, disconnects")
            .to_owned(),
        subtitle: language
            .pick(
                "每类风险、每个阶段由谁牵头；矩阵相同的政策合为一图；判断同 check 命令",
                "Who leads in each phase of each category of risks; policies with the same matrix share a panel; judged as by the command check",
            )
            .to_owned(),
        caption: data.source.caption(interval, language),
    }
}

/// Policies that share a matrix.
struct Group<'a> {
    policies: Vec<&'a PolicyLabel>,
    matrix: &'a Matrix,
}

fn groups(data: &Data) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for matrix in &data.matrices {
        match groups.iter_mut().find(|group| same(group.matrix, matrix)) {
            Some(group) => group.policies.push(&matrix.policy),
            None => groups.push(Group {
                policies: vec![&matrix.policy],
                matrix,
            }),
        }
    }
    groups
}

/// Whether two matrices look the same: everything that is written in a panel.
fn same(one: &Matrix, other: &Matrix) -> bool {
    let written = |matrix: &Matrix| -> Vec<String> {
        let duties = matrix.rows.iter().flat_map(|row| &row.cells);
        let text = |duty: &Option<Duty>| {
            duty.as_ref().map_or_else(String::new, |duty| {
                let lines = cell::within(duty, Language::English);
                format!("{lines:?} {:?}", duty.handover.map(cell::passed))
            })
        };
        duties.map(text).collect()
    };
    written(one) == written(other)
}

fn legend(canvas: &mut Canvas<'_>, top: f64, language: Language) {
    let words = [
        language.pick("缺位或无人牵头", "gap, or nobody leads"),
        language.pick("重叠或牵头而无责", "overlap, or lead without duty"),
        language.pick("无此两类问题", "neither"),
        language.pick("脱节：牵头单位变换", "disconnect: the lead changes"),
    ]
    .map(str::to_owned);
    let colours = [
        (GAP_COLOUR, Hatch::Rising),
        (OVERLAP_COLOUR, Hatch::Plain),
        (STRIPE, Hatch::Plain),
    ];
    for (number, (word, (x, row))) in words
        .iter()
        .zip(flow(&words, MARGIN, WIDTH - MARGIN, KEY))
        .enumerate()
    {
        let y = top + 2.0 + row as f64 * 22.0;
        match colours.get(number) {
            Some((colour, hatch)) => {
                let area = Area {
                    x,
                    y,
                    width: KEY,
                    height: 14.0,
                };
                canvas.fill(
                    area,
                    Fill {
                        colour: *colour,
                        hatch: *hatch,
                    },
                );
                edge(canvas, area, GRID);
            }
            None => cell::arrow(canvas, (x, y + 7.0), KEY, true),
        }
        canvas.text(word, (x + KEY + 8.0, y + 7.0), Type::default());
    }
}

fn matrix(canvas: &mut Canvas<'_>, group: &Group<'_>, area: Area, language: Language) {
    let names: Vec<&str> = group
        .policies
        .iter()
        .map(|policy| policy.name.pick(language))
        .collect();
    let title = title(&names, language);
    panel_title(
        canvas,
        &title,
        (area.x, area.y + TITLE - 14.0),
        area.width,
        2,
    );
    let phases = Phase::ALL.len() as f64;
    let width = (area.width - NAMES - (phases - 1.0) * BETWEEN) / phases;
    let left = |phase: usize| area.x + NAMES + phase as f64 * (width + BETWEEN);
    let set = Type {
        size: SMALLER,
        align: Align::Middle,
        colour: QUIET,
        ..Type::default()
    };
    for (number, phase) in Phase::ALL.iter().enumerate() {
        let middle = (left(number) + width / 2.0, area.y + TITLE + HEAD * 0.5);
        canvas.text(phase.word(language), middle, set);
    }
    for (number, row) in group.matrix.rows.iter().enumerate() {
        let y = area.y + TITLE + HEAD + number as f64 * ROW;
        let name = font::wrap(
            row.category.pick(language),
            NAMES - 8.0,
            SMALLER,
            Weight::Regular,
            3,
        );
        let names = Type {
            align: Align::End,
            colour: INK,
            ..set
        };
        lines(canvas, &name, (area.x + NAMES - 8.0, y + ROW / 2.0), names);
        for (phase, duty) in row.cells.iter().enumerate() {
            let Some(duty) = duty else { continue };
            let cell = Area {
                x: left(phase),
                y: y + 2.0,
                width,
                height: ROW - 4.0,
            };
            cell::one(canvas, duty, cell, language);
            let place = [
                row.category.pick(language),
                Phase::ALL[phase].word(language),
            ];
            let words = cell::told(duty, language);
            canvas.hot(cell, &format!("{}: {words}", place.join(" – ")));
            if phase > 0 && row.cells[phase - 1].is_some() {
                cell::between(canvas, duty, (cell.x - BETWEEN, y + ROW / 2.0));
            }
        }
    }
}

/// Names of the policies of a panel; cells of one row of a grid by what they share.
fn title(names: &[&str], language: Language) -> String {
    let first = |name: &str| name.split_once(" × ").map(|(own, _)| own.to_owned());
    let shared = names.first().and_then(|name| first(name));
    match shared {
        Some(own) if names.len() > 1 && names.iter().all(|n| first(n).as_ref() == Some(&own)) => {
            format!("{own} × …")
        }
        _ => names.join(language.pick("、", "; ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn matrix_of(name: &str, gap: f64) -> Matrix {
        let duty = Duty {
            lead: Some(Words::new("县级", "county")),
            gap,
            overlap: 0.0,
            leaderless: false,
            idle_lead: false,
            execution: Some(0.812),
            handover: Some((3.0, 0.05)),
        };
        Matrix {
            policy: PolicyLabel {
                key: name.to_owned(),
                name: Words::default(),
            },
            rows: vec![Row {
                category: Words::default(),
                cells: vec![None, Some(duty)],
            }],
        }
    }

    #[test]
    fn equal_matrices_share_a_panel() {
        let data = Data {
            source: Source::default(),
            matrices: vec![
                matrix_of("a", 0.3),
                matrix_of("b", 0.0),
                matrix_of("c", 0.3),
            ],
        };
        let found: Vec<usize> = groups(&data)
            .iter()
            .map(|group| group.policies.len())
            .collect();
        assert_eq!(found, [2, 1]);
    }

    #[test]
    fn a_row_of_a_grid_has_one_name() {
        let of = |names: &[&str]| title(names, Language::English);
        assert_eq!(of(&["a × x", "a × y"]), "a × …");
        assert_eq!(of(&["a × x", "b × x"]), "a × x; b × x");
        assert_eq!(of(&["a × x"]), "a × x");
    }
}
