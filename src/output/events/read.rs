//! Reads one event and all that it set off from the events table of a finished run, Parquet or CSV in
//! either language.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use thiserror::Error;

use super::columns;
use crate::experiment::Name;
use crate::model::record::{EventRow, Report};
use crate::model::settlement::ledger::BEARERS;
use crate::vocabulary::{Bearer, Kind, Language, Owner, Phase, Vocabulary};

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Key of the policy.
    pub policy: String,
    /// Replication, from 1.
    pub replication: u32,
    /// Where it began.
    pub place: Name,
    /// The event; its province is told by `place` alone.
    pub row: EventRow,
}

/// Why nothing can be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// There is no table.
    #[error("no events.parquet or events.csv")]
    Absent,
    /// The table cannot be read, or not as one of this version.
    #[error("{}: {detail}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
}

/// The rows of an event and of all that it set off, under every policy, in the replications (or the one)
/// in which it happened; in the order of the file.
pub fn read(folder: &Path, replication: Option<u32>, event: u64) -> Result<Vec<Found>, ReadError> {
    let wanted = Wanted {
        replication,
        event,
        known: BTreeMap::new(),
        found: Vec::new(),
    };
    let at = |name: &str| Some(folder.join(name)).filter(|path| path.is_file());
    if let Some(path) = at("events.parquet") {
        return from_parquet(&path, wanted)
            .map_err(|detail| ReadError::Unreadable { path, detail });
    }
    if let Some(path) = at("events.csv") {
        return from_csv(&path, wanted).map_err(|detail| ReadError::Unreadable { path, detail });
    }
    Err(ReadError::Absent)
}

/// What is looked for, and what has been found of it.
struct Wanted {
    replication: Option<u32>,
    event: u64,
    /// Identities that belong to it, by replication; an event stands before its children.
    known: BTreeMap<u32, BTreeSet<u64>>,
    found: Vec<Found>,
}

impl Wanted {
    /// Takes in a row: texts by the key of their column.
    fn take(&mut self, line: &Line<'_>) -> Result<(), String> {
        let replication: u32 = line.number("replication")?;
        if self.replication.is_some_and(|asked| asked != replication) {
            return Ok(());
        }
        let (event, parent): (u64, u64) = (line.number("event")?, line.number("parent")?);
        let known = self.known.entry(replication).or_default();
        if event != self.event && !known.contains(&parent) {
            return Ok(());
        }
        known.insert(event);
        self.found.push(found(line, replication)?);
        Ok(())
    }
}

/// A row of the file.
struct Line<'a> {
    places: &'a BTreeMap<&'static str, usize>,
    text: &'a dyn Fn(usize) -> Option<String>,
}

impl Line<'_> {
    fn text(&self, key: &str) -> Result<String, String> {
        let place = self.places.get(key);
        let text = place.and_then(|place| (self.text)(*place));
        text.ok_or_else(|| format!("no column `{key}`"))
    }

    fn number<N: std::str::FromStr>(&self, key: &str) -> Result<N, String> {
        let text = self.text(key)?;
        text.parse()
            .map_err(|_| format!("`{text}` in column `{key}`"))
    }

    fn real(&self, key: &str) -> Result<f64, String> {
        if self.text(key)?.is_empty() {
            return Ok(f64::NAN);
        }
        self.number(key)
    }

    fn word<K: Vocabulary>(&self, key: &str) -> Result<K, String> {
        let text = self.text(key)?;
        K::from_key(&text).ok_or_else(|| format!("`{text}` in column `{key}`"))
    }

    fn word_or_none<K: Vocabulary>(&self, key: &str, none: &str) -> Result<Option<K>, String> {
        if self.text(key)? == none {
            return Ok(None);
        }
        self.word(key).map(Some)
    }
}

fn found(line: &Line<'_>, replication: u32) -> Result<Found, String> {
    let mut borne_fen = [0; BEARERS];
    for (fen, bearer) in borne_fen.iter_mut().zip(Bearer::ALL) {
        *fen = line.number(&format!("borne_{}", bearer.key()))?;
    }
    let row = EventRow {
        week: line.number("week")?,
        event: line.number("event")?,
        parent: line.number("parent")?,
        generation: line.number("generation")?,
        kind: line.word::<Kind>("kind")?,
        province: 0,
        magnitude: line.real("magnitude")?,
        warned_share: line.real("warned")?,
        hours_to_reach: line.real("hours_to_reach")?,
        contained: line.number("contained")?,
        children: line.number("set_off")?,
        deaths: line.number("deaths")?,
        deaths_reported: line.number("deaths_reported")?,
        injuries: line.number("injuries")?,
        counties: line.number("counties")?,
        loss_fen: line.number("loss")?,
        borne_fen,
        failed_phase: line.word_or_none::<Phase>("failed_phase", "none")?,
        failed_owner: line.word_or_none::<Owner>("failed_owner", "nobody")?,
        neglected: line.number("neglected")?,
        lead_hours: line.real("lead_hours")?,
        helped: line.number("helped")?,
        below_standard: line.number("below_standard")?,
        report: line.word::<Report>("report")?,
    };
    Ok(Found {
        policy: line.text("policy")?,
        replication,
        place: Name {
            zh: line.text("region")?,
            en: line.text("region_en")?,
        },
        row,
    })
}

/// Where the columns stand in a file with these headers.
fn places<'a>(headers: impl Iterator<Item = &'a str>) -> BTreeMap<&'static str, usize> {
    let mut places = BTreeMap::new();
    for (place, header) in headers.enumerate() {
        let header = header.trim_start_matches('\u{feff}');
        let column = columns()
            .into_iter()
            .find(|column| header == column.key || header == column.header(Language::Chinese));
        places.extend(column.map(|column| (column.key, place)));
    }
    places
}

fn from_parquet(path: &Path, mut wanted: Wanted) -> Result<Vec<Found>, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let reader = SerializedFileReader::new(file).map_err(|error| error.to_string())?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let places = places(schema.columns().iter().map(|column| column.name()));
    let rows = reader
        .get_row_iter(None)
        .map_err(|error| error.to_string())?;
    for row in rows {
        let row = row.map_err(|error| error.to_string())?;
        wanted.take(&Line {
            places: &places,
            text: &|place| field(&row, place),
        })?;
    }
    Ok(wanted.found)
}

fn field(row: &Row, place: usize) -> Option<String> {
    let (_, field) = row.get_column_iter().nth(place)?;
    match field {
        Field::Str(text) => Some(text.clone()),
        Field::Long(number) => Some(number.to_string()),
        Field::ULong(number) => Some(number.to_string()),
        Field::Double(number) => Some(number.to_string()),
        _ => None,
    }
}

fn from_csv(path: &Path, mut wanted: Wanted) -> Result<Vec<Found>, String> {
    let mut reader = csv::Reader::from_path(path).map_err(|error| error.to_string())?;
    let headers = reader.headers().map_err(|error| error.to_string())?;
    let places = places(headers.iter());
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        wanted.take(&Line {
            places: &places,
            text: &|place| record.get(place).map(str::to_owned),
        })?;
    }
    Ok(wanted.found)
}

#[cfg(test)]
mod tests {
    use super::super::{EventFilter, Selection, write};
    use super::*;
    use crate::experiment::synthetic;
    use crate::model::record::RunRecord;
    use crate::output::Format;
    use crate::output::table::TableWriter;
    use crate::output::table::tests::options;

    /// Events of which the second is set off by the first, and the third by the second.
    fn events() -> Vec<EventRow> {
        let record = synthetic::record(0, 0, 1);
        let mut events: Vec<EventRow> = record.events.iter().take(5).collect();
        for (number, parent) in [(1, 0), (2, 1)] {
            events[number].parent = events[parent].event;
            events[number].generation = 1;
        }
        events[0].failed_phase = Some(Phase::Warn);
        events[0].failed_owner = Some(Owner::CountySector);
        events[0].report = Report::Late;
        events[0].helped = true;
        events
    }

    #[test]
    fn an_event_is_read_with_all_that_it_set_off_from_either_format_and_language() {
        let plan = synthetic::plan(&[0, 1], 2, 1);
        let events = events();
        let record = RunRecord {
            events: events.iter().cloned().collect(),
            ..RunRecord::default()
        };
        for (format, language) in [
            (Format::Parquet, Language::English),
            (Format::Csv, Language::English),
            (Format::Csv, Language::Chinese),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let options = options(folder.path(), format, language);
            let mut table = TableWriter::create(&options, "events", format, &columns()).unwrap();
            let all = Selection::new(EventFilter::All, 0, None);
            let records = [record.clone(), record.clone()];
            for replication in [1, 2] {
                write(&mut table, replication, &plan, &records, &all).unwrap();
            }
            table.finish().unwrap();
            let event = events[0].event;
            let found = read(folder.path(), Some(1), event).unwrap();
            let told: Vec<(&str, u64)> = found
                .iter()
                .map(|found| (found.policy.as_str(), found.row.event))
                .collect();
            let own = [0, 1, 2].map(|number| events[number].event);
            let both = ["policy-0", "policy-1"]
                .iter()
                .flat_map(|policy| own.map(|event| (*policy, event)));
            assert_eq!(told, both.collect::<Vec<_>>());
            for (found, number) in found.iter().zip([0, 1, 2].repeat(2)) {
                let expected = EventRow {
                    province: 0,
                    ..events[number].clone()
                };
                assert_eq!(found.row, expected);
            }
            assert_eq!(found[0].place, plan.provinces[events[0].province as usize]);
            assert_eq!(read(folder.path(), None, event).unwrap().len(), 12);
            assert!(read(folder.path(), None, 77_777).unwrap().is_empty());
        }
    }

    #[test]
    fn a_table_that_is_absent_or_of_another_kind_is_told() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(
            read(folder.path(), None, 1),
            Err(ReadError::Absent)
        ));
        std::fs::write(
            folder.path().join("events.csv"),
            "policy,replication\na,1\n",
        )
        .unwrap();
        let error = read(folder.path(), None, 1).unwrap_err().to_string();
        assert!(error.contains("no column `event`"), "{error}");
    }
}
