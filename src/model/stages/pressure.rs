//! Stage 1, pressure: sources evolve. Backlogs grow, plant ages, novelty arrives, works decay.

use std::ops::Range;

use crate::model::WEEK;
use crate::model::agents::enterprise::{
    After, Before, QUARTER, Terms, after_quarter, backlog_with_visits,
};
use crate::model::lanes::{ABREAST, Abreast};
use crate::model::mechanisms::remedy::{PlantAges, relocated_after};
use crate::model::random::Stream;
use crate::model::regime::{Regime, RemovalOfTrade};
use crate::model::run::{Row, Run};
use crate::model::state::BLOCKS;
use crate::model::transcendental::log;
use crate::scenario::society::VisitSchedule;
use crate::vocabulary::{Trade, Vocabulary};

/// Lets the sources of danger evolve by a week (enterprises: those due, by a quarter).
pub fn pressure(run: &mut Run) {
    slow_stocks(run);
    provinces(run);
    let week = run.state.week;
    let counties = &mut run.state.counties;
    for ring in [
        &mut counties.struck,
        &mut counties.trust_push,
        &mut counties.grievance_push,
        &mut counties.news,
    ] {
        ring.begin(week);
    }
    run.each_due_alone(quarters, |run, row, own| {
        let state = &mut run.state.enterprises;
        row.store(&own.backlog, &mut state.backlog);
        row.store(&own.remembered, &mut state.remembered);
        row.store(&own.quality, &mut state.quality);
    });
}

/// Works K ← K − δK + δ·money, plant, novelty and trained people.
fn slow_stocks(run: &mut Run) {
    let society = &run.model.society;
    let remedy = &run.regime.effects.remedy;
    let (stocks, pace) = (&mut run.state.stocks, &run.pace);
    stocks.works += pace.works_decayed * (remedy.works_money - stocks.works);
    stocks.novel += (remedy.novel_share - stocks.novel) * pace.novelty_moved;
    let lapse = pace.training_lapsed;
    let sharing = &run.regime.effects.sharing;
    stocks.responders += lapse * (sharing.responder_share - stocks.responders);
    stocks
        .responders_by_place
        .approach(&sharing.responders_by_place, lapse);
    for trade in Trade::ALL.iter().copied() {
        let early = run.state.stocks.plant[trade].week(&run.pace.plant[trade]);
        let value = run.model.workers[trade] * society.trades[trade].plant_value_yuan_per_worker;
        // What is written off is the firm's loss, less the share of it that subsidy pays.
        let written_off = early.by_rule + early.by_subsidy * (1.0 - remedy.subsidy_share);
        run.record.early_retirement(
            written_off * value * society.enterprise.early_retirement_residual_share,
        );
        if society.trades[trade].retirement_rule_applies && remedy.relocation > 0.0 {
            relocate(run, trade);
        }
    }
}

/// A week in which old plant leaves the sending provinces; moving it costs a share of its value.
fn relocate(run: &mut Run, trade: Trade) {
    let society = &run.model.society;
    let rate = run.regime.effects.remedy.relocation;
    let factors = run.classes().of_plant_ages;
    let stocks = &mut run.state.stocks;
    let moved = stocks.relocated[trade];
    let renewal = PlantAges::renewal(&society.accident);
    stocks.relocated[trade] = relocated_after(moved, rate, renewal, WEEK);
    let age = society.accident.relocated_plant_age_years;
    let old = stocks.plant[trade]
        .old(&society.accident, &factors, age)
        .share;
    let value = run.model.relocation.workers_sending[trade]
        * society.trades[trade].plant_value_yuan_per_worker;
    let leaves = rate * (1.0 - moved) * old * WEEK;
    run.record
        .early_retirement(leaves * value * society.enterprise.relocation_cost_share);
}

/// Learning and attention fade; campaigns run out.
fn provinces(run: &mut Run) {
    let (forget, calm) = (run.pace.learning_kept, run.pace.attention_kept);
    for province in &mut run.state.provinces {
        for trade in 0..province.learning.len() {
            province.learning[trade] *= forget;
            province.attention[trade] = 1.0 + (province.attention[trade] - 1.0) * calm;
            province.campaign[trade] = (province.campaign[trade] - 1.0).max(0.0);
        }
    }
}

/// What a quarter makes of enterprises.
fn quarters(run: &Run, row: &Row) -> After {
    let society = &run.model.society;
    let enterprise = &society.enterprise;
    let evenly = enterprise.visit_schedule == VisitSchedule::Mean;
    let state = &run.state.enterprises;
    let visits = row.load(&state.visits);
    let before = Before {
        visits,
        backlog: row.load(&state.backlog),
        remembered: row.load(&state.remembered),
        quality: row.load(&state.quality),
        own_quality: row.load(&run.model.world.enterprises.quality),
        // Visits that have instants of their own are no part of the steady removal.
        removal: removal(run, row, &if evenly { visits } else { [0.0; ABREAST] }),
    };
    let terms = Terms {
        growth: enterprise.backlog_growth_per_year,
        quality_target: run.regime.effects.remedy.quality_target,
        quality_mean: enterprise.quality_mean,
        quarterly: run.model.quarterly,
    };
    let mut after = after_quarter(&before, &terms);
    if !evenly {
        visit_one_by_one(run, row, &before, &mut after.backlog);
    }
    after
}

/// Removal of the hazards of enterprises that get so many visits (1/year).
fn removal(run: &Run, row: &Row, visits: &Abreast<f32>) -> Abreast<f64> {
    let (classes, least) = (
        run.classes(),
        run.model.society.enterprise.least_removal_per_year,
    );
    let own = row.facts(run.model).class;
    let found_online = classes.found_online.of_each(&own);
    let prevention = classes.prevention_removal.of_each(&own);
    let at_signs = classes.removed_at_signs.of_each(&own);
    let mut removal = [0.0; ABREAST];
    for lane in 0..ABREAST {
        let trade = RemovalOfTrade {
            found_online: found_online[lane],
            prevention: prevention[lane],
            at_signs: at_signs[lane],
        };
        let rate = classes.removal.rate(f64::from(visits[lane]), trade);
        removal[lane] = rate.max(least);
    }
    removal
}

/// Backlogs after a quarter in which each visit comes at its instant.
fn visit_one_by_one(run: &Run, row: &Row, before: &Before, backlog: &mut Abreast<f32>) {
    let growth = run.model.society.enterprise.backlog_growth_per_year;
    let kept = kept_after_visit(run.regime);
    for (lane, agent) in row.own().enumerate() {
        let growth = growth * (1.0 - f64::from(before.quality[lane]));
        let (open, removal) = (f64::from(before.backlog[lane]), before.removal[lane]);
        let visits = Visits::of(run, agent, f64::from(before.visits[lane]));
        let next = backlog_with_visits(open, growth, removal, QUARTER, visits, kept);
        backlog[lane] = next as f32;
    }
}

/// Share of the open hazards that a visit leaves.
pub fn kept_after_visit(regime: &Regime) -> f64 {
    1.0 - regime.find_rate * regime.effects.remedy.rectified_share
}

/// Instants of the visits to an agent (years since the beginning of its quarter), in order, without end.
pub enum Visits {
    /// At random: the stream, the agent, the week, the visits so far, the instant, the visits a year.
    Random(Stream, u64, u32, u32, f64, f64),
    /// At equal intervals: the next instant, the interval.
    Regular(f64, f64),
}

impl Visits {
    /// The visits to an agent in the quarter that ends now, at a rate of `visits` a year.
    pub fn of(run: &Run, agent: usize, visits: f64) -> Self {
        let stream = run.streams.visits;
        if run.model.society.enterprise.visit_schedule == VisitSchedule::Poisson {
            let agent = agent as u64;
            return Visits::Random(stream, agent, run.state.week, 0, 0.0, visits);
        }
        let phase = stream.uniform(agent as u64, u32::MAX, 0);
        let begin = f64::from(run.state.week) * WEEK - QUARTER;
        Visits::regular(begin, visits, phase)
    }

    /// Visits every 1/`visits` of a year since ever, the one of year zero at a `phase` of that interval: those
    /// from `begin` on.
    fn regular(begin: f64, visits: f64, phase: f64) -> Self {
        let number = libm::ceil(begin * visits - phase);
        Visits::Regular((number + phase) / visits - begin, 1.0 / visits)
    }
}

impl Iterator for Visits {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        match self {
            Visits::Random(stream, agent, week, count, instant, rate) => {
                *instant -= log(stream.uniform(*agent, *week, *count)) / *rate;
                *count += 1;
                Some(*instant)
            }
            Visits::Regular(next, interval) => {
                let instant = *next;
                *next += *interval;
                Some(instant)
            }
        }
    }
}

/// The agents due in a week: one contiguous block of thirteen.
pub fn block(agents: usize, week: u32) -> Range<usize> {
    let block = week as usize % BLOCKS;
    agents * block / BLOCKS..agents * (block + 1) / BLOCKS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten visits a year at a phase of 0.3: at 0.03, 0.13, … – from a quarter of the year on at 0.33, 0.43
    /// and 0.53.
    #[test]
    fn regular_visits_keep_their_interval() {
        let instants: Vec<f64> = Visits::regular(0.25, 10.0, 0.3).take(3).collect();
        for (instant, known) in instants.iter().zip([0.33, 0.43, 0.53]) {
            assert!((instant + 0.25 - known).abs() < 1e-12, "{instants:?}");
        }
    }
}
