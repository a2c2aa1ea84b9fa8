//! A straight line through a series, and what it says about a year outside it.

use crate::experiment::statistics::student_quantile;

/// Ordinary least squares of y on x (Draper & Smith 1998, chapter 1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Points.
    pub n: usize,
    /// Slope (y per unit of x).
    pub slope: f64,
    /// Standard deviation of the residuals, n − 2 degrees of freedom; zero below three points.
    pub residual: f64,
    mean_x: f64,
    mean_y: f64,
    squares: f64,
}

impl Line {
    /// Through points; with one point a level line. Not a number without points.
    pub fn through(points: &[(f64, f64)]) -> Self {
        let n = points.len() as f64;
        let mean_x = points.iter().map(|p| p.0).sum::<f64>() / n;
        let mean_y = points.iter().map(|p| p.1).sum::<f64>() / n;
        let squares: f64 = points.iter().map(|p| (p.0 - mean_x) * (p.0 - mean_x)).sum();
        let products: f64 = points.iter().map(|p| (p.0 - mean_x) * (p.1 - mean_y)).sum();
        let slope = if squares > 0.0 {
            products / squares
        } else {
            0.0
        };
        let left: f64 = points
            .iter()
            .map(|p| p.1 - mean_y - slope * (p.0 - mean_x))
            .map(|rest| rest * rest)
            .sum();
        let residual = if points.len() > 2 {
            (left / (n - 2.0)).sqrt()
        } else {
            0.0
        };
        Line {
            n: points.len(),
            slope,
            residual,
            mean_x,
            mean_y,
            squares,
        }
    }

    /// The line's height at x.
    pub fn at(&self, x: f64) -> f64 {
        self.mean_y + self.slope * (x - self.mean_x)
    }

    /// Standard error of that height.
    pub fn error_at(&self, x: f64) -> f64 {
        let away = x - self.mean_x;
        let lever = if self.squares > 0.0 {
            away * away / self.squares
        } else {
            0.0
        };
        self.residual * (1.0 / self.n as f64 + lever).sqrt()
    }

    /// Standard error of a new observation at x.
    pub fn prediction_error_at(&self, x: f64) -> f64 {
        let error = self.error_at(x);
        (error * error + self.residual * self.residual).sqrt()
    }

    /// Standard error of the slope.
    pub fn slope_error(&self) -> f64 {
        if self.squares > 0.0 {
            self.residual / self.squares.sqrt()
        } else {
            0.0
        }
    }

    /// Quantile of Student's t with the line's n − 2 degrees of freedom.
    pub fn student(&self, probability: f64) -> f64 {
        student(self.n.saturating_sub(2), probability)
    }
}

/// Quantile of Student's t; of the normal law's stand-in with one degree at least.
pub fn student(freedom: usize, probability: f64) -> f64 {
    student_quantile(freedom.max(1), probability)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_worked_by_hand() {
        // x 1..4, y 1 3 2 4: slope 0.8, residuals −0.3 0.9 −0.9 0.3, s² = 1.8/2.
        let line = Line::through(&[(1.0, 1.0), (2.0, 3.0), (3.0, 2.0), (4.0, 4.0)]);
        assert!((line.slope - 0.8).abs() < 1e-12);
        assert!((line.residual - 0.9_f64.sqrt()).abs() < 1e-12);
        assert!((line.at(5.0) - 4.5).abs() < 1e-12);
        assert!((line.error_at(2.5) - (0.9_f64 / 4.0).sqrt()).abs() < 1e-12);
        assert!((line.prediction_error_at(2.5) - (0.9_f64 * 1.25).sqrt()).abs() < 1e-12);
        assert!((line.slope_error() - (0.9_f64 / 5.0).sqrt()).abs() < 1e-12);
        assert!((line.student(0.95) - 2.919_986).abs() < 1e-5);
    }

    #[test]
    fn one_point_is_a_level_line_without_error() {
        let line = Line::through(&[(2020.0, 3.0)]);
        assert_eq!(
            (line.at(2024.0), line.error_at(2024.0), line.slope),
            (3.0, 0.0, 0.0)
        );
    }
}
