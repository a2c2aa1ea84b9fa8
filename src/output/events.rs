//! `events`: one row an event as a policy met it; the event's identity is the candidate's, so the same
//! event can be joined across policies.
//!
//! Which rows are written does not depend on which policies are compared: an event is notable under a
//! policy if it is so under that policy or under the baseline, which always runs.

use super::OutputError;
use super::table::{Cell, Column, TableWriter, Type, measured, plain, policy, replication, week};
use crate::experiment::Plan;
use crate::model::record::{EventRow, Fen, RunRecord};
use crate::vocabulary::{Vocabulary, vocabulary};

/// Deaths from which an event is notable.
const NOTABLE_DEATHS: u64 = 3;
/// Loss from which an event is notable: 10 million yuan.
const NOTABLE_LOSS_FEN: Fen = 1_000_000_000;

vocabulary! {
    /// Which events are written.
    EventFilter {
        Notable = "notable", "3人以上或1000万元以上的事件，以及第1次模拟的全部事件", "events of 3 dead or 10 million yuan and more, and all of replication 1";
        All = "all", "全部事件", "every event";
        None = "none", "不写事件", "no event";
    }
}

/// Columns of the table.
#[expect(clippy::too_many_lines, reason = "a flat table, one entry a column")]
pub fn columns() -> Vec<Column> {
    const PEOPLE: [&str; 2] = ["人", "people"];
    const FEN: [&str; 2] = ["分", "fen"];
    vec![
        policy(),
        replication(),
        week(),
        plain(
            "event",
            Type::Identity,
            "事件编号",
            "identity of the event, the same under every policy",
        ),
        plain(
            "parent",
            Type::Identity,
            "上级事件编号",
            "identity of the event that set it off; 0 = none",
        ),
        plain(
            "generation",
            Type::Integer,
            "代数",
            "generation in the cascade; 0 = root",
        ),
        plain("category", Type::Text, "类别", "category"),
        plain("kind", Type::Text, "灾种", "kind"),
        plain(
            "region",
            Type::Text,
            "地区",
            "province in which it began (Chinese name)",
        ),
        plain(
            "region_en",
            Type::Text,
            "地区(英文)",
            "province in which it began (English name)",
        ),
        plain(
            "magnitude",
            Type::Real,
            "强度",
            "magnitude: M of earthquakes, severity of other hazards, potential dead of accidents, cases or people of the rest",
        ),
        measured(
            "warned",
            Type::Real,
            [
                "预警覆盖比例",
                "share of the people struck who were warned in time",
            ],
            ["0–1", "0–1"],
        ),
        measured(
            "hours_to_reach",
            Type::Real,
            [
                "救援到达时间",
                "hours to the arrival of professional rescue",
            ],
            ["小时", "hours"],
        ),
        plain(
            "contained",
            Type::Text,
            "是否未引发次生事件",
            "whether it set off no other event",
        ),
        measured("deaths", Type::Integer, ["死亡", "deaths"], PEOPLE),
        measured(
            "deaths_reported",
            Type::Integer,
            ["上报死亡", "deaths as reported"],
            PEOPLE,
        ),
        measured("injuries", Type::Integer, ["受伤", "injured"], PEOPLE),
        measured(
            "counties",
            Type::Integer,
            ["受灾县数", "counties struck"],
            ["个", "counties"],
        ),
        measured(
            "loss",
            Type::Integer,
            ["损失(资产与人身)", "loss, assets and bodily"],
            FEN,
        ),
        measured(
            "insured",
            Type::Integer,
            ["保险赔付", "paid by insurance of every kind"],
            FEN,
        ),
        measured(
            "public",
            Type::Integer,
            ["财政承担", "borne by governments"],
            FEN,
        ),
        measured(
            "uncompensated",
            Type::Integer,
            ["居民自担", "left with residents"],
            FEN,
        ),
        plain(
            "failed_owner",
            Type::Text,
            "失守阶段的责任主体",
            "owner of the phase that failed; nobody = none",
        ),
    ]
}

/// Which events of one replication are written.
pub struct Selection {
    filter: EventFilter,
    first: bool,
    baseline: Vec<u64>,
}

impl Selection {
    /// From the record of the baseline in the same replication (from 0).
    pub fn new(filter: EventFilter, replication: u32, baseline: Option<&RunRecord>) -> Self {
        let events = baseline.map_or(&[][..], |record| &record.events);
        let mut notable_ids: Vec<u64> = events
            .iter()
            .filter(|event| notable(event))
            .map(|event| event.event)
            .collect();
        notable_ids.sort_unstable();
        Selection {
            filter,
            first: replication == 0,
            baseline: notable_ids,
        }
    }

    fn holds(&self, event: &EventRow) -> bool {
        match self.filter {
            EventFilter::All => true,
            EventFilter::None => false,
            EventFilter::Notable => {
                self.first || notable(event) || self.baseline.binary_search(&event.event).is_ok()
            }
        }
    }
}

fn notable(event: &EventRow) -> bool {
    event.deaths >= NOTABLE_DEATHS || event.loss_fen >= NOTABLE_LOSS_FEN
}

/// Writes the events of one run; `replication` counts from 1.
pub fn write(
    table: &mut TableWriter,
    policy: &str,
    replication: i64,
    plan: &Plan,
    record: &RunRecord,
    selection: &Selection,
) -> Result<(), OutputError> {
    let chosen = record.events.iter().filter(|event| selection.holds(event));
    chosen.into_iter().try_for_each(|event| {
        let province = plan.provinces.get(event.province as usize);
        let (region, region_en) =
            province.map_or(("", ""), |name| (name.zh.as_str(), name.en.as_str()));
        table.row(&[
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
            (if event.contained { "true" } else { "false" }).into(),
            event.deaths.into(),
            event.deaths_reported.into(),
            event.injuries.into(),
            event.counties.into(),
            event.loss_fen.into(),
            event.insured_fen.into(),
            event.public_fen.into(),
            event.uncompensated_fen.into(),
            event.failed_owner.map_or("nobody", Vocabulary::key).into(),
        ])
    })
}
