//! A design as a CSV file: a header of parameter names, a row of values for each run, and above them a
//! fingerprint of all that, so that rows which were shuffled or changed are noticed. Files without one, such as
//! those of SALib's samples with a header, are taken by their structure alone.

use std::fmt::Write as _;

use csv::StringRecord;
use sha2::{Digest, Sha256};

use super::{Factor, Method, Refusal};
use crate::output::file::hexadecimal;
use crate::vocabulary::Vocabulary;

/// How far outside its range a value may be by rounding (parts of the range).
const ROUNDING: f64 = 1e-9;
/// Where the fingerprint stands in the first line.
const MARK: &str = "sha256=";

/// A table of values: one row for each set of values, one column for each name.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Names of the parameters.
    pub names: Vec<String>,
    /// Values, in the units of the parameters.
    pub rows: Vec<Vec<f64>>,
}

/// The file of a design.
pub fn text(factors: &[Factor], method: Method, rows: &[Vec<f64>]) -> String {
    let mut body = String::new();
    let names: Vec<&str> = factors.iter().map(|factor| factor.name.as_str()).collect();
    body.push_str(&names.join(","));
    body.push('\n');
    for row in rows {
        let cells: Vec<String> = row.iter().map(f64::to_string).collect();
        body.push_str(&cells.join(","));
        body.push('\n');
    }
    let fingerprint = fingerprint(&body);
    let (method, count) = (method.key(), rows.len());
    let mut text = String::new();
    let _ = writeln!(
        text,
        "# riskweave design: {method}, {count} rows, {MARK}{fingerprint}"
    );
    text + &body
}

/// Fingerprint of the table below the first line; ends of lines and blanks around cells do not count.
fn fingerprint(body: &str) -> String {
    let mut hash = Sha256::new();
    for line in body.lines().filter(|line| !line.trim().is_empty()) {
        let cells: Vec<&str> = line
            .split(',')
            .map(|cell| cell.trim().trim_matches('"'))
            .collect();
        hash.update(cells.join(","));
        hash.update("\n");
    }
    hexadecimal(&hash.finalize())
}

/// Reads the file of a design.
///
/// # Errors
/// What is no table of numbers, or does not agree with its fingerprint.
pub fn read(file: &str, text: &str) -> Result<Table, Refusal> {
    let text = text.trim_start_matches('\u{feff}');
    let (comments, body): (Vec<&str>, Vec<&str>) = text
        .lines()
        .partition(|line| line.trim_start().starts_with('#'));
    let body = body.join("\n");
    let stated = comments.iter().find_map(|line| line.split_once(MARK));
    let stated = stated.and_then(|(_, rest)| rest.split_whitespace().next());
    if stated.is_some_and(|stated| stated.trim_matches(',') != fingerprint(&body)) {
        return Err(Refusal::Changed {
            file: file.to_owned(),
        });
    }
    table(file, &body, comments.len() as u64)
}

fn table(file: &str, body: &str, above: u64) -> Result<Table, Refusal> {
    let no_table = |line: u64, what: String| Refusal::NoTable {
        file: file.to_owned(),
        line: line + above,
        what,
    };
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(body.as_bytes());
    let header = reader
        .headers()
        .map_err(|error| no_table(1, error.to_string()))?;
    let names: Vec<String> = header.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let line = |record: &StringRecord| record.position().map_or(0, csv::Position::line);
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            let what = match error.kind() {
                csv::ErrorKind::UnequalLengths {
                    expected_len, len, ..
                } => format!("{len} ≠ {expected_len}"),
                _ => error.to_string(),
            };
            no_table(line, what)
        })?;
        let number = |cell: &str| {
            let value = cell.parse().ok().filter(|value: &f64| value.is_finite());
            value.ok_or_else(|| no_table(line(&record), format!("`{cell}`")))
        };
        rows.push(record.iter().map(number).collect::<Result<Vec<f64>, _>>()?);
    }
    Ok(Table { names, rows })
}

/// Places from 0 to 1 of the values of a table.
///
/// # Errors
/// The first value outside its range.
pub fn places(file: &str, factors: &[Factor], rows: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Refusal> {
    let place = |(number, row): (usize, &Vec<f64>)| {
        let of = |(factor, value): (&Factor, &f64)| {
            let place = factor.place(*value);
            if (-ROUNDING..=1.0 + ROUNDING).contains(&place) {
                return Ok(place);
            }
            Err(Refusal::Outside {
                file: file.to_owned(),
                row: number + 1,
                name: factor.name.clone(),
                value: *value,
                ends: factor.ends(),
            })
        };
        factors.iter().zip(row).map(of).collect()
    };
    rows.iter().enumerate().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::sensitivity::design::{recognised, saltelli, trajectories};
    use crate::experiment::sensitivity::factors::factors;
    use crate::scenario::load_society;

    fn three() -> Vec<Factor> {
        let names = [
            "enterprise.care_kappa",
            "trades.*.backlog_ceiling",
            "enterprise.sanction_not_money_yuan",
        ];
        let society = load_society("seminar-county", &[]).unwrap().society;
        factors(&names.map(str::to_owned), &society).unwrap()
    }

    fn values(factors: &[Factor], places: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let row = |row: &Vec<f64>| factors.iter().zip(row).map(|(f, p)| f.value(*p)).collect();
        places.iter().map(row).collect()
    }

    #[test]
    fn a_design_comes_back_as_it_was_written() {
        let factors = three();
        for (method, designed) in [
            (Method::Morris, trajectories(3, 4, 1)),
            (Method::Sobol, saltelli(3, 4, 1)),
        ] {
            let rows = values(&factors, &designed);
            let written = text(&factors, method, &rows);
            let windows = written.replace('\n', "\r\n");
            for form in [written, windows] {
                let table = read("d.csv", &form).unwrap();
                assert_eq!(table.rows, rows);
                assert_eq!(table.names[1], "trades.*.backlog_ceiling");
                let found = places("d.csv", &factors, &table.rows).unwrap();
                assert_eq!(recognised(&found), Some(method));
            }
        }
    }

    #[test]
    fn shuffled_and_changed_rows_are_refused() {
        let factors = three();
        let rows = values(&factors, &trajectories(3, 2, 1));
        let written = text(&factors, Method::Morris, &rows);
        let mut lines: Vec<&str> = written.lines().collect();
        lines.swap(3, 6);
        let changed = Err(Refusal::Changed {
            file: "d.csv".to_owned(),
        });
        assert_eq!(read("d.csv", &lines.join("\n")), changed);
        lines.swap(3, 6);
        let less = lines[..lines.len() - 1].join("\n");
        assert_eq!(read("d.csv", &less), changed);
        // A trajectory whole, but another than was exported.
        let header = lines.remove(1).replace("care_kappa", "care_max");
        lines.insert(1, &header);
        assert_eq!(read("d.csv", &lines.join("\n")), changed);
    }

    #[test]
    fn a_table_without_fingerprint_is_read_and_what_is_none_is_refused_by_its_line() {
        let table = read("d.csv", "a, b\n1,2\n 3 , 4e0\n").unwrap();
        assert_eq!(table.rows, [[1.0, 2.0], [3.0, 4.0]]);
        for (text, expected) in [("a,b\n1,2\n3,x\n", 3), ("# own\na,b\n1,2,3\n", 3)] {
            match read("d.csv", text) {
                Err(Refusal::NoTable { line, .. }) => assert_eq!(line, expected),
                other => panic!("{other:?}"),
            }
        }
        let factors = three();
        let outside = places(
            "d.csv",
            &factors,
            &[vec![0.6, 1.0, 2e5], vec![1.7, 0.0, 2e5]],
        );
        assert!(
            matches!(outside, Err(Refusal::Outside { row: 2, .. })),
            "{outside:?}"
        );
    }
}
