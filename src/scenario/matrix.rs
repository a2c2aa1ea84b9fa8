//! A responsibility matrix from its CSV table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::scenario::policy::Matrix;
use crate::scenario::problem::{CellRule, Problems, TableProblem};
use crate::scenario::source::{Place, Source};
use crate::scenario::table_file::{Row, TableFile};
use crate::vocabulary::{Category, Owner, Phase, Table, Vocabulary};

/// Columns of the table.
pub(crate) const COLUMNS: [&str; 5] = ["category", "phase", "owner", "share", "lead"];

/// Further columns for people.
pub(crate) const ALSO: [&str; 4] = ["sum_of_cell", "gap", "overlap", "grade"];

/// Name in the column `category` for sources that no rule covers yet.
const NOVEL: &str = "novel";

/// What the rows of a cell are about: a category, or (`None`) unregulated sources.
type Subject = Option<Category>;

/// Which shares a row belongs to.
type Cell = (Subject, Phase);

/// Where a matrix says what.
#[derive(Clone, Debug)]
pub struct MatrixPlaces {
    /// Its text.
    pub source: Arc<Source>,
    /// The share of each row; no category = unregulated sources.
    shares: BTreeMap<(Subject, Phase, Owner), Place>,
    /// The lead of each cell that has one; also of unregulated sources, which nobody leads in the model.
    leads: BTreeMap<Cell, Place>,
}

impl MatrixPlaces {
    /// Reads a table for its places; whatever is wrong with it was said when it was read for its values.
    pub(crate) fn read(source: &Arc<Source>) -> Self {
        let mut places = MatrixPlaces {
            source: Arc::clone(source),
            shares: BTreeMap::new(),
            leads: BTreeMap::new(),
        };
        let ignored = &mut Problems::default();
        let file = TableFile::read(source, &COLUMNS, &ALSO, ignored);
        for (file, row) in file
            .iter()
            .flat_map(|file| file.rows.iter().map(move |row| (file, row)))
        {
            let subject = Category::from_key(file.text(row, "category"));
            let phase = Phase::from_key(file.text(row, "phase"));
            let owner = Owner::from_key(file.text(row, "owner"));
            let (Some(phase), Some(owner)) = (phase, owner) else {
                continue;
            };
            let share = file.place(row, "share");
            places.shares.insert((subject, phase, owner), share);
            if file.text(row, "lead") == "1" {
                let lead = file.place(row, "lead");
                places.leads.insert((subject, phase), lead);
            }
        }
        places
    }

    /// The share of an owner.
    pub fn share(&self, subject: Option<Category>, phase: Phase, owner: Owner) -> Option<&Place> {
        self.shares.get(&(subject, phase, owner))
    }

    /// The lead of a cell.
    pub fn lead(&self, category: Category, phase: Phase) -> Option<&Place> {
        self.leads.get(&(Some(category), phase))
    }

    /// The first row of a cell.
    pub fn cell(&self, subject: Option<Category>, phase: Phase) -> Option<&Place> {
        let rows = self
            .shares
            .iter()
            .filter(|((other, at, _), _)| (*other, *at) == (subject, phase));
        rows.map(|(_, place)| place)
            .min_by_key(|place| place.span.start)
    }
}

/// Reads a matrix. An owner without a row has no share; a category and phase without any row is a problem.
pub(crate) fn read(file: &TableFile, problems: &mut Problems) -> Matrix {
    let mut matrix = Matrix {
        share: Table::default(),
        lead: Table::default(),
        novel_share: Table::default(),
    };
    let mut owners: BTreeMap<(Subject, Phase, Owner), &Row> = BTreeMap::new();
    let mut leads: BTreeMap<Cell, &Row> = BTreeMap::new();
    let mut cells: BTreeSet<Cell> = BTreeSet::new();
    for row in &file.rows {
        let category = category(file, row, problems);
        let phase = file.member::<Phase>(row, "phase", problems);
        let owner = file.member::<Owner>(row, "owner", problems);
        let share = file.number(row, "share", CellRule::Share, problems);
        let leads_here = match file.text(row, "lead") {
            "" => false,
            _ => file.number(row, "lead", CellRule::Flag, problems) == 1.0,
        };
        let (Some(category), Some(phase), Some(owner)) = (category, phase, owner) else {
            continue;
        };
        cells.insert((category, phase));
        if let Some(first) = owners.insert((category, phase, owner), row) {
            let what = format!("{} / {} / {}", name(category), phase.key(), owner.key());
            let (first, second) = (file.place(first, "owner"), file.place(row, "owner"));
            problems.push(TableProblem::Duplicate {
                what,
                first,
                second,
            });
        }
        let earlier = if leads_here {
            leads.insert((category, phase), row)
        } else {
            None
        };
        if let Some(first) = earlier {
            problems.push(TableProblem::TwoLeads {
                category: name(category).to_owned(),
                phase: phase.key().to_owned(),
                first: file.place(first, "lead"),
                second: file.place(row, "lead"),
            });
        }
        put(&mut matrix, (category, phase), owner, share, leads_here);
    }
    complete(file, &cells, problems);
    matrix
}

fn category(file: &TableFile, row: &Row, problems: &mut Problems) -> Option<Subject> {
    let text = file.text(row, "category");
    if text == NOVEL {
        return Some(None);
    }
    let category = Category::from_key(text);
    if category.is_none() {
        let words: Vec<&str> = Category::ALL
            .iter()
            .map(|category| category.key())
            .chain([NOVEL])
            .collect();
        file.not_a_word(row, "category", &words, problems);
    }
    category.map(Some)
}

fn name(category: Subject) -> &'static str {
    category.map_or(NOVEL, Vocabulary::key)
}

fn put(matrix: &mut Matrix, (category, phase): Cell, owner: Owner, share: f64, leads: bool) {
    match category {
        Some(category) => {
            matrix.share[category][phase][owner] = share;
            if leads {
                matrix.lead[category][phase] = Some(owner);
            }
        }
        None => matrix.novel_share[phase].get_or_insert_with(Table::default)[owner] = share,
    }
}

fn complete(file: &TableFile, present: &BTreeSet<Cell>, problems: &mut Problems) {
    let all = Category::ALL
        .iter()
        .flat_map(|&category| Phase::ALL.iter().map(move |&phase| (category, phase)));
    let cells: Vec<String> = all
        .filter(|&(category, phase)| !present.contains(&(Some(category), phase)))
        .map(|(category, phase)| format!("{} / {}", category.key(), phase.key()))
        .collect();
    if !cells.is_empty() {
        problems.push(TableProblem::MissingCells {
            cells,
            place: file.header_place(),
        });
    }
}
