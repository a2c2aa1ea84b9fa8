//! The baseline, worked out once: what every policy's budget, effects and prices of care are measured
//! against.

use rayon::prelude::*;

use super::{Regime, Removal, RemovalOfTrade, find_rate, reports_removal};
use crate::model::Model;
use crate::model::agents::stake::{self, Terms};
use crate::model::agents::{citizen, enterprise};
use crate::model::hazards::accident;
use crate::model::mechanisms::intervention::team_hours;
use crate::model::mechanisms::lever_cost::lever_cost;
use crate::model::mechanisms::remedy::PlantAges;
use crate::model::mechanisms::rescue::race_after;
use crate::model::mechanisms::sharing::reached_locally;
use crate::model::mechanisms::{self, Effects, Money, Solved, avoidance, responsibility};
use crate::model::settlement::arrangement::Arrangement;
use crate::model::settlement::tariff::Tariff;
use crate::model::start::price;
use crate::scenario::CheckedPolicy;
use crate::scenario::society::Society;
use crate::vocabulary::{BudgetFunction, Category, NaturalKind, SizeClass, Table, Trade};

/// The baseline in a society.
#[derive(Clone, Debug)]
pub struct Baseline<'a> {
    setting: Setting<'a>,
    base: Bare,
    priced: Priced,
    reference: Reference,
    prices_of_care: Table<Trade, f64>,
}

impl<'a> Baseline<'a> {
    /// Works out the baseline.
    pub fn new(model: &'a Model, baseline: &'a CheckedPolicy) -> Self {
        let setting = Setting { model, baseline };
        let mut priced = setting.priced(&[baseline]);
        Baseline::of(setting, priced.swap_remove(0))
    }

    /// Works out policies against a baseline, which is worked out with them: all are priced at one go.
    pub fn regimes(
        model: &'a Model,
        baseline: &'a CheckedPolicy,
        policies: &[&CheckedPolicy],
        equal_budget: bool,
    ) -> Vec<Regime> {
        let setting = Setting { model, baseline };
        let others = policies
            .iter()
            .copied()
            .filter(|policy| *policy != baseline);
        let asked: Vec<&CheckedPolicy> = std::iter::once(baseline).chain(others).collect();
        let mut priced = setting.priced(&asked).into_iter();
        let Some(own) = priced.next() else {
            return Vec::new();
        };
        let baseline = Baseline::of(setting, own);
        let mut with_prices = Vec::with_capacity(policies.len());
        for policy in policies.iter().copied() {
            let own = if policy == setting.baseline {
                None
            } else {
                priced.next()
            };
            with_prices.push((policy, own));
        }
        with_prices
            .into_par_iter()
            .map(|(policy, own)| baseline.regime_of(policy, own, equal_budget))
            .collect()
    }

    fn of(setting: Setting<'a>, own: Priced) -> Self {
        let Setting { model, baseline } = setting;
        let (base, priced) = setting.solve(baseline, own, None);
        Baseline {
            reference: Reference::new(model, &base),
            prices_of_care: prices_of_care(model, &base, baseline),
            setting,
            base,
            priced,
        }
    }

    /// Works out a policy against it; under an equal budget with the baseline's appropriation.
    pub fn regime(&self, policy: &CheckedPolicy, equal_budget: bool) -> Regime {
        let own = if policy == self.setting.baseline {
            None
        } else {
            self.setting.priced(&[policy]).pop()
        };
        self.regime_of(policy, own, equal_budget)
    }

    /// Of a policy whose sharing is priced, or of the baseline itself.
    fn regime_of(&self, policy: &CheckedPolicy, own: Option<Priced>, equal_budget: bool) -> Regime {
        let (bare, priced) = match own {
            Some(own) => {
                let appropriation = equal_budget.then_some(self.usual_appropriation());
                self.setting.solve(policy, own, appropriation)
            }
            None => (self.base.clone(), self.priced.clone()),
        };
        Regime::new(self, policy, bare, priced)
    }

    /// What the baseline may spend at a budget multiplier of one (yuan a head and year).
    fn usual_appropriation(&self) -> f64 {
        self.base.money.appropriation / self.setting.baseline.policy.budget.multiplier
    }

    /// The society.
    pub(super) fn model(&self) -> &Model {
        self.setting.model
    }

    /// Its effects.
    pub(super) fn effects(&self) -> &Effects {
        &self.base.effects
    }

    /// The figures that a run's effects are relative to.
    pub(super) fn reference(&self) -> &Reference {
        &self.reference
    }

    /// Prices of care at which e* = 1 for the medium class (yuan per worker-year and unit of e).
    pub(super) fn prices_of_care(&self) -> &Table<Trade, f64> {
        &self.prices_of_care
    }
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

/// Money and effects alone.
#[derive(Clone, Debug)]
pub struct Bare {
    /// Public money.
    pub money: Money,
    /// Effects.
    pub effects: Effects,
}

/// What a policy's sharing costs.
#[derive(Clone, Debug)]
pub(super) struct Priced {
    /// Terms of settlement.
    pub(super) arrangement: Arrangement,
    /// Premiums.
    pub(super) tariff: Tariff,
    /// What it means for citizens' choices.
    pub(super) choices: citizen::Choices,
}

/// In which society, and against which baseline, a policy is worked out.
#[derive(Clone, Copy, Debug)]
struct Setting<'a> {
    model: &'a Model,
    baseline: &'a CheckedPolicy,
}

impl Setting<'_> {
    /// Prices the sharing of policies at the initial state.
    fn priced(&self, policies: &[&CheckedPolicy]) -> Vec<Priced> {
        let model = self.model;
        let asked: Vec<(Bare, Arrangement)> = policies
            .iter()
            .map(|policy| {
                let unsolved = self.bare(policy, Solved::default(), None);
                let arrangement = Arrangement::new(&model.society, &policy.policy, &model.world);
                (unsolved, arrangement)
            })
            .collect();
        let told: Vec<(&Bare, &Arrangement)> = asked.iter().map(|(of, own)| (of, own)).collect();
        let tariffs = price(model, &told);
        let priced = asked.into_par_iter().zip(tariffs).zip(policies);
        priced
            .map(|(((_, mut arrangement), tariff), policy)| {
                arrangement.treaties = tariff.treaties;
                Priced {
                    arrangement,
                    choices: citizen::Choices::new(model, &policy.policy, &self.baseline.policy),
                    tariff,
                }
            })
            .collect()
    }

    /// Splits a policy's budget: expected relief, rebuilding, premiums and the price of its levers first, the planned
    /// functions with the rest.
    fn solve(
        &self,
        policy: &CheckedPolicy,
        priced: Priced,
        appropriation: Option<f64>,
    ) -> (Bare, Priced) {
        let usual = self.lever_cost(self.baseline);
        let tariff = &priced.tariff;
        let solved = Solved {
            relief: tariff.relief_yuan_per_head + tariff.rebuilding_yuan_per_head,
            subsidy: tariff.public_premiums_yuan_per_head,
            levers: self
                .lever_cost(policy)
                .map(|function, yuan| yuan - usual[function]),
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
        let local = reached_locally(
            society,
            base.effects.sharing.responder_share,
            intervention.rescue_gear,
            base.effects.responsibility.volunteer_reach,
        );
        Reference {
            warned: intervention
                .warning
                .map(|_, warning| warning.expected_share()),
            trapped_lost: society.hazards.map(|_, hazard| {
                let capacity = intervention.response_capacity[Category::Natural];
                let exponent = society.natural.response_money_exponent;
                let hours = team_hours(hazard.team_hours, capacity, exponent);
                let saved = race_after(&society.natural, hazard, local, hours);
                1.0 - saved.at_scene - saved.by_teams
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
        ) * PlantAges::stationary(&society.accident)
            .rate_factor(&society.accident);
        let rate = facts.base_rate_per_100k_worker_years / 1e5;
        let exposure =
            society.enterprise.perceived_risk * rate * multiplier * (1.0 - facts.care_out_of_reach);
        enterprise::price_of_care(
            society.enterprise.care_kappa,
            exposure,
            stakes[trade][SizeClass::Medium].at_fault,
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
    let find_rate = find_rate(society, &base.effects, severity);
    let reports = reports_removal(society, &base.money, &base.effects);
    let removal = Removal::new(society, &base.effects, find_rate, reports);
    let removal = removal.rate(visits, RemovalOfTrade::new(&base.effects, trade));
    society.enterprise.backlog_growth_per_year * (1.0 - quality) / removal
}
