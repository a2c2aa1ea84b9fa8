//! Cost against scale: building a society, its first state and a year, each beside the floor of as many
//! decisions in the same run, on all threads: the nation, from a thousand people an agent down to everybody,
//! and ever more cities side by side, everybody an agent.
//!
//!     cargo bench --bench scale -- 1000 100 10 1 --cities 1 5 50 500 --chart docs/images/scale.svg
//!
//! Without arguments: the nation at 1000, 100 and 10 people an agent, and 1, 5 and 50 cities. The nation of
//! everybody takes 18 GB of memory, 500 cities take 15.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a bench whose built-in scenario does not load must stop, and a bench reads the clock"
)]

mod chart;
mod cities;
#[path = "../floor/mod.rs"]
mod floor;

use std::sync::LazyLock;
use std::time::Instant;

use rayon::prelude::*;
use riskweave::model::random::{Purpose, Stream};
use riskweave::model::run::Run;
use riskweave::model::{Model, Regime};
use riskweave::scenario::{CheckedExperiment, Overrides, load_experiment};

/// Citizens times years that are timed, about.
const TIMED: usize = 200_000_000;
/// Weeks of a year.
const YEAR: u32 = 52;
/// Citizens whose columns fit the cache of a core.
const TOGETHER: usize = 1 << 16;
/// Reviews of a citizen in a year.
const REVIEWS: usize = 4;

/// What one scale costs.
struct Row {
    citizens: usize,
    enterprises: usize,
    /// Seconds of the world, of the first state, of a year, and of the floor of its decisions.
    seconds: [f64; 4],
    /// Memory at its peak so far (GB), if the system tells.
    peak: Option<f64>,
}

impl Row {
    /// Nanoseconds of a citizen and week: of the year, and of the floor.
    fn citizen_week(&self) -> [f64; 2] {
        let weeks = self.citizens as f64 * f64::from(YEAR);
        [self.seconds[2], self.seconds[3]].map(|seconds| 1e9 * seconds / weeks)
    }
}

/// On a thread of the pool, as the program's runs are: from outside it, each parallel part waits for a thread.
fn main() {
    rayon::scope(|_| table());
}

/// Measures what is asked for, and prints it.
fn table() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (scales, cities) = asked(&arguments);
    let threads = rayon::current_num_threads();
    println!(
        "| society | citizens | enterprises | world | first state | a year | floor of its decisions | year / floor | a citizen and week | peak memory |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    let nation = |people_per_agent: &u32| {
        told(
            &format!("the nation, {people_per_agent} people an agent"),
            &measured(&loaded("china-2020"), *people_per_agent),
        )
    };
    let side_by_side = |cities: &u32| {
        let mut checked = loaded("seminar-city");
        cities::side_by_side(&mut checked.society, *cities);
        let noun = if *cities == 1 { "city" } else { "cities" };
        told(
            &format!("{cities} {noun}, everybody"),
            &measured(&checked, 1),
        )
    };
    let nations: Vec<chart::Point> = scales.iter().map(nation).collect();
    let cities: Vec<chart::Point> = cities.iter().map(side_by_side).collect();
    println!("({threads} threads)");
    let path = arguments.iter().position(|text| text == "--chart");
    if let Some(path) = path.and_then(|place| arguments.get(place + 1)) {
        let svg = chart::svg(&nations, &cities, threads).expect("the chart can be drawn");
        std::fs::write(path, svg).expect("the chart can be written");
    }
}

/// People an agent of the nation, and numbers of cities.
fn asked(arguments: &[String]) -> (Vec<u32>, Vec<u32>) {
    let cities = arguments.iter().position(|text| text == "--cities");
    let (before, after) = arguments.split_at(cities.unwrap_or(arguments.len()));
    let numbers = |texts: &[String]| texts.iter().filter_map(|text| text.parse().ok()).collect();
    let (scales, cities): (Vec<u32>, Vec<u32>) = (numbers(before), numbers(after));
    if scales.is_empty() && cities.is_empty() {
        return (vec![1000, 100, 10], vec![1, 5, 50]);
    }
    (scales, cities)
}

fn loaded(experiment: &str) -> CheckedExperiment {
    load_experiment(experiment, &Overrides::default()).expect("the experiment is sound")
}

/// Prints a line of the table.
fn told(society: &str, row: &Row) -> chart::Point {
    let [world, first, year, floor] = row.seconds;
    let [own, _] = row.citizen_week();
    let peak = row
        .peak
        .map_or("–".to_owned(), |peak| format!("{peak:.2} GB"));
    println!(
        "| {society} | {} | {} | {world:.2} s | {first:.2} s | {year:.2} s | {floor:.3} s | {:.1} | {own:.3} ns | {peak} |",
        row.citizens,
        row.enterprises,
        year / floor
    );
    (row.citizens as f64, row.citizen_week())
}

fn measured(checked: &CheckedExperiment, people_per_agent: u32) -> Row {
    let clock = Instant::now();
    let model = Model::new(checked.society.clone(), people_per_agent);
    let world = clock.elapsed().as_secs_f64();
    let baseline: Regime = model.regime(&checked.baseline, &checked.baseline, true);
    // Few citizens are through a year in a blink: more years are timed, after one that warms the caches.
    let years = (TIMED / model.world.citizens.len().max(1)).clamp(1, 20) as u32;
    let history = model.history(checked.experiment.seed, 1, (1 + years) * YEAR);
    let clock = Instant::now();
    let state = model.burn_in(&baseline, &history, 0);
    let first = clock.elapsed().as_secs_f64();
    let mut run = Run::new(&model, &baseline, &history, state, 0, true);
    run.weeks(YEAR);
    let clock = Instant::now();
    run.weeks(years * YEAR);
    let year = clock.elapsed().as_secs_f64() / f64::from(years);
    let (_, mut state) = run.finish_with_state();
    let stream = Stream::new(7, 1, Purpose::Citizens);
    LazyLock::force(&floor::LOGITS);
    let clock = Instant::now();
    for _ in 0..REVIEWS {
        on_all_threads(
            stream,
            &floor::LOGITS,
            &model.world.citizens.threat,
            &mut state.citizens.measures,
            &mut state.citizens.alarm,
        );
    }
    Row {
        citizens: model.world.citizens.len(),
        enterprises: model.world.enterprises.len(),
        seconds: [world, first, year, clock.elapsed().as_secs_f64()],
        peak: peak_gigabytes(),
    }
}

/// One decision of every citizen, on all threads.
fn on_all_threads(
    stream: Stream,
    logits: &[f32; 8192],
    threat: &[i8],
    measures: &mut [u8],
    alarm: &mut [u8],
) {
    let columns = threat
        .par_chunks(TOGETHER)
        .zip(measures.par_chunks_mut(TOGETHER))
        .zip(alarm.par_chunks_mut(TOGETHER));
    columns
        .enumerate()
        .for_each(|(part, ((threat, measures), alarm))| {
            floor::plain_loop(stream, part as u64, logits, threat, measures, alarm);
        });
}

/// The most memory that this process has taken.
fn peak_gigabytes() -> Option<f64> {
    let table = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = table.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024.0 / 1e9)
}
