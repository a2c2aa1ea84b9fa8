//! The charts: one file each, each with its plain data, its drawing and its table.

pub mod bearers;
pub mod differences;
pub mod exceedance;
mod lines;
pub mod resilience;
pub mod waterfall;

use crate::report::svg::ChartError;
use crate::vocabulary::Language;

/// The data of the charts of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Charts {
    /// Losses by who finally bears them.
    pub bearers: bearers::Data,
    /// Paired differences to the baseline.
    pub differences: differences::Data,
    /// Functionality and recovery.
    pub resilience: resilience::Data,
    /// Exceedance curves.
    pub exceedance: exceedance::Data,
}

/// A chart in one language.
#[derive(Debug)]
pub struct Drawn {
    /// Name of its files, without the ending.
    pub name: &'static str,
    /// The drawing.
    pub svg: Result<String, ChartError>,
    /// Its figures as CSV.
    pub table: String,
}

impl Charts {
    /// Draws every chart.
    pub fn draw(&self, language: Language) -> [Drawn; 4] {
        [
            Drawn {
                name: "losses-by-bearer",
                svg: bearers::svg(&self.bearers, language),
                table: bearers::table(&self.bearers, language),
            },
            Drawn {
                name: "paired-differences",
                svg: differences::svg(&self.differences, language),
                table: differences::table(&self.differences, language),
            },
            Drawn {
                name: "resilience",
                svg: resilience::svg(&self.resilience, language),
                table: resilience::table(&self.resilience, language),
            },
            Drawn {
                name: "exceedance",
                svg: exceedance::svg(&self.exceedance, language),
                table: exceedance::table(&self.exceedance, language),
            },
        ]
    }
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Words {
    /// A text in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Words {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The text in a language.
    pub fn pick(&self, language: Language) -> &str {
        language.pick(&self.zh, &self.en)
    }
}

/// A policy as charts name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyLabel {
    /// Key of the policy, which decides its colour and mark.
    pub key: String,
    /// Its name.
    pub name: Words,
}

/// What the figures come from: printed in every caption.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Society that was simulated.
    pub society: Words,
    /// Years of a run.
    pub years: u32,
    /// Replications.
    pub replications: u32,
    /// Short identity of the run.
    pub run: String,
    /// Whether every policy starts from its own equilibrium, which every caption then says.
    pub own_start: bool,
}

/// A mean with its 95 % interval; not a number = not available.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// Mean.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// Whether all three figures are numbers.
    pub fn available(&self) -> bool {
        self.mean.is_finite() && self.low.is_finite() && self.high.is_finite()
    }
}

/// What a measure counts, and so in which units it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Money (yuan).
    Yuan,
    /// Money a year (yuan a year).
    YuanPerYear,
    /// People.
    People,
    /// People a year.
    PeoplePerYear,
    /// A share from 0 to 1, shown in per cent.
    Share,
    /// Anything else, with its unit.
    Other(Words),
}

impl Source {
    /// The caption: what the interval is, number of replications, society and run.
    fn caption(&self, interval: &str, language: Language) -> String {
        let Source {
            society,
            years,
            replications,
            run,
            own_start,
        } = self;
        let start = if *own_start { start_word(language) } else { "" };
        let society = society.pick(language);
        match language {
            Language::Chinese => format!(
                "{interval}n = {replications} 次模拟 × {years} 年；{society}；{start}运行标识 {run}"
            ),
            Language::English => format!(
                "{interval} n = {replications} replications × {years} years; {society}; {start}run {run}"
            ),
        }
    }
}

/// What a caption says where no policy starts from the baseline's state.
fn start_word(language: Language) -> &'static str {
    language.pick(
        "各政策从自身长期均衡起步；",
        "each policy from its own equilibrium; ",
    )
}

/// Rows of text as CSV; in Chinese it begins with a byte-order mark, so that spreadsheets read it.
fn csv(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>, language: Language) -> String {
    let mut text = String::from(language.pick("\u{feff}", ""));
    let header = header.iter().map(|name| (*name).to_owned()).collect();
    for row in std::iter::once(header).chain(rows) {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// A cell of a CSV file, in quotation marks where it needs them.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// A figure of a CSV file, to nine figures; empty if not available.
fn cell(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    format!("{value:.8e}").parse().unwrap_or(value).to_string()
}

/// The greatest of the values that are numbers; 0 if there is none.
fn largest(values: impl IntoIterator<Item = f64>) -> f64 {
    values
        .into_iter()
        .filter(|value| value.is_finite())
        .fold(0.0, f64::max)
}

/// The least of the values that are numbers; 0 if there is none below.
fn least(values: impl IntoIterator<Item = f64>) -> f64 {
    values
        .into_iter()
        .filter(|value| value.is_finite())
        .fold(0.0, f64::min)
}
