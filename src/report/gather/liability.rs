//! What governments are liable for, as the report has it.

use crate::experiment::exceedance::YearSource;
use crate::experiment::liability::{Amount, Gap, LEVELS, Liability, PERIODS};
use crate::output::contingent_liability::all;
use crate::report::charts::{Estimate, Words};
use crate::report::html::{data, liability};
use crate::vocabulary::{Language, Vocabulary};

/// The liabilities in the words of the report.
pub fn liability(found: &Liability) -> liability::Liability {
    let both = |word: &dyn Fn(Language) -> &'static str| {
        Words::new(word(Language::Chinese), word(Language::English))
    };
    liability::Liability {
        source: Words::new(found.source.zh(), found.source.en()),
        years: found.years as u32,
        tail: found.source == YearSource::Tail,
        periods: PERIODS.to_vec(),
        levels: LEVELS
            .iter()
            .map(|level| both(&|language| level.map_or(all(language), |own| own.word(language))))
            .collect(),
        policies: found
            .policies
            .iter()
            .map(|outlays| {
                let own = outlays.iter();
                own.map(|outlay| outlay.amounts().map(amount).to_vec())
                    .collect()
            })
            .collect(),
    }
}

fn amount(amount: &Amount) -> liability::Amount {
    let [mean, low, high] = amount.value.unwrap_or([f64::NAN; 3]);
    liability::Amount {
        level: Estimate { mean, low, high },
        difference: amount.gap.as_ref().map(gap),
    }
}

fn gap(gap: &Gap) -> data::Difference {
    data::Difference {
        estimate: Estimate {
            mean: gap.value,
            low: gap.low,
            high: gap.high,
        },
        resolved: gap.resolved,
        none: gap.none,
    }
}
