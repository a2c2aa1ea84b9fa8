//! The fit as TOML: what was fitted, to what, how well, and how well it is known.

use serde::Serialize;

use super::fit::{Fit, Fitted, Met};
use super::targets::{Target, Use};

/// Two-sided 95 % quantile of the normal law.
const NORMAL: f64 = 1.959_963_984_540_054;

#[derive(Serialize)]
struct Document {
    society: String,
    baseline: String,
    seed: u64,
    replications: u32,
    years: u32,
    burn_in_years: u32,
    people_per_agent: u32,
    method: &'static str,
    converged: bool,
    evaluations: usize,
    weighted_sum_of_squares_before: f64,
    weighted_sum_of_squares_after: f64,
    degrees_of_freedom: usize,
    parameters: Vec<ParameterRow>,
    targets: Vec<TargetRow>,
    identifiability: Identifiability,
}

#[derive(Serialize)]
struct ParameterRow {
    name: String,
    identified: bool,
    factor: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    standard_error_of_log_factor: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    factor_low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    factor_high: Option<f64>,
    at_edge_of_range: bool,
    values: Vec<ValueRow>,
}

#[derive(Serialize)]
struct ValueRow {
    key: String,
    start: f64,
    fitted: f64,
}

#[derive(Serialize)]
struct TargetRow {
    name: String,
    #[serde(rename = "use")]
    used: &'static str,
    unit: String,
    authority: String,
    definition: String,
    years: Vec<i32>,
    level_2020: f64,
    simulated_before: f64,
    simulated_after: f64,
    standard_error_of_log: f64,
    weight: f64,
    residual_in_standard_errors: f64,
}

#[derive(Serialize)]
struct Identifiability {
    condition_number: f64,
    directions: Vec<DirectionRow>,
}

#[derive(Serialize)]
struct DirectionRow {
    standard_error: f64,
    components: Vec<String>,
}

/// Names that the document's head gives.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The society.
    pub society: &'a str,
    /// Its baseline.
    pub baseline: &'a str,
}

/// The fit as TOML.
///
/// # Errors
/// If a value cannot be written as TOML, which no fit causes.
pub fn toml(fit: &Fit, targets: &[Target], head: Head<'_>) -> Result<String, toml::ser::Error> {
    let fitted = fit.targets.iter().filter(|met| met.fitted).count();
    let document = Document {
        society: head.society.to_owned(),
        baseline: head.baseline.to_owned(),
        seed: fit.effort.seed,
        replications: fit.effort.replications,
        years: fit.effort.years,
        burn_in_years: fit.effort.burn_in_years,
        people_per_agent: fit.effort.people_per_agent,
        method: "simulated moments on the log scale, common random numbers, Levenberg-Marquardt",
        converged: fit.converged,
        evaluations: fit.evaluations,
        weighted_sum_of_squares_before: fit.objective[0],
        weighted_sum_of_squares_after: fit.objective[1],
        degrees_of_freedom: fitted.saturating_sub(fit.identified().count()),
        parameters: fit.parameters.iter().map(parameter).collect(),
        targets: fit
            .targets
            .iter()
            .filter_map(|met| target(met, targets))
            .collect(),
        identifiability: Identifiability {
            condition_number: fit.condition,
            directions: fit
                .directions
                .iter()
                .map(|direction| DirectionRow {
                    standard_error: direction.error,
                    components: components(fit, &direction.components),
                })
                .collect(),
        },
    };
    toml::to_string(&document)
}

fn parameter(fitted: &Fitted) -> ParameterRow {
    let identified = !fitted.error.is_nan();
    let bound =
        |sign: f64| identified.then(|| libm::exp(fitted.log + sign * NORMAL * fitted.error));
    let parameter = &fitted.parameter;
    let values = parameter.keys.iter().zip(&parameter.start);
    ParameterRow {
        name: parameter.name.clone(),
        identified,
        factor: libm::exp(fitted.log),
        standard_error_of_log_factor: identified.then_some(fitted.error),
        factor_low: bound(-1.0),
        factor_high: bound(1.0),
        at_edge_of_range: fitted.at_edge,
        values: values
            .map(|(key, start)| ValueRow {
                key: format!("society.{key}"),
                start: *start,
                fitted: start * libm::exp(fitted.log),
            })
            .collect(),
    }
}

fn target(met: &Met, targets: &[Target]) -> Option<TargetRow> {
    let target = targets.iter().find(|target| target.name == met.name)?;
    let used = if met.fitted { Use::Fit } else { Use::Compared };
    Some(TargetRow {
        name: met.name.clone(),
        used: if met.fitted { "fit" } else { "compared" },
        unit: target.unit.clone(),
        authority: target.authority.clone(),
        definition: target.definition.clone(),
        years: target.of_use(used).map(|row| row.year).collect(),
        level_2020: libm::exp(met.reading.log_level),
        simulated_before: libm::exp(met.before),
        simulated_after: libm::exp(met.after),
        standard_error_of_log: met.error,
        weight: if met.fitted {
            1.0 / (met.error * met.error)
        } else {
            0.0
        },
        residual_in_standard_errors: residual(met),
    })
}

/// How far the simulation is from the series, in standard errors.
pub fn residual(met: &Met) -> f64 {
    (met.after - met.reading.log_level) / met.error
}

/// The components of a direction that make up at least a tenth of it.
fn components(fit: &Fit, values: &[f64]) -> Vec<String> {
    fit.identified()
        .zip(values)
        .filter(|(_, value)| value.abs() >= 0.1)
        .map(|(fitted, value)| format!("{value:+.2} {}", fitted.parameter.name))
        .collect()
}
