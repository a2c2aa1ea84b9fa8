//! Experiments that cross responsibility allocations with sharing arrangements: main effects and
//! interaction.
//!
//! *Equation.* With y_ij the measure of a cell, ȳ its means: the effect of a row is ȳ_i. − ȳ, of a column
//! ȳ_.j − ȳ, the interaction of a cell y_ij − ȳ_i. − ȳ_.j + ȳ; each is taken in every replication, so that
//! its interval is paired. The share of the interaction is that of its squares in Σ(y_ij − ȳ)² of the
//! mean cells (two-way analysis of variance without replication error).

use crate::experiment::plan::{Name, Plan};
use crate::experiment::sample::Sample;
use crate::experiment::statistics::Estimate;
use crate::measures::Subject;

/// An allocation or a sharing arrangement.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Key of the policy that it comes from.
    pub key: String,
    /// Its name.
    pub name: Name,
}

/// A full grid of policies.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Allocations.
    pub rows: Vec<Factor>,
    /// Sharing arrangements.
    pub columns: Vec<Factor>,
    /// Policy (position in the plan) of each cell, row by row.
    pub cells: Vec<Vec<usize>>,
}

/// Effects of a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Effects {
    /// The measure in each cell, row by row.
    pub cells: Vec<Vec<Estimate>>,
    /// Effect of each row.
    pub rows: Vec<Estimate>,
    /// Effect of each column.
    pub columns: Vec<Estimate>,
    /// The cell (row, column) with the greatest mean interaction, and that interaction.
    pub greatest: (usize, usize, Estimate),
    /// Share of the interaction in the variation between cells.
    pub interaction_share: f64,
}

/// The grid among the policies of a plan: at least two allocations by two arrangements, every cell there.
pub fn grid(plan: &Plan) -> Option<Grid> {
    let mut grid = Grid {
        rows: Vec::new(),
        columns: Vec::new(),
        cells: Vec::new(),
    };
    let mut places = Vec::new();
    for (position, policy) in plan.policies.iter().enumerate() {
        let Some((first, second)) = policy.key.split_once('+') else {
            continue;
        };
        let [own, other] = [0, 1].map(|side| Name {
            zh: part(&policy.name.zh, side),
            en: part(&policy.name.en, side),
        });
        let row = place(&mut grid.rows, first, own);
        let column = place(&mut grid.columns, second, other);
        places.push((row, column, position));
    }
    if grid.rows.len() < 2 || grid.columns.len() < 2 {
        return None;
    }
    for row in 0..grid.rows.len() {
        let cell = |column| {
            let found = places.iter().find(|(r, c, _)| (*r, *c) == (row, column))?;
            Some(found.2)
        };
        grid.cells
            .push((0..grid.columns.len()).map(cell).collect::<Option<_>>()?);
    }
    Some(grid)
}

/// A side of the name of a crossed policy.
fn part(name: &str, side: usize) -> String {
    name.split(" × ").nth(side).unwrap_or(name).to_owned()
}

fn place(factors: &mut Vec<Factor>, key: &str, name: Name) -> usize {
    let known = factors.iter().position(|factor| factor.key == key);
    known.unwrap_or_else(|| {
        factors.push(Factor {
            key: key.to_owned(),
            name,
        });
        factors.len() - 1
    })
}

/// The effects of a measure over a grid.
pub fn effects(grid: &Grid, sample: &Sample, subject: Subject) -> Effects {
    let values: Vec<Vec<&[f64]>> = grid
        .cells
        .iter()
        .map(|row| {
            let of = |policy: &usize| sample.values(*policy, subject).unwrap_or_default();
            row.iter().map(of).collect()
        })
        .collect();
    of_values(&values, sample.replications.len())
}

/// The effects of cells with one value a replication.
fn of_values(values: &[Vec<&[f64]>], runs: usize) -> Effects {
    let (rows, columns) = (values.len(), values[0].len());
    let row_mean = |i: usize, run: usize| mean(values[i].iter().map(|cell| cell[run]));
    let column_mean = |j: usize, run: usize| mean(values.iter().map(|row| row[j][run]));
    let whole = |run: usize| mean((0..rows).map(|i| row_mean(i, run)));
    let over_runs = |value: &dyn Fn(usize) -> f64| {
        let values: Vec<f64> = (0..runs).map(value).collect();
        Estimate::of(&values)
    };
    let interaction = |i: usize, j: usize| {
        over_runs(&|run| values[i][j][run] - row_mean(i, run) - column_mean(j, run) + whole(run))
    };
    let places = (0..rows).flat_map(|i| (0..columns).map(move |j| (i, j)));
    let interactions: Vec<(usize, usize, Estimate)> =
        places.map(|(i, j)| (i, j, interaction(i, j))).collect();
    let size = |(_, _, estimate): &(usize, usize, Estimate)| estimate.mean.abs();
    let first = interactions[0];
    let greatest = interactions.iter().fold(first, |most, cell| {
        if size(cell) > size(&most) {
            *cell
        } else {
            most
        }
    });
    let cells: Vec<Vec<Estimate>> = values
        .iter()
        .map(|row| row.iter().map(|cell| Estimate::of(cell)).collect())
        .collect();
    let centre = mean(cells.iter().flatten().map(|cell| cell.mean));
    let square = |value: f64| value * value;
    let all: f64 = cells
        .iter()
        .flatten()
        .map(|cell| square(cell.mean - centre))
        .sum();
    let own: f64 = interactions.iter().map(|(_, _, e)| square(e.mean)).sum();
    Effects {
        cells,
        rows: (0..rows)
            .map(|i| over_runs(&|run| row_mean(i, run) - whole(run)))
            .collect(),
        columns: (0..columns)
            .map(|j| over_runs(&|run| column_mean(j, run) - whole(run)))
            .collect(),
        greatest,
        interaction_share: own / all,
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (count, sum) = values.fold((0, 0.0), |(count, sum), value| (count + 1, sum + value));
    sum / f64::from(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;

    /// 10 20 / 30 60: rows ∓15, columns ∓10, interaction ±5 of the cells, 100 of 1,400 squares.
    #[test]
    fn effects_by_hand() {
        let cells = [[10.0; 3], [20.0; 3], [30.0; 3], [60.0; 3]];
        let values = vec![vec![&cells[0][..], &cells[1]], vec![&cells[2], &cells[3]]];
        let found = of_values(&values, 3);
        assert_eq!(found.rows[0].mean, -15.0);
        assert_eq!(found.columns[1].mean, 10.0);
        assert_eq!(found.greatest.2.mean.abs(), 5.0);
        assert_eq!((found.greatest.0, found.greatest.1), (0, 0));
        assert!((found.interaction_share - 100.0 / 1400.0).abs() < 1e-12);
    }

    #[test]
    fn a_grid_needs_every_cell() {
        let mut plan = synthetic::plan(&[0, 1, 2, 3, 4], 2, 1);
        let keys = ["base", "a+x", "a+y", "b+x", "b+y"];
        for (policy, key) in plan.policies.iter_mut().zip(keys) {
            policy.key = key.to_owned();
            policy.name.zh = key.replace('+', " × ");
        }
        let found = grid(&plan).unwrap();
        assert_eq!(found.cells, [[1, 2], [3, 4]]);
        assert_eq!(
            (
                found.rows[1].name.zh.as_str(),
                found.columns[0].key.as_str()
            ),
            ("b", "x")
        );
        plan.policies.pop();
        assert_eq!(grid(&plan), None);
    }
}
