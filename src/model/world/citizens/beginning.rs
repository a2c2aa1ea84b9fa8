//! Trust and alarm of citizens when a run starts. They are drawn for every run: columns of them that
//! nobody changes would cost two bytes a citizen.

use multiversion::multiversion;

use super::TRUST_SD;
use super::curve::Curve;
use super::draw::code;
use crate::model::lanes::{LANES, whole};
use crate::model::random::{Purpose, Stream};
use crate::scenario::society::Society;

/// Blocks of four words, a word a citizen.
const BLOCKS: usize = LANES / 4;
/// The time at which these words stand: citizens are drawn at time 0.
const TIME: u32 = 1 << 24;

/// The draws of a society's citizens when a run starts.
pub(crate) struct Beginning {
    stream: Stream,
    normal: &'static Curve,
    /// Mean and standard deviation of trust, in steps of the byte.
    trust: [f32; 2],
}

impl Beginning {
    /// For a society.
    pub(crate) fn new(society: &Society) -> Self {
        Beginning {
            stream: Stream::new(society.seed, 0, Purpose::CitizensAtStart),
            normal: Curve::normal(),
            trust: [society.citizens.trust_mean, TRUST_SD].map(|value| (255.0 * value) as f32),
        }
    }

    /// Writes alarm and trust of a county, a word a citizen: its upper half draws trust, normal and cut to the
    /// byte, its lower half rounds the alarm; `mean` is the county's alarm at rest in steps of the byte.
    pub(crate) fn fill(&self, county: usize, mean: f32, alarm: &mut [u8], trust: &mut [u8]) {
        let entity = (county as u64) << 32;
        let blocks = alarm.chunks_mut(LANES).zip(trust.chunks_mut(LANES));
        for (block, (alarm, trust)) in blocks.enumerate() {
            let (alarms, trusts) = draw(self, entity, (block * BLOCKS) as u32, mean);
            alarm.copy_from_slice(&alarms[..alarm.len()]);
            trust.copy_from_slice(&trusts[..trust.len()]);
        }
    }
}

/// Alarm and trust of sixty-four citizens.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn draw(beginning: &Beginning, entity: u64, first: u32, mean: f32) -> ([u8; LANES], [u8; LANES]) {
    let stream = beginning.stream;
    let words = stream.words::<BLOCKS, LANES>(entity, first, TIME);
    let numbers = beginning.normal.normals_of_upper(&words);
    let [centre, spread] = beginning.trust;
    let (mut alarm, mut trust) = ([0; LANES], [0; LANES]);
    for lane in 0..LANES {
        trust[lane] = code(centre + spread * numbers[lane]);
        let part = ((words[lane] & 0xFFFF).cast_signed() as f32 + 0.5) / 65_536.0;
        alarm[lane] = whole((mean + part).min(255.0)) as u8;
    }
    (alarm, trust)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::random::normal_quantile;
    use crate::model::world::sample::society;

    #[test]
    fn bytes_are_those_of_the_equations() {
        let (society, _) = society();
        let beginning = Beginning::new(&society);
        let stream = Stream::new(society.seed, 0, Purpose::CitizensAtStart);
        let mean = 17.4_f32;
        let (mut alarm, mut trust) = (vec![0; 9001], vec![0; 9001]);
        beginning.fill(5, mean, &mut alarm, &mut trust);
        let mut sum = 0.0;
        for number in 0..alarm.len() {
            let word = stream.block(5 << 32 | (number / 4) as u64, TIME, 0)[number % 4];
            let part = f64::from(word & 0xFFFF) / 65_536.0;
            assert!((f64::from(alarm[number]) - (f64::from(mean) + part - 0.5)).abs() <= 0.501);
            let u = (f64::from(word >> 16) + 0.5) / 65_536.0;
            let exact = 255.0 * (society.citizens.trust_mean + TRUST_SD * normal_quantile(u));
            assert!((f64::from(trust[number]) - exact.clamp(0.0, 255.0)).abs() < 0.501);
            sum += f64::from(alarm[number]);
        }
        let standard_error = 0.5 / libm::sqrt(9001.0);
        assert!((sum / 9001.0 - 17.4).abs() < 4.0 * standard_error);
    }
}
