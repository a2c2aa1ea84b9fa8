//! `attribution.csv`, `interactions.csv` and `coalitions.csv`: what the pieces of a policy contribute.
//!
//! Contributions are written with so many decimals that they sum to the difference as it is written.

use super::file::Written;
use super::table::{Cell, Column, TableWriter, Type, estimate, plain};
use super::{FileOptions, Format, OutputError, columns};
use crate::experiment::attribution::{Attributed, Attribution, MEASURES, Told};
use crate::measures::attribution::pairs;
use crate::measures::rounding::{Rounded, decimals_for};
use crate::report::charts::waterfall;
use crate::scenario::pieces::{Division, Piece};
use crate::vocabulary::{Language, Vocabulary};

/// Figures to which the greatest contribution to a measure is written.
const FIGURES: usize = 12;

/// Files of the command, besides the manifest and the charts.
pub const FILES: [&str; 4] = [
    "attribution.csv",
    "interactions.csv",
    "coalitions.csv",
    "columns.csv",
];

fn text(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    plain(key, Type::Text, zh, en)
}

fn measured() -> [Column; 4] {
    [
        text("measure", "指标", "measure"),
        text("measure_zh", "指标名称", "name of the measure in Chinese"),
        text("measure_en", "指标名称(英文)", "name of the measure"),
        text("unit", "单位", "unit of the figures"),
    ]
}

fn told() -> [Column; 5] {
    [
        text("value", "贡献", "contribution, mean of the replications"),
        text("low", "95%区间下限", "lower end of its 95 % interval"),
        text("high", "95%区间上限", "upper end of its 95 % interval"),
        plain("n", Type::Integer, "模拟次数", "replications with a value"),
        text(
            "resolved",
            "是否可区分",
            "yes, not resolved, equal within 1e-6, or same in both (policies agree in the part)",
        ),
    ]
}

/// Columns of `attribution.csv`.
pub fn attribution_columns() -> Vec<Column> {
    let mut all = measured().to_vec();
    all.extend([
        text("part", "部分", "part of the policy; difference = their sum"),
        text("part_zh", "部分名称", "name of the part in Chinese"),
        text("part_en", "部分名称(英文)", "name of the part"),
    ]);
    all.extend(told());
    all.extend([
        text(
            "alone",
            "单独引入",
            "what the part does where it comes first, alone",
        ),
        text(
            "last",
            "最后引入",
            "what the part does where it comes last, on top of all others",
        ),
    ]);
    all
}

/// Columns of `interactions.csv`.
pub fn interaction_columns() -> Vec<Column> {
    let mut all = measured().to_vec();
    all.extend([
        text("first", "部分一", "one part"),
        text("second", "部分二", "the other part"),
        text("pair_zh", "名称", "names of both in Chinese"),
        text("pair_en", "名称(英文)", "names of both"),
    ]);
    all.extend(told());
    all
}

/// Columns of `coalitions.csv`: one of 0 and 1 for each part, then the level.
pub fn coalition_columns(division: &Division) -> Vec<Column> {
    let mut all = vec![text(
        "coalition",
        "组合",
        "parts that are the policy's; all else is that of the policy it is compared with",
    )];
    all.extend(division.pieces.iter().map(|piece| {
        let (zh, en) = (piece.word(Language::Chinese), piece.word(Language::English));
        plain(piece.key(), Type::Integer, zh, en)
    }));
    all.extend(measured());
    all.extend(estimate());
    all.push(plain(
        "n",
        Type::Integer,
        "模拟次数",
        "replications with a value",
    ));
    all
}

/// Writes the three tables and what their columns mean.
pub fn write(
    options: &FileOptions,
    division: &Division,
    found: &Attribution,
) -> Result<Vec<Written>, OutputError> {
    let tables = vec![
        ("attribution", attribution_columns()),
        ("interactions", interaction_columns()),
        ("coalitions", coalition_columns(division)),
    ];
    Ok(vec![
        write_attribution(options, division, found)?,
        write_interactions(options, division, found)?,
        write_coalitions(options, division, found)?,
        columns::write_of(
            options,
            tables,
            &[("attribution", &waterfall::COLUMNS)],
            &MEASURES,
        )?
        .finish()?,
    ])
}

/// The parts and the whole of a measure, rounded so that they add up.
fn rounded(measure: &Attributed) -> Rounded {
    let parts: Vec<f64> = measure.parts.iter().map(|part| part.mean).collect();
    let greatest = parts
        .iter()
        .chain([&measure.whole.mean])
        .fold(0.0, |most: f64, value| most.max(value.abs()));
    Rounded::of(&parts, measure.whole.mean, decimals_for(greatest, FIGURES))
}

/// A real number with these decimals; empty if it is none.
fn plain_text(value: f64, decimals: usize) -> String {
    if value.is_finite() {
        format!("{value:.decimals$}")
    } else {
        String::new()
    }
}

/// Whether these runs tell a contribution from zero, as a word in files.
fn resolved(told: &Told) -> &'static str {
    if told.nothing {
        "equal within 1e-6"
    } else if told.resolved {
        "yes"
    } else {
        "not resolved"
    }
}

fn measure_cells(measure: &Attributed, language: Language) -> [&'static str; 4] {
    let (measure, unit) = (measure.measure, measure.measure.unit());
    let unit = language.pick(unit.zh(), unit.key());
    [measure.key(), measure.zh(), measure.en(), unit]
}

fn write_attribution(
    options: &FileOptions,
    division: &Division,
    found: &Attribution,
) -> Result<Written, OutputError> {
    let columns = attribution_columns();
    let mut table = TableWriter::create(options, "attribution", Format::Csv, &columns)?;
    for measure in &found.measures {
        let rounded = rounded(measure);
        let places = rounded.decimals;
        let shown = |units: i64| {
            if measure.whole.n == 0 {
                String::new()
            } else {
                rounded.text(units)
            }
        };
        let mut row = |names: [&str; 3], value: &str, told: Option<&Told>, ends: [f64; 2]| {
            let [low, high] = told.map_or([0.0; 2], |told| [told.low, told.high]);
            let texts = [low, high, ends[0], ends[1]].map(|end| plain_text(end, places));
            let mut cells = measure_cells(measure, options.language)
                .map(Cell::Text)
                .to_vec();
            cells.extend(names.map(Cell::Text));
            cells.extend([value, texts[0].as_str(), texts[1].as_str()].map(Cell::Text));
            cells.push(Cell::Integer(
                told.map_or(measure.whole.n, |told| told.n) as i64
            ));
            cells.push(told.map_or("same in both", resolved).into());
            cells.extend([texts[2].as_str(), texts[3].as_str()].map(Cell::Text));
            table.row(&cells)
        };
        for (number, piece) in division.pieces.iter().enumerate() {
            let value = shown(rounded.parts[number]);
            let ends = [measure.alone[number], measure.last[number]];
            row(names(*piece), &value, Some(&measure.parts[number]), ends)?;
        }
        for piece in &division.same {
            row(names(*piece), &shown(0), None, [0.0; 2])?;
        }
        let whole = shown(rounded.whole);
        let names = [
            "difference",
            "两项政策之差",
            "difference of the two policies",
        ];
        row(names, &whole, Some(&measure.whole), [measure.whole.mean; 2])?;
    }
    table.finish()
}

fn names(piece: Piece) -> [&'static str; 3] {
    let (zh, en) = (piece.word(Language::Chinese), piece.word(Language::English));
    [piece.key(), zh, en]
}

fn write_interactions(
    options: &FileOptions,
    division: &Division,
    found: &Attribution,
) -> Result<Written, OutputError> {
    let columns = interaction_columns();
    let mut table = TableWriter::create(options, "interactions", Format::Csv, &columns)?;
    for measure in &found.measures {
        let places = rounded(measure).decimals;
        for ((first, second), told) in pairs(division.pieces.len()).into_iter().zip(&measure.pairs)
        {
            let (first, second) = (division.pieces[first], division.pieces[second]);
            let both = |language| format!("{} × {}", first.word(language), second.word(language));
            let (zh, en) = (both(Language::Chinese), both(Language::English));
            let texts = [told.mean, told.low, told.high].map(|value| plain_text(value, places));
            let mut cells = measure_cells(measure, options.language)
                .map(Cell::Text)
                .to_vec();
            cells.extend([first.key(), second.key(), &zh, &en].map(Cell::Text));
            cells.extend(texts.iter().map(|text| Cell::Text(text)));
            cells.push(Cell::Integer(told.n as i64));
            cells.push(resolved(told).into());
            table.row(&cells)?;
        }
    }
    table.finish()
}

fn write_coalitions(
    options: &FileOptions,
    division: &Division,
    found: &Attribution,
) -> Result<Written, OutputError> {
    let columns = coalition_columns(division);
    let mut table = TableWriter::create(options, "coalitions", Format::Csv, &columns)?;
    for coalition in 0..division.coalitions() {
        let key = division.key(coalition);
        for measure in &found.measures {
            let level = &measure.levels[coalition];
            let mut cells = vec![Cell::Text(&key)];
            let members = 0..division.pieces.len();
            cells.extend(members.map(|piece| Cell::Integer((coalition >> piece & 1) as i64)));
            cells.extend(measure_cells(measure, options.language).map(Cell::Text));
            cells.extend([level.mean, level.low, level.high].map(Cell::Real));
            cells.push(Cell::Integer(level.n as i64));
            table.row(&cells)?;
        }
    }
    table.finish()
}
