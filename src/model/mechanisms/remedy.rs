//! Root-cause remedy 风险根治: institution, management, technology. Slow, costly, lasting.
//!
//! *What it does.* Closes the gap of regulation for new kinds of activity, has found hazards mended,
//! raises management quality, renews plant, supervises hazards online, and builds protective works.
//!
//! *Equations.* Stock of unregulated activity ∝ regulation lag (Little's law: arrivals × lag). Works:
//! K ← K − δK + δ·spend/custom; loss factor m + (1 − m)·e^{−ρ(K − 1)/(1 − m)} (1 at K = 1, slope −ρ,
//! floor m). Retrofit money m (relative to custom) at the share σ of the price renews min(m·σ₀/σ, A·σ/σ₀)
//! times what is customary: a smaller share reaches further until too few apply. Online supervision of the
//! share D of establishments finds D·v of their open hazards a year. Plant: age bins with renewal, f_τ = mean of 1 + (T − 1)(1 − e^{−τ/τ₀}) over the bins.

use std::array;

use serde::{Deserialize, Serialize};

use super::{Money, responsibility};
use crate::model::WEEK;
use crate::model::transcendental::exp;
use crate::scenario::policy::Remedy;
use crate::scenario::society::{Accident, Society};
use crate::vocabulary::{BudgetFunction, Category, Phase, Table, Trade};

/// Number of age bins of plant.
pub const AGE_BINS: usize = 6;
/// Edges of the age bins (years); the last bin ends at the customary age limit.
pub const AGE_EDGES: [f64; AGE_BINS] = [0.0, 5.0, 10.0, 15.0, 20.0, 30.0];

/// Share of the plant beyond the age limit that a week retires, 1 − 2^{−2/52}: half of it in half a year.
const RETIRED_IN_A_WEEK: f64 = 0.026_307_279_302_565_822;

/// What the mechanism hands to the engine.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Share of found hazards that are mended.
    pub rectified_share: f64,
    /// Self-checks relative to custom.
    pub self_check_multiplier: f64,
    /// Quality of management towards which firms grow.
    pub quality_target: f64,
    /// Share of activity that no rule covers, in the long run.
    pub novel_share: f64,
    /// How fast the unregulated share moves there (1/year).
    pub novel_speed: f64,
    /// Age at which plant is retired (years).
    pub retirement_age: f64,
    /// Share of old plant that is relocated to poorer provinces (1/year).
    pub relocation: f64,
    /// Extra renewal of plant over ten years by subsidy (1/year).
    pub subsidised_renewal: f64,
    /// Share of the price of new plant that subsidy pays.
    pub subsidy_share: f64,
    /// Open hazards found online (share a year), by trade.
    pub found_online: Table<Trade, f64>,
    /// What connection and quality cost an establishment beyond the baseline (share of the standard cost of
    /// care), by trade.
    pub private_cost_share: Table<Trade, f64>,
    /// Share of found hazards mended beyond the baseline's.
    pub mended_beyond: f64,
    /// Spending on protective works relative to custom.
    pub works_money: f64,
}

/// The effect of a policy's remedy table, its money and its execution.
pub fn effect(
    levers: &Remedy,
    society: &Society,
    money: &Money,
    executed: &responsibility::Relative,
    custom: &Remedy,
) -> Effect {
    let prevent = executed[Category::Accident][Phase::Prevent];
    let rectified_share = (levers.rectification_share * prevent).min(0.99);
    let applications = society.government.retrofit_applications;
    let reach = custom.retrofit_subsidy_share / levers.retrofit_subsidy_share;
    let renewed = renewed_by_subsidy(money.relative(BudgetFunction::Remedy), reach, applications);
    let enterprise = &society.enterprise;
    let connected = society.trades.map(|_, trade| {
        if trade.safety_liability_compulsory {
            levers.digital_supervision
        } else {
            0.0
        }
    });
    let quality = enterprise.quality_cost_share * (levers.quality_target - custom.quality_target);
    Effect {
        rectified_share,
        mended_beyond: rectified_share - custom.rectification_share,
        found_online: connected.map(|_, share| enterprise.online_found_per_year * share * prevent),
        private_cost_share: connected
            .map(|_, share| quality + enterprise.online_cost_share * share),
        subsidy_share: levers.retrofit_subsidy_share,
        self_check_multiplier: levers.self_check_multiplier,
        quality_target: levers.quality_target,
        novel_share: (society.accident.novel_share * levers.regulation_lag_years
            / custom.regulation_lag_years)
            .min(1.0),
        novel_speed: 1.0 / levers.regulation_lag_years.max(0.1),
        retirement_age: levers.retirement_age_years,
        relocation: levers.relocation_share_per_year,
        subsidised_renewal: society.government.retrofit_renewal_per_subsidy_year * (renewed - 1.0),
        works_money: money.relative(BudgetFunction::Works),
    }
}

/// Plant renewed by subsidy relative to custom: money `m` (relative to custom) reaches `reach` times as far as
/// at the customary share of the price, as far as firms apply: min(m·σ₀/σ, A·σ/σ₀), reach = σ₀/σ.
pub fn renewed_by_subsidy(money: f64, reach: f64, applications: f64) -> f64 {
    (money * reach).min(applications / reach)
}

/// Factor on loss of a stock of works `k` (baseline 1) with effect ρ and floor m.
pub fn works_factor(k: f64, rho: f64, floor: f64) -> f64 {
    floor + (1.0 - floor) * exp(-rho * (k - 1.0) / (1.0 - floor))
}

/// Share of the old plant of sending provinces that stands elsewhere after `h` years: plant moves at
/// `rate`, and what moved is renewed like any other at `renewal`: m∞ = rate/(rate + renewal).
pub fn relocated_after(moved: f64, rate: f64, renewal: f64, h: f64) -> f64 {
    let target = rate / (rate + renewal);
    target + (moved - target) * exp(-(rate + renewal) * h)
}

/// What plant from some age on makes of a trade.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OldPlant {
    /// Its share of the plant.
    pub share: f64,
    /// Its share of the accidents.
    pub risk: f64,
}

/// Plant that a week retires before its time (shares of the trade's plant).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Early {
    /// Because a rule bids it.
    pub by_rule: f64,
    /// Because subsidy makes its owner replace it.
    pub by_subsidy: f64,
}

/// Age bins of plant of one trade: shares that sum to one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlantAges(pub [f64; AGE_BINS]);

impl PlantAges {
    /// The stationary bins at the customary renewal rate.
    pub fn stationary(accident: &Accident) -> Self {
        let mut share = [0.0; AGE_BINS];
        let mut inflow = 1.0;
        for (bin, value) in share.iter_mut().enumerate() {
            let ageing = 1.0 / width(bin, accident);
            *value = inflow / (ageing + Self::renewal(accident));
            inflow = *value * ageing;
        }
        let total: f64 = share.iter().sum();
        PlantAges(share.map(|s| s / total))
    }

    /// Customary renewal rate (1/year) that gives the stated mean age.
    pub fn renewal(accident: &Accident) -> f64 {
        1.0 / accident.plant_age_mean_years
    }

    /// Factor on the rate in each bin of ages: 1 + (T − 1)(1 − e^{−τ/τ₀}) at its middle.
    pub fn factors(accident: &Accident) -> [f64; AGE_BINS] {
        let ceiling = accident.plant_age_ceiling - 1.0;
        let mut factors = [1.0; AGE_BINS];
        if ceiling == 0.0 {
            return factors;
        }
        for (bin, factor) in factors.iter_mut().enumerate() {
            let middle = AGE_EDGES[bin] + 0.5 * width(bin, accident);
            *factor = 1.0 + ceiling * (1.0 - exp(-middle / accident.plant_age_tau_years));
        }
        factors
    }

    /// Mean of the [factors](Self::factors) of the bins.
    pub fn mean(&self, factors: &[f64; AGE_BINS]) -> f64 {
        let bins = self.0.iter().zip(factors);
        bins.map(|(share, factor)| share * factor).sum()
    }

    /// Mean factor on the rate.
    pub fn rate_factor(&self, accident: &Accident) -> f64 {
        self.mean(&Self::factors(accident))
    }

    /// Plant of at least `age` years, with the [factors](Self::factors) of the bins; within a bin, ages are taken as even.
    pub fn old(&self, accident: &Accident, factors: &[f64; AGE_BINS], age: f64) -> OldPlant {
        let (mut share, mut risk) = (0.0, 0.0);
        for (bin, part) in self.0.iter().enumerate() {
            let span = width(bin, accident);
            let within = ((AGE_EDGES[bin] + span - age) / span).clamp(0.0, 1.0);
            share += within * part;
            risk += within * part * factors[bin];
        }
        OldPlant {
            share,
            risk: risk / self.mean(factors),
        }
    }

    /// One week of ageing, renewal and retirement. Returns the shares retired before their time.
    pub fn week(&mut self, of: &Ageing) -> Early {
        let before = self.0;
        let [mut older, mut gone, mut retired] = [[0.0; AGE_BINS]; 3];
        for bin in 0..AGE_BINS {
            older[bin] = before[bin] * WEEK / of.spans[bin];
            gone[bin] = before[bin] * of.renewal[bin] * WEEK;
            retired[bin] = before[bin] * of.over[bin] * RETIRED_IN_A_WEEK;
        }
        let mut renewed = 0.0;
        let mut early = Early::default();
        for bin in 0..AGE_BINS {
            self.0[bin] -= older[bin] + gone[bin] + retired[bin];
            renewed += gone[bin] + retired[bin];
            early.by_rule += retired[bin];
            early.by_subsidy += before[bin] * of.subsidised[bin] * WEEK;
            if bin + 1 < AGE_BINS {
                self.0[bin + 1] += older[bin];
            } else {
                renewed += older[bin];
            }
        }
        self.0[0] += renewed;
        early
    }
}

/// What moves the plant of a trade from bin to bin: the same in every week.
#[derive(Clone, Copy, Debug)]
pub struct Ageing {
    /// Years that each bin spans.
    spans: [f64; AGE_BINS],
    /// Renewal of each (1/year).
    renewal: [f64; AGE_BINS],
    /// What of it is due to subsidy (1/year).
    subsidised: [f64; AGE_BINS],
    /// Share of each that is too old to stay.
    over: [f64; AGE_BINS],
}

impl Ageing {
    /// With customary renewal and `extra_renewal` (1/year) besides, by subsidy from ten years on, and retirement at
    /// `limit` years (with a half-life of half a year).
    pub fn new(accident: &Accident, extra_renewal: f64, limit: f64) -> Self {
        let customary = PlantAges::renewal(accident);
        let slower = extra_renewal.min(0.0).max(-0.5 * customary);
        let spans = array::from_fn(|bin| width(bin, accident));
        let subsidised = AGE_EDGES.map(|edge| {
            if edge >= 10.0 {
                extra_renewal.max(0.0)
            } else {
                0.0
            }
        });
        Ageing {
            spans,
            renewal: subsidised.map(|extra| customary + extra + slower),
            subsidised,
            over: array::from_fn(|bin| {
                ((AGE_EDGES[bin] + spans[bin] - limit) / spans[bin]).clamp(0.0, 1.0)
            }),
        }
    }
}

fn width(bin: usize, accident: &Accident) -> f64 {
    let end = AGE_EDGES
        .get(bin + 1)
        .copied()
        .unwrap_or(accident.plant_age_limit_years);
    end - AGE_EDGES[bin]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::world::sample::society;

    #[test]
    fn half_of_what_is_too_old_is_retired_in_half_a_year() {
        let retired = 1.0 - exp(-WEEK * 2.0 * std::f64::consts::LN_2);
        assert_eq!(RETIRED_IN_A_WEEK, retired);
    }

    #[test]
    fn plant_ages_where_renewal_slows_and_grows_young_where_it_is_paid_for() {
        let mut accident = society().0.accident;
        accident.plant_age_ceiling = 2.0;
        accident.plant_age_mean_years = 10.0;
        accident.plant_age_tau_years = 15.0;
        let after = |extra: f64| {
            let mut plant = PlantAges::stationary(&accident);
            for _ in 0..104 {
                plant.week(&Ageing::new(&accident, extra, 100.0));
            }
            plant.rate_factor(&accident)
        };
        let usual = after(0.0);
        assert!(after(-0.02) > usual * 1.001, "{} {usual}", after(-0.02));
        assert!(after(0.02) < usual * 0.999, "{} {usual}", after(0.02));
    }

    /// At 0.1 a year against a renewal of 0.1 half the old plant ends elsewhere; after a year
    /// ½(1 − e^{−0.2}) = 0.090635.
    #[test]
    fn relocation_by_hand() {
        assert!((relocated_after(0.0, 0.1, 0.1, 1.0) - 0.090_634_6).abs() < 1e-6);
        assert!((relocated_after(0.2, 0.1, 0.1, 1e3) - 0.5).abs() < 1e-12);
        assert_eq!(relocated_after(0.0, 0.0, 0.1, 1.0), 0.0);
    }

    /// Two bins of equal share, 0–5 and 30 and over (T = 2, τ₀ = 15, limit 60): factors 2 − e^{−1/6} =
    /// 1.153518 and 2 − e^{−3} = 1.950213; the old half has 1.950213/3.103731 of the accidents.
    #[test]
    fn old_plant_has_more_than_its_share_of_accidents() {
        let mut accident = society().0.accident;
        accident.plant_age_ceiling = 2.0;
        accident.plant_age_tau_years = 15.0;
        accident.plant_age_limit_years = 60.0;
        let old = PlantAges([0.5, 0.0, 0.0, 0.0, 0.0, 0.5]).old(
            &accident,
            &PlantAges::factors(&accident),
            20.0,
        );
        assert_eq!(old.share, 0.5);
        assert!(
            (old.risk - 1.950_213 / 3.103_731).abs() < 1e-6,
            "{}",
            old.risk
        );
        let half = PlantAges([0.0, 0.0, 0.0, 0.0, 0.0, 1.0]).old(
            &accident,
            &PlantAges::factors(&accident),
            45.0,
        );
        assert!((half.share - 0.5).abs() < 1e-12);
    }

    /// Twice the money at the customary share renews twice the plant, at half of the share four times as much,
    /// unless firms that would take up three times the customary money apply for half of that.
    #[test]
    fn subsidy_by_hand() {
        assert_eq!(renewed_by_subsidy(2.0, 1.0, 30.0), 2.0);
        assert_eq!(renewed_by_subsidy(2.0, 2.0, 30.0), 4.0);
        assert_eq!(renewed_by_subsidy(2.0, 2.0, 3.0), 1.5);
    }

    /// A year's 0.052 of plant over ten years is replaced at 0.104 a year in 52 weeks of 0.002 each, on half of
    /// the plant: 0.001 of all in the first week.
    #[test]
    fn subsidised_renewal_is_counted_apart() {
        let mut accident = society().0.accident;
        accident.plant_age_limit_years = 60.0;
        let mut ages = PlantAges([0.5, 0.0, 0.5, 0.0, 0.0, 0.0]);
        let early = ages.week(&Ageing::new(&accident, 0.104, 60.0));
        assert!((early.by_subsidy - 0.001).abs() < 1e-15, "{early:?}");
        assert_eq!(early.by_rule, 0.0);
        assert!((ages.0.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    /// Of plant of 10–15 years three fifths are beyond a limit of 12, and go at 2 ln 2 a year.
    #[test]
    fn plant_beyond_the_limit_goes_by_rule() {
        let mut accident = society().0.accident;
        accident.plant_age_limit_years = 60.0;
        let mut ages = PlantAges([0.5, 0.0, 0.5, 0.0, 0.0, 0.0]);
        let early = ages.week(&Ageing::new(&accident, 0.0, 12.0));
        let known = 0.5 * 0.6 * (1.0 - exp(-2.0 * std::f64::consts::LN_2 / 52.0));
        assert!((early.by_rule - known).abs() < 1e-15, "{early:?}");
        assert_eq!(early.by_subsidy, 0.0);
    }

    #[test]
    fn works_factor_is_one_at_custom_with_slope_minus_rho() {
        assert_eq!(works_factor(1.0, 0.9, 0.4), 1.0);
        let slope = (works_factor(1.0 + 1e-6, 0.9, 0.4) - 1.0) / 1e-6;
        assert!((slope + 0.9).abs() < 1e-5);
        assert!(works_factor(50.0, 0.9, 0.4) >= 0.4);
    }
}
