//! The fit: weighted least squares of log moments, by Levenberg & Marquardt.

use super::drivers::{Driver, Drivers};
use super::lab::Lab;
use super::moments::Moment;
use super::parameters::{Parameter, moved};
use super::refusal::Refusal;
use super::targets::{REFERENCE_YEAR, Reading, Target, Use};
use super::{Effort, Watch};
use crate::scenario::society::Society;
use crate::scenario::{CheckedPolicy, CheckedSociety};

mod identify;
mod levels;
mod problem;
mod study;

use study::Study;

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

/// Fits the parameters.
///
/// # Errors
/// Targets that say less than is asked or need drivers that are not there; a run that fails a self-check.
pub fn fit(task: &Task<'_>) -> Result<Fit, Refusal> {
    let (fitted, readings) = with_readings(task.targets, Use::Fit);
    if fitted.is_empty() || task.parameters.is_empty() {
        return Err(Refusal::NothingToFit);
    }
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
