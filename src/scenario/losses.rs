//! A user's table of losses: CSV with one row for each loss, English or Chinese headers.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::record::Fen;
use crate::scenario::money_text;
use crate::scenario::problem::{CellRule, Problems, SettleProblem, TableProblem};
use crate::scenario::source::{self, Origin, Place, Source};
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

impl Loss {
    /// What tells a loss from all others of its event.
    pub fn identity(&self) -> [&str; 4] {
        let asset = self.asset.map_or("", |asset| asset.key());
        [&self.claimant, &self.group, &self.coverage, asset]
    }
}

/// Greatest year: as many as a simulated catalogue has.
const GREATEST_YEAR: u32 = 100_000;
/// Most that all losses of a table may sum to (fen): 90 trillion yuan, of which a double can hold every fen.
const GREATEST_LOSSES: Fen = 9_000_000_000_000_000;
/// Most that all insured values of a table may sum to (fen).
const GREATEST_VALUES: Fen = 1_000_000_000_000_000_000;

/// Reads a table of losses.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(path: &str) -> Result<Vec<Loss>, Problems> {
    of_source(&source::open(path, &Origin::Option, None)?)
}

/// Reads a table of losses from its text.
///
/// # Errors
/// Everything that is wrong with it.
pub fn of_source(file: &Arc<Source>) -> Result<Vec<Loss>, Problems> {
    let mut problems = Problems::default();
    if file.text.trim_start_matches('\u{feff}').trim().is_empty() {
        problems.push(SettleProblem::EmptyFile {
            columns: COLUMNS.join(","),
            place: Place::new(file, 0..file.text.len()),
        });
        return Err(problems);
    }
    let table = TableFile::read_as(file, &COLUMNS, &OPTIONAL, column_of, &mut problems);
    let Some(table) = table else {
        return Err(problems);
    };
    if table.rows.is_empty() && problems.is_empty() {
        let place = table.header_place();
        problems.push(TableProblem::Empty { place });
    }
    let mut losses = Vec::with_capacity(table.rows.len());
    let mut held = Held::default();
    for row in &table.rows {
        let loss = loss_of(&table, row, &mut problems);
        held.against_earlier_rows(&loss, &mut problems);
        losses.push(loss);
    }
    problems.unless_any(Some(losses))
}

/// What the rows so far say, to hold the next one against.
#[derive(Default)]
struct Held {
    rows: BTreeMap<(u32, [String; 5]), Place>,
    hazards: BTreeMap<(u32, String), (NaturalKind, Place)>,
    losses: Fen,
    values: Fen,
}

impl Held {
    fn against_earlier_rows(&mut self, loss: &Loss, problems: &mut Problems) {
        self.told_once(loss, problems);
        self.one_hazard(loss, problems);
        let sums = [
            ("loss", &mut self.losses, loss.loss, GREATEST_LOSSES),
            (
                "insured_value",
                &mut self.values,
                loss.value.unwrap_or(0),
                GREATEST_VALUES,
            ),
        ];
        for (column, sum, more, greatest) in sums {
            let within = *sum <= greatest;
            *sum = sum.saturating_add(more);
            if within && *sum > greatest {
                problems.push(SettleProblem::TooMuch {
                    column: column.to_owned(),
                    greatest: yuan(greatest),
                    place: loss.place.clone(),
                });
            }
        }
    }

    fn told_once(&mut self, loss: &Loss, problems: &mut Problems) {
        let [claimant, group, coverage, asset] = loss.identity().map(str::to_owned);
        let key = (
            loss.year,
            [loss.event.clone(), claimant, group, coverage, asset],
        );
        if let Some(first) = self.rows.get(&key) {
            problems.push(TableProblem::Duplicate {
                what: format!("{} / {} / {}", loss.year, loss.event, loss.claimant),
                first: first.clone(),
                second: loss.place.clone(),
            });
        } else {
            self.rows.insert(key, loss.place.clone());
        }
    }

    fn one_hazard(&mut self, loss: &Loss, problems: &mut Problems) {
        let Some(hazard) = loss.hazard else {
            return;
        };
        let key = (loss.year, loss.event.clone());
        let (first, place) = self
            .hazards
            .entry(key)
            .or_insert_with(|| (hazard, loss.place.clone()));
        if *first != hazard {
            problems.push(SettleProblem::TwoHazards {
                event: format!("{} / {}", loss.year, loss.event),
                hazards: [*first, hazard],
                first: place.clone(),
                second: loss.place.clone(),
            });
        }
    }
}

fn loss_of(table: &TableFile, row: &Row, problems: &mut Problems) -> Loss {
    let value = match table.text(row, "insured_value") {
        "" => None,
        _ => Some(money(table, row, "insured_value", problems)).filter(|value| *value > 0),
    };
    let loss = money(table, row, "loss", problems);
    if let Some(value) = value.filter(|value| loss > *value) {
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
        year: year(table, row, problems),
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

fn year(table: &TableFile, row: &Row, problems: &mut Problems) -> u32 {
    let year = table.number(row, "year", CellRule::Count, problems) as u32;
    if year > GREATEST_YEAR {
        problems.push(SettleProblem::Year {
            year,
            greatest: GREATEST_YEAR,
            place: table.place(row, "year"),
        });
        return 0;
    }
    year
}

fn yuan(fen: Fen) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
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
