//! The stripped society of the limit cases: one province, one county, one establishment, and nothing
//! that moves.
//!
//! It is loaded like any other (from `stripped/`), then what the declared ranges do not let a file say
//! is set through its plain fields: no season, no ageing, no novelty, no deterrence, no learning, no
//! feedback, every factor of the accident rate one, severity without a cap, nobody hurt. A case changes
//! [`Stripped`] further and then asks for the [`Laboratory`].

use super::Refusal;
use super::laboratory::Laboratory;
use crate::model::Model;
use crate::scenario::society::Society;
use crate::scenario::{CheckedPolicy, CheckedSociety, load_policy, load_society};
use crate::vocabulary::{Grade, NaturalKind, Trade, Vocabulary};

/// The trade of the only establishment.
pub const TRADE: Trade = Trade::Manufacturing;

/// The stripped society and a policy of which no mechanism acts.
#[derive(Clone, Debug)]
pub struct Stripped {
    /// The society.
    pub society: CheckedSociety,
    /// The policy.
    pub policy: CheckedPolicy,
}

impl Stripped {
    /// Loads and strips.
    ///
    /// # Errors
    /// If the embedded files do not load, which means that the program is broken.
    pub fn new() -> Result<Self, Refusal> {
        let mut society = load_society("builtin:limit-cases/stripped.toml", &[])?;
        let policy = load_policy("builtin:limit-cases/nothing.toml", &society, &[])?;
        strip(&mut society.society);
        Ok(Stripped { society, policy })
    }

    /// The society's values.
    pub fn facts(&mut self) -> &mut Society {
        &mut self.society.society
    }

    /// Sets the number of people.
    pub fn inhabit(&mut self, people: u64) {
        for province in &mut self.society.tables.provinces {
            province.population = people;
        }
    }

    /// Workers of the only establishment.
    pub fn workers(&self) -> f64 {
        let rows = &self.society.tables.workers;
        rows.iter().map(|workers| workers[TRADE]).sum()
    }

    /// The same with agents of one person and one establishment (up to 1,000 establishments a cell).
    pub fn laboratory_of_single_agents(self) -> Laboratory {
        self.laboratory_of(1)
    }

    /// The model, and the regime of the policy, which is its own baseline.
    pub fn laboratory(self) -> Laboratory {
        // One citizen agent for all people: citizens do nothing here unless a case wants them.
        let people: u64 = self
            .society
            .tables
            .provinces
            .iter()
            .map(|province| province.population)
            .sum();
        self.laboratory_of(people as u32)
    }

    fn laboratory_of(self, people_per_agent: u32) -> Laboratory {
        let model = Model::new(self.society, people_per_agent);
        let regime = model.regime(&self.policy, &self.policy, false);
        Laboratory { model, regime }
    }
}

/// Takes away everything that moves.
fn strip(society: &mut Society) {
    places(society);
    accidents(society);
    enterprises(society);
    government(society);
    society.cascade.max_generations = 0;
    society.sharing.tariff_years = 1;
}

fn places(society: &mut Society) {
    let synthesis = &mut society.synthesis;
    synthesis.chemical_park_share = 0.0;
    synthesis.county_population_sigma_log = 0.0;
    synthesis.county_income_sigma_log = 0.0;
    synthesis.county_urban_sigma_logit = 0.0;
    let natural = &mut society.natural;
    natural.wetness_sigma_log = 0.0;
    natural.wetness_intensity_exponent = 0.0;
    natural.typhoon_sigma_log = 0.0;
    natural.lead_time_sigma_log = 0.0;
    natural.non_events_per_county_week = 0.0;
    for kind in NaturalKind::ALL {
        society.hazards[*kind].season_sd_weeks = 0.0;
    }
}

/// λ = λ_s: every factor of the rate is one. Nobody is hurt, and damage has no cap.
fn accidents(society: &mut Society) {
    let accident = &mut society.accident;
    accident.plant_age_ceiling = 1.0;
    accident.multiplier_raise_bound = 0.0;
    accident.deterrence_bound = 0.0;
    accident.learning_bound = 0.0;
    accident.season_amplitude = 0.0;
    accident.novel_rate_multiplier = 1.0;
    accident.own_damage_per_death = 0.0;
    accident.own_damage_capped = false;
    accident.small_injuries_per_worker_death = 0.0;
    accident.injured_per_death = 0.0;
    accident.property_share_of_third_party = 0.0;
    let trade = &mut society.trades[TRADE];
    trade.fatal_share = 0.0;
    trade.third_party_share = 0.0;
    trade.backlog_ceiling = 1.0;
    trade.care_out_of_reach = 1.0;
    trade.monitoring_hit_share = 0.0;
    trade.retirement_rule_applies = false;
}

fn enterprises(society: &mut Society) {
    let enterprise = &mut society.enterprise;
    enterprise.backlog_growth_per_year = 0.0;
    enterprise.quality_sd = 0.0;
    enterprise.capability_growth_per_year = 0.0;
    enterprise.exit_rate_per_year = 0.0;
    enterprise.care_inertia_per_quarter = 1.0;
    enterprise.asset_sigma_log = 0.0;
}

fn government(society: &mut Society) {
    society.government.deterrence_max = 0.0;
    society.government.attention_gain = 0.0;
    for grade in Grade::ALL {
        society.learning.log_rate[*grade] = 0.0;
    }
}
