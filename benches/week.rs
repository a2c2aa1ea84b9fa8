//! Speed of the model: one week of the nation, and one review of every citizen agent beside a plain
//! loop over the same bytes (the floor). The society is `china-2020` at 1,000 people an agent.

#![expect(
    clippy::expect_used,
    reason = "a bench whose built-in scenario does not load must stop"
)]

use std::hint::black_box;
use std::sync::LazyLock;

use divan::counter::ItemsCount;
use riskweave::model::agents::citizen;
use riskweave::model::run::Run;
use riskweave::model::{History, Model, Regime, State};
use riskweave::scenario::{Overrides, load_experiment};

/// Weeks before the week that is measured: every agent has been reviewed once.
const BEFORE: u32 = 13;
/// Weeks of the history.
const HISTORY: u32 = 52;

/// A society, its baseline, a history, and the state that weeks start from.
struct Scene {
    model: Model,
    baseline: Regime,
    history: History,
    state: State,
}

static CHINA: LazyLock<Scene> = LazyLock::new(|| {
    let checked = load_experiment("china-2020", &Overrides::default())
        .expect("the built-in experiment is sound");
    let model = Model::new(checked.society.clone(), 1000);
    let baseline = model.regime(&checked.baseline, &checked.baseline, true);
    let history = model.history(checked.experiment.seed, 1, HISTORY);
    let state = model.burn_in(&baseline, &history, BEFORE);
    Scene {
        model,
        baseline,
        history,
        state,
    }
});

fn main() {
    divan::main();
}

/// A run that stands before its next week.
fn ready() -> Run<'static> {
    let scene = &*CHINA;
    let state = scene.state.clone();
    Run::new(
        &scene.model,
        &scene.baseline,
        &scene.history,
        state,
        BEFORE,
        true,
    )
}

#[divan::bench(sample_count = 30, sample_size = 1)]
fn week_of_china(bencher: divan::Bencher<'_, '_>) {
    bencher
        .with_inputs(ready)
        .bench_local_refs(|run| run.weeks(1));
}

#[divan::bench(sample_count = 30, sample_size = 1)]
fn citizen_review(bencher: divan::Bencher<'_, '_>) {
    let citizens = CHINA.model.world.citizens.len();
    bencher
        .counter(ItemsCount::new(citizens))
        .with_inputs(ready)
        .bench_local_refs(|run| citizen::review(run, 0..citizens));
}

/// Reads the three bytes of a citizen that stand still and moves the four that change.
#[divan::bench(sample_count = 30, sample_size = 1)]
fn citizen_floor(bencher: divan::Bencher<'_, '_>) {
    let world = &CHINA.model.world.citizens;
    bencher
        .counter(ItemsCount::new(world.len()))
        .with_inputs(|| CHINA.state.citizens.clone())
        .bench_local_refs(|citizens| {
            let facts = world.person.iter().zip(&world.threat).zip(&world.coping);
            let measures = citizens.measures.iter_mut().zip(&mut citizens.alarm);
            let moods = citizens.trust.iter_mut().zip(&mut citizens.grievance);
            let rows = facts.zip(measures).zip(moods);
            for ((((person, threat), coping), (measures, alarm)), (trust, grievance)) in rows {
                let mixed = person ^ threat.cast_unsigned() ^ coping.cast_unsigned();
                *measures ^= mixed & 1;
                *alarm = alarm.saturating_sub(mixed & 3);
                *trust = trust.wrapping_add(mixed & 1);
                *grievance = grievance.wrapping_add(mixed & 1);
            }
            black_box(&citizens.trust);
        });
}
