//! The start: every slow stock at its closed-form equilibrium under the baseline, and the premiums
//! that follow from the candidates at that state.

use crate::model::Model;
use crate::model::hazards::candidates::WEEKS;
use crate::model::hazards::natural::{self, NaturalHistory};
use crate::model::hazards::{accident, harm};
use crate::model::mechanisms::remedy::PlantAges;
use crate::model::random::{Purpose, Stream};
use crate::model::regime::{Bare, Regime, half_life_stock};
use crate::model::run::Run;
use crate::model::settlement::accident::AccidentClaim;
use crate::model::settlement::arrangement::Arrangement;
use crate::model::settlement::money::{from_yuan, split};
use crate::model::settlement::natural::{NaturalEvent, StrikeLoss};
use crate::model::settlement::person::{PersonClaim, PropertyLoss};
use crate::model::settlement::tariff::{Tariff, TariffBuilder};
use crate::model::stages::learn::UNPRESSED;
use crate::model::stages::{admit, decide};
use crate::model::state::{
    BLOCKS, BlockSums, Citizens, Counties, Enterprises, HAZARDS, ProvinceState, Ring, State,
    Stocks, TRADES, Totals,
};
use crate::model::transcendental::pow;
use crate::model::world::GROUPS;
use crate::model::world::citizens::{WEALTH_LEAST_YUAN, WEALTH_RATIO};
use crate::vocabulary::{
    AgeGroup, Asset, Category, Cause, Grade, NaturalKind, SizeClass, Table, Trade, Vocabulary,
};

/// Replication number of the catalogue of natural years that prices premiums: none of a run's.
const CATALOGUE: u32 = u32::MAX;

/// Fills the model's columns about citizens at the start.
pub fn describe_citizens(model: &mut Model) {
    let world = &model.world;
    let columns = &world.citizens;
    let years = model.society.sharing.tariff_years.max(1);
    let catalogue = natural::history(
        world,
        &model.society,
        &model.tables.exposure,
        model.society.seed,
        CATALOGUE,
        years * WEEKS,
    );
    model.alarm_at_start = alarm(model, &catalogue, years);
    model.expected_loss_yuan = expected_loss(model, &catalogue, years);
    for county in 0..world.counties.len() {
        let mut agents = [0_u32; 5];
        let mut prepared = [0_u32; 5];
        let mut grievance = 0_u64;
        let (mut weak, mut wealth) = (0_u32, 0.0);
        for row in world.counties.citizens[county].rows() {
            let fifth = crate::model::agents::citizen::fifth(columns.person[row]);
            agents[fifth] += 1;
            prepared[fifth] += (columns.measures[row] & 0b1111).count_ones();
            grievance += u64::from(columns.grievance[row]);
            weak += u32::from(is_weak(columns.person[row], columns.vulnerability[row]));
            wealth += wealth_yuan(columns.wealth[row]);
        }
        let all: u32 = agents.iter().sum();
        model.vulnerable_weight.push(weight_of_weak(
            model.society.citizens.vulnerable_death_ratio,
            weak,
            all,
        ));
        model.wealth_yuan.push(wealth / f64::from(all.max(1)));
        let mut shares = [0.0; 5];
        for fifth in 0..5 {
            shares[fifth] = f64::from(prepared[fifth]) / (4.0 * f64::from(agents[fifth].max(1)));
        }
        model
            .prepared_at_start
            .push(f64::from(prepared.iter().sum::<u32>()) / (4.0 * f64::from(all.max(1))));
        model.prepared_at_start_by_fifth.push(shares);
        model.agents_by_fifth.push(agents);
        model
            .grievance_at_start
            .push((grievance as f64 / 255.0 / f64::from(all.max(1))).max(1e-4));
    }
    let agents = |county: usize| world_agents(model, county);
    let total: f64 = (0..model.wealth_yuan.len())
        .map(|c| model.wealth_yuan[c] * agents(c))
        .sum();
    model.mean_wealth_yuan = total / model.world.citizens.len().max(1) as f64;
    model.catalogue = catalogue;
}

fn world_agents(model: &Model, county: usize) -> f64 {
    model.world.counties.citizens[county].len() as f64
}

/// Whether a citizen is aged, disabled, alone or poor.
fn is_weak(person: u8, vulnerability: u8) -> bool {
    const AGED: u8 = AgeGroup::Aged as u8;
    const DISABLED_ALONE_POOR: u8 = 0b1_0101;
    person & 3 == AGED || vulnerability & DISABLED_ALONE_POOR != 0
}

/// Share of a county's natural deaths that falls on the weak, who die `ratio` times as often.
fn weight_of_weak(ratio: f64, weak: u32, all: u32) -> f64 {
    let share = f64::from(weak) / f64::from(all.max(1));
    share * ratio / (1.0 + share * (ratio - 1.0))
}

/// Wealth of a code (yuan).
fn wealth_yuan(code: u8) -> f64 {
    if code == 0 {
        0.0
    } else {
        WEALTH_LEAST_YUAN * pow(WEALTH_RATIO, f64::from(code) - 1.0)
    }
}

/// Alarm at rest: yearly pushes of threat × half-life/ln 2 (sd of perception).
fn alarm(model: &Model, catalogue: &NaturalHistory, years: u32) -> Vec<f32> {
    let facts = &model.society.citizens;
    let mut pushes = vec![0.0; model.world.counties.len()];
    for event in &catalogue.events {
        for strike in &catalogue.strikes[event.strikes.rows()] {
            let share = harm::affected_share(&model.society, event.kind, strike);
            pushes[strike.county as usize] +=
                share * facts.threat_jump_struck + (1.0 - share) * facts.threat_jump_county;
        }
    }
    let at_rest = |push: f64| {
        half_life_stock(push / f64::from(years), 1.0, facts.threat_half_life_years).min(3.0)
    };
    pushes
        .into_iter()
        .map(|push| at_rest(push) as f32)
        .collect()
}

/// Expected asset loss of each hazard at the initial state (yuan a year).
fn expected_loss(model: &Model, catalogue: &NaturalHistory, years: u32) -> Table<NaturalKind, f64> {
    let mut sums: Table<NaturalKind, f64> = Table::default();
    for event in &catalogue.events {
        for strike in &catalogue.strikes[event.strikes.rows()] {
            let damage = harm::base_damage(
                &model.world,
                &model.society,
                &model.vulnerability,
                event.kind,
                strike,
            );
            sums[event.kind] += damage.values().iter().sum::<f64>() / f64::from(years);
        }
    }
    sums
}

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
            novel: society.accident.novel_share,
            responders: baseline.effects.sharing.responder_share,
        },
        outbreaks: Vec::new(),
        damages: Vec::new(),
        books: baseline.books(model),
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
    let mut columns = Enterprises {
        care: vec![1.0; n],
        backlog: vec![0.0; n],
        quality: model.world.enterprises.quality.clone(),
        remembered: vec![0.0; n],
        perceived: vec![0.0; n],
        visits: vec![0.0; n],
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
        let mean = model.alarm_at_start[county] / crate::model::agents::citizen::ALARM_STEP;
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
    }
}

fn count_citizens(model: &Model, state: &mut State) {
    for county in 0..model.world.counties.len() {
        for row in model.world.counties.citizens[county].rows() {
            let fifth = crate::model::agents::citizen::fifth(model.world.citizens.person[row]);
            let bits = state.citizens.measures[row];
            state.counties.prepared[county][fifth] += (bits & 0b1111).count_ones();
            state.counties.insured[county][fifth] +=
                u32::from(bits & crate::model::agents::citizen::INSURED != 0);
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

/// Premiums and expected public outlay of an arrangement, from the catalogue at the initial state.
pub fn price(model: &Model, bare: &Bare, arrangement: &Arrangement) -> Tariff {
    let mut builder = TariffBuilder::new(arrangement);
    let years = model.society.sharing.tariff_years.max(1);
    let mut strikes = Vec::new();
    let mut next = 0;
    for year in 1..=years {
        while let Some(event) = model
            .catalogue
            .events
            .get(next)
            .filter(|event| event.week < year * WEEKS)
        {
            strikes.clear();
            let struck = &model.catalogue.strikes[event.strikes.rows()];
            strikes.extend(
                struck
                    .iter()
                    .map(|strike| initial_loss(model, event, strike)),
            );
            builder.natural_event(
                &NaturalEvent {
                    kind: event.kind,
                    owner: None,
                },
                &strikes,
            );
            next += 1;
        }
        builder.end_year();
    }
    for trade in Trade::ALL.iter().copied() {
        accidents(model, bare, trade, &mut builder);
    }
    illness(model, &mut builder);
    builder.finish(model.world.population as f64)
}

/// Loss of one county at the initial state, where every factor of a policy is one.
fn initial_loss(
    model: &Model,
    event: &natural::NaturalEvent,
    strike: &natural::Strike,
) -> StrikeLoss {
    let county = strike.county as usize;
    let damage = harm::base_damage(
        &model.world,
        &model.society,
        &model.vulnerability,
        event.kind,
        strike,
    );
    let weights = &model.household_weights[county];
    let rate = harm::base_death_rate(
        &model.society,
        &model.vulnerability,
        event.kind,
        strike,
        event.death_factor,
    );
    let people = f64::from(model.world.counties.population[county]);
    let injured = rate * people * model.society.natural.injured_per_death;
    let treatment = from_yuan(injured * model.society.natural.treatment_yuan_per_injury);
    let earnings = from_yuan(injured * model.society.natural.earnings_lost_yuan_per_injury);
    let insured = &model.society.citizens.insured_initial;
    let mut insured_share = [0.0; 5];
    insured_share.copy_from_slice(insured.values());
    StrikeLoss {
        county: strike.county,
        province: model.world.counties.province[county],
        housing: split(from_yuan(damage[Asset::Housing]), &weights[0]),
        goods: split(from_yuan(damage[Asset::HouseholdGoods]), &weights[1]),
        crops: split(from_yuan(damage[Asset::CropsLivestock]), &weights[2]),
        enterprise: from_yuan(damage[Asset::Enterprise]),
        infrastructure: from_yuan(damage[Asset::Infrastructure]),
        bodily: split(treatment + earnings, &[1; 5]),
        treatment,
        insured_share,
        homes: model.homes_struck(
            county,
            harm::affected_share(&model.society, event.kind, strike),
        ),
        relative_income: model.relative_income[county],
        intensity: f64::from(strike.intensity),
        deaths: spread_evenly(rate * people),
        at_work_dead: (rate * people * model.society.natural.at_work_share + 0.5) as u32,
        ..StrikeLoss::default()
    }
}

/// Expected deaths over the income fifths, rounded in sum.
fn spread_evenly(deaths: f64) -> [u32; 5] {
    let total = (deaths + 0.5) as u32;
    std::array::from_fn(|fifth| (total + fifth as u32) / 5)
}

/// Expected accidents of a trade: a few points of severity, with and without cover.
fn accidents(model: &Model, bare: &Bare, trade: Trade, builder: &mut TariffBuilder) {
    const POINTS: u32 = 12;
    let society = &model.society;
    let facts = &society.trades[trade];
    let backlog = crate::model::regime::equilibrium_backlog(
        society,
        bare,
        trade,
        facts.sizes[SizeClass::Small].visits_per_firm_year,
        0.5,
    );
    let rate = facts.base_rate_per_100k_worker_years / 1e5
        * accident::backlog_factor(
            backlog,
            facts.backlog_ceiling,
            society.accident.backlog_half_per_100_workers,
        )
        * PlantAges::stationary(&society.accident).rate_factor(&society.accident)
        * accident::care_factor(1.0, facts.care_out_of_reach, society.enterprise.care_kappa);
    let per_year = rate * model.workers[trade];
    for point in 0..POINTS {
        let u = (f64::from(point) + 0.5) / f64::from(POINTS);
        let fatal = u < facts.fatal_share;
        let cap = facts.sizes[SizeClass::Small].deaths_cap;
        let deaths = if fatal {
            accident::potential_deaths(u / facts.fatal_share, facts.deaths_tail_alpha, cap)
        } else {
            0
        };
        for insured in [true, false] {
            let take_up = bare.effects.sharing.liability_take_up[trade];
            let share = if insured { take_up } else { 1.0 - take_up };
            builder.accidents(
                &typical(model, trade, deaths, insured),
                per_year * share / f64::from(POINTS),
            );
        }
    }
    let small = per_year
        * facts.fatal_share
        * (1.0 - facts.third_party_share)
        * society.accident.small_injuries_per_worker_death;
    builder.accidents(&small_harm(model, 1.0), small);
}

fn typical(model: &Model, trade: Trade, deaths: u32, insured: bool) -> AccidentClaim {
    let society = &model.society;
    let facts = &society.trades[trade];
    let third = (f64::from(deaths) * facts.third_party_share + 0.5) as u32;
    AccidentClaim {
        workers_dead: deaths - third,
        third_parties_dead: third,
        own_damage: from_yuan(facts.own_damage_yuan_per_accident),
        negligent: true,
        liability_insured: insured,
        assets_liquid: from_yuan(facts.sizes[SizeClass::Small].assets_liquid_median_yuan),
        ..AccidentClaim::default()
    }
}

/// Injuries that are not followed one by one.
pub fn small_harm(model: &Model, injuries: f64) -> AccidentClaim {
    let accident = &model.society.accident;
    AccidentClaim {
        worker_treatment: from_yuan(injuries * accident.small_injury_treatment_yuan),
        worker_earnings: from_yuan(injuries * accident.small_injury_earnings_yuan),
        assets_liquid: i64::MAX / 8,
        ..AccidentClaim::default()
    }
}

/// Expected health events, for medical contributions.
fn illness(model: &Model, builder: &mut TariffBuilder) {
    let health = &model.society.health;
    let spread = 1.0 / (1.0 - health.cluster_reproduction_median.min(0.95));
    let cases = health.cluster_arrivals_per_year * f64::from(health.index_cases) * spread;
    let poisoned = health.home_meal_events_per_year * health.home_meal_cases_mean
        + health.canteen_events_per_year * health.canteen_cases_median;
    let claim = |treatment: f64| PersonClaim {
        category: Category::Health,
        cause: Cause::Infection,
        owner: None,
        municipality: false,
        treatment: from_yuan(treatment),
        earnings: 0,
        property: PropertyLoss::default(),
        deaths_consoled: 0,
        fifth_weights: [0; 5],
    };
    builder.persons(
        &claim(health.treatment_yuan_per_case * health.severe_share),
        cases,
    );
    builder.persons(&claim(health.treatment_yuan_per_case), poisoned);
}
