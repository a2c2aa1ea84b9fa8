//! A responsibility matrix from its CSV table.

use std::collections::BTreeMap;

use crate::scenario::policy::Matrix;
use crate::scenario::problem::{CellRule, Problems, TableProblem};
use crate::scenario::table_file::{Row, TableFile};
use crate::vocabulary::{Category, Owner, Phase, Table, Vocabulary};

/// Columns of the table.
pub(crate) const COLUMNS: [&str; 5] = ["category", "phase", "owner", "share", "lead"];

/// Further columns for people.
pub(crate) const ALSO: [&str; 4] = ["sum_of_cell", "gap", "overlap", "grade"];

/// Name in the column `category` for sources that no rule covers yet.
const NOVEL: &str = "novel";

/// Which shares a row belongs to: a category, or unregulated sources.
type Cell = (Option<Category>, Phase);

/// Reads a matrix. An owner without a row has no share; a category and phase without any row is a problem.
pub(crate) fn read(file: &TableFile, problems: &mut Problems) -> Matrix {
    let mut matrix = Matrix {
        share: Table::default(),
        lead: Table::default(),
        novel_share: Table::default(),
    };
    let mut owners: BTreeMap<(Option<Category>, Phase, Owner), &Row> = BTreeMap::new();
    let mut leads: BTreeMap<Cell, &Row> = BTreeMap::new();
    let mut cells: BTreeMap<Cell, ()> = BTreeMap::new();
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
        cells.insert((category, phase), ());
        if let Some(first) = owners.insert((category, phase, owner), row) {
            let what = format!("{} / {} / {}", name(category), phase.key(), owner.key());
            let (first, second) = (file.place(first, "owner"), file.place(row, "owner"));
            problems.push(TableProblem::Duplicate {
                what,
                first,
                second,
            });
        }
        if leads_here {
            if let Some(first) = leads.insert((category, phase), row) {
                let (category, phase) = (name(category).to_owned(), phase.key().to_owned());
                let (first, second) = (file.place(first, "lead"), file.place(row, "lead"));
                problems.push(TableProblem::TwoLeads {
                    category,
                    phase,
                    first,
                    second,
                });
            }
        }
        put(&mut matrix, (category, phase), owner, share, leads_here);
    }
    complete(file, &cells, problems);
    matrix
}

fn category(file: &TableFile, row: &Row, problems: &mut Problems) -> Option<Option<Category>> {
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

fn name(category: Option<Category>) -> &'static str {
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

fn complete(file: &TableFile, cells: &BTreeMap<Cell, ()>, problems: &mut Problems) {
    for &category in Category::ALL {
        for &phase in Phase::ALL {
            if !cells.contains_key(&(Some(category), phase)) {
                problems.push(TableProblem::MissingCell {
                    category: category.key().to_owned(),
                    phase: phase.key().to_owned(),
                    place: file.header_place(),
                });
            }
        }
    }
}
