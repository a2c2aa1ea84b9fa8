//! What could happen in a replication: drawn once, before any policy, by thinning.
//!
//! Every source is a fixed slot with a majorant rate Λ known when the society is built. Candidates
//! form one Poisson process of rate ΣΛ; a mark says which slot, another whether it happens: candidate
//! k becomes an event iff u·Λ < λ(state) (Lewis & Shedler 1979). So a policy that lowers λ removes
//! events and, given the state, changes no other one.

use std::ops::Range;

use crate::model::Model;
use crate::model::hazards::arrivals::Arrivals;
use crate::model::hazards::forced::ForcedStrike;
use crate::model::hazards::harm::StrikeShares;
use crate::model::hazards::natural::{self, NaturalEvent, NaturalHistory};
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

/// A candidate with its time (years from the start).
pub type Timed = (f64, Candidate);

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
    /// A forced event comes on top, after the drawn ones in number, so that it changes none of them.
    pub fn generate(
        model: &Model,
        seed: u64,
        replication: u32,
        weeks: u32,
        forced: Option<&ForcedStrike>,
    ) -> Self {
        let mut natural = natural::history(
            &model.world,
            &model.society,
            &model.tables.exposure,
            seed,
            replication,
            weeks,
        );
        if let Some(forced) = forced.filter(|forced| forced.week() < weeks) {
            forced.add_to(&mut natural);
        }
        let horizon = f64::from(weeks) / f64::from(WEEKS_PER_YEAR);
        let mut others = county_dangers(model, seed, replication, horizon);
        others.extend(natural.events.iter().enumerate().map(natural_candidate));
        in_time(&mut others);
        let accidents = Arrivals::new(model, seed, replication);
        let accidents = accidents.take_while(|(time, _)| *time < horizon);
        let room = (model.slots.total() * horizon * 1.02) as usize + 64 + others.len();
        let mut builder = Builder::new(weeks, room);
        let mut others = others.into_iter().peekable();
        for accident in accidents {
            while let Some(other) = others.next_if(|(time, _)| *time < accident.0) {
                builder.push(other);
            }
            builder.push(accident);
        }
        for other in others {
            builder.push(other);
        }
        builder.finish(model, (seed, replication), natural)
    }

    /// A history of the stated dangers alone: candidates of accidents and counties, each with its time
    /// in years from the start, and the natural events, which always occur.
    pub fn gather(
        model: &Model,
        seed: u64,
        replication: u32,
        weeks: u32,
        mut timed: Vec<Timed>,
        natural: NaturalHistory,
    ) -> Self {
        timed.extend(natural.events.iter().enumerate().map(natural_candidate));
        in_time(&mut timed);
        let mut builder = Builder::new(weeks, timed.len());
        for timed in timed {
            builder.push(timed);
        }
        builder.finish(model, (seed, replication), natural)
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

fn natural_candidate((number, event): (usize, &NaturalEvent)) -> Timed {
    let number = number as u32;
    let candidate = Candidate {
        number,
        source: number,
        threshold: 0.0,
        class: Class::Natural,
    };
    (event.time, candidate)
}

/// Puts candidates in order of time; those of one time stay as they are.
fn in_time(timed: &mut [Timed]) {
    timed.sort_by(|a, b| a.0.total_cmp(&b.0));
}

/// Takes in candidates in order of time.
struct Builder {
    weeks: u32,
    candidates: Vec<Candidate>,
    seconds: Vec<u32>,
    /// Candidates of each week, one place on.
    counts: Vec<u32>,
}

impl Builder {
    fn new(weeks: u32, room: usize) -> Self {
        Builder {
            weeks,
            candidates: Vec::with_capacity(room),
            seconds: Vec::with_capacity(room),
            counts: vec![0; weeks as usize + 1],
        }
    }

    fn push(&mut self, (time, candidate): Timed) {
        let week = week_of(time).min(self.weeks - 1);
        self.counts[week as usize + 1] += 1;
        self.candidates.push(candidate);
        self.seconds.push(second_of(time, self.weeks));
    }

    fn finish(
        self,
        model: &Model,
        (seed, replication): (u64, u32),
        natural: NaturalHistory,
    ) -> History {
        let mut week_starts = self.counts;
        for week in 0..self.weeks as usize {
            week_starts[week + 1] += week_starts[week];
        }
        History {
            seed,
            replication,
            candidates: self.candidates,
            seconds: self.seconds,
            week_starts,
            shares: strike_shares(model, &natural),
            natural,
        }
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

/// Candidates of counties: one process a source, a county by its people.
fn county_dangers(model: &Model, seed: u64, replication: u32, horizon: f64) -> Vec<Timed> {
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
