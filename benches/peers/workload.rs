//! The mini-governance workload for peers in Rust: its numbers, and the line of JSON with which a peer
//! answers (see `workload.py`, which says what the workload is).

use std::time::Instant;

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;

pub const WEEKS: u32 = 52;
pub const REGION: usize = 1000;
pub const STEP: f32 = 0.05;
pub const NOISE: f32 = 0.01;
pub const HAZARD: f64 = 0.02;
pub const LOSS_AT_ONE: f32 = 0.1;
pub const DEATH_AT_ONE: f32 = 1e-4;
pub const INSURER: f64 = 0.8;
pub const GOVERNMENT: f64 = 0.3;

/// A citizen as it is born.
#[derive(Clone, Copy)]
pub struct Newborn {
    pub perception: f32,
    pub preparedness: f32,
    pub wealth_yuan: f32,
    pub insured: bool,
    pub region: u32,
}

/// Sums by region, and what struck.
#[derive(Clone, Default)]
pub struct Totals {
    pub loss: Vec<f64>,
    pub insurer: Vec<f64>,
    pub government: Vec<f64>,
    pub residents: Vec<f64>,
    pub deaths: Vec<u32>,
    /// Week, region, severity.
    pub hazards: Vec<(u32, usize, f64)>,
}

impl Totals {
    pub fn new(regions: usize) -> Self {
        Totals {
            loss: vec![0.0; regions],
            insurer: vec![0.0; regions],
            government: vec![0.0; regions],
            residents: vec![0.0; regions],
            deaths: vec![0; regions],
            hazards: Vec::new(),
        }
    }

    pub fn lose(&mut self, region: usize, loss: f64, insured: bool) {
        self.loss[region] += loss;
        if insured {
            self.insurer[region] += INSURER * loss;
            self.residents[region] += (1.0 - INSURER) * loss;
        } else {
            self.government[region] += GOVERNMENT * loss;
            self.residents[region] += (1.0 - GOVERNMENT) * loss;
        }
    }
}

/// A society of a peer.
pub trait Society: Sized {
    fn new(citizens: &[Newborn], seed: u64) -> Self;
    fn year(&mut self);
    fn totals(&self) -> Totals;
    /// Of the living.
    fn preparedness(&self) -> Vec<f32>;
}

/// Citizens of a nation.
fn newborns(citizens: usize, seed: u64) -> Vec<Newborn> {
    let mut random = SmallRng::seed_from_u64(seed);
    let one = |number: usize| Newborn {
        perception: random.random_range(0.2..1.0),
        preparedness: random.random_range(0.1..0.3),
        wealth_yuan: random.random_range(50_000.0..150_000.0),
        insured: random.random_bool(0.3),
        region: (number / REGION) as u32,
    };
    (0..citizens).map(one).collect()
}

/// Runs a year of a society and prints what came of it; a little one lives through a year before.
pub fn answer<S: Society>(version: &str) {
    let citizens: usize = option("--citizens").expect("--citizens");
    let seed = option("--seed").unwrap_or(1) as u64;
    S::new(&newborns(2 * REGION, seed), seed).year();
    let born = newborns(citizens, seed);
    let mut society = S::new(&born, seed);
    let (start, busy_before) = (Instant::now(), busy());
    society.year();
    let (seconds, processor_seconds) = (start.elapsed().as_secs_f64(), busy() - busy_before);
    let totals = society.totals();
    let line = json!({
        "version": version,
        "threads": 1,
        "seconds": seconds,
        "processor_seconds": processor_seconds,
        "citizens": citizens,
        "regions": citizens / REGION,
        "weeks": WEEKS,
        "wealth": wealth(&born, |wealth| wealth),
        "wealth_squared": wealth(&born, |wealth| wealth * wealth),
        "loss": totals.loss,
        "insurer": totals.insurer,
        "government": totals.government,
        "residents": totals.residents,
        "deaths": totals.deaths,
        "hazards": totals.hazards,
        "preparedness": moments(&society.preparedness()),
    });
    println!("{line}");
}

/// Seconds that this thread has run, as Linux counts them.
fn busy() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|field| field.parse().ok());
    nanoseconds.unwrap_or(0.0) / 1e9
}

fn option(name: &str) -> Option<usize> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.next()?;
    arguments.next()?.parse().ok()
}

/// Sums of a function of wealth by region: of the insured and of the others.
fn wealth(born: &[Newborn], of: fn(f64) -> f64) -> Vec<[f64; 2]> {
    let mut sums = vec![[0.0; 2]; born.len() / REGION];
    for one in born {
        sums[one.region as usize][usize::from(!one.insured)] += of(f64::from(one.wealth_yuan));
    }
    sums
}

/// Number, mean and variance.
fn moments(values: &[f32]) -> [f64; 3] {
    let n = values.len() as f64;
    let mean = values.iter().map(|value| f64::from(*value)).sum::<f64>() / n;
    let squares = values
        .iter()
        .map(|value| (f64::from(*value) - mean).powi(2));
    [n, mean, squares.sum::<f64>() / (n - 1.0)]
}
