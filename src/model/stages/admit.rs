//! Stage 3, admit: new enterprises are screened, those over a limit are suspended; what remains open
//! has its rate of accidents.

use std::array;

use crate::model::agents::enterprise::{QUARTER, Sources, rates_of};
use crate::model::lanes::Abreast;
use crate::model::run::{Row, Run};
use crate::model::state::{BLOCKS, TRADES, Totals};

/// Screens entrants, suspends, and writes the rates of the enterprises that are due.
pub fn admit(run: &mut Run) {
    let block = run.state.week as usize % BLOCKS;
    run.state.blocks.accident_rate[block].fill(0.0);
    run.state.blocks.totals[block] = Totals::default();
    run.each_due(admissions, |run, row, own| keep(run, row, &own));
}

/// What becomes of enterprises that are screened, perhaps suspended, and open.
struct Admissions {
    quality: Abreast<f32>,
    backlog: Abreast<f32>,
    /// Accidents a worker-year.
    rate: Abreast<f32>,
    /// Accidents a year.
    accidents: Abreast<f64>,
    /// Work lost to suspension (person-years).
    lost: Abreast<f64>,
    /// Establishments refused, of all.
    refused: f64,
    /// Part of all in the sums of their block.
    totals: Totals,
}

fn admissions(run: &Run, row: &Row) -> Admissions {
    let agents = &row.agents;
    let overdue = overdue(run, agents);
    let suspended: Abreast<(f64, f32)> =
        array::from_fn(|lane| suspend(run, agents[lane], overdue[lane]));
    let backlog = suspended.map(|(_, backlog)| backlog);
    let suspended = suspended.map(|(suspended, _)| suspended);
    let share = (run.regime.effects.criteria.suspension_weeks / 13.0).min(1.0);
    let closed = suspended.map(|suspended| suspended * share);
    let rates = rates(run, agents, &backlog);
    let rates = array::from_fn(|lane| rates[lane] * (1.0 - closed[lane]));
    let screened = agents.map(|agent| screen(run, agent));
    let workers = agents.map(|agent| run.model.enterprise(agent).workers);
    let (mut refused, mut sums) = (0.0, Totals::default());
    for lane in 0..row.count {
        refused += screened[lane].1;
        let shares = [suspended[lane], closed[lane]];
        sums = sums.plus(totals(run, agents[lane], backlog[lane], shares));
    }
    Admissions {
        quality: screened.map(|(quality, _)| quality),
        backlog,
        rate: rates.map(|rate| rate as f32),
        accidents: array::from_fn(|lane| rates[lane] * workers[lane]),
        lost: array::from_fn(|lane| closed[lane] * workers[lane] * QUARTER),
        refused,
        totals: sums,
    }
}

fn keep(run: &mut Run, row: &Row, own: &Admissions) {
    let model = run.model;
    let block = run.state.week as usize % BLOCKS;
    let state = &mut run.state.enterprises;
    row.store(&own.quality, &mut state.quality);
    row.store(&own.backlog, &mut state.backlog);
    row.store(&own.rate, &mut state.rate);
    let false_share = run.regime.effects.avoidance.false_refusal_share;
    run.record.refusals(own.refused, false_share);
    for (lane, agent) in row.own().enumerate() {
        let facts = model.enterprise(agent);
        let class = usize::from(facts.province) * TRADES + facts.trade as usize;
        run.state.blocks.accident_rate[block][class] += own.accidents[lane];
        run.lose_work(facts.county, own.lost[lane]);
    }
    let totals = &mut run.state.blocks.totals[block];
    *totals = totals.plus(own.totals);
}

/// Entrants replace those who leave; refusing the worst rated raises the quality of the rest. Quality, and
/// establishments refused.
fn screen(run: &Run, agent: usize) -> (f32, f64) {
    let rules = &run.model.society.enterprise;
    let avoidance = &run.regime.effects.avoidance;
    let turnover = run.model.quarterly.turnover;
    let gain = avoidance.admitted_gain_sd * rules.quality_sd;
    let own = f64::from(run.model.world.enterprises.quality[agent]);
    let quality = f64::from(run.state.enterprises.quality[agent]);
    let quality = (quality + turnover * (own + gain - quality).max(0.0)).min(0.99) as f32;
    let applications = turnover * run.model.enterprise(agent).establishments;
    (quality, applications * avoidance.refusal_share)
}

/// Shares of agents' establishments suspended this quarter for what they leave open.
fn overdue(run: &Run, agents: &Abreast<usize>) -> Abreast<f64> {
    let criteria = &run.regime.effects.criteria;
    let state = &run.state.enterprises;
    let backlog = agents.map(|agent| f64::from(state.backlog[agent]));
    let visits = agents.map(|agent| f64::from(state.visits[agent]) * QUARTER);
    let due = criteria.suspended_for_backlog(&backlog, &visits);
    due.map(|due| criteria.enforced(due))
}

/// Share of the agent's establishments suspended this quarter, of which some are `overdue`, and the backlog:
/// their open hazards are mended.
fn suspend(run: &Run, agent: usize, overdue: f64) -> (f64, f32) {
    let criteria = &run.regime.effects.criteria;
    let facts = run.model.enterprise(agent);
    let state = &run.state.enterprises;
    let backlog = f64::from(state.backlog[agent]);
    let class = run.class(facts);
    let rate = f64::from(state.rate[agent]);
    let risk = criteria.suspended_for_risk(rate * class.worker_deaths_per_accident);
    // Those over the limit hold the limit and, being exponential, another mean backlog above it.
    let mended = overdue * (criteria.suspension_backlog + backlog);
    let workers = facts.workers / facts.establishments;
    let line = criteria.suspended_for_line(rate * workers * class.line_per_accident);
    let open = (1.0 - criteria.enforced(risk)) * (1.0 - overdue) * (1.0 - criteria.enforced(line));
    (1.0 - open, (backlog - mended).max(0.0) as f32)
}

/// Accidents a worker-year of enterprises that are open all the quarter.
fn rates(run: &Run, agents: &Abreast<usize>, backlog: &Abreast<f32>) -> Abreast<f64> {
    let (society, state) = (&run.model.society, &run.state.enterprises);
    let classes = agents.map(|agent| run.class(run.model.enterprise(agent)));
    let sources = Sources {
        base_rate: classes.map(|class| class.base_rate),
        backlog: backlog.map(f64::from),
        backlog_ceiling: classes.map(|class| class.backlog_ceiling),
        plant: classes.map(|class| run.scratch.plant_factor[class.trade]),
        remembered: agents.map(|agent| f64::from(state.remembered[agent])),
        care: agents.map(|agent| f64::from(state.care[agent])),
        out_of_reach: classes.map(|class| class.out_of_reach),
        unmonitored: classes.map(|class| class.unmonitored),
    };
    let mut rates = rates_of(&sources, society);
    for rate in &mut rates {
        *rate *= run.scratch.novelty;
    }
    rates
}

/// An enterprise's part of the sums of its block.
fn totals(run: &Run, agent: usize, backlog: f32, [suspended, closed]: [f64; 2]) -> Totals {
    let society = &run.model.society;
    let facts = run.model.enterprise(agent);
    let class = run.class(facts);
    let state = &run.state.enterprises;
    let (care, backlog) = (f64::from(state.care[agent]), f64::from(backlog));
    let visits = f64::from(state.visits[agent]) * facts.establishments;
    let remedy = &run.regime.effects.remedy;
    let avoidance = &run.regime.effects.avoidance;
    let check = society.enterprise.self_check_cost_share * remedy.self_check_multiplier;
    let refused = avoidance.refusal_share * society.enterprise.exit_rate_per_year * 0.5;
    let output = class.value_added * facts.workers;
    let hazards = backlog * facts.workers / 100.0;
    let found = visits * run.regime.find_rate * hazards / facts.establishments.max(1.0);
    let online = class.found_online * hazards;
    let caring = class.cost_of_care * (care + check + class.asked_beyond) * facts.workers;
    let mending = (found * remedy.mended_beyond + online * remedy.rectified_share)
        * society.enterprise.mending_cost_yuan_per_hazard;
    Totals {
        workers: facts.workers,
        backlog: facts.workers * backlog,
        care: facts.workers * care,
        suspended: facts.workers * closed,
        care_yuan: caring + mending,
        suspension_yuan: output * (closed + refused * avoidance.false_refusal_share),
        visits,
        found: found + online,
        reported: run.regime.reports_removal * hazards,
        suspensions: suspended * facts.establishments / QUARTER,
    }
}
