//! Mini-governance in krABMaga: citizens are agents in its schedule, regions and sums are its state.

mod workload;

use std::any::Any;

use krabmaga::engine::agent::Agent;
use krabmaga::engine::schedule::Schedule;
use krabmaga::engine::state::State;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use workload::{DEATH_AT_ONE, HAZARD, LOSS_AT_ONE, NOISE, Newborn, REGION, STEP, Totals, WEEKS};

/// A citizen.
#[derive(Clone)]
struct Citizen {
    own: Newborn,
    alive: bool,
}

impl Agent for Citizen {
    fn step(&mut self, state: &mut dyn State) {
        let nation = state
            .as_any_mut()
            .downcast_mut::<Nation>()
            .expect("the nation");
        let noise = (2.0 * nation.random.random::<f32>() - 1.0) * NOISE;
        self.own.preparedness += STEP * (0.5 * self.own.perception - self.own.preparedness) + noise;
        let region = self.own.region as usize;
        let severity = nation.severity[region];
        if severity > 0.0 {
            let exposed = severity * (1.0 - self.own.preparedness);
            let loss = self.own.wealth_yuan * (LOSS_AT_ONE * exposed).min(1.0);
            nation
                .totals
                .lose(region, f64::from(loss), self.own.insured);
            if nation.random.random::<f32>() < DEATH_AT_ONE * exposed {
                nation.totals.deaths[region] += 1;
                self.alive = false;
            }
        }
    }

    fn is_stopped(&mut self, _state: &mut dyn State) -> bool {
        !self.alive
    }
}

/// What citizens share.
struct Nation {
    born: Vec<Newborn>,
    /// Severity of this week's hazard by region; 0 = none.
    severity: Vec<f32>,
    week: u32,
    totals: Totals,
    random: SmallRng,
}

impl State for Nation {
    fn init(&mut self, schedule: &mut Schedule) {
        for own in std::mem::take(&mut self.born) {
            schedule.schedule_repeating(Box::new(Citizen { own, alive: true }), 0.0, 0);
        }
    }

    fn before_step(&mut self, _schedule: &mut Schedule) {
        for (region, severity) in self.severity.iter_mut().enumerate() {
            *severity = 0.0;
            if self.random.random_bool(HAZARD) {
                let drawn = -(1.0 - self.random.random::<f64>()).ln();
                self.totals.hazards.push((self.week, region, drawn));
                *severity = drawn as f32;
            }
        }
        self.week += 1;
    }

    fn reset(&mut self) {}

    fn update(&mut self, _step: u64) {}

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }

    fn as_state(&self) -> &dyn State {
        self
    }
}

struct Society {
    nation: Nation,
    schedule: Schedule,
}

impl workload::Society for Society {
    fn new(citizens: &[Newborn], seed: u64) -> Self {
        let regions = citizens.len() / REGION;
        let mut nation = Nation {
            born: citizens.to_vec(),
            severity: vec![0.0; regions],
            week: 0,
            totals: Totals::new(regions),
            random: SmallRng::seed_from_u64(seed + 1000),
        };
        let mut schedule = Schedule::new();
        nation.init(&mut schedule);
        Society { nation, schedule }
    }

    fn year(&mut self) {
        for _ in 0..WEEKS {
            self.schedule.step(&mut self.nation);
        }
    }

    fn totals(&self) -> Totals {
        self.nation.totals.clone()
    }

    fn preparedness(&self) -> Vec<f32> {
        let agents = self.schedule.get_all_events();
        let citizens = agents
            .iter()
            .filter_map(|agent| agent.downcast_ref::<Citizen>());
        citizens.map(|citizen| citizen.own.preparedness).collect()
    }
}

fn main() {
    workload::answer::<Society>("0.6.2");
}
