//! The private stake D of an enterprise in one accident: what *it* expects to pay.
//!
//! *Equation.* D = E\[min(A, ℓH − I + fines)\] + own damage borne + ε·E\[I\]·P(rated) + closure +
//! sanctions that money cannot buy off + small injuries, over the law of deaths N and of liquid
//! assets A (lognormal): the expectation of the minimum, not the minimum of the expectation, so the
//! judgment-proof firm pays little. I = min(limit, (1 − δ)ℓH) for the insured share ι of firms, so that
//! with ample assets D = (1 − k + εk)·H with k = ι(1 − δ): ε acts on what the insurer paid, not on the
//! deductible. What is concealed costs only if it comes out, then (1 + f) times. Shavell 1980, 1986;
//! limited expected values as in Klugman, Panjer & Willmot, Loss Models.
//!
//! Under negligence a firm at the standard owes nothing for harm to others; how far it trusts in that
//! is `due_care_trusted`. Duties to its own workers need no fault where work-injury insurance is law.

use libm::sqrt;

use crate::model::agents::reporting::{self, Climate};
use crate::model::hazards::accident;
use crate::model::hazards::candidates::WEEKS_PER_YEAR;
use crate::model::mechanisms::Effects;
use crate::model::mechanisms::avoidance::Ceiling;
use crate::model::transcendental::{exp, pow};
use crate::scenario::policy::{LiabilityRule, Sharing};
use crate::scenario::society::{Government, Society, TradeFacts};
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
    /// Share of that debt which care at the standard is trusted to free of: 0 unless under negligence.
    pub excused_share: f64,
    /// Whether employers owe their workers without fault.
    pub statutory_duty: bool,
    /// Share of establishments with liability cover, by trade.
    pub take_up: Table<Trade, f64>,
    /// Share of an insured claim charged back.
    pub experience_rating: f64,
    /// Limit of the cover (yuan a death); 0 = no cover.
    pub limit_per_death: f64,
    /// Share of compensation that work-injury insurance leaves to the employer.
    pub employer_share: f64,
    /// Ceiling on the dead of one accident.
    pub ceiling: Ceiling,
}

impl Terms {
    /// Terms from the effects of a policy.
    pub fn new(society: &Society, effects: &Effects, sharing: &Sharing) -> Self {
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
            excused_share: if owned.liability_rule == LiabilityRule::Negligence {
                society.enterprise.due_care_trusted
            } else {
                0.0
            },
            statutory_duty: sharing.work_injury,
            take_up: effects.sharing.liability_take_up.clone(),
            experience_rating: effects.sharing.experience_rating,
            limit_per_death: sharing.safety_liability.limit_yuan_per_death,
            employer_share: 1.0 - covered,
            ceiling: effects.avoidance.ceiling,
        }
    }
}

/// Private stake in an accident (yuan).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stake {
    /// With care below the standard, or under strict liability.
    pub at_fault: f64,
    /// With care at the standard.
    pub with_due_care: f64,
}

/// Stake by trade and size class (yuan an accident).
pub fn stakes(society: &Society, terms: &Terms) -> Table<Trade, Table<SizeClass, Stake>> {
    Table::from_fn(|trade| Table::from_fn(|size| stake(society, terms, trade, size)))
}

/// Stake of one trade and size class (yuan an accident).
pub fn stake(society: &Society, terms: &Terms, trade: Trade, size: SizeClass) -> Stake {
    let firm = Firm {
        society,
        terms,
        take_up: terms.take_up[trade],
        facts: &society.trades[trade],
        size,
    };
    let at_fault = firm.stake(0.0);
    let with_due_care = if terms.excused_share > 0.0 {
        firm.stake(terms.excused_share)
    } else {
        at_fault
    };
    Stake {
        at_fault,
        with_due_care,
    }
}

/// Share of a fine that is expected: a part is fixed by law, the rest follows the severity of sanctions.
pub fn fine_severity(government: &Government, severity: f64) -> f64 {
    (1.0 - government.fine_severity_share) + government.fine_severity_share * severity
}

/// A firm whose stake is reckoned.
struct Firm<'a> {
    society: &'a Society,
    terms: &'a Terms,
    take_up: f64,
    facts: &'a TradeFacts,
    size: SizeClass,
}

impl Firm<'_> {
    /// The stake of a firm that the share `excused` of its debt to others is forgiven.
    fn stake(&self, excused: f64) -> f64 {
        let rules = &self.society.enterprise;
        let facts = self.facts;
        let class = &facts.sizes[self.size];
        let mut expected = 0.0;
        for point in 0..SEVERITY_POINTS {
            let u = (point as f64 + 0.5) / SEVERITY_POINTS as f64;
            let at_severity = |cap| {
                let deaths = if u < facts.fatal_share {
                    accident::potential_deaths(u / facts.fatal_share, facts.deaths_tail_alpha, cap)
                } else {
                    0
                };
                self.at_severity(deaths, excused)
            };
            expected +=
                self.terms.ceiling.mean(class.deaths_cap, at_severity) / SEVERITY_POINTS as f64;
        }
        let worker_deaths = facts.fatal_share
            * (1.0 - facts.third_party_share)
            * self.terms.ceiling.mean(class.deaths_cap, |cap| {
                accident::expected_potential_deaths(facts.deaths_tail_alpha, cap)
            });
        let small = worker_deaths
            * self.society.accident.small_injuries_per_worker_death
            * rules.nonfatal_cost_yuan;
        expected + self.own_damage_borne() + self.closure() + small
    }

    /// Own damage that the firm bears (yuan): √(assets/damage) of it where it cannot even pay that.
    fn own_damage_borne(&self) -> f64 {
        let own = self.facts.own_damage_yuan_per_accident
            * accident::mean_own_damage_multiple(&self.society.accident);
        if own <= 0.0 {
            return 0.0;
        }
        let assets = self.facts.sizes[self.size].assets_liquid_median_yuan;
        own * sqrt((assets / own).min(1.0)) * self.society.enterprise.own_damage_uninsured_share
    }

    /// Margin lost while the establishment is closed after an ordinary accident (yuan).
    fn closure(&self) -> f64 {
        let rules = &self.society.enterprise;
        let workers = self.society.sizes[self.size].workers_mean;
        let weeks = self.society.accident.suspension_weeks[Grade::Ordinary];
        (weeks / f64::from(WEEKS_PER_YEAR)
            * self.facts.value_added_yuan_per_worker_year
            * workers
            * rules.closure_margin_share)
            .min(rules.closure_cost_max_yuan)
    }

    /// Harm owed after an accident with this many deaths (yuan), before the liability share: all of it,
    /// and what of it due care can free of.
    fn harm(&self, deaths: u32) -> (f64, f64) {
        let facts = self.facts;
        let accident = &self.society.accident;
        let n = f64::from(deaths);
        let worker = self.society.sharing.work_injury_death_grant_yuan * self.terms.employer_share;
        let third = accident.compensation_third_party_yuan_per_death;
        let hurt = if deaths == 0 {
            self.society.enterprise.nonfatal_harm_yuan
        } else {
            0.0
        };
        let property = accident.property_share_of_third_party
            * facts.own_damage_yuan_per_accident
            * accident::mean_own_damage_multiple(accident)
            * facts.third_party_share;
        let all = n * ((1.0 - facts.third_party_share) * worker + facts.third_party_share * third)
            + hurt
            + property;
        let others = if self.terms.statutory_duty {
            facts.third_party_share * (n * third + hurt) + property
        } else {
            all
        };
        (all, others)
    }

    /// What the firm expects to pay after an accident with this many deaths (yuan).
    fn at_severity(&self, deaths: u32, excused: f64) -> f64 {
        let (terms, rules) = (self.terms, &self.society.enterprise);
        let government = &self.society.government;
        let grade = Grade::of_deaths(deaths);
        let (all, others) = self.harm(deaths);
        let owed = terms.liability_share * all - terms.liability_share * excused * others;
        let choice = reporting::choice(
            deaths,
            self.facts.sizes[self.size].witnesses,
            terms.climate,
            &self.society.reporting,
            government,
        );
        let reported = 1.0 - choice.conceal;
        let found = choice.conceal * choice.conceal_exposed;
        let severity = terms.climate.severity;
        let (fined, sanctioned) = if deaths > 0 {
            (1.0, 1.0)
        } else {
            (rules.nonfatal_fined_share, rules.nonfatal_sanction_share)
        };
        let fine = government.fine_accident_yuan[grade]
            * government.fine_imposed_share
            * fined
            * fine_severity(government, severity);
        let cover = (terms.limit_per_death * f64::from(deaths.max(1)))
            .min((1.0 - rules.uninsured_claim_share) * owed);
        let paid = |due: f64| {
            reported * self.limited(due)
                + found * self.limited(due * (1.0 + terms.climate.aggravation))
        };
        let liability =
            self.take_up * paid(owed - cover + fine) + (1.0 - self.take_up) * paid(owed + fine);
        let charged_back =
            self.take_up * terms.experience_rating * cover * self.rated(owed - cover + fine);
        let workers = self.society.sizes[self.size].workers_mean;
        let weight = pow(
            workers / rules.sanction_reference_workers,
            rules.sanction_size_exponent,
        )
        .min(1.0);
        let unpriced = rules.sanction_not_money_yuan
            * sqrt(government.sanction_scale[grade])
            * sanctioned
            * severity
            * (reported + found);
        liability + charged_back + unpriced * weight
    }

    /// Liquid assets on the grid (yuan).
    fn assets(&self) -> impl Iterator<Item = f64> {
        let sigma = self.society.enterprise.asset_sigma_log;
        let median = self.facts.sizes[self.size].assets_liquid_median_yuan;
        ASSET_POINTS.iter().map(move |z| median * exp(sigma * z))
    }

    /// E\[min(A, due)\] over the asset grid (yuan).
    fn limited(&self, due: f64) -> f64 {
        self.assets().map(|a| a.min(due.max(0.0))).sum::<f64>() / ASSET_POINTS.len() as f64
    }

    /// Probability that later premiums reach the firm after it paid `due` (yuan): it survived, or its
    /// record passes to whoever takes it over.
    fn rated(&self, due: f64) -> f64 {
        let ruined = self.assets().filter(|a| *a < due).count() as f64 / ASSET_POINTS.len() as f64;
        1.0 - ruined * (1.0 - self.society.enterprise.rating_after_ruin_share)
    }
}

#[cfg(test)]
mod tests;
