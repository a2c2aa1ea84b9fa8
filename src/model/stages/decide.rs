//! Stage 2, decide: agents whose review is due choose – governments, then enterprises, then citizens.

use crate::model::agents::enterprise::{Choice, affordable_care, safe_from_neighbours};
use crate::model::agents::{citizen, government};
use crate::model::hazards::accident;
use crate::model::run::Run;
use crate::model::stages::pressure::block;
use crate::model::state::{BLOCKS, TRADES};
use crate::scenario::society::EnterpriseRule;
use crate::vocabulary::Trade;

/// Lets the agents that are due decide.
pub fn decide(run: &mut Run) {
    governments(run);
    run.each_due(decision, |run, agent, decision| keep(run, agent, &decision));
    citizen::review(run, block(run.model.world.citizens.len(), run.state.week));
}

/// Puts the care of the enterprises that are due at its target: for the start, where it is at rest. What
/// is rational then is what they hold on to by habit.
pub fn settle_care(run: &mut Run) {
    let rules = &run.model.society.enterprise;
    let at_rest = |run: &Run, agent: usize| {
        let visits = f64::from(run.state.enterprises.visits[agent]);
        let perceived = perceived(run, agent);
        let choice = weighed(run, agent, visits, perceived);
        let own = choice.rational(rules);
        (perceived, choice.with_standard(own, rules), own)
    };
    run.each_due(at_rest, |run, agent, (perceived, care, own)| {
        let state = &mut run.state.enterprises;
        state.perceived[agent] = perceived as f32;
        state.care[agent] = care as f32;
        state.remember_habit(agent, own);
    });
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

/// What becomes of an enterprise at its review.
struct Decision {
    /// Planned visits a year, weighted.
    planned: f64,
    /// Visits an establishment and year that it gets.
    visits: f64,
    /// Perceived multiplier and care; nothing where decisions are frozen.
    own: Option<[f32; 2]>,
}

/// Visits that an enterprise gets, and the care that it takes.
fn decision(run: &Run, agent: usize) -> Decision {
    let model = run.model;
    let facts = model.enterprise(agent);
    let weight = visit_weight(run, agent);
    let planned = model.planned_visit(facts.trade, facts.size) * weight;
    let visits = planned * run.scratch.visit_scale[facts.province];
    let rules = &model.society.enterprise;
    let own = (rules.rule != EnterpriseRule::Frozen).then(|| {
        let perceived = perceived(run, agent);
        let target = aim(run, agent, &weighed(run, agent, visits, perceived));
        let care = run.state.enterprises.care[agent];
        let moved = rules.care_inertia_per_quarter * (target - f64::from(care));
        [perceived as f32, care + moved as f32]
    });
    Decision {
        planned,
        visits,
        own,
    }
}

fn keep(run: &mut Run, agent: usize, decision: &Decision) {
    let facts = run.model.enterprise(agent);
    let block = run.state.week as usize % BLOCKS;
    let weight = decision.planned * facts.establishments;
    run.state.blocks.visit_weight[block][facts.province] += weight;
    let state = &mut run.state.enterprises;
    state.visits[agent] = decision.visits as f32;
    if let Some([perceived, care]) = decision.own {
        state.perceived[agent] = perceived;
        state.care[agent] = care;
    }
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

/// The care an enterprise aims at: rational or habitual, or the standard where it complies.
pub fn target_care(run: &Run, agent: usize, visits: f64) -> f64 {
    aim(run, agent, &choice(run, agent, visits))
}

fn aim(run: &Run, agent: usize, choice: &Choice) -> f64 {
    let rules = &run.model.society.enterprise;
    let own = if rules.rule == EnterpriseRule::Rational {
        choice.rational(rules)
    } else {
        run.state.enterprises.habit(agent)
    };
    choice.with_standard(own, rules)
}

/// Multiplier of the rate as an enterprise perceives it, moved on by a quarter.
fn perceived(run: &Run, agent: usize) -> f64 {
    let seen = f64::from(run.state.enterprises.perceived[agent]);
    seen + run.model.quarterly.perception * (pressure_on(run, agent) - seen)
}

/// What an enterprise weighs, with its perception of the danger moved on by a quarter.
pub fn choice(run: &Run, agent: usize, visits: f64) -> Choice {
    weighed(run, agent, visits, perceived(run, agent))
}

/// What an enterprise that perceives such a multiplier weighs.
fn weighed(run: &Run, agent: usize, visits: f64, perceived: f64) -> Choice {
    let model = run.model;
    let society = &model.society;
    let facts = model.enterprise(agent);
    let trade = &society.trades[facts.trade];
    let terms = &run.regime.trades[facts.trade];
    let rules = &society.enterprise;
    let base = trade.base_rate_per_100k_worker_years / 1e5;
    let exposure = rules.perceived_risk * base * perceived * (1.0 - trade.care_out_of_reach);
    Choice {
        exposure: exposure * neighbours_safety(run, agent),
        stake: terms.stake[facts.size],
        price_of_care: terms.price_of_care,
        workers: facts.workers / facts.establishments,
        fines: visits * run.regime.penalty_per_visit,
        cost_of_care: trade.standard_cost_yuan_per_worker_year,
        most: affordable_care(
            rules,
            trade.value_added_yuan_per_worker_year,
            trade.standard_cost_yuan_per_worker_year,
        ),
    }
}

/// Multiplier of the rate by open hazards and old plant.
fn pressure_on(run: &Run, agent: usize) -> f64 {
    let society = &run.model.society;
    let trade = run.model.enterprise(agent).trade;
    accident::backlog_factor(
        f64::from(run.state.enterprises.backlog[agent]),
        society.trades[trade].backlog_ceiling,
        society.accident.backlog_half_per_100_workers,
    ) * run.scratch.plant_factor[trade]
}

/// Probability that no other chemical plant of the same park would hit an enterprise within the
/// horizon that it reckons with; one outside parks and where nobody reckons with it.
pub fn neighbours_safety(run: &Run, agent: usize) -> f64 {
    let model = run.model;
    let rules = &model.society.enterprise;
    let cells = &model.world.cells;
    let county = cells.county[model.world.enterprises.cell[agent] as usize] as usize;
    let own = model.enterprise(agent);
    let in_park = own.trade == Trade::Chemicals && model.world.counties.park[county];
    if rules.park_contagion <= 0.0 || !in_park {
        return 1.0;
    }
    let plants = model.world.counties.cells[county].rows();
    let neighbours: f64 = plants
        .filter(|cell| cells.trade[*cell] == own.trade)
        .flat_map(|cell| cells.enterprises[cell].rows())
        .map(|other| {
            let facts = model.enterprise(other);
            let others = if other == agent {
                facts.workers * (1.0 - 1.0 / facts.establishments)
            } else {
                facts.workers
            };
            visible_rate(run, other) * others
        })
        .sum();
    safe_from_neighbours(neighbours, rules.park_contagion, rules.park_horizon_years)
}

/// Accidents a worker-year of an enterprise as its neighbours see it: open hazards, plant and care.
pub fn visible_rate(run: &Run, agent: usize) -> f64 {
    let trade = &run.model.society.trades[run.model.enterprise(agent).trade];
    let care = f64::from(run.state.enterprises.care[agent]);
    let kappa = run.model.society.enterprise.care_kappa;
    trade.base_rate_per_100k_worker_years / 1e5
        * pressure_on(run, agent)
        * accident::care_factor(care, trade.care_out_of_reach, kappa)
}
