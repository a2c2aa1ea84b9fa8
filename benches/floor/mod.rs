//! The floor of reviews: a plain loop that draws a word for each citizen, takes a logistic decision and lets a
//! byte fade, compiled for the same vectors as the review.

use std::array;
use std::sync::LazyLock;

use mimalloc::MiMalloc;
use multiversion::multiversion;
use riskweave::model::random::Stream;
use riskweave::model::transcendental::log;

/// As in the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Citizens that the floor works on together.
const LANES: usize = 64;

/// ln(u/(1 − u)) at the midpoints of 2¹³ equal intervals.
pub(crate) static LOGITS: LazyLock<[f32; 8192]> = LazyLock::new(|| {
    array::from_fn(|k| {
        let u = (k as f64 + 0.5) / 8192.0;
        log(u / (1.0 - u)) as f32
    })
});

/// One decision of every citizen: a word, a logistic draw that sets a bit, and a byte that fades.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub(crate) fn plain_loop(
    stream: Stream,
    entity: u64,
    logits: &[f32; 8192],
    threat: &[i8],
    measures: &mut [u8],
    alarm: &mut [u8],
) {
    let columns = threat
        .as_chunks::<LANES>()
        .0
        .iter()
        .zip(measures.as_chunks_mut::<LANES>().0)
        .zip(alarm.as_chunks_mut::<LANES>().0);
    for (number, ((threat, measures), alarm)) in columns.enumerate() {
        let words = stream.words::<16, LANES>(entity << 32, (number * LANES / 4) as u32, 3);
        for lane in 0..LANES {
            let word = words[lane];
            let fear = f32::from(threat[lane]) * 0.01 + f32::from(alarm[lane]) * 0.005;
            let takes = logits[(word & 8191) as usize] < fear - 1.0;
            let bit = 1_u8 << (word >> 16 & 3);
            measures[lane] = (measures[lane] & !bit) | if takes { bit } else { 0 };
            let kept = i32::from(alarm[lane]) * 60_000 + (word >> 24) as i32 * 256;
            alarm[lane] = (kept >> 16) as u8;
        }
    }
}
