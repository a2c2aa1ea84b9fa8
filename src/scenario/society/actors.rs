//! Facts of those who act: enterprises, governments, citizens, and what they report and learn.

use serde::{Deserialize, Serialize};

use super::Handover;
use crate::vocabulary::{
    BudgetFunction, Category, Grade, Level, Owner, Phase, Quintile, Role, Table,
};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enterprise {
    pub backlog_growth_per_year: f64,
    pub quality_mean: f64,
    pub quality_sd: f64,
    pub self_check_removal_per_year: f64,
    pub self_check_cost_share: f64,
    pub quality_cost_share: f64,
    pub mending_cost_yuan_per_hazard: f64,
    pub ceiling_cost_share: f64,
    pub online_found_per_year: f64,
    pub online_cost_share: f64,
    pub reports_removal_per_year: f64,
    pub care_kappa: f64,
    pub care_max: f64,
    pub care_standard: f64,
    pub standard_discount: f64,
    pub compliance_slope: f64,
    pub perceived_risk: f64,
    pub care_inertia_per_quarter: f64,
    pub perception_half_life_years: f64,
    pub exit_rate_per_year: f64,
    pub capability_growth_per_year: f64,
    pub asset_sigma_log: f64,
    pub nonfatal_cost_yuan: f64,
    pub sanction_not_money_yuan: f64,
    pub early_retirement_residual_share: f64,
    pub relocation_cost_share: f64,
    /// How enterprises choose their care.
    pub rule: EnterpriseRule,
    /// When inspectors come to an agent.
    pub visit_schedule: VisitSchedule,
    pub least_removal_per_year: f64,
    pub own_damage_uninsured_share: f64,
    pub closure_margin_share: f64,
    pub closure_cost_max_yuan: f64,
    /// Most of the margin that care may cost.
    pub care_share_of_margin: f64,
    pub nonfatal_harm_yuan: f64,
    pub nonfatal_fined_share: f64,
    pub nonfatal_sanction_share: f64,
    pub uninsured_claim_share: f64,
    pub rating_after_ruin_share: f64,
    /// How far firms trust that due care frees them of liability under negligence.
    pub due_care_trusted: f64,
    pub sanction_reference_workers: f64,
    pub sanction_size_exponent: f64,
    /// Probability that a neighbour's accident reaches a firm in the same park.
    pub park_contagion: f64,
    pub park_horizon_years: f64,
}

/// How enterprises choose their care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnterpriseRule {
    /// The care that costs the enterprise least, by its private stake.
    Rational,
    /// What it has always done, raised to the standard where inspection makes it comply.
    Habit,
    /// What it did under the baseline, whatever happens.
    Frozen,
}

/// When inspectors come to an enterprise agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitSchedule {
    /// A steady share of the agent's like establishments at any time.
    Mean,
    /// At random instants.
    Poisson,
    /// At equal intervals, each agent with a phase of its own.
    Fixed,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Government {
    /// Customary safety money, yuan a head and year, by function; its sum is the equal budget.
    pub budget_yuan_per_head: Table<BudgetFunction, f64>,
    pub budget_share: Table<Level, f64>,
    pub staff: Table<Level, Staff>,
    pub workload_share: Table<Category, Table<Phase, f64>>,
    pub enterprise_x: f64,
    pub citizen_x: f64,
    pub social_x: f64,
    pub coordination_zeta_max: f64,
    pub coordination_price_yuan_per_pair_county_year: f64,
    pub volunteer_omega: f64,
    pub linkage_price_yuan_per_county_year: f64,
    pub handover: Table<Handover, HandoverFacts>,
    pub find_rate: f64,
    pub penalty_share_of_visits: f64,
    pub perceived_fines: f64,
    pub fine_severity_share: f64,
    pub find_backing_share: f64,
    pub report_protection_share: f64,
    pub fine_inspection_yuan: f64,
    pub fine_accident_yuan: Table<Grade, f64>,
    pub fine_imposed_share: f64,
    pub fine_concealment_yuan: f64,
    pub deterrence_max: f64,
    pub deterrence_half_visits: f64,
    pub deterrence_half_life_years: f64,
    pub attention_half_life_weeks: f64,
    pub attention_gain: f64,
    pub reactive_exponent: f64,
    pub rule: GovernmentRule,
    pub reactive_calm_share: f64,
    pub reactive_effort_max: f64,
    pub reactive_campaign_multiplier: f64,
    pub reactive_campaign_weeks: f64,
    pub assessment: Assessment,
    pub military_capacity: f64,
    pub volunteer_reach: f64,
    pub defensive_share: f64,
    pub sanction_scale: Table<Grade, f64>,
    pub sanction_by_owner: Table<Owner, f64>,
    pub retrofit_renewal_per_subsidy_year: f64,
    pub retrofit_applications: f64,
    pub report_money_exponent: f64,
    pub monitor_money_exponent: f64,
    pub responder_money_exponent: f64,
    pub responder_share_max: f64,
    pub drill_money_exponent: f64,
    pub cost_of_public_funds: f64,
    pub grassroots_share: f64,
    /// What levers cost at full strength, yuan a head and year.
    pub lever_price_yuan_per_head: LeverPrices,
}

/// How governments decide where inspectors go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GovernmentRule {
    /// By plan, with a bounded reaction between trades.
    Plan,
    /// By campaign 运动式: effort follows known losses that somebody answers for.
    ReactiveCampaign,
}

/// What assessment of owners does, and the staff time it takes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    pub tour_effort: f64,
    pub tour_time: f64,
    pub talk_weight: f64,
    pub talk_time: f64,
    pub listing_effect: f64,
    pub listing_time: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeverPrices {
    pub risk_rating: f64,
    pub siting_distance: f64,
    pub consequence_ceiling: f64,
    pub crowd_limit: f64,
    pub stability_assessment: f64,
    pub vulnerable_protection: f64,
    pub food_supervision: f64,
    pub village_call: f64,
    pub source_removal: f64,
    pub shelter_places: f64,
    pub stocks: f64,
    pub after_action: f64,
    pub containment: f64,
    pub volunteers: f64,
    pub responder_protection: f64,
    pub digital_supervision: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    pub required_people: f64,
    pub available_people: f64,
    pub trained_share: f64,
    pub role_share: Table<Role, f64>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandoverFacts {
    pub hours: f64,
    pub loss: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reporting {
    pub sanction_scale: f64,
    pub exposure_per_witness: f64,
    pub witnesses_per_victim: f64,
    pub moral_conceal: f64,
    pub moral_understate: f64,
    pub investigators_per_grade: f64,
    pub visible_share_when_understated: f64,
    pub late_share: f64,
    pub late_hours: f64,
    pub late_weeks: u32,
    pub missed_share: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Learning {
    pub log_rate: Table<Grade, f64>,
    pub spread_national: f64,
    pub half_life_months: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citizens {
    pub income_sigma_log_town: f64,
    pub income_sigma_log_country: f64,
    pub income_town_country_ratio: f64,
    pub wealth_over_income_median_years: f64,
    pub wealth_sigma_log: f64,
    pub wealth_income_correlation: f64,
    pub disabled_share: f64,
    pub chronic_share: f64,
    pub alone_share_town: f64,
    pub alone_share_country: f64,
    pub old_house_share_town: f64,
    pub old_house_share_country: f64,
    pub vulnerable_death_ratio: f64,
    pub preparedness_initial: Table<Quintile, f64>,
    pub insured_initial: Table<Quintile, f64>,
    pub coping_mean: f64,
    pub coping_sd: f64,
    pub trust_mean: f64,
    pub grievance_mean: f64,
    pub beta_threat: f64,
    pub beta_coping: f64,
    pub beta_social: f64,
    pub beta_expected_relief: f64,
    pub keep_share_per_review: f64,
    pub insurance_adjustment_per_review: f64,
    pub insurance_price_elasticity: f64,
    pub threat_jump_struck: f64,
    pub threat_jump_county: f64,
    pub threat_jump_province: f64,
    pub threat_half_life_years: f64,
    pub expected_relief_learning: f64,
    pub first_responder_share: f64,
    pub first_responder_lapse_years: f64,
    pub grievance_per_uncompensated_income_year: f64,
    pub grievance_per_lost_work_year: f64,
    pub grievance_half_life_years: f64,
    pub trust_loss_per_missed_fatal_warning: f64,
    pub trust_loss_per_exposed_concealment: f64,
    pub grievance_per_exposed_concealment: f64,
    pub trust_gain_prompt_relief: f64,
    pub trust_half_life_years: f64,
}
