//! What leaves the model: rows of weeks, years, events and the ledger. Tables, measures and charts
//! read nothing else.

mod event;
mod events;
mod packed;
mod weeks;

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::vocabulary::{
    Asset, Bearer, BudgetFunction, Category, Cause, Grade, Kind, Layer, Level, Owner, Phase,
    Quintile, Table, Trade, Vocabulary, vocabulary,
};
pub use event::EventRow;
pub use events::{Cascade, EventTable, PackedRow};
pub use weeks::WeekColumns;

vocabulary! {
    /// Weekly series of the whole society (and, on demand, of a province).
    Series {
        DeathsNatural = "deaths_natural", "自然灾害死亡失踪(人)", "deaths, natural disasters (people)";
        DeathsAccident = "deaths_accident", "事故死亡(人)", "deaths, accidents (people)";
        DeathsAccidentReported = "deaths_accident_reported", "事故上报死亡(人)", "deaths, accidents, as reported (people)";
        DeathsHealth = "deaths_health", "公共卫生事件死亡(人)", "deaths, public-health events (people)";
        DeathsSocial = "deaths_social", "社会安全事件死亡(人)", "deaths, social incidents (people)";
        Injuries = "injuries", "受伤(人)", "injured (people)";
        Relocated = "relocated", "紧急转移安置(人次)", "relocated (person-times)";
        LossNatural = "loss_natural", "自然灾害直接经济损失(元)", "direct loss, natural disasters (yuan)";
        LossAccident = "loss_accident", "事故直接损失(元)", "direct loss, accidents (yuan)";
        LossHealth = "loss_health", "公共卫生事件直接损失(元)", "direct loss, public-health events (yuan)";
        LossSocial = "loss_social", "社会安全事件直接损失(元)", "direct loss, social incidents (yuan)";
        Uncompensated = "uncompensated", "居民未获补偿损失(元)", "uncompensated loss of residents (yuan)";
        Functionality = "functionality", "功能水平(0–1)", "functionality (0–1)";
        Infected = "infected", "现患人数(人)", "currently infected (people)";
        Backlog = "backlog", "未整改隐患存量(项/百名从业人员)", "open safety hazards (per 100 workers)";
        Care = "care", "企业安全投入水平(单位)", "care of enterprises (units of e)";
        Suspended = "suspended", "停产停业整顿从业人员占比(0–1)", "share of workers in suspended establishments (0–1)";
        Preparedness = "preparedness", "家庭备灾率(0–1)", "preparedness of households (0–1)";
        TakeUp = "take_up", "家庭财产保险参保率(0–1)", "take-up of household property insurance (0–1)";
        Trust = "trust", "信任(0–1)", "trust (0–1)";
        PerceivedSafety = "perceived_safety", "群众安全感(0–1)", "perceived safety (0–1)";
        Grievance = "grievance", "矛盾诉求积压(0–1)", "accumulated grievance (0–1)";
        Works = "works", "防护工程存量(基准=1)", "stock of protective works (baseline = 1)";
        LostOutput = "lost_output", "停减产损失(元)", "lost output (yuan)";
        PublicMoney = "public_money", "公共支出(元)", "public money spent (yuan)";
    }
}

impl Series {
    /// Values that it may have; not a number is in no range.
    pub fn range(self) -> RangeInclusive<f64> {
        match self {
            Series::Functionality
            | Series::Suspended
            | Series::Preparedness
            | Series::TakeUp
            | Series::Trust
            | Series::PerceivedSafety
            | Series::Grievance => 0.0..=WHOLE,
            _ => 0.0..=f64::MAX,
        }
    }
}

/// One, with what rounding may add to a share of everybody.
pub const WHOLE: f64 = 1.0 + 1e-12;

vocabulary! {
    /// The resource account: what is used up, as against who pays whom.
    Resource {
        Prevention = "prevention", "公共预防投入", "public prevention";
        Response = "response", "应急响应投入", "response";
        Care = "care", "企业安全投入", "care of enterprises";
        Retirement = "retirement", "提前淘汰设备损失", "early retirement of plant";
        Loading = "loading", "保险附加费用", "loading of insurance";
        LostOutput = "lost_output", "停减产损失", "lost output";
        Suspension = "suspension", "停产整顿损失", "output lost to suspension and refusal";
        PublicFunds = "public_funds", "公共资金成本", "cost of public funds";
        Damage = "damage", "损毁资产", "destroyed assets";
        Treatment = "treatment", "医疗与误工", "treatment and lost earnings";
    }
}

vocabulary! {
    /// How an accident with deaths came to be known.
    Report {
        NotApplicable = "not_applicable", "不适用", "not applicable";
        InFull = "in_full", "如实上报", "reported in full";
        Late = "late", "迟报", "reported late";
        Understated = "understated", "谎报", "understated";
        Concealed = "concealed", "瞒报", "concealed";
        Missed = "missed", "漏报", "missed";
        Exposed = "exposed", "瞒报谎报败露", "concealment exposed";
    }
}

/// Money in fen (0.01 yuan).
pub type Fen = i64;

/// One run: one policy through one replication's dangers, after the burn-in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Weekly series: columns in the order of [`Series`].
    pub weeks: WeekColumns,
    /// The same of each province: columns of [`PROVINCE_SERIES`] figures, province by province.
    pub province_weeks: WeekColumns,
    /// One row a year.
    pub years: Vec<YearRecord>,
    /// Events, in order of time.
    pub events: EventTable,
    /// Sums of postings.
    pub ledger: Vec<LedgerRow>,
    /// Figures of the whole run.
    pub whole: WholeRecord,
    /// Self-checks (DESIGN: what must always hold).
    pub checks: Checks,
    /// Natural years besides those of the run, if any were asked for.
    pub tail: TailRecord,
}

/// Weekly figures of a province: functionality, deaths, direct loss (yuan).
pub const PROVINCE_SERIES: usize = 3;

impl RunRecord {
    /// A weekly series.
    pub fn series(&self, series: Series) -> &[f64] {
        self.weeks.column(series.number())
    }

    /// Functionality, deaths and direct loss (yuan) of a province (position), each over the weeks.
    pub fn province_series(&self, province: usize) -> [&[f64]; PROVINCE_SERIES] {
        let first = province * PROVINCE_SERIES;
        std::array::from_fn(|figure| self.province_weeks.column(first + figure))
    }
}

/// Years in which natural dangers alone are met, each from the state in which a year of the run began.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TailRecord {
    /// Numbers of the years among those of all replications, from 0.
    pub numbers: Vec<u32>,
    /// One row a year.
    pub years: Vec<YearRecord>,
    /// Sums of postings; a row's year is a position in `years`.
    pub ledger: Vec<LedgerRow>,
}

/// Sums and states of one year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct YearRecord {
    /// Deaths that happened.
    pub deaths: Table<Kind, u64>,
    /// Deaths as reported (differs for accidents only).
    pub deaths_reported: Table<Kind, u64>,
    /// Deaths of workers of the trade (the rest are third parties).
    pub worker_deaths: Table<Trade, u64>,
    /// Injured people.
    pub injuries: Table<Kind, u64>,
    /// Deaths in single events of at least `great_event_deaths`.
    pub deaths_great_events: u64,
    /// Deaths among people of 65 and over in natural events.
    pub deaths_aged_natural: u64,
    /// Deaths by income fifth, all categories.
    pub deaths_by_quintile: Table<Quintile, u64>,
    /// Person-times affected by natural events.
    pub affected: u64,
    /// Person-times relocated.
    pub relocated: u64,
    /// Events (accidents: followed singly; natural: with at least one county struck).
    pub events: Table<Kind, u64>,
    /// Events that are children of another.
    pub cascade_children: u64,
    /// Root events that set off none.
    pub absorbed: u64,
    /// Accidents by true grade (with at least one death).
    pub accidents_by_grade: Table<Grade, u64>,
    /// Accidents by reported grade.
    pub accidents_by_reported_grade: Table<Grade, u64>,
    /// Fatal accidents that stayed wholly hidden.
    pub accidents_concealed: u64,
    /// Fatal accidents outside road transport that stayed wholly hidden.
    pub accidents_concealed_outside_road: u64,
    /// Fatal accidents outside road transport.
    pub fatal_accidents_outside_road: u64,
    /// Accidents understated below their grade.
    pub accidents_understated: u64,
    /// Fatal accidents reported late.
    pub accidents_late: u64,
    /// Fatal accidents that nobody reported, without intent.
    pub accidents_missed: u64,
    /// Concealments that came out.
    pub concealments_exposed: u64,
    /// Rescued by people at the scene.
    pub saved_by_first_responders: u64,
    /// Rescued by professional teams.
    pub saved_by_professionals: u64,
    /// Of those trapped in natural events who could be saved, rescued by people at the scene (expected).
    pub rescued_natural_at_scene: f64,
    /// The same, by professional teams.
    pub rescued_natural_by_teams: f64,
    /// First responders hurt in rescue.
    pub responders_hurt: u64,
    /// County strikes with a warning, and all.
    pub strikes_warned: u64,
    /// County strikes.
    pub strikes: u64,
    /// False alarms (county-weeks).
    pub false_alarms: u64,
    /// False alarms of monitors at work.
    pub work_false_alarms: u64,
    /// Visits of inspectors.
    pub visits: f64,
    /// Hazards found by inspectors.
    pub hazards_found: f64,
    /// Establishments suspended.
    pub suspensions: f64,
    /// Applications refused, and those of them that were no worse than the average (false refusals).
    pub refusals: f64,
    /// False refusals.
    pub false_refusals: f64,
    /// Deaths in accidents of relocated plant, in the provinces that received it.
    pub deaths_moved: u64,
    /// Loss in them (fen): assets and bodily.
    pub loss_moved_fen: Fen,
    /// Work lost to suspensions, by the rules and after accidents (person-years).
    pub work_lost_person_years: f64,
    /// Damage to assets (fen).
    pub damage_fen: Table<Category, Table<Asset, Fen>>,
    /// Bodily losses: treatment, earnings, death tariff (fen).
    pub bodily_fen: Table<Category, Fen>,
    /// Loss by who finally bears it, gross (fen).
    pub borne_fen: Table<Bearer, Fen>,
    /// The same for natural disasters alone (fen).
    pub borne_natural_fen: Table<Bearer, Fen>,
    /// Loss by layer that paid it (fen).
    pub paid_fen: Table<Layer, Fen>,
    /// Net receipts of transfers (premiums, taxes, contributions, compensation above the loss); sums to zero (fen).
    pub transfer_fen: Table<Bearer, Fen>,
    /// Resource account (yuan).
    pub resource_yuan: Table<Resource, f64>,
    /// Public safety money spent by function (fen).
    pub spent_fen: Table<BudgetFunction, Fen>,
    /// Appropriation (fen).
    pub appropriated_fen: Fen,
    /// Returned to taxpayers (fen).
    pub returned_fen: Fen,
    /// Borrowed beyond the budget (fen).
    pub borrowed_fen: Fen,
    /// Uncompensated loss of residents by income fifth (fen).
    pub uncompensated_fen: Table<Quintile, Fen>,
    /// Hardship (yuan of wellbeing; academic part).
    pub hardship_yuan: f64,
    /// Public outlay on loss by level (fen).
    pub public_loss_fen: Table<Level, Fen>,
    /// Largest single event by category.
    pub largest: Table<Category, LargestEvent>,
    /// Sums by province.
    pub provinces: Vec<ProvinceYear>,
    /// Person-years of lost function.
    pub lost_function_person_years: f64,
    /// Lowest weekly functionality of the society.
    pub lowest_functionality: f64,
    /// Claims that the pool could not pay (fen).
    pub pool_unpaid_fen: Fen,
    /// Claims that insurers could not pay (fen).
    pub insurers_unpaid_fen: Fen,
    /// Events whose failing phase had no owner.
    pub events_without_owner: u64,
    /// Events whose failing phase was neglected: nobody acted, by the execution drawn for it.
    pub events_neglected: u64,
    /// Open hazards removed because workers or citizens reported them.
    pub hazards_reported: f64,
    /// Hours from onset to the arrival of rescue, summed over accidents with casualties.
    pub hours_to_reach_sum: f64,
    /// Number of those accidents.
    pub hours_to_reach_count: u64,
}

/// Greatest single event of a year, each figure on its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LargestEvent {
    /// Direct loss with bodily loss (fen).
    pub direct_fen: Fen,
    /// Paid by insurers, pool and reinsurers (fen).
    pub insured_fen: Fen,
    /// Borne by governments (fen).
    pub public_fen: Fen,
    /// Left with residents (fen).
    pub uncompensated_fen: Fen,
    /// Deaths.
    pub deaths: u64,
}

/// Sums of one province in one year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProvinceYear {
    /// Deaths by category.
    pub deaths: Table<Category, u64>,
    /// Direct loss by category (fen).
    pub direct_fen: Table<Category, Fen>,
    /// Uncompensated loss of residents (fen).
    pub uncompensated_fen: Fen,
}

/// Figures that belong to the whole run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WholeRecord {
    /// Execution Q by category and phase, ordinary provinces.
    pub execution: Table<Category, Table<Phase, f64>>,
    /// Candidates offered after the burn-in.
    pub candidates: u64,
    /// Candidates that became events.
    pub accepted: u64,
    /// Year and week in which the pool was ruined, if it was.
    pub pool_ruined_week: Option<u32>,
    /// Stock of protective works at the end (baseline = 1).
    pub works_at_end: f64,
    /// Change of the stock of protective works over the horizon, at depreciated cost (yuan).
    pub works_credit_cost_yuan: f64,
    /// The same, as natural loss avoided after the horizon, discounted (yuan).
    pub works_credit_loss_yuan: f64,
    /// Mean weeks until 90 % of the function lost in a strike is back, weighted by people and loss.
    pub weeks_to_90: f64,
    /// Mean weeks until 99 %.
    pub weeks_to_99: f64,
    /// Mean functionality of struck counties, by weeks since the strike (aligned at onset; 0..=104).
    pub recovery_curve: Vec<f64>,
}

/// A sum of postings that share all their labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LedgerRow {
    /// Year since the end of the burn-in.
    pub year: u32,
    /// Category of the event.
    pub category: Category,
    /// Who or what caused the loss.
    pub cause: Cause,
    /// Who owned the phase that failed; `None` = nobody.
    pub owner: Option<Owner>,
    /// Layer that paid.
    pub layer: Layer,
    /// Who finally bears.
    pub bearer: Bearer,
    /// Amount (fen).
    pub amount_fen: Fen,
}

/// Self-checks of a run; all must be zero (or true) for the run to stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Checks {
    /// Events whose loss was not fully borne.
    pub open_events: u64,
    /// Σ loss − Σ borne over the run (fen).
    pub loss_gap_fen: Fen,
    /// Σ transfers over the run (fen).
    pub transfer_gap_fen: Fen,
    /// Sums of money too great to be kept to the fen.
    pub too_great: u64,
    /// Counties in which living + dead differ from those who lived there at the start.
    pub people_gap: u64,
    /// Rates above their majorant.
    pub over_majorant: u64,
    /// Values that are not numbers, or out of their range.
    pub out_of_range: u64,
    /// Children of cascades cut by `max_generations`.
    pub cut_generations: u64,
}

impl Checks {
    /// Takes in what another run found wrong.
    pub fn join(&mut self, other: &Checks) {
        self.open_events += other.open_events;
        self.loss_gap_fen = self.loss_gap_fen.abs() + other.loss_gap_fen.abs();
        self.transfer_gap_fen = self.transfer_gap_fen.abs() + other.transfer_gap_fen.abs();
        self.too_great += other.too_great;
        self.people_gap += other.people_gap;
        self.over_majorant += other.over_majorant;
        self.out_of_range += other.out_of_range;
    }

    /// Whether the run stands.
    pub fn pass(&self) -> bool {
        self.open_events == 0
            && self.loss_gap_fen == 0
            && self.transfer_gap_fen == 0
            && self.too_great == 0
            && self.people_gap == 0
            && self.over_majorant == 0
            && self.out_of_range == 0
    }
}
