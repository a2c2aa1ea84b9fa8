//! Ruin of the insurers: premiums accrue to each claim's instant, claims are settled in order of time.

use super::{money, money_from_zero, rate};
use crate::model::record::RunRecord;
use crate::model::settlement::money::from_yuan;
use crate::model::settlement::premiums::Income;
use crate::model::settlement::tariff::Cover;
use crate::verify::closed_form::ruin::Ruin;
use crate::verify::closed_form::severity::Severity;
use crate::verify::laboratory::Laboratory;
use crate::verify::losses::Losses;
use crate::verify::stripped::Stripped;
use crate::verify::{Case, Effort, Parameter, Quantity, Refusal, Values};
use crate::vocabulary::{Bearer, Vocabulary};

pub(super) const RUIN: Case = Case {
    name: "ruin",
    summary: [
        "probability that insurers with exponential claims are ruined within a time",
        "指数分布赔款下保险人在期限内破产的概率",
    ],
    parameters: &[
        money_from_zero("initial_capital", 10.0),
        Parameter::number("loading", "share", 0.2, [0.0, 10.0]),
        money("mean_severity", 1.0),
        rate(52.0),
        Parameter::whole("horizon_years", "years", 5.0, [1.0, 200.0]),
    ],
    run: ruin,
};

/// Paths by default.
const PATHS: u64 = 20_000;

fn ruin(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let law = Ruin {
        capital: values["initial_capital"],
        loading: values["loading"],
        mean: values["mean_severity"],
        rate: values["rate_per_year"],
    };
    let years = values.whole("horizon_years") as u32;
    let laboratory = insurers(&law)?;
    let n = effort.replications(PATHS);
    let ruined = |record: &RunRecord| record.years.iter().any(|year| year.insurers_unpaid_fen > 0);
    let paths = laboratory.replications(effort.seed, n, years, ruined)?;
    let hits = paths.iter().filter(|ruined| **ruined).count() as u64;
    let probability = law.within(f64::from(years)).clamp(0.0, 1.0);
    Ok(vec![Quantity::probability(
        "probability_ruin",
        probability,
        hits,
        n,
    )])
}

/// The laboratory in which insurers with this capital and premium pay every loss in full.
fn insurers(law: &Ruin) -> Result<Laboratory, Refusal> {
    let losses = Losses::new(law.rate, Severity::exponential(law.mean));
    let mut stripped = Stripped::new()?;
    losses.put(&mut stripped);
    let sharing = &mut stripped.policy.policy.sharing;
    sharing.enabled = true;
    sharing.enterprise_property.take_up = 1.0;
    sharing.enterprise_property.limit_share_of_value = 1.0;
    let mut laboratory = stripped.laboratory();
    losses.thin(&mut laboratory);
    let regime = &mut laboratory.regime;
    let yuan = |money: f64| from_yuan(money * losses.unit_yuan());
    let tariff = &mut regime.tariff;
    tariff.insurers_capital = yuan(law.capital);
    let premium = &mut tariff.premiums[Cover::EnterpriseProperty.number()];
    premium.payers[Bearer::Enterprises.number()] = yuan((1.0 + law.loading) * law.rate * law.mean);
    regime.income = Income::of(tariff);
    Ok(laboratory)
}
