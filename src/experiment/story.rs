//! One danger followed through every policy: what became of it under each, and which dangers tell most.
//!
//! A case is a root event with all that it set off. Its difference between policies is the greatest less
//! the least number of dead among the policies under which it happened, then the same of the loss. The
//! most telling case of each category of emergencies comes first, the greatest of them in front; where
//! fewer categories than wanted have one, the next greatest of any category follow. Of equals the earlier
//! replication and the smaller identity is taken.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::experiment::roots::Roots;
use crate::model::record::{Cascade, EventRow, Fen, RunRecord};
use crate::model::settlement::ledger::BEARERS;
use crate::vocabulary::{Category, Table};

/// How many cases a comparison tells.
pub const STORIES: usize = 3;
/// Deaths from which a case is worth telling.
const NOTABLE_DEATHS: u64 = 3;
/// Loss from which it is: 10 million yuan.
const NOTABLE_LOSS_FEN: Fen = 1_000_000_000;

/// One danger under every policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Replication, from 1.
    pub replication: u32,
    /// Identity of the event that is followed.
    pub event: u64,
    /// What became of it, in the order of the policies.
    pub fates: Vec<Fate>,
}

/// What became of a danger under one policy.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It happened: the event, then all that it set off.
    Happened(Vec<EventRow>),
    /// It did not happen.
    Prevented,
    /// It did not happen, or did too little harm to be written down.
    Unrecorded,
}

/// What a case cost under a policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Toll {
    /// Deaths.
    pub deaths: u64,
    /// Injured.
    pub injuries: u64,
    /// Loss (fen).
    pub loss_fen: Fen,
    /// The loss by who finally bears it (fen).
    pub borne_fen: [Fen; BEARERS],
}

impl Toll {
    /// Of an event and what it set off.
    pub fn of(rows: &[EventRow]) -> Self {
        let mut toll = Toll::default();
        for row in rows {
            toll.deaths += row.deaths;
            toll.injuries += row.injuries;
            toll.loss_fen += row.loss_fen;
            for (sum, fen) in toll.borne_fen.iter_mut().zip(row.borne_fen) {
                *sum += fen;
            }
        }
        toll
    }
}

/// Whether an event with what it set off is worth telling: 3 dead or 10 million yuan.
pub fn notable(cascade: &Cascade) -> bool {
    cascade.deaths >= NOTABLE_DEATHS || cascade.loss_fen >= NOTABLE_LOSS_FEN
}

/// How far the policies lie apart in a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spread {
    /// Deaths.
    pub deaths: u64,
    /// Loss (fen).
    pub loss_fen: Fen,
}

impl Case {
    /// The rows of each policy under which it happened.
    pub fn happened(&self) -> impl Iterator<Item = &[EventRow]> {
        self.fates.iter().filter_map(|fate| match fate {
            Fate::Happened(rows) => Some(&rows[..]),
            _ => None,
        })
    }

    /// How far the policies lie apart under which it happened; `None` if they are fewer than two.
    pub fn spread(&self) -> Option<Spread> {
        let tolls = self.happened().map(Toll::of);
        spread(tolls.map(|toll| (toll.deaths, toll.loss_fen)))
    }
}

/// How far tolls (deaths, loss in fen) lie apart.
fn spread(tolls: impl Iterator<Item = (u64, Fen)>) -> Option<Spread> {
    let (deaths, losses): (Vec<u64>, Vec<Fen>) = tolls.unzip();
    if deaths.len() < 2 {
        return None;
    }
    Some(Spread {
        deaths: deaths.iter().max()? - deaths.iter().min()?,
        loss_fen: losses.iter().max()? - losses.iter().min()?,
    })
}

/// The most telling cases so far, of each category.
#[derive(Clone, Debug, Default)]
pub struct Telling {
    best: Table<Category, Vec<(Spread, Case)>>,
}

impl Telling {
    /// Takes in one replication (from 0): the records of all policies, in the plan's order.
    pub fn add(&mut self, replication: u32, records: &[RunRecord]) {
        let roots = notable_roots(records);
        let among: Roots = roots.keys().copied().collect();
        let cascades: Vec<_> = records.iter().map(|of| by_root(of, &among)).collect();
        for (event, category) in roots {
            let met = || cascades.iter().map(|of| of.get(&event));
            let apart = spread(met().flatten().map(|met| (met.deaths, met.loss_fen)));
            let best = &mut self.best[category];
            let beaten = |spread: Spread| {
                best.get(STORIES - 1)
                    .is_some_and(|(last, _)| *last >= spread)
            };
            let Some(apart) = apart.filter(|s| *s > Spread::default() && !beaten(*s)) else {
                continue;
            };
            let fate = |met: Option<&Cascade>| {
                met.map_or(Fate::Prevented, |met| Fate::Happened(met.rows().collect()))
            };
            let case = Case {
                replication: replication + 1,
                event,
                fates: met().map(fate).collect(),
            };
            let place = best.partition_point(|(other, _)| *other >= apart);
            best.insert(place, (apart, case));
            best.truncate(STORIES);
        }
    }

    /// The cases to tell, at most [`STORIES`], the most telling first.
    pub fn cases(&self) -> Vec<&Case> {
        let mut all: Vec<(usize, &Spread, &Case)> = Vec::new();
        for best in self.best.values() {
            let ranked = best.iter().enumerate();
            all.extend(ranked.map(|(rank, (spread, case))| (rank.min(1), spread, case)));
        }
        let earlier = |one: &Case, other: &Case| -> Ordering {
            (one.replication, one.event).cmp(&(other.replication, other.event))
        };
        all.sort_by(|(rank, spread, case), (other_rank, other_spread, other)| {
            rank.cmp(other_rank)
                .then(other_spread.cmp(spread))
                .then_with(|| earlier(case, other))
        });
        all.into_iter()
            .map(|(_, _, case)| case)
            .take(STORIES)
            .collect()
    }
}

/// The roots whose cascade is worth telling under any policy, in order of their identities.
fn notable_roots(records: &[RunRecord]) -> BTreeMap<u64, Category> {
    let all = records.iter().flat_map(|record| record.events.cascades());
    all.filter(notable)
        .map(|cascade| (cascade.root, cascade.kind.category()))
        .collect()
}

/// The cascades of these roots, by the identity of the root.
fn by_root<'a>(record: &'a RunRecord, roots: &Roots) -> BTreeMap<u64, Cascade<'a>> {
    let own = record.events.cascades_of(|root| roots.contains(root));
    own.map(|cascade| (cascade.root, cascade)).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::model::record::Report;
    use crate::vocabulary::{Bearer, Kind, Owner, Phase, Vocabulary};

    /// An event of a kind that killed so many and cost so many fen, half of them residents'.
    pub(crate) fn event(event: u64, kind: Kind, deaths: u64, loss_fen: Fen) -> EventRow {
        let mut borne_fen = [0; BEARERS];
        borne_fen[Bearer::Residents.number()] = loss_fen - loss_fen / 2;
        borne_fen[Bearer::Insurers.number()] = loss_fen / 2;
        EventRow {
            week: 7,
            event,
            parent: 0,
            generation: 0,
            kind,
            province: 0,
            magnitude: 8.0,
            warned_share: 0.0,
            hours_to_reach: 2.5,
            contained: true,
            children: 0,
            deaths,
            deaths_reported: deaths,
            injuries: 2 * deaths,
            counties: 1,
            loss_fen,
            borne_fen,
            failed_phase: Some(Phase::Prevent),
            failed_owner: Some(Owner::CountySector),
            neglected: false,
            lead_hours: 0.0,
            helped: false,
            below_standard: true,
            report: Report::InFull,
        }
    }

    pub(crate) fn child(own: u64, of: &EventRow, kind: Kind, deaths: u64) -> EventRow {
        EventRow {
            parent: of.event,
            generation: of.generation + 1,
            ..event(own, kind, deaths, 40)
        }
    }

    fn record(events: Vec<EventRow>) -> RunRecord {
        RunRecord {
            events: events.into_iter().collect(),
            ..RunRecord::default()
        }
    }

    #[test]
    fn a_toll_counts_what_was_set_off() {
        let root = event(1, Kind::Chemicals, 4, 1000);
        let fire = child(2, &root, Kind::Fire, 3);
        let toll = Toll::of(&[root, fire]);
        assert_eq!((toll.deaths, toll.injuries, toll.loss_fen), (7, 14, 1040));
        assert_eq!(toll.borne_fen[Bearer::Residents.number()], 520);
    }

    #[test]
    fn deaths_decide_before_money_and_each_category_comes_once_before_any_comes_twice() {
        let rich = 9_000_000_000;
        let before = record(vec![
            event(1, Kind::Fire, 10, 100),
            event(2, Kind::Chemicals, 6, 100),
            event(3, Kind::Flood, 3, rich),
            event(4, Kind::CrowdCrush, 5, 100),
            event(5, Kind::Typhoon, 3, 100),
            event(6, Kind::TownGas, 40, 100),
        ]);
        let after = record(vec![
            event(1, Kind::Fire, 2, 100),
            event(2, Kind::Chemicals, 1, 100),
            event(3, Kind::Flood, 3, 100),
            event(4, Kind::CrowdCrush, 4, 100),
            event(5, Kind::Typhoon, 3, 100),
        ]);
        let mut telling = Telling::default();
        telling.add(4, &[before, after]);
        let told: Vec<u64> = telling.cases().iter().map(|case| case.event).collect();
        // The gas accident happened under one policy only, the typhoon did the same under both.
        assert_eq!(told, [1, 4, 3]);
        let fire = telling.cases()[0];
        assert_eq!(fire.replication, 5);
        assert_eq!(
            fire.spread(),
            Some(Spread {
                deaths: 8,
                loss_fen: 0
            })
        );
    }

    #[test]
    fn one_category_fills_the_rest_and_what_did_not_happen_is_prevented() {
        let mut telling = Telling::default();
        for replication in 0..3_u64 {
            let deaths = 5 + replication;
            let with = |kind| record(vec![event(1, kind, deaths, 10), event(2, kind, 9, 10)]);
            let without = record(vec![event(1, Kind::Fire, 1, 10)]);
            let mild = record(vec![
                event(1, Kind::Fire, 1, 10),
                event(2, Kind::Fire, 8, 10),
            ]);
            telling.add(replication as u32, &[with(Kind::Fire), without, mild]);
        }
        let told: Vec<(u32, u64)> = telling
            .cases()
            .iter()
            .map(|case| (case.replication, case.event))
            .collect();
        assert_eq!(told, [(3, 1), (2, 1), (1, 1)]);
        telling = Telling::default();
        let events = |deaths| record(vec![event(2, Kind::Fire, deaths, 10)]);
        telling.add(0, &[events(9), record(Vec::new()), events(8)]);
        assert_eq!(telling.cases()[0].fates[1], Fate::Prevented);
    }

    #[test]
    fn what_an_event_set_off_is_followed_with_it() {
        let root = event(1, Kind::Earthquake, 0, 10);
        let plant = child(2, &root, Kind::Chemicals, 6);
        let fire = EventRow {
            parent: 2,
            generation: 2,
            ..child(3, &root, Kind::Fire, 2)
        };
        let after = event(9, Kind::Flood, 0, 10);
        let whole = record(vec![root.clone(), plant, fire, after.clone()]);
        let contained = record(vec![root, after]);
        let mut telling = Telling::default();
        telling.add(0, &[whole, contained]);
        let case = telling.cases()[0];
        assert_eq!(case.event, 1);
        let rows: Vec<usize> = case.happened().map(<[EventRow]>::len).collect();
        assert_eq!(rows, [3, 1]);
        assert_eq!(case.spread().map(|s| s.deaths), Some(8));
    }

    #[test]
    fn alone_a_policy_tells_nothing() {
        let mut telling = Telling::default();
        telling.add(0, &[record(vec![event(1, Kind::Fire, 30, 10)])]);
        assert!(telling.cases().is_empty());
    }
}
