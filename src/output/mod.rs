//! Files of a run: one file of code for each output. Rows are streamed as replications finish; each
//! file is written whole or not at all.

pub mod attribution;
pub mod columns;
pub mod contingent_liability;
pub mod difference;
pub mod events;
pub mod exceedance;
pub mod file;
pub mod folder;
pub mod indicators;
pub mod ledger;
pub mod manifest;
pub mod paired;
mod parquet;
pub mod provinces;
pub mod recorded;
pub mod replications;
pub mod robustness;
pub mod runs;
pub mod seminar;
pub mod sensitivity;
pub mod settlement;
pub mod summary;
pub mod table;
pub mod weekly;
pub mod weekly_provinces;
pub mod workbook;

use std::collections::BTreeMap;
use std::io;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

use rayon::prelude::*;
use thiserror::Error;

use crate::experiment::Plan;
use crate::experiment::sample::Sample;
use crate::experiment::summary::Summary;
use crate::measures::Figure;
use crate::model::record::RunRecord;
use crate::vocabulary::{Language, Vocabulary, vocabulary};
use events::EventFilter;
use file::{Sealed, Written};
use replications::fault::{Difference, Fault};
use table::TableWriter;
use weekly_provinces::ProvinceWeeks;

vocabulary! {
    /// Format of the data files.
    Format {
        Parquet = "parquet", "Parquet 列式文件", "Parquet";
        Csv = "csv", "CSV 文本", "CSV";
    }
}

/// What went wrong with a file.
#[derive(Debug, Error)]
pub enum OutputError {
    /// The folder holds results already.
    #[error("{} is not empty; give --force to overwrite, or another --out", path.display())]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds finished replications, and perhaps checkpoints, of a run that was broken off.
    #[error("{} holds {kept} finished replications{} of a run that was broken off: the same command with --resume goes on from them, --force begins afresh; or give another --out", path.display(), checkpoints_too(*checkpoints, Language::English))]
    BrokenOff {
        /// The folder.
        path: PathBuf,
        /// Replications that are kept.
        kept: usize,
        /// Checkpoints of unfinished ones.
        checkpoints: usize,
    },
    /// Nothing is left to resume.
    #[error("{} holds the whole results of a finished run: nothing is left to resume; --force runs it again", path.display())]
    Whole {
        /// The folder.
        path: PathBuf,
    },
    /// A kept file cannot be trusted.
    #[error("{}: {fault}; delete this file and the replication is run again, or begin afresh with --force", path.display())]
    Kept {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        fault: Fault,
    },
    /// What is kept is of another run.
    #[error("{} is of another run, which differs in {}; give the inputs, options and program version of then, or begin afresh with --force or another --out", path.display(), Difference::line(differences, Language::English))]
    OtherRun {
        /// The folder.
        path: PathBuf,
        /// In what the two runs differ.
        differences: Vec<Difference>,
    },
    /// Another run writes into the folder.
    #[error("another run is writing into {}: wait until it ends, or give another --out", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// A file stands where a folder must be.
    #[error("{} is not a folder; give another --out", path.display())]
    NotFolder {
        /// The path.
        path: PathBuf,
    },
    /// The system refused.
    #[error("cannot write {}: {source}; check the disk and the rights, or give another --out", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl OutputError {
    /// The system's refusal for a path.
    pub fn io(path: &Path, source: impl Into<io::Error>) -> Self {
        OutputError::Io {
            path: path.to_owned(),
            source: source.into(),
        }
    }

    /// The message in a language.
    pub fn word(&self, language: Language) -> String {
        let english = self.to_string();
        let chinese = match self {
            OutputError::Exists { path } => {
                format!(
                    "{} 不是空目录：加 --force 覆盖，或用 --out 另选目录",
                    path.display()
                )
            }
            OutputError::BrokenOff {
                path,
                kept,
                checkpoints,
            } => format!(
                "{} 中有一次中断的运行，已保存 {kept} 次模拟{}：同一命令加 --resume 接着运行，加 --force 重新开始，或用 --out 另选目录",
                path.display(),
                checkpoints_too(*checkpoints, Language::Chinese)
            ),
            OutputError::Whole { path } => format!(
                "{} 中的结果已经完整，没有可以接着运行的；加 --force 重新运行",
                path.display()
            ),
            OutputError::Kept { path, fault } => format!(
                "{}：{}；删去这个文件，该次模拟将重新运行，或加 --force 重新开始",
                path.display(),
                fault.text(Language::Chinese)
            ),
            OutputError::OtherRun { path, differences } => format!(
                "{} 属于另一次运行，不同之处：{}；请用当时的输入、选项和程序版本，或加 --force 重新开始，或用 --out 另选目录",
                path.display(),
                Difference::line(differences, Language::Chinese)
            ),
            OutputError::InUse { path } => format!(
                "另一次运行正在写入 {}：请等它结束，或用 --out 另选目录",
                path.display()
            ),
            OutputError::NotFolder { path } => {
                format!("{} 不是目录：请用 --out 另选目录", path.display())
            }
            OutputError::Io { path, source } => {
                format!(
                    "无法写入 {}:{source}；请检查磁盘与权限，或用 --out 另选目录",
                    path.display()
                )
            }
        };
        language.pick(&chinese, &english).to_owned()
    }
}

/// Checkpoints, besides finished replications; nothing where there are none.
fn checkpoints_too(number: usize, language: Language) -> String {
    match (number, language) {
        (0, _) => String::new(),
        (_, Language::Chinese) => format!("和 {number} 个检查点"),
        (_, Language::English) => format!(" and {number} checkpoints"),
    }
}

/// Where and how files are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOptions {
    /// Folder of the run; it exists.
    pub folder: PathBuf,
    /// Format of the data files.
    pub format: Format,
    /// Language of CSV headers.
    pub language: Language,
    /// Which events are written.
    pub events: EventFilter,
}

/// Writes a file whole, or closes one that grew.
type WriteOnce<'a> = Box<dyn FnOnce() -> Result<Sealed, OutputError> + Send + 'a>;

/// The files that grow while replications finish.
pub struct RunFiles {
    options: FileOptions,
    runs: TableWriter,
    weekly: TableWriter,
    events: TableWriter,
    ledger: TableWriter,
    provinces: ProvinceWeeks,
}

impl RunFiles {
    /// Opens the files under temporary names.
    pub fn create(plan: &Plan, options: &FileOptions) -> Result<Self, OutputError> {
        let table = |name: &str, columns: &[table::Column]| {
            TableWriter::create(options, name, options.format, columns)
        };
        Ok(RunFiles {
            runs: table("runs", &runs::columns())?,
            weekly: table("weekly", &weekly::columns())?,
            events: table("events", &events::columns())?,
            ledger: table("ledger", &ledger::columns())?,
            provinces: ProvinceWeeks::new(plan.policies.len(), plan.weeks(), plan.provinces.len()),
            options: options.clone(),
        })
    }

    /// Writes the rows of one replication (from 0): records and figures of all policies, in order.
    pub fn add(
        &mut self,
        plan: &Plan,
        replication: u32,
        records: &[RunRecord],
        figures: &[Vec<Figure>],
    ) -> Result<(), OutputError> {
        let number = i64::from(replication) + 1;
        let filter =
            events::Selection::new(self.options.events, replication, records.get(plan.baseline));
        for (position, (record, figures)) in records.iter().zip(figures).enumerate() {
            let policy = plan.policies[position].key.as_str();
            runs::write(&mut self.runs, policy, number, figures)?;
            weekly::write(&mut self.weekly, policy, number, &record.weeks)?;
            ledger::write(&mut self.ledger, policy, number, &record.ledger)?;
            self.provinces.add(position, record);
        }
        events::write(&mut self.events, number, plan, records, &filter)
    }

    /// Closes the growing files and writes those made at the end (all but the manifest).
    pub fn finish(
        self,
        plan: &Plan,
        sample: &Sample,
        summary: &Summary,
    ) -> Result<Vec<Written>, OutputError> {
        let options = &self.options;
        let files: Vec<WriteOnce<'_>> = vec![
            Box::new(|| columns::write(options)),
            Box::new(|| summary::write_json(options, summary)),
            Box::new(|| summary::write_csv(options, summary)),
            Box::new(|| indicators::write(options, summary)),
            Box::new(|| self.runs.seal()),
            Box::new(|| self.weekly.seal()),
            Box::new(|| self.provinces.write(options, plan)),
            Box::new(|| self.events.seal()),
            Box::new(|| self.ledger.seal()),
            Box::new(|| exceedance::write(options, plan, sample)),
            Box::new(|| contingent_liability::write(options, plan, &summary.liabilities)),
            Box::new(|| provinces::write(options, plan, sample)),
        ];
        finished(files)
    }
}

/// Writes files, many at once; one thread more waits for the disk meanwhile. Of those that fail the first is told.
fn finished(files: Vec<WriteOnce<'_>>) -> Result<Vec<Written>, OutputError> {
    let (sender, sealed) = mpsc::channel();
    let named = thread::scope(|scope| {
        let naming = scope.spawn(move || {
            let named = |file: Result<Sealed, _>| file.and_then(Sealed::finish);
            let sealed = sealed.into_iter();
            sealed
                .map(|(number, file)| (number, named(file)))
                .collect::<BTreeMap<usize, _>>()
        });
        // One by one: they take unlike long.
        let files = files.into_par_iter().enumerate().with_max_len(1);
        // Who names them ends last.
        files.for_each_with(sender, |sender, (number, write)| {
            drop(sender.send((number, write())));
        });
        naming.join()
    });
    let named = named.unwrap_or_else(|panic| resume_unwind(panic));
    named.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::file::HashedFile;

    fn sealed(folder: &Path, name: &str) -> Result<Sealed, OutputError> {
        HashedFile::create(folder, name)?.seal()
    }

    #[test]
    fn files_are_told_in_their_order_and_of_those_that_fail_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let missing = &path.join("missing");
        let names = |files| -> Vec<String> {
            let written = finished(files).unwrap().into_iter();
            written.map(|written| written.file).collect()
        };
        assert!(names(Vec::new()).is_empty());
        let files: Vec<WriteOnce<'_>> = vec![
            Box::new(|| {
                thread::sleep(std::time::Duration::from_millis(20));
                sealed(path, "a")
            }),
            Box::new(|| sealed(path, "b")),
        ];
        assert_eq!(names(files), ["a", "b"]);
        // One cannot be named, for something stands there; one cannot be written.
        std::fs::create_dir(path.join("taken")).unwrap();
        let files: Vec<WriteOnce<'_>> = vec![
            Box::new(|| sealed(path, "c")),
            Box::new(|| sealed(path, "taken")),
            Box::new(|| sealed(missing, "d")),
        ];
        let told = finished(files).unwrap_err().to_string();
        assert!(told.contains("taken"), "{told}");
        assert!(path.join("c").exists());
    }
}
