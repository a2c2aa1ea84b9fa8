//! Survival of the trapped until teams come.

use super::scene::{Accidents, Scene};
use super::{scale, shape};
use crate::verify::closed_form::rescue::Weibull;
use crate::verify::{Case, Effort, Parameter, Quantity, Refusal, Values};

pub(super) const CASE: Case = Case {
    name: "rescue-survival",
    summary: [
        "share of the trapped who live when teams reach them",
        "救援到达时被困人员的存活比例",
    ],
    parameters: &[
        shape(1.2),
        scale(55.0),
        Parameter::number("hours", "hours", 24.0, [0.0, 100_000.0]),
    ],
    run,
};

/// People trapped in each accident: few enough for the engine's binomial numbers to be exact.
const TRAPPED: u32 = 300;
/// People trapped by default.
const PEOPLE: u64 = 600_000;

fn run(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let lives = Weibull {
        shape: values["shape"],
        scale: values["scale_hours"],
    };
    let scene = Scene {
        trapped: TRAPPED,
        lives,
        responders: [0.0, 0.0],
        teams: [values["hours"], 0.0],
    };
    let accidents = Accidents::new(&scene, effort.replications(PEOPLE), false)?;
    let [saved, trapped] = accidents.saved(effort.seed)?;
    Ok(vec![Quantity::probability(
        "survival",
        lives.survival(values["hours"]),
        saved,
        trapped,
    )])
}
