//! Stage 1, pressure: sources evolve. Backlogs grow, plant ages, novelty arrives, works decay.

use std::array;
use std::ops::Range;

use crate::model::agents::enterprise::{QUARTER, backlog_kept, backlog_with_visits};
use crate::model::lanes::Abreast;
use crate::model::mechanisms::remedy::{PlantAges, relocated_after};
use crate::model::random::Stream;
use crate::model::regime::Regime;
use crate::model::run::{Row, Run};
use crate::model::state::BLOCKS;
use crate::model::transcendental::{exp, exp_each, log};
use crate::scenario::society::VisitSchedule;
use crate::vocabulary::{Trade, Vocabulary};

const WEEK: f64 = 1.0 / 52.0;

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
    run.each_due(quarters, |run, row, own| {
        let state = &mut run.state.enterprises;
        row.store(&own.map(|own| own.backlog), &mut state.backlog);
        row.store(&own.map(|own| own.remembered), &mut state.remembered);
        row.store(&own.map(|own| own.quality), &mut state.quality);
    });
}

/// Works K ← K − δK + δ·money, plant, novelty and trained people.
fn slow_stocks(run: &mut Run) {
    let society = &run.model.society;
    let remedy = &run.regime.effects.remedy;
    let stocks = &mut run.state.stocks;
    let decay = 1.0 - exp(-society.natural.works_depreciation_per_year * WEEK);
    stocks.works += decay * (remedy.works_money - stocks.works);
    stocks.novel += (remedy.novel_share - stocks.novel) * (1.0 - exp(-remedy.novel_speed * WEEK));
    let lapse = 1.0 - exp(-WEEK / society.citizens.first_responder_lapse_years);
    let sharing = &run.regime.effects.sharing;
    stocks.responders += lapse * (sharing.responder_share - stocks.responders);
    stocks
        .responders_by_place
        .approach(&sharing.responders_by_place, lapse);
    let limit = society.accident.plant_age_limit_years;
    for trade in Trade::ALL.iter().copied() {
        let ruled = society.trades[trade].retirement_rule_applies;
        let (extra, age) = if ruled {
            (remedy.subsidised_renewal, remedy.retirement_age)
        } else {
            (0.0, limit)
        };
        let early = run.state.stocks.plant[trade].week(&society.accident, extra, age);
        let value = run.model.workers[trade] * society.trades[trade].plant_value_yuan_per_worker;
        // What is written off is the firm's loss, less the share of it that subsidy pays.
        let written_off = early.by_rule + early.by_subsidy * (1.0 - remedy.subsidy_share);
        run.record.early_retirement(
            written_off * value * society.enterprise.early_retirement_residual_share,
        );
        if ruled && remedy.relocation > 0.0 {
            relocate(run, trade);
        }
    }
}

/// A week in which old plant leaves the sending provinces; moving it costs a share of its value.
fn relocate(run: &mut Run, trade: Trade) {
    let society = &run.model.society;
    let rate = run.regime.effects.remedy.relocation;
    let stocks = &mut run.state.stocks;
    let moved = stocks.relocated[trade];
    let renewal = PlantAges::renewal(&society.accident);
    stocks.relocated[trade] = relocated_after(moved, rate, renewal, WEEK);
    let age = society.accident.relocated_plant_age_years;
    let old = stocks.plant[trade].old(&society.accident, age).share;
    let value = run.model.relocation.workers_sending[trade]
        * society.trades[trade].plant_value_yuan_per_worker;
    let leaves = rate * (1.0 - moved) * old * WEEK;
    run.record
        .early_retirement(leaves * value * society.enterprise.relocation_cost_share);
}

/// Learning and attention fade; campaigns run out.
fn provinces(run: &mut Run) {
    let society = &run.model.society;
    let forget = exp(-std::f64::consts::LN_2 * WEEK * 12.0 / society.learning.half_life_months);
    let calm = exp(-std::f64::consts::LN_2 / society.government.attention_half_life_weeks);
    for province in &mut run.state.provinces {
        for trade in 0..province.learning.len() {
            province.learning[trade] *= forget;
            province.attention[trade] = 1.0 + (province.attention[trade] - 1.0) * calm;
            province.campaign[trade] = (province.campaign[trade] - 1.0).max(0.0);
        }
    }
}

/// What a quarter makes of an enterprise.
#[derive(Clone, Copy)]
struct Quarter {
    backlog: f32,
    remembered: f32,
    quality: f32,
}

/// A quarter of enterprises: hazards accumulate and are removed, visits are forgotten, management grows.
fn quarters(run: &Run, row: &Row) -> Abreast<Quarter> {
    let agents = &row.agents;
    let removal = agents.map(|agent| removal(run, agent));
    let kept = exp_each(&removal.map(|removal| -removal * QUARTER));
    array::from_fn(|lane| after_quarter(run, agents[lane], removal[lane], kept[lane]))
}

/// Removal of an enterprise's hazards (1/year): of that by visits only what has no instants of its own.
fn removal(run: &Run, agent: usize) -> f64 {
    let society = &run.model.society;
    let visits = match society.enterprise.visit_schedule {
        VisitSchedule::Mean => f64::from(run.state.enterprises.visits[agent]),
        _ => 0.0,
    };
    let trade = run.model.enterprise(agent).trade;
    run.regime.removal(society, trade, visits)
}

/// An enterprise after a quarter in which the share `kept` of its hazards is not removed.
fn after_quarter(run: &Run, agent: usize, removal: f64, kept: f64) -> Quarter {
    let enterprise = &run.model.society.enterprise;
    let state = &run.state.enterprises;
    let visits = f64::from(state.visits[agent]);
    let quality = f64::from(state.quality[agent]);
    let growth = enterprise.backlog_growth_per_year * (1.0 - quality);
    let open = f64::from(state.backlog[agent]);
    let next = if enterprise.visit_schedule == VisitSchedule::Mean {
        backlog_kept(open, [growth, removal], QUARTER, kept)
    } else {
        let kept = kept_after_visit(run.regime);
        let visits = Visits::of(run, agent, visits);
        backlog_with_visits(open, growth, removal, QUARTER, visits, kept)
    };
    let remembered = f64::from(state.remembered[agent]);
    let quarterly = &run.model.quarterly;
    let own_level = f64::from(run.model.world.enterprises.quality[agent]) - enterprise.quality_mean;
    let target = run.regime.effects.remedy.quality_target + own_level;
    let grown = (target - quality) * quarterly.growth;
    Quarter {
        backlog: next as f32,
        remembered: (visits * quarterly.memory_per_visit + remembered * quarterly.memory_kept)
            as f32,
        quality: (quality + grown).clamp(0.01, 0.99) as f32,
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
