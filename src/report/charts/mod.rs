//! The charts: one file each, each with its plain data, its drawing and its table.

mod bars;
pub mod bearers;
pub mod causes;
pub mod differences;
mod directed;
pub mod exceedance;
pub mod fatalities;
pub mod grid;
mod heat;
pub mod ladder;
mod lines;
pub mod provinces;
pub mod resilience;
pub mod responsibility;
pub mod story;
pub mod table;
pub mod tiles;
pub mod tornado;
pub mod trade_off;
pub mod waterfall;

use serde::{Deserialize, Serialize};

use self::table::{Heading, number};
use crate::report::numbers::{Scale, not_available};
use crate::report::svg::ChartError;
use crate::vocabulary::Language;

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

/// Declares the charts of a comparison, each once: its field, module and file; those of the second list
/// are there only where the experiment has their data.
macro_rules! charts {
    (
        always { $($(#[$always_doc:meta])* $always:ident = $always_name:literal;)+ }
        sometimes { $($(#[$doc:meta])* $some:ident = $name:literal;)+ }
    ) => {
        /// The data of the charts of a comparison.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub struct Charts {
            $($(#[$always_doc])* pub $always: $always::Data,)+
            $($(#[$doc])* pub $some: Option<$some::Data>,)+
        }

        impl Charts {
            /// Draws every chart.
            pub fn draw(&self, language: Language) -> Vec<Drawn> {
                let mut drawn = vec![$(Drawn {
                    name: $always_name,
                    svg: $always::svg(&self.$always, language),
                    table: $always::table(&self.$always, language),
                },)+];
                $(drawn.extend(self.$some.as_ref().map(|data| Drawn {
                    name: $name,
                    svg: $some::svg(data, language),
                    table: $some::table(data, language),
                }));)+
                drawn
            }
        }

        /// The columns of every chart's table, by the name of its file.
        pub fn columns() -> Vec<(&'static str, &'static [Heading])> {
            vec![
                $(($always_name, &$always::COLUMNS[..]),)+
                $(($name, &$some::COLUMNS[..]),)+
            ]
        }
    };
}

charts! {
    always {
    /// Losses by who finally bears them.
    bearers = "losses-by-bearer";
    /// Paired differences to the baseline.
    differences = "paired-differences";
    /// Functionality and recovery.
    resilience = "resilience";
    /// Exceedance curves.
    exceedance = "exceedance";
    /// F–N curves.
    fatalities = "fn-curve";
    /// Who causes and who bears.
    causes = "cause-by-bearer";
    /// Money cost against deaths.
    trade_off = "trade-off";
    }
    sometimes {
    /// Loss per head by province.
    provinces = "provinces";
    /// Responsibility allocation × sharing arrangement.
    grid = "allocation-by-sharing";
    /// One lever step by step.
    ladder = "ladder";
    /// Who leads which duty.
    responsibility = "responsibility-matrix";
    /// The danger that tells most of how the policies differ.
    story = "story";
    }
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyLabel {
    /// Key of the policy, which decides its colour and mark.
    pub key: String,
    /// Its name.
    pub name: Words,
}

/// What the figures come from: printed in every caption.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// Mean.
    #[serde(deserialize_with = "number")]
    pub mean: f64,
    /// Lower end.
    #[serde(deserialize_with = "number")]
    pub low: f64,
    /// Upper end.
    #[serde(deserialize_with = "number")]
    pub high: f64,
}

impl Estimate {
    /// Whether its interval leaves zero out.
    pub fn resolved(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }

    /// Whether all three figures are numbers.
    pub fn available(&self) -> bool {
        self.mean.is_finite() && self.low.is_finite() && self.high.is_finite()
    }
}

/// What a measure counts, and so in which units it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// A figure with its interval, as a place of a drawing tells it.
fn told(scale: &Scale, estimate: Estimate, language: Language) -> String {
    if !estimate.mean.is_finite() {
        return not_available(language).to_owned();
    }
    let Estimate { mean, low, high } = estimate;
    let (mean, unit) = (scale.show(mean), &scale.unit);
    if !estimate.available() {
        return format!("{mean} {unit}");
    }
    let (low, high) = (scale.show(low), scale.show(high));
    match language {
        Language::Chinese => format!("{mean} {unit}〔95% 区间 {low} 至 {high}〕"),
        Language::English => format!("{mean} {unit} [95% interval {low} to {high}]"),
    }
}

/// The greatest of the values that are numbers; 0 if there is none.
pub(in crate::report) fn largest(values: impl IntoIterator<Item = f64>) -> f64 {
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
