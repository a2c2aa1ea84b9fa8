//! The marks of one event, all at once: an event asks for a score of them, and twenty blocks abreast cost little more
//! than one.

use multiversion::multiversion;

use super::{Stream, unit};

/// Pairs of marks at the times 0 and 1 that are drawn together.
const PAIRS: [usize; 2] = [14, 6];
/// All of them.
const ALL: usize = PAIRS[0] + PAIRS[1];

/// The first marks of an entity at the times 0 and 1, as [`Stream::uniform`] gives them.
#[derive(Clone, Copy, Debug)]
pub struct Marks {
    stream: Stream,
    entity: u64,
    pairs: [[f64; 2]; ALL],
}

impl Marks {
    /// Of an entity.
    pub fn of(stream: Stream, entity: u64) -> Self {
        Marks {
            stream,
            entity,
            pairs: drawn(stream, entity),
        }
    }

    /// A uniform in (0, 1) of an entity; one that was not drawn with the others is drawn now.
    #[inline]
    pub fn uniform(&self, entity: u64, time: u32, mark: u32) -> f64 {
        let pair = (mark / 2) as usize;
        let place = match time {
            0 if pair < PAIRS[0] => pair,
            1 if pair < PAIRS[1] => PAIRS[0] + pair,
            _ => ALL,
        };
        match self.pairs.get(place) {
            Some(pair) if entity == self.entity => pair[(mark % 2) as usize],
            _ => self.stream.uniform(entity, time, mark),
        }
    }
}

#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn drawn(stream: Stream, entity: u64) -> [[f64; 2]; ALL] {
    drawn_plainly(stream, entity)
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn drawn_plainly(stream: Stream, entity: u64) -> [[f64; 2]; ALL] {
    let mut words = [[0; ALL]; 4];
    let [a, b, c, d] = &mut words;
    for lane in 0..ALL {
        let time = u32::from(lane >= PAIRS[0]);
        let pair = lane as u32 - time * PAIRS[0] as u32;
        [a[lane], b[lane], c[lane], d[lane]] = stream.block_plainly(entity, time, pair);
    }
    let mut pairs = [[0.0; 2]; ALL];
    for lane in 0..ALL {
        pairs[lane] = [unit(a[lane], b[lane]), unit(c[lane], d[lane])];
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::random::Purpose;

    #[multiversion(targets("x86_64+avx2"))]
    fn with_avx2(stream: Stream, entity: u64) -> [[f64; 2]; ALL] {
        drawn_plainly(stream, entity)
    }

    #[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl"))]
    fn with_avx512(stream: Stream, entity: u64) -> [[f64; 2]; ALL] {
        drawn_plainly(stream, entity)
    }

    #[test]
    fn marks_together_are_marks_one_by_one() {
        let stream = Stream::new(5, 2, Purpose::AccidentMarks);
        for entity in [1, 7 << 40 | 9, u64::MAX] {
            let marks = Marks::of(stream, entity);
            assert_eq!(with_avx2(stream, entity), marks.pairs);
            assert_eq!(with_avx512(stream, entity), marks.pairs);
            for (time, mark) in (0..3).flat_map(|time| (0..40).map(move |mark| (time, mark))) {
                for other in [entity, entity / 2] {
                    let known = stream.uniform(other, time, mark);
                    assert_eq!(marks.uniform(other, time, mark), known, "{time} {mark}");
                }
            }
        }
    }
}
