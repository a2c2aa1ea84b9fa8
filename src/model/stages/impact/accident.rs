//! Harm of an accident, and how it is reported.

use crate::model::agents::reporting;
use crate::model::random::binomial_quantile;
use crate::model::run::Run;
use crate::model::stages::intervene::mark;
use crate::model::stages::{Event, Harm, Response};
use crate::vocabulary::Kind;

/// An accident: who dies, who is saved, what is reported.
pub(super) fn accident(run: &mut Run, event: &Event, agent: usize, response: &Response) -> Harm {
    let model = run.model;
    let facts = model.enterprise(agent);
    let trade = &model.society.trades[facts.trade];
    let marks = &run.marks;
    let saved_share = (response.saved_at_scene + response.saved_by_teams).min(1.0);
    let survive = trade.rescuable_share * saved_share;
    let u = marks.uniform(event.identity, 0, mark::DEATHS);
    let dead = binomial_quantile(response.potential, 1.0 - survive, u);
    let saved = response.potential - dead;
    let u = marks.uniform(event.identity, 0, mark::THIRD_PARTY);
    let third = binomial_quantile(dead, trade.third_party_share.min(1.0), u);
    let third_party_deaths = if near_homes(event.kind) {
        neighbours_dead(run, event, third)
    } else {
        third
    };
    let deaths = dead - third + third_party_deaths;
    let mut harm = Harm {
        deaths,
        third_party_deaths,
        magnitude: f64::from(response.potential),
        counties: 1,
        ..Harm::default()
    };
    harm.injuries =
        saved + (f64::from(deaths) * model.society.accident.injured_per_death + 0.5) as u32;
    run.bury(
        event.identity,
        event.kind,
        event.county,
        deaths,
        &mut harm.deaths_by_fifth,
    );
    report(run, event, facts.trade, agent, response, &mut harm);
    run.rescued(event, response, saved);
    harm
}

/// Neighbours among the dead, of those who would be at the baseline's distance from homes.
fn neighbours_dead(run: &Run, event: &Event, dead: u32) -> u32 {
    let exposure = run.regime.effects.avoidance.third_party_exposure
        / run.regime.reference.avoidance.third_party_exposure;
    let u = run.marks.uniform(event.identity, 0, mark::DISTANCE);
    at_exposure(dead, exposure, u)
}

/// Of so many at the baseline's distance: fewer live near where more distance is enforced, more where less is.
fn at_exposure(dead: u32, exposure: f64, u: f64) -> u32 {
    if exposure <= 1.0 {
        binomial_quantile(dead, exposure, u)
    } else {
        dead + binomial_quantile(dead, exposure - 1.0, u)
    }
}

/// Kinds whose third parties are neighbours, whom distance protects.
fn near_homes(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Chemicals | Kind::Fire | Kind::TownGas | Kind::Manufacturing
    )
}

/// The firm's choice: report, understate, conceal; and whether it comes out.
fn report(
    run: &mut Run,
    event: &Event,
    trade: crate::vocabulary::Trade,
    agent: usize,
    response: &Response,
    harm: &mut Harm,
) {
    let model = run.model;
    let choice = run.reports().choice(model.enterprise(agent), harm.deaths);
    let u = run.marks.uniform(event.identity, 0, mark::REPORT);
    let seen = run.marks.uniform(event.identity, 0, mark::EXPOSED);
    harm.missed = missed(run, event, agent, harm.deaths);
    let conceals = !harm.missed && u < choice.conceal;
    let understates = !harm.missed && !conceals && u < choice.conceal + choice.understate;
    harm.exposed = (conceals && seen < choice.conceal_exposed)
        || (understates && seen < choice.understate_exposed);
    harm.known = !harm.missed && (!conceals || harm.exposed);
    harm.reported = match (harm.exposed, conceals || harm.missed, understates) {
        (false, true, _) => 0,
        (false, _, true) => choice.understated_deaths,
        _ => harm.deaths,
    };
    run.record
        .reported(trade, harm, conceals, understates, response.late);
}

/// Whether nobody reports a small accident of a micro enterprise, without intent.
fn missed(run: &Run, event: &Event, agent: usize, deaths: u32) -> bool {
    let model = run.model;
    let share = reporting::slips(
        model.society.reporting.missed_share,
        run.regime.effects.responsibility.exposure_multiplier,
    );
    let marks = &run.marks;
    share > 0.0
        && reporting::can_be_missed(deaths, model.enterprise(agent).size)
        && marks.uniform(event.identity, 0, mark::MISSED) < share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_takes_neighbours_away_and_its_lack_adds_some() {
        assert_eq!(at_exposure(8, 0.0, 0.5), 0);
        assert_eq!(at_exposure(8, 1.0, 0.5), 8);
        assert_eq!(at_exposure(8, 2.0, 0.5), 16);
        let mean = |exposure: f64| {
            let dead = |n: u32| f64::from(at_exposure(8, exposure, (f64::from(n) + 0.5) / 1000.0));
            (0..1000).map(dead).sum::<f64>() / 1000.0
        };
        assert!((mean(0.25) - 2.0).abs() < 0.02, "{}", mean(0.25));
        assert!((mean(1.25) - 10.0).abs() < 0.02, "{}", mean(1.25));
    }
}
