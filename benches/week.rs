//! Speed of the model: dangers of a year, one week by stage, the review of every citizen agent, and a
//! whole year at three scales, each beside its floor, and the checks that are always on. The society is
//! `china-2020`.
//!
//! The floor of dangers is two uniforms a candidate; that of a review and of a year is a plain loop of
//! as many decisions (a Philox word, a logistic draw and a faded byte each) compiled for the same
//! vectors as the review; that of memory reads three bytes of each citizen and moves four.

#![expect(
    clippy::expect_used,
    reason = "a bench whose built-in scenario does not load must stop"
)]

mod floor;

use std::hint::black_box;
use std::sync::LazyLock;

use divan::counter::ItemsCount;
use riskweave::model::agents::citizen;
use riskweave::model::random::{Purpose, Stream};
use riskweave::model::run::Run;
use riskweave::model::stages::{
    admit::admit, decide::decide, impact::impact, intervene::intervene, learn::learn,
    measure::measure, occur::occur, pressure::pressure, recover::recover, settle::settle,
};
use riskweave::model::{History, Model, Regime, State};
use riskweave::scenario::{Overrides, load_experiment};

/// Weeks before the week that is measured: every agent has been reviewed once.
const BEFORE: u32 = 13;
/// Weeks of a year.
const YEAR: u32 = 52;

/// A society, its baseline, a history, and the state that weeks start from.
struct Scene {
    model: Model,
    baseline: Regime,
    history: History,
    state: State,
}

impl Scene {
    fn new(people_per_agent: u32) -> Self {
        let checked = load_experiment("china-2020", &Overrides::default())
            .expect("the built-in experiment is sound");
        let model = Model::new(checked.society.clone(), people_per_agent);
        let baseline = model.regime(&checked.baseline, &checked.baseline, true);
        let history = model.history(checked.experiment.seed, 1, BEFORE + YEAR);
        let state = model.burn_in(&baseline, &history, BEFORE);
        Scene {
            model,
            baseline,
            history,
            state,
        }
    }

    /// A run that stands before its next week.
    fn ready(&self) -> Run<'_> {
        let state = self.state.clone();
        Run::new(
            &self.model,
            &self.baseline,
            &self.history,
            state,
            BEFORE,
            true,
        )
    }
}

static AT_10000: LazyLock<Scene> = LazyLock::new(|| Scene::new(10_000));
static CHINA: LazyLock<Scene> = LazyLock::new(|| Scene::new(1000));
static AT_100: LazyLock<Scene> = LazyLock::new(|| Scene::new(100));

fn scene(people_per_agent: u32) -> &'static Scene {
    match people_per_agent {
        100 => &AT_100,
        1000 => &CHINA,
        _ => &AT_10000,
    }
}

fn main() {
    divan::main();
}

mod dangers {
    use super::{CHINA, ItemsCount, Purpose, Stream, YEAR};

    #[divan::bench(sample_count = 10, sample_size = 1)]
    fn candidates_of_a_year(bencher: divan::Bencher<'_, '_>) {
        bencher
            .counter(ItemsCount::new(candidates()))
            .bench_local(|| CHINA.model.history(7, 1, YEAR));
    }

    #[divan::bench(sample_count = 10, sample_size = 1)]
    fn floor_two_uniforms_each(bencher: divan::Bencher<'_, '_>) {
        let stream = Stream::new(7, 1, Purpose::AccidentCandidates);
        let count = candidates() as u64;
        bencher.counter(ItemsCount::new(count)).bench_local(|| {
            let pairs = (0..count).map(|number| stream.pair(number, 0, 0));
            pairs.map(|[a, b]| a * b).sum::<f64>()
        });
    }

    fn candidates() -> usize {
        CHINA.model.history(7, 1, YEAR).candidates.len()
    }
}

mod week {
    use super::{
        CHINA, Run, admit, decide, impact, intervene, learn, measure, occur, pressure, recover,
        settle,
    };

    /// A stage of the week after the stages before it, which are not timed.
    fn stage(
        bencher: divan::Bencher<'_, '_>,
        before: &[fn(&mut Run)],
        stage: impl Fn(&mut Run<'static>),
    ) {
        let prepared = || {
            let mut run = CHINA.ready();
            run.common_factors();
            for stage in before {
                stage(&mut run);
            }
            run
        };
        bencher.with_inputs(prepared).bench_local_refs(stage);
    }

    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn s0_whole(bencher: divan::Bencher<'_, '_>) {
        bencher
            .with_inputs(|| CHINA.ready())
            .bench_local_refs(|run| run.weeks(1));
    }

    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn s1_pressure(bencher: divan::Bencher<'_, '_>) {
        stage(bencher, &[], |run| pressure(run));
    }

    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn s2_decide(bencher: divan::Bencher<'_, '_>) {
        stage(bencher, &[pressure], |run| decide(run));
    }

    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn s3_admit(bencher: divan::Bencher<'_, '_>) {
        stage(bencher, &[pressure, decide], |run| admit(run));
    }

    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn s4_occur(bencher: divan::Bencher<'_, '_>) {
        stage(bencher, &[pressure, decide, admit], |run| occur(run));
    }

    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn s5_to_7_events(bencher: divan::Bencher<'_, '_>) {
        stage(bencher, &[pressure, decide, admit, occur], |run| {
            events(run);
        });
    }

    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn s8_to_10_recover_learn_measure(bencher: divan::Bencher<'_, '_>) {
        let before: [fn(&mut Run); 5] = [pressure, decide, admit, occur, |run| events(run)];
        stage(bencher, &before, |run| {
            recover(run);
            learn(run);
            measure(run);
        });
    }

    fn events(run: &mut Run) {
        while let Some(event) = run.next_event() {
            let response = intervene(run, &event);
            let harm = impact(run, &event, &response);
            settle(run, &event, &response, &harm);
        }
    }
}

mod review {
    use super::{CHINA, ItemsCount, black_box, citizen, decisions};

    #[divan::bench(sample_count = 30, sample_size = 1)]
    fn citizens(bencher: divan::Bencher<'_, '_>) {
        let citizens = CHINA.model.world.citizens.len();
        bencher
            .counter(ItemsCount::new(citizens))
            .with_inputs(|| CHINA.ready())
            .bench_local_refs(|run| citizen::review(run, 0..citizens));
    }

    #[divan::bench(sample_count = 30, sample_size = 1)]
    fn floor_of_decisions(bencher: divan::Bencher<'_, '_>) {
        bencher
            .counter(ItemsCount::new(CHINA.model.world.citizens.len()))
            .with_inputs(|| CHINA.state.citizens.clone())
            .bench_local_refs(|citizens| decisions(&CHINA, citizens));
    }

    /// Reads the three bytes of a citizen that stand still and moves the four that change.
    #[divan::bench(sample_count = 30, sample_size = 1)]
    fn floor_of_memory(bencher: divan::Bencher<'_, '_>) {
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
}

mod year {
    use super::{ItemsCount, YEAR, decisions, scene};

    #[divan::bench(args = [10_000, 1000, 100], sample_count = 5, sample_size = 1)]
    fn whole(bencher: divan::Bencher<'_, '_>, people_per_agent: u32) {
        let scene = scene(people_per_agent);
        bencher
            .counter(ItemsCount::new(4 * scene.model.world.citizens.len()))
            .with_inputs(|| scene.ready())
            .bench_local_refs(|run| run.weeks(YEAR));
    }

    #[divan::bench(args = [10_000, 1000, 100], sample_count = 5, sample_size = 1)]
    fn floor_of_decisions(bencher: divan::Bencher<'_, '_>, people_per_agent: u32) {
        let scene = scene(people_per_agent);
        bencher
            .counter(ItemsCount::new(4 * scene.model.world.citizens.len()))
            .with_inputs(|| scene.state.citizens.clone())
            .bench_local_refs(|citizens| {
                for _ in 0..4 {
                    decisions(scene, citizens);
                }
            });
    }
}

/// What the checks that are always on take: rates against majorants in a week, people in a year, and the
/// loss account of ten thousand events beside sums of the same amounts without any check.
mod checks {
    use super::{CHINA, ItemsCount, Run, black_box};
    use riskweave::model::settlement::ledger::{Labels, Ledger};
    use riskweave::vocabulary::{Bearer, Category, Cause, Layer, Vocabulary};

    const EVENTS: i64 = 10_000;

    #[divan::bench(sample_count = 50, sample_size = 1)]
    fn c1_majorants_of_a_week(bencher: divan::Bencher<'_, '_>) {
        bencher
            .with_inputs(|| CHINA.ready())
            .bench_local_refs(Run::watch_majorants);
    }

    #[divan::bench(sample_count = 50, sample_size = 1)]
    fn c2_people_of_a_year(bencher: divan::Bencher<'_, '_>) {
        bencher
            .with_inputs(|| CHINA.ready())
            .bench_local_refs(Run::check_people);
    }

    #[divan::bench(sample_count = 50, sample_size = 1)]
    fn c3_loss_account(bencher: divan::Bencher<'_, '_>) {
        let labels = Labels {
            category: Category::Accident,
            cause: Cause::Enterprise,
            owner: None,
        };
        bencher
            .counter(ItemsCount::new(EVENTS as usize))
            .with_inputs(Ledger::default)
            .bench_local_refs(|ledger| {
                for event in 0..EVENTS {
                    ledger.open_event(labels, 3 * event);
                    ledger.post(Layer::Relief, Bearer::County, event);
                    ledger.post(Layer::Retained, Bearer::Residents, 2 * event);
                    black_box(ledger.close_event());
                }
            });
    }

    #[divan::bench(sample_count = 50, sample_size = 1)]
    fn c3_floor_plain_sums(bencher: divan::Bencher<'_, '_>) {
        let bearers = Bearer::ALL.len();
        bencher
            .counter(ItemsCount::new(EVENTS as usize))
            .with_inputs(|| vec![0_i64; 2 * bearers])
            .bench_local_refs(|sums| {
                for event in 0..EVENTS {
                    let (ledger, year) = sums.split_at_mut(bearers);
                    for (number, fen) in [(Bearer::County, event), (Bearer::Residents, 2 * event)] {
                        ledger[number.number()] += fen;
                        year[number.number()] += fen;
                    }
                    black_box(&mut *sums);
                }
            });
    }
}

/// One decision of every citizen of a scene.
fn decisions(scene: &Scene, citizens: &mut riskweave::model::state::Citizens) {
    let world = &scene.model.world.citizens;
    let stream = Stream::new(7, 1, Purpose::Citizens);
    floor::plain_loop(
        stream,
        0,
        &floor::LOGITS,
        &world.threat,
        &mut citizens.measures,
        &mut citizens.alarm,
    );
}
