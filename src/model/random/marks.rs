//! The marks of one event, all at once: an event asks for a score of them, and sixteen blocks abreast cost little more
//! than one.

use multiversion::multiversion;

use super::{Stream, unit};

/// Pairs of marks that are drawn together.
const ALL: usize = 16;
/// Their times and numbers: those that nearly every accident asks for.
const LISTED: [(u32, u32); ALL] = [
    (0, 0),
    (0, 1),
    (0, 2),
    (0, 3),
    (0, 4),
    (0, 5),
    (0, 6),
    (0, 7),
    (0, 8),
    (0, 9),
    (0, 11),
    (0, 13),
    (1, 0),
    (1, 1),
    (1, 2),
    (1, 3),
];
/// Times and numbers below which some are listed.
const TIMES: usize = 2;
const NUMBERS: usize = 14;
/// Where they are listed, by time and number; beyond the list if they are not.
const PLACES: [[usize; NUMBERS]; TIMES] = places();

const fn places() -> [[usize; NUMBERS]; TIMES] {
    let mut places = [[ALL; NUMBERS]; TIMES];
    let mut place = 0;
    while place < ALL {
        let (time, number) = LISTED[place];
        places[time as usize][number as usize] = place;
        place += 1;
    }
    places
}

/// Marks of an entity, as [`Stream::uniform`] gives them.
#[derive(Clone, Debug)]
pub struct Marks {
    stream: Stream,
    entity: u64,
    pairs: [[f64; 2]; ALL],
}

impl Marks {
    /// Of an entity.
    pub fn of(stream: Stream, entity: u64) -> Self {
        let mut marks = Marks {
            stream,
            entity,
            pairs: [[0.0; 2]; ALL],
        };
        marks.draw(entity);
        marks
    }

    /// Those of another entity in their place.
    pub fn draw(&mut self, entity: u64) {
        self.entity = entity;
        draw(self.stream, entity, &mut self.pairs);
    }

    /// A uniform in (0, 1) of an entity; one that was not drawn with the others is drawn now.
    #[inline]
    pub fn uniform(&self, entity: u64, time: u32, mark: u32) -> f64 {
        let places = PLACES.get(time as usize);
        let place = places.and_then(|places| places.get((mark / 2) as usize));
        match place.and_then(|place| self.pairs.get(*place)) {
            Some(pair) if entity == self.entity => pair[(mark % 2) as usize],
            _ => self.stream.uniform(entity, time, mark),
        }
    }
}

#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn draw(stream: Stream, entity: u64, pairs: &mut [[f64; 2]; ALL]) {
    draw_plainly(stream, entity, pairs);
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn draw_plainly(stream: Stream, entity: u64, pairs: &mut [[f64; 2]; ALL]) {
    let mut words = [[0; ALL]; 4];
    let [a, b, c, d] = &mut words;
    for lane in 0..ALL {
        let (time, number) = LISTED[lane];
        [a[lane], b[lane], c[lane], d[lane]] = stream.block_plainly(entity, time, number);
    }
    for lane in 0..ALL {
        pairs[lane] = [unit(a[lane], b[lane]), unit(c[lane], d[lane])];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::random::Purpose;

    type Pairs = [[f64; 2]; ALL];

    #[multiversion(targets("x86_64+avx2"))]
    fn with_avx2(stream: Stream, entity: u64, pairs: &mut Pairs) {
        draw_plainly(stream, entity, pairs);
    }

    #[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl"))]
    fn with_avx512(stream: Stream, entity: u64, pairs: &mut Pairs) {
        draw_plainly(stream, entity, pairs);
    }

    #[test]
    fn marks_together_are_marks_one_by_one() {
        let stream = Stream::new(5, 2, Purpose::AccidentMarks);
        let mut marks = Marks::of(stream, 3);
        for entity in [1, 7 << 40 | 9, u64::MAX] {
            marks.draw(entity);
            let versions: [fn(Stream, u64, &mut Pairs); 2] = [with_avx2, with_avx512];
            for version in versions {
                let mut pairs = [[0.0; 2]; ALL];
                version(stream, entity, &mut pairs);
                assert_eq!(pairs, marks.pairs);
            }
            for (time, mark) in (0..3).flat_map(|time| (0..40).map(move |mark| (time, mark))) {
                for other in [entity, entity / 2] {
                    let known = stream.uniform(other, time, mark);
                    assert_eq!(marks.uniform(other, time, mark), known, "{time} {mark}");
                }
            }
        }
    }
}
