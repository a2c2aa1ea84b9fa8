//! The seven plan indicators 规划指标 by which emergency-management plans are assessed.
//!
//! Definitions and targets stand in `scenarios/indicators.csv`. A relative target is taken against
//! the mean of the baseline policy (the arrangement of the base year) over the same replications.

use std::sync::LazyLock;

use serde::Deserialize;

use super::facts::INDUSTRY;
use super::{Facts, Measure, Part, Subject};
use crate::vocabulary::{Category, Grade, Language};

/// How a target is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// At most (1 + target) × the baseline's mean.
    Relative,
    /// At most the target.
    Below,
}

/// One indicator, as the file declares it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the columns of scenarios/indicators.csv")]
pub struct Indicator {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub unit_zh: String,
    pub unit_en: String,
    pub target: Option<f64>,
    pub direction: Direction,
    pub definition_zh: String,
    pub definition_en: String,
    pub source: String,
}

impl Indicator {
    /// Its name in a language.
    pub fn word(&self, language: Language) -> &str {
        language.pick(&self.zh, &self.en)
    }

    /// Its unit in a language.
    pub fn unit(&self, language: Language) -> &str {
        language.pick(&self.unit_zh, &self.unit_en)
    }

    /// The greatest value that meets the target, given the baseline's mean; `None` without a target, or
    /// if it is relative to nothing.
    pub fn limit(&self, baseline_mean: f64) -> Option<f64> {
        let target = self.target?;
        match self.direction {
            Direction::Relative => (baseline_mean > 0.0).then_some((1.0 + target) * baseline_mean),
            Direction::Below => Some(target),
        }
    }
}

static INDICATORS: LazyLock<Result<Vec<Indicator>, String>> =
    LazyLock::new(|| read(include_str!("../../scenarios/indicators.csv")));

fn read(text: &str) -> Result<Vec<Indicator>, String> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<Vec<Indicator>, _>>()
        .map_err(|error| format!("scenarios/indicators.csv: {error}"))
}

/// The indicators, in the order of the plan; empty only if the embedded file is broken (a test
/// holds it whole).
pub fn indicators() -> &'static [Indicator] {
    INDICATORS.as_deref().unwrap_or_default()
}

/// Deaths and accidents as they happened, or as they were reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// As happened.
    True,
    /// As reported: what an assessment sees.
    Reported,
}

/// Value of an indicator in one run, from the run's figures. `None` if the key is not known or has no
/// such basis (only accidents are reported otherwise than they happened).
pub fn value(
    key: &str,
    basis: Basis,
    facts: &Facts,
    figure: &dyn Fn(Subject) -> f64,
) -> Option<f64> {
    let accident_deaths = figure(Subject::whole(match basis {
        Basis::True => Measure::WorkSafetyDeaths,
        Basis::Reported => Measure::WorkSafetyDeathsReported,
    }));
    let natural = |measure| figure(Subject::of_category(measure, Category::Natural));
    match (key, basis) {
        ("work_safety_deaths", _) => Some(accident_deaths),
        ("major_accidents", _) => Some(major_accidents(basis, figure)),
        ("deaths_per_gdp", _) => Some(accident_deaths / (facts.gdp_yuan / 1e8)),
        ("industry_death_rate", Basis::True) => {
            Some(industry_deaths(figure) / (facts.industry_workers / 1e5))
        }
        ("natural_death_rate", Basis::True) => {
            Some(natural(Measure::Deaths) / (facts.population / 1e6))
        }
        ("affected_rate", Basis::True) => {
            Some(figure(Subject::whole(Measure::Affected)) / (facts.population / 1e5))
        }
        ("direct_loss_share", Basis::True) => {
            Some(100.0 * natural(Measure::DirectLoss) / facts.gdp_yuan)
        }
        _ => None,
    }
}

fn major_accidents(basis: Basis, figure: &dyn Fn(Subject) -> f64) -> f64 {
    let measure = match basis {
        Basis::True => Measure::Accidents,
        Basis::Reported => Measure::AccidentsReported,
    };
    figure(Subject::of_part(measure, Part::Grade(Grade::Major)))
}

/// Deaths of workers of industry and commerce 工矿商贸.
fn industry_deaths(figure: &dyn Fn(Subject) -> f64) -> f64 {
    INDUSTRY
        .iter()
        .map(|&trade| figure(Subject::of_part(Measure::WorkerDeaths, Part::Trade(trade))))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;

    #[test]
    fn the_embedded_file_holds_seven_indicators_that_have_values() {
        assert_eq!(INDICATORS.as_ref().map(Vec::len).unwrap(), 7);
        let facts = synthetic::facts();
        for indicator in indicators() {
            let value = value(&indicator.key, Basis::True, &facts, &|_| 1.0);
            assert!(value.is_some_and(|value| value > 0.0), "{}", indicator.key);
            assert!(!indicator.definition_zh.is_empty() && !indicator.definition_en.is_empty());
        }
    }

    #[test]
    fn a_loss_is_told_in_per_cent_of_the_product() {
        let facts = synthetic::facts();
        let found = value("direct_loss_share", Basis::True, &facts, &|_| 2.0);
        assert_eq!(found, Some(200.0 / facts.gdp_yuan));
    }

    #[test]
    fn limits_are_relative_or_absolute() {
        let of = |key: &str| indicators().iter().find(|i| i.key == key).unwrap();
        assert!((of("work_safety_deaths").limit(1000.0).unwrap() - 850.0).abs() < 1e-9);
        assert_eq!(of("natural_death_rate").limit(1000.0), Some(1.0));
        assert_eq!(of("major_accidents").limit(0.0), None);
    }

    #[test]
    fn rates_are_per_the_stated_numbers() {
        let mut facts = synthetic::facts();
        facts.gdp_yuan = 5e8;
        facts.population = 2e6;
        let rate = |key| value(key, Basis::True, &facts, &|_| 10.0).unwrap();
        assert_eq!(rate("deaths_per_gdp"), 2.0);
        assert_eq!(rate("natural_death_rate"), 5.0);
        assert_eq!(rate("affected_rate"), 0.5);
    }
}
