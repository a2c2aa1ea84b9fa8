//! Stage 2, decide: agents whose review is due choose – governments, then enterprises, then citizens.

use crate::model::agents::{citizen, enterprise, government};
use crate::model::hazards::accident;
use crate::model::run::Run;
use crate::model::stages::pressure::block;
use crate::model::state::{BLOCKS, TRADES};
use crate::model::transcendental::exp;

/// Lets the agents that are due decide.
pub fn decide(run: &mut Run) {
    governments(run);
    for agent in run.due_enterprises() {
        care(run, agent);
    }
    citizen::review(run, block(run.model.world.citizens.len(), run.state.week));
}

/// Puts the care of the enterprises that are due at its target: for the start, where it is at rest.
pub fn settle_care(run: &mut Run) {
    for agent in run.due_enterprises() {
        let visits = f64::from(run.state.enterprises.visits[agent]);
        let target = target_care(run, agent, visits);
        run.state.enterprises.care[agent] = target as f32;
    }
}

/// Each province splits its inspectors' visits: plan × rating × attention × campaign; the volume is fixed,
/// or follows known losses under the reactive rule.
fn governments(run: &mut Run) {
    let rules = &run.model.society.government;
    let campaign = run.regime.effects.intervention.campaign_multiplier;
    for (province, state) in run.state.provinces.iter().enumerate() {
        for trade in 0..TRADES {
            let effort = if state.campaign[trade] > 0.0 {
                campaign
            } else {
                1.0
            };
            run.scratch.attention[province][trade] = government::attention_weight(
                state.attention[trade],
                rules.reactive_exponent,
                effort,
            );
        }
    }
    for province in 0..run.state.provinces.len() {
        let state = &run.state.provinces[province];
        let effort = government::effort(rules, state.mean_attention(), state.usual_attention);
        let weighted = run.state.blocks.visit_weight(province);
        let class = usize::from(run.model.world.provinces[province].municipality);
        let planned = run.model.planned_visits[province];
        run.scratch.visit_scale[province] =
            government::visit_scale(run.regime.visit_volume[class] * effort, planned, weighted);
    }
    let week = run.state.week as usize % BLOCKS;
    run.state.blocks.visit_weight[week].fill(0.0);
}

/// Visits that an enterprise gets, and the care that it takes.
fn care(run: &mut Run, agent: usize) {
    let model = run.model;
    let facts = model.enterprise(agent);
    let weight = visit_weight(run, agent);
    let planned = model.planned_visit(facts.trade, facts.size) * weight;
    let block = run.state.week as usize % BLOCKS;
    run.state.blocks.visit_weight[block][facts.province] += planned * facts.establishments;
    let visits = planned * run.scratch.visit_scale[facts.province];
    run.state.enterprises.visits[agent] = visits as f32;
    let target = target_care(run, agent, visits);
    let state = &mut run.state.enterprises;
    let moved =
        model.society.enterprise.care_inertia_per_quarter * (target - f64::from(state.care[agent]));
    state.care[agent] += moved as f32;
}

/// Weight of an enterprise in the visits: rated accidents of an establishment against those of its
/// trade, times what a visit does there, and attention. Visits move within a trade to where more can
/// happen, and between trades only by their effect.
fn visit_weight(run: &Run, agent: usize) -> f64 {
    let model = run.model;
    let facts = model.enterprise(agent);
    let attention = run.scratch.attention[facts.province][facts.trade as usize];
    let avoidance = &run.regime.effects.avoidance;
    if avoidance.visit_exponent <= 0.0 {
        return attention;
    }
    let rate = f64::from(run.state.enterprises.rate[agent]) * facts.workers / facts.establishments;
    let relative =
        rate / model.reference_rate(facts.trade) * model.society.trades[facts.trade].visit_effect;
    let spread = (1.0 - avoidance.rating_accuracy * avoidance.rating_accuracy)
        .max(0.0)
        .sqrt();
    let noise = spread * f64::from(facts.rating_error);
    attention * avoidance.visit_weight(relative, noise)
}

/// The care an enterprise aims at: rational, or the standard where it complies.
fn target_care(run: &mut Run, agent: usize, visits: f64) -> f64 {
    let model = run.model;
    let society = &model.society;
    let facts = model.enterprise(agent);
    let trade = &society.trades[facts.trade];
    let terms = &run.regime.trades[facts.trade];
    let rules = &society.enterprise;
    let state = &mut run.state.enterprises;
    let backlog = f64::from(state.backlog[agent]);
    let pressure = accident::backlog_factor(
        backlog,
        trade.backlog_ceiling,
        society.accident.backlog_half_per_100_workers,
    ) * run.scratch.plant_factor[facts.trade];
    let seen = f64::from(state.perceived[agent]);
    let perceived = seen + model.quarterly.perception * (pressure - seen);
    state.perceived[agent] = perceived as f32;
    let base = trade.base_rate_per_100k_worker_years / 1e5;
    let exposure = rules.perceived_risk * base * perceived * (1.0 - trade.care_out_of_reach);
    let stake = terms.stake[facts.size];
    let rational = enterprise::rational_care(
        rules.care_kappa,
        exposure,
        stake,
        terms.price_of_care,
        rules.care_max,
    );
    if rational >= rules.care_standard {
        return rational;
    }
    let workers = facts.workers / facts.establishments;
    let saved = exposure
        * (exp(-rules.care_kappa * rational) - exp(-rules.care_kappa * rules.care_standard))
        * stake
        * workers;
    let caught = visits * run.regime.penalty_per_visit;
    let cost = trade.standard_cost_yuan_per_worker_year
        * workers
        * (rules.care_standard - rational)
        * rules.standard_discount;
    let share = enterprise::compliance(caught + saved, cost, rules.compliance_slope);
    rational + share * (rules.care_standard - rational)
}
