//! Experiments of a design: grids and ladders.

use super::{estimate, label, source, words};
use crate::experiment::chart_data::{grid as grids, ladder as ladders};
use crate::experiment::plan::Plan;
use crate::experiment::sample::Sample;
use crate::experiment::statistics;
use crate::measures::{Measure, Subject};
use crate::report::charts::{PolicyLabel, Quantity, Words, grid, ladder};
use crate::vocabulary::Vocabulary;

/// What a grid and a ladder show.
fn shown() -> [(Measure, Quantity); 6] {
    [
        (Measure::Deaths, Quantity::PeoplePerYear),
        (Measure::MoneyCost, Quantity::YuanPerYear),
        (Measure::ResidentsShare, Quantity::Share),
        (Measure::PublicMoney, Quantity::YuanPerYear),
        (Measure::DirectLoss, Quantity::YuanPerYear),
        (Measure::WorkSafetyDeaths, Quantity::PeoplePerYear),
    ]
}

pub(super) fn crossed(plan: &Plan, sample: &Sample) -> Option<grid::Data> {
    let found = grids::grid(plan)?;
    let panels = shown().into_iter().take(4).map(|(measure, quantity)| {
        let effects = grids::effects(&found, sample, Subject::whole(measure));
        let all = |list: &[statistics::Estimate]| list.iter().copied().map(estimate).collect();
        let (row, column, greatest) = effects.greatest;
        grid::Panel {
            measure: Words::new(measure.zh(), measure.en()),
            quantity,
            cells: effects.cells.iter().map(|cells| all(cells)).collect(),
            row_effects: all(&effects.rows),
            column_effects: all(&effects.columns),
            greatest_at: (row, column),
            greatest: estimate(greatest),
            interaction_share: effects.interaction_share,
        }
    });
    let labels = |factors: &[grids::Factor]| {
        let of = |factor: &grids::Factor| PolicyLabel {
            key: factor.key.clone(),
            name: words(&factor.name),
        };
        factors.iter().map(of).collect()
    };
    Some(grid::Data {
        source: source(plan, sample),
        rows: labels(&found.rows),
        columns: labels(&found.columns),
        panels: panels.collect(),
    })
}

pub(super) fn laddered(plan: &Plan, sample: &Sample) -> Option<ladder::Data> {
    let found = ladders::ladder(plan)?;
    let panels = shown().into_iter().map(|(measure, quantity)| {
        let value = |policy: usize| {
            let values = sample.values(policy, Subject::whole(measure));
            estimate(statistics::Estimate::of(values.unwrap_or_default()))
        };
        let series = found.series.iter().map(|series| {
            let steps = series.steps.iter().map(|(at, policy)| ladder::Step {
                at: *at,
                value: value(*policy),
            });
            steps.collect()
        });
        ladder::Panel {
            measure: Words::new(measure.zh(), measure.en()),
            quantity,
            series: series.collect(),
            beside: found.beside.map(value),
        }
    });
    Some(ladder::Data {
        source: source(plan, sample),
        lever: words(&found.name),
        share: found.share,
        series: found
            .series
            .iter()
            .map(|series| PolicyLabel {
                key: series.key.clone(),
                name: words(&series.name),
            })
            .collect(),
        beside: found.beside.map(|policy| label(plan, policy)),
        panels: panels.collect(),
    })
}
