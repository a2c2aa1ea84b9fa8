//! Draws every chart from made-up figures, in both languages, to look at them:
//! `cargo run --example draw_charts -- FOLDER`.

mod data;

use std::error::Error;
use std::fs;
use std::path::Path;

use riskweave::report::charts::{bearers, differences, exceedance, resilience};
use riskweave::report::svg::{ChartError, outline, render};
use riskweave::vocabulary::Language;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("say into which folder: draw_charts FOLDER")?;
    fs::create_dir_all(&folder)?;
    for sample in data::samples() {
        for language in [Language::Chinese, Language::English] {
            for (chart, drawn, table) in charts(&sample, language) {
                let name = format!("{}.{chart}.{}", sample.name, language.code());
                write(Path::new(&folder), &name, &drawn?, &table)?;
            }
        }
    }
    Ok(())
}

fn charts(
    sample: &data::Sample,
    language: Language,
) -> [(&'static str, Result<String, ChartError>, String); 4] {
    let data::Sample {
        bearers: b,
        differences: d,
        resilience: r,
        exceedance: e,
        ..
    } = sample;
    [
        (
            "bearers",
            bearers::svg(b, language),
            bearers::table(b, language),
        ),
        (
            "differences",
            differences::svg(d, language),
            differences::table(d, language),
        ),
        (
            "resilience",
            resilience::svg(r, language),
            resilience::table(r, language),
        ),
        (
            "exceedance",
            exceedance::svg(e, language),
            exceedance::table(e, language),
        ),
    ]
}

fn write(folder: &Path, name: &str, svg: &str, table: &str) -> Result<(), Box<dyn Error>> {
    fs::write(folder.join(format!("{name}.svg")), outline(svg)?)?;
    fs::write(folder.join(format!("{name}.png")), render(svg)?)?;
    fs::write(folder.join(format!("{name}.csv")), table)?;
    println!("{name}");
    Ok(())
}
