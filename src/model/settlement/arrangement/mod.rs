//! The arrangement of sharing that a policy and a society make together: every layer's terms as the
//! ladder needs them, in fen and shares.

use crate::model::settlement::ledger::LAYERS;
use crate::model::settlement::money::{Fen, share, split, weights};
use crate::model::settlement::reinsurance::Treaties;
use crate::model::settlement::terms::LayerTerms;
use crate::scenario::policy::LiabilityRule;
use crate::vocabulary::{Bearer, Level, Table};

mod resolve;

/// The governments that bear loss; grassroots have no purse of their own and count as their county.
pub const GOVERNMENTS: [Bearer; 4] = [
    Bearer::Centre,
    Bearer::Province,
    Bearer::City,
    Bearer::County,
];

/// How an amount is divided over [`GOVERNMENTS`] (shares, any sum).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Levels(pub [f64; 4]);

impl Levels {
    fn new(shares: &Table<Level, f64>) -> Self {
        let of = |level| shares[level];
        Levels([
            of(Level::Centre),
            of(Level::Province),
            of(Level::City),
            of(Level::County) + of(Level::Grassroots),
        ])
    }

    /// The mixture of two divisions, `towards` (0–1) of the other.
    #[must_use]
    pub fn mixed(self, other: Levels, towards: f64) -> Levels {
        let mut shares = self.0;
        for (share, other) in shares.iter_mut().zip(other.0) {
            *share += towards * (other - *share);
        }
        Levels(shares)
    }

    /// Splits an amount (fen) over the governments; a municipality's city share is its province's.
    pub fn split(self, amount: Fen, municipality: bool) -> [Fen; 4] {
        let mut parts = weights(&self.0);
        if municipality {
            parts[1] += std::mem::take(&mut parts[2]);
        }
        split(amount, &parts)
    }
}

/// What the ladder asks of a province.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ProvinceFacts {
    /// Gross domestic product (yuan a year).
    pub gdp_yuan: f64,
    /// Residents (people).
    pub people: u64,
    /// Whether its city owners are merged into it.
    pub municipality: bool,
}

/// Statutory social insurance and the tariff of bodily loss.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Statutory {
    /// Share of workers covered by work-injury insurance; 0 = there is none.
    pub work_injury_coverage: f64,
    /// Share of a covered worker's treatment that it pays.
    pub work_injury_treatment: f64,
    /// Statutory death tariff of a worker (fen).
    pub worker_death: Fen,
    /// Compensation tariff of a third party's death (fen).
    pub third_party_death: Fen,
    /// Share of treatment that basic medical insurance pays, coverage included; 0 = there is none.
    pub medical: f64,
}

/// The injurer's legal debt and its liability cover.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Liability {
    /// When an injurer owes.
    pub rule: LiabilityRule,
    /// Share ℓ of the harm that is owed.
    pub share: f64,
    /// Limit of work-safety liability insurance (fen a death).
    pub limit_per_death: Fen,
    /// Share of its premium that is spent on prevention.
    pub prevention_fee: f64,
}

impl Liability {
    /// Share of the harm that the injurer owes.
    pub fn owed_share(&self, negligent: bool) -> f64 {
        match self.rule {
            LiabilityRule::None => 0.0,
            LiabilityRule::Negligence if !negligent => 0.0,
            LiabilityRule::Negligence | LiabilityRule::Strict => self.share,
        }
    }
}

/// Covers that victims (or governments for them) buy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Covers {
    /// Share of an insured home's loss above the deductible that is paid; 0 = no household cover is
    /// sold, motor included.
    pub household: f64,
    /// Deductible (fen a home struck).
    pub household_deductible: Fen,
    /// Share of goods' loss that motor cover pays at mean income; grows with √(relative income).
    pub goods: f64,
    /// Most that it pays.
    pub goods_max: f64,
    /// Share of crops' and livestock's loss: take-up × (1 − deductible) × insured share of value.
    pub agricultural: f64,
    /// Share of enterprises' value that is insured.
    pub enterprise_take_up: f64,
    /// Terms of the insured. The value at risk is that of what was destroyed, hence the loss itself.
    pub enterprise: LayerTerms,
    /// Insured share of infrastructure.
    pub infrastructure: f64,
    /// Share of uninsured housing loss that government-bought cover pays.
    pub public: f64,
    /// Event loss (assets, fen) from which it pays.
    pub public_trigger: Fen,
    /// Whether household cover of third parties is asked after an accident.
    pub after_accidents: bool,
    /// Whether it then pays first and takes over the victim's claim on the injurer.
    pub recourse: bool,
}

impl Covers {
    /// Nobody buys any.
    pub const NONE: Covers = Covers {
        household: 0.0,
        household_deductible: 0,
        goods: 0.0,
        goods_max: 0.0,
        agricultural: 0.0,
        enterprise_take_up: 0.0,
        enterprise: LayerTerms::NONE,
        infrastructure: 0.0,
        public: 0.0,
        public_trigger: 0,
        after_accidents: false,
        recourse: false,
    };

    /// What household cover pays of a loss (fen) of some homes of which a share is insured:
    /// coverage × (insured loss − deductible of the insured homes).
    pub fn household_claim(&self, loss: Fen, insured_share: f64, homes: u32) -> Fen {
        let insured = share(loss, insured_share);
        let homes = f64::from(homes) * insured_share;
        let deductible = (self.household_deductible as f64 * homes + 0.5) as Fen;
        share((insured - deductible).max(0), self.household)
    }
}

/// The catastrophe pool and its reinsurance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PoolTerms {
    /// Layer on an event's eligible loss.
    pub layer: LayerTerms,
    /// Share of uninsured housing loss that is eligible.
    pub housing: f64,
    /// Share of uninsured enterprise loss that is eligible.
    pub enterprise: f64,
    /// Share of enterprises' uninsured own damage in accidents that is eligible.
    pub accident: f64,
    /// What the layer would pay in a calendar year stays below up to this (fen) …
    pub annual_attachment: Fen,
    /// … and is paid from there to this width (fen).
    pub annual_limit: Fen,
    /// Capital at the start (fen).
    pub capital: Fen,
    /// What the pool pays of an event above this is the reinsurers' (fen) …
    pub reinsurance_attachment: Fen,
    /// … up to this sum a year (fen).
    pub reinsurance_limit: Fen,
}

impl PoolTerms {
    /// There is no pool.
    pub const NONE: PoolTerms = PoolTerms {
        layer: LayerTerms::NONE,
        housing: 0.0,
        enterprise: 0.0,
        accident: 0.0,
        annual_attachment: 0,
        annual_limit: Fen::MAX,
        capital: 0,
        reinsurance_attachment: 0,
        reinsurance_limit: 0,
    };

    /// Whether reinsurers take over a part of what it pays.
    pub fn is_reinsured(&self) -> bool {
        self.layer.share > 0.0 && self.reinsurance_limit > 0
    }
}

impl PoolTerms {
    /// What is due in a year for layer payments that sum to `sum` (fen): min((sum − A)⁺, B).
    pub fn annual(&self, sum: Fen) -> Fen {
        (sum - self.annual_attachment).max(0).min(self.annual_limit)
    }
}

/// Parametric cover of governments.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct IndexTerms {
    /// Share of expected public need that a triggered county receives.
    pub share_of_need: f64,
    /// Intensity from which it pays.
    pub trigger: f64,
    /// Basis error: sd of log of payment over need.
    pub basis_sigma: f64,
    /// Most that a province receives a year (fen a head).
    pub limit_per_head: Fen,
}

/// Relief by governments.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ReliefTerms {
    /// Share of eligible need in ordinary events.
    pub share_ordinary: f64,
    /// Share of eligible need in catastrophes.
    pub share_catastrophe: f64,
    /// Provincial loss over product from which the share rises …
    pub from: f64,
    /// … to that at which it is that of catastrophes.
    pub full: f64,
    /// Eligible share of household goods.
    pub goods: f64,
    /// Eligible share of crops and livestock.
    pub crops: f64,
    /// Consolation (fen a death): a transfer, not a share of loss.
    pub consolation: Fen,
    /// Who pays in ordinary events.
    pub levels_ordinary: Levels,
    /// Who pays in catastrophes.
    pub levels_catastrophe: Levels,
}

impl ReliefTerms {
    /// 0 in ordinary events, 1 in catastrophes, linear in a province's loss over product between.
    pub fn severity(&self, loss_per_product: f64) -> f64 {
        if self.full > self.from {
            ((loss_per_product - self.from) / (self.full - self.from)).clamp(0.0, 1.0)
        } else {
            f64::from(u8::from(loss_per_product >= self.full))
        }
    }
}

/// Counterpart aid and gifts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AidTerms {
    /// Provincial loss over product above which other provinces help.
    pub counterpart_trigger: f64,
    /// Share of uncovered residents' property and public loss that they pay.
    pub counterpart: f64,
    /// Share of residents' uncovered property loss that gifts pay.
    pub charity: f64,
    /// The same when the event is famous.
    pub charity_famous: f64,
    /// Event loss (assets, fen) above which it is famous.
    pub famous_loss: Fen,
}

/// What premiums are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pricing {
    /// Loading over expected payment: commercial insurers, pool.
    pub insurer_loading: f64,
    /// Loading of statutory insurance.
    pub statutory_loading: f64,
    /// Loading of reinsurance.
    pub reinsurance_loading: f64,
    /// Insurers' capital in years of premium.
    pub capital_years: f64,
    /// Public share of household premiums.
    pub household_subsidy: f64,
    /// Public share of agricultural premiums.
    pub agricultural_subsidy: f64,
    /// Which governments pay subsidies, resident cover and parametric cover.
    pub levels: Levels,
}

/// Everything the ladder needs to know of a policy in a society.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrangement {
    /// Social insurance.
    pub statutory: Statutory,
    /// Liability.
    pub liability: Liability,
    /// Victims' own covers.
    pub covers: Covers,
    /// Pool and its reinsurance.
    pub pool: PoolTerms,
    /// Reinsurance of insurers.
    pub treaties: Treaties,
    /// Parametric cover.
    pub index: IndexTerms,
    /// Relief.
    pub relief: ReliefTerms,
    /// Counterpart aid and charity.
    pub aid: AidTerms,
    /// Which governments own public assets.
    pub public_owner: Levels,
    /// Days from loss to payment, by layer.
    pub days: [f64; LAYERS],
    /// Premiums.
    pub pricing: Pricing,
    /// Provinces, in the order of the world.
    pub provinces: Vec<ProvinceFacts>,
}

impl Arrangement {
    /// The loss lies where it falls: no insurance, liability, relief or aid.
    pub fn none(public_owner: Levels, provinces: Vec<ProvinceFacts>) -> Self {
        Arrangement {
            statutory: Statutory::default(),
            liability: Liability {
                rule: LiabilityRule::None,
                share: 0.0,
                limit_per_death: 0,
                prevention_fee: 0.0,
            },
            covers: Covers::NONE,
            pool: PoolTerms::NONE,
            treaties: Treaties::NONE,
            index: IndexTerms::default(),
            relief: ReliefTerms::default(),
            aid: AidTerms::default(),
            public_owner,
            days: [0.0; LAYERS],
            pricing: Pricing::default(),
            provinces,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_municipality_has_no_city_purse() {
        let levels = Levels([0.2, 0.25, 0.2, 0.35]);
        assert_eq!(levels.split(1000, false), [200, 250, 200, 350]);
        assert_eq!(levels.split(1000, true), [200, 450, 0, 350]);
    }

    #[test]
    fn severity_is_linear_between_the_thresholds() {
        let relief = ReliefTerms {
            from: 0.01,
            full: 0.21,
            ..ReliefTerms::default()
        };
        assert_eq!(relief.severity(0.005), 0.0);
        assert!((relief.severity(0.11) - 0.5).abs() < 1e-12);
        assert_eq!(relief.severity(0.5), 1.0);
    }

    #[test]
    fn an_injurer_owes_by_rule() {
        let owed = |rule, negligent| {
            let liability = Liability {
                rule,
                share: 0.7,
                limit_per_death: 0,
                prevention_fee: 0.0,
            };
            liability.owed_share(negligent)
        };
        assert_eq!(owed(LiabilityRule::None, true), 0.0);
        assert_eq!(owed(LiabilityRule::Negligence, false), 0.0);
        assert_eq!(owed(LiabilityRule::Negligence, true), 0.7);
        assert_eq!(owed(LiabilityRule::Strict, false), 0.7);
    }
}
