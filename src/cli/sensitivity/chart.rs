//! The tornado of a study, as plain data.

use super::Found;
use crate::cli::attribute::quantity;
use crate::experiment::Name;
use crate::experiment::sensitivity::study::MEASURES;
use crate::measures::Measure;
use crate::report::charts::tornado::{Bar, Data, Panel, Parameter};
use crate::report::charts::{Estimate, PolicyLabel, Words};
use crate::report::gather;
use crate::vocabulary::Vocabulary;

/// Parameters shown at most.
const SHOWN: usize = 12;

/// The chart's data, if there was a screening.
pub(super) fn chart(found: &Found<'_>) -> Option<Data> {
    let screened = found.study.screened.as_ref()?;
    let order = screened.screening.order();
    let shown = &order[..order.len().min(SHOWN)];
    let factors = &found.study.factors;
    let parameter = |factor: &usize| Parameter {
        name: gather::words(&factors[*factor].words),
        grade: factors[*factor].grade,
    };
    let bar = |measure: usize, factor: &usize| {
        let effect = screened.screening.effects[measure][*factor];
        Bar {
            size: Estimate {
                mean: effect.size.value,
                low: effect.size.low,
                high: effect.size.high,
            },
            rises: effect.mean > 0.0,
        }
    };
    let panel = |(number, measure): (usize, &Measure)| Panel {
        measure: Words::new(measure.zh(), measure.en()),
        quantity: quantity(*measure),
        difference: found.study.own[number].map_or(f64::NAN, |own| own.mean),
        bars: shown.iter().map(|factor| bar(number, factor)).collect(),
    };
    let policies = &found.task.checked.policies;
    let label = |position: usize, name: &Name| PolicyLabel {
        key: policies[position].key.clone(),
        name: gather::words(name),
    };
    let replications = found.task.checked.experiment.replications as usize;
    Some(Data {
        source: gather::source_of(found.plan, replications),
        from: label(0, &found.task.from),
        to: label(1, &found.task.to),
        trajectories: screened.values.len() / (factors.len() + 1),
        parameters: shown.iter().map(parameter).collect(),
        others: order.len() - shown.len(),
        panels: MEASURES.iter().enumerate().map(panel).collect(),
    })
}
