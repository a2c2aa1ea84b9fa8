//! Risk avoidance 风险规避: what is refused, moved or screened before it can do harm.
//!
//! *What it does.* Rates sources and sends inspectors by the rating; refuses the worst-rated
//! applications; keeps distance between plants and homes; sets a ceiling on what one event can do;
//! limits crowds; assesses the social stability of major decisions; turns protection towards the
//! vulnerable; supervises food.
//!
//! *Why it should work.* What is not admitted needs no rescue. A rating of limited accuracy refuses
//! some who are harmless (a cost) and admits some who are not.
//!
//! *Equations.* Refusing a share r by a rating with correlation ρ to true quality (sd σ) raises the
//! mean of those admitted by ρσφ(z_r)/(1 − r), z_r = Φ⁻¹(r). The share of the refused who are no
//! worse than average is P(q > 0 | rating < z_r), with q given its mean and variance there taken as normal.
//! Visits go with (rated risk)^{0.35a} within bounds, a the share of risk-based inspection. A ceiling D on
//! the dead makes the most that can die min(cap, D) where it is kept.

use crate::model::lanes::{ABREAST, Abreast};
use crate::model::random::{normal_probability, normal_quantile};
use crate::model::transcendental::{exp, exps, logs, pows};
use crate::scenario::policy::Avoidance;
use crate::scenario::society::Social;

/// How strongly visits follow the rating at full risk-based inspection (assumption).
const RATING_EXPONENT: f64 = 0.35;
/// Share of third-party exposure near plants that full siting distance removes (assumption).
const SITING_EFFECT: f64 = 0.5;
/// Share of deaths among the vulnerable that fully directed protection avoids (assumption).
const PROTECTION_EFFECT: f64 = 0.3;

/// What the mechanism hands to the engine.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Exponent a of rated risk in the allocation of visits.
    pub visit_exponent: f64,
    /// Correlation of the rating with the true rate.
    pub rating_accuracy: f64,
    /// Share of applications refused.
    pub refusal_share: f64,
    /// Gain in quality of those admitted, in standard deviations.
    pub admitted_gain_sd: f64,
    /// Share of the refused who were no worse than average.
    pub false_refusal_share: f64,
    /// Factor on third-party exposure near plants.
    pub third_party_exposure: f64,
    /// Ceiling on the dead of one event.
    pub ceiling: Ceiling,
    /// Factor on the rate of crowd crushes.
    pub crush_factor: f64,
    /// Factor on the rate of disputes.
    pub dispute_factor: f64,
    /// Factor on deaths of the vulnerable in natural disasters.
    pub vulnerable_factor: f64,
    /// Share of canteens and kitchens under supervision.
    pub food_supervision: f64,
}

/// A ceiling on the people whom one event can kill, and the share of those above it that keep it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ceiling {
    /// Most that may be able to die (people).
    pub deaths: u32,
    /// Share of the sources above it that keep it.
    pub kept: f64,
}

impl Ceiling {
    /// Most that can die at a source where `cap` could, whose mark is `u`: the ceiling where it is kept.
    pub fn cap(self, cap: u32, u: f64) -> u32 {
        if u < self.kept {
            cap.min(self.deaths)
        } else {
            cap
        }
    }

    /// The caps of like sources, with the share of each.
    pub fn caps(self, cap: u32) -> impl Iterator<Item = (u32, f64)> {
        let kept = if cap > self.deaths { self.kept } else { 1.0 };
        let caps = [(cap.min(self.deaths), kept), (cap, 1.0 - kept)];
        caps.into_iter().filter(|(_, share)| *share > 0.0)
    }

    /// Mean of a figure over the caps of like sources.
    pub fn mean(self, cap: u32, figure: impl Fn(u32) -> f64) -> f64 {
        self.caps(cap).map(|(cap, share)| share * figure(cap)).sum()
    }

    /// How far it cuts the most that can die: 1 − min(1, D/cap).
    pub fn cut(self, cap: u32) -> f64 {
        1.0 - (f64::from(self.deaths) / f64::from(cap.max(1))).min(1.0)
    }
}

/// The effect of a policy's avoidance table, of which `executed` (relative to the baseline) is enforced.
pub fn effect(levers: &Avoidance, social: &Social, executed: f64) -> Effect {
    let (gain, false_share) = screening(levers.refusal_share, levers.rating_accuracy);
    Effect {
        visit_exponent: RATING_EXPONENT * levers.risk_based_inspection,
        rating_accuracy: levers.rating_accuracy,
        refusal_share: levers.refusal_share,
        admitted_gain_sd: gain,
        false_refusal_share: false_share,
        third_party_exposure: 1.0 - SITING_EFFECT * levers.siting_distance,
        ceiling: Ceiling {
            deaths: levers.consequence_ceiling_deaths,
            kept: executed.min(1.0),
        },
        crush_factor: 1.0 - (1.0 - social.crowd_limit_effect) * levers.crowd_limit,
        dispute_factor: 1.0 - social.stability_assessment_effect * levers.stability_assessment,
        vulnerable_factor: 1.0 - PROTECTION_EFFECT * levers.vulnerable_protection,
        food_supervision: levers.food_supervision,
    }
}

/// Gain in the mean of those admitted (in sd) and share of false refusals, when the worst-rated share
/// `refused` is turned away by a rating of correlation `accuracy`.
pub fn screening(refused: f64, accuracy: f64) -> (f64, f64) {
    if refused <= 0.0 {
        return (0.0, 0.0);
    }
    let z = normal_quantile(refused.min(0.999));
    let density = exp(-0.5 * z * z) / libm::sqrt(2.0 * std::f64::consts::PI);
    let gain = accuracy * density / (1.0 - refused);
    // P(quality > 0 | rating < z): the mean rating of the refused is −density/refused; quality given
    // that rating is normal around ρ·rating with variance 1 − ρ² plus the small spread of ratings.
    let mean = -accuracy * density / refused;
    let variance = 1.0 - accuracy * accuracy * (density / refused) * (density / refused + z);
    (
        gain,
        normal_probability(mean / libm::sqrt(variance.max(1e-6))),
    )
}

impl Effect {
    /// Weights of establishments in the allocation of visits, relative to the plan:
    /// (rated risk relative to the trade)^a, between 0.1 and 8.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub fn visit_weights(
        &self,
        relative_risk: &Abreast<f64>,
        noise: &Abreast<f64>,
    ) -> Abreast<f64> {
        if self.visit_exponent <= 0.0 {
            return [1.0; ABREAST];
        }
        let mut risk = [0.0; ABREAST];
        for lane in 0..ABREAST {
            risk[lane] = relative_risk[lane].max(1e-9);
        }
        let mut rated = logs(&risk);
        for lane in 0..ABREAST {
            rated[lane] = self.rating_accuracy * rated[lane] + noise[lane];
        }
        let mut bounded = exps(&rated);
        for rated in &mut bounded {
            *rated = rated.clamp(0.1, 8.0);
        }
        pows(&bounded, self.visit_exponent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Refusing the lower half by a perfect rating: E\[q | q > 0\] = √(2/π); nobody is refused falsely.
    #[test]
    fn perfect_screening_of_half() {
        let (gain, false_share) = screening(0.5, 1.0);
        assert!((gain - 0.797_884_560_8).abs() < 1e-9);
        assert!(false_share < 0.15, "{false_share}");
    }

    /// A ceiling of 30 that three in four keep: a source of 120 can kill 30 or 120, on average 52.5, and is
    /// cut by three quarters; one of 20 is as it was.
    #[test]
    fn ceiling_by_hand() {
        let ceiling = Ceiling {
            deaths: 30,
            kept: 0.75,
        };
        assert_eq!((ceiling.cap(120, 0.7), ceiling.cap(120, 0.8)), (30, 120));
        assert!((ceiling.mean(120, f64::from) - 52.5).abs() < 1e-12);
        assert_eq!((ceiling.cut(120), ceiling.cut(20)), (0.75, 0.0));
        assert_eq!(ceiling.caps(20).collect::<Vec<_>>(), [(20, 1.0)]);
    }

    #[test]
    fn a_blind_rating_gains_nothing_and_refuses_at_random() {
        let (gain, false_share) = screening(0.1, 0.0);
        assert_eq!(gain, 0.0);
        assert!((false_share - 0.5).abs() < 1e-12);
    }

    #[test]
    fn sharper_ratings_refuse_fewer_harmless() {
        assert!(screening(0.05, 0.9).1 < screening(0.05, 0.3).1);
    }
}
