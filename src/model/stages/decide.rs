//! Stage 2, decide: agents whose review is due choose – governments, then enterprises, then citizens.

use multiversion::multiversion;

use crate::model::agents::enterprise::{
    Choice, Choices, Habits, rational, safe_from_neighbours, with_standard,
};
use crate::model::agents::{citizen, government};
use crate::model::hazards::accident;
use crate::model::lanes::{ABREAST, Abreast, doubles};
use crate::model::run::{Facts, Row, Run};
use crate::model::stages::pressure::block;
use crate::model::state::BLOCKS;
use crate::scenario::society::EnterpriseRule;
use crate::vocabulary::Trade;

/// Lets the agents that are due decide.
pub fn decide(run: &mut Run) {
    governments(run);
    run.each_due(decisions, keep);
    citizen::review(run, block(run.model.world.citizens.len(), run.state.week));
}

/// Puts the care of the enterprises that are due at its target: for the start, where it is at rest. What
/// is rational then is what they hold on to by habit.
pub fn settle_care(run: &mut Run) {
    let rules = &run.model.society.enterprise;
    let at_rest = |run: &Run, row: &Row| {
        let facts = row.facts(run.model);
        let visits = doubles(&row.load(&run.state.enterprises.visits));
        let perceived = perceived(run, row, &facts);
        let choices = weighed(run, row, &facts, [&visits, &perceived]);
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
        let weights = government::attention_weights(&state.attention, rules.reactive_exponent);
        let own = run.scratch.attention[province].iter_mut();
        for ((own, weight), weeks) in own.zip(weights).zip(state.campaign) {
            *own = weight * if weeks > 0.0 { campaign } else { 1.0 };
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

/// Visits that enterprises get, and the care that they take; in loops over the row, so that each is a few vector
/// instructions.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn decisions(run: &Run<'_>, row: &Row) -> Decisions {
    let facts = row.facts(run.model);
    let usual = run.classes().planned_visit.of_each(&facts.class);
    let weights = visit_weights(run, row, &facts);
    let (mut planned, mut visits) = ([0.0; ABREAST], [0.0; ABREAST]);
    let mut rounded = [0.0; ABREAST];
    for lane in 0..ABREAST {
        let scale = run.scratch.visit_scale[usize::from(facts.province[lane])];
        let weighted = usual[lane] * weights[lane];
        planned[lane] = weighted * facts.establishments[lane];
        visits[lane] = weighted * scale;
        rounded[lane] = visits[lane] as f32;
    }
    Decisions {
        planned,
        visits: rounded,
        own: care(run, row, &facts, &visits),
    }
}

/// Perceived multiplier and care of enterprises that get so many visits; nothing where decisions are frozen.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn care(run: &Run, row: &Row, facts: &Facts, visits: &Abreast<f64>) -> Option<[Abreast<f32>; 2]> {
    let rules = &run.model.society.enterprise;
    if rules.rule == EnterpriseRule::Frozen {
        return None;
    }
    let perceived = perceived(run, row, facts);
    let choices = weighed(run, row, facts, [visits, &perceived]);
    let targets = aims(run, row, &choices);
    let mut care = row.load(&run.state.enterprises.care);
    let mut rounded = [0.0; ABREAST];
    for lane in 0..ABREAST {
        let moved = rules.care_inertia_per_quarter * (targets[lane] - f64::from(care[lane]));
        care[lane] += moved as f32;
        rounded[lane] = perceived[lane] as f32;
    }
    Some([rounded, care])
}

fn keep(run: &mut Run, row: &Row, decisions: &Decisions) {
    let block = run.state.week as usize % BLOCKS;
    let weight = &mut run.state.blocks.visit_weight[block];
    let province = |lane: usize| run.model.facts.province[row.agents[lane]];
    for lanes in row.stretches(province) {
        let sum = &mut weight[usize::from(province(lanes.start))];
        let planned = &decisions.planned[lanes];
        *sum = planned.iter().fold(*sum, |sum, planned| sum + planned);
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
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn visit_weights(run: &Run, row: &Row, facts: &Facts) -> Abreast<f64> {
    let model = run.model;
    let mut weights = [0.0; ABREAST];
    for lane in 0..ABREAST {
        let attention = &run.scratch.attention[usize::from(facts.province[lane])];
        weights[lane] = attention[usize::from(facts.trade[lane])];
    }
    let avoidance = &run.regime.effects.avoidance;
    if avoidance.visit_exponent <= 0.0 {
        return weights;
    }
    let accuracy = avoidance.rating_accuracy;
    let spread = (1.0 - accuracy * accuracy).max(0.0).sqrt();
    let rate = row.load(&run.state.enterprises.rate);
    let (mut relative, mut noise) = ([0.0; ABREAST], [0.0; ABREAST]);
    for (lane, agent) in row.agents.iter().enumerate() {
        let own = model.enterprise(*agent);
        let rate = f64::from(rate[lane]) * facts.workers[lane];
        let effect = model.society.trades[own.trade].visit_effect;
        relative[lane] =
            rate / facts.establishments[lane] / model.reference_rate[own.trade] * effect;
        noise[lane] = spread * f64::from(own.rating_error);
    }
    let rated = avoidance.visit_weights(&relative, &noise);
    for lane in 0..ABREAST {
        weights[lane] *= rated[lane];
    }
    weights
}

/// The care an enterprise aims at: rational or habitual, or the standard where it complies.
pub fn target_care(run: &Run, agent: usize, visits: f64) -> f64 {
    let row = Row::alone(agent);
    aims(run, &row, &weighed_alone(run, &row, visits))[0]
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn aims(run: &Run, row: &Row, choices: &Choices) -> Abreast<f64> {
    let rules = &run.model.society.enterprise;
    let own = if rules.rule == EnterpriseRule::Rational {
        rational(choices, rules)
    } else {
        Habits::gathered(|lane| run.state.enterprises.habit(row.agents[lane]))
    };
    with_standard(choices, &own, rules)
}

/// Multiplier of the rate as enterprises perceive it, moved on by a quarter.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn perceived(run: &Run, row: &Row, facts: &Facts) -> Abreast<f64> {
    let mut perceived = doubles(&row.load(&run.state.enterprises.perceived));
    let pressure = pressure_on(run, row, facts);
    for lane in 0..ABREAST {
        let surprise = pressure[lane] - perceived[lane];
        perceived[lane] += run.model.quarterly.perception * surprise;
    }
    perceived
}

/// What an enterprise weighs, with its perception of the danger moved on by a quarter.
pub fn choice(run: &Run, agent: usize, visits: f64) -> Choice {
    weighed_alone(run, &Row::alone(agent), visits).of(0)
}

fn weighed_alone(run: &Run, row: &Row, visits: f64) -> Choices {
    let facts = row.facts(run.model);
    let perceived = perceived(run, row, &facts);
    weighed(run, row, &facts, [&[visits; ABREAST], &perceived])
}

/// What enterprises weigh that get so many visits and perceive such multipliers.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn weighed(
    run: &Run,
    row: &Row,
    facts: &Facts,
    [visits, perceived]: [&Abreast<f64>; 2],
) -> Choices {
    let (classes, own) = (run.classes(), &facts.class);
    let perceived_rate = classes.perceived_rate.of_each(own);
    let out_of_reach = classes.out_of_reach.of_each(own);
    let (mut exposure, mut workers) = ([0.0; ABREAST], [0.0; ABREAST]);
    let mut fines = [0.0; ABREAST];
    for lane in 0..ABREAST {
        exposure[lane] = perceived_rate[lane] * perceived[lane] * (1.0 - out_of_reach[lane]);
        workers[lane] = facts.workers[lane] / facts.establishments[lane];
        fines[lane] = visits[lane] * run.regime.penalty_per_visit;
    }
    for (lane, trade) in facts.trade.iter().enumerate() {
        if *trade == Trade::Chemicals as u8 {
            exposure[lane] *= neighbours_safety(run, row.agents[lane]);
        }
    }
    Choices {
        exposure,
        at_fault: classes.at_fault.of_each(own),
        with_due_care: classes.with_due_care.of_each(own),
        price_of_care: classes.price_of_care.of_each(own),
        workers,
        fines,
        cost_of_care: classes.cost_of_care.of_each(own),
        most: classes.most_care.of_each(own),
    }
}

/// Multiplier of the rate by open hazards and old plant.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn pressure_on(run: &Run, row: &Row, facts: &Facts) -> Abreast<f64> {
    let ceiling = run.classes().backlog_ceiling.of_each(&facts.class);
    let plant = facts.of_trade(&run.scratch.plant_factor);
    let mut pressure = doubles(&row.load(&run.state.enterprises.backlog));
    let half = run.model.society.accident.backlog_half_per_100_workers;
    for lane in 0..ABREAST {
        pressure[lane] =
            accident::backlog_factor(pressure[lane], ceiling[lane], half) * plant[lane];
    }
    pressure
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
    let own = run.model.enterprise(agent);
    let trade = &run.model.society.trades[own.trade];
    let care = f64::from(run.state.enterprises.care[agent]);
    let kappa = run.model.society.enterprise.care_kappa;
    let pressure = accident::backlog_factor(
        f64::from(run.state.enterprises.backlog[agent]),
        trade.backlog_ceiling,
        run.model.society.accident.backlog_half_per_100_workers,
    ) * run.scratch.plant_factor[own.trade];
    trade.base_rate_per_100k_worker_years / 1e5
        * pressure
        * accident::care_factor(care, trade.care_out_of_reach, kappa)
}
