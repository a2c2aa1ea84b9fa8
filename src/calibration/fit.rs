//! The fit: weighted least squares of log moments, by Levenberg & Marquardt.

use levenberg_marquardt::LevenbergMarquardt;
use nalgebra::{DMatrix, DVector};

use super::drivers::{Driver, Drivers};
use super::lab::Lab;
use super::moments::{Moment, Scale, YearFigures};
use super::parameters::{Parameter, moved};
use super::refusal::Refusal;
use super::targets::{Level, REFERENCE_YEAR, Reading, Target, Use};
use super::{Effort, Step, Watch};
use crate::scenario::society::Society;
use crate::scenario::{CheckedPolicy, CheckedSociety};

mod problem;
use problem::Search;

/// Step of the difference quotients (logarithm of a factor): large against the coming and going of
/// single events, small against the curvature (assumption).
const STEP: f64 = 0.05;
/// Relative change of the objective, and of the values, below which the search ends (assumption).
const TOLERANCE: f64 = 1e-3;
/// Evaluations that the search may use, in multiples of the parameters and one.
const PATIENCE: usize = 2;
/// Norm of a parameter's column (standard errors per unit of its logarithm) below which the targets
/// say nothing about it (assumption).
const SILENT: f64 = 1e-6;
/// Distance from the edge of the range, as a share of it, at which a value counts as being there.
const AT_EDGE: f64 = 0.01;

/// What is fitted, to what.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    /// The society.
    pub society: &'a CheckedSociety,
    /// The policy under which it is fitted: its baseline.
    pub baseline: &'a CheckedPolicy,
    /// What is fitted.
    pub parameters: &'a [Parameter],
    /// To what.
    pub targets: &'a [Target],
    /// Its drivers, if it has any.
    pub drivers: Option<&'a Drivers>,
    /// How much is simulated.
    pub effort: Effort,
    /// Who listens.
    pub watch: Watch<'a>,
}

/// A parameter after the fit.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The parameter with its values at the start.
    pub parameter: Parameter,
    /// Logarithm of the factor.
    pub log: f64,
    /// Its standard error; not a number if the targets say nothing about it.
    pub error: f64,
    /// Whether the range stopped the search.
    pub at_edge: bool,
}

/// A target after the fit.
#[derive(Clone, Debug)]
pub struct Met {
    /// Name.
    pub name: String,
    /// Whether it was fitted, or is only compared.
    pub fitted: bool,
    /// What the series says.
    pub reading: Reading,
    /// Standard error of the residual (log): series, definition, sampling of record and simulation.
    pub error: f64,
    /// Logarithm of the level at the start.
    pub before: f64,
    /// Logarithm of the level after the fit.
    pub after: f64,
}

/// A direction in the space of the parameters (logarithms), by how well it is known.
#[derive(Clone, Debug)]
pub struct Direction {
    /// Standard error along it (log).
    pub error: f64,
    /// Its components, in the order of the fitted parameters.
    pub components: Vec<f64>,
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Fit {
    /// All parameters; those that nothing identifies stayed where they were.
    pub parameters: Vec<Fitted>,
    /// All targets.
    pub targets: Vec<Met>,
    /// Covariance of the identified parameters' logarithms.
    pub covariance: Vec<Vec<f64>>,
    /// Directions from the best to the least known.
    pub directions: Vec<Direction>,
    /// Ratio of the greatest to the least standard error over the directions.
    pub condition: f64,
    /// Weighted sum of squares before and after.
    pub objective: [f64; 2],
    /// Sets of values that were simulated.
    pub evaluations: usize,
    /// Whether the search ended by its tolerances.
    pub converged: bool,
    /// How much was simulated.
    pub effort: Effort,
}

impl Fit {
    /// Names of parameters that no target says anything about.
    pub fn silent(&self) -> impl Iterator<Item = &Fitted> {
        self.parameters
            .iter()
            .filter(|fitted| fitted.error.is_nan())
    }

    /// The identified parameters, in the order of the covariance.
    pub fn identified(&self) -> impl Iterator<Item = &Fitted> {
        self.parameters
            .iter()
            .filter(|fitted| !fitted.error.is_nan())
    }

    /// The society with the fitted values.
    pub fn society(&self, society: &Society) -> Society {
        let parameters: Vec<Parameter> = self
            .parameters
            .iter()
            .map(|fitted| fitted.parameter.clone())
            .collect();
        let logs: Vec<f64> = self.parameters.iter().map(|fitted| fitted.log).collect();
        moved(society, &parameters, &logs)
    }
}

/// Log levels of the targets with the variance of a single year's (log, by the delta method).
#[derive(Clone, Debug)]
pub(super) struct Levels {
    pub(super) log: Vec<f64>,
    pub(super) variance: Vec<f64>,
}

/// Levels of targets in simulated years.
pub(super) fn levels(targets: &[Target], years: &[YearFigures], scale: &Scale) -> Levels {
    let of = |target: &Target| {
        let values = years.iter().map(|year| target.moment.of(year, scale));
        // A count that never happened counts as half of one (assumption): its logarithm must exist.
        let least = 0.5 / years.len() as f64;
        if target.level == Level::LogMean {
            let logs: Vec<f64> = values
                .map(|value| libm::log(value.max(f64::MIN_POSITIVE)))
                .collect();
            mean_and_variance(&logs)
        } else {
            let (mean, variance) = mean_and_variance(&values.collect::<Vec<_>>());
            let mean = mean.max(least);
            (libm::log(mean), variance / (mean * mean))
        }
    };
    let (log, variance) = targets.iter().map(of).unzip();
    Levels { log, variance }
}

fn mean_and_variance(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    (mean, squares / (n - 1.0).max(1.0))
}

/// Standard errors of the residuals: series and definition, sampling of a record of a single year, and
/// simulation (variance over simulated years).
fn errors(targets: &[Target], readings: &[Reading], levels: &Levels, simulated: usize) -> Vec<f64> {
    let of = |number: usize| {
        let (target, reading) = (&targets[number], &readings[number]);
        let sampled = if reading.years == 1 { 1.0 } else { 0.0 };
        let variance = reading.error * reading.error
            + target.error_share * target.error_share
            + levels.variance[number] * (sampled + 1.0 / simulated as f64);
        variance.sqrt()
    };
    (0..targets.len()).map(of).collect()
}

/// Fits the parameters.
///
/// # Errors
/// Targets that say less than is asked or need drivers that are not there; a run that fails a self-check.
pub fn fit(task: &Task<'_>) -> Result<Fit, Refusal> {
    let (fitted, readings) = with_readings(task.targets, Use::Fit);
    if fitted.len() < task.parameters.len() {
        let (targets, parameters) = (fitted.len(), task.parameters.len());
        return Err(Refusal::TooFewTargets {
            targets,
            parameters,
        });
    }
    let coal = match task.drivers {
        Some(drivers) => Some(drivers.at(Driver::Coal, REFERENCE_YEAR)?),
        None if task
            .targets
            .iter()
            .any(|target| target.moment == Moment::CoalRate) =>
        {
            return Err(Refusal::NoDrivers);
        }
        None => None,
    };
    let highest: Vec<f64> = task
        .parameters
        .iter()
        .map(|parameter| parameter.greatest)
        .collect();
    let lab = Lab::new(task.society, task.baseline, task.effort, task.watch).bounded_by(&moved(
        &task.society.society,
        task.parameters,
        &highest,
    ));
    let scale = lab.scale(coal);
    let study = Study {
        task,
        lab,
        scale,
        targets: fitted,
        readings,
    };
    study.run()
}

fn with_readings(targets: &[Target], used: Use) -> (Vec<Target>, Vec<Reading>) {
    targets
        .iter()
        .filter_map(|target| {
            target
                .reading(used)
                .map(|reading| (target.clone(), reading))
        })
        .unzip()
}

/// A fit under way.
pub(super) struct Study<'a> {
    task: &'a Task<'a>,
    lab: Lab<'a>,
    scale: Scale,
    targets: Vec<Target>,
    readings: Vec<Reading>,
}

impl Study<'_> {
    fn years(&self, parameters: &[Parameter], logs: &[f64]) -> Result<Vec<YearFigures>, Refusal> {
        self.lab
            .years(&moved(&self.task.society.society, parameters, logs))
    }

    /// Weighted residuals at some values.
    fn residuals(
        &self,
        parameters: &[Parameter],
        logs: &[f64],
        errors: &[f64],
    ) -> Result<DVector<f64>, Refusal> {
        let years = self.years(parameters, logs)?;
        let levels = levels(&self.targets, &years, &self.scale);
        Ok(self.weighted(&levels, errors))
    }

    fn weighted(&self, levels: &Levels, errors: &[f64]) -> DVector<f64> {
        DVector::from_iterator(
            errors.len(),
            (0..errors.len()).map(|i| (levels.log[i] - self.readings[i].log_level) / errors[i]),
        )
    }

    /// Difference quotients of the residuals, one column a parameter; inward at the edge of a range.
    fn jacobian(
        &self,
        parameters: &[Parameter],
        logs: &[f64],
        at: &DVector<f64>,
        errors: &[f64],
    ) -> Result<DMatrix<f64>, Refusal> {
        let mut columns = Vec::with_capacity(parameters.len());
        for (number, parameter) in parameters.iter().enumerate() {
            let step = if logs[number] + STEP <= parameter.greatest {
                STEP
            } else {
                -STEP
            };
            let mut moved = logs.to_vec();
            moved[number] += step;
            columns.push((self.residuals(parameters, &moved, errors)? - at) / step);
        }
        Ok(DMatrix::from_columns(&columns))
    }

    fn run(&self) -> Result<Fit, Refusal> {
        let all = self.task.parameters;
        let start = vec![0.0; all.len()];
        let years = self.years(all, &start)?;
        let before = levels(&self.targets, &years, &self.scale);
        let errors = errors(&self.targets, &self.readings, &before, years.len());
        let at = self.weighted(&before, &errors);
        (self.task.watch)(Step::Judged(1, at.norm_squared()));
        let jacobian = self.jacobian(all, &start, &at, &errors)?;
        let heard: Vec<usize> = (0..all.len())
            .filter(|i| jacobian.column(*i).norm() > SILENT)
            .collect();
        let parameters: Vec<Parameter> = heard.iter().map(|i| all[*i].clone()).collect();
        let jacobian = jacobian.select_columns(&heard);
        let search = Search::new(
            self,
            &parameters,
            &errors,
            at.clone(),
            jacobian,
            1 + all.len(),
        );
        let (search, report) = LevenbergMarquardt::new()
            .with_ftol(TOLERANCE)
            .with_xtol(TOLERANCE)
            .with_gtol(0.0)
            .with_patience(PATIENCE)
            .minimize(search);
        let outcome = search.outcome()?;
        let converged = report.termination.was_successful();
        self.report(
            &parameters,
            &outcome,
            [at.norm_squared(), report.objective_function * 2.0],
            converged,
            &before,
        )
    }

    /// Standard errors and identifiability at the solution, with weights taken there.
    fn report(
        &self,
        parameters: &[Parameter],
        outcome: &problem::Outcome,
        objective: [f64; 2],
        converged: bool,
        before: &Levels,
    ) -> Result<Fit, Refusal> {
        let years = self.years(parameters, &outcome.logs)?;
        let after = levels(&self.targets, &years, &self.scale);
        let errors = errors(&self.targets, &self.readings, &after, years.len());
        let at = self.weighted(&after, &errors);
        let jacobian = self.jacobian(parameters, &outcome.logs, &at, &errors)?;
        let decomposition = jacobian.svd(false, true);
        let right = decomposition.v_t.unwrap_or_default();
        let mut order: Vec<usize> = (0..decomposition.singular_values.len()).collect();
        order.sort_by(|a, b| {
            decomposition.singular_values[*b].total_cmp(&decomposition.singular_values[*a])
        });
        let directions: Vec<Direction> = order
            .iter()
            .map(|i| Direction {
                error: 1.0 / decomposition.singular_values[*i],
                components: right.row(*i).iter().copied().collect(),
            })
            .collect();
        let covariance: Vec<Vec<f64>> = (0..parameters.len())
            .map(|i| {
                (0..parameters.len())
                    .map(|j| {
                        directions
                            .iter()
                            .map(|d| d.components[i] * d.components[j] * d.error * d.error)
                            .sum()
                    })
                    .collect()
            })
            .collect();
        let condition = directions.last().map_or(f64::NAN, |last| last.error)
            / directions.first().map_or(f64::NAN, |first| first.error);
        let mut targets = self.met(
            &self.targets,
            &self.readings,
            &errors,
            [before, &after],
            true,
        );
        targets.extend(self.compared(&years));
        Ok(Fit {
            parameters: self.fitted(parameters, &outcome.logs, &covariance),
            targets,
            covariance,
            directions,
            condition,
            objective,
            evaluations: outcome.evaluations + 1 + parameters.len(),
            converged,
            effort: self.task.effort,
        })
    }

    fn fitted(&self, heard: &[Parameter], logs: &[f64], covariance: &[Vec<f64>]) -> Vec<Fitted> {
        let of = |parameter: &Parameter| {
            let number = heard.iter().position(|other| other.name == parameter.name);
            let (log, error) =
                number.map_or((0.0, f64::NAN), |i| (logs[i], covariance[i][i].sqrt()));
            let margin = AT_EDGE * (parameter.greatest - parameter.least);
            let at_edge = log > parameter.greatest - margin || log < parameter.least + margin;
            Fitted {
                parameter: parameter.clone(),
                log,
                error,
                at_edge,
            }
        };
        self.task.parameters.iter().map(of).collect()
    }

    fn met(
        &self,
        targets: &[Target],
        readings: &[Reading],
        errors: &[f64],
        [before, after]: [&Levels; 2],
        fitted: bool,
    ) -> Vec<Met> {
        let of = |number: usize| Met {
            name: targets[number].name.clone(),
            fitted,
            reading: readings[number],
            error: errors[number],
            before: before.log[number],
            after: after.log[number],
        };
        (0..targets.len()).map(of).collect()
    }

    fn compared(&self, years: &[YearFigures]) -> Vec<Met> {
        let (targets, readings) = with_readings(self.task.targets, Use::Compared);
        let levels = levels(&targets, years, &self.scale);
        let errors = errors(&targets, &readings, &levels, years.len());
        self.met(&targets, &readings, &errors, [&levels, &levels], false)
    }
}
