//! What a policy makes of its levers in a society: effects, stakes, terms of settlement, premiums and
//! the solved budget. Computed once before the run; the same for every replication.

use crate::model::Model;
use crate::model::agents::stake::{self, Terms};
use crate::model::agents::{citizen, enterprise};
use crate::model::hazards::accident;
use crate::model::mechanisms::intervention::survival;
use crate::model::mechanisms::sharing::reached_locally;
use crate::model::mechanisms::{
    self, Effects, Money, Solved, avoidance, lever_cost, responsibility,
};
use crate::model::settlement::arrangement::Arrangement;
use crate::model::settlement::books::Books;
use crate::model::settlement::capital::Fund;
use crate::model::settlement::tariff::Tariff;
use crate::model::start::price;
use crate::model::transcendental::pow;
use crate::scenario::CheckedPolicy;
use crate::scenario::policy::{Matrix, Policy};
use crate::scenario::society::Society;
use crate::vocabulary::{BudgetFunction, Category, NaturalKind, Phase, SizeClass, Table, Trade};

/// Times that a found hazard's fine is reckoned with: repeated visits and word of mouth (assumption).
const PERCEIVED_FINES: f64 = 8.0;

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
    /// Private stake by size class (yuan an accident).
    pub stake: Table<SizeClass, f64>,
    /// Price of care in decisions (yuan per worker-year and unit of e).
    pub price_of_care: f64,
    /// Factor of monitoring on the rate, relative to the baseline.
    pub unmonitored: f64,
    /// Worker deaths per accident by size class.
    pub worker_deaths_per_accident: Table<SizeClass, f64>,
}

/// The baseline's figures.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Expected share of the struck who are warned and moved, by hazard.
    pub warned: Table<NaturalKind, f64>,
    /// Share of the trapped who are lost, by hazard.
    pub trapped_lost: Table<NaturalKind, f64>,
    /// Message loss between phases.
    pub message_loss: Table<Category, f64>,
    /// Hours of handover before rescue.
    pub handover_hours: Table<Category, f64>,
    /// Hours where an event crosses a border.
    pub across_region_hours: f64,
    /// Avoidance.
    pub avoidance: avoidance::Effect,
}

impl Regime {
    /// Works out a policy against the baseline.
    pub fn new(
        model: &Model,
        policy: &CheckedPolicy,
        baseline: &CheckedPolicy,
        equal_budget: bool,
    ) -> Self {
        let society = &model.society;
        let setting = Setting { model, baseline };
        let (base, usual) = setting.solve(baseline, None);
        let (Bare { money, effects }, priced) = if policy == baseline {
            (base.clone(), usual)
        } else {
            setting.solve(policy, equal_budget.then_some(base.money.appropriation))
        };
        let Priced {
            arrangement,
            tariff,
            choices,
        } = priced;
        let take_up = choices.expected_take_up;
        let reference = Reference::new(model, &base);
        let prices = prices_of_care(model, &base, baseline);
        let terms = Terms::new(society, &effects, &policy.policy.sharing);
        let stakes = stake::stakes(society, &terms);
        let pinned = |c| {
            responsibility::ratio(
                effects.responsibility.pinned[c],
                base.effects.responsibility.pinned[c],
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
            visit_volume: visit_volume(model, &money, &effects, &base.effects),
            find_rate: find_rate(society, &effects, firm_severity),
            penalty_per_visit: penalty_per_visit(society, firm_severity),
            reports_removal: reports_removal(society, &money, &effects),
            firm_severity,
            official_severity,
            money,
            effects,
            trades,
            choices,
            reference,
            arrangement,
            tariff,
            take_up_in_tariff: take_up,
        }
    }

    /// Removal of open hazards of an enterprise (1/year): self-checks, visits that find and mend,
    /// reports, and prevention that insurers pay for.
    pub fn removal(&self, society: &Society, trade: Trade, visits: f64) -> f64 {
        let checks = society.enterprise.self_check_removal_per_year
            * self.effects.remedy.self_check_multiplier;
        let inspected = visits * self.find_rate * self.effects.remedy.rectified_share;
        (checks + inspected + self.reports_removal + self.effects.sharing.prevention_removal[trade])
            .max(0.05)
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

/// Money and effects alone.
#[derive(Clone, Debug)]
pub struct Bare {
    /// Public money.
    pub money: Money,
    /// Effects.
    pub effects: Effects,
}

/// What a policy's sharing costs.
struct Priced {
    arrangement: Arrangement,
    tariff: Tariff,
    choices: citizen::Choices,
}

/// In which society, and against which baseline, a policy is worked out.
struct Setting<'a> {
    model: &'a Model,
    baseline: &'a CheckedPolicy,
}

impl Setting<'_> {
    /// Prices the policy's sharing at the initial state, then splits its budget: expected relief,
    /// rebuilding, premiums and the price of its levers first, the planned functions with the rest.
    fn solve(&self, policy: &CheckedPolicy, appropriation: Option<f64>) -> (Bare, Priced) {
        let model = self.model;
        let unsolved = self.bare(policy, Solved::default(), None);
        let arrangement = Arrangement::new(&model.society, &policy.policy, &model.world);
        let choices = citizen::Choices::new(model, &policy.policy, &self.baseline.policy);
        let tariff = price(model, &unsolved, &arrangement);
        let usual = self.lever_cost(self.baseline);
        let solved = Solved {
            relief: tariff.relief_yuan_per_head + tariff.rebuilding_yuan_per_head,
            subsidy: tariff.public_premiums_yuan_per_head,
            levers: self
                .lever_cost(policy)
                .map(|function, yuan| yuan - usual[function]),
        };
        let priced = Priced {
            arrangement,
            tariff,
            choices,
        };
        (self.bare(policy, solved, appropriation), priced)
    }

    fn owned(&self, policy: &CheckedPolicy) -> responsibility::Effect {
        let custom = &self.model.tables.responsibility;
        mechanisms::responsibility_of(&policy.policy, &policy.matrix, &self.model.society, custom)
    }

    fn lever_cost(&self, policy: &CheckedPolicy) -> Table<BudgetFunction, f64> {
        let owned = self.owned(policy);
        lever_cost(
            &policy.policy,
            &owned,
            &self.model.society,
            &self.model.world,
        )
    }

    fn bare(&self, policy: &CheckedPolicy, solved: Solved, appropriation: Option<f64>) -> Bare {
        let model = self.model;
        let society = &model.society;
        let money = Money::split(society, &policy.policy, solved, appropriation);
        let (owned, usual) = (self.owned(policy), self.owned(self.baseline));
        let baseline = &self.baseline.policy;
        let effects = mechanisms::combine(
            &model.world,
            society,
            &policy.policy,
            baseline,
            &money,
            owned,
            &usual,
        );
        Bare { money, effects }
    }
}

impl Reference {
    fn new(model: &Model, base: &Bare) -> Self {
        let society = &model.society;
        let intervention = &base.effects.intervention;
        let local = reached_locally(society, base.effects.sharing.responder_share);
        let shape = society.natural.weibull_shape;
        Reference {
            warned: intervention
                .warning
                .map(|_, warning| warning.expected_share()),
            trapped_lost: society.hazards.map(|_, hazard| {
                let capacity = intervention.response_capacity[Category::Natural].max(1e-3);
                let hours =
                    hazard.team_hours * pow(capacity, -society.natural.response_money_exponent);
                let near = local * survival(1.0, hazard.weibull_scale_hours, shape);
                1.0 - near - (1.0 - local) * survival(hours, hazard.weibull_scale_hours, shape)
            }),
            message_loss: base.effects.responsibility.message_loss.clone(),
            handover_hours: base.effects.responsibility.handover_hours.clone(),
            across_region_hours: base.effects.responsibility.across_region_hours,
            avoidance: base.effects.avoidance.clone(),
        }
    }
}

/// Prices of care at which e* = 1 for the medium class under the baseline, at equilibrium backlogs.
fn prices_of_care(model: &Model, base: &Bare, baseline: &CheckedPolicy) -> Table<Trade, f64> {
    let society = &model.society;
    let terms = Terms::new(society, &base.effects, &baseline.policy.sharing);
    let stakes = stake::stakes(society, &terms);
    Table::from_fn(|trade| {
        let facts = &society.trades[trade];
        let visits = facts.sizes[SizeClass::Medium].visits_per_firm_year;
        let backlog = equilibrium_backlog(
            society,
            base,
            trade,
            visits,
            society.enterprise.quality_mean,
        );
        let multiplier = accident::backlog_factor(
            backlog,
            facts.backlog_ceiling,
            society.accident.backlog_half_per_100_workers,
        ) * mechanisms::remedy::PlantAges::stationary(&society.accident)
            .rate_factor(&society.accident);
        let rate = facts.base_rate_per_100k_worker_years / 1e5;
        let exposure =
            society.enterprise.perceived_risk * rate * multiplier * (1.0 - facts.care_out_of_reach);
        enterprise::price_of_care(
            society.enterprise.care_kappa,
            exposure,
            stakes[trade][SizeClass::Medium],
            1.0,
        )
    })
}

/// Backlog at rest under the baseline: g(1 − q)/δ.
pub fn equilibrium_backlog(
    society: &Society,
    base: &Bare,
    trade: Trade,
    visits: f64,
    quality: f64,
) -> f64 {
    let severity = base.effects.responsibility.sanction_severity();
    let found =
        visits * find_rate(society, &base.effects, severity) * base.effects.remedy.rectified_share;
    let checks =
        society.enterprise.self_check_removal_per_year * base.effects.remedy.self_check_multiplier;
    let reports = reports_removal(society, &base.money, &base.effects);
    let removal = checks + found + reports + base.effects.sharing.prevention_removal[trade];
    society.enterprise.backlog_growth_per_year * (1.0 - quality) / removal
}

fn trade_regime(
    model: &Model,
    effects: &Effects,
    trade: Trade,
    stake: &Table<SizeClass, f64>,
    price: f64,
) -> TradeRegime {
    let facts = &model.society.trades[trade];
    TradeRegime {
        stake: stake.clone(),
        price_of_care: price,
        unmonitored: (1.0 - effects.intervention.monitoring_hit[trade])
            / (1.0 - facts.monitoring_hit_share),
        worker_deaths_per_accident: facts.sizes.map(|_, size| {
            let dead =
                accident::expected_potential_deaths(facts.deaths_tail_alpha, size.deaths_cap);
            facts.fatal_share * (1.0 - facts.third_party_share) * dead
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
    let backed = 0.85 + 0.15 * severity / (0.5 + 0.5 * severity);
    let excess = (owned.sanction_multiplier * (1.0 - owned.safe_harbour) - 1.0).max(0.0);
    society.government.find_rate
        * backed
        * (1.0 - society.government.defensive_share * excess).max(0.2)
}

/// Fine that a firm reckons with per visit (yuan).
fn penalty_per_visit(society: &Society, severity: f64) -> f64 {
    let government = &society.government;
    government.penalty_share_of_visits
        * PERCEIVED_FINES
        * government.fine_inspection_yuan
        * (0.5 + 0.5 * severity)
}

/// Removal by reports (1/year): rises with rewards and protection.
fn reports_removal(society: &Society, money: &Money, effects: &Effects) -> f64 {
    let reward = pow(
        money.relative(BudgetFunction::Report),
        society.government.report_money_exponent,
    );
    let protection = 1.0 + 0.3 * (effects.responsibility.exposure_multiplier - 1.0);
    society.enterprise.reports_removal_per_year * reward * protection.max(0.0)
}

/// Stationary mean of a stock that jumps by `increment` at a rate and halves in a half-life: rate × increment × half-life/ln 2.
pub fn half_life_stock(rate_per_year: f64, increment: f64, half_life_years: f64) -> f64 {
    rate_per_year * increment * half_life_years / std::f64::consts::LN_2
}
