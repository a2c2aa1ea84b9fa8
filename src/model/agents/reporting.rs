//! Reporting and its four faults: concealed whole 瞒报, understated below a grade 谎报, late 迟报, missed 漏报.
//!
//! *Equation.* Three-way logit with utilities 0 (report); (s(N) − s(N′))/s₀·(1 − p_u(1 + f)) −
//! moral_u (understate to one below the grade); s(N)/s₀·(1 − p_x(1 + f)) − moral (conceal), where
//! p(n) = 1 − (1 − x)^{n} over the n who could tell. s by grade; f aggravates, x exposes.
//! Late and missed reports are no choice: they happen to a share of accidents, divided by the exposure
//! multiplier, because others tell where they are protected. A missed one is small (fewer than three
//! dead) and befalls a micro enterprise; a late one costs hours of rescue and weeks of learning.

use crate::model::transcendental::{exp, log};
use crate::scenario::society::{Government, Reporting};
use crate::vocabulary::{Grade, SizeClass, Vocabulary};

/// Levers and facts that decide how an accident is reported.
#[derive(Clone, Copy, Debug)]
pub struct Climate {
    /// Sanction severity against present practice.
    pub severity: f64,
    /// Exposure multiplier (protected reporters).
    pub exposure: f64,
    /// Aggravation f.
    pub aggravation: f64,
}

/// Probabilities of the three choices, and of exposure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Conceal the whole accident.
    pub conceal: f64,
    /// Understate below the grade.
    pub understate: f64,
    /// A concealed accident comes out.
    pub conceal_exposed: f64,
    /// An understated one comes out.
    pub understate_exposed: f64,
    /// Deaths that an understating firm reports.
    pub understated_deaths: u32,
}

/// Share of accidents that slip: reported late, or missed by everybody.
pub fn slips(share: f64, exposure: f64) -> f64 {
    (share / exposure.max(LEAST_EXPOSURE)).min(1.0)
}

/// Below this exposure multiplier a share that slips rises no further (bound).
const LEAST_EXPOSURE: f64 = 1e-3;

/// Whether an accident is so small, and its enterprise as well, that everybody may miss it.
pub fn can_be_missed(deaths: u32, size: SizeClass) -> bool {
    size == SizeClass::Micro && deaths < Grade::Larger.threshold()
}

/// The choice of a firm with `deaths` dead and `witnesses` who saw it.
pub fn choice(
    deaths: u32,
    witnesses: f64,
    climate: Climate,
    facts: &Reporting,
    government: &Government,
) -> Choice {
    let grade = Grade::of_deaths(deaths);
    let unseen = log(1.0 - (facts.exposure_per_witness * climate.exposure).min(0.9));
    let comes_out = |people: f64| 1.0 - exp(people * unseen);
    let scale = |g: Grade| government.sanction_scale[g] * climate.severity / facts.sanction_scale;
    let conceal_exposed = comes_out(witnesses + facts.witnesses_per_victim * f64::from(deaths));
    let gain =
        |sanction: f64, exposed: f64| sanction * (1.0 - exposed * (1.0 + climate.aggravation));
    let conceal_weight =
        exp((gain(scale(grade), conceal_exposed) - facts.moral_conceal).clamp(-40.0, 40.0));
    let (understate_weight, understate_exposed, understated_deaths) =
        match grade.number().checked_sub(1) {
            None => (0.0, 0.0, deaths),
            Some(lower) => {
                let reported = grade.threshold() - 1;
                let hidden = f64::from(deaths - reported);
                let people = facts.visible_share_when_understated * witnesses
                    + facts.witnesses_per_victim * hidden
                    + facts.investigators_per_grade * grade.number() as f64;
                let exposed = comes_out(people);
                let saved = scale(grade) - scale(Grade::ALL[lower]);
                (
                    exp((gain(saved, exposed) - facts.moral_understate).clamp(-40.0, 40.0)),
                    exposed,
                    reported,
                )
            }
        };
    let total = 1.0 + conceal_weight + understate_weight;
    Choice {
        conceal: conceal_weight / total,
        understate: understate_weight / total,
        conceal_exposed,
        understate_exposed,
        understated_deaths,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_small_accidents_of_small_enterprises_can_be_missed() {
        assert!(can_be_missed(1, SizeClass::Micro));
        assert!(!can_be_missed(Grade::Larger.threshold(), SizeClass::Micro));
        assert!(!can_be_missed(1, SizeClass::Large));
    }

    #[test]
    fn more_slips_where_less_comes_out() {
        assert_eq!(slips(0.01, 0.5), 0.02);
        assert_eq!(slips(0.5, 0.0), 1.0);
    }
}
