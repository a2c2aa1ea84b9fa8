//! What could happen in a replication: drawn once, before any policy, by thinning.
//!
//! Every source is a fixed slot with a majorant rate Λ known when the society is built. Candidates
//! form one Poisson process of rate ΣΛ; a mark says which slot, another whether it happens: candidate
//! k becomes an event iff u·Λ < λ(state) (Lewis & Shedler 1979). So a policy that lowers λ removes
//! events and, given the state, changes no other one.

use std::ops::Range;

use crate::model::Model;
use crate::model::hazards::harm::StrikeShares;
use crate::model::hazards::natural::{self, NaturalHistory};
use crate::model::random::{Purpose, Stream};
use crate::model::settlement::premiums::SECONDS_PER_WEEK;
use crate::model::transcendental::log;
use crate::scenario::society::Society;
use crate::vocabulary::Kind;

/// Weeks of a model year.
pub const WEEKS_PER_YEAR: u32 = 52;

/// Sources of danger that belong to a county as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum CountySource {
    /// A cluster of a respiratory disease that does not sustain itself.
    Cluster,
    /// A pandemic strain.
    Pandemic,
    /// A poisoning at home.
    HomeMeal,
    /// A poisoning in a canteen.
    Canteen,
    /// A crowd crush.
    Crush,
    /// Extreme individual violence.
    Violence,
    /// An escalated dispute of more than a hundred people.
    Dispute,
}

impl CountySource {
    /// All sources.
    pub const ALL: [CountySource; 7] = [
        CountySource::Cluster,
        CountySource::Pandemic,
        CountySource::HomeMeal,
        CountySource::Canteen,
        CountySource::Crush,
        CountySource::Violence,
        CountySource::Dispute,
    ];

    /// Kind of danger.
    pub fn kind(self) -> Kind {
        match self {
            CountySource::Cluster | CountySource::Pandemic => Kind::RespiratoryOutbreak,
            CountySource::HomeMeal | CountySource::Canteen => Kind::FoodborneOutbreak,
            CountySource::Crush => Kind::CrowdCrush,
            CountySource::Violence => Kind::ExtremeViolence,
            CountySource::Dispute => Kind::EscalatedDispute,
        }
    }

    /// Expected events a year in the whole society under the baseline.
    pub fn rate_per_year(self, society: &Society) -> f64 {
        match self {
            CountySource::Cluster => society.health.cluster_arrivals_per_year,
            CountySource::Pandemic => society.health.pandemic_arrivals_per_year,
            CountySource::HomeMeal => society.health.home_meal_events_per_year,
            CountySource::Canteen => society.health.canteen_events_per_year,
            CountySource::Crush => society.social.crush_events_per_year,
            CountySource::Violence => society.social.violence_events_per_year,
            CountySource::Dispute => society.social.dispute_events_per_year,
        }
    }

    /// Largest multiple of that rate that any state or lever can bring about.
    pub fn bound(self, society: &Society) -> f64 {
        let unseasonal = 1.0 + society.health.season_amplitude;
        let grievance = society.social.grievance_multiplier_bound;
        match self {
            CountySource::Cluster | CountySource::Pandemic => unseasonal,
            CountySource::HomeMeal | CountySource::Canteen => {
                1.0 / (1.0 - society.health.hygiene_supervision_effect)
            }
            CountySource::Crush => 1.0 / society.social.crowd_limit_effect,
            CountySource::Violence => grievance * POLICE_BOUND,
            CountySource::Dispute => grievance / (1.0 - society.social.stability_assessment_effect),
        }
    }
}

/// Largest factor that fewer police can put on violence.
pub const POLICE_BOUND: f64 = 2.0;

/// What a candidate is a danger of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// An accident; the source is an enterprise agent.
    Accident,
    /// A natural event; the source is its position in the natural history. It always occurs.
    Natural,
    /// A danger of a county; the source is the county.
    County(CountySource),
}

/// One candidate.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Number within its class: with the class, the identity.
    pub number: u32,
    /// Enterprise agent, natural event or county.
    pub source: u32,
    /// It happens iff this lies below the rate (accidents: per worker-year) or factor (county) of the state.
    pub threshold: f32,
    /// Class.
    pub class: Class,
}

impl Candidate {
    /// Identity of the candidate: the same under every policy, never zero, top bit clear.
    pub fn identity(&self) -> u64 {
        let class: u64 = match self.class {
            Class::Accident => 1,
            Class::Natural => 2,
            Class::County(source) => 3 + source as u64,
        };
        class << 40 | u64::from(self.number)
    }
}

/// What could happen in one replication.
#[derive(Clone, Debug)]
pub struct History {
    /// Seed of the experiment.
    pub seed: u64,
    /// Replication number.
    pub replication: u32,
    /// Candidates in order of time.
    pub candidates: Vec<Candidate>,
    /// Second of its year at which each candidate would happen.
    pub seconds: Vec<u32>,
    /// First candidate of each week, and the end.
    pub week_starts: Vec<u32>,
    /// Natural events with their footprints.
    pub natural: NaturalHistory,
    /// What each strike does to people at the initial state, in the order of the strikes.
    pub shares: Vec<StrikeShares>,
}

impl History {
    /// Draws all candidates of `weeks` weeks. A longer history begins with the shorter one.
    pub fn generate(model: &Model, seed: u64, replication: u32, weeks: u32) -> Self {
        let natural = natural::history(
            &model.world,
            &model.society,
            &model.tables.exposure,
            seed,
            replication,
            weeks,
        );
        let horizon = f64::from(weeks) / f64::from(WEEKS_PER_YEAR);
        let mut timed = accidents(model, seed, replication, horizon);
        timed.extend(county_dangers(model, seed, replication, horizon));
        History::gather(model, seed, replication, weeks, timed, natural)
    }

    /// A history of the stated dangers alone: candidates of accidents and counties, each with its time
    /// in years from the start, and the natural events, which always occur.
    pub fn gather(
        model: &Model,
        seed: u64,
        replication: u32,
        weeks: u32,
        mut timed: Vec<(f64, Candidate)>,
        natural: NaturalHistory,
    ) -> Self {
        timed.extend(natural.events.iter().enumerate().map(|(number, event)| {
            let number = number as u32;
            (
                event.time,
                Candidate {
                    number,
                    source: number,
                    threshold: 0.0,
                    class: Class::Natural,
                },
            )
        }));
        timed.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut week_starts = vec![0; weeks as usize + 1];
        for (time, _) in &timed {
            let week = week_of(*time).min(weeks - 1);
            week_starts[week as usize + 1] += 1;
        }
        for week in 0..weeks as usize {
            week_starts[week + 1] += week_starts[week];
        }
        let shares = strike_shares(model, &natural);
        let seconds = timed
            .iter()
            .map(|(time, _)| second_of(*time, weeks))
            .collect();
        let candidates = timed.into_iter().map(|(_, candidate)| candidate).collect();
        History {
            seed,
            replication,
            candidates,
            seconds,
            week_starts,
            natural,
            shares,
        }
    }

    /// The candidates of a week, in order of time.
    pub fn week(&self, week: u32) -> &[Candidate] {
        &self.candidates[self.of_week(week)]
    }

    /// Seconds of the year at which they would happen.
    pub fn seconds(&self, week: u32) -> &[u32] {
        &self.seconds[self.of_week(week)]
    }

    fn of_week(&self, week: u32) -> Range<usize> {
        let start = self.week_starts.get(week as usize);
        let bounds = start.zip(self.week_starts.get(week as usize + 1));
        bounds.map_or(0..0, |(start, end)| *start as usize..*end as usize)
    }

    /// The stream of a purpose in this replication.
    pub fn stream(&self, purpose: Purpose) -> Stream {
        Stream::new(self.seed, self.replication, purpose)
    }
}

fn strike_shares(model: &Model, natural: &NaturalHistory) -> Vec<StrikeShares> {
    let mut shares = Vec::with_capacity(natural.strikes.len());
    for event in &natural.events {
        let struck = &natural.strikes[event.strikes.rows()];
        shares.extend(struck.iter().map(|strike| {
            StrikeShares::new(
                &model.society,
                &model.vulnerability,
                event.kind,
                strike,
                event.death_factor,
            )
        }));
    }
    shares
}

/// Second of its year, within the week in which [`week_of`] puts the time.
fn second_of(time: f64, weeks: u32) -> u32 {
    let week = week_of(time).min(weeks - 1);
    let within = (time * f64::from(WEEKS_PER_YEAR) - f64::from(week)) * f64::from(SECONDS_PER_WEEK);
    let within = (within as u32).min(SECONDS_PER_WEEK - 1);
    week % WEEKS_PER_YEAR * SECONDS_PER_WEEK + within
}

fn week_of(time: f64) -> u32 {
    (time * f64::from(WEEKS_PER_YEAR)) as u32
}

/// Accident candidates: exponential gaps, a slot by the alias method, an establishment of the cell
/// by its workers, an acceptance mark. Marks of candidate k: 0 gap, 1 slot, 2 acceptance, 3 establishment.
fn accidents(model: &Model, seed: u64, replication: u32, horizon: f64) -> Vec<(f64, Candidate)> {
    let stream = Stream::new(seed, replication, Purpose::AccidentCandidates);
    let total = model.slots.total();
    let mut found = Vec::with_capacity((total * horizon * 1.02) as usize + 64);
    let mut time = 0.0;
    let mut number = 0_u32;
    if total <= 0.0 {
        return found;
    }
    loop {
        let [gap, slot] = stream.pair(u64::from(number), 0, 0);
        time -= log(gap) / total;
        if time >= horizon {
            return found;
        }
        let [accept, establishment] = stream.pair(u64::from(number), 0, 1);
        let cell = model.slots.pick(slot);
        let source = model.establishment(cell, establishment);
        let trade = model.world.cells.trade[cell];
        let threshold = (accept * model.majorant[trade]) as f32;
        found.push((
            time,
            Candidate {
                number,
                source,
                threshold,
                class: Class::Accident,
            },
        ));
        number += 1;
    }
}

/// Candidates of counties: one process a source, a county by its people.
fn county_dangers(
    model: &Model,
    seed: u64,
    replication: u32,
    horizon: f64,
) -> Vec<(f64, Candidate)> {
    let stream = Stream::new(seed, replication, Purpose::CountyCandidates);
    let mut found = Vec::new();
    for source in CountySource::ALL {
        let bound = source.bound(&model.society);
        let total = source.rate_per_year(&model.society) * bound;
        if total <= 0.0 {
            continue;
        }
        let mut time = 0.0;
        for number in 0_u32.. {
            let entity = (source as u64) << 40 | u64::from(number);
            let [gap, slot] = stream.pair(entity, 0, 0);
            time -= log(gap) / total;
            if time >= horizon {
                break;
            }
            let accept = stream.uniform(entity, 0, 2);
            let county = model.people.pick(slot) as u32;
            let threshold = (accept * bound) as f32;
            found.push((
                time,
                Candidate {
                    number,
                    source: county,
                    threshold,
                    class: Class::County(source),
                },
            ));
        }
    }
    found
}

/// Walker's alias table: one of many in constant time, with given weights.
#[derive(Clone, Debug, Default)]
pub struct Alias {
    total: f64,
    threshold: Vec<f64>,
    other: Vec<u32>,
}

impl Alias {
    /// Builds the table (Vose 1991).
    pub fn new(weights: &[f64]) -> Self {
        let total: f64 = weights.iter().sum();
        let n = weights.len();
        let mut threshold: Vec<f64> = weights
            .iter()
            .map(|w| {
                if total > 0.0 {
                    w * n as f64 / total
                } else {
                    1.0
                }
            })
            .collect();
        let mut other: Vec<u32> = (0..n as u32).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) =
            (0..n).partition(|i| threshold[*i] < 1.0);
        while let (Some(less), Some(more)) = (small.pop(), large.last().copied()) {
            other[less] = more as u32;
            threshold[more] -= 1.0 - threshold[less];
            if threshold[more] < 1.0 {
                large.pop();
                small.push(more);
            }
        }
        for rest in small.into_iter().chain(large) {
            threshold[rest] = 1.0;
        }
        Alias {
            total,
            threshold,
            other,
        }
    }

    /// Sum of the weights.
    pub fn total(&self) -> f64 {
        self.total
    }

    /// The member at uniform `u`.
    #[inline]
    pub fn pick(&self, u: f64) -> usize {
        let scaled = u * self.threshold.len() as f64;
        let column = (scaled as usize).min(self.threshold.len().saturating_sub(1));
        if scaled - (column as f64) < self.threshold[column] {
            column
        } else {
            self.other[column] as usize
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::random::{Purpose, Stream};

    #[test]
    fn alias_table_meets_its_weights() {
        let weights = [1.0, 3.0, 0.0, 6.0];
        let alias = Alias::new(&weights);
        let stream = Stream::new(7, 0, Purpose::AccidentCandidates);
        let n = 40_000;
        let mut counts = [0_u32; 4];
        for i in 0..n {
            counts[alias.pick(stream.uniform(i, 0, 0))] += 1;
        }
        for (count, weight) in counts.iter().zip(weights) {
            let p = weight / 10.0;
            let sd = libm::sqrt(f64::from(n as u32) * p * (1.0 - p)).max(1e-9);
            assert!(
                (f64::from(*count) - f64::from(n as u32) * p).abs() <= 4.0 * sd,
                "{counts:?}"
            );
        }
    }
}
