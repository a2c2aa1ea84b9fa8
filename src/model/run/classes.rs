//! What society and policy mean for the enterprises of one class (trade × size), worked out once for a run: a column
//! for each figure, in which enterprises abreast look theirs up.

use std::array;

use super::Run;
use crate::model::agents::enterprise::affordable_care;
use crate::model::lanes::{ABREAST, Abreast};
use crate::model::mechanisms::remedy::{AGE_BINS, PlantAges};
use crate::model::regime::{Regime, Removal, RemovalOfTrade};
use crate::model::state::TRADES;
use crate::model::{EnterpriseView, Model};
use crate::vocabulary::{SizeClass, Table, Trade, Vocabulary};

/// Sizes of enterprises.
const SIZES: usize = SizeClass::ALL.len();
/// Room for a figure of every class: a power of two, so that looking one up needs no check of its bounds.
const ROOM: usize = 64;
const _: () = assert!(TRADES * SIZES <= ROOM);

/// One figure of every class, by its number ([`EnterpriseView::class`]).
#[derive(Clone, Debug)]
pub struct ByClass([f64; ROOM]);

impl ByClass {
    fn new(of: impl Fn(Trade, SizeClass) -> f64) -> Self {
        ByClass(array::from_fn(|class| {
            let trade = Trade::ALL.get(class / SIZES);
            trade.map_or(0.0, |trade| of(*trade, SizeClass::ALL[class % SIZES]))
        }))
    }

    /// Of one enterprise.
    pub fn of(&self, own: &EnterpriseView) -> f64 {
        self.0[own.class() % ROOM]
    }

    /// Of enterprises abreast.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub fn of_each(&self, class: &Abreast<u8>) -> Abreast<f64> {
        let mut found = [0.0; ABREAST];
        for lane in 0..ABREAST {
            found[lane] = self.0[usize::from(class[lane]) % ROOM];
        }
        found
    }
}

/// The figures of the classes.
#[derive(Clone, Debug)]
pub struct Classes {
    /// Accidents a worker-year where nothing raises or lowers them.
    pub base_rate: ByClass,
    /// The same as firms perceive it.
    pub perceived_rate: ByClass,
    /// Greatest factor of open hazards.
    pub backlog_ceiling: ByClass,
    /// Share of the rate that care cannot reach.
    pub out_of_reach: ByClass,
    /// Factor of monitoring on the rate.
    pub unmonitored: ByClass,
    /// What an accident costs the firm at fault (yuan).
    pub at_fault: ByClass,
    /// The same with due care (yuan).
    pub with_due_care: ByClass,
    /// Price of care in deciding (yuan per worker-year and unit of e).
    pub price_of_care: ByClass,
    /// What care costs (yuan per worker-year and unit of e).
    pub cost_of_care: ByClass,
    /// Most care that a firm can afford.
    pub most_care: ByClass,
    /// What a policy asks beyond the baseline, as a share of the cost of care.
    pub asked_beyond: ByClass,
    /// Value added (yuan a worker and year).
    pub value_added: ByClass,
    /// Visits a year that an establishment gets when nothing moves them.
    pub planned_visit: ByClass,
    /// Worker deaths per accident.
    pub worker_deaths_per_accident: ByClass,
    /// Greatest N·P(an accident kills at least N).
    pub line_per_accident: ByClass,
    /// Share of open hazards that supervision online finds (1/year).
    pub found_online: ByClass,
    /// Removal of open hazards by prevention that insurers pay for (1/year).
    pub prevention_removal: ByClass,
    /// Removal of open hazards at signs of danger (1/year).
    pub removed_at_signs: ByClass,
    /// Worker deaths per accident of a trade, over its sizes.
    pub worker_deaths_of_trade: Table<Trade, f64>,
    /// Factor on the rate of plant in each bin of ages.
    pub of_plant_ages: [f64; AGE_BINS],
    /// What of the removal of open hazards is the same for all.
    pub removal: Removal,
}

impl Classes {
    /// Of every class in a society under a policy.
    pub(super) fn new(model: &Model, regime: &Regime) -> Self {
        let society = &model.society;
        let rules = &society.enterprise;
        let facts = |trade: Trade| &society.trades[trade];
        let terms = |trade: Trade| &regime.trades[trade];
        let base_rate = |trade| facts(trade).base_rate_per_100k_worker_years / 1e5;
        let cost_of_care = |trade| facts(trade).standard_cost_yuan_per_worker_year;
        let value_added = |trade| facts(trade).value_added_yuan_per_worker_year;
        let removal = |trade| RemovalOfTrade::new(&regime.effects, trade);
        Classes {
            base_rate: ByClass::new(|trade, _| base_rate(trade)),
            perceived_rate: ByClass::new(|trade, _| rules.perceived_risk * base_rate(trade)),
            backlog_ceiling: ByClass::new(|trade, _| facts(trade).backlog_ceiling),
            out_of_reach: ByClass::new(|trade, _| facts(trade).care_out_of_reach),
            unmonitored: ByClass::new(|trade, _| terms(trade).unmonitored),
            at_fault: ByClass::new(|trade, size| terms(trade).stake[size].at_fault),
            with_due_care: ByClass::new(|trade, size| terms(trade).stake[size].with_due_care),
            price_of_care: ByClass::new(|trade, _| terms(trade).price_of_care),
            cost_of_care: ByClass::new(|trade, _| cost_of_care(trade)),
            most_care: ByClass::new(|trade, _| {
                affordable_care(rules, value_added(trade), cost_of_care(trade))
            }),
            asked_beyond: ByClass::new(|trade, size| terms(trade).asked_beyond[size]),
            value_added: ByClass::new(|trade, _| value_added(trade)),
            planned_visit: ByClass::new(|trade, size| model.planned_visit(trade, size)),
            worker_deaths_per_accident: ByClass::new(|trade, size| {
                terms(trade).worker_deaths_per_accident[size]
            }),
            line_per_accident: ByClass::new(|trade, size| terms(trade).line_per_accident[size]),
            found_online: ByClass::new(|trade, _| removal(trade).found_online),
            prevention_removal: ByClass::new(|trade, _| removal(trade).prevention),
            removed_at_signs: ByClass::new(|trade, _| removal(trade).at_signs),
            worker_deaths_of_trade: Table::from_fn(|trade| {
                let of_size = |size: &SizeClass| {
                    let share = facts(trade).sizes[*size].share_of_workers;
                    share * terms(trade).worker_deaths_per_accident[*size]
                };
                SizeClass::ALL.iter().map(of_size).sum()
            }),
            of_plant_ages: PlantAges::factors(&society.accident),
            removal: regime.removal_in_all_trades(society),
        }
    }
}

impl Run<'_> {
    /// What society and policy mean for each class of enterprises.
    pub fn classes(&self) -> &Classes {
        &self.classes
    }
}
