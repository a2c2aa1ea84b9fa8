//! Cost against scale: building the nation, its first state and a year, from a thousand people an agent down
//! to everybody, each beside the floor of as many decisions in the same run, on all threads.
//!
//!     cargo bench --bench scale -- 1000 100 10 1 --chart docs/images/scale.svg
//!
//! Without arguments: 1000, 100 and 10 people an agent. One person an agent takes 18 GB of memory.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a bench whose built-in scenario does not load must stop, and a bench reads the clock"
)]

mod chart;
#[path = "../floor/mod.rs"]
mod floor;

use std::time::Instant;

use rayon::prelude::*;
use riskweave::model::random::{Purpose, Stream};
use riskweave::model::run::Run;
use riskweave::model::{Model, Regime};
use riskweave::scenario::{Overrides, load_experiment};

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

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let asked: Vec<u32> = arguments
        .iter()
        .filter_map(|text| text.parse().ok())
        .collect();
    let asked = if asked.is_empty() {
        vec![1000, 100, 10]
    } else {
        asked
    };
    let threads = rayon::current_num_threads();
    println!(
        "| people an agent | citizens | enterprises | world | first state | a year | floor of its decisions | year / floor | a citizen and week | peak memory |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    let mut rows = Vec::new();
    for people_per_agent in asked {
        let row = measured(people_per_agent);
        let [world, first, year, floor] = row.seconds;
        let [own, _] = row.citizen_week();
        let peak = row
            .peak
            .map_or("–".to_owned(), |peak| format!("{peak:.2} GB"));
        println!(
            "| {people_per_agent} | {} | {} | {world:.2} s | {first:.2} s | {year:.2} s | {floor:.3} s | {:.1} | {own:.3} ns | {peak} |",
            row.citizens,
            row.enterprises,
            year / floor
        );
        rows.push(row);
    }
    println!("({threads} threads)");
    let path = arguments.iter().position(|text| text == "--chart");
    if let Some(path) = path.and_then(|place| arguments.get(place + 1)) {
        let points: Vec<chart::Point> = rows
            .iter()
            .map(|row| (row.citizens as f64, row.citizen_week()))
            .collect();
        let svg = chart::svg(&points, threads).expect("the chart can be drawn");
        std::fs::write(path, svg).expect("the chart can be written");
    }
}

fn measured(people_per_agent: u32) -> Row {
    let overrides = Overrides::default();
    let checked = load_experiment("china-2020", &overrides).expect("the experiment is sound");
    let clock = Instant::now();
    let model = Model::new(checked.society.clone(), people_per_agent);
    let world = clock.elapsed().as_secs_f64();
    let baseline: Regime = model.regime(&checked.baseline, &checked.baseline, true);
    let history = model.history(checked.experiment.seed, 1, YEAR);
    let clock = Instant::now();
    let state = model.burn_in(&baseline, &history, 0);
    let first = clock.elapsed().as_secs_f64();
    let mut run = Run::new(&model, &baseline, &history, state, 0, true);
    let clock = Instant::now();
    run.weeks(YEAR);
    let year = clock.elapsed().as_secs_f64();
    let (_, mut state) = run.finish_with_state();
    let stream = Stream::new(7, 1, Purpose::Citizens);
    let clock = Instant::now();
    for _ in 0..REVIEWS {
        on_all_threads(
            stream,
            &model.logits,
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
