//! One year for `benches/peers/run`: a line of JSON with the seconds taken and, for the rules on the
//! engine's building blocks, everything that its check of agreement needs.

#![expect(
    clippy::expect_used,
    reason = "a bench that is asked for what it does not have must stop"
)]

use std::hint::black_box;
use std::time::Instant;

use riskweave::model::run::Run;
use serde_json::{Value, json};

use crate::pool;
use crate::rules::{self, Citizens, ONE, REGION, Streams, Totals, WEEKS};
use crate::society::{self, Society};

/// Runs a year and prints it if the command line asks for one.
pub(crate) fn asked() -> bool {
    let Some(peer) = option("--peer") else {
        return false;
    };
    let number = |name: &str, usual: usize| {
        option(name).map_or(usual, |text| text.parse().expect("a whole number"))
    };
    let citizens = number("--citizens", 1_000_000);
    let seed = number("--seed", 1) as u64;
    let threads = number("--threads", 1);
    let result = pool(threads).install(|| match peer.as_str() {
        "rules" => of_rules(citizens, seed),
        "engine" => of_engine(citizens, seed, society::year),
        _ => of_engine(citizens, seed, society::year_of_weekly_reviews),
    });
    println!("{result}");
    true
}

fn option(name: &str) -> Option<String> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.next()?;
    arguments.next()
}

/// Years that are timed together: Linux counts processor time in steps of some milliseconds.
const YEARS: usize = 8;

/// Mean seconds of a year from each of equal starts: of wall time, and of this thread's processor time.
#[expect(clippy::disallowed_methods, reason = "the time is the result here")]
fn timed<T, R>(starts: &mut [T], mut year: impl FnMut(&mut T) -> R) -> [f64; 2] {
    let (start, busy_before) = (Instant::now(), busy());
    for subject in starts.iter_mut() {
        black_box(year(subject));
    }
    let years = starts.len() as f64;
    let (wall, processor) = (start.elapsed().as_secs_f64(), busy() - busy_before);
    [wall / years, processor / years]
}

/// Seconds that this thread has run, as Linux counts them.
fn busy() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|field| field.parse().ok());
    nanoseconds.unwrap_or(0.0) / 1e9
}

fn of_rules(people: usize, seed: u64) -> Value {
    let before = Citizens::new(people / REGION, seed);
    let mut starts = vec![before.clone(); YEARS];
    // A little society first, as the other peers have it.
    rules::year(&mut Citizens::new(10, seed), Streams::new(seed));
    let seconds = timed(&mut starts, |own| rules::year(own, Streams::new(seed)));
    let mut citizens = before.clone();
    let totals = rules::year(&mut citizens, Streams::new(seed));
    let column = |of: fn(&Totals) -> f64| totals.iter().map(of).collect::<Vec<f64>>();
    let hazards = totals.iter().enumerate().flat_map(|(region, totals)| {
        let of = move |hazard: &rules::Hazard| json!([hazard.week, region, hazard.severity]);
        totals.hazards.iter().map(of)
    });
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "seconds": seconds[0],
        "processor_seconds": seconds[1],
        "citizens": people,
        "regions": totals.len(),
        "weeks": WEEKS,
        "wealth": wealth(&before, |wealth| wealth),
        "wealth_squared": wealth(&before, |wealth| wealth * wealth),
        "loss": column(|region| region.loss),
        "insurer": column(|region| region.insurer),
        "government": column(|region| region.government),
        "residents": column(|region| region.residents),
        "deaths": column(|region| f64::from(region.deaths)),
        "hazards": hazards.collect::<Vec<Value>>(),
        "preparedness": preparedness(&citizens),
    })
}

/// Sums of a function of wealth by region: of the insured and of the others.
fn wealth(citizens: &Citizens, of: fn(f64) -> f64) -> Vec<[f64; 2]> {
    let regions = 0..citizens.regions();
    let sum = |region: usize, insured: u8| -> f64 {
        Citizens::rows(region)
            .filter(|row| citizens.insured[*row] == insured)
            .map(|row| of(f64::from(citizens.wealth_yuan[row])))
            .sum()
    };
    regions
        .map(|region| [sum(region, 1), sum(region, 0)])
        .collect()
}

/// Number, mean and variance of the preparedness of the living.
fn preparedness(citizens: &Citizens) -> [f64; 3] {
    let rows = citizens.preparedness.iter().zip(&citizens.perception);
    let living: Vec<f64> = rows
        .filter(|(_, perception)| **perception != rules::NOBODY)
        .map(|(preparedness, _)| f64::from(*preparedness) / f64::from(ONE))
        .collect();
    let n = living.len() as f64;
    let mean = living.iter().sum::<f64>() / n;
    let squares = living.iter().map(|value| (value - mean) * (value - mean));
    [n, mean, squares.sum::<f64>() / (n - 1.0)]
}

fn of_engine(people: usize, seed: u64, year: fn(&mut Run<'_>)) -> Value {
    let society = Society::new(people, seed);
    let mut starts: Vec<Run<'_>> = (0..YEARS).map(|_| society.ready()).collect();
    let seconds = timed(&mut starts, year);
    let run = starts.swap_remove(0);
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "seconds": seconds[0],
        "processor_seconds": seconds[1],
        "citizens": society.citizens(),
        "weeks": WEEKS,
        "engine": society.account(run),
    })
}
