//! The stripped society with firms that choose their care and nothing else: one worker is one firm of
//! the theory, one accident does a certain harm to others and nothing to anybody else.

use crate::model::agents::enterprise::Choice;
use crate::model::agents::stake::{self, Stake, Terms};
use crate::model::hazards::accident;
use crate::model::run::Run;
use crate::model::stages::decide;
use crate::scenario::policy::LiabilityRule;
use crate::scenario::society::Society;
use crate::verify::laboratory::Laboratory;
use crate::verify::stripped::{Stripped, TRADE};
use crate::verify::{Effort, Quantity, Refusal, Values};
use crate::vocabulary::{Kind, SizeClass, Table};

/// Size class of the stripped society's establishment.
pub(super) const SIZE: SizeClass = SizeClass::Large;
/// More than anybody owes.
pub(super) const UNLIMITED: f64 = f64::INFINITY;
/// Yuan that a unit of care costs: so that rules of thumb in yuan do not matter.
const COST_YUAN: f64 = 1e3;
/// Limit of cover that no harm of a case reaches, and that can be counted in fen (yuan a death).
const COVER_YUAN: f64 = 1e15;
/// Moral cost at which nobody conceals.
const NEVER: f64 = 1e3;
/// Slope at which firms comply exactly where it pays.
pub(super) const SHARP: f64 = 1e12;
/// Majorant of a year in one run.
const CANDIDATES_A_YEAR: f64 = 2000.0;
/// Years of a run.
const YEARS: u32 = 50;
/// Runs by default.
const RUNS: u64 = 24;

/// Firms with a technology of care, the harm of an accident, and assets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Firm {
    pub(super) cost: f64,
    pub(super) effectiveness: f64,
    pub(super) base_rate: f64,
    pub(super) harm: f64,
    pub(super) assets: f64,
    /// Multiplier M of the rate.
    pub(super) multiplier: f64,
}

impl Firm {
    /// From the parameters of the same names; assets without limit unless they are given.
    pub(super) fn of(values: &Values, assets: f64) -> Self {
        Firm {
            cost: values["care_cost"],
            effectiveness: values["effectiveness"],
            base_rate: values["base_rate"],
            harm: values["harm"],
            assets,
            multiplier: 1.0,
        }
    }

    /// Puts them into the stripped society, under strict liability for the whole harm.
    pub(super) fn stripped(&self) -> Result<Stripped, Refusal> {
        let mut stripped = Stripped::new()?;
        let firms = (CANDIDATES_A_YEAR / (self.base_rate * self.multiplier)).max(1.0);
        for workers in &mut stripped.society.tables.workers {
            workers[TRADE] = firms;
        }
        // However many firms, they are the workers of one establishment.
        stripped.facts().sizes[SIZE].workers_mean = firms;
        self.put(stripped.facts());
        let policy = &mut stripped.policy.policy;
        policy.responsibility.liability_rule = LiabilityRule::Strict;
        policy.responsibility.liability_share = 1.0;
        policy.sharing.safety_liability.take_up_others = 0.0;
        policy.sharing.safety_liability.limit_yuan_per_death = COVER_YUAN;
        policy.sharing.experience_rating = 0.0;
        Ok(stripped)
    }

    fn put(&self, society: &mut Society) {
        // Rates are kept in single precision, which may round up: the majorant lies a little higher.
        society.accident.multiplier_raise_bound = 1e-6;
        society.accident.suspension_weeks = Table::default();
        society.reporting.moral_conceal = NEVER;
        society.government.fine_accident_yuan = Table::default();
        society.government.fine_inspection_yuan = 0.0;
        let enterprise = &mut society.enterprise;
        enterprise.care_kappa = self.effectiveness;
        enterprise.care_max = f64::INFINITY;
        enterprise.care_share_of_margin = f64::INFINITY;
        enterprise.care_standard = 0.0;
        enterprise.standard_discount = 1.0;
        enterprise.compliance_slope = SHARP;
        enterprise.perceived_risk = 1.0;
        // What is seen is believed at once.
        enterprise.perception_half_life_years = 1e-9;
        enterprise.nonfatal_harm_yuan = self.yuan(self.harm);
        enterprise.sanction_not_money_yuan = 0.0;
        enterprise.uninsured_claim_share = 0.0;
        let trade = &mut society.trades[TRADE];
        trade.base_rate_per_100k_worker_years = self.base_rate * 1e5;
        trade.care_out_of_reach = 0.0;
        trade.own_damage_yuan_per_accident = 0.0;
        trade.standard_cost_yuan_per_worker_year = COST_YUAN;
        trade.sizes[SIZE].assets_liquid_median_yuan = self.yuan(self.assets);
    }

    /// The laboratory, in which care has its price.
    pub(super) fn laboratory(stripped: Stripped) -> Laboratory {
        let mut laboratory = stripped.laboratory();
        laboratory.regime.trades[TRADE].price_of_care = COST_YUAN;
        laboratory
    }

    /// An amount of the case in yuan.
    pub(super) fn yuan(&self, money: f64) -> f64 {
        money * (COST_YUAN / self.cost)
    }

    /// What is spent on care and what harm remains, by the engine's rate at that care.
    pub(super) fn social_cost(&self, care: f64, harm: f64) -> f64 {
        let rate = self.base_rate * accident::care_factor(care, 0.0, self.effectiveness);
        self.cost * care + rate * harm
    }
}

/// The care at which the only enterprise aims.
pub(super) fn care(laboratory: &Laboratory) -> f64 {
    with_run(laboratory, |run| decide::target_care(run, 0, 1.0))
}

/// What the only enterprise weighs, visited once a year.
pub(super) fn choice(laboratory: &Laboratory) -> Choice {
    with_run(laboratory, |run| decide::choice(run, 0, 1.0))
}

/// The care aimed at with another stake.
pub(super) fn care_with(laboratory: &Laboratory, choice: Choice, stake: Stake) -> f64 {
    let rules = &laboratory.model.society.enterprise;
    let choice = Choice { stake, ..choice };
    choice.with_standard(choice.rational(rules), rules)
}

/// The stake under a society and terms that a case changed from the laboratory's.
pub(super) fn stake_with(
    laboratory: &Laboratory,
    change: impl FnOnce(&mut Society, &mut Terms),
) -> Stake {
    let mut society = laboratory.model.society.clone();
    let regime = &laboratory.regime;
    let mut terms = Terms::new(&society, &regime.effects, &regime.policy.sharing);
    change(&mut society, &mut terms);
    stake::stake(&society, &terms, TRADE, SIZE)
}

/// Something of a run that stands at the beginning of its first week.
pub(super) fn with_run<T>(laboratory: &Laboratory, read: impl FnOnce(&mut Run) -> T) -> T {
    let history = laboratory.history(0, 0, 1);
    let model = &laboratory.model;
    let state = model.burn_in(&laboratory.regime, &history, 0);
    let mut run = Run::new(model, &laboratory.regime, &history, state, 0, false);
    run.common_factors();
    read(&mut run)
}

/// The point in \[low, high\] where `holds` turns from false to true.
pub(super) fn turning_point(low: f64, high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Accidents a firm and year, counted in the engine's runs: Poisson.
pub(super) fn accident_rate(
    laboratory: &Laboratory,
    effort: &Effort,
    closed_form: f64,
) -> Result<Quantity, Refusal> {
    let runs = effort.replications(RUNS);
    let counts = laboratory.replications(effort.seed, runs, YEARS, |record| {
        let years = record.years.iter();
        years
            .map(|year| year.events[Kind::from(TRADE)])
            .sum::<u64>()
    })?;
    let firms = laboratory.model.workers[TRADE];
    let exposure = firms * f64::from(YEARS) * runs as f64;
    let count: u64 = counts.iter().sum();
    Ok(Quantity::estimate(
        "accident_rate",
        closed_form,
        count as f64 / exposure,
        libm::sqrt(closed_form / exposure),
        exposure as u64,
    ))
}
