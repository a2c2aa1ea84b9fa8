//! Compound Poisson sums: the loss of a year.

use super::{YEARS, money, money_from_zero, mu, rate, sigma};
use crate::model::record::RunRecord;
use crate::verify::closed_form::compound::CompoundPoisson;
use crate::verify::closed_form::severity::Severity;
use crate::verify::losses::Losses;
use crate::verify::{Case, Effort, Judge, Parameter, Quantity, Refusal, Values};

pub(super) const LOGNORMAL: Case = Case {
    name: "compound-poisson-lognormal",
    summary: [
        "yearly loss of a Poisson number of lognormal losses",
        "泊松次数、对数正态单次损失的年损失",
    ],
    parameters: &[rate(3.0), mu(0.0), sigma(1.0)],
    run: lognormal,
};

pub(super) const PARETO: Case = Case {
    name: "compound-poisson-gpd",
    summary: [
        "yearly loss of a Poisson number of generalised Pareto losses",
        "泊松次数、广义帕累托单次损失的年损失",
    ],
    parameters: &[
        rate(5.0),
        money_from_zero("threshold", 0.0),
        money("scale", 1.0),
        Parameter::number("shape", "exponent", 0.1, [-0.9, 0.49]),
    ],
    run: pareto,
};

fn lognormal(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let severity = Severity::Lognormal {
        mu: values["mu"],
        sigma: values["sigma"],
    };
    compound(values["rate_per_year"], severity, effort)
}

fn pareto(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let severity = Severity::GeneralisedPareto {
        threshold: values["threshold"],
        scale: values["scale"],
        shape: values["shape"],
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
    let mean = Quantity::mean("annual_mean", law.cumulant(1), law.cumulant(2), &sample);
    let mut quantities = vec![mean];
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
