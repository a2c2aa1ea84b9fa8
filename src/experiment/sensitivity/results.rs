//! What a study found, as plain data for tables, files and charts.

use super::sobol::Index;
use super::study::{Outcomes, Screening};
use super::{Factor, Method};
use crate::experiment::statistics::Difference;

/// A finished study.
#[derive(Clone, Debug)]
pub struct Study {
    /// The parameters, in the order of the designs.
    pub factors: Vec<Factor>,
    /// Uncertain parameters of the society, looked at or not.
    pub uncertain: usize,
    /// Difference of the policies at the society's own values, in the order of the measures.
    pub own: Vec<Option<Difference>>,
    /// The screening, unless only shares of variance were asked for.
    pub screened: Option<Screened>,
    /// Shares of variance, unless only a screening was asked for.
    pub decomposed: Option<Decomposed>,
}

/// A screening with its design.
#[derive(Clone, Debug)]
pub struct Screened {
    /// Rows of values.
    pub values: Vec<Vec<f64>>,
    /// What came of them.
    pub outcomes: Outcomes,
    /// The effects.
    pub screening: Screening,
}

/// Shares of variance with their design.
#[derive(Clone, Debug)]
pub struct Decomposed {
    /// Positions of its factors among those of the study.
    pub chosen: Vec<usize>,
    /// Rows of values.
    pub values: Vec<Vec<f64>>,
    /// What came of them.
    pub outcomes: Outcomes,
    /// For each measure, one index a factor.
    pub indices: Vec<Vec<Index>>,
}

/// A design that was run.
#[derive(Clone, Debug)]
pub struct Designed<'a> {
    /// What it is for.
    pub method: Method,
    /// Positions of its factors among those of the study.
    pub chosen: Vec<usize>,
    /// Rows of values.
    pub values: &'a [Vec<f64>],
    /// What came of them.
    pub outcomes: &'a Outcomes,
}

impl Study {
    /// The factors in the order in which they are shown: the weightiest of the screening first, else as they are.
    pub fn order(&self) -> Vec<usize> {
        match (&self.screened, &self.decomposed) {
            (Some(screened), _) => screened.screening.order(),
            (None, Some(decomposed)) => decomposed.chosen.clone(),
            (None, None) => Vec::new(),
        }
    }

    /// The designs, in the order in which they were run.
    pub fn designs(&self) -> Vec<Designed<'_>> {
        let screened = self.screened.as_ref().map(|screened| Designed {
            method: Method::Morris,
            chosen: (0..self.factors.len()).collect(),
            values: &screened.values,
            outcomes: &screened.outcomes,
        });
        let decomposed = self.decomposed.as_ref().map(|decomposed| Designed {
            method: Method::Sobol,
            chosen: decomposed.chosen.clone(),
            values: &decomposed.values,
            outcomes: &decomposed.outcomes,
        });
        screened.into_iter().chain(decomposed).collect()
    }

    /// The index of a factor in a measure, if it was among the few.
    pub fn index(&self, measure: usize, factor: usize) -> Option<&Index> {
        let decomposed = self.decomposed.as_ref()?;
        let position = decomposed.chosen.iter().position(|own| *own == factor)?;
        decomposed.indices[measure].get(position)
    }
}
