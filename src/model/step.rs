//! One week, in the order in which things cause each other.

use crate::model::run::Run;
use crate::model::stages::{
    admit::admit, decide::decide, impact::impact, intervene::intervene, learn::learn,
    measure::measure, occur::occur, pressure::pressure, recover::recover, settle::settle,
};

/// The ten stages of a week. Events are met in order of time; their children follow at once.
pub fn week(run: &mut Run) {
    // Sources evolve, people choose, what is too dangerous is not admitted.
    pressure(run);
    decide(run);
    admit(run);

    // Dangers become events; each is met, hurts, and is paid for.
    occur(run);
    while let Some(event) = run.next_event() {
        let response = intervene(run, &event);
        let harm = impact(run, &event, &response);
        settle(run, &event, &response, &harm);
    }

    // Life returns, lessons are drawn, the week is written down.
    recover(run);
    learn(run);
    measure(run);
}
