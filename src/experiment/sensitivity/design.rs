//! Designs: which values are tried together. Rows hold one value from 0 to 1 for each factor, its place in
//! its range.
//!
//! *Morris* (1991, Technometrics 33:161–174): trajectories on a grid of four levels; from one row to the
//! next exactly one factor moves, by two thirds of its range, and each moves once. *Sobol*: two Latin hypercubes
//! A and B (McKay, Beckman & Conover 1979, Technometrics 21:239–245), and for each factor the rows of A with the
//! factor's column of B (Saltelli and others 2010, Computer Physics Communications 181:259–270), in the order A, AB₁ …
//! AB_k, B that SALib writes.
//!
//! Latin hypercubes rather than Sobol sequences: a run of the model costs seconds, so there are tens of base
//! samples and not the powers of two in the thousands at which sequences are better; any number of samples will
//! do; and rows can be drawn again for bootstrap intervals, which the points of a sequence cannot.

use super::Method;
use crate::model::random::{Purpose, Stream};

/// Levels of Morris's grid.
const LEVELS: u32 = 4;
/// Step between rows: p/(2(p − 1)), with which every level is equally likely.
const STEP: f64 = 2.0 / 3.0;

/// What a stream of designs is for, so that no two designs share draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Trajectories = 0,
    SampleA = 1,
    SampleB = 2,
    Sets = 3,
}

fn stream(seed: u64, part: Part) -> Stream {
    Stream::new(seed, part as u32, Purpose::Designs)
}

/// Rows of so many trajectories, one after the other, each of one row more than there are factors.
pub fn trajectories(factors: usize, count: usize, seed: u64) -> Vec<Vec<f64>> {
    let stream = stream(seed, Part::Trajectories);
    (0..count)
        .flat_map(|number| trajectory(factors, number as u64, stream))
        .collect()
}

fn trajectory(factors: usize, number: u64, stream: Stream) -> Vec<Vec<f64>> {
    let level = |factor: usize| {
        let level = (stream.uniform(number, factor as u32, 0) * f64::from(LEVELS)) as u32;
        f64::from(level.min(LEVELS - 1)) / f64::from(LEVELS - 1)
    };
    let mut row: Vec<f64> = (0..factors).map(level).collect();
    let mut rows = vec![row.clone()];
    for factor in shuffled(factors, |place| stream.uniform(number, place as u32, 1)) {
        row[factor] += if row[factor] < 0.5 { STEP } else { -STEP };
        // On the grid to the last bit.
        row[factor] = (row[factor] * 3.0).round() / 3.0;
        rows.push(row.clone());
    }
    rows
}

/// Rows of so many base samples: each a row of A, then that row with each factor's value of B, then
/// the row of B.
pub fn saltelli(factors: usize, samples: usize, seed: u64) -> Vec<Vec<f64>> {
    let a = hypercube(factors, samples, stream(seed, Part::SampleA));
    let b = hypercube(factors, samples, stream(seed, Part::SampleB));
    let block = |(a, b): (Vec<f64>, Vec<f64>)| {
        let mut rows = vec![a.clone()];
        rows.extend((0..factors).map(|factor| {
            let mut row = a.clone();
            row[factor] = b[factor];
            row
        }));
        rows.push(b);
        rows
    };
    a.into_iter().zip(b).flat_map(block).collect()
}

/// A Latin hypercube of so many parameter sets: in each column every one of `sets` equal parts of the range
/// is hit once.
pub fn parameter_sets(factors: usize, sets: usize, seed: u64) -> Vec<Vec<f64>> {
    hypercube(factors, sets, stream(seed, Part::Sets))
}

fn hypercube(factors: usize, samples: usize, stream: Stream) -> Vec<Vec<f64>> {
    let column = |factor: usize| {
        let draw = |sample: usize, mark: u32| stream.uniform(sample as u64, factor as u32, mark);
        let mut column = vec![0.0; samples];
        let order = shuffled(samples, |sample| draw(sample, 0));
        for (part, sample) in order.into_iter().enumerate() {
            column[sample] = (part as f64 + draw(sample, 1)) / samples as f64;
        }
        column
    };
    let columns: Vec<Vec<f64>> = (0..factors).map(column).collect();
    let row = |sample: usize| columns.iter().map(|column| column[sample]).collect();
    (0..samples).map(row).collect()
}

/// The numbers below `count` in the order of their keys.
fn shuffled(count: usize, key: impl Fn(usize) -> f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| key(*a).total_cmp(&key(*b)).then(a.cmp(b)));
    order
}

/// What a matrix is by its structure, if it is a whole design.
pub fn recognised(rows: &[Vec<f64>]) -> Option<Method> {
    let factors = rows.first()?.len();
    let whole = |length: usize| factors > 0 && rows.len().is_multiple_of(length);
    if whole(factors + 1) && rows.chunks(factors + 1).all(is_trajectory) {
        return Some(Method::Morris);
    }
    (whole(factors + 2) && rows.chunks(factors + 2).all(is_block)).then_some(Method::Sobol)
}

/// Whether each row moves one factor, and each factor moves once.
fn is_trajectory(rows: &[Vec<f64>]) -> bool {
    let mut moved = vec![false; rows[0].len()];
    rows.windows(2).all(|pair| {
        let changes = pair[0].iter().zip(&pair[1]).enumerate();
        let mut changes = changes.filter(|(_, (before, after))| before != after);
        match (changes.next(), changes.next()) {
            (Some((factor, _)), None) => !std::mem::replace(&mut moved[factor], true),
            _ => false,
        }
    })
}

/// Whether the rows between the first (A) and the last (B) are A with one value of B each.
fn is_block(rows: &[Vec<f64>]) -> bool {
    let (a, b) = (&rows[0], &rows[rows.len() - 1]);
    rows[1..rows.len() - 1]
        .iter()
        .enumerate()
        .all(|(factor, row)| {
            let expected = |column: usize| {
                if column == factor {
                    b[column]
                } else {
                    a[column]
                }
            };
            row.iter()
                .enumerate()
                .all(|(column, value)| *value == expected(column))
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_level_of_the_grid_is_met_and_steps_stay_on_it() {
        let rows = trajectories(3, 40, 5);
        assert_eq!(rows.len(), 160);
        for level in 0..LEVELS {
            let value = f64::from(level) / 3.0;
            let count = rows.iter().flatten().filter(|found| **found == value);
            assert!(count.count() > 60, "{value}");
        }
        assert!(
            rows.iter()
                .flatten()
                .all(|value| (0.0..=1.0).contains(value))
        );
        assert_ne!(rows, trajectories(3, 40, 6));
    }

    #[test]
    fn a_hypercube_hits_every_part_of_every_range_once() {
        let rows = parameter_sets(4, 25, 9);
        for factor in 0..4 {
            let mut parts: Vec<usize> = rows
                .iter()
                .map(|row| (row[factor] * 25.0) as usize)
                .collect();
            parts.sort_unstable();
            assert_eq!(parts, (0..25).collect::<Vec<_>>());
        }
        let columns = |factor: usize| rows.iter().map(|row| row[factor]).collect::<Vec<_>>();
        assert_ne!(columns(0), columns(1));
    }

    #[test]
    fn what_is_shuffled_is_not_recognised() {
        for (rows, method) in [
            (trajectories(4, 3, 1), Method::Morris),
            (saltelli(4, 3, 1), Method::Sobol),
        ] {
            assert_eq!(recognised(&rows), Some(method));
            let mut shuffled = rows.clone();
            shuffled.swap(1, 7);
            assert_eq!(recognised(&shuffled), None);
            assert_eq!(recognised(&rows[1..]), None);
        }
        assert_eq!(recognised(&[]), None);
        assert_eq!(recognised(&[vec![]]), None);
    }

    proptest! {
        #[test]
        fn designs_of_any_size_are_recognised(factors in 2_usize..9, count in 1_usize..6, seed: u64) {
            prop_assert_eq!(recognised(&trajectories(factors, count, seed)), Some(Method::Morris));
            prop_assert_eq!(recognised(&saltelli(factors, count, seed)), Some(Method::Sobol));
        }
    }
}
