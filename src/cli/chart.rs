//! `chart DIR`: the charts and pages of a finished run made again from its files, in another language, size or
//! format. Nothing is run.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::cli::{Context, Failure};
use crate::output::OutputError;
use crate::output::file::read_limited;
use crate::output::folder;
use crate::report::charts::Charts;
use crate::report::html;
use crate::report::pictures::{DATA, PictureError, Style, draw};
use crate::report::svg::Size;
use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// Files of a run above this are not read (bytes).
const SIZE_LIMIT: u64 = 512 * 1024 * 1024;
/// A picture for slides: sixteen by nine.
const SLIDES: Size = Size {
    width: 1920,
    height: 1080,
};
/// Shortest and longest side of a picture (pixels).
const SIDES: std::ops::RangeInclusive<u32> = 200..=10_000;

/// Chinese help of the command and its arguments.
pub const CHINESE: [(&str, &str); 7] = [
    (
        "chart",
        "重做一次已完成模拟的图、报告和简报：换语言、尺寸或格式，不再运行模型",
    ),
    ("chart.dir", "已完成模拟的结果目录，例如 output/china-2020"),
    (
        "chart.size",
        "图片尺寸(像素)，例如 1600x1200：每张图居中，尽量放大",
    ),
    ("chart.slides", "幻灯片尺寸：16:9，1920x1080"),
    ("chart.format", "格式：svg 或 png(缺省两种都写)"),
    ("chart.out", "图片目录(缺省为结果目录下的 charts-<语言>)"),
    ("chart.force", "覆盖已有图片"),
];

/// Examples at the end of the command's help.
pub const EXAMPLES: [(&str, &[&str]); 1] = [(
    "chart",
    &[
        "riskweave chart output/china-2020 --lang zh",
        "riskweave chart output/china-2020 --slides --format png",
        "riskweave chart output/seminar-county --size 1600x1200 --out pictures",
    ],
)];

/// Arguments of `chart`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of a finished run, e.g. output/china-2020
    pub dir: PathBuf,
    /// Size of the pictures in pixels, e.g. 1600x1200: each chart in the middle, as large as it fits
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    pub size: Option<Size>,
    /// For slides: 16:9, 1920x1080
    #[arg(long, conflicts_with = "size")]
    pub slides: bool,
    /// Format (default: both)
    #[arg(long, value_enum)]
    pub format: Option<PictureFormat>,
    /// Folder of the pictures; without it, one for the language in the folder of the run.
    #[arg(
        long,
        value_name = "FOLDER",
        help = "Folder of the pictures (default: charts-<language> in the folder of the run)"
    )]
    pub out: Option<PathBuf>,
    /// Overwrite pictures that are there
    #[arg(long)]
    pub force: bool,
}

/// `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PictureFormat {
    /// Lines and outlines, sharp at every size
    Svg,
    /// Pixels
    Png,
}

/// Reads `WIDTHxHEIGHT`.
fn size(text: &str) -> Result<Size, String> {
    let sides = text.split_once(['x', 'X', '×']);
    let read = |side: &str| side.trim().parse().ok().filter(|side| SIDES.contains(side));
    sides
        .and_then(|(width, height)| {
            Some(Size {
                width: read(width)?,
                height: read(height)?,
            })
        })
        .ok_or_else(|| {
            let (least, most) = (SIDES.start(), SIDES.end());
            format!("give WIDTHxHEIGHT, each from {least} to {most} pixels, e.g. 1600x1200")
        })
}

/// Draws the charts again.
///
/// # Errors
/// If the folder holds no finished run or no data of its charts, or if nothing can be written.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let language = context.language;
    let charts = read(&args.dir, language)?;
    let size = if args.slides { Some(SLIDES) } else { args.size };
    let target = args
        .out
        .clone()
        .unwrap_or_else(|| args.dir.join(name(size, language)));
    let refused = |error: OutputError| Failure::Usage(error.word(language));
    let _held = folder::make(&target, args.force).map_err(refused)?;
    let style = Style {
        language,
        svg: args.format != Some(PictureFormat::Png),
        png: args.format != Some(PictureFormat::Svg),
        size,
    };
    let failed = |error: PictureError| match error {
        PictureError::Output(error) => Failure::Usage(error.word(language)),
        PictureError::Chart(error) => Failure::Usage(error.to_string()),
    };
    let mut files = draw(&charts, &target, style).map_err(failed)?;
    // Pictures of a size are for slides; the pages have theirs.
    if size.is_none() {
        let pages = pages(&args.dir, &charts, language)?;
        files.extend(html::write(&charts, &pages, &target, language).map_err(failed)?);
    }
    let (count, folder) = (files.len(), target.display());
    let text = say!(
        language,
        "已写入 {count} 个文件：{folder}",
        "{count} files written to {folder}"
    );
    writeln!(context.out, "{text}")?;
    Ok(())
}

/// Name of the folder of the pictures: never that of the run's own, whose hashes its manifest holds.
fn name(size: Option<Size>, language: Language) -> String {
    let code = language.code();
    match size {
        Some(Size { width, height }) => format!("charts-{code}-{width}x{height}"),
        None => format!("charts-{code}"),
    }
}

/// The data of the charts of a run.
pub(super) fn read(dir: &Path, language: Language) -> Result<Charts, Failure> {
    let shown = dir.display();
    let manifest = read_limited(&dir.join("manifest.json"), SIZE_LIMIT).ok();
    let manifest: Option<Value> = manifest.and_then(|text| serde_json::from_slice(&text).ok());
    let Some(manifest) = manifest.filter(|manifest| manifest["program"] == "riskweave") else {
        return Err(Failure::Usage(say!(
            language,
            "{shown} 不是一次已完成模拟的结果目录(没有本程序写的 manifest.json)：请给出 compare 或 run 的结果目录，例如 output/china-2020",
            "{shown} is not the folder of a finished run (no manifest.json of this program): give the folder of the results of compare or run, e.g. output/china-2020"
        )));
    };
    let charts: Charts = file(dir, DATA, language)?;
    let identity = manifest["identity"].as_str().unwrap_or_default();
    same_run(dir, DATA, (identity, &charts.bearers.source.run), language)?;
    Ok(charts)
}

/// What the pages of the run say besides the charts.
fn pages(dir: &Path, charts: &Charts, language: Language) -> Result<html::Data, Failure> {
    let pages: html::Data = file(dir, html::DATA, language)?;
    let own = &charts.bearers.source.run;
    same_run(dir, html::DATA, (own, &pages.run.identity), language)?;
    Ok(pages)
}

/// A file of data of the run.
fn file<T: DeserializeOwned>(dir: &Path, name: &str, language: Language) -> Result<T, Failure> {
    let shown = dir.display();
    let text = read_limited(&dir.join(name), SIZE_LIMIT).map_err(|_| {
        Failure::Usage(say!(
            language,
            "{shown} 里没有图的数据({name})：该次模拟出自较早的版本，请用 compare 重新运行",
            "{shown} holds no data of charts ({name}): the run is of an earlier version; run compare again"
        ))
    })?;
    serde_json::from_slice(&text).map_err(|error| {
        Failure::Usage(say!(
            language,
            "读不懂 {shown} 里的 {name}({error})：文件已被改动，或出自另一版本；请用 compare 重新运行",
            "{name} in {shown} cannot be read ({error}): it was changed, or is of another version; run compare again"
        ))
    })
}

/// Requires that a file belongs to the run.
fn same_run(
    dir: &Path,
    name: &str,
    (run, own): (&str, &str),
    language: Language,
) -> Result<(), Failure> {
    if run == own {
        return Ok(());
    }
    let shown = dir.display();
    Err(Failure::Usage(say!(
        language,
        "{shown} 里的 {name} 属于另一次模拟：请用 compare 重新运行",
        "{name} in {shown} belongs to another run: run compare again"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_checked_where_they_are_typed() {
        let wide = Size {
            width: 1600,
            height: 900,
        };
        assert_eq!(size("1600x900"), Ok(wide));
        assert_eq!(size("1600×900"), Ok(wide));
        for wrong in ["1600", "0x900", "1600x99999", "ax b", "-5x900"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
