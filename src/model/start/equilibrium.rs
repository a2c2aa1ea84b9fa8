//! Every slow stock at its closed-form equilibrium under the baseline.

use crate::model::Model;
use crate::model::agents::citizen;
use crate::model::hazards::accident;
use crate::model::hazards::natural::NaturalHistory;
use crate::model::mechanisms::remedy::PlantAges;
use crate::model::random::{Purpose, Stream};
use crate::model::regime::{Regime, half_life_stock};
use crate::model::run::Run;
use crate::model::stages::learn::UNPRESSED;
use crate::model::stages::{admit, decide};
use crate::model::state::{
    BLOCKS, BlockSums, Citizens, Counties, Enterprises, HAZARDS, ProvinceState, Ring, State,
    Stocks, TRADES, Totals,
};
use crate::model::transcendental::pow;
use crate::model::world::GROUPS;
use crate::scenario::society::EnterpriseRule;
use crate::vocabulary::{Grade, SizeClass, Table, Trade, Vocabulary};

/// The state in equilibrium under the baseline.
pub fn equilibrium(model: &Model, baseline: &Regime) -> State {
    let society = &model.society;
    let counties = model.world.counties.len();
    let mut state = State {
        week: 0,
        enterprises: enterprises(model, baseline),
        citizens: citizens(model),
        counties: county_state(baseline, counties),
        provinces: Vec::new(),
        stocks: Stocks {
            works: baseline.effects.remedy.works_money,
            plant: Table::from_fn(|_| PlantAges::stationary(&society.accident)),
            relocated: Table::default(),
            novel: society.accident.novel_share,
            responders: baseline.effects.sharing.responder_share,
            responders_by_place: baseline.effects.sharing.responders_by_place,
        },
        outbreaks: Vec::new(),
        late_lessons: Vec::new(),
        damages: Vec::new(),
        books: baseline.books(),
        blocks: empty_blocks(model),
    };
    count_citizens(model, &mut state);
    state.provinces = vec![calm(); model.world.provinces.len()];
    state = at_rest(model, baseline, state);
    state.provinces = provinces(model, baseline, &state.blocks);
    state
}

fn calm() -> ProvinceState {
    ProvinceState {
        learning: [0.0; TRADES],
        attention: [1.0; TRADES],
        campaign: [0.0; TRADES],
        usual_attention: 1.0,
    }
}

fn empty_blocks(model: &Model) -> BlockSums {
    let provinces = model.world.provinces.len();
    BlockSums {
        visit_weight: model.planned_visits_by_block(),
        accident_rate: vec![vec![0.0; provinces * TRADES]; BLOCKS],
        totals: vec![Totals::default(); BLOCKS],
    }
}

fn enterprises(model: &Model, baseline: &Regime) -> Enterprises {
    let society = &model.society;
    let n = model.world.enterprises.len();
    let by_habit = society.enterprise.rule == EnterpriseRule::Habit;
    let habits = if by_habit { n } else { 0 };
    let mut columns = Enterprises {
        care: vec![1.0; n],
        backlog: vec![0.0; n],
        quality: model.world.enterprises.quality.clone(),
        remembered: vec![0.0; n],
        perceived: vec![0.0; n],
        visits: vec![0.0; n],
        habit_care: vec![0.0; habits],
        habit_saved: vec![0.0; habits],
        rate: vec![0.0; n],
    };
    let plant = PlantAges::stationary(&society.accident).rate_factor(&society.accident);
    for agent in 0..n {
        let facts = model.enterprise(agent);
        let class = usize::from(model.world.provinces[facts.province].municipality);
        let visits = model.planned_visit(facts.trade, facts.size) * baseline.visit_volume[class];
        let growth =
            society.enterprise.backlog_growth_per_year * (1.0 - f64::from(columns.quality[agent]));
        let backlog = growth / baseline.removal(society, facts.trade, visits);
        let ceiling = society.trades[facts.trade].backlog_ceiling;
        let pressure = accident::backlog_factor(
            backlog,
            ceiling,
            society.accident.backlog_half_per_100_workers,
        ) * plant;
        columns.visits[agent] = visits as f32;
        columns.backlog[agent] = backlog as f32;
        columns.remembered[agent] =
            half_life_stock(visits, 1.0, society.government.deterrence_half_life_years) as f32;
        columns.perceived[agent] = pressure as f32;
    }
    columns
}

/// Care at its target and the rates that follow, block by block.
fn at_rest(model: &Model, baseline: &Regime, state: State) -> State {
    let nothing = crate::model::History {
        seed: 0,
        replication: 0,
        candidates: Vec::new(),
        seconds: Vec::new(),
        week_starts: vec![0],
        natural: NaturalHistory {
            events: Vec::new(),
            strikes: Vec::new(),
        },
        shares: Vec::new(),
    };
    let mut run = Run::new(model, baseline, &nothing, state, 0, false);
    for block in 0..BLOCKS {
        run.state.week = block as u32;
        run.common_factors();
        decide::settle_care(&mut run);
        admit::admit(&mut run);
    }
    run.state.week = 0;
    run.state
}

fn citizens(model: &Model) -> Citizens {
    let columns = &model.world.citizens;
    let stream = Stream::new(model.society.seed, 0, Purpose::CitizensAtStart);
    let mut alarm = vec![0_u8; columns.len()];
    for (county, span) in model.world.counties.citizens.iter().enumerate() {
        let mean = model.alarm_at_start[county] / citizen::ALARM_STEP;
        for row in span.rows() {
            let u = stream.uniform(1 << 40 | row as u64, 0, 0) as f32;
            alarm[row] = (mean + u).min(255.0) as u8;
        }
    }
    Citizens {
        measures: columns.measures.clone(),
        alarm,
        trust: columns.trust.clone(),
        grievance: columns.grievance.clone(),
    }
}

fn county_state(baseline: &Regime, n: usize) -> Counties {
    let relief = baseline.choices.announced_relief as f32;
    Counties {
        functionality: vec![1.0; n],
        prepared: vec![[0; 5]; n],
        insured: vec![[0; 5]; n],
        trust: vec![0; n],
        grievance: vec![0; n],
        heed: vec![[1.0; HAZARDS]; n],
        expected_relief: vec![relief; n],
        struck: Ring::new(n),
        trust_push: Ring::new(n),
        grievance_push: Ring::new(n),
        news: Ring::new(n),
        dead: vec![[0; GROUPS]; n],
        infected: vec![0; n],
        teams_free: vec![Vec::new(); n],
    }
}

fn count_citizens(model: &Model, state: &mut State) {
    for county in 0..model.world.counties.len() {
        for row in model.world.counties.citizens[county].rows() {
            let fifth = citizen::fifth(model.world.citizens.person[row]);
            let bits = state.citizens.measures[row];
            state.counties.prepared[county][fifth] += (bits & 0b1111).count_ones();
            state.counties.insured[county][fifth] += u32::from(bits & citizen::INSURED != 0);
            state.counties.trust[county] += u64::from(state.citizens.trust[row]);
            state.counties.grievance[county] += u64::from(state.citizens.grievance[row]);
        }
    }
}

/// Learning and attention at rest, from the expected number of large accidents of each trade.
fn provinces(model: &Model, baseline: &Regime, blocks: &BlockSums) -> Vec<ProvinceState> {
    let society = &model.society;
    let half_life = society.learning.half_life_months / 12.0;
    let depth = baseline.effects.intervention.learning_depth;
    let attention_years = society.government.attention_half_life_weeks / 52.0;
    let mut states = vec![calm(); model.world.provinces.len()];
    for trade in Trade::ALL.iter().copied() {
        let t = trade.number();
        let of_grade = |grade: Grade| grade_share(model, trade, grade);
        let mut national = 0.0;
        for (province, state) in states.iter_mut().enumerate() {
            let accidents = blocks.accidents(province, t);
            for grade in [Grade::Larger, Grade::Major, Grade::ParticularlyMajor] {
                let rate = accidents * of_grade(grade);
                let increment = society.learning.log_rate[grade] * depth;
                state.learning[t] += half_life_stock(rate, increment, half_life);
                let pressed = grade.threshold()
                    >= baseline.effects.responsibility.official_sanction_threshold;
                let severity = if pressed { 1.0 } else { UNPRESSED };
                let jump = society.government.attention_gain
                    * libm::sqrt(society.government.sanction_scale[grade])
                    * severity;
                state.attention[t] += half_life_stock(rate, jump, attention_years);
                if grade >= Grade::Major {
                    national += half_life_stock(rate, increment, half_life)
                        * society.learning.spread_national;
                }
            }
        }
        for state in &mut states {
            state.learning[t] += national;
        }
    }
    for state in &mut states {
        state.usual_attention = state.mean_attention();
    }
    states
}

/// Share of a trade's accidents that end in a grade, to first order: potential dead, half of the
/// rescuable saved, over the size classes by workers.
fn grade_share(model: &Model, trade: Trade, grade: Grade) -> f64 {
    let facts = &model.society.trades[trade];
    let survive = 1.0 - 0.5 * facts.rescuable_share;
    let over = |n: u32, cap: u32| {
        pow(survive, facts.deaths_tail_alpha) * accident::exceeds(n, facts.deaths_tail_alpha, cap)
    };
    let next = |g: Grade| Grade::ALL.get(g.number() + 1).map(|g| g.threshold());
    let within =
        |cap: u32| over(grade.threshold(), cap) - next(grade).map_or(0.0, |n| over(n, cap));
    SizeClass::ALL
        .iter()
        .map(|size| {
            facts.sizes[*size].share_of_workers
                * facts.fatal_share
                * within(facts.sizes[*size].deaths_cap)
        })
        .sum()
}
