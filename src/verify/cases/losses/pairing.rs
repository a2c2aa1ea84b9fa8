//! The same dangers for two regimes that differ in one constant factor of the rate.

use std::collections::BTreeSet;

use libm::sqrt;

use super::rate;
use crate::model::record::RunRecord;
use crate::model::{History, Regime};
use crate::verify::closed_form::pairing::Pair;
use crate::verify::closed_form::severity::Severity;
use crate::verify::laboratory::{Laboratory, each};
use crate::verify::losses::{ABOVE, Losses};
use crate::verify::quantity::{count_limit, covariance, variance};
use crate::verify::stripped::TRADE;
use crate::verify::{Case, Effort, Judge, Parameter, Quantity, Refusal, Values};

const RATE_A: Parameter = Parameter {
    name: "rate_a",
    ..rate(10.0)
};
const RATE_B: Parameter = Parameter {
    name: "rate_b",
    ..rate(9.0)
};

pub(super) const PAIRING: Case = Case {
    name: "pairing",
    summary: [
        "what the same dangers for two regimes do to the error of a difference",
        "两种情形经历同样风险历史时差值误差的缩小",
    ],
    parameters: &[
        RATE_A,
        RATE_B,
        Parameter::whole("years", "years", 1.0, [1.0, 1000.0]),
    ],
    run: pairing,
};

pub(super) const THINNING: Case = Case {
    name: "thinning",
    summary: [
        "events of a lower rate are a subset of those of a higher one",
        "较低发生率的事件是较高发生率事件的子集",
    ],
    parameters: &[
        Parameter::number("majorant", "per year", 5.0, [0.002, 10_000.0]),
        Parameter {
            default: 2.0,
            ..RATE_A
        },
        Parameter {
            default: 3.0,
            ..RATE_B
        },
        Parameter::whole("years", "years", 100.0, [1.0, 1000.0]),
    ],
    run: thinning,
};

/// Replications by default of each case.
const PAIRS: u64 = 20_000;
const HISTORIES: u64 = 400;

/// Two regimes in one society, and their rates.
struct Two {
    laboratory: Laboratory,
    regimes: [Regime; 2],
}

impl Two {
    fn new(majorant: f64, rates: [f64; 2]) -> Result<Self, Refusal> {
        let severity = Severity::exponential(1.0);
        let losses = Losses {
            rate: majorant,
            majorant,
            severity,
        };
        let laboratory = losses.laboratory()?;
        let regimes = rates.map(|rate| {
            let mut regime = laboratory.regime.clone();
            regime.trades[TRADE].unmonitored = rate / majorant;
            regime
        });
        Ok(Two {
            laboratory,
            regimes,
        })
    }

    /// Both through the same history.
    fn run(&self, history: &History, years: u32) -> Result<[RunRecord; 2], Refusal> {
        let [a, b] = &self.regimes;
        let run = |regime| self.laboratory.run_under(regime, history, years);
        Ok([run(a)?, run(b)?])
    }
}

fn pairing(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let rates = [values["rate_a"], values["rate_b"]];
    let years = values.whole("years") as u32;
    let two = Two::new(rates[0].max(rates[1]) * ABOVE, rates)?;
    let n = effort.replications(PAIRS);
    let counts = each(n, |replication| {
        let history = two.laboratory.history(effort.seed, replication, years);
        let records = two.run(&history, years)?;
        Ok(records.map(|record| record.events.len() as f64))
    })?;
    let a: Vec<f64> = counts.iter().map(|pair| pair[0]).collect();
    let b: Vec<f64> = counts.iter().map(|pair| pair[1]).collect();
    let difference: Vec<f64> = counts.iter().map(|pair| pair[0] - pair[1]).collect();
    let pair = Pair {
        means: rates.map(|rate| rate * f64::from(years)),
    };
    let (of_a, of_b) = (variance(&a), variance(&b));
    let correlation = covariance(&a, &b) / sqrt(of_a * of_b);
    let ratio = variance(&difference) / (of_a + of_b);
    let size = n as f64;
    let estimate = |name, known, estimate, variance: f64| {
        let quantity = Quantity::estimate(name, known, estimate, sqrt(variance / size), n);
        // Equal rates: the two counts are the same number.
        if rates[0] == rates[1] {
            quantity.judged(Judge::EXACT)
        } else {
            quantity
        }
    };
    Ok(vec![
        estimate(
            "correlation",
            pair.correlation(),
            correlation,
            pair.correlation_variance(),
        ),
        estimate(
            "variance_ratio",
            pair.variance_ratio(),
            ratio,
            pair.ratio_variance(),
        ),
    ])
}

fn thinning(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let rates = [values["rate_a"], values["rate_b"]];
    let majorant = values["majorant"];
    let greatest = rates[0].max(rates[1]);
    if majorant < greatest * ABOVE {
        return Err(Refusal::rule(
            "majorant",
            majorant,
            "it must exceed rate_a and rate_b, by a millionth at least",
            "应大于 rate_a 和 rate_b，且至少大百万分之一",
        ));
    }
    let years = values.whole("years") as u32;
    let two = Two::new(majorant, rates)?;
    let n = effort.replications(HISTORIES);
    let counts = each(n, |replication| {
        let history = two.laboratory.history(effort.seed, replication, years);
        let [a, b] = two.run(&history, years)?;
        let [in_a, in_b] = [&a, &b].map(identities);
        let only_a = in_a.difference(&in_b).count() as u64;
        Ok([
            a.whole.candidates,
            only_a,
            in_b.difference(&in_a).count() as u64,
        ])
    })?;
    let total = |which: usize| counts.iter().map(|count| count[which]).sum::<u64>();
    let [candidates, only_a, only_b] = [0, 1, 2].map(total);
    let more = |more: f64, less: f64| (more - less).max(0.0);
    let (more_a, more_b) = (more(rates[0], rates[1]), more(rates[1], rates[0]));
    let count = |name, rate: f64, found: u64| {
        let mean = rate * f64::from(years);
        let expected = mean * n as f64;
        Quantity::estimate(
            name,
            mean,
            found as f64 / n as f64,
            sqrt(mean / n as f64),
            n,
        )
        .judged(Judge::Within {
            standard_errors: count_limit(expected),
        })
    };
    let nested = if more_a == 0.0 {
        Quantity::exact("count_a_not_b", 0.0, only_a as f64)
    } else {
        count("count_a_not_b", more_a, only_a)
    };
    Ok(vec![
        Quantity::probability("share_in_b_not_a", more_b / majorant, only_b, candidates),
        count("count_b_not_a", more_b, only_b),
        nested,
    ])
}

fn identities(record: &RunRecord) -> BTreeSet<u64> {
    record.events.iter().map(|event| event.event).collect()
}
