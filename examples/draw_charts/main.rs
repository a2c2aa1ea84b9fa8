//! Draws every chart from made-up figures, in both languages, to look at them:
//! `cargo run --example draw_charts -- FOLDER`.

mod data;
mod tornadoes;
mod waterfalls;

use std::error::Error;
use std::fs;
use std::path::Path;

use riskweave::report::charts::{Drawn, tornado, waterfall};
use riskweave::report::svg::{outline, render};
use riskweave::vocabulary::Language;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("say into which folder: draw_charts FOLDER")?;
    fs::create_dir_all(&folder)?;
    for sample in data::samples() {
        for language in [Language::Chinese, Language::English] {
            for Drawn { name, svg, table } in sample.charts.draw(language) {
                let name = format!("{}.{name}.{}", sample.name, language.code());
                write(Path::new(&folder), &name, &svg?, &table)?;
            }
        }
    }
    for (sample, data) in waterfalls::samples() {
        for language in [Language::Chinese, Language::English] {
            let name = format!("{sample}.attribution.{}", language.code());
            let (svg, table) = (
                waterfall::svg(&data, language)?,
                waterfall::table(&data, language),
            );
            write(Path::new(&folder), &name, &svg, &table)?;
        }
    }
    for (sample, data) in tornadoes::samples() {
        for language in [Language::Chinese, Language::English] {
            let name = format!("{sample}.tornado.{}", language.code());
            let (svg, table) = (
                tornado::svg(&data, language)?,
                tornado::table(&data, language),
            );
            write(Path::new(&folder), &name, &svg, &table)?;
        }
    }
    Ok(())
}

fn write(folder: &Path, name: &str, svg: &str, table: &str) -> Result<(), Box<dyn Error>> {
    fs::write(folder.join(format!("{name}.svg")), outline(svg)?)?;
    fs::write(folder.join(format!("{name}.png")), render(svg, 2.0)?)?;
    fs::write(folder.join(format!("{name}.csv")), table)?;
    println!("{name}");
    Ok(())
}
