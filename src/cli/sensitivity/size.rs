//! How large a study is, and what it will cost.

use super::designs::Design;
use super::task::Task;
use super::{Args, MethodArgument};
use crate::cli::estimate;
use crate::experiment::cost::Work;
use crate::experiment::memory::{Keeping, plan_bytes};
use crate::experiment::sensitivity::Method;
use crate::experiment::sensitivity::effort::{usual_samples, usual_trajectories};
use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// Sets of values and runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Size {
    pub(super) method: MethodArgument,
    pub(super) trajectories: usize,
    /// Base samples; 0 = no shares of variance after the screening.
    pub(super) samples: usize,
    /// Factors of the shares of variance.
    pub(super) few: usize,
    rows: [usize; 2],
    runs_of_row: u64,
    row_seconds: f64,
}

impl Size {
    /// What is asked for, else what fits into the usual time.
    pub(super) fn of(task: &Task, args: &Args) -> Self {
        let factors = task.factors.len();
        let row_seconds = task.point_seconds();
        let few = match args.method {
            MethodArgument::Sobol => factors,
            _ => factors.min(args.few as usize),
        };
        let asked = |asked: Option<u32>, usual: usize| asked.map_or(usual, |n| n as usize);
        let samples = match args.method {
            MethodArgument::Morris => 0,
            _ if args.import_design.is_some() => 0,
            _ => asked(args.samples, usual_samples(few, row_seconds)),
        };
        Size {
            method: args.method,
            trajectories: asked(args.trajectories, usual_trajectories(factors, row_seconds)),
            samples,
            few,
            rows: [0; 2],
            runs_of_row: 2 * u64::from(task.checked.experiment.replications),
            row_seconds,
        }
    }

    /// With the rows of the design that is run first.
    #[must_use]
    pub(super) fn with_rows(self, design: &Design) -> Self {
        let later = match design.method {
            Method::Morris => self.samples * (self.few + 2),
            Method::Sobol => 0,
        };
        Size {
            rows: [design.values.len(), later],
            ..self
        }
    }

    /// Sets of values, with the society's own.
    pub(super) fn sets(&self) -> usize {
        1 + self.rows.iter().sum::<usize>()
    }

    /// Runs in all.
    pub(super) fn runs(&self) -> u64 {
        self.runs_of_row * self.sets() as u64
    }

    /// What it costs.
    fn work(&self, task: &Task, threads: usize) -> Work {
        Work {
            runs: self.runs(),
            seconds: self.row_seconds * self.sets() as f64,
            bytes: plan_bytes(&task.checked, Keeping::Societies, threads) as f64,
        }
    }

    /// What a dry run says.
    pub(super) fn text(&self, task: &Task, threads: usize, language: Language) -> String {
        let [first, later] = self.rows;
        let (sets, runs) = (self.sets(), self.runs());
        let experiment = &task.checked.experiment;
        let (years, burn_in) = (experiment.years, experiment.burn_in_years);
        let replications = experiment.replications;
        let (factors, uncertain) = (task.factors.len(), task.uncertain);
        let mut text = say!(
            language,
            "参数：{factors} 个(不确定参数共 {uncertain} 个)\n\
             取值组数：1 + {first} + {later} = {sets}；每组 2 项政策 × {replications} 次 × {years} 年(另有预热 {burn_in} 年)，共 {runs} 次模拟\n",
            "parameters: {factors} (of {uncertain} that are uncertain)\n\
             sets of values: 1 + {first} + {later} = {sets}; each 2 policies × {replications} replications × {years} years (and {burn_in} of burn-in), {runs} runs in all\n"
        );
        let work = self.work(task, threads);
        text.push_str(&estimate::cost(&work, threads, language));
        text + estimate::dry(language)
    }
}
