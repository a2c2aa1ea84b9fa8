//! Common dangers: every policy meets the same ones, a safer policy only removes some, and so paired
//! runs tell policies apart far better than independent ones.

use std::collections::BTreeSet;

use crate::common::{CITY, COUNTRY, Laboratory, Size, paired, sum};
use riskweave::model::hazards::candidates::{Candidate, Class};
use riskweave::model::record::{RunRecord, YearRecord};
use riskweave::vocabulary::{Category, Kind};

/// Identities of the root events of the first week that an accident or the county started.
fn first_week(record: &RunRecord, kind: impl Fn(Kind) -> bool) -> BTreeSet<u64> {
    let rows = record.events.iter();
    let chosen = rows.filter(|row| row.week == 0 && row.generation == 0 && kind(row.kind));
    chosen.map(|row| row.event).collect()
}

fn accident(kind: Kind) -> bool {
    kind.category() == Category::Accident
}

#[test]
fn every_event_is_a_candidate_of_the_common_history() {
    let laboratory = Laboratory::new(Size {
        people_per_agent: 1000,
        replications: 3,
        ..CITY
    });
    let burn_in = laboratory.burn_in_weeks();
    for name in ["current-2020", "network", "loss-lies-where-it-falls"] {
        let records = laboratory.run(&laboratory.shipped(name));
        for ((history, _), record) in laboratory.starts.iter().zip(&records) {
            let mut seen = BTreeSet::new();
            let mut natural = BTreeSet::new();
            for row in record.events.iter() {
                assert!(
                    seen.insert(row.event),
                    "{name}: {} happened twice",
                    row.event
                );
                if row.generation > 0 {
                    assert!(
                        seen.contains(&row.parent),
                        "{name}: a child before its parent"
                    );
                    continue;
                }
                let week = history.week(burn_in + row.week);
                assert!(
                    week.iter()
                        .any(|candidate| candidate.identity() == row.event),
                    "{name}: {row:?} was not offered in its week"
                );
                if row.kind.category() == Category::Natural {
                    natural.insert(row.event);
                }
            }
            let offered = (burn_in..burn_in + 104).flat_map(|week| history.week(week));
            let offered = offered.filter(|candidate| candidate.class == Class::Natural);
            assert!(
                offered.map(Candidate::identity).eq(natural),
                "{name}: natural dangers must all happen, in order"
            );
        }
    }
}

#[test]
fn a_lower_rate_only_removes_events() {
    let laboratory = Laboratory::new(Size {
        years: 1,
        ..COUNTRY
    });
    let usual = laboratory.run(&laboratory.checked.baseline);
    // Monitoring acts on rates at once, through the reviews of the first week.
    let monitored = laboratory.with(|policy| policy.budget.plan_yuan_per_head.monitor_warn = 100.0);
    let crowds = laboratory.with(|policy| policy.avoidance.crowd_limit = 1.0);
    let food = laboratory.with(|policy| policy.avoidance.food_supervision = 1.0);
    let mut removed = 0;
    for (safer, kind) in [
        (&monitored, accident as fn(Kind) -> bool),
        (&crowds, |kind| kind == Kind::CrowdCrush),
        (&food, |kind| kind == Kind::FoodborneOutbreak),
    ] {
        for (safer, usual) in safer.iter().zip(&usual) {
            let (fewer, all) = (first_week(safer, kind), first_week(usual, kind));
            assert!(fewer.is_subset(&all), "a safer policy added an event");
            let others = |record| first_week(record, |other| !kind(other));
            assert_eq!(others(safer), others(usual), "it changed other events");
            removed += all.len() - fewer.len();
        }
    }
    assert!(removed > 0, "no policy removed anything");
}

#[test]
fn pairing_gains_precision() {
    let laboratory = Laboratory::new(Size {
        replications: 6,
        years: 1,
        ..COUNTRY
    });
    let current = laboratory.run(&laboratory.checked.baseline);
    let network = laboratory.run(&laboratory.shipped("network"));
    let deaths = |year: &YearRecord| year.deaths.values().iter().sum::<u64>() as f64;
    let loss = |year: &YearRecord| {
        let borne = year.borne_fen.values();
        borne.iter().sum::<i64>() as f64
    };
    let difference = paired(&current, &network, sum(deaths));
    assert!(difference.high < 0.0, "network saves lives: {difference:?}");
    assert!(difference.variance_ratio > 3.0, "deaths: {difference:?}");
    let difference = paired(&current, &network, sum(loss));
    assert!(difference.correlation > 0.99, "loss: {difference:?}");
    assert!(difference.variance_ratio > 20.0, "loss: {difference:?}");
}
