//! How enterprises behave in the whole engine: the rules they can live by, what they answer to under each,
//! plant that moves, work that is lost, visits at instants of their own, neighbours in a park.

use super::present;
use crate::common::claims::Way::{Less, More};
use crate::common::claims::{Claim, Figure, judge, require_in};
use crate::common::{COUNTRY, Laboratory, mean, paired, sum};
use riskweave::model::record::{Resource, RunRecord, Series};
use riskweave::scenario::policy::LiabilityRule;
use riskweave::scenario::society::{EnterpriseRule, Society, VisitSchedule};
use riskweave::vocabulary::{Category, Kind, Trade, Vocabulary};

/// The country with some facts changed, and its runs under the present arrangement.
fn country(change: impl FnOnce(&mut Society)) -> (Laboratory, Vec<RunRecord>) {
    let laboratory = Laboratory::changed(COUNTRY, |checked| change(&mut checked.society.society));
    let runs = laboratory.run(&laboratory.checked.baseline);
    (laboratory, runs)
}

const CARE: Figure = ("care", |record| mean(record, Series::Care));
const BACKLOG: Figure = ("backlog", |record| mean(record, Series::Backlog));
const GRIEVANCE: Figure = ("grievance", |record| mean(record, Series::Grievance));
const ACCIDENTS: Figure = ("accidents", |record| {
    let trades = || Trade::ALL.iter().map(|trade| Kind::from(*trade));
    sum(|year| trades().map(|kind| year.events[kind] as f64).sum())(record)
});
const LOST_OUTPUT: Figure = ("lost output", |record| {
    sum(|year| year.resource_yuan[Resource::LostOutput])(record)
});
const RETIREMENT_YUAN: Figure = ("cost of retirement and relocation", |record| {
    sum(|year| year.resource_yuan[Resource::Retirement])(record)
});
const DEATHS_MOVED: Figure = ("deaths moved", |record| {
    sum(|year| year.deaths_moved as f64)(record)
});
const LOSS_MOVED: Figure = ("loss moved", |record| {
    sum(|year| year.loss_moved_fen as f64)(record)
});
const WORK_LOST: Figure = ("work lost", |record| {
    sum(|year| year.work_lost_person_years)(record)
});

/// By habit enterprises answer to visits and fines, and to nothing else that they stand to lose.
#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn habit_answers_to_inspection_but_not_to_stakes() {
    let (laboratory, before) = country(|society| society.enterprise.rule = EnterpriseRule::Habit);
    require_in(
        &laboratory,
        &before,
        &[Claim {
            lever: "money for inspection, by habit",
            moved: |policy| policy.budget.plan_yuan_per_head.inspect = 20.0,
            follows: &[(More, CARE), (Less, ACCIDENTS), (Less, BACKLOG)],
        }],
    );
    let without = laboratory.with(|policy| {
        policy.responsibility.liability_rule = LiabilityRule::None;
        policy.sharing.experience_rating = 0.0;
    });
    assert_eq!(paired(&before, &without, CARE.1).mean, 0.0);
    let (_, rational) = present();
    let differ = paired(rational, &before, CARE.1).mean / CARE.1(&rational[0]);
    assert!(
        differ.abs() < 0.01,
        "habit starts from another level: {differ}"
    );
}

/// Frozen care is that of the start, under every policy.
#[test]
fn frozen_care_does_not_move() {
    let (laboratory, before) = country(|society| society.enterprise.rule = EnterpriseRule::Frozen);
    let after = laboratory.with(|policy| policy.responsibility.sanction_multiplier = 3.0);
    for record in before.iter().chain(&after) {
        let care = |week: usize| record.series(Series::Care)[week];
        assert_eq!(care(0), care(record.weeks.len() - 1));
    }
    assert_eq!(paired(&before, &after, CARE.1).mean, 0.0);
    let visited = laboratory.with(|policy| policy.budget.plan_yuan_per_head.inspect = 20.0);
    assert_eq!(
        judge("visits, care frozen", &before, &visited, Less, BACKLOG),
        ""
    );
}

/// Where firms trust that due care frees them, more of those below the standard take it, and those that
/// took more than the standard save what frees them of nothing.
#[test]
fn due_care_that_frees_draws_firms_to_the_standard() {
    let start = |trusted: f64| {
        let laboratory = Laboratory::changed(COUNTRY, |checked| {
            checked.society.society.enterprise.due_care_trusted = trusted;
        });
        laboratory.starts[0].1.enterprises.care.clone()
    };
    let (doubted, trusted) = (start(0.0), start(1.0));
    let standard = {
        let society = &crate::common::experiment(COUNTRY).society.society;
        society.enterprise.care_standard as f32
    };
    let pairs = || doubted.iter().zip(&trusted);
    let below = || pairs().filter(|(doubted, _)| **doubted < standard - 0.01);
    let above = || pairs().filter(|(doubted, _)| **doubted > standard + 0.01);
    let raised = below().filter(|(before, after)| after > before).count();
    assert!(
        raised as f64 > 0.9 * below().count() as f64,
        "{raised} of {}",
        below().count()
    );
    assert!(above().count() > 0 && above().all(|(before, after)| after <= before));
}

/// Unsafe neighbours make own care worth less.
#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn neighbours_in_a_park_take_care_away() {
    let (_, alone) = present();
    let (_, park) = country(|society| {
        society.enterprise.park_contagion = 0.3;
        society.enterprise.park_horizon_years = 20.0;
    });
    assert_eq!(judge("contagion in parks", alone, &park, Less, CARE), "");
}

/// Care that may cost but a hundredth of the margin is less.
#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn the_margin_bounds_care() {
    let (_, free) = present();
    let (_, bound) = country(|society| society.enterprise.care_share_of_margin = 0.005);
    assert_eq!(judge("margin", free, &bound, Less, CARE), "");
}

/// Charging only firms that survive takes away what experience rating made them fear.
#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn who_is_ruined_fears_no_premium() {
    let (_, before) = present();
    let (_, after) = country(|society| society.enterprise.rating_after_ruin_share = 0.0);
    let lower = paired(before, &after, CARE.1).mean;
    assert!(lower < 0.0, "care rises by {lower}");
}

/// Visits at instants of their own leave the mean backlog of many agents where the steady share leaves it
/// when they are random, and lower when they are regular.
#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn regular_visits_leave_less_open_than_random_ones() {
    let schedule =
        |schedule| country(move |society| society.enterprise.visit_schedule = schedule).1;
    let steady = schedule(VisitSchedule::Mean);
    let random = schedule(VisitSchedule::Poisson);
    let regular = schedule(VisitSchedule::Fixed);
    let relative = paired(&steady, &random, BACKLOG.1).mean / BACKLOG.1(&steady[0]);
    assert!(relative.abs() < 0.02, "{relative}");
    assert_eq!(
        judge("regular visits", &random, &regular, Less, BACKLOG),
        ""
    );
}

/// Deaths in accidents of the provinces that send plant, and of those that receive it.
fn accident_deaths(laboratory: &Laboratory, record: &RunRecord, sending: bool) -> f64 {
    let sends = &laboratory.model.relocation.sends;
    let years = record
        .years
        .iter()
        .flat_map(|year| year.provinces.iter().zip(sends));
    let of = years.filter(|(_, sends)| **sends == sending);
    of.map(|(province, _)| province.deaths[Category::Accident] as f64)
        .sum()
}

/// Old plant takes its danger along: fewer die where it stood, more where it goes; the accidents that
/// happen are the same ones, and the moved deaths are those that the receivers gain.
#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn relocated_plant_takes_its_danger_along() {
    let (laboratory, before) = present();
    require_in(
        laboratory,
        before,
        &[Claim {
            lever: "relocation of old plant",
            moved: |policy| policy.remedy.relocation_share_per_year = 0.3,
            follows: &[
                (More, DEATHS_MOVED),
                (More, LOSS_MOVED),
                (More, RETIREMENT_YUAN),
            ],
        }],
    );
    let after = laboratory.with(|policy| policy.remedy.relocation_share_per_year = 0.3);
    let of = |records: &[RunRecord], sending| -> f64 {
        records
            .iter()
            .map(|record| accident_deaths(laboratory, record, sending))
            .sum()
    };
    assert!(of(&after, true) < of(before, true));
    assert!(of(&after, false) > of(before, false));
    let moved: f64 = after.iter().map(DEATHS_MOVED.1).sum();
    let gained = of(&after, false) - of(before, false);
    assert!(
        (gained / moved - 1.0).abs() < 0.3,
        "{gained} gained, {moved} moved"
    );
    let accidents = |records: &[RunRecord]| records.iter().map(ACCIDENTS.1).sum::<f64>();
    assert!((accidents(&after) / accidents(before) - 1.0).abs() < 0.002);
    assert!(after.iter().all(|record| record.checks.pass()));
}

/// Fewer accidents close fewer establishments: safety saves output and work.
#[test]
fn safety_saves_output_and_work() {
    let (laboratory, before) = present();
    require_in(
        laboratory,
        before,
        &[Claim {
            lever: "self-checks",
            moved: |policy| policy.remedy.self_check_multiplier = 3.0,
            follows: &[(Less, LOST_OUTPUT), (Less, WORK_LOST)],
        }],
    );
}

/// Suspensions cost work, and lost work feeds grievance.
#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn suspensions_cost_work_and_lost_work_feeds_grievance() {
    let (laboratory, before) = present();
    require_in(
        laboratory,
        before,
        &[Claim {
            lever: "stricter and longer suspension",
            moved: |policy| {
                policy.criteria.suspension_backlog_per_100_workers = 4.0;
                policy.criteria.suspension_weeks = 13.0;
            },
            follows: &[(More, WORK_LOST)],
        }],
    );
    // Suspensions also prevent accidents, which spares grievance: the feedback is tested by itself.
    let (_, without) = country(|society| society.citizens.grievance_per_lost_work_year = 0.0);
    assert_eq!(
        judge("lost work felt", &without, before, More, GRIEVANCE),
        ""
    );
}
