//! What the rules are measured against: the least that any program must do with the same columns, and a
//! year as anybody would write it first, in plain Rust without this engine.

use std::hint::black_box;

use multiversion::multiversion;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use crate::rules::{Citizens, REGION, WEEKS, moved};

/// The floor: reads and moves the same columns with the same arithmetic, with the cheapest noise there
/// is (a counter and a multiplication for two citizens), nobody struck.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub(crate) fn floor(citizens: &mut Citizens, week: u32) {
    let rows = citizens
        .perception
        .as_chunks::<64>()
        .0
        .iter()
        .zip(citizens.preparedness.as_chunks_mut::<64>().0);
    for (number, (perception, preparedness)) in rows.enumerate() {
        let first = (number as u32 * 32) ^ (week << 26);
        let mut noise = [0_i16; 64];
        for lane in 0..32 {
            let word = first.wrapping_add(lane as u32).wrapping_mul(0x9E37_79B1);
            noise[lane] = word as i16;
            noise[32 + lane] = (word >> 16) as i16;
        }
        for lane in 0..64 {
            preparedness[lane] += moved(perception[lane], preparedness[lane], noise[lane]);
        }
    }
}

/// A citizen as one would write it first.
#[derive(Clone)]
struct Citizen {
    perception: f32,
    preparedness: f32,
    wealth_yuan: f32,
    insured: bool,
    alive: bool,
}

/// A society of such citizens, in regions of a thousand.
#[derive(Clone)]
pub(crate) struct First {
    citizens: Vec<Citizen>,
    random: SmallRng,
}

impl First {
    pub(crate) fn new(citizens: usize) -> Self {
        let mut random = SmallRng::seed_from_u64(1);
        let one = |_| Citizen {
            perception: random.random_range(0.2..1.0),
            preparedness: random.random_range(0.1..0.3),
            wealth_yuan: random.random_range(5e4..15e4),
            insured: random.random_bool(0.3),
            alive: true,
        };
        let citizens = (0..citizens).map(one).collect();
        First { citizens, random }
    }

    /// A year, one citizen after the other, with one sequential generator.
    pub(crate) fn year(&mut self) {
        let random = &mut self.random;
        for _ in 0..WEEKS {
            for region in self.citizens.chunks_mut(REGION) {
                for citizen in region.iter_mut().filter(|citizen| citizen.alive) {
                    let noise = random.random::<f32>() * 0.02 - 0.01;
                    let way = 0.5 * citizen.perception - citizen.preparedness;
                    citizen.preparedness += 0.05 * way + noise;
                }
                if random.random_bool(0.02) {
                    let severity = -libm::log(1.0 - random.random::<f64>());
                    black_box(strike(region, severity as f32, random));
                }
            }
        }
    }
}

/// Payments of the insurer, the government and the residents (yuan), and deaths.
fn strike(region: &mut [Citizen], severity: f32, random: &mut SmallRng) -> ([f64; 3], u32) {
    let (mut paid, mut deaths) = ([0.0; 3], 0);
    for citizen in region.iter_mut().filter(|citizen| citizen.alive) {
        let exposed = 1.0 - citizen.preparedness;
        let loss = f64::from(citizen.wealth_yuan * (0.1 * severity * exposed).min(1.0));
        let (payer, share) = if citizen.insured { (0, 0.8) } else { (1, 0.3) };
        paid[payer] += share * loss;
        paid[2] += (1.0 - share) * loss;
        if random.random::<f32>() < 1e-4 * severity * exposed {
            citizen.alive = false;
            deaths += 1;
        }
    }
    (paid, deaths)
}
