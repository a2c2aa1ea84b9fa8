//! Stage 6, impact: exposed people, enterprises and public assets are hurt.

mod accident;
mod community;
mod natural;

use accident::accident;
use community::{incident, outbreak, poisoning};
use natural::natural;

use crate::model::hazards::candidates::CountySource;
use crate::model::run::Run;
use crate::model::stages::{Event, Harm, Response, Source};
use crate::model::world::GROUPS;

/// Hurts people and destroys assets; for a natural event the losses of its counties are left in the
/// run's scratch for settlement.
pub fn impact(run: &mut Run, event: &Event, response: &Response) -> Harm {
    match event.source {
        Source::Footprint(number) => natural(run, event, number as usize, response),
        Source::Enterprise(agent) => accident(run, event, agent as usize, response),
        Source::County(source) => match source {
            CountySource::Cluster | CountySource::Pandemic => {
                outbreak(run, event, source, response)
            }
            CountySource::HomeMeal | CountySource::Canteen => {
                poisoning(run, event, source, response)
            }
            CountySource::Crush | CountySource::Violence | CountySource::Dispute => {
                incident(run, event, source, response)
            }
        },
    }
}

/// Weights of the groups among the dead of a county: all alike, or natural victims by age and poverty.
pub fn group_weights(people: &[u32; GROUPS], aged_ratio: f64, natural: bool) -> [f64; GROUPS] {
    let mut weights = [0.0; GROUPS];
    for (number, (weight, count)) in weights.iter_mut().zip(people).enumerate() {
        let aged = if natural && number >= 10 {
            aged_ratio
        } else {
            1.0
        };
        *weight = f64::from(*count) * aged;
    }
    weights
}
