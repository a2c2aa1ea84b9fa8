//! From where on two files differ: the row and column of a table, the line of a text, the byte of anything else.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use parquet::file::reader::SerializedFileReader;
use parquet::record::Row;

use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// Endings of texts that are told by line.
const TEXTS: [&str; 6] = ["csv", "json", "svg", "html", "toml", "txt"];
/// Letters of a text that are shown on either side.
const SHOWN: usize = 40;

/// The first place at which two files differ, with what each has there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A row of a table (from 1, without the header) and the name of a column.
    Cell {
        /// Row.
        row: u64,
        /// Column.
        column: String,
        /// What the first and the second file have there.
        values: [String; 2],
    },
    /// One table ends before this row (from 1); which of them has it.
    Rows {
        /// Row.
        row: u64,
        /// Whether the first file has it.
        first: bool,
    },
    /// A line and a column of a text (from 1).
    Line {
        /// Line.
        line: u64,
        /// Letter within it.
        column: usize,
        /// What the first and the second file have from there.
        values: [String; 2],
    },
    /// A byte (from 0).
    Byte(u64),
}

impl Difference {
    /// Where, in a language; the files are called by these words.
    pub fn text(&self, [first, second]: [&str; 2], language: Language) -> String {
        match self {
            Difference::Cell {
                row,
                column,
                values: [one, other],
            } => say!(
                language,
                "第 {row} 行 {column} 列：{first} {one}，{second} {other}",
                "row {row}, column {column}: {first} {one}, {second} {other}"
            ),
            Difference::Rows { row, first: longer } => {
                let has = if *longer { first } else { second };
                say!(
                    language,
                    "第 {row} 行只有{has}才有",
                    "row {row}: only {has} has it"
                )
            }
            Difference::Line {
                line,
                column,
                values: [one, other],
            } => say!(
                language,
                "第 {line} 行第 {column} 字：{first} `{one}`，{second} `{other}`",
                "line {line}, letter {column}: {first} `{one}`, {second} `{other}`"
            ),
            Difference::Byte(byte) => say!(
                language,
                "第 {byte} 字节（从 0 起）",
                "byte {byte} (from 0)"
            ),
        }
    }
}

/// Where two files of a name differ first; `None` if they are equal.
///
/// # Errors
/// If one cannot be read.
pub fn first(one: &Path, other: &Path) -> io::Result<Option<Difference>> {
    let ending = one.extension().and_then(|ending| ending.to_str());
    let found = match ending {
        // What is no table any more is told by its bytes.
        Some("parquet") => of_tables(one, other).unwrap_or_default(),
        Some(ending) if TEXTS.contains(&ending) => of_texts(one, other, ending == "csv")?,
        _ => None,
    };
    match found {
        Some(found) => Ok(Some(found)),
        None => of_bytes(one, other),
    }
}

fn of_tables(
    one: &Path,
    other: &Path,
) -> Result<Option<Difference>, parquet::errors::ParquetError> {
    let mut rows = [rows(one)?, rows(other)?];
    for row in 1.. {
        let [one, other] = rows.each_mut().map(Iterator::next);
        match (one.transpose()?, other.transpose()?) {
            (None, None) => break,
            (Some(one), Some(other)) => {
                if let Some(found) = of_rows(row, &one, &other) {
                    return Ok(Some(found));
                }
            }
            (one, _) => {
                let first = one.is_some();
                return Ok(Some(Difference::Rows { row, first }));
            }
        }
    }
    Ok(None)
}

fn rows(
    path: &Path,
) -> Result<
    impl Iterator<Item = Result<Row, parquet::errors::ParquetError>>,
    parquet::errors::ParquetError,
> {
    let reader = SerializedFileReader::new(File::open(path)?)?;
    Ok(reader.into_iter())
}

fn of_rows(row: u64, one: &Row, other: &Row) -> Option<Difference> {
    let pairs = one.get_column_iter().zip(other.get_column_iter());
    let differs = |((name, value), (other_name, other_value)): &((&String, _), (&String, _))| {
        name != other_name || value != other_value
    };
    let ((column, value), (_, other)) = pairs.into_iter().find(differs)?;
    Some(Difference::Cell {
        row,
        column: column.clone(),
        values: [value.to_string(), other.to_string()],
    })
}

fn of_texts(one: &Path, other: &Path, table: bool) -> io::Result<Option<Difference>> {
    let mut texts = [
        BufReader::new(File::open(one)?),
        BufReader::new(File::open(other)?),
    ];
    let mut header = Vec::new();
    for line in 1.. {
        let mut lines = [Vec::new(), Vec::new()];
        for (text, line) in texts.iter_mut().zip(&mut lines) {
            text.read_until(b'\n', line)?;
        }
        let [one, other] = &lines;
        if one.is_empty() && other.is_empty() {
            break;
        }
        if line == 1 {
            header.clone_from(one);
        }
        if one != other {
            let found = if table && line > 1 && !one.is_empty() && !other.is_empty() {
                of_cells(line, &header, [one, other])
            } else {
                None
            };
            return Ok(Some(found.unwrap_or_else(|| of_lines(line, [one, other]))));
        }
    }
    Ok(None)
}

/// Two lines of a CSV table of which every row is one line.
fn of_cells(line: u64, header: &[u8], lines: [&[u8]; 2]) -> Option<Difference> {
    let header = header.strip_prefix(b"\xef\xbb\xbf").unwrap_or(header);
    let read = |line: &[u8]| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(line);
        reader.records().next()?.ok()
    };
    let (names, one, other) = (read(header)?, read(lines[0])?, read(lines[1])?);
    let number = (0..names.len()).find(|number| one.get(*number) != other.get(*number))?;
    let value = |cells: &csv::StringRecord| cells.get(number).unwrap_or_default().to_owned();
    Some(Difference::Cell {
        row: line - 1,
        column: value(&names),
        values: [value(&one), value(&other)],
    })
}

fn of_lines(line: u64, lines: [&[u8]; 2]) -> Difference {
    let [one, other] = lines.map(|line| String::from_utf8_lossy(line).trim_end().to_owned());
    let same = one
        .chars()
        .zip(other.chars())
        .take_while(|(one, other)| one == other)
        .count();
    let from = |text: &str| text.chars().skip(same).take(SHOWN).collect();
    Difference::Line {
        line,
        column: same + 1,
        values: [from(&one), from(&other)],
    }
}

fn of_bytes(one: &Path, other: &Path) -> io::Result<Option<Difference>> {
    let mut files = [
        BufReader::new(File::open(one)?),
        BufReader::new(File::open(other)?),
    ];
    let mut before = 0;
    loop {
        let [one, other] = &mut files;
        let (first, second) = (one.fill_buf()?, other.fill_buf()?);
        let most = first.len().min(second.len());
        if let Some(at) = (0..most).find(|at| first[*at] != second[*at]) {
            return Ok(Some(Difference::Byte(before + at as u64)));
        }
        if most == 0 {
            let longer = !(first.is_empty() && second.is_empty());
            return Ok(longer.then_some(Difference::Byte(before)));
        }
        one.consume(most);
        other.consume(most);
        before += most as u64;
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn of(name: &str, texts: [&[u8]; 2]) -> Option<Difference> {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let paths = folders.each_ref().map(|folder| folder.path().join(name));
        for (path, text) in paths.iter().zip(texts) {
            fs::write(path, text).unwrap();
        }
        first(&paths[0], &paths[1]).unwrap()
    }

    #[test]
    fn the_first_cell_line_or_byte_is_named() {
        assert_eq!(of("a.csv", [b"x,y\n1,2\n", b"x,y\n1,2\n"]), None);
        let cell = of("a.csv", [b"x,y\n1,2\n3,4\n", b"x,y\n1,2\n3,5\n"]).unwrap();
        assert_eq!(
            cell.text(["was", "is"], Language::English),
            "row 2, column y: was 4, is 5"
        );
        let shorter = of("a.csv", [b"x\n1\n", b"x\n"]).unwrap();
        assert!(
            matches!(
                shorter,
                Difference::Line {
                    line: 2,
                    column: 1,
                    ..
                }
            ),
            "{shorter:?}"
        );
        let line = of(
            "a.svg",
            ["<甲 a>\n<乙 b>".as_bytes(), "<甲 a>\n<乙 c>".as_bytes()],
        )
        .unwrap();
        assert_eq!(
            line.text(["原", "今"], Language::Chinese),
            "第 2 行第 4 字：原 `b>`，今 `c>`"
        );
        assert_eq!(of("a.png", [b"abc", b"abd"]), Some(Difference::Byte(2)));
        assert_eq!(of("a.png", [b"abc", b"abcd"]), Some(Difference::Byte(3)));
        assert_eq!(of("a.parquet", [b"abc", b"bbc"]), Some(Difference::Byte(0)));
    }
}
