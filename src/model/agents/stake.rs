//! The private stake D of an enterprise in one accident: what *it* expects to pay.
//!
//! *Equation.* D = E\[min(A, ℓH − I + fines)\] + own damage + ε·E\[I\] + sanctions that money cannot
//! buy off + n_nf·D_nf, over the law of deaths N and of liquid assets A (lognormal): the expectation
//! of the minimum, not the minimum of the expectation, so the judgment-proof firm pays little. What
//! is concealed costs only if it comes out, then (1 + f) times. Shavell 1980, 1986; limited expected
//! values as in Klugman, Panjer & Willmot, Loss Models.

use libm::sqrt;

use crate::model::agents::reporting::{self, Climate};
use crate::model::hazards::accident;
use crate::model::transcendental::{exp, pow};
use crate::scenario::policy::{LiabilityRule, Sharing};
use crate::scenario::society::{Society, TradeFacts};
use crate::vocabulary::{Grade, SizeClass, Table, Trade};

/// Points of the severity grid.
const SEVERITY_POINTS: usize = 200;
/// Quintile midpoints of the standard normal, for the asset grid.
const ASSET_POINTS: [f64; 5] = [-1.28, -0.52, 0.0, 0.52, 1.28];

/// What the stake depends on besides the trade and size.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Reporting climate.
    pub climate: Climate,
    /// Share of the harm owed, 0 under no liability.
    pub liability_share: f64,
    /// Share of establishments with liability cover, by trade.
    pub take_up: Table<Trade, f64>,
    /// Share of an insured claim charged back.
    pub experience_rating: f64,
    /// Limit of the cover (yuan a death); 0 = no cover.
    pub limit_per_death: f64,
    /// Share of compensation that work-injury insurance leaves to the employer.
    pub employer_share: f64,
}

impl Terms {
    /// Terms from the effects of a policy.
    pub fn new(
        society: &Society,
        effects: &super::super::mechanisms::Effects,
        sharing: &Sharing,
    ) -> Self {
        let owned = &effects.responsibility;
        let covered = if sharing.work_injury {
            society.sharing.work_injury_coverage
        } else {
            0.0
        };
        Terms {
            climate: Climate {
                severity: owned.sanction_severity(),
                exposure: owned.exposure_multiplier,
                aggravation: owned.concealment_aggravation,
            },
            liability_share: if owned.liability_rule == LiabilityRule::None {
                0.0
            } else {
                owned.liability_share
            },
            take_up: effects.sharing.liability_take_up.clone(),
            experience_rating: effects.sharing.experience_rating,
            limit_per_death: sharing.safety_liability.limit_yuan_per_death,
            employer_share: 1.0 - covered,
        }
    }
}

/// Stake by trade and size class (yuan an accident).
pub fn stakes(society: &Society, terms: &Terms) -> Table<Trade, Table<SizeClass, f64>> {
    society
        .trades
        .map(|trade, facts| Table::from_fn(|size| stake(society, terms, trade, facts, size)))
}

fn stake(
    society: &Society,
    terms: &Terms,
    trade: Trade,
    facts: &TradeFacts,
    size: SizeClass,
) -> f64 {
    let class = &facts.sizes[size];
    let mut expected = 0.0;
    for point in 0..SEVERITY_POINTS {
        let u = (point as f64 + 0.5) / SEVERITY_POINTS as f64;
        let deaths = if u < facts.fatal_share {
            accident::potential_deaths(
                u / facts.fatal_share,
                facts.deaths_tail_alpha,
                class.deaths_cap,
            )
        } else {
            0
        };
        expected +=
            at_severity(society, terms, trade, facts, size, deaths) / SEVERITY_POINTS as f64;
    }
    let own =
        facts.own_damage_yuan_per_accident * accident::mean_own_damage_multiple(&society.accident);
    let own_borne = own * sqrt((class.assets_liquid_median_yuan / own).min(1.0)) * 0.5;
    let workers = society.sizes[size].workers_mean;
    let closed_weeks = society.accident.suspension_weeks[Grade::Ordinary];
    let closure =
        (closed_weeks / 52.0 * facts.value_added_yuan_per_worker_year * workers * 0.3).min(5e6);
    let worker_deaths = facts.fatal_share
        * (1.0 - facts.third_party_share)
        * accident::expected_potential_deaths(facts.deaths_tail_alpha, class.deaths_cap);
    let small = worker_deaths
        * society.accident.small_injuries_per_worker_death
        * society.enterprise.nonfatal_cost_yuan;
    expected + own_borne + closure + small
}

/// Harm to others owed after an accident with this many deaths (yuan), before the liability share.
fn harm(society: &Society, terms: &Terms, facts: &TradeFacts, deaths: u32) -> f64 {
    let n = f64::from(deaths);
    let worker = society.sharing.work_injury_death_grant_yuan * terms.employer_share;
    let third = society.accident.compensation_third_party_yuan_per_death;
    let hurt = if deaths == 0 { 1e5 } else { 0.0 };
    n * ((1.0 - facts.third_party_share) * worker + facts.third_party_share * third)
        + hurt
        + society.accident.property_share_of_third_party
            * facts.own_damage_yuan_per_accident
            * accident::mean_own_damage_multiple(&society.accident)
            * facts.third_party_share
}

fn at_severity(
    society: &Society,
    terms: &Terms,
    trade: Trade,
    facts: &TradeFacts,
    size: SizeClass,
    deaths: u32,
) -> f64 {
    let government = &society.government;
    let class = &facts.sizes[size];
    let grade = Grade::of_deaths(deaths);
    let owed = terms.liability_share * harm(society, terms, facts, deaths);
    let choice = reporting::choice(
        deaths,
        class.witnesses,
        terms.climate,
        &society.reporting,
        government,
    );
    let reported = 1.0 - choice.conceal;
    let found = choice.conceal * choice.conceal_exposed;
    let severity = terms.climate.severity;
    let fatal = if deaths > 0 { 1.0 } else { 0.15 };
    let fine = government.fine_accident_yuan[grade]
        * government.fine_imposed_share
        * fatal
        * (0.5 + 0.5 * severity);
    let cover = (terms.limit_per_death * f64::from(deaths.max(1))).min(0.9 * owed);
    let take_up = terms.take_up[trade];
    let paid = |due: f64| {
        let seen = limited(society, class.assets_liquid_median_yuan, due);
        let hidden = limited(
            society,
            class.assets_liquid_median_yuan,
            due * (1.0 + terms.climate.aggravation),
        );
        reported * seen + found * hidden
    };
    let liability = take_up * paid(owed - cover + fine) + (1.0 - take_up) * paid(owed + fine);
    let charged_back = take_up * terms.experience_rating * cover;
    let workers = society.sizes[size].workers_mean;
    let weight = pow(workers / 41.0, 0.25).min(1.0);
    let unpriced = society.enterprise.sanction_not_money_yuan
        * sqrt(government.sanction_scale[grade])
        * (if deaths > 0 { 1.0 } else { 0.1 })
        * severity
        * (reported + found);
    liability + charged_back + unpriced * weight
}

/// E\[min(A, due)\] over the asset grid (yuan).
fn limited(society: &Society, median: f64, due: f64) -> f64 {
    let sigma = society.enterprise.asset_sigma_log;
    let assets = ASSET_POINTS.iter().map(|z| median * exp(sigma * z));
    assets.map(|a| a.min(due.max(0.0))).sum::<f64>() / ASSET_POINTS.len() as f64
}
