//! `events`: one row an event as a policy met it; the event's identity is the candidate's, so the same
//! event can be joined across policies.
//!
//! Cascades are written whole: an event with all that it set off. Which rows are written does not depend on
//! which policies are compared: a cascade is notable under a policy if it is so under that policy or under
//! the baseline, which always runs. What became of a cascade under one policy stands beside what became of it
//! under the others: there most of it is the same, which keeps the file small.

mod columns;
pub mod read;

use std::iter::Peekable;

use super::OutputError;
use super::table::{Cell, TableWriter};
use crate::experiment::Plan;
use crate::experiment::roots::Roots;
use crate::experiment::story::notable;
use crate::model::record::{Cascade, EventRow, EventTable, RunRecord};
use crate::vocabulary::{Vocabulary, vocabulary};
pub use columns::columns;

vocabulary! {
    /// Which events are written.
    EventFilter {
        Notable = "notable", "连同次生事件死亡3人以上或损失1000万元以上的事件(整条事故链)，以及第1次模拟的全部事件", "events that with what they set off kill 3 or cost 10 million yuan and more, and all of replication 1";
        All = "all", "全部事件", "every event";
        None = "none", "不写事件", "no event";
    }
}

/// Which events of one replication are written.
pub struct Selection {
    filter: EventFilter,
    first: bool,
    baseline: Roots,
}

impl Selection {
    /// From the record of the baseline in the same replication (from 0).
    pub fn new(filter: EventFilter, replication: u32, baseline: Option<&RunRecord>) -> Self {
        let cascades = baseline.into_iter().flat_map(|of| of.events.cascades());
        let notable = cascades.filter(notable);
        Selection {
            filter,
            first: replication == 0,
            baseline: notable.map(|cascade| cascade.root).collect(),
        }
    }

    /// The cascades of a record that are written, in its order.
    fn of<'a>(&self, events: &'a EventTable) -> impl Iterator<Item = Cascade<'a>> {
        let holds = move |cascade: &Cascade| match self.filter {
            EventFilter::None => false,
            EventFilter::All => true,
            EventFilter::Notable => {
                self.first || notable(cascade) || self.baseline.contains(cascade.root)
            }
        };
        events.cascades().filter(holds)
    }
}

/// Writes the events of one replication, which counts from 1, under all policies of the plan: by week and
/// identity of the root, then by policy.
pub fn write(
    table: &mut TableWriter,
    replication: i64,
    plan: &Plan,
    records: &[RunRecord],
    selection: &Selection,
) -> Result<(), OutputError> {
    let cascades = records.iter().map(|record| selection.of(&record.events));
    let mut cascades: Vec<_> = cascades.map(Iterator::peekable).collect();
    let mut met: Vec<(usize, Cascade)> = Vec::new();
    let mut cells = Vec::new();
    while let Some(week) = next_week(&mut cascades) {
        met.clear();
        for (policy, cascades) in cascades.iter_mut().enumerate() {
            while let Some(cascade) = cascades.next_if(|cascade| cascade.week == week) {
                met.push((policy, cascade));
            }
        }
        met.sort_by_key(|(policy, cascade)| (cascade.root, *policy));
        for (policy, cascade) in &met {
            let policy = plan.policies[*policy].key.as_str();
            for event in cascade.rows() {
                row(&mut cells, policy, replication, plan, &event);
                table.row(&cells)?;
            }
        }
    }
    Ok(())
}

/// The earliest week of a cascade that is still to come; each policy's are in order of time.
fn next_week<'a>(cascades: &mut [Peekable<impl Iterator<Item = Cascade<'a>>>]) -> Option<u32> {
    let next = cascades.iter_mut().filter_map(Peekable::peek);
    next.map(|cascade| cascade.week).min()
}

/// The cells of one event, in place of those of the event before.
fn row<'a>(
    cells: &mut Vec<Cell<'a>>,
    policy: &'a str,
    replication: i64,
    plan: &'a Plan,
    event: &EventRow,
) {
    let province = plan.provinces.get(event.province as usize);
    let (region, region_en) =
        province.map_or(("", ""), |name| (name.zh.as_str(), name.en.as_str()));
    let facts = [
        policy.into(),
        replication.into(),
        event.week.into(),
        Cell::Identity(event.event),
        Cell::Identity(event.parent),
        event.generation.into(),
        event.kind.category().key().into(),
        event.kind.key().into(),
        region.into(),
        region_en.into(),
        event.magnitude.into(),
        event.warned_share.into(),
        event.hours_to_reach.into(),
        yes(event.contained),
        event.deaths.into(),
        event.deaths_reported.into(),
        event.injuries.into(),
        event.counties.into(),
        event.loss_fen.into(),
        event.insured_fen().into(),
        event.public_fen().into(),
        event.uncompensated_fen().into(),
        event.failed_owner.map_or("nobody", Vocabulary::key).into(),
        event.failed_phase.map_or("none", Vocabulary::key).into(),
        yes(event.neglected),
        event.children.into(),
        event.lead_hours.into(),
        yes(event.helped),
        yes(event.below_standard),
        event.report.key().into(),
    ];
    cells.clear();
    cells.extend(facts);
    cells.extend(event.borne_fen.map(Cell::from));
}

fn yes(is: bool) -> Cell<'static> {
    Cell::Text(if is { "true" } else { "false" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;

    #[test]
    fn a_cascade_that_is_notable_is_written_whole() {
        let mut record = synthetic::record(1, 0, 1);
        let mut events: Vec<_> = record.events.iter().take(4).collect();
        for (number, event) in events.iter_mut().enumerate() {
            event.event = number as u64 + 1;
            event.generation = (number as u32).saturating_sub(1);
            (event.deaths, event.loss_fen) = (0, 100);
        }
        record.events = events.iter().cloned().collect();
        let written = |baseline: Option<&RunRecord>, record: &RunRecord| -> Vec<u64> {
            let selection = Selection::new(EventFilter::Notable, 1, baseline);
            let cascades: Vec<_> = selection.of(&record.events).collect();
            let rows = cascades.iter().flat_map(Cascade::rows);
            rows.map(|event| event.event).collect()
        };
        assert_eq!(written(None, &record), [0; 0]);
        let mut grave = record.clone();
        (events[1].deaths, events[3].deaths) = (1, 2);
        grave.events = events.into_iter().collect();
        assert_eq!(written(None, &grave), [2, 3, 4]);
        // The same events where they did little harm are written beside a baseline where they did much.
        assert_eq!(written(Some(&grave), &record), [2, 3, 4]);
    }

    #[test]
    fn what_became_of_a_cascade_stands_together_and_in_order_under_each_policy() {
        use crate::output::Format;
        use crate::output::table::tests::{options, read_rows};
        use crate::vocabulary::Language;
        let plan = synthetic::plan(&[0, 1], 1, 1);
        let mut records = [synthetic::record(0, 0, 1), synthetic::record(0, 0, 1)];
        let told = [[9, 0, 4], [3, 1, 4], [5, 0, 4]];
        for (record, count) in records.iter_mut().zip([3, 2]) {
            let rows = record.events.iter().zip(told).take(count);
            let rows = rows.map(|(event, [identity, generation, week])| EventRow {
                event: identity,
                generation: generation as u32,
                week: week as u32,
                ..event
            });
            record.events = rows.collect();
        }
        let folder = tempfile::tempdir().unwrap();
        let options = options(folder.path(), Format::Parquet, Language::English);
        let mut table =
            TableWriter::create(&options, "events", options.format, &columns()).unwrap();
        let all = Selection::new(EventFilter::All, 0, None);
        write(&mut table, 1, &plan, &records, &all).unwrap();
        table.finish().unwrap();
        let rows = read_rows(&folder.path().join("events.parquet"));
        let told = rows.iter().map(|row| {
            let after = |key: &str| row.split_once(key).unwrap().1.split(',').next().unwrap();
            (after("policy: ").to_owned(), after(" event: ").to_owned())
        });
        let [first, second] = ["\"policy-0\"", "\"policy-1\""];
        let expected = [
            (first, "5"),
            (first, "9"),
            (first, "3"),
            (second, "9"),
            (second, "3"),
        ];
        let expected = expected.map(|(policy, event)| (policy.to_owned(), event.to_owned()));
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }
}
