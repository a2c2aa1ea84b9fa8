//! Stage 3, admit: new enterprises are screened, those over a limit are suspended; what remains open
//! has its rate of accidents.

use crate::model::agents::enterprise::QUARTER;
use crate::model::hazards::accident;
use crate::model::run::Run;
use crate::model::state::{BLOCKS, TRADES, Totals};

/// Screens entrants, suspends, and writes the rates of the enterprises that are due.
pub fn admit(run: &mut Run) {
    let block = run.state.week as usize % BLOCKS;
    run.state.blocks.accident_rate[block].fill(0.0);
    run.state.blocks.totals[block] = Totals::default();
    for agent in run.due_enterprises() {
        screen(run, agent);
        let suspended = suspend(run, agent);
        open(run, agent, suspended, block);
    }
}

/// Entrants replace those who leave; refusing the worst rated raises the quality of the rest.
fn screen(run: &mut Run, agent: usize) {
    let rules = &run.model.society.enterprise;
    let avoidance = &run.regime.effects.avoidance;
    let turnover = run.model.quarterly.turnover;
    let gain = avoidance.admitted_gain_sd * rules.quality_sd;
    let own = f64::from(run.model.world.enterprises.quality[agent]);
    let state = &mut run.state.enterprises;
    let quality = f64::from(state.quality[agent]);
    state.quality[agent] = (quality + turnover * (own + gain - quality).max(0.0)).min(0.99) as f32;
    let applications = turnover * run.model.enterprise(agent).establishments;
    run.record.refusals(
        applications * avoidance.refusal_share,
        avoidance.false_refusal_share,
    );
}

/// Share of the agent's establishments suspended this quarter; their open hazards are mended.
fn suspend(run: &mut Run, agent: usize) -> f64 {
    let criteria = &run.regime.effects.criteria;
    let facts = run.model.enterprise(agent);
    let state = &mut run.state.enterprises;
    let backlog = f64::from(state.backlog[agent]);
    let visits = f64::from(state.visits[agent]) * QUARTER;
    let share = &run.regime.trades[facts.trade].worker_deaths_per_accident[facts.size];
    let risk = criteria.suspended_for_risk(f64::from(state.rate[agent]) * share);
    let overdue = criteria.enforced(criteria.suspended_for_backlog(backlog, visits));
    // Those over the limit hold the limit and, being exponential, another mean backlog above it.
    let mended = overdue * (criteria.suspension_backlog + backlog);
    state.backlog[agent] = (backlog - mended).max(0.0) as f32;
    let per_accident = &run.regime.trades[facts.trade].line_per_accident[facts.size];
    let workers = facts.workers / facts.establishments;
    let line = criteria.suspended_for_line(f64::from(state.rate[agent]) * workers * per_accident);
    1.0 - (1.0 - criteria.enforced(risk)) * (1.0 - overdue) * (1.0 - criteria.enforced(line))
}

/// The rate of an open enterprise, and the block's sums.
fn open(run: &mut Run, agent: usize, suspended: f64, block: usize) {
    let model = run.model;
    let society = &model.society;
    let facts = model.enterprise(agent);
    let trade = &society.trades[facts.trade];
    let state = &mut run.state.enterprises;
    let closed = suspended * (run.regime.effects.criteria.suspension_weeks / 13.0).min(1.0);
    let care = f64::from(state.care[agent]);
    let backlog = f64::from(state.backlog[agent]);
    let government = &society.government;
    let rate = trade.base_rate_per_100k_worker_years / 1e5
        * accident::backlog_factor(
            backlog,
            trade.backlog_ceiling,
            society.accident.backlog_half_per_100_workers,
        )
        * run.scratch.plant_factor[facts.trade]
        * accident::deterrence_factor(
            f64::from(state.remembered[agent]),
            government.deterrence_max,
            government.deterrence_half_visits,
            society.accident.deterrence_bound,
        )
        * accident::care_factor(care, trade.care_out_of_reach, society.enterprise.care_kappa)
        * run.regime.trades[facts.trade].unmonitored
        * run.scratch.novelty
        * (1.0 - closed);
    state.rate[agent] = rate as f32;
    let county = model.world.cells.county[model.world.enterprises.cell[agent] as usize];
    run.lose_work(county, closed * facts.workers * QUARTER);
    let state = &run.state.enterprises;
    run.state.blocks.accident_rate[block][facts.province * TRADES + facts.trade as usize] +=
        rate * facts.workers;
    let visits = f64::from(state.visits[agent]) * facts.establishments;
    let beyond = run.regime.trades[facts.trade].asked_beyond[facts.size];
    let remedy = &run.regime.effects.remedy;
    let check = society.enterprise.self_check_cost_share * remedy.self_check_multiplier;
    let refused =
        run.regime.effects.avoidance.refusal_share * society.enterprise.exit_rate_per_year * 0.5;
    let output = trade.value_added_yuan_per_worker_year * facts.workers;
    let totals = &mut run.state.blocks.totals[block];
    totals.workers += facts.workers;
    totals.backlog += facts.workers * backlog;
    totals.care += facts.workers * care;
    totals.suspended += facts.workers * closed;
    totals.care_yuan +=
        trade.standard_cost_yuan_per_worker_year * (care + check + beyond) * facts.workers;
    totals.suspension_yuan +=
        output * (closed + refused * run.regime.effects.avoidance.false_refusal_share);
    totals.visits += visits;
    let found = visits * run.regime.find_rate * backlog * facts.workers
        / facts.establishments.max(1.0)
        / 100.0;
    let online = remedy.found_online[facts.trade] * backlog * facts.workers / 100.0;
    totals.found += found + online;
    totals.care_yuan += (found * remedy.mended_beyond + online * remedy.rectified_share)
        * society.enterprise.mending_cost_yuan_per_hazard;
    totals.reported += run.regime.reports_removal * backlog * facts.workers / 100.0;
    totals.suspensions += suspended * facts.establishments / QUARTER;
}
