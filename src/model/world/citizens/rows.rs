//! The columns of citizens, cut into the rows of each county.

use crate::model::world::{CitizenFacts, Counties};

impl CitizenFacts {
    /// Columns of `n` citizens that are still to be filled.
    pub(super) fn empty(n: usize) -> Self {
        CitizenFacts {
            person: vec![0; n],
            vulnerability: vec![0; n],
            income: vec![0; n],
            wealth: vec![0; n],
            threat: vec![0; n],
            coping: vec![0; n],
            measures: vec![0; n],
            grievance: vec![0; n],
        }
    }
}

/// The rows of one county, by column.
pub(super) struct Rows<'a> {
    pub(super) person: &'a mut [u8],
    pub(super) vulnerability: &'a mut [u8],
    pub(super) income: &'a mut [u8],
    pub(super) wealth: &'a mut [u8],
    pub(super) threat: &'a mut [i8],
    pub(super) coping: &'a mut [i8],
    pub(super) measures: &'a mut [u8],
    pub(super) grievance: &'a mut [u8],
}

impl<'a> Rows<'a> {
    /// The rows of every county, in order.
    pub(super) fn of_counties(facts: &'a mut CitizenFacts, counties: &Counties) -> Vec<Rows<'a>> {
        let mut left = Rows {
            person: &mut facts.person,
            vulnerability: &mut facts.vulnerability,
            income: &mut facts.income,
            wealth: &mut facts.wealth,
            threat: &mut facts.threat,
            coping: &mut facts.coping,
            measures: &mut facts.measures,
            grievance: &mut facts.grievance,
        };
        let spans = counties.citizens.iter().map(|span| span.len());
        spans
            .map(|rows| Rows {
                person: left.person.split_off_mut(..rows).unwrap_or_default(),
                vulnerability: left.vulnerability.split_off_mut(..rows).unwrap_or_default(),
                income: left.income.split_off_mut(..rows).unwrap_or_default(),
                wealth: left.wealth.split_off_mut(..rows).unwrap_or_default(),
                threat: left.threat.split_off_mut(..rows).unwrap_or_default(),
                coping: left.coping.split_off_mut(..rows).unwrap_or_default(),
                measures: left.measures.split_off_mut(..rows).unwrap_or_default(),
                grievance: left.grievance.split_off_mut(..rows).unwrap_or_default(),
            })
            .collect()
    }
}
