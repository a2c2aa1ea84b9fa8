//! Reporting: report, understate below a grade, or conceal whole.
//!
//! *Equation.* Three-way logit with utilities 0 (report); (s(N) − s(N′))/s₀·(1 − p_u(1 + f)) −
//! moral_u (understate to one below the grade); s(N)/s₀·(1 − p_x(1 + f)) − moral (conceal), where
//! p(n) = 1 − (1 − x)^{n} over the n who could tell. s by grade; f aggravates, x exposes.

use crate::model::transcendental::{exp, log};
use crate::scenario::society::{Government, Reporting};
use crate::vocabulary::{Grade, Vocabulary};

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
