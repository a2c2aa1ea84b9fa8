//! The cases as they are documented, with values other than their defaults.

/// Cases of this file's own topic with their parameters and quantities.
pub(crate) const LOSSES: [(&str, &[&str], &[&str]); 12] = [
    (
        "compound-poisson-lognormal",
        &["rate_per_year", "mu", "sigma"],
        &["annual_mean", "annual_variance", "probability_no_loss"],
    ),
    (
        "compound-poisson-gpd",
        &["rate_per_year", "threshold", "scale", "shape"],
        &["annual_mean", "annual_variance", "probability_no_loss"],
    ),
    (
        "return-level",
        &[
            "rate_per_year",
            "threshold",
            "scale",
            "shape",
            "period_years",
        ],
        &[
            "events_above_level_per_period",
            "probability_year_above",
            "level_recurrence",
            "level_annual_maximum",
        ],
    ),
    (
        "oep-aep",
        &["rate_per_year", "mean_severity", "loss"],
        &["oep", "aep"],
    ),
    (
        "natural-tail",
        &["rate_per_year", "severity_max", "alpha", "period_years"],
        &[
            "probability_year_above",
            "probability_no_loss",
            "annual_mean",
            "public_share",
        ],
    ),
    (
        "layer-exponential",
        &[
            "rate_per_year",
            "mean_severity",
            "deductible",
            "limit",
            "share",
        ],
        &["annual_layer", "annual_retained", "probability_attach"],
    ),
    (
        "layer-lognormal",
        &[
            "rate_per_year",
            "mu",
            "sigma",
            "deductible",
            "limit",
            "share",
        ],
        &["annual_layer", "annual_retained", "probability_attach"],
    ),
    (
        "layer-pareto",
        &[
            "rate_per_year",
            "alpha",
            "theta",
            "deductible",
            "limit",
            "share",
        ],
        &["annual_layer", "annual_retained", "probability_attach"],
    ),
    (
        "stop-loss-pool",
        &["rate_per_year", "mean_severity", "attachment", "limit"],
        &[
            "annual_pool",
            "annual_rest",
            "probability_attach",
            "probability_exhaust",
        ],
    ),
    (
        "ruin",
        &[
            "initial_capital",
            "loading",
            "mean_severity",
            "rate_per_year",
            "horizon_years",
        ],
        &["probability_ruin"],
    ),
    (
        "pairing",
        &["rate_a", "rate_b", "years"],
        &["correlation", "variance_ratio"],
    ),
    (
        "thinning",
        &["majorant", "rate_a", "rate_b", "years"],
        &["share_in_b_not_a", "count_b_not_a", "count_a_not_b"],
    ),
];

/// Cases of the other topics with their parameters.
pub(crate) const OTHERS: [(&str, &[&str]); 19] = [
    (
        "care-strict-liability",
        &["care_cost", "effectiveness", "base_rate", "harm", "assets"],
    ),
    (
        "care-negligence",
        &[
            "care_cost",
            "effectiveness",
            "base_rate",
            "harm",
            "assets",
            "standard",
        ],
    ),
    (
        "regulation-and-liability",
        &[
            "care_cost",
            "effectiveness",
            "base_rate",
            "least_harm",
            "greatest_harm",
            "assets",
            "suit_probability",
        ],
    ),
    (
        "moral-hazard",
        &[
            "care_cost",
            "effectiveness",
            "base_rate",
            "harm",
            "insured_share",
            "deductible_share",
            "experience_rating",
        ],
    ),
    (
        "care-floor",
        &[
            "care_cost",
            "effectiveness",
            "base_rate",
            "multiplier",
            "floor",
            "stake",
        ],
    ),
    (
        "volunteer",
        &["cost_benefit_ratio", "owners", "coordination"],
    ),
    (
        "interdependent-security",
        &[
            "firms",
            "own_probability",
            "loss",
            "contagion_probability",
            "cost",
        ],
    ),
    (
        "epidemic",
        &[
            "reproduction",
            "initial_infected",
            "people",
            "removal_per_step",
        ],
    ),
    ("cascade", &["reproduction", "max_generations", "size"]),
    ("threshold-crowd", &["mean", "sd", "people"]),
    (
        "queue",
        &[
            "servers",
            "arrivals_per_hour",
            "services_per_hour",
            "wait_hours",
        ],
    ),
    (
        "backlog",
        &[
            "growth_per_week",
            "self_check_per_week",
            "found_share",
            "inspection_interval_weeks",
            "schedule",
        ],
    ),
    (
        "signal-detection",
        &[
            "sensitivity",
            "criterion",
            "prior",
            "cost_miss",
            "cost_false_alarm",
        ],
    ),
    ("rescue-survival", &["shape", "scale_hours", "hours"]),
    (
        "first-responders",
        &[
            "trapped",
            "shape",
            "scale_hours",
            "responder_start_hours",
            "responder_rate_per_hour",
            "team_start_hours",
            "team_rate_per_hour",
        ],
    ),
    (
        "recovery",
        &["loss", "time_constant_weeks", "horizon_weeks"],
    ),
    (
        "overlap",
        &[
            "first_loss",
            "second_loss",
            "gap_weeks",
            "time_constant_weeks",
        ],
    ),
    (
        "overlapping-repairs",
        &["rate_per_year", "mean_repair_years", "loss_each"],
    ),
    ("attribution", &["v"]),
];
