//! Every slow stock at its equilibrium under a regime: the baseline's, or a policy's own.

use rayon::prelude::*;

use crate::model::Model;
use crate::model::agents::citizen;
use crate::model::hazards::accident;
use crate::model::hazards::candidates::WEEKS_PER_YEAR;
use crate::model::hazards::natural::NaturalHistory;
use crate::model::mechanisms::remedy::{Ageing, PlantAges};
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
use crate::model::world::citizens::Beginning;
use crate::scenario::society::EnterpriseRule;
use crate::vocabulary::{Grade, SizeClass, Table, Trade, Vocabulary};

/// Years in which plant under a rule of retirement or a subsidy comes to rest.
const YEARS_TO_REST: u32 = 300;

/// The state in equilibrium under a regime.
pub fn equilibrium(model: &Model, baseline: &Regime) -> State {
    let counties = model.world.counties.len();
    let mut state = State {
        week: 0,
        enterprises: enterprises(model, baseline),
        citizens: citizens(model),
        counties: county_state(baseline, counties),
        provinces: Vec::new(),
        stocks: Stocks {
            works: baseline.effects.remedy.works_money,
            plant: Table::from_fn(|trade| plant_at_rest(model, baseline, trade)),
            relocated: Table::default(),
            novel: baseline.effects.remedy.novel_share,
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

/// Ages of a trade's plant after long years of the regime's subsidy and retirement rule.
fn plant_at_rest(model: &Model, regime: &Regime, trade: Trade) -> PlantAges {
    let society = &model.society;
    let remedy = &regime.effects.remedy;
    let mut ages = PlantAges::stationary(&society.accident);
    let ruled = society.trades[trade].retirement_rule_applies;
    let moved = remedy.subsidised_renewal != 0.0
        || remedy.retirement_age < society.accident.plant_age_limit_years;
    if ruled && moved {
        let ageing = Ageing::new(
            &society.accident,
            remedy.subsidised_renewal,
            remedy.retirement_age,
        );
        for _ in 0..YEARS_TO_REST * WEEKS_PER_YEAR {
            ages.week(&ageing);
        }
    }
    ages
}

/// Management quality that a firm comes to: the policy's target and the firm's own distance from the mean.
fn quality_at_rest(model: &Model, regime: &Regime) -> Vec<f32> {
    let shift =
        (regime.effects.remedy.quality_target - model.society.enterprise.quality_mean) as f32;
    let start = &model.world.enterprises.quality;
    if shift == 0.0 {
        return start.clone();
    }
    let moved = start
        .iter()
        .map(|quality| (quality + shift).clamp(0.01, 0.99));
    moved.collect()
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
    let plant = Table::from_fn(|trade| {
        plant_at_rest(model, baseline, trade).rate_factor(&society.accident)
    });
    let quality = quality_at_rest(model, baseline);
    let mut columns = Enterprises {
        care: vec![1.0; n],
        backlog: vec![0.0; n],
        remembered: vec![0.0; n],
        perceived: vec![0.0; n],
        visits: vec![0.0; n],
        habit_care: vec![0.0; habits],
        habit_saved: vec![0.0; habits],
        rate: vec![0.0; n],
        quality,
    };
    let Enterprises {
        backlog,
        remembered,
        perceived,
        visits,
        quality,
        ..
    } = &mut columns;
    let half_life = society.government.deterrence_half_life_years;
    let rows = (backlog, remembered, perceived, visits, quality).into_par_iter();
    rows.enumerate().for_each(
        |(agent, (backlog, remembered, perceived, visits, quality))| {
            let facts = model.enterprise(agent);
            let class =
                usize::from(model.world.provinces[usize::from(facts.province)].municipality);
            let planned = model.planned_visit(facts.trade, facts.size);
            let visited = planned * baseline.visit_volume[class];
            let growth = society.enterprise.backlog_growth_per_year * (1.0 - f64::from(*quality));
            let open = growth / baseline.removal(society, facts.trade, visited);
            let pressure = accident::backlog_factor(
                open,
                society.trades[facts.trade].backlog_ceiling,
                society.accident.backlog_half_per_100_workers,
            ) * plant[facts.trade];
            *visits = visited as f32;
            *backlog = open as f32;
            *remembered = half_life_stock(visited, 1.0, half_life) as f32;
            *perceived = pressure as f32;
        },
    );
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

/// Measures and grievance as they are at the start; trust and alarm are drawn, county by county in parallel.
fn citizens(model: &Model) -> Citizens {
    let columns = &model.world.citizens;
    let beginning = Beginning::new(&model.society);
    let mut alarm = vec![0_u8; columns.len()];
    let mut trust = vec![0_u8; columns.len()];
    let (mut alarms, mut trusts) = (&mut alarm[..], &mut trust[..]);
    let mut rows = Vec::with_capacity(model.world.counties.len());
    for span in &model.world.counties.citizens {
        let (own_alarm, other_alarms) = alarms.split_at_mut(span.len());
        let (own_trust, other_trusts) = trusts.split_at_mut(span.len());
        rows.push((own_alarm, own_trust));
        (alarms, trusts) = (other_alarms, other_trusts);
    }
    rows.into_par_iter()
        .enumerate()
        .for_each(|(county, (alarm, trust))| {
            let mean = model.alarm_at_start[county] / citizen::ALARM_STEP;
            beginning.fill(county, mean, alarm, trust);
        });
    Citizens {
        measures: copied(&columns.measures),
        alarm,
        trust,
        grievance: copied(&columns.grievance),
    }
}

/// A copy, made by all threads: the room for everybody of a nation is handed out page by page.
fn copied(column: &[u8]) -> Vec<u8> {
    const TOGETHER: usize = 1 << 20;
    let mut copy = vec![0; column.len()];
    let parts = copy.par_chunks_mut(TOGETHER);
    parts
        .zip(column.par_chunks(TOGETHER))
        .for_each(|(copy, own)| copy.copy_from_slice(own));
    copy
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

/// The sums of every county's citizens.
fn count_citizens(model: &Model, state: &mut State) {
    let citizens = &state.citizens;
    let counted = (0..model.world.counties.len())
        .into_par_iter()
        .map(|county| {
            let rows = model.world.counties.citizens[county].rows();
            let (mut prepared, mut insured) = ([0; 5], [0; 5]);
            for row in rows.clone() {
                let fifth = citizen::fifth(model.world.citizens.person[row]);
                let bits = citizens.measures[row];
                prepared[fifth] += (bits & citizen::MEASURES).count_ones();
                insured[fifth] += u32::from(bits & citizen::INSURED != 0);
            }
            let sum = |bytes: &[u8]| bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
            let trust = sum(&citizens.trust[rows.clone()]);
            (prepared, insured, trust, sum(&citizens.grievance[rows]))
        });
    let counted: Vec<_> = counted.collect();
    let counties = &mut state.counties;
    for (county, (prepared, insured, trust, grievance)) in counted.into_iter().enumerate() {
        counties.prepared[county] = prepared;
        counties.insured[county] = insured;
        counties.trust[county] = trust;
        counties.grievance[county] = grievance;
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
