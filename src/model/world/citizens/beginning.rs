//! Trust and alarm of citizens when a run starts. They are drawn for every run: columns of them that
//! nobody changes would cost two bytes a citizen.

use multiversion::multiversion;

use super::quick::{Guide, LANES};
use super::{TRUST_PAIR, TRUST_SD, code};
use crate::model::random::{Purpose, Stream, normal_quantile, unit};
use crate::scenario::society::{Citizens, Society};

/// Above all citizens of a county: the entity of the alarm of row 0 of the nation.
const ALARMS: u64 = 1 << 40;

/// The draws of a society's citizens when a run starts.
pub(crate) struct Beginning<'a> {
    law: &'a Citizens,
    stream: Stream,
    trust: Guide,
}

impl<'a> Beginning<'a> {
    /// For a society.
    pub(crate) fn new(society: &'a Society) -> Self {
        let law = &society.citizens;
        Beginning {
            law,
            stream: Stream::new(society.seed, 0, Purpose::CitizensAtStart),
            trust: Guide::new(|u| trust(law, u)),
        }
    }

    /// Writes alarm and trust of a county whose first citizen is row `row` of the nation; `mean` is the
    /// county's alarm at rest in steps of the byte.
    pub(crate) fn fill(
        &self,
        county: usize,
        row: usize,
        mean: f32,
        alarm: &mut [u8],
        trusts: &mut [u8],
    ) {
        let base = (county as u64) << 32;
        for first in (0..alarm.len()).step_by(LANES) {
            let [of_trust, of_alarm] = draw(self.stream, base, first as u32, (row + first) as u32);
            let end = alarm.len().min(first + LANES);
            let rows = alarm[first..end].iter_mut().zip(&mut trusts[first..end]);
            for (lane, (alarm, byte)) in rows.enumerate() {
                let u = unit(of_alarm[0][lane], of_alarm[1][lane]) as f32;
                *alarm = (mean + u).min(255.0) as u8;
                let words = [of_trust[2][lane], of_trust[3][lane]];
                *byte = self.trust.of(words, |u| trust(self.law, u));
            }
        }
    }
}

/// Code of trust: normal, cut to the byte.
fn trust(law: &Citizens, u: f64) -> u8 {
    code(255.0 * (law.trust_mean + TRUST_SD * normal_quantile(u)))
}

/// The words of trust and of alarm of sixty-four citizens.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn draw(stream: Stream, base: u64, first: u32, row: u32) -> [[[u32; LANES]; 4]; 2] {
    [
        stream.columns::<LANES>(base, first, 0, TRUST_PAIR),
        stream.columns::<LANES>(ALARMS, row, 0, 0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::world::sample::society;

    #[test]
    fn bytes_are_those_of_the_equations() {
        let (society, _) = society();
        let beginning = Beginning::new(&society);
        let stream = Stream::new(society.seed, 0, Purpose::CitizensAtStart);
        let (row, mean) = (1_000_003_usize, 17.4_f32);
        let (mut alarm, mut trusts) = (vec![0; 9000], vec![0; 9000]);
        beginning.fill(5, row, mean, &mut alarm, &mut trusts);
        for number in 0..alarm.len() {
            let u = stream.uniform(1 << 40 | (row + number) as u64, 0, 0) as f32;
            assert_eq!(alarm[number], (mean + u).min(255.0) as u8);
            let [_, own] = stream.pair(5 << 32 | number as u64, 0, TRUST_PAIR);
            assert_eq!(trusts[number], trust(&society.citizens, own));
        }
    }
}
