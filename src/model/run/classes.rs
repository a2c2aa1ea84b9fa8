//! What society and policy mean for the enterprises of one class (trade × size), worked out once for a run: a row of
//! figures that every review of theirs reads.

use super::Run;
use crate::model::agents::enterprise::affordable_care;
use crate::model::regime::Regime;
use crate::model::{EnterpriseView, Model};
use crate::vocabulary::{SizeClass, Trade, Vocabulary};

/// The figures of one class.
#[derive(Clone, Copy, Debug)]
pub struct Class {
    /// Trade.
    pub trade: Trade,
    /// Accidents a worker-year where nothing raises or lowers them.
    pub base_rate: f64,
    /// The same as firms perceive it.
    pub perceived_rate: f64,
    /// Greatest factor of open hazards.
    pub backlog_ceiling: f64,
    /// Share of the rate that care cannot reach.
    pub out_of_reach: f64,
    /// Factor of monitoring on the rate.
    pub unmonitored: f64,
    /// What an accident costs the firm at fault (yuan).
    pub at_fault: f64,
    /// The same with due care (yuan).
    pub with_due_care: f64,
    /// Price of care in deciding (yuan per worker-year and unit of e).
    pub price_of_care: f64,
    /// What care costs (yuan per worker-year and unit of e).
    pub cost_of_care: f64,
    /// Most care that a firm can afford.
    pub most_care: f64,
    /// What a policy asks beyond the baseline, as a share of the cost of care.
    pub asked_beyond: f64,
    /// Value added (yuan a worker and year).
    pub value_added: f64,
    /// Visits a year that an establishment gets when nothing moves them.
    pub planned_visit: f64,
    /// Worker deaths per accident.
    pub worker_deaths_per_accident: f64,
    /// Greatest N·P(an accident kills at least N).
    pub line_per_accident: f64,
    /// Share of open hazards that supervision online finds (1/year).
    pub found_online: f64,
}

impl Class {
    /// Of every class, by its number ([`EnterpriseView::class`]).
    pub(super) fn all(model: &Model, regime: &Regime) -> Vec<Class> {
        let of_trade = |trade: Trade| {
            let sizes = SizeClass::ALL.iter().copied();
            sizes.map(move |size| Class::new(model, regime, trade, size))
        };
        Trade::ALL.iter().copied().flat_map(of_trade).collect()
    }

    fn new(model: &Model, regime: &Regime, trade: Trade, size: SizeClass) -> Self {
        let rules = &model.society.enterprise;
        let facts = &model.society.trades[trade];
        let terms = &regime.trades[trade];
        let base_rate = facts.base_rate_per_100k_worker_years / 1e5;
        let cost_of_care = facts.standard_cost_yuan_per_worker_year;
        let value_added = facts.value_added_yuan_per_worker_year;
        Class {
            trade,
            base_rate,
            perceived_rate: rules.perceived_risk * base_rate,
            backlog_ceiling: facts.backlog_ceiling,
            out_of_reach: facts.care_out_of_reach,
            unmonitored: terms.unmonitored,
            at_fault: terms.stake[size].at_fault,
            with_due_care: terms.stake[size].with_due_care,
            price_of_care: terms.price_of_care,
            cost_of_care,
            most_care: affordable_care(rules, value_added, cost_of_care),
            asked_beyond: terms.asked_beyond[size],
            value_added,
            planned_visit: model.planned_visit(trade, size),
            worker_deaths_per_accident: terms.worker_deaths_per_accident[size],
            line_per_accident: terms.line_per_accident[size],
            found_online: regime.effects.remedy.found_online[trade],
        }
    }
}

impl Run<'_> {
    /// The class of an enterprise.
    pub fn class(&self, own: &EnterpriseView) -> &Class {
        &self.classes[own.class()]
    }
}
