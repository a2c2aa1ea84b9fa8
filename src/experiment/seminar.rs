//! What the seminar page answers from: in one society, the 64 combinations of the six mechanisms and the 144
//! hands of group cards live through the same dangers, and a little of every run is kept.

pub mod story;

use super::run::{Failure, Kept, Schedule, execute};
use super::sample::SelfChecks;
use super::simulator::Simulator;
use crate::measures::{Facts, Measure, Part, Subject, figures};
use crate::model::record::{Checks, EventRow, RunRecord};
use crate::scenario::CheckedPolicy;
use crate::scenario::pieces::{Division, Piece};
use crate::vocabulary::{Bearer, Vocabulary};
use story::{Story, better, told};

/// What is kept of every run: who is hurt, what is lost and who bears it, what it costs, how fast life returns.
pub const MEASURES: [Measure; 6] = [
    Measure::Deaths,
    Measure::DirectLoss,
    Measure::LossBorne,
    Measure::ResidentsShare,
    Measure::PublicMoney,
    Measure::WeeksTo90,
];

/// Combinations of the six switches.
pub const SWITCHES: usize = 1 << 6;

/// Weeks after a strike at which the recovery curve is kept.
pub fn curve_weeks() -> impl Iterator<Item = usize> {
    (0..=104).step_by(4)
}

/// The policies of one society: the coalitions of a division, then the hands.
#[derive(Clone, Debug)]
pub struct Policies {
    /// The present arrangement and the network, with the mechanisms in which they differ.
    pub division: Division,
    /// Policies of the hands of cards, in their order.
    pub hands: Vec<CheckedPolicy>,
}

impl Policies {
    /// All policies that are run, in order.
    pub fn all(&self) -> Vec<CheckedPolicy> {
        let coalitions = (0..self.division.coalitions()).map(|number| self.division.policy(number));
        coalitions.chain(self.hands.iter().cloned()).collect()
    }

    /// The policies (positions in [`Policies::all`]) of the switches and then of the hands. Bit i of the number
    /// of a position of the switches says whether mechanism i is the network's.
    pub fn positions(&self) -> Vec<usize> {
        let switches = (0..SWITCHES).map(|mask| self.coalition(mask));
        let first = self.division.coalitions();
        let hands = (0..self.hands.len()).map(|hand| first + hand);
        switches.chain(hands).collect()
    }

    /// The coalition of a position of the switches. What belongs to no mechanism goes over with all of them.
    fn coalition(&self, mask: usize) -> usize {
        let on = |piece: &Piece| match piece {
            Piece::Mechanism(mechanism) => mask >> mechanism.number() & 1 == 1,
            _ => mask + 1 == SWITCHES,
        };
        let pieces = self.division.pieces.iter().enumerate();
        pieces
            .map(|(number, piece)| usize::from(on(piece)) << number)
            .sum()
    }
}

/// What is kept of one run.
#[derive(Clone, Debug)]
struct Lived {
    values: Vec<f64>,
    borne: Vec<f64>,
    curve: Vec<f64>,
    events: Vec<EventRow>,
    checks: Checks,
    candidates: [u64; 2],
}

impl Lived {
    fn of(record: RunRecord, facts: &Facts, with_events: bool) -> Self {
        let all = figures(&record, facts);
        let figure = |subject: Subject| {
            let found = all.iter().find(|figure| figure.subject == subject);
            found.map_or(f64::NAN, |figure| figure.value)
        };
        let borne = |bearer| Subject::of_part(Measure::LossBorne, Part::Bearer(bearer));
        let curve = &record.whole.recovery_curve;
        // Nothing is back where nothing was lost: such a run has no curve.
        let lost = curve.first().is_some_and(|back| *back < 1.0);
        let point = |week: usize| curve.get(week).copied().filter(|_| lost);
        Lived {
            values: MEASURES
                .iter()
                .map(|measure| figure(Subject::whole(*measure)))
                .collect(),
            borne: Bearer::ALL
                .iter()
                .map(|bearer| figure(borne(*bearer)))
                .collect(),
            curve: curve_weeks()
                .map(|week| point(week).unwrap_or(f64::NAN))
                .collect(),
            candidates: [record.whole.candidates, record.whole.accepted],
            events: if with_events {
                record.events.iter().collect()
            } else {
                Vec::new()
            },
            checks: record.checks,
        }
    }
}

/// The histories of one policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Histories {
    /// For each of [`MEASURES`], one value a history.
    pub values: Vec<Vec<f64>>,
    /// For each bearer, the loss that it finally bears, one value a history (yuan a year).
    pub borne: Vec<Vec<f64>>,
    /// For each of [`curve_weeks`], the share of lost function that is back, one value a history (0–1).
    pub curve: Vec<Vec<f64>>,
}

impl Histories {
    fn new() -> Self {
        Histories {
            values: vec![Vec::new(); MEASURES.len()],
            borne: vec![Vec::new(); Bearer::ALL.len()],
            curve: vec![Vec::new(); curve_weeks().count()],
        }
    }

    fn add(&mut self, lived: &Lived) {
        let pairs = [
            (&mut self.values, &lived.values),
            (&mut self.borne, &lived.borne),
            (&mut self.curve, &lived.curve),
        ];
        for (columns, row) in pairs {
            for (column, value) in columns.iter_mut().zip(row) {
                column.push(*value);
            }
        }
    }
}

/// What came of one society.
#[derive(Clone, Debug)]
pub struct Found {
    /// One for each policy of [`Policies::all`].
    pub policies: Vec<Histories>,
    /// Their self-checks.
    pub checked: Vec<SelfChecks>,
    /// Histories that finished (from 0).
    pub histories: Vec<u32>,
    /// Replications that broke off.
    pub failures: Vec<Failure>,
    /// The most telling event under the present arrangement and the network.
    pub story: Option<Story>,
}

/// Runs all policies of a society. `watch` is called after each run, by any worker.
pub fn live(
    simulator: &Simulator,
    facts: &Facts,
    policies: &Policies,
    schedule: Schedule,
    watch: &(dyn Fn() + Sync),
) -> Found {
    let ends = [0, policies.division.coalitions() - 1];
    let engine = Kept {
        engine: simulator,
        keep: |record: RunRecord, policy: usize| Lived::of(record, facts, ends.contains(&policy)),
    };
    let mut found = Found {
        policies: vec![Histories::new(); schedule.policies],
        checked: vec![SelfChecks::default(); schedule.policies],
        histories: Vec::new(),
        failures: Vec::new(),
        story: None,
    };
    let done = execute(&engine, schedule, watch, |replication, records| {
        found.histories.push(replication);
        for (policy, lived) in records.iter().enumerate() {
            found.policies[policy].add(lived);
            found.checked[policy].add(replication, &lived.checks, lived.candidates);
        }
        let [present, network] = ends.map(|end| records[end].events.as_slice());
        found.story = better(found.story.take(), told(replication, present, network));
        Ok::<(), std::convert::Infallible>(())
    });
    let Ok(failures) = done;
    found.failures = failures;
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::pieces::Cut;
    use crate::scenario::{load_policy, load_society};
    use crate::vocabulary::Mechanism;

    fn policies(sets: &[&str]) -> Policies {
        let society = load_society("seminar-county", &[]).unwrap();
        let sets: Vec<String> = sets.iter().map(|set| format!("policy.{set}")).collect();
        let off = load_policy("current-2020", &society, &[]).unwrap();
        let on = load_policy("current-2020", &society, &sets).unwrap();
        Policies {
            division: Division::new(off.clone(), on, Cut::Mechanisms),
            hands: vec![off],
        }
    }

    #[test]
    fn a_switch_that_changes_nothing_leads_to_the_same_policy() {
        let two = policies(&["remedy.quality_target=0.6", "sharing.property.subsidy=0.2"]);
        let positions = two.positions();
        assert_eq!((two.all().len(), positions.len()), (5, 65));
        let remedy = 1 << Mechanism::Remedy.number();
        let sharing = 1 << Mechanism::Sharing.number();
        let criteria = 1 << Mechanism::Criteria.number();
        assert_eq!(positions[criteria], 0);
        assert_eq!(positions[remedy | criteria], 1);
        assert_eq!(positions[sharing], 2);
        assert_eq!((positions[63], positions[64]), (3, 4));
    }

    #[test]
    fn what_belongs_to_no_mechanism_comes_with_all_of_them() {
        let all = policies(&["budget.multiplier=1.2"]);
        let positions = all.positions();
        assert_eq!((positions[62], positions[63]), (0, 1));
    }
}
