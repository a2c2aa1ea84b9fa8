//! A fit under way: evaluations, difference quotients, the search, and what is said of its end.

use levenberg_marquardt::LevenbergMarquardt;
use nalgebra::{DMatrix, DVector};

use super::identify::{condition, covariance, directions};
use super::levels::{Levels, errors, levels};
use super::problem::{Outcome, Search};
use super::{Fit, Fitted, Met, Task, with_readings};
use crate::calibration::lab::Lab;
use crate::calibration::moments::{Scale, YearFigures};
use crate::calibration::parameters::{Parameter, moved};
use crate::calibration::targets::{Reading, Target, Use};
use crate::calibration::{Refusal, Step};

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

/// A fit under way.
pub(super) struct Study<'a> {
    pub(super) task: &'a Task<'a>,
    pub(super) lab: Lab<'a>,
    pub(super) scale: Scale,
    pub(super) targets: Vec<Target>,
    pub(super) readings: Vec<Reading>,
}

impl Study<'_> {
    fn years(&self, parameters: &[Parameter], logs: &[f64]) -> Result<Vec<YearFigures>, Refusal> {
        self.lab
            .years(&moved(&self.task.society.society, parameters, logs))
    }

    /// Weighted residuals at some values.
    pub(super) fn residuals(
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

    pub(super) fn run(&self) -> Result<Fit, Refusal> {
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
            &years,
        )
    }

    /// Standard errors and identifiability at the solution, with weights taken there.
    fn report(
        &self,
        parameters: &[Parameter],
        outcome: &Outcome,
        objective: [f64; 2],
        converged: bool,
        start: &[YearFigures],
    ) -> Result<Fit, Refusal> {
        let years = self.years(parameters, &outcome.logs)?;
        let after = levels(&self.targets, &years, &self.scale);
        let errors = errors(&self.targets, &self.readings, &after, years.len());
        let at = self.weighted(&after, &errors);
        let jacobian = self.jacobian(parameters, &outcome.logs, &at, &errors)?;
        let directions = directions(jacobian);
        let covariance = covariance(&directions);
        let condition = condition(&directions);
        let before = levels(&self.targets, start, &self.scale);
        let mut targets = met(
            &self.targets,
            &self.readings,
            &errors,
            [&before, &after],
            true,
        );
        targets.extend(self.compared(start, &years));
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

    fn compared(&self, start: &[YearFigures], years: &[YearFigures]) -> Vec<Met> {
        let (targets, readings) = with_readings(self.task.targets, Use::Compared);
        let before = levels(&targets, start, &self.scale);
        let levels = levels(&targets, years, &self.scale);
        let errors = errors(&targets, &readings, &levels, years.len());
        met(&targets, &readings, &errors, [&before, &levels], false)
    }
}

/// Targets as they came out.
fn met(
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
