//! The natural events of one replication: what could happen, drawn once, the same for every policy.
//!
//! National candidates arrive as a Poisson process whose rate follows the year; each has an origin,
//! a magnitude and a footprint over counties, so one event is one event however many it strikes.
//! What the events do to people and property under a policy is decided elsewhere.

use super::candidates::WEEKS_PER_YEAR;
use super::footprint::Footprints;
use super::years::{self, Candidate};
use crate::model::world::{Span, World};
use crate::scenario::society::Society;
use crate::scenario::tables::ExposureRow;
use crate::vocabulary::{NaturalKind, Vocabulary};

pub use super::footprint::Strike;

/// All natural events of a replication that strike anybody.
#[derive(Clone, Debug, Default)]
pub struct NaturalHistory {
    /// Events in order of time.
    pub events: Vec<NaturalEvent>,
    /// Strikes, grouped by event, in order of county within an event.
    pub strikes: Vec<Strike>,
}

/// A natural event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NaturalEvent {
    /// Identity: kind, year and number within them.
    pub identity: u64,
    /// Week since the start of the history.
    pub week: u32,
    /// Years since the start of the history; no two events share it in practice, and identity breaks ties.
    pub time: f64,
    /// Kind.
    pub kind: NaturalKind,
    /// Severity relative to the damage threshold, or magnitude of an earthquake.
    pub magnitude: f64,
    /// County in which it arises.
    pub origin: u32,
    /// Its strikes.
    pub strikes: Span,
    /// Factor on deaths: lognormal with mean one, times the hour of day for an earthquake.
    pub death_factor: f64,
    /// Factor on the hours of warning: lognormal with mean one.
    pub lead_factor: f64,
}

/// The natural history of a replication: every event of the first `weeks` weeks.
///
/// A pure function; a longer horizon starts with exactly the events of a shorter one. `exposure` has
/// one row a province of `world`.
pub fn history(
    world: &World,
    society: &Society,
    exposure: &[ExposureRow],
    seed: u64,
    replication: u32,
    weeks: u32,
) -> NaturalHistory {
    let kinds = NaturalKind::ALL;
    history_of(world, society, exposure, (seed, replication), weeks, kinds)
}

/// The natural history of some kinds of hazard alone: the same events as in the whole.
pub fn history_of(
    world: &World,
    society: &Society,
    exposure: &[ExposureRow],
    (seed, replication): (u64, u32),
    weeks: u32,
    kinds: &[NaturalKind],
) -> NaturalHistory {
    let years = 0..weeks.div_ceil(WEEKS_PER_YEAR);
    let of = (seed, replication);
    let mut candidates = years::candidates(world, society, exposure, of, years);
    candidates.retain(|candidate| candidate.week < weeks && kinds.contains(&candidate.kind));
    struck(&Footprints::new(world, society), candidates)
}

/// Natural years drawn one at a time: as many as are asked for, without keeping any.
pub struct NaturalYears<'a> {
    world: &'a World,
    society: &'a Society,
    exposure: &'a [ExposureRow],
    footprints: Footprints<'a>,
}

impl<'a> NaturalYears<'a> {
    /// Of a society; `exposure` has one row a province of `world`.
    pub fn new(world: &'a World, society: &'a Society, exposure: &'a [ExposureRow]) -> Self {
        NaturalYears {
            world,
            society,
            exposure,
            footprints: Footprints::new(world, society),
        }
    }

    /// The events of one year of a replication, exactly those that [`history`] has in it; weeks and time
    /// count from the beginning of that year, identities do not.
    pub fn year(&self, seed: u64, replication: u32, year: u32) -> NaturalHistory {
        let (world, society, exposure) = (self.world, self.society, self.exposure);
        let of = (seed, replication);
        let mut candidates = years::candidates(world, society, exposure, of, year..year + 1);
        for candidate in &mut candidates {
            candidate.week -= year * WEEKS_PER_YEAR;
            candidate.time -= f64::from(year);
        }
        struck(&self.footprints, candidates)
    }
}

/// The candidates that strike anybody, in order of time, with their strikes.
fn struck(footprints: &Footprints<'_>, mut candidates: Vec<Candidate>) -> NaturalHistory {
    candidates.sort_by(|a, b| a.time.total_cmp(&b.time).then(a.identity.cmp(&b.identity)));
    let mut history = NaturalHistory::default();
    for c in candidates {
        let start = history.strikes.len() as u32;
        footprints.strikes(
            c.kind,
            c.origin,
            c.magnitude,
            c.year_shift,
            &mut history.strikes,
        );
        let strikes = Span {
            start,
            end: history.strikes.len() as u32,
        };
        if strikes.is_empty() {
            continue;
        }
        history.events.push(NaturalEvent {
            identity: c.identity,
            week: c.week,
            time: c.time,
            kind: c.kind,
            magnitude: c.magnitude,
            origin: c.origin,
            strikes,
            death_factor: c.death_factor,
            lead_factor: c.lead_factor,
        });
    }
    history
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::world::build::build;
    use crate::model::world::sample::society;
    use crate::scenario::tables::SocietyTables;

    fn sample() -> (World, Society, SocietyTables) {
        let (society, tables) = society();
        (build(&society, &tables, 10_000), society, tables)
    }

    #[test]
    fn a_longer_history_starts_with_the_shorter_one() {
        let (world, society, tables) = sample();
        let of = |weeks| history(&world, &society, &tables.exposure, 11, 3, weeks);
        let (short, long) = (of(10 * 52 + 7), of(12 * 52));
        assert!(short.events.len() < long.events.len());
        assert_eq!(short.events[..], long.events[..short.events.len()]);
        assert_eq!(short.strikes[..], long.strikes[..short.strikes.len()]);
        assert!(long.events[short.events.len()].week >= 10 * 52 + 7);
    }

    #[test]
    fn a_year_drawn_alone_is_that_year_of_the_history() {
        let (world, society, tables) = sample();
        let whole = history(&world, &society, &tables.exposure, 11, 3, 9 * 52);
        let years = NaturalYears::new(&world, &society, &tables.exposure);
        let mut next = 0;
        for number in 0..9 {
            let alone = years.year(11, 3, number);
            for event in &alone.events {
                let same = &whole.events[next];
                assert_eq!(event.identity, same.identity);
                assert_eq!(event.week + number * 52, same.week);
                assert!((event.time + f64::from(number) - same.time).abs() < 1e-9);
                assert_eq!(
                    alone.strikes[event.strikes.rows()],
                    whole.strikes[same.strikes.rows()]
                );
                next += 1;
            }
        }
        assert_eq!(next, whole.events.len());
        assert!(next > 20);
    }

    #[test]
    fn events_are_ordered_and_distinct() {
        let (world, society, tables) = sample();
        let all = history(&world, &society, &tables.exposure, 11, 0, 20 * 52);
        assert!(
            all.events
                .windows(2)
                .all(|pair| pair[0].time < pair[1].time)
        );
        let mut identities: Vec<u64> = all.events.iter().map(|event| event.identity).collect();
        identities.sort_unstable();
        identities.dedup();
        assert_eq!(identities.len(), all.events.len());
        let mut next = 0;
        for event in &all.events {
            assert_eq!(event.strikes.start, next);
            next = event.strikes.end;
            assert_eq!(event.week, (event.time * 52.0) as u32);
            let strikes = &all.strikes[event.strikes.rows()];
            assert!(
                strikes
                    .windows(2)
                    .all(|pair| pair[0].county < pair[1].county)
            );
            assert!(strikes.iter().all(|s| s.damage >= 0.0 && s.damage <= 1.0));
        }
        assert_eq!(next as usize, all.strikes.len());
    }

    #[test]
    fn replications_differ_and_repeat() {
        let (world, society, tables) = sample();
        let of = |replication| history(&world, &society, &tables.exposure, 11, replication, 520);
        assert_eq!(of(2).events, of(2).events);
        assert_ne!(of(2).events, of(3).events);
    }

    #[test]
    fn no_rate_no_events() {
        let (world, mut society, tables) = sample();
        for hazard in society.hazards.values_mut() {
            hazard.events_per_year = 0.0;
        }
        assert!(
            history(&world, &society, &tables.exposure, 11, 0, 520)
                .events
                .is_empty()
        );
    }

    /// Poisson arrivals with a mean-one yearly factor: the mean number of events is rate × years.
    #[test]
    fn the_mean_number_of_local_events_is_their_rate() {
        let (world, society, tables) = sample();
        let years = 400;
        let all = history(&world, &society, &tables.exposure, 4, 0, years * 52);
        let n = all
            .events
            .iter()
            .filter(|event| event.kind == NaturalKind::Geological)
            .count();
        let mean = 12.0 * f64::from(years);
        assert!((n as f64 - mean).abs() < 4.0 * mean.sqrt(), "{n} {mean}");
    }
}
