//! What a policy makes of its levers in a society: effects, stakes, terms of settlement, premiums and
//! the solved budget. Computed once before the run; the same for every replication.

mod baseline;
mod removal;

use crate::model::Model;
use crate::model::agents::citizen;
use crate::model::agents::stake::{self, Stake, Terms, fine_severity};
use crate::model::hazards::accident;
use crate::model::mechanisms::{Effects, Money, responsibility};
use crate::model::settlement::arrangement::Arrangement;
use crate::model::settlement::books::Books;
use crate::model::settlement::capital::Fund;
use crate::model::settlement::premiums::Income;
use crate::model::settlement::tariff::Tariff;
use crate::model::transcendental::pow;
use crate::scenario::CheckedPolicy;
use crate::scenario::policy::{Matrix, Policy};
use crate::scenario::society::Society;
use crate::vocabulary::{BudgetFunction, Category, Phase, SizeClass, Table, Trade};

use baseline::Priced;
pub use baseline::{Bare, Baseline, Reference, equilibrium_backlog};
pub use removal::{Removal, RemovalOfTrade};

/// Least that defence against sanctions leaves of what a visit finds (assumption).
const LEAST_FOUND: f64 = 0.2;

/// A policy in force in a society.
#[derive(Clone, Debug)]
pub struct Regime {
    /// Key of the policy.
    pub key: String,
    /// Its levers.
    pub policy: Policy,
    /// Its responsibility matrix.
    pub matrix: Matrix,
    /// Its public money.
    pub money: Money,
    /// The effects of its six mechanisms.
    pub effects: Effects,
    /// What it means for each trade.
    pub trades: Table<Trade, TradeRegime>,
    /// What it means for citizens' choices.
    pub choices: citizen::Choices,
    /// The baseline's figures that effects are measured against.
    pub reference: Reference,
    /// Terms of settlement.
    pub arrangement: Arrangement,
    /// Premiums, computed.
    pub tariff: Tariff,
    /// What insurers and pool earn from them in a year.
    pub income: Income,
    /// Take-up of household cover for which premiums were computed.
    pub take_up_in_tariff: f64,
    /// Volume of visits relative to plan, in ordinary provinces and municipalities.
    pub visit_volume: [f64; 2],
    /// Share of open hazards that a visit finds.
    pub find_rate: f64,
    /// Fine that a firm expects from one visit (yuan).
    pub penalty_per_visit: f64,
    /// Severity of sanctions that firms expect.
    pub firm_severity: f64,
    /// Severity of sanctions that officials expect, by category.
    pub official_severity: Table<Category, f64>,
    /// Hazards removed by workers' and citizens' reports (1/year).
    pub reports_removal: f64,
}

/// A trade under a policy.
#[derive(Clone, Debug, Default)]
pub struct TradeRegime {
    /// Private stake by size class.
    pub stake: Table<SizeClass, Stake>,
    /// Price of care in decisions (yuan per worker-year and unit of e).
    pub price_of_care: f64,
    /// Factor of monitoring on the rate, relative to the baseline.
    pub unmonitored: f64,
    /// Greatest N·P(an accident kills at least N), by size class: with a rate of accidents it gives the
    /// place where an installation comes nearest to a line C/N.
    pub line_per_accident: Table<SizeClass, f64>,
    /// Worker deaths per accident by size class.
    pub worker_deaths_per_accident: Table<SizeClass, f64>,
    /// What a policy asks of an establishment beyond the baseline, as a share of the standard cost of care:
    /// quality of management, supervision online, and a ceiling on what one event can do.
    pub asked_beyond: Table<SizeClass, f64>,
}

impl Regime {
    /// What a policy's money, effects and prices mean for those who live under it.
    fn new(baseline: &Baseline<'_>, policy: &CheckedPolicy, bare: Bare, priced: Priced) -> Self {
        let model = baseline.model();
        let society = &model.society;
        let Bare { money, effects } = bare;
        let Priced {
            arrangement,
            tariff,
            choices,
        } = priced;
        let take_up = choices.expected_take_up;
        let prices = baseline.prices_of_care();
        let terms = Terms::new(society, &effects, &policy.policy.sharing);
        let stakes = stake::stakes(society, &terms);
        let pinned = |c| {
            responsibility::ratio(
                effects.responsibility.pinned[c],
                baseline.effects().responsibility.pinned[c],
            )
        };
        let severity = effects.responsibility.sanction_severity();
        let firm_severity = severity * pinned(Category::Accident);
        let official_severity = Table::from_fn(|c| severity * pinned(c));
        let trades = Table::from_fn(|trade| {
            trade_regime(model, &effects, trade, &stakes[trade], prices[trade])
        });
        Regime {
            key: policy.key.clone(),
            policy: policy.policy.clone(),
            matrix: policy.matrix.clone(),
            visit_volume: visit_volume(model, &money, &effects, baseline.effects()),
            find_rate: find_rate(society, &effects, firm_severity),
            penalty_per_visit: penalty_per_visit(society, firm_severity)
                * effects.responsibility.talks,
            reports_removal: reports_removal(society, &money, &effects),
            firm_severity,
            official_severity,
            money,
            effects,
            trades,
            choices,
            reference: baseline.reference().clone(),
            arrangement,
            income: Income::of(&tariff),
            tariff,
            take_up_in_tariff: take_up,
        }
    }

    /// Removal of open hazards of an enterprise (1/year): self-checks, visits that find and mend,
    /// reports, and prevention that insurers pay for.
    pub fn removal(&self, society: &Society, trade: Trade, visits: f64) -> f64 {
        let own = RemovalOfTrade::new(&self.effects, trade);
        let rate = self.removal_in_all_trades(society).rate(visits, own);
        rate.max(society.enterprise.least_removal_per_year)
    }

    /// What of it is the same in every trade.
    pub fn removal_in_all_trades(&self, society: &Society) -> Removal {
        Removal::new(society, &self.effects, self.find_rate, self.reports_removal)
    }

    /// Fresh books: insurers and pool with the capital of this policy's tariff.
    pub fn books(&self) -> Books {
        Books::new(
            &self.arrangement,
            Fund::new(self.tariff.insurers_capital),
            Fund::new(self.tariff.pool_capital),
        )
    }
}

fn trade_regime(
    model: &Model,
    effects: &Effects,
    trade: Trade,
    stake: &Table<SizeClass, Stake>,
    price: f64,
) -> TradeRegime {
    let facts = &model.society.trades[trade];
    let ceiling = effects.avoidance.ceiling;
    TradeRegime {
        stake: stake.clone(),
        price_of_care: price,
        unmonitored: (1.0 - effects.intervention.monitoring_hit[trade])
            / (1.0 - facts.monitoring_hit_share),
        line_per_accident: facts.sizes.map(|_, size| {
            facts.fatal_share
                * ceiling.mean(size.deaths_cap, |cap| {
                    accident::greatest_of_curve(facts.deaths_tail_alpha, cap)
                })
        }),
        worker_deaths_per_accident: facts.sizes.map(|_, size| {
            let dead = ceiling.mean(size.deaths_cap, |cap| {
                accident::expected_potential_deaths(facts.deaths_tail_alpha, cap)
            });
            facts.fatal_share * (1.0 - facts.third_party_share) * dead
        }),
        asked_beyond: facts.sizes.map(|_, size| {
            let cut = ceiling.kept * ceiling.cut(size.deaths_cap);
            effects.remedy.private_cost_share[trade]
                + model.society.enterprise.ceiling_cost_share * cut
        }),
    }
}

/// Visits relative to plan: money × execution, where unregulated activity has the execution of its own
/// rows of the matrix.
fn visit_volume(model: &Model, money: &Money, effects: &Effects, base: &Effects) -> [f64; 2] {
    let executed = |effects: &Effects, class: usize, novel: f64| {
        let owned = &effects.responsibility;
        let regulated = owned.execution[class][Category::Accident][Phase::Prevent];
        (1.0 - novel) * regulated + novel * owned.novel_execution[0]
    };
    let usual = model.society.accident.novel_share;
    let volume = |class: usize| {
        let now = executed(effects, class, effects.remedy.novel_share);
        responsibility::ratio(now, executed(base, class, usual))
    };
    let money = money.relative(BudgetFunction::Inspect);
    [money * volume(0), money * volume(1)]
}

/// Share of open hazards that a visit finds: more with sanctions behind it, less where sanctions make
/// inspectors write records instead.
fn find_rate(society: &Society, effects: &Effects, severity: f64) -> f64 {
    let owned = &effects.responsibility;
    let government = &society.government;
    let share = government.find_backing_share;
    let backed = (1.0 - share) + share * severity / fine_severity(government, severity);
    let excess = (owned.sanction_multiplier * (1.0 - owned.safe_harbour) - 1.0).max(0.0);
    government.find_rate * backed * (1.0 - government.defensive_share * excess).max(LEAST_FOUND)
}

/// Fine that a firm reckons with per visit (yuan).
fn penalty_per_visit(society: &Society, severity: f64) -> f64 {
    let government = &society.government;
    government.penalty_share_of_visits
        * government.perceived_fines
        * government.fine_inspection_yuan
        * fine_severity(government, severity)
}

/// Removal by reports (1/year): rises with rewards and protection.
fn reports_removal(society: &Society, money: &Money, effects: &Effects) -> f64 {
    let reward = pow(
        money.relative(BudgetFunction::Report),
        society.government.report_money_exponent,
    );
    let protection = 1.0
        + society.government.report_protection_share
            * (effects.responsibility.exposure_multiplier - 1.0);
    society.enterprise.reports_removal_per_year * reward * protection.max(0.0)
}

/// Stationary mean of a stock that jumps by `increment` at a rate and halves in a half-life: rate × increment × half-life/ln 2.
pub fn half_life_stock(rate_per_year: f64, increment: f64, half_life_years: f64) -> f64 {
    rate_per_year * increment * half_life_years / std::f64::consts::LN_2
}
