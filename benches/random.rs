//! Speed of random numbers: Philox at a stated coordinate, beside two generators of the `rand` crate
//! (a sequential one and a counter-based cipher) and a plain counter loop (the floor).
//!
//! The peers draw the next number of a sequence; ours answers for any coordinate in any order.

use std::hint::black_box;

use divan::counter::{BytesCount, ItemsCount};
use rand::rngs::{SmallRng, StdRng};
use rand::{Rng, RngExt, SeedableRng};
use riskweave::model::random::{Purpose, Stream};

/// Numbers drawn in one round.
const DRAWS: u64 = 4096;
/// Bytes of a Philox block.
const BLOCK: u64 = 16;

fn main() {
    divan::main();
}

fn stream() -> Stream {
    Stream::new(black_box(2020), 1, Purpose::Citizens)
}

#[divan::bench]
fn words_philox_block(bencher: divan::Bencher<'_, '_>) {
    let stream = stream();
    bencher
        .counter(BytesCount::new(DRAWS * BLOCK))
        .bench_local(|| {
            let mut mixed = 0;
            for entity in 0..DRAWS {
                let [a, b, c, d] = stream.block(entity, 3, 0);
                mixed ^= a ^ b ^ c ^ d;
            }
            mixed
        });
}

#[divan::bench]
fn words_rand_chacha12(bencher: divan::Bencher<'_, '_>) {
    words_of(bencher, StdRng::seed_from_u64(black_box(2020)));
}

#[divan::bench]
fn words_rand_xoshiro(bencher: divan::Bencher<'_, '_>) {
    words_of(bencher, SmallRng::seed_from_u64(black_box(2020)));
}

fn words_of(bencher: divan::Bencher<'_, '_>, mut generator: impl Rng) {
    bencher
        .counter(BytesCount::new(DRAWS * BLOCK))
        .bench_local(|| {
            let mut mixed = 0;
            for _ in 0..2 * DRAWS {
                mixed ^= generator.next_u64();
            }
            mixed
        });
}

#[divan::bench]
fn words_counter_floor(bencher: divan::Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::new(DRAWS * BLOCK))
        .bench_local(|| {
            let mut mixed = 0;
            for counter in 0..black_box(2 * DRAWS) {
                mixed ^= counter.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            }
            mixed
        });
}

#[divan::bench]
fn uniforms_philox(bencher: divan::Bencher<'_, '_>) {
    let stream = stream();
    bencher
        .counter(ItemsCount::new(DRAWS))
        .bench_local(|| (0..DRAWS).map(|n| stream.uniform(n, 3, 0)).sum::<f64>());
}

#[divan::bench]
fn uniforms_philox_in_pairs(bencher: divan::Bencher<'_, '_>) {
    let stream = stream();
    bencher.counter(ItemsCount::new(DRAWS)).bench_local(|| {
        let pairs = (0..DRAWS / 2).map(|n| stream.pair(n, 3, 0));
        pairs.map(|[a, b]| a + b).sum::<f64>()
    });
}

#[divan::bench]
fn uniforms_rand_chacha12(bencher: divan::Bencher<'_, '_>) {
    uniforms_of(bencher, StdRng::seed_from_u64(black_box(2020)));
}

#[divan::bench]
fn uniforms_rand_xoshiro(bencher: divan::Bencher<'_, '_>) {
    uniforms_of(bencher, SmallRng::seed_from_u64(black_box(2020)));
}

fn uniforms_of(bencher: divan::Bencher<'_, '_>, mut generator: impl Rng) {
    bencher
        .counter(ItemsCount::new(DRAWS))
        .bench_local(|| (0..DRAWS).map(|_| generator.random::<f64>()).sum::<f64>());
}
