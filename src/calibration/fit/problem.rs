//! The least-squares problem as the optimiser sees it: coordinates without bounds, and a Jacobian that
//! is kept up to date by Broyden's rule instead of being simulated again.

use levenberg_marquardt::LeastSquaresProblem;
use nalgebra::storage::Owned;
use nalgebra::{DMatrix, DVector, Dyn};

use super::study::Study;
use crate::calibration::parameters::Parameter;
use crate::calibration::{Refusal, Step};

/// Least half-width of a range (log), for a value that stands at the edge of its own (assumption).
const LEAST_ROOM: f64 = 1e-3;

/// Where the search stands.
pub(super) struct Search<'a> {
    study: &'a Study<'a>,
    parameters: &'a [Parameter],
    errors: &'a [f64],
    /// Coordinates without bounds.
    point: DVector<f64>,
    logs: DVector<f64>,
    residuals: DVector<f64>,
    /// Of the residuals by the logarithms.
    jacobian: DMatrix<f64>,
    known: Vec<(DVector<f64>, DVector<f64>)>,
    evaluations: usize,
    refusal: Option<Refusal>,
}

/// Where it ended.
pub(super) struct Outcome {
    pub(super) logs: Vec<f64>,
    pub(super) evaluations: usize,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        study: &'a Study<'a>,
        parameters: &'a [Parameter],
        errors: &'a [f64],
        residuals: DVector<f64>,
        jacobian: DMatrix<f64>,
        evaluations: usize,
    ) -> Self {
        let logs = DVector::zeros(parameters.len());
        let point = DVector::from_iterator(parameters.len(), parameters.iter().map(unbounded_zero));
        Search {
            study,
            parameters,
            errors,
            known: vec![(point.clone(), residuals.clone())],
            point,
            logs,
            residuals,
            jacobian,
            evaluations,
            refusal: None,
        }
    }

    pub(super) fn outcome(self) -> Result<Outcome, Refusal> {
        match self.refusal {
            Some(refusal) => Err(refusal),
            None => Ok(Outcome {
                logs: self.logs.iter().copied().collect(),
                evaluations: self.evaluations,
            }),
        }
    }

    /// Broyden's rule: the least change of the Jacobian that explains the last step (Broyden 1965).
    fn learn(&mut self, logs: &DVector<f64>, residuals: &DVector<f64>) {
        let step = logs - &self.logs;
        let length = step.norm_squared();
        if length > 0.0 {
            let surprise = residuals - &self.residuals - &self.jacobian * &step;
            self.jacobian += surprise * step.transpose() / length;
        }
    }

    fn judge(&mut self, logs: &DVector<f64>) -> Option<DVector<f64>> {
        let values: Vec<f64> = logs.iter().copied().collect();
        match self.study.residuals(self.parameters, &values, self.errors) {
            Ok(residuals) => {
                self.evaluations += 1;
                let step = Step::Judged(self.evaluations, residuals.norm_squared());
                (self.study.task.watch)(step);
                Some(residuals)
            }
            Err(refusal) => {
                self.refusal = Some(refusal);
                None
            }
        }
    }
}

impl LeastSquaresProblem<f64, Dyn, Dyn> for Search<'_> {
    type ResidualStorage = Owned<f64, Dyn>;
    type JacobianStorage = Owned<f64, Dyn, Dyn>;
    type ParameterStorage = Owned<f64, Dyn>;

    fn set_params(&mut self, point: &DVector<f64>) {
        let logs = DVector::from_iterator(
            point.len(),
            self.parameters
                .iter()
                .zip(point.iter())
                .map(|(parameter, x)| bounded(parameter, *x).0),
        );
        let known = self.known.iter().find(|(other, _)| other == point);
        let residuals = match known {
            Some((_, residuals)) => Some(residuals.clone()),
            None => self.judge(&logs),
        };
        if let Some(residuals) = residuals {
            self.learn(&logs, &residuals);
            self.known.push((point.clone(), residuals.clone()));
            (self.point, self.logs, self.residuals) = (point.clone(), logs, residuals);
        }
    }

    fn params(&self) -> DVector<f64> {
        self.point.clone()
    }

    fn residuals(&self) -> Option<DVector<f64>> {
        self.refusal.is_none().then(|| self.residuals.clone())
    }

    fn jacobian(&self) -> Option<DMatrix<f64>> {
        let mut jacobian = self.jacobian.clone();
        for (number, parameter) in self.parameters.iter().enumerate() {
            let slope = bounded(parameter, self.point[number]).1;
            jacobian.column_mut(number).scale_mut(slope);
        }
        self.refusal.is_none().then_some(jacobian)
    }
}

/// Range of a parameter's logarithm with room on both sides of zero.
fn range(parameter: &Parameter) -> (f64, f64) {
    (
        parameter.least.min(-LEAST_ROOM),
        parameter.greatest.max(LEAST_ROOM),
    )
}

/// The logarithm at a coordinate, by the logistic curve over the range, and its slope there.
fn bounded(parameter: &Parameter, x: f64) -> (f64, f64) {
    let (least, greatest) = range(parameter);
    let share = 1.0 / (1.0 + libm::exp(-x));
    (
        least + (greatest - least) * share,
        (greatest - least) * share * (1.0 - share),
    )
}

/// The coordinate at which the logarithm is zero.
fn unbounded_zero(parameter: &Parameter) -> f64 {
    let (least, greatest) = range(parameter);
    libm::log(-least / greatest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_without_bounds_stay_in_the_range() {
        let parameter = Parameter {
            name: String::new(),
            keys: Vec::new(),
            start: Vec::new(),
            least: -0.5,
            greatest: 2.0,
        };
        let zero = unbounded_zero(&parameter);
        assert!(bounded(&parameter, zero).0.abs() < 1e-12);
        for x in [-50.0, -1.0, 0.0, 3.0, 50.0] {
            let (value, slope) = bounded(&parameter, x);
            assert!((-0.5..=2.0).contains(&value) && slope >= 0.0);
        }
        let (low, high) = (
            bounded(&parameter, zero - 1e-4).0,
            bounded(&parameter, zero + 1e-4).0,
        );
        assert!(((high - low) / 2e-4 - bounded(&parameter, zero).1).abs() < 1e-6);
    }
}
