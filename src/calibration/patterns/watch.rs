//! One replication under the baseline, watched week by week.

use crate::calibration::lab::Ready;
use crate::calibration::{Effort, Refusal};
use crate::model::hazards::candidates::WEEKS_PER_YEAR;
use crate::model::record::RunRecord;
use crate::model::run::Run;
use crate::model::state::TRADES;
use crate::vocabulary::{SizeClass, Table, Trade, Vocabulary};

/// Deaths at which a grade begins: larger, major, particularly major (State Council Order 493).
pub(super) const THRESHOLDS: [u64; 3] = [3, 10, 30];
/// Weeks after an accident at which its trade is looked at again.
pub(super) const MARKS: [usize; 4] = [1, 26, 52, 104];
/// Weeks after which take-up is looked at again.
const TAKE_UP_WEEKS: usize = 52;
/// −ln(1 − share of people struck) over a quarter from which a county counts as struck, and as struck by
/// a catastrophe (assumptions: one in twenty, two in five).
const STRUCK: [f32; 2] = [0.05, 0.5];

/// A numerator and a denominator that replications add to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Ratio {
    pub(super) above: f64,
    pub(super) below: f64,
}

impl Ratio {
    fn add(&mut self, above: f64, below: f64) {
        self.above += above;
        self.below += below;
    }
}

/// What one replication showed.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    /// Accidents reported, and truly, with one death fewer than a threshold.
    below_grade: [Ratio; 3],
    /// Accidents reported, and truly, with just as many deaths as a threshold.
    at_grade: [Ratio; 3],
    /// Rate of the trade and province at the marks, relative to the week before.
    index: [Ratio; 4],
    /// The same at the last mark and at once, over accidents that reach both.
    fall: Ratio,
    by_size: Ratio,
    take_up: [Ratio; 2],
    at_scene: Ratio,
    at_scene_natural: Ratio,
}

impl Counts {
    /// All ratios in the order of their declarations.
    pub(super) fn ratios(&self) -> Vec<Ratio> {
        let mut all = self.below_grade.to_vec();
        all.extend(self.at_grade);
        all.extend(self.index);
        all.extend([self.fall, self.by_size]);
        all.extend(self.take_up);
        all.extend([self.at_scene_natural, self.at_scene]);
        all
    }
}

/// Series kept while a replication runs.
#[derive(Default)]
struct Track {
    /// Accidents a year by week and province × trade.
    rates: Vec<Vec<f64>>,
    /// Insured agents by week and county.
    insured: Vec<Vec<u32>>,
    /// Week and province × trade of known accidents of at least ten dead.
    accidents: Vec<(usize, usize)>,
    /// Week and county of strikes, by their size.
    struck: [Vec<(usize, usize)>; 2],
}

/// Runs one replication and counts.
pub(super) fn replication(
    ready: &Ready,
    replication: u32,
    effort: Effort,
) -> Result<Counts, Refusal> {
    let Ready { model, regime } = ready;
    let burn = effort.burn_in_years * WEEKS_PER_YEAR;
    let weeks = effort.years * WEEKS_PER_YEAR;
    let history = model.history(effort.seed, replication, burn + weeks);
    let start = model.burn_in(regime, &history, burn);
    let mut run = Run::new(model, regime, &history, start, burn, true);
    let mut track = Track::default();
    for week in 0..weeks as usize {
        let seen = run.record.events_so_far().bytes();
        run.weeks(1);
        track.keep(&run, week, seen);
    }
    let mut counts = Counts::default();
    track.relapse(&mut counts);
    track.take_up(&mut counts);
    by_size(&run, &mut counts);
    let record = run.finish();
    if !record.checks.pass() {
        return Err(Refusal::SelfCheck);
    }
    bunching(&record, &mut counts);
    rescues(&record, &mut counts);
    Ok(counts)
}

impl Track {
    fn keep(&mut self, run: &Run, week: usize, seen: usize) {
        for event in run.record.events_so_far().after(seen) {
            let known = event
                .kind
                .trade()
                .filter(|_| event.deaths_reported >= THRESHOLDS[1]);
            if let Some(trade) = known {
                self.accidents
                    .push((week, event.province as usize * TRADES + trade.number()));
            }
        }
        let bound = run.model.society.accident.learning_bound;
        let rate = |slot: usize| {
            let (province, trade) = (slot / TRADES, slot % TRADES);
            let learnt = run.state.provinces[province].learning[trade].min(bound);
            run.state.blocks.accidents(province, trade) * libm::exp(-learnt)
        };
        self.rates
            .push((0..run.state.provinces.len() * TRADES).map(rate).collect());
        let counties = &run.state.counties;
        self.insured.push(
            counties
                .insured
                .iter()
                .map(|fifths| fifths.iter().sum())
                .collect(),
        );
        for (struck, least) in self.struck.iter_mut().zip(STRUCK) {
            for county in 0..counties.insured.len() {
                let recent = struck
                    .iter()
                    .rev()
                    .take_while(|(before, _)| week - before < TAKE_UP_WEEKS)
                    .any(|(_, other)| *other == county);
                if counties.struck.sum(county) >= least && !recent {
                    struck.push((week, county));
                }
            }
        }
    }

    fn relapse(&self, counts: &mut Counts) {
        for (week, slot) in &self.accidents {
            let at = |mark: usize| self.rates.get(week + mark).map(|rates| rates[*slot]);
            let Some(before) = week.checked_sub(1).map(|before| self.rates[before][*slot]) else {
                continue;
            };
            for (ratio, mark) in counts.index.iter_mut().zip(MARKS) {
                if let Some(rate) = at(mark) {
                    ratio.add(rate / before, 1.0);
                }
            }
            if let (Some(once), Some(later)) = (at(MARKS[0]), at(MARKS[3])) {
                counts
                    .fall
                    .add((later - once) / before, (before - once) / before);
            }
        }
    }

    /// Against what the county would have had if its take-up had moved as the nation's.
    fn take_up(&self, counts: &mut Counts) {
        let nation = |week: usize| {
            self.insured[week]
                .iter()
                .map(|n| f64::from(*n))
                .sum::<f64>()
        };
        for (struck, ratio) in self.struck.iter().zip(&mut counts.take_up) {
            for (week, county) in struck {
                if *week == 0 || week + TAKE_UP_WEEKS >= self.insured.len() {
                    continue;
                }
                let (before, after) = (week - 1, week + TAKE_UP_WEEKS);
                let usual = nation(after) / nation(before).max(1.0);
                let expected = f64::from(self.insured[before][*county]) * usual;
                ratio.add(f64::from(self.insured[after][*county]), expected);
            }
        }
    }
}

/// Accident rate per worker of small and micro firms over that of large ones, each trade with the weight
/// of all its workers.
fn by_size(run: &Run, counts: &mut Counts) {
    let mut sums: Table<Trade, [Ratio; 2]> = Table::default();
    let mut workers: Table<Trade, f64> = Table::default();
    for (agent, facts) in run.model.enterprises.iter().enumerate() {
        workers[facts.trade] += facts.workers;
        let side = match facts.size {
            SizeClass::Small | SizeClass::Micro => 0,
            SizeClass::Large => 1,
            SizeClass::Medium => continue,
        };
        let rate = f64::from(run.state.enterprises.rate[agent]);
        sums[facts.trade][side].add(rate * facts.workers, facts.workers);
    }
    for (trade, [small, large]) in sums.iter() {
        if small.below > 0.0 && large.below > 0.0 {
            let weight = workers[trade];
            counts.by_size.add(
                weight * small.above / small.below,
                weight * large.above / large.below,
            );
        }
    }
}

fn bunching(record: &RunRecord, counts: &mut Counts) {
    for event in record
        .events
        .iter()
        .filter(|event| event.kind.trade().is_some())
    {
        for (number, threshold) in THRESHOLDS.into_iter().enumerate() {
            for (ratio, sought) in [
                (&mut counts.below_grade[number], threshold - 1),
                (&mut counts.at_grade[number], threshold),
            ] {
                let is = |deaths: u64| f64::from(u8::from(deaths == sought));
                ratio.add(is(event.deaths_reported), is(event.deaths));
            }
        }
    }
}

fn rescues(record: &RunRecord, counts: &mut Counts) {
    for year in &record.years {
        let at_scene = year.saved_by_first_responders as f64;
        counts
            .at_scene
            .add(at_scene, at_scene + year.saved_by_professionals as f64);
        let at_scene = year.rescued_natural_at_scene;
        counts
            .at_scene_natural
            .add(at_scene, at_scene + year.rescued_natural_by_teams);
    }
}
