//! The pictures of a run: every chart drawn and written, and their data for drawing them again.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::charts::{Charts, Drawn, story};
use super::svg::{ChartError, Size, outline, render, sized};
use crate::output::OutputError;
use crate::output::file::{Written, describe, write_whole};
use crate::vocabulary::Language;

/// The file of a run with the data of its charts, in no language.
pub const DATA: &str = "charts.json";

/// The file of a run with the stories of its most telling dangers, in both languages.
pub const STORIES: &str = "story.json";

/// The most telling dangers of a run, followed through every policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stories {
    /// Short identity of the run.
    pub run: String,
    /// Hours until people at a scene can begin to help.
    pub scene_hours: f64,
    /// The stories, the most telling first.
    pub stories: Vec<story::Data>,
}

/// How charts are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Language of their words.
    pub language: Language,
    /// Whether they are written as SVG.
    pub svg: bool,
    /// Whether they are written as PNG.
    pub png: bool,
    /// Size of the pictures (pixels); without it, each has its own.
    pub size: Option<Size>,
}

impl Style {
    /// SVG and PNG in their own sizes.
    pub fn usual(language: Language) -> Self {
        Style {
            language,
            svg: true,
            png: true,
            size: None,
        }
    }
}

/// Writes the data of all charts into a run's folder; names the file.
///
/// # Errors
/// If it cannot be written.
pub fn keep(charts: &Charts, folder: &Path) -> Result<PathBuf, OutputError> {
    keep_as(charts, folder, DATA)
}

/// Writes the stories of a run into its folder; names the file.
///
/// # Errors
/// If it cannot be written.
pub fn keep_stories(stories: &Stories, folder: &Path) -> Result<PathBuf, OutputError> {
    keep_as(stories, folder, STORIES)
}

fn keep_as(data: &impl Serialize, folder: &Path, name: &str) -> Result<PathBuf, OutputError> {
    let path = folder.join(name);
    let mut text = serde_json::to_vec(data).map_err(|error| OutputError::io(&path, error))?;
    text.push(b'\n');
    write_whole(folder, name, &text)?;
    Ok(PathBuf::from(name))
}

/// Draws every chart, each with its figures as CSV, into a folder; names the files.
///
/// # Errors
/// If a chart cannot be drawn or a file not be written.
pub fn draw(charts: &Charts, target: &Path, style: Style) -> Result<Vec<PathBuf>, PictureError> {
    write(charts.draw(style.language), target, style)
}

/// Writes drawn charts into a folder; names the files.
///
/// # Errors
/// If a chart could not be drawn or a file not be written.
pub fn write_drawn(
    drawn: Vec<Drawn>,
    target: &Path,
    style: Style,
) -> Result<Vec<PathBuf>, PictureError> {
    write(drawn, target, style)
}

/// Writes the charts of a run into `charts/` of its folder; names the files, relative to the folder.
///
/// # Errors
/// If a chart could not be drawn or a file not be written.
pub fn write_of_run(
    drawn: Vec<Drawn>,
    folder: &Path,
    language: Language,
) -> Result<Vec<PathBuf>, OutputError> {
    let target = folder.join("charts");
    let files =
        write(drawn, &target, Style::usual(language)).map_err(|error| error.of_folder(&target))?;
    let within = |file: PathBuf| Path::new("charts").join(file);
    Ok(files.into_iter().map(within).collect())
}

/// Writes the one chart of a command as [`write_of_run`] does; describes its files.
///
/// # Errors
/// If the chart could not be drawn or a file not be written.
pub fn write_alone(
    drawn: Drawn,
    folder: &Path,
    language: Language,
) -> Result<Vec<Written>, OutputError> {
    let files = write_of_run(vec![drawn], folder, language)?;
    files.iter().map(|file| describe(folder, file)).collect()
}

fn write(drawn: Vec<Drawn>, target: &Path, style: Style) -> Result<Vec<PathBuf>, PictureError> {
    fs::create_dir_all(target).map_err(|error| OutputError::io(target, error))?;
    // One by one: they take unlike long, and writing waits for the disk.
    let charts = drawn.into_par_iter().with_max_len(1);
    let written: Vec<_> = charts
        .map(|chart| write_chart(chart, target, style))
        .collect();
    let mut files = Vec::new();
    for written in written {
        files.extend(written?);
    }
    Ok(files)
}

/// Writes the files of a chart; names them.
fn write_chart(
    Drawn { name, svg, table }: Drawn,
    target: &Path,
    style: Style,
) -> Result<Vec<PathBuf>, PictureError> {
    let svg = match style.size {
        Some(size) => sized(&svg?, size),
        None => svg?,
    };
    // A picture of a size that is asked for has its pixels, others two a logical one.
    let scale = if style.size.is_some() { 1.0 } else { 2.0 };
    let (outlined, picture) = rayon::join(
        || style.svg.then(|| outline(&svg)).transpose(),
        || style.png.then(|| render(&svg, scale)).transpose(),
    );
    let contents = [
        ("svg", outlined?.map(String::into_bytes)),
        ("png", picture?),
        ("csv", Some(table.into_bytes())),
    ];
    let mut files = Vec::new();
    for (ending, content) in contents {
        if let Some(content) = content {
            let file = format!("{name}.{ending}");
            write_whole(target, &file, &content)?;
            files.push(PathBuf::from(file));
        }
    }
    Ok(files)
}

/// Why a picture is not there.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// Drawing failed.
    #[error("cannot draw a chart: {0}")]
    Chart(#[from] ChartError),
    /// Writing failed.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl PictureError {
    /// The same as what went wrong with the files of a folder.
    pub fn of_folder(self, folder: &Path) -> OutputError {
        match self {
            PictureError::Output(error) => error,
            PictureError::Chart(error) => OutputError::io(folder, std::io::Error::other(error)),
        }
    }
}
