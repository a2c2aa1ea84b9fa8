//! A CSV table as written: cells with their places, checked one by one.

use std::ops::Range;
use std::sync::Arc;

use crate::scenario::declaration::nearest_of;
use crate::scenario::problem::{CellRule, Problems, TableProblem};
use crate::scenario::source::{Place, Source};
use crate::vocabulary::Vocabulary;

/// Greatest number in a table: sums of thousands of them stay within what a count of fen can hold.
const LARGEST: f64 = 1e16;
/// Columns for people, without meaning for the program.
const REMARKS: [&str; 4] = ["source", "confidence", "note", "reason"];

/// A table with a known header.
#[derive(Debug)]
pub(crate) struct TableFile {
    pub(crate) source: Arc<Source>,
    header: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// One row.
#[derive(Debug)]
pub(crate) struct Row {
    cells: Vec<String>,
    /// Where the row begins in the source (bytes).
    start: usize,
}

impl TableFile {
    /// Reads a table that must have these columns. Columns of remarks, and `also`, are allowed.
    pub(crate) fn read(
        source: &Arc<Source>,
        columns: &[&str],
        also: &[&str],
        problems: &mut Problems,
    ) -> Option<Self> {
        Self::read_as(source, columns, also, ToOwned::to_owned, problems)
    }

    /// The same where the header's names are first put into those of the program.
    pub(crate) fn read_as(
        source: &Arc<Source>,
        columns: &[&str],
        also: &[&str],
        name_of: impl Fn(&str) -> String,
        problems: &mut Problems,
    ) -> Option<Self> {
        let offset = if source.text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(&source.text.as_bytes()[offset..]);
        let header: Vec<String> = reader.headers().ok()?.iter().map(name_of).collect();
        let mut table = TableFile {
            source: Arc::clone(source),
            header,
            rows: Vec::new(),
        };
        let sound = table.check_header(columns, also, problems);
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let start = record
                        .position()
                        .map_or(0, |position| position.byte() as usize)
                        + offset;
                    table.rows.push(Row {
                        cells: record.iter().map(str::to_owned).collect(),
                        start,
                    });
                }
                // Under a header that is not the table's, rows have nothing to be held against.
                Err(error) if sound => problems.push(malformed(source, &error, offset)),
                Err(_) => {}
            }
        }
        sound.then_some(table)
    }

    fn check_header(&self, columns: &[&str], also: &[&str], problems: &mut Problems) -> bool {
        let mut sound = true;
        for column in columns {
            if !self.header.iter().any(|name| name == column) {
                let place = self.header_place();
                problems.push(TableProblem::MissingColumn {
                    column: (*column).to_owned(),
                    place,
                });
                sound = false;
            }
        }
        for (number, name) in self.header.iter().enumerate() {
            let known = columns
                .iter()
                .chain(also)
                .chain(&REMARKS)
                .any(|column| column == name);
            let again = self.header[..number].contains(name);
            if !known || again {
                let nearest = nearest_of(
                    name,
                    columns.iter().copied().filter(|column| column != name),
                );
                let place = Place::new(&self.source, self.cell_span(0, number));
                let nearest = nearest.map(str::to_owned);
                problems.push(TableProblem::UnknownColumn {
                    column: name.clone(),
                    nearest,
                    place,
                });
            }
        }
        sound
    }

    /// The first line.
    pub(crate) fn header_place(&self) -> Place {
        let end = self
            .source
            .text
            .find('\n')
            .unwrap_or(self.source.text.len());
        Place::new(&self.source, 0..end)
    }

    /// A cell's text.
    pub(crate) fn text<'a>(&self, row: &'a Row, column: &str) -> &'a str {
        let number = self.header.iter().position(|name| name == column);
        number
            .and_then(|number| row.cells.get(number))
            .map_or("", String::as_str)
    }

    /// A cell's place.
    pub(crate) fn place(&self, row: &Row, column: &str) -> Place {
        let number = self
            .header
            .iter()
            .position(|name| name == column)
            .unwrap_or(0);
        Place::new(&self.source, self.cell_span(row.start, number))
    }

    /// A number under a rule; one (which offends no other rule) if the cell breaks it.
    pub(crate) fn number(
        &self,
        row: &Row,
        column: &str,
        rule: CellRule,
        problems: &mut Problems,
    ) -> f64 {
        let text = self.text(row, column);
        let number = text
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite() && rule.allows(*number));
        number.unwrap_or_else(|| {
            let (column, value) = (column.to_owned(), text.to_owned());
            let place = self.place(row, &column);
            problems.push(TableProblem::Cell {
                column,
                value,
                rule,
                place,
            });
            1.0
        })
    }

    /// A text that must not be empty.
    pub(crate) fn filled(&self, row: &Row, column: &str, problems: &mut Problems) -> String {
        let text = self.text(row, column).to_owned();
        if text.is_empty() {
            let (column, place) = (column.to_owned(), self.place(row, column));
            problems.push(TableProblem::Cell {
                column,
                value: String::new(),
                rule: CellRule::Filled,
                place,
            });
        }
        text
    }

    /// A member of a vocabulary.
    pub(crate) fn member<K: Vocabulary>(
        &self,
        row: &Row,
        column: &str,
        problems: &mut Problems,
    ) -> Option<K> {
        let member = K::from_key(self.text(row, column));
        if member.is_none() {
            let words: Vec<&str> = K::ALL.iter().map(|member| member.key()).collect();
            self.not_a_word(row, column, &words, problems);
        }
        member
    }

    /// Reports a cell that is none of these words.
    pub(crate) fn not_a_word(
        &self,
        row: &Row,
        column: &str,
        words: &[&str],
        problems: &mut Problems,
    ) {
        let value = self.text(row, column).to_owned();
        problems.push_with(|| TableProblem::NotAWord {
            nearest: nearest_of(&value, words.iter().copied()).map(str::to_owned),
            column: column.to_owned(),
            place: self.place(row, column),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            value,
        });
    }

    /// Bytes of the n-th cell of the row that begins at or after `start`.
    fn cell_span(&self, start: usize, number: usize) -> Range<usize> {
        let text = &self.source.text;
        let blank = |c: char| matches!(c, '\n' | '\r' | '\u{feff}');
        let start = start.min(text.len());
        let start = start + (text[start..].len() - text[start..].trim_start_matches(blank).len());
        let (mut cell, mut begin, mut quoted) = (0, start, false);
        for (at, c) in text[start..].char_indices() {
            match c {
                '"' => quoted = !quoted,
                ',' | '\n' | '\r' if !quoted => {
                    if cell == number || c != ',' {
                        return begin..start + at;
                    }
                    cell += 1;
                    begin = start + at + 1;
                }
                _ => {}
            }
        }
        begin..text.len()
    }
}

fn malformed(source: &Arc<Source>, error: &csv::Error, offset: usize) -> TableProblem {
    let start = error
        .position()
        .map_or(0, |position| position.byte() as usize)
        + offset;
    let start = start.min(source.text.len());
    let line = source.text[start..].trim_start_matches(['\n', '\r']);
    let start = source.text.len() - line.len();
    let end = start + line.find('\n').unwrap_or(line.len());
    let detail = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!("{len} ≠ {expected_len}"),
        _ => error.to_string(),
    };
    TableProblem::Malformed {
        detail,
        place: Place::new(source, start..end),
    }
}

impl CellRule {
    /// Whether a finite number keeps the rule.
    fn allows(self, number: f64) -> bool {
        match self {
            CellRule::Filled => true,
            CellRule::NotNegative => (0.0..=LARGEST).contains(&number),
            CellRule::Positive => number > 0.0 && number <= LARGEST,
            CellRule::Share => (0.0..=1.0).contains(&number),
            CellRule::Count => {
                number >= 0.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX)
            }
            CellRule::PositiveCount => {
                number >= 1.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX)
            }
            CellRule::Tile => (0.0..=99.0).contains(&number) && number.fract() == 0.0,
            CellRule::Flag => number == 0.0 || number == 1.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_among_quotes_and_blank_lines() {
        let text = "code,name,x\n\n11,\"a,b\",5\n12,c,bad\n";
        let source = Source::option("t", text);
        let mut problems = Problems::default();
        let table = TableFile::read(&source, &["code", "name", "x"], &[], &mut problems).unwrap();
        assert!(problems.is_empty());
        let shown = |row: usize, column: &str| {
            let place = table.place(&table.rows[row], column);
            text[place.span].to_owned()
        };
        assert_eq!(shown(0, "name"), "\"a,b\"");
        assert_eq!(shown(0, "x"), "5");
        assert_eq!(shown(1, "x"), "bad");
        assert_eq!(
            table.number(&table.rows[1], "x", CellRule::Share, &mut problems),
            1.0
        );
        assert_eq!(problems.problems.len(), 1);
    }

    #[test]
    fn infinite_and_not_a_number_are_refused() {
        for word in ["inf", "NaN", "-1", "1e999", ""] {
            let source = Source::option("t", &format!("x,y\n{word},1\n"));
            let mut problems = Problems::default();
            let table = TableFile::read(&source, &["x", "y"], &[], &mut problems).unwrap();
            table.number(&table.rows[0], "x", CellRule::NotNegative, &mut problems);
            assert_eq!(problems.problems.len(), 1, "{word}");
        }
    }

    #[test]
    fn a_table_of_a_million_faults_is_told_in_short() {
        let source = Source::option("t", &format!("x,y\n{}", "-1,1\n".repeat(1_000_000)));
        let mut problems = Problems::default();
        let table = TableFile::read(&source, &["x", "y"], &[], &mut problems).unwrap();
        for row in &table.rows {
            table.number(row, "x", CellRule::Share, &mut problems);
        }
        assert_eq!(problems.problems.len() + problems.more, 1_000_000);
        let mut shown = Vec::new();
        problems
            .render(crate::vocabulary::Language::English, &mut shown)
            .unwrap();
        assert!(
            String::from_utf8(shown)
                .unwrap()
                .contains("1000000 problems")
        );
    }
}
