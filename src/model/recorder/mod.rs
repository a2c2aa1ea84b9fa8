//! Writes down what a run does: the week under way, the year under way, and the rows that leave.

mod damage;
mod events;
#[cfg(test)]
mod tests;
mod week;
mod whole;
mod year;

use serde::{Deserialize, Serialize};

use crate::model::Model;
use crate::model::record::{
    Checks, EventRow, EventTable, ProvinceYear, Resource, RunRecord, Series, WholeRecord,
    YearRecord,
};
use crate::model::regime::Regime;
use crate::model::settlement::money::from_yuan;
use crate::model::state::{State, Totals};
use crate::vocabulary::{BudgetFunction, Level, Table, Vocabulary};

/// Steps of the histogram of recovery times (half weeks).
const RECOVERY_STEPS: usize = 1024;
/// Weekly series.
pub const SERIES: usize = Series::ALL.len();

/// The record under way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Recorder {
    /// Whether anything is kept (not during the burn-in).
    pub recording: bool,
    record: RunRecord,
    year: YearRecord,
    week: [f64; SERIES],
    deaths_week: u64,
    province_week: Vec<[f64; 2]>,
    /// Σ lost people by recovery time (half weeks).
    recovery: Vec<f64>,
    lost_at_onset: f64,
    struck_people: f64,
    checks: Checks,
    buried: u64,
    dead_at_start: u64,
    people: f64,
    appropriated_yuan: f64,
    cost_of_public_funds: f64,
    budget_share: Table<Level, f64>,
    works_at_start: f64,
}

impl Recorder {
    /// A recorder for one run.
    pub fn new(model: &Model, regime: &Regime, recording: bool, state: &State) -> Self {
        let provinces = model.world.provinces.len();
        let people = model.world.population as f64;
        let whole = WholeRecord {
            execution: regime.effects.responsibility.execution[0].clone(),
            ..WholeRecord::default()
        };
        Recorder {
            recording,
            record: RunRecord {
                whole,
                ..RunRecord::default()
            },
            year: fresh_year(provinces),
            week: [0.0; SERIES],
            deaths_week: 0,
            province_week: vec![[0.0; 2]; provinces],
            recovery: vec![0.0; RECOVERY_STEPS],
            lost_at_onset: 0.0,
            struck_people: 0.0,
            checks: Checks::default(),
            buried: 0,
            dead_at_start: state
                .counties
                .dead
                .iter()
                .flatten()
                .map(|n| u64::from(*n))
                .sum(),
            people,
            appropriated_yuan: regime.money.appropriation * people,
            cost_of_public_funds: model.society.government.cost_of_public_funds,
            budget_share: model.society.government.budget_share.clone(),
            works_at_start: state.stocks.works,
        }
    }

    /// Weeks that have been written down.
    pub fn weeks_recorded(&self) -> u32 {
        self.record.weeks.len() as u32
    }

    fn add(&mut self, series: Series, amount: f64) {
        self.week[series.number()] += amount;
    }

    /// Resources used (yuan).
    pub fn resource(&mut self, resource: Resource, yuan: f64) {
        self.year.resource_yuan[resource] += yuan;
    }

    /// Planned public money of the week (yuan).
    pub fn spend(&mut self, function: BudgetFunction, yuan: f64, resource: Resource) {
        self.year.spent_fen[function] += from_yuan(yuan);
        self.resource(resource, yuan);
        self.add(Series::PublicMoney, yuan);
    }

    /// Plant written off before its time (yuan).
    pub fn early_retirement(&mut self, yuan: f64) {
        self.resource(Resource::Retirement, yuan);
    }

    /// Candidates offered and accepted.
    pub fn candidates(&mut self, offered: u64, accepted: u64) {
        self.record.whole.candidates += offered;
        self.record.whole.accepted += accepted;
    }

    /// What an accident of relocated plant did where it stands now: deaths, loss (fen).
    pub fn moved(&mut self, deaths: u32, loss: crate::model::record::Fen) {
        self.year.deaths_moved += u64::from(deaths);
        self.year.loss_moved_fen += loss;
    }

    /// Work lost to suspensions (person-years each).
    pub fn work_lost(&mut self, person_years: impl Iterator<Item = f64>) {
        let sum = &mut self.year.work_lost_person_years;
        *sum = person_years.fold(*sum, |sum, own| sum + own);
    }

    /// Applications refused, and the share of them that was no worse than average.
    pub fn refusals(&mut self, refused: f64, false_share: f64) {
        self.year.refusals += refused;
        self.year.false_refusals += refused * false_share;
    }

    /// What enterprises and inspectors did in a week, from yearly sums.
    pub fn enterprises(&mut self, totals: &Totals) {
        self.year.visits += totals.visits / 52.0;
        self.year.hazards_found += totals.found / 52.0;
        self.year.suspensions += totals.suspensions / 52.0;
        self.year.hazards_reported += totals.reported / 52.0;
    }

    /// False alarms.
    pub fn false_alarms(&mut self, count: u64) {
        self.year.false_alarms += count;
    }

    /// False alarms of monitors at work.
    pub fn work_false_alarms(&mut self, count: u64) {
        self.year.work_false_alarms += count;
    }

    /// A child beyond the last generation.
    pub fn cut_generation(&mut self) {
        self.checks.cut_generations += 1;
    }

    /// Keeps an event's row.
    pub fn row(&mut self, row: &EventRow) {
        if self.recording {
            self.record.events.push(row);
        }
    }

    /// Makes room for so many more weeks, and for their events as those so far let expect: doubling a table of tens
    /// of megabytes writes most of it twice.
    pub fn make_room(&mut self, weeks: u32) {
        let (recorded, weeks) = (self.weeks_recorded() as usize, weeks as usize);
        let record = &mut self.record;
        record.weeks.make_room(weeks);
        record.province_weeks.make_room(weeks);
        let bytes = record.events.bytes();
        record.events.make_room(bytes * weeks / recorded.max(1));
    }

    /// Events kept so far.
    pub fn events_so_far(&self) -> &EventTable {
        &self.record.events
    }

    /// Rates above their majorant.
    pub fn over_majorant(&mut self, count: u64) {
        self.checks.over_majorant += count;
    }

    /// Groups with more dead than people, and all dead counted in the counties.
    pub fn people(&mut self, gap: u64, counted: u64) {
        let recorded = self.dead_at_start + self.buried;
        self.checks.people_gap += gap + counted.abs_diff(recorded);
    }
}

fn fresh_year(provinces: usize) -> YearRecord {
    YearRecord {
        provinces: vec![ProvinceYear::default(); provinces],
        lowest_functionality: 1.0,
        ..YearRecord::default()
    }
}
