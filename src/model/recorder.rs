//! Writes down what a run does: the week under way, the year under way, and the rows that leave.

use crate::model::Model;
use crate::model::mechanisms::remedy::works_factor;
use crate::model::record::{
    Checks, EventRow, Fen, LedgerRow, ProvinceYear, Resource, RunRecord, Series, WholeRecord,
    YearRecord,
};
use crate::model::regime::Regime;
use crate::model::settlement::arrangement::Arrangement;
use crate::model::settlement::ledger::EventTotals;
use crate::model::settlement::money::{from_yuan, to_yuan};
use crate::model::settlement::natural::{StrikeLoss, StrikeOutcome};
use crate::model::stages::{Event, Harm, Response};
use crate::model::state::{State, Totals};
use crate::model::transcendental::pow;
use crate::model::transcendental::{exp, log};
use crate::model::world::GROUPS;
use crate::vocabulary::{
    Asset, Bearer, BudgetFunction, Category, Grade, Kind, Level, Quintile, Table, Trade, Vocabulary,
};

/// Steps of the histogram of recovery times (half weeks).
const RECOVERY_STEPS: usize = 1024;
/// Weeks of the mean recovery curve.
const RECOVERY_WEEKS: usize = 105;

/// The record under way.
#[derive(Clone, Debug)]
pub struct Recorder {
    /// Whether anything is kept (not during the burn-in).
    pub recording: bool,
    record: RunRecord,
    year: YearRecord,
    week: Vec<f64>,
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
            week: vec![0.0; Series::ALL.len()],
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
    }

    /// People struck and relocated in one county.
    pub fn struck(&mut self, affected: u64, relocated: u64, warned: bool) {
        self.year.affected += affected;
        self.year.relocated += relocated;
        self.year.strikes += 1;
        self.year.strikes_warned += u64::from(warned);
        self.add(Series::Relocated, relocated as f64);
    }

    /// False alarms.
    pub fn false_alarms(&mut self, count: u64) {
        self.year.false_alarms += count;
    }

    /// Victims in a province, by group.
    pub fn buried(&mut self, kind: Kind, province: u16, victims: &[u32; GROUPS]) {
        let all: u32 = victims.iter().sum();
        let province = usize::from(province);
        self.year.provinces[province].deaths[kind.category()] += u64::from(all);
        self.province_week[province][0] += f64::from(all);
        for (group, count) in victims.iter().enumerate() {
            let count = u64::from(*count);
            self.buried += count;
            self.deaths_week += count;
            self.year.deaths[kind] += count;
            if kind.category() != Category::Accident {
                self.year.deaths_reported[kind] += count;
            }
            self.year.deaths_by_quintile[Quintile::ALL[group % 5]] += count;
            if group >= 10 && kind.category() == Category::Natural {
                self.year.deaths_aged_natural += count;
            }
            let series = match kind.category() {
                Category::Natural => Series::DeathsNatural,
                Category::Accident => Series::DeathsAccident,
                Category::Health => Series::DeathsHealth,
                Category::Social => Series::DeathsSocial,
            };
            self.add(series, count as f64);
        }
    }

    /// Saved people, and how long help took.
    pub fn saved(&mut self, at_scene: u32, by_teams: u32, hurt: bool, response: &Response) {
        self.year.saved_by_first_responders += u64::from(at_scene);
        self.year.saved_by_professionals += u64::from(by_teams);
        self.year.responders_hurt += u64::from(hurt);
        if response.potential > 0 {
            self.year.hours_to_reach_sum += response.hours;
            self.year.hours_to_reach_count += 1;
        }
    }

    /// How an accident was reported.
    pub fn reported(&mut self, trade: Trade, harm: &Harm, conceals: bool, understates: bool) {
        let year = &mut self.year;
        year.deaths_reported[Kind::from(trade)] += u64::from(harm.reported);
        year.worker_deaths[trade] += u64::from(harm.deaths - harm.third_party_deaths);
        if harm.deaths > 0 {
            year.accidents_by_grade[Grade::of_deaths(harm.deaths)] += 1;
            year.fatal_accidents_outside_road += u64::from(trade != Trade::RoadTransport);
            let hidden = conceals && !harm.exposed;
            year.accidents_concealed += u64::from(hidden);
            year.accidents_concealed_outside_road +=
                u64::from(hidden && trade != Trade::RoadTransport);
        }
        if harm.reported > 0 {
            year.accidents_by_reported_grade[Grade::of_deaths(harm.reported)] += 1;
        }
        year.accidents_understated += u64::from(understates && !harm.exposed);
        year.concealments_exposed += u64::from(harm.exposed);
        self.add(Series::DeathsAccidentReported, f64::from(harm.reported));
    }

    /// Sums of one event.
    pub fn event(
        &mut self,
        model: &Model,
        event: &Event,
        response: &Response,
        harm: &Harm,
        totals: &EventTotals,
        province: u16,
    ) {
        let category = event.kind.category();
        let year = &mut self.year;
        year.events[event.kind] += 1;
        year.injuries[event.kind] += u64::from(harm.injuries);
        year.cascade_children += u64::from(event.parent != 0);
        year.absorbed += u64::from(event.parent == 0 && response.children == 0);
        year.events_without_owner += u64::from(matches!(response.failed, Some((_, None))));
        if harm.deaths >= model.society.evaluation.great_event_deaths {
            year.deaths_great_events += u64::from(harm.deaths);
        }
        let largest = &mut year.largest[category];
        largest.direct_fen = largest.direct_fen.max(totals.direct);
        largest.insured_fen = largest.insured_fen.max(totals.insured);
        largest.public_fen = largest.public_fen.max(totals.public);
        largest.uncompensated_fen = largest.uncompensated_fen.max(totals.uncompensated);
        largest.deaths = largest.deaths.max(u64::from(harm.deaths));
        self.add(Series::Injuries, f64::from(harm.injuries));
        self.add(Series::Uncompensated, to_yuan(totals.uncompensated));
        self.add(loss_series(category), to_yuan(totals.direct));
        // A natural event's loss lies where it struck: see `damage_natural`.
        if category != Category::Natural {
            self.lost(province, category, totals.direct, totals.uncompensated);
        }
    }

    /// Loss and what residents keep of it (fen), in the province where it fell.
    fn lost(&mut self, province: u16, category: Category, direct: Fen, uncompensated: Fen) {
        let province = usize::from(province);
        let sums = &mut self.year.provinces[province];
        sums.direct_fen[category] += direct;
        sums.uncompensated_fen += uncompensated;
        self.province_week[province][1] += to_yuan(direct);
    }

    /// One week of an outbreak, in the province where it began.
    pub fn outbreak_week(&mut self, province: u16, cases: u32, totals: &EventTotals) {
        let category = Category::Health;
        self.lost(province, category, totals.direct, totals.uncompensated);
        self.year.injuries[Kind::RespiratoryOutbreak] += u64::from(cases);
        self.add(Series::Injuries, f64::from(cases));
        self.add(Series::LossHealth, to_yuan(totals.direct));
        self.add(Series::Uncompensated, to_yuan(totals.uncompensated));
    }

    /// Injuries that are not followed one by one.
    pub fn small_harm(&mut self, province: u16, trade: Trade, injuries: u32, totals: &EventTotals) {
        let category = Category::Accident;
        self.lost(province, category, totals.direct, totals.uncompensated);
        self.year.injuries[Kind::from(trade)] += u64::from(injuries);
        self.add(Series::Injuries, f64::from(injuries));
        self.add(Series::LossAccident, to_yuan(totals.direct));
        self.add(Series::Uncompensated, to_yuan(totals.uncompensated));
    }

    /// A child beyond the last generation.
    pub fn cut_generation(&mut self) {
        self.checks.cut_generations += 1;
    }

    /// Asset damage of a natural event, and what was lost where it struck.
    pub fn damage_natural(
        &mut self,
        strikes: &[StrikeLoss],
        outcomes: &[StrikeOutcome],
        terms: &Arrangement,
    ) {
        let mut sums: Table<Asset, Fen> = Table::default();
        for (strike, outcome) in strikes.iter().zip(outcomes) {
            let direct = strike.assets() + strike.bodily_loss(terms);
            let unpaid = outcome.unpaid_by_fifth.iter().sum();
            self.lost(strike.province, Category::Natural, direct, unpaid);
            sums[Asset::Housing] += strike.housing.iter().sum::<Fen>();
            sums[Asset::HouseholdGoods] += strike.goods.iter().sum::<Fen>();
            sums[Asset::CropsLivestock] += strike.crops.iter().sum::<Fen>();
            sums[Asset::Enterprise] += strike.enterprise;
            sums[Asset::Infrastructure] += strike.infrastructure;
        }
        self.destroyed(Category::Natural, &sums);
    }

    /// Asset damage of an accident (yuan): the enterprise's own and third parties'.
    pub fn damage_accident(&mut self, own: f64, third_party: f64) {
        let mut sums: Table<Asset, Fen> = Table::default();
        sums[Asset::Enterprise] = from_yuan(own);
        sums[Asset::HouseholdGoods] = from_yuan(third_party);
        self.destroyed(Category::Accident, &sums);
    }

    /// Asset damage of a dispute (yuan), by the owners that the settlement assumes.
    pub fn damage_dispute(&mut self, residents: Fen, enterprises: Fen, public: Fen) {
        let mut sums: Table<Asset, Fen> = Table::default();
        sums[Asset::HouseholdGoods] = residents;
        sums[Asset::Enterprise] = enterprises;
        sums[Asset::Infrastructure] = public;
        self.destroyed(Category::Social, &sums);
    }

    fn destroyed(&mut self, category: Category, sums: &Table<Asset, Fen>) {
        let mut total = 0;
        for (asset, fen) in sums.iter() {
            self.year.damage_fen[category][asset] += fen;
            total += fen;
        }
        self.resource(Resource::Damage, to_yuan(total));
    }

    /// Recovery of one strike: lost people at onset and time constant (weeks).
    pub fn recovery(&mut self, lost_people: f64, tau: f64) {
        let step = ((tau * 2.0) as usize).min(RECOVERY_STEPS - 1);
        self.recovery[step] += lost_people;
        self.lost_at_onset += lost_people;
        self.struck_people += 1.0;
    }

    /// Lost function of the week (person-years), lost at its beginning (people), lost output (yuan).
    pub fn function(&mut self, person_years: f64, lost_at_onset: f64, output: f64) {
        self.year.lost_function_person_years += person_years;
        self.add(Series::LostOutput, output);
        let level = 1.0 - lost_at_onset / self.people;
        if !(0.0..=1.0 + 1e-12).contains(&level) {
            self.checks.out_of_range += 1;
        }
        self.year.lowest_functionality = self.year.lowest_functionality.min(level);
    }

    /// Hardship of uncompensated loss: persons·y·h·\[(1 − x)^{1−η} − 1\]/(η − 1), x ≤ 0.95 the loss of
    /// those hit over h years' income; a stated share of the affected bears a stated share of the loss.
    pub fn hardship(&mut self, model: &Model, strikes: &[StrikeLoss], outcomes: &[StrikeOutcome]) {
        let facts = &model.society.evaluation;
        for (strike, outcome) in strikes.iter().zip(outcomes) {
            let county = strike.county as usize;
            for fifth in 0..5 {
                let loss =
                    to_yuan(outcome.unpaid_by_fifth[fifth]) * facts.hardship_struck_loss_share;
                let homes =
                    f64::from(strike.homes[fifth].max(1)) * 3.0 * facts.hardship_struck_share;
                let income = model.relative_income[county][fifth] * model.world.mean_income_yuan;
                let years = facts.hardship_income_years * income;
                let x = (loss / homes / years).min(0.95);
                let eta = facts.hardship_eta;
                let worth = if (eta - 1.0).abs() < 1e-9 {
                    -log(1.0 - x)
                } else {
                    (pow(1.0 - x, 1.0 - eta) - 1.0) / (eta - 1.0)
                };
                self.year.hardship_yuan += homes * years * worth;
            }
        }
    }

    /// Keeps an event's row.
    pub fn row(&mut self, row: EventRow) {
        if self.recording {
            self.record.events.push(row);
        }
    }

    /// Events kept so far.
    pub fn events_so_far(&self) -> &[EventRow] {
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

    /// Deaths of the week.
    pub fn deaths_this_week(&self) -> f64 {
        self.deaths_week as f64
    }

    /// A summed series of the week.
    pub fn this_week(&self, series: Series) -> f64 {
        self.week[series.number()]
    }

    /// Deaths and direct loss (yuan) of a province this week.
    pub fn province_this_week(&self, province: usize) -> [f64; 2] {
        self.province_week[province]
    }

    /// Ends a week.
    pub fn close_week(&mut self, row: Vec<f64>, provinces: Vec<[f64; 3]>) {
        if row.iter().any(|value| !value.is_finite()) {
            self.checks.out_of_range += 1;
        }
        self.record.weeks.push(row);
        self.record.province_weeks.push(provinces);
    }

    /// Forgets the sums of the week.
    pub fn next_week(&mut self) {
        self.week.fill(0.0);
        self.deaths_week = 0;
        self.province_week.fill([0.0; 2]);
    }

    /// Ends a year: budget against outlay, the books, the row.
    pub fn close_year(&mut self, state: &mut State, regime: &Regime) {
        let number = self.record.years.len() as u32;
        self.budget(state, regime);
        let mut rows: Vec<LedgerRow> = Vec::new();
        state
            .books
            .close_year(&regime.arrangement, number, &mut self.year, &mut rows);
        let provinces = self.year.provinces.len();
        let year = std::mem::replace(&mut self.year, fresh_year(provinces));
        if self.recording {
            self.record.ledger.append(&mut rows);
            self.record.years.push(year);
            let pool = &state.books.pool;
            if pool.ruined && self.record.whole.pool_ruined_week.is_none() {
                self.record.whole.pool_ruined_week = Some(self.record.weeks.len() as u32);
            }
        }
    }

    /// Relief and rebuilding against their appropriation: what is over is borrowed, what is left goes
    /// back to taxpayers. Taxes and returns are transfers of residents and governments.
    fn budget(&mut self, state: &mut State, regime: &Regime) {
        let books = &mut state.books;
        let relief = to_yuan(regime_relief(books));
        let subsidy = to_yuan(books.year.public_premiums);
        self.year.spent_fen[BudgetFunction::Relief] = from_yuan(relief);
        self.year.spent_fen[BudgetFunction::Subsidy] = from_yuan(subsidy);
        let planned = &regime.money.planned;
        let left = |function: BudgetFunction, used: f64| planned[function] * self.people - used;
        let free = left(BudgetFunction::Relief, relief)
            + left(BudgetFunction::Subsidy, subsidy)
            + regime.money.returned * self.people;
        let borrowed = (-free).max(0.0);
        let returned = free.max(0.0);
        self.year.appropriated_fen = from_yuan(self.appropriated_yuan);
        self.year.returned_fen = from_yuan(returned);
        self.year.borrowed_fen = from_yuan(borrowed);
        let spent = self.appropriated_yuan - returned + borrowed;
        self.resource(Resource::PublicFunds, self.cost_of_public_funds * spent);
        for (level, share) in self.budget_share.iter() {
            let bearer = match level {
                Level::Centre => Bearer::Centre,
                Level::Province => Bearer::Province,
                Level::City => Bearer::City,
                Level::County | Level::Grassroots => Bearer::County,
            };
            let tax = from_yuan((self.appropriated_yuan - returned) * share);
            books.accounts.transfer(Bearer::Residents, bearer, tax);
        }
    }

    /// Ends the run.
    pub fn finish(mut self, state: &State, model: &Model) -> RunRecord {
        state.books.check(&mut self.checks);
        self.record.checks = self.checks;
        let whole = &mut self.record.whole;
        whole.works_at_end = state.stocks.works;
        let credit = works_credit(model, self.works_at_start, state.stocks.works);
        [whole.works_credit_cost_yuan, whole.works_credit_loss_yuan] = credit;
        let weight: f64 = self.recovery.iter().sum::<f64>().max(1e-9);
        let taus = || {
            self.recovery
                .iter()
                .enumerate()
                .map(|(step, lost)| (0.5 * (step as f64 + 0.5), *lost))
        };
        whole.weeks_to_90 = taus()
            .map(|(tau, lost)| lost * tau * log(10.0))
            .sum::<f64>()
            / weight;
        whole.weeks_to_99 = taus()
            .map(|(tau, lost)| lost * tau * log(100.0))
            .sum::<f64>()
            / weight;
        whole.recovery_curve = (0..RECOVERY_WEEKS)
            .map(|week| {
                1.0 - taus()
                    .map(|(tau, lost)| lost * exp(-(week as f64) / tau))
                    .sum::<f64>()
                    / weight
            })
            .collect();
        self.record
    }
}

/// Relief, consolation and rebuilding of public assets that governments paid this year (fen), less
/// what parametric cover gave them.
fn regime_relief(books: &crate::model::settlement::books::Books) -> Fen {
    let relief = books.ledger.year_paid[crate::vocabulary::Layer::Relief.number()];
    (relief + books.year.consolation + books.year.public_rebuilding - books.year.index_excess)
        .max(0)
}

/// What the change of the stock of works is worth at the horizon (yuan): what it would cost to build,
/// and the natural loss it avoids from then on, as it decays, discounted.
fn works_credit(model: &Model, at_start: f64, at_end: f64) -> [f64; 2] {
    const YEARS: u32 = 100;
    let natural = &model.society.natural;
    let decay = natural.works_depreciation_per_year;
    let custom = model.society.government.budget_yuan_per_head[BudgetFunction::Works];
    let cost = (at_end - at_start) * custom * model.world.population as f64 / decay;
    let discount = model.society.evaluation.discount_rate_per_year;
    let mut avoided = 0.0;
    for year in 0..YEARS {
        let t = f64::from(year) + 0.5;
        let stock = |k: f64| 1.0 + (k - 1.0) * exp(-decay * t);
        for (kind, loss) in model.expected_loss_yuan.iter() {
            let rho = model.society.hazards[kind].works_effect;
            let factor = |k: f64| works_factor(stock(k), rho, natural.works_floor);
            avoided += loss * (factor(at_start) - factor(at_end)) * exp(-discount * t);
        }
    }
    [cost, avoided]
}

fn loss_series(category: Category) -> Series {
    match category {
        Category::Natural => Series::LossNatural,
        Category::Accident => Series::LossAccident,
        Category::Health => Series::LossHealth,
        Category::Social => Series::LossSocial,
    }
}

fn fresh_year(provinces: usize) -> YearRecord {
    YearRecord {
        provinces: vec![ProvinceYear::default(); provinces],
        lowest_functionality: 1.0,
        ..YearRecord::default()
    }
}
