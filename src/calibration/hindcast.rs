//! Years that entered no fit, predicted from the fit, the drivers and trends up to 2020, beside naive
//! forecasts.
//!
//! For every draw and year a society is made: the fitted values with their standard errors; accident
//! rates × e^{slope·(year − 2020) + shock} × exposure relative to 2020; damage and deaths of natural
//! disasters × (real product relative to 2020)^elasticity. Slopes and elasticities are those of the
//! series up to 2020 with their t errors, shocks have the spread of the series about its trend. The
//! society then lives through one year of the engine after its burn-in.

mod naive;
mod trends;

use rayon::prelude::*;

use super::fit::{Fit, Task};
use super::lab::Lab;
use super::moments::Moment;
use super::parameters::{Parameter, moved};
use super::scores::Prediction;
use super::targets::{REFERENCE_YEAR, Target, Use};
use super::{Effort, Refusal};
use crate::model::random::{Purpose, Stream};
use crate::scenario::society::Society;
use naive::forecast;
use trends::Trends;

/// Draws for each replication of the fit (assumption: enough for a 90 % interval at four).
const DRAWS_PER_REPLICATION: u32 = 10;
/// Keeps the draws of parameters apart from the dangers of the same seed.
const DRAWS: u64 = 1 << 40;

/// One year of one measure.
#[derive(Clone, Debug)]
pub struct Row {
    /// Name of the target.
    pub measure: String,
    /// Unit.
    pub unit: String,
    /// Year.
    pub year: i32,
    /// What the record says.
    pub happened: f64,
    /// What the engine says.
    pub engine: Prediction,
    /// What the naive forecast says.
    pub naive: Prediction,
    /// Its point forecast.
    pub naive_point: f64,
}

/// Scores of one measure over its years.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// Name of the target.
    pub measure: String,
    /// Years.
    pub years: usize,
    /// Years within the 90 % interval: engine, naive.
    pub covered: [usize; 2],
    /// Mean continuous ranked probability score.
    pub ranked_probability: [f64; 2],
    /// Mean interval score.
    pub interval: [f64; 2],
    /// Mean absolute error of the point forecast.
    pub absolute: [f64; 2],
}

/// The hindcast.
#[derive(Clone, Debug)]
pub struct Hindcast {
    /// One row a measure and year.
    pub rows: Vec<Row>,
    /// Draws of a year.
    pub draws: u32,
}

/// Runs of the engine that a hindcast of four years takes.
pub fn runs(effort: Effort) -> u64 {
    u64::from(effort.replications * DRAWS_PER_REPLICATION) * 4
}

/// Predicts the held-out years of the task's targets.
///
/// # Errors
/// A society without drivers, a driver or series that is missing, a run that fails a self-check.
pub fn run(task: &Task<'_>, fit: &Fit) -> Result<Hindcast, Refusal> {
    let drivers = task.drivers.ok_or(Refusal::NoDrivers)?;
    let trends = Trends::of(task.targets, drivers)?;
    let held_out: Vec<&Target> = task
        .targets
        .iter()
        .filter(|target| target.of_use(Use::HeldOut).next().is_some())
        .collect();
    let mut years: Vec<i32> = held_out
        .iter()
        .flat_map(|target| target.of_use(Use::HeldOut).map(|row| row.year))
        .collect();
    years.sort_unstable();
    years.dedup();
    let draws = task.effort.replications * DRAWS_PER_REPLICATION;
    let lab = Lab::new(task.society, task.baseline, task.effort, task.watch);
    let jobs: Vec<(u32, usize)> = (1..=draws)
        .flat_map(|draw| (0..years.len()).map(move |year| (draw, year)))
        .collect();
    let simulated: Vec<Vec<f64>> = jobs
        .par_iter()
        .map(|(draw, number)| {
            let year = years[*number];
            let society = society(task, fit, &trends, *draw, year)?;
            let ready = lab.ready(&society);
            let replication = draw * years.len() as u32 + *number as u32;
            let figures = lab.replication(&ready, replication, 1)?;
            let scale = trends.scale(&lab, year)?;
            Ok(held_out
                .iter()
                .map(|target| target.moment.of(&figures[0], &scale))
                .collect())
        })
        .collect::<Result<_, Refusal>>()?;
    let mut rows = Vec::new();
    for (measure, target) in held_out.iter().enumerate() {
        for row in target.of_use(Use::HeldOut) {
            let of_year = jobs
                .iter()
                .zip(&simulated)
                .filter(|((_, y), _)| years[*y] == row.year);
            let engine = Prediction::of(of_year.map(|(_, values)| values[measure]).collect());
            let (naive, naive_point) = forecast(target, row.year);
            rows.push(Row {
                measure: target.name.clone(),
                unit: target.unit.clone(),
                year: row.year,
                happened: row.value,
                engine,
                naive,
                naive_point,
            });
        }
    }
    Ok(Hindcast { rows, draws })
}

/// The society of one draw in one year.
fn society(
    task: &Task<'_>,
    fit: &Fit,
    trends: &Trends<'_>,
    draw: u32,
    year: i32,
) -> Result<Society, Refusal> {
    let stream = Stream::new(task.effort.seed ^ DRAWS, draw, Purpose::Years);
    let parameters: Vec<Parameter> = fit.identified().map(|f| f.parameter.clone()).collect();
    let mut logs: Vec<f64> = fit.identified().map(|fitted| fitted.log).collect();
    for (number, direction) in fit.directions.iter().enumerate() {
        let z = stream.normal(number as u64, 0, 0);
        for (log, component) in logs.iter_mut().zip(&direction.components) {
            *log += z * direction.error * component;
        }
    }
    for (log, parameter) in logs.iter_mut().zip(&parameters) {
        *log = log.clamp(parameter.least, parameter.greatest);
    }
    let mut society = moved(&task.society.society, &parameters, &logs);
    trends.apply(&mut society, year, stream)?;
    Ok(society)
}

impl Hindcast {
    /// Scores by measure, in order.
    pub fn scores(&self) -> Vec<Scores> {
        let mut measures: Vec<&str> = self.rows.iter().map(|row| row.measure.as_str()).collect();
        measures.dedup();
        measures
            .into_iter()
            .map(|measure| self.scores_of(measure))
            .collect()
    }

    fn scores_of(&self, measure: &str) -> Scores {
        let rows: Vec<&Row> = self
            .rows
            .iter()
            .filter(|row| row.measure == measure)
            .collect();
        let n = rows.len() as f64;
        let both = |score: &dyn Fn(&Row, &Prediction) -> f64| {
            let mean =
                |side: &dyn Fn(&Row) -> f64| rows.iter().map(|row| side(row)).sum::<f64>() / n;
            [
                mean(&|row| score(row, &row.engine)),
                mean(&|row| score(row, &row.naive)),
            ]
        };
        let covered = |side: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| side(row)).count();
        let mut absolute = both(&|row, prediction| prediction.absolute_error(row.happened));
        absolute[1] = rows
            .iter()
            .map(|row| (row.naive_point - row.happened).abs())
            .sum::<f64>()
            / n;
        Scores {
            measure: measure.to_owned(),
            years: rows.len(),
            covered: [
                covered(&|row| row.engine.covers(row.happened)),
                covered(&|row| row.naive.covers(row.happened)),
            ],
            ranked_probability: both(&|row, p| p.ranked_probability_score(row.happened)),
            interval: both(&|row, p| p.interval_score(row.happened)),
            absolute,
        }
    }

    /// The rows as CSV.
    pub fn csv(&self) -> String {
        let head = "measure,unit,year,happened,median,low_90,high_90,covered,crps,naive,naive_low_90,naive_high_90,naive_covered,naive_crps\n";
        let line = |row: &Row| {
            let ((low, high), (naive_low, naive_high)) =
                (row.engine.interval(), row.naive.interval());
            format!(
                "{},{},{},{},{},{low},{high},{},{},{},{naive_low},{naive_high},{},{}\n",
                row.measure,
                row.unit,
                row.year,
                row.happened,
                row.engine.quantile(0.5),
                row.engine.covers(row.happened),
                row.engine.ranked_probability_score(row.happened),
                row.naive_point,
                row.naive.covers(row.happened),
                row.naive.ranked_probability_score(row.happened),
            )
        };
        self.rows
            .iter()
            .map(line)
            .fold(head.to_owned(), |text, line| text + &line)
    }
}

/// The target of a moment.
fn target_of<'a>(targets: &'a [Target], moment: Moment, name: &str) -> Result<&'a Target, Refusal> {
    let found = targets.iter().find(|target| target.moment == moment);
    found
        .filter(|target| target.of_use(Use::Fit).count() > 2)
        .ok_or_else(|| Refusal::Target {
            name: name.to_owned(),
            rule: [
                "后报需要该序列至少三年的拟合数据",
                "the hindcast needs at least three fitted years of this series",
            ],
        })
}

/// Years since the reference year.
fn since(year: i32) -> f64 {
    f64::from(year - REFERENCE_YEAR)
}
