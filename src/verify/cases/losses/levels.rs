//! How high: return levels of generalised Pareto losses, and the largest loss against the sum of a year.

use libm::log1p;

use super::{YEARS, money, money_from_zero, rate, too_rare};
use crate::model::hazards::accident::own_damage_multiple;
use crate::model::record::RunRecord;
use crate::model::transcendental::exp;
use crate::verify::closed_form::compound::ExponentialSum;
use crate::verify::closed_form::severity::Severity;
use crate::verify::losses::Losses;
use crate::verify::quantity::count_limit;
use crate::verify::{Case, Effort, Judge, Parameter, Quantity, Refusal, Values};
use crate::vocabulary::Category;

pub(super) const RETURN_LEVEL: Case = Case {
    name: "return-level",
    summary: [
        "level that a generalised Pareto loss exceeds once in a period",
        "广义帕累托损失的重现期水平",
    ],
    parameters: &[
        rate(2.0),
        money_from_zero("threshold", 10.0),
        money("scale", 5.0),
        Parameter::number("shape", "exponent", 0.2, [-0.9, 2.0]),
        Parameter::number("period_years", "years", 100.0, [1.01, 1e6]),
    ],
    run: return_level,
};

pub(super) const EXCEEDANCE: Case = Case {
    name: "oep-aep",
    summary: [
        "probability that the largest loss of a year, or its sum, exceeds a loss",
        "年最大单次损失与年累计损失的超越概率",
    ],
    parameters: &[rate(2.0), money("mean_severity", 1.0), money("loss", 5.0)],
    run: exceedance,
};

/// Levels come from the engine's own quantile of a loss; events above are counted.
fn return_level(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let severity = Severity::GeneralisedPareto {
        threshold: values["threshold"],
        scale: values["scale"],
        shape: values["shape"],
    };
    let (rate, period) = (values["rate_per_year"], values["period_years"]);
    let [recurrence, maximum] = [1.0 / (rate * period), -log1p(-1.0 / period) / rate];
    if maximum > 1.0 {
        return Err(too_rare(period));
    }
    let losses = Losses::new(rate, severity);
    let laboratory = losses.laboratory()?;
    let engine = |p: f64| own_damage_multiple(&laboratory.model.society.accident, p);
    let level = severity.level(recurrence);
    let n = effort.replications(YEARS);
    let above = |record: &RunRecord| above(record, &losses, level);
    let years = laboratory.years(effort.seed, n, above)?;
    let events: u64 = years.iter().sum();
    let hit = years.iter().filter(|events| **events > 0).count() as u64;
    let expected = n as f64 / period;
    Ok(vec![
        Quantity::estimate(
            "events_above_level_per_period",
            1.0,
            events as f64 / expected,
            libm::sqrt(1.0 / expected),
            n,
        )
        .judged(Judge::Within {
            standard_errors: count_limit(expected),
        }),
        Quantity::probability("probability_year_above", 1.0 - exp(-1.0 / period), hit, n),
        Quantity::exact("level_recurrence", level, engine(recurrence)),
        Quantity::exact(
            "level_annual_maximum",
            severity.level(maximum),
            engine(maximum),
        ),
    ])
}

/// Events above a level, by year.
fn above(record: &RunRecord, losses: &Losses, level: f64) -> Vec<u64> {
    let mut years = vec![0; record.years.len()];
    for event in record.events.iter() {
        let year = (event.week / 52) as usize;
        years[year] += u64::from(losses.money(event.loss_fen) > level);
    }
    years
}

fn exceedance(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let (rate, mean, loss) = (
        values["rate_per_year"],
        values["mean_severity"],
        values["loss"],
    );
    let severity = Severity::exponential(mean);
    let losses = Losses::new(rate, severity);
    let n = effort.replications(YEARS);
    let both = |record: &RunRecord| {
        let year = record.years.iter().map(|year| {
            let largest = losses.money(year.largest[Category::Accident].direct_fen);
            [largest > loss, losses.of_year(year) > loss]
        });
        year.collect()
    };
    let years = losses.laboratory()?.years(effort.seed, n, both)?;
    let count = |which: usize| years.iter().filter(|year| year[which]).count() as u64;
    let largest = 1.0 - exp(-rate * severity.survival(loss));
    let sum = ExponentialSum { rate, mean }.exceeds(loss);
    Ok(vec![
        Quantity::probability("oep", largest, count(0), n),
        Quantity::probability("aep", sum, count(1), n),
    ])
}
