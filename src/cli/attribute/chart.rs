//! The waterfall of an attribution, as plain data.

use super::Found;
use super::task::Task;
use crate::experiment::Name;
use crate::experiment::attribution::{Attributed, Told};
use crate::measures::{Measure, Unit};
use crate::report::charts::{Estimate, PolicyLabel, Quantity, Words, waterfall};
use crate::report::gather;
use crate::scenario::pieces::Cut;
use crate::vocabulary::{Language, Vocabulary};

/// The chart's data.
pub(super) fn chart(found: &Found<'_>) -> waterfall::Data {
    let Task {
        division, from, to, ..
    } = found.task;
    let label = |key: &str, name: &Name| PolicyLabel {
        key: key.to_owned(),
        name: gather::words(name),
    };
    let step = |told: &Told| waterfall::Step {
        estimate: Estimate {
            mean: told.mean,
            low: told.low,
            high: told.high,
        },
        resolved: told.stands_out(),
    };
    let panel = |attributed: &Attributed| waterfall::Panel {
        measure: Words::new(attributed.measure.zh(), attributed.measure.en()),
        quantity: quantity(attributed.measure),
        steps: attributed.parts.iter().map(step).collect(),
        whole: step(&attributed.whole),
    };
    let question = question(found.task.cut);
    waterfall::Data {
        source: gather::source_of(found.plan, found.attribution.replications),
        from: label(&division.off.key, from),
        to: label(&division.on.key, to),
        question: Words::new(question[0], question[1]),
        parts: division
            .pieces
            .iter()
            .map(|piece| {
                let word = |language| piece.word(language);
                Words::new(word(Language::Chinese), word(Language::English))
            })
            .collect(),
        panels: found.attribution.measures.iter().map(panel).collect(),
    }
}

/// What is asked, in Chinese and English.
pub(super) fn question(cut: Cut) -> [&'static str; 2] {
    match cut {
        Cut::Mechanisms => ["各项机制有多大作用", "What each mechanism contributes"],
        Cut::LayerGroups | Cut::Layers => [
            "各层分担有多大作用",
            "What each layer of sharing contributes",
        ],
    }
}

/// What a measure counts, for the chart.
pub(in crate::cli) fn quantity(measure: Measure) -> Quantity {
    let unit = measure.unit();
    match unit {
        Unit::PeoplePerYear => Quantity::PeoplePerYear,
        Unit::YuanPerYear => Quantity::YuanPerYear,
        Unit::Yuan => Quantity::Yuan,
        Unit::Share => Quantity::Share,
        _ => Quantity::Other(Words::new(unit.zh(), unit.en())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::attribution::MEASURES;

    #[test]
    fn every_measure_has_its_unit_in_the_chart() {
        let shown = MEASURES.map(quantity);
        assert_eq!(shown[0], Quantity::PeoplePerYear);
        assert_eq!(shown[2], Quantity::Share);
        assert!(matches!(shown[5], Quantity::Other(_)));
    }
}
