//! Stage 2, decide: agents whose review is due choose – governments, then enterprises, then citizens.

use std::array;

use crate::model::agents::enterprise::{
    Choice, Choices, Habits, rational, safe_from_neighbours, with_standard,
};
use crate::model::agents::{citizen, government};
use crate::model::hazards::accident;
use crate::model::lanes::{ABREAST, Abreast};
use crate::model::run::{Row, Run};
use crate::model::stages::pressure::block;
use crate::model::state::{BLOCKS, TRADES};
use crate::scenario::society::EnterpriseRule;
use crate::vocabulary::Trade;

/// Lets the agents that are due decide.
pub fn decide(run: &mut Run) {
    governments(run);
    run.each_due(decisions, |run, row, own| keep(run, row, &own));
    citizen::review(run, block(run.model.world.citizens.len(), run.state.week));
}

/// Puts the care of the enterprises that are due at its target: for the start, where it is at rest. What
/// is rational then is what they hold on to by habit.
pub fn settle_care(run: &mut Run) {
    let rules = &run.model.society.enterprise;
    let at_rest = |run: &Run, row: &Row| {
        let agents = &row.agents;
        let visits = agents.map(|agent| f64::from(run.state.enterprises.visits[agent]));
        let perceived = agents.map(|agent| perceived(run, agent));
        let choices = weighed(run, agents, &visits, &perceived);
        let own = rational(&choices, rules);
        let care = with_standard(&choices, &own, rules);
        (perceived, care, own)
    };
    run.each_due(at_rest, |run, row, (perceived, care, own)| {
        let state = &mut run.state.enterprises;
        row.store(&perceived.map(|value| value as f32), &mut state.perceived);
        row.store(&care.map(|value| value as f32), &mut state.care);
        for (lane, agent) in row.own().enumerate() {
            state.remember_habit(agent, own.of(lane));
        }
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

/// What becomes of enterprises at their review.
struct Decisions {
    /// Planned visits a year of all establishments of an agent, weighted.
    planned: Abreast<f64>,
    /// Visits an establishment and year that they get.
    visits: Abreast<f32>,
    /// Perceived multiplier and care; nothing where decisions are frozen.
    own: Option<[Abreast<f32>; 2]>,
}

/// Visits that enterprises get, and the care that they take.
fn decisions(run: &Run, row: &Row) -> Decisions {
    let agents = &row.agents;
    let weights = visit_weights(run, agents);
    let facts = agents.map(|agent| run.model.enterprise(agent));
    let planned: Abreast<f64> =
        array::from_fn(|lane| run.class(facts[lane]).planned_visit * weights[lane]);
    let visits = array::from_fn(|lane| {
        planned[lane] * run.scratch.visit_scale[usize::from(facts[lane].province)]
    });
    Decisions {
        planned: array::from_fn(|lane| planned[lane] * facts[lane].establishments),
        visits: visits.map(|visits| visits as f32),
        own: care(run, agents, &visits),
    }
}

/// Perceived multiplier and care of enterprises that get so many visits; nothing where decisions are frozen.
fn care(run: &Run, agents: &Abreast<usize>, visits: &Abreast<f64>) -> Option<[Abreast<f32>; 2]> {
    let rules = &run.model.society.enterprise;
    if rules.rule == EnterpriseRule::Frozen {
        return None;
    }
    let perceived = agents.map(|agent| perceived(run, agent));
    let choices = weighed(run, agents, visits, &perceived);
    let targets = aims(run, agents, &choices);
    let moved = array::from_fn(|lane| {
        let care = run.state.enterprises.care[agents[lane]];
        let moved = rules.care_inertia_per_quarter * (targets[lane] - f64::from(care));
        care + moved as f32
    });
    Some([perceived.map(|perceived| perceived as f32), moved])
}

fn keep(run: &mut Run, row: &Row, decisions: &Decisions) {
    let block = run.state.week as usize % BLOCKS;
    let weight = &mut run.state.blocks.visit_weight[block];
    for (agent, planned) in row.own().zip(decisions.planned) {
        weight[usize::from(run.model.enterprise(agent).province)] += planned;
    }
    let state = &mut run.state.enterprises;
    row.store(&decisions.visits, &mut state.visits);
    if let Some([perceived, care]) = &decisions.own {
        row.store(perceived, &mut state.perceived);
        row.store(care, &mut state.care);
    }
}

/// Weights of enterprises in the visits: rated accidents of an establishment against those of its
/// trade, times what a visit does there, and attention. Visits move within a trade to where more can
/// happen, and between trades only by their effect.
fn visit_weights(run: &Run, agents: &Abreast<usize>) -> Abreast<f64> {
    let model = run.model;
    let facts = agents.map(|agent| model.enterprise(agent));
    let attention =
        facts.map(|own| run.scratch.attention[usize::from(own.province)][own.trade as usize]);
    let avoidance = &run.regime.effects.avoidance;
    if avoidance.visit_exponent <= 0.0 {
        return attention;
    }
    let relative = array::from_fn(|lane| {
        let own = facts[lane];
        let rate = f64::from(run.state.enterprises.rate[agents[lane]]) * own.workers;
        let effect = model.society.trades[own.trade].visit_effect;
        rate / own.establishments / model.reference_rate[own.trade] * effect
    });
    let spread = (1.0 - avoidance.rating_accuracy * avoidance.rating_accuracy)
        .max(0.0)
        .sqrt();
    let noise = facts.map(|own| spread * f64::from(own.rating_error));
    let weights = avoidance.visit_weights(&relative, &noise);
    array::from_fn(|lane| attention[lane] * weights[lane])
}

/// The care an enterprise aims at: rational or habitual, or the standard where it complies.
pub fn target_care(run: &Run, agent: usize, visits: f64) -> f64 {
    let agents = [agent; ABREAST];
    aims(run, &agents, &alike(run, agent, visits))[0]
}

fn aims(run: &Run, agents: &Abreast<usize>, choices: &Choices) -> Abreast<f64> {
    let rules = &run.model.society.enterprise;
    let own = if rules.rule == EnterpriseRule::Rational {
        rational(choices, rules)
    } else {
        Habits::gathered(|lane| run.state.enterprises.habit(agents[lane]))
    };
    with_standard(choices, &own, rules)
}

/// Multiplier of the rate as an enterprise perceives it, moved on by a quarter.
fn perceived(run: &Run, agent: usize) -> f64 {
    let seen = f64::from(run.state.enterprises.perceived[agent]);
    seen + run.model.quarterly.perception * (pressure_on(run, agent) - seen)
}

/// What an enterprise weighs, with its perception of the danger moved on by a quarter.
pub fn choice(run: &Run, agent: usize, visits: f64) -> Choice {
    alike(run, agent, visits).of(0)
}

/// One enterprise, as often as there is room abreast.
fn alike(run: &Run, agent: usize, visits: f64) -> Choices {
    let perceived = perceived(run, agent);
    let row = ([agent; ABREAST], [visits; ABREAST], [perceived; ABREAST]);
    weighed(run, &row.0, &row.1, &row.2)
}

/// What enterprises weigh that get so many visits and perceive such multipliers.
fn weighed(
    run: &Run,
    agents: &Abreast<usize>,
    visits: &Abreast<f64>,
    perceived: &Abreast<f64>,
) -> Choices {
    let facts = agents.map(|agent| run.model.enterprise(agent));
    let classes = facts.map(|own| run.class(own));
    let exposure = array::from_fn(|lane| {
        let class = classes[lane];
        let exposure = class.perceived_rate * perceived[lane] * (1.0 - class.out_of_reach);
        exposure * neighbours_safety(run, agents[lane])
    });
    Choices {
        exposure,
        at_fault: classes.map(|class| class.at_fault),
        with_due_care: classes.map(|class| class.with_due_care),
        price_of_care: classes.map(|class| class.price_of_care),
        workers: facts.map(|own| own.workers / own.establishments),
        fines: visits.map(|visits| visits * run.regime.penalty_per_visit),
        cost_of_care: classes.map(|class| class.cost_of_care),
        most: classes.map(|class| class.most_care),
    }
}

/// Multiplier of the rate by open hazards and old plant.
fn pressure_on(run: &Run, agent: usize) -> f64 {
    let class = run.class(run.model.enterprise(agent));
    accident::backlog_factor(
        f64::from(run.state.enterprises.backlog[agent]),
        class.backlog_ceiling,
        run.model.society.accident.backlog_half_per_100_workers,
    ) * run.scratch.plant_factor[class.trade]
}

/// Probability that no other chemical plant of the same park would hit an enterprise within the
/// horizon that it reckons with; one outside parks and where nobody reckons with it.
pub fn neighbours_safety(run: &Run, agent: usize) -> f64 {
    let model = run.model;
    let rules = &model.society.enterprise;
    let cells = &model.world.cells;
    let own = model.enterprise(agent);
    let county = own.county as usize;
    let reckoned_with = rules.park_contagion > 0.0 && own.trade == Trade::Chemicals;
    if !reckoned_with || !model.world.counties.park[county] {
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
