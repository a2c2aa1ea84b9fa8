//! What insurers' reinsurance, and own cover of third parties with recourse, do in the whole engine.

use crate::common::claims::Way::{Less, More};
use crate::common::{CITY, COUNTRY, Laboratory, Size};
use crate::figures::{INSURERS, INSURERS_UNPAID, REINSURERS, RESIDENTS_BEAR};
use crate::terms::{Term, as_it_is, require};
use riskweave::scenario::policy::Policy;

#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn reinsurance_of_insurers() {
    require(
        COUNTRY,
        &[
            Term {
                name: "quota share",
                from: as_it_is,
                moved: |policy| policy.sharing.reinsurance.quota_share = 0.4,
                follows: &[(More, REINSURERS), (Less, INSURERS)],
            },
            Term {
                name: "limit of excess of loss",
                from: |policy| policy.sharing.reinsurance.excess_attachment_yuan = 1e8,
                moved: |policy| policy.sharing.reinsurance.excess_limit_yuan = 1e12,
                follows: &[(More, REINSURERS), (Less, INSURERS)],
            },
            Term {
                name: "attachment of excess of loss",
                from: |policy| policy.sharing.reinsurance.excess_limit_yuan = 1e12,
                moved: |policy| policy.sharing.reinsurance.excess_attachment_yuan = 1e10,
                follows: &[(Less, REINSURERS), (More, INSURERS)],
            },
            Term {
                name: "limit of stop loss",
                from: |policy| policy.sharing.reinsurance.stop_loss_attachment = 0.1,
                moved: |policy| policy.sharing.reinsurance.stop_loss_limit = 5.0,
                follows: &[(More, REINSURERS), (Less, INSURERS)],
            },
            Term {
                name: "attachment of stop loss",
                from: |policy| policy.sharing.reinsurance.stop_loss_limit = 5.0,
                moved: |policy| policy.sharing.reinsurance.stop_loss_attachment = 2.0,
                follows: &[(Less, REINSURERS), (More, INSURERS)],
            },
        ],
    );
}

/// Insurers of one city, with the least capital of its range: one flood can ruin them, and what is ceded
/// cannot. Layers cost their loading, which can bring a ruin forward that they do not avert: over all runs
/// fewer are ruined, or as many with less unpaid.
#[test]
fn reinsurance_keeps_poor_insurers_from_ruin() {
    let size = Size {
        years: 10,
        replications: 6,
        ..CITY
    };
    let poor = Laboratory::changed(size, |checked| {
        let facts = &mut checked.society.society.sharing;
        facts.insurer_capital_years_of_premium = 0.4;
    });
    let unpaid = |change: fn(&mut Policy)| -> (usize, f64) {
        let runs = poor.with(change);
        let sums: Vec<f64> = runs.iter().map(INSURERS_UNPAID.1).collect();
        let ruined = sums.iter().filter(|sum| **sum > 0.0).count();
        (ruined, sums.iter().sum())
    };
    let before = unpaid(as_it_is);
    assert!(before.0 > 0, "nobody is ruined");
    let quota = unpaid(|policy| policy.sharing.reinsurance.quota_share = 0.9);
    let excess = unpaid(|policy| {
        policy.sharing.reinsurance.excess_limit_yuan = 5e9;
        policy.sharing.reinsurance.excess_attachment_yuan = 1e8;
    });
    let stop = unpaid(|policy| {
        policy.sharing.reinsurance.stop_loss_limit = 5.0;
        policy.sharing.reinsurance.stop_loss_attachment = 1.5;
    });
    for (name, after) in [
        ("quota share", quota),
        ("excess", excess),
        ("stop loss", stop),
    ] {
        let fewer = after.0 <= before.0 && after.1 < before.1;
        assert!(
            fewer,
            "{name}: ruined runs and unpaid {before:?} become {after:?}"
        );
    }
}

/// Cover of third parties pays them, and with recourse it pays them first.
#[test]
#[ignore = "long: the whole country many times; CI runs it"]
fn own_cover_after_accidents_and_recourse() {
    require(
        COUNTRY,
        &[
            Term {
                name: "own cover after accidents",
                from: as_it_is,
                moved: |policy| policy.sharing.own_cover_after_accidents = true,
                follows: &[(Less, RESIDENTS_BEAR), (More, INSURERS)],
            },
            Term {
                name: "recourse",
                from: |policy| policy.sharing.own_cover_after_accidents = true,
                moved: |policy| policy.sharing.recourse = true,
                follows: &[(Less, RESIDENTS_BEAR)],
            },
        ],
    );
}
