//! A user's table of losses: CSV with one row for each loss, English or Chinese headers.

use std::collections::BTreeMap;

use crate::model::record::Fen;
use crate::scenario::money_text;
use crate::scenario::problem::{CellRule, Problems, SettleProblem, TableProblem};
use crate::scenario::source::{self, Origin, Place};
use crate::scenario::table_file::{Row, TableFile};
use crate::vocabulary::{Asset, NaturalKind, Vocabulary};

/// Columns that must be there.
const COLUMNS: [&str; 6] = [
    "year",
    "event",
    "claimant",
    "group",
    "insured_value",
    "loss",
];
/// Columns that may be there.
const OPTIONAL: [&str; 5] = ["coverage", "asset", "hazard", "province", "intensity"];

/// Other names of the columns; units in brackets at the end of a header are left out before.
const NAMES: [(&str, &[&str]); 11] = [
    ("year", &["年", "年份", "年度"]),
    ("event", &["事件", "灾害事件"]),
    ("claimant", &["索赔人", "受损方", "被保险人", "受灾方"]),
    ("group", &["分组", "组", "组别"]),
    (
        "insured_value",
        &["insured_value_yuan", "保险价值", "保额", "价值"],
    ),
    ("loss", &["loss_yuan", "损失", "损失金额", "损失额"]),
    ("coverage", &["保障项目", "险别", "标的"]),
    ("asset", &["资产", "资产类别", "财产类别"]),
    ("hazard", &["灾种", "致灾因子"]),
    ("province", &["省份", "省"]),
    ("intensity", &["强度", "烈度"]),
];

/// One loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Loss {
    /// Year, by any calendar.
    pub year: u32,
    /// Event.
    pub event: String,
    /// Who lost.
    pub claimant: String,
    /// Group of the claimant; may be empty.
    pub group: String,
    /// Value insured (fen); `None` = not known.
    pub value: Option<Fen>,
    /// Loss (fen).
    pub loss: Fen,
    /// What was covered; may be empty.
    pub coverage: String,
    /// What was lost, if the table says so.
    pub asset: Option<Asset>,
    /// What caused it, if the table says so.
    pub hazard: Option<NaturalKind>,
    /// Province as written; may be empty.
    pub province: String,
    /// Intensity, as parametric cover measures it; 0 if the table does not say.
    pub intensity: f64,
    /// Where it stands.
    pub place: Place,
}

/// Reads a table of losses.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(path: &str) -> Result<Vec<Loss>, Problems> {
    let mut problems = Problems::default();
    let file = source::open(path, &Origin::Option, None)?;
    let table = TableFile::read_as(&file, &COLUMNS, &OPTIONAL, column_of, &mut problems);
    let Some(table) = table else {
        return Err(problems);
    };
    if table.rows.is_empty() && problems.is_empty() {
        let place = table.header_place();
        problems.push(TableProblem::Empty { place });
    }
    let mut losses = Vec::with_capacity(table.rows.len());
    let mut seen: BTreeMap<[String; 6], Place> = BTreeMap::new();
    for row in &table.rows {
        let loss = loss_of(&table, row, &mut problems);
        let key = [
            loss.year.to_string(),
            loss.event.clone(),
            loss.claimant.clone(),
            loss.group.clone(),
            loss.coverage.clone(),
            loss.asset.map_or("", Vocabulary::key).to_owned(),
        ];
        if let Some(first) = seen.get(&key) {
            problems.push(TableProblem::Duplicate {
                what: key[..3].join(" / "),
                first: first.clone(),
                second: loss.place.clone(),
            });
        } else {
            seen.insert(key, loss.place.clone());
        }
        losses.push(loss);
    }
    problems.unless_any(Some(losses))
}

fn loss_of(table: &TableFile, row: &Row, problems: &mut Problems) -> Loss {
    let value = match table.text(row, "insured_value") {
        "" => None,
        _ => Some(money(table, row, "insured_value", problems)).filter(|value| *value > 0),
    };
    let loss = money(table, row, "loss", problems);
    if let Some(value) = value.filter(|value| loss > *value) {
        let yuan = |fen: Fen| format!("{}.{:02}", fen / 100, fen % 100);
        problems.push(SettleProblem::LossAboveValue {
            loss: yuan(loss),
            value: yuan(value),
            place: table.place(row, "loss"),
        });
    }
    let intensity = match table.text(row, "intensity") {
        "" => 0.0,
        _ => table.number(row, "intensity", CellRule::NotNegative, problems),
    };
    Loss {
        year: table.number(row, "year", CellRule::Count, problems) as u32,
        event: table.filled(row, "event", problems),
        claimant: table.filled(row, "claimant", problems),
        group: table.text(row, "group").to_owned(),
        value,
        loss,
        coverage: table.text(row, "coverage").to_owned(),
        asset: word(table, row, "asset", problems),
        hazard: word(table, row, "hazard", problems),
        province: table.text(row, "province").to_owned(),
        intensity,
        place: table.place(row, "claimant"),
    }
}

fn money(table: &TableFile, row: &Row, column: &str, problems: &mut Problems) -> Fen {
    let text = table.text(row, column);
    money_text::parse(text).unwrap_or_else(|| {
        problems.push(SettleProblem::NotMoney {
            column: column.to_owned(),
            value: text.to_owned(),
            place: table.place(row, column),
        });
        0
    })
}

/// A word of a vocabulary by key or name, if the cell is filled.
fn word<K: Vocabulary>(
    table: &TableFile,
    row: &Row,
    column: &str,
    problems: &mut Problems,
) -> Option<K> {
    let text = table.text(row, column);
    if text.is_empty() {
        return None;
    }
    let found = named(text);
    if found.is_none() {
        let words: Vec<&str> = K::ALL.iter().map(|member| member.key()).collect();
        table.not_a_word(row, column, &words, problems);
    }
    found
}

/// The member of a vocabulary that has a key or a name in either language.
pub fn named<K: Vocabulary>(text: &str) -> Option<K> {
    let names = |member: &K| [member.key(), member.zh(), member.en()].contains(&text);
    K::ALL.iter().copied().find(names)
}

/// The program's name of a column: without the unit in brackets, in lower case, with underscores.
fn column_of(name: &str) -> String {
    let name = name.split(['(', '（']).next().unwrap_or_default().trim();
    let name = name.to_lowercase().replace([' ', '-'], "_");
    NAMES
        .iter()
        .find(|(_, others)| others.contains(&name.as_str()))
        .map_or(name, |(own, _)| (*own).to_owned())
}
