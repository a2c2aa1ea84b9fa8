//! Citizen-weeks per second on the mini-governance workload, on one thread and two, each beside a plain
//! loop: the rules on the engine's building blocks (`rules`), and a stripped society with the same
//! elements through the real engine (`society`).
//!
//! The workload: N citizens in N/1000 regions, 52 weeks. Every week the preparedness of each living
//! citizen moves 5 % towards half its perception, plus noise within ±1 %; each region is struck with
//! probability 0.02 at a severity s with the exponential law of mean one; a citizen there loses
//! wealth · min(1, 0.1·s·(1 − preparedness)), of which the insurer bears 80 % for the insured and the
//! government 30 % for the others, and dies with probability 1e-4·s·(1 − preparedness).
//!
//! `cargo bench --bench mini_governance` prints the table; with `--peer rules|engine|engine-weekly` it
//! runs one year and prints a line that `benches/peers/run` reads.

mod peer;
mod plain;
mod rules;
mod society;

use divan::counter::ItemsCount;
use rayon::{ThreadPool, ThreadPoolBuilder};

use plain::{First, floor};
use rules::{Citizens, REGION, Streams, WEEKS};
use society::Society;

/// Citizens.
const CITIZENS: usize = 1_000_000;
/// Seed.
const SEED: u64 = 7;

fn main() {
    if !peer::asked() {
        divan::main();
    }
}

/// Citizen-weeks of a year.
fn citizen_weeks(citizens: usize) -> ItemsCount {
    ItemsCount::new(citizens * WEEKS as usize)
}

/// A pool of so many threads.
fn pool(threads: usize) -> ThreadPool {
    #[expect(clippy::expect_used, reason = "a bench without threads must stop")]
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("the machine gives threads")
}

mod rules_on_blocks {
    use super::{
        CITIZENS, Citizens, First, REGION, SEED, Streams, WEEKS, citizen_weeks, floor, pool, rules,
    };

    #[divan::bench(args = [1, 2], sample_count = 10, sample_size = 1)]
    fn year(bencher: divan::Bencher<'_, '_>, threads: usize) {
        let citizens = Citizens::new(CITIZENS / REGION, SEED);
        let streams = Streams::new(SEED);
        let pool = pool(threads);
        bencher
            .counter(citizen_weeks(CITIZENS))
            .with_inputs(|| citizens.clone())
            .bench_local_refs(|citizens| pool.install(|| rules::year(citizens, streams)));
    }

    #[divan::bench(sample_count = 10, sample_size = 1)]
    fn floor_of_columns(bencher: divan::Bencher<'_, '_>) {
        let citizens = Citizens::new(CITIZENS / REGION, SEED);
        bencher
            .counter(citizen_weeks(CITIZENS))
            .with_inputs(|| citizens.clone())
            .bench_local_refs(|citizens| {
                for week in 0..WEEKS {
                    floor(citizens, week);
                }
            });
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn plain_rust(bencher: divan::Bencher<'_, '_>) {
        let first = First::new(CITIZENS);
        bencher
            .counter(citizen_weeks(CITIZENS))
            .with_inputs(|| first.clone())
            .bench_local_refs(First::year);
    }
}

mod engine {
    use super::{CITIZENS, SEED, Society, citizen_weeks, pool, society};
    use std::sync::LazyLock;

    static SOCIETY: LazyLock<Society> = LazyLock::new(|| Society::new(CITIZENS, SEED));

    #[divan::bench(args = [1, 2], sample_count = 5, sample_size = 1)]
    fn year(bencher: divan::Bencher<'_, '_>, threads: usize) {
        let pool = pool(threads);
        bencher
            .counter(citizen_weeks(SOCIETY.citizens()))
            .with_inputs(|| SOCIETY.ready())
            .bench_local_refs(|run| pool.install(|| society::year(run)));
    }

    #[divan::bench(args = [1, 2], sample_count = 5, sample_size = 1)]
    fn year_of_weekly_reviews(bencher: divan::Bencher<'_, '_>, threads: usize) {
        let pool = pool(threads);
        bencher
            .counter(citizen_weeks(SOCIETY.citizens()))
            .with_inputs(|| SOCIETY.ready())
            .bench_local_refs(|run| pool.install(|| society::year_of_weekly_reviews(run)));
    }
}
