//! The pool alone, with an attachment and a limit on the sum of a calendar year.

use super::{YEARS, money, money_from_zero, rate};
use crate::model::record::RunRecord;
use crate::model::settlement::capital::Fund;
use crate::verify::closed_form::severity::Severity;
use crate::verify::closed_form::stop_loss::StopLoss;
use crate::verify::laboratory::Laboratory;
use crate::verify::losses::Losses;
use crate::verify::stripped::Stripped;
use crate::verify::{Case, Effort, Quantity, Refusal, Values};
use crate::vocabulary::{Bearer, Layer};

pub(super) const STOP_LOSS: Case = Case {
    name: "stop-loss-pool",
    summary: [
        "what a pool pays of the sum of a year's exponential losses above an attachment",
        "共同体对指数分布损失年累计超额部分的赔付",
    ],
    parameters: &[
        rate(5.0),
        money("mean_severity", 2.0),
        money_from_zero("attachment", 15.0),
        money("limit", 10.0),
    ],
    run: stop_loss,
};

/// Width of the pool's layer on single events, out of reach (yuan).
const WIDE_YUAN: f64 = 1e15;

fn stop_loss(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let pool = StopLoss {
        rate: values["rate_per_year"],
        mean: values["mean_severity"],
        attachment: values["attachment"],
        limit: values["limit"],
    };
    let losses = Losses::new(pool.rate, Severity::exponential(pool.mean));
    let laboratory = pooled(&losses, &pool)?;
    let n = effort.replications(YEARS);
    let split = |record: &RunRecord| {
        let years = record.years.iter().map(|year| {
            let paid = losses.money(year.paid_fen[Layer::Pool]);
            [paid, losses.money(year.borne_fen[Bearer::Enterprises])]
        });
        years.collect()
    };
    let years = laboratory.years(effort.seed, n, split)?;
    let paid: Vec<f64> = years.iter().map(|year| year[0]).collect();
    let rest: Vec<f64> = years.iter().map(|year| year[1]).collect();
    let limit = losses.money(laboratory.regime.arrangement.pool.annual_limit);
    let count = |hit: &dyn Fn(f64) -> bool| paid.iter().filter(|yuan| hit(**yuan)).count() as u64;
    let [attached, exhausted] = [count(&|yuan| yuan > 0.0), count(&|yuan| yuan >= limit)];
    let [paid_mean, paid_variance] = pool.paid();
    let [rest_mean, rest_variance] = pool.rest();
    let [attach, exhaust] = pool.probabilities();
    Ok(vec![
        Quantity::mean("annual_pool", paid_mean, paid_variance, &paid),
        Quantity::mean("annual_rest", rest_mean, rest_variance, &rest),
        Quantity::probability("probability_attach", attach, attached, n),
        Quantity::probability("probability_exhaust", exhaust, exhausted, n),
    ])
}

/// The laboratory in which the pool, which can always pay, insures accidents and nothing else does.
fn pooled(losses: &Losses, terms: &StopLoss) -> Result<Laboratory, Refusal> {
    let mut stripped = Stripped::new()?;
    losses.put(&mut stripped);
    stripped.facts().sharing.pool_accident_share = 1.0;
    let sharing = &mut stripped.policy.policy.sharing;
    sharing.enabled = true;
    let pool = &mut sharing.pool;
    pool.attachment_yuan = 0.0;
    pool.limit_yuan = WIDE_YUAN;
    pool.share = 1.0;
    pool.annual_attachment_yuan = terms.attachment * losses.unit_yuan();
    pool.annual_limit_yuan = terms.limit * losses.unit_yuan();
    let mut laboratory = stripped.laboratory();
    losses.thin(&mut laboratory);
    laboratory.regime.tariff.pool_capital = Fund::unlimited().capital;
    Ok(laboratory)
}
