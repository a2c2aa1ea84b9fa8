//! The designs of a study: made, read from a file, written to a file, turned into societies.

use std::path::Path;

use rayon::prelude::*;

use super::size::Size;
use super::task::Task;
use super::{Args, MethodArgument};
use crate::cli::Failure;
use crate::experiment::sensitivity::{Factor, Method, Refusal, design, design_file};
use crate::output::OutputError;
use crate::output::file::write_whole;
use crate::scenario::CheckedExperiment;
use crate::scenario::problem::say;
use crate::vocabulary::{Language, Vocabulary};

/// Sets of values.
pub(super) struct Design {
    /// What they are for.
    pub(super) method: Method,
    /// Positions of its factors among those of the task.
    pub(super) chosen: Vec<usize>,
    /// Rows of values.
    pub(super) values: Vec<Vec<f64>>,
    /// The same as places from 0 to 1 in the ranges.
    pub(super) places: Vec<Vec<f64>>,
}

impl Design {
    /// A screening of all factors.
    fn morris(task: &Task, trajectories: usize) -> Self {
        let chosen: Vec<usize> = (0..task.factors.len()).collect();
        let seed = task.checked.experiment.seed;
        let places = design::trajectories(chosen.len(), trajectories, seed);
        Self::of(task, Method::Morris, chosen, &places)
    }

    /// Shares of variance of some factors.
    pub(super) fn sobol(task: &Task, chosen: Vec<usize>, samples: usize) -> Self {
        let seed = task.checked.experiment.seed;
        let places = design::saltelli(chosen.len(), samples, seed);
        Self::of(task, Method::Sobol, chosen, &places)
    }

    /// Places become values, and these places again: a design that was written and read is the same.
    fn of(task: &Task, method: Method, chosen: Vec<usize>, places: &[Vec<f64>]) -> Self {
        let each = |row: &Vec<f64>, of: fn(&Factor, f64) -> f64| -> Vec<f64> {
            let factors = chosen.iter().map(|factor| &task.factors[*factor]);
            factors.zip(row).map(|(factor, x)| of(factor, *x)).collect()
        };
        let values: Vec<Vec<f64>> = places.iter().map(|row| each(row, Factor::value)).collect();
        Design {
            method,
            places: values.iter().map(|row| each(row, Factor::place)).collect(),
            values,
            chosen,
        }
    }

    /// Each row as the two policies in a society of its own.
    ///
    /// # Errors
    /// What is wrong with the first row that is refused.
    pub(super) fn experiments(&self, task: &Task) -> Result<Vec<CheckedExperiment>, Failure> {
        let factors: Vec<&Factor> = self.chosen.iter().map(|f| &task.factors[*f]).collect();
        let experiment = |row: &Vec<f64>| {
            let pairs = factors.iter().zip(row);
            let settings: Vec<String> = pairs.flat_map(|(f, value)| f.settings(*value)).collect();
            task.with(&settings)
        };
        self.values.par_iter().map(experiment).collect()
    }
}

/// The design that is run first: what the file gives, else a screening, else shares of variance of all factors.
pub(super) fn first(
    task: &Task,
    size: Size,
    args: &Args,
    language: Language,
) -> Result<Design, Failure> {
    let Some(rows) = &task.imported else {
        return Ok(made(task, size));
    };
    let file = args.import_design.as_deref().unwrap_or(Path::new(""));
    let file = file.to_string_lossy();
    let refused = |refusal: Refusal| Failure::Usage(refusal.text(language));
    let places = design_file::places(&file, &task.factors, rows).map_err(refused)?;
    let Some(method) = design::recognised(&places) else {
        return Err(refused(Refusal::NoDesign {
            file: file.into_owned(),
            rows: rows.len(),
            factors: task.factors.len(),
        }));
    };
    Ok(Design {
        method,
        chosen: (0..task.factors.len()).collect(),
        values: rows.clone(),
        places,
    })
}

fn made(task: &Task, size: Size) -> Design {
    if size.method == MethodArgument::Sobol {
        let all = (0..task.factors.len()).collect();
        Design::sobol(task, all, size.samples)
    } else {
        Design::morris(task, size.trajectories)
    }
}

/// Writes the design that would be run first; returns what to say.
pub(super) fn export(
    task: &Task,
    size: Size,
    file: &Path,
    force: bool,
    language: Language,
) -> Result<String, Failure> {
    let refused = |error: OutputError| Failure::Usage(error.word(language));
    let shown = file.display();
    if file.exists() && !force {
        return Err(Failure::Usage(say!(
            language,
            "{shown} 已存在：用 --force 覆盖，或另给文件名",
            "{shown} exists: give --force to overwrite it, or another name"
        )));
    }
    let design = made(task, size);
    let text = design_file::text(&task.factors, design.method, &design.values);
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    write_whole(folder.unwrap_or(Path::new(".")), &name, text.as_bytes()).map_err(refused)?;
    let (rows, columns) = (design.values.len(), task.factors.len());
    let method = design.method.word(language);
    Ok(say!(
        language,
        "设计已写入 {shown}：{method}，{columns} 个参数，{rows} 组取值；用 --import-design {shown} 运行",
        "The design is in {shown}: {method}, {columns} parameters, {rows} sets of values; run it with --import-design {shown}"
    ))
}
