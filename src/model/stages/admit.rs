//! Stage 3, admit: new enterprises are screened, those over a limit are suspended; what remains open
//! has its rate of accidents.

use multiversion::multiversion;

use crate::model::agents::enterprise::{QUARTER, Sources, rates_of};
use crate::model::lanes::{ABREAST, Abreast, doubles};
use crate::model::run::{Facts, Row, Run};
use crate::model::state::{BLOCKS, TRADES, Totals};

/// Screens entrants, suspends, and writes the rates of the enterprises that are due.
pub fn admit(run: &mut Run) {
    let block = run.state.week as usize % BLOCKS;
    run.state.blocks.accident_rate[block].fill(0.0);
    run.state.blocks.totals[block] = Totals::default();
    run.each_due_alone(admissions, keep);
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

/// Shares of enterprises' establishments that are suspended in a quarter, and what they leave open.
struct Suspended {
    share: Abreast<f64>,
    backlog: Abreast<f32>,
}

/// In loops over the row, so that each is a few vector instructions.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn admissions(run: &Run<'_>, row: &Row) -> Admissions {
    let own = row.facts(run.model);
    let suspended = suspend(run, row, &own);
    let weeks = run.regime.effects.criteria.suspension_weeks;
    let share = (weeks / 13.0).min(1.0);
    let mut closed = [0.0; ABREAST];
    for (closed, suspended) in closed.iter_mut().zip(&suspended.share) {
        *closed = suspended * share;
    }
    let mut rates = rates(run, row, &own, &suspended.backlog);
    let (mut rate, mut accidents) = ([0.0; ABREAST], [0.0; ABREAST]);
    let mut lost = [0.0; ABREAST];
    for lane in 0..ABREAST {
        rates[lane] *= 1.0 - closed[lane];
        rate[lane] = rates[lane] as f32;
        accidents[lane] = rates[lane] * own.workers[lane];
        lost[lane] = closed[lane] * own.workers[lane] * QUARTER;
    }
    let shares = [&suspended.share, &closed];
    Admissions {
        quality: screen(run, row),
        rate,
        accidents,
        lost,
        refused: refused(run, row, &own),
        totals: totals(run, row, &own, &suspended.backlog, shares),
        backlog: suspended.backlog,
    }
}

fn keep(run: &mut Run, row: &Row, own: &Admissions) {
    let block = run.state.week as usize % BLOCKS;
    let state = &mut run.state.enterprises;
    row.store(&own.quality, &mut state.quality);
    row.store(&own.backlog, &mut state.backlog);
    row.store(&own.rate, &mut state.rate);
    run.ceilings.store(row, &own.rate);
    let false_share = run.regime.effects.avoidance.false_refusal_share;
    run.record.refusals(own.refused, false_share);
    let rates = &mut run.state.blocks.accident_rate[block];
    let facts = &run.model.facts;
    for (agent, accidents) in row.own().zip(own.accidents) {
        let (province, trade) = (facts.province[agent], facts.trade[agent]);
        rates[usize::from(province) * TRADES + usize::from(trade)] += accidents;
    }
    let county = |lane: usize| facts.county[row.agents[lane]];
    for lanes in row.stretches(county) {
        run.lose_work(county(lanes.start), &own.lost[lanes]);
    }
    let totals = &mut run.state.blocks.totals[block];
    *totals = totals.plus(own.totals);
}

/// Entrants replace those who leave; refusing the worst rated raises the quality of the rest.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn screen(run: &Run, row: &Row) -> Abreast<f32> {
    let rules = &run.model.society.enterprise;
    let gain = run.regime.effects.avoidance.admitted_gain_sd * rules.quality_sd;
    let turnover = run.model.quarterly.turnover;
    let at_start = row.load(&run.model.world.enterprises.quality);
    let mut quality = row.load(&run.state.enterprises.quality);
    for lane in 0..ABREAST {
        let now = f64::from(quality[lane]);
        let entrants = f64::from(at_start[lane]) + gain;
        quality[lane] = (now + turnover * (entrants - now).max(0.0)).min(0.99) as f32;
    }
    quality
}

/// Establishments refused.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn refused(run: &Run, row: &Row, own: &Facts) -> f64 {
    let turnover = run.model.quarterly.turnover;
    let share = run.regime.effects.avoidance.refusal_share;
    let mut refused = 0.0;
    for establishments in &own.establishments[..row.count] {
        refused += turnover * establishments * share;
    }
    refused
}

/// Establishments are suspended this quarter for what they leave open, for the risk of their workers, and for that of
/// an installation. Open hazards of the first are mended.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn suspend(run: &Run, row: &Row, own: &Facts) -> Suspended {
    let (criteria, classes) = (&run.regime.effects.criteria, run.classes());
    let state = &run.state.enterprises;
    let deaths = classes.worker_deaths_per_accident.of_each(&own.class);
    let line = classes.line_per_accident.of_each(&own.class);
    let (rate, before, visits) = (
        row.load(&state.rate),
        row.load(&state.backlog),
        row.load(&state.visits),
    );
    let (mut open, mut visited) = ([0.0; ABREAST], [0.0; ABREAST]);
    let (mut risk, mut greatest) = ([0.0; ABREAST], [0.0; ABREAST]);
    for lane in 0..ABREAST {
        open[lane] = f64::from(before[lane]);
        visited[lane] = f64::from(visits[lane]) * QUARTER;
        let rate = f64::from(rate[lane]);
        risk[lane] = rate * deaths[lane];
        let workers = own.workers[lane] / own.establishments[lane];
        greatest[lane] = rate * workers * line[lane];
    }
    let overdue = criteria.suspended_for_backlog(&open, &visited);
    let risk = criteria.each_suspended_for_risk(&risk);
    let line = criteria.each_suspended_for_line(&greatest);
    let (mut share, mut backlog) = ([0.0; ABREAST], [0.0; ABREAST]);
    for lane in 0..ABREAST {
        let overdue = criteria.enforced(overdue[lane]);
        // Those over the limit hold the limit and, being exponential, another mean backlog above it.
        let mended = overdue * (criteria.suspension_backlog + open[lane]);
        let (risk, line) = (criteria.enforced(risk[lane]), criteria.enforced(line[lane]));
        share[lane] = 1.0 - (1.0 - risk) * (1.0 - overdue) * (1.0 - line);
        backlog[lane] = (open[lane] - mended).max(0.0) as f32;
    }
    Suspended { share, backlog }
}

/// Accidents a worker-year of enterprises that are open all the quarter.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn rates(run: &Run, row: &Row, own: &Facts, backlog: &Abreast<f32>) -> Abreast<f64> {
    let (classes, state) = (run.classes(), &run.state.enterprises);
    let sources = Sources {
        base_rate: classes.base_rate.of_each(&own.class),
        backlog: doubles(backlog),
        backlog_ceiling: classes.backlog_ceiling.of_each(&own.class),
        plant: own.of_trade(&run.scratch.plant_factor),
        remembered: doubles(&row.load(&state.remembered)),
        care: doubles(&row.load(&state.care)),
        out_of_reach: classes.out_of_reach.of_each(&own.class),
        unmonitored: classes.unmonitored.of_each(&own.class),
    };
    let mut rates = rates_of(&sources, &run.model.society);
    for rate in &mut rates {
        *rate *= run.scratch.novelty;
    }
    rates
}

/// Enterprises' part of the sums of their block, in their order.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn totals(
    run: &Run,
    row: &Row,
    own: &Facts,
    backlog: &Abreast<f32>,
    [suspended, closed]: [&Abreast<f64>; 2],
) -> Totals {
    let rules = &run.model.society.enterprise;
    let (classes, state) = (run.classes(), &run.state.enterprises);
    let (remedy, avoidance) = (&run.regime.effects.remedy, &run.regime.effects.avoidance);
    let check = rules.self_check_cost_share * remedy.self_check_multiplier;
    let refused = avoidance.refusal_share * rules.exit_rate_per_year * 0.5;
    let value_added = classes.value_added.of_each(&own.class);
    let found_online = classes.found_online.of_each(&own.class);
    let cost_of_care = classes.cost_of_care.of_each(&own.class);
    let asked_beyond = classes.asked_beyond.of_each(&own.class);
    let (care, visits) = (row.load(&state.care), row.load(&state.visits));
    let [mut care_yuan, mut suspension_yuan, mut visited] = [[0.0; ABREAST]; 3];
    let [mut found, mut reported, mut suspensions] = [[0.0; ABREAST]; 3];
    let [mut open, mut careful, mut idle] = [[0.0; ABREAST]; 3];
    for lane in 0..ABREAST {
        let (workers, establishments) = (own.workers[lane], own.establishments[lane]);
        let (care, backlog) = (f64::from(care[lane]), f64::from(backlog[lane]));
        let visits = f64::from(visits[lane]) * establishments;
        let output = value_added[lane] * workers;
        let hazards = backlog * workers / 100.0;
        let by_visits = visits * run.regime.find_rate * hazards / establishments.max(1.0);
        let online = found_online[lane] * hazards;
        let caring = cost_of_care[lane] * (care + check + asked_beyond[lane]) * workers;
        let mending = (by_visits * remedy.mended_beyond + online * remedy.rectified_share)
            * rules.mending_cost_yuan_per_hazard;
        open[lane] = workers * backlog;
        careful[lane] = workers * care;
        idle[lane] = workers * closed[lane];
        care_yuan[lane] = caring + mending;
        suspension_yuan[lane] = output * (closed[lane] + refused * avoidance.false_refusal_share);
        visited[lane] = visits;
        found[lane] = by_visits + online;
        reported[lane] = run.regime.reports_removal * hazards;
        suspensions[lane] = suspended[lane] * establishments / QUARTER;
    }
    let mut sums = Totals::default();
    for lane in 0..row.count {
        sums = sums.plus(Totals {
            workers: own.workers[lane],
            backlog: open[lane],
            care: careful[lane],
            suspended: idle[lane],
            care_yuan: care_yuan[lane],
            suspension_yuan: suspension_yuan[lane],
            visits: visited[lane],
            found: found[lane],
            reported: reported[lane],
            suspensions: suspensions[lane],
        });
    }
    sums
}
