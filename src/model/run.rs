//! One policy on its way through one history: the state, the record, and buffers that are used again.

use std::collections::VecDeque;

use crate::model::hazards::candidates::{CountySource, History};
use crate::model::hazards::cascade::{self, Child, Parent};
use crate::model::mechanisms::sharing::responder_at_scene;
use crate::model::random::{Purpose, Stream};
use crate::model::record::{Fen, RunRecord};
use crate::model::recorder::Recorder;
use crate::model::regime::Regime;
use crate::model::settlement::natural::{StrikeLoss, StrikeOutcome};
use crate::model::settlement::premiums::{HOURS_PER_YEAR, pay_premiums};
use crate::model::stages::impact::group_weights;
use crate::model::stages::{Event, Harm, Response, Source, pressure, recover};
use crate::model::state::{State, TRADES};
use crate::model::world::GROUPS;
use crate::model::{Model, step};
use crate::scenario::tables::Trigger;
use crate::vocabulary::{Category, Grade, Kind, NaturalKind, Table, Trade, Vocabulary};

/// Victims picked one by one; beyond them, groups share the rest by cumulative floors.
const PICKED_SINGLY: u32 = 256;

/// A run under way.
pub struct Run<'a> {
    /// The society.
    pub model: &'a Model,
    /// The policy.
    pub regime: &'a Regime,
    /// What could happen.
    pub history: &'a History,
    /// The state.
    pub state: State,
    /// What is written down.
    pub record: Recorder,
    /// Random streams.
    pub streams: Streams,
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
}

/// What is to be learnt from an event.
#[derive(Clone, Copy, Debug, PartialEq)]
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
}

/// Buffers of a week: nothing is allocated inside its loops.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// Events to come.
    pub queue: VecDeque<Event>,
    /// Children just set off.
    pub children: Vec<Child>,
    /// Losses of the counties struck.
    pub strikes: Vec<StrikeLoss>,
    /// What became of them.
    pub outcomes: Vec<StrikeOutcome>,
    /// Functionality of counties at the week's beginning.
    pub functionality_at_onset: Vec<f64>,
    /// Random words of the citizens under review.
    pub words: Vec<u32>,
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
    /// Factor on accident rates this week by province and trade.
    pub week_factor: Vec<[f64; TRADES]>,
    /// Factor of plant age by trade.
    pub plant_factor: Table<Trade, f64>,
    /// Factor of unregulated activity.
    pub novelty: f64,
    /// Probability that a trained person is at the scene of an accident.
    pub responder_near: f64,
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
            history,
            state,
            record,
            streams,
            scratch,
            burn_in_weeks,
        }
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
        let multiplier = accident.novel_rate_multiplier;
        let now =
            crate::model::hazards::accident::novelty_factor(self.state.stocks.novel, multiplier);
        let usual =
            crate::model::hazards::accident::novelty_factor(accident.novel_share, multiplier);
        self.scratch.novelty = now / usual;
        let people = self.model.society.rescue.bystanders_reached;
        self.scratch.responder_near = responder_at_scene(self.state.stocks.responders, people);
        for trade in Trade::ALL.iter().copied() {
            self.scratch.plant_factor[trade] = self.state.stocks.plant[trade].rate_factor(accident);
        }
    }

    /// Ends the run.
    pub fn finish(mut self) -> RunRecord {
        self.check_people();
        self.record.finish(&self.state, self.model)
    }

    /// The enterprise agents whose review is due.
    pub fn due_enterprises(&self) -> std::ops::Range<usize> {
        pressure::block(self.model.world.enterprises.len(), self.state.week)
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
        self.scratch.queue.pop_front()
    }

    /// Moves children from the buffer (from position `before`) into the queue; those beyond the last
    /// generation are counted as cut. Returns how many will happen.
    pub fn admit_children(&mut self, before: usize) -> u32 {
        let mut admitted = 0;
        for child in self.scratch.children.split_off(before).into_iter().rev() {
            if child.generation > self.model.society.cascade.max_generations {
                self.record.cut_generation();
                continue;
            }
            if let Some(source) = self.source_of(&child) {
                let Child {
                    identity,
                    parent,
                    generation,
                    kind,
                    county,
                } = child;
                self.scratch.queue.push_front(Event {
                    identity,
                    parent,
                    generation,
                    kind,
                    county,
                    source,
                });
                admitted += 1;
            }
        }
        admitted
    }

    /// Where a child happens: an establishment of its trade in the county, or the county itself.
    fn source_of(&self, child: &Child) -> Option<Source> {
        let county = match child.kind {
            Kind::RespiratoryOutbreak => CountySource::Cluster,
            Kind::FoodborneOutbreak => CountySource::Canteen,
            Kind::CrowdCrush => CountySource::Crush,
            Kind::ExtremeViolence => CountySource::Violence,
            Kind::EscalatedDispute => CountySource::Dispute,
            _ => return self.establishment_for(child).map(Source::Enterprise),
        };
        Some(Source::County(county))
    }

    fn establishment_for(&self, child: &Child) -> Option<u32> {
        let trade = child.kind.trade()?;
        let cells = &self.model.world.cells;
        let span = self.model.world.counties.cells[child.county as usize];
        let of_trade = || span.rows().filter(|cell| cells.trade[*cell] == trade);
        let total: f64 = of_trade().map(|cell| cells.workers[cell]).sum();
        let [cell_mark, establishment] = self.streams.cascade.pair(child.identity, 0, 1);
        let mut passed = 0.0;
        for cell in of_trade() {
            passed += cells.workers[cell];
            if passed >= cell_mark * total {
                return Some(self.model.establishment(cell, establishment));
            }
        }
        None
    }

    /// People alive in a county.
    pub fn alive(&self, county: usize) -> u32 {
        let dead: u32 = self.state.counties.dead[county].iter().sum();
        self.model.world.counties.population[county].saturating_sub(dead)
    }

    /// Preparedness of a county.
    pub fn prepared_share(&self, county: usize) -> f64 {
        let agents = f64::from(self.model.world.counties.citizens[county].len().max(1) as u32);
        self.state.counties.prepared[county]
            .iter()
            .map(|n| f64::from(*n))
            .sum::<f64>()
            / (4.0 * agents)
    }

    /// Whether a county lies in a municipality.
    pub fn municipal(&self, county: u32) -> bool {
        self.model.world.provinces[self.model.world.counties.province[county as usize] as usize]
            .municipality
    }

    /// Buries the dead of an event in one county: who they are, group by group.
    pub fn bury(
        &mut self,
        event: &Event,
        county: u32,
        deaths: u32,
        fifths: &mut [u32; 5],
        natural: bool,
    ) {
        self.bury_from(event.identity, event.kind, county, deaths, fifths, natural);
    }

    /// The same for the dead of an outbreak's week.
    pub fn bury_of(
        &mut self,
        identity: u64,
        kind: Kind,
        county: u32,
        deaths: u32,
        fifths: &mut [u32; 5],
    ) {
        self.bury_from(identity, kind, county, deaths, fifths, false);
    }

    fn bury_from(
        &mut self,
        identity: u64,
        kind: Kind,
        county: u32,
        deaths: u32,
        fifths: &mut [u32; 5],
        natural: bool,
    ) {
        if deaths == 0 {
            return;
        }
        let place = county as usize;
        let people = self.model.world.counties.people[place];
        let dead = &mut self.state.counties.dead[place];
        let weights = group_weights(
            &people,
            self.model.society.natural.aged_death_ratio,
            natural,
        );
        let total: f64 = weights.iter().sum();
        let mut victims = [0_u32; GROUPS];
        for victim in 0..deaths.min(PICKED_SINGLY) {
            let u = self.streams.victims.uniform(identity, county, victim) * total;
            let mut passed = 0.0;
            let group = weights.iter().position(|w| {
                passed += w;
                passed >= u
            });
            victims[group.unwrap_or(GROUPS - 1)] += 1;
        }
        share_out(
            deaths.saturating_sub(PICKED_SINGLY),
            &weights,
            total,
            &mut victims,
        );
        settle_groups(&mut victims, &people, dead);
        for (group, count) in victims.iter().enumerate() {
            fifths[group % 5] += count;
        }
        let province = self.model.world.counties.province[place];
        self.record.buried(kind, province, &victims);
    }

    /// Counts those whom rescue saved, and rescuers who were hurt.
    pub fn rescued(&mut self, event: &Event, response: &Response, saved: u32) {
        let all = response.saved_at_scene + response.saved_by_teams;
        let scene = if all > 0.0 {
            f64::from(saved) * response.saved_at_scene / all
        } else {
            0.0
        };
        let scene = (scene + 0.5) as u32;
        let rescue = &self.model.society.rescue;
        let danger = if response.helped {
            rescue.responder_hurt_trained
        } else {
            rescue.responder_hurt_untrained
        };
        let mark = crate::model::stages::intervene::mark::RESCUER;
        let hurt = response.potential > 0
            && self.streams.accident.uniform(event.identity, 0, mark) < danger;
        self.record
            .saved(scene.min(saved), saved - scene.min(saved), hurt, response);
    }

    /// Remembers an event for the lessons, and lets the public react: disputes after great accidents,
    /// exposed concealments and large poisonings. Returns how many disputes it set off.
    pub fn remember(&mut self, event: &Event, harm: &Harm) -> u32 {
        let province = self.model.world.counties.province[event.county as usize];
        let trade = event.kind.trade();
        let natural = event.kind.category() == Category::Natural;
        let notable = harm.deaths > 0 || harm.exposed;
        if notable {
            self.scratch.lessons.push(Lesson {
                county: event.county,
                province,
                trade,
                natural,
                deaths: harm.deaths,
                reported: harm.reported,
                known: harm.known,
                exposed: harm.exposed,
            });
        }
        self.public_reaction(event, harm)
    }

    fn public_reaction(&mut self, event: &Event, harm: &Harm) -> u32 {
        let parent = Parent {
            identity: event.identity,
            generation: event.generation,
            kind: event.kind,
            county: event.county,
        };
        let before = self.scratch.children.len();
        let mut react = |trigger: Trigger| {
            cascade::children(
                parent,
                trigger,
                |_| 1.0,
                &self.model.tables.cascade,
                self.streams.cascade,
                &mut self.scratch.children,
            );
        };
        if event.kind.category() == Category::Accident
            && harm.known
            && harm.reported >= Grade::Major.threshold()
        {
            react(Trigger::MajorAccident);
        }
        if harm.exposed {
            react(Trigger::ConcealmentExposed);
        }
        if event.kind == Kind::FoodborneOutbreak && harm.magnitude >= 30.0 {
            react(Trigger::LargeFoodborne);
        }
        self.admit_children(before)
    }

    /// Uncompensated loss (fen) feeds grievance in its county.
    pub fn grieve(&mut self, county: u32, unpaid: Fen) {
        if unpaid <= 0 {
            return;
        }
        let place = county as usize;
        let income = self.model.world.counties.income_yuan[place]
            * f64::from(self.model.world.counties.population[place]);
        let rate = self
            .model
            .society
            .citizens
            .grievance_per_uncompensated_income_year;
        let push = rate * unpaid as f64 / 100.0 / income.max(1.0);
        self.state
            .counties
            .grievance_push
            .add(self.state.week, county, push as f32);
    }

    /// Opens the damages of a natural event, and what people make of who paid.
    pub fn open_damages(
        &mut self,
        kind: NaturalKind,
        strikes: &[StrikeLoss],
        outcomes: &[StrikeOutcome],
    ) {
        let citizens = &self.model.society.citizens;
        for (strike, outcome) in strikes.iter().zip(outcomes) {
            let (damage, tau) = recover::damage(self, kind, strike, outcome);
            let people = f64::from(self.model.world.counties.population[strike.county as usize]);
            self.record.recovery(f64::from(damage.lost) * people, tau);
            self.state.damages.push(damage);
            self.grieve(strike.county, outcome.unpaid_by_fifth.iter().sum());
            let sum = |values: &[Fen; 5]| values.iter().sum::<Fen>() as f64;
            let private = sum(&strike.housing) + sum(&strike.goods) + sum(&strike.crops);
            if private > 0.0 {
                let observed = (outcome.relief as f64 / private) as f32;
                let expected = &mut self.state.counties.expected_relief[strike.county as usize];
                *expected += citizens.expected_relief_learning as f32 * (observed - *expected);
                let prompt =
                    outcome.mean_days_to_payment() > 0.0 && outcome.mean_days_to_payment() <= 30.0;
                if prompt {
                    let gain = citizens.trust_gain_prompt_relief * f64::from(observed);
                    self.state
                        .counties
                        .trust_push
                        .add(self.state.week, strike.county, gain as f32);
                }
            }
        }
        self.record.hardship(self.model, strikes, outcomes);
    }

    /// Premiums of the week.
    pub fn pay_premiums(&mut self) {
        let hour = (self.week_of_year() + 1) * HOURS_PER_YEAR / 52;
        let agents = self.model.world.citizens.len().max(1) as f64;
        let insured = self
            .state
            .counties
            .insured
            .iter()
            .flatten()
            .map(|n| f64::from(*n))
            .sum::<f64>()
            / agents;
        let relative = insured / self.regime.take_up_in_tariff.max(1e-9);
        pay_premiums(&self.regime.tariff, &mut self.state.books, hour, relative);
    }

    /// Functionality, deaths and direct loss of each province this week.
    pub fn provinces_this_week(&self) -> Vec<[f64; 3]> {
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
        rows.collect()
    }

    /// Checks rates against majorants: the season's highest week included.
    pub fn watch_majorants(&mut self) {
        let highest = 1.0 + self.model.society.accident.season_amplitude;
        let mut over = 0;
        for agent in self.due_enterprises() {
            let rate = f64::from(self.state.enterprises.rate[agent]);
            let majorant = self.model.majorant[self.model.enterprises[agent].trade];
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

    /// People: nobody dies twice, and the dead are as many as were recorded.
    fn check_people(&mut self) {
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

/// Spreads a count over groups by cumulative floors of their weights.
fn share_out(count: u32, weights: &[f64; GROUPS], total: f64, victims: &mut [u32; GROUPS]) {
    if count == 0 || total <= 0.0 {
        return;
    }
    let (mut passed, mut given) = (0.0, 0);
    for (weight, victim) in weights.iter().zip(victims) {
        passed += weight;
        let up_to = ((passed / total * f64::from(count)) + 1e-9) as u32;
        *victim += up_to - given;
        given = up_to;
    }
}

/// Adds victims to the dead; who is one too many in a group belongs to the next with people left.
fn settle_groups(victims: &mut [u32; GROUPS], people: &[u32; GROUPS], dead: &mut [u32; GROUPS]) {
    let mut over = 0;
    for group in 0..GROUPS {
        let room = people[group].saturating_sub(dead[group]);
        over += victims[group].saturating_sub(room);
        victims[group] = victims[group].min(room);
        dead[group] += victims[group];
    }
    for group in (0..GROUPS).rev() {
        let more = over.min(people[group].saturating_sub(dead[group]));
        victims[group] += more;
        dead[group] += more;
        over -= more;
    }
}
