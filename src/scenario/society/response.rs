//! Facts of rescue, recovery and sharing, and what figures are judged by.

use serde::{Deserialize, Serialize};

use crate::vocabulary::{Layer, Level, Table};

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
pub struct Recovery {
    pub functional_loss_factor: f64,
    pub supplies_bridge_share: f64,
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
