//! First responders against professionals: two who dig, and death.

use super::scene::{Accidents, Scene};
use super::{scale, shape};
use crate::verify::closed_form::rescue::{Digging, Weibull};
use crate::verify::{Case, Effort, Parameter, Quantity, Refusal, Values};

pub(super) const CASE: Case = Case {
    name: "first-responders",
    summary: [
        "people saved by those at the scene and by teams, and by teams only",
        "现场人员与专业队伍共同施救、仅专业队伍施救的救出人数",
    ],
    parameters: &[
        Parameter::whole("trapped", "people", 1000.0, [1.0, 10_000.0]),
        shape(1.0),
        scale(48.0),
        Parameter::number("responder_start_hours", "hours", 0.5, [0.0, 10_000.0]),
        Parameter::number("responder_rate_per_hour", "per hour", 0.05, [1e-4, 1000.0]),
        Parameter::number("team_start_hours", "hours", 12.0, [0.0, 10_000.0]),
        Parameter::number("team_rate_per_hour", "per hour", 0.1, [1e-4, 1000.0]),
    ],
    run,
};

/// People trapped by default.
const PEOPLE: u64 = 400_000;

fn run(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let lives = Weibull {
        shape: values["shape"],
        scale: values["scale_hours"],
    };
    let responders = Digging {
        start: values["responder_start_hours"],
        rate: values["responder_rate_per_hour"],
    };
    let teams = Digging {
        start: values["team_start_hours"],
        rate: values["team_rate_per_hour"],
    };
    let scene = Scene {
        trapped: values.whole("trapped") as u32,
        lives,
        responders: [responders.start, 1.0 / responders.rate],
        teams: [teams.start, 1.0 / teams.rate],
    };
    let people = effort.replications(PEOPLE);
    let saved = |name, known: f64, with: bool| -> Result<Quantity, Refusal> {
        let [saved, trapped] = Accidents::new(&scene, people, with)?.saved(effort.seed)?;
        let share = Quantity::probability(name, known, saved, trapped);
        let each = f64::from(scene.trapped);
        Ok(Quantity {
            closed_form: each * share.closed_form,
            estimate: each * share.estimate,
            standard_error: each * share.standard_error,
            ..share
        })
    };
    Ok(vec![
        saved("saved", lives.saved(responders, teams), true)?,
        saved("saved_by_teams_only", lives.saved_by(teams), false)?,
    ])
}
