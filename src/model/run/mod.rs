//! One policy on its way through one history: the state, the record, and buffers that are used again.

mod ceilings;
mod children;
mod classes;
mod damages;
mod due;
mod near;
mod pace;
mod people;
mod reports;

pub use ceilings::RateCeilings;
pub use classes::Classes;
pub use due::{Facts, Row};
pub use pace::Pace;
pub use reports::Reports;

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::model::hazards::accident::novelty_factor;
use crate::model::hazards::candidates::History;
use crate::model::hazards::cascade::Child;
use crate::model::random::{Marks, Purpose, Stream};
use crate::model::record::{PROVINCE_SERIES, RunRecord};
use crate::model::recorder::Recorder;
use crate::model::regime::Regime;
use crate::model::settlement::natural::{StrikeLoss, StrikeOutcome};
use crate::model::settlement::premiums::Dues;
use crate::model::stages::Event;
use crate::model::stages::false_alarms::FalseAlarms;
use crate::model::state::{State, TRADES};
use crate::model::{Model, step};
use crate::vocabulary::{Table, Trade, Vocabulary};

/// A run under way.
pub struct Run<'a> {
    /// The society.
    pub model: &'a Model,
    /// The policy.
    pub regime: &'a Regime,
    /// What both mean for each class of enterprises.
    classes: Classes,
    /// What time leaves of what fades.
    pub pace: Pace,
    /// How many false alarms a week has under it.
    pub false_alarms: FalseAlarms,
    /// How enterprises report accidents under it.
    reports: Reports<'a>,
    /// Who pays premiums under it.
    dues: Dues,
    /// What could happen.
    pub history: &'a History,
    /// The state.
    pub state: State,
    /// What is written down.
    pub record: Recorder,
    /// Random streams.
    pub streams: Streams,
    /// Marks of the event that is met, of the stream of accidents.
    pub marks: Marks,
    /// Bounds on the rates of enterprises as the state has them.
    pub ceilings: RateCeilings,
    /// Buffers.
    pub scratch: Scratch,
    burn_in_weeks: u32,
}

/// The random streams of a replication.
#[derive(Clone, Copy, Debug)]
pub struct Streams {
    /// Marks of accidents and their children.
    pub accident: Stream,
    /// Marks of natural events.
    pub natural: Stream,
    /// Marks of one county in a natural event.
    pub strike: Stream,
    /// Marks of health and social events.
    pub county: Stream,
    /// Spread of outbreaks.
    pub outbreak: Stream,
    /// Children of cascades.
    pub cascade: Stream,
    /// Small harm.
    pub small: Stream,
    /// Victims.
    pub victims: Stream,
    /// Citizens' reviews.
    pub citizens: Stream,
    /// False alarms.
    pub false_alarm: Stream,
    /// Instants of visits.
    pub visits: Stream,
}

/// What is to be learnt from an event.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts of one event, each independent of the others"
)]
pub struct Lesson {
    /// County.
    pub county: u32,
    /// Province.
    pub province: u16,
    /// Trade, of an accident.
    pub trade: Option<Trade>,
    /// Whether it was a natural event.
    pub natural: bool,
    /// Deaths.
    pub deaths: u32,
    /// Deaths as reported.
    pub reported: u32,
    /// Whether it is known.
    pub known: bool,
    /// Whether a concealment came out.
    pub exposed: bool,
    /// Whether it was reported late.
    pub late: bool,
    /// Whether somebody owned the phase that failed.
    pub attributed: bool,
}

/// Buffers of a week: nothing is allocated inside its loops.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// Events to come.
    pub queue: VecDeque<Event>,
    /// Events to come of which is read already what they will ask for, at most.
    pub ahead: usize,
    /// What the week was in each province.
    pub provinces: Vec<[f64; PROVINCE_SERIES]>,
    /// Places of candidates of the week that may happen.
    pub open: Vec<u32>,

    /// Children just set off.
    pub children: Vec<Child>,
    /// Losses of the counties struck.
    pub strikes: Vec<StrikeLoss>,
    /// What became of them.
    pub outcomes: Vec<StrikeOutcome>,
    /// Functionality of counties at the week's beginning.
    pub functionality_at_onset: Vec<f64>,
    /// Infections away from home: county and number.
    pub away: Vec<(u32, u32)>,
    /// Deaths of an outbreak's week: county and number.
    pub outbreak_deaths: Vec<(u32, u32)>,
    /// Lessons of the week.
    pub lessons: Vec<Lesson>,
    /// Weight of inspectors' attention by province and trade.
    pub attention: Vec<[f64; TRADES]>,
    /// Visits for one weighted planned visit, by province.
    pub visit_scale: Vec<f64>,
    /// Expected accidents of the week by province and trade, where plant stands now.
    pub expected_accidents: Vec<[f64; TRADES]>,
    /// Factor on accident rates this week by province and trade.
    pub week_factor: Vec<[f64; TRADES]>,
    /// Factor of plant age by trade.
    pub plant_factor: Table<Trade, f64>,
    /// Share of the accidents of sending provinces that happens where old plant was relocated, by trade.
    pub relocated_risk: Table<Trade, f64>,
    /// Factor of unregulated activity.
    pub novelty: f64,
    /// Take-up of household cover at the week's beginning, relative to that of the tariff.
    pub relative_take_up: f64,
    /// Share of people trained as first responders at the week's beginning.
    pub responders: f64,
}

impl<'a> Run<'a> {
    /// Starts from a state; `recording` is off during the burn-in.
    pub fn new(
        model: &'a Model,
        regime: &'a Regime,
        history: &'a History,
        state: State,
        burn_in_weeks: u32,
        recording: bool,
    ) -> Self {
        let provinces = model.world.provinces.len();
        let streams = Streams {
            accident: history.stream(Purpose::AccidentMarks),
            natural: history.stream(Purpose::NaturalMarks),
            strike: history.stream(Purpose::StrikeMarks),
            county: history.stream(Purpose::CountyMarks),
            outbreak: history.stream(Purpose::Outbreaks),
            cascade: history.stream(Purpose::Cascades),
            small: history.stream(Purpose::SmallHarm),
            victims: history.stream(Purpose::Victims),
            citizens: history.stream(Purpose::Citizens),
            false_alarm: history.stream(Purpose::FalseAlarms),
            visits: history.stream(Purpose::Visits),
        };
        let scratch = Scratch {
            attention: vec![[1.0; TRADES]; provinces],
            visit_scale: vec![1.0; provinces],
            week_factor: vec![[1.0; TRADES]; provinces],
            novelty: 1.0,
            ..Scratch::default()
        };
        let record = Recorder::new(model, regime, recording, &state);
        Run {
            model,
            regime,
            classes: Classes::new(model, regime),
            pace: Pace::new(&model.society, regime),
            false_alarms: FalseAlarms::new(model, regime),
            reports: Reports::new(model, regime),
            dues: Dues::of(&regime.tariff),
            history,
            ceilings: RateCeilings::new(&state.enterprises.rate),
            state,
            record,
            marks: Marks::of(streams.accident, 0),
            streams,
            scratch,
            burn_in_weeks,
        }
    }

    /// The same run, written down by another recorder: that of the run which is taken up again.
    #[must_use]
    pub fn recorded_by(self, record: Recorder) -> Self {
        Run { record, ..self }
    }

    /// Whether the buffers hold nothing that the next week reads, as between two weeks.
    pub fn rests(&self) -> bool {
        let Scratch {
            queue,
            children,
            lessons,
            ..
        } = &self.scratch;
        queue.is_empty() && children.is_empty() && lessons.is_empty()
    }

    /// Lives through some weeks.
    pub fn weeks(&mut self, weeks: u32) {
        for _ in 0..weeks {
            self.common_factors();
            step::week(self);
        }
    }

    /// Factors on all rates that change from week to week.
    pub fn common_factors(&mut self) {
        let accident = &self.model.society.accident;
        let factors = &self.classes.of_plant_ages;
        let multiplier = accident.novel_rate_multiplier;
        let now = novelty_factor(self.state.stocks.novel, multiplier);
        let usual = novelty_factor(accident.novel_share, multiplier);
        self.scratch.novelty = now / usual;
        self.scratch.responders = self.state.stocks.responders;
        for trade in Trade::ALL.iter().copied() {
            let plant = &self.state.stocks.plant[trade];
            self.scratch.plant_factor[trade] = plant.mean(factors);
            let relocated = self.state.stocks.relocated[trade];
            self.scratch.relocated_risk[trade] = if relocated > 0.0 {
                let age = accident.relocated_plant_age_years;
                relocated * plant.old(accident, factors, age).risk
            } else {
                0.0
            };
        }
    }

    /// Ends the run.
    pub fn finish(self) -> RunRecord {
        self.finish_with_state().0
    }

    /// Ends the run and gives back the state that it leaves.
    pub fn finish_with_state(mut self) -> (RunRecord, State) {
        self.check_people();
        (self.record.finish(&self.state, self.model), self.state)
    }

    /// Week of the year, 0–51.
    pub fn week_of_year(&self) -> u32 {
        self.state.week % 52
    }

    /// Week since the end of the burn-in.
    pub fn horizon_week(&self) -> u32 {
        self.state.week.saturating_sub(self.burn_in_weeks)
    }

    /// The next event of the week.
    pub fn next_event(&mut self) -> Option<Event> {
        self.look_ahead();
        let event = self.scratch.queue.pop_front()?;
        self.marks.draw(event.identity);
        Some(event)
    }

    /// Whether a county lies in a municipality.
    pub fn municipal(&self, county: u32) -> bool {
        self.model.world.provinces[self.model.world.counties.province[county as usize] as usize]
            .municipality
    }

    /// Functionality, deaths and direct loss of each province this week.
    pub fn provinces_this_week(&self, into: &mut Vec<[f64; PROVINCE_SERIES]>) {
        let counties = &self.model.world.counties;
        let rows = self
            .model
            .world
            .provinces
            .iter()
            .enumerate()
            .map(|(number, province)| {
                let people = |county: usize| f64::from(counties.population[county]);
                let function: f64 = province
                    .counties
                    .rows()
                    .map(|c| self.state.counties.functionality[c] * people(c))
                    .sum();
                let [deaths, loss] = self.record.province_this_week(number);
                [function / (province.population.max(1)) as f64, deaths, loss]
            });
        into.clear();
        into.extend(rows);
    }

    /// Checks rates against majorants: the season's highest week included.
    pub fn watch_majorants(&mut self) {
        let highest = 1.0 + self.model.society.accident.season_amplitude;
        let mut over = 0;
        let due = self.due_enterprises();
        let rates = &self.state.enterprises.rate[due.clone()];
        for (rate, trade) in rates.iter().zip(&self.model.facts.trade[due]) {
            let rate = f64::from(*rate);
            let majorant = self.model.majorant.values()[usize::from(*trade)];
            // Asked this way round, a rate that is not a number counts as over.
            let within = rate * highest <= majorant;
            if !within {
                over += 1;
            }
        }
        self.record.over_majorant(over);
    }

    /// Ends a year.
    pub fn close_year(&mut self) {
        self.check_people();
        self.record.close_year(&mut self.state, self.regime);
    }

    /// Makes room for what is still to be written down.
    pub fn make_room(&mut self) {
        let weeks = self.history.week_starts.len().saturating_sub(1) as u32;
        self.record.make_room(weeks.saturating_sub(self.state.week));
    }

    /// People: nobody dies twice, and the dead are as many as were recorded.
    pub fn check_people(&mut self) {
        let mut gap = 0;
        for (dead, people) in self
            .state
            .counties
            .dead
            .iter()
            .zip(&self.model.world.counties.people)
        {
            gap += dead.iter().zip(people).filter(|(d, p)| d > p).count() as u64;
        }
        let counted: u64 = self
            .state
            .counties
            .dead
            .iter()
            .flatten()
            .map(|n| u64::from(*n))
            .sum();
        self.record.people(gap, counted);
    }
}
