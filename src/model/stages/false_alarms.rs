//! False alarms: of warnings, where no danger comes, and of monitors at work, where none is. Part of stage 9, for what
//! they teach is not to heed.

use multiversion::multiversion;

use crate::model::Model;
use crate::model::lanes::Numbers;
use crate::model::random::PoissonTable;
use crate::model::record::Resource;
use crate::model::regime::Regime;
use crate::model::run::Run;
use crate::vocabulary::{NaturalKind, Table, Trade, Vocabulary};

/// Workers whom one false alarm at work stops: what non-events are counted by.
const WORKERS_STOPPED: f64 = 100.0;

/// How many false alarms a week has under a policy: the same distribution in every week.
#[derive(Clone, Debug)]
pub struct FalseAlarms {
    /// Of warnings of a hazard, in all counties.
    of_warnings: Table<NaturalKind, PoissonTable>,
    /// Of monitors at work in a trade …
    at_work: Table<Trade, PoissonTable>,
    /// … and those of the same monitors at the customary criterion, where it is another.
    usual_at_work: Table<Trade, Option<PoissonTable>>,
}

impl FalseAlarms {
    /// In a society under a policy.
    pub fn new(model: &Model, regime: &Regime) -> Self {
        let intervention = &regime.effects.intervention;
        let counties = model.world.counties.len() as f64;
        let non_events = model.society.natural.non_events_per_county_week;
        let at_work = |trade: Trade, rate: f64| {
            let watched = model.workers[trade] / WORKERS_STOPPED / 52.0;
            PoissonTable::new(watched * rate)
        };
        FalseAlarms {
            of_warnings: Table::from_fn(|kind| {
                let warning = intervention.warning[kind];
                PoissonTable::new(counties * non_events * warning.false_alarm)
            }),
            at_work: intervention
                .work_false_alarms
                .map(|trade, rate| at_work(trade, *rate)),
            usual_at_work: intervention.usual_work_false_alarms.map(|trade, usual| {
                let other = *usual != intervention.work_false_alarms[trade];
                other.then(|| at_work(trade, *usual))
            }),
        }
    }
}

/// False alarms of one week.
struct Counts {
    warnings: Table<NaturalKind, u32>,
    at_work: Table<Trade, u32>,
    usual_at_work: Table<Trade, u32>,
}

/// Heed comes back by a share of what is missing; false alarms are counted from uniforms of each hazard and each trade.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn begin(
    heed: &mut [f32],
    back: f64,
    of: &FalseAlarms,
    [hazards, work]: &[Numbers<f64>; 2],
) -> Counts {
    for heed in heed {
        *heed += ((1.0 - f64::from(*heed)) * back) as f32;
    }
    let mut counts = Counts {
        warnings: Table::default(),
        at_work: Table::default(),
        usual_at_work: Table::default(),
    };
    for kind in NaturalKind::ALL.iter().copied() {
        counts.warnings[kind] = of.of_warnings[kind].quantile(hazards[kind.number()]);
    }
    for trade in Trade::ALL.iter().copied() {
        let drawn = work[trade.number()];
        let alarms = of.at_work[trade].quantile(drawn);
        let usual = of.usual_at_work[trade].as_ref();
        counts.at_work[trade] = alarms;
        counts.usual_at_work[trade] = usual.map_or(alarms, |usual| usual.quantile(drawn));
    }
    counts
}

/// False alarms of a week: county-weeks with an alarm and no danger; heed falls. The marks of a kind of hazard's
/// number are its own (0) and those of the trade of that number (1).
pub fn false_alarms(run: &mut Run) {
    let natural = &run.model.society.natural;
    let counties = run.model.world.counties.len();
    let first = u64::from(run.state.week) << 8;
    let drawn = run.streams.false_alarm.first_pairs(first, 0);
    let heed = run.state.counties.heed.as_flattened_mut();
    let counts = begin(heed, run.pace.heed_regained, &run.false_alarms, &drawn);
    for (kind, count) in counts.warnings.iter() {
        let (entity, count) = (first | kind.number() as u64, *count);
        for alarm in 0..count {
            let u = run.streams.false_alarm.uniform(entity, alarm + 1, 0);
            let county = ((u * counties as f64) as usize).min(counties - 1);
            let heed = &mut run.state.counties.heed[county][kind.number()];
            *heed = (*heed * (1.0 - natural.heed_loss_per_false_alarm as f32)).max(0.5);
        }
        run.record.false_alarms(u64::from(count));
    }
    stoppages(run, &counts);
}

/// False alarms of monitors at work in a week, by trade. What the same monitors would raise at the
/// customary criterion belongs to the price of monitoring (assumption): only stoppages beyond it count as
/// output lost, fewer as output won.
fn stoppages(run: &mut Run, counts: &Counts) {
    let model = run.model;
    let days = model.society.accident.stoppage_days_per_false_alarm;
    for trade in Trade::ALL.iter().copied() {
        let (alarms, usual) = (counts.at_work[trade], counts.usual_at_work[trade]);
        let value = model.society.trades[trade].value_added_yuan_per_worker_year;
        let each = WORKERS_STOPPED * value * days / 365.0;
        let beyond = f64::from(alarms) - f64::from(usual);
        run.record.work_false_alarms(u64::from(alarms));
        run.record.resource(Resource::LostOutput, beyond * each);
    }
}
