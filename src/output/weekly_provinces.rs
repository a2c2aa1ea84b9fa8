//! `weekly_provinces`: mean and quantiles over the replications, for each province and week.
//!
//! Each cell keeps a histogram of fixed size on a logarithmic scale (140 bytes: about 55 MB for 8
//! policies, 31 provinces and 10 years), so memory does not grow with replications. Means are exact;
//! quantiles are interpolated within a bin a fifth (functionality: of what is lost) to a half of a
//! value wide, and never outside the least and greatest value seen.

use libm::{exp, log};

use super::file::Sealed;
use super::table::{Cell, Column, TableWriter, Type, measured, plain, policy, week};
use super::{FileOptions, OutputError};
use crate::experiment::Plan;
use crate::model::record::RunRecord;

/// Bins of a histogram: one for zero (or less than the scale holds), the others equal in logarithm.
const BINS: usize = 64;

/// Ranges of the scales: lost functionality, deaths, direct loss (yuan).
const SCALES: [Scale; 3] = [
    Scale::new(1e-6, 1.0),
    Scale::new(0.5, 1e6),
    Scale::new(1e3, 1e13),
];

/// Columns of the table.
pub fn columns() -> Vec<Column> {
    const ONE: [&str; 2] = ["0–1", "0–1"];
    const PEOPLE: [&str; 2] = ["人", "people"];
    const YUAN: [&str; 2] = ["元", "yuan"];
    let real = |key, names, unit| measured(key, Type::Varying, names, unit);
    vec![
        policy(),
        plain("province", Type::Text, "省份", "province (Chinese name)"),
        plain(
            "province_en",
            Type::Text,
            "省份(英文)",
            "province (English name)",
        ),
        week(),
        real(
            "functionality_mean",
            ["功能水平均值", "functionality, mean"],
            ONE,
        ),
        real(
            "functionality_q10",
            ["功能水平10%分位", "functionality, 10 % quantile"],
            ONE,
        ),
        real(
            "functionality_q50",
            ["功能水平中位数", "functionality, median"],
            ONE,
        ),
        real(
            "functionality_q90",
            ["功能水平90%分位", "functionality, 90 % quantile"],
            ONE,
        ),
        real("deaths_mean", ["死亡均值", "deaths, mean"], PEOPLE),
        real(
            "deaths_q10",
            ["死亡10%分位", "deaths, 10 % quantile"],
            PEOPLE,
        ),
        real("deaths_q50", ["死亡中位数", "deaths, median"], PEOPLE),
        real(
            "deaths_q90",
            ["死亡90%分位", "deaths, 90 % quantile"],
            PEOPLE,
        ),
        real("loss_mean", ["直接损失均值", "direct loss, mean"], YUAN),
        real(
            "loss_q10",
            ["直接损失10%分位", "direct loss, 10 % quantile"],
            YUAN,
        ),
        real("loss_q50", ["直接损失中位数", "direct loss, median"], YUAN),
        real(
            "loss_q90",
            ["直接损失90%分位", "direct loss, 90 % quantile"],
            YUAN,
        ),
        plain("replications", Type::Integer, "模拟次数", "replications"),
    ]
}

#[derive(Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    const fn new(low: f64, high: f64) -> Self {
        Scale { low, high }
    }

    /// Logarithmic width of a bin.
    fn width(self) -> f64 {
        log(self.high / self.low) / (BINS - 1) as f64
    }

    fn bin(self, value: f64) -> usize {
        if value < self.low {
            return 0;
        }
        1 + ((log(value / self.low) / self.width()) as usize).min(BINS - 2)
    }
}

/// Values of one province, week and series over the replications.
#[derive(Clone)]
struct Histogram {
    sum: f64,
    least: f32,
    greatest: f32,
    counts: [u16; BINS],
}

impl Histogram {
    const EMPTY: Histogram = Histogram {
        sum: 0.0,
        least: f32::INFINITY,
        greatest: f32::NEG_INFINITY,
        counts: [0; BINS],
    };

    fn add(&mut self, scale: Scale, value: f64) {
        self.sum += value;
        self.least = self.least.min(value as f32);
        self.greatest = self.greatest.max(value as f32);
        let count = &mut self.counts[scale.bin(value)];
        *count = count.saturating_add(1);
    }

    fn total(&self) -> u64 {
        self.counts.iter().map(|count| u64::from(*count)).sum()
    }

    fn mean(&self) -> f64 {
        self.sum / self.total() as f64
    }

    fn quantile(&self, scale: Scale, probability: f64) -> f64 {
        let rank = probability * self.total() as f64;
        let mut below = 0.0;
        for (bin, count) in self.counts.iter().enumerate() {
            let count = f64::from(*count);
            if count > 0.0 && below + count >= rank {
                let within = ((rank - below) / count).clamp(0.0, 1.0);
                let exponent = (bin as f64 - 1.0 + within) * scale.width();
                let value = if bin == 0 {
                    0.0
                } else {
                    scale.low * exp(exponent)
                };
                return value
                    .max(f64::from(self.least))
                    .min(f64::from(self.greatest));
            }
            below += count;
        }
        f64::NAN
    }
}

/// The histograms of an experiment.
pub struct ProvinceWeeks {
    weeks: usize,
    provinces: usize,
    /// Policy, week, province, series.
    cells: Vec<Histogram>,
}

impl ProvinceWeeks {
    /// Empty histograms.
    pub fn new(policies: usize, weeks: usize, provinces: usize) -> Self {
        let cells = vec![Histogram::EMPTY; policies * weeks * provinces * SCALES.len()];
        ProvinceWeeks {
            weeks,
            provinces,
            cells,
        }
    }

    /// Takes in the weeks of one run.
    pub fn add(&mut self, policy: usize, record: &RunRecord) {
        for province in 0..self.provinces {
            let [functionality, deaths, loss] = record.province_series(province);
            let weeks = functionality.iter().zip(deaths).zip(loss).take(self.weeks);
            for (week, ((functionality, deaths), loss)) in weeks.enumerate() {
                let first = self.first(policy, week, province);
                for (series, value) in [1.0 - functionality, *deaths, *loss].iter().enumerate() {
                    self.cells[first + series].add(SCALES[series], *value);
                }
            }
        }
    }

    fn first(&self, policy: usize, week: usize, province: usize) -> usize {
        ((policy * self.weeks + week) * self.provinces + province) * SCALES.len()
    }

    /// Writes the table.
    pub fn write(self, options: &FileOptions, plan: &Plan) -> Result<Sealed, OutputError> {
        let mut table =
            TableWriter::create(options, "weekly_provinces", options.format, &columns())?;
        for (position, policy) in plan.policies.iter().enumerate() {
            for (number, province) in plan.provinces.iter().enumerate() {
                for week in 0..self.weeks {
                    let mut cells = vec![
                        Cell::Text(&policy.key),
                        Cell::Text(&province.zh),
                        Cell::Text(&province.en),
                        Cell::Integer(week as i64),
                    ];
                    let first = self.first(position, week, number);
                    cells.extend(self.values(first).map(Cell::Real));
                    cells.push(Cell::Integer(self.cells[first].total() as i64));
                    table.row(&cells)?;
                }
            }
        }
        table.seal()
    }

    /// Mean, 10 %, 50 % and 90 % quantile of functionality, deaths and loss.
    fn values(&self, first: usize) -> impl Iterator<Item = f64> + use<> {
        let [lost, deaths, loss] = [0, 1, 2].map(|series| {
            let cell = &self.cells[first + series];
            let at = |probability| cell.quantile(SCALES[series], probability);
            [cell.mean(), at(0.1), at(0.5), at(0.9)]
        });
        let functionality = [1.0 - lost[0], 1.0 - lost[3], 1.0 - lost[2], 1.0 - lost[1]];
        [functionality, deaths, loss].into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn histogram(scale: Scale, values: &[f64]) -> Histogram {
        let mut cell = Histogram::EMPTY;
        for value in values {
            cell.add(scale, *value);
        }
        cell
    }

    #[test]
    fn zeros_and_single_values_are_exact() {
        let cell = histogram(SCALES[2], &[0.0, 0.0, 0.0, 8e8]);
        assert_eq!((cell.mean(), cell.quantile(SCALES[2], 0.5)), (2e8, 0.0));
        let one = histogram(SCALES[1], &[7.0]);
        assert_eq!(one.quantile(SCALES[1], 0.1), 7.0);
    }

    proptest! {
        #[test]
        fn quantiles_are_within_a_bin(mut values in prop::collection::vec(1e4f64..1e12, 20..200)) {
            let cell = histogram(SCALES[2], &values);
            values.sort_by(f64::total_cmp);
            let (found, rank) = (cell.quantile(SCALES[2], 0.5), values.len() / 2);
            let ratio = exp(SCALES[2].width()) * 1.000_001;
            let (low, high) = (values[rank - 1], values[rank]);
            prop_assert!(found >= low / ratio && found <= high * ratio, "{low} {found} {high}");
        }
    }
}
