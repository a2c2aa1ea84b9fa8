//! Limit cases of yearly losses: compound Poisson sums.

use crate::model::record::RunRecord;
use crate::verify::closed_form::compound::CompoundPoisson;
use crate::verify::closed_form::severity::Severity;
use crate::verify::losses::Losses;
use crate::verify::{Case, Effort, Judge, Parameter, Quantity, Refusal, Values};

/// The cases.
pub const CASES: &[Case] = &[Case {
    name: "compound-poisson-lognormal",
    summary: [
        "yearly loss of a Poisson number of lognormal losses",
        "泊松次数、对数正态单次损失的年损失",
    ],
    parameters: &[RATE, MU, SIGMA],
    run: lognormal,
}];

/// Losses a year.
pub(super) const RATE: Parameter = Parameter {
    name: "rate_per_year",
    unit: "per year",
    default: 3.0,
    least: 0.001,
    greatest: 1000.0,
    integer: false,
};
const MU: Parameter = Parameter {
    name: "mu",
    unit: "log money",
    default: 0.0,
    least: -20.0,
    greatest: 20.0,
    integer: false,
};
const SIGMA: Parameter = Parameter {
    name: "sigma",
    unit: "log money",
    default: 1.0,
    least: 0.01,
    greatest: 2.0,
    integer: false,
};

/// Years by default.
const YEARS: u64 = 100_000;

fn lognormal(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let severity = Severity::Lognormal {
        mu: values["mu"],
        sigma: values["sigma"],
    };
    compound(values["rate_per_year"], severity, effort)
}

/// Half of the years with candidates at the rate itself, half with ten times as many, of which nine in
/// ten are rejected: the law must be the same.
fn compound(rate: f64, severity: Severity, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let n = effort.replications(YEARS);
    let mut sample = Vec::new();
    for (times, n) in [(1.0, n / 2), (10.0, n - n / 2)] {
        let losses = Losses::new(rate, severity).with_majorant(times);
        let years = |record: &RunRecord| losses.of_years(record);
        sample.extend(losses.laboratory()?.years(effort.seed, n, years)?);
    }
    let law = CompoundPoisson { rate, severity };
    let none = sample.iter().filter(|loss| **loss == 0.0).count() as u64;
    let mut quantities = vec![Quantity::mean(
        "annual_mean",
        law.cumulant(1),
        law.cumulant(2),
        &sample,
    )];
    quantities.extend(variance(&law, &sample));
    quantities.push(Quantity::probability(
        "probability_no_loss",
        law.probability_none(),
        none,
        n,
    ));
    Ok(quantities)
}

/// Greatest excess kurtosis of a year at which a sample of this size tells anything about the variance.
const KURTOSIS: f64 = 20.0;

/// The variance, where it can be tested: the fourth moment must exist and not be too great; where the
/// eighth does not exist, s² converges slowly and six standard errors are allowed.
fn variance(law: &CompoundPoisson, sample: &[f64]) -> Option<Quantity> {
    // Asked this way round, a kurtosis that does not exist is left out.
    let testable = law.excess_kurtosis() < KURTOSIS;
    let quantity = Quantity::variance("annual_variance", law.cumulant(2), law.cumulant(4), sample);
    let standard_errors = if law.cumulant(8).is_finite() {
        4.0
    } else {
        6.0
    };
    testable.then(|| quantity.judged(Judge::Within { standard_errors }))
}
