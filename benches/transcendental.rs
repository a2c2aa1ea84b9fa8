//! Speed of the model's exponential, logarithm and power, one by one and sixteen abreast, beside those of the
//! `libm` crate and a loop that only multiplies and adds (the floor).

use std::hint::black_box;

use divan::counter::ItemsCount;
use riskweave::model::lanes::{NUMBERS, Numbers};
use riskweave::model::transcendental::{exp, exp_each, log, log_each, pow, pow_each};

/// Values in one round.
const VALUES: usize = 4096;

fn main() {
    divan::main();
}

/// Values evenly spread over a range.
fn spread(low: f64, high: f64) -> Vec<f64> {
    let step = (high - low) / VALUES as f64;
    (0..VALUES).map(|n| low + step * n as f64).collect()
}

/// Sums a function over the values.
fn sum_of(bencher: divan::Bencher<'_, '_>, values: &[f64], function: impl Fn(f64) -> f64) {
    bencher
        .counter(ItemsCount::new(VALUES))
        .bench_local(|| black_box(values).iter().map(|x| function(*x)).sum::<f64>());
}

/// Sums a function of numbers abreast over the values.
fn sum_abreast(
    bencher: divan::Bencher<'_, '_>,
    values: &[f64],
    function: impl Fn(&Numbers<f64>) -> Numbers<f64>,
) {
    let (rows, _) = values.as_chunks::<NUMBERS>();
    let sum = |row| function(row).iter().sum::<f64>();
    bencher
        .counter(ItemsCount::new(VALUES))
        .bench_local(|| black_box(rows).iter().map(sum).sum::<f64>());
}

#[divan::bench]
fn floor(bencher: divan::Bencher<'_, '_>) {
    sum_of(bencher, &spread(-20.0, 5.0), |x| x * 1.000_1 + 0.5);
}

#[divan::bench]
fn exp_ours(bencher: divan::Bencher<'_, '_>) {
    sum_of(bencher, &spread(-20.0, 5.0), exp);
}

#[divan::bench]
fn exp_abreast(bencher: divan::Bencher<'_, '_>) {
    sum_abreast(bencher, &spread(-20.0, 5.0), exp_each);
}

#[divan::bench]
fn exp_libm(bencher: divan::Bencher<'_, '_>) {
    sum_of(bencher, &spread(-20.0, 5.0), libm::exp);
}

#[divan::bench]
fn log_ours(bencher: divan::Bencher<'_, '_>) {
    sum_of(bencher, &spread(1e-6, 100.0), log);
}

#[divan::bench]
fn log_abreast(bencher: divan::Bencher<'_, '_>) {
    sum_abreast(bencher, &spread(1e-6, 100.0), log_each);
}

#[divan::bench]
fn log_libm(bencher: divan::Bencher<'_, '_>) {
    sum_of(bencher, &spread(1e-6, 100.0), libm::log);
}

#[divan::bench]
fn pow_ours(bencher: divan::Bencher<'_, '_>) {
    sum_of(bencher, &spread(1e-6, 100.0), |x| pow(x, 0.35));
}

#[divan::bench]
fn pow_abreast(bencher: divan::Bencher<'_, '_>) {
    sum_abreast(bencher, &spread(1e-6, 100.0), |row| pow_each(row, 0.35));
}

#[divan::bench]
fn pow_libm(bencher: divan::Bencher<'_, '_>) {
    sum_of(bencher, &spread(1e-6, 100.0), |x| libm::pow(x, 0.35));
}
