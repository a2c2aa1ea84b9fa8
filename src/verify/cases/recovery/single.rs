//! One loss of function that returns exponentially.

use super::{function, loss};
use crate::model::stages::recover::weeks_until;
use crate::model::state::OpenDamage;
use crate::model::transcendental::log;
use crate::verify::closed_form::recovery::Recovery;
use crate::verify::laboratory::sound;
use crate::verify::{Case, Effort, Parameter, Quantity, Refusal, Values, damages};
use crate::vocabulary::NaturalKind;

pub(super) const CASE: Case = Case {
    name: "recovery",
    summary: [
        "function lost at once that returns exponentially",
        "一次损失后按指数恢复的功能",
    ],
    parameters: &[
        loss("loss", 0.4),
        Parameter::number("time_constant_weeks", "weeks", 20.0, [0.1, 5200.0]),
        Parameter::whole("horizon_weeks", "weeks", 52.0, [1.0, 5200.0]),
    ],
    run,
};

/// The part of the loss down to which the run is followed before the rest is extrapolated.
const FOLLOWED: f64 = 1e-3;

fn run(values: &Values, _: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let law = Recovery {
        loss: values["loss"],
        time_constant: values["time_constant_weeks"],
    };
    let horizon = values.whole("horizon_weeks") as u32;
    let struck = NaturalKind::Flood;
    let laboratory = damages::laboratory_of(&[(struck, law.loss)], law.time_constant, |_| ())?;
    let history = damages::history(&laboratory, horizon.div_ceil(52), &[(struck, 0)]);
    let mut run = laboratory.begin(&history);
    let mut seen: Option<(u32, OpenDamage)> = None;
    for week in 1..=horizon {
        run.weeks(1);
        let open = run.state.damages.first();
        let followed = open.filter(|open| week == 1 || open.lost > FOLLOWED * law.loss);
        seen = followed.map(|open| (week, *open)).or(seen);
    }
    let record = sound(run.finish())?;
    let lost = function(&record).map(|level| 1.0 - level);
    let weeks_to = |level: f64| seen.map_or(0.0, |seen| weeks_to(seen, level));
    Ok(vec![
        Quantity::exact(
            "resilience_loss",
            law.lost_until(f64::from(horizon)),
            lost.sum(),
        ),
        Quantity::exact("weeks_to_90", law.weeks_to(0.9), weeks_to(0.9)),
        Quantity::exact("weeks_to_99", law.weeks_to(0.99), weeks_to(0.99)),
    ])
}

/// Weeks from the strike until function is back at a level, from what is open after so many weeks.
fn weeks_to((week, open): (u32, OpenDamage), level: f64) -> f64 {
    let time_constant = -1.0 / log(open.decay);
    (f64::from(week) + weeks_until(time_constant, open.lost / (1.0 - level))).max(0.0)
}
