//! How often an event kills at least so many: counts of events by category, for the F–N curve.
//!
//! *Equation.* F(N) = events with at least N dead / simulated years; its interval is Garwood's exact
//! Poisson interval of the count (Garwood 1936). It takes events as independent: children of one
//! cascade and the slow states that years share are left out, so it is narrow rather than wide.

use crate::measures::societal_risk::poisson_interval;
use crate::model::record::RunRecord;
use crate::vocabulary::{Category, Table};

/// Least numbers of dead at which the curve is read.
pub const DEATHS: [u64; 22] = [
    1, 2, 3, 5, 7, 10, 14, 20, 30, 50, 70, 100, 140, 200, 300, 500, 700, 1_000, 2_000, 5_000,
    10_000, 100_000,
];

/// Counts over all runs of a policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fatalities {
    /// Events with at least so many dead, in the order of [`DEATHS`].
    counts: Table<Category, [u64; DEATHS.len()]>,
    /// Simulated years.
    years: u64,
}

/// One point of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Least number of dead N.
    pub deaths: u64,
    /// Events with at least N dead in all simulated years.
    pub events: u64,
    /// F(N) with its 95 % interval: [value, low, high] (events a year).
    pub frequency: [f64; 3],
}

impl Fatalities {
    /// Takes in the events of one run.
    pub fn add(&mut self, record: &RunRecord) {
        self.years += record.years.len() as u64;
        for event in record.events.packed() {
            let deaths = event.deaths();
            let reached = DEATHS.partition_point(|least| *least <= deaths);
            for count in &mut self.counts[event.kind().category()][..reached] {
                *count += 1;
            }
        }
    }

    /// The curve of a category, up to the last number of dead that occurred.
    pub fn curve(&self, category: Category) -> Vec<Point> {
        let years = self.years as f64;
        let counted = DEATHS.iter().zip(&self.counts[category]);
        counted
            .filter(|(_, count)| **count > 0)
            .map(|(&deaths, &events)| {
                let [low, high] = poisson_interval(events, years);
                Point {
                    deaths,
                    events,
                    frequency: [events as f64 / years, low, high],
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;
    use crate::vocabulary::Vocabulary;

    /// Three events of one category with 1, 3 and 12 dead in four years.
    #[test]
    fn frequencies_by_hand() {
        let mut record = synthetic::record(0, 0, 4);
        let mut events: Vec<_> = record.events.iter().take(3).collect();
        let kind = events[0].kind;
        for (event, deaths) in events.iter_mut().zip([12, 1, 3]) {
            (event.deaths, event.kind) = (deaths, kind);
        }
        record.events = events.into_iter().collect();
        let mut fatalities = Fatalities::default();
        fatalities.add(&record);
        let curve = fatalities.curve(kind.category());
        let found: Vec<(u64, u64)> = curve.iter().map(|p| (p.deaths, p.events)).collect();
        assert_eq!(found, [(1, 3), (2, 2), (3, 2), (5, 1), (7, 1), (10, 1)]);
        assert_eq!(curve[0].frequency[0], 0.75);
        assert!(curve.iter().all(|p| p.frequency[1] < p.frequency[0]));
        let others = Category::ALL.iter().filter(|c| **c != kind.category());
        assert!(others.map(|c| fatalities.curve(*c)).all(|c| c.is_empty()));
    }
}
