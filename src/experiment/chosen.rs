//! Chosen figures of a run: where a replication has many policies, the bulk of each record is dropped at once.

use crate::measures::{Facts, Measure, Subject, figures};
use crate::model::record::{Checks, RunRecord};

/// Chosen figures of a run, and its self-checks.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// One value a measure, in the order asked for; not a number where the run has none.
    pub values: Vec<f64>,
    /// Self-checks.
    pub checks: Checks,
    /// Candidates offered and accepted.
    pub candidates: [u64; 2],
}

impl Chosen {
    /// The measures, each of the whole society.
    pub fn of(record: &RunRecord, facts: &Facts, measures: &[Measure]) -> Self {
        let all = figures(record, facts);
        let figure = |measure: &Measure| {
            let subject = Subject::whole(*measure);
            let found = all.iter().find(|figure| figure.subject == subject);
            found.map_or(f64::NAN, |figure| figure.value)
        };
        Chosen {
            values: measures.iter().map(figure).collect(),
            checks: record.checks.clone(),
            candidates: [record.whole.candidates, record.whole.accepted],
        }
    }
}
