//! Cascades: each event sets off others, up to a last generation.

use crate::model::record::RunRecord;
use crate::scenario::tables::{CascadeRow, Trigger};
use crate::verify::closed_form::cascade::Cascade;
use crate::verify::laboratory::{Laboratory, YEARS};
use crate::verify::losses::{ANY_SEVERITY, Losses};
use crate::verify::quantity::{STANDARD_ERRORS, mean, variance};
use crate::verify::stripped::{Stripped, TRADE};
use crate::verify::{Case, Effort, Judge, Parameter, Quantity, Refusal, Values};
use crate::vocabulary::Kind;

pub(super) const CASE: Case = Case {
    name: "cascade",
    summary: [
        "size of cascades in which each event sets off others",
        "事件逐代引发次生事件的事故链规模",
    ],
    parameters: &[
        Parameter::number("reproduction", "ratio", 0.5, [0.0, 0.95]),
        Parameter::whole("max_generations", "generations", 5.0, [0.0, 200.0]),
        Parameter::whole("size", "events", 3.0, [1.0, 1000.0]),
    ],
    run,
};

/// Roots by default.
const ROOTS: u64 = 200_000;
/// Roots a year.
const A_YEAR: f64 = 200.0;
/// Excess kurtosis of a size above which the variance needs a wider limit.
const KURTOSIS: f64 = 6.0;
/// Standard errors within which such a variance must lie.
const WIDE: f64 = 6.0;

fn run(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let generations = values.whole("max_generations") as u32;
    let law = Cascade {
        reproduction: values["reproduction"],
        generations,
    };
    let laboratory = laboratory(&law)?;
    let years = (effort.replications(ROOTS) as f64 / A_YEAR).max(1.0) as u64;
    let runs = years.div_ceil(u64::from(YEARS));
    let length = years.div_ceil(runs) as u32;
    let found = laboratory.replications(effort.seed, runs, length, |record| {
        (sizes(record), record.checks.cut_generations)
    })?;
    let cut: u64 = found.iter().map(|(_, cut)| cut).sum();
    let sizes: Vec<f64> = found.into_iter().flat_map(|(sizes, _)| sizes).collect();
    let size = values["size"];
    let as_large = sizes.iter().filter(|found| **found == size).count() as u64;
    let n = sizes.len() as u64;
    let cumulants = law.cumulants();
    Ok(vec![
        judged(
            Quantity::mean("mean_size", cumulants[0], cumulants[1], &sizes),
            mean(&sizes),
        ),
        judged(spread(&cumulants, &sizes), variance(&sizes)),
        Quantity::probability(
            "probability_size",
            law.probability(values.whole("size") as usize),
            as_large,
            n,
        ),
        share_cut(&law, cut, n),
    ])
}

/// Where nothing is set off, nothing is left to chance.
fn judged(quantity: Quantity, found: f64) -> Quantity {
    if quantity.standard_error > 0.0 {
        quantity
    } else {
        Quantity::exact(&quantity.name, quantity.closed_form, found)
    }
}

/// The variance of sizes; their tails are the heavier the nearer the reproduction number is to one.
fn spread(cumulants: &[f64; 4], sizes: &[f64]) -> Quantity {
    let quantity = Quantity::variance("variance_size", cumulants[1], cumulants[3], sizes);
    if cumulants[3] <= KURTOSIS * cumulants[1] * cumulants[1] {
        return quantity;
    }
    quantity.judged(Judge::Within {
        standard_errors: WIDE,
    })
}

/// Share of all events of unlimited cascades that lies beyond the last generation: R^{G + 1}, which is also
/// the mean number of events that one root would have in the first of them.
fn share_cut(law: &Cascade, cut: u64, roots: u64) -> Quantity {
    let (mean, variance) = law.beyond();
    let n = roots as f64;
    let found = cut as f64 / n;
    if variance <= 0.0 {
        return Quantity::exact("share_cut", mean, found);
    }
    let error = libm::sqrt(variance / n);
    let standard_errors = (law.count_limit(n) / error / n).max(STANDARD_ERRORS);
    Quantity::estimate("share_cut", mean, found, error, roots)
        .judged(Judge::Within { standard_errors })
}

fn laboratory(law: &Cascade) -> Result<Laboratory, Refusal> {
    let losses = Losses::new(A_YEAR, ANY_SEVERITY);
    let mut stripped = Stripped::new()?;
    losses.put(&mut stripped);
    let kind = Kind::from(TRADE);
    stripped.society.tables.cascade = vec![CascadeRow {
        trigger: Trigger::Event(kind),
        to: kind,
        expected_children: law.reproduction,
    }];
    let society = stripped.facts();
    society.cascade.max_generations = law.generations;
    society.rescue.containment_share = 0.0;
    let mut laboratory = stripped.laboratory();
    losses.thin(&mut laboratory);
    Ok(laboratory)
}

/// Events of each cascade: what follows a root at once is what it set off.
fn sizes(record: &RunRecord) -> Vec<f64> {
    let cascades = record.events.cascades();
    cascades
        .map(|cascade| cascade.rows().count() as f64)
        .collect()
}
