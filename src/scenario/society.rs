//! A society as meant: the world as it is, every value present and within its range.
//!
//! Field names are the keys of the society file; unit, range, source and evidence grade of each
//! stand in the declaration table (`scenarios/parameters.csv`), which a test holds against these types.
#![expect(
    missing_docs,
    reason = "each field is declared once, with both names, unit and source, in scenarios/parameters.csv"
)]

use serde::{Deserialize, Serialize};

use crate::vocabulary::{
    AgeGroup, Asset, Bearer, BudgetFunction, Category, Grade, Layer, Level, NaturalKind, Owner,
    Phase, Quintile, Role, SizeClass, Table, Trade, Vocabulary, vocabulary,
};

/// Everything that a society file (with its tables) says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Society {
    pub name_zh: String,
    pub name_en: String,
    /// The policy under which the society is calibrated and burnt in.
    pub baseline: String,
    /// Seed of the initial society, apart from the dynamics.
    pub seed: u64,
    pub tables: TableFiles,
    pub synthesis: Synthesis,
    pub stocks: Stocks,
    pub natural: Natural,
    pub earthquake: Earthquake,
    pub hazards: Table<NaturalKind, Hazard>,
    pub trades: Table<Trade, TradeFacts>,
    pub sizes: Table<SizeClass, SizeFacts>,
    pub accident: Accident,
    pub enterprise: Enterprise,
    pub government: Government,
    pub reporting: Reporting,
    pub learning: Learning,
    pub rescue: Rescue,
    pub health: Health,
    pub social: Social,
    pub cascade: Cascade,
    pub citizens: Citizens,
    pub recovery: Recovery,
    pub sharing: SharingFacts,
    pub evaluation: Evaluation,
}

/// CSV tables beside the society file (paths relative to it).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableFiles {
    pub provinces: String,
    pub neighbours: String,
    pub exposure: String,
    /// Workers by province and trade.
    pub workers: String,
    /// The customary responsibility matrix.
    pub responsibility: String,
    /// Expected children of events.
    pub cascade: String,
    /// Dated table of drivers for the hindcast; empty = none. The society itself stays stationary.
    pub drivers: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Synthesis {
    pub county_population_sigma_log: f64,
    pub county_income_sigma_log: f64,
    pub county_urban_sigma_logit: f64,
    pub county_urban_income_slope: f64,
    pub county_gdp_income_exponent: f64,
    /// Share of counties that have a chemical park.
    pub chemical_park_share: f64,
    /// How many times more chemical work a park county gets.
    pub chemical_park_concentration: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stocks {
    pub housing_town_yuan_per_head: f64,
    pub housing_country_yuan_per_head: f64,
    pub housing_income_elasticity: f64,
    pub goods_yuan_per_head: f64,
    pub goods_income_elasticity: f64,
    pub crops_yuan_per_rural_head: f64,
    pub enterprise_per_gdp: f64,
    pub infrastructure_per_gdp: f64,
    /// Share of public assets that a level owns; grassroots own none.
    pub public_owner_share: Table<Level, f64>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Natural {
    pub wetness_sigma_log: f64,
    pub wetness_intensity_exponent: f64,
    pub typhoon_sigma_log: f64,
    pub income_elasticity_loss: f64,
    pub income_elasticity_death: f64,
    pub aged_death_ratio: f64,
    pub rural_death_ratio: f64,
    pub goods_saved_per_day_of_warning: f64,
    pub heed_loss_per_false_alarm: f64,
    pub heed_gain_per_hit: f64,
    pub heed_half_life_years: f64,
    pub non_events_per_county_week: f64,
    pub lead_time_sigma_log: f64,
    pub works_depreciation_per_year: f64,
    pub works_floor: f64,
    pub works_death_ratio: f64,
    pub weibull_shape: f64,
    pub local_rescue_share: f64,
    pub scene_start_hours: f64,
    pub scene_digging_hours: f64,
    pub team_digging_hours: f64,
    pub local_rescue_exponent: f64,
    pub preparedness_deaths_avoided: f64,
    pub preparedness_loss_avoided: f64,
    pub injured_per_death: f64,
    pub at_work_share: f64,
    pub treatment_yuan_per_injury: f64,
    pub earnings_lost_yuan_per_injury: f64,
    pub response_money_exponent: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earthquake {
    pub magnitude_min: f64,
    pub magnitude_max: f64,
    pub b_value: f64,
    pub intensity_per_magnitude: f64,
    pub intensity_constant: f64,
    pub intensity_attenuation: f64,
    pub near_distance_km: f64,
    pub rupture_log_slope: f64,
    pub rupture_log_intercept: f64,
    pub county_noise_sd: f64,
    pub damage_ceiling: f64,
    pub damage_mid_intensity: f64,
    pub damage_width: f64,
    pub death_ceiling: f64,
    pub death_mid_intensity: f64,
    pub death_width: f64,
    pub night_share: f64,
    pub night_death_ratio: f64,
}

/// One natural hazard: arrival, footprint, damage, warning, rescue and recovery.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hazard {
    pub events_per_year: f64,
    pub origin_index_exponent: f64,
    pub origin_population_exponent: f64,
    pub origin_area_exponent: f64,
    pub wetness_exponent: f64,
    pub season_peak_week: f64,
    /// 0 = the same all year round.
    pub season_sd_weeks: f64,
    /// How intensity falls with distance; an earthquake has its own law.
    pub spread: Option<Spread>,
    pub damage_ratio: Table<Asset, f64>,
    pub death_rate_scale: f64,
    pub death_exponent: f64,
    pub death_event_sigma_log: f64,
    pub affected_scale: f64,
    pub relocated_scale: f64,
    pub works_effect: f64,
    pub warning_coverage: f64,
    pub sensor_d_prime: f64,
    pub alarm_criterion: f64,
    pub warning_compliance: f64,
    pub lead_time_hours: f64,
    pub lethality_avoided: f64,
    pub savable_share: f64,
    pub weibull_scale_hours: f64,
    pub team_hours: f64,
    pub recovery_weeks: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    pub severity_min: f64,
    pub severity_max: f64,
    pub severity_alpha: f64,
    pub decay_km: f64,
    pub exposure_exponent: f64,
    pub county_noise_sd: f64,
    pub damage_scale: f64,
    pub damage_power: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TradeFacts {
    pub base_rate_per_100k_worker_years: f64,
    pub fatal_share: f64,
    pub deaths_tail_alpha: f64,
    pub third_party_share: f64,
    pub own_damage_yuan_per_accident: f64,
    pub rescuable_share: f64,
    pub backlog_ceiling: f64,
    pub care_out_of_reach: f64,
    pub standard_cost_yuan_per_worker_year: f64,
    pub plant_value_yuan_per_worker: f64,
    pub value_added_yuan_per_worker_year: f64,
    pub monitoring_hit_share: f64,
    pub visit_effect: f64,
    pub retirement_rule_applies: bool,
    pub safety_liability_compulsory: bool,
    pub sizes: Table<SizeClass, TradeSize>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TradeSize {
    pub share_of_workers: f64,
    pub deaths_cap: u32,
    pub assets_liquid_median_yuan: f64,
    pub visits_per_firm_year: f64,
    pub witnesses: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeFacts {
    pub workers_mean: f64,
    pub workers_min: f64,
    pub workers_max: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accident {
    pub plant_age_ceiling: f64,
    pub plant_age_tau_years: f64,
    pub plant_age_mean_years: f64,
    pub plant_age_limit_years: f64,
    pub backlog_half_per_100_workers: f64,
    pub multiplier_raise_bound: f64,
    pub deterrence_bound: f64,
    pub learning_bound: f64,
    pub season_amplitude: f64,
    pub novel_share: f64,
    pub novel_rate_multiplier: f64,
    pub own_damage_per_death: f64,
    pub own_damage_sigma_log: f64,
    pub own_damage_law: DamageLaw,
    pub own_damage_threshold: f64,
    pub own_damage_scale: f64,
    pub own_damage_shape: f64,
    pub own_damage_capped: bool,
    pub compensation_third_party_yuan_per_death: f64,
    pub small_injuries_per_worker_death: f64,
    pub small_injury_treatment_yuan: f64,
    pub small_injury_earnings_yuan: f64,
    pub injured_per_death: f64,
    pub property_share_of_third_party: f64,
    /// How well monitors tell what would become an accident from what would not.
    pub sensor_d_prime: f64,
    pub alarm_criterion: f64,
    pub non_events_per_100_worker_years: f64,
    pub stoppage_days_per_false_alarm: f64,
    pub heed_loss_per_false_alarm: f64,
    pub heed_half_life_years: f64,
    pub relocation_income_ratio: f64,
    pub relocated_plant_age_years: f64,
    pub suspension_weeks: Table<Grade, f64>,
}

/// Law of what an accident destroys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DamageLaw {
    /// Lognormal with mean one.
    Lognormal,
    /// Generalised Pareto.
    Pareto,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enterprise {
    pub backlog_growth_per_year: f64,
    pub quality_mean: f64,
    pub quality_sd: f64,
    pub self_check_removal_per_year: f64,
    pub self_check_cost_share: f64,
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
    pub crowd_limit: f64,
    pub stability_assessment: f64,
    pub vulnerable_protection: f64,
    pub food_supervision: f64,
    pub village_call: f64,
    pub after_action: f64,
    pub containment: f64,
    pub volunteers: f64,
    pub responder_protection: f64,
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
pub struct Rescue {
    pub travel_hours_town: f64,
    pub travel_hours_country: f64,
    pub detect_hours: f64,
    pub teams_per_county: f64,
    pub casualties_per_team_hour: f64,
    pub neighbour_help_hours: f64,
    pub first_responder_effect: f64,
    pub bystanders_reached: f64,
    pub acute_weibull_scale_hours: f64,
    pub responder_hurt_untrained: f64,
    pub responder_hurt_trained: f64,
    /// Share of the injuries of rescuers that full protective equipment avoids.
    pub protection_effect: f64,
    pub responder_training_yuan_per_person_year: f64,
    pub scene_start_hours: f64,
    pub scene_digging_hours: f64,
    pub team_digging_hours: f64,
    /// Mean time for which a routine call binds a team; 0 = teams are free for every call.
    pub hours_bound_per_call: f64,
    pub containment_share: f64,
    pub containment_hours: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Health {
    pub cluster_arrivals_per_year: f64,
    pub cluster_reproduction_median: f64,
    pub cluster_reproduction_sigma_log: f64,
    pub cluster_reproduction_max: f64,
    pub index_cases: u32,
    pub pandemic_arrivals_per_year: f64,
    pub pandemic_reproduction: f64,
    pub infection_fatality: f64,
    pub fatality_age_ratio: Table<AgeGroup, f64>,
    pub generation_days: f64,
    pub stay_share: f64,
    pub neighbour_share: f64,
    pub capital_share: f64,
    pub contact_cut_by_response: f64,
    pub season_amplitude: f64,
    pub treatment_yuan_per_case: f64,
    pub earnings_yuan_per_case: f64,
    pub severe_share: f64,
    pub home_meal_events_per_year: f64,
    pub home_meal_cases_mean: f64,
    pub home_meal_fatality: f64,
    pub canteen_events_per_year: f64,
    pub canteen_cases_median: f64,
    pub canteen_cases_sigma_log: f64,
    pub canteen_fatality: f64,
    pub hygiene_supervision_effect: f64,
    pub beds_surge_share: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Social {
    pub crush_events_per_year: f64,
    pub crush_deaths_alpha: f64,
    pub crush_deaths_cap: u32,
    pub violence_events_per_year: f64,
    pub violence_deaths_alpha: f64,
    pub violence_deaths_cap: u32,
    pub dispute_events_per_year: f64,
    pub dispute_size_min: f64,
    pub dispute_size_alpha: f64,
    pub dispute_size_cap: f64,
    /// How large a dispute grows.
    pub dispute_growth: DisputeGrowth,
    pub crowd_people: u32,
    pub crowd_threshold_mean: f64,
    pub crowd_threshold_sd: f64,
    pub dispute_death_probability: f64,
    pub dispute_loss_yuan_per_person: f64,
    pub violence_grievance_elasticity: f64,
    pub dispute_grievance_elasticity: f64,
    pub grievance_multiplier_bound: f64,
    pub police_elasticity: f64,
    pub crowd_limit_effect: f64,
    pub stability_assessment_effect: f64,
    pub injured_per_death: f64,
    pub rescuable_share: f64,
}

/// How large a dispute grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeGrowth {
    /// By the measured law of sizes, a truncated Pareto.
    Pareto,
    /// By the thresholds of a crowd: each joins once enough others have (Granovetter 1978).
    Thresholds,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cascade {
    pub max_generations: u32,
    pub park_multiplier: f64,
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

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recovery {
    pub functional_loss_factor: f64,
    pub severity_slowdown: f64,
    pub severity_reference: f64,
    pub money_gap_slowdown: f64,
    pub own_funds_share: f64,
    pub lost_output_share: f64,
    pub infrastructure_weeks: f64,
    pub goods_weeks: f64,
    pub crops_weeks: f64,
    /// Share of lost function below which a damage counts as repaired.
    pub repaired_below: f64,
    /// How damages that overlap are put together within a week.
    pub overlap_within_week: OverlapWithinWeek,
}

/// How damages that overlap are put together within a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverlapWithinWeek {
    /// The product of their means over the week.
    Means,
    /// The mean over the week of their product.
    Exact,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharingFacts {
    pub work_injury_coverage: f64,
    pub work_injury_death_grant_yuan: f64,
    pub work_injury_treatment_share: f64,
    pub medical_coverage: f64,
    pub medical_payout: f64,
    pub insurer_loading: f64,
    pub statutory_loading: f64,
    pub insurer_capital_years_of_premium: f64,
    pub reinsurance_loading: f64,
    pub days_to_payment: Table<Layer, f64>,
    pub goods_motor_share: f64,
    pub goods_motor_share_max: f64,
    pub pool_housing_share: f64,
    pub pool_enterprise_share: f64,
    pub pool_accident_share: f64,
    pub relief_goods_eligible: f64,
    pub relief_crops_eligible: f64,
    pub relief_catastrophe_from: f64,
    pub relief_catastrophe_full: f64,
    pub relief_levels_ordinary: Table<Level, f64>,
    pub relief_levels_catastrophe: Table<Level, f64>,
    pub index_trigger_intensity: f64,
    pub index_basis_sigma_log: f64,
    pub charity_famous_loss_yuan: f64,
    pub premium_subsidy_levels: Table<Level, f64>,
    pub tariff_years: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    pub value_of_statistical_life_yuan: f64,
    pub discount_rate_per_year: f64,
    pub hardship_eta: f64,
    pub hardship_income_years: f64,
    pub hardship_struck_share: f64,
    pub hardship_struck_loss_share: f64,
    pub great_event_deaths: u32,
    pub tolerable_worker_risk_per_year: f64,
    pub national_line_per_million_year: f64,
}

vocabulary! {
    /// Places where a risk changes hands.
    Handover {
        PreventToWarn = "prevent_to_warn", "预防→预警", "prevent to warn";
        WarnToRespond = "warn_to_respond", "预警→处置", "warn to respond";
        RespondToRecover = "respond_to_recover", "处置→恢复", "respond to recover";
        AcrossRegion = "across_region", "跨地区", "across regions";
        AcrossSector = "across_sector", "跨部门", "across sectors";
    }
}

/// The level of government that a bearer is, if it is one.
pub fn level_of(bearer: Bearer) -> Option<Level> {
    match bearer {
        Bearer::Centre => Some(Level::Centre),
        Bearer::Province => Some(Level::Province),
        Bearer::City => Some(Level::City),
        Bearer::County => Some(Level::County),
        _ => None,
    }
}
