//! Facts of the dangers: natural, accidents by trade and size, outbreaks, social incidents, cascades.

use serde::{Deserialize, Serialize};

use crate::vocabulary::{AgeGroup, Asset, Grade, SizeClass, Table};

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
    pub rescue_gear_effect: f64,
    pub shelter_effect: f64,
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
    /// Early signs that an open hazard shows in a year.
    pub signs_per_hazard_year: f64,
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
    pub mediation_effect: f64,
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
