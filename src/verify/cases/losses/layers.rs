//! A layer of cover on every loss: enterprise property cover with an attachment, a flat limit, a share.

use super::{YEARS, money, money_from_zero, mu, rate, sigma};
use crate::model::record::RunRecord;
use crate::model::settlement::capital::Fund;
use crate::verify::closed_form::layer::Layer;
use crate::verify::closed_form::severity::Severity;
use crate::verify::laboratory::Laboratory;
use crate::verify::losses::Losses;
use crate::verify::stripped::Stripped;
use crate::verify::{Case, Effort, Judge, Parameter, Quantity, Refusal, Values};
use crate::vocabulary::{Bearer, Layer as Payer};

const DEDUCTIBLE: &str = "deductible";
const LIMIT: &str = "limit";
const SHARE: Parameter = Parameter::number("share", "share", 0.8, [0.0, 1.0]);

pub(super) const EXPONENTIAL: Case = Case {
    name: "layer-exponential",
    summary: [
        "what a layer pays a year of exponential losses",
        "指数分布损失下赔付层的年赔付",
    ],
    parameters: &[
        rate(4.0),
        money("mean_severity", 100.0),
        money_from_zero(DEDUCTIBLE, 50.0),
        money(LIMIT, 200.0),
        SHARE,
    ],
    run: exponential,
};

pub(super) const LOGNORMAL: Case = Case {
    name: "layer-lognormal",
    summary: [
        "what a layer pays a year of lognormal losses",
        "对数正态损失下赔付层的年赔付",
    ],
    parameters: &[
        rate(4.0),
        mu(3.0),
        sigma(1.0),
        money_from_zero(DEDUCTIBLE, 20.0),
        money(LIMIT, 100.0),
        SHARE,
    ],
    run: lognormal,
};

pub(super) const PARETO: Case = Case {
    name: "layer-pareto",
    summary: [
        "what a layer pays a year of Pareto (II) losses",
        "帕累托(II型)损失下赔付层的年赔付",
    ],
    parameters: &[
        rate(4.0),
        Parameter::number("alpha", "exponent", 2.5, [0.5, 100.0]),
        money("theta", 150.0),
        money_from_zero(DEDUCTIBLE, 50.0),
        money(LIMIT, 200.0),
        SHARE,
    ],
    run: pareto,
};

fn exponential(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    layer(
        Severity::exponential(values["mean_severity"]),
        values,
        effort,
    )
}

fn lognormal(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let severity = Severity::Lognormal {
        mu: values["mu"],
        sigma: values["sigma"],
    };
    layer(severity, values, effort)
}

fn pareto(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let severity = Severity::pareto_two(values["alpha"], values["theta"]);
    layer(severity, values, effort)
}

fn layer(severity: Severity, values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let layer = Layer {
        rate: values["rate_per_year"],
        severity,
        deductible: values[DEDUCTIBLE],
        limit: values[LIMIT],
        share: values["share"],
    };
    let losses = Losses::new(layer.rate, severity);
    let n = effort.replications(YEARS);
    let split = |record: &RunRecord| {
        let years = record.years.iter().map(|year| {
            let paid = losses.money(year.paid_fen[Payer::EnterpriseProperty]);
            [paid, losses.money(year.borne_fen[Bearer::Enterprises])]
        });
        years.collect()
    };
    let years = insured(&losses, &layer)?.years(effort.seed, n, split)?;
    let paid: Vec<f64> = years.iter().map(|year| year[0]).collect();
    let kept: Vec<f64> = years.iter().map(|year| year[1]).collect();
    Ok(quantities(&layer, &paid, &kept))
}

/// The laboratory in which the establishment is insured in full by insurers who can always pay.
fn insured(losses: &Losses, layer: &Layer) -> Result<Laboratory, Refusal> {
    let mut stripped = Stripped::new()?;
    losses.put(&mut stripped);
    let sharing = &mut stripped.policy.policy.sharing;
    sharing.enabled = true;
    let cover = &mut sharing.enterprise_property;
    cover.take_up = 1.0;
    cover.attachment_yuan = layer.deductible * losses.unit_yuan();
    cover.limit_yuan = layer.limit * losses.unit_yuan();
    cover.share = layer.share;
    let mut laboratory = stripped.laboratory();
    losses.thin(&mut laboratory);
    laboratory.regime.tariff.insurers_capital = Fund::unlimited().capital;
    Ok(laboratory)
}

fn quantities(layer: &Layer, paid: &[f64], kept: &[f64]) -> Vec<Quantity> {
    let [paid_mean, paid_variance] = layer.paid();
    let [kept_mean, kept_variance] = layer.retained();
    let n = paid.len() as u64;
    let hit = paid.iter().filter(|yuan| **yuan > 0.0).count() as u64;
    let mut quantities = vec![Quantity::mean(
        "annual_layer",
        paid_mean,
        paid_variance,
        paid,
    )];
    // Without a variance no mean can be tested; without a third moment its tail is heavier than normal.
    if kept_variance.is_finite() {
        let heavy = layer.severity.moment(3).is_infinite();
        let standard_errors = if heavy { 6.0 } else { 4.0 };
        quantities.push(
            Quantity::mean("annual_retained", kept_mean, kept_variance, kept)
                .judged(Judge::Within { standard_errors }),
        );
    }
    let attach = if layer.share > 0.0 {
        layer.probability_attach()
    } else {
        0.0
    };
    quantities.push(Quantity::probability("probability_attach", attach, hit, n));
    quantities
}
