//! Figures of a run that claims are about.

use crate::common::claims::Figure;
use crate::common::{mean, years};
use riskweave::model::record::{Resource, RunRecord, Series, YearRecord};
use riskweave::vocabulary::{Bearer, BudgetFunction, Category, Kind, Layer, Trade, Vocabulary};

/// People killed in events of some kinds.
pub(crate) fn dead(record: &RunRecord, among: impl Fn(Kind) -> bool) -> f64 {
    years(record, |year| {
        let kinds = year.deaths.iter().filter(|(kind, _)| among(*kind));
        kinds.map(|(_, dead)| *dead as f64).sum()
    })
}

/// Fen finally borne by some.
pub(crate) fn borne(record: &RunRecord, by: &[Bearer]) -> f64 {
    years(record, |year| {
        by.iter().map(|bearer| year.borne_fen[*bearer] as f64).sum()
    })
}

pub(crate) fn events(record: &RunRecord, kind: Kind) -> f64 {
    years(record, |year| year.events[kind] as f64)
}

pub(crate) fn resource(record: &RunRecord, resource: Resource) -> f64 {
    years(record, |year| year.resource_yuan[resource])
}

/// Trades whose third parties live nearby.
pub(crate) const NEAR_HOMES: [Trade; 3] = [Trade::Chemicals, Trade::Fire, Trade::TownGas];

pub(crate) fn paid(record: &RunRecord, layer: Layer) -> f64 {
    years(record, |year| year.paid_fen[layer] as f64)
}

/// In logarithms: a lever changes them by a share, and years differ greatly.
pub(crate) const NATURAL_DEATHS: Figure = ("log of natural deaths", |record| {
    libm::log(dead(record, |kind| kind.category() == Category::Natural))
});
pub(crate) const ACCIDENT_DEATHS: Figure = ("accident deaths", |record| {
    dead(record, |kind| kind.category() == Category::Accident)
});
pub(crate) const NEAR_HOMES_DEATHS: Figure = ("deaths in chemicals, fire and gas", |record| {
    dead(record, |kind| {
        NEAR_HOMES.iter().any(|trade| kind == Kind::from(*trade))
    })
});
pub(crate) const NEIGHBOUR_DEATHS: Figure =
    ("third-party deaths in chemicals, fire and gas", |record| {
        let workers = |year: &YearRecord| {
            NEAR_HOMES
                .iter()
                .map(|trade| year.worker_deaths[*trade])
                .sum::<u64>() as f64
        };
        NEAR_HOMES_DEATHS.1(record) - years(record, workers)
    });
pub(crate) const WORKER_DEATHS: Figure = ("deaths of workers", |record| {
    years(record, |year| {
        year.worker_deaths.values().iter().sum::<u64>() as f64
    })
});
/// Accidents of which every one is followed: more than ten dead.
pub(crate) const LARGE_ACCIDENTS_DEATHS: Figure = ("deaths beyond ten in an accident", |record| {
    let accidents = record.events.iter();
    accidents
        .filter(|row| row.kind.category() == Category::Accident)
        .map(|row| row.deaths.saturating_sub(10) as f64)
        .sum()
});
pub(crate) const ACCIDENTS: Figure = ("accidents", |record| {
    Trade::ALL
        .iter()
        .map(|trade| events(record, Kind::from(*trade)))
        .sum()
});
pub(crate) const ACCIDENTS_OUTSIDE_ROAD: Figure = ("accidents outside road", |record| {
    ACCIDENTS.1(record) - events(record, Kind::RoadTransport)
});
pub(crate) const HIDDEN_DEATHS: Figure = ("hidden deaths", |record| {
    let all =
        |table: &riskweave::vocabulary::Table<Kind, u64>| table.values().iter().sum::<u64>() as f64;
    years(record, |year| {
        all(&year.deaths) - all(&year.deaths_reported)
    })
});
pub(crate) const CONCEALED: Figure = ("concealed accidents", |record| {
    years(record, |year| year.accidents_concealed_outside_road as f64)
});
pub(crate) const CRUSHES: Figure = ("crowd crushes", |record| events(record, Kind::CrowdCrush));
pub(crate) const DISPUTES: Figure = ("disputes", |record| events(record, Kind::EscalatedDispute));
pub(crate) const POISONINGS: Figure = ("poisonings", |record| {
    events(record, Kind::FoodborneOutbreak)
});
pub(crate) const CHILDREN: Figure = ("children of cascades", |record| {
    years(record, |year| year.cascade_children as f64)
});
pub(crate) const SAVED_AT_SCENE: Figure = ("saved by first responders", |record| {
    years(record, |year| year.saved_by_first_responders as f64)
});
pub(crate) const HURT_IN_RESCUE: Figure = ("responders hurt", |record| {
    years(record, |year| year.responders_hurt as f64)
});
pub(crate) const FALSE_ALARMS_AT_WORK: Figure = ("false alarms at work", |record| {
    years(record, |year| year.work_false_alarms as f64)
});
pub(crate) const LOST_OUTPUT: Figure = ("lost output", |record| {
    resource(record, Resource::LostOutput)
});
pub(crate) const SAVED_BY_TEAMS: Figure = ("saved by professionals", |record| {
    years(record, |year| year.saved_by_professionals as f64)
});
pub(crate) const HOURS: Figure = ("hours to reach", |record| {
    let count = years(record, |year| year.hours_to_reach_count as f64);
    years(record, |year| year.hours_to_reach_sum) / count
});
pub(crate) const WARNED_STRIKES: Figure = ("strikes warned", |record| {
    years(record, |year| year.strikes_warned as f64)
});
pub(crate) const WARNED_SHARE: Figure = ("warned share of those struck", |record| {
    let natural = || {
        record
            .events
            .iter()
            .filter(|row| row.kind.category() == Category::Natural)
    };
    natural().map(|row| row.warned_share).sum::<f64>() / natural().count() as f64
});
pub(crate) const FALSE_ALARMS: Figure = ("false alarms", |record| {
    years(record, |year| year.false_alarms as f64)
});
pub(crate) const VISITS: Figure = ("visits", |record| years(record, |year| year.visits));
pub(crate) const FOUND: Figure = ("hazards found", |record| {
    years(record, |year| year.hazards_found)
});
pub(crate) const REFUSALS: Figure = ("refusals", |record| years(record, |year| year.refusals));
pub(crate) const FALSE_REFUSALS: Figure = ("false refusals", |record| {
    years(record, |year| year.false_refusals)
});
pub(crate) const NO_OWNER: Figure = ("events without owner", |record| {
    years(record, |year| year.events_without_owner as f64)
});
pub(crate) const NATURAL_LOSS: Figure = ("loss of natural disasters", |record| {
    years(record, |year| {
        year.damage_fen[Category::Natural]
            .values()
            .iter()
            .sum::<i64>() as f64
    })
});
pub(crate) const RESIDENTS_SHARE: Figure = ("residents' share", |record| {
    borne(record, &[Bearer::Residents]) / borne(record, Bearer::ALL)
});
pub(crate) const GOVERNMENTS: Figure = ("borne by governments", |record| {
    borne(
        record,
        &[
            Bearer::Centre,
            Bearer::Province,
            Bearer::City,
            Bearer::County,
        ],
    )
});
pub(crate) const ENTERPRISES: Figure = ("borne by enterprises", |record| {
    borne(record, &[Bearer::Enterprises])
});
pub(crate) const RELIEF_MONEY: Figure = ("public money for relief", |record| {
    years(record, |year| year.spent_fen[BudgetFunction::Relief] as f64)
});
pub(crate) const LOST_FUNCTION: Figure = ("lost function", |record| {
    years(record, |year| year.lost_function_person_years)
});
pub(crate) const CARE_YUAN: Figure = ("cost of care", |record| resource(record, Resource::Care));
pub(crate) const RETIREMENT_YUAN: Figure = ("cost of retirement", |record| {
    resource(record, Resource::Retirement)
});
pub(crate) const SUSPENSION_YUAN: Figure = ("cost of suspension", |record| {
    resource(record, Resource::Suspension)
});
pub(crate) const INSPECTION_MONEY: Figure = ("inspection money", |record| {
    years(record, |year| {
        year.spent_fen[BudgetFunction::Inspect] as f64
    })
});
pub(crate) const WORKS_MONEY: Figure = ("money for works", |record| {
    years(record, |year| year.spent_fen[BudgetFunction::Works] as f64)
});
pub(crate) const BACKLOG: Figure = ("backlog", |record| mean(record, Series::Backlog));
pub(crate) const CARE: Figure = ("care", |record| mean(record, Series::Care));
pub(crate) const PREPAREDNESS: Figure =
    ("preparedness", |record| mean(record, Series::Preparedness));
pub(crate) const TAKE_UP: Figure = ("take-up", |record| mean(record, Series::TakeUp));
pub(crate) const WORKS: Figure = ("stock of works", |record| mean(record, Series::Works));
pub(crate) const LATE: Figure = ("late reports", |record| {
    years(record, |year| year.accidents_late as f64)
});
pub(crate) const MISSED: Figure = ("missed accidents", |record| {
    years(record, |year| year.accidents_missed as f64)
});
pub(crate) const NATURAL_HOURS: Figure = ("hours of teams in natural disasters", |record| {
    let natural = || {
        record
            .events
            .iter()
            .filter(|row| row.kind.category() == Category::Natural)
    };
    natural().map(|row| row.hours_to_reach).sum::<f64>() / natural().count() as f64
});
pub(crate) const NEGLECTED: Figure = ("events of neglected duty", |record| {
    years(record, |year| year.events_neglected as f64)
});
pub(crate) const REPORTED_HAZARDS: Figure = ("hazards removed by reports", |record| {
    years(record, |year| year.hazards_reported)
});
pub(crate) const GRIEVANCE: Figure = ("grievance", |record| mean(record, Series::Grievance));
pub(crate) const REINSURERS: Figure = ("borne by reinsurers", |record| {
    borne(record, &[Bearer::Reinsurers])
});
pub(crate) const INSURERS_UNPAID: Figure = ("claims the insurers could not pay", |record| {
    years(record, |year| year.insurers_unpaid_fen as f64)
});
pub(crate) const INSURERS: Figure = ("borne by insurers", |record| {
    borne(record, &[Bearer::Insurers])
});
pub(crate) const RESIDENTS_BEAR: Figure = ("borne by residents", |record| {
    borne(record, &[Bearer::Residents])
});
pub(crate) const COUNTERPART: Figure = ("paid as counterpart aid", |record| {
    paid(record, Layer::Counterpart)
});
pub(crate) const CHARITY: Figure = ("paid by charity", |record| paid(record, Layer::Charity));
pub(crate) const POOL_UNPAID: Figure = ("claims the pool could not pay", |record| {
    years(record, |year| year.pool_unpaid_fen as f64)
});
pub(crate) const SUBSIDY_MONEY: Figure = ("public premiums", |record| {
    years(record, |year| {
        year.spent_fen[BudgetFunction::Subsidy] as f64
    })
});
pub(crate) const RETURNED: Figure = ("returned to taxpayers", |record| {
    years(record, |year| year.returned_fen as f64)
});
pub(crate) const PUBLIC_MONEY: Figure = ("public money", |record| {
    years(record, |year| {
        year.spent_fen.values().iter().sum::<i64>() as f64
    })
});
pub(crate) const MONEY_OF_RESPONSE: Figure = ("money of response", |record| {
    years(record, |year| {
        year.spent_fen[BudgetFunction::Respond] as f64
    })
});
pub(crate) const MONEY_BEFORE: Figure = ("money before events", |record| {
    let before = [
        BudgetFunction::Works,
        BudgetFunction::Inspect,
        BudgetFunction::MonitorWarn,
        BudgetFunction::Train,
        BudgetFunction::Remedy,
        BudgetFunction::Report,
    ];
    years(record, |year| {
        before
            .iter()
            .map(|function| year.spent_fen[*function] as f64)
            .sum()
    })
});
