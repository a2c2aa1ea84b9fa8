//! Mini-governance in ixa: citizens are entities with properties, the week is a periodic plan, and the
//! people of a struck region are found by an index.

mod workload;

use ixa::ExecutionPhase;
use ixa::prelude::*;
use serde::{Deserialize, Serialize};

use workload::{DEATH_AT_ONE, HAZARD, LOSS_AT_ONE, NOISE, Newborn, REGION, STEP, Totals, WEEKS};

define_entity!(Person);
define_property!(struct Region(u32), Person);
define_property!(struct Insured(bool), Person);
define_property!(struct Alive(bool), Person, default_const = Alive(true));

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Perception(f32);
impl_property!(Perception, Person);

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preparedness(f32);
impl_property!(Preparedness, Person);

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wealth(f32);
impl_property!(Wealth, Person);

define_rng!(NoiseRng);
define_rng!(HazardRng);
define_rng!(DeathRng);
define_data_plugin!(TotalsPlugin, Totals, Totals::default());

/// Every living citizen's preparedness moves.
fn review(context: &mut Context) {
    for person in context.get_entity_iterator::<Person>() {
        let Alive(alive) = context.get_property(person);
        if !alive {
            continue;
        }
        let Perception(perception) = context.get_property(person);
        let Preparedness(preparedness) = context.get_property(person);
        let noise = context.sample_range(NoiseRng, -NOISE..NOISE);
        let moved = preparedness + STEP * (0.5 * perception - preparedness) + noise;
        context.set_property(person, Preparedness(moved));
    }
}

/// Hazards strike regions.
fn hazards(context: &mut Context) {
    let week = context.get_current_time() as u32;
    let regions = context.get_data(TotalsPlugin).loss.len();
    for region in 0..regions {
        if context.sample_bool(HazardRng, HAZARD) {
            let drawn: f64 = context.sample_range(HazardRng, 0.0..1.0);
            let severity = -(1.0 - drawn).ln();
            let totals = context.get_data_mut(TotalsPlugin);
            totals.hazards.push((week, region, severity));
            strike(context, region, severity as f32);
        }
    }
}

/// The living of a struck region lose and may die.
fn strike(context: &mut Context, region: usize, severity: f32) {
    let people: Vec<EntityId<Person>> = context
        .query_result_iterator(with!(Person, Region(region as u32)))
        .collect();
    for person in people {
        let Alive(alive) = context.get_property(person);
        if !alive {
            continue;
        }
        let Preparedness(preparedness) = context.get_property(person);
        let Wealth(wealth) = context.get_property(person);
        let Insured(insured) = context.get_property(person);
        let exposed = severity * (1.0 - preparedness);
        let loss = wealth * (LOSS_AT_ONE * exposed).min(1.0);
        let dies = context.sample_range(DeathRng, 0.0_f32..1.0) < DEATH_AT_ONE * exposed;
        let totals = context.get_data_mut(TotalsPlugin);
        totals.lose(region, f64::from(loss), insured);
        totals.deaths[region] += u32::from(dies);
        if dies {
            context.set_property(person, Alive(false));
        }
    }
}

struct Society {
    context: Context,
}

impl workload::Society for Society {
    fn new(citizens: &[Newborn], seed: u64) -> Self {
        let mut context = Context::new();
        context.init_random(seed);
        *context.get_data_mut(TotalsPlugin) = Totals::new(citizens.len() / REGION);
        context.index_property::<Person, Region>();
        for one in citizens {
            let properties = with!(
                Person,
                Region(one.region),
                Insured(one.insured),
                Perception(one.perception),
                Preparedness(one.preparedness),
                Wealth(one.wealth_yuan),
            );
            context.add_entity(properties).expect("a person");
        }
        let week = |context: &mut Context| {
            review(context);
            hazards(context);
        };
        context.add_periodic_plan_with_phase(1.0, week, ExecutionPhase::Normal);
        context.add_plan(f64::from(WEEKS) - 0.5, Context::shutdown);
        Society { context }
    }

    fn year(&mut self) {
        self.context.execute();
    }

    fn totals(&self) -> Totals {
        self.context.get_data(TotalsPlugin).clone()
    }

    fn preparedness(&self) -> Vec<f32> {
        let context = &self.context;
        let people = context.query_result_iterator(with!(Person, Alive(true)));
        let own = people.map(|person| context.get_property::<Person, Preparedness>(person).0);
        own.collect()
    }
}

fn main() {
    workload::answer::<Society>("4.0.0");
}
