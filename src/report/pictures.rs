//! The pictures of a finished comparison: chart data from the sample, drawn and written in the run's language.

use std::fs;
use std::path::{Path, PathBuf};

use super::charts::{
    Charts, Drawn, Estimate, PolicyLabel, Quantity, Source, Words, bearers, differences,
    exceedance, resilience,
};
use super::svg::{ChartError, outline, render};
use crate::experiment::exceedance::{Basis, Exceeded};
use crate::experiment::plan::{Name, Plan};
use crate::experiment::sample::Sample;
use crate::experiment::{chart_data, statistics};
use crate::measures::{Measure, Subject};
use crate::output::OutputError;
use crate::output::file::write_whole;
use crate::scenario::experiment::Start;
use crate::vocabulary::{Language, Table, Vocabulary};

/// Draws every chart as SVG, PNG and CSV into `charts/` of a run's folder; names the files,
/// relative to the folder.
///
/// # Errors
/// If a chart cannot be drawn or a file not be written.
pub fn draw(
    plan: &Plan,
    sample: &Sample,
    folder: &Path,
    language: Language,
) -> Result<Vec<PathBuf>, PictureError> {
    write(charts(plan, sample).draw(language), folder)
}

/// Writes drawn charts as SVG, PNG and CSV into `charts/` of a run's folder; names the files, relative
/// to the folder.
///
/// # Errors
/// If a chart could not be drawn or a file not be written.
pub fn write(
    drawn: impl IntoIterator<Item = Drawn>,
    folder: &Path,
) -> Result<Vec<PathBuf>, PictureError> {
    let target = folder.join("charts");
    fs::create_dir_all(&target).map_err(|error| OutputError::io(&target, error))?;
    let mut files = Vec::new();
    for Drawn { name, svg, table } in drawn {
        let svg = svg?;
        let contents = [
            ("svg", outline(&svg)?.into_bytes()),
            ("png", render(&svg)?),
            ("csv", table.into_bytes()),
        ];
        for (ending, content) in contents {
            let file = format!("{name}.{ending}");
            write_whole(&target, &file, &content)?;
            files.push(PathBuf::from("charts").join(file));
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
    /// As an error of output, for a folder.
    pub fn in_folder(self, folder: &Path) -> OutputError {
        match self {
            PictureError::Output(error) => error,
            PictureError::Chart(error) => {
                OutputError::io(&folder.join("charts"), std::io::Error::other(error))
            }
        }
    }
}

fn charts(plan: &Plan, sample: &Sample) -> Charts {
    Charts {
        bearers: losses(plan, sample),
        differences: forest(plan, sample),
        resilience: function(plan, sample),
        exceedance: curves(plan, sample),
    }
}

pub(crate) fn words(name: &Name) -> Words {
    Words::new(name.zh.clone(), name.en.clone())
}

fn label(plan: &Plan, policy: usize) -> PolicyLabel {
    PolicyLabel {
        key: plan.policies[policy].key.clone(),
        name: words(&plan.policies[policy].name),
    }
}

fn source(plan: &Plan, sample: &Sample) -> Source {
    source_of(plan, sample.replications.len())
}

/// What a chart of a plan comes from.
pub(crate) fn source_of(plan: &Plan, replications: usize) -> Source {
    Source {
        society: words(&plan.society_name),
        years: plan.years,
        replications: replications as u32,
        run: plan.identity().to_owned(),
        own_start: plan.start == Start::OwnEquilibrium,
    }
}

fn estimate(estimate: statistics::Estimate) -> Estimate {
    Estimate {
        mean: estimate.mean,
        low: estimate.low,
        high: estimate.high,
    }
}

fn losses(plan: &Plan, sample: &Sample) -> bearers::Data {
    let rows = chart_data::losses_by_bearer(sample)
        .into_iter()
        .map(|losses| {
            let mut borne_yuan = Table::default();
            for (bearer, yuan) in losses.bearers {
                borne_yuan[bearer] = yuan;
            }
            bearers::Row {
                policy: label(plan, losses.policy),
                borne_yuan,
                total_yuan: estimate(losses.total),
            }
        });
    bearers::Data {
        source: source(plan, sample),
        rows: rows.collect(),
    }
}

/// What the forest plot shows: hurt, paid, recovered.
fn forest_measures() -> [(Measure, Quantity); 6] {
    let person_years = Words::new("人·年/年", "person-years a year");
    [
        (Measure::Deaths, Quantity::PeoplePerYear),
        (Measure::WorkSafetyDeaths, Quantity::PeoplePerYear),
        (Measure::DirectLoss, Quantity::YuanPerYear),
        (Measure::ResidentsShare, Quantity::Share),
        (Measure::PublicMoney, Quantity::YuanPerYear),
        (Measure::ResilienceLoss, Quantity::Other(person_years)),
    ]
}

fn forest(plan: &Plan, sample: &Sample) -> differences::Data {
    let others: Vec<usize> = (0..plan.policies.len())
        .filter(|p| *p != plan.baseline)
        .collect();
    let panels = forest_measures().into_iter().map(|(measure, quantity)| {
        let rows = chart_data::paired_differences(plan, sample, &[Subject::whole(measure)]);
        let differences = rows.into_iter().map(|row| differences::Difference {
            estimate: Estimate {
                mean: row.difference.mean,
                low: row.difference.low,
                high: row.difference.high,
            },
            resolved: row.difference.resolved,
        });
        differences::Panel {
            measure: Words::new(measure.zh(), measure.en()),
            quantity,
            differences: differences.collect(),
        }
    });
    differences::Data {
        source: source(plan, sample),
        baseline: label(plan, plan.baseline),
        policies: others.iter().map(|p| label(plan, *p)).collect(),
        panels: panels.collect(),
    }
}

fn function(plan: &Plan, sample: &Sample) -> resilience::Data {
    let curves = chart_data::functionality(sample)
        .into_iter()
        .map(|policy| resilience::Curve {
            policy: label(plan, policy.policy),
            weeks: policy
                .weeks
                .iter()
                .map(|[mean, low, high]| resilience::Week {
                    mean: *mean,
                    low: *low,
                    high: *high,
                })
                .collect(),
            recovery: policy.recovery,
        });
    resilience::Data {
        source: source(plan, sample),
        curves: curves.collect(),
    }
}

fn curves(plan: &Plan, sample: &Sample) -> exceedance::Data {
    let all = chart_data::exceedance(sample, Exceeded::Direct);
    let levels = |policy: usize, basis: Basis| {
        let curve = all
            .iter()
            .find(|curve| curve.policy == policy && curve.basis == basis);
        let points = curve.map_or(&[][..], |curve| &curve.points);
        let known = points.iter().filter_map(|point| {
            point.value.map(|[value, low, high]| exceedance::Level {
                return_period: f64::from(point.return_period),
                value,
                low,
                high,
            })
        });
        known.collect::<Vec<_>>()
    };
    let curves = (0..plan.policies.len()).map(|policy| exceedance::Curve {
        policy: label(plan, policy),
        annual: levels(policy, Basis::Aep),
        largest_event: levels(policy, Basis::Oep),
    });
    exceedance::Data {
        source: source(plan, sample),
        measure: Words::new("直接损失(含人身损失)", "direct loss with bodily loss"),
        quantity: Quantity::Yuan,
        curves: curves.collect(),
    }
}
