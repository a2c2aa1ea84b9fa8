//! What time leaves of what fades and brings back what returns: the same in every week, worked out once for a run.

use std::f64::consts::LN_2;

use crate::model::WEEK;
use crate::model::agents::enterprise::QUARTER;
use crate::model::mechanisms::remedy::{self, Ageing};
use crate::model::regime::Regime;
use crate::model::transcendental::exp;
use crate::scenario::society::Society;
use crate::vocabulary::{Table, Trade};

/// Shares that are kept, lost or regained in a week, or in the quarter between two reviews.
#[derive(Clone, Debug)]
pub struct Pace {
    /// Share of protective works that decays in a week.
    pub works_decayed: f64,
    /// Share of the way to its target that unregulated activity goes in a week.
    pub novelty_moved: f64,
    /// Share of trained people who lapse in a week.
    pub training_lapsed: f64,
    /// How the plant of each trade ages.
    pub plant: Table<Trade, Ageing>,
    /// Share of learning that is kept for a week.
    pub learning_kept: f64,
    /// Share of inspectors' roused attention that is kept for a week.
    pub attention_kept: f64,
    /// Share of lost heed that returns in a week.
    pub heed_regained: f64,
    /// Share of alarm that citizens keep for a quarter.
    pub alarm_kept: f64,
    /// Share of lost or won trust that they keep.
    pub trust_kept: f64,
    /// Share of grievance that they keep.
    pub grievance_kept: f64,
}

impl Pace {
    /// In a society under a policy.
    pub(super) fn new(society: &Society, regime: &Regime) -> Self {
        let (natural, citizens) = (&society.natural, &society.citizens);
        let attention = society.government.attention_half_life_weeks;
        let kept = |half_life: f64| exp(-LN_2 * QUARTER / half_life);
        Pace {
            works_decayed: 1.0 - exp(-natural.works_depreciation_per_year * WEEK),
            novelty_moved: 1.0 - exp(-regime.effects.remedy.novel_speed * WEEK),
            training_lapsed: 1.0 - exp(-WEEK / citizens.first_responder_lapse_years),
            plant: Table::from_fn(|trade| ageing(society, &regime.effects.remedy, trade)),
            learning_kept: exp(-LN_2 * WEEK * 12.0 / society.learning.half_life_months),
            attention_kept: exp(-LN_2 / attention),
            heed_regained: 1.0 - exp(-LN_2 / (52.0 * natural.heed_half_life_years)),
            alarm_kept: kept(citizens.threat_half_life_years),
            trust_kept: kept(citizens.trust_half_life_years),
            grievance_kept: kept(citizens.grievance_half_life_years),
        }
    }
}

/// Ageing of a trade's plant: subsidy and an earlier retirement where the rule on it applies.
fn ageing(society: &Society, remedy: &remedy::Effect, trade: Trade) -> Ageing {
    let accident = &society.accident;
    if society.trades[trade].retirement_rule_applies {
        Ageing::new(accident, remedy.subsidised_renewal, remedy.retirement_age)
    } else {
        Ageing::new(accident, 0.0, accident.plant_age_limit_years)
    }
}
