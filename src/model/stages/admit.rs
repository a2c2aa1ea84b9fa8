//! Stage 3, admit: new enterprises are screened, those over a limit are suspended; what remains open
//! has its rate of accidents.

use std::array;

use crate::model::agents::enterprise::QUARTER;
use crate::model::hazards::accident;
use crate::model::lanes::Abreast;
use crate::model::run::Run;
use crate::model::state::{BLOCKS, TRADES, Totals};
use crate::model::transcendental::exp_each;

/// Screens entrants, suspends, and writes the rates of the enterprises that are due.
pub fn admit(run: &mut Run) {
    let block = run.state.week as usize % BLOCKS;
    run.state.blocks.accident_rate[block].fill(0.0);
    run.state.blocks.totals[block] = Totals::default();
    run.each_due(admissions, |run, agent, own| keep(run, agent, &own));
}

/// What becomes of an enterprise that is screened, perhaps suspended, and open.
struct Admission {
    quality: f32,
    backlog: f32,
    /// Accidents a worker-year.
    rate: f64,
    /// Establishments refused a quarter.
    refused: f64,
    /// Share of the quarter's work that is lost to suspension.
    closed: f64,
    /// Its part of the sums of its block.
    totals: Totals,
}

fn admissions(run: &Run, agents: &Abreast<usize>) -> Abreast<Admission> {
    let overdue = overdue(run, agents);
    let suspended = array::from_fn(|lane| suspend(run, agents[lane], overdue[lane]));
    let rates = rates(run, agents, &suspended.map(|(_, backlog)| backlog));
    array::from_fn(|lane| admission(run, agents[lane], suspended[lane], rates[lane]))
}

fn admission(run: &Run, agent: usize, (suspended, backlog): (f64, f32), rate: f64) -> Admission {
    let (quality, refused) = screen(run, agent);
    let closed = suspended * (run.regime.effects.criteria.suspension_weeks / 13.0).min(1.0);
    Admission {
        quality,
        backlog,
        rate: rate * (1.0 - closed),
        refused,
        closed,
        totals: totals(run, agent, backlog, [suspended, closed]),
    }
}

fn keep(run: &mut Run, agent: usize, own: &Admission) {
    let model = run.model;
    let facts = model.enterprise(agent);
    let block = run.state.week as usize % BLOCKS;
    let state = &mut run.state.enterprises;
    state.quality[agent] = own.quality;
    state.backlog[agent] = own.backlog;
    state.rate[agent] = own.rate as f32;
    let false_share = run.regime.effects.avoidance.false_refusal_share;
    run.record.refusals(own.refused, false_share);
    let county = model.world.cells.county[model.world.enterprises.cell[agent] as usize];
    run.lose_work(county, own.closed * facts.workers * QUARTER);
    let blocks = &mut run.state.blocks;
    blocks.accident_rate[block][facts.province * TRADES + facts.trade as usize] +=
        own.rate * facts.workers;
    blocks.totals[block] = blocks.totals[block].plus(own.totals);
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
    let share = &run.regime.trades[facts.trade].worker_deaths_per_accident[facts.size];
    let risk = criteria.suspended_for_risk(f64::from(state.rate[agent]) * share);
    // Those over the limit hold the limit and, being exponential, another mean backlog above it.
    let mended = overdue * (criteria.suspension_backlog + backlog);
    let per_accident = &run.regime.trades[facts.trade].line_per_accident[facts.size];
    let workers = facts.workers / facts.establishments;
    let line = criteria.suspended_for_line(f64::from(state.rate[agent]) * workers * per_accident);
    let open = (1.0 - criteria.enforced(risk)) * (1.0 - overdue) * (1.0 - criteria.enforced(line));
    (1.0 - open, (backlog - mended).max(0.0) as f32)
}

/// Accidents a worker-year of enterprises that are open all the quarter.
fn rates(run: &Run, agents: &Abreast<usize>, backlog: &Abreast<f32>) -> Abreast<f64> {
    let society = &run.model.society;
    let state = &run.state.enterprises;
    let government = &society.government;
    let deterred = exp_each(&agents.map(|agent| {
        -accident::deterrence(
            f64::from(state.remembered[agent]),
            government.deterrence_max,
            government.deterrence_half_visits,
            society.accident.deterrence_bound,
        )
    }));
    let kappa = society.enterprise.care_kappa;
    let left = exp_each(&agents.map(|agent| -kappa * f64::from(state.care[agent])));
    array::from_fn(|lane| {
        let own = run.model.enterprise(agents[lane]).trade;
        let trade = &society.trades[own];
        trade.base_rate_per_100k_worker_years / 1e5
            * accident::backlog_factor(
                f64::from(backlog[lane]),
                trade.backlog_ceiling,
                society.accident.backlog_half_per_100_workers,
            )
            * run.scratch.plant_factor[own]
            * deterred[lane]
            * accident::care_factor_of(left[lane], trade.care_out_of_reach)
            * run.regime.trades[own].unmonitored
            * run.scratch.novelty
    })
}

/// An enterprise's part of the sums of its block.
fn totals(run: &Run, agent: usize, backlog: f32, [suspended, closed]: [f64; 2]) -> Totals {
    let model = run.model;
    let society = &model.society;
    let facts = model.enterprise(agent);
    let trade = &society.trades[facts.trade];
    let state = &run.state.enterprises;
    let (care, backlog) = (f64::from(state.care[agent]), f64::from(backlog));
    let visits = f64::from(state.visits[agent]) * facts.establishments;
    let beyond = run.regime.trades[facts.trade].asked_beyond[facts.size];
    let remedy = &run.regime.effects.remedy;
    let avoidance = &run.regime.effects.avoidance;
    let check = society.enterprise.self_check_cost_share * remedy.self_check_multiplier;
    let refused = avoidance.refusal_share * society.enterprise.exit_rate_per_year * 0.5;
    let output = trade.value_added_yuan_per_worker_year * facts.workers;
    let hazards = backlog * facts.workers / 100.0;
    let found = visits * run.regime.find_rate * hazards / facts.establishments.max(1.0);
    let online = remedy.found_online[facts.trade] * hazards;
    let caring = trade.standard_cost_yuan_per_worker_year * (care + check + beyond) * facts.workers;
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
