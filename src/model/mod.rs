//! The model: pure, without files, clock, printing or the order of threads.
//!
//! [`Model`] is the society made ready; a [`Regime`] is what a policy makes of its levers; a
//! [`History`] is what could happen in a replication; [`Model::run`] lets one policy live through it.

pub mod agents;
pub mod columns;
pub mod facts;
pub mod hazards;
pub mod journey;
pub mod lanes;
pub mod mechanisms;
pub mod random;
pub mod record;
pub mod recorder;
pub mod regime;
pub mod run;
pub mod settlement;
pub mod stages;
pub mod start;
pub mod state;
pub mod step;
pub mod tail;
pub mod transcendental;
pub mod world;

use rayon::prelude::*;

use crate::scenario::society::Society;
use crate::scenario::tables::SocietyTables;
use crate::scenario::{CheckedPolicy, CheckedSociety};
use crate::vocabulary::{AgeGroup, NaturalKind, Quintile, SizeClass, Table, Trade, Vocabulary};
use agents::enterprise::Quarterly;
use facts::FactColumns;
use hazards::alias::Alias;
use hazards::harm::Vulnerability;
use hazards::natural::NaturalHistory;
use hazards::relocation::Relocation;
use journey::Begun;
use random::{Purpose, Stream};
use record::RunRecord;
use transcendental::pow;
use world::{World, group};

pub use hazards::candidates::History;
pub use hazards::forced::ForcedStrike;
pub use regime::{Baseline, Regime};
pub use state::State;
pub use tail::TailShare;

/// A week (years).
pub const WEEK: f64 = 1.0 / 52.0;

/// A society made ready to run: its world, its slots and their majorants, and what can be computed
/// once and for all.
#[derive(Clone, Debug)]
pub struct Model {
    /// The society.
    pub society: Society,
    /// Its tables.
    pub tables: SocietyTables,
    /// The static world.
    pub world: World,
    /// Slots of accidents (cells) by majorant.
    pub slots: Alias,
    /// Counties by people.
    pub people: Alias,
    /// Majorant rate per worker-year by trade.
    pub majorant: Table<Trade, f64>,
    /// What the stages need to know of each enterprise agent.
    pub enterprises: Vec<EnterpriseView>,
    /// The same by column, for rows of them.
    pub facts: FactColumns,
    /// Workers by trade (people).
    pub workers: Table<Trade, f64>,
    /// Where plant goes that is relocated.
    pub relocation: Relocation,
    /// Planned visits a year by province.
    pub planned_visits: Vec<f64>,
    /// Plants (establishments above micro) by county × trade.
    plants: Vec<f32>,
    /// How much more counties suffer by income, age and place.
    pub vulnerability: Vulnerability,
    /// Weights of income fifths in housing, goods and crops by county.
    pub household_weights: Vec<[[i64; 5]; 3]>,
    /// Income of fifths relative to the society's mean, by county.
    pub relative_income: Vec<[f64; 5]>,
    /// Citizen agents by county and fifth.
    pub agents_by_fifth: Vec<[u32; 5]>,
    /// Preparedness at the start, by county and fifth, and by county.
    pub prepared_at_start_by_fifth: Vec<[f64; 5]>,
    /// Preparedness at the start by county.
    pub prepared_at_start: Vec<f64>,
    /// Mean grievance at the start by county.
    pub grievance_at_start: Vec<f64>,
    /// Alarm in equilibrium with the county's own dangers (sd of perception).
    pub alarm_at_start: Vec<f32>,
    /// Share of the natural death toll that falls on the vulnerable, by county.
    pub vulnerable_weight: Vec<f64>,
    /// Mean wealth of all citizens (yuan a head).
    pub mean_wealth_yuan: f64,
    /// Mean wealth of a county's citizens (yuan a head).
    pub wealth_yuan: Vec<f64>,
    /// Expected asset loss of each hazard at the initial state (yuan a year).
    pub expected_loss_yuan: Table<NaturalKind, f64>,
    /// Fatality of infections relative to the mean, by the ages of a county.
    pub fatality_by_age: Vec<f64>,
    /// Shares of a quarter that are the same for every enterprise.
    pub quarterly: Quarterly,
    /// Accidents a year at the trade's bare rate of the establishment that a planned visit meets on
    /// average: what a rating within the trade is relative to.
    pub reference_rate: Table<Trade, f64>,
    /// Natural years at the initial state that price premiums.
    pub catalogue: NaturalHistory,
}

/// What a stage needs to know of one enterprise agent.
#[derive(Clone, Copy, Debug)]
pub struct EnterpriseView {
    /// Trade.
    pub trade: Trade,
    /// Size class.
    pub size: SizeClass,
    /// Province.
    pub province: u16,
    /// County.
    pub county: u32,
    /// Establishments it stands for.
    pub establishments: f64,
    /// Workers of all of them.
    pub workers: f64,
    /// Error of its rating, a standard normal number.
    pub rating_error: f32,
}

impl EnterpriseView {
    /// Number of its class: trade × size.
    pub fn class(&self) -> usize {
        self.trade as usize * SizeClass::ALL.len() + self.size as usize
    }
}

impl Model {
    /// Builds the world of a society with agents of `people_per_agent` people.
    pub fn new(checked: CheckedSociety, people_per_agent: u32) -> Self {
        let CheckedSociety {
            society, tables, ..
        } = checked;
        let world = world::build::build(&society, &tables, people_per_agent);
        let majorant = society
            .trades
            .map(|_, trade| hazards::accident::majorant(trade, &society.accident));
        let cells = &world.cells;
        let weights: Vec<f64> = (0..cells.county.len())
            .map(|c| majorant[cells.trade[c]] * cells.workers[c])
            .collect();
        let populations: Vec<f64> = world
            .counties
            .population
            .iter()
            .map(|n| f64::from(*n))
            .collect();
        let enterprises = enterprise_views(&world, society.seed);
        let EnterpriseSums {
            workers,
            planned_visits,
            plants,
        } = EnterpriseSums::of(&enterprises, &world, &society);
        let mut model = Model {
            slots: Alias::new(&weights),
            people: Alias::new(&populations),
            vulnerability: Vulnerability::new(&world, &society),
            majorant,
            relocation: Relocation::new(&world, society.accident.relocation_income_ratio),
            facts: FactColumns::of(&enterprises),
            enterprises,
            workers,
            planned_visits,
            plants,
            household_weights: Vec::new(),
            relative_income: Vec::new(),
            agents_by_fifth: Vec::new(),
            prepared_at_start_by_fifth: Vec::new(),
            prepared_at_start: Vec::new(),
            grievance_at_start: Vec::new(),
            alarm_at_start: Vec::new(),
            vulnerable_weight: Vec::new(),
            wealth_yuan: Vec::new(),
            mean_wealth_yuan: 0.0,
            expected_loss_yuan: Table::default(),
            fatality_by_age: Vec::new(),
            quarterly: Quarterly::new(&society),
            reference_rate: Table::from_fn(|trade| reference_rate(&society, trade)),
            catalogue: NaturalHistory {
                events: Vec::new(),
                strikes: Vec::new(),
            },
            society,
            tables,
            world,
        };
        model.describe_counties();
        model
    }

    fn describe_counties(&mut self) {
        let counties = &self.world.counties;
        for county in 0..counties.len() {
            let relative = counties.quintile_income[county];
            let weights = |exponent: f64| relative.map(|r| (pow(r, exponent) * 1e6) as i64 + 1);
            // Assets rise with income, loss ratios fall with it: 0.4 − 0.25, 0.8 − 0.15, −0.1.
            self.household_weights
                .push([weights(0.15), weights(0.65), weights(-0.1)]);
            let mean = counties.income_yuan[county] / self.world.mean_income_yuan;
            self.relative_income.push(relative.map(|r| r * mean));
            self.fatality_by_age.push(self.fatality(county));
        }
        start::describe_citizens(self);
    }

    /// Fatality of infections relative to the mean, by the ages of a county.
    fn fatality(&self, county: usize) -> f64 {
        let people = &self.world.counties.people[county];
        let total = people.iter().map(|n| f64::from(*n)).sum::<f64>().max(1.0);
        let share = |age: AgeGroup| {
            Quintile::ALL
                .iter()
                .map(|q| f64::from(people[group(age, *q)]))
                .sum::<f64>()
                / total
        };
        let ratio = &self.society.health.fatality_age_ratio;
        AgeGroup::ALL
            .iter()
            .map(|age| share(*age) * ratio[*age])
            .sum()
    }

    /// The enterprise agent that holds the establishment at uniform `u` of a cell (by workers).
    pub fn establishment(&self, cell: usize, u: f64) -> u32 {
        let span = self.world.cells.enterprises[cell];
        let cumulative = &self.world.enterprises.cumulative_workers[span.rows()];
        let target = u * cumulative.last().copied().unwrap_or(0.0);
        let within = cumulative
            .partition_point(|sum| *sum < target)
            .min(span.len().saturating_sub(1));
        span.start + within as u32
    }

    /// One enterprise agent.
    #[inline]
    pub fn enterprise(&self, agent: usize) -> &EnterpriseView {
        &self.enterprises[agent]
    }

    /// Visits an establishment of a class gets a year when nothing moves them.
    pub fn planned_visit(&self, trade: Trade, size: SizeClass) -> f64 {
        self.society.trades[trade].sizes[size].visits_per_firm_year
    }

    /// How much more of a loss the citizens of a county can finance at once than the mean: the root of
    /// their relative wealth, within ½ and 1½ (assumption).
    pub fn own_funds_factor(&self, county: usize) -> f64 {
        libm::sqrt(self.wealth_yuan[county] / self.mean_wealth_yuan.max(1.0)).clamp(0.5, 1.5)
    }

    /// Preparedness of a county whose citizens have taken so many measures, by income fifth.
    pub fn prepared_share(&self, county: usize, measures: &[u32; 5]) -> f64 {
        let agents = f64::from(self.world.counties.citizens[county].len().max(1) as u32);
        measures.iter().map(|n| f64::from(*n)).sum::<f64>() / (4.0 * agents)
    }

    /// Planned visits a year by block of review and province.
    pub fn planned_visits_by_block(&self) -> Vec<Vec<f64>> {
        let mut blocks = vec![vec![0.0; self.world.provinces.len()]; state::BLOCKS];
        for (number, block) in blocks.iter_mut().enumerate() {
            for agent in stages::pressure::block(self.world.enterprises.len(), number as u32) {
                let facts = self.enterprise(agent);
                block[usize::from(facts.province)] +=
                    self.planned_visit(facts.trade, facts.size) * facts.establishments;
            }
        }
        blocks
    }

    /// Homes of each income fifth that a strike hits: affected people in households of three.
    pub fn homes_struck(&self, county: usize, affected: f64) -> [u32; 5] {
        let homes = affected * f64::from(self.world.counties.population[county]) / 15.0
            * self.society.evaluation.hardship_struck_share;
        [homes as u32; 5]
    }

    /// Plants above micro of a trade in a county.
    pub fn plants(&self, county: u32, trade: Trade) -> f64 {
        f64::from(self.plants[county as usize * state::TRADES + trade.number()])
    }

    /// The baseline in this society, against which policies are worked out.
    pub fn baseline<'a>(&'a self, baseline: &'a CheckedPolicy) -> Baseline<'a> {
        Baseline::new(self, baseline)
    }

    /// What policies make of their levers in this society, in their order.
    pub fn regimes(
        &self,
        policies: &[&CheckedPolicy],
        baseline: &CheckedPolicy,
        equal_budget: bool,
    ) -> Vec<Regime> {
        Baseline::regimes(self, baseline, policies, equal_budget)
    }

    /// What one policy makes of its levers in this society; for several, see [`Model::regimes`].
    pub fn regime(
        &self,
        policy: &CheckedPolicy,
        baseline: &CheckedPolicy,
        equal_budget: bool,
    ) -> Regime {
        self.baseline(baseline).regime(policy, equal_budget)
    }

    /// What could happen in a replication over `weeks` weeks.
    pub fn history(&self, seed: u64, replication: u32, weeks: u32) -> History {
        History::generate(self, seed, replication, weeks, None)
    }

    /// The same with one natural event more.
    pub fn history_with(
        &self,
        seed: u64,
        replication: u32,
        weeks: u32,
        forced: &ForcedStrike,
    ) -> History {
        History::generate(self, seed, replication, weeks, Some(forced))
    }

    /// The state after `weeks` weeks under a regime (the baseline's, or a policy's own), from its
    /// equilibrium.
    pub fn burn_in(&self, baseline: &Regime, history: &History, weeks: u32) -> State {
        self.burn_in_from(baseline, history, weeks, None, &mut |_| ())
    }

    /// One policy through one history, from the state at the end of the burn-in.
    pub fn run(
        &self,
        regime: &Regime,
        history: &History,
        start: &State,
        burn_in_weeks: u32,
        years: u32,
    ) -> RunRecord {
        let state = Model::announced(regime, start.clone());
        self.run_on(regime, history, state, burn_in_weeks, years)
    }

    /// A state as it is once a policy has been announced: half of what it promises is believed at once, the
    /// rest is learnt from what comes.
    pub fn announced(regime: &Regime, mut state: State) -> State {
        let announced = 0.5 * (regime.choices.announced_relief - regime.choices.customary_relief);
        for expected in &mut state.counties.expected_relief {
            *expected += announced as f32;
        }
        state
    }

    /// One policy through one history, from a state that the policy itself left: nothing is new to those
    /// who live under it.
    pub fn run_on(
        &self,
        regime: &Regime,
        history: &History,
        state: State,
        burn_in_weeks: u32,
        years: u32,
    ) -> RunRecord {
        self.run_with_tail(regime, history, state, (burn_in_weeks, years), None)
    }

    /// The same after a burn-in, for some years, with natural years from the states in which its years begin.
    pub fn run_with_tail(
        &self,
        regime: &Regime,
        history: &History,
        state: State,
        (burn_in_weeks, years): (u32, u32),
        tail: Option<TailShare>,
    ) -> RunRecord {
        let begun = Begun::Anew(Box::new(state));
        self.live(
            regime,
            history,
            (burn_in_weeks, years),
            tail,
            begun,
            &mut |_| (),
        )
    }
}

/// What the enterprise agents add up to.
struct EnterpriseSums {
    workers: Table<Trade, f64>,
    planned_visits: Vec<f64>,
    plants: Vec<f32>,
}

impl EnterpriseSums {
    fn of(views: &[EnterpriseView], world: &World, society: &Society) -> Self {
        let mut sums = EnterpriseSums {
            workers: Table::default(),
            planned_visits: vec![0.0; world.provinces.len()],
            plants: vec![0.0; world.counties.len() * state::TRADES],
        };
        for view in views {
            sums.workers[view.trade] += view.workers;
            let visits = society.trades[view.trade].sizes[view.size].visits_per_firm_year;
            sums.planned_visits[usize::from(view.province)] += visits * view.establishments;
            if view.size != SizeClass::Micro {
                let county = view.county as usize;
                sums.plants[county * state::TRADES + view.trade.number()] +=
                    view.establishments as f32;
            }
        }
        sums
    }
}

/// Accidents a year at a trade's bare rate of the establishment that a planned visit meets on average.
fn reference_rate(society: &Society, trade: Trade) -> f64 {
    let facts = &society.trades[trade];
    let (mut workers, mut visits) = (0.0, 0.0);
    for size in SizeClass::ALL.iter().copied() {
        let class = &facts.sizes[size];
        let mean = society.sizes[size].workers_mean;
        workers += class.visits_per_firm_year * class.share_of_workers;
        visits += class.visits_per_firm_year * class.share_of_workers / mean;
    }
    facts.base_rate_per_100k_worker_years / 1e5 * workers / visits.max(1e-9)
}

/// Enterprise agents as the stages see them.
fn enterprise_views(world: &World, seed: u64) -> Vec<EnterpriseView> {
    let stream = Stream::new(seed, 0, Purpose::Enterprises);
    let facts = &world.enterprises;
    let view = |agent: usize| {
        let cell = facts.cell[agent] as usize;
        let place = agent as u32 - world.cells.enterprises[cell].start;
        let entity = (cell as u64) << 20 | u64::from(place) | 1 << 60;
        let county = world.cells.county[cell];
        EnterpriseView {
            trade: world.cells.trade[cell],
            size: world.cells.size[cell],
            province: world.counties.province[county as usize],
            county,
            establishments: f64::from(facts.establishments[agent]),
            workers: facts.workers[agent],
            rating_error: stream.normal(entity, 0, 7) as f32,
        }
    };
    (0..facts.len()).into_par_iter().map(view).collect()
}
