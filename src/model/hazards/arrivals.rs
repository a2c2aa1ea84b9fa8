//! Candidates of accidents, without end: exponential gaps, a slot by the alias method, an establishment of the cell by
//! its workers, an acceptance mark. Marks of candidate k: 0 gap, 1 slot, 2 acceptance, 3 establishment; sixteen are
//! drawn abreast.

use multiversion::multiversion;

use super::candidates::{Candidate, Class, Timed};
use crate::model::Model;
use crate::model::lanes::{NUMBERS, Numbers};
use crate::model::random::{Purpose, Stream};
use crate::model::transcendental::logs;

/// Candidates of accidents in order of time; none where nobody works.
pub struct Arrivals<'a> {
    model: &'a Model,
    stream: Stream,
    time: f64,
    number: u32,
    drawn: Drawn,
}

/// Marks of candidates abreast.
struct Drawn {
    /// Logarithm of what the gap is drawn by.
    log_gap: Numbers<f64>,
    slot: Numbers<f64>,
    accept: Numbers<f64>,
    establishment: Numbers<f64>,
}

impl<'a> Arrivals<'a> {
    /// In a replication.
    pub fn new(model: &'a Model, seed: u64, replication: u32) -> Self {
        let stream = Stream::new(seed, replication, Purpose::AccidentCandidates);
        Arrivals {
            model,
            stream,
            time: 0.0,
            number: 0,
            drawn: drawn(stream, 0),
        }
    }
}

impl Iterator for Arrivals<'_> {
    type Item = Timed;

    fn next(&mut self) -> Option<Timed> {
        let (model, number) = (self.model, self.number);
        let total = model.slots.total();
        if total <= 0.0 {
            return None;
        }
        let lane = number as usize % NUMBERS;
        if lane == 0 && number > 0 {
            self.drawn = drawn(self.stream, number);
        }
        let drawn = &self.drawn;
        self.time -= drawn.log_gap[lane] / total;
        self.number += 1;
        let cell = model.slots.pick(drawn.slot[lane]);
        let trade = model.world.cells.trade[cell];
        let candidate = Candidate {
            number,
            source: model.establishment(cell, drawn.establishment[lane]),
            threshold: (drawn.accept[lane] * model.majorant[trade]) as f32,
            class: Class::Accident,
        };
        Some((self.time, candidate))
    }
}

/// Marks of the candidates from `first` on.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn drawn(stream: Stream, first: u32) -> Drawn {
    drawn_plainly(stream, first)
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn drawn_plainly(stream: Stream, first: u32) -> Drawn {
    let [gap, slot] = stream.pairs(0, first, 0, 0);
    let [accept, establishment] = stream.pairs(0, first, 0, 1);
    Drawn {
        log_gap: logs(&gap),
        slot,
        accept,
        establishment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::transcendental::log;

    #[multiversion(targets("x86_64+avx2"))]
    fn with_avx2(stream: Stream, first: u32) -> Drawn {
        drawn_plainly(stream, first)
    }

    #[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl"))]
    fn with_avx512(stream: Stream, first: u32) -> Drawn {
        drawn_plainly(stream, first)
    }

    #[test]
    fn marks_abreast_are_what_they_are_alone() {
        let stream = Stream::new(11, 3, Purpose::AccidentCandidates);
        for first in (0..4_000).step_by(NUMBERS) {
            for drawn in [
                drawn(stream, first),
                with_avx2(stream, first),
                with_avx512(stream, first),
            ] {
                for lane in 0..NUMBERS {
                    let candidate = u64::from(first) + lane as u64;
                    let [gap, slot] = stream.pair(candidate, 0, 0);
                    assert_eq!(drawn.log_gap[lane], log(gap));
                    assert_eq!(drawn.slot[lane], slot);
                    let other = [drawn.accept[lane], drawn.establishment[lane]];
                    assert_eq!(other, stream.pair(candidate, 0, 1));
                }
            }
        }
    }
}
