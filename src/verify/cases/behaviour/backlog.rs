//! Backlogs of hidden dangers, visited at random or at intervals.

use crate::model::agents::enterprise::{backlog_after, backlog_with_visits};
use crate::model::record::Series;
use crate::model::stages::pressure::kept_after_visit;
use crate::model::transcendental::log;
use crate::scenario::society::{Society, VisitSchedule};
use crate::verify::closed_form::backlog::Backlog;
use crate::verify::laboratory::Laboratory;
use crate::verify::stripped::{Stripped, TRADE};
use crate::verify::{Case, Effort, Parameter, Quantity, Refusal, Text, Values};
use crate::vocabulary::{SizeClass, Vocabulary};

/// Mean backlog and relaxation.
pub(super) const CASE: Case = Case {
    name: "backlog",
    summary: [
        "open hazards that grow, are mended, and are found by visits",
        "隐患的滋生、自查消除与检查发现",
    ],
    parameters: &[
        Parameter::number("growth_per_week", "hazards per week", 0.1, [1e-6, 1e4]),
        Parameter::number("self_check_per_week", "per week", 0.02, [0.0, 1.0]),
        Parameter::number("found_share", "share", 0.5, [0.0, 1.0]),
        Parameter::number("inspection_interval_weeks", "weeks", 13.0, [1.0, 520.0]),
    ],
    run,
};

/// When inspectors come.
pub const SCHEDULE: Text = Text {
    case: "backlog",
    name: "schedule",
    default: "poisson",
    words: &["poisson", "fixed"],
};

/// Establishments of one run, each an agent.
const AGENTS: u32 = 10_000;
/// Agents of a cell at most, hence counties.
const AGENTS_OF_A_COUNTY: u32 = 1000;
/// Agents by default.
const DEFAULT: u64 = 40_000;
/// Relaxation times until a run has forgotten its start.
const TIMES: f64 = 10.0;
/// Longest relaxation that a run can wait for (weeks).
const LONGEST: f64 = 5200.0;
/// Weeks of a year.
const YEAR: f64 = 52.0;

fn run(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let backlog = Backlog {
        growth: values["growth_per_week"],
        removal: values["self_check_per_week"],
        found: values["found_share"],
        interval: values["inspection_interval_weeks"],
    };
    let fixed = values.text(SCHEDULE.name) == "fixed";
    let slowest = backlog.relaxation_at_random();
    // Without any removal it is infinite.
    if slowest > LONGEST {
        return Err(too_slow(&backlog));
    }
    let laboratory = laboratory(&backlog, fixed)?;
    let years = libm::ceil(TIMES * slowest / YEAR).max(1.0) as u32;
    let runs = effort.replications(DEFAULT).div_ceil(u64::from(AGENTS));
    let means = laboratory.replications(effort.seed, runs, years, |record| {
        let backlog = record.series(Series::Backlog);
        backlog.last().copied().unwrap_or(f64::NAN)
    })?;
    let agents = laboratory.model.world.enterprises.len() as f64 * runs as f64;
    let (mean, variance) = if fixed {
        backlog.at_intervals()
    } else {
        backlog.at_random()
    };
    let relaxation = if fixed {
        backlog.relaxation_at_intervals()
    } else {
        slowest
    };
    Ok(vec![
        Quantity::estimate(
            "mean_backlog",
            mean,
            means.iter().sum::<f64>() / runs as f64,
            libm::sqrt(variance / agents),
            agents as u64,
        ),
        Quantity::exact(
            "relaxation_weeks",
            relaxation,
            relaxes(&laboratory, &backlog, fixed),
        ),
    ])
}

fn too_slow(backlog: &Backlog) -> Refusal {
    Refusal::Rule {
        parameter: "found_share",
        value: backlog.found.to_string(),
        rule: [
            format!(
                "with self_check_per_week = {} and inspection_interval_weeks = {} a backlog needs more than {LONGEST} weeks to relax",
                backlog.removal, backlog.interval
            ),
            format!(
                "self_check_per_week = {}、inspection_interval_weeks = {} 时，隐患存量的调整时间超过 {LONGEST} 周",
                backlog.removal, backlog.interval
            ),
        ],
    }
}

/// Many establishments of one kind, without accidents.
fn laboratory(backlog: &Backlog, fixed: bool) -> Result<Laboratory, Refusal> {
    let mut stripped = Stripped::new()?;
    for workers in &mut stripped.society.tables.workers {
        workers[TRADE] = f64::from(AGENTS);
    }
    for province in &mut stripped.society.tables.provinces {
        province.counties = AGENTS / AGENTS_OF_A_COUNTY;
    }
    put(stripped.facts(), backlog, fixed);
    let mut laboratory = stripped.laboratory_of_single_agents();
    let regime = &mut laboratory.regime;
    regime.visit_volume = [1.0, 1.0];
    regime.find_rate = backlog.found;
    regime.effects.remedy.rectified_share = 1.0;
    Ok(laboratory)
}

fn put(society: &mut Society, backlog: &Backlog, fixed: bool) {
    let enterprise = &mut society.enterprise;
    enterprise.visit_schedule = if fixed {
        VisitSchedule::Fixed
    } else {
        VisitSchedule::Poisson
    };
    // Management quality q slows growth to g(1 − q); it stays where it starts.
    enterprise.backlog_growth_per_year = backlog.growth * YEAR / (1.0 - enterprise.quality_mean);
    enterprise.self_check_removal_per_year = backlog.removal * YEAR;
    enterprise.reports_removal_per_year = 0.0;
    enterprise.least_removal_per_year = 0.0;
    society.sizes[SizeClass::Small].workers_mean = 1.0;
    let trade = &mut society.trades[TRADE];
    trade.base_rate_per_100k_worker_years = 0.0;
    for size in SizeClass::ALL.iter().copied() {
        let class = &mut trade.sizes[size];
        class.share_of_workers = if size == SizeClass::Small { 1.0 } else { 0.0 };
        class.visits_per_firm_year = YEAR / backlog.interval;
    }
}

/// Weeks in which the engine's step brings two backlogs nearer by the factor e.
fn relaxes(laboratory: &Laboratory, backlog: &Backlog, fixed: bool) -> f64 {
    let (model, regime) = (&laboratory.model, &laboratory.regime);
    let years = backlog.interval / YEAR;
    let removal = |visits: f64| regime.removal(&model.society, TRADE, visits);
    let after = |start: f64| {
        if fixed {
            let visit = std::iter::once(0.5 * years);
            let kept = kept_after_visit(regime);
            backlog_with_visits(start, 0.0, removal(0.0), years, visit, kept)
        } else {
            backlog_after(start, 0.0, removal(1.0 / years), years)
        }
    };
    -backlog.interval / log(after(1.0) - after(0.0))
}
