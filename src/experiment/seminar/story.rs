//! The event that a seminar follows: one danger with what it set off, under the present arrangement and under
//! the network, in the same history.

use std::collections::BTreeSet;

use crate::model::record::{EventRow, Fen};
use crate::vocabulary::Category;

/// Least number of dead by which the two chains of a story differ, where there is such a story.
const LEAST_DIFFERENCE: i64 = 3;

/// An event and its children under two policies.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// History (replication from 0).
    pub replication: u32,
    /// Under the present arrangement: the event, then what it set off, in order of time.
    pub present: Vec<EventRow>,
    /// The same under the network; empty if it did not become an event there.
    pub network: Vec<EventRow>,
}

impl Story {
    /// How telling it is: whether there is a difference worth telling, in an event that happened under both and
    /// became several; then deaths, then loss.
    fn weight(&self) -> (u8, i64, Fen) {
        let deaths =
            |chain: &[EventRow]| chain.iter().map(|event| event.deaths as i64).sum::<i64>();
        let loss = |chain: &[EventRow]| chain.iter().map(|event| event.loss_fen).sum::<Fen>();
        let fewer = deaths(&self.present) - deaths(&self.network);
        let both = !self.network.is_empty();
        let rank = match (fewer >= LEAST_DIFFERENCE, both, self.present.len() > 1) {
            (true, true, true) => 3,
            (true, true, false) => 2,
            (true, false, _) => 1,
            (false, ..) => 0,
        };
        (rank, fewer, loss(&self.present) - loss(&self.network))
    }
}

/// The more telling of two; the earlier if they are alike.
pub(super) fn better(one: Option<Story>, other: Option<Story>) -> Option<Story> {
    match (one, other) {
        (Some(one), Some(other)) if other.weight() > one.weight() => Some(other),
        (Some(one), _) => Some(one),
        (None, other) => other,
    }
}

/// The most telling natural disaster or accident of a history, if there was any.
pub(super) fn told(replication: u32, present: &[EventRow], network: &[EventRow]) -> Option<Story> {
    let category = |event: &EventRow| event.kind.category();
    let root = |event: &&EventRow| {
        event.generation == 0 && matches!(category(event), Category::Natural | Category::Accident)
    };
    let stories = present.iter().filter(root).map(|root| Story {
        replication,
        present: chain(present, root.event),
        network: chain(network, root.event),
    });
    stories.fold(None, |best, story| better(best, Some(story)))
}

/// An event and all that descends from it, in order of time.
fn chain(events: &[EventRow], root: u64) -> Vec<EventRow> {
    let mut family = BTreeSet::from([root]);
    let mut found = Vec::new();
    for event in events {
        if event.event == root || family.contains(&event.parent) {
            family.insert(event.event);
            found.push(event.clone());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Kind;

    fn event(event: u64, parent: u64, kind: Kind, deaths: u64) -> EventRow {
        EventRow {
            parent,
            generation: u32::from(parent > 0),
            contained: parent > 0,
            ..crate::experiment::story::tests::event(event, kind, deaths, 100)
        }
    }

    #[test]
    fn one_that_became_several_under_both_goes_before_a_greater_one_that_did_not() {
        let present = [
            event(1, 0, Kind::Fire, 20),
            event(2, 0, Kind::Flood, 2),
            event(3, 2, Kind::Chemicals, 5),
            event(4, 3, Kind::Fire, 1),
            event(5, 0, Kind::CrowdCrush, 90),
        ];
        let network = [event(2, 0, Kind::Flood, 2)];
        let story = told(7, &present, &network).unwrap();
        let events = |chain: &[EventRow]| chain.iter().map(|e| e.event).collect::<Vec<_>>();
        assert_eq!(events(&story.present), [2, 3, 4]);
        assert_eq!((events(&story.network), story.replication), (vec![2], 7));
        // Without a difference worth telling, the number of dead decides.
        let same = told(7, &present, &present[1..]).unwrap();
        assert_eq!(events(&same.present), [1]);
        assert!(same.network.is_empty());
    }

    #[test]
    fn of_two_histories_the_more_telling_is_kept_and_the_first_of_equals() {
        let one = told(0, &[event(1, 0, Kind::Fire, 4)], &[]);
        let two = told(1, &[event(1, 0, Kind::Fire, 4)], &[]);
        let three = told(2, &[event(1, 0, Kind::Fire, 6)], &[]);
        let best = better(better(one, two), None).unwrap();
        assert_eq!(best.replication, 0);
        assert_eq!(better(Some(best), three).unwrap().replication, 2);
        assert_eq!(told(3, &[], &[]), None);
    }
}
