//! The tail of natural losses: years that come once in hundreds, beside the years of the runs.

use super::{rate, too_rare};
use crate::model::record::YearRecord;
use crate::model::transcendental::exp;
use crate::verify::natural_tail::{NaturalTail, SeverityLaw, destroyed};
use crate::verify::{Case, Effort, Judge, Parameter, Quantity, Refusal, Values};
use crate::vocabulary::Category;

/// Natural years drawn by default.
const YEARS: u64 = 20_000;
/// Owners of assets in the stripped society, each with the same worth; one of them is the public.
const OWNERS: f64 = 5.0;

pub(super) const NATURAL_TAIL: Case = Case {
    name: "natural-tail",
    summary: [
        "natural years beside those of a run: how rare their losses are, and who bears them",
        "模拟之外的自然年：损失有多罕见、由谁承担",
    ],
    parameters: &[
        Parameter {
            least: 0.05,
            greatest: 20.0,
            ..rate(0.8)
        },
        Parameter::number("severity_max", "ratio", 1000.0, [2.0, 1e4]),
        Parameter::number("alpha", "exponent", 1.5, [1.0, 5.0]),
        Parameter::number("period_years", "years", 100.0, [1.01, 1e4]),
    ],
    run,
};

fn run(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let (rate, period) = (values["rate_per_year"], values["period_years"]);
    if -libm::log1p(-1.0 / period) > rate {
        return Err(too_rare(period));
    }
    let law = SeverityLaw {
        least: 1.0,
        greatest: values["severity_max"],
        exponent: values["alpha"],
    };
    let danger = NaturalTail::new(rate, law)?;
    let n = effort.replications(YEARS);
    let years = danger.years(effort, n as u32)?.years;
    let level = danger.level(period);
    let above = years.iter().filter(|year| largest(year) > level).count() as u64;
    let sums: Vec<f64> = years.iter().map(destroyed).collect();
    let [mean, variance] = danger.annual();
    let none = sums.iter().filter(|loss| **loss == 0.0).count() as u64;
    let public: f64 = years.iter().map(borne_by_governments).sum();
    Ok(vec![
        Quantity::probability("probability_year_above", 1.0 / period, above, n),
        Quantity::probability("probability_no_loss", exp(-rate), none, n),
        Quantity::mean("annual_mean", mean, variance, &sums),
        Quantity::exact(
            "public_share",
            1.0 / OWNERS,
            public / sums.iter().sum::<f64>(),
        )
        .judged(Judge::Relative(1e-6)),
    ])
}

/// Loss (yuan) of the greatest natural event of a year.
fn largest(year: &YearRecord) -> f64 {
    year.largest[Category::Natural].direct_fen as f64 / 100.0
}

fn borne_by_governments(year: &YearRecord) -> f64 {
    year.public_loss_fen.values().iter().sum::<i64>() as f64 / 100.0
}
