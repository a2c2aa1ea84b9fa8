//! What changes during a run: columns of agents, counters of people, slow stocks, open damages.

use serde::{Deserialize, Serialize};

use crate::model::agents::enterprise::Habit;
use crate::model::hazards::health::Outbreak;
use crate::model::mechanisms::remedy::PlantAges;
use crate::model::mechanisms::sharing::RespondersByPlace;
use crate::model::run::Lesson;
use crate::model::settlement::books::Books;
use crate::model::world::GROUPS;
use crate::vocabulary::{Table, Trade};

/// Number of weekly blocks of staggered reviews: everybody once a quarter.
pub const BLOCKS: usize = 13;
/// Number of trades.
pub const TRADES: usize = 9;
/// Number of natural hazards.
pub const HAZARDS: usize = 8;

/// The state of a society.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct State {
    /// Week of the history that comes next.
    pub week: u32,
    /// Enterprise agents: written column by column, see [`State::columns`].
    #[serde(skip)]
    pub enterprises: Enterprises,
    /// Citizen agents: likewise.
    #[serde(skip)]
    pub citizens: Citizens,
    /// Counties.
    pub counties: Counties,
    /// Provinces × trades.
    pub provinces: Vec<ProvinceState>,
    /// Slow stocks of the whole society.
    pub stocks: Stocks,
    /// Outbreaks under way.
    pub outbreaks: Vec<Outbreak>,
    /// Lessons of accidents that were reported late, with the week in which they are drawn.
    pub late_lessons: Vec<(u32, Lesson)>,
    /// Damages not yet repaired.
    pub damages: Vec<OpenDamage>,
    /// Ledger, accounts and capital of insurers and the pool.
    pub books: Books,
    /// Sums over enterprise agents by block of review.
    pub blocks: BlockSums,
}

/// Columns of enterprise agents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Enterprises {
    /// Care effort e.
    pub care: Vec<f32>,
    /// Open hazards per 100 workers b.
    pub backlog: Vec<f32>,
    /// Management quality q.
    pub quality: Vec<f32>,
    /// Remembered visits m.
    pub remembered: Vec<f32>,
    /// Multiplier M of the rate as the firm perceives it.
    pub perceived: Vec<f32>,
    /// Visits of inspectors an establishment and year.
    pub visits: Vec<f32>,
    /// Care by habit; empty unless enterprises live by habit.
    pub habit_care: Vec<f32>,
    /// Stake that meeting the standard saves a year, by habit (yuan); empty likewise.
    pub habit_saved: Vec<f32>,
    /// Rate of reportable accidents per worker-year, before learning and season.
    pub rate: Vec<f32>,
}

impl Enterprises {
    /// What an agent holds on to; nothing where no habit is kept.
    pub fn habit(&self, agent: usize) -> Habit {
        let of = |column: &[f32]| column.get(agent).map_or(0.0, |value| f64::from(*value));
        Habit {
            care: of(&self.habit_care),
            saved: of(&self.habit_saved),
        }
    }

    /// Keeps what an agent does, where habits are kept.
    pub fn remember_habit(&mut self, agent: usize, habit: Habit) {
        if let Some(care) = self.habit_care.get_mut(agent) {
            *care = habit.care as f32;
        }
        if let Some(saved) = self.habit_saved.get_mut(agent) {
            *saved = habit.saved as f32;
        }
    }
}

/// Columns of citizen agents that change (the layout is that of the world's columns).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Citizens {
    /// Measures taken (bits 0–3), insured (bit 4), trained (bit 5).
    pub measures: Vec<u8>,
    /// Event part of threat perception, 0..3 standard deviations in steps of 3/255.
    pub alarm: Vec<u8>,
    /// Trust, 0..1 in steps of 1/255.
    pub trust: Vec<u8>,
    /// Grievance, 0..1 in steps of 1/255.
    pub grievance: Vec<u8>,
}

/// Columns of counties that change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counties {
    /// Functionality F in 0..1.
    pub functionality: Vec<f64>,
    /// Measures taken by agents of each income fifth (at most four an agent).
    pub prepared: Vec<[u32; 5]>,
    /// Agents of each fifth with household cover.
    pub insured: Vec<[u32; 5]>,
    /// Sum of the trust bytes of the agents.
    pub trust: Vec<u64>,
    /// Sum of the grievance bytes of the agents.
    pub grievance: Vec<u64>,
    /// Heed of warnings by hazard (1 = full).
    pub heed: Vec<[f32; HAZARDS]>,
    /// Relief that residents expect: share of loss.
    pub expected_relief: Vec<f32>,
    /// −ln(1 − share struck) of the last weeks.
    pub struck: Ring,
    /// Pushes to trust of the last weeks.
    pub trust_push: Ring,
    /// Pushes to grievance of the last weeks.
    pub grievance_push: Ring,
    /// News of others' disasters (sd of perception) of the last weeks.
    pub news: Ring,
    /// Dead by group.
    pub dead: Vec<[u32; GROUPS]>,
    /// Infected people.
    pub infected: Vec<u32>,
    /// Hours (since the start of the history) from which each team is free; empty until a call binds one.
    pub teams_free: Vec<Vec<f64>>,
}

/// State of a province by trade.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProvinceState {
    /// Learning L (log rate).
    pub learning: [f64; TRADES],
    /// Attention of inspectors (1 = as planned).
    pub attention: [f64; TRADES],
    /// Weeks of campaign left.
    pub campaign: [f64; TRADES],
    /// Mean attention over trades at rest under the baseline.
    pub usual_attention: f64,
}

impl ProvinceState {
    /// Attention of inspectors, mean over trades.
    pub fn mean_attention(&self) -> f64 {
        self.attention.iter().sum::<f64>() / TRADES as f64
    }
}

/// Slow stocks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stocks {
    /// Protective works (baseline = 1).
    pub works: f64,
    /// Age of plant by trade.
    pub plant: Table<Trade, PlantAges>,
    /// Share of the old plant of sending provinces that has been relocated, by trade.
    pub relocated: Table<Trade, f64>,
    /// Share of activity that no rule covers.
    pub novel: f64,
    /// Share of people trained as first responders.
    pub responders: f64,
    /// Shares trained besides, by where people work.
    pub responders_by_place: RespondersByPlace,
}

/// One damage that is being repaired.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenDamage {
    /// County.
    pub county: u32,
    /// Lost share of function.
    pub lost: f64,
    /// Factor over a week: e^{−1/τ}.
    pub decay: f64,
    /// Mean over a week relative to its beginning: τ(1 − e^{−1/τ}).
    pub week_mean: f64,
}

/// A quantity by county for each of the last thirteen weeks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ring {
    /// By county, then by week.
    slots: Vec<[f32; BLOCKS]>,
}

impl Ring {
    /// Nothing in any week.
    pub fn new(counties: usize) -> Self {
        Ring {
            slots: vec![[0.0; BLOCKS]; counties],
        }
    }

    /// Forgets the week that is thirteen weeks old; to be called when `week` begins.
    pub fn begin(&mut self, week: u32) {
        let slot = week as usize % BLOCKS;
        for of_county in &mut self.slots {
            of_county[slot] = 0.0;
        }
    }

    /// Adds to a county in a week.
    pub fn add(&mut self, week: u32, county: u32, amount: f32) {
        self.add_each(week, county, std::iter::once(amount));
    }

    /// Adds some amounts, one after the other.
    pub fn add_each(&mut self, week: u32, county: u32, amounts: impl Iterator<Item = f32>) {
        let slot = &mut self.slots[county as usize][week as usize % BLOCKS];
        *slot = amounts.fold(*slot, |sum, amount| sum + amount);
    }

    /// Sum of a county over the last thirteen weeks.
    pub fn sum(&self, county: usize) -> f32 {
        self.slots[county].iter().sum()
    }
}

/// Sums over the enterprise agents of each review block, kept fresh as blocks are reviewed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlockSums {
    /// Weighted planned visits a year by block and province.
    pub visit_weight: Vec<Vec<f64>>,
    /// Σ rate × workers by block and province × trade (accidents a year before learning and season).
    pub accident_rate: Vec<Vec<f64>>,
    /// Totals by block: see [`Totals`].
    pub totals: Vec<Totals>,
}

/// Sums over the agents of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// Workers.
    pub workers: f64,
    /// Workers × backlog.
    pub backlog: f64,
    /// Workers × care.
    pub care: f64,
    /// Workers in suspended establishments (average over the quarter).
    pub suspended: f64,
    /// Cost of care and self-checks (yuan a year).
    pub care_yuan: f64,
    /// Output lost to suspension and refusal (yuan a year).
    pub suspension_yuan: f64,
    /// Visits a year.
    pub visits: f64,
    /// Hazards found a year.
    pub found: f64,
    /// Hazards removed by reports of workers and citizens a year.
    pub reported: f64,
    /// Establishments suspended a year.
    pub suspensions: f64,
}

impl Totals {
    /// Sum of two.
    #[must_use]
    pub fn plus(self, other: Totals) -> Totals {
        Totals {
            workers: self.workers + other.workers,
            backlog: self.backlog + other.backlog,
            care: self.care + other.care,
            suspended: self.suspended + other.suspended,
            care_yuan: self.care_yuan + other.care_yuan,
            suspension_yuan: self.suspension_yuan + other.suspension_yuan,
            visits: self.visits + other.visits,
            found: self.found + other.found,
            reported: self.reported + other.reported,
            suspensions: self.suspensions + other.suspensions,
        }
    }
}

impl BlockSums {
    /// Sum of the totals over all blocks.
    pub fn all(&self) -> Totals {
        self.totals
            .iter()
            .fold(Totals::default(), |sum, block| sum.plus(*block))
    }

    /// Accidents a year of a province and trade, before learning and season.
    pub fn accidents(&self, province: usize, trade: usize) -> f64 {
        self.accident_rate
            .iter()
            .map(|block| block[province * TRADES + trade])
            .sum()
    }

    /// The same of every province and trade, in the place of other sums.
    pub fn accidents_by_place(&self, sums: &mut Vec<[f64; TRADES]>) {
        let mut blocks = self.accident_rate.iter().map(|block| block.as_chunks().0);
        sums.clear();
        sums.extend(blocks.next().unwrap_or_default());
        for block in blocks {
            for (sum, rate) in sums.as_flattened_mut().iter_mut().zip(block.as_flattened()) {
                *sum += rate;
            }
        }
    }

    /// Weighted planned visits a year of a province.
    pub fn visit_weight(&self, province: usize) -> f64 {
        self.visit_weight.iter().map(|block| block[province]).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attention_is_a_mean_over_trades() {
        let mut attention = [1.0; TRADES];
        attention[0] = 1.0 + TRADES as f64;
        let state = ProvinceState {
            learning: [0.0; TRADES],
            attention,
            campaign: [0.0; TRADES],
            usual_attention: 1.0,
        };
        assert!((state.mean_attention() - 2.0).abs() < 1e-12);
    }

    #[test]
    fn totals_add_field_by_field() {
        let of = |first: f64| Totals {
            workers: first,
            backlog: first + 1.0,
            care: first + 2.0,
            suspended: first + 3.0,
            care_yuan: first + 4.0,
            suspension_yuan: first + 5.0,
            visits: first + 6.0,
            found: first + 7.0,
            reported: first + 8.0,
            suspensions: first + 9.0,
        };
        let twice = |first: f64| Totals {
            workers: first,
            backlog: first + 2.0,
            care: first + 4.0,
            suspended: first + 6.0,
            care_yuan: first + 8.0,
            suspension_yuan: first + 10.0,
            visits: first + 12.0,
            found: first + 14.0,
            reported: first + 16.0,
            suspensions: first + 18.0,
        };
        assert_eq!(of(10.0).plus(of(20.0)), twice(30.0));
    }
}
