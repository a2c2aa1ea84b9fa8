//! What governments, reporting, responsibility and citizens' feedbacks do in the whole engine: a lever or
//! a fact moved alone, through the same dangers, moves the figures that theory says.

use crate::common::claims::Way::{Less, More};
use crate::common::claims::{Claim, Figure, judge, require_in};
use crate::common::{COUNTRY, Laboratory, Size, paired};
use crate::figures::{
    ACCIDENT_DEATHS, ACCIDENTS, BACKLOG, CARE, DISPUTES, GRIEVANCE, HIDDEN_DEATHS, HOURS,
    INSPECTION_MONEY, LATE, MISSED, NATURAL_DEATHS, NATURAL_HOURS, NEGLECTED, REPORTED_HAZARDS,
    SUSPENSION_YUAN, VISITS, WARNED_SHARE,
};
use crate::require;
use riskweave::model::record::RunRecord;
use riskweave::scenario::policy::Policy;
use riskweave::scenario::society::{GovernmentRule, Society};

/// Requires what follows from a fact of the society: two societies, the same dangers, the same policy.
fn require_of_society(
    what: &str,
    before: fn(&mut Society),
    after: fn(&mut Society),
    follows: &[(crate::common::claims::Way, Figure)],
) {
    require_of_societies(COUNTRY, what, [before, after], follows);
}

fn require_of_societies(
    size: Size,
    what: &str,
    [before, after]: [fn(&mut Society); 2],
    follows: &[(crate::common::claims::Way, Figure)],
) {
    let runs = |change: fn(&mut Society)| {
        let laboratory = Laboratory::changed(size, |checked| change(&mut checked.society.society));
        laboratory.run(&laboratory.checked.baseline)
    };
    let (before, after) = (runs(before), runs(after));
    let broken: String = follows
        .iter()
        .map(|(way, figure)| judge(what, &before, &after, *way, *figure))
        .collect();
    assert!(broken.is_empty(), "\n{broken}");
}

#[test]
fn criteria() {
    require(&[
        Claim {
            lever: "line of an installation",
            moved: |policy| policy.criteria.installation_line_per_year = 1e-4,
            follows: &[(Less, ACCIDENTS), (More, SUSPENSION_YUAN)],
        },
        Claim {
            lever: "weight on development",
            moved: |policy| policy.criteria.weight_on_development = 1.0,
            follows: &[(More, BACKLOG), (More, ACCIDENTS), (Less, SUSPENSION_YUAN)],
        },
        Claim {
            // More hands near the scene, fewer in the departments of city and province that inspect.
            lever: "more for the grassroots",
            moved: |policy| policy.criteria.grassroots_share = 0.4,
            follows: &[(Less, HOURS), (Less, VISITS)],
        },
    ]);
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn linkage_by_kind() {
    require(&[
        Claim {
            lever: "linkage of levels",
            moved: |policy| policy.responsibility.linkage_above.levels = 0.5,
            follows: &[(Less, NATURAL_HOURS), (More, WARNED_SHARE)],
        },
        Claim {
            lever: "linkage of regions",
            moved: |policy| policy.responsibility.linkage_above.regions = 0.5,
            follows: &[(Less, NATURAL_HOURS)],
        },
        Claim {
            lever: "linkage of sectors",
            moved: |policy| policy.responsibility.linkage_above.sectors = 0.5,
            follows: &[(Less, HOURS)],
        },
        Claim {
            lever: "linkage of military and civil",
            moved: |policy| policy.responsibility.linkage_above.military = 0.5,
            follows: &[(Less, NATURAL_HOURS), (Less, NATURAL_DEATHS)],
        },
        Claim {
            lever: "volunteers",
            moved: |policy| policy.responsibility.volunteers_mobilised = 1.0,
            follows: &[(Less, NATURAL_DEATHS)],
        },
    ]);
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn assessment_and_accountability() {
    require(&[
        Claim {
            lever: "inspection tours",
            moved: |policy| policy.responsibility.assessment_tours = 1.0,
            follows: &[(More, VISITS), (Less, HOURS), (Less, NEGLECTED)],
        },
        Claim {
            lever: "talks",
            moved: |policy| policy.responsibility.talks = 1.0,
            follows: &[(More, CARE), (Less, VISITS)],
        },
        Claim {
            lever: "listing",
            moved: |policy| policy.responsibility.listing = 1.0,
            follows: &[(Less, BACKLOG), (Less, VISITS)],
        },
    ]);
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn feedbacks_of_citizens_and_budgets() {
    require(&[
        Claim {
            lever: "relief crowds out inspection",
            moved: |policy| {
                policy.sharing.relief.share_ordinary = 0.5;
                policy.sharing.relief.share_catastrophe = 0.5;
            },
            follows: &[(Less, INSPECTION_MONEY), (Less, VISITS)],
        },
        Claim {
            lever: "protected reporters",
            moved: |policy| policy.responsibility.exposure_multiplier = 3.0,
            follows: &[(More, REPORTED_HAZARDS), (Less, BACKLOG)],
        },
    ]);
    require_of_society(
        "grievance by exposed concealment",
        |society| society.citizens.grievance_per_exposed_concealment = 0.0,
        |society| society.citizens.grievance_per_exposed_concealment = 0.2,
        &[(More, GRIEVANCE), (More, DISPUTES)],
    );
    require_of_society(
        "grievance by uncompensated loss",
        |society| society.citizens.grievance_per_uncompensated_income_year = 0.0,
        |society| society.citizens.grievance_per_uncompensated_income_year = 0.5,
        &[(More, GRIEVANCE)],
    );
}

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn reports_that_are_late_or_missed() {
    require_of_society(
        "late reports",
        |_| {},
        |society| {
            society.reporting.late_share = 0.4;
            society.reporting.late_hours = 6.0;
        },
        &[(More, LATE), (More, HOURS), (More, ACCIDENT_DEATHS)],
    );
    // A lesson that comes late comes after some of what it would have spared: weak, so more runs.
    require_of_societies(
        Size {
            replications: 8,
            ..COUNTRY
        },
        "late lessons",
        [
            |society| reported_late(society, 0),
            |society| reported_late(society, 26),
        ],
        &[(More, ACCIDENTS)],
    );
    require_of_society(
        "missed reports",
        |_| {},
        |society| society.reporting.missed_share = 0.4,
        &[(More, MISSED), (More, HIDDEN_DEATHS)],
    );
}

fn reported_late(society: &mut Society, weeks: u32) {
    society.reporting.late_share = 0.5;
    society.reporting.late_hours = 0.0;
    society.reporting.late_weeks = weeks;
}

/// Protected reporters tell what would have been late or missed.
#[test]
fn protection_of_reporters_finds_what_slips() {
    let laboratory = Laboratory::changed(COUNTRY, |checked| {
        let reporting = &mut checked.society.society.reporting;
        reporting.late_share = 0.3;
        reporting.missed_share = 0.3;
    });
    let before = laboratory.run(&laboratory.checked.baseline);
    let claims = [Claim {
        lever: "protected reporters",
        moved: |policy| policy.responsibility.exposure_multiplier = 3.0,
        follows: &[(Less, LATE), (Less, MISSED), (Less, HIDDEN_DEATHS)],
    }];
    require_in(&laboratory, &before, &claims);
}

/// Under the reactive rule visits follow what is known and pinned on somebody; by plan they do not.
#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn reactive_governments_follow_known_losses() {
    let of = |rule| {
        Laboratory::changed(COUNTRY, |checked| {
            checked.society.society.government.rule = rule;
        })
    };
    let threshold = |deaths| {
        move |policy: &mut Policy| {
            policy.responsibility.official_sanction_threshold_deaths = deaths;
        }
    };
    let reactive = of(GovernmentRule::ReactiveCampaign);
    let (strict, mild) = (reactive.with(threshold(3)), reactive.with(threshold(30)));
    assert_eq!(judge("threshold", &strict, &mild, Less, VISITS), "");

    let campaigns = reactive.run(&reactive.checked.baseline);
    let planning = of(GovernmentRule::Plan);
    let plan = planning.run(&planning.checked.baseline);
    let spread = |runs: &[RunRecord]| {
        let yearly: Vec<f64> = runs
            .iter()
            .flat_map(|run| run.years.iter().map(|year| year.visits))
            .collect();
        let mean = yearly.iter().sum::<f64>() / yearly.len() as f64;
        yearly
            .iter()
            .map(|v| (v / mean - 1.0).abs())
            .fold(0.0, f64::max)
    };
    assert!(
        spread(&campaigns) > 3.0 * spread(&plan),
        "{} against {}",
        spread(&campaigns),
        spread(&plan)
    );
}

/// The threshold of sanctions moves visits between trades, for officials are pressed by smaller accidents.
#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn officials_press_where_they_answer() {
    let laboratory = Laboratory::new(Size {
        replications: 6,
        ..COUNTRY
    });
    let before = laboratory.run(&laboratory.checked.baseline);
    let claims = [Claim {
        lever: "officials answer for larger accidents",
        moved: |policy| policy.responsibility.official_sanction_threshold_deaths = 3,
        follows: &[(Less, ACCIDENT_DEATHS)],
    }];
    require_in(&laboratory, &before, &claims);
}

/// At its default no fault slips, so that reported figures stay those of the calibration.
#[test]
fn nothing_is_late_or_missed_by_default() {
    let laboratory = Laboratory::new(Size {
        replications: 1,
        years: 1,
        ..COUNTRY
    });
    let runs = laboratory.run(&laboratory.checked.baseline);
    assert_eq!((LATE.1)(&runs[0]) + (MISSED.1)(&runs[0]), 0.0);
    assert_eq!(paired(&runs, &runs, VISITS.1).mean, 0.0);
}
