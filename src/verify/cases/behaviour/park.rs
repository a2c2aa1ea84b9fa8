//! Interdependent security: protect or not, where unprotected neighbours may hit one anyhow.

use crate::model::run::Run;
use crate::model::stages::decide;
use crate::model::transcendental::log;
use crate::scenario::policy::LiabilityRule;
use crate::scenario::society::Society;
use crate::verify::closed_form::park::Park;
use crate::verify::laboratory::Laboratory;
use crate::verify::stripped::{Stripped, TRADE};
use crate::verify::{Case, Effort, Parameter, Quantity, Refusal, Values};
use crate::vocabulary::{SizeClass, Table, Trade, Vocabulary};

/// How many must protect for the others to follow, and what it costs if nobody or everybody does.
pub(super) const CASE: Case = Case {
    name: "interdependent-security",
    summary: [
        "protection in a park where unprotected neighbours spoil it",
        "园区内相互依赖的安全投入，邻居不设防则自身设防无用",
    ],
    parameters: &[
        Parameter {
            name: "firms",
            unit: "firms",
            default: 10.0,
            least: 1.0,
            greatest: 200.0,
            integer: true,
        },
        Parameter::number("own_probability", "probability", 0.1, [1e-6, 1.0]),
        Parameter::number("loss", "money", 1000.0, [1e-6, 1e12]),
        Parameter::number(
            "contagion_probability",
            "probability",
            0.05,
            [0.0, 0.999_999],
        ),
        Parameter::number("cost", "money", 80.0, [1e-6, 1e12]),
    ],
    run,
};

/// Care of a protected firm: nothing is left of its rate.
const PROTECTED: f64 = 1000.0;
/// Slope and share at which a firm protects only where it pays by more than a rounding error.
const SLOPE: f64 = 1e9;
const CLEARLY: f64 = 0.75;
/// Yuan in the loss: so that rules of thumb in yuan do not matter.
const LOSS_YUAN: f64 = 1e9;

fn run(values: &Values, _: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let park = Park {
        firms: values.whole("firms"),
        own: values["own_probability"],
        loss: values["loss"],
        contagion: values["contagion_probability"],
        cost: values["cost"],
    };
    let laboratory = laboratory(&park)?;
    let history = laboratory.history(0, 0, 1);
    let state = laboratory.model.burn_in(&laboratory.regime, &history, 0);
    let mut run = Run::new(
        &laboratory.model,
        &laboratory.regime,
        &history,
        state,
        0,
        false,
    );
    run.common_factors();
    let critical = critical_coalition(&mut run);
    Ok(vec![
        Quantity::exact(
            "critical_coalition",
            park.critical_coalition() as f64,
            critical as f64,
        ),
        Quantity::exact(
            "cost_none",
            park.cost_none(),
            cost_each(&mut run, &park, 0.0),
        ),
        Quantity::exact("cost_all", park.cost, cost_each(&mut run, &park, PROTECTED)),
    ])
}

/// Equal chemical plants of one worker in one park, each of them an agent.
fn laboratory(park: &Park) -> Result<Laboratory, Refusal> {
    let mut stripped = Stripped::new()?;
    for workers in &mut stripped.society.tables.workers {
        workers[TRADE] = 0.0;
        workers[Trade::Chemicals] = park.firms as f64;
    }
    put(stripped.facts(), park);
    let policy = &mut stripped.policy.policy;
    policy.responsibility.liability_rule = LiabilityRule::Strict;
    policy.responsibility.liability_share = 1.0;
    policy.sharing.safety_liability.take_up_compulsory = 0.0;
    let mut laboratory = stripped.laboratory_of_single_agents();
    // Care is the standard or none: by degrees nobody takes it.
    laboratory.regime.trades[Trade::Chemicals].price_of_care = f64::INFINITY;
    Ok(laboratory)
}

fn put(society: &mut Society, park: &Park) {
    society.synthesis.chemical_park_share = 1.0;
    society.accident.suspension_weeks = Table::default();
    society.government.fine_accident_yuan = Table::default();
    society.government.fine_inspection_yuan = 0.0;
    society.reporting.moral_conceal = PROTECTED;
    society.sizes[SizeClass::Medium].workers_mean = 1.0;
    let enterprise = &mut society.enterprise;
    enterprise.care_kappa = 1.0;
    enterprise.care_max = PROTECTED;
    enterprise.care_share_of_margin = f64::INFINITY;
    enterprise.care_standard = PROTECTED;
    enterprise.standard_discount = 1.0;
    enterprise.compliance_slope = SLOPE;
    enterprise.perceived_risk = 1.0;
    enterprise.perception_half_life_years = 1e-9;
    enterprise.sanction_not_money_yuan = 0.0;
    enterprise.nonfatal_harm_yuan = LOSS_YUAN;
    // 1 − q = e^{−contagion·λ·years} with λ = p a year.
    enterprise.park_contagion = -log(1.0 - park.contagion) / park.own;
    enterprise.park_horizon_years = 1.0;
    let trade = &mut society.trades[Trade::Chemicals];
    trade.base_rate_per_100k_worker_years = park.own * 1e5;
    trade.fatal_share = 0.0;
    trade.third_party_share = 0.0;
    trade.backlog_ceiling = 1.0;
    trade.care_out_of_reach = 0.0;
    trade.monitoring_hit_share = 0.0;
    trade.own_damage_yuan_per_accident = 0.0;
    trade.standard_cost_yuan_per_worker_year = park.cost / park.loss * LOSS_YUAN / PROTECTED;
    for size in SizeClass::ALL.iter().copied() {
        let class = &mut trade.sizes[size];
        class.share_of_workers = if size == SizeClass::Medium { 1.0 } else { 0.0 };
        class.assets_liquid_median_yuan = 1e6 * LOSS_YUAN;
    }
}

/// Fewest firms that must be obliged for all to protect, by halving: more obliged firms never hurt.
fn critical_coalition(run: &mut Run) -> usize {
    let firms = run.model.world.enterprises.len();
    let (mut low, mut high) = (0, firms);
    while low < high {
        let middle = usize::midpoint(low, high);
        if all_follow(run, middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// Whether all protect in the end, from nobody but the first `obliged`: each in turn takes its best reply
/// to what the others do at that moment, until none moves.
fn all_follow(run: &mut Run, obliged: usize) -> bool {
    let firms = run.model.world.enterprises.len();
    for firm in 0..firms {
        run.state.enterprises.care[firm] = if firm < obliged {
            PROTECTED as f32
        } else {
            0.0
        };
    }
    let mut moved = true;
    while moved {
        moved = false;
        for firm in obliged..firms {
            let protects = decide::target_care(run, firm, 0.0) > CLEARLY * PROTECTED;
            if protects && run.state.enterprises.care[firm] == 0.0 {
                run.state.enterprises.care[firm] = PROTECTED as f32;
                moved = true;
            }
        }
    }
    run.state.enterprises.care.iter().all(|care| *care > 0.0)
}

/// What each firm expects to pay where all take the same care: protection, its own loss or one from a
/// neighbour, at most one.
fn cost_each(run: &mut Run, park: &Park, care: f64) -> f64 {
    run.state.enterprises.care.fill(care as f32);
    let own = decide::visible_rate(run, 0);
    let spared = (1.0 - own) * decide::neighbours_safety(run, 0);
    park.cost * care / PROTECTED + park.loss * (1.0 - spared)
}
