//! What grows while replications are handed on: the growing files, the sample, the stories.

use super::job::{Finished, Job};
use super::keeping::Store;
use crate::cli::progress::Progress;
use crate::experiment::Plan;
use crate::experiment::precision::Precision;
use crate::experiment::run::{Engine, Failure};
use crate::experiment::sample::Sample;
use crate::experiment::story::Telling;
use crate::experiment::summary::Summary;
use crate::model::record::RunRecord;
use crate::output::{OutputError, RunFiles, workbook};

struct Growing<'a> {
    plan: &'a Plan,
    files: RunFiles,
    sample: Sample,
    telling: Telling,
}

impl<'a> Growing<'a> {
    fn new(plan: &'a Plan, job: &Job) -> Result<Self, OutputError> {
        Ok(Growing {
            plan,
            files: RunFiles::create(plan, &job.files)?,
            sample: Sample::new(plan),
            telling: Telling::default(),
        })
    }

    fn add(&mut self, replication: u32, records: &[RunRecord]) -> Result<(), OutputError> {
        let figures = self.sample.add(replication, records);
        self.telling.add(replication, records);
        self.files.add(self.plan, replication, records, &figures)
    }

    /// The files that are made at the end, with what was run.
    fn finish(
        self,
        job: &Job,
        replications: u32,
        (precision, failures): (Option<Precision>, Vec<Failure>),
    ) -> Result<Finished, OutputError> {
        let plan = self.plan.clone().of_replications(replications);
        let mut summary = Summary::of(&plan, &self.sample, &failures);
        summary
            .warnings
            .extend(precision.iter().flat_map(Precision::warnings));
        let mut written = self.files.finish(&plan, &self.sample, &summary)?;
        if job.workbook {
            written.push(workbook::write(&job.files)?);
        }
        Ok(Finished {
            plan,
            precision,
            sample: self.sample,
            summary,
            failures,
            written,
            telling: self.telling,
        })
    }
}

/// Hands on replications until there are as many as the plan says, or the differences are known as precisely as is
/// asked; writes all files but those of charts and report, and the manifest.
pub(super) fn run_and_write<E: Engine<Record = RunRecord>>(
    plan: &Plan,
    engine: &E,
    job: &Job,
    store: &mut Store<'_>,
) -> Result<Finished, OutputError> {
    let mut growing = Growing::new(plan, job)?;
    let looks = match &job.until {
        Some(until) => until.looks.clone(),
        None => vec![plan.replications],
    };
    let mut precision = job.until.as_ref().map(|until| Precision {
        goals: until.goals.clone(),
        looks: Vec::new(),
    });
    let progress = Progress::new(0, job.quiet, job.files.language);
    let (mut failures, mut done) = (Vec::new(), 0);
    for look in looks {
        progress.go_on(u64::from(look) * plan.policies.len() as u64);
        let wanted: Vec<u32> = (done..look).collect();
        store.want(look);
        let broken = store.hand_on(engine, &wanted, &progress, |replication, records| {
            growing.add(replication, records)
        });
        failures.extend(broken?);
        done = look;
        if let Some(precision) = &mut precision {
            precision.look(plan, &growing.sample, done);
            if precision.reached() {
                break;
            }
        }
    }
    progress.finish();
    growing.finish(job, done, (precision, failures))
}
